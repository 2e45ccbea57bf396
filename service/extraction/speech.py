"""Verbs of speech: "X said that C", "C, X said", "C, said X", "X told Y that C", "C was reported by X", "X is
said to C", "X quoted Y as saying C", ", saying that C", "X called on Y to C"."""

from collections.abc import Sequence

from service.extraction.attributed import Attribution, attribution
from service.extraction.contents import begins_at, clause_follows_at, ends_at, nothing_follows
from service.extraction.cues import CUES, NOUN_FORMS, STRONG, Cue
from service.extraction.heads import names_persons
from service.extraction.main_subjects import main_subject
from service.extraction.modality import is_carried_out
from service.extraction.phrases import Clauses, after_date, is_passive, phrase_end
from service.extraction.speech_order import around, inverted, is_inverted
from service.extraction.speech_participle import last_speaker, participle
from service.extraction.speech_passive import passive, quoted
from service.extraction.speech_senses import (
    describes_noun,
    is_no_speaker,
    is_plural_subject,
    is_supposed,
    reports_nothing,
)
from service.extraction.subjects import subject_of
from service.extraction.tokens import Token


def spoken(
    sentence: Clauses, index: int, after: int, cue: Cue, found: Sequence[Attribution] = ()
) -> Attribution | None:
    """What the cue at tokens[index:after] attributes to whom. `found` are the attributions before this one in
    its sentence."""
    tokens = sentence.tokens
    if reports_nothing(tokens, index, after, cue):
        return None
    if cue.form in ("past", "participle") and (is_passive(tokens, index) or _is_urged(tokens, after, cue)):
        return passive(sentence, index, after, cue) if cue.verb not in _NOT_REPORTED else None
    if cue.form in ("past", "participle") and cue.modality != "denied" and _is_aside_by(tokens, index, after):
        return passive(sentence, index, after, cue)  # "…, a decision announced by X"
    if describes_noun(tokens, after, cue):
        return None
    if cue.directive and (behind := _behind_aside(tokens, after)):
        after = behind
    clause_follows = clause_follows_at(tokens, after)
    if not clause_follows and is_supposed(tokens, index, after, cue):
        return None
    if cue.verb in ("quote", "report") and cue.form != "ing":
        said = quoted(sentence, index, after)
        if said is not None or cue.verb == "quote":
            return said
    if cue.form == "ing" and not (index and tokens[index - 1].tag == "be"):
        if tokens[index].lower in NOUN_FORMS and not clause_follows:
            return None
        return participle(sentence, index, after, cue, clause_follows, found)
    if cue.modality != "denied" and is_inverted(sentence, index, after, cue.verb):
        return inverted(sentence, index, after, cue)
    subject = _subject(sentence, index, cue, found)
    if subject is None or is_no_speaker(sentence, subject, index, cue):
        return None
    content = around(sentence, subject, after, _told_until(sentence, after, cue, clause_follows))
    if content is None:
        content = _behind(sentence, subject, index, after, cue, clause_follows)
    if content is None:
        return None
    return attribution(
        sentence, (index, after), subject, content, "active", cue.verb, cue.modality, cue.directive
    )


# Their passives say what befell someone: "was charged with murder", "is wanted by police".
_NOT_REPORTED = frozenset(("charge", "want", "seek", "invite", "rule", "press", "condemn", "welcome"))


def _is_aside_by(tokens: Sequence[Token], index: int, after: int) -> bool:
    if after >= len(tokens) or tokens[after].lower != "by" or index < 3 or tokens[index - 1].tag != "word":
        return False
    first = index
    while first > 1 and tokens[first - 1].tag == "word":
        first -= 1
    return tokens[first - 1].lower in ("a", "an", "the") and tokens[first - 2].text == ","


def _is_urged(tokens: Sequence[Token], after: int, cue: Cue) -> bool:
    """ "Cabinet urged to quit": a headline without an object, so a passive."""
    to = cue.verb in _URGING and after < len(tokens) and tokens[after].lower == "to"
    return to and tokens[-1].tag not in ("punct", "quote")


_URGING = frozenset("urge order instruct advise encourage".split())


def _behind_aside(tokens: Sequence[Token], comma: int) -> int:
    """ "demanded, through his lawyer, to be heard": where "to" or "that" stands, else 0."""
    if comma + 2 >= len(tokens) or tokens[comma].text != "," or tokens[comma + 1].tag != "prep":
        return 0
    closing = next(
        (p for p in range(comma + 1, min(comma + 10, len(tokens) - 1)) if tokens[p].text == ","), 0
    )
    return closing + 1 if closing and tokens[closing + 1].lower in ("to", "that") else 0


