"""The words that say when: a named group for each form. No meaning is given to them here.

Which forms are tried at a word follows from that word, since most words of an article start no date: one
alternation over every position of the text took four times as long.
"""

import re

from service.extraction.number_words import SCALE_WORDS, SIMPLE_WORDS, WORDS
from service.extraction.word_lists import any_of, word_list
from service.extraction.words import ANY, NOTHING, GoingOn, going_on

MONTH_NUMBERS = {
    name: number
    for number, name in enumerate(
        word_list(
            """
        jan feb mar apr may jun jul aug sep oct nov dec
        """
        ),
        start=1,
    )
}
WEEKDAY_NUMBERS = {
    name: number
    for number, name in enumerate(
        word_list(
            """
    mon tue wed thu fri sat sun
    """
        )
    )
}
# Month names that are also words or given names need a preposition or a modifier before them.
DOUBTFUL_MONTHS = frozenset(("may", "mar", "apr", "jun", "aug"))

MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|\.)?"
    r"|Sept?(?:ember|\.)?"
    r"|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?"
    r"|JANUARY|FEBRUARY|MARCH|APRIL|MAY|JUNE|JULY|AUGUST|SEPTEMBER|OCTOBER|NOVEMBER|DECEMBER)(?!\w)"
)
LONG_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December)(?!\w)"
)
DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?![\w%]|[.,:]\d)"
YEAR = r"(?:1[5-9]|20)\d\d(?![\w%]|[.,:]\d)"
OF_YEAR = r"\s(?:of\s)?(?P<{}>last|next|this)\syear(?!\w)"
WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun|MON|TUES|WEDNES|THURS|FRI|SATUR|SUN)(?:day|DAY)(?!\w)"
SHORT_WEEKDAY = r"(?:Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat|Sun)\b\.?"
PART = r"morning|afternoon|evening|night"
UNIT = r"second|minute|hour|day|night|weekend|week|fortnight|month|quarter|year|decade|century"
UNITS = (
    r"seconds?|minutes?|hours?|days?|nights?|weekends?|weeks?|fortnights?|months?|quarters?|years?"
    r"|decades?|centur(?:y|ies)"
)
SEASON = r"spring|summer|autumn|fall|winter"
# "a hundred and twenty-five years" is as long as it gets.
SHORT_WORDS = WORDS.replace("{0,8}", "{0,4}")
NUMBER = rf"(?:\d{{1,3}}(?:,\d{{3}})?(?:\.\d)?(?![\w.,]\w)|(?i:{SHORT_WORDS}))"
AMOUNT = rf"(?:{NUMBER}|(?i:a few|several|a couple of|few|some|many|half an?|an?)(?=[\s-]))"
HEDGE = (
    r"(?i:(?:just |well )?(?:more than|over|less than|fewer than|under)|at least|at most|up to|about"
    r"|around|almost|nearly"
    r"|roughly|approximately|some|exactly|only|just)"
)
EDGE = r"(?i:(?:early|late|mid)(?:\sin)?|(?:the\s)?(?:very\s)?(?:start|beginning|middle|end|close)\sof)"
ZONE = r"(?:GMT|UTC|CES?T|EES?T|BST|E[SD]?T|P[SD]?T|C[SD]T|M[SD]T|MSK|[Ll]ocal [Tt]ime|Moscow time)(?!\w)"
NEWSPAPER = (
    r"(?!\s(?:Times|Mail|Telegraph|Mirror|Herald|Express|Post|Independent|People|Business Post|Night "
    r"Football|Sun))"
)

