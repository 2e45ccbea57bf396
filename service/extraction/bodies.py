"""Bodies of a state, named through a place: "the Kazakh interior ministry", "Ministry of Health of Peru"."""

from collections.abc import Collection, Sequence

import msgspec

from service.extraction.body_words import body_at, first_words
from service.extraction.gazetteer import Gazetteer, Hit
from service.extraction.mentions import Mention
from service.extraction.tokens import Tokens, group
from service.extraction.word_lists import word_set
from service.extraction.world import demonyms, land_of


def nested_places(text: str, found: Sequence[Mention], gazetteer: Gazetteer) -> list[Mention]:
    """Places inside the names of their bodies: "Kazakhstan" in "Kazakhstan's interior ministry"."""
    nested = []
    for mention in found:
        if mention.kind != "organization" or " " not in mention.surface or "coreference" in mention.flags:
            continue
        if "composed" not in mention.flags and gazetteer.home_of(mention.entity) is None:
            continue
        for start, end, hit in gazetteer.places_in(mention.surface):
            placed = msgspec.structs.replace(hit, start=mention.start + start, end=mention.start + end)
            inner = from_hit(text, placed)
            nested.append(msgspec.structs.replace(inner, flags=(*inner.flags, "nested")))
    return nested


def from_hit(text: str, hit: Hit) -> Mention:
    flags: tuple[str, ...] = ("demonym",) if hit.alias_kind == "demonym" else ()
    if hit.slug is None:
        flags += ("new",)
    return Mention(
        hit.start, hit.end, text[hit.start : hit.end], hit.kind, hit.name, hit.slug, hit.within, flags
    )


def main_country(hits: Sequence[Hit], gazetteer: Gazetteer) -> Hit | None:
    """The country a text names most, by itself, through its people or through its cities."""
    scores: dict[str, float] = {}
    for hit in hits:
        if hit.kind == "organization" and (home := gazetteer.home_of(hit.slug)) is not None:
            scores[home] = scores.get(home, 0) + 0.4
        elif hit.kind == "place":
            name = hit.name if hit.name in gazetteer.countries else hit.within
            if name in gazetteer.countries and name is not None:
                scores[name] = scores.get(name, 0) + (
                    0.5 if hit.alias_kind == "demonym" else 0.6 if name != hit.name else 1.0
                )
    best = max(scores, key=lambda name: scores[name], default=None)
    return next((hit for hit in hits if hit.name == best), None)


# What bodies are called that many countries have; a name of nothing else says not whose it is.
_HEADS = word_set(
    """
    agency commission committee council authority service services board bureau office institute department
    directorate administration federation association corps guard court assembly centre center chamber
    academy bank observatory secretariat
    """
)
_MODIFIERS = word_set(
    """
    national federal central state supreme electoral election elections independent human rights civil
    aviation public meteorological statistics intelligence corruption anti-corruption high constitutional
    disaster disasters management emergency emergencies situations football olympic fire rescue protection
    nuclear regulatory space electricity power railway prison prisons geological seismological weather
    forest road traffic maritime security health education agriculture trade transport environment energy
    water food drug drugs tax taxation customs immigration border refugee refugees labour labor
    investigation investigations investigative audit privatisation competition planning development of for
    and the
    """
)


def owned(text: str, found: Sequence[Mention], countries: Collection[str]) -> list[Mention]:
    """ "Kenya's Electoral Commission": a body that others have, too, is named with whose it is. What one text
    calls so without the country later is the same ("the Transport Police" after "British Transport Police");
    until then, nobody knows whose."""
    result: list[Mention] = []
    whose: dict[str, Mention] = {}
    for mention in found:
        if mention.kind == "organization" and mention.flags == ("new",):
            body, country = mention.surface, None
            first, _, rest = body.partition(" ")
            if led := rest != "" and first.lower() in demonyms():
                body, country = rest, land_of(first.lower())
            elif result and text[result[-1].end : mention.start] in ("'s ", "’s "):
                country = result[-1].name if result[-1].name in countries else None
            if country is not None and is_common(body):
                mention = msgspec.structs.replace(
                    mention, name=f"{body} of {country}", within=country, flags=("composed", "new")
                )
                whose[body] = mention
            elif led:
                whose.setdefault(body, mention)
            elif " " in body and (known := whose.get(body)) is not None:
                mention = msgspec.structs.replace(
                    mention, name=known.name, within=known.within, flags=("short", "new")
                )
        result.append(mention)
    return result


def is_common(name: str) -> bool:
    """Whether a body's name holds nothing that tells it from that of another country."""
    *modifiers, head = name.lower().split()
    return head in _HEADS and len(modifiers) > 0 and _MODIFIERS.issuperset(modifiers)


_OPENING = group(first_words)


def body_name(body: str, place: str) -> str:
    """The name under which a body of a place is one entity, however a text puts it: "Interior Ministry
    of Kazakhstan"."""
    return f"{body[:1].upper()}{body[1:]} of {place}"


def find_bodies(
    text: str, sentences: Sequence[Tokens], hits: Sequence[Hit], gazetteer: Gazetteer
) -> list[Mention]:
    dominant = main_country(hits, gazetteer)
    places = {hit.start: hit for hit in hits if hit.kind == "place"}
    by_end = {hit.end: hit for hit in hits if hit.kind == "place"}
    # "Peru's Ministry of Health" may be a known name as a whole.
    known = {
        offset
        for hit in hits
        if hit.kind == "organization" and " " in text[hit.start : hit.end]
        for offset in range(hit.start, hit.end)
    }
    found: list[Mention] = []
    opening = first_words()
    for tokens in sentences:
        if not tokens.groups & _OPENING:
            continue
        behind = 0
        for index in [position for position, lower in enumerate(tokens.lowers) if lower in opening]:
            body = body_at(tokens, index) if index >= behind else None
            if body is None:
                continue
            name, length = body
            start, end = tokens[index].start, tokens[index + length - 1].end
            if known.issuperset((start, end - 1)):
                continue
            place, first, inferred = None, start, False
            before = index - 1
            if before >= 0 and tokens[before].tag == "poss":
                before -= 1
            # "Kazakh state television", "the Kazakh interior ministry": adjectives may stand between.
            if before >= 0 and tokens[before].end in by_end:
                place = by_end[tokens[before].end]
                first = place.start
            after = index + length
            if place is None and after + 1 < len(tokens) and tokens[after].lower in ("of", "in"):
                follow = after + 1 + (tokens[after + 1].tag == "det")
                if follow < len(tokens) and (place := places.get(tokens[follow].start)) is not None:
                    end = place.end
            if place is None and "ministry" in name.lower():
                place, inferred = dominant, True
                if (
                    before >= 0
                    and tokens[before].lower in ("country", "state", "nation")
                    and index - before == 2
                ):
                    first = (
                        tokens[before - 1].start
                        if before and tokens[before - 1].tag == "det"
                        else tokens[before].start
                    )
            if place is not None:
                found.append(_compose(text, name, place, first, end, inferred, gazetteer))
            behind = index + length
    return found


def _compose(
    text: str, body: str, place: Hit, start: int, end: int, inferred: bool, gazetteer: Gazetteer
) -> Mention:
    name = body_name(body, place.name)
    flags: tuple[str, ...] = ("composed", "place_inferred") if inferred else ("composed",)
    slug = gazetteer.body_of(body, place.name)
    if slug is None:
        flags += ("new",)
    else:
        name = gazetteer.entities[slug].name
    return Mention(start, end, text[start:end], "organization", name, slug, place.name, flags)
