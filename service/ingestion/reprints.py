"""Near-duplicates: an article that repeats another one, nearly word for word, is its reprint.

Two texts are compared by their shingles, the runs of five words. Which texts are worth comparing is found by
keys (one-permutation MinHash, Li, Owen and Zhang 2012): the shingles' hashes fall into bins, each bin keeps
its smallest, and three neighbouring bins make a key. Two texts that share seven tenths of their shingles have
a key in common all but surely, those that share half in 94 of 100 cases. Two articles that only end with the
same paragraph hardly ever have: a single hash as key would bring every article of a publisher up.
"""

import hashlib
import re
import uuid
import zlib
from collections import Counter
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ARRAY, BigInteger, Uuid, bindparam, func, select

from service.db import models as m
from service.db.statements import compiled, fetch

REPRINT = 0.5  # share of common shingles from which a text counts as a reprint
SHINGLE = 5  # words; shorter runs are shared by unrelated articles, longer ones by no edited reprint
BINS = 63
TOGETHER = 3  # bins of one key
COMPARED = 3  # texts that a new one is compared with: those with most keys in common
CANDIDATES = 300  # for all articles of a batch

WORD = re.compile(r"\w+")

_keys = bindparam("keys", type_=ARRAY(BigInteger()))
_holders = compiled(
    select(m.Article.id, m.Article.sketch, m.Article.reprint_of_id)
    .where(m.Article.sketch.bool_op("&&")(_keys))
    .order_by(m.Article.recorded_at.desc(), m.Article.id)
    .limit(CANDIDATES)
)
_texts = compiled(
    select(m.Article.id, m.Article.text).where(
        m.Article.id == func.any(bindparam("ids", type_=ARRAY(Uuid())))
    )
)


def shingles(text: str) -> set[int]:
    """Hashes of the runs of five words, case folded; of all words where there are fewer."""
    words = WORD.findall(text.casefold())
    runs = (" ".join(words[at : at + SHINGLE]) for at in range(max(1, len(words) - SHINGLE + 1)))
    # Fibonacci hashing spreads what a checksum leaves close together.
    return {zlib.crc32(run.encode()) * 0x9E3779B97F4A7C15 % 2**64 for run in runs}


def sketch_of(text: str) -> list[int]:
    """The keys of a text, as signed 64-bit numbers."""
    smallest: list[int | None] = [None] * BINS
    for one in shingles(text):
        place = one % BINS
        held = smallest[place]
        if held is None or one < held:
            smallest[place] = one
    filled = list(smallest)
    for place in range(BINS):  # an empty bin takes what the next one holds
        step = 0
        while filled[place] is None:
            step += 1
            filled[place] = smallest[(place + step) % BINS]
    return [key(filled[at : at + TOGETHER], at) for at in range(0, BINS, TOGETHER)]


def key(values: Sequence[int | None], place: int) -> int:
    named = f"{place}:{values}".encode()
    return int.from_bytes(hashlib.blake2b(named, digest_size=8).digest(), signed=True)


def overlap(one: set[int], other: set[int]) -> float:
    """The share of shingles that two texts have in common (Jaccard)."""
    return len(one & other) / len(one | other) if one or other else 0.0


async def find_reprints(
    driver: Any, ids: Sequence[uuid.UUID], texts: Sequence[str], sketches: Sequence[list[int]]
) -> list[uuid.UUID | None]:
    """For each new article the one that it repeats: in the store, or before it in the batch. Where that is a
    reprint itself, the one that it is a reprint of."""
    holders: dict[int, list[uuid.UUID]] = {}
    originals: dict[uuid.UUID, uuid.UUID] = {}
    for row in await fetch(driver, _holders, {"keys": sorted({one for keys in sketches for one in keys})}):
        originals[row["id"]] = row["reprint_of_id"] or row["id"]
        for one in row["sketch"]:
            holders.setdefault(one, []).append(row["id"])
    close: list[list[uuid.UUID]] = []
    for article, keys in zip(ids, sketches, strict=True):
        shared = Counter(other for one in keys for other in holders.get(one, ()))
        close.append([other for other, _ in shared.most_common(COMPARED)])
        for one in keys:
            holders.setdefault(one, []).append(article)
    wanted = sorted({other for several in close for other in several} - set(ids), key=str)
    rows = await fetch(driver, _texts, {"ids": wanted}) if wanted else []
    stored = dict(zip(ids, texts, strict=True)) | {row["id"]: row["text"] for row in rows}
    found: list[uuid.UUID | None] = []
    for article, text, several in zip(ids, texts, close, strict=True):
        mine = shingles(text) if several else set()
        ranked = [(overlap(mine, shingles(stored[other])), str(other), other) for other in several]
        share, _, other = max(ranked, default=(0.0, "", article))
        found.append(originals[other] if share >= REPRINT else None)
        originals[article] = found[-1] or article
    return found
