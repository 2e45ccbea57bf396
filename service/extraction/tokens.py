"""Words of a sentence with the few word classes that the grammars of this package need.

There is no part-of-speech tagger: function words are a closed list, everything else is told apart by its
place. That is enough for attributions and quantities, and costs microseconds.
"""

import re
from collections.abc import Iterable

import msgspec

from service.extraction.words import Remembered

# Plain words, which most tokens are, come first: the forms after them are tried at marks, digits and single
# letters, and where an apostrophe or a hyphen follows.
TOKEN = re.compile(
    r"[^\W\d]\w++(?!['’‐‑-])|``|''|(?:[^\W\d_]\.){2,}|\b[ODL][’'](?=[A-Z])\w+(?:[-‐‑]\w+)*|[’'](?:s|re|ve|m|ll|d)\b|n[’']t\b|\w+(?=n[’']t\b)|\d+(?:[.,:]\d+)*\w*(?:[-‐‑]\w+)*|\w+(?:[-‐‑]\w+)*|\S"
)

_CLASSES = {
    "be": "be am is are was were been being 're 'm",
    "have": "have has had having 've",
    "do": "do does did",
    "modal": "will would can could may might shall should must 'll to",
    "det": "the a an this that these those its his her their our my your some any each every no all both",
    "prep": "of in on at by for from with about into onto over under between among amid during "
    "through throughout across against near inside outside around along behind beyond within "
    "without toward towards upon via "
    "despite per off out up down including like",
    "conj": "and or but nor plus",
    "sub": "after before when while because since if unless until although though where whereas as "
    "once whether than so",
    "rel": "who which whom whose that",
    "pron": "he she it they we i you him them us me one nobody someone anyone everyone",
    "neg": "not n't never nor neither cannot",
    "adv": "also then later earlier now already still just only even again soon so far once yet here there "
    "today yesterday tomorrow tonight meanwhile however ever always often together too almost both formally "
    "officially "
    "publicly reportedly allegedly recently previously initially finally subsequently",
}
# A word in two classes keeps the first that is listed here; the grammars that care look at the word itself.
_TAGS: dict[str, str] = {}
for _tag in ("be", "have", "do", "neg", "modal", "rel", "conj", "sub", "det", "pron", "prep", "adv"):
    for _word in _CLASSES[_tag].split():
        _TAGS.setdefault(_word, _tag)

CLOSE_QUOTES = frozenset("”»")
ANY_QUOTE = frozenset(("“", "”", "„", "«", "»", '"', "``", "''"))


class Token(msgspec.Struct, frozen=True, gc=False):
    """`tag` is a word class of this module, `punct`, `quote`, `num`, `cap` (capitalised) or `word`."""

    start: int
    end: int
    text: str
    lower: str
    tag: str


class Tokens(list[Token]):
    """The tokens of one sentence. `lowers` are those in lower case and `words` the same as a set: a step that
    starts at certain words asks first whether the sentence has any."""

    def __init__(self, tokens: Iterable[Token]) -> None:
        super().__init__(tokens)
        self.lowers = [token.lower for token in self]
        self.words = frozenset(self.lowers)


def tokenize(text: str, start: int = 0, end: int | None = None) -> Tokens:
    """Tokens of `text[start:end]` with offsets into `text`."""
    tokens: list[Token] = []
    words = text[start:end].split(" ")
    for word, pieces in zip(words, map(_pieces.__getitem__, words), strict=True):
        for first, last, token, lower, tag in pieces:
            tokens.append(Token(start + first, start + last, token, lower, tag))
        start += len(word) + 1
    return Tokens(tokens)


def _cut(word: str) -> list[tuple[int, int, str, str, str]]:
    """The tokens of what stands between two blanks: start, end, text, text in lower case, tag."""
    plain = word[:-1] if word[-1:] in _MARKS else word
    if plain.isalpha():
        pieces = [(0, len(plain), plain, *_classified(plain))]
        return pieces if plain is word else [*pieces, (len(plain), len(word), word[-1], word[-1], "punct")]
    pieces = [(*match.span(), match.group(), *_classified(match.group())) for match in TOKEN.finditer(word)]
    if len(pieces) > 1 and pieces[-1][2] in ("'", "’") and pieces[-2][3].endswith("s") and word[0].isalnum():
        pieces[-1] = (*pieces[-1][:4], "poss")  # "the workers' union"
    return pieces


