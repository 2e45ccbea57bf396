"""Whom a verb has for its subject."""

from collections.abc import Sequence

from service.extraction.counted import is_person, singular
from service.extraction.cues import CUES
from service.extraction.heads import BODY_NOUNS, OWNERS, names_office, names_persons
from service.extraction.phrases import (
    DATE_WORDS,
    PREPOSITIONS,
    Clauses,
    is_passive,
    is_past,
    phrase_back,
    phrase_end,
)
from service.extraction.tokens import PAST_FORMS, Token, group

_SKIP = frozenset(("have", "adv", "be", "do", "neg", "modal"))


_BEFORE_NOW = frozenset(("first", "once", "long"))
_SHORTENED = frozenset(("inc", "co", "corp", "ltd", "plc", "bros", "cos"))


_SELVES = frozenset(("himself", "herself", "itself", "themselves", "all", "both", "each", "very"))


def subject_of(sentence: Clauses, index: int) -> tuple[int, int] | None:
    """The noun phrase that governs the verb at `index`, as a token range."""
    tokens = sentence.tokens
    end = index
    while end > 0 and (
        (tokens[end - 1].tag in _SKIP and tokens[end - 1].lower != "to") or tokens[end - 1].lower in _SELVES
    ):
        end -= 1
    if end > 2 and tokens[end - 1].lower == "longer" and tokens[end - 2].lower == "no":
        return subject_of(sentence, end - 2)  # "we no longer believe"
    if end > 1 and end < index and tokens[end - 1].lower == "since" and tokens[end - 2].tag == "have":
        return subject_of(sentence, end - 1)  # "four constables have since been suspended"
    if end > 1 and end == index and tokens[end - 1].lower in _BEFORE_NOW and tokens[end - 2].tag == "have":
        return subject_of(sentence, end - 1)  # "which had first reported 6.2"
    if end > 3 and end == index and tokens[end - 2].tag == "prep" and tokens[end - 3].tag in ("have", "be"):
        return subject_of(sentence, end - 2)  # "had at first demanded", "were in turn blamed"
    if end > 1 and tokens[end - 1].text == "." and tokens[end - 2].lower in _SHORTENED:
        end -= 1  # "Cisco Systems Inc. earned …"
    if end == 0:
        return None
    if tokens[end - 1].tag == "conj":
        return main_subject(sentence, end)
    if tokens[end - 1].lower == "to" and 1 < end < index and is_passive(tokens, end - 2):
        return subject_of(sentence, end - 2)  # "a fault was found to have caused the crash"
    if tokens[end - 1].lower == "to" and end > 2:
        be = end - 2 - (tokens[end - 2].lower in _AHEAD)
        if tokens[be].tag == "be" and be:
            return subject_of(sentence, be)  # "the cabinet is to be sworn in", "is due to be sworn in"
    if tokens[end - 1].text in _ASIDES:
        # Step back over an apposition or a parenthesis: "Djamal, minister of transport, has recommended".
        opening = _ASIDES[tokens[end - 1].text]
        position = end - 2
        while position > 0 and tokens[position].text != opening:
            position -= 1
        if position <= 0:
            return main_subject(sentence, end)
        if opening == "," and (person := _person_told_of(sentence, position, end)) is not None:
            return person
        outer = phrase_back(sentence, position)
        inside = outer is None or (outer[0] > 0 and tokens[outer[0] - 1].tag == "rel")
        if opening == "," and (inside or _is_clause(tokens, position + 1, end - 1)):
            outer = told_of(sentence, end) or outer
        start = position
        while opening == "," and (border := _aside_before(sentence, start, outer)):
            start, outer = border, phrase_back(sentence, border)
        if start < position and is_past(tokens[start + 1]):
            return outer
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
        found = phrase_back(sentence, end - 1 - (end > 1 and tokens[end - 2].text == ","))
        return _antecedent(tokens, found, tokens[end - 1].lower == "who")
    if end < index and tokens[end].lower == "having" and tokens[end - 1].lower in CUES and end > 1:
        return subject_of(sentence, end - 1)  # "the army denies having attacked": the army
    found = phrase_back(sentence, end)
    if found is None:
        return None
    if name_end := _aged_of(tokens, found[0]):
        return phrase_back(sentence, name_end)
    if taken := _taken_for(tokens, found[0]):
        return phrase_back(sentence, taken)  # "two suspects believed to be informants were held"
    if whose := _doing(tokens, found[0]):
        return phrase_back(sentence, whose)  # "militants claiming to hold three workers met": the militants
    relative = tokens.groups & _RELATIVE
    if relative and _opens_relative(tokens, found):
        return phrase_back(sentence, found[0] - 1 - (tokens[found[0] - 2].text == ","))
    if relative and tokens[found[0] - 1].tag == "rel" and _with_which(tokens, found):
        return phrase_back(sentence, found[0] - 2)
    if tokens[index].lower.endswith("ing") and _is_verb_first(tokens, found):
        return subject_of(sentence, found[0])  # "the envoy struck a mild tone in a note praising": the envoy
    if (name := _named_before(sentence, found)) is not None:
        return name, found[1]  # "Ana Costa, Lima harbour commissioner said": without its second comma
    if relative and (clause := _inside_relative(tokens, found[0])):
        return phrase_back(sentence, clause) or found
    return found


