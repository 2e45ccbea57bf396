"""What someone wants of others: demands, requests, calls for help."""

from collections.abc import Sequence

from service.extraction.counted import singular
from service.extraction.event_types import Event
from service.extraction.fillers import Range, fits
from service.extraction.joined import named_aside
from service.extraction.lexicon import Filler
from service.extraction.phrases import TIME_WORDS, Clauses, after_date
from service.extraction.roles import clause_after, phrase_after
from service.extraction.subjects import subject_of
from service.extraction.tokens import Token

DEMANDS = frozenset(
    (
        "want", "urge", "demand", "call on", "call upon", "call for", "insist on", "press for", "push for",
        "press", "order", "instruct", "beg", "implore", "exhort", "plead with", "plead for", "pressure",
        "appeal to", "appeal for", "seek", "clamour for", "clamor for", "agitate for",
    )
)  # fmt: skip
REQUESTS = frozenset(("ask", "request", "invite", "ask for", "petition"))
# "ordered 30 jets", "ordered the evacuation": a demand only of whom they name.
_ORDERS = frozenset(("order", "instruct", "pressure", "press"))
# What follows these is asked for; they address nobody.
_FOR = frozenset(
    (
        "call for", "insist on", "press for", "push for", "ask for", "appeal for", "plead for", "demand",
        "seek", "clamour for", "clamor for", "agitate for",
    )
)  # fmt: skip
# These address whatever stands after them.
_ADDRESSING = frozenset(
    ("call on", "call upon", "appeal to", "plead with", "ask", "beg", "implore", "exhort")
)
# With these one asks for help; the others demand it for somebody.
_CRIES = frozenset(
    (
        "ask", "request", "ask for", "appeal for", "appeal to", "plead for", "plead with", "beg", "petition",
    )
)  # fmt: skip
HELP = frozenset(
    "help support assistance troops aid intervention reinforcements backing peacekeepers donations funding "
    "weapons ammunition supplies relief blood volunteers money cash funds loan loans $ € £ million "
    "billion".split()
)
_WITNESSES = frozenset("witness witnesses information anyone footage dashcam clues tips motorists".split())
_MONEY = frozenset(("$", "€", "£", "million", "billion"))
_WAGES = _MONEY | frozenset("bonus ransom raise rise pay wages salary".split())
_GIVING = frozenset("send provide give deploy dispatch supply donate".split())
# What is sought from someone rather than looked for.
_CLAIMED = frozenset(
    "resignation release apology compensation ouster removal answers explanation dismissal sacking justice "
    "damages impeachment extradition reparations repayment refund clarification".split()
)
_WANTED = frozenset("named identified quoted disclosed printed".split())
SOMEONE = Filler(
    kinds=("person", "organization", "place"),
    heads=frozenset(
        "government governments authorities council parliament congress court police army military "
        "forces side sides party parties group groups country countries state states nation nations "
        "community world public people mission company companies firm firms bank banks opposition "
        "union agency commission troops residents regime administration ministry department media "
        "everyone all both those west donors generals lenders creditors".split()
    ),
    persons=True,
)


