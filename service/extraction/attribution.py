"""Who is said to have said what: source, cue and content of each attribution in a sentence.

Patterns: "X said that C", "C, X said", "C, said X", "according to X", "X told Y that C", "X, citing Y, reported C",
"C was reported by X", "X is said to C", "X quoted Y as saying C", ", saying that C", "X called on Y to C".
A source is found by walking from its cue to the borders of the noun phrase; there is no parser to lean on.
"""

from collections.abc import Mapping, Sequence
from typing import Literal

import msgspec

from service.extraction.names import Mention, word_lists
from service.extraction.protocol import AttributionRole, Modality
from service.extraction.text import Span
from service.extraction.tokens import ANY_QUOTE, Token, inflections

CueForm = Literal["active", "inverted", "passive", "participle", "according", "citing", "quoted"]

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
_NOUN_FORMS = frozenset(
    "report reports claim claims demand demands call calls order orders charge charges request requests state states "
    "estimate estimates project projects show shows comment comments note notes post posts read tweet tweets rule rules promise promises "
    "forecast forecasts plan address hope hopes fear fears reply doubt appeal brief finding findings press want wants signal signals "
    "reading warning feeling hearing ruling meaning meeting stress quote quotes seal blame praise dispute threat pledge pledges vow vows regard regards".split()
)
_SKIP = frozenset(("have", "adv", "be", "do", "neg", "modal"))
_PREPOSITIONS = frozenset("in on at during after before by from via over with through amid for to".split())
_CLAUSE_STARTS = frozenset(("sub", "rel"))


class Attribution(msgspec.Struct, frozen=True):
    """`content` is what is reported, None when the sentence does not hold it. `source` is None for "it was reported".

    `entity` and `name` are those of the mention that heads the source. Flags are those of that mention (`pronoun`,
    `coreference`), or `continued` (a later sentence of the same quotation).
    """

    sentence: int
    source: Span | None
    cue: Span
    content: Span | None
    form: CueForm
    verb: str
    role: AttributionRole
    modality: Modality
    directive: bool = False
    name: str | None = None
    entity: str | None = None
    flags: tuple[str, ...] = ()


class _Sentence(msgspec.Struct):
    text: str
    index: int
    tokens: Sequence[Token]
    by_start: Mapping[int, Mention]
    by_end: Mapping[int, Mention]


def attributions(
    text: str, sentences: Sequence[Sequence[Token]], mentions: Sequence[Mention]
) -> list[Attribution]:
    """All attributions of a text, ascending. `sentences` are its sentences as tokens."""
    by_start = {mention.start: mention for mention in mentions}
    by_end = {mention.end: mention for mention in mentions}
    found: list[Attribution] = []
    quoting: Attribution | None = None
    for index, tokens in enumerate(sentences):
        sentence = _Sentence(text, index, tokens, by_start, by_end)
        here = _in_sentence(sentence)
        if not here and quoting is not None and tokens and quoting.source is not None:
            content = _span(text, tokens, 0, len(tokens))
            here = [
                msgspec.structs.replace(
                    quoting, sentence=index, content=content, flags=(*quoting.flags, "continued")
                )
            ]
        found += here
        quoting = _still_open(text, tokens, here, quoting)
    return found


def _still_open(
    text: str, tokens: Sequence[Token], here: list[Attribution], before: Attribution | None
) -> Attribution | None:
    """The attribution whose quotation goes on into the next sentence."""
    marks = [token.text for token in tokens if token.text in ANY_QUOTE]
    if not marks:
        return before if here and before is not None and "continued" in here[0].flags else None
    curly = [mark for mark in marks if mark in "“”"]
    opened = curly[-1] == "“" if curly else len(marks) % 2 == 1
    if before is not None and not curly:
        opened = len(marks) % 2 == 0
    return here[-1] if opened and here else None


