"""What is not known or not told: "it is unclear whether …", "nobody could say how …", "the firm did not
disclose the price", "the cause has yet to be established"."""

from collections.abc import Sequence

from service.extraction.agents import subject_before
from service.extraction.event_types import Event
from service.extraction.fillers import Range
from service.extraction.lexicon import EventEntry
from service.extraction.main_subjects import main_subject
from service.extraction.phrases import Clauses, is_past
from service.extraction.roles import clause_after, phrase_after
from service.extraction.subjects import subject_of
from service.extraction.tokens import Token, Tokens
from service.extraction.triggers import EventTrigger

_MEASURES = frozenset("number numbers amount quantity sum size".split())
_QUESTIONS = frozenset("how why what when where who whom which whether if".split())
_SURELY = frozenset("certainty certain sure exactly".split())
# Verbs that leave something open only with a question behind them, or nothing.
_TELLING = frozenset(["not said", "not yet said", "not told"]) | frozenset(
    "say know knows knew tell estimate guess speculate comment".split()
)
# Verbs whose negation says by itself that something is open, whatever their object.
_SHOWING = frozenset(
    "explain specify disclose reveal verify confirm clarify elaborate ascertain divulge pinpoint "
    "quantify".split()
)
# With an object of their own they say something else: "did not establish ties", "did not identify him".
_FINDING = frozenset("determine establish identify".split())
_KNOWN = frozenset(
    "confirmed verified identified determined established ascertained disclosed revealed specified clarified "
    "explained known divulged substantiated corroborated pinpointed".split()
)
_SHOWN = frozenset(
    "confirmed verified determined established ascertained disclosed revealed explained".split()
)
# Of people and goods they say something else: "have not been released".
_GIVEN_OUT = frozenset("released published named available given".split())
_NEWS = frozenset(
    "detail details name names identity identities figure figures number numbers toll result results "
    "information report cause motive terms price value statement victims total reason explanation "
    "estimate estimates".split()
)
# Credit that nobody takes.
_CREDIT = frozenset(("claimed", "taken credit", "took credit", "said it was behind"))
_NAMED = frozenset("name names surname".split())
VERBS = _TELLING | _SHOWING | _FINDING | _KNOWN | _GIVEN_OUT | _CREDIT
_NOBODY = frozenset("no nobody none neither few".split())
# "declined to say", "unable to confirm", "yet to be established", "impossible to verify".
_NOT_TO = frozenset(
    "declined refused failed unable yet impossible difficult hard early soon declining refusing remains "
    "remain declines refuses".split()
)
# Somebody does not know or tell; the other phrases say that something is not known.
_LEFT_OPEN = ("gave no", "did not", "declined", "had not", "has not", "have not", "not said", "would only")


def unclear(
    clauses: Clauses, trigger: EventTrigger, entry: EventEntry, first: int, last: int
) -> Event | None:
    tokens, lemma = clauses.tokens, trigger.lemma
    follow = tokens[last] if last < len(tokens) else None

    def left(subject: Range | None, what: Range | None, begin: int = first) -> Event:
        return Event(entry.predicate, entry.kind, "phrase", begin, last, subject, what)

    if lemma in VERBS:
        return _untold(clauses, entry, lemma, first, last)
    if lemma.endswith(("investigation", "investigated")) and "cause" not in clauses.whole.words:
        return None
    if lemma == "unknown":
        counted = follow is not None and follow.lower in _MEASURES
        if follow is not None and follow.tag == "word" and not counted:
            return None  # "unknown assailants"
        if not counted and any(token.lower in ("the", "a") for token in tokens[max(0, first - 2) : first]):
            return None  # "fear of the unknown", "a relative unknown"
        if counted:
            return left(None, phrase_after(clauses, last))
    attributive = (
        follow is not None and follow.tag == "word" and tokens[first - 1].tag == "det" if first else False
    )
    if lemma in ("uncertain", "unclear", "murky", "sketchy", "inconclusive") and attributive:
        return None  # "an uncertain outlook"
    if lemma == "confusion" and (follow is None or follow.lower not in ("over", "about", "on")):
        return None
    if lemma.startswith("without"):
        return left(main_subject(clauses, first), None)
    if lemma == "declined to give" and any(token.lower in _NAMED for token in tokens[last : last + 2]):
        return None
    if lemma.startswith(_LEFT_OPEN):
        return left(_teller(clauses, first), clause_after(clauses, last, 14))
    if lemma.startswith("no "):
        giving = first > 0 and is_past(tokens[first - 1])  # "provided no evidence"
        who = subject_before(clauses, first - 1) if giving else None
        return left(who, clause_after(clauses, first, 14))
    target = clause_after(clauses, last, 14) if follow is not None and follow.tag != "punct" else None
    if follow is not None and follow.lower in _QUESTIONS:
        return left(None, target)  # "the firm was uncertain whether"
    be = first - 1
    while be > 0 and tokens[be].tag == "adv":
        be -= 1
    if target is None or (tokens[be].tag == "be" and tokens[max(0, be - 1)].lower != "it"):
        target = subject_of(clauses, first) or target
    unsaid = target is not None and tokens[target[0]].lower == "it" and target[1] - target[0] <= 2
    return left(None, None if unsaid else target)


