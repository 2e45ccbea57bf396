"""Borders of noun phrases without a parser: walking from a verb to where its subject or object must end."""

from collections.abc import Mapping, Sequence

import msgspec

from service.extraction.counted import is_person, singular
from service.extraction.cues import CUES, NOUN_FORMS, Cue
from service.extraction.mentions import word_lists
from service.extraction.names import Mention
from service.extraction.quotations import NONE, Quoted
from service.extraction.text import Span
from service.extraction.tokens import PAST_FORMS, Token, Tokens

_SKIP = frozenset(("have", "adv", "be", "do", "neg", "modal"))
PREPOSITIONS = frozenset("in on at during after before by from via over with through amid for to".split())
_CLAUSE_STARTS = frozenset(("sub", "rel"))


class Clauses(msgspec.Struct):
    text: str
    index: int
    tokens: Tokens
    by_start: Mapping[int, Mention]
    by_end: Mapping[int, Mention]
    quoted: Quoted = NONE


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


def head_of(sentence: Clauses, source: tuple[int, int]) -> Mention | None:
    """The mention that a source's noun phrase is about: its first person, else the first mention that
    does not hang on "for" or "of"."""
    inside = [
        (position, sentence.by_start[token.start])
        for position, token in enumerate(sentence.tokens[source[0] : source[1]], source[0])
        if token.start in sentence.by_start
    ]
    inside = [
        (position, mention)
        for position, mention in inside
        if "demonym" not in mention.flags
        and not (sentence.tokens[position].lower in _OWNERS and source[1] - source[0] > 1)
    ]
    words = [token.lower for token in sentence.tokens[source[0] : source[1]]]
    carrier = next(
        (p for p, word in enumerate(words[1:], 1) if word in _HANDS and words[p - 1] in CARRIERS), 0
    )
    if carrier:
        # "a social media post from the ministry": whoever wrote it, not where it stood.
        written = [pair for pair in inside if pair[0] > source[0] + carrier]
        inside = written or inside
    if len(inside) > 1 and _is_named_last(sentence, source, inside[0], inside[-1]):
        return inside[-1][1]
    spoken = any(word.startswith(_NEAR_PERSONS) for word in words)
    bound = next(
        (p for p, word in enumerate(words[1:], 1) if word in _BOUND and words[p + 1 : p + 2] != [","]),
        len(words),
    )
    for position, mention in inside:
        if position - source[0] > bound:
            break  # "soldiers loyal to the king": the soldiers
        hangs = position > source[0] and _hangs(sentence.tokens, source[0], position)
        possessed = _possesses(sentence.tokens, mention, position, source[1])
        inner = position > source[0] and _governor(sentence.tokens, source[0], position) in _LOCATING
        if mention.kind == "person" and not inner and not possessed and not (spoken and hangs):
            return mention
    for position, mention in inside:
        if position - source[0] > bound:
            break
        if spoken and (mention.kind == "person" or _names_office(sentence, position, mention)):
            continue
        if spoken and mention.kind == "place" and _qualifies(sentence.tokens, mention, position, source[1]):
            continue
        hangs = position > source[0] and _governor(sentence.tokens, source[0], position) in _LOCATING
        ends = next(
            (p for p in range(position, source[1]) if sentence.tokens[p].end == mention.end), position
        )
        possessed = _possesses(sentence.tokens, mention, position, source[1])
        if not hangs and not possessed and not _heads_role(sentence.tokens, ends + 1, source[1], spoken):
            return mention
    return None


def _heads_role(tokens: Sequence[Token], first: int, last: int, spoken: bool) -> bool:
    """ "the Marea chairman": one person, whom the name does not name; who speaks for a body is the body."""
    return (
        not spoken
        and first < last
        and all(token.tag in ("word", "adv") for token in tokens[first:last])
        and tokens[last - 1].lower.removeprefix("co-") in word_lists().person_heads
    )


# After these stands whom somebody sides with.
_BOUND = frozenset("loyal linked allied aligned close opposed backed affiliated led armed".split())


def _possesses(tokens: Sequence[Token], mention: Mention, position: int, stop: int) -> bool:
    """ "Ntaba's men", "the Reds rebel group's command": the name only says whose."""
    while position < stop and tokens[position].end <= mention.end:
        position += 1
    while position < stop and tokens[position].tag == "word":
        position += 1
    return position + 1 < stop and tokens[position].tag == "poss"