def _span(text: str, tokens: Sequence[Token], first: int, last: int) -> Span | None:
    """The text of tokens[first:last] without the punctuation around it."""
    while first < last and tokens[first].tag in ("punct", "quote") and tokens[first].text not in "([":
        first += 1
    while last > first and tokens[last - 1].tag in ("punct", "quote") and tokens[last - 1].text not in ")]":
        last -= 1
    if first >= last:
        return None
    start, end = tokens[first].start, tokens[last - 1].end
    return Span(start, end, text[start:end])


def _in_sentence(sentence: _Sentence) -> list[Attribution]:
    tokens = sentence.tokens
    found: list[Attribution] = []
    index = 0
    while index < len(tokens):
        if (
            found
            and found[-1].form in ("according", "citing")
            and found[-1].source is not None
            and tokens[index].start < found[-1].source.end
        ):
            index += 1  # "according to media reports": no verb inside a source
            continue
        lower = tokens[index].lower
        attribution = None
        size = 1
        if lower == "according" and index + 1 < len(tokens) and tokens[index + 1].lower == "to":
            attribution, size = _according(sentence, index), 2
        elif lower in ("citing", "cited", "cites", "cite"):
            attribution = _citing(sentence, index, found)
        elif lower in CUES:
            for parts, cue in CUES[lower]:
                if (
                    len(parts) == 1
                    or tuple(token.lower for token in tokens[index : index + len(parts)]) == parts
                ):
                    size = len(parts)
                    attribution = _verb(sentence, index, index + size, cue)
                    break
        if attribution is not None:
            found.append(attribution)
        index += size
    return found


def _make(
    sentence: _Sentence,
    cue: tuple[int, int],
    source: tuple[int, int] | None,
    content: tuple[int, int] | None,
    form: CueForm,
    verb: str,
    modality: Modality = "reported",
    directive: bool = False,
) -> Attribution:
    text, tokens = sentence.text, sentence.tokens
    source_span = _span(text, tokens, *source) if source else None
    head = _head(sentence, source) if source_span is not None and source is not None else None
    cue_span = _span(text, tokens, *cue)
    assert cue_span is not None  # a cue is a word
    return Attribution(
        sentence.index, source_span, cue_span, _span(text, tokens, *content) if content else None, form, verb,
        _role(source_span), modality, directive, head.name if head else None, head.entity if head else None,
        tuple(flag for flag in head.flags if flag in ("pronoun", "coreference", "place_inferred")) if head else (),
    )  # fmt: skip


def _role(source: Span | None) -> AttributionRole:
    """News media pass on what others say: they are the medium, whoever else is named is the origin."""
    if source is None:
        return "origin"
    lists = word_lists()
    lower = source.surface.lower().removeprefix("the ")
    if lower in lists.outlets or any(word.strip("’'s,.") in lists.media for word in lower.split()[:5]):
        return "medium"
    return (
        "medium"
        if any(part.strip() in lists.outlets for part in lower.replace(" and ", ",").split(","))
        else "origin"
    )


def _head(sentence: _Sentence, source: tuple[int, int]) -> Mention | None:
    """The mention that a source's noun phrase is about: its first person, else the first mention that does not hang on "for" or "of"."""
    inside = [
        (position, sentence.by_start[token.start])
        for position, token in enumerate(sentence.tokens[source[0] : source[1]], source[0])
        if token.start in sentence.by_start
    ]
    inside = [(position, mention) for position, mention in inside if "demonym" not in mention.flags]
    words = [token.lower for token in sentence.tokens[source[0] : source[1]]]
    spoken = any(
        word.startswith(("spokes", "adviser", "aide", "lawyer", "relative", "supporter")) for word in words
    )
    for position, mention in inside:
        hangs = position > source[0] and sentence.tokens[position - 1].lower in (
            "of",
            "for",
            "to",
            "in",
            "from",
            "the",
        )
        possessed = any(
            token.tag == "poss"
            for token in sentence.tokens[position : position + 4]
            if token.start == mention.end
        )
        if mention.kind == "person" and not (spoken and (hangs or possessed)):
            return mention
    for position, mention in inside:
        if spoken and mention.kind == "person":
            continue
        hangs = position > source[0] and sentence.tokens[position - 1].lower in ("in", "from", "near", "at")
        ends = next(
            (p for p in range(position, source[1]) if sentence.tokens[p].end == mention.end), position
        )
        possessive = ends + 1 < source[1] and sentence.tokens[ends + 1].tag == "poss"
        if not hangs and not possessive:
            return mention
    return None


