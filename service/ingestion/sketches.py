"""What a text is known by among many: the runs of five words it consists of, and a few keys made of them.

Two texts are compared by their shingles, the runs of five words. Which texts are worth comparing is found by
keys (one-permutation MinHash, Li, Owen and Zhang 2012): the shingles' hashes fall into bins, each bin keeps
its smallest, and three neighbouring bins make a key. Two texts that share seven tenths of their shingles have
a key in common all but surely, those that share half in 94 of 100 cases. Two articles that only end with the
same paragraph hardly ever have: a single hash as key would bring every article of a publisher up.
"""

import hashlib
import re
import zlib
from collections.abc import Sequence

SHINGLE = 5  # words; shorter runs are shared by unrelated articles, longer ones by no edited reprint
BINS = 63
TOGETHER = 3  # bins of one key

WORD = re.compile(r"\w+")
MASK = (1 << 64) - 1
EMPTY = MASK + 1  # more than any hash
# What is no letter, digit or underscore, in plain ASCII: blanks for it are made faster than words are sought.
BLANKS = bytes(code if code < 128 and WORD.match(chr(code)) else ord(" ") for code in range(256))


def shingles(text: str) -> set[int]:
    """Hashes of the runs of five words, case folded; of all words where there are fewer."""
    return set(_hashes(text))


def _hashes(text: str) -> list[int]:
    folded = text.casefold()
    plain = folded.encode().translate(BLANKS) if folded.isascii() else " ".join(WORD.findall(folded)).encode()
    words = plain.split()
    runs = list(map(b" ".join, zip(*(words[at:] for at in range(SHINGLE)), strict=False)))
    # Fibonacci hashing spreads what a checksum leaves close together.
    return [checksum * 0x9E3779B97F4A7C15 & MASK for checksum in map(zlib.crc32, runs or [b" ".join(words)])]


def sketch_of(text: str) -> list[int]:
    """The keys of a text, as signed 64-bit numbers."""
    smallest = [EMPTY] * BINS
    for one in _hashes(text):
        place = one % BINS
        if one < smallest[place]:
            smallest[place] = one
    filled = list(smallest)
    for place in range(BINS):  # an empty bin takes what the next one holds
        step = 0
        while filled[place] == EMPTY:
            step += 1
            filled[place] = smallest[(place + step) % BINS]
    return [key(filled[at : at + TOGETHER], at) for at in range(0, BINS, TOGETHER)]


def key(values: Sequence[int], place: int) -> int:
    named = b"%d:[%d, %d, %d]" % (place, *values)
    return int.from_bytes(hashlib.blake2b(named, digest_size=8).digest(), signed=True)


def overlap(one: set[int], other: set[int]) -> float:
    """The share of shingles that two texts have in common (Jaccard)."""
    return len(one & other) / len(one | other) if one or other else 0.0
