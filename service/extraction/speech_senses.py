"""Cues that report nothing where they stand: nouns and adjectives, what is only supposed, what has not been
said, and subjects that can be no speakers."""

from collections.abc import Sequence

from service.extraction.cues import NOUN_FORMS, Cue
from service.extraction.heads import names_persons
from service.extraction.modality import is_carried_out
from service.extraction.number_words import SIMPLE
from service.extraction.phrases import Clauses, is_past
from service.extraction.tokens import Token


def reports_nothing(tokens: Sequence[Token], index: int, after: int, cue: Cue) -> bool:
    """Whether the words right beside a cue show that it is no verb of speech or that nobody has said it."""
    before = tokens[index - 1] if index else None
    follow = tokens[after] if after < len(tokens) else None
    word = tokens[index].lower
    if cue.verb == "claim" and follow is not None and follow.lower != "that" and _has_victims(tokens, after):
        return True
    if cue.modality == "denied" and follow is not None and follow.lower == "as":
        return True  # "rejected as a sham the vote that he lost": a label, and no denial of what is told
    if cue.verb == "rule" and follow is not None and follow.lower == "out":
        return True
    counted = before is not None and (before.tag == "num" or before.lower in SIMPLE)
    if counted and cue.verb in _SUPPOSING and word.endswith("ed") and follow is not None:
        return follow.tag == "word"  # "Three suspected rebels were killed"
    if cue.verb == "add" and follow is not None and (follow.tag == "num" or follow.lower in _ADDED):
        return True  # "added to the toll", "adding 40 jobs"
    if word in NOUN_FORMS:
        if before is None or _is_noun(tokens, index, after):
            return True
        if cue.form == "third" and _is_plural(before):
            return True  # "they defied police orders"
    if before is None:
        return False
    if word == "asked" and before.text == "," and follow is not None and follow.lower in _QUESTIONS:
        return True  # "Weeks later, asked whether he knew, he said no"
    unsaid = before.tag == "modal" and before.lower in _UNSAID and cue.verb not in ("say", "announce")
    return unsaid and not (before.lower == "to" and is_carried_out(tokens, index - 1))


_ADDED = frozenset(("to", "up", "$", "€", "£"))
_QUESTIONS = frozenset("if whether about why how what when who".split())
# "could add", "to report": what has not been said.
_UNSAID = frozenset(("to", "can", "could", "may", "might", "should", "must"))


def _has_victims(tokens: Sequence[Token], after: int) -> bool:
    """ "the disaster claimed 301 lives"."""
    return any(token.lower in ("life", "lives", "victims") for token in tokens[after : after + 6])


def _is_noun(tokens: Sequence[Token], index: int, after: int) -> bool:
    """ "the report", "media reports of", "repeated calls": a word that is a verb elsewhere."""
    before = tokens[index - 1]
    if before.tag in ("det", "prep", "poss", "num") or before.lower in SIMPLE:
        return True
    if index > 1 and tokens[index - 2].lower in ("a", "an") and before.tag == "word":
        return not before.lower.endswith(("s", "ed"))  # "an expert report"
    if before.lower in ("said", "says") and tokens[index].lower.endswith("s"):
        return True  # "said plans to cut spending had failed"
    if tokens[index].lower == "states" and (not _states(tokens, after) or before.lower in SIMPLE):
        return True  # "six former Soviet states", "the five states that …"
    if index == 1 and before.lower.endswith("ing"):
        return True  # "Easing fears of a split, …"
    if before.lower == "media" or before.tag != "word":
        return False
    follows = after < len(tokens) and tokens[after].lower != "that"
    return follows and (before.lower in _BEFORE_NOUNS or before.lower.endswith(_ADJECTIVE_ENDS))


_ADJECTIVE_ENDS = ("al", "ive", "ous", "ary", "ent", "ed", "ing", "ful", "ic")
_BEFORE_NOUNS = frozenset(
    "first new arrest media death news press further fresh renewed more many some several such "
    "repeated no any".split()
)


def _states(tokens: Sequence[Token], after: int) -> bool:
    return after < len(tokens) and tokens[after].lower in _STATED


_STATED = frozenset(("that", "the", "it", "there", ":", "“", '"'))


def _is_plural(noun: Token) -> bool:
    plural = noun.lower.endswith("s") and not noun.lower.endswith("ss")
    return noun.tag == "word" and (plural or noun.lower in ("police", "people", "media"))


