"""What a predicate can count: people, soldiers, money, shares, things."""

from collections.abc import Sequence
from functools import lru_cache

from service.extraction.counted import is_person, is_plural, singular
from service.extraction.figures import NumberAt
from service.extraction.lexicon import QuantityEntry, lexicon
from service.extraction.quantity_words import PERSON_STATES
from service.extraction.text import Quantity, QuantityKind
from service.extraction.tokens import Token
from service.extraction.world import demonyms

_SOLDIERS = frozenset(
    "soldier troop peacekeeper serviceman paratrooper marine fighter reservist mercenary guard "
    "trooper officer personnel force helmet legionnaire militant policeman militiaman "
    "conscript infantryman recruit sailor ranger commando serviceperson guardsman police contingent "
    "gendarme airman cavalryman".split()
)
_BODIES = frozenset(
    "force forces contingent troops peacekeeping military army brigade battalion police mission "
    "soldiers garrison guard navy reserve reserves army militia troop battalions brigades".split()
)
_FIREMEN = frozenset("blaze extinguish firefighting firefighters wildfire wildfires".split())
_NOT_PEOPLE = frozenset("time day week month year hour minute percent case charge occasion step".split())
_ABSTRACT = _NOT_PEOPLE | frozenset(
    "people person job worker employee vote seat goal point game match investigation inquiry "
    "arrest death member percent country place home house building".split()
)


# What is delivered, chosen or sold without being an item.
_NO_ITEMS = _ABSTRACT | frozenset(
    "speech ruling verdict name justice floor project test patent village tract firm company business "
    "subsidiary bank branch hotel facility stake customer brand label marque email airline country "
    "state story message record contract ton tonne minute percentage province asset chain store shop "
    "casino share stock debenture bond note warrant product mark saving production service right dollar "
    "euro pound yen dlr stg lets sector rival division plot property game series season episode film "
    "idea thing way kind part one".split()
)


# What is killed, hurt, lost or held without being a person; any other noun is one there.
_NO_ONE = _ABSTRACT - {"person", "people", "worker", "employee", "member"} | frozenset(
    "animal horse pony cow cattle calf bull ox goat sheep lamb pig piglet hog chicken hen duck goose "
    "turkey bird swan gull dog puppy cat kitten camel donkey mule llama alpaca elephant rhino lion tiger "
    "leopard bear wolf deer elk seal whale dolphin shark fish salmon turtle bee monkey ape gorilla "
    "kangaroo koala wombat buffalo bison yak reindeer fox mink bat rat mouse snake crocodile herd flock "
    "pet livestock poultry tree crop plant vine car truck lorry bus train tram tank vehicle ship boat "
    "vessel tanker trawler yacht ferry dinghy plane aircraft jet helicopter drone missile rocket mine "
    "bomb weapon rifle gun bullet city town village region district province state nation family "
    "household group company firm bank business shop school church mosque hospital hotel bridge road "
    "building project plan proposal bill law scheme deal idea dream rumour attack raid blast incident "
    "event clash operation protest strike rally election dollar euro pound tonne ton kilo litre kilometre "
    "mile metre acre hectare item document phone computer file account site website record target round "
    "shot decade night moment hand leg arm eye head bone rib finger toe foot skull body corpse life "
    "amendment".split()
)
_REMAINS = frozenset(("body", "corpse", "life"))


def head_noun(quantity: Quantity) -> str | None:
    return quantity.noun.split()[-1].lower() if quantity.noun else None


_OLDEST = 120
_MOST_JOBS = 1_000_000
_MOST_PEOPLE = 100_000_000
_STRONGEST = 10
_FEWEST_MEN = _FEWEST = 50
_HIGHEST_RATE = 60
_RATES = frozenset(("inflation", "economic_growth"))


def _is_aside(tokens: Sequence[Token], number: NumberAt) -> bool:
    """ "The singer, 34, was found dead": a bare number between commas is an age."""
    if number.noun is not None or number.quantity.kind != "count":
        return False
    if (number.quantity.amount or 0) > _OLDEST:
        return False
    inside = number.first > 0 and number.last < len(tokens)
    if not inside or tokens[number.first - 1].text != ",":
        return False
    follow = tokens[number.last : number.last + 2]
    home = follow[0].lower == "of" and [token.tag for token in follow[1:]] == ["cap"]
    # "Jo Doe, 67 of Bonn, was arrested"
    return follow[0].text == "," or (home and tokens[number.first - 2].tag == "cap")


def _is_difference(tokens: Sequence[Token], number: NumberAt) -> bool:
    """ "ten fewer than the governor had given": by how much two figures differ."""
    first = number.number_last
    if first >= len(tokens) or tokens[first].lower not in _COMPARING or number.quantity.kind != "count":
        return False
    return "than" in [token.lower for token in tokens[first : first + 4]]


_COMPARING = frozenset(("more", "fewer", "less", "higher", "lower"))


def _is_of_police(tokens: Sequence[Token], number: NumberAt) -> bool:
    """ "in five police station limits": what belongs to the police, and no policemen."""
    if number.noun not in ("police", "crew", "staff") or number.last == len(tokens):
        return False
    return tokens[number.last].lower in _BELONGINGS


