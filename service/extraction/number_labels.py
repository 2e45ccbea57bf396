"""Numbers that count nothing: parts of names, ordinals, list numbers, scores, versions."""

import re

from service.extraction.amounts import Amount
from service.extraction.counted import counted_after, is_person, singular
from service.extraction.number_grammar import (
    AFTER_IN,
    AFTER_REJECT,
    AGE,
    BARE_SCALES,
    COUNTING_VERBS,
    DESIGNATIONS,
    FUNCTION_WORDS,
    GAP_END,
    GAPPED,
    GROUPS,
    HARMING,
    IN_A_STATE,
    LIST_NUMBER,
    MEASURE,
    MULTIPLE,
    NEXT_WORD,
    NUMBERING,
    ONE_IN,
    ONE_OF,
    ONE_OF_THEM,
    ONE_STOP,
    PERCENT,
    PREVIOUS_WORD,
    TIME_BEFORE,
    may_have_unit,
)


def is_label(text: str, match: re.Match[str], amount: Amount, end: int, limit: int) -> bool:
    """Is the number part of a name, an ordinal, a list number, a score, a version?"""
    start = match.start()
    if match["a_sign"]:
        return False
    unit = may_have_unit(text, end)
    if unit and PERCENT.match(text, end, limit):
        return False
    if text[start - 1 : start] == "#" and not match["a_scale"]:
        return True
    if (
        not text.startswith(" ", end)
        and AFTER_REJECT.match(text, end)
        and not (MEASURE.match(text, end, limit) or MULTIPLE.match(text, end, limit) or AGE.match(text, end))
    ):
        return True
    before = text[max(0, start - 40) : start]
    words = match["a_words"]
    ratio = AFTER_IN.search(before) if before.endswith(("in ", "of ", "every ")) else None
    if ratio and not before[: ratio.start()].endswith("least ") and amount.value <= 20:
        return True  # "one in four"
    if words and " " not in words and ONE_IN.match(text, end, limit):
        return True  # "nine in ten of the dead"
    if before.endswith("Group of ") and amount.value in GROUPS:
        return True
    if words is not None and words.lower() in BARE_SCALES and before[-2:-1].isdigit():
        return True
    if words is None and (not before or before[-1] == "\n") and LIST_NUMBER.match(text, start):
        return True
    gap = before[-1:]
    previous = PREVIOUS_WORD.search(before[:-1].rpartition(" ")[2]) if gap in (" ", "-") else None
    if words is not None and words.lower() in ("one", "zero") and not AGE.match(text, end):
        if words == "one" and ONE_OF_THEM.match(text, end, limit):
            return False  # "freed one of them", but not "One of them left"
        return _one_is_no_count(text, end, limit, previous.group().lower() if previous else "")
    if previous is None:
        return False
    word = previous.group().lower().rstrip(".")
    if previous.group().endswith(".") and word not in ("no", "nos", "vol", "fig", "sec", "art"):
        return False  # the end of the sentence before: "last month. Three men …"
    if word == "number" and NUMBERING.search(before) is not None:
        return False  # "the victims now number 45"
    if word in DESIGNATIONS and not match["a_scale"] and not TIME_BEFORE.search(before):
        return words is not None or "," not in match["a_digits"]
    if words is not None or match["a_scale"] or "," in (match["a_digits"] or ""):
        return False
    if not previous.group()[0].isupper() or word in FUNCTION_WORDS or word in COUNTING_VERBS or gap == "-":
        return False
    if GAP_END.match(text, end) and GAPPED.search(text, max(0, start - 120), start):
        return False  # "France sent 300 soldiers and Italy 200"
    return counted_after(text, end, limit).noun is None and not (unit and MEASURE.match(text, end, limit))


def _one_is_no_count(text: str, end: int, limit: int, previous: str) -> bool:
    following = NEXT_WORD.match(text, end, limit)
    if previous == "that" and following is not None:
        word = following["word"].lower()
        return not is_person(singular(word), word)  # "said that one person died", but "that one is"
    if previous in ("no", "the", "this", "any", "every", "each", "which", "another", "number"):
        return True
    if previous in ("least", "only", "than", "killed", "nearly", "about") or previous in HARMING:
        return False
    if following is None:
        return True
    word = following["word"].lower()
    if word == "of" and (some := ONE_OF.match(text, end, limit)) is not None:
        return not is_person(singular(some["noun"]), some["noun"])
    if previous == "and" and word in ("was", "died", "remains"):
        return False  # "two were killed and one was wounded"
    if previous == "with" and word in ("seriously", "critically"):
        return False
    if previous == "with" and word == "in" and IN_A_STATE.match(text, following.end()):
        return False  # "with one in a serious condition"
    if previous in ("and", "including") and word in ("in", "from", "on"):
        place = text[following.end() + 1 : following.end() + 5]
        if place[:1].isupper() or place == "the ":
            return False  # "14 in Gulu and one in Kampala"
    return word in ONE_STOP or text[end : end + 1] == "-"
