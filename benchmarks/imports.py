"""How many raw articles a second a running service takes through `POST /v1/imports`, extraction included.

    python -m benchmarks.imports [--articles 1000] [--server postgresql://…]

Makes a fresh database as `benchmarks.ingest` does, starts the service in front of it, and sends varied
articles of about 3 kB as one NDJSON body, taking the results as they come. Beside that, one client asks for
an entity over and over: how long others wait for an answer meanwhile.

Prints when the first result came, articles a second, the processor time of the service's process (its workers
are others), and the waits.
"""

import argparse
import asyncio
import statistics
import time

import httpx
import msgspec

from benchmarks.articles import articles
from benchmarks.ingest.__main__ import fresh_database
from benchmarks.read import Server, service
from service.curation.keys import create
from service.ingestion.schemas import ImportLine

WARM = 50  # articles before the clock starts: workers start with the first

decode = msgspec.json.Decoder(ImportLine).decode


async def send(client: httpx.AsyncClient, lines: list[bytes]) -> tuple[float, float, int]:
    """Seconds to the first result and to the last, and how many were stored."""
    began = time.perf_counter()
    first, stored = 0.0, 0
    headers = {"Content-Type": "application/x-ndjson"}
    async with client.stream("POST", "/v1/imports", content=b"\n".join(lines), headers=headers) as answer:
        async for line in answer.aiter_lines():
            first = first or time.perf_counter() - began
            stored += decode(line).status == 201
    return first, time.perf_counter() - began, stored


async def ask(client: httpx.AsyncClient, waits: list[float]) -> None:
    while True:
        began = time.perf_counter()
        (await client.get("/v1/entities/kazakhstan")).raise_for_status()
        waits.append((time.perf_counter() - began) * 1000)
        await asyncio.sleep(0.02)


async def measure(server: Server, key: str, number: int) -> None:
    lines = [msgspec.json.encode(one) for one in articles(WARM + number)]
    headers = {"Authorization": f"Bearer {key}"}
    async with httpx.AsyncClient(
        base_url=f"http://127.0.0.1:{server.port}", headers=headers, timeout=60
    ) as client:
        await send(client, lines[:WARM])
        waits: list[float] = []
        asking = asyncio.create_task(ask(client, waits))
        used = server.cpu()
        first, seconds, stored = await send(client, lines[WARM:])
        used = server.cpu() - used
        asking.cancel()
    print(f"first result  {first * 1000:7.0f} ms")
    print(f"speed         {stored / seconds:7.1f} articles a second ({seconds:.1f} s, {stored} stored)")
    print(f"processor     {used * 1000 / stored:7.2f} ms an article in the service's process")
    tail = statistics.quantiles(waits, n=100)[98]
    print(f"others wait   {statistics.median(waits):7.1f} ms in the median, {tail:.1f} one in a hundred")


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="benchmarks.imports", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--server", help="a PostgreSQL to make a database on; else an embedded one")
    given = parser.parse_args()
    with fresh_database(given.server) as url:
        key = create(url, "benchmark", ["ingest"], None)
        with service(url) as server:
            asyncio.run(measure(server, key, given.articles))


if __name__ == "__main__":
    main()