_RELATIVE = group(("who", "which", "whom", "that"))
_RELATIVES = frozenset(("who", "which", "whose", "whom"))


def _is_clause(tokens: Sequence[Token], first: int, stop: int) -> bool:
    """Whether an aside has a verb of its own: "given what feed costs", no apposition."""
    if tokens[first].tag == "rel":
        return False
    return any(
        token.tag in ("be", "have", "do", "sub") or (is_past(token) and tokens[p - 1].tag != "det")
        for p, token in enumerate(tokens[first:stop], first)
    )


def told_of(sentence: Clauses, stop: int) -> tuple[int, int] | None:
    """ "The union, whose head, a nurse, was fined, threatened": the phrase that a relative clause between
    commas tells of, if no verb stands before it."""
    tokens = sentence.tokens
    for position in range(1, min(stop - 1, 24)):
        token = tokens[position]
        if token.tag in ("be", "have", "do", "sub", "quote", "rel"):
            return None
        if token.text != "," or tokens[position + 1].lower not in _RELATIVES:
            continue
        found = phrase_back(sentence, position)
        if found is None or any(
            is_past(tokens[p]) and (p == found[0] or tokens[p - 1].tag != "det") for p in range(*found)
        ):
            return None
        return found
    return None


def _person_told_of(sentence: Clauses, last: int, stop: int) -> tuple[int, int] | None:
    """ "The mayor Ana Costa, who hands over to her deputy, Omar Diallo, in May, said": the person whom the
    sentence opens with, when only asides stand between the relative clause and the comma that closes it."""
    tokens = sentence.tokens
    if "who" not in tokens.words or tokens[last + 1].tag == "rel":
        return None
    told = told_of(sentence, stop)
    if told is None or told[0] > 1:
        return None
    named = sentence.by_end.get(tokens[told[1] - 1].end)
    if named is None or named.kind != "person":
        return None
    commas = [p for p in range(told[1] + 1, stop - 1) if tokens[p].text == ","]
    aside = all(tokens[p + 1].tag in ("cap", "det", "prep", "num") for p in commas)
    return told if commas and aside and not _is_clause(tokens, commas[0] + 1, stop - 1) else None


def _inside_relative(tokens: Sequence[Token], first: int) -> int:
    """ "a nurse who helped to wrap the bodies told": where "who" stands, when the phrase that starts at a
    token is an object of its clause; else 0."""
    acting = 0
    for position in range(first - 1, max(0, first - 12), -1):
        token = tokens[position]
        if token.lower == "who" or (
            token.lower in ("that", "which") and acting and _acts(tokens, position + 1)
        ):
            before = tokens[position - 1]
            noun = before.tag in ("cap", "word") and before.lower not in CUES
            return position if acting and noun else 0
        if token.tag in ("sub", "rel", "quote", "conj") or token.text in _BORDERS:
            return 0
        verb = is_past(token) or token.tag in ("be", "have") or tokens[position - 1].lower == "who"
        acting += verb and token.tag != "adv"
    return 0


_AHEAD = frozenset("due set likely ready about certain sure bound".split())


def _acts(tokens: Sequence[Token], first: int) -> bool:
    """ "that was opposed to it", "that have never ruled": a verb follows right away."""
    while tokens[first].tag in ("adv", "neg"):
        first += 1
    return tokens[first].tag in ("be", "have", "modal", "do") or is_past(tokens[first])


_BORDERS = frozenset((",", ";", ":", "–", "—"))


# What closes an aside, and what opens it.
_ASIDES = {",": ",", ")": "(", "–": "–", "—": "—", "-": "-"}


def _aside_before(sentence: Clauses, stop: int, phrase: tuple[int, int] | None) -> int:
    """The comma before another aside that ends at a token ("Clara Sand, 35, a nurse, said", "Carl Sand, from
    Lima, Peru, said"), else 0."""
    tokens = sentence.tokens
    border = next((p for p in range(stop - 1, max(0, stop - 10), -1) if tokens[p].text == ","), 0)
    if not border:
        return 0
    if tokens[border + 1].lower in ("from", "of", "in") or (
        phrase is not None and _is_aside(sentence, phrase)
    ):
        return border
    if is_past(tokens[border + 1]) and tokens[border + 2].lower == "by":
        return border  # "The mission, headed by a diplomat, Ana Costa, called"
    named = sentence.by_end.get(tokens[border - 1].end)
    stacked = named is not None and named.kind == "person" and tokens[border + 1].tag == "det"
    return border if stacked else 0  # "Ana Costa, the head of the league, a body of eight, said"


def _antecedent(tokens: Sequence[Token], found: tuple[int, int] | None, who: bool) -> tuple[int, int] | None:
    """ "voiced concern over the overhaul of a policy that …": the noun phrase after the verb before it."""
    verb = next((p for p in range(found[1] - 2, found[0] - 1, -1) if is_past(tokens[p])), 0) if found else 0
    before: tuple[str, ...] = ("cap", "word", "adv", "pron")
    if found and verb == found[0]:
        before = ("be", "have", "neg")
    elif who and found and not verb and found[0] and tokens[found[0] - 1].tag == "modal":
        verb, before = found[0], ("modal",)  # "will form a coalition with the Greens, who": the Greens
    if found is None or not verb or tokens[verb - 1].tag not in before:
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


