"""Which words of a question name something. Pure: the names an index knows come in as hits."""

from collections.abc import Sequence

from service.entities.names import fold
from service.lookup.asked import Mention, NameHit
from service.lookup.reading import Reading
from service.lookup.words import find_phrases, is_plain, vocabulary

LONGEST_NAME = 7  # words


def name_spans(reading: Reading) -> list[tuple[int, int, str]]:
    """(first, last, folded text) of every run of words that may be a name, as an index holds it."""
    words = reading.words
    taken = {*(reading.period.words if reading.period else ()), *reading.figure_words}
    spans = []
    for first in range(len(words)):
        for last in range(first, min(first + LONGEST_NAME, len(words))):
            if last in taken and first in taken:
                continue
            spans.append((first, last, " ".join(words[first : last + 1])))
    return spans


def may_begin_name(text: str) -> bool:
    """Whether words are worth asking for longer names that begin with them: "interior ministry",
    "government"."""
    words = text.split()
    if len(words) == 1:
        return words[0] in vocabulary("generic")
    return words[0] not in vocabulary("function") and words[-1] not in vocabulary("function")


def unknown_words(reading: Reading, hits: Sequence[NameHit]) -> list[int]:
    """Positions of words that no name, phrase or list explains: they may be names in a spelling nobody
    listed. Two words that begin a longer name ("interior ministry") are explained by it."""
    covered = {
        position
        for hit in hits
        if hit.how == "exact" or hit.first < hit.last
        for position in range(hit.first, hit.last + 1)
    }
    covered |= {position for found in find_phrases(reading.words) for position in found.positions}
    covered |= {*(reading.period.words if reading.period else ()), *reading.figure_words}
    return [
        position
        for position, word in enumerate(reading.words)
        if position not in covered
        and not is_plain(word)
        and word not in vocabulary("titles")
        and not word.isdigit()
    ]


def _shadowed(hit: NameHit, reading: Reading) -> bool:
    """Whether an alias is an everyday word here: "tell us" names no country, "the US" and "THE WHO" do."""
    if hit.first != hit.last or hit.how != "exact" or reading.words[hit.first] not in vocabulary("function"):
        return False
    token = next(token for token in reading.tokens if token.first <= hit.first <= token.last)
    # "the US", "us reaction to …": no pronoun begins a question
    after_the = hit.first == 0 or reading.words[hit.first - 1] in ("the", "in", "did", "does")
    return not (token.text.strip(".?!,").isupper() and len(token.text) > 1) and not after_the


def _joined(
    spans: dict[tuple[int, int], list[NameHit]], reading: Reading
) -> dict[tuple[int, int], list[NameHit]]:
    """ "UN experts" as one name, where one of the experts has UN in its name."""
    joined = dict(sorted(spans.items()))
    for (first, middle), (start, last) in zip(sorted(spans), sorted(spans)[1:], strict=False):
        if start != middle + 1 or (start, last) not in joined or (first, middle) not in joined:
            continue
        words = set(reading.words[first : last + 1])
        both = [hit for hit in joined[start, last] if words <= set(fold(hit.entity.name).split())]
        if both:
            del joined[first, middle], joined[start, last]
            joined[first, last] = both
    return joined


def choose(reading: Reading, hits: Sequence[NameHit]) -> list[Mention]:
    """The longest names first, without overlaps; names inside a chosen one are its less likely readings."""
    rank = {"exact": 2, "spelling": 1, "prefix": 0}
    usable = [hit for hit in hits if not _shadowed(hit, reading)]
    ordered = sorted(
        usable, key=lambda hit: (hit.first - hit.last, -rank[hit.how], -hit.entity.score, hit.entity.slug)
    )
    spans: dict[tuple[int, int], list[NameHit]] = {}
    taken: set[int] = set()
    for hit in ordered:
        span = (hit.first, hit.last)
        if span in spans:
            if rank[hit.how] == rank[spans[span][0].how]:
                spans[span].append(hit)
        elif taken.isdisjoint(range(hit.first, hit.last + 1)):
            spans[span] = [hit]
            taken |= set(range(hit.first, hit.last + 1))
    spans = _joined(spans, reading)
    mentions = []
    for (first, last), found in sorted(spans.items()):
        chosen = {hit.entity.slug: hit.entity for hit in found}
        # "CSTO troops" are of the CSTO; "Government of Kazakhstan" is not Kazakhstan
        inner = {
            hit.entity.slug: hit.entity
            for hit in usable
            if first <= hit.first and hit.last <= last and hit.how == "exact" and hit.entity.kind != "place"
        }
        entities = chosen | {slug: entity for slug, entity in inner.items() if slug not in chosen}
        soft = first == last and (found[0].how == "prefix" or reading.words[first] in vocabulary("generic"))
        text = " ".join(reading.words[first : last + 1])
        token = next(token for token in reading.tokens if token.first <= last <= token.last)
        possessive = token.text.rstrip(".,?!").endswith(("'s", "’s", "s'", "s’"))
        mentions.append(Mention(first, last, text, tuple(entities.values()), "any", soft, possessive))
    return mentions
