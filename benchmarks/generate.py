"""Fills a database with generated claims, for measurements: skewed as news is, and the same on every machine.

    python -m benchmarks.generate postgresql://…/name --claims 1000000

The database is created if it is not there, migrated and seeded, so that the questions of the seeds have their
answers among the generated rows. Then come 20,000 entities with their aliases, and articles of ten claims
each with mentions, attributions, participants, facts, their versions and relations. A few entities have a
large part of all claims (the first place has about one in thirteen), a few facts have hundreds, most have a
handful.

Rows go in by COPY without indexes, keys and references; those are made, and so checked, afterwards. Verdicts
of facts are plausible, not what the agreement rule would say: nothing measured here depends on it.
"""

import argparse
import asyncio
import datetime as dt
import hashlib
import random
import time
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from typing import Any
from urllib.parse import urlsplit

import asyncpg
import msgspec

from service.db.migrate import driver_url, migrate
from service.entities.names import fold, search_keys
from service.seed_files import Files, read_files
from service.seeding import seed
from service.settings import resource

ENTITIES = 20_000
SOURCES = 200
PER_ARTICLE = 10
CLAIMS_PER_FACT = 4
LONG_FACTS = 200  # that go on for the whole time
SKEW = 3.5  # the first of n things is picked with a probability of n ** (-1 / SKEW)
START = dt.datetime(2015, 1, 1, tzinfo=dt.UTC)
SECONDS = 10 * 365 * 86_400
CHUNK = 2_000  # rows in one piece of a COPY
KINDS = {"person": 0.45, "organization": 0.25, "place": 0.25, "event": 0.05}
SHARES = {"quantity": 0.45, "event": 0.25, "statement": 0.2, "relation": 0.1}
STATUSES = ("agreed", "evolving", "disputed")
COMMON = (
    "people police city centre protest government official report week power region road market price border"
    " army leader party court vote school hospital troops fire water energy plan meeting statement country"
).split()
SYLLABLES = (
    "al an ar ba be bo da de do el en er fa ga go ha ik il ja ka ke ki ko la le li lo ma me mi mo na ne no"
    " or pa pe ra re ri ro sa se shi so ta te ti to ul va ve vi yu za zha"
).split()
SUFFIXES = {
    "person": ("ov", "ev", "in", "er", "son", "ski", "dze", "yan"),
    "place": ("stan", "burg", "abad", "grad", "ville", "ton"),
    "organization": (" Ministry", " Group", " Agency", " Union", " Council", " Bank"),
    "event": (" Summit", " Protests", " Election", " Games"),
}


class Thing(msgspec.Struct, frozen=True):
    """An entity, as far as claims need it."""

    id: str
    name: str


class Kind(msgspec.Struct, frozen=True):
    """A predicate."""

    id: str
    slug: str
    label: str
    kind: str
    unit: str | None
    roles: tuple[str, ...]
    identity: tuple[str, ...]


class Topic(msgspec.Struct):
    """A fact while its claims are made."""

    id: str
    predicate: Kind
    parties: dict[str, Thing]
    amount: int
    claims: int = 0
    articles: int = 0
    article: str = ""
    first: str = ""
    last: str = ""
    low: int = 0
    high: int = 0
    best: str = ""


class World:
    """What claims are made of, and the random numbers behind all choices."""

    def __init__(self, files: Files, stored: Sequence[asyncpg.Record], kinds: list[Kind]) -> None:
        self.random = random.Random("fact-lookup")
        self.taken = {one.slug for one in files.entities}
        self.things: dict[str, list[Thing]] = {kind: [] for kind in KINDS}
        for row in stored:
            self.things[row["kind"]].append(Thing(row["id"].hex, row["name"]))
        self.things["place"].sort(key=lambda one: one.name != "Kazakhstan")  # the first is the most frequent
        self.kinds = {name: [one for one in kinds if one.kind == name] for name in SHARES}
        self.words = [*COMMON, *dict.fromkeys(self.word(2, 4) for _ in range(6000))]

    def uuid(self) -> str:
        return f"{self.random.getrandbits(128):032x}"

    def pick(self, items: Sequence[Any]) -> Any:
        return items[int(len(items) * self.random.random() ** SKEW)]

    def word(self, least: int, most: int) -> str:
        return "".join(self.random.choices(SYLLABLES, k=self.random.randint(least, most)))

    def text(self, words: int) -> str:
        return " ".join(self.pick(self.words) for _ in range(words))

    def kind(self, weights: dict[str, float]) -> str:
        return self.random.choices(list(weights), list(weights.values()))[0]


