"""Verbs of speech in the passive and with a medium beside the source: "C was reported by X", "X is said to
C", "X was quoted as saying C", "Residents were urged to C", "Reuters quoted X as saying C"."""

from service.extraction.attributed import Attribution, attribution
from service.extraction.contents import clause_follows_at, nothing_follows, told_end
from service.extraction.cues import Cue
from service.extraction.phrases import DATE_WORDS, TIME_WORDS, Clauses, is_passive, phrase_end
from service.extraction.sources import within
from service.extraction.subjects import subject_of

_BELIEVED = frozenset(
    "say report believe think expect allege claim estimate consider announce suspect speculate".split()
)


# "Residents were urged to leave". What police or a court told or ordered somebody is a demand by name only.
_URGED = frozenset("urge ask request advise beg implore exhort warn caution tell order instruct".split())
_TOLD_ALONE = frozenset(("tell", "order", "instruct"))


_WHEN = DATE_WORDS | TIME_WORDS | frozenset("jan feb mar apr jun jul aug sep sept oct nov dec".split())


def passive(sentence: Clauses, index: int, after: int, cue: Cue) -> Attribution | None:
    """ "C was reported by X", "X is said to C", "it was announced that C"."""
    tokens = sentence.tokens
    follow = tokens[after].lower if after < len(tokens) else ""
    source = None
    for position in range(after, min(after + 8, len(tokens))):
        if tokens[position].lower == "by":
            follows = tokens[position + 1] if position + 1 < len(tokens) else None
            if follows is None or follows.tag == "num" or follows.lower.rstrip(".") in _WHEN:
                break  # "had been felt by Sunday evening"
            source = (position + 1, _with_name(sentence, position + 1))
            break
        if tokens[position].tag == "punct":
            break
    if cue.verb in _URGED and (source is not None or cue.verb not in _TOLD_ALONE):
        begin = source[1] if source is not None and follow not in ("to", "not") else after
        if begin < len(tokens) and tokens[begin].lower in ("to", "not"):
            return attribution(
                sentence, (index, after), source, (begin, len(tokens)), "passive", cue.verb, "reported", True
            )
    if cue.verb in ("warn", "caution") and follow in ("of", "about", "that"):
        rest = (after + 1, len(tokens))
        return attribution(sentence, (index, after), source, rest, "passive", cue.verb, "reported", True)
    if follow == "to" and cue.verb not in _BELIEVED:
        return None  # "were admitted to the hospital"
    if follow in ("to", "that", "as") or (
        follow and clause_follows_at(tokens, after) and tokens[after].tag == "quote"
    ):
        return attribution(
            sentence,
            (index, after),
            source,
            (after + 1 if follow != "to" else after, len(tokens)),
            "passive",
            cue.verb,
            cue.modality,
        )
    if source is None and cue.verb not in (
        "say",
        "announce",
        "report",
        "claim",
        "allege",
        "confirm",
        "reveal",
        "disclose",
        "declare",
    ):
        return None
    end = index
    while end > 0 and tokens[end - 1].tag in ("be", "have", "adv"):
        end -= 1
    content = (0, end if source is None else index)
    return attribution(sentence, (index, after), source, content, "passive", cue.verb, cue.modality)


def quoted_as(sentence: Clauses, index: int) -> Attribution | None:
    """ "X was quoted as saying C", "“C,” X was cited by Y as saying": whoever said it, not who quotes."""
    tokens = sentence.tokens
    ahead = range(index + 1, min(index + 10, len(tokens) - 1))
    as_saying = next((p for p in ahead if tokens[p].lower == "as" and tokens[p + 1].lower in _SAYING), None)
    if as_saying is None or not is_passive(tokens, index):
        return None
    subject = subject_of(sentence, index)
    if subject is None:
        return None
    begin = as_saying + 2
    if begin < len(tokens) and tokens[begin].lower == "by":
        begin = phrase_end(tokens, begin + 1, sentence)
    begin += begin < len(tokens) and tokens[begin].lower == "that"
    content = (begin, len(tokens))
    if len(tokens) - begin < 3 or nothing_follows(tokens, begin):
        content = (0, subject[0])
    if content[1] - content[0] < 2:
        return None
    return attribution(sentence, (index, as_saying + 2), subject, content, "active", "say")


_SAYING = frozenset(("saying", "telling", "stating"))


def _with_name(sentence: Clauses, first: int) -> int:
    """The end of a phrase with the name in apposition to it: "by the head of the league, Ana Costa"."""
    end = phrase_end(sentence.tokens, first, sentence)
    longer = phrase_end(sentence.tokens, first, sentence, commas=True)
    named = any(
        mention.kind == "person"
        for token in sentence.tokens[end:longer]
        if (mention := sentence.by_start.get(token.start)) is not None
    )
    return longer if named else end


def heard(sentence: Clauses, item: Attribution) -> Attribution | None:
    """The medium that an attribution names beside its source: "Reuters quoted X as saying", "X told
    Reuters"."""
    told = item.verb == "tell" and item.form == "active"
    if item.content is None or not (told or item.form == "quoted"):
        return None
    tokens = sentence.tokens
    cue = next(p for p, token in enumerate(tokens) if token.start == item.cue.start)
    if told:
        if cue + 2 >= len(tokens):
            return None
        span = (cue + 1, told_end(sentence, cue + 1))
        medium = attribution(sentence, (cue, cue + 1), span, within(tokens, item), "told", item.verb)
        return medium if medium.role == "medium" else None
    subject = subject_of(sentence, cue)
    if subject is None:
        return None
    medium = attribution(sentence, (cue, cue + 1), subject, within(tokens, item), "active", item.verb)
    return medium if medium.role == "medium" else None


def quoted(sentence: Clauses, index: int, after: int) -> Attribution | None:
    tokens = sentence.tokens
    for position in range(after, min(after + 12, len(tokens) - 1)):
        if tokens[position].lower == "as" and tokens[position + 1].lower in ("saying", "stating", "telling"):
            content = (position + 2, len(tokens))
            if content[1] - content[0] < 3 or nothing_follows(tokens, content[0]):
                subject = subject_of(sentence, index)
                content = (0, subject[0] if subject else index)
            return attribution(sentence, (index, position + 2), (after, position), content, "quoted", "quote")
    return None
