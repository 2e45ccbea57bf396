"""Who can make a statement, named or not: a spokesman, "the zoo", "some"; and who judges by profession."""

import re

from service.extraction.attributed import Attribution
from service.extraction.counted import is_person, singular


def may_speak(item: Attribution, source: str) -> bool:
    """Whether an attribution's source is somebody, by name or by words alone."""
    return item.name is not None or speaks(source) or _is_name(source) or _is_anybody(item, source)


def speaks(source: str) -> bool:
    """ "officials", "the ministry", "campaigners": who can speak without being named."""
    words = source.lower().replace("’s", "").split()
    return any(
        word in _SPEAKERS
        or (one := singular(word)) in _SPEAKERS
        or is_person(one, word)
        or (len(word) > 6 and word.endswith(("ers", "ors", "ists")))
        for word in words
    )


_SPEAKERS = frozenset(
    "officials authorities police government activists experts analysts protesters demonstrators "
    "residents lawyers unions union lawmakers families critics opposition researchers scientists "
    "doctors they he she we i it who rebels militants prosecutors leaders ministers workers "
    "campaigners groups group economists observers investigators firefighters rescuers relatives "
    "witnesses spokesman spokeswoman spokesperson minister president ministry company firm agency "
    "court judge committee commission council organization organisation regulators regulator "
    "senators airline bank carmaker manufacturer party hospital university club newspaper "
    "broadcaster operator maker retailer school charity federation foundation league team "
    "agencies association watchdog charities banks ngos bodies body institute retailers "
    "council embassy parliament cabinet mayor governor king queen pope senator judges senate "
    "supporters teachers students parents farmers miners traders investors drivers chief head boss "
    "army military forces troops coalition alliance bloc junta regime palace kremlin administration "
    "inquiry panel report study survey department office authority service centre center board "
    "statement communique declaration letter memo email notice bulletin "
    "carrier giant producer supplier chain lender insurer utility developer exporter bureau movement "
    "democrats republicans conservatives socialists liberals labour countries nations states country "
    "thousands hundreds dozens scores crowd crowds marchers people women men citizens "
    "voices lawsuit suit indictment complaint affidavit plaintiffs petition filing chargesheet "
    "fund tribunal jury prosecution defence congress bishops church clerics side sides".split()
)


def _is_name(source: str) -> bool:
    """ "Holm", "Mr Holm", "the Marea": capitals throughout, though nothing else tells of a name."""
    words = source.removeprefix("the ").removeprefix("The ").split()
    return (
        len(words) < 5
        and all(word[0].isupper() and word[1:2].islower() for word in words)
        and (source.lower() not in _NO_NAMES)
    )


_NO_NAMES = frozenset(
    "this that these those there many some few most both all another one nobody nothing".split()
)


def _is_anybody(item: Attribution, source: str) -> bool:
    """ "the zoo said", "some argue": any noun, where the verb leaves no doubt that somebody speaks."""
    first, *rest = source.lower().split()
    several = first in _SOME
    spoken = item.verb in _SPOKEN or item.cue.surface == "called for"  # "the crisis calls for": nobody
    return spoken and (several or (first in _ARTICLES and bool(rest) and not rest[-1].endswith("ly")))


_SPOKEN = frozenset(
    ("say", "tell", "add", "announce", "argue", "warn", "urge", "call on", "ask for", "insist")
)
_SOME = frozenset("some many others another several eyewitnesses sources".split())
_ARTICLES = frozenset("the a an his her its their our state".split())


def accuses(source: str) -> bool:
    """ "the lawsuit", "an indictment": what is written to accuse somebody."""
    return not _CHARGES.isdisjoint(source.lower().split()[:4])


_CHARGES = frozenset("lawsuit suit indictment complaint affidavit chargesheet plaintiffs plaintiff".split())


def judges(source: str) -> bool:
    """ "analysts", "a professor": whose view is an assessment."""
    return _JUDGES.search(source.lower()) is not None


_JUDGES = re.compile(
    "expert|analyst|observer|economist|scientist|commentator|researcher|ologist|forecaster|academic|"
    "professor|scholar|specialist|strategist|pollster|historian"
)
