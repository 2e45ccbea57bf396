"""Where what is said stands if not behind its cue: "C, X said", "C, said X", "C, X said, C"."""

from collections.abc import Sequence

from service.extraction.attributed import Attribution, attribution
from service.extraction.contents import TELLING, nothing_follows, says_something
from service.extraction.cues import Cue
from service.extraction.heads import names_persons
from service.extraction.phrases import Clauses, is_past, phrase_end
from service.extraction.relative_clauses import told_of
from service.extraction.tokens import Token


def inverted(sentence: Clauses, index: int, after: int, cue: Cue) -> Attribution:
    """ "C, said X" where `is_inverted` holds."""
    tokens = sentence.tokens
    end = phrase_end(tokens, after, sentence)
    goes_on = _goes_on(tokens, end) and tokens[index - 1].text == "," and tokens[index - 2].tag != "quote"
    if not goes_on or tokens[end + 1].tag not in ("be", "have", "do", "modal"):
        goes_on, end = False, phrase_end(tokens, after, sentence, commas=True)
    closed = _quotation_before(sentence, index)
    goes_on = goes_on or (_resumes(sentence, after) if closed is not None else _adds(tokens, end))
    content = (closed[0] if closed else 0, len(tokens) if goes_on else index)
    return attribution(
        sentence, (index, after), (after, end), content, "inverted", cue.verb, cue.modality, cue.directive
    )


def is_inverted(sentence: Clauses, index: int, after: int, cue_verb: str) -> bool:
    """ "…", said X" and "C, said X": a comma or closing quotation before the cue and a noun phrase
    after it."""
    tokens = sentence.tokens
    closed = any(last == index for _, last in sentence.quoted.ranges)
    if (
        index < 2
        or after >= len(tokens)
        or not (closed or tokens[index - 1].text in (",", "’", "'", "?", "!"))
    ):
        return False
    if not closed and cue_verb in _WITH_OBJECTS:
        return False  # "Ana Costa, the mayor, blamed the union"
    if not closed and tokens[index - 1].text == "," and told_of(sentence, index) is not None:
        named = (sentence.by_start.get(token.start) for token in tokens[after : after + 6])
        if not any(mention is not None and mention.kind == "person" for mention in named):
            return False  # "The union, whose members fear …, demanded a new vote"
    aged = index > 3 and tokens[index - 3].text == "," and tokens[index - 2].tag == "num"
    if aged and tokens[index - 1].text == ",":
        return False  # "Ana Costa, 49, admitted four offences"
    if cue_verb in TELLING or cue_verb.endswith((" for", " on", " upon", " to", " with", " of")):
        return False  # "“C,” Ana Costa, 49, told the paper", "Ana Costa, 49, asked for the papers"
    follow = tokens[after]
    starts = (
        follow.tag == "cap"
        or follow.lower in ("the", "a", "an", "one", "his", "her", "its", "he", "she")
        or follow.start in sentence.by_start
    )
    crowd = follow.tag == "word" and names_persons(follow)  # "…!” shouted demonstrators outside"
    if (
        not starts
        and not crowd
        and not (
            follow.tag == "word" and after + 1 < len(tokens) and tokens[after + 1].tag in ("cap", "word")
        )
    ):
        return False
    if tokens[index - 1].text == "," and tokens[index - 2].tag != "quote":
        # "X, the chairman, said the firm …": an apposition stands before the cue, its content after it.
        end = phrase_end(tokens, after, sentence, commas=True)
        who = end < len(tokens) and tokens[end].lower == "who"
        told = who and any(token.tag in ("be", "have") for token in tokens[: index - 1])
        return told or end >= len(tokens) - 1 or tokens[end].text in (".", ",", ";", "?", "!")
    return True


_WITH_OBJECTS = frozenset(
    "blame accuse condemn criticise criticize denounce welcome praise applaud deny reject dismiss dispute "
    "refute order ask urge demand request invite call".split()
)


