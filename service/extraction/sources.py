"""Sources without a verb of speech of their own: "according to X", "X, citing Y, reported C", "X put the
number of dead at 17"."""

from collections.abc import Sequence

from service.extraction.attributed import Attribution, attribution
from service.extraction.contents import says_something
from service.extraction.counted import is_person, singular
from service.extraction.heads import CARRIERS, head_of
from service.extraction.mentions import word_lists
from service.extraction.phrases import Clauses, back_to, is_passive, phrase_end
from service.extraction.subjects import subject_of
from service.extraction.tokens import Token


def according(sentence: Clauses, index: int) -> Attribution | None:
    """ "according to X, C", "C, as per X"."""
    tokens = sentence.tokens
    end = phrase_end(tokens, index + 2, sentence)
    if end <= index + 2:
        return None
    end = _with_issuer(sentence, _with_apposition(sentence, index + 2, end))
    before = back_to(tokens, index, ())
    source = (index + 2, end)
    if tokens[index + 2].lower in ("its", "his", "her", "their"):
        # "According to its own statements, the organization wants …": whoever the clause is about.
        clause = range(end, len(tokens))
        owner = next(
            (p for p in clause if tokens[p].start in sentence.by_start and tokens[p].tag != "prep"), None
        )
        if owner is not None and owner - end < 4:
            stop = (
                next(
                    (
                        p
                        for p in range(owner, len(tokens))
                        if tokens[p].end >= sentence.by_start[tokens[owner].start].end
                    ),
                    owner,
                )
                + 1
            )
            source = (owner, stop)
    if index <= 1 or (
        index
        and tokens[index - 1].tag in ("punct", "conj", "quote")
        and end < len(tokens) - 1
        and tokens[end].text == ","
        and before >= index - 1
    ):
        # "In Lima, according to police, …", but also "40 people died in Lima, according to police, …"
        content = (0 if says_something(tokens, index) else end, len(tokens))
    else:
        content = (0, index)
        if end < len(tokens) - 1 and tokens[end].text == "," and index - before < 3:
            content = (0 if says_something(tokens, index) else end, len(tokens))
    if content[0] == end and (aside := passed_on(sentence, end + 1)) is not None:
        content = (aside[1], len(tokens))  # "According to X, quoted by Y, C"
    elif content == (0, index) and (index - before < 3 or not before):
        content = (_own_clause(tokens, index), index)
    return attribution(sentence, (index, index + 2), source, content, "according", "according to")


def _with_issuer(sentence: Clauses, end: int) -> int:
    """ "according to provisional results declared by the commission": the end of who declared them."""
    ahead = [token.lower for token in sentence.tokens[end : end + 4]]
    if ahead and ahead[0] in _ISSUED and "by" in ahead:
        return phrase_end(sentence.tokens, end + ahead.index("by") + 1, sentence)
    return end


_ISSUED = frozenset("declared released published issued compiled announced collected provided".split())


def _with_apposition(sentence: Clauses, first: int, end: int) -> int:
    """ "according to Ana Costa, one of the guards, …": the end of what says who that is."""
    tokens = sentence.tokens
    if end + 2 >= len(tokens) or tokens[end].text != ",":
        return end
    named = sentence.by_start.get(tokens[end + 1].start)
    if tokens[first].lower == "the" and named is not None and named.kind == "person":
        stop = next((p for p in range(end + 2, len(tokens)) if tokens[p].start >= named.end), 0)
        closed = stop and tokens[stop].text in (",", ".", ";")
        return stop if closed and tokens[end - 1].lower in word_lists().titles else end
    if tokens[end - 1].tag != "cap":
        return end
    says = tokens[end + 1].lower in ("one", "a", "an") or is_person(
        tokens[end + 1].lower, tokens[end + 1].lower
    )
    longer = phrase_end(tokens, end + 1, sentence)
    return longer if says and longer < len(tokens) and tokens[longer].text in (",", ".") else end


def _own_clause(tokens: Sequence[Token], index: int) -> int:
    """Where the clause before "according to" begins: after a contrast with a clause before it."""
    for position in range(index - 1, 3, -1):
        if tokens[position].lower in ("but", "while", "whereas") and tokens[position - 1].text == ",":
            return position + 1
        if tokens[position].text == ";":
            return position + 1
    return 0


# "by the count of X", "by X's own admission", "in the words of X".
RECKONINGS: dict[str, str] = {
    **dict.fromkeys(
        "count reckoning tally account admission estimation calculation calculations".split(), "by"
    ),
    **dict.fromkeys("words view opinion eyes judgment judgement assessment".split(), "in"),
}


