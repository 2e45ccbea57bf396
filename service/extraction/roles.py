"""What stands behind a verb and fills a role: its object, its complement, whoever "by" names."""

from collections.abc import Sequence

from service.extraction.cues import CUES, NOUN_FORMS
from service.extraction.fillers import Range, is_cut, mention_stop, past_bound
from service.extraction.lexicon import EventEntry
from service.extraction.phrases import DATE_WORDS, TIME_WORDS, Clauses, is_past
from service.extraction.tokens import CLOSE_QUOTES, FINITE_PASTS, PAST_FORMS, Token
from service.extraction.triggers import EventTrigger, matches


def _is_finite(tokens: Sequence[Token], position: int) -> bool:
    """ "a bombing at a checkpoint left 17 dead", "the trial of the ex-minister began"."""
    token = tokens[position]
    follow = tokens[position + 1] if position + 1 < len(tokens) else None
    acts = follow is not None and (
        follow.tag in ("det", "num", "pron") or follow.text[0].isdigit() or follow.lower in _SO_MANY
    )
    return token.tag == "word" and (token.lower in FINITE_PASTS or (token.lower in PAST_FORMS and acts))


_SO_MANY = frozenset(
    "more at up nearly about almost around dozens hundreds scores thousands many several".split()
)


def _is_time(tokens: Sequence[Token], position: int) -> bool:
    token = tokens[position]
    follow = tokens[position + 1].lower if position + 1 < len(tokens) else ""
    if token.lower in ("next", "last", "this", "earlier", "late", "early"):
        return follow in TIME_WORDS or follow in ("this", "last")
    return token.lower in DATE_WORDS and token.tag == "cap" and tokens[position - 1].tag in ("cap", "word")


_TIMES_OR_PASTS = (
    DATE_WORDS | FINITE_PASTS | PAST_FORMS | {"next", "last", "this", "earlier", "late", "early"}
)
_MONEY = frozenset("$€£¥%")
ING_NOUNS = frozenset(
    "meeting building hearing briefing ruling warning bombing shooting killing funding training fighting "
    "beginning feeling wedding housing opening uprising stabbing sentencing filing offering rating".split()
)


def phrase_after(clauses: Clauses, first: int, stops: Sequence[str] = ()) -> Range | None:
    """The noun phrase that starts at a token (adverbs skipped): names, nouns, "of" and lists; a quotation
    as a whole.

    `stops` are words that open another role ("accused the company of fraud")."""
    tokens = clauses.tokens
    while first < len(tokens) and tokens[first].tag == "adv":
        first += 1
    first = past_bound(tokens, first)
    if (
        first
        and first + 1 < len(tokens)
        and tokens[first].lower == "that"
        and tokens[first - 1].tag == "prep"
    ):
        first += 1  # "against that vote"
    if first + 1 < len(tokens) and tokens[first].lower in _THESE and tokens[first + 1].tag in _ENDS_ALONE:
        return first, first + 1  # "described this as"
    position = first
    while position < len(tokens) and position < first + 16:
        token = tokens[position]
        mention = clauses.by_start.get(token.start)
        if mention is not None and (
            position == first or tokens[position - 1].tag != "prep" or tokens[position - 1].lower == "of"
        ):
            position = max(position + 1, mention_stop(clauses, position, mention))
            continue
        if (
            position > first
            and token.lower in _TIMES_OR_PASTS
            and (_is_time(tokens, position) or _is_finite(tokens, position))
        ):
            break  # "visit Beijing next week", "met the envoy Tuesday"
        inner = (
            token.tag == "adv" and first < position < len(tokens) - 1 and tokens[position + 1].tag == "word"
        )
        if (
            token.tag in ("word", "cap", "num", "poss")
            or token.text in _MONEY
            or (
                inner and tokens[position - 1].tag in ("det", "poss")  # "a cowardly act"
            )
        ):
            verb = token.lower in CUES and token.lower not in NOUN_FORMS
            verb = verb and not (
                token.lower.endswith("ed") and tokens[position - 1].tag == "det"
            )  # "a disputed"
            follow = tokens[position + 1] if position + 1 < len(tokens) else None
            going = (
                token.tag == "word"
                and token.lower.endswith("ing")
                and token.lower not in ING_NOUNS
                and tokens[position - 1].tag == "word"
                and not tokens[position - 1].lower.endswith(_ADJECTIVAL)  # "illegal logging"
                and follow is not None
            )
            if position > first and (
                verb or (going and follow is not None and follow.tag in ("det", "pron", "cap", "num", "prep"))
            ):
                break
            if (
                position > first
                and token.tag == "word"
                and token.lower in PAST_FORMS
                and follow is not None
                and follow.tag in ("det", "num", "pron", "poss")
            ):
                break  # "between two groups left ten hurt"
            if (
                position > first
                and is_past(token)
                and follow is not None
                and follow.tag in ("prep", "punct", "modal", "det", "num")
                and tokens[position - 1].end in clauses.by_end
            ):
                break  # "the trial of Jane Doe opened in March"
            position += 1
        elif token.lower == "her" and position == first and _stands_alone(tokens, position):
            return first, first + 1
        elif token.tag in ("det", "pron") and (
            position == first
            or tokens[position - 1].tag in ("prep", "conj")
            or tokens[position - 1].lower in ("all", "both")
        ):
            position += 1
            if token.tag == "pron" and (
                token.lower != "one" or tokens[min(position, len(tokens) - 1)].tag != "word"
            ):
                break
        elif token.tag == "adv" and position > first and tokens[position - 1].tag == "det":
            position += 1  # "the mainly rural north"
        elif token.text == "." and position > first and is_cut(tokens, position):
            position += 1
        elif (token.lower == "of" and position > first and "of" not in stops) or (
            token.text == "(" and position > first
        ):
            closing = next(
                (p for p in range(position, min(position + 6, len(tokens))) if tokens[p].text == ")"),
                position,
            )
            position = closing + 1
        elif token.tag == "conj" and token.lower == "and" and first < position < len(tokens) - 1:
            follow = tokens[position + 1]
            if follow.tag not in ("word", "cap", "det", "num") or (
                follow.tag == "word" and (follow.lower.endswith(("ed", "ing")) or follow.lower in PAST_FORMS)
            ):
                break
            position += 1
        elif token.tag == "quote" and token.text not in CLOSE_QUOTES:
            marks = range(position + 1, min(position + 16, len(tokens)))
            closed = next((p for p in marks if tokens[p].tag == "quote"), None)
            if closed is None:
                break
            position = closed + 1
        else:
            break
    while (
        position > first
        and tokens[position - 1].tag in ("conj", "prep", "det", "punct")
        and tokens[position - 1].text != ")"
    ):
        position -= 1
    return (first, position) if position > first else None


