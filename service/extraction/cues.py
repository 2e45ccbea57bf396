"""Words that attribute: verbs of saying by what they make of what is said."""

from typing import Literal

import msgspec

from service.extraction.protocol import Modality
from service.extraction.tokens import inflections

# Verbs that report, by what they make of what is reported.
_SAY = """say state announce report tell add confirm note explain declare reveal disclose write tweet comment reply
respond testify acknowledge admit concede stress emphasise emphasize reiterate recall remark observe point_out indicate
conclude describe inform mention estimate specify clarify post publish read argue believe think maintain assert affirm
suggest quote agree boast joke complain recount relate repeat show find speak_of promise pledge vow predict
forecast project expect propose recommend hint signal convey outline summarize summarise translate applaud praise
welcome condemn criticise criticize denounce lament rule decide hear learn see_as call consider regard feel fear worry
hope doubt expect vow appeal advise notify brief claimed_responsibility"""
_ALLEGE = "claim allege insist accuse blame charge contend speculate suspect"
_DENY = "deny reject dismiss refute dispute"
_DIRECT = "urge demand call_on call_for request ask order warn threaten appeal_to press_for push_for insist_on want instruct invite seek"


class Cue(msgspec.Struct, frozen=True):
    form: Literal["base", "third", "past", "participle", "ing"]
    verb: str
    modality: Modality
    directive: bool


def _cues() -> dict[str, list[tuple[tuple[str, ...], Cue]]]:
    table: dict[str, list[tuple[tuple[str, ...], Cue]]] = {}
    groups: tuple[tuple[str, Modality, bool], ...] = (
        (_SAY, "reported", False),
        (_ALLEGE, "alleged", False),
        (_DENY, "denied", False),
        (_DIRECT, "reported", True),
    )
    seen = set()
    for names, modality, directive in groups:
        for verb in names.split():
            verb = verb.replace("_", " ")
            if verb == "state":
                # "state television": the base form is an adjective or a noun in news.
                for word in ("stated", "stating", "states"):
                    form = {"stated": "past", "stating": "ing", "states": "third"}[word]
                    table.setdefault(word, []).append(((word,), Cue(form, "state", "reported", False)))  # type: ignore[arg-type]
                continue
            forms = ("base", "third", "past", "participle", "ing")
            for form, words in zip(forms, inflections(verb), strict=True):
                parts = tuple(words.split())
                if (parts, form == "ing") in seen:
                    continue
                seen.add((parts, form == "ing"))
                table.setdefault(parts[0], []).append((parts, Cue(form, verb, modality, directive)))  # type: ignore[arg-type]
    for entries in table.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    return table


CUES = _cues()
# These report whatever follows; the other cues only before a clause or a quotation: "found that", not "found the car".
STRONG = frozenset(
    "say tell announce report request demand warn claim reveal deny condemn criticise criticize denounce declare confirm acknowledge admit predict "
    "forecast cite argue tweet urge accuse blame note estimate recommend promise pledge vow stress explain propose applaud praise threaten add allege "
    "call_for call_on speak_of appeal_to press_for push_for insist_on point_out concede testify reiterate claimed_responsibility".replace(
        "_", " "
    ).split()
)
NOUN_FORMS = frozenset(
    "report reports claim claims demand demands call calls order orders charge charges request requests state states "
    "estimate estimates project projects show shows comment comments note notes post posts read tweet tweets rule rules promise promises "
    "forecast forecasts plan address hope hopes fear fears reply doubt appeal brief finding findings press want wants signal signals "
    "reading warning feeling hearing ruling meaning meeting stress quote quotes seal blame praise dispute threat pledge pledges vow vows regard regards".split()
)