def _qualifies(tokens: Sequence[Token], mention: Mention, position: int, stop: int) -> bool:
    """ "the government of the South Sea nation": a noun after the name."""
    while position < stop and tokens[position].end <= mention.end:
        position += 1
    return position < stop and tokens[position].lower in ("nation", "country", "state", "island", "republic")


def _names_office(sentence: Clauses, position: int, mention: Mention) -> bool:
    """ "the government of former US President Jane Doe": the state stands before a person's title."""
    for follow in sentence.tokens[position : position + 5]:
        person = sentence.by_start.get(follow.start)
        if person is not None and person.kind == "person" and follow.start > mention.start:
            return True
        if follow.tag not in ("cap", "word"):
            return False
    return False


def _is_named_last(
    sentence: Clauses, source: tuple[int, int], first: tuple[int, Mention], last: tuple[int, Mention]
) -> bool:
    """ "the West African bloc ECOWAS", "Labour leader Ana Costa": the last name ends the phrase, and a noun
    for what it is stands before it."""
    tokens = sentence.tokens
    noun = tokens[last[0] - 1]
    named = {
        "organization": noun.lower in _BODY_NOUNS,
        "person": noun.tag == "word" and _names_persons(noun),
    }
    return (
        named.get(last[1].kind, False)
        and tokens[source[1] - 1].end == last[1].end
        and all(token.tag in ("word", "cap", "poss") for token in tokens[first[0] : last[0]])
    )


# They speak for a person or stand near one: the name says only whose they are.
_NEAR_PERSONS = (
    "spokes", "adviser", "aide", "lawyer", "attorney", "relative", "supporter", "kidnapper", "captor",
    "famil", "widow", "wife", "husband", "daughter", "brother", "sister", "father", "mother", "parents",
    "friend", "ally", "allies", "rival", "critic", "opponent", "follower", "colleague", "neighbour",
    "neighbor", "killer", "attacker", "backer", "loyalist", "government", "campaign", "administration",
    "party", "team", "office", "fans",
)  # fmt: skip
_OWNERS = frozenset(("his", "her", "its", "their"))
_LOCATING = frozenset(("in", "from", "near", "at", "by", "with", "against", "over", "about", "under"))


def _hangs(tokens: Sequence[Token], first: int, position: int) -> bool:
    """ "the kidnappers of aid worker Jane Doe": a preposition and words of its own stand before a name."""
    back = position - 1
    while back > first and tokens[back].tag in ("det", "word", "cap"):
        back -= 1
    return back > first and tokens[back].lower in ("of", "for", "to", "in", "from")


def _governor(tokens: Sequence[Token], first: int, position: int) -> str | None:
    """The preposition right before a name, its article and a word between: "economists at a Budapest bank",
    "jurors in downtown Lima"."""
    back = position - 1
    if back > first and tokens[back].tag == "word" and tokens[back - 1].tag in ("prep", "det"):
        back -= 1
    if back > first and tokens[back].tag == "det":
        back -= 1
    return tokens[back].lower if tokens[back].tag == "prep" else None


CARRIERS = frozenset(
    "post posts posting statement statements report reports message messages announcement tweet document "
    "documents letter data figures tally count information release bulletin video sources issued released "
    "published made".split()
)
_HANDS = frozenset(("from", "by", "of", "that", "which"))


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


_SHORTENED = frozenset(("inc", "co", "corp", "ltd", "plc", "bros", "cos"))
_SELVES = frozenset(("himself", "herself", "itself", "themselves"))