def directed(clauses: Clauses, verb: str, source: Range, cue: Range, content: Range) -> Event | None:
    """The demand, request or call for help that a directive verb opens."""
    tokens = clauses.tokens
    lowers = [token.lower for token in tokens[content[0] : content[1]]]
    helped = verb in _CRIES or (verb in ("call on", "call upon") and "for" in lowers[:8])
    if helped and (asked := _help(clauses, content, verb)) is not None:
        addressed = phrase_after(clauses, content[0]) if verb not in _FOR else None
        if addressed is not None and addressed[0] <= asked[0] < addressed[1]:
            addressed = None
        return Event("support_requested", "statement", "statement", *cue, source, addressed, asked)
    if verb == "tell" and lowers[:1] == ["to"] and content[0] > cue[1]:
        asked = clause_after(clauses, content[0], 16)
        told = phrase_after(clauses, cue[1])
        return told and Event("demand", "statement", "statement", *cue, source, told, asked)
    if verb == "tell":
        event = _addressed("demand", clauses, verb, source, cue, content)
        close = event.object and event.complement and event.complement[0] == event.object[1]
        # "told the crew to leave", not "told the court that two men had gone to the bank"
        return event if content[0] == cue[1] and close and _is_told(clauses, event) else None
    if verb in DEMANDS:
        money = tokens[content[0] - 1].text in _MONEY or not _MONEY.isdisjoint(lowers[:3])
        if verb == "want" and (lowers[:1] == ["to"] or (tokens[content[0]].tag == "num" and not money)):
            return None  # "wanted 77 days"; but kidnappers want $10 million
        alone = content[0] + 1 >= content[1] or tokens[content[0] + 1].tag == "punct"
        if verb == "want" and alone and tokens[content[0]].tag == "word":
            return None  # "wants peace"
        if verb == "want" and (lowers[:1] == ["of"] or not _WANTED.isdisjoint(lowers)):
            return None  # "for want of bread", "did not want her name to be printed"
        if verb in ("appeal for", "appeal to") and not _WITNESSES.isdisjoint(lowers[:4]):
            asked = clause_after(clauses, content[0], 16)
            return Event("request", "statement", "statement", *cue, source, None, asked)
        if verb in ("push for", "press for") and not TIME_WORDS.isdisjoint(singular(w) for w in lowers[:3]):
            return None  # "has been pushing for a decade"
        if verb == "seek" and _CLAIMED.isdisjoint(lowers[:6]):
            return None
        event = _addressed("demand", clauses, verb, source, cue, content)
        ordered = verb in _ORDERS
        return None if ordered and not _is_told(clauses, event) else event
    if verb not in REQUESTS or not _WANTED.isdisjoint(lowers[:5]):
        return None  # "asked not to be named"
    wages = verb == "ask for" and not _WAGES.isdisjoint(lowers[:6])  # "asked for ten million", "for a bonus"
    event = _addressed("demand" if wages else "request", clauses, verb, source, cue, content)
    return None if verb == "invite" and event.object is None else event


def urged(clauses: Clauses, verb: str, source: Range | None, cue: Range, content: Range) -> Event | None:
    """ "Residents were urged by the mayor to leave": of whom it is asked is the subject."""
    told = subject_of(clauses, cue[0])
    if told is None or clauses.tokens[told[0]].lower in ("it", "there", "this"):
        return None
    predicate = "request" if verb in REQUESTS else "warning" if verb in ("warn", "caution") else "demand"
    asked = clause_after(clauses, content[0], 16)
    of_what = clauses.tokens[content[0] - 1].lower in ("of", "about", "that")  # "were warned of floods"
    if of_what:
        return Event(predicate, "statement", "statement", *cue, source, asked)
    return Event(predicate, "statement", "statement", *cue, source, told, asked)


def _is_told(clauses: Clauses, event: Event) -> bool:
    """ "ordered the army to leave", not "ordered 30 jets" or "ordered flags to be flown"."""
    asked = event.complement
    if event.object is None or asked is None:
        return False
    words = [token.lower for token in clauses.tokens[asked[0] : asked[0] + 2]]
    return words[0] in ("to", "not") and words[1:] != ["be"]