_ADJECTIVAL = ("al", "ive", "ous", "ary", "ic", "ful", "less")
_THESE = frozenset(("this", "these", "those"))
_ENDS_ALONE = frozenset(("prep", "punct", "sub", "conj"))


def _stands_alone(tokens: Sequence[Token], position: int) -> bool:
    """ "accused her of lying", not "accused her deputy"."""
    return position + 1 >= len(tokens) or tokens[position + 1].tag not in ("word", "cap", "num")


def clause_after(clauses: Clauses, first: int, limit: int = 24, commas: bool = True) -> Range | None:
    """The rest of the clause from a token on: up to a semicolon, a dash, a closing quotation or the end;
    up to a comma as well if it goes over no `commas`."""
    tokens = clauses.tokens
    position = first
    opened = first < len(tokens) and tokens[first].tag == "quote"
    while position < len(tokens) and position < first + limit:
        token = tokens[position]
        if token.tag == "quote" and position > first:
            closing = token.text in CLOSE_QUOTES or tokens[position - 1].text in (",", ".", "?", "!")
            if closing and not opened:
                break
            opened = not opened
        if token.text in (";", "–", "—") or (token.text == "." and position == len(tokens) - 1):
            break
        if (
            token.text == ","
            and position + 1 < len(tokens)
            and (
                (not commas and not opened)
                or tokens[position + 1].tag in ("rel", "sub", "conj")
                or tokens[position + 1].lower in CUES
                or _is_saying(tokens, position + 1)
            )
        ):
            break
        position += 1
    while (
        position > first
        and tokens[position - 1].tag in ("punct", "conj")
        and tokens[position - 1].text != ")"
    ):
        position -= 1
    return (first, position) if position > first else None


def whole_phrase(clauses: Clauses, span: Range) -> Range:
    """A noun phrase with all that belongs to it, out of the rest of its sentence: without the verb that
    this goes on with and what stands before it behind "and" ("the leak `and the road will be`")."""
    tokens, joined = clauses.tokens, 0
    related = tokens[span[0]].lower in ("what", "how")
    for position in range(span[0] + 1, span[1]):
        token, before = tokens[position], tokens[position - 1]
        if token.tag in ("rel", "sub"):
            related = True
        elif token.tag == "conj" or token.text == ",":
            joined, related = position, False
        elif token.tag in ("be", "have", "do") or (token.tag == "modal" and token.lower != "to"):
            if token.lower in ("being", "having") or related:
                continue
            if before.tag == "pron":  # "due to remarks he had made"
                related = True
                continue
            return (span[0], joined or position) if (joined or position) > span[0] else span
    return span


