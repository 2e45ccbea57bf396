"""Who is the subject of a verb that may be finite, follow "to" or be ", …ing"."""

from collections.abc import Collection, Sequence

from service.extraction.fillers import Range, fits
from service.extraction.lexicon import Filler
from service.extraction.main_subjects import main_subject
from service.extraction.modality import PLANS
from service.extraction.phrases import Clauses, is_passive, is_past, phrase_back
from service.extraction.relative_clauses import still_told_of
from service.extraction.roles import ING_NOUNS, phrase_after
from service.extraction.subjects import subject_of
from service.extraction.tokens import Token, inflections


def subject_before(clauses: Clauses, index: int) -> Range | None:
    """The subject of a finite verb, of "to …" or of ", …ing"."""
    tokens = clauses.tokens
    before = tokens[index - 1] if index else None
    if before is None:
        return None
    if (before.lower in _ASPECTS and tokens[index].lower.endswith("ing")) or before.lower in _HELPING:
        return subject_before(clauses, index - 1)  # "the alliance began bombing", "helped put out a fire"
    if (
        before.lower == "to"
        or before.lower in ("by", "after", "before", "for", "of", "in", "while", "when")
        or (before.text == "," and not _closes_aside(tokens, index - 1))
        or before.tag in ("conj", "quote")
    ):
        found = _antecedent(clauses, index) if before.lower == "and" else None
        if before.lower == "but":
            found = still_told_of(clauses, index - 1)
        if before.text == "," and (stray := _before_stray_comma(clauses, index - 1)) is not None:
            return stray
        if before.lower in ("of", "by", "for") and (accused := _accused(clauses, index)) is not None:
            return accused
        if before.lower == "to" and (supposed := _supposed(tokens, index - 1)):
            return subject_of(clauses, supposed)  # "the man is believed to have gone on to attack"
        made = phrase_back(clauses, index - 1) if before.lower == "to" else None
        if made is not None and tokens[made[0]].lower in _CAUSING and made[1] - made[0] > 1:
            return made[0] + 1, made[1]
        if made is not None and made[0] and tokens[made[0] - 1].lower in _CAUSING:
            return made  # "prompting the government to cut …"
        if (
            made is not None
            and made[0]
            and tokens[made[0] - 1].lower == "for"
            and fits(clauses, made, _ACTING)
        ):
            return made  # "a deal for Lima to host the talks"
        governing = tokens[index - 2] if before.lower == "to" and index > 2 else before
        noun = index > 2 and tokens[index - 3].tag in ("det", "poss")  # "used the split to seize a town"
        if governing.lower == "had":
            found = subject_of(clauses, index - 2)  # "the police, who had to use tear gas"
        elif governing.tag == "word" and not noun and (is_past(governing) or governing.lower in PLANS):
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
    return found and listed(clauses, found)


def listed(clauses: Clauses, found: Range, kinds: Collection[str] = ("place", "organization")) -> Range:
    """ "Lima, Quito and Bogotá hailed": the whole of a list of names, of which its last two were found."""
    tokens, first = clauses.tokens, found[0]
    if first < 2 or tokens[first - 1].text != "," or "and" not in clauses.whole.lowers[slice(*found)]:
        return found
    while first > 1 and tokens[first - 1].text == ",":
        named = clauses.by_end.get(tokens[first - 2].end)
        if named is None or named.kind not in kinds or "demonym" in named.flags:
            break
        start = first - 2
        while start and tokens[start].start > named.start:
            start -= 1
        start -= start > 0 and tokens[start - 1].lower == "the"
        titled = named.kind == "person"  # "Former guards Ana Costa, Omar Diallo and Carl Sand were charged"
        if (
            start
            and not titled
            and tokens[start - 1].text != ","
            and tokens[start - 1].lower not in _BEFORE_LISTS
        ):
            break
        first = start
    return first, found[1]


# A list may begin behind these; behind others the first name belongs to them ("in Lima, unions and …").
_BEFORE_LISTS = frozenset(("and", "while", "but", "afternoon", "morning", "evening", "that", ";", "week"))


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
        verb = word.endswith(("ing", "ed")) and tokens[position].tag == "word" and word not in ING_NOUNS
        goes_on = tokens[position + 1].tag in ("det", "prep", "num")
        if verb and goes_on and tokens[position - 1].tag in ("word", "cap"):
            return span[0], position
    return span


def _accused(clauses: Clauses, index: int) -> Range | None:
    """ "accused the army of fuelling the war by firing …", "praised the police for arresting …": whom."""
    tokens = clauses.tokens
    if not tokens[index].lower.endswith("ing"):
        return None
    for position in range(index - 2, max(0, index - 20), -1):
        if tokens[index - 1].lower == "for" and tokens[position].lower in _JUDGING:
            found = phrase_after(clauses, position + 1, ("for",))
            return found if found is not None and found[1] == index - 1 else None
        if tokens[position].lower == "accused" and tokens[position + 1].lower == "of":
            return phrase_back(clauses, position) if not is_passive(tokens, position) else None
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


_ASPECTS = frozenset(
    form
    for verb in "begin start continue keep resume stop finish".split()
    for form in inflections(verb)
)  # fmt: skip
_HELPING = frozenset(("help", "helps", "helped"))
_ACTING = Filler(kinds=("person", "organization", "place"), persons=True)
_JUDGING = frozenset(
    "praised praises praising thanked thanks thanking congratulated congratulates congratulating criticised "
    "criticized criticises criticizes criticising criticizing condemned condemns condemning blamed blames "
    "blaming commended applauded".split()
)
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