_BELONGINGS = frozenset(
    "station stations post posts car cars van vans vehicle vehicles cruiser cruisers checkpoint checkpoints "
    "bus buses dog dogs helicopter helicopters barracks district districts cabin cabins".split()
)


def _is_age(tokens: Sequence[Token], number: NumberAt) -> bool:
    """ "two of them children under five", "most of them under 18": how old those before the number are."""
    before = tokens[number.first - 1].lower if number.first else ""
    hedged = number.noun is None and tokens[number.first].lower in ("under", "over", "below", "above", "aged")
    if not hedged or (number.quantity.amount or 0) > _OLDEST or before in PERSON_STATES:
        return False
    return before in ("them", "whom", "those") or (is_plural(before) and is_person(singular(before), before))


def _is_head(tokens: Sequence[Token], number: NumberAt) -> bool:
    """ "66,700 head of cattle"."""
    return number.number_last < len(tokens) and tokens[number.number_last].lower == "head"


def _is_bare_rate(tokens: Sequence[Token], number: NumberAt) -> bool:
    """ "inflation rose to 7.2 from 6.9": a rate without its unit, and no index."""
    amount = number.quantity.amount
    if amount is None or amount == int(amount) or amount > _HIGHEST_RATE:
        return False
    return all(token.lower not in ("index", "points", "point") for token in tokens)


def is_anyone(number: NumberAt) -> bool:
    """Whether the number counts what can only be persons where one is killed, hurt or arrested."""
    quantity, noun = number.quantity, number.noun
    return (
        noun is not None
        and quantity.kind == "count"
        and noun not in _NO_ONE
        and "noun_before" not in quantity.flags
        and (quantity.amount is None or quantity.amount == int(quantity.amount))
    )


@lru_cache(maxsize=1 << 12)
def counting(
    kind: QuantityKind, noun: str | None, unit: str | None, phrase: str | None, ending: str
) -> frozenset[str]:
    """The predicates that may count what has this kind, noun, unit, whole noun and ending of the number."""
    return frozenset(
        entry.predicate
        for entry in lexicon().quantities
        if _may_count(entry, kind, noun, unit, phrase, ending)
    )


def _may_count(
    entry: QuantityEntry,
    kind: QuantityKind,
    noun: str | None,
    unit: str | None,
    phrase: str | None,
    ending: str,
) -> bool:
    wanted = entry.counts
    if wanted == "number":
        if ending == "magnitude" or (kind == "count" and (noun is None or noun in entry.also)):
            return True
        return kind == "measure" and unit in ("magnitude", "degree", None)
    if wanted == "area":
        area = kind == "measure" and (unit or "").replace("_", " ") in _AREAS
        return area or (kind == "count" and noun in entry.also)
    if kind != "count":
        return isinstance(wanted, str) and _KINDS.get(wanted) == kind
    if wanted == "percent":
        return noun is None and entry.predicate in _RATES
    if noun in entry.also:
        return True
    if wanted == "things":
        return unit != "people" and noun not in _NO_ITEMS
    if isinstance(wanted, tuple):
        people = "people" in wanted and unit == "people" and noun not in _REMAINS
        return people or noun in wanted or noun in (None, "other") or phrase in wanted
    if wanted == "soldiers":
        return noun in _SOLDIERS or noun in _PERHAPS_SOLDIERS
    if wanted != "people" or (entry.predicate == "displaced" and noun in _SOLDIERS):
        return False  # they are moved, and do not flee
    if noun in _REMAINS:
        return noun in entry.members or noun in entry.nouns
    of_people = unit == "people" or noun is None or noun in demonyms()
    return of_people or noun in entry.members or noun in entry.nouns or noun in entry.owners


_KINDS = {"money": "money", "percent": "percent", "days": "duration", "years": "age"}
_PERHAPS_SOLDIERS = frozenset(
    (None, "person", "people", "man", "woman", "member", "strong", "peacekeeping", "military")
) | frozenset(("instructor", "trainer", "adviser", "advisor"))


def is_few(number: NumberAt) -> bool:
    return (number.quantity.amount or number.quantity.lower or _FEWEST) < _FEWEST


def is_no_count(tokens: Sequence[Token], number: NumberAt) -> bool:
    """Whether the words around a number say that it counts nothing."""
    if number.noun is None:
        ahead = [token.lower for token in tokens[max(0, number.first - 2) : number.first]]
        if ahead[-1:] == ["of"] and ahead[0] in ("mother", "father", "parent", "mom", "mum", "dad", "best"):
            return True  # "a mother of five was killed"
        return _is_aside(tokens, number) or _is_age(tokens, number) or _is_difference(tokens, number)
    return (
        _is_of_police(tokens, number) or _is_difference(tokens, number) or _is_counted_twice(tokens, number)
    )


def _is_counted_twice(tokens: Sequence[Token], number: NumberAt) -> bool:
    """ "two bodies had been counted twice", "two victims were double-counted"."""
    follow = [token.lower for token in tokens[number.last : number.last + 6]]
    return "double-counted" in follow or ("twice" in follow and "counted" in follow)