def entity_rows(world: World, count: int) -> tuple[list[str], list[str]]:
    """COPY lines of entities and of their aliases."""
    entities, aliases = [], []
    for _ in range(count):
        kind = world.kind(KINDS)
        given = world.word(2, 3).title()
        last = world.word(2, 3).title() + world.random.choice(SUFFIXES[kind])
        name = f"{given} {last}" if kind in ("person", "event") else last
        slug = fold(name).replace(" ", "-")
        while slug in world.taken:
            name, slug = f"{given} {name}", f"{fold(given)}-{slug}"
        world.taken.add(slug)
        thing = Thing(world.uuid(), name)
        places = world.things["place"]
        whole = places[int(len(places) * world.random.random() ** 6)].id if kind == "place" else "\\N"
        description = world.text(6).capitalize()
        entities.append(line(thing.id, slug, name, kind, description, whole, "f"))
        names = {name: "name"}
        if kind == "person":
            names |= {last: "short", f"{given[0]}. {last}": "spelling"}
        if kind == "organization" and world.random.random() < 0.5:
            names[world.word(1, 2).upper()] = "acronym"
        if world.random.random() < 0.3:
            names[f"{name[:-1]}{world.random.choice('aeiou')}"] = "spelling"
        for text, alias in names.items():
            keys = ",".join(f'"{key}"' for key in search_keys(text))
            aliases.append(line(world.uuid(), thing.id, text, alias, "\\N", fold(text), f"{{{keys}}}"))
        world.things[kind].append(thing)
    return entities, aliases


def line(*values: object) -> str:
    return "\t".join(map(str, values))


def topic(world: World) -> Topic:
    """A new fact: what is claimed, and about whom."""
    kind = world.pick(world.kinds[world.kind(SHARES)])
    parties = {"place": world.pick(world.things["place"])} if world.random.random() < 0.8 else {}
    for role in kind.roles:
        who = "organization" if role == "complement" or world.random.random() < 0.4 else "person"
        parties[role] = world.pick(world.things[who])
    return Topic(world.uuid(), kind, parties, int(10 ** (1 + 4 * world.random.random())))


COLUMNS = {
    "source": "id slug name kind url inferred note",
    "entity": "id slug name kind description part_of_id inferred",
    "alias": "id entity_id text kind language folded keys",
    "article": "id slug source_id title url author language published_at published_precision published_basis"
    " published_note text sha256 reprint_of_id",
    "mention": "id article_id text_length entity_id start end surface",
    "claim": "id article_id text_length position predicate_id fact_id statement subject_id object_id"
    " complement_id amount lower upper unit qualifier value_text place_id extent time_start time_end"
    " time_precision time_text modality inferred evidence evidence_start evidence_end method extractor"
    " confidence reported_at",
    "attribution": "claim_id position role entity_id name cue",
    "participant": "claim_id role entity_id reported_at",
    "fact": "id slug key title predicate_id subject_id object_id complement_id place_id extent period_start"
    " period_end status status_because claims articles independent_attributions lower upper spread"
    " preferred_claim_id preferred_because rule first_reported last_reported",
}
OF_ARTICLES = ("article", "mention", "claim", "attribution", "participant")
NULL = Thing("\\N", "")


