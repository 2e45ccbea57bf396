"""Attacks and fights that are carried on in words: "attacked his rival over the tax plan"."""

from service.extraction.counted import singular
from service.extraction.event_types import Event
from service.extraction.fillers import Range, mentions_in
from service.extraction.heads import names_persons
from service.extraction.phrases import TIME_WORDS, Clauses
from service.extraction.tokens import group, inflections


def is_in_words(clauses: Clauses, event: Event) -> bool:
    """Whether an attack or a clash is one of words: no arms and no victims are told of, and it is about
    politics, of one named person upon another, or for what somebody said or did."""
    tokens = clauses.tokens
    if event.predicate not in ("attack", "clash") or clauses.whole.groups & _ARMED:
        return False
    if not any(token.lower in _EITHER for token in tokens[event.first : event.last]):
        return False
    if event.pattern == "noun":
        placed = event.last < len(tokens) and tokens[event.last].lower in ("in", "at", "near")
        near = tokens[max(0, event.first - 4) : event.first]
        dated = any(token.tag == "num" or token.lower in TIME_WORDS for token in near)
        named = clauses.by_end.get(tokens[event.first - 1].end) if event.first else None
        placed = placed or (named is not None and named.kind == "place")
        owned = any(token.tag == "poss" for token in near)
        said = event.last < len(tokens) and tokens[event.last].lower in ("on", "against", "from", "over")
        if placed or dated or not (owned or said or event.subject or event.object):
            return False
        if owned and _is_one(clauses, event.subject):
            return True
    if event.object is not None and _is_thing(clauses, event.object):
        return False
    if clauses.whole.groups & _POLITICAL or (
        _is_one(clauses, event.subject) and _is_one(clauses, event.object)
    ):
        return True
    end = max(event.last, event.object[1] if event.object is not None else 0)
    follow = clauses.whole.lowers[end : end + 3]
    reason = follow[:1] in (["for"], ["over"], ["as"]) and event.pattern in ("verb", "passive")
    return reason and not any(singular(word) in TIME_WORDS or word.isdigit() for word in follow)


def _is_thing(clauses: Clauses, span: Range) -> bool:
    """ "attacks on refugee centres": no person, and nothing that somebody has or does."""
    last = clauses.tokens[span[1] - 1]
    owned = any(token.tag == "poss" for token in clauses.tokens[slice(*span)])
    return last.tag == "word" and not owned and not names_persons(last)


def _is_one(clauses: Clauses, span: Range | None) -> bool:
    """A named person."""
    return span is not None and any(
        mention.kind == "person" and "pronoun" not in mention.flags
        for _, mention in mentions_in(clauses, span)
    )


_EITHER = frozenset(
    form for verb in "attack ambush clash skirmish feud fight battle blast spar duel".split()
    for form in inflections(verb)
) | {"offensive", "clashes", "battles", "skirmishes", "standoff", "showdown"}  # fmt: skip
_ARMED = group(
    "killed kill kills killing dead died dies deaths wounded wounding injured injuring injuries hurt police "
    "policeman policemen officers soldier soldiers troops army military forces navy gunmen gunman gun guns "
    "gunfire shots knife knives stabbed shot shooting shootings bomb bombs bombing bombings bomber bombers "
    "bombed missile missiles rocket rockets grenade grenades drone drones warplanes jets mortar artillery "
    "shelling militants militant rebels rebel insurgents guerrillas fighters militia militias terrorist "
    "terrorists terror terrorism jihadists isis taliban hamas hezbollah qaeda mob mobs gang gangs thugs "
    "stones sticks machete machetes axe sword acid weapons weapon armed violent violence victims victim "
    "hospital hospitalised protesters demonstrators suspect suspects arrested detained hijackers hijacked "
    "consulate embassy outpost nightclub church mosque temple school massacre assailant assailants attacker "
    "attackers punched beaten beat kicked fists egg eggs sexually sexual raped rape dog shark bear "
    "border villages village town civilians convoy base hackers hacked hacking cyber malware "
    "website security".split()
)
_POLITICAL = group(
    "candidate candidates campaign campaigns campaigning voters debate debates senator senators sen rival "
    "rivals nominee republican republicans democrat democrats democratic tory tories labour conservatives "
    "lib dems gop primary primaries nomination ad ads remarks comments speech critics tweet tweets tweeted "
    "rhetoric policy policies plans criticism editorial opponent opponents congressman lawmakers mps tax "
    "taxes elites establishment manifesto shareholders takeover bid wage".split()
)