FORMS = {
    "iso": r"(?P<iso_y>(?:1[5-9]|20)\d\d)-(?P<iso_m>\d\d)-(?P<iso_d>\d\d)"
    r"(?P<iso_t>[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)?)?(?![\w-])",
    "numeric": r"(?P<num_a>\d{1,2})(?P<num_s>[./-])(?P<num_b>\d{1,2})(?P=num_s)(?P<num_y>(?:19|20)\d\d"
    r"|(?<=/)\d\d)"
    r"(?![\w/-]|[.,]\d)",
    "month_day": rf"(?:(?P<md_w>{WEEKDAY}|{SHORT_WEEKDAY}),?\s)?(?P<md_m>{MONTH})\s?(?P<md_d>{DAY})"
    rf"(?:\s?(?:-|–|—|to|through)\s?(?P<md_e>{DAY})(?!\s?(?:-|–)\s?\d))?(?:,?\s(?P<md_y>{YEAR})|{OF_YEAR.format('md_r')})?",
    "day_month": rf"(?:(?P<dm_w>{WEEKDAY}|{SHORT_WEEKDAY}),?\s)?(?:[Tt]he\s)?(?P<dm_d>{DAY})"
    rf"(?:\s?(?:-|–|—|to|and)\s?(?P<dm_e>{DAY}))?\s(?:of\s)?(?P<dm_m>{MONTH})(?:(?:,?\s|\sin\s)(?P<dm_y>{YEAR})"
    rf"|{OF_YEAR.format('dm_r')})?",
    "month_year": rf"(?:(?P<my_e>{EDGE})[\s-](?:the\s)?)?(?P<my_m>{MONTH}),?\s(?:of\s)?(?P<my_y>{YEAR})",
    "month": rf"(?:(?:(?P<m_r>[Ll]ast|[Nn]ext|[Tt]his|this past)"
    rf"|(?P<m_e>{EDGE}))[\s-])?(?P<m_m>{LONG_MONTH})(?:\s(?:of\s)?(?P<m_y>last|next|this)\syear(?!\w))?",
    "weekday": rf"(?:(?:the\s)?(?P<w_r>[Ll]ast|[Nn]ext|[Tt]his(?:\s(?:past|coming))?|[Pp]ast|[Cc]oming"
    rf"|[Ff]ollowing"
    rf"|[Pp]revious|[Ee]very|[Ee]ach)\s)?(?P<w_w>{WEEKDAY})(?:\s(?:{PART}))?(?:\s(?P<w_k>last|next)\sweek(?!\w))?{NEWSPAPER}",
    "deictic": rf"(?i:(?P<deictic_w>(?:the\s)?day before yesterday|(?:the\s)?day after tomorrow|today|tonight"
    rf"|yesterday"
    rf"|tomorrow|this\s(?:{PART})|last night)(?:\s(?:{PART}))?)(?!\w)",
    "same": rf"(?i:(?:(?:earlier|later|late)\s(?:in\s|on\s)?)?(?:the\s(?:very\s)?same|that same|that very"
    rf"|that)\s"
    rf"(?P<same_u>day|{PART}|week|weekend|month|year)(?!-|\w)|this\sday(?!-|\w)|(?:earlier|later"
    rf"|late)\s(?:in|on)\sthe\s(?P<same_v>day)"
    rf"|in\sthe\s(?P<same_p>morning|afternoon|evening))(?!\w)",
    "next_day": rf"(?i:the\s(?P<nd_s>previous|preceding|following|next)\s(?P<nd_u>day|{PART}|week"
    "|weekend|month"
    rf"|year)"
    rf"|the\s(?P<nd_v>day|night|week|month|year)\s(?P<nd_t>before|after))(?!\w)",
    "shifted": rf"(?P<sh_n>{AMOUNT})[\s-](?P<sh_u>{UNITS})\s(?P<sh_s>ago|earlier|later|before|previously"
    rf"|after)(?!\w)",
    "vague_shift": r"(?i:(?P<vs_u>days|weeks|months|years|decades|centuries|hours"
    r"|minutes)\s(?P<vs_s>ago|earlier"
    r"|later))(?!\w)",
    # "will last ten days" is no date
    "span": r"(?<!will\s)(?<!ould\s)(?<!(?:may|not)\s)(?<!(?<!compared\s)to\s)"
    rf"(?i:the\s)?(?P<sp_r>(?i:last|past|previous|next|coming|following))\s(?:(?P<sp_n>{NUMBER}|few"
    rf"|several"
    rf"|couple\sof)\s)(?P<sp_u>{UNITS})(?!\w)",
    "relative": rf"(?i:(?:(?P<re_e>early|late|mid|earlier|later|(?:the\s)?(?:very\s)?(?:start"
    "|beginning|middle"
    rf"|end) of)\s)?"
    rf"(?:the\s)?(?P<re_r>last|past|next|this past|this coming|this|coming|current)\s(?P<re_u>{UNIT}"
    rf"|{SEASON}))(?!\w|-(?:old|long|end))"
    r"|(?i:the\s(?P<re_x>weekend))(?!-|\w)",
    "edge": r"(?i:(?:the\s)?(?P<ed_e>start|beginning|middle|end)\sof\s(?:the\s)?(?P<ed_u>day|week|month|year)"
    r"|(?:the\s)?(?P<ed_y>year)[\s-]end)(?!\w)",
    "ordinal": r"[Tt]he\s(?P<od_d>(?:3[01]|[12]\d|[1-9])(?:st|nd|rd|th))(?P<od_l>\s?\((?i:local time)\))?"
    r"(?=\s*(?:[.,;:)!?\"”’(]|\Z|(?:to|and|that|at|in|when|as|until|through|local|said|for|after"
    r"|by)(?!\w)))",
    "quarter": rf"(?i:(?:the\s)?(?P<q_n>first|second|third|fourth|final|1st|2nd|3rd|4th)[\s-]quarter(?:\sof\s"
    rf"(?:(?P<q_y>{YEAR})|(?P<q_r>last|this|next)\syear))?)"
    rf"|Q(?P<q_d>[1-4])(?:[\s/]?(?P<q_z>{YEAR}))?(?!\w)",
    "season": rf"(?i:(?:the\s)?(?:(?:early|late|mid)[\s-])?(?P<se_s>{SEASON})\s(?:of\s)?(?P<se_y>{YEAR}))",
    "decade": r"(?i:the\s)?(?P<de_e>(?i:early|late|mid)[\s-])?(?:(?P<de_y>(?:1[5-9]|20)\d0)s"
    r"|['’](?P<de_s>\d0)s)(?!\w)"
    r"|(?i:the\s(?P<de_w>twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties))(?!\w)",
    "century": r"(?i:the\s)?(?:(?:early|late|mid)[\s-])?(?P<ce_n>1[5-9]|2[01])(?:th|st)[\s-][Cc]entury(?!\w)",
    "time": rf"(?:(?P<ti_h>[01]?\d|2[0-3])(?:[:.](?P<ti_m>[0-5]\d))?\s?(?P<ti_a>[aApP])\.?[mM](?:\.|\b)"
    rf"|(?P<ti_i>[01]?\d|2[0-3]):(?P<ti_n>[0-5]\d)(?::[0-5]\d)?(?!\d|:\d)(?:\s?h(?:rs)?\b)?"
    rf"|(?P<ti_z>(?:[01]\d|2[0-3])[0-5]\d)(?=\s(?:GMT|UTC|hours)))(?:\s\(?{ZONE}(?:\s?[+-]\d{{1,2}})?\)?)?"
    r"|(?i:(?P<ti_w>noon|midday|midnight))(?!\w)",
    "year": rf"(?:(?P<y_e>{EDGE})[\s-](?:the\s)?)?(?P<y_y>{YEAR})",
    "duration": rf"(?P<du_n>{AMOUNT})(?:[\s-](?:full|whole|more|straight|consecutive"
    rf"|working))?[\s-](?P<du_u>{UNITS})"
    r"(?:[\s-]long)?(?!\w|[\s-]old)|(?i:(?P<du_v>week|month|year|day|hour)s?-?long)(?!\w)",
    "set": rf"(?i:(?:every|each)\s(?:single\s)?(?P<set_u>{UNIT}|{PART}))(?!\w)"
    rf"|(?P<set_w>{WEEKDAY[:-6]}s)(?!\w)",
}
BY_NUMBER = ("shifted", "duration")
BY_DIGIT = ("iso", "numeric", "day_month", "time", *BY_NUMBER, "year", "decade", "century")
BY_MODIFIER = (
    "month_year",
    "month",
    "weekday",
    "deictic",
    "same",
    "span",
    "relative",
    "season",
    "decade",
    "century",
)
BY_EDGE = ("month_year", "month", "same", "relative", "edge", "season", "decade", "century", "year")
FORMS_AT = {
    "the": (
        *(
            "day_month",
            "month_year",
            "month",
            "weekday",
            "deictic",
            "same",
            "next_day",
            "span",
            "relative",
            "edge",
        ),
        *("ordinal", "quarter", "season", "decade", "century", "year"),
    ),
    (MODIFIERS := "last next this past coming previous following current"): BY_MODIFIER,
    (OTHERS := "that in"): ("same",),
    (EDGES := "early late mid earlier later start beginning middle end very close year"): BY_EDGE,
    "today tonight yesterday tomorrow day": ("deictic",),
    "noon midday midnight": ("time",),
    (VAGUE := "days weeks months years decades centuries hours minutes"): ("vague_shift", "duration"),
    "week month": ("duration",),
    (EACH := "every each"): ("weekday", "set"),
    SEASON.replace("|", " "): ("season",),
    (QUARTERS := "first second third fourth final q"): ("quarter",),
    (COUNTS := f"a an half several few many some {SIMPLE_WORDS} hundred thousand dozen".replace("|", " ")): (
        BY_NUMBER
    ),
    (SHORT_MONTHS := "jan feb mar apr jun jul aug sep sept oct nov dec"): (
        "month_day",
        "month_year",
        "month",
    ),
    (MONTHS := "january february march april may june july august september october november december"): (
        "month_day",
        "month_year",
        "month",
    ),
    "mon tue tues wed thu thur thurs fri sat sun": ("month_day", "day_month"),
    (WEEKDAYS := "monday tuesday wednesday thursday friday saturday sunday"): (
        "month_day",
        "day_month",
        "weekday",
    ),
    "mondays tuesdays wednesdays thursdays fridays saturdays sundays": ("set",),
}

