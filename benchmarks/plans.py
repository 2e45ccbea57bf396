"""What every read does in the database: each request's time, and the plan of each of its statements.

    python -m benchmarks.plans postgresql://…/name [--only TEXT] [--full]

The requests run in this process, without a socket, so that the statements are those of the service itself.
For each request: the median and the slowest of some runs, and for each statement its execution time, the
buffers it touched, sequential scans of large tables, and steps that produced many more rows than the answer
holds. `--full` prints the plans. Prepared statements may get another plan after five runs than at first:
the runs are enough for that, and a slowest run far above the median shows it.
"""

import argparse
import asyncio
import contextlib
import statistics
import time
from collections.abc import Iterator
from typing import Any

import httpx
import msgspec

from service.app import make_litestar
from service.settings import Settings
from service.web.edge import edge

RUNS = 9
MANY = 5_000  # rows out of one step of a plan that deserve a mention
SMALL = 2_000  # rows of a table that may be read as a whole

# {busy}, {quiet}: entities with many and with few claims; {fact}, {article}: one with many claims; {source}
REQUESTS = """
/v1/claims
/v1/claims?sort=reported_at
/v1/claims?sort=-recorded_at
/v1/claims?sort=-time
/v1/claims?sort=-amount
/v1/claims?sort=amount
/v1/claims?total=true
/v1/claims?predicate=arrests
/v1/claims?predicate=arrests&sort=-amount
/v1/claims?predicate=arrests&sort=-time
/v1/claims?predicate=arrests&total=true
/v1/claims?predicate=resignation
/v1/claims?entity={busy}
/v1/claims?entity={busy}&sort=reported_at
/v1/claims?entity={busy}&sort=-amount
/v1/claims?entity={busy}&sort=-time
/v1/claims?entity={busy}&total=true
/v1/claims?entity={busy}&predicate=arrests
/v1/claims?entity={busy}&predicate=resignation
/v1/claims?entity={busy}&q=people
/v1/claims?entity={quiet}
/v1/claims?entity={quiet}&sort=-amount
/v1/claims?speaker={busy}
/v1/claims?speaker={busy}&place=kazakhstan
/v1/claims?speaker={quiet}
/v1/claims?subject={busy}
/v1/claims?subject={quiet}
/v1/claims?object={busy}
/v1/claims?object={quiet}
/v1/claims?place=kazakhstan
/v1/claims?place={quietplace}
/v1/claims?place=kazakhstan&predicate=arrests
/v1/claims?place=kazakhstan&predicate=arrests&sort=-amount
/v1/claims?article={article}
/v1/claims?source={source}
/v1/claims?source=site-34
/v1/claims?source={source}&sort=-amount
/v1/claims?source={source}&total=true
/v1/claims?fact={fact}
/v1/claims?fact={fact}&sort=-amount
/v1/claims?modality=reported
/v1/claims?modality=retracted
/v1/claims?modality=denied&sort=-amount
/v1/claims?extent=subset
/v1/claims?extent=cumulative
/v1/claims?time_from=2022-01-01
/v1/claims?time_to=2015-01-05
/v1/claims?time_from=2016-01-01&time_to=2016-01-02
/v1/claims?time_from=2016-01-01&time_to=2016-01-02&sort=time
/v1/claims?reported_from=2016-01-01&reported_to=2016-01-02
/v1/claims?reported_from=2016-01-01&reported_to=2016-01-02&sort=-amount
/v1/claims?min=100000
/v1/claims?min=1000&max=1001
/v1/claims?max=1
/v1/claims?min=1000&max=1001&sort=amount
/v1/claims?q=people
/v1/claims?q=people&sort=-amount
/v1/claims?q=people&total=true
/v1/claims?q=Kazakhstan+detained
/v1/claims?q=xyzzy
/v1/claims?facet=predicate,source,modality,day
/v1/claims?entity={busy}&facet=predicate,source,place,speaker,day
/v1/claims?predicate=arrests&facet=entity,fact
/v1/claims?entity={quiet}&facet=predicate,source,place,speaker,day
/v1/facts
/v1/facts?sort=reported_at
/v1/facts?sort=-spread
/v1/facts?sort=-articles
/v1/facts?total=true
/v1/facts?predicate=arrests
/v1/facts?predicate=arrests&sort=-articles
/v1/facts?predicate=arrests&sort=-spread
/v1/facts?entity={busy}
/v1/facts?entity={busy}&sort=-spread
/v1/facts?entity={busy}&total=true
/v1/facts?entity=kazakhstan
/v1/facts?entity={quiet}
/v1/facts?place=kazakhstan
/v1/facts?place=kazakhstan&sort=-spread
/v1/facts?place={quietplace}
/v1/facts?status=disputed
/v1/facts?status=retracted
/v1/facts?status=disputed&sort=-spread
/v1/facts?extent=cumulative
/v1/facts?extent=subset
/v1/facts?min_independent=3
/v1/facts?min_independent=900
/v1/facts?q=people+arrested
/v1/facts?q=Kazakhstan&sort=-spread
/v1/facts?q=xyzzy
/v1/facts?as_of=2020-01-01
/v1/facts?as_of=2020-01-01&sort=-spread
/v1/facts?as_of=2020-01-01&predicate=arrests
/v1/facts?as_of=2020-01-01&entity={busy}
/v1/facts?as_of=2020-01-01&entity={quiet}
/v1/facts?as_of=2020-01-01&status=disputed
/v1/facts?as_of=2016-01-01&place=kazakhstan
/v1/facts?as_of=2020-01-01&total=true
/v1/facts?facet=predicate,status,place
/v1/facts?entity={busy}&facet=predicate,status,entity,source
/v1/facts/{middlefact}
/v1/facts/{fact}
/v1/facts/{fact}/timeline
/v1/articles
/v1/articles?sort=title
/v1/articles?total=true
/v1/articles?source={source}
/v1/articles?source={source}&sort=title
/v1/articles?entity={busy}
/v1/articles?entity={busy}&sort=title
/v1/articles?entity={busy}&total=true
/v1/articles?entity={quiet}
/v1/articles?published_from=2016-01-01&published_to=2016-01-02
/v1/articles?published_from=2016-01-01&published_to=2016-01-02&sort=title
/v1/articles?q=people
/v1/articles?q=people&sort=title
/v1/articles?q=people&total=true
/v1/articles?q=xyzzy
/v1/articles?facet=source,entity,predicate
/v1/articles?entity={quiet}&facet=source,entity,predicate
/v1/articles/{article}
/v1/articles/{article}/claims
/v1/articles/{article}/mentions
/v1/entities
/v1/entities?kind=person
/v1/entities?sort=-recorded_at
/v1/entities?kind=place&sort=-recorded_at
/v1/entities?total=true
/v1/entities?q=Tokajew
/v1/entities?q=Kazakhstan
/v1/entities?q=a
/v1/entities?q=al
/v1/entities?q=ministry
/v1/entities?q=xyzzyplugh
/v1/entities/{busy}
/v1/entities/{busy}/claims
/v1/entities/{busy}/claims?role=speaker
/v1/entities/{busy}/claims?role=subject
/v1/entities/{busy}/claims?predicate=arrests
/v1/entities/{busy}/mentions
/v1/entities/{busy}/related
/v1/entities/{quiet}
/v1/entities/{quiet}/claims
/v1/entities/{quiet}/claims?role=object
/v1/entities/{quiet}/mentions
/v1/entities/{quiet}/related
/v1/sources
/v1/sources/{source}
/v1/predicates
/v1/predicates/arrests
/v1/search?q=people
/v1/search?q=arrested+in+Almaty
/v1/search?q=Tokayev
/v1/search?q=xyzzy
/v1/search?q=people&total=true
/v1/search?q=people&facet=type,source,predicate,entity,day
/v1/search?q=Tokayev&facet=type,source,predicate,entity,day
/v1/search?q=people&entity={quiet}
/v1/search?q=people&source={source}
/v1/search?q=people&predicate=resignation
/v1/search?q=people&day=2016-01-02
/v1/suggest?q=a
/v1/suggest?q=toka
/v1/suggest?q=people+arr
/v1/suggest?q=x
/v1/lookup?q=how+many+people+were+arrested+in+Almaty
/v1/lookup?q=how+many+people+were+arrested+in+Kazakhstan
/v1/lookup?q=how+many+people+were+arrested
/v1/lookup?q=what+did+Antony+Blinken+say
/v1/lookup?q=who+fired+Masimov
/v1/lookup?q=is+it+true+that+9,000+were+detained+in+January+2022
/v1/lookup?q=xyzzy
POST /v1/check {"predicate": "arrests", "place": "almaty", "value": 5000}
POST /v1/check {"text": "12,000 people were detained in Kazakhstan"}
POST /v1/check {"predicate": "deaths", "place": "kazakhstan", "value": 164}
"""