def subject_of(sentence: Clauses, index: int) -> tuple[int, int] | None:
    """The noun phrase that governs the verb at `index`, as a token range."""
    tokens = sentence.tokens
    end = index
    while end > 0 and (
        (tokens[end - 1].tag in _SKIP and tokens[end - 1].lower != "to") or tokens[end - 1].lower in _SELVES
    ):
        end -= 1
    if end > 1 and tokens[end - 1].text == "." and tokens[end - 2].lower in _SHORTENED:
        end -= 1  # "Cisco Systems Inc. earned …"
    if end == 0:
        return None
    if tokens[end - 1].tag == "conj":
        return main_subject(sentence, end)
    if tokens[end - 1].lower == "to" and 1 < end < index and is_passive(tokens, end - 2):
        return subject_of(sentence, end - 2)  # "a fault was found to have caused the crash"
    if tokens[end - 1].text in _ASIDES:
        # Step back over an apposition or a parenthesis: "Djamal, minister of transport, has recommended".
        opening = _ASIDES[tokens[end - 1].text]
        position = end - 2
        while position > 0 and tokens[position].text != opening:
            position -= 1
        if position <= 0:
            return main_subject(sentence, end)
        outer = phrase_back(sentence, position)
        start = position
        while opening == "," and (border := _aside_before(sentence, start, outer)):
            start, outer = border, phrase_back(sentence, border)
        return (
            (outer[0], end - 1)
            if outer
            and tokens[position + 1].tag in ("det", "word", "cap")
            and opening == ","
            and tokens[position + 1].lower not in ("aged", "age")
            and not tokens[position + 1].lower.endswith("ing")
            else outer
        )
    if tokens[end - 1].tag == "rel":
        return _antecedent(tokens, phrase_back(sentence, end - 1 - (end > 1 and tokens[end - 2].text == ",")))
    if end < index and tokens[end].lower == "having" and tokens[end - 1].lower in CUES and end > 1:
        return subject_of(sentence, end - 1)  # "the army denies having attacked": the army
    found = phrase_back(sentence, end)
    if found is not None and (whose := _doing(tokens, found[0])):
        return phrase_back(sentence, whose)  # "militants claiming to hold three workers met": the militants
    if found is not None and _opens_relative(tokens, found):
        return phrase_back(sentence, found[0] - 1 - (tokens[found[0] - 2].text == ","))
    return found


# What closes an aside, and what opens it.
_ASIDES = {",": ",", ")": "(", "–": "–", "—": "—", "-": "-"}


def _aside_before(sentence: Clauses, stop: int, phrase: tuple[int, int] | None) -> int:
    """The comma before another aside that ends at a token ("Clara Sand, 35, a nurse, said", "Carl Sand, from
    Lima, Peru, said"), else 0."""
    tokens = sentence.tokens
    border = next((p for p in range(stop - 1, max(0, stop - 8), -1) if tokens[p].text == ","), 0)
    if not border:
        return 0
    if tokens[border + 1].lower in ("from", "of", "in") or (
        phrase is not None and _is_aside(sentence, phrase)
    ):
        return border
    return 0


def _antecedent(tokens: Sequence[Token], found: tuple[int, int] | None) -> tuple[int, int] | None:
    """ "voiced concern over the overhaul of a policy that …": the noun phrase after the verb before it."""
    verb = next((p for p in range(found[1] - 2, found[0], -1) if is_past(tokens[p])), 0) if found else 0
    if found is None or not verb or tokens[verb - 1].tag not in ("cap", "word", "adv", "pron"):
        return found
    first = next(
        (p + 1 for p in range(found[1] - 2, verb, -1) if tokens[p].tag == "prep" and tokens[p].lower != "of"),
        verb + 1,
    )
    return first, found[1]


def _is_aside(sentence: Clauses, phrase: tuple[int, int]) -> bool:
    """An age or a state between commas: "Ana Costa, 41, …", "from Springfield, Ill., …"."""
    tokens = sentence.tokens
    first, last = phrase
    if first < 2 or tokens[first - 1].text != ",":
        return False
    words = tokens[first:last]
    if all(token.tag == "num" for token in words):
        return True
    return (len(words) <= 2 and words[-1].text.endswith(".") and words[-1].tag == "cap") or (
        len(words) == 1
        and (mention := sentence.by_start.get(words[0].start)) is not None
        and mention.kind == "place"
        and tokens[first - 2].end in sentence.by_end
    )


def _doing(tokens: Sequence[Token], first: int) -> int:
    """The token of the participle in "militants claiming to hold …" or "men holding …", else 0."""
    if first > 1 and tokens[first - 1].lower == "to" and tokens[first - 2].lower.endswith("ing"):
        return first - 2 if first > 2 and tokens[first - 3].tag in ("word", "cap") else 0
    return 0