def _aged_of(tokens: Sequence[Token], first: int) -> int:
    """ "Ana Costa, 41, of Lima was": where the name ends, else 0."""
    of = first - (tokens[first].tag != "prep")
    if of < 4 or tokens[of].lower not in ("of", "from") or tokens[of - 2].tag != "num":
        return 0
    return of - 3 if tokens[of - 1].text == "," and tokens[of - 3].text == "," else 0


def _doing(tokens: Sequence[Token], first: int) -> int:
    """The token of the participle in "militants claiming to hold …" or "men holding …", else 0."""
    if first > 1 and tokens[first - 1].lower == "to" and tokens[first - 2].lower.endswith("ing"):
        return first - 2 if first > 2 and tokens[first - 3].tag in ("word", "cap") else 0
    return 0


def _with_which(tokens: Sequence[Token], found: tuple[int, int]) -> bool:
    """ "a group with which the state fell out announced": a whole clause was found, told of the group."""
    return (
        found[0] > 2
        and tokens[found[0] - 1].lower in ("which", "whom")
        and tokens[found[0] - 2].tag == "prep"
        and tokens[found[0] - 3].tag in ("word", "cap")
        and any(is_past(token) for token in tokens[found[0] + 1 : found[1]])
    )


def _named_before(sentence: Clauses, found: tuple[int, int]) -> int | None:
    """Where the name begins that a comma sets off from an office without an article."""
    tokens = sentence.tokens
    if found[0] < 2 or tokens[found[0] - 1].text != "," or tokens[found[0]].tag not in ("cap", "word"):
        return None
    named = sentence.by_end.get(tokens[found[0] - 2].end)
    if (
        named is None
        or named.kind != "person"
        or not (
            names_persons(tokens[found[1] - 1]) or tokens[found[1] - 1].lower.endswith(("er", "or", "ist"))
        )
    ):
        return None
    if any(token.start in sentence.by_start and sentence.by_start[token.start].kind == "person"
           for token in tokens[slice(*found)]):  # fmt: skip
        return None
    return next(p for p in range(found[0]) if tokens[p].start >= named.start)


def _is_verb_first(tokens: Sequence[Token], found: tuple[int, int]) -> bool:
    """Whether a past verb opens a phrase: it ran on into the clause before."""
    return (
        found[1] - found[0] > 2
        and found[0] > 0
        and is_past(tokens[found[0]])
        and (tokens[found[0] - 1].tag not in ("det", "prep", "quote", "conj"))
    )


def _taken_for(tokens: Sequence[Token], first: int) -> int:
    """The token of "believed" in "men believed to be smugglers", else 0."""
    if first < 4 or tokens[first - 1].lower != "be" or tokens[first - 2].lower != "to":
        return 0
    plain = tokens[first - 3].lower in _TAKEN and tokens[first - 4].tag in ("word", "cap")
    return first - 3 if plain else 0


_TAKEN = frozenset("believed thought said alleged known reported understood suspected claimed".split())


_SAME_IN_PAST = frozenset("hit cut put set shut burst spread hurt cost let beat split".split())


def _opens_relative(tokens: Sequence[Token], found: tuple[int, int]) -> bool:
    """ "the generals who toppled the president had demanded": what was found belongs to "who"."""
    before = tokens[found[0] - 1] if found[0] > 1 else None
    verb = tokens[found[0]]
    bare = verb.tag == "word" and tokens[found[0] + 1].tag == "det"  # "states that supply the force asked"
    return (
        before is not None
        and before.lower in ("who", "which", "that")
        and verb.tag == "word"
        and (verb.lower.endswith(("ed", "s")) or is_past(verb) or verb.lower in _SAME_IN_PAST or bare)
        and not names_persons(verb)
        and (found[1] - found[0] > 1 or (is_past(verb) and tokens[found[1]].tag == "prep"))
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
    if (told := told_of(sentence, index)) is not None and not _is_fronted(tokens, told[0]):
        return told
    begin = _opening(tokens, index)
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
        if before is not None and before.tag == "prep" and before.lower not in ("for", "of"):
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
    end = phrase_end(tokens, first, sentence)
    verb = next(
        (
            p
            for p in range(first + 1 + (tokens[first].lower == "other"), end)
            if tokens[p].lower in PAST_FORMS or tokens[p].lower.endswith("ed")
        ),
        end,
    )
    return (first, min(verb, first + 6, index)) if verb > first else None


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


def _opening(tokens: Sequence[Token], index: int) -> int:
    """Behind a dateline ("GAZA (Reuters) - ") and an adverbial in front ("In Lima, ")."""
    dash = next((p for p in range(min(14, index)) if tokens[p].text in ("-", "–", "—")), 0)
    begin = 0
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
        begin = comma + 1 if comma is not None else begin
    return begin


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