# The words, besides figures, by which a form may go on behind one of these. Every fourth word of an article
# is one of these and few begin a date; trying all forms at each took longer than all other words together.
_UNITS = " ".join(f"{unit} {unit}s" for unit in UNIT.split("|")) + " centuries"
_PARTS = f"{PART}|{SEASON}".replace("|", " ")
_AMOUNTS = f"{COUNTS} couple {SCALE_WORDS}".replace("|", " ")
AFTER = {
    "the": "very start beginning middle end close last next this past coming current following previous "
    "preceding every each same day night week weekend month year first second third fourth final early late "
    f"mid {SEASON} twenties thirties forties fifties sixties seventies eighties nineties".replace("|", " "),
    MODIFIERS: f"past coming {MONTHS} {WEEKDAYS} {_UNITS} {_PARTS} {_AMOUNTS}",
    OTHERS: f"same very the {_UNITS} {_PARTS}",
    EDGES: f"start beginning middle end close in of on the that {MODIFIERS} {SHORT_MONTHS} {MONTHS} {_PARTS}",
    VAGUE: "ago earlier later",
    "week month": "",
    EACH: f"single {WEEKDAYS} {_UNITS} {_PARTS}",
    QUARTERS: "quarter",
    COUNTS: f"full whole more straight consecutive working and {_UNITS} {_AMOUNTS}",
}


