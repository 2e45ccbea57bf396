"""What a speaker says ought to be: "the council must act", "you need to leave", "“Stop the fees!”"."""

from collections.abc import Sequence

from service.extraction.cues import CUES
from service.extraction.directives import SOMEONE
from service.extraction.fillers import Range, fits
from service.extraction.heads import OWNERS
from service.extraction.phrases import Clauses
from service.extraction.roles import phrase_after
from service.extraction.tokens import PAST_FORMS, Token, group

OUGHT = frozenset(("must", "should"))
# With "to" behind them.
_NEEDING = frozenset("need needs have has ought".split())
_OBLIGING = group((*OUGHT, *_NEEDING, "had", "let"))
_ALL = frozenset("everyone everybody people residents all".split())
_VERBS = frozenset(("be", "have", "do", "modal"))


def ought(clauses: Clauses, content: Range) -> tuple[Range | None, Range] | None:
    """ "The council must act", "you need to leave": whom it is asked of, and what."""
    tokens = clauses.tokens
    if not clauses.whole.groups & _OBLIGING:
        return None
    first = content[0]
    while first < content[1] and tokens[first].tag in ("quote", "conj"):
        first += 1
    if first < content[1] and tokens[first].tag == "sub":
        # "If you are in the zone, you need to leave"
        comma = next((p for p in range(first, min(first + 16, content[1])) if tokens[p].text == ","), None)
        if comma is None:
            return None
        first = comma + 1
    told = relative = False  # the clause has its verb; a relative clause is open, whose verb is none of it
    for position in range(first, min(content[0] + 40, content[1] - 1)):
        token = tokens[position]
        if _opens_clause(tokens, position):
            first = position + 1 + (tokens[position + 1].tag == "punct")
            told = relative = False
        elif told:
            continue
        elif token.tag in ("rel", "sub"):
            told, relative = token.tag == "sub", True
        elif relative and _is_relative_verb(tokens, position):
            relative = False
        elif position > first and _obliges(tokens, position):
            if not _is_own_need(tokens, first, position) and not _is_expected(tokens, position):
                whom = _obliged(clauses, first, position)
                passive = tokens[min(position + 2, content[1] - 1)].lower == "be"
                if whom is not None or passive or token.lower != "had":  # "the helicopter had to land"
                    return whom, (first, min(content[1], first + 16))
            told = True
        elif token.tag in _VERBS and token.lower != "to":
            told, relative = not relative, False
        elif position == first and token.lower == "let" and tokens[position + 1].lower == "us":
            return None, (first, min(content[1], first + 16))
    return None


def _opens_clause(tokens: Sequence[Token], position: int) -> bool:
    """ "…, and she should be held to account", "…; we must act", "says that we must", "I think we should"."""
    token, before = tokens[position], tokens[position - 1]
    if token.text == ";" or (token.lower == "that" and before.lower in CUES and before.lower != "states"):
        return True
    if token.lower in _THINKING:
        return before.tag == "pron" and tokens[position + 1].lower != "that"
    return token.lower in ("and", "but", "so") and before.text in (",", "–", "—")


def _is_relative_verb(tokens: Sequence[Token], position: int) -> bool:
    """ "care that has to be given", "a man whom we should thank": no verb of the clause around it."""
    before = position - 1 - (tokens[position - 1].tag == "pron")
    return tokens[before].tag == "rel" and tokens[position].tag in _VERBS


def _obliges(tokens: Sequence[Token], position: int) -> bool:
    """ "must go", "has to go"; but "as they should", "it will have to pay", "must have known"."""
    token, follow = tokens[position], tokens[position + 1]
    if token.lower in OUGHT:
        verb = position + 1 + (follow.tag in ("adv", "neg"))
        having = tokens[verb : verb + 2]
        had = len(having) > 1 and having[0].tag == "have" and having[1].tag not in ("det", "cap", "modal")
        return not had and tokens[position - 1].lower != "as"
    if follow.lower != "to" or (token.lower not in _NEEDING and token.lower != "had"):
        return False
    if tokens[position - 1].tag == "det":
        return False  # "the need to"
    before = position - 1 - (tokens[position - 1].tag in ("adv", "neg"))
    return tokens[before].tag != "modal"


