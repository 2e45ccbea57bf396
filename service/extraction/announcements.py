"""What a speaker announces: what was decided, what he or his own body will do, what is to be done."""

from collections.abc import Sequence

from service.extraction.attribution import Attribution
from service.extraction.directives import SOMEONE
from service.extraction.fillers import Range, fits, mentions_in
from service.extraction.heads import OWNERS
from service.extraction.phrases import Clauses
from service.extraction.roles import phrase_after
from service.extraction.statement_contents import MODALS, is_told_aside
from service.extraction.tokens import Token

# Behind a noun these are no verb of which it is the subject.
NO_VERBS = frozenset(("prep", "punct", "conj", "adv"))
# "pledged $3m": what a figure says already. "promised a vote": an announcement.
_MONEY = frozenset("$ € £ million billion m bn".split())
# Events of their own.
_DECREED = frozenset("emergency conflict war curfew mourning martial ceasefire independence".split())
_WINNERS = frozenset(("winner", "winners", "victor", "elected"))
WISHES = frozenset(
    "thank be see know say hear make congratulate have like get feel never need forget not".split()
)
_WILL = frozenset(("will", "would", "'ll", "wo"))


def is_announced(clauses: Clauses, verb: str, source: Range, cue: Range, content: Range) -> bool:
    """ "pledged to rebuild the pier"; but "pledged $3m", "declared X the winner", "declared a ceasefire"."""
    lowers = clauses.whole.lowers[content[0] : content[1]]
    bare = lowers[:1] == ["it"] and (len(lowers) < 2 or clauses.tokens[content[0] + 1].tag in NO_VERBS)
    if bare or is_told_of(clauses, source):
        return False  # "before he announced it on Monday"
    if not _DECREED.isdisjoint(lowers[:6]) or clauses.tokens[cue[0] - 1].tag == "neg":
        return False
    if content[1] <= source[0] and is_fact(lowers):
        return False
    if verb in ("pledge", "promise"):
        return _MONEY.isdisjoint(lowers[:12]) and not _is_recipient(clauses, content)
    return verb != "declare" or _WINNERS.isdisjoint(lowers[:10])


def _is_recipient(clauses: Clauses, content: Range) -> bool:
    """ "as he has promised Lima, …": to whom, and nothing that is promised."""
    whom = phrase_after(clauses, content[0])
    if whom is None or whom[0] != content[0] or clauses.tokens[content[0]].tag != "cap":
        return False
    ends = whom[1] >= content[1] or clauses.tokens[whom[1]].tag == "punct"
    return ends and fits(clauses, whom, SOMEONE)


# Before "it wants to": who says so announces it, while nobody's word is a bare "X wants to".
OWN_WORD = frozenset("said says say saying added insisted insists stated".split())


def is_own_plan(clauses: Clauses, item: Attribution, source: Range, cue: Range, content: Range) -> bool:
    """ "plans to close two mines", "it said it wanted to close": what its own side announces."""
    tokens = clauses.tokens
    lowers = clauses.whole.lowers[content[0] : content[1]]
    if lowers[:1] != ["to"] or len(lowers) < 2 or lowers[1] in WISHES or is_told_aside(clauses, source, cue):
        return False
    if item.verb != "want":
        return True
    teller, itself = tokens[max(0, cue[0] - 2)], tokens[cue[0] - 1]
    return (itself.tag == "pron" and teller.lower in OWN_WORD) or tokens[0].lower == "according"


def is_fact(lowers: list[str]) -> bool:
    """ "the youth was found, the president announced": what has happened, and nobody's decision."""
    return any(word in ("was", "were", "is", "are") for word in lowers[:10]) and not MODALS & set(lowers)


def is_told_of(clauses: Clauses, source: Range) -> bool:
    """ "urged states that have pledged troops": which of them, and no word of theirs."""
    follow = clauses.tokens[source[1]] if source[1] < len(clauses.tokens) else None
    return follow is not None and follow.lower in ("who", "that") and source[0] > 1


_SELVES = frozenset(("it", "he", "she", "they"))
_OWN = frozenset(("we", "i"))
_DECIDED = frozenset("decided plans planned intends intended aims aimed".split())
_GOES_ON = frozenset(
    "submit argue say suggest do keep work try fight stand remember win look miss pray".split()
)
_QUESTIONS = frozenset("how whether if what where when why who which".split())
_TO = frozenset(("to", "on", "against"))
_FEELS = frozenset(
    "expect hope like love prefer need welcome appreciate believe want regard consider miss enjoy hate "
    "regret mind rather deserve suffer benefit struggle find understand know think agree".split()
)


