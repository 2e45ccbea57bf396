"""Whether two claims can be told to be about one thing: what has to be known before they can contradict each
other. Pure; no I/O.

Which predicates ask for what is told here; docs/decisions/0041 and 0042 say why.
"""

from service.facts.values import DAY_PRECISE, ClaimView, shown, speaker, valid_span
from service.facts.words import counted, is_of, is_wide

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
# What is counted of one incident: of two days, or in one country, there may be two.
INCIDENTS = CASUALTIES | {
    *("arrests", "displaced", "evacuated", "protest_attendance", "area_burned", "magnitude"),
}
# What counts people, all of them or those of one kind.
CROWDS = (INCIDENTS - {"homes_destroyed", "area_burned", "magnitude"}) | {"troops_deployed", "population"}
SAME_DAYS, SAME_COUNT_DAYS, FAR = 1, 14, 10_000
SHARED = 4  # words that two articles on one event have in common
COARSE = frozenset(("month", "year"))
_GUESSED = frozenset(("subject", "object"))


# --- figures -----------------------------------------------------------------------------------------------


def two_things(new: ClaimView, old: ClaimView) -> tuple[str, str] | None:
    """Why two figures that disagree may be of two things, as clause and words: two figures of one article
    that it does not set against each other; growth of 3 percent and of 4, of two years; deals of one company,
    the other side left open; 200 girls and 21 guards; dead of Monday and of Friday."""
    if one_article(new, old) and not two_sources(new, old):
        return "occasion", "one article gives two figures, and not two sources for them"
    if new.predicate in PERIODICAL and not one_time(new, old):
        return "period", "nothing says that both are figures of one time"
    if new.predicate == "vote_share" and speaker(new) != speaker(old):
        return "period", "two polls may differ"
    open_side = new.predicate in SEVERAL and None in (new.subject, new.object or new.place)
    if open_side or (new.predicate == "age" and is_inferred(new, old)):
        return "identity", "nothing says that both are figures of one thing"
    if new.predicate in CASUALTIES and new.subject and old.subject and new.subject != old.subject:
        return "cause", f"one is of {shown(new, new.subject)}, the other of {shown(old, old.subject)}"
    if new.predicate in CROWDS and counted(new.value_text) != counted(old.value_text):
        return "counted", f"{new.value_text} and {old.value_text} may not be the same people"
    if new.predicate in INCIDENTS and days_between(new, old) > SAME_DAYS:
        return "incident", f"one is of {valid_span(new)[0]}, the other of {valid_span(old)[0]}"
    return None


def two_incidents(new: ClaimView, old: ClaimView) -> str | None:
    """Why two figures that do not say the same, told in two articles, may be of two incidents: more than two
    weeks lie between them, they have two causes that are known, they count two kinds of people, or one is
    placed in a country only because its article is about that country, and the words of the two have
    nothing in common."""
    if new.kind != "quantity" or one_article(new, old):
        return None
    causes = new.predicate in CASUALTIES and is_known(new, "subject") and is_known(old, "subject")
    if causes and new.subject != old.subject:
        return f"one is of {shown(new, new.subject)}, the other of {shown(old, old.subject)}"
    one, other = counted(new.value_text), counted(old.value_text)
    if new.predicate in CROWDS and one and other and one.isdisjoint(other):
        return f"{new.value_text} and {old.value_text} are different people"
    if new.predicate in INCIDENTS and days_between(new, old) > SAME_COUNT_DAYS:
        return f"one is of {valid_span(new)[0]}, the other of {valid_span(old)[0]}"
    guessed = "place" in new.inferred + old.inferred and new.place is not None and is_wide(new.place)
    if guessed and not names_place(new, old) and not shared_words(new, old):
        return f"nothing they say tells that both are of one event in {shown(new, new.place)}"
    return None


def not_one_count(new: ClaimView, old: ClaimView) -> tuple[str, str] | None:
    """Why one total may not be the other, grown or corrected, as clause and words: "three sons" and "12
    people"; dead of whom two articles tell in words that have nothing in common."""
    one, other = counted(new.value_text), counted(old.value_text)
    if new.predicate in CROWDS and one != other and one.isdisjoint(other):
        return "counted", f"{new.value_text} and {old.value_text} may not be the same people"
    if new.predicate not in CASUALTIES or one_article(new, old) or not new.named or not old.named:
        return None
    if shared_words(new, old) or (new.subject is not None and new.subject == old.subject):
        return None
    return "incident", "nothing they say tells that both are of one event"


