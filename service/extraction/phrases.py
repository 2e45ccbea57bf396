"""Borders of noun phrases without a parser: walking from a verb to where its subject or object must end."""

from collections.abc import Mapping, Sequence

import msgspec

from service.extraction.cues import CUES, NOUN_FORMS
from service.extraction.names import Mention
from service.extraction.quotations import NONE, Quoted
from service.extraction.text import Span
from service.extraction.tokens import PAST_FORMS, Token, Tokens, behind_agency

PREPOSITIONS = frozenset("in on at during after before by from via over with through amid for to".split())


_CLAUSE_STARTS = frozenset(("sub", "rel"))


class Clauses(msgspec.Struct):
    """A sentence: its tokens as a mere list, `whole` with what is known of all of them."""

    text: str
    index: int
    tokens: list[Token]
    whole: Tokens
    by_start: Mapping[int, Mention]
    by_end: Mapping[int, Mention]
    quoted: Quoted = NONE
    # The mentions with the tokens that they begin at; made when they are first asked for.
    named: list[tuple[int, Mention]] | None = None
    # Of verbs, by their position: several readers ask for the subject of one.
    subjects: dict[int, tuple[int, int] | None] = {}


def span_of(text: str, tokens: Sequence[Token], first: int, last: int) -> Span | None:
    """The text of tokens[first:last] without the punctuation around it."""
    while first < last and tokens[first].tag in ("punct", "quote") and tokens[first].text not in "([":
        first += 1
    while last > first and tokens[last - 1].tag in ("punct", "quote") and tokens[last - 1].text not in ")]":
        last -= 1
    if last - first > 1 and tokens[first].text == "(" and all(t.text != ")" for t in tokens[first:last]):
        first += 1
    if first >= last:
        return None
    start, end = tokens[first].start, tokens[last - 1].end
    return Span(start, end, text[start:end])


def phrase_end(tokens: Sequence[Token], first: int, sentence: Clauses, commas: bool = False) -> int:
    """The end of the noun phrase that starts at `first`: up to punctuation, a finite verb, a clause or an
    adverbial.

    With `commas`, an apposition belongs to it ("Joe Leonard, chairman of AirTran").
    """
    position = first
    while position < len(tokens) and position < first + 24:
        token = tokens[position]
        if token.text == "(":
            closing = next(
                (p for p in range(position, min(position + 8, len(tokens))) if tokens[p].text == ")"), None
            )
            if closing is None:
                break
            position = closing
        elif token.text == ",":
            if not commas or position + 1 >= len(tokens) or not _begins_apposition(tokens, position + 1):
                break
        elif token.tag in ("quote", "sub", "have", "do", "be") or token.text in (
            ".",
            ";",
            ":",
            "–",
            "—",
            "-",
            ")",
            "!",
            "?",
        ):
            if not (
                token.text == "."
                and position + 1 < len(tokens)
                and (
                    (len(tokens[position - 1].text) <= 3 and tokens[position + 1].tag == "cap")
                    or tokens[position + 1].start == token.end  # "Example.com"
                )
            ):
                break
        elif position > first and (
            token.tag in ("rel", "pron")
            or (token.tag == "modal" and not _leads_to_noun(tokens, position))
            or (token.lower in CUES and token.lower not in NOUN_FORMS and not _modifies(tokens, position))
            or token.lower in ("on", "during", "after", "as", "who")
            or (token.tag == "det" and tokens[position - 1].tag == "word")
            or (token.tag == "prep" and _tells_occasion(tokens, position))
        ):
            break
        elif (token.tag == "num" or token.lower in ("over", "more", "nearly", "almost", "around")) and tokens[
            position - 1
        ].end in sentence.by_end:
            break  # "according to the ministry 345 people …"
        elif (
            token.tag == "conj"
            and position + 1 < len(tokens)
            and tokens[position + 1].tag not in ("cap", "det", "word")
        ):
            break
        position += 1
    return position


# What one speaks in or through: "said the mayor in an interview".
_OCCASIONS = frozenset(
    "interview interviews statement statements tweet tweets post posts email e-mail emails letter memo "
    "message messages briefing conference speech remarks address phone telephone television tv radio "
    "twitter facebook telegram instagram report call video debate hearing rally testimony court press "
    "webcast podcast blog comments event meeting note broadcast parliament text thursday friday saturday "
    "sunday monday tuesday wednesday".split()
)


