"""Whom a verb has for its subject."""

from collections.abc import Sequence

from service.extraction.adverbials import before_when
from service.extraction.cues import CUES
from service.extraction.heads import BODY_NOUNS, names_persons
from service.extraction.main_subjects import main_subject
from service.extraction.phrases import Clauses, is_passive, is_past, phrase_back
from service.extraction.relative_clauses import (
    antecedent,
    inside_relative,
    is_clause,
    opens_relative,
    opens_with_which,
    person_told_of,
    still_told_of,
    told_of,
)
from service.extraction.roles import ING_NOUNS
from service.extraction.tokens import Token, group

_SKIP = frozenset(("have", "adv", "be", "do", "neg", "modal"))
_BEFORE_NOW = frozenset(("first", "once", "long"))
_RANKED = frozenset("first last latest second third only next".split())
_AHEAD = frozenset("due set likely ready about certain sure bound".split())
_SHORTENED = frozenset(("inc", "co", "corp", "ltd", "plc", "bros", "cos"))
_SELVES = frozenset(("himself", "herself", "itself", "themselves", "all", "both", "each", "very"))


def subject_of(sentence: Clauses, index: int) -> tuple[int, int] | None:
    """The noun phrase that governs the verb at `index`, as a token range."""
    if index not in sentence.subjects:
        sentence.subjects[index] = _subject_of(sentence, index)
    return sentence.subjects[index]


def _subject_of(sentence: Clauses, index: int) -> tuple[int, int] | None:
    tokens = sentence.tokens
    end = index
    while end > 0 and (
        (tokens[end - 1].tag in _SKIP and tokens[end - 1].lower != "to")
        or tokens[end - 1].lower in _SELVES
        or (tokens[end - 1].tag == "quote" and end > 1 and tokens[end - 2].tag in ("have", "be"))
    ):
        end -= 1  # "had “unanimously agreed”"
    ago = index if tokens[index - 1].tag == "adv" else end  # "two days earlier"
    finite = not tokens[index].lower.endswith("ing")
    if finite and ((when := before_when(tokens, ago)) < ago or (when := before_when(tokens, end)) < end):
        return subject_of(sentence, when)  # "the union, which last week called"
    if end > 2 and tokens[end - 1].lower == "longer" and tokens[end - 2].lower == "no":
        return subject_of(sentence, end - 2)  # "we no longer believe"
    if end > 1 and tokens[end - 1].lower == "since" and tokens[end - 2].tag == "have":
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
        told = still_told_of(sentence, end - 1) if tokens[end - 1].lower == "but" else None
        return told or main_subject(sentence, end)
    if tokens[end - 1].lower == "to" and 1 < end < index and is_passive(tokens, end - 2):
        return subject_of(sentence, end - 2)  # "a fault was found to have caused the crash"
    if tokens[end - 1].lower == "to" and end > 2:
        ranked = end > 4 and tokens[end - 2].lower in _RANKED and tokens[end - 3].tag == "det"
        be = end - 2 - (2 if ranked else tokens[end - 2].lower in _AHEAD)  # "was the first to be sacked"
        if tokens[be].tag == "be" and be:
            return subject_of(sentence, be)  # "the cabinet is to be sworn in", "is due to be sworn in"
    if tokens[end - 1].text in _ASIDES:
        return _before_aside(sentence, end)
    if tokens[end - 1].tag == "rel":
        found = phrase_back(sentence, end - 1 - (end > 1 and tokens[end - 2].text in (",", "-", "–", "—")))
        if found is not None and found[0] > 1 and _is_aside(sentence, found):
            found = phrase_back(sentence, found[0] - 1)  # "Ana Costa, 64, who"
        return antecedent(tokens, found, tokens[end - 1].lower == "who")
    if end < index and tokens[end].lower == "having" and tokens[end - 1].lower in CUES and end > 1:
        return subject_of(sentence, end - 1)  # "the army denies having attacked": the army
    found = phrase_back(sentence, end)
    if found is None:
        return None
    if (whole := _of_several(sentence, found)) is not None:
        return whole
    if name_end := _aged_of(tokens, found[0]):
        return phrase_back(sentence, name_end)
    if taken := _taken_for(tokens, found[0]):
        return phrase_back(sentence, taken)  # "two suspects believed to be informants were held"
    if whose := _doing(tokens, found[0]):
        return phrase_back(sentence, whose)  # "militants claiming to hold three workers met": the militants
    relative = sentence.whole.groups & _RELATIVE
    if relative and opens_relative(tokens, found):
        return phrase_back(sentence, found[0] - 1 - (tokens[found[0] - 2].text == ","))
    if relative and tokens[found[0] - 1].tag == "rel" and opens_with_which(tokens, found):
        return phrase_back(sentence, found[0] - 2)
    if tokens[index].lower.endswith("ing") and _is_verb_first(tokens, found):
        return subject_of(sentence, found[0])  # "the envoy struck a mild tone in a note praising": the envoy
    if (name := _named_before(sentence, found)) is not None:
        return name, found[1]  # "Ana Costa, Lima harbour commissioner said": without its second comma
    if relative and (clause := inside_relative(tokens, found[0])):
        return phrase_back(sentence, clause) or found
    return found