_MARKS = frozenset(".,;:!?")
_pieces = Remembered(_cut)


_NOUNS_IN_LY = frozenset(
    "family rally assembly supply reply tally anomaly monopoly butterfly bully belly".split()
)


def _classified(word: str) -> tuple[str, str]:
    """A word in lower case, with a plain apostrophe, and its tag."""
    lower = word.lower().replace("’", "'")
    if (tag := _TAGS.get(lower)) is not None and word not in ("US", "WHO"):
        return lower, tag
    if word in ANY_QUOTE:
        return lower, "quote"
    if lower == "'s":
        return lower, "poss"
    if not word[0].isalnum():
        return lower, "punct"
    if word[0].isdigit():
        return lower, "num"
    if lower.endswith("ly") and len(lower) > 4 and word[0].islower() and lower not in _NOUNS_IN_LY:
        return lower, "adv"
    adjective = "-" in lower and lower.rpartition("-")[2] in _ADJECTIVES
    return lower, "cap" if word[0].isupper() and not adjective else "word"


# "Houston-based", "Saudi-led": no names.
_ADJECTIVES = frozenset(
    "based backed led born owned run controlled linked brokered held allied funded educated trained made "
    "sponsored supported mediated inspired dominated aligned occupied administered listed wide style "
    "speaking bound".split()
)