def counts(entry: QuantityEntry, quantity: Quantity, tokens: Sequence[Token], number: NumberAt) -> bool:
    """Whether the predicate can count what this quantity counts."""
    if entry.predicate not in number.may:
        return False
    wanted, noun = entry.counts, number.noun
    if noun in entry.also and quantity.kind == "count" and wanted != "number":
        return True
    if isinstance(wanted, tuple):
        if entry.predicate == "job_cuts" and (quantity.amount or 0) > _MOST_JOBS:
            return False  # "a loss of 640 million"
        if quantity.amount is not None and quantity.amount != int(quantity.amount):
            return False  # "the association said its index fell to 61.2"
        bare = noun == "other" or (noun is None and entry.predicate == "homes_destroyed")
        if not bare or "other" in wanted or quantity.noun in wanted:
            return True
        people = "people" in wanted and quantity.unit == "people" and noun not in _REMAINS
        return people or any(singular(token.lower) in wanted for token in tokens[: number.first])
    if wanted == "people":
        return _counts_people(entry, quantity, tokens, number)
    if wanted == "soldiers":
        if noun == "personnel" and not _FIREMEN.isdisjoint(token.lower for token in tokens):
            return False  # "500 personnel fight the blaze"
        return noun in _SOLDIERS or _counts_soldiers(tokens, number)
    if wanted == "money":
        return (quantity.amount or quantity.lower or quantity.upper or 0) >= entry.least
    if wanted == "percent" and quantity.kind == "count":
        return _is_bare_rate(tokens, number)
    if wanted == "number":
        return (quantity.amount or quantity.lower or 0) <= _STRONGEST  # "300 weaker aftershocks"
    return True


def _counts_people(
    entry: QuantityEntry, quantity: Quantity, tokens: Sequence[Token], number: NumberAt
) -> bool:
    amount, noun = quantity.amount, number.noun
    if _is_head(tokens, number) or (amount is not None and amount != int(amount)):
        return False
    if (amount or 0) > _MOST_PEOPLE and entry.predicate != "population":
        return False  # "a loss of 640 million"
    if noun in demonyms() or (noun in entry.owners and "noun_before" in quantity.flags):
        return True
    return quantity.unit == "people" or noun is None or noun in entry.members or noun in entry.nouns


def _counts_soldiers(tokens: Sequence[Token], number: NumberAt) -> bool:
    """ "a 2,000-strong peacekeeping force", "2,000 members of the force", "a contingent of 600"; but not "two
    women approached police"."""
    after = {token.lower for token in tokens[number.number_last : number.last + 4]}
    plural = tokens[number.last - 1].lower in ("men", "women", "people")
    many = number.noun == "man" and (number.quantity.amount or 0) >= _FEWEST_MEN
    if many and not _BODIES.isdisjoint(token.lower for token in tokens):
        return True  # "the army keeps 2,500 men on the border"
    inside = {token.lower for token in tokens[number.number_last : number.last]}
    if number.noun in _TRAINERS:
        return "military" in inside or not inside.isdisjoint(demonyms())
    if number.noun == "member" and "service" in inside:
        return True  # "1,000 service members"
    if plural and not after.isdisjoint(("stationed", "garrisoned")):
        return True
    if plural and "of" in inside and not inside.isdisjoint(("its", "their", "his", "our")):
        return True  # "400 of its men"
    if plural and after.isdisjoint(("of", "from", "in", "strong")):
        after = set()
    if number.noun is None and after.isdisjoint(("strong", "already")):
        after = set()  # "with 250,000 taking part by police estimates"
    before = [token.lower for token in tokens[max(0, number.first - 10) : number.first]]
    more = "extra" in number.quantity.flags or "already" in after
    if number.noun is None and more and not _TROOPS.isdisjoint(token.lower for token in tokens):
        return True  # "has 900 soldiers there and will send 300 more", "to join the 900 already there"
    if (
        number.noun is None
        and before
        and before[-1] in _AT_STRENGTH
        and not is_few(number)
        and not _STRENGTHS.isdisjoint(before)
    ):
        return True  # "cut its contingent to 900", "the force numbers 1,200"
    before = before[-3:]
    return not _BODIES.isdisjoint(after) or (
        ("of" in before or "strong" in after) and not _BODIES.isdisjoint(before)
    )  # "a contingent now 2,500 strong"


_TROOPS = frozenset("soldiers troops peacekeepers marines paratroopers commandos reinforcements".split())
_TRAINERS = frozenset(("instructor", "trainer", "adviser", "advisor"))
_STRENGTHS = _BODIES | frozenset(("strength", "presence", "footprint", "consignment"))
_AT_STRENGTH = frozenset(
    "to at by of is was stood numbers numbered numbering counts totals from than".split()
)

_AREAS = frozenset(
    (
        "hectare",
        "acre",
        "square kilometre",
        "square kilometer",
        "square mile",
        "square metre",
        "square meter",
        "square foot",
        "square_kilometre",
    )
)
