"""Identifiers: some come out the same on every machine, others are made as rows come.

They are of the driver's class, which is made, compared and written several times as fast as the standard
library's. Bits 76 to 79 of a UUID say its version, bits 62 and 63 its variant.
"""

import hashlib
import random
import time
import uuid

from asyncpg.pgproto.pgproto import UUID

# Any fixed UUID serves; this one is uuid5(NAMESPACE_DNS, "fact-lookup").
NAMESPACE = uuid.uuid5(uuid.NAMESPACE_DNS, "fact-lookup")


def stable_id(kind: str, key: str) -> uuid.UUID:
    """The id of the row of `kind` that is known by `key`, e.g. ("entity", "almaty"): its `uuid.uuid5`."""
    digest = hashlib.sha1(NAMESPACE.bytes + f"{kind}:{key}".encode(), usedforsecurity=False).digest()
    value = int.from_bytes(digest[:16]) & ~(0xF << 76 | 0x3 << 62)
    return UUID((value | 5 << 76 | 0x2 << 62).to_bytes(16))


def new_id() -> uuid.UUID:
    """A UUID of version 7 (RFC 9562): milliseconds of the clock, a fraction of one, and 62 random bits.

    What is made later sorts last, so that new rows go to the right edge of an index, into pages that are in
    use already; random ids touch a page each.
    """
    milliseconds, rest = divmod(time.time_ns(), 1_000_000)
    stamp = milliseconds << 80 | 7 << 76 | (rest << 12) // 1_000_000 << 64
    return UUID((stamp | 0x2 << 62 | random.getrandbits(62)).to_bytes(16))


def id_of(words: str) -> uuid.UUID | None:
    """The id that the words are, if they are one."""
    try:
        return uuid.UUID(words) if len(words) == 36 else None
    except ValueError:
        return None