def describes_noun(tokens: Sequence[Token], after: int, cue: Cue) -> bool:
    """ "The fire, described by the mayor as a monster", "two suspects believed to be spies": a participle."""
    if cue.form not in ("past", "participle") or after >= len(tokens):
        return False
    follow = tokens[after].lower
    return (follow == "by" and cue.verb in _DESCRIBED) or (follow == "to" and cue.verb in _BELIEVED)


_DESCRIBED = frozenset("describe call condemn welcome praise criticise criticize denounce regard".split())
_BELIEVED = frozenset(("believe", "think", "say", "allege", "suspect", "report", "consider"))


def is_supposed(tokens: Sequence[Token], index: int, after: int, cue: Cue) -> bool:
    """ "alleged war crimes", "the alleged Lima ring", "suspected of planning an attack": a verb of supposing,
    with no clause behind it, that only says of a noun what it is supposed to be."""
    if cue.verb not in _SUPPOSING or cue.form not in ("past", "participle"):
        return False
    before = tokens[index - 1] if index else None
    follow = tokens[after] if after < len(tokens) else None
    persons = before is not None and (_is_plural(before) or before.tag in ("pron", "cap"))
    if cue.verb == "fear" and follow is not None and follow.lower in _BEFALLEN:
        return True  # "Dozens feared missing"
    if cue.verb == "fear" and follow is not None and follow.tag == "word" and persons:
        return False  # "officials feared toxic fumes"
    if follow is None or (before is not None and before.tag in ("det", "poss", "prep")):
        return True
    closing = follow.text in (".", ",") and any(token.text == "," for token in tokens[:index])
    return not closing and follow.tag not in ("det", "pron", "cap")


_BEFALLEN = frozenset("dead drowned buried trapped lost missing killed injured".split())
_SUPPOSING = frozenset(("allege", "suspect", "expect", "believe", "fear"))


def is_no_speaker(sentence: Clauses, subject: tuple[int, int], index: int, cue: Cue) -> bool:
    """Whether the words of a cue's subject show that the cue reports nothing."""
    tokens = sentence.tokens
    opens, last = tokens[subject[0]], tokens[subject[1] - 1]
    before = tokens[subject[0] - 1] if subject[0] else None
    if cue.modality == "denied" and _is_answered(tokens, subject):
        return True
    if before is not None and before.text == "," and opens.lower.endswith("ing"):
        return True  # ", leaving several passengers feared dead"
    if last.lower == "the":
        return True  # "the proposed cuts include"
    if last.tag in ("det", "adv", "prep") and not opens.lower.startswith(("th", "some", "all")):
        return True  # "worth a reported $2 million", "a carefully planned visit"
    if opens.lower in ("of", "down", "up"):
        return True  # "of the money pledged to Lima, half was spent", "down from 38 reported on Monday"
    if before is not None and before.tag in ("modal", "neg") and opens.tag == "word":
        return True  # "would not discuss reports"
    if tokens[index].lower not in NOUN_FORMS:
        return False
    if cue.form == "base" and not is_plural_subject(tokens, subject, index):
        return True  # "the inflation report, …"
    listed = before is not None and before.text == "," and opens.tag == "word"
    if listed and cue.form == "third":
        return True  # "roads, power and water projects in the north"
    return cue.form == "third" and _acts(tokens, subject)  # "the firm made several requests of him"


def _is_answered(tokens: Sequence[Token], subject: tuple[int, int]) -> bool:
    """ "…, a charge Kigali denies": the verb is of a clause without its pronoun, and reports nothing."""
    words = [token.lower for token in tokens[subject[0] : subject[1]]]
    noun, last = tokens[subject[0] + 1 : subject[0] + 2], tokens[subject[1] - 1]
    if len(words) > 2 and words[0] in ("a", "an") and noun[0].tag == "word" and last.tag == "cap":
        return not names_persons(noun[0])  # "a proposal Kigali rejected"
    return len(words) > 2 and words[0] in ("a", "an", "the") and words[1] in _SAYINGS


_SAYINGS = frozenset("charge claim allegation accusation figure report number account version".split())


def _acts(tokens: Sequence[Token], subject: tuple[int, int]) -> bool:
    """ "the firm made several": a verb of its own, so that a noun follows."""
    words = tokens[slice(*subject)]
    relative = any(token.text == "," or token.tag == "rel" for token in words)
    return not relative and any(is_past(token) and "-" not in token.text for token in words)


def is_plural_subject(tokens: Sequence[Token], subject: tuple[int, int], index: int) -> bool:
    return any(
        (token.lower.endswith("s") and token.tag in ("word", "cap"))
        or token.lower in ("and", "they", "we", "i", "people", "police", "media")
        or token.tag in ("modal", "do")
        for token in tokens[subject[0] : index]
    )
