"""Whether two claims can be told to be about one thing: what has to be known before they can contradict each
other. Pure; no I/O.

Which predicates ask for what is told here; docs/decisions/0041 says why.
"""

from service.facts.values import DAY_PRECISE, ClaimView, shown, speaker, valid_span

# Events of which a place has one at a time: dated to two days, one of the dates is wrong. Protests, attacks
# and meetings come again.
ONCE = frozenset(
    (
        "state_of_emergency", "mourning_declared", "internet_shutdown", "internet_restored", "independence",
        "withdrawal_start", "mission_completed", "government_dismissed", "government_formed",
    )
)  # fmt: skip
# What is another number every day or every quarter, or from one poll to the next.
PERIODICAL = frozenset(
    ("price", "price_change", "inflation", "economic_growth", "revenue", "profit", "vote_share")
)
# One side may have several of these at a time: where the other is left open, it is not known which is meant.
SEVERAL = frozenset(("contract_value", "investment", "aid_pledged", "units_ordered"))
# Of these a place may see several on one day, each with its cause.
CASUALTIES = frozenset(("deaths", "injuries", "missing", "hostages", "homes_destroyed"))
_GUESSED = frozenset(("subject", "object"))


def two_things(new: ClaimView, old: ClaimView) -> tuple[str, str] | None:
    """Why two figures that disagree may be of two things, as clause and words: "operating profits fell to 1.6
    billion, those of Mercedes to 20 million", by one voice in one article; growth of 3 percent and of 4, of
    two years; deals of one company, the other side left open."""
    if one_telling(new, old):
        return "occasion", "one voice in one article gives two figures"
    if new.predicate in PERIODICAL and not one_time(new, old):
        return "period", "nothing says that both are figures of one time"
    open_side = new.predicate in SEVERAL and None in (new.subject, new.object or new.place)
    if open_side or (new.predicate == "age" and is_inferred(new, old)):
        return "identity", "nothing says that both are figures of one thing"
    if new.predicate in CASUALTIES and new.subject and old.subject and new.subject != old.subject:
        return "cause", f"one is of {shown(new, new.subject)}, the other of {shown(old, old.subject)}"
    return None


def one_article(new: ClaimView, old: ClaimView) -> bool:
    """A reprint is the article that it reprints."""
    return (new.reprint_of or new.article) == (old.reprint_of or old.article)


def one_telling(new: ClaimView, old: ClaimView) -> bool:
    return one_article(new, old) and speaker(new) == speaker(old)


def is_inferred(new: ClaimView, old: ClaimView) -> bool:
    """Whether who or what one of them is about was inferred: no ground to set it against the other. (A place
    may be: most of what an article tells happens where it says at first.)"""
    return not _GUESSED.isdisjoint(new.inferred) or not _GUESSED.isdisjoint(old.inferred)


def one_time(new: ClaimView, old: ClaimView) -> bool:
    """Both state their time, and the same."""
    stated = all(one.time_start is not None and "time" not in one.inferred for one in (new, old))
    return stated and valid_span(new) == valid_span(old)


def one_day(new: ClaimView, old: ClaimView) -> bool:
    """Told in one article, or of one time that both name."""
    return one_article(new, old) or one_time(new, old)


def different_days(new: ClaimView, old: ClaimView) -> bool:
    """Events both dated to the day, on days that do not meet."""
    if new.kind != "event" or new.time_start is None or old.time_start is None:
        return False
    if new.precision not in DAY_PRECISE or old.precision not in DAY_PRECISE:
        return False
    (start, end), (other_start, other_end) = valid_span(new), valid_span(old)
    return end < other_start or other_end < start
