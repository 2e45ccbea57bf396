"""Words around a number that say it counts something else than what an entry does."""

from service.extraction.figures import NumberAt
from service.extraction.lexicon import QuantityEntry, split
from service.extraction.tokens import Tokens
from service.extraction.triggers import matches


def excluded(tokens: Tokens, number: NumberAt, entry: QuantityEntry) -> bool:
    """ "80 percent of ballots counted": words right after the number that say it counts something else."""
    if entry.predicate == "aid_pledged":
        ahead = [token.lower for token in tokens[max(0, number.first - 2) : number.first]]
        if ahead in _PROMISES:
            return True  # "offered a reward of 10 million pesos"
    if entry.bars and not tokens.words.isdisjoint(entry.bars) and tokens.words.isdisjoint(entry.despite):
        return True
    if entry.predicate == "price" and tokens.lowers[number.last : number.last + 1] in _COMPARED:
        return True  # "is still $14 higher than last year's"
    if entry.predicate == "price_change" and tokens.lowers[number.last : number.last + 1] == ["of"]:
        return (
            "value" not in tokens.lowers[number.last : number.last + 4]
        )  # "gave up 10 percent of the field"
    if entry.predicate in ("economic_growth", "inflation") and tokens.lowers[
        number.last : number.last + 1
    ] == ["of"]:
        return True  # "a deficit of 3% of GDP", "1% of annual growth may be lost"
    if entry.predicate == "vote_share" and _is_no_share(tokens, number):
        return True
    if not entry.barred or number.number_last == len(tokens):
        return False
    barred = entry.barred.get(tokens[number.number_last].lower, ())
    return any(matches(tokens, number.number_last, split(phrase)) for phrase in barred)


_COMPARED = [[word] for word in ("higher", "lower", "more", "less", "cheaper", "dearer")]
_PROMISES = (["reward", "of"], ["bounty", "of"], ["ransom", "of"], ["prize", "of"])


_NEEDED = frozenset("need needs needed needing require requires required requiring".split())


def _is_no_share(tokens: Tokens, number: NumberAt) -> bool:
    """ "needs more than 50 percent to win", "a 10 percent lead", "46 percent of voters said so": no votes
    that somebody got."""
    ahead = tokens.lowers[max(0, number.first - 3) : number.first]
    follow = tokens.lowers[number.last : number.last + _FARTHEST_VOTE]
    if not _NEEDED.isdisjoint(ahead) or not _NO_VOTES.isdisjoint(follow[:1]) or "turnout" in ahead:
        return True
    if follow[:1] != ["of"] or _VOTERS.isdisjoint(follow[:6]):
        return False
    return _VOTING.isdisjoint(follow) and _GETTING.isdisjoint(
        tokens.lowers[max(0, number.first - 6) : number.first]
    )


_FARTHEST_VOTE = 12
_NO_VOTES = frozenset(
    "chance probability odds lead margin swing drop increase rise fall decline jump gap edge advantage "
    "turnout who viewing view saying say said says believe think disapprove approval job-approval "
    "favorability undecided white black hispanic latino asian female male women men reporting".split()
)
_VOTERS = frozenset("voters electorate women men americans".split())
_VOTING = frozenset(
    "vote voted voting back backed backing support supported supporting choose chose favour favoured "
    "favor favored prefer preferred opted approved rejected for against "
    "constitution referendum ballot proposal".split()
)
_GETTING = frozenset(
    "won win wins winning got get gets received receive receives took take takes garners garnered drew "
    "draws with support backing by earned has had have from among claimed carried carries attracted "
    "share".split()
)