def intended(clauses: Clauses, source: Range, content: Range, lowers: list[str]) -> Range | None:
    """ "it will appeal": what speakers say that they themselves will do."""
    quoted = clauses.tokens[content[0] - 1].tag == "quote" if content[0] else False
    selves = _OWN if quoted else _SELVES  # in a quotation "he" is somebody else
    own = next((n for n, word in enumerate(lowers[:12]) if word in selves), None)
    at_once = own is not None and not _WILL.isdisjoint(lowers[own + 1 : own + 2])
    later = _later_aim(lowers) if quoted and not at_once else 0
    if later:
        return content[0] + later, content[1]
    if own == 0 and (joined := _also_will(lowers)):
        return content[0] + joined, content[1]
    if quoted and own is not None and lowers[own + 2 : own + 4] == ["going", "to"]:
        plain = lowers[own + 1] in ("am", "are", "is", "'m", "'re", "'s")
        return (
            (content[0] + own, content[1]) if plain and WISHES.isdisjoint(lowers[own + 4 : own + 5]) else None
        )
    if own is None or lowers[own + 1 : own + 2] == [] or lowers[own + 1] not in _WILL | _DECIDED:
        return None
    if quoted and lowers[own + 1] == "would":
        return None  # "“I would ask anyone the same thing”": only what one would do
    if own and lowers[own - 1] in _QUESTIONS:
        return None  # "explained how they would fund it"
    if lowers[own + 1] in _DECIDED and _TO.isdisjoint(lowers[own + 2 : own + 3]):
        return None  # "he planned the raid"
    person = any(mention.kind == "person" for _, mention in mentions_in(clauses, source))
    many = clauses.tokens[source[1] - 1].lower.endswith("s") and clauses.tokens[source[1] - 1].tag == "word"
    if lowers[own] == "it" and (person or many or lowers[own + 2 : own + 3] == ["threaten"]):
        return None  # "she said it would help", "residents said it would …": something else
    acts = [word for word in lowers[own + 2 : own + 5] if word not in ("not", "never")]
    acts = acts[1:] if acts[:1] == ["be"] else acts  # "I will be asking for help"
    idle = WISHES if len(acts) < 3 else WISHES | _GOES_ON  # "I will not stand again"
    if lowers[own] in ("we", "i") and not idle.isdisjoint(acts[:2]):
        return None
    if acts[:1] and acts[0] in _FEELS:
        return None  # "said it would expect an answer"
    before = clauses.tokens[content[0] : content[0] + own]
    if any(token.tag in ("be", "have", "rel") for token in before) or lowers[own + 2 : own + 3] == ["have"]:
        return None
    if lowers[own + 2 : own + 3] == ["be"] and not (lowers[own + 3 : own + 4] or [""])[0].endswith("ing"):
        return None  # "it would be hard"
    return content[0] + own, content[1]


def _also_will(lowers: list[str]) -> int:
    """ "they are innocent and will appeal": where "will" stands, else 0."""
    joined = next((n for n, word in enumerate(lowers[1:12], 1) if word == "and"), 0)
    return joined + 1 if joined and lowers[joined + 1 : joined + 2] in (["will"], ["would"]) else 0


def _later_aim(lowers: list[str]) -> int:
    """ "India needs planes; we intend to build half": where "we" stands behind a border, else 0."""
    for n, word in enumerate(lowers[1:28], 1):
        if word in ("we", "i") and lowers[n - 1] in (";", ",", ":", "—", "–", "and", "but", "so"):
            follow = lowers[n + 1 : n + 3]
            if follow[:1] in (["intend"], ["plan"], ["aim"]) and follow[1:] == ["to"]:
                return n
    return 0


def is_of_own_body(lowers: list[str]) -> bool:
    """ "the firm would open two mills": what whoever speaks for it says it will do."""
    own = lowers[:1] != ["the"]  # "his government would not pay"
    verb = 3 + (own and lowers[3:4] in (["not"], ["never"]))
    acts = lowers[verb : verb + 1] and lowers[verb] not in _BEFALLING
    return (
        bool(lowers)
        and (lowers[0] == "the" or lowers[0] in OWNERS)
        and lowers[1:2] != []
        and lowers[1] in _OWN_BODIES
        and bool(acts)
        and (lowers[2] in ("will", "would"))
    )


_BEFALLING = frozenset("be have not fall lose fail face never need".split())
_OWN_BODIES = frozenset(
    "company firm government bank airline club ministry union group council agency party "
    "administration coalition organisation organization movement army cabinet".split()
)


def is_arranged(tokens: Sequence[Token], content: Range) -> bool:
    """ "an appeal would be lodged", "the debt will be paid", "talks would go on": what is to be done."""
    first, stop = content[0], content[1]
    modal = next((p for p in range(first + 1, min(first + 14, stop - 2)) if tokens[p].lower in _WOULD), 0)
    if not modal or any(token.tag in ("rel", "sub", "punct", "be", "have") for token in tokens[first:modal]):
        return False
    verb = modal + 1
    while verb < stop - 1 and (tokens[verb].tag in ("neg", "adv") or tokens[verb].lower in _SOON):
        verb += 1
    if tokens[verb].lower != "be":
        return tokens[verb].lower in _SCHEDULED and tokens[verb + 1].lower not in ("up", "to")
    return tokens[min(verb + 1 + (tokens[verb + 1].tag == "adv"), stop - 1)].lower in _ARRANGED


_WOULD = frozenset(("will", "would", "wo"))
_SOON = frozenset("next soon then now".split())
_SCHEDULED = frozenset("open reopen close begin start resume launch".split())
_ARRANGED = frozenset(
    "lodged held paid used built rebuilt closed reopened opened suspended released sent introduced offered "
    "launched extended raised lifted published deployed moved sold spent invited allowed banned replaced "
    "reviewed appointed announced discussed completed delayed postponed cancelled canceled rescheduled "
    "scrapped withdrawn transferred prosecuted investigated imposed implemented provided distributed funded "
    "financed formed created cut shut filed submitted conducted issued given "
    "repaid redeemed converted awarded exempted evacuated vaccinated deported expelled".split()
)
