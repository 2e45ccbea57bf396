"""Patterns of the quantity grammar."""

import re
from collections.abc import Iterable

from service.extraction.currency_words import CURRENCY_CODES, CURRENCY_SIGNS, CURRENCY_WORDS
from service.extraction.number_words import SCALE_WORDS, WORDS
from service.extraction.quantity_words import MEASURES, SHORT_SCALES, TRAILING_HEDGES, VAGUE
from service.extraction.text import QualifierName
from service.extraction.word_lists import any_of, word_set
from service.extraction.words import Remembered


def _either(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


DIGITS = (
    r"\d{1,3}(?:,\d{3}){1,6}(?:\.\d{1,9})?(?![\d,]\d|\d)"
    r"|\d{1,2}(?:,\d{2}){1,4},\d{3}(?![\d,]\d|\d)"
    # not "20 777-9 jets", "two 787 freighters"
    r"|\d{1,3}(?:[  \u2009\u202f](?!7[0-8]7(?:-\d\w*\s|s?\s(?:MAX|Max|Dream|jet|freight|plane)))\d{3}){1,4}"
    r"(?!(?!ha\b|km|m²)\w|[.,]\d)"
    r"|\d{1,3}(?:\.\d{3}){2,5}(?![\d.,]\d|\d)"
    r"|\d{1,15}(?:[.,·]\d{1,9})?(?![.,]?\d)"
)
# "N95 masks" and "R2" are no money: a single letter wants thousands, cents or a scale word after it.
_LETTERS = (
    r"(?:Rs\.?|RM|Rp|Tk|KSh|TSh|USh|[KUT]shs?|Shs|Sh\.?|GH[₵¢]|Dhs?|SFr)(?=\s?\d)"
    r"|(?:[RNP]|SR|QR)(?=\d{1,3}(?:,\d{3}|\.\d\d(?!\d)|(?:\.\d+)?[\s-]?(?:[mb]n?|tn|million|billion|trillion)(?!\w)))"
)
SIGN = rf"(?:{_either(CURRENCY_SIGNS)}|{_LETTERS}|(?:{'|'.join(sorted(CURRENCY_CODES))})(?=\s?[$€£]?\s?\d))"
LONG_SCALE = (
    r"hundred thousand|hundred million|hundred|thousand|million|billion|trillion|dozen"
    r"|lakh crore|lakhs|lakh|crores|crore"
)
SCALE = rf"(?:[\s-]?(?P<{{0}}scale>(?i:{LONG_SCALE})|{_either(SHORT_SCALES)})(?![\w’']))"
NUMBER = (
    rf"(?P<{{0}}sign>{SIGN}\s?[$€£]?\s?)?(?P<{{0}}minus>[-−](?=\d))?"
    rf"(?:(?P<{{0}}digits>{DIGITS})|(?P<{{0}}words>(?i:{WORDS})))" + SCALE + "?"
)


def _number(name: str) -> str:
    # Not str.format: the pattern holds braces of its own.
    return NUMBER.replace("{0}", name)


ONE = re.compile(_number("a_"))
# What may follow the first of two numbers: anything else follows one that stands alone.
LINKED = re.compile(r"(?:\s?(?:%|percent|per cent)|[\s-]?(?:km|kg|m))?(?:\s?[-–—]\s?|\s(?:to|or|and)\s)")
PAIR = re.compile(
    _number("a_") + r"(?:(?P<percent>\s?(?:%|percent|per cent))|[\s-]?(?:km|kg|m))?"
    r"(?P<link>\s?[-–—]\s?|\sto\s(?:as\smany\sas\s)?|\sor\s|\sand\s)" + _number("b_")
)
MEASURE = re.compile(rf"(?P<gap>[\s-]?)(?P<unit>{_either(MEASURES)})(?![\w’]|-(?!old|long))")
_FIRST_OF_UNITS = word_set("percentage per percent pct pc p.p. pound year times fold to against") | {
    unit.split()[0].lower() for unit in (*MEASURES, *CURRENCY_WORDS, *CURRENCY_CODES)
}
_UNIT = re.compile(rf"%|{any_of(_FIRST_OF_UNITS)}(?:s|es)?(?!\w)", re.IGNORECASE)
_begins_unit = Remembered(lambda word: _UNIT.match(word) is not None)


def may_have_unit(text: str, end: int) -> bool:
    """Whether a unit may follow a number that ends here: most are followed by another word, which is
    remembered."""
    if not text.startswith(" ", end):
        return not text.startswith((",", ".", ";", ":", ")", "”", '"'), end) and end < len(text)
    stop = text.find(" ", end + 1)
    return _begins_unit[text[end + 1 : stop] if stop > 0 else text[end + 1 :]]


PERCENT = re.compile(
    r"[\s-]?(?:%|(?i:percentage[\s-]points?|per[\s-]?cent(?:age points?)?|pct|pc|p\.p\.)(?!\w))"
)
CODES = "|".join(sorted(CURRENCY_CODES))
CURRENCY = re.compile(
    rf"[\s-](?P<word>(?i:{any_of((*CURRENCY_WORDS, 'pound'))})(?:s|es)?)(?![\w’-])"
    rf"|\s?(?P<code>{CODES})(?!\w)"
)
# "at 11.65 to the dollar": what a currency costs whose name is not told again.
RATE = re.compile(
    r"\s(?:(?:to|against)\s(?:the|one|a)\s|per\s(?:the\s)?)(?:U\.?S\.?\s)?(?:dollar|greenback|euro|yen|pound)(?!\w)"
)
# "injured another", "the injury of another": one more.
ANOTHER_OF = re.compile(
    r"(?<!\w)(?:kill(?:ed|ing|s)|injur(?:ed|ing|es)|wound(?:ed|ing|s)|hurt(?:ing)?|arrest(?:ed|ing|s)|detain(?:ed|ing)"
    r"|leaving|left|(?:injury|wounding|death|killing|arrest) of)\s\Z"
)
ANOTHER = re.compile(
    r"another(?=[.,;:”\"]|\s(?:in|at|on|near|and|when|while|after|as|during|seriously|critically|badly|dead"
    r"|missing|injured|wounded|hurt|with|was|according|late|early|outside)\b|\Z)"
)
# "and another was wounded", "and another injured"; but "and another injured passengers"
ANOTHER_WAS = re.compile(
    r"another(?=\s(?:(?:was|has been|had been|remains|remained)\s|suffered\s"
    r"|(?:died|killed|injured|wounded|hurt|arrested|detained|missing)(?!\w)(?!\s[A-Za-z]+s(?!\w))))"
)
SAME_SENTENCE = re.compile(r"(?:[^.!?\n]|[.!?](?!\s)){1,240}")
OF_MONEY = re.compile(
    r"(?<!\w)(?:(?:loss(?:es)?|profits?|income|sales|revenues?|turnover|earnings|costs?|debts?|worth|deficit"
    r"|surplus|sum|budget|total|aid|loans?|contribut\w+|donat\w+|pledg\w+|offer\w*|commit\w+|promis\w+|gave|giv\w+|pa(?:id|ys?|ying)"
    r"|spen[dt]\w*|invest\w*|lost|earned|made)(?:\s(?:of|a|an|some|about|another|almost|nearly|around|over"
    r"|more than|from|to|at|was|were|is|fell|rose|dropped|climbed|grew|jumped|slumped|slid|declined|widened"
    r"|narrowed|shrank|halved|doubled|tripled|reached|came|amounted|stood|increased|soared|plunged)){0,3}"
    r"|compared\s(?:with|to)|against|from|another|[A-Z][a-z][\w.-]*)\s\Z"
)
# "up from 150 last month", "that cost 1,500 rupees goes for 3,000", "39.1 percent, up from 29.8 in April":
# what a bare figure is compared with.
COMPARED = re.compile(
    r"(?<!\w)(?:by|from|compared (?:with|to)|against|versus|costs?"
    r"|(?:go|goes|going|went|sells?|sold|selling|bought) for)\s\Z"
)
# "the Liberals 11.5", "after 7.9 in May", "ahead of the Greens on 21": what may stand between a percentage
# and a bare figure of the same kind, and after it.
GAP = re.compile(
    r"[^.;\d%]{0,90}(?:\b(?:and|after|from|of|against|versus|with|had|has|took|won|got|scored|polled"
    r"|received|than|his|her|on)|[A-Z][\w’'.-]*,?|[a-z’']+,"
    r"|\b(?:the|his|her|its|their|whose|a)(?:\s[\w’'-]+){1,3})\s(?:only\s|just\s|at\s|on\s)?"
)
GAP_END = re.compile(
    r"[,;:.)](?!\d)|\s(?:in|for|on|and|at|the|a|last|this|next|earlier|according|while|whereas|before)\b|\Z"
)
# "(755 million in 2021)", "made 45 million euros on sales of 1.1 billion": millions after a sum.
MILLIONS_AGAIN = re.compile(
    r"(?:\((?:\d{4}:\s)?|(?<!\w)(?:after one of|accounted for|and spent|and earned|kept|took in"
    r"|yielded|yielding|brought in|left|from|to))\s?\Z"
)
# "30 rupees in March, was selling at 85", "last month the sticker said 21,500".
MOVED_ON = re.compile(
    r"(?<!\w)(?:(?:stood|was|is|now|traded|trades|closed|selling|sells|sold|quoted|priced|put|set) at"
    r"|(?:euros?|dollars?|pounds|rupees|yen|gone|sunk|fallen|risen|fell|rose|climbed|jumped|dropped|slid"
    r"|weakened|slipped|soared|eased|recovered|up|down|\d) to|charged|says?|said|asked?|pa(?:y|ys|id)"
    r"|gives?|gave|fetched|fetches|peak of|high of|low of|from\s[^.;,]{4,32}\sto|\()\s?\Z"
)
# "his nearest rival managed 12": a share after a share, in a clause of its own.
SHARES_AGAIN = re.compile(
    r"(?<!\w)(?:managed?|got|took|won|polled|scored|received|drew)\s(?:only\s|just\s)?\Z"
)
# Where these stand a bare decimal is no share and no sum: a magnitude, points, a rate of exchange.
NO_SHARE = re.compile(
    r"(?<!\w)(?:magnitude|quake|richter|scale|points?|index|degrees|temperature|score|per|a litre"
    r"|to the|against the|ratio|percentage|children|version)(?!\w)|[$€£¥]\s?[\d.]+\Z",
    re.IGNORECASE,
)
SHARE_END = re.compile(
    GAP_END.pattern + r"|\s(?:from|up|down|after|against|compared|two|three|four|five|year)\b"
)
# A bare number behind a name, where an earlier number of the sentence may lend it the noun: "and Italy 200".
GAPPED = re.compile(
    r"\d[^.;!?\n]{0,80}(?:\b(?:and|while|whereas|but)|[,;])\s(?:in\s|at\s)?(?:the\s)?(?:[A-Z][\w’'-]*\s){1,3}\Z"
)
# "47 pounds ($65.84) a share" is money, "47 pounds" may be a weight.
PAID_FOR = re.compile(
    r"\s(?:\((?:US|C|A)?[$€£]|(?:a|an|per|each)\s(?:share|barrel|litre|liter|month|year|week|hour|night|day|ticket"
    r"|head|person|tonne|ton|unit)(?!\w)|in\s(?:cash|aid|damages|fines|fees|compensation)(?!\w))"
)
COSTS = re.compile(
    r"(?<!\w)(?:(?:sells?|goes|sold|going|selling|retails?|traded|trades|trading|hands) for"
    r"|prices?|costs?|fees?|fares?|fin(?:e|es|ed)|rents?|wages?|salary|shares?|paid|pays?)(?!\w)[^.;!?]*\Z"
)
SCARCE_CURRENCIES = frozenset(
    (
        "crown",
        "lei",
        "won",
        "real",
        "som",
        "rand",
        "dram",
        "lari",
        "taka",
        "cent",
        "reais",
        "pound",
        "sol",
        "colon",
        "sum",
        "soum",
        "marks",
        "kina",
        "punt",
        "sen",
        "sterling",
        "bitcoin",
        "lats",
    )
)
TRAILING_WORDS = _either(words for words in TRAILING_HEDGES if words[0].isalpha() and words != "plus")
TRAILING = re.compile(rf"\s(?P<words>(?i:{TRAILING_WORDS}))(?!\w)|(?P<mark>-odd|-plus|\+)(?!\w)")
BETWEEN = re.compile(r"(?<!\w)between\s\Z", re.IGNORECASE)
# "is up to 40 from 36": risen, no bound
RISEN = re.compile(r"(?:,|(?<!\w)(?:is|are|was|were|now|went|gone|been)) up to \Z", re.IGNORECASE)
# "has risen by two to 15 after": no "by two to three percent"
RISEN_BY = re.compile(
    r"[.,;]|\s(?:on|in|after|following|as|since|when|while|with|over|this|last|by)(?!\w)|\Z"
)
FROM_BEFORE = re.compile(r" from (?:the )?(?=[\d$€£])")
FROM = re.compile(r"(?<!\w)from\s\Z", re.IGNORECASE)
# "fell $2 to $81": what stands before the change itself.
CHANGED = re.compile(
    r"(?<!\w)(?:by|up|down|off|another|fell|rose|gained|lost|added|dropped|climbed|slipped|slid|jumped|sank|surged|shed"
    r"|plunged|tumbled|advanced|eased|declined|increased|soared|slumped|rallied|retreated|dipped"
    r"|falling|rising|gaining|losing|adding|dropping|climbing|slipping|jumping|shedding)\s\Z"
)
MOVE = re.compile(
    r"(?<!\w)(?:r[io]se[sn]?|rising|f[ae]ll(?:en|s|ing)?|drop\w{0,4}|increas\w{1,4}|decreas\w{1,4}"
    r"|climb\w{0,3}|jump\w{0,3}"
    r"|surg\w{1,3}|soar\w{0,3}|grew|grow\w{0,3}|cut\w{0,4}|rais\w{1,3}|lower\w{0,3}|reduc\w{1,4}|up"
    r"|down|slid\w{0,3}|slump\w{0,3}"
    r"|shr[aiu]nk\w{0,3}|chang\w{1,3}|went|gone|doubl\w{1,3}|tripl\w{1,3}|revis\w{1,3}|correct\w{2,3}|amend\w{2,3}|updat\w{1,3}|adjust\w{2,3}|upped"
    r"|expand\w{0,3})(?!\w)",
    re.IGNORECASE,
)
VOTE = re.compile(
    r"(?<!\w)(?:vot\w{1,4}|w[io]n\w{0,4}|beat\w{0,3}|defeat\w{0,4}|los[est]\w{0,3}|score\w{0,2}|draw"
    r"|drew|lead|led|victor\w{1,3}"
    r"|match|game|goals?|tie[ds]?|majority)(?!\w)",
    re.IGNORECASE,
)
VAGUE_PATTERN = re.compile(
    rf"(?i:(?P<plural>{_either(VAGUE)})(?P<again>\s(?:upon|and)\s(?P=plural))?"
    r"|(?P<some>several|a few|many|few|some)\s"
    r"(?P<scale>dozen|hundred thousand|hundred|thousand|million|billion)s?)(?!\w|-)(?:\s(?P<more>more))?"
)
FRACTION = re.compile(
    r"(?i:(?P<part>half)(?=\s(?:of|the|its|all)\b)|(?:(?P<count>a|one|two|three|four|1|2"
    r"|3)[\s-])(?P<name>third|quarter|fifth|tenth)s?"
    r"(?=\s(?:of|the)\b))(?!\w)"
)
# "a fifth dearer", "fell by two thirds", "half a percent": parts that are told as what percent tell.
PART = re.compile(
    r"(?i:(?P<count>an?|one|two|three)[\s-](?P<name>third|quarter|fifth|sixth|eighth|tenth)s?)"
    r"(?!\w|\s(?:of\s(?:an?|one)|point|percentage|final|century|hour|mile|day|time))"
    r"|(?i:(?P<half>half)\s(?:a|of\s(?:a|one|1))\sper\s?cent)(?!\w)"
)
PART_MORE = re.compile(
    r"\s(?:dearer|cheaper|higher|lower|stronger|weaker|above|below|up|down|more expensive"
    r"|(?:more|less)(?!\s(?:of|to|in)\s)|of (?:its|their) value)(?!\w)"
)
BY_PART = re.compile(
    r"(?<!\w)(?:by|up|down|rose|risen|fell|fallen|climbed|dropped|jumped|lost|gained)"
    r"\s(?:(?:almost|nearly|about|around|roughly|over|more than|less than|at least|up to|some|only"
    r"|just|as much as|another|a further)\s)?\Z",
    re.IGNORECASE,
)
# "a third", "a couple", "a million": no other words with an article before them are read as numbers.
ARTICLE = re.compile(
    rf"(?i:an?[\s-](?:third|quarter|fifth|sixth|eighth|tenth|couple|score|pair|{SCALE_WORDS}|half[\s-](?:{SCALE_WORDS})))"
)
OF_A_SCALE = re.compile(r"\sof\sa\s(?P<scale>million|billion|trillion|hundred)(?!\w)")
COUPLE = re.compile(
    r"(?i:a\s(?P<word>couple|score|pair)(?:\sof)?(?:\s(?P<scale>dozen|hundred|thousand|million|billion))?)(?!\w)"
)
NONE = re.compile(
    r"(?i:no|zero)(?=\s(?:reported\s|confirmed\s|civilian\s)?(?:deaths|casualties|fatalities|injuries|arrests|victims|lives)\b)"
    # "nobody was hurt", "none of the guests were killed"
    # "no passengers were hurt", "not a single villager died"
    r"|(?i:no|not\s(?:one|a\ssingle))(?=\s(?!one\s)(?:[a-z-]+\s){1,2}(?:(?:was|were|is|are|has\sbeen|have\sbeen|had\sbeen)"
    r"\s(?:[a-z]+ly\s)?(?:killed|hurt|injured|wounded|harmed|arrested|detained|missing)(?!\s(?:more|by))|died|perished)\b)"
    r"|(?i:nobody|no[\s-]one|none(?=\sof\s))(?=(?:\sof\s(?:the|those|its|her|his)(?:\s[a-z]+){1,3})?"
    r"\s(?:(?:was|were|is|are|has\sbeen|have\sbeen|had\sbeen)\s(?:[a-z]+ly\s)?"
    r"(?:killed|hurt|injured|wounded|harmed|arrested|detained|missing)|died|perished)\b)"
)
AGE = re.compile(r"-years?-olds?(?!\w)|\syears?[\s-](?:old|of age)(?!\w)", re.IGNORECASE)
AGED = re.compile(
    r"(?<!\w)(?:(?:oldest|youngest)(?:\s[\w’'-]+){0,3}\s(?:was|is)|the\s(?:oldest|youngest)(?:\sof\s(?:them|whom))?"
    r"|aged?|ages|at the age of|age of|ages of|turned|turns|who is|who was"
    r"|(?:died|dies)(?:\s[\w’'-]+){0,6} at"
    r"|(?:boy|girl|child|man|woman|son|daughter|baby|toddler|infant|youth) of"
    r"|\ba [A-Z][a-z]+(?:an|ish|ese|i) of)\s(?:just\s|only\s)?\Z",
    re.IGNORECASE,
)
APPOSED_AGE = re.compile(
    r"[A-Z][\w’'-]*,\s(?:at\s|then\s|now\s)?\Z|(?<!\w)(?:man|woman|boy|girl|son|daughter|mother|father|brother|sister|wife|husband"
    r"|student|driver|pilot|teacher|officer|soldier|widow|nurse|farmer|pensioner|player|singer|actor"
    r"|(?:two|three|four|five|\d)\s(?:[a-z]+\s)?(?:sons|daughters|children|boys|girls|brothers|sisters)),\s\Z"
    r"|(?<!the\s)(?<![\w’'.-])[A-Z][\w’'.-]*\s[A-Z][\w’'-]*\s\(\Z|(?:\A|\n|[.!?][\"”]?\s)At\s(?:just\s|only\s)?\Z"
    r"|\b(?:[Hh]e|[Ss]he)\s(?:is|was)\s(?:just\s|only\s)?\Z|\b(?:both|each),?\s(?:aged\s)?\Z"
)
# "named as John Smith, 54.", "She was 67.": an age that ends its sentence.
NAMED_AGE = re.compile(r"[A-Z][\w’'-]+\s[A-Z][\w’'-]+,\s\Z|\b(?:[Hh]e|[Ss]he)\s(?:is|was)\s\Z")
IN_A_STATE = re.compile(
    r"\s(?:a\s)?(?:serious|critical|grave|intensive|stable)\s(?:condition|care|state)(?!\w)"
)
IN_PLACE = re.compile(r"\b(?:[Ii]n|[Aa]t|[Nn]ear|[Ff]rom)\s[A-Z][\w’'-]+\s[A-Z][\w’'-]+,\s\Z")
PERSON_OF = re.compile(r"(?<!\w)(?:[Aa]n?|[Tt]he)\s(?:[a-z-]+\s){0,2}(?P<noun>[a-z]+)\sof\s\Z")
NEGATION = re.compile(
    r"(?<!\w)(?:not|cannot|never)\s(?:(?!that\b)[a-z]+\s){1,2}\Z|n['’]t\s(?:(?!that\b)[a-z]+\s){1,2}\Z"
)
NEGATED: dict[QualifierName, QualifierName] = {"more_than": "at_most", "less_than": "at_least"}
EXTRA = re.compile(
    r"(?<!\w)(?:another|a further|further|an additional|additional|an extra|extra)\s\Z", re.IGNORECASE
)
ALL_OF = re.compile(r"(?<!\w)all\s(?:the\s)?\Z", re.IGNORECASE)
MULTIPLE = re.compile(r"[\s-](?:times|fold)(?!\w)|(?<=\d)x(?!\w)|-?fold(?!\w)")

# A number right after one of these is a name's number, not a count.
DESIGNATIONS = word_set(
    """
    flight article articles chapter section page pages no nos number channel route highway version
    resolution season episode room gate platform terminal pier level phase stage grade class category
    type model block apartment division ward district zone lot round game part volume formula area psalm
    case protocol unit title rule act boeing airbus tupolev ilyushin antonov sukhoi mig iphone ipad ipod
    windows android xbox playstation galaxy nokia bbc covid group option figure table appendix annex
    paragraph clause amendment proposition runway line window pier exit track lane hall vitamin agenda
    pm2 top day sol apollo soyuz proton ariane falcon python ios euro cop g tier code year week month
    quarter
    """
)
# The Group of Seven and others are named by their number.
GROUPS = frozenset((5, 7, 8, 10, 15, 20, 24, 77))
FUNCTION_WORDS = word_set(
    """
    the a an and or of in on at by for from with to about around some nearly almost over under more
    least than only just at all these those its his her their our my this that when while as if but so
    after before since until during between among approximately roughly estimated another further
    additional up another including killed injured police is are was were has have had there here it he
    she they we you i least most fewer less not no yes also together meanwhile where which who both
    either neither each every any exactly because within without per plus minus versus via through
    against into onto toward towards upon across beyond despite except like near off out
    """
)
# Verbs with a bare number for their object, most of all in headlines: "Blast Kills 9, Hurts 173".
HARMING = word_set(
    """
    kill kills killing wound wounds wounding hurt hurts hurting injure injures injuring arrest arrests
    arresting detain detains detaining drown drowns drowning behead beheads beheading hang hangs execute
    executes executing
    """
)
COUNTING_VERBS = HARMING | word_set(
    """
    leave leaves leaving claim claims claiming free frees freeing release releases rescue rescues
    rescuing evacuate evacuates displace displaces strand strands trap traps nab nabs seize seizes jail
    jails abduct abducts cut cuts cutting axe axes shed sheds hire hires buy buys sell sells send sends
    draw draws hit hits top tops reach reaches near nears pass passes exceed exceeds dead
    """
)
# "last week 13 people drowned": a stretch of time before, and no number of it.
TIME_BEFORE = re.compile(
    r"(?<!\w)(?:last|this|next|that|past|same|a|every|each|previous)\s(?:day|week|month|year|quarter|season|night)\s\Z",
    re.IGNORECASE,
)
# "victims now number 45", "the dead are thought to number 12": a verb.
NUMBERING = re.compile(
    r"(?:[a-z]{3,}s|people|men|women|children|dead|slain|fallen|injured|wounded|hurt|missing|homeless|displaced|now|to|may|could|must|might|should|\))\snumber\s\Z"
)
PREVIOUS_WORD = re.compile(r"[A-Za-z][A-Za-z’'.&]*\Z")
OPENING = "(\"“‘'[—–-"
LIST_NUMBER = re.compile(r"\d{1,3}[.)]\s")
AFTER_REJECT = re.compile(
    r"(?:st|nd|rd|th)(?!\w)|[\w’]|[:/]\d|[-–]\d|°(?![CF])|-(?:[a-z]*(?:sided|time|way|on-one|off|party)\b)"
)
TELEPHONE = re.compile(r"\+?\d{1,4}(?:[\s()-]{1,2}\d{2,5}){2,5}(?!\d)")
ONE_STOP = word_set(
    """
    of another day time side way thing hand must can could will would should may might is was has had in
    on at who that which and or but for to from by with as if when where such else off out up
    """
)
# "one of its soldiers was killed"
ONE_OF = re.compile(
    r"\sof\s(?:its|their|his|her|our|the|those|these)\s(?:[a-z]+\s)?(?P<noun>[a-z]+s|men|women|children)\s"
    r"(?=was|were|died|had|has|is|in|who|and)"
)
ONE_OF_THEM = re.compile(r"\sof\s(?:them|whom)(?!\w|,? aged)")
# "nearly one in three of them", "two in five"; but not "killed two in ten days".
ONE_IN = re.compile(
    r"\s(?:in|out of)\s(?:every\s)?(?:\d|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty)(?!\w)"
    r"(?!\s(?:\w+\s)?(?:hours|days|weeks|months|years|minutes|attacks|incidents|places))"
    r"|\s(?:families|households|houses|homes)\s(?:in|out of)\s(?:every\s)?(?:\d|three|four|five|ten|twenty)"
    r"(?=\s(?:have|has|had|are|were|is|was|lost|lack|live|need)(?!\w)|[,.;])"
)
# "nine families in ten"
_KIN = r"(?:families|households|houses|homes)"
AFTER_IN = re.compile(
    rf"(?<!\w)(?:one|two|three|four|five|six|seven|eight|nine)\s(?:{_KIN}\s)?(?:in|out of)\s(?:every\s)?\Z",
    re.IGNORECASE,
)
NEXT_WORD = re.compile(r"[\s-](?P<word>[A-Za-z][\w’']*)")
SPACED_GROUPS = re.compile(r"\d{1,3}(?:[  \u2009\u202f]\d{3})+")
# "five U.S. and two Iraqi soldiers": an adjective of origin may stand before the first noun left out.
COORDINATION = re.compile(r"(?:\s[A-Z][\w.]+)?\s(?:and|or|to)\s|,\s(?:and\s)?(?:another\s)?")
# The rest of a word or number that turned out to be none: it is passed over whole.
GLUED = re.compile(r"[\w.,:/’'-]*\w")
BARE_SCALES = frozenset(LONG_SCALE.split("|"))
VOTES_GAP = 60


def starting(words: Iterable[str]) -> re.Pattern[str]:
    """Where a quantity may start: at one of these words, a sign of money or a digit; not inside a word."""
    return re.compile(
        rf"(?<![\w.,/@&~])(?<!\d[:-])(?<![A-Za-z][-–])(?:{any_of(words)}(?![\w$])"
        r"|(?:R[sMp]?|N|P|[SQ]R|Tk|[KTU]?[Ss]hs?\.?|Dhs?|SFr|CHF|EUR|USD|GBP)(?=\d)"
        r"|(?:[A-Z]{1,3}(?=\$))?[$€£¥₽₸₹₩₺₴₪₦₫₱฿₼₾֏₵₡৳₲]|GH[₵¢]|[-−]?\d+)"
    )