WHO = {
    "busy": "SELECT slug FROM entity WHERE slug = 'afp'",
    "quiet": "SELECT slug FROM entity JOIN participant ON entity_id = entity.id WHERE kind = 'person'"
    " GROUP BY slug HAVING count(*) BETWEEN 3 AND 40 ORDER BY slug LIMIT 1",
    "quietplace": "SELECT slug FROM entity JOIN participant ON entity_id = entity.id WHERE kind = 'place'"
    " GROUP BY slug HAVING count(*) BETWEEN 3 AND 40 ORDER BY slug LIMIT 1",
    "fact": "SELECT slug FROM fact ORDER BY claims DESC LIMIT 1",
    "middlefact": "SELECT slug FROM fact WHERE claims = 10 ORDER BY slug LIMIT 1",
    "article": "SELECT slug FROM article WHERE slug LIKE 'article-%' ORDER BY published_at DESC LIMIT 1",
    "source": "SELECT slug FROM source WHERE slug = 'outlet-20'",
}


class Recorder:
    """A pool that notes what runs on it."""

    def __init__(self, pool: Any) -> None:
        self.pool = pool
        self.noted: list[tuple[str, tuple[Any, ...]]] = []

    def __getattr__(self, name: str) -> Any:
        held = getattr(self.pool, name)
        if name == "prepare":
            return self.prepared
        if name not in ("fetch", "fetchrow", "fetchval"):
            return held

        async def noting(sql: str, *arguments: Any, **options: Any) -> Any:
            self.noted.append((sql, arguments))
            return await held(sql, *arguments, **options)

        return noting

    async def prepared(self, sql: str, **options: Any) -> Any:
        statement = await self.pool.prepare(sql, **options)
        return Prepared(statement, sql, self.noted)

    def acquire(self, **options: Any) -> Any:
        @contextlib.asynccontextmanager
        async def acquired() -> Any:
            async with self.pool.acquire(**options) as connection:
                inner = Recorder(connection)
                inner.noted = self.noted
                yield inner

        return acquired()