def _opens_relative(tokens: Sequence[Token], found: tuple[int, int]) -> bool:
    """ "the generals who toppled the president had demanded": what was found belongs to "who"."""
    before = tokens[found[0] - 1] if found[0] > 1 else None
    verb = tokens[found[0]]
    return (
        before is not None
        and before.lower in ("who", "which", "that")
        and verb.tag == "word"
        and (verb.lower.endswith(("ed", "s")) or verb.lower in PAST_FORMS)
        and not _names_persons(verb)
        and found[1] - found[0] > 1
    )


_BORDERS = frozenset((",", ";", ":", "–", "—", "-", "…", "?", "!"))


def _behind_date(tokens: Sequence[Token], first: int, end: int) -> int:
    """Behind "in December", "on Monday 3 May" when more follows, else 0."""
    position = first + (tokens[first].lower in ("in", "on", "by", "since", "last", "early", "late"))
    begin = position
    while position < end and (tokens[position].lower in DATE_WORDS or tokens[position].tag == "num"):
        position += 1
    months = any(token.lower in DATE_WORDS for token in tokens[begin:position])
    return position if months and position < end and tokens[position].tag in ("cap", "word", "det") else 0


# In tokens; what goes on longer without a border is a list or an attack.
LONGEST_PHRASE = 40