# --- the patterns ---------------------------------------------------------------------------------------------------


def _according(sentence: _Sentence, index: int) -> Attribution | None:
    tokens = sentence.tokens
    end = _phrase_end(tokens, index + 2, sentence)
    if end <= index + 2:
        return None
    before = _back_to(tokens, index, ())
    if index <= 1 or (
        index
        and tokens[index - 1].tag in ("punct", "conj", "quote")
        and end < len(tokens) - 1
        and tokens[end].text == ","
        and before >= index - 1
    ):
        content = (end, len(tokens))
    else:
        content = (0, index)
        if end < len(tokens) - 1 and tokens[end].text == "," and index - before < 3:
            content = (end, len(tokens))
    return _make(sentence, (index, index + 2), (index + 2, end), content, "according", "according to")


def _citing(sentence: _Sentence, index: int, found: Sequence[Attribution]) -> Attribution | None:
    """ "X, citing Y, reported C": Y is the origin of the content that X reports."""
    tokens = sentence.tokens
    lower = tokens[index].lower
    end = _phrase_end(tokens, index + 1, sentence)
    if (
        lower == "cited"
        and index
        and tokens[index - 1].tag == "be"
        and (end <= index + 1 or tokens[index + 1].lower == "as")
    ):
        return None
    if index + 1 < len(tokens) and tokens[index + 1].lower == "as":
        subject = _subject(sentence, index)
        return (
            _make(sentence, (index, index + 1), subject, (index + 2, len(tokens)), "active", "cite")
            if subject
            else None
        )
    if end <= index + 1:
        return None
    governing = found[-1] if found else None
    if governing is not None and governing.content is not None and governing.form != "citing":
        content = [
            position
            for position, token in enumerate(tokens)
            if governing.content.start <= token.start < governing.content.end
        ]
        first = content[0] if content else 0
        last = content[-1] + 1 if content else len(tokens)
        return _make(sentence, (index, index + 1), (index + 1, end), (first, last), "citing", "cite")
    if lower == "citing":
        # The governing verb may come later ("X, citing Y, reported C"): the content is the rest of the sentence.
        rest = (end, len(tokens)) if index < len(tokens) // 3 else (0, index)
        return _make(sentence, (index, index + 1), (index + 1, end), rest, "citing", "cite")
    subject = _subject(sentence, index)
    return (
        _make(sentence, (index, index + 1), subject, (index + 1, len(tokens)), "active", "cite")
        if subject
        else None
    )


