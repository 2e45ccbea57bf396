"""Names near a token: those of a list after it, the place before it."""

from collections.abc import Sequence

from service.extraction.fillers import Range, mentions_in
from service.extraction.names import Mention
from service.extraction.phrases import DATE_WORDS, Clauses


def names_after(clauses: Clauses, first: int, kinds: tuple[str, ...]) -> list[Range]:
    """The names of a list that starts at a token: "Armenia, Belarus and Tajikistan"."""
    tokens = clauses.tokens
    found: list[Range] = []
    position = first
    while position < len(tokens):
        token = tokens[position]
        mention = clauses.by_start.get(token.start)
        if mention is not None and mention.kind in kinds and "demonym" not in mention.flags:
            end = stop_of(clauses, position, mention)
            found.append((position, end))
            position = end
        elif token.text == "," or token.lower in ("and", "the", "as", "well", "both"):
            position += 1
        else:
            break
    return found


def stop_of(clauses: Clauses, position: int, mention: Mention) -> int:
    while position < len(clauses.tokens) and clauses.tokens[position].end <= mention.end:
        position += 1
    return position


def stands_at(lowers: Sequence[str], position: int, words: Sequence[str]) -> bool:
    return tuple(lowers[position : position + len(words)]) == tuple(words)


def place_before(clauses: Clauses, position: int) -> Range | None:
    best = None
    for place, mention in mentions_in(clauses, (0, position)):
        if mention.kind == "place" and "demonym" not in mention.flags:
            best = (place, stop_of(clauses, place, mention))
    return best if best is not None and position - best[1] < 12 else None


def name_before(clauses: Clauses, end: int, nouns: tuple[str, ...] = ()) -> Range | None:
    """The name that ends at a token, of no person: a mention, else words with capitals that open the sentence
    before a comma or that a preposition governs. One of the `nouns` may follow it ("the Batken region")."""
    tokens = clauses.tokens
    if end and tokens[end - 1].lower in nouns:
        end -= 1
    if end < 1 or tokens[end - 1].tag != "cap" or tokens[end - 1].lower in DATE_WORDS:
        return None
    mention = clauses.by_end.get(tokens[end - 1].end)
    first = end - 1
    if mention is not None:
        known = mention.kind == "place" or (
            mention.kind == "organization" and "kind_guessed" in mention.flags
        )
        if not known or "demonym" in mention.flags:
            return None
        while first and tokens[first].start > mention.start:
            first -= 1
        return first, end
    while first and tokens[first - 1].tag == "cap" and tokens[first - 1].end not in clauses.by_end:
        first -= 1
    governed = first > 0 and tokens[first - 1].tag == "prep"
    return (first, end) if governed or (first == 0 and tokens[end].text == ",") else None