def _untold(clauses: Clauses, entry: EventEntry, lemma: str, first: int, last: int) -> Event | None:
    """A verb of knowing or telling that is denied, of somebody or of nobody at all."""
    tokens = clauses.tokens
    begin, nobody = _denied(tokens, last - 1 if lemma.startswith("not ") else first)
    if begin is None or "?" in clauses.whole.words or _is_of_anybody(clauses.whole, begin, first):
        return None  # "“Has he not disclosed it?” she asked"
    follow = tokens[last].lower if last < len(tokens) else "."
    if lemma in _CREDIT:
        wanted = lemma != "claimed" or follow in ("responsibility", "it", "the", "credit", ".")
        return Event(entry.predicate, entry.kind, "phrase", first, last) if nobody and wanted else None
    if nobody and lemma.startswith("know") and clauses.whole.lowers[last : last + 2] == ["what", "to"]:
        return None  # "nobody knows what to do"
    asked = follow in _QUESTIONS or not _SURELY.isdisjoint(
        token.lower for token in tokens[last : last + 3] if token.tag != "punct"
    )
    ends = last >= len(tokens) or tokens[last].text in (".", ",", ";") or tokens[last].tag == "quote"
    if ends and tokens[begin - 1].tag == "pron" and begin > 1 and tokens[begin - 2].tag == "rel":
        return None  # "the land that they could not explain"
    fronted = ends and not {token.lower for token in tokens[: first - 1]}.isdisjoint(_QUESTIONS)
    about = _NEWS | {"extent", "origin", "circumstances", "culprit"}
    news = any(token.lower in about for token in tokens[last : last + 4])
    if lemma in _KNOWN or lemma in _GIVEN_OUT:
        passive = any(token.tag == "be" for token in tokens[begin:first])
        what = subject_of(clauses, begin)
        if lemma in _GIVEN_OUT:
            told = tokens[slice(*what)] if what is not None else tokens[begin:first] if nobody else ()
            passive = passive and any(t.lower in _NEWS for t in told)
        surely = not _SURELY.isdisjoint(token.lower for token in tokens[last : last + 2])
        if lemma in ("identified", "named") and begin and tokens[begin].lower in ("declined", "refused"):
            return None  # "a witness, who declined to be identified"
        if lemma == "known":
            passive = passive and (surely or follow not in ("as", "to", "for", "that"))
        elif not passive and lemma in _SHOWN and (news or follow in _QUESTIONS):
            return Event(
                entry.predicate, entry.kind, "phrase", begin, last,
                None if nobody else subject_before(clauses, begin), clause_after(clauses, last, 14),
            )  # fmt: skip
        elif not passive and follow not in _QUESTIONS and lemma not in ("confirmed", "verified"):
            passive = news and lemma not in _GIVEN_OUT
        if not passive:
            return None
        asked = follow in _QUESTIONS
        if what is None and nobody:
            # "Neither figure could be verified", "No sum was named for the purchase"
            named = phrase_after(clauses, begin + 1)
            linked = clause_after(clauses, last, 8) if follow in ("for", "on", "about", "of") else None
            what = (begin, (linked or named or (begin, begin + 1))[1])
        return Event(
            entry.predicate, entry.kind, "phrase", begin, last, None,
            clause_after(clauses, last, 14) if asked else what,
        )  # fmt: skip
    if lemma in _TELLING and not (asked or fronted or (nobody and ends)):
        return None
    if lemma == "explain" and tokens[begin].lower in ("hard", "difficult", "impossible"):
        return None  # "it's hard to explain"
    if lemma in _FINDING and not (asked or fronted or news):
        return None
    who = None if nobody else _teller(clauses, begin)
    what = clause_after(clauses, last, 14)
    end = last + (follow in _QUESTIONS)  # "have not said whether they will": the question is no plan
    return Event(entry.predicate, entry.kind, "phrase", begin, end, who, what)


def _is_of_anybody(tokens: Tokens, begin: int, first: int) -> bool:
    """ "you never know", "I didn't know what was going on", "it does not explain why", "groups that don't
    disclose": what anybody or the teller once did not know, an argument, a habit."""
    who, denied = tokens[begin - 1].lower if begin else "", tokens.lowers[begin:first]
    if who == "you" or (who in ("i", "we") and "did" in denied):
        return True
    if "never" in denied or (who in ("it", "this", "that") and "does" in denied):
        return True
    return who in ("that", "who", "which") and "do" in denied


def _teller(clauses: Clauses, begin: int) -> Range | None:
    """Who leaves something open; "The navy said its guns had fired, but did not say where": who said so."""
    tokens, said = clauses.tokens, 0
    if begin and tokens[begin - 1].lower == "but":
        said = next((p for p in range(begin - 2, 0, -1) if tokens[p].lower in _SAYING), 0)
    if said and tokens[said - 1].tag in ("word", "cap", "pron", "have", "adv", "num"):
        return subject_before(clauses, said) or subject_before(clauses, begin)
    return subject_before(clauses, begin)


_SAYING = frozenset("said says confirmed reported told added announced acknowledged".split())


def _denied(tokens: Sequence[Token], first: int) -> tuple[int | None, bool]:
    """Where the negated group of the verb at a token begins, and whether nobody is its subject ("no one
    knows")."""
    position = first - 1
    while position >= 0 and first - position < 8:
        token = tokens[position]
        if token.tag == "neg" and token.lower != "nor":
            while position and tokens[position - 1].tag in ("modal", "be", "have", "do"):
                position -= 1
            return position, token.lower == "neither"
        if token.lower in _NOT_TO and position + 1 < first and tokens[position + 1].lower == "to":
            return position, False
        if token.tag not in ("adv", "have", "be", "do", "modal") and token.lower not in ("able", "possible"):
            break
        position -= 1
    for back in range(position, max(-1, position - 12), -1):
        if tokens[back].lower in _NOBODY and (not back or tokens[back - 1].tag != "prep"):
            return back, True
        if tokens[back].lower == "neither":
            return back, False
        if tokens[back].tag in ("punct", "sub", "rel", "quote", "be", "have", "modal"):
            break
    return None, False
