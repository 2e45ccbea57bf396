"""Who fills a role: the phrase before or after a verb, and whether it is of the kind that the lexicon
asks for."""

from collections.abc import Sequence

from service.extraction.counted import is_person, singular
from service.extraction.cues import CUES, NOUN_FORMS
from service.extraction.heads import head_of
from service.extraction.lexicon import EventEntry, EventTrigger, Filler, matches
from service.extraction.mentions import Mention
from service.extraction.modality import PLANS
from service.extraction.phrases import DATE_WORDS, TIME_WORDS, Clauses, is_past, phrase_back
from service.extraction.subjects import main_subject, subject_of
from service.extraction.tokens import CLOSE_QUOTES, FINITE_PASTS, PAST_FORMS, Token

Range = tuple[int, int]


def mentions_in(clauses: Clauses, span: Range) -> list[tuple[int, Mention]]:
    if clauses.named is None:
        known = clauses.by_start.get
        clauses.named = [
            (position, mention)
            for position, token in enumerate(clauses.tokens)
            if (mention := known(token.start)) is not None
        ]
    if not clauses.named:
        return []
    return [named for named in clauses.named if span[0] <= named[0] < span[1]]


def fits(clauses: Clauses, span: Range, filler: Filler) -> bool:
    """Whether the phrase may fill the role: by the kind of a name in it, or by a noun that heads it."""
    if filler.text:
        return True
    tokens, last = clauses.tokens, span[1]
    first = past_bound(tokens, span[0])
    if tokens[first].tag == "prep" and last - first > 1:
        first += 1  # "under the deal reached in May"
    end = first
    while end < last and (tokens[end].tag not in _ENDS_HEAD or _is_cut(tokens, end)):
        end += 1
    if end < last and end and tokens[end].lower == "of" and _is_part(tokens[end - 1].lower):
        end = next((p for p in range(end + 1, last) if tokens[p].tag == "prep"), last)
    of_persons = filler.persons or "person" in filler.kinds
    for position, token in enumerate(tokens[first : max(end, first + 1)], first):
        if token.tag not in _NAMING or (position + 1 < len(tokens) and tokens[position + 1].tag == "poss"):
            continue  # "the minister's approval" is no minister
        noun = singular(token.lower).removeprefix("ex-")
        if (token.lower in filler.heads or noun in filler.heads) and not _before_person(
            clauses, position, end
        ):
            return True
        if of_persons and token.lower in _PRONOUNS:
            return True
        if filler.persons and (
            token.lower.endswith("year-old") or (noun not in _TOO_VAGUE and is_person(noun, token.lower))
        ):
            return True
    for position, mention in mentions_in(clauses, (first, last)):
        if position >= end or mention.kind not in filler.kinds or "demonym" in mention.flags:
            continue
        if tokens[position].lower not in _OWNERS:
            stop = mention_stop(clauses, position, mention)
            # "attacked the Tory plans": a name before a noun of its own is not what the phrase is about.
            if not any(token.tag in ("poss", "word") for token in tokens[stop:end]):
                return True
    return end < last and of_persons and _ends_in_person(clauses, end, (first, last))


_ENDS_HEAD = frozenset(("prep", "punct", "rel", "modal"))
_NAMING = frozenset(("word", "cap", "pron", "num"))
_OWNERS = frozenset(("his", "her", "its", "their"))


def _ends_in_person(clauses: Clauses, comma: int, span: Range) -> bool:
    """ "the fourth, finance minister Jane Doe": a name set off by a comma ends the phrase."""
    last = clauses.by_end.get(clauses.tokens[span[1] - 1].end)
    return (
        clauses.tokens[comma].text == ","
        and last is not None
        and last.kind == "person"
        and last.start >= clauses.tokens[comma].end
    )


_PRONOUNS = frozenset(("he", "she", "him", "they", "them"))


def _before_person(clauses: Clauses, position: int, end: int) -> bool:
    """ "a cabinet minister" is no cabinet, "the coalition's leader" no coalition."""
    follow = clauses.tokens[position + 1 : end]
    return bool(follow) and follow[-1].tag == "word" and singular(follow[-1].lower) in _OFFICE


# "Most of the state's townships": the part stands for the whole.
_PARTS = frozenset(
    "most all half part parts much many several some one two three four five six seven eight nine ten dozens "
    "hundreds thousands".split()
)
# Nouns for persons that stand before another noun as often as alone.
_TOO_VAGUE = frozenset("human general police head killed missing injured dead poor rich".split())


def _is_part(word: str) -> bool:
    return word in _PARTS or word.isdigit()


