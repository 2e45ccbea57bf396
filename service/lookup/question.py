"""The grammar of questions: from words and names to what is asked. Pure; names and the calendar come in as
arguments.

A handful of rules over English word order, not a parser. What they leave over is kept as `words`, and
ranking demands it of every answer, so a question that is half understood finds less, never something else.
"""

from collections.abc import Mapping, Sequence

import msgspec

from service.lookup.asked import Asked, Cue, Form, Mention, NameHit, Word
from service.lookup.cues import cues as find_cues
from service.lookup.cues import extent as find_extent
from service.lookup.cues import find, opening, whether_words
from service.lookup.cues import form as find_form
from service.lookup.cues import modality as find_modality
from service.lookup.mentions import choose
from service.lookup.reading import Reading
from service.lookup.roles import is_passive, speech_weakened, with_offices
from service.lookup.roles import role as find_role
from service.lookup.roles import speakers as find_speakers
from service.lookup.roles import verb as find_verb
from service.lookup.roles import wanted as find_wanted
from service.lookup.words import corrected, find_phrases, is_plain, lists, stem, vocabulary

OLDEST = 130  # years


def interpret(reading: Reading, hits: Sequence[NameHit], correct: bool = False) -> Asked:
    """What a question asks for, given the entities its words may name.

    correct: whether words that nothing explains are taken for misspelt ones. Tried second, since a rare
    word is often right ("analysts" is one letter from "analysis").
    """
    mentions = choose(reading, hits)
    named = {position for one in mentions for position in range(one.first, one.last + 1)}
    firm = {position for one in mentions if not one.soft for position in range(one.first, one.last + 1)}
    words, corrections = _corrected(reading, named) if correct else (list(reading.words), {})
    roles: dict[int, str] = {position: "entity" for position in named}
    if reading.period:
        roles |= {position: "time" for position in reading.period.words}
    roles |= {position: "value" for position in reading.figure_words}
    compounds = _compounds(words, mentions)
    # "the Russian-led troops" are not Russia's
    mentions = [msgspec.structs.replace(one, soft=one.soft or one.last + 1 in compounds) for one in mentions]
    lead = opening(words)
    whether = whether_words([*[""] * lead, *words[lead:]])
    idle = {*range(lead), *whether, *compounds} - named
    words = _without_idioms(words, named)
    cues = find_cues(words, find_phrases(tuple(words)), firm, (set(roles) - named) | idle)
    if reading.figure is not None and reading.figure.kind == "age":
        cues.append(Cue(reading.figure_words, {"age": 1.0}, {"age": "nouns"}))
    form, form_words = find_form(words, lead, whether)
    cues += _implied(form, form_words, cues, mentions)
    cues += _of_age(reading, cues, mentions)
    extent, extent_words = find_extent(words, reading.period, cues)
    mentions = with_offices(words, mentions)
    speakers, speech_words = find_speakers(words, mentions)
    cues = speech_weakened(cues, speech_words, words, form == "what" and bool(speakers))
    cues = _topics(words, cues, form, bool(speakers))
    verb = find_verb(words, cues, speech_words)
    passive = is_passive(words, verb, cues)
    mentions = [
        msgspec.structs.replace(
            one, role=find_role(words, one, index, mentions, verb, passive, index in speakers)
        )
        for index, one in enumerate(mentions)
    ]
    for cue in cues:
        for position in cue.positions:
            roles.setdefault(position, "context" if cue.context else "predicate")
    for one in mentions:
        if one.role in ("place", "speaker"):
            roles |= {position: one.role for position in range(one.first, one.last + 1)}
    for positions, role in ((form_words, "form"), (extent_words, "extent"), (speech_words, "speech")):
        for position in positions:
            roles.setdefault(position, role)
    modality, modal_words = find_modality(words, roles)
    for position in modal_words:
        roles.setdefault(position, "modality")
    roles = {position: "filler" for position in idle} | roles
    held = bool(reading.figure_words) and set(reading.figure_words) <= set(extent_words)  # "24 hours"
    left = _left_over(reading, words, roles, mentions)
    for position in range(len(words)):
        roles.setdefault(position, "word" if any(position == one.position for one in left) else "filler")
    return Asked(
        form=form,
        cues=tuple(cues),
        mentions=tuple(mentions),
        period=reading.period,
        extent=extent,
        figure=None if held else reading.figure,
        figure_words=reading.figure_words,
        modality=modality,
        words=tuple(left),
        wanted=find_wanted(words, form, verb, passive),
        roles=roles,
        texts=dict(enumerate(words)),
        content=_content(words, roles),
        corrections=corrections,
    )