def _verb(sentence: _Sentence, index: int, after: int, cue: Cue) -> Attribution | None:
    tokens = sentence.tokens
    before = tokens[index - 1] if index else None
    word = tokens[index].lower
    if (
        before is not None
        and word in _NOUN_FORMS
        and (
            before.tag in ("det", "prep", "poss", "num")
            or before.tag == "word"
            and before.lower.endswith(
                (
                    "al",
                    "ive",
                    "ous",
                    "ary",
                    "ent",
                    "first",
                    "new",
                    "arrest",
                    "media",
                    "death",
                    "news",
                    "press",
                )
            )
            and before.lower not in ("media", "officials")
            and tokens[after : after + 1]
            and tokens[after].lower != "that"
        )
    ):
        return None
    if word in _NOUN_FORMS and index == 0:
        return None
    if (
        before is not None
        and before.tag == "modal"
        and before.lower == "to"
        and cue.verb not in ("say", "announce")
    ):
        return None
    if cue.form in ("past", "participle") and _is_passive(tokens, index):
        return _passive(sentence, index, after, cue)
    follow = tokens[after] if after < len(tokens) else None
    clause_follows = _clause_follows(tokens, after)
    if cue.verb == "quote" and cue.form != "ing":
        return _quoted(sentence, index, after)
    if cue.form == "ing" and not (before is not None and before.tag == "be"):
        if word in _NOUN_FORMS and not clause_follows:
            return None
        return _participle(sentence, index, after, cue, clause_follows)
    if _inverted(sentence, index, after):
        end = _phrase_end(tokens, after, sentence, commas=True)
        return _make(
            sentence,
            (index, after),
            (after, end),
            (0, index),
            "inverted",
            cue.verb,
            cue.modality,
            cue.directive,
        )
    subject = _subject(sentence, index)
    if subject is None:
        return None
    # "C, X said.": nothing but an adverbial follows the cue, and a comma or a quotation precedes its subject.
    border = tokens[subject[0] - 1].text if subject[0] else ""
    if (border in (",", "”", '"', "-", "–", "—") and subject[0] > 2) and _nothing_follows(tokens, after):
        return _make(
            sentence,
            (index, after),
            subject,
            (0, subject[0]),
            "active",
            cue.verb,
            cue.modality,
            cue.directive,
        )
    if follow is None or (_nothing_follows(tokens, after) and not clause_follows):
        return None
    if cue.verb.split()[0] not in STRONG and not clause_follows and not cue.directive:
        return None
    if cue.form == "base" and not _plural_subject(tokens, subject, index) and not clause_follows:
        return None
    start = _content_start(tokens, after, cue)
    # A colon well after the cue starts something new: "Authority speaks of criminals: hundreds more arrests".
    colon = next(
        (p for p in range(start + 2, len(tokens)) if tokens[p].text == ":" and tokens[p - 1].tag != "num"),
        len(tokens),
    )
    content = (start, colon if cue.verb in ("speak of", "spoke of") else len(tokens))
    return _make(sentence, (index, after), subject, content, "active", cue.verb, cue.modality, cue.directive)


def _plural_subject(tokens: Sequence[Token], subject: tuple[int, int], index: int) -> bool:
    return any(
        token.lower.endswith("s") or token.lower in ("and", "they", "we", "i", "people", "police", "media")
        for token in tokens[subject[0] : index]
    )


def _is_passive(tokens: Sequence[Token], index: int) -> bool:
    position = index - 1
    while position >= 0 and tokens[position].tag in ("adv", "neg"):
        position -= 1
    return position >= 0 and tokens[position].tag == "be"


def _passive(sentence: _Sentence, index: int, after: int, cue: Cue) -> Attribution | None:
    """ "C was reported by X", "X is said to C", "it was announced that C"."""
    tokens = sentence.tokens
    follow = tokens[after].lower if after < len(tokens) else ""
    source = None
    for position in range(after, min(after + 8, len(tokens))):
        if tokens[position].lower == "by":
            source = (position + 1, _phrase_end(tokens, position + 1, sentence))
            break
        if tokens[position].tag == "punct":
            break
    if follow in ("to", "that", "as") or (
        follow and _clause_follows(tokens, after) and tokens[after].tag == "quote"
    ):
        return _make(
            sentence,
            (index, after),
            source,
            (after + 1 if follow != "to" else after, len(tokens)),
            "passive",
            cue.verb,
            cue.modality,
        )
    if source is None and cue.verb not in (
        "say",
        "announce",
        "report",
        "claim",
        "allege",
        "confirm",
        "reveal",
        "disclose",
        "declare",
    ):
        return None
    return _make(sentence, (index, after), source, (0, index), "passive", cue.verb, cue.modality)


def _quoted(sentence: _Sentence, index: int, after: int) -> Attribution | None:
    tokens = sentence.tokens
    for position in range(after, min(after + 12, len(tokens) - 1)):
        if tokens[position].lower == "as" and tokens[position + 1].lower in ("saying", "stating", "telling"):
            content = (position + 2, len(tokens))
            if content[1] - content[0] < 3:
                content = (0, after)
            return _make(sentence, (index, position + 2), (after, position), content, "quoted", "quote")
    return None