def _subject(sentence: Clauses, index: int, cue: Cue, found: Sequence[Attribution]) -> tuple[int, int] | None:
    """Whoever a verb has for its subject, or spoke last: "X called for A, urged B"."""
    tokens = sentence.tokens
    if index and tokens[index - 1].lower == "to" and is_carried_out(tokens, index - 1):
        acting = range(index - 2, max(0, index - 14), -1)
        means = next((p for p in acting if tokens[p].lower in _BEFORE_DEMANDS), 0)
        speaker = main_subject(sentence, index)
        inside = means and speaker is not None and speaker[0] >= means
        # "Thousands had filled Lima's main square to demand": no square's
        return subject_of(sentence, means) if inside else speaker
    listed = _listed(sentence, index, found) if cue.form in ("third", "past") else None
    return listed or _whole_list(tokens, subject_of(sentence, index))


_BEFORE_DEMANDS = frozenset("filled packed thronged flooded marched rallied gathered protested".split())


def _listed(sentence: Clauses, index: int, found: Sequence[Attribution]) -> tuple[int, int] | None:
    """ "X called for A, urged B", "X described A but said B": whoever spoke last."""
    tokens = sentence.tokens
    if not index or not found or found[-1].form != "active":
        return None
    position = index - 1
    while position > 0 and tokens[position].tag in ("adv", "have"):
        position -= 1
    if tokens[position].text == ",":
        # No other comma stands between the two cues.
        if any(token.text == "," for token in tokens[:position] if token.start >= found[-1].cue.end):
            return None
    elif tokens[position].tag != "conj":
        return None
    return last_speaker(sentence, index, found)


def _whole_list(tokens: Sequence[Token], subject: tuple[int, int] | None) -> tuple[int, int] | None:
    """ "C, police, residents and a teacher said": all who said so."""
    if subject is None or subject[0] < 4 or not any(t.lower == "and" for t in tokens[slice(*subject)]):
        return subject
    first = subject[0]
    while first > 3 and tokens[first - 1].text == "," and tokens[first - 3].text == ",":
        one = tokens[first - 2]
        if one.lower != "police" and not (one.tag == "word" and names_persons(one)):
            break
        first -= 2
    return first, subject[1]


def _told_until(sentence: Clauses, after: int, cue: Cue, clause_follows: bool) -> int:
    """ "C, X told `the paper`": where the cue ends with whoever is told, if that ends what is told."""
    tokens = sentence.tokens
    if cue.verb not in ("tell", "inform", "notify", "remind"):
        return after
    stop = phrase_end(tokens, after, sentence)
    return stop if not clause_follows or (stop < len(tokens) and tokens[stop].text == ",") else after


def _behind(
    sentence: Clauses, subject: tuple[int, int], index: int, after: int, cue: Cue, clause_follows: bool
) -> tuple[int, int] | None:
    """What is said behind the cue: a clause, or what the verb intends; None where neither follows."""
    tokens = sentence.tokens
    if after >= len(tokens):
        return None
    if not clause_follows and not _intends(tokens, after, cue):
        weak = not cue.verb.endswith(" of") and cue.verb.split()[0] not in STRONG
        if nothing_follows(tokens, after) or (weak and not cue.directive):
            return None
    if cue.form == "base" and not clause_follows and not is_plural_subject(tokens, subject, index):
        return None
    start = begins_at(sentence, after, cue)
    if cue.verb in ("speak of", "spoke of"):
        # A colon well after the cue starts something new: "Mayor speaks of criminals: hundreds more arrests".
        colons = (p for p in range(start + 1, len(tokens)) if tokens[p].text == ":")
        return start, next((p for p in colons if tokens[p - 1].tag != "num"), len(tokens))
    return start, ends_at(sentence, start, index, _is_relative(tokens, subject))


def _intends(tokens: Sequence[Token], after: int, cue: Cue) -> bool:
    """ "vowed to", "warned of", "called on Monday for"."""
    follow = tokens[after].lower
    return (
        (follow == "to" and (cue.directive or cue.verb in _INTENDING))
        or (follow in ("of", "about", "against") and cue.verb in ("warn", "caution"))
        or (cue.verb == "call on" and after_date(tokens, after) > after)
    )


_INTENDING = frozenset(("decide", "vow", "pledge", "promise", "propose"))


def _is_relative(tokens: Sequence[Token], subject: tuple[int, int]) -> bool:
    """ "a class they regarded as corrupt": a clause without its pronoun, which the noun before it opens."""
    before = tokens[subject[0] - 1] if subject[0] else None
    return (
        before is not None
        and before.tag == "word"
        and before.lower not in CUES
        and not before.lower.endswith("ing")
        and tokens[subject[0]].lower in ("he", "she", "they", "we")
    )
