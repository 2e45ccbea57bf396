"""Who a clause is about, where the verb has no phrase right before it: the first person, body or place."""

from collections.abc import Sequence

from service.extraction.counted import is_person, singular
from service.extraction.cues import CUES
from service.extraction.heads import BODY_NOUNS, OWNERS, names_office, names_persons
from service.extraction.phrases import (
    DATE_WORDS,
    PREPOSITIONS,
    Clauses,
    is_past,
    phrase_back,
    phrase_end,
)
from service.extraction.relative_clauses import told_of
from service.extraction.tokens import PAST_FORMS, Token, behind_agency


def main_subject(sentence: Clauses, index: int) -> tuple[int, int] | None:
    """The first person, organization or place before `index` that is not inside an adverbial; the
    clause's own first."""
    tokens = sentence.tokens
    if (told := told_of(sentence, index)) is not None and not _is_fronted(tokens, told[0]):
        return told
    begin = max(_opening(tokens, index), _behind_came(tokens, index))
    if index and (tokens[index - 1].tag == "conj" or tokens[index - 1].lower in _LEADING_ON):
        begin = max(begin, _clause_start(tokens, begin, index))
        if tokens[begin].tag in ("prep", "sub"):  # "…: At this stage, A may …"
            begin = next(
                (p + 1 for p in range(begin, min(begin + 14, index)) if tokens[p].text == ","), begin
            )
    best = None
    for position in range(begin, index):
        token = tokens[position]
        mention = sentence.by_start.get(token.start)
        if mention is None or "demonym" in mention.flags or token.lower in OWNERS:
            continue
        before = next(
            (
                tokens[p]
                for p in range(position - 1, -1, -1)
                if tokens[p].tag not in ("det", "cap", "word") or tokens[p].lower in DATE_WORDS
            ),
            None,
        )
        stop = next(p for p in range(position, len(tokens)) if tokens[p].end >= mention.end) + 1
        if stop < len(tokens) and tokens[stop].tag == "poss":
            continue
        led = before is not None and (before.tag == "prep" or before.lower == "to")
        if led and before is not None and before.lower not in ("for", "of"):
            continue
        if before is not None and before.lower == "of" and _within(tokens, begin, position):
            continue
        if mention.kind != "person" and names_office(sentence, position, mention):
            continue  # "Ivory Coast President Jane Doe"
        best = (_title_start(tokens, position), _noun_end(tokens, stop))
        break
    if best is not None:
        whole = _whole_phrase(sentence, best)
        return whole if begin <= whole[0] and whole[1] <= index else best
    first = next((p for p in range(begin, index) if tokens[p].tag in ("det", "cap", "word", "pron")), None)
    if first is None:
        return None
    if tokens[first].tag == "pron":
        return first, first + 1
    counted = tokens[first].lower in _BOUNDS and tokens[min(first + 1, index)].lower == "than"
    end = phrase_end(tokens, first + 2 * counted, sentence)  # "More than ten nurses marched to demand"
    verb = next(
        (
            p
            for p in range(first + 1 + (tokens[first].lower == "other"), end)
            if tokens[p].lower in PAST_FORMS or tokens[p].lower.endswith("ed")
        ),
        end,
    )
    return (first, min(verb, first + 6, index)) if verb > first else None


_BOUNDS = frozenset(("more", "fewer", "less"))


def _is_fronted(tokens: Sequence[Token], first: int) -> bool:
    """ "After the talks with Jane Doe, which …, John Roe said": inside an adverbial in front."""
    return first > 0 and tokens[0].tag in ("prep", "sub") and tokens[first - 1].tag == "prep"


def _within(tokens: Sequence[Token], begin: int, position: int) -> bool:
    """ "in the town of Balasore": the name's "of" stands inside another preposition's phrase."""
    back = position - 1
    while back > begin and tokens[back].lower != "of":
        back -= 1
    back -= 1
    while back > begin and tokens[back].tag in ("word", "cap", "det", "num"):
        back -= 1
    return back > begin and tokens[back].tag == "prep" and tokens[back].lower not in ("of", "for")


def _clause_start(tokens: Sequence[Token], begin: int, index: int) -> int:
    """Where the clause starts that a verb after "and" goes on: "police said a mob broke in and …", "where
    officers held ten and …"."""
    for position in range(index - 3, begin, -1):
        token = tokens[position]
        if token.text in (";", ":", "–", "—"):
            return position + 1
        said = token.lower in _SAYING and tokens[position + 1].tag in ("det", "num", "cap", "rel")
        said = said and tokens[index].lower not in CUES  # "X said Y is late and accused Z": X
        if (
            token.lower not in _CLAUSES or (token.lower == "where" and tokens[index - 1].tag != "conj")
        ) and not said:
            continue
        first = position + 1 + (tokens[position + 1].lower == "that")
        subject = tokens[first].lower not in DATE_WORDS and (
            tokens[first].tag in ("det", "cap", "num", "pron", "word") and tokens[first + 1].tag != "punct"
        )
        stop = index - 1
        if token.lower in _PREPOSITIONAL:  # "since last week's debate, was not asking but calling"
            stop = next((p for p in range(first, stop) if tokens[p].text == ","), stop)
            if stop < index - 1 and tokens[index].lower.endswith("ing"):
                return begin  # "after riots broke out, with inmates taking hostages and starting fires"
        acting = any(
            is_past(t) or t.tag in ("be", "have") or (t.tag == "modal" and t.lower != "to")
            for t in tokens[first + 1 : stop]
        )
        if subject and acting:
            return first if not _has_ended(tokens, first, index) else begin
    return begin