def _of_several(sentence: Clauses, found: tuple[int, int]) -> tuple[int, int] | None:
    """ "The governors of Ohio, Iowa and Utah said": of a list of names that hang on a noun the whole phrase,
    of which only the last names were found."""
    tokens, position = sentence.tokens, found[0] - 1
    if position > 3 and tokens[position].lower == "and" and tokens[position - 1].text == ",":
        position -= 1  # "leaders of Ohio, Iowa, and Utah"
    elif position < 3 or tokens[position].text != "," or "and" not in sentence.whole.lowers[slice(*found)]:
        return None
    if any(token.tag != "cap" and token.lower not in ("and", "the", "of") for token in tokens[slice(*found)]):
        return None
    while position > 2 and tokens[position].text == ",":
        comma = position
        while position > 1 and tokens[position - 1].tag == "cap":
            position -= 1
        if position == comma:
            return None
        position -= 1 + (tokens[position - 1].lower == "the")
    noun = tokens[position - 1]
    if tokens[position].lower not in ("of", "in", "from", "across"):
        return None
    if not names_persons(noun) and noun.lower not in BODY_NOUNS:
        return None
    outer = phrase_back(sentence, position)
    first = outer[0] if outer is not None else 0
    if outer is None or (first and tokens[first - 1].tag == "prep"):
        return None  # "after talks with leaders of Ohio, Iowa and Utah agreed"
    return first, found[1]


_RELATIVE = group(("who", "which", "whom", "that"))


def _before_aside(sentence: Clauses, end: int) -> tuple[int, int] | None:
    """ "Djamal, minister of transport, has recommended": what an apposition or a parenthesis that ends at a
    token is about, with the apposition."""
    tokens = sentence.tokens
    opening = _ASIDES[tokens[end - 1].text]
    doubled = opening == "-" and end > 1 and tokens[end - 2].text == "-"  # "the mayor -- a baker -- said"
    end -= doubled
    position = end - 2
    while position > 0 and tokens[position].text != opening:
        position -= 1
    if position <= 0:
        return main_subject(sentence, end)
    if opening != ",":
        return phrase_back(sentence, position - (doubled and tokens[position - 1].text == "-"))
    if (person := person_told_of(sentence, position, end)) is not None:
        return person
    outer = phrase_back(sentence, position)
    inside = outer is None or (outer[0] > 0 and tokens[outer[0] - 1].tag == "rel")
    if inside or is_clause(tokens, position + 1, end - 1):
        outer = told_of(sentence, end) or outer
    start = position
    while border := _aside_before(sentence, start, outer):
        start, outer = border, phrase_back(sentence, border)
    if outer is None or (start < position and is_past(tokens[start + 1])):
        return outer
    opens = tokens[position + 1]
    apposition = opens.tag in ("det", "word", "cap") and opens.lower not in ("aged", "age")
    return (outer[0], end - 1) if apposition and not opens.lower.endswith("ing") else outer


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
    if first > 2 and tokens[first].tag in ("det", "num", "poss") and tokens[first - 1].tag == "word":
        holding = tokens[first - 1].lower
        noun = tokens[first - 2].tag == "word" and not tokens[first - 2].lower.endswith(("ing", "ed"))
        if holding.endswith("ing") and holding not in ING_NOUNS and noun:
            return first - 1  # "two buses carrying the pupils were attacked"
    if first > 1 and tokens[first - 1].lower == "to" and tokens[first - 2].lower.endswith("ing"):
        return first - 2 if first > 2 and tokens[first - 3].tag in ("word", "cap") else 0
    return 0


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