# Alone, whatever stands before them: "Two days ago we said", "what she called".
_NOMINATIVES = frozenset("he she it they we i you".split())
# Adverbs that look like adjectives.
_BEFORE_VERBS = frozenset(
    "further earlier first instead nevertheless nonetheless likewise long separately".split()
)


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
    if first < end and tokens[first].lower == "with":
        first += 1
    elif first < end and (dated := _behind_date(tokens, first, end)):
        first = dated  # "in December the airline announced"
    elif first < end and tokens[first].lower in PREPOSITIONS:
        inner = next(
            (
                p
                for p in range(first + 1, end)
                if tokens[p].lower in ("the", "a", "his", "its")
                and p > first + 1
                and tokens[p - 1].tag not in ("prep",)
            ),
            None,
        )
        if inner is None:
            inner = next(
                (
                    p
                    for p in range(first + 2, end)
                    if tokens[p].start in sentence.by_start
                    and (tokens[p - 1].tag not in ("prep", "det", "cap") or tokens[p - 1].lower in DATE_WORDS)
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
        if tokens[position].lower in ("the", "a", "an", "its", "his", "her") and tokens[position - 1].tag in (
            "word", "num",
        ) and tokens[position - 1].lower not in _UNTAGGED:  # fmt: skip
            first = position
            break
    return (first, end) if first < end else None


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
_UNTAGGED = frozenset("above below beneath beside alongside amongst atop opposite past".split())


def _joins_names(sentence: Clauses, position: int) -> bool:
    """ "Reuters and AFP said": "and" joins two names rather than two clauses."""
    tokens = sentence.tokens
    if position + 1 >= len(tokens) or position == 0:
        return False
    return (
        tokens[position + 1].tag in ("cap", "word", "det")
        and (tokens[position - 1].end in sentence.by_end or tokens[position - 1].tag in ("cap", "word"))
        and not any(
            token.tag in ("be", "have", "modal") or token.lower in CUES or token.lower.endswith("ed")
            for token in tokens[max(0, position - 5) : position]
        )
    )


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


def main_subject(sentence: Clauses, index: int) -> tuple[int, int] | None:
    """The first person, organization or place before `index` that is not inside an adverbial; the
    clause's own first."""
    tokens = sentence.tokens
    begin = _opening(tokens, index)
    best = None
    for position in range(begin, index):
        token = tokens[position]
        mention = sentence.by_start.get(token.start)
        if mention is None or "demonym" in mention.flags or token.lower in _OWNERS:
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
        if before is not None and before.tag == "prep" and before.lower not in ("for", "of"):
            continue
        if before is not None and before.lower == "of" and _within(tokens, begin, position):
            continue
        if mention.kind != "person" and _names_office(sentence, position, mention):
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
    end = phrase_end(tokens, first, sentence)
    verb = next(
        (p for p in range(first + 1, end) if tokens[p].lower in PAST_FORMS or tokens[p].lower.endswith("ed")),
        end,
    )
    return (first, min(verb, first + 6, index)) if verb > first else None


def _within(tokens: Sequence[Token], begin: int, position: int) -> bool:
    """ "in the town of Balasore": the name's "of" stands inside another preposition's phrase."""
    back = position - 1
    while back > begin and tokens[back].lower != "of":
        back -= 1
    back -= 1
    while back > begin and tokens[back].tag in ("word", "cap", "det", "num"):
        back -= 1
    return back > begin and tokens[back].tag == "prep" and tokens[back].lower not in ("of", "for")


def _opening(tokens: Sequence[Token], index: int) -> int:
    """Behind a dateline ("GAZA (Reuters) - ") and an adverbial in front ("In Lima, ")."""
    dash = next((p for p in range(min(14, index)) if tokens[p].text in ("-", "–", "—")), 0)
    begin = 0
    if dash and all(token.tag in ("cap", "num", "punct") for token in tokens[:dash]):
        begin = dash + 1
    while begin < index and tokens[begin].text in ("-", "–", "—"):
        begin += 1
    participle = begin < index and (
        tokens[begin].lower.endswith("ing") and tokens[begin].tag in ("cap", "have")
    )
    counted = begin + 1 < index and (
        tokens[begin].lower in ("about", "around", "over", "under") and tokens[begin + 1].tag == "num"
    )
    adverbial = tokens[begin].tag in ("prep", "sub") or tokens[begin].lower in DATE_WORDS
    if begin < index and (participle or adverbial) and not counted:
        comma = next((p for p in range(begin, min(begin + 14, index)) if tokens[p].text == ","), None)
        begin = comma + 1 if comma is not None else begin
    return begin


def _names_persons(token: Token) -> bool:
    return is_person(singular(token.lower), token.text)


# Nouns for bodies that stand between whose they are and their name: "the West African bloc ECOWAS".
_BODY_NOUNS = frozenset(
    "bloc group party agency company firm union alliance movement militia network broadcaster newspaper "
    "airline bank carmaker ministry organisation organization charity club faction league giant watchdog "
    "operator carrier magazine daily".split()
)


def _whole_phrase(sentence: Clauses, name: tuple[int, int]) -> tuple[int, int]:
    """ "the kidnappers of Jane Doe", "the ministry spokesman", "the Lima mayor Ana Costa": the phrase around
    a name; of "the mayor of Lima, Ana Costa," the person."""
    tokens, stop = sentence.tokens, name[1]
    while (
        stop < len(tokens)
        and tokens[stop].tag in ("word", "cap")
        and tokens[stop].start not in sentence.by_start
        and (_names_persons(tokens[stop]) or tokens[stop].lower in _BODY_NOUNS)
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
        if aside is not None and aside.kind == "person" and any(map(_names_persons, phrase)):
            return stop + 1, _mention_end(sentence, stop + 1)
    if found is None or found[1] != stop or found[1] - found[0] > 12:
        return name
    verb = any(is_past(token) for token in tokens[found[0] + 1 : name[0]])
    return name if verb else found


def _mention_end(sentence: Clauses, first: int) -> int:
    """The token after the mention that starts at a token."""
    end = sentence.by_start[sentence.tokens[first].start].end
    return next((p for p in range(first, len(sentence.tokens)) if sentence.tokens[p].end >= end), first) + 1


def clause_follows_at(tokens: Sequence[Token], after: int) -> bool:
    """Whether a clause or a quotation starts right after the cue, or after a short adverbial."""
    position, limit = after, min(after + 14, len(tokens))
    if position < limit and tokens[position].lower in (
        "that",
        "how",
        "why",
        "whether",
        "there",
        "it",
        "he",
        "she",
        "they",
        "we",
        "what",
    ):
        return True
    while position < limit:
        token = tokens[position]
        if token.lower == "that" or token.tag == "quote" or token.text == ":":
            return True
        if token.tag in ("be", "have", "modal") and token.lower != "to" and position > after:
            return True
        if token.text in (".", ";", ")"):
            return False
        position += 1
    return False


# "C, X said, adding …" without its comma.
_AND_MORE = frozenset(
    "adding citing quoting noting referring speaking addressing commenting explaining".split()
)


def nothing_follows(tokens: Sequence[Token], after: int) -> bool:
    """Whether only an adverbial ("on Monday", "in a statement") stands between the cue and the end of
    the clause."""
    if after >= len(tokens) or tokens[after].text in (".", ",", ";", "!", "?", ")", "”", "-", "–", "—"):
        return True
    if tokens[after].lower in _AND_MORE or (
        tokens[after].lower in ("while", "when", "after", "before")
        and after + 1 < len(tokens)
        and tokens[after + 1].lower.endswith("ing")
    ):
        return True
    if (
        tokens[after].lower not in PREPOSITIONS
        and tokens[after].tag not in ("adv", "cap")
        and tokens[after].lower not in ("this", "last")
    ):
        return False
    if tokens[after].tag == "cap" and not tokens[after].lower.endswith("day"):
        return False
    dated = after_date(tokens, after)
    if after < dated < len(tokens) and tokens[dated].lower in ("of", "that", "against", "for"):
        return False  # "warned on Friday of deadly floods"
    for token in tokens[after + 1 : after + 14]:
        if token.text in (".", ";", ","):
            return True
        if token.tag in ("be", "have", "rel", "sub", "quote", "pron", "modal"):
            return False
    return after + 14 >= len(tokens)


_LEADING_IN = PREPOSITIONS - {"to"}
_WITH_THAT = frozenset("morning day evening night afternoon week".split())
_QUESTIONS = frozenset("whether how why what if".split())


def content_start(tokens: Sequence[Token], after: int, cue: Cue) -> int:
    """Where the content begins: after "that" (not "that morning"), else at a quotation, else right
    after the cue."""
    addressed = cue.verb in ("tell", "inform", "warn", "notify", "advise", "remind", "assure")
    limit = min(after + (16 if addressed else 12), len(tokens))
    for position in range(after, limit):
        token = tokens[position]
        # Between the cue and "that" stands whoever is told, or an adverbial: not "announced a deal that".
        led_in = (
            position == after
            or addressed
            or tokens[after].tag in ("adv", "prep", "punct", "cap")
            or tokens[after].lower in PREPOSITIONS
            or tokens[after].lower in ("this", "last", "earlier", "late")
        )
        if token.lower == "that" and led_in and (position == after or tokens[position - 1].tag != "prep"):
            follow = tokens[position + 1].lower if position + 1 < len(tokens) else ""
            if follow == "way":
                return after
            return position + (2 if follow in _WITH_THAT else 1)
        if token.lower in _QUESTIONS:
            return position if cue.verb in ("ask", "tell", "explain", "inform") else after
        if token.tag == "quote" and position - after < (14 if addressed else 8):
            led_in = position == after or tokens[position - 1].text in (",", ":")
            return position if led_in or tokens[after].lower in _LEADING_IN else after
        if token.tag in ("be", "modal", "have") and token.lower != "to":
            break
    return after_date(tokens, after)


def after_date(tokens: Sequence[Token], first: int) -> int:
    """Behind a day that stands right here: "announced Sunday it …", "called late on Thursday for …"."""
    position = first
    while position < len(tokens) and tokens[position].lower in ("late", "early", "on"):
        position += 1
    if position < len(tokens) and tokens[position].lower in DATE_WORDS:
        position += 1
        if position < len(tokens) and tokens[position].tag == "poss":
            return first  # "said yesterday's turnout was low"
        return position + (position < len(tokens) and tokens[position].tag == "num")
    return first


def is_past(token: Token) -> bool:
    """Whether a word may be the past form of a verb."""
    return token.tag == "word" and (token.lower.endswith("ed") or token.lower in PAST_FORMS)


def is_passive(tokens: Sequence[Token], index: int) -> bool:
    """Whether a form of "be" governs the participle at a token, adverbs between them aside."""
    position = index - 1
    while position >= 0 and tokens[position].tag in ("adv", "neg"):
        position -= 1
    return position >= 0 and tokens[position].tag == "be"


def says_something(tokens: Sequence[Token], stop: int) -> bool:
    """Whether more than an adverbial ("That morning, ") stands before a token."""
    return stop > 6 or any(
        token.tag in ("be", "have", "do", "modal") or token.lower.endswith("ed") for token in tokens[:stop]
    )