_DOUBLED = re.compile(r"[^aeiou][aeiou][bdgklmnprt]$")
_IRREGULAR = {
    "say": "says said said saying",
    "burst": "bursts burst burst bursting",
    "cast": "casts cast cast casting",
    "bind": "binds bound bound binding",
    "bend": "bends bent bent bending",
    "bite": "bites bit bitten biting",
    "bleed": "bleeds bled bled bleeding",
    "breed": "breeds bred bred breeding",
    "cling": "clings clung clung clinging",
    "creep": "creeps crept crept creeping",
    "deal": "deals dealt dealt dealing",
    "eat": "eats ate eaten eating",
    "feed": "feeds fed fed feeding",
    "forecast": "forecasts forecast forecast forecasting",
    "forget": "forgets forgot forgotten forgetting",
    "hang": "hangs hung hung hanging",
    "hide": "hides hid hidden hiding",
    "kneel": "kneels knelt knelt kneeling",
    "leap": "leaps leapt leapt leaping",
    "let": "lets let let letting",
    "light": "lights lit lit lighting",
    "mistake": "mistakes mistook mistaken mistaking",
    "overcome": "overcomes overcame overcome overcoming",
    "oversee": "oversees oversaw overseen overseeing",
    "overtake": "overtakes overtook overtaken overtaking",
    "rebuild": "rebuilds rebuilt rebuilt rebuilding",
    "retake": "retakes retook retaken retaking",
    "initial": "initials initialled initialled initialling",
    "ride": "rides rode ridden riding",
    "ring": "rings rang rung ringing",
    "rid": "rids rid rid ridding",
    "sit": "sits sat sat sitting",
    "spit": "spits spat spat spitting",
    "spin": "spins spun spun spinning",
    "thrust": "thrusts thrust thrust thrusting",
    "upset": "upsets upset upset upsetting",
    "sing": "sings sang sung singing",
    "sleep": "sleeps slept slept sleeping",
    "spring": "springs sprang sprung springing",
    "stick": "sticks stuck stuck sticking",
    "swim": "swims swam swum swimming",
    "swell": "swells swelled swollen swelling",
    "teach": "teaches taught taught teaching",
    "undertake": "undertakes undertook undertaken undertaking",
    "uphold": "upholds upheld upheld upholding",
    "wear": "wears wore worn wearing",
    "withhold": "withholds withheld withheld withholding",
    "withstand": "withstands withstood withstood withstanding",
    "arise": "arises arose arisen arising",
    "abet": "abets abetted abetted abetting",
    "regret": "regrets regretted regretted regretting",
    "commit": "commits committed committed committing",
    "admit": "admits admitted admitted admitting",
    "permit": "permits permitted permitted permitting",
    "submit": "submits submitted submitted submitting",
    "rebel": "rebels rebelled rebelled rebelling",
    "expel": "expels expelled expelled expelling",
    "compel": "compels compelled compelled compelling",
    "propel": "propels propelled propelled propelling",
    "occur": "occurs occurred occurred occurring",
    "incur": "incurs incurred incurred incurring",
    "refer": "refers referred referred referring",
    "prefer": "prefers preferred preferred preferring",
    "defer": "defers deferred deferred deferring",
    "transfer": "transfers transferred transferred transferring",
    "acquit": "acquits acquitted acquitted acquitting",
    "tell": "tells told told telling",
    "shoot": "shoots shot shot shooting",
    "slay": "slays slew slain slaying",
    "leave": "leaves left left leaving",
    "catch": "catches caught caught catching",
    "fly": "flies flew flown flying",
    "tear": "tears tore torn tearing",
    "shake": "shakes shook shaken shaking",
    "dig": "digs dug dug digging",
    "lend": "lends lent lent lending",
    "slide": "slides slid slid sliding",
    "strip": "strips stripped stripped stripping",
    "scrap": "scraps scrapped scrapped scrapping",
    "trap": "traps trapped trapped trapping",
    "swing": "swings swung swung swinging",
    "cost": "costs cost cost costing",
    "trample": "tramples trampled trampled trampling",
    "split": "splits split split splitting",
    "drag": "drags dragged dragged dragging",
    "snatch": "snatches snatched snatched snatching",
    "slip": "slips slipped slipped slipping",
    "bury": "buries buried buried burying",
    "patrol": "patrols patrolled patrolled patrolling",
    "lose": "loses lost lost losing",
    "flee": "flees fled fled fleeing",
    "send": "sends sent sent sending",
    "hold": "holds held held holding",
    "take": "takes took taken taking",
    "bring": "brings brought brought bringing",
    "buy": "buys bought bought buying",
    "sell": "sells sold sold selling",
    "rise": "rises rose risen rising",
    "fall": "falls fell fallen falling",
    "grow": "grows grew grown growing",
    "shrink": "shrinks shrank shrunk shrinking",
    "spend": "spends spent spent spending",
    "win": "wins won won winning",
    "meet": "meets met met meeting",
    "lay": "lays laid laid laying",
    "burn": "burns burned burned burning",
    "cut": "cuts cut cut cutting",
    "hit": "hits hit hit hitting",
    "set": "sets set set setting",
    "shut": "shuts shut shut shutting",
    "put": "puts put put putting",
    "quit": "quits quit quit quitting",
    "die": "dies died died dying",
    "lie": "lies lay lain lying",
    "give": "gives gave given giving",
    "get": "gets got got getting",
    "go": "goes went gone going",
    "come": "comes came come coming",
    "become": "becomes became become becoming",
    "begin": "begins began begun beginning",
    "choose": "chooses chose chosen choosing",
    "speak": "speaks spoke spoken speaking",
    "write": "writes wrote written writing",
    "think": "thinks thought thought thinking",
    "know": "knows knew known knowing",
    "find": "finds found found finding",
    "see": "sees saw seen seeing",
    "seek": "seeks sought sought seeking",
    "strike": "strikes struck struck striking",
    "break": "breaks broke broken breaking",
    "blow": "blows blew blown blowing",
    "throw": "throws threw thrown throwing",
    "withdraw": "withdraws withdrew withdrawn withdrawing",
    "overthrow": "overthrows overthrew overthrown overthrowing",
    "fight": "fights fought fought fighting",
    "make": "makes made made making",
    "pay": "pays paid paid paying",
    "have": "has had had having",
    "be": "is was been being",
    "step": "steps stepped stepped stepping",
    "swear": "swears swore sworn swearing",
    "run": "runs ran run running",
    "stand": "stands stood stood standing",
    "mean": "means meant meant meaning",
    "sink": "sinks sank sunk sinking",
    "drown": "drowns drowned drowned drowning",
    "sue": "sues sued sued suing",
    "storm": "storms stormed stormed storming",
    "order": "orders ordered ordered ordering",
    "injure": "injures injured injured injuring",
    "wound": "wounds wounded wounded wounding",
    "gather": "gathers gathered gathered gathering",
    "suffer": "suffers suffered suffered suffering",
    "offer": "offers offered offered offering",
    "deliver": "delivers delivered delivered delivering",
    "murder": "murders murdered murdered murdering",
    "enter": "enters entered entered entering",
    "shelter": "shelters sheltered sheltered sheltering",
    "plunder": "plunders plundered plundered plundering",
    "open": "opens opened opened opening",
    "border": "borders bordered bordered bordering",
    "happen": "happens happened happened happening",
    "recover": "recovers recovered recovered recovering",
    "uncover": "uncovers uncovered uncovered uncovering",
    "stab": "stabs stabbed stabbed stabbing",
    "plan": "plans planned planned planning",
    "travel": "travels travelled travelled travelling",
    "threaten": "threatens threatened threatened threatening",
    "draw": "draws drew drawn drawing",
    "drive": "drives drove driven driving",
    "sweep": "sweeps swept swept sweeping",
    "spread": "spreads spread spread spreading",
    "steal": "steals stole stolen stealing",
    "freeze": "freezes froze frozen freezing",
    "overrun": "overruns overran overrun overrunning",
    "undergo": "undergoes underwent undergone undergoing",
    "build": "builds built built building",
    "feel": "feels felt felt feeling",
    "hear": "hears heard heard hearing",
    "keep": "keeps kept kept keeping",
    "beat": "beats beat beaten beating",
    "forbid": "forbids forbade forbidden forbidding",
    "label": "labels labelled labelled labelling",
    "dub": "dubs dubbed dubbed dubbing",
    "ban": "bans banned banned banning",
    "cap": "caps capped capped capping",
    "stop": "stops stopped stopped stopping",
    "derail": "derails derailed derailed derailing",
    "capsize": "capsizes capsized capsized capsizing",
    "veto": "vetoes vetoed vetoed vetoing",
    "hurt": "hurts hurt hurt hurting",
    "shed": "sheds shed shed shedding",
    "lead": "leads led led leading",
    "quell": "quells quelled quelled quelling",
    "stress": "stresses stressed stressed stressing",
}


