"""Does the verb that governs a place in a sentence look back or ahead? Rules over the words around it."""

import re

from service.extraction.text import Direction
from service.extraction.word_lists import word_list

_LOOK_AHEAD_NOUNS = "scheduled|slated|due|planned|expected|set|likely|poised|supposed"
# The verb forms that belong to a marker: "will be held" is no "held", "to cut" no "cut".
_REST = r"(?:\s(?:not|also|then|only|soon|now))?(?:\sbe)?(?:\s[a-z]+)?"
_IRREGULAR = "|".join(
    word_list(
        """
        said told was were did had has have been began came went took gave made met saw held left sent led
        found fell rose broke brought caught fought got grew heard hit kept knew lost paid put ran shot showed
        shown spoke stood struck swore thought threw won wrote fled became burst cut quit shut spent spread
        stole sank flew drew drove rode sold sought withdrew overthrew underwent signed says reports according
        """
    )
)
_NO_VERBS_IN_ED = "|".join(
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
    rf"(?P<ahead>(?:{_LOOK_AHEAD_NOUNS})\s(?:to{_REST}|for|on|in|by|at)(?!\w)"
    r"|(?:will|shall|won['’]t|would|could|should|may|might|must|can|going to|is to|are to|was to|were to"
    r"|plans?\s(?:to|for)|planning to|aims? to|intends? to|hopes? to|wants? to|expects? to)"
    rf"(?!\w)(?!\shave\b){_REST}"
    r"|(?:begins|starts|opens|meets|ends|leaves|arrives|returns|launches|expires|resumes|takes place"
    r"|upcoming|coming)\b"
    r"|(?:is|are)\s(?:also\s|now\s)?[a-z]+ing\b)"
    # Infinitives look ahead unless what governs them tells what was done.
    r"|(?P<done>(?:had|went on|used|came|managed|failed|began|started|continued|helped|forced|have|has)"
    r"\sto\s[a-z]+)"
    r"|(?P<infinitive>to\s(?!(?:the|a|an|this|that|his|her|its|their|some|about|around|nearly|almost|over)\s)"
    r"(?:be\s)?[a-z]+(?=\s))"
    rf"|(?P<back>(?:{_IRREGULAR})(?!\w)|(?!(?:{_NO_VERBS_IN_ED})\b)[A-Za-z][a-z]+(?<=ed)(?!\w)))"
)
# A date right after one of these begins its clause: the verb follows.
CLAUSE_START = re.compile(
    r"(?:^|[,;:—–(\"“”‘]|\b(?:and|but|that|while|when|which|who|because|as|where|whereas))\s{0,2}"
    r"(?:(?:on|in|by|from|since|until|late|early|only|just|also|earlier|later)\s){0,2}\Z",
    re.IGNORECASE,
)
WINDOW = 160
# "called a strike for Monday", "has called a rally on Saturday": the perfect goes with no day of the past.
CALLED = re.compile(
    r"(?:\b(?:call|schedule|convene|announce|plan|set|summon|book|postpone|arrange)\w*\b[^.,;:]{0,60}\bfor"
    r"|\b(?:has|have)\s(?:called|scheduled|convened|announced|arranged|summoned|set)\b[^.,;:]{0,60}\bon)\s\Z"
)


def direction_at(text: str, start: int, end: int, low: int, high: int) -> Direction | None:
    """ "past" or "future" for the words `start:end` in the sentence `low:high`; None when no verb tells."""
    left = text[max(low, start - WINDOW) : start]
    right = text[end : min(high, end + WINDOW)]
    if CALLED.search(left):
        return "future"
    if CLAUSE_START.search(left[-40:] if start - low > 40 else left):
        return _first(right) or _last(left)
    return _last(left) or _first(right)


def _reading(marker: re.Match[str]) -> Direction:
    return "future" if marker.lastgroup in ("ahead", "infinitive") else "past"


def _first(text: str) -> Direction | None:
    # The object of a preposition is no verb: an infinitive right of the date tells a purpose, not the time.
    for marker in MARKER.finditer(text):
        if marker.lastgroup != "infinitive":
            return _reading(marker)
    return None


def _last(text: str) -> Direction | None:
    found: Direction | None = None
    for marker in MARKER.finditer(text):
        found = _reading(marker)
    return found