def by_reckoning(sentence: Clauses, index: int) -> Attribution | None:
    """ "By the count of the union, C", "C, in the view of the minister": the noun stands at a token."""
    tokens = sentence.tokens
    end = index + 1
    if end + 1 < len(tokens) and tokens[end].lower == "of" and tokens[index - 1].tag == "det" and index > 1:
        first, end = index - 2, phrase_end(tokens, end + 1, sentence)
        source = (index + 2, end)
    else:
        owner = index - 1 - (tokens[index - 1].lower == "own")
        if owner < 1 or tokens[owner].tag != "poss":
            return None
        back = range(owner - 1, max(-1, owner - 8), -1)
        first = next((p for p in back if tokens[p].lower == RECKONINGS[tokens[index].lower]), 0)
        source = (first + 1, owner)
    if tokens[first].lower != RECKONINGS[tokens[index].lower] or source[0] >= source[1]:
        return None
    led_in = not first or tokens[first - 1].tag in ("punct", "conj")
    comma = end + 2 < len(tokens) and tokens[end].text == ","
    bare = not first and end == index + 1 < len(tokens) - 3  # "By the union's count 40 were hurt"
    content = (end + comma, len(tokens)) if led_in and (comma or bare) else (0, first)
    return attribution(sentence, (first, index + 1), source, content, "according", "according to")


PASSED_ON = frozenset(
    "quoted cited carried published aired broadcast relayed reported obtained seen reviewed".split()
)


def passed_on(sentence: Clauses, index: int) -> tuple[int, int] | None:
    """The media in "quoted by local media", "a statement carried by state television", "as reported by
    Radio Norte", as a token range."""
    tokens = sentence.tokens
    if index + 2 >= len(tokens) or tokens[index].lower not in PASSED_ON or tokens[index + 1].lower != "by":
        return None
    end = phrase_end(tokens, index + 2, sentence)
    return (index + 2, end) if end > index + 2 else None


def relayed(sentence: Clauses, index: int, found: Sequence[Attribution]) -> Attribution | None:
    """Who passed on what the sentence's other source says; of other sources no more than media are told
    so."""
    tokens = sentence.tokens
    source = passed_on(sentence, index)
    if source is None or is_passive(tokens, index):
        return None
    as_told = index > 0 and tokens[index - 1].lower == "as"
    last = found[-1] if found else None
    if last is not None and last.content is not None:
        content = within(tokens, last)
    else:
        led_in = index < 3 or tokens[0].tag == "prep"  # "In a note seen by Reuters, X said C"
        content = (source[1], len(tokens)) if led_in else (0, index - as_told)
    made = attribution(sentence, (index, index + 2), source, content, "citing", tokens[index].lower)
    return made if made.role == "medium" or as_told else None


def within(tokens: Sequence[Token], item: Attribution) -> tuple[int, int]:
    """The content of an attribution as a token range."""
    assert item.content is not None  # the caller has checked
    inside = [
        position
        for position, token in enumerate(tokens)
        if item.content.start <= token.start < item.content.end
    ]
    return (inside[0], inside[-1] + 1) if inside else (0, len(tokens))


def citing(sentence: Clauses, index: int, found: Sequence[Attribution]) -> Attribution | None:
    """ "X, citing Y, reported C": Y is the origin of the content that X reports."""
    tokens = sentence.tokens
    lower = tokens[index].lower
    end = _written(tokens, phrase_end(tokens, index + 1, sentence), sentence)
    if (
        lower == "cited"
        and index
        and tokens[index - 1].tag == "be"
        and (end <= index + 1 or tokens[index + 1].lower == "as")
    ):
        return None
    if index + 1 < len(tokens) and tokens[index + 1].lower == "as":
        subject = subject_of(sentence, index)
        return (
            attribution(sentence, (index, index + 1), subject, (index + 2, len(tokens)), "active", "cite")
            if subject
            else None
        )
    if end <= index + 1 or not _may_tell(sentence, index + 1, end):
        return None
    governing = found[-1] if found else None
    if governing is not None and governing.content is not None and governing.form not in ("citing", "quoted"):
        content = within(tokens, governing)
        return attribution(sentence, (index, index + 1), (index + 1, end), content, "citing", "cite")
    if lower in ("citing", "quoting"):
        # The governing verb may come later ("X, citing Y, reported C"): the content is the rest of the
        # sentence.
        rest = (end, len(tokens)) if index < len(tokens) // 3 else (0, index)
        return attribution(sentence, (index, index + 1), (index + 1, end), rest, "citing", "cite")
    subject = subject_of(sentence, index)
    return (
        attribution(sentence, (index, index + 1), subject, (index + 1, len(tokens)), "active", "cite")
        if subject
        else None
    )