def mention_stop(clauses: Clauses, position: int, mention: Mention) -> int:
    while position < len(clauses.tokens) and clauses.tokens[position].end <= mention.end:
        position += 1
    return position


def _is_cut(tokens: Sequence[Token], position: int) -> bool:
    """ "Lt. Gen. Jane Doe": the full stop of a title before a name."""
    return (
        tokens[position].text == "."
        and position > 0
        and tokens[position - 1].lower in _CUT_TITLES
        and position + 1 < len(tokens)
        and tokens[position + 1].tag == "cap"
    )


_CUT_TITLES = frozenset(
    "mr mrs ms dr st gen lt col sgt capt maj cpl adm brig cmdr gov sen rep rev prof hon msgr supt insp det "
    "pres amb atty jr sr co inc ltd corp".split()
)


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
_ING_NOUNS = frozenset(
    "meeting building hearing briefing ruling warning bombing shooting killing funding training fighting "
    "beginning feeling wedding housing opening uprising stabbing sentencing filing offering rating".split()
)


def past_bound(tokens: Sequence[Token], first: int) -> int:
    """ "at least 25 people", "as many as ten": behind the bound of a number."""
    if first + 2 >= len(tokens) or tokens[first].lower not in _BOUNDS:
        return first
    number = next((p for p in range(first + 1, min(first + 4, len(tokens))) if tokens[p].tag == "num"), None)
    return number if number is not None else first


_BOUNDS = frozenset(("at", "up", "more", "as", "over", "fewer", "less", "around", "about"))


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
                inner and tokens[position - 1].tag == "det"  # "a cowardly act"
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
                and token.lower not in _ING_NOUNS
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
        elif token.text == "." and position > first and _is_cut(tokens, position):
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


def _is_saying(tokens: Sequence[Token], first: int) -> bool:
    """ "…, she said"."""
    return tokens[first].tag == "pron" and first + 1 < len(tokens) and tokens[first + 1].lower in CUES


# Words that may follow a verb without being its object.
AFTER_INTRANSITIVES = frozenset(
    "last next late early again overnight outside inside nearby midway head-on abroad when shortly".split()
)