def _tells_occasion(tokens: Sequence[Token], position: int) -> bool:
    """Whether a preposition opens an adverbial of the verb rather than a part of the phrase before it."""
    if tokens[position].lower not in ("in", "at", "via", "through", "to", "by", "with", "over", "from"):
        return False
    for token in tokens[position + 1 : position + 7]:
        if token.lower in _OCCASIONS:
            return tokens[position].lower not in ("by", "from") or token.lower in (
                "phone",
                "telephone",
                "email",
            )
        if token.tag not in ("det", "word", "cap", "num"):
            return False
    return False


def _leads_to_noun(tokens: Sequence[Token], position: int) -> bool:
    """ "an adviser to the mayor", "a person close to Ana Costa", but "sources to confirm"."""
    if tokens[position].lower != "to" or position + 1 >= len(tokens):
        return False
    follow = tokens[position + 1]
    return follow.tag in ("det", "cap") or (follow.tag == "pron" and follow.lower in ("him", "her", "them"))


def _modifies(tokens: Sequence[Token], position: int) -> bool:
    """ "a publishing executive", "a think tank": a verb's form that stands before its noun."""
    if position == 0 or position + 1 >= len(tokens) or tokens[position + 1].tag not in ("word", "cap"):
        return False
    before, lower = tokens[position - 1], tokens[position].lower
    if lower in ("called", "named"):
        return before.tag == "word" and tokens[position + 1].tag == "cap"  # "a group called Marea"
    if lower.endswith("ing"):
        return before.tag == "det"
    adjective = before.tag == "word" and before.lower.endswith(("al", "ive", "ian", "ing", "ist"))
    return not lower.endswith("ed") and lower not in PAST_FORMS and (before.tag == "det" or adjective)


def _begins_apposition(tokens: Sequence[Token], position: int) -> bool:
    """After a comma: "the mayor", "chairman of the board", "34, a nurse", "55, of Lima"."""
    token = tokens[position]
    if token.tag == "num":
        return token.text.isdigit() and len(token.text) < 3
    if token.lower == "of":
        return tokens[position - 2].tag == "num"
    return token.tag in ("det", "cap", "word") and not token.lower.endswith("ing")


def back_to(tokens: Sequence[Token], index: int, extra: tuple[str, ...]) -> int:
    """The first token of the stretch that ends at `index` and holds no border."""
    position = index
    while position > 0:
        token = tokens[position - 1]
        if (
            token.tag in _CLAUSE_STARTS
            or token.tag == "quote"
            or token.text in (",", ";", ":", "–", "—", "(", ")")
            or token.lower in extra
        ):
            break
        position -= 1
    return position


_BORDERS = frozenset((",", ";", ":", "–", "—", "-", "…", "?", "!"))


def _behind_date(tokens: Sequence[Token], first: int, end: int) -> int:
    """Behind "in December", "on Monday 3 May" when more follows, else 0."""
    position = first + (tokens[first].lower in ("in", "on", "by", "since", "last", "early", "late"))
    months = False
    while position < end and (tokens[position].lower in DATE_WORDS or tokens[position].tag == "num"):
        months = months or tokens[position].lower in DATE_WORDS
        position += 1
    return position if months and position < end and tokens[position].tag in ("cap", "word", "det") else 0


# In tokens; what goes on longer without a border is a list or an attack.
LONGEST_PHRASE = 40


# Alone, whatever stands before them: "Two days ago we said", "what she called".
_NOMINATIVES = frozenset("he she it they we i you".split())


# Adverbs that look like adjectives.
_BEFORE_VERBS = frozenset(
    "further earlier first instead nevertheless nonetheless likewise long separately".split()
)


# Only tokens of these tags and words may be a border; the rest is passed over without another look.
_BORDER_TAGS = frozenset("quote sub rel have neg do modal be conj".split())
_BORDER_WORDS = _BORDERS | {"what", "to", "and", ")"} | (frozenset(CUES) - frozenset(NOUN_FORMS))