class Prepared:
    """A prepared statement that notes what it runs with."""

    def __init__(self, statement: Any, sql: str, noted: list[tuple[str, tuple[Any, ...]]]) -> None:
        self.statement = statement
        self.sql = sql
        self.noted = noted

    async def fetch(self, *arguments: Any) -> Any:
        self.noted.append((self.sql, arguments))
        return await self.statement.fetch(*arguments)


def steps(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for inner in plan.get("Plans", ()):
        yield from steps(inner)


def remarks(plan: dict[str, Any], tables: dict[str, int]) -> list[str]:
    found = []
    for step in steps(plan):
        kind, rows = step["Node Type"], step["Actual Rows"] * step["Actual Loops"]
        relation = step.get("Relation Name")
        read = rows + step.get("Rows Removed by Filter", 0) * step["Actual Loops"]
        if kind == "Seq Scan" and tables.get(relation, 0) > SMALL:
            found.append(f"SEQ {relation} {int(read)}")
        elif read >= MANY and kind not in ("Result", "Limit", "Subquery Scan", "Append"):
            name = step.get("Index Name") or relation or ""
            spill = " on disk" if step.get("Sort Space Type") == "Disk" else ""
            found.append(f"{kind} {name} {int(read)}{spill}".replace("  ", " "))
    return found


def drawn(plan: dict[str, Any], depth: int = 0) -> Iterator[str]:
    name = plan.get("Index Name") or plan.get("Relation Name") or plan.get("CTE Name") or ""
    read = plan.get("Rows Removed by Filter", 0)
    yield (
        f"{'  ' * depth}{plan['Node Type']} {name} est={plan['Plan Rows']} rows={plan['Actual Rows']}"
        f" x{plan['Actual Loops']} removed={read} {plan['Actual Total Time']:.2f} ms"
        f" {plan.get('Index Cond') or ''} {plan.get('Filter') or ''}"
    )
    for inner in plan.get("Plans", ()):
        yield from drawn(inner, depth + 1)


async def explain(pool: Any, sql: str, arguments: tuple[Any, ...]) -> dict[str, Any]:
    async with pool.acquire() as connection:
        await connection.execute("SET statement_timeout = 0")  # explaining takes longer than the statement
        text = await connection.fetchval(
            f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {sql}", *arguments, timeout=300
        )
        await connection.execute("RESET statement_timeout")
    found: dict[str, Any] = msgspec.json.decode(text)[0]
    return found


async def run(url: str, only: str, full: bool) -> None:
    app = make_litestar(Settings(database_url=url))
    async with app.lifespan():
        pool = app.state.pool
        sizes = await pool.fetch("SELECT relname, reltuples::bigint FROM pg_class WHERE relkind = 'r'")
        tables = {row["relname"]: row["reltuples"] for row in sizes}
        who = {name: await pool.fetchval(sql) for name, sql in WHO.items()}
        recorder = app.state.pool = Recorder(pool)
        transport = httpx.ASGITransport(app=edge(app))  # type: ignore[arg-type]  # the same protocol
        async with httpx.AsyncClient(transport=transport, base_url="http://test", timeout=120) as client:
            for request in REQUESTS.strip().splitlines():
                if only not in request:
                    continue
                await one(client, recorder, pool, tables, request, who, full)


async def one(
    client: httpx.AsyncClient,
    recorder: Recorder,
    pool: Any,
    tables: dict[str, int],
    request: str,
    who: dict[str, str],
    full: bool,
) -> None:
    method, _, rest = request.partition(" ") if request.startswith("POST") else ("GET", "", request)
    path, _, body = rest.partition(" ")
    for name, value in who.items():
        path = path.replace(f"{{{name}}}", value)
    times = []
    answer = None
    while len(times) < RUNS and sum(times) < 3:
        recorder.noted.clear()
        started = time.perf_counter()
        answer = await client.request(
            method, path, content=body or None, headers={"content-type": "application/json"}
        )
        times.append(time.perf_counter() - started)
    assert answer is not None
    median, slowest = statistics.median(times) * 1000, max(times[1:] or times) * 1000
    print(f"{median:8.1f} ms {slowest:8.1f} max {answer.status_code} {request}", flush=True)
    for sql, arguments in list(recorder.noted):
        found = await explain(pool, sql, arguments)
        plan = found["Plan"]
        touched = plan.get("Shared Hit Blocks", 0) + plan.get("Shared Read Blocks", 0)
        told = remarks(plan, tables)
        if full or told or found["Execution Time"] > 5:
            planning, execution = found["Planning Time"], found["Execution Time"]
            print(
                f"      {execution:8.1f} ms, planned {planning:.1f} ms, {touched} blocks: {'; '.join(told)}"
            )
        if full:
            print("        " + sql.replace("\n", " ")[-700:], arguments)
            print("\n".join(f"        {drawn_line}" for drawn_line in drawn(plan)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("database")
    parser.add_argument("--only", default="", help="only requests that hold this text")
    parser.add_argument("--full", action="store_true", help="print every plan")
    given = parser.parse_args()
    asyncio.run(run(given.database, given.only, given.full))


if __name__ == "__main__":
    main()