def names_place(new: ClaimView, old: ClaimView) -> bool:
    """Whether those of the two that are placed by inference name the place after all, in their title."""
    guessed = [one for one in (new, old) if "place" in one.inferred]
    return all(any(is_of(word, place) for word in one.named for place in places(one)) for one in guessed)


def shared_words(new: ClaimView, old: ClaimView) -> bool:
    """Whether both name something beside where it was: "two dead as tram overturns", "tram crash: two
    killed"."""
    here = places(new) | places(old)
    return any(not any(is_of(word, place) for place in here) for word in new.named & old.named)


def places(claim: ClaimView) -> set[str]:
    return {place for place in (claim.place, *claim.within) if place is not None}


def days_between(new: ClaimView, old: ClaimView) -> int:
    """Days that lie between what two claims are about; a month or a year is near itself only."""
    if not COARSE.isdisjoint((new.precision, old.precision)) and valid_span(new) != valid_span(old):
        return FAR
    return days_apart(new, old)


def days_apart(new: ClaimView, old: ClaimView) -> int:
    one, other = valid_span(new), valid_span(old)
    return max(0, (max(one[0], other[0]) - min(one[1], other[1])).days)


# --- events ------------------------------------------------------------------------------------------------


def one_occasion(new: ClaimView, old: ClaimView) -> bool:
    """Whether two events of a kind that comes again are told to be one: in one article, of one time that both
    have, of somebody who is known, in one place smaller than a country, or in words that have several in
    common."""
    if new.predicate in ONCE or one_article(new, old):
        return True
    names = [one.subject for one in (new, old) if new.predicate == "disaster" and is_known(one, "subject")]
    if len({*names}) > 1:
        return False  # two hurricanes
    stated = "place" not in new.inferred + old.inferred
    if new.time_start is not None and old.time_start is not None:
        coarse = not COARSE.isdisjoint((new.precision, old.precision))
        return days_apart(new, old) <= (0 if coarse else SAME_DAYS) and (stated or not coarse)
    for role in ("subject", "object"):
        same = getattr(new, role) == getattr(old, role) != new.place
        if same and is_known(new, role) and is_known(old, role):
            return True
    if new.place is not None and new.place == old.place and not is_wide(new.place):
        return True
    return len(new.named & old.named) >= SHARED


def different_days(new: ClaimView, old: ClaimView) -> bool:
    """Events both dated to the day, on days that do not meet."""
    if new.kind != "event" or new.time_start is None or old.time_start is None:
        return False
    if new.precision not in DAY_PRECISE or old.precision not in DAY_PRECISE:
        return False
    return days_apart(new, old) > 0


# --- claims ------------------------------------------------------------------------------------------------


def one_article(new: ClaimView, old: ClaimView) -> bool:
    """A reprint is the article that it reprints."""
    return (new.reprint_of or new.article) == (old.reprint_of or old.article)


def two_sources(new: ClaimView, old: ClaimView) -> bool:
    """Whether both are attributed, and to two."""
    named = all(one.origin is not None and "attribution" not in one.inferred for one in (new, old))
    return named and speaker(new) != speaker(old)


def one_telling(new: ClaimView, old: ClaimView) -> bool:
    return one_article(new, old) and speaker(new) == speaker(old)


def is_inferred(new: ClaimView, old: ClaimView) -> bool:
    """Whether who or what one of them is about was inferred: no ground to set it against the other. (A place
    may be: most of what an article tells happens where it says at first.)"""
    return not _GUESSED.isdisjoint(new.inferred) or not _GUESSED.isdisjoint(old.inferred)


def one_time(new: ClaimView, old: ClaimView) -> bool:
    """Both state their time, and the same."""
    return states_time(new) and states_time(old) and valid_span(new) == valid_span(old)


def states_time(claim: ClaimView) -> bool:
    return claim.time_start is not None and "time" not in claim.inferred


def is_known(claim: ClaimView, role: str) -> bool:
    """Whether it is an entity."""
    return getattr(claim, role) is not None and role not in claim.literal


def one_day(new: ClaimView, old: ClaimView) -> bool:
    """Told in one article, or of one time that both name."""
    return one_article(new, old) or one_time(new, old)