def _is_own_need(tokens: Sequence[Token], first: int, verb: int) -> bool:
    """ "I must go", "the firm said it has to pay", "you have to be lucky", "the steps we should take"."""
    who, word = tokens[first].lower, tokens[verb].lower
    if verb - 2 > first and tokens[verb - 1].tag == "pron" and tokens[verb - 2].tag in ("word", "cap"):
        return True
    if who in ("he", "she", "it") and verb == first + 1:
        quoted = tokens[first - 1].tag == "quote" if first else False
        return not quoted and word != "should"
    if who in _ASKING or (word == "had" and tokens[first].tag == "pron" and who not in _ALL):
        return True  # "why should I lose it?", "we had to move"
    return who == "i" or (who == "you" and word == "have" and tokens[verb + 2].lower == "be")


def _is_expected(tokens: Sequence[Token], position: int) -> bool:
    """ "the recovery should begin in May", "that should be enough", "we need to know": nothing is asked."""
    verb = position + 1
    while verb < len(tokens) - 2 and (tokens[verb].tag in ("neg", "adv") or tokens[verb].lower == "to"):
        verb += 1
    lower = tokens[verb].lower
    if lower == "be" and tokens[position].lower in ("should", "ought"):
        return tokens[verb + 1].lower in _ENOUGH
    if lower == "do" and tokens[verb + 1].lower == "with":
        return True
    return lower in _IDLE or (tokens[position].lower in ("should", "ought") and lower in _COMING_ABOUT)


_ASKING = frozenset("why how what where when who which whether if".split())
_THINKING = frozenset("think believe feel said says".split())
_IDLE = frozenset("know expect wonder admit say see wait understand".split())
_ENOUGH = frozenset("able enough available ready over complete sufficient easy easier higher lower".split())
_COMING_ABOUT = frozenset(
    "begin start open rise fall grow improve reach help become result lead continue remain arrive come "
    "produce exceed average increase decrease decline ease recover last yield enable add lift boost".split()
)


def _obliged(clauses: Clauses, first: int, verb: int) -> Range | None:
    """Whom it is asked of that the verb at a token comes true."""
    tokens = clauses.tokens
    someone = tokens[first].tag != "pron" and fits(clauses, (first, verb), SOMEONE)
    return (first, verb) if someone or tokens[first].lower in _ALL else None


def _is_bare_verb(tokens: Sequence[Token], position: int) -> bool:
    """Whether a word behind one thing or person is a verb with its object: "the minister keep her post"."""
    word, one, follow = tokens[position], tokens[position - 1].lower, tokens[position + 1]
    bare = word.tag == "word" and not word.lower.endswith(("s", "ed", "ing")) and word.lower not in PAST_FORMS
    object_ = follow.tag in ("det", "pron") or follow.lower in OWNERS
    return bare and object_ and not one.endswith("s")


# Verbs with which a quotation tells others what to do: "“Stop the fees,” she told the rally".
_IMPERATIVES = frozenset(
    "stop let give get leave release free end bring keep stay listen help save show send withdraw respect "
    "resign wake stand put take open close protect pay hand wait remember be do don".split()
)
_AFTER_IMPERATIVES = frozenset(
    "the our your my us them me him it hitting this these those all out away up".split()
)


def ordered_in(clauses: Clauses, content: Range) -> tuple[Range | None, Range] | None:
    """ "“Stop hitting families,” X told the rally", "“Don't cut our future!”": nobody is named, and what."""
    tokens = clauses.tokens
    first = content[0] + (tokens[content[0]].tag == "quote")
    if first + 2 >= content[1] or not first or tokens[first - 1].tag != "quote":
        return None
    verb = tokens[first].lower
    negated = verb == "do" and tokens[first + 1].tag == "neg"
    if negated and tokens[first + 2].tag == "word":
        return None, (first, min(content[1], first + 16))
    follow = tokens[first + 1]
    acts = verb in _IMPERATIVES and (follow.lower in _AFTER_IMPERATIVES or follow.lower.endswith("ing"))
    aimless = verb in ("let", "give") and follow.lower in ("me", "us")
    return (None, (first, min(content[1], first + 16))) if acts and not aimless else None


def subjunctive(clauses: Clauses, content: Range) -> tuple[Range, Range] | None:
    """ "insisted that the border be opened", "that the minister keep her post": what is to be, and all of
    it."""
    tokens = clauses.tokens
    what = phrase_after(clauses, content[0])
    if what is None or what[1] + 1 >= content[1]:
        return None
    if tokens[what[1]].lower != "be":
        acts = what[1] - what[0] > 2 and _is_bare_verb(tokens, what[1] - 1)
        if not acts or tokens[what[0]].tag != "det":
            return None
        what = what[0], what[1] - 1
    return what, (content[0], min(content[1], content[0] + 16))