def _has_ended(tokens: Sequence[Token], first: int, index: int) -> bool:
    """Whether the clause that starts at a token is over before another: "when police came, she rose to …"."""
    comma = next((p for p in range(first, index) if tokens[p].text == ","), index)
    return tokens[index - 1].tag != "conj" and any(
        is_past(token) or token.tag in ("be", "have", "do") for token in tokens[comma:index]
    )


# Before a verb that has the subject of its clause.
_LEADING_ON = frozenset(("to", "of", "by", "for"))


_SAYING = frozenset("said says saying".split())


_PREPOSITIONAL = frozenset("after before as until since".split())


_CLAUSES = _PREPOSITIONAL | frozenset("where when while whereas because although though".split())


def _behind_came(tokens: Sequence[Token], index: int) -> int:
    """ "The raid came after thousands of nurses marched, urging …": where the clause behind "after" starts,
    else 0."""
    if not tokens[index].lower.endswith("ing") or tokens[index - 1].text != ",":
        return 0
    came = next((p for p in range(1, index) if tokens[p].lower in _COMING), index)
    after = range(came + 1, min(came + 5, index))
    start = next((p + 1 for p in after if tokens[p].lower in ("after", "as", "when", "before")), 0)
    while start and start < index - 1 and tokens[start].lower in ("more", "than", "at", "least", "some"):
        start += 1
    return start


_COMING = frozenset(("came", "come", "comes", "followed", "happened"))


def _opening(tokens: Sequence[Token], index: int) -> int:
    """Behind a dateline ("GAZA (Reuters) - ") and an adverbial in front ("In Lima, ")."""
    dash = next((p for p in range(min(14, index)) if tokens[p].text in ("-", "–", "—")), 0)
    begin = behind_agency(tokens)
    if dash and all(token.tag in ("cap", "num", "punct") for token in tokens[:dash]):
        begin = dash + 1
    while begin < index and tokens[begin].text in ("-", "–", "—"):
        begin += 1
    if begin + 2 < index and tokens[begin].tag == "cap" and tokens[begin + 1].text == ":":
        begin += 2  # "Peru: Copper miners …"
    participle = begin < index and (
        tokens[begin].lower.endswith("ing") and tokens[begin].tag in ("cap", "have")
    )
    counted = begin + 1 < index and (
        tokens[begin].lower in ("about", "around", "over", "under") and tokens[begin + 1].tag == "num"
    )
    adverbial = tokens[begin].tag in ("prep", "sub") or tokens[begin].lower in DATE_WORDS
    if begin < index and (participle or adverbial) and not counted:
        comma = next((p for p in range(begin, min(begin + 14, index)) if tokens[p].text == ","), None)
        if comma is not None:
            return comma + 1
        # "From his window he fired and killed": without a comma
        fronted = next((p for p in range(begin, index) if tokens[p].lower in _SUBJECTS), begin)
        if tokens[begin].tag == "prep" and not any(t.tag in ("rel", "sub") for t in tokens[begin:fronted]):
            return fronted
    return begin


_SUBJECTS = frozenset(("he", "she", "they", "we", "i"))


def _title_start(tokens: Sequence[Token], position: int) -> int:
    """The start of a phrase that a name ends: "the former mayor Ana Costa"."""
    first = position
    while first > 0 and position - first < 8:
        token = tokens[first - 1]
        verb = token.tag == "word" and (token.lower.endswith("ed") or token.lower in PAST_FORMS)
        if token.tag not in ("cap", "word", "det") and token.text != ".":
            break
        if token.lower in DATE_WORDS or verb or token.lower in CUES or token.lower in PREPOSITIONS:
            break
        first -= 1
        if token.tag == "det":
            break
    while first < position and tokens[first].tag in ("punct", "adv", "conj"):
        first += 1
    return first


def _noun_end(tokens: Sequence[Token], stop: int) -> int:
    """The end of a phrase that a name begins: "the Lima mayor"."""
    if stop < len(tokens) and tokens[stop].tag == "word":
        noun = tokens[stop].lower
        if is_person(singular(noun), noun) and noun not in CUES:
            return stop + 1
    return stop


def _whole_phrase(sentence: Clauses, name: tuple[int, int]) -> tuple[int, int]:
    """ "the kidnappers of Jane Doe", "the ministry spokesman", "the Lima mayor Ana Costa": the phrase around
    a name; of "the mayor of Lima, Ana Costa," the person."""
    tokens, stop = sentence.tokens, name[1]
    while (
        stop < len(tokens)
        and tokens[stop].tag in ("word", "cap")
        and tokens[stop].start not in sentence.by_start
        and (names_persons(tokens[stop]) or tokens[stop].lower in BODY_NOUNS)
        and tokens[stop].lower not in CUES
    ):
        stop += 1
    titled = tokens[stop - 1].tag == "word" or stop > name[1]
    if titled and stop < len(tokens) and tokens[stop].start in sentence.by_start:
        stop = _mention_end(sentence, stop)
    found = phrase_back(sentence, stop)
    if stop + 1 < len(tokens) and tokens[stop].text == ",":
        aside = sentence.by_start.get(tokens[stop + 1].start)
        phrase = tokens[found[0] if found is not None else name[0] : stop]
        if aside is not None and aside.kind == "person" and any(map(names_persons, phrase)):
            return stop + 1, _mention_end(sentence, stop + 1)
    if found is None or found[1] != stop or found[1] - found[0] > 12:
        return name
    verb = any(is_past(token) for token in tokens[found[0] + 1 : name[0]])
    return name if verb else found


def _mention_end(sentence: Clauses, first: int) -> int:
    """The token after the mention that starts at a token."""
    end = sentence.by_start[sentence.tokens[first].start].end
    return next((p for p in range(first, len(sentence.tokens)) if sentence.tokens[p].end >= end), first) + 1