def article_rows(
    world: World, claims: int, sources: Sequence[str], topics: list[Topic]
) -> Iterator[dict[str, list[str]]]:
    """COPY lines of articles and all that hangs on them, a chunk at a time; `topics` fills up."""
    articles = max(1, claims // PER_ARTICLE)
    long_topics = [topic(world) for _ in range(LONG_FACTS)]
    topics += long_topics
    new_ones = max(1, claims // CLAIMS_PER_FACT - LONG_FACTS)
    recent: list[Topic] = []
    made, rows = 0, {name: [] for name in OF_ARTICLES}
    before = "\\N"
    for number in range(articles):
        when = START + dt.timedelta(seconds=SECONDS * number // articles)
        known_time = world.random.random() < 0.5
        if not known_time:
            when = when.replace(hour=0, minute=0, second=0)
        while made < new_ones * (number + 1) // articles:
            recent.append(topic(world))
            made += 1
        if len(recent) > 4000:
            topics += recent[:2000]
            del recent[:2000]
        article = world.uuid()
        one_article(world, rows, article, number, when, known_time, sources, recent, long_topics, before)
        before = article
        if len(rows["claim"]) >= CHUNK:
            yield rows
            rows = {name: [] for name in OF_ARTICLES}
    topics += recent
    yield rows


def one_article(
    world: World,
    rows: dict[str, list[str]],
    article: str,
    number: int,
    when: dt.datetime,
    known_time: bool,
    sources: Sequence[str],
    recent: Sequence[Topic],
    long_topics: Sequence[Topic],
    before: str,
) -> None:
    at = when.isoformat()
    pick, chance = world.pick, world.random.random
    sentences: list[str] = []
    claims: list[tuple[str, list[object], list[object]]] = []
    mentions: list[tuple[Thing, int]] = []
    offset = 0
    for position in range(PER_ARTICLE):
        told = pick(long_topics) if chance() < 0.05 else recent[-1 - int(len(recent) * chance() ** 2)]
        claim = world.uuid()
        kind = told.predicate
        amount = told.amount + int(chance() * 3) * max(1, told.amount // 20)
        quantity = kind.kind == "quantity"
        what = f"{amount} {kind.unit or 'cases'}" if quantity else kind.label.lower()
        speaker = pick(world.things["organization" if chance() < 0.6 else "person"])
        named = [(speaker, 0)]
        sentence = f"{speaker.name} said {what}"
        for role in ("subject", "object", "place"):
            if role in told.parties:
                sentence += " in " if role == "place" else ", "
                named.append((told.parties[role], len(sentence)))
                sentence += told.parties[role].name
        sentence += f", {world.text(8)}."
        mentions += [(thing, offset + start) for thing, start in named]
        day = (when - dt.timedelta(days=int(chance() * 4))).date().isoformat()
        parties = [told.parties.get(role, NULL).id for role in ("subject", "object", "complement")]
        figures = [amount, amount, amount, kind.unit or "\\N", "exact", what] if quantity else ["\\N"] * 6
        extent = "cumulative" if quantity and chance() < 0.7 else "\\N"
        place = told.parties.get("place", NULL).id
        statement = f"{kind.label}: {what}" + (
            f" in {told.parties['place'].name}" if "place" in told.parties else ""
        )
        modality = "reported" if chance() < 0.9 else pick(("asserted", "denied", "planned", "alleged"))
        head = [
            position,
            kind.id,
            told.id,
            statement,
            *parties,
            *figures,
            place,
            extent,
            day,
            day,
            "day",
            "\\N",
        ]
        tail = [modality, "{}", sentence, offset, offset + len(sentence), "extracted", "rules-v1", 0.9, at]
        claims.append((claim, head, tail))
        rows["attribution"].append(line(claim, 0, "origin", speaker.id, speaker.name, "said"))
        if chance() < 0.3:
            medium = pick(world.things["organization"])
            rows["attribution"].append(line(claim, 1, "medium", medium.id, medium.name, "reported"))
            if medium.id != speaker.id:
                rows["participant"].append(line(claim, "speaker", medium.id, at))
        rows["participant"].append(line(claim, "speaker", speaker.id, at))
        rows["participant"] += [line(claim, role, thing.id, at) for role, thing in told.parties.items()]
        count(told, claim, article, at, amount if quantity else 0)
        sentences.append(sentence)
        offset += len(sentence) + 1
    text = " ".join(sentences)
    for claim, head, tail in claims:
        rows["claim"].append(line(claim, article, len(text), *head, *tail))
    for thing, start in mentions:
        span = (start, start + len(thing.name), thing.name)
        rows["mention"].append(line(world.uuid(), article, len(text), thing.id, *span))
    digest = hashlib.sha256(text.encode()).hexdigest()
    title = f"{world.text(5).capitalize()} {number}"
    precision = "second" if known_time else "day"
    reprint = before if chance() < 0.02 else "\\N"
    rows["article"].append(
        line(
            article,
            f"article-{number}",
            pick(sources),
            title,
            "\\N",
            "\\N",
            "en",
            at,
            precision,
            "given",
            "\\N",
        )
        + "\t"
        + line(text, digest, reprint)
    )


def count(told: Topic, claim: str, article: str, at: str, amount: int) -> None:
    told.claims += 1
    told.articles += told.article != article
    told.low = min(told.low, amount) if told.first else amount
    told.high = max(told.high, amount)
    told.article, told.first, told.last, told.best = article, told.first or at, at, claim


def fact_row(number: int, told: Topic) -> str:
    kind = told.predicate
    where = f" in {told.parties['place'].name}" if "place" in told.parties else ""
    parties = [told.parties.get(role, NULL).id for role in ("subject", "object", "complement", "place")]
    quantity = kind.kind == "quantity"
    status = "single_source" if told.articles < 2 else STATUSES[number % 3]
    voices = max(1, told.claims * 2 // 3)
    low, high = (told.low, told.high) if quantity else ("\\N", "\\N")
    return line(
        told.id, f"{kind.slug.replace('_', '-')}-{number}", f"{kind.slug}|{number}", f"{kind.label}{where}",
        kind.id, *parties, "cumulative" if quantity else "\\N", told.first[:10], told.last[:10], status,
        "generated", told.claims, told.articles, voices, low, high, told.high - told.low, told.best,
        "{latest}",
        "agreement-v1", told.first, told.last,
    )  # fmt: skip


VERSIONS = """
INSERT INTO fact_version (fact_id, reported_at, status, status_because, claims, articles,
    independent_attributions, lower, upper, spread, preferred_claim_id, preferred_because, rule)
SELECT step.fact_id, step.reported_at, fact.status, 'generated', sum(step.claims) OVER so_far,
    count(*) OVER so_far, greatest(1, sum(step.claims) OVER so_far * 2 / 3), min(step.lower) OVER so_far,
    max(step.upper) OVER so_far, coalesce(max(step.upper) OVER so_far - min(step.lower) OVER so_far, 0),
    step.best, '{latest}', 'agreement-v1'
FROM (SELECT fact_id, reported_at, count(*) AS claims, min(lower) AS lower, max(upper) AS upper,
        (array_agg(id))[1] AS best
      FROM claim WHERE extractor = 'rules-v1' GROUP BY fact_id, reported_at) AS step
JOIN fact ON fact.id = step.fact_id
WINDOW so_far AS (PARTITION BY step.fact_id ORDER BY step.reported_at)
"""
RELATIONS = """
INSERT INTO relation (from_id, to_id, fact_id, type, clause, because, rule)
SELECT id, former, fact_id, CASE WHEN amount IS DISTINCT FROM other THEN 'update_of' ELSE 'equal' END,
    'generated', 'generated', 'agreement-v1'
FROM (SELECT id, fact_id, amount, lag(id) OVER told AS former, lag(amount) OVER told AS other
      FROM claim WHERE extractor = 'rules-v1'
      WINDOW told AS (PARTITION BY fact_id ORDER BY reported_at, id)) AS pair
WHERE former IS NOT NULL
"""
INDEXES = """
SELECT 'DROP INDEX ' || indexrelid::regclass AS drop, pg_get_indexdef(indexrelid) AS create FROM pg_index
WHERE indrelid = ANY($1::text[]::regclass[])
    AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid AND contype <> 'f')
"""
# references first, since they need the keys
CONSTRAINTS = """
SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname) AS drop,
    format('ALTER TABLE %s ADD CONSTRAINT %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid))
        AS create
FROM pg_constraint
WHERE contype IN ('p', 'u', 'f') AND ARRAY[conrelid::oid, confrelid::oid] && $1::text[]::regclass[]::oid[]
ORDER BY contype = 'f' DESC, conname
"""


async def copy(connection: asyncpg.Connection, table: str, lines: Sequence[str]) -> None:
    async def source() -> AsyncIterator[bytes]:
        yield ("\n".join(lines) + "\n").encode()

    if lines:
        await connection.copy_to_table(table, source=source(), columns=COLUMNS[table].split(), format="text")


async def fill(url: str, claims: int, tell: Callable[[str], None] = print) -> float:
    """Generates and loads; returns claims a second, from the first article's row to the last index."""
    connection = await asyncpg.connect(driver_url(url))
    try:
        await connection.execute(
            "SET session_replication_role = replica; SET synchronous_commit = off;"
            "SET maintenance_work_mem = '1GB'; SET work_mem = '256MB'"
        )
        world = await world_of(connection)
        entities, aliases = entity_rows(world, ENTITIES)
        sources = [world.uuid() for _ in range(SOURCES)]
        started = time.perf_counter()
        outlets = [
            line(one, f"outlet-{n}", f"Outlet {n}", "outlet", "\\N", "f", "\\N")
            for n, one in enumerate(sources)
        ]
        await copy(connection, "source", outlets)
        await copy(connection, "entity", entities)
        await copy(connection, "alias", aliases)
        tell(f"{len(entities)} entities, {len(aliases)} aliases: {time.perf_counter() - started:.1f} s")
        started = time.perf_counter()
        removed = await without_indexes(connection)
        topics: list[Topic] = []
        chunks = article_rows(world, claims, sources, topics)
        chunk = next(chunks, None)
        while chunk is not None:  # the next chunk is made while the server takes this one
            sent = asyncio.create_task(copy_all(connection, chunk))
            await asyncio.sleep(0)
            chunk = await asyncio.to_thread(next, chunks, None)
            await sent
        loaded = time.perf_counter()
        tell(f"{claims} claims with all that hangs on them: {claims / (loaded - started):,.0f} a second")
        facts = [fact_row(number, told) for number, told in enumerate(topics) if told.claims]
        for first in range(0, len(facts), CHUNK):
            await copy(connection, "fact", facts[first : first + CHUNK])
        for one in reversed(removed):
            await connection.execute(one["create"])
        rate = claims / (time.perf_counter() - started)
        tell(f"with {len(facts)} facts, {len(removed)} indexes and constraints: {rate:,.0f} claims a second")
        await connection.execute(VERSIONS)
        await connection.execute(RELATIONS)
        await connection.execute("UPDATE revision SET number = number + 1, names = names + 1")
        await connection.execute("VACUUM ANALYZE")
        return rate
    finally:
        await connection.close()


async def world_of(connection: asyncpg.Connection) -> World:
    """What a database that was seeded and nothing else can be filled with."""
    files = read_files(resource("seeds"))
    stored = await connection.fetch("SELECT id, name, kind FROM entity ORDER BY slug")
    ids = {row["slug"]: row["id"] for row in await connection.fetch("SELECT id, slug FROM predicate")}
    kinds = [
        Kind(
            ids[one.slug].hex,
            one.slug,
            one.label,
            one.kind,
            one.unit,
            tuple(role for role in ("subject", "object", "complement") if getattr(one, role)),
            tuple(one.identity),
        )
        for one in files.predicates
    ]
    return World(files, stored, kinds)


async def without_indexes(connection: asyncpg.Connection) -> list[asyncpg.Record]:
    """Drops them and all keys of the tables that are about to grow; `create` of each makes it again."""
    bulky = [*OF_ARTICLES, "fact", "fact_version", "relation"]
    removed = [*await connection.fetch(INDEXES, bulky), *await connection.fetch(CONSTRAINTS, bulky)]
    for one in removed:
        await connection.execute(one["drop"])
    return removed


async def copy_all(connection: asyncpg.Connection, rows: dict[str, list[str]]) -> None:
    for table, lines in rows.items():
        await copy(connection, table, lines)


def named(server: str, name: str) -> str:
    """The address of a database on a server that is given with any other, or with none."""
    return urlsplit(server)._replace(path=f"/{name}").geturl()


async def create(url: str) -> bool:
    """Whether the database had to be created."""
    name = urlsplit(url).path.removeprefix("/")
    connection = await asyncpg.connect(driver_url(named(url, "postgres")))
    try:
        if await connection.fetchval("SELECT 1 FROM pg_database WHERE datname = $1", name):
            return False
        await connection.execute(f'CREATE DATABASE "{name}" TEMPLATE template0')
        return True
    finally:
        await connection.close()


def generate(url: str, claims: int) -> None:
    """Creates, migrates, seeds and fills a database. One that holds generated claims is left as it is."""
    asyncio.run(create(url))
    migrate(url)
    seed(url, resource("seeds"))
    if asyncio.run(filled(url)):
        print("already filled")
        return
    asyncio.run(fill(url, claims))


async def filled(url: str) -> bool:
    connection = await asyncpg.connect(driver_url(url))
    try:
        return bool(await connection.fetchval("SELECT EXISTS (SELECT FROM article WHERE slug = 'article-0')"))
    finally:
        await connection.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("database", help="postgresql://user@host:port/name")
    parser.add_argument("--claims", type=int, default=200_000)
    given = parser.parse_args()
    generate(given.database, given.claims)


if __name__ == "__main__":
    main()