def phrase_back(sentence: Clauses, end: int) -> tuple[int, int] | None:
    """The noun phrase that ends at `end`, walking back to the nearest border."""
    tokens = sentence.tokens
    while end > 1 and tokens[end - 1].lower in _BEFORE_VERBS and tokens[end - 1].tag == "word":
        end -= 1
    if end and tokens[end - 1].lower in _NOMINATIVES:
        return end - 1, end
    first = end
    while first > 0 and end - first < LONGEST_PHRASE:
        token = tokens[first - 1]
        if token.tag not in _BORDER_TAGS and token.lower not in _BORDER_WORDS:
            first -= 1
            continue
        if token.text == ")" and behind_agency(tokens) == first:
            break  # "LIMA (AP) The mayor"
        if token.lower == "than" and first > 2 and tokens[first - 3].tag == "prep":
            first -= 1  # "a ferry with more than 340 people on board"
            continue
        if (
            token.tag in ("quote", "sub", "rel", "have", "neg", "do")
            or token.text in _BORDERS
            or token.lower == "what"
            or (token.lower == "to" and first > 1 and tokens[first - 2].lower == "according")
            or (token.tag == "modal" and not (first < end and _leads_to_noun(tokens, first - 1)))
        ):
            if (
                token.text == ","
                and first - 2 >= 0
                and tokens[first].tag == "cap"
                and tokens[first].lower.rstrip(".") in ("inc", "jr", "ltd", "sr")
            ):
                first -= 1
                continue
            break
        if token.tag == "be" or (
            first < end
            and token.lower in CUES
            and token.lower not in NOUN_FORMS
            and not _modifies(tokens, first - 1)
            and not _ends_name(sentence, token)
        ):
            break
        if token.tag == "conj" and token.lower != "and":
            break
        if token.lower == "and" and not _joins_names(sentence, first - 1):
            break
        first -= 1
    # An adverbial in front is not part of it: "On Monday police said", "earlier this year the bank".
    while first + 1 < end and tokens[first].lower in _WHEN and tokens[first + 1].lower in TIME_WORDS:
        first += 2
    while first < end and tokens[first].tag in ("adv", "conj", "punct"):
        first += 1
    infinitive = (
        first > 0 and tokens[first - 1].lower == "to" and first + 1 < end and tokens[first + 1].tag == "det"
    )
    if (
        first + 2 < end
        and tokens[first].tag == "word"
        and (infinitive or tokens[first + 1].lower in ("a", "an"))
    ):
        first += 1  # "must free a journalist who", "to demand the arrest of a warden, whom"
    if first < end and tokens[first].lower == "with":
        first += 1
    elif first + 2 < end and tokens[first].lower == "at" and tokens[first + 1].lower in ("least", "most"):
        first += 2  # "At least 17 protesters marched"
    elif first < end and (dated := _behind_date(tokens, first, end)):
        first = dated  # "in December the airline announced"
    elif first < end and tokens[first].lower in PREPOSITIONS:
        inner = next(
            (
                p
                for p in range(first + 2, end)
                if (tokens[p].lower in ("the", "a", "his", "its") and tokens[p - 1].tag != "prep")
                or (tokens[p].lower in _SOME and tokens[p + 1].tag == "num" and tokens[p - 1].tag != "prep")
            ),
            None,
        )
        if inner is None:
            inner = next(
                (
                    p
                    for p in range(first + 2, end)
                    if tokens[p].start in sentence.by_start
                    and (
                        tokens[p - 1].tag not in ("prep", "det", "cap", "conj")
                        or tokens[p - 1].lower in DATE_WORDS
                    )
                ),
                None,
            )
        first = inner if inner is not None else end
    if first + 1 < end and tokens[first].lower.endswith("ing") and tokens[first + 1].tag == "det":
        first += 1  # "seeing the troops deployed"
    # "The Office on June 18 called": a date in front of the verb belongs to the verb.
    for position in range(end - 1, max(first, end - 4), -1):
        if (
            tokens[position].lower in ("on", "in")
            and position > first
            and (tokens[position + 1].tag == "num" or tokens[position + 1].lower in DATE_WORDS)
        ):
            end = position
            break
    if end > first and tokens[end - 1].lower in DATE_WORDS and end - first > 1:
        end -= 1
    # "Since its launch the store has sold": the second phrase is the subject.
    for position in range(end - 1, first + 1, -1):
        if tokens[position].lower in ("the", "a", "an", "its", "his", "her") and (
            tokens[position - 1].tag in ("word", "num") or tokens[position - 1].lower in DATE_WORDS
        ) and tokens[position - 1].lower not in UNTAGGED:  # fmt: skip
            first = position
            break
    return (first, end) if first < end else None