def _topics(words: Sequence[str], cues: Sequence[Cue], form: Form | None, told: bool) -> list[Cue]:
    """ "What did they say about the prices": the nouns are what was spoken of, not what is asked for."""
    if form != "what" or not told:
        return list(cues)
    about = lists().prepositions["topic"]
    return [
        cue
        if cue.verbal or cue.speech
        else msgspec.structs.replace(
            cue,
            context=True,
            topic=any(words[at] in about for at in range(max(0, cue.positions[0] - 3), cue.positions[0])),
        )
        for cue in cues
    ]


def _content(words: Sequence[str], roles: Mapping[int, str]) -> frozenset[str]:
    """The stems of everything that is no grammar, no name, no day and no figure."""
    function = vocabulary("function")
    return frozenset(
        stem(word)
        for position, word in enumerate(words)
        if roles[position] in ("predicate", "context", "word", "filler", "modality") and word not in function
    )


def _compounds(words: Sequence[str], mentions: Sequence[Mention]) -> list[int]:
    """The "led" of "the Russian-led troops"; in "Russia led the talks" it is a verb."""
    after = [one.last + 1 for one in mentions if one.last + 2 < len(words)]
    return [
        at
        for at in after
        if words[at] in vocabulary("participles") and words[at + 1] not in vocabulary("function")
    ]


def _without_idioms(words: list[str], named: set[int]) -> list[str]:
    """ "Did it die down" as "did it subside": every word of the idiom becomes the one that claims use."""
    words = list(words)
    for plain, idioms in lists().idioms.items():
        if (at := find(words, idioms)) and named.isdisjoint(at):
            for position in at:
                words[position] = plain
    return words


def _implied(
    form: Form | None, words: tuple[int, ...], cues: Sequence[Cue], mentions: Sequence[Mention]
) -> list[Cue]:
    """What the form alone says: "why" asks for a cause, "where is X", with nothing else, for a location."""
    if form == "why" and not any("reported_cause" in cue.predicates for cue in cues):
        return [Cue(words, {"reported_cause": 0.95}, {"reported_cause": "nouns"}, implied=True)]
    if form == "where" and mentions and not cues:
        return [Cue(words, {"located_in": 0.95}, {"located_in": "nouns"}, implied=True)]
    return []


def _of_age(reading: Reading, cues: Sequence[Cue], mentions: Sequence[Mention]) -> list[Cue]:
    """ "Is Smith 68?": a bare number beside nothing but a person is an age."""
    figure = reading.figure
    alone = len(mentions) == 1 and mentions[0].entities[0].kind == "person" and not cues
    if figure is None or not alone or figure.kind != "count" or figure.unit is not None:
        return []
    if figure.amount is None or not 0 < figure.amount < OLDEST:
        return []
    return [Cue(reading.figure_words, {"age": 0.9}, {"age": "nouns"})]


def _corrected(reading: Reading, named: set[int]) -> tuple[list[str], dict[int, str]]:
    """The words with spelling mistakes undone. A word in the place of a name ("in Quito") is left alone."""
    words, corrections = list(reading.words), dict[int, str]()
    covered = {position for found in find_phrases(tuple(words)) for position in found.positions}
    for position, word in enumerate(reading.words):
        before = reading.words[position - 1] if position else ""
        like_name = reading.capital[position] or before in lists().prepositions["place"]
        if position in named or position in covered or like_name or is_plain(word):
            continue
        if better := corrected(word):
            words[position] = corrections[position] = better
    return words, corrections


def _left_over(
    reading: Reading, words: Sequence[str], roles: Mapping[int, str], mentions: Sequence[Mention]
) -> list[Word]:
    left = []
    for position, word in enumerate(words):
        if position in roles or is_plain(word):
            continue
        before = words[position - 1] if position else ""
        beside = [one for one in mentions if one.last == position - 1 or one.first == position + 1]
        beside += [
            one
            for one in mentions
            if before and one.first in (position + 2, position + 3) and words[position + 1] == "of"
        ]
        name_like = reading.capital[position] or before in lists().prepositions["place"]
        places = tuple(entity for one in beside for entity in one.entities if entity.kind == "place")
        left.append(Word(position, word, name_like, places))
    titles = vocabulary("titles")
    people = [one for one in mentions if one.entities[0].kind == "person"]
    return [
        one
        for one in left
        if not (
            one.text in titles
            and any(abs(one.position - m.first) <= 2 or abs(one.position - m.last) <= 2 for m in people)
        )
    ]