def around(sentence: Clauses, subject: tuple[int, int], after: int, ends: int) -> tuple[int, int] | None:
    """What is said before a subject and its cue, and perhaps goes on behind them; None where all of it stands
    behind. The cue ends at `after`, with whoever is told at `ends`."""
    tokens = sentence.tokens
    border = tokens[subject[0] - 1].text if subject[0] else ""
    if (closed := _quotation_before(sentence, subject[0])) is not None and not _opens_clause(tokens, after):
        return closed[0], len(tokens) if _resumes(sentence, after) else closed[1]
    if border == "," and (resumed := _opened_after(sentence, ends)) is not None:
        led_in = tokens[0].tag in ("prep", "sub") or tokens[0].lower in _ASKED  # "Asked why, X replied, “…”"
        whole = not led_in and _is_interrupted(tokens, subject[0], ends)
        return 0 if whole else resumed, len(tokens)
    if border == "," and _goes_on(tokens, ends):
        return 0 if _is_interrupted(tokens, subject[0], ends) else ends + 1, len(tokens)
    # "C, X said.": nothing but an adverbial follows the cue, and a comma or a quotation precedes its subject.
    if border in (",", "-", "–", "—") and subject[0] > 2 and nothing_follows(tokens, ends):
        told_on = ends + 2 < len(tokens) and tokens[ends].text == ";"  # "A, X said; B"
        return 0, len(tokens) if told_on or _adds(tokens, ends) else subject[0]
    return None


def _adds(tokens: Sequence[Token], after: int) -> bool:
    """ "Twelve died, X said on Friday, three of them children", "…, X said, and 30 were hurt": what stands
    behind the comma belongs to what is said."""
    comma = next((p for p in range(after, min(after + 9, len(tokens) - 2)) if tokens[p].text == ","), 0)
    if not comma:
        return False
    follow = tokens[comma + 1]
    if follow.tag == "num" or follow.lower in _PARTS:
        return tokens[comma + 2].lower in ("of", "were", "was")
    if follow.lower in ("and", "with"):
        return any(token.tag == "num" for token in tokens[comma + 2 : comma + 5])
    among = follow.lower == "among" and tokens[comma + 2].lower in ("them", "whom")
    return among or follow.lower in _ADDING


_PARTS = frozenset("most some many several two three four five six seven eight nine ten half all".split())
_ADDING = frozenset("including bringing raising taking mostly".split())


_ASKED = frozenset(("asked", "pressed", "questioned", "challenged", "speaking", "responding"))


def _quotation_before(sentence: Clauses, subject: int) -> tuple[int, int] | None:
    """ "“C,” X said", "“C,” the mayor, X, said": where what is said stands, when a quotation ends before the
    subject."""
    tokens = sentence.tokens
    for first, last in sentence.quoted.ranges:
        titled = last < subject - 1 < last + 9 and tokens[subject - 1].text == ","
        titled = titled and all(token.tag in _TITLE_TAGS for token in tokens[last + 1 : subject - 1])
        if last == subject or titled or (last + 1 == subject and tokens[last].text in (",", "'", "’")):
            return (first if first and tokens[first - 1].text == ":" else 0), last
    return None


_TITLE_TAGS = frozenset(("cap", "word", "det", "poss", "prep"))


def _opens_clause(tokens: Sequence[Token], after: int) -> bool:
    return after < len(tokens) and (tokens[after].lower == "that" or tokens[after].text == ":")


def _resumes(sentence: Clauses, after: int) -> bool:
    """ "“A,” X said, “but B”"."""
    tokens = sentence.tokens
    return any(
        first >= after and tokens[first - 1].text in (",", "–", "—", "-") and last - first > 3
        for first, last in sentence.quoted.ranges
    )


def _opened_after(sentence: Clauses, comma: int) -> int | None:
    """ "The harvest, X said, “was poor”": where the quotation after the comma opens."""
    if comma + 1 >= len(sentence.tokens) or sentence.tokens[comma].text != ",":
        return None
    return next((first for first, _ in sentence.quoted.ranges if first == comma + 1), None)


def _is_interrupted(tokens: Sequence[Token], stop: int, comma: int) -> bool:
    """ "The harvest, X said, is poor": what stands before is no mere adverbial."""
    follow = tokens[comma + 1] if comma + 1 < len(tokens) else None
    verb = follow is not None and (
        follow.tag in ("be", "have", "do")
        or (follow.tag == "modal" and follow.lower != "to")
        or is_past(follow)
        or follow.lower in ("set", "cut", "hit", "put")
    )
    noun = follow is not None and follow.tag == "quote" and stop > 2
    return says_something(tokens, stop) or ((verb or noun) and tokens[0].tag != "prep")


def _goes_on(tokens: Sequence[Token], comma: int) -> bool:
    """Whether a clause goes on after a comma here: "C, X said, C"."""
    if comma + 3 >= len(tokens) or tokens[comma].text != ",":
        return False
    follow = tokens[comma + 1]
    return follow.lower in ("because", "after", "when") or (
        follow.tag not in ("sub", "rel", "conj", "quote", "punct") and not follow.lower.endswith("ing")
    )
