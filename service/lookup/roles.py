"""Who acts, who is acted on and who speaks, from English word order. Pure."""

from collections.abc import Sequence

import msgspec

from service.lookup.asked import Cue, Form, Mention, Role
from service.lookup.cues import WEIGHTS, find
from service.lookup.words import lemmas, lists, vocabulary

NEAR = 6  # words between an auxiliary and its verb
SPEECH_WEIGHT = 0.5  # "say", "announce": what was said counts for more than that it was said


def speakers(words: Sequence[str], mentions: Sequence[Mention]) -> tuple[set[int], list[int]]:
    """Which mentions speak ("according to X", "X said", "did X say", "X's figure"), and the words that say
    so."""
    speakers, said = set[int](), list[int]()
    speech = {i for i, word in enumerate(words) if vocabulary("speech") & set(lemmas(word))}
    # whoever declares a state of emergency does more than say so, and a country does it through somebody
    deeds = {i for i in speech if vocabulary("announcing") & set(lemmas(words[i]))}
    nouns = vocabulary("speech_nouns")
    for index, one in enumerate(mentions):
        before = list(words[max(0, one.first - 4) : one.first])
        while before and before[-1] in ("the", "a"):
            before.pop()
        after = one.last + 1
        while after < len(words) and words[after] in (
            "has",
            "have",
            "had",
            "also",
            "ever",
            "itself",
            "really",
            *vocabulary("titles"),
        ):
            after += 1
        if before[-2:] == ["according", "to"] or before[-1:] in (["per"], ["citing"], ["quoting"]):
            speakers.add(index)
            said += [
                i for i in range(max(0, one.first - 4), one.first) if words[i] in ("according", "to", "per")
            ]
        elif after in (speech - deeds if one.entities[0].kind == "place" else speech) or (
            after < len(words)
            and words[after] in nouns
            and after == one.last + 1
            and not one.soft
            and (one.entities[0].kind != "place" or one.possessive)
        ):
            speakers.add(index)
            said.append(after)
        elif (
            before[-1:] in (["by"], ["from"])
            and len(before) > 1
            and (vocabulary("speech") & set(lemmas(before[-2])) or before[-2] in nouns)
        ):
            speakers.add(index)
            said += [i for i in range(max(0, one.first - 4), one.first) if i in speech]
    said += [i for i in speech if i not in said]
    return speakers, said


def with_offices(words: Sequence[str], mentions: Sequence[Mention]) -> list[Mention]:
    """Names that stand for who holds an office there: "the Russian president", "the head of the KNB".

    Not in a question for the office itself ("who is the president of Russia"), and not before or behind the
    name of a person.
    """
    named = {at for one in mentions for at in range(one.first, one.last + 1)}
    if words and words[0] in ("who", "what", "which") and "be" in lemmas(words[1] if len(words) > 1 else ""):
        return list(mentions)
    found = []
    for one in mentions:
        if one.entities[0].kind in ("place", "organization") and not one.soft:
            after, before = one.last + 1, one.first - 1
            while before > 0 and words[before] in ("the", "of"):
                before -= 1
            if after < len(words) and words[after] in vocabulary("offices") and after + 1 not in named:
                one = msgspec.structs.replace(one, last=after, office=words[after])
            elif (
                0 <= before < one.first - 1
                and words[before + 1] == "of"
                and words[before] in vocabulary("offices")
                and before not in named
            ):
                one = msgspec.structs.replace(one, first=before, office=words[before])
        found.append(one)
    return found


def speech_weakened(
    cues: Sequence[Cue], speech: Sequence[int], words: Sequence[str], by_whom: bool
) -> list[Cue]:
    """Marks the cues that only say that something was said. "Confirm" and "deny" say more than that."""
    spoken = {i for i in speech if not {"confirm", "deny"} & set(lemmas(words[i]))}
    told = [cue for cue in cues if not set(cue.positions) <= spoken and cue.best > WEIGHTS["weak"]]
    if not told and not by_whom:  # "what did they announce" asks for whatever they said
        return list(cues)
    return [
        msgspec.structs.replace(
            cue, predicates={p: min(w, SPEECH_WEIGHT) for p, w in cue.predicates.items()}, speech=True
        )
        if set(cue.positions) <= spoken
        else cue
        for cue in cues
    ]


def verb(words: Sequence[str], cues: Sequence[Cue], speech: Sequence[int]) -> int | None:
    """The position of the verb that the participants stand around: of the surest predicate, else any light
    verb."""
    verbal = [cue for cue in cues if cue.verbal]
    if verbal:
        best = max(verbal, key=lambda cue: (cue.best, -cue.positions[0]))
        return best.head
    light = vocabulary("light") | vocabulary("speech")
    return next((i for i, word in enumerate(words) if light & set(lemmas(word)) and i > 0), None)