def _participle(
    sentence: _Sentence, index: int, after: int, cue: Cue, clause_follows: bool
) -> Attribution | None:
    tokens = sentence.tokens
    if not clause_follows and cue.verb.split()[0] not in STRONG:
        return None
    before = tokens[index - 1] if index else None
    source = None
    if (
        before is not None
        and before.lower in ("by", "in", "of", "for", "without", "as")
        and before.lower != "by"
    ):
        return None
    if before is not None and before.tag in ("word", "cap") and before.text != ",":
        source = _subject(sentence, index)
    if source is None:
        source = _main_subject(sentence, index)
    return _make(
        sentence,
        (index, after),
        source,
        (_content_start(tokens, after, cue), len(tokens)),
        "participle",
        cue.verb,
        cue.modality,
        cue.directive,
    )


def _inverted(sentence: _Sentence, index: int, after: int) -> bool:
    """ "…", said X" and "C, said X": a comma or closing quotation before the cue and a noun phrase after it."""
    tokens = sentence.tokens
    if index < 2 or after >= len(tokens) or tokens[index - 1].text not in (",", "”", '"', "’", "?", "!"):
        return False
    follow = tokens[after]
    starts = (
        follow.tag == "cap"
        or follow.lower in ("the", "a", "an", "one", "his", "her", "its", "he", "she")
        or follow.start in sentence.by_start
    )
    if not starts and not (
        follow.tag == "word" and after + 1 < len(tokens) and tokens[after + 1].tag in ("cap", "word")
    ):
        return False
    if tokens[index - 1].text == "," and tokens[index - 2].tag != "quote":
        # "X, the chairman, said the firm …": an apposition stands before the cue, its content after it.
        end = _phrase_end(tokens, after, sentence, commas=True)
        return end >= len(tokens) - 1 or tokens[end].text in (".", ",", ";", "?", "!")
    return True


# --- borders --------------------------------------------------------------------------------------------------------


def _clause_follows(tokens: Sequence[Token], after: int) -> bool:
    """Whether a clause or a quotation starts right after the cue, or after a short adverbial."""
    position, limit = after, min(after + 14, len(tokens))
    if position < limit and tokens[position].lower in (
        "that",
        "how",
        "why",
        "whether",
        "there",
        "it",
        "he",
        "she",
        "they",
        "we",
        "what",
    ):
        return True
    while position < limit:
        token = tokens[position]
        if token.lower == "that" or token.tag == "quote" or token.text == ":":
            return True
        if token.tag in ("be", "have", "modal") and token.lower != "to" and position > after:
            return True
        if token.text in (".", ";"):
            return False
        position += 1
    return False


def _nothing_follows(tokens: Sequence[Token], after: int) -> bool:
    """Whether only an adverbial ("on Monday", "in a statement") stands between the cue and the end of the clause."""
    if after >= len(tokens) or tokens[after].text in (".", ",", ";", "!", "?", ")", "”", "-", "–", "—"):
        return True
    if (
        tokens[after].lower not in _PREPOSITIONS
        and tokens[after].tag not in ("adv", "cap")
        and tokens[after].lower not in ("this", "last")
    ):
        return False
    if tokens[after].tag == "cap" and not tokens[after].lower.endswith("day"):
        return False
    for token in tokens[after + 1 : after + 14]:
        if token.text in (".", ";", ","):
            return True
        if token.tag in ("be", "have", "rel", "sub", "quote", "pron", "modal"):
            return False
    return after + 14 >= len(tokens)