# Pasts that are no participles: verbs wherever they stand.
FINITE_PASTS = frozenset(
    past for _, past, participle, _ in (forms.split() for forms in _IRREGULAR.values()) if past != participle
)
# Pasts that do not end in -ed: finite verbs that a noun phrase cannot run over.
PAST_FORMS = frozenset(form for forms in _IRREGULAR.values() for form in forms.split()[1:3]) - {
    "set",
    "cut",
    "hit",
    "put",
    "lead",
    "felt",
    "cast",
    "forecast",
    "let",
    "light",
    "rid",
}


def inflections(verb: str) -> tuple[str, str, str, str, str]:
    """(base, third person, past, participle, -ing form) of a verb; words after the first stay as they are."""
    head, _, rest = verb.partition(" ")
    tail = f" {rest}" if rest else ""
    if head in _IRREGULAR:
        third, past, participle, ing = _IRREGULAR[head].split()
    else:
        if head.endswith(("s", "x", "z", "ch", "sh")):
            third = head + "es"
        elif head.endswith("y") and head[-2] not in "aeiou":
            third = head[:-1] + "ies"
        else:
            third = head + "s"
        if head.endswith("e"):
            past = head + "d"
            ing = head + "ing" if head.endswith(("ee", "oe", "ye")) else head[:-1] + "ing"
        elif head.endswith("y") and head[-2] not in "aeiou":
            past, ing = head[:-1] + "ied", head + "ing"
        elif _DOUBLED.search(head) and (
            len(head) <= 4 or head.endswith(("mit", "fer", "pel", "cur", "gret", "bel", "nap"))
        ):
            past, ing = head + head[-1] + "ed", head + head[-1] + "ing"
        else:
            past, ing = head + "ed", head + "ing"
        participle = past
    return head + tail, third + tail, past + tail, participle + tail, ing + tail