def _help(clauses: Clauses, content: Range, verb: str) -> Range | None:
    """ "donors for $40 million", "the bloc to send troops", "more help": what is asked for, if it is help."""
    tokens = clauses.tokens
    comma = next((p for p in range(content[0], min(content[0] + 10, content[1])) if tokens[p].text == ","), 0)
    first = (comma and _behind_aside(tokens, comma, content[1])) or content[0]
    for position in range(first, min(first + 10, content[1])):
        token = tokens[position]
        if token.lower in HELP and not (verb in _FOR and token.lower in _MONEY):
            before = {other.lower for other in tokens[first:position]}
            before -= {"up", "to"} if "up" in before else set()  # "up to $4 billion in aid"
            before -= {"in"} if not before.isdisjoint(_MONEY) else set()
            direct = before.isdisjoint(("to", "on", "of", "from")) or not before.isdisjoint(_GIVING)
            direct = direct or (token.lower == "help" and tokens[position - 1].lower == "to")
            asking = direct or "for" in before
            money = token.tag == "punct" and position + 1 < content[1] and tokens[position + 1].tag == "num"
            return (position, position + 1 + money) if asking else None
        opens = token.tag == "quote" and tokens[position - 1].tag == "prep"  # "for “all useful aid”"
        if (token.tag in ("sub", "rel", "quote") and not opens) or token.text == ";":
            return None
    return None


def _addressed(
    predicate: str, clauses: Clauses, verb: str, source: Range, cue: Range, content: Range
) -> Event:
    """ "called on X to do Y": X is addressed, Y demanded; "demanded Y" addresses nobody."""
    tokens = clauses.tokens
    begin = content[0]
    if content[1] <= cue[0]:
        # "“Bring your children,” he urged parents"
        urged = phrase_after(clauses, cue[1])
        urged = urged if urged is not None and fits(clauses, urged, SOMEONE) else None
        return Event(predicate, "statement", "statement", *cue, source, urged, content)
    if verb in ("call on", "call upon") and (dated := after_date(tokens, begin)) > begin:
        # "called on Thursday on Nigeria to …", "called on Thursday for restraint"
        verb = "call for" if tokens[dated].lower == "for" else verb
        begin = dated + (tokens[dated].tag == "prep")
    if verb == "urge" and begin < len(tokens) and tokens[begin].lower == "for":
        verb, begin = "call for", begin + 1
    whole = clause_after(clauses, begin, 16)
    target = phrase_after(clauses, begin)
    after = target[1] if target else begin
    if target is not None and (named := named_aside(clauses, target)) is not None:
        # "want the governor, Ana Costa, to go"
        closed = named[1] < len(tokens) and tokens[named[1]].text == ","
        target, after = (target[0], named[1]), named[1] + closed
    elif target is not None and (behind := _behind_aside(tokens, after, content[1])):
        after = behind
    ahead = range(after, min(after + 4, content[1]))
    told = next((p for p in ahead if tokens[p].lower in ("to", "for") or tokens[p].tag == "neg"), None)
    if target is not None and not fits(clauses, target, SOMEONE):
        known = verb in _ADDRESSING or (told is not None and tokens[told].lower == "to" and verb not in _FOR)
        target = target if known else None
    if target is None or verb in _FOR:
        hoped = target is not None and told == after and tokens[after].lower == "to"
        hoped = hoped or (target is not None and verb == "demand" and _acts(clauses, after))
        return Event(predicate, "statement", "statement", *cue, source, target if hoped else None, whole)
    if told is None:
        return Event(
            predicate, "statement", "statement", *cue, source, target, clause_after(clauses, after, 16)
        )
    asked = clause_after(clauses, told + (tokens[told].lower == "for"), 16)
    return Event(predicate, "statement", "statement", *cue, source, target, asked)


def _behind_aside(tokens: Sequence[Token], comma: int, stop: int) -> int:
    """ "asked Oman, a close ally, to help": where "to" or "for" stands, else 0."""
    if comma >= stop or tokens[comma].text != ",":
        return 0
    for position in range(comma + 1, min(comma + 20, stop - 1)):
        if tokens[position].text == ",":
            return position + 1 if tokens[position + 1].lower in ("to", "for", "not") else 0
    return 0


def _acts(clauses: Clauses, after: int) -> bool:
    """ "demanded that the army withdraw": a bare verb follows whoever is to act."""
    tokens = clauses.tokens
    return after < len(tokens) and (tokens[after].tag in ("word", "neg") or tokens[after].lower == "be")