def _alternation(names: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?P<{name}>{FORMS[name]})" for name in names))


AT_DIGIT = _alternation(BY_DIGIT)
AT_WORD = {
    variant: pattern
    for words, names in FORMS_AT.items()
    for pattern in [_alternation(names)]
    for word in words.split()
    for variant in (word, word.capitalize(), word.upper())
}


_GOES_ON = {
    variant: table
    for firsts, words in AFTER.items()
    for table in [going_on(words.split())]
    for word in firsts.split()
    for variant in (word, word.capitalize(), word.upper())
}
# "12 May", "12 to 14 May", "10 a.m.", "1,200 days": what a number may go on with that is no year.
_BEHIND_NUMBERS = going_on(
    f"to and of a p am pm full whole more straight consecutive working "
    f"{SHORT_MONTHS} {MONTHS} {_UNITS}".split()
)
_MARKS = '.,;:!?)”"'
_THOUSANDS = re.compile(r"(?:,\d{3})*")


def goes_on(matched: str, rest: str) -> GoingOn:
    """What the word after a match of `START` must be for a form to begin there (see `looking`)."""
    if matched.isalpha():
        table = _GOES_ON.get(matched)
        if table is None or (rest and rest[0] not in _MARKS):
            return ANY
        return NOTHING if rest else table
    if len(matched) == 4 and matched.isdigit():
        return ANY
    rest = rest[_end_of_thousands(rest) :]
    if rest.strip(_MARKS):
        return ANY
    return NOTHING if rest else _BEHIND_NUMBERS


def _end_of_thousands(rest: str) -> int:
    thousands = _THOUSANDS.match(rest)
    return thousands.end() if thousands else 0


# Where a date may start: at one of these words or a number, not inside a word, another number, an amount of
# money, an address or a designation ("COVID-19").
START = re.compile(
    rf"(?<![\w$£€#@.])(?<!\d[.,:/-])(?<![A-Za-z]-)(?:{any_of(AT_WORD)}(?![A-Za-z])|['’]?\d*[0-9](?!\d))"
)
HEDGE_BEFORE = re.compile(rf"(?<!\w){HEDGE}\s\Z")
