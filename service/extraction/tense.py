"""Does the verb that governs a place in a sentence look back or ahead? Rules over the words around it."""

import re
from collections.abc import Iterator

from service.extraction.text import Direction
from service.extraction.word_lists import any_of, word_list
from service.extraction.words import Remembered

_TO_COME = any_of(word_list("scheduled slated due planned expected set likely poised supposed"))
_MODALS = any_of(word_list("will shall won't won’t would could should may might must can"))
_COMING = any_of(
    word_list(
        "begins starts opens meets ends leaves arrives returns launches expires resumes upcoming coming"
    )
)
_DONE = any_of(word_list("had used came managed failed began started continued helped forced have has"))
# The verb forms that belong to a marker: "will be held" is no "held", "to cut" no "cut".
_REST = r"(?:\s(?:not|also|then|only|soon|now))?(?:\sbe)?(?:\s[a-z]+)?"
_IRREGULAR = any_of(
    word_list(
        """
        said told was were did had has have been began came went took gave made met saw held left sent led
        found fell rose broke brought caught fought got grew heard hit kept knew lost paid put ran shot showed
        shown spoke stood struck swore thought threw won wrote fled became burst cut quit shut spent spread
        stole sank flew drew drove rode sold sought withdrew overthrew underwent signed says reports according
        """
    )
)
_NO_VERBS_IN_ED = any_of(
    word_list(
        """
        need breed speed indeed exceed proceed succeed hundred unprecedented alleged united red bed shed feed
        seed armed based led
        """
    )
)
MARKER = re.compile(
    r"(?<!\w)(?:"
    # Said to come, whatever the tense of the saying.
    rf"(?P<ahead>{_TO_COME}\s(?:to{_REST}|for|on|in|by|at)(?!\w)"
    rf"|(?:{_MODALS}|going to|is to|are to|was to|were to"
    r"|plans?\s(?:to|for)|planning to|aims? to|intends? to|hopes? to|wants? to|expects? to)"
    rf"(?!\w)(?!\shave\b){_REST}"
    rf"|(?:{_COMING}|takes place)\b"
    r"|(?:is|are)\s(?:also\s|now\s)?[a-z]+ing\b)"
    # Infinitives look ahead unless what governs them tells what was done.
    rf"|(?P<done>(?:{_DONE}|went on|was able)\sto\s[a-z]+)"
    r"|(?P<infinitive>to\s(?!(?:the|a|an|this|that|his|her|its|their|theirs|some|about|around|nearly|almost"
    r"|over|death)\s)(?:be\s)?[a-z]+(?=\s))"
    rf"|(?P<back>(?<!newly )(?:{_IRREGULAR}(?!\w)|(?!{_NO_VERBS_IN_ED}\b)[A-Za-z][a-z]+(?<=ed)(?!\w))))"
)
# Where a marker may begin: at the first word of one of its forms.
_FIRST_WORDS = word_list(
    "going is are was were plan plans planning aim aims intend intends hope hopes want wants expect expects "
    "takes went to"
)
_BEGINNING = re.compile(
    rf"(?<!\w)(?:{_TO_COME}|{_MODALS}|{_COMING}|{_DONE}|{any_of(_FIRST_WORDS)}|{_IRREGULAR}"
    r"|[A-Za-z][a-z]+(?<=ed)(?!\w))"
)
_beginnings = Remembered(lambda word: [match.start() for match in _BEGINNING.finditer(word)])
# A date right after one of these begins its clause: the verb follows.
_JOINING = any_of(word_list("and but that while when which who because as where whereas"))
CLAUSE_START = re.compile(
    rf"(?:^|[,;:—–(\"“”‘]|\b{_JOINING})"
    r"\s{0,2}(?:(?:on|in|by|from|since|until|late|early|only|just|also|earlier|later)\s){0,2}\Z"
)
_LONGEST_START = 26  # characters that it matches
WINDOW = 160
# "called a strike for Monday", "has called a rally on Saturday": the perfect goes with no day of the past.
CALLED_FOR = re.compile(
    r"\b(?:call|schedule|convene|announce|plan|set|summon|book|postpone|arrange)\w*\b[^.,;:]{0,60}\bfor\s\Z"
)
CALLED_ON = re.compile(
    r"\b(?:(?:has|have)\s(?:called|scheduled|convened|announced|arranged|summoned|set)\b[^.,;:]{0,60}"
    r"|(?:summon|invit)\w*\b[^.,;:]{0,60}\bto\b[^.,;:]{0,40}|call\w*\sfor\s(?:a|an)\b[^.,;:]{0,60})\bon\s\Z"
)


def direction_at(text: str, start: int, end: int, low: int, high: int) -> Direction | None:
    """ "past" or "future" for the words `start:end` in the sentence `low:high`; None when no verb tells."""
    left = text[max(low, start - WINDOW) : start]
    right = text[end : min(high, end + WINDOW)]
    if _is_called(left):
        return "future"
    if CLAUSE_START.search(left[-_LONGEST_START:].lower()):
        return _first(right) or _last(left)
    return _last(left) or _first(right)


def _is_called(left: str) -> bool:
    if left.endswith("for", 0, -1):
        return CALLED_FOR.search(left) is not None
    called = "ha" in left or "call" in left or "summon" in left or "invit" in left
    return called and left.endswith("on", 0, -1) and CALLED_ON.search(left) is not None


def _reading(marker: re.Match[str]) -> Direction:
    return "future" if marker.lastgroup in ("ahead", "infinitive") else "past"


def _first(text: str) -> Direction | None:
    # The object of a preposition is no verb: an infinitive right of the date tells a purpose, not the time.
    for marker in _markers(text):
        if marker.lastgroup != "infinitive":
            return _reading(marker)
    return None


def _last(text: str) -> Direction | None:
    found: Direction | None = None
    verb = ""
    for marker in _markers(text):
        if marker.lastgroup == "infinitive" and found == "past" and verb not in _ASKED:
            continue  # "sent soldiers to take the harbour on Monday"
        found = _reading(marker)
        verb = marker.group() if marker.lastgroup == "back" else ""
    return found


# What is agreed or asked for is still to come: "ordered him to appear on Friday".
_ASKED = frozenset(
    "agreed asked called invited ordered told urged decided vowed promised pledged threatened offered "
    "demanded requested instructed warned wanted planned hoped scheduled expected proposed intended voted "
    "summoned directed chose refused sought allowed required prepared arranged advised said".split()
)


def _markers(text: str) -> Iterator[re.Match[str]]:
    """The markers of a text, as `finditer` finds them: tried only at the words that may begin one."""
    begin = position = 0
    for word in text.split(" "):
        for offset in _beginnings[word]:
            if begin + offset >= position and (marker := MARKER.match(text, begin + offset)):
                position = marker.end()
                yield marker
        begin += len(word) + 1