_TELLING = CARRIERS | frozenset(
    "study survey research analysis estimate estimates intelligence witness witnesses media press record "
    "records police authorities government army military company ministry agency".split()
)


def _may_tell(sentence: Clauses, first: int, end: int) -> bool:
    """Somebody or a paper, not "citing threats to his safety"."""
    for token in sentence.tokens[first:end]:
        mention = sentence.by_start.get(token.start)
        if (
            mention is not None
            and mention.kind in ("person", "organization")
            and "pronoun" not in mention.flags
        ):
            return True
        word = singular(token.lower)
        if token.lower in _TELLING or token.text[0].isupper() or is_person(word, token.lower):
            return True
    return False


def _written(tokens: Sequence[Token], end: int, sentence: Clauses) -> int:
    """ "a post that the ministry had made": the source goes on in the clause that says whose it is."""
    if end + 1 < len(tokens) and tokens[end].lower in ("that", "which") and tokens[end - 1].lower in CARRIERS:
        return phrase_end(tokens, end + 1, sentence)
    return end


# "put the number of dead at 17", "measured the quake at 7.1", "lowered the toll to 66": who gives a figure,
# by the words that must stand between the verb and the number.
GIVING: dict[str, frozenset[str]] = {
    form: needed
    for verbs, needed in (
        ("put puts putting", frozenset(("at", "as"))),
        ("measured measures estimates estimated", frozenset(("at",))),
        ("gave gives giving", frozenset("toll figure number count tally total".split())),
        (
            "lowered raised revised updated corrected lowers raises revises",
            frozenset("toll count number tally figure magnitude strength estimate it".split()),
        ),
        ("reckons reckoned", frozenset(("with",))),
        (
            "count counts counted documented recorded registered records documents verified lists listed",
            frozenset[str](),
        ),
    )
    for form in verbs.split()
}
# Whoever is their subject gives the figure.
_ANYBODYS = frozenset(
    "put puts putting estimates estimated lowered raised revised lowers raises revises".split()
)
_TOLLS = frozenset(
    "count counts tally toll tolls estimate estimates figure figures total number numbers data".split()
)
_GIVERS = frozenset(
    "ministry agency authority authorities service centre center survey office department government "
    "commission secretariat council committee network media body team watchdog observatory ngo charity "
    "hospital hospitals institute bureau organisers organizers unions union police group organisation "
    "organization".split()
)


def giving(sentence: Clauses, index: int) -> Attribution | None:
    tokens = sentence.tokens
    number = next((p for p in range(index + 1, min(index + 14, len(tokens))) if tokens[p].tag == "num"), None)
    if number is None:
        return None
    if is_passive(tokens, index):
        return _given_by(sentence, index, number)
    between = tokens[index + 1 : number]
    needed = GIVING[tokens[index].lower]
    if any(
        token.text in (";", ":") or (token.tag in ("rel", "sub") and token.lower != "as") for token in between
    ):
        return None
    if needed and needed.isdisjoint(token.lower for token in between):
        return None
    subject = subject_of(sentence, index)
    if subject is None:
        return None
    head = head_of(sentence, subject)
    words = [token.lower for token in tokens[subject[0] : subject[1]]]
    counted = words[-1] in _TOLLS  # "the latest count put it at 40": nobody's
    speaks = (tokens[index].lower in _ANYBODYS and not counted) or any(
        singular(word) in _GIVERS or word in _GIVERS or is_person(singular(word), word) for word in words
    )
    named = (
        head is not None
        and head.kind in ("person", "organization")
        and bool(tokens[subject[1] - 1].tag == "cap")
    )
    if not (speaks or named) or any(token.tag == "num" for token in tokens[subject[0] : subject[1]]):
        return None
    return attribution(sentence, (index, index + 1), subject, (index + 1, len(tokens)), "active", "give")


def _given_by(sentence: Clauses, index: int, number: int) -> Attribution | None:
    """ "was put at magnitude 6.4 by the seismological centre"."""
    tokens = sentence.tokens
    by = next((p for p in range(number + 1, min(number + 5, len(tokens) - 1)) if tokens[p].lower == "by"), 0)
    if not by or tokens[index + 1].lower != "at":
        return None
    end = phrase_end(tokens, by + 1, sentence)
    return attribution(sentence, (index, index + 1), (by + 1, end), (index + 1, by), "passive", "give")