def _is_saying(tokens: Sequence[Token], first: int) -> bool:
    """ "…, she said"."""
    return tokens[first].tag == "pron" and first + 1 < len(tokens) and tokens[first + 1].lower in CUES


# Words that may follow a verb without being its object.
AFTER_INTRANSITIVES = frozenset(
    "last next late early again overnight outside inside nearby midway head-on abroad when shortly north "
    "south east west northeast northwest southeast southwest north-east north-west "
    "south-east south-west".split()
)


def is_adjective(token: Token) -> bool:
    ends = ("able", "ible", "al", "ive", "ous", "ful", "less", "ic", "ish", "ent")
    return (
        token.tag == "word"
        and (token.lower.startswith(("un", "il", "ir", "in")) or token.lower.endswith(ends))
        and token.lower not in _NO_ADJECTIVES
    )


_NO_ADJECTIVES = frozenset(
    "deal goal meal metal pedal hospital signal animal trial arrival festival coal music topic traffic panic "
    "logic olive drive archive motive incident accident agent investment government payment union".split()
)


def complement_of(
    clauses: Clauses, entry: EventEntry, trigger: EventTrigger, target: Range, tail: int
) -> Range | None:
    tokens = clauses.tokens
    for position in range(tail, min(tail + 7, len(tokens))) if entry.complement_bare else ():
        if tokens[position].lower in entry.complement_bare:
            return phrase_after(clauses, tail)  # "becomes the country's youngest prime minister"
        if tokens[position].tag not in ("det", "word", "poss", "cap") or tail == target[0]:
            break
    if trigger.lemma in entry.complement_bare_verbs:
        following = phrase_after(clauses, tail)
        if following is None and tail < len(tokens) and tokens[tail].tag == "quote":
            following = clause_after(clauses, tail, 16)  # a quotation that no mark ends
        if following is not None:
            return following if tokens[following[0]].lower not in DATE_WORDS else None
    for position in range(tail, min(tail + 4, len(tokens))):
        for opener in entry.openers.get(tokens[position].lower, ()):
            end = matches(tokens, position, opener)
            if not end:
                continue
            if end < len(tokens) and (
                tokens[end].lower == "well"
                or _is_term(tokens, opener, end)
                or (opener == ("on",) and (tokens[end].lower in DATE_WORDS or tokens[end].tag == "num"))
            ):
                continue  # "as well", "jailed for 15 years for bribery", "met on Tuesday"
            if len(opener) > 1 or opener[0] not in ("to", "for", "of", "as"):
                return phrase_after(clauses, end)
            return clause_after(clauses, end, 16, commas=False)
        if tokens[position].text in (".", ";") and tokens[position - 1].lower not in ("jr", "sr"):
            break
    return None


def _is_term(tokens: Sequence[Token], opener: tuple[str, ...], end: int) -> bool:
    """ "for 15 years", "for life": how long, not for what."""
    return opener == ("for",) and any(token.lower.rstrip("s") in _TERMS for token in tokens[end : end + 3])


_TERMS = frozenset("year month day life week".split())


_BY_THEN = DATE_WORDS | frozenset("nightfall dawn dusk noon midday midnight evening morning then now".split())


def agent_after(clauses: Clauses, first: int) -> Range | None:
    """The phrase after "by", near the verb."""
    tokens = clauses.tokens
    for position in range(first, min(first + 14, len(tokens))):
        if tokens[position].lower == "by":
            nearer = position > first and is_past(tokens[position - 1]) and tokens[position - 2].tag != "conj"
            if nearer and tokens[position - 1].tag == "word":
                return None  # "killed in a district claimed by rebels"
            follow = [token.lower for token in tokens[position + 1 : position + 3]]
            if not follow or follow[0] in _BY_THEN or tokens[position + 1].tag == "num" or "end" in follow:
                return None  # "by the end of the year", "by 2027", "by nightfall"
            return phrase_after(clauses, position + 1)
        joins = tokens[position].tag == "conj" and tokens[min(position + 1, len(tokens) - 1)].tag in (
            "be",
            "have",
        )
        if joins or tokens[position].tag in ("punct", "sub", "rel"):
            return None
    return None