def is_adjective(token: Token) -> bool:
    ends = ("able", "ible", "al", "ive", "ous", "ful", "less", "ic", "ish", "ent")
    return token.tag == "word" and (
        token.lower.startswith(("un", "il", "ir", "in")) or token.lower.endswith(ends)
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
        if tokens[position].text in (".", ";"):
            break
    return None


def _is_term(tokens: Sequence[Token], opener: tuple[str, ...], end: int) -> bool:
    """ "for 15 years", "for life": how long, not for what."""
    return opener == ("for",) and any(token.lower.rstrip("s") in _TERMS for token in tokens[end : end + 3])


_TERMS = frozenset("year month day life week".split())


def agent_after(clauses: Clauses, first: int) -> Range | None:
    """The phrase after "by", near the verb."""
    tokens = clauses.tokens
    for position in range(first, min(first + 14, len(tokens))):
        if tokens[position].lower == "by":
            follow = [token.lower for token in tokens[position + 1 : position + 3]]
            if not follow or follow[0] in DATE_WORDS or tokens[position + 1].tag == "num" or "end" in follow:
                return None  # "by the end of the year", "by 2027"
            return phrase_after(clauses, position + 1)
        joins = tokens[position].tag == "conj" and tokens[min(position + 1, len(tokens) - 1)].tag in (
            "be",
            "have",
        )
        if joins or tokens[position].tag in ("punct", "sub", "rel"):
            return None
    return None


def _closes_aside(tokens: Sequence[Token], comma: int) -> bool:
    """ "X, the mayor, condemned", "X, who was there, condemned", not "X spoke, condemned"."""
    if comma + 1 < len(tokens) and tokens[comma + 1].lower.endswith("ing"):
        return False
    opening = next((p for p in range(comma - 1, 0, -1) if tokens[p].text == ","), None)
    if opening is None:
        return False
    allied = (
        is_past(tokens[opening + 1]) and tokens[opening + 2].tag == "prep"
    )  # "X, allied with Y, condemned"
    return allied or tokens[opening + 1].tag == "rel" or not any(map(is_past, tokens[opening + 1 : comma]))


def subject_before(clauses: Clauses, index: int) -> Range | None:
    """The subject of a finite verb, of "to …" or of ", …ing"."""
    tokens = clauses.tokens
    before = tokens[index - 1] if index else None
    if before is None:
        return None
    if (
        before.lower == "to"
        or before.lower in ("by", "after", "before", "for", "of", "in", "while", "when")
        or (before.text == "," and not _closes_aside(tokens, index - 1))
        or before.tag in ("conj", "quote")
    ):
        found = _antecedent(clauses, index) if before.lower == "and" else None
        if before.text == "," and (stray := _before_stray_comma(clauses, index - 1)) is not None:
            return stray
        if before.lower in ("of", "by") and (accused := _accused(clauses, index)) is not None:
            return accused
        if before.lower == "to" and (supposed := _supposed(tokens, index - 1)):
            return subject_of(clauses, supposed)  # "the man is believed to have gone on to attack"
        made = phrase_back(clauses, index - 1) if before.lower == "to" else None
        if made is not None and tokens[made[0]].lower in _CAUSING and made[1] - made[0] > 1:
            return made[0] + 1, made[1]
        if made is not None and made[0] and tokens[made[0] - 1].lower in _CAUSING:
            return made  # "prompting the government to cut …"
        governing = tokens[index - 2] if before.lower == "to" and index > 2 else before
        if governing.tag == "word" and (is_past(governing) or governing.lower in PLANS):
            found = subject_of(clauses, index - 2)  # "the drugmaker plans to invest"
        found = found or main_subject(clauses, index)
    else:
        found = subject_of(clauses, index)
    if found is not None and found[1] - found[0] > 14:
        found = _without_tail(tokens, found)
    if found is not None and found[1] - found[0] > 14:
        comma = next((p for p in range(*found) if tokens[p].text == ","), None)
        found = (found[0], comma) if comma is not None else found  # "The office, a body of …, called"
    if found is not None and (found[1] - found[0] > 14 or found[1] > index):
        return None
    return found


def _before_stray_comma(clauses: Clauses, comma: int) -> Range | None:
    """ "Army major Ana Costa, thanked": a name that opens the sentence, and a comma too many."""
    tokens = clauses.tokens
    named = clauses.by_end.get(tokens[comma - 1].end)
    if named is None or named.kind != "person" or comma > 8 or tokens[comma + 1].lower.endswith("ing"):
        return None
    if any(
        token.tag in ("punct", "be", "have", "sub", "prep") and token.text != "." for token in tokens[:comma]
    ):
        return None
    return None if any(map(is_past, tokens[:comma])) else phrase_back(clauses, comma)


def _without_tail(tokens: Sequence[Token], span: Range) -> Range:
    """ "a plane carrying forty people back from …": the plane."""
    for position in range(span[0] + 2, min(span[0] + 8, span[1])):
        word = tokens[position].lower
        verb = word.endswith(("ing", "ed")) and tokens[position].tag == "word" and word not in _ING_NOUNS
        goes_on = tokens[position + 1].tag in ("det", "prep", "num")
        if verb and goes_on and tokens[position - 1].tag in ("word", "cap"):
            return span[0], position
    return span


def _accused(clauses: Clauses, index: int) -> Range | None:
    """ "accused the army of fuelling the war by firing …": whoever is accused."""
    tokens = clauses.tokens
    if not tokens[index].lower.endswith("ing") or "of" not in tokens.words:
        return None
    for position in range(index - 2, max(0, index - 20), -1):
        if tokens[position].lower in ("accused", "accuses", "accusing", "accuse"):
            found = phrase_after(clauses, position + 1, ("of",))
            return found if found is not None and tokens[min(found[1], index)].lower == "of" else None
        if tokens[position].tag in ("punct", "quote", "rel"):
            return None
    return None


def _supposed(tokens: Sequence[Token], to: int) -> int:
    """The "is" of "is understood to", "was said to have tried to", else 0."""
    for position in range(to - 1, max(0, to - 8), -1):
        token = tokens[position]
        if token.tag == "be":
            return position if tokens[position + 1].lower in _SUPPOSING else 0
        if token.tag in ("punct", "quote", "sub", "rel", "det", "cap"):
            return 0
    return 0


_SUPPOSING = frozenset(
    "understood believed said thought alleged reported known expected due set likely".split()
)
_CAUSING = frozenset(
    "prompting forcing leading causing allowing compelling enabling prompted forced led compelled".split()
)


def _antecedent(clauses: Clauses, index: int) -> Range | None:
    """ "the alliance, which answered the request and sent …": whom "which" stands for."""
    tokens = clauses.tokens
    for position in range(index - 2, max(0, index - 14), -1):
        token = tokens[position]
        if token.lower in ("who", "which") and tokens[position - 1].tag != "prep":
            return phrase_back(clauses, position - (tokens[position - 1].text == ","))
        if token.tag in ("punct", "rel", "quote", "conj"):
            return None
    return None


_OFFICE = frozenset(
    ("minister", "secretary-general", "spokesman", "spokeswoman", "chief", "president", "envoy")
)


def _heads_persons(clauses: Clauses, span: Range, head: Mention) -> bool:
    """Whether the phrase is about persons and the name only says whose."""
    tokens = clauses.tokens
    end = next(
        (p for p in range(span[0] + 1, span[1]) if tokens[p].tag in ("prep", "punct", "modal")), span[1]
    )
    if tokens[end - 1].lower in _PARTS and end < span[1] and tokens[end].lower == "of":
        end = next(
            (p for p in range(end + 1, span[1]) if tokens[p].tag in ("prep", "punct", "modal")), span[1]
        )
    noun = tokens[end - 1]
    if noun.tag not in ("word", "cap") or head.start <= noun.start < head.end:
        return False
    word = singular(noun.lower)
    return word in _OFFICE or (is_person(word, noun.lower) and word not in _TOO_VAGUE)


def _without_participle(clauses: Clauses, span: Range) -> Range:
    """ "a group holding Jane Doe": the group; "the panel, named by Jane Doe": the panel."""
    tokens = clauses.tokens
    for position in range(span[0] + 1, span[1] - 1):
        token = tokens[position]
        if (
            token.text == ","
            and is_past(tokens[position + 1])
            and tokens[min(position + 2, span[1] - 1)].lower == "by"
        ):
            return span[0], position
        doing = token.tag == "word" and token.lower.endswith("ing") and token.lower not in _ING_NOUNS
        if doing and tokens[position - 1].tag in ("word", "cap") and tokens[position + 1].tag != "poss":
            return span[0], position
    return span


def _modifies(clauses: Clauses, span: Range, head: Mention | None) -> bool:
    """Whether a noun of its own follows the name in its phrase."""
    tokens = clauses.tokens
    if head is None:
        return False
    stop = next((p for p in range(*span) if tokens[p].start >= head.end), span[1])
    return stop < span[1] and tokens[stop].tag == "word" and tokens[stop].lower not in PAST_FORMS


def role_surface(clauses: Clauses, span: Range, filler: Filler | None) -> str:
    """The words for a role: the name that heads the phrase, else the phrase itself, cut at twelve words."""
    if filler is not None and not filler.kinds and not filler.heads and not filler.text:
        span = _without_participle(clauses, span)
    head = head_of(clauses, span)
    if head is None:
        return _words_of(clauses, span)
    tokens = clauses.tokens[span[0] : span[1]]
    lowers = [token.lower for token in tokens]
    if (
        filler is not None
        and filler.heads
        and head is not None
        and lowers[-1] in filler.heads
        and (head.kind not in filler.kinds or (head.kind == "place" and tokens[-1].end != head.end))
    ):
        head = None  # "a Sydney café"
    noun = next((p - 1 for p, token in enumerate(tokens) if p and token.tag == "prep"), len(tokens) - 1)
    if (
        filler is not None
        and head is not None
        and head.kind in ("place", "organization")
        and lowers[noun] in filler.heads
        and head.end < tokens[noun].start
    ):
        head = None  # "the London offices of a firm"
    bare = not any(token.tag == "prep" or token.lower == "to" for token in tokens)
    if filler is not None and not filler.kinds and not filler.heads and _modifies(clauses, span, head):
        head = None  # "the Trump administration", "the Southeast Asian country"
    sure = head is not None and head.kind == "person" and "kind_guessed" not in head.flags
    if head is not None and not sure and _heads_persons(clauses, span, head):
        head = None  # "foreign ministers of the Arab League", "the UN secretary-general"
    joined = any(token.lower == "and" and head is not None and token.end < head.start for token in tokens)
    whole = head is not None and tokens[-1].end == head.end and bare and not joined
    free = filler is not None and (filler.text or (filler.heads and not filler.kinds and not filler.persons))
    if free and not whole:
        head = None  # "condemned the killing of Jane Doe", "causing the derailment of the Delhi Express"
    if (
        head is not None
        and (filler is not None or whole)
        and (filler is None or not filler.kinds or head.kind in filler.kinds or not filler.heads)
    ):
        return clauses.text[head.start : head.end]
    return _words_of(clauses, span)


def _words_of(clauses: Clauses, span: Range) -> str:
    last = min(span[1], span[0] + 16)
    return clauses.text[clauses.tokens[span[0]].start : clauses.tokens[last - 1].end]