def _content_start(tokens: Sequence[Token], after: int, cue: Cue) -> int:
    """Where the content begins: after "that" (not "that morning"), else at a quotation, else right after the cue."""
    limit = min(
        after + (16 if cue.verb in ("tell", "inform", "warn", "notify", "advise") else 12), len(tokens)
    )
    for position in range(after, limit):
        if tokens[position].lower == "that" and (position == after or tokens[position - 1].tag != "prep"):
            determiner = position + 1 < len(tokens) and tokens[position + 1].lower in (
                "morning",
                "day",
                "evening",
                "night",
                "afternoon",
                "week",
            )
            return position + (2 if determiner else 1)
        if tokens[position].tag in ("quote",) and position - after < 8:
            return position
        if tokens[position].tag in ("be", "modal", "have"):
            break
    return after


def _phrase_end(tokens: Sequence[Token], first: int, sentence: _Sentence, commas: bool = False) -> int:
    """The end of the noun phrase that starts at `first`: up to punctuation, a finite verb, a clause or an adverbial.

    With `commas`, an apposition belongs to it ("Joe Leonard, chairman of AirTran").
    """
    position = first
    while position < len(tokens) and position < first + 24:
        token = tokens[position]
        if token.text == "(":
            closing = next(
                (p for p in range(position, min(position + 8, len(tokens))) if tokens[p].text == ")"), None
            )
            if closing is None:
                break
            position = closing
        elif token.text == ",":
            if (
                not commas
                or position + 1 >= len(tokens)
                or tokens[position + 1].tag not in ("det", "cap", "word")
            ):
                break
        elif token.tag in ("quote", "sub", "have", "do", "be") or token.text in (
            ".",
            ";",
            ":",
            "–",
            "—",
            "-",
            ")",
            "!",
            "?",
        ):
            if not (
                token.text == "."
                and position + 1 < len(tokens)
                and len(tokens[position - 1].text) <= 3
                and tokens[position + 1].tag == "cap"
            ):
                break
        elif token.tag in ("rel", "modal", "pron") and position > first:
            break
        elif token.lower in CUES and position > first and token.lower not in _NOUN_FORMS:
            break
        elif token.lower in ("on", "during", "after", "as", "who") and position > first:
            break
        elif (
            token.tag == "conj"
            and position + 1 < len(tokens)
            and tokens[position + 1].tag not in ("cap", "det", "word")
        ):
            break
        position += 1
    return position


def _back_to(tokens: Sequence[Token], index: int, extra: tuple[str, ...]) -> int:
    """The first token of the stretch that ends at `index` and holds no border."""
    position = index
    while position > 0:
        token = tokens[position - 1]
        if (
            token.tag in _CLAUSE_STARTS
            or token.tag == "quote"
            or token.text in (",", ";", ":", "–", "—", "(", ")")
            or token.lower in extra
        ):
            break
        position -= 1
    return position


def _subject(sentence: _Sentence, index: int) -> tuple[int, int] | None:
    """The noun phrase that governs the verb at `index`, as a token range."""
    tokens = sentence.tokens
    end = index
    while end > 0 and tokens[end - 1].tag in _SKIP and tokens[end - 1].lower != "to":
        end -= 1
    if end == 0:
        return None
    if tokens[end - 1].tag == "conj" or (tokens[end - 1].text == "," and _verbless(tokens, end)):
        return _main_subject(sentence, end)
    if tokens[end - 1].text in (",", "–", "—", ")"):
        # Step back over an apposition or a parenthesis: "Djamal, minister of transport, has recommended".
        opening = {")": "(", "–": "–", "—": "—"}.get(tokens[end - 1].text, ",")
        position = end - 2
        while position > 0 and tokens[position].text != opening:
            position -= 1
        if position <= 0:
            return _main_subject(sentence, end)
        outer = _np_back(sentence, position)
        return (
            (outer[0], end - 1)
            if outer
            and tokens[position + 1].tag in ("det", "word", "cap")
            and opening == ","
            and not tokens[position + 1].lower.endswith("ing")
            else outer
        )
    if tokens[end - 1].tag == "rel":
        return _np_back(sentence, end - 1 - (end > 1 and tokens[end - 2].text == ","))
    return _np_back(sentence, end)


def _verbless(tokens: Sequence[Token], end: int) -> bool:
    return False


