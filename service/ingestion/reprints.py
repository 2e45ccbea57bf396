"""Near-duplicates: an article that repeats another one, nearly word for word, is its reprint. How texts are
compared, and which are worth it, says `sketches`."""

import uuid
from collections import Counter
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ARRAY, BigInteger, Uuid, bindparam, func, select

from service.db import models as m
from service.db.statements import compiled, fetch, look_up, sharing
from service.ingestion.sketches import overlap, shingles

REPRINT = 0.5  # share of common shingles from which a text counts as a reprint
COMPARED = 3  # texts that a new one is compared with: those with most keys in common
CANDIDATES = 300  # for all articles of a batch

_holders = compiled(
    select(m.Article.id, m.Article.sketch, m.Article.reprint_of_id)
    .where(sharing(m.Article.id, m.Article.sketch, "keys", BigInteger()))
    .order_by(m.Article.recorded_at.desc(), m.Article.id)
    .limit(CANDIDATES)
)
_texts = compiled(
    select(m.Article.id, m.Article.text).where(
        m.Article.id == func.any(bindparam("ids", type_=ARRAY(Uuid())))
    )
)


async def find_reprints(
    driver: Any, ids: Sequence[uuid.UUID], texts: Sequence[str], sketches: Sequence[list[int]]
) -> list[uuid.UUID | None]:
    """For each new article the one that it repeats: in the store, or before it in the batch. Where that is a
    reprint itself, the one that it is a reprint of."""
    holders: dict[int, list[uuid.UUID]] = {}
    originals: dict[uuid.UUID, uuid.UUID] = {}
    keys_of_all = sorted({one for keys in sketches for one in keys})
    for row in await look_up(driver, _holders, {"keys": keys_of_all}):
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