# "In Lima and Cusco about 3,000 people": these open the second phrase.
_SOME = frozenset("about around some nearly almost".split())
_WHEN = frozenset(("last", "this", "next", "that", "late", "early", "earlier", "each", "every"))


DATE_WORDS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may "
    "june july august september october november december today yesterday".split()
)


TIME_WORDS = DATE_WORDS | frozenset(
    "week weekend year month night day evening morning afternoon decade century summer winter "
    "spring autumn".split()
)


# Prepositions that stand for a place and are no words of their class here.
UNTAGGED = frozenset("above below beneath beside alongside amongst atop opposite past".split())


def _joins_names(sentence: Clauses, position: int) -> bool:
    """ "Reuters and AFP said": "and" joins two names rather than two clauses."""
    tokens = sentence.tokens
    if position + 1 >= len(tokens) or position == 0:
        return False
    return (
        tokens[position + 1].tag in ("cap", "word", "det")
        and (tokens[position - 1].end in sentence.by_end or tokens[position - 1].tag in ("cap", "word"))
        and not any(
            token.tag in ("be", "have", "modal")
            or (token.lower in CUES and not _ends_name(sentence, token))
            or (token.tag == "word" and token.lower.endswith("ed"))  # not "the United States and Iraq"
            for token in tokens[_after_comma(tokens, position) : position]
        )
    )


def _ends_name(sentence: Clauses, token: Token) -> bool:
    """ "the United States": no cue of speech."""
    return token.tag == "cap" and token.end in sentence.by_end


def _after_comma(tokens: Sequence[Token], position: int) -> int:
    """Where the last five words before a token begin, or those behind a comma among them."""
    first = max(0, position - 5)
    return next((p + 1 for p in range(position - 1, first - 1, -1) if tokens[p].text == ","), first)


def after_date(tokens: Sequence[Token], first: int) -> int:
    """Behind a day that stands right here: "announced Sunday it …", "called late on Thursday for …"."""
    position = first
    while position < len(tokens) and tokens[position].lower in ("late", "early", "on"):
        position += 1
    if position < len(tokens) and tokens[position].lower in DATE_WORDS:
        position += 1
        if position < len(tokens) and tokens[position].tag == "poss":
            return first  # "said yesterday's turnout was low"
        dayparts = ("evening", "morning", "night", "afternoon")
        position += position < len(tokens) and tokens[position].lower in dayparts
        return position + (position < len(tokens) and tokens[position].tag == "num")
    return first


def aside(tokens: Sequence[Token], first: int, particle: str) -> int:
    """ "appealed on Facebook for", "called again on", "pleaded on Friday with": where the particle of a verb
    stands behind the adverbial that starts at a token, else 0."""
    position = first
    while position < len(tokens) and tokens[position].tag == "adv":
        position += 1
    if (
        position + 1 < len(tokens)
        and tokens[position].lower == "at"
        and tokens[position + 1].lower == "first"
    ):
        position += 2
    position = max(position, after_date(tokens, position))
    if position == first and position < len(tokens) and tokens[position].lower in ("in", "on", "at", "via"):
        ahead = range(position + 1, min(position + 5, len(tokens)))
        position = next((p + 1 for p in ahead if tokens[p].lower in _OCCASIONS), position)
    return position if first < position < len(tokens) and tokens[position].lower == particle else 0


def is_past(token: Token) -> bool:
    """Whether a word may be the past form of a verb."""
    return token.tag == "word" and (token.lower.endswith("ed") or token.lower in PAST_FORMS)


def is_passive(tokens: Sequence[Token], index: int) -> bool:
    """Whether a form of "be" governs the participle at a token, adverbs between them aside."""
    position = index - 1
    while position >= 0 and (tokens[position].tag in ("adv", "neg") or tokens[position].lower in EACH):
        position -= 1
    if position > 0 and tokens[position].tag == "poss" and tokens[position - 1].lower in _BEING:
        # "who's seen as", not "who's killed three"
        return index + 1 < len(tokens) and tokens[index + 1].tag in ("prep", "sub")
    return position >= 0 and tokens[position].tag == "be"


_BEING = frozenset("who that which it he she there what".split())
EACH = frozenset(("each", "all", "both"))