def _np_back(sentence: _Sentence, end: int) -> tuple[int, int] | None:
    """The noun phrase that ends at `end`, walking back to the nearest border."""
    tokens = sentence.tokens
    first = end
    while first > 0:
        token = tokens[first - 1]
        if token.tag in ("quote", "sub", "rel", "have", "modal", "neg", "do") or token.text in (
            ",",
            ";",
            ":",
            "–",
            "—",
            "…",
            "?",
            "!",
        ):
            if (
                token.text == ","
                and first - 2 >= 0
                and tokens[first].tag == "cap"
                and tokens[first].lower.rstrip(".") in ("inc", "jr", "ltd", "sr")
            ):
                first -= 1
                continue
            break
        if token.tag == "be" or (token.lower in CUES and token.lower not in _NOUN_FORMS and first < end):
            break
        if token.tag == "conj" and token.lower != "and":
            break
        if token.lower == "and" and not _joins_names(sentence, first - 1):
            break
        first -= 1
    # An adverbial in front is not part of it: "On Monday police said".
    while first < end and tokens[first].tag in ("adv", "conj", "punct"):
        first += 1
    if first < end and tokens[first].lower in _PREPOSITIONS:
        inner = next(
            (
                p
                for p in range(first + 1, end)
                if tokens[p].lower in ("the", "a", "his", "its")
                and p > first + 1
                and tokens[p - 1].tag not in ("prep",)
            ),
            None,
        )
        if inner is None:
            inner = next(
                (
                    p
                    for p in range(first + 2, end)
                    if tokens[p].start in sentence.by_start
                    and tokens[p - 1].tag not in ("prep", "det", "cap")
                ),
                None,
            )
        first = inner if inner is not None else end
    # "The Office on June 18 called": a date in front of the verb belongs to the verb.
    for position in range(end - 1, max(first, end - 4), -1):
        if (
            tokens[position].lower in ("on", "in")
            and position > first
            and (tokens[position + 1].tag == "num" or tokens[position + 1].lower in _DATE_WORDS)
        ):
            end = position
            break
    if end > first and tokens[end - 1].lower in _DATE_WORDS and end - first > 1:
        end -= 1
    return (first, end) if first < end else None


_DATE_WORDS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september "
    "october november december today yesterday".split()
)


def _joins_names(sentence: _Sentence, position: int) -> bool:
    """ "Reuters and AFP said": "and" joins two names rather than two clauses."""
    tokens = sentence.tokens
    if position + 1 >= len(tokens) or position == 0:
        return False
    return (
        tokens[position + 1].tag in ("cap", "word", "det")
        and (tokens[position - 1].end in sentence.by_end or tokens[position - 1].tag in ("cap", "word"))
        and not any(
            token.tag in ("be", "have", "modal") or token.lower in CUES or token.lower.endswith("ed")
            for token in tokens[max(0, position - 5) : position]
        )
    )


def _main_subject(sentence: _Sentence, index: int) -> tuple[int, int] | None:
    """The first person, organization or place before `index` that is not inside an adverbial; the clause's own first."""
    tokens = sentence.tokens
    best = None
    for position in range(index):
        token = tokens[position]
        mention = sentence.by_start.get(token.start)
        if mention is None or "demonym" in mention.flags:
            continue
        before = next(
            (
                tokens[p]
                for p in range(position - 1, -1, -1)
                if tokens[p].tag not in ("det", "cap", "word") or tokens[p].tag == "prep"
            ),
            None,
        )
        stop = next(p for p in range(position, len(tokens)) if tokens[p].end >= mention.end) + 1
        if stop < len(tokens) and tokens[stop].tag == "poss":
            continue
        if before is not None and before.tag == "prep" and before.lower not in ("for", "of"):
            continue
        best = (position, stop)
        break
    if best is not None:
        return best
    first = next((p for p in range(index) if tokens[p].tag in ("det", "cap", "word", "pron")), None)
    if first is None:
        return None
    end = _phrase_end(tokens, first, sentence)
    return (first, min(end, first + 6, index)) if end > first else None