def is_passive(words: Sequence[str], verb: int | None, cues: Sequence[Cue]) -> bool | None:
    """Whether the verb is passive; None where word order does not tell ("Masimov fired")."""
    if verb is None:
        return None
    if any(verb in cue.positions and "be" in lemmas(words[cue.positions[0]]) for cue in cues):
        return False  # "is he worried": a state, which has a subject like any verb
    word = words[verb]
    forms = lemmas(word)
    past = word.endswith("ed") or (len(forms) > 1 and not word.endswith(("s", "ing")))
    for back in range(1, NEAR + 1):
        if verb - back < 0:
            break
        helper = lemmas(words[verb - back])
        if "do" in helper or words[verb - back] in ("will", "would", "to", "can", "could"):
            return False
        if "be" in helper or "get" in helper:
            return past
        if "have" in helper:
            return False
    if not past or "be" in forms:
        return False
    if "by" in words[verb + 1 : verb + 4]:
        return True
    asks = find(words[:verb], ["who", "which", "what"])
    return False if asks and verb - asks[-1] <= 3 else None


def role(
    words: Sequence[str],
    one: Mention,
    index: int,
    mentions: Sequence[Mention],
    verb: int | None,
    passive: bool | None,
    speaks: bool,
) -> Role:
    if speaks:
        return "speaker"
    prepositions = lists().prepositions
    at = one.first - 1
    while at >= 0 and words[at] in ("the", "a", "an", "whole", "all", "former", "entire"):
        at -= 1
    before = words[at] if at >= 0 else ""
    if before in prepositions["except"] or " ".join(words[max(0, at - 1) : at + 1]) in prepositions["except"]:
        return "except"
    if before == "to" and at and "happen" in lemmas(words[at - 1]):
        return "patient"
    is_place = one.entities[0].kind == "place"
    after = words[one.last + 1] if one.last + 1 < len(words) else ""
    attributive = one.possessive or bool(
        after
        and (
            one.entities[0].alias_kind == "demonym"
            or (after in vocabulary("titles") and one.entities[0].kind != "person")  # "the KNB chief"
        )
    )
    if before in ("which", "what") and "do" in lemmas(after):
        return "patient"  # "which airport did they seize"
    if is_place and before in (*prepositions["place"], "to", "into") and not attributive and not one.office:
        return "place"
    if before == "and" and index and mentions[index - 1].last == at - 1:
        return role(words, mentions[index - 1], index - 1, mentions, verb, passive, False)
    if before in prepositions["agent"]:
        return "agent"
    if before in (*prepositions["other"], *prepositions["direction"], *prepositions["place"]):
        return "any"
    if attributive and not one.office:
        return "any"
    if verb is None or passive is None:
        return "any"
    if one.last < verb:
        return "patient" if passive else "agent"
    return "any" if passive else "patient"


def _asks_who_said(words: Sequence[str]) -> bool:
    """ "Who said that …", "says who", "which agency reported …", "according to whom"."""
    if find(words, ["according to whom", "according to who", "says who", "said who", "says whom"]):
        return True
    asks = find(words, [*lists().forms["who"], "which", "what"])
    if not asks:
        return False
    said = next(
        (i for i in range(asks[-1] + 1, len(words)) if vocabulary("speech") & set(lemmas(words[i]))), None
    )
    between = words[asks[-1] + 1 : said] if said is not None else []
    if said is None or len(between) > 2 or words[asks[-1]] in ("whom", "whose"):
        return False
    return all(
        "have" in lemmas(word) or (not {"be", "do", "will"} & set(lemmas(word)) and word.isalpha())
        for word in between
    )


def wanted(words: Sequence[str], form: Form | None, verb: int | None, passive: bool | None) -> Role | None:
    """The participant that a question for who (or which body) leaves open."""
    if form not in ("who", "what"):
        return None
    if _asks_who_said(words):
        return "speaker"
    if find(words, ["by whom", "by who", "by which", "by what"]):
        return "agent"
    asks = find(words, lists().forms["who"] + lists().forms["what"])
    if verb is None or passive is None or not asks:
        return "agent" if form == "who" and verb is None and not {"is", "was"} & set(words[:3]) else None
    if passive:
        return "patient"
    helped = any({"do", "have"} & set(lemmas(word)) for word in words[asks[-1] + 1 : verb])
    if words[asks[0]] == "whom" or (helped and asks[0] < verb):
        return "patient"
    return "agent" if form == "who" and asks[0] < verb else None
