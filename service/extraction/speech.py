"""Verbs of speech: "X said that C", "C, X said", "C, said X", "X told Y that C", "C was reported by X", "X is
said to C", "X quoted Y as saying C", ", saying that C", "X called on Y to C"."""

from collections.abc import Sequence

from service.extraction.attributed import Attribution, attribution
from service.extraction.contents import (
    TELLING,
    begins_at,
    clause_follows_at,
    ends_at,
    nothing_follows,
    says_something,
)
from service.extraction.cues import CUES, NOUN_FORMS, STRONG, Cue
from service.extraction.heads import names_persons
from service.extraction.main_subjects import main_subject
from service.extraction.number_words import SIMPLE
from service.extraction.phrases import Clauses, after_date, is_passive, is_past, phrase_end
from service.extraction.relative_clauses import told_of
from service.extraction.speech_passive import passive, quoted
from service.extraction.subjects import subject_of
from service.extraction.tokens import PAST_FORMS, Token

# "could add", "to report": what has not been said.
_UNSAID = frozenset(("to", "can", "could", "may", "might", "should", "must"))


def spoken(
    sentence: Clauses, index: int, after: int, cue: Cue, found: Sequence[Attribution] = ()
) -> Attribution | None:
    """`found` are the attributions before this one in its sentence."""
    tokens = sentence.tokens
    before = tokens[index - 1] if index else None
    word = tokens[index].lower
    if cue.verb == "claim" and any(
        token.lower in ("life", "lives", "victims")
        for token in tokens[after : after + 6]
        if tokens[after].lower != "that"
    ):
        return None  # "the disaster claimed 301 lives"
    if cue.verb == "rule" and after < len(tokens) and tokens[after].lower == "out":
        return None
    if (
        cue.verb == "add"
        and after < len(tokens)
        and (tokens[after].tag == "num" or tokens[after].lower in ("to", "up", "$", "€", "£"))
    ):
        return None  # "added to the toll", "adding 40 jobs"
    if before is not None and word in NOUN_FORMS and _is_noun(tokens, index, after):
        return None
    asked = word == "asked" and before is not None and before.text == ","
    if asked and after < len(tokens) and tokens[after].lower in _QUESTIONS:
        return None  # "Weeks later, asked whether he knew, he said no"
    if word in NOUN_FORMS and (index == 0 or (cue.form == "third" and _is_plural(tokens[index - 1]))):
        return None  # "they defied police orders"
    if (
        before is not None
        and before.tag == "modal"
        and before.lower in _UNSAID
        and cue.verb not in ("say", "announce")
        and not (before.lower == "to" and cue.verb in _RALLIED_FOR and _rallied(tokens, index))
    ):
        return None
    headline = cue.verb in _URGING and tokens[after : after + 1] and tokens[after].lower == "to"
    headline = headline and tokens[-1].tag not in ("punct", "quote")
    if cue.form in ("past", "participle") and (headline or is_passive(tokens, index)):
        return passive(sentence, index, after, cue) if cue.verb not in _NOT_REPORTED else None
    if (
        cue.form in ("past", "participle")
        and cue.verb in _DESCRIBED
        and after < len(tokens)
        and (tokens[after].lower == "by")
    ):
        return None  # "The fire, described by the mayor as a monster, …"
    if (
        cue.verb in _BELIEVED
        and cue.form in ("past", "participle")
        and after < len(tokens)
        and (tokens[after].lower == "to")
    ):
        return None  # "two suspects believed to be spies"
    if cue.directive and (behind := _behind_aside(tokens, after)):
        after = behind
    follow = tokens[after] if after < len(tokens) else None
    clause_follows = clause_follows_at(tokens, after)
    supposed = cue.verb in _SUPPOSING and cue.form in ("past", "participle") and not clause_follows
    if supposed and cue.verb == "fear" and follow is not None and follow.tag == "word" and before is not None:
        supposed = not (_is_plural(before) or before.tag in ("pron", "cap"))  # "officials feared toxic fumes"
    if supposed and _is_supposed(tokens, index, follow):
        return None  # "alleged war crimes", "the alleged Lima ring", "suspected of planning an attack"
    if cue.verb in ("quote", "report") and cue.form != "ing":
        said = quoted(sentence, index, after)
        if said is not None or cue.verb == "quote":
            return said
    if cue.form == "ing" and not (before is not None and before.tag == "be"):
        if word in NOUN_FORMS and not clause_follows:
            return None
        return _participle(sentence, index, after, cue, clause_follows, found)
    if cue.modality != "denied" and _inverted(sentence, index, after, cue.verb):
        end = phrase_end(tokens, after, sentence)
        goes_on = _goes_on(tokens, end) and tokens[index - 1].text == "," and tokens[index - 2].tag != "quote"
        if not goes_on or tokens[end + 1].tag not in ("be", "have", "do", "modal"):
            goes_on, end = False, phrase_end(tokens, after, sentence, commas=True)
        closed = _quotation_before(sentence, index)
        goes_on = goes_on or (closed is not None and _resumes(sentence, after))
        return attribution(
            sentence,
            (index, after),
            (after, end),
            (closed[0] if closed else 0, len(tokens) if goes_on else index),
            "inverted",
            cue.verb,
            cue.modality,
            cue.directive,
        )
    listed = _listed(sentence, index, found) if cue.form in ("third", "past") else None
    subject = listed or _whole_list(tokens, subject_of(sentence, index))
    if before is not None and before.lower == "to" and cue.verb in _RALLIED_FOR:
        subject = main_subject(sentence, index)
    if subject is None or (cue.modality == "denied" and _is_answered(sentence, subject)):
        return None
    if subject[0] and tokens[subject[0] - 1].text == "," and tokens[subject[0]].lower.endswith("ing"):
        return None  # ", leaving several passengers feared dead"
    last = tokens[subject[1] - 1]
    if last.tag in ("det", "adv", "prep") and not tokens[subject[0]].lower.startswith(("th", "some", "all")):
        return None  # "worth a reported $2 million", "a carefully planned visit"
    if tokens[subject[0]].lower in ("of", "down", "up"):
        return None  # "of the money pledged to Lima, half was spent", "down from 38 reported on Monday"
    if subject[0] and tokens[subject[0] - 1].tag in ("modal", "neg") and tokens[subject[0]].tag == "word":
        return None  # "would not discuss reports"
    if cue.form == "base" and word in NOUN_FORMS and not _plural_subject(tokens, subject, index):
        return None  # "the inflation report, …"
    if cue.form == "third" and word in NOUN_FORMS and _acts(tokens, subject):
        return None  # "the firm made several requests of him"
    ends = after
    if cue.verb in ("tell", "inform", "notify", "remind"):
        stop = phrase_end(tokens, after, sentence)
        if not clause_follows or (stop < len(tokens) and tokens[stop].text == ","):
            ends = stop
    # "C, X said.": nothing but an adverbial follows the cue, and a comma or a quotation precedes its subject.
    border = tokens[subject[0] - 1].text if subject[0] else ""
    inserted = border == "," and _goes_on(tokens, ends)
    content: tuple[int, int] | None = None
    if (closed := _quotation_before(sentence, subject[0])) is not None and not _opens_clause(tokens, after):
        content = (closed[0], len(tokens) if _resumes(sentence, after) else closed[1])
    elif border == "," and (resumed := _opened_after(sentence, ends)) is not None:
        led_in = tokens[0].tag in ("prep", "sub") or tokens[0].lower in _ASKED  # "Asked why, X replied, “…”"
        whole = not led_in and _is_interrupted(tokens, subject[0], ends)
        content = (0 if whole else resumed, len(tokens))
    elif inserted:
        content = (0 if _is_interrupted(tokens, subject[0], ends) else ends + 1, len(tokens))
    elif border in (",", "-", "–", "—") and subject[0] > 2 and nothing_follows(tokens, ends):
        told_on = ends + 2 < len(tokens) and tokens[ends].text == ";"  # "A, X said; B"
        content = (0, len(tokens) if told_on else subject[0])
    if content is not None:
        return attribution(
            sentence, (index, after), subject, content, "active", cue.verb, cue.modality, cue.directive
        )
    intends = follow is not None and (
        (follow.lower == "to" and (cue.directive or cue.verb in _INTENDING))
        or (follow.lower in ("of", "about", "against") and cue.verb in ("warn", "caution"))
        or (cue.verb == "call on" and after_date(tokens, after) > after)
    )
    if follow is None or (nothing_follows(tokens, after) and not clause_follows and not intends):
        return None
    weak = not cue.verb.endswith(" of") and cue.verb.split()[0] not in STRONG
    if weak and not clause_follows and not cue.directive and not intends:
        return None
    if cue.form == "base" and not _plural_subject(tokens, subject, index) and not clause_follows:
        return None
    start = begins_at(sentence, after, cue)
    # A colon well after the cue starts something new: "Authority speaks of criminals: hundreds more arrests".
    colon = next(
        (p for p in range(start + 1, len(tokens)) if tokens[p].text == ":" and tokens[p - 1].tag != "num"),
        len(tokens),
    )
    ends = ends_at(sentence, start, index, _is_relative(tokens, subject))
    content = (start, colon if cue.verb in ("speak of", "spoke of") else ends)
    return attribution(
        sentence, (index, after), subject, content, "active", cue.verb, cue.modality, cue.directive
    )


def _whole_list(tokens: Sequence[Token], subject: tuple[int, int] | None) -> tuple[int, int] | None:
    """ "C, police, residents and a teacher said": all who said so."""
    if subject is None or subject[0] < 4 or not any(t.lower == "and" for t in tokens[slice(*subject)]):
        return subject
    first = subject[0]
    while first > 3 and tokens[first - 1].text == "," and tokens[first - 3].text == ",":
        one = tokens[first - 2]
        if one.lower != "police" and not (one.tag == "word" and names_persons(one)):
            break
        first -= 2
    return first, subject[1]


def _is_supposed(tokens: Sequence[Token], index: int, follow: Token | None) -> bool:
    """Whether a verb of supposing only says of a noun what it is supposed to be."""
    if index and tokens[index - 1].tag in ("det", "poss", "prep"):
        return True
    if follow is None:
        return True
    closing = follow.text in (".", ",") and any(token.text == "," for token in tokens[:index])
    return not closing and follow.tag not in ("det", "pron", "cap")


def _behind_aside(tokens: Sequence[Token], comma: int) -> int:
    """ "demanded, through his lawyer, to be heard": where "to" or "that" stands, else 0."""
    if comma + 2 >= len(tokens) or tokens[comma].text != "," or tokens[comma + 1].tag != "prep":
        return 0
    closing = next(
        (p for p in range(comma + 1, min(comma + 10, len(tokens) - 1)) if tokens[p].text == ","), 0
    )
    return closing + 1 if closing and tokens[closing + 1].lower in ("to", "that") else 0


def _is_relative(tokens: Sequence[Token], subject: tuple[int, int]) -> bool:
    """ "a class they regarded as corrupt": a clause without its pronoun, which the noun before it opens."""
    before = tokens[subject[0] - 1] if subject[0] else None
    return (
        before is not None
        and before.tag == "word"
        and before.lower not in CUES
        and not before.lower.endswith("ing")
        and tokens[subject[0]].lower in ("he", "she", "they", "we")
    )


def _quotation_before(sentence: Clauses, subject: int) -> tuple[int, int] | None:
    """ "“C,” X said", "“C,” the mayor, X, said": where what is said stands, when a quotation ends before the
    subject."""
    tokens = sentence.tokens
    for first, last in sentence.quoted.ranges:
        titled = last < subject - 1 < last + 9 and tokens[subject - 1].text == ","
        titled = titled and all(token.tag in _TITLE_TAGS for token in tokens[last + 1 : subject - 1])
        if last == subject or titled or (last + 1 == subject and tokens[last].text in (",", "'", "’")):
            return (first if first and tokens[first - 1].text == ":" else 0), last
    return None


_TITLE_TAGS = frozenset(("cap", "word", "det", "poss", "prep"))


def _opens_clause(tokens: Sequence[Token], after: int) -> bool:
    return after < len(tokens) and (tokens[after].lower == "that" or tokens[after].text == ":")


def _resumes(sentence: Clauses, after: int) -> bool:
    """ "“A,” X said, “but B”"."""
    tokens = sentence.tokens
    return any(
        first >= after and tokens[first - 1].text in (",", "–", "—", "-") and last - first > 3
        for first, last in sentence.quoted.ranges
    )


_ASKED = frozenset(("asked", "pressed", "questioned", "challenged", "speaking", "responding"))


def _opened_after(sentence: Clauses, comma: int) -> int | None:
    """ "The harvest, X said, “was poor”": where the quotation after the comma opens."""
    if comma + 1 >= len(sentence.tokens) or sentence.tokens[comma].text != ",":
        return None
    return next((first for first, _ in sentence.quoted.ranges if first == comma + 1), None)


def _is_interrupted(tokens: Sequence[Token], stop: int, comma: int) -> bool:
    """ "The harvest, X said, is poor": what stands before is no mere adverbial."""
    follow = tokens[comma + 1] if comma + 1 < len(tokens) else None
    verb = follow is not None and (
        follow.tag in ("be", "have", "do")
        or (follow.tag == "modal" and follow.lower != "to")
        or is_past(follow)
        or follow.lower in ("set", "cut", "hit", "put")
    )
    noun = follow is not None and follow.tag == "quote" and stop > 2
    return says_something(tokens, stop) or ((verb or noun) and tokens[0].tag != "prep")


_DESCRIBED = frozenset("describe call condemn welcome praise criticise criticize denounce regard".split())
_BELIEVED = frozenset(("believe", "think", "say", "allege", "suspect", "report", "consider"))
_SUPPOSING = frozenset(("allege", "suspect", "expect", "believe", "fear"))
_INTENDING = frozenset(("decide", "vow", "pledge", "promise", "propose"))
# Their passives say what befell someone: "was charged with murder", "is wanted by police".
_NOT_REPORTED = frozenset(("charge", "want", "seek", "invite", "rule", "press", "condemn", "welcome"))
_SAYINGS = frozenset("charge claim allegation accusation figure report number account version".split())


def _is_answered(sentence: Clauses, subject: tuple[int, int]) -> bool:
    """ "…, a charge Kigali denies": the verb is of a clause without its pronoun, and reports nothing."""
    words = [token.lower for token in sentence.tokens[subject[0] : subject[1]]]
    return len(words) > 2 and words[0] in ("a", "an", "the") and words[1] in _SAYINGS


def _goes_on(tokens: Sequence[Token], comma: int) -> bool:
    """Whether a clause goes on after a comma here: "C, X said, C"."""
    if comma + 3 >= len(tokens) or tokens[comma].text != ",":
        return False
    follow = tokens[comma + 1]
    return follow.lower in ("because", "after", "when") or (
        follow.tag not in ("sub", "rel", "conj", "quote", "punct") and not follow.lower.endswith("ing")
    )


_ADJECTIVE_ENDS = ("al", "ive", "ous", "ary", "ent", "ed", "ing", "ful", "ic")
_BEFORE_NOUNS = frozenset(
    "first new arrest media death news press further fresh renewed more many some several such "
    "repeated no any".split()
)


def _is_noun(tokens: Sequence[Token], index: int, after: int) -> bool:
    """ "the report", "media reports of", "repeated calls": a word that is a verb elsewhere."""
    before = tokens[index - 1]
    if before.tag in ("det", "prep", "poss", "num") or before.lower in SIMPLE:
        return True
    if index > 1 and tokens[index - 2].lower in ("a", "an") and before.tag == "word":
        return not before.lower.endswith(("s", "ed"))  # "an expert report"
    if before.lower in ("said", "says") and tokens[index].lower.endswith("s"):
        return True  # "said plans to cut spending had failed"
    if tokens[index].lower == "states" and (not _states(tokens, after) or before.lower in SIMPLE):
        return True  # "six former Soviet states", "the five states that …"
    if index == 1 and before.lower.endswith("ing"):
        return True  # "Easing fears of a split, …"
    if before.lower == "media" or before.tag != "word":
        return False
    follows = after < len(tokens) and tokens[after].lower != "that"
    return follows and (before.lower in _BEFORE_NOUNS or before.lower.endswith(_ADJECTIVE_ENDS))


def _acts(tokens: Sequence[Token], subject: tuple[int, int]) -> bool:
    """ "the firm made several": a verb of its own, so that a noun follows."""
    words = tokens[slice(*subject)]
    relative = any(token.text == "," or token.tag == "rel" for token in words)
    return not relative and any(is_past(token) and "-" not in token.text for token in words)


# "Cabinet urged to quit": no object, so a passive.
_URGING = frozenset("urge order instruct advise encourage".split())
_QUESTIONS = frozenset("if whether about why how what when who".split())
_STATED = frozenset(("that", "the", "it", "there", ":", "“", '"'))


def _states(tokens: Sequence[Token], after: int) -> bool:
    return after < len(tokens) and tokens[after].lower in _STATED


def _is_plural(noun: Token) -> bool:
    plural = noun.lower.endswith("s") and not noun.lower.endswith("ss")
    return noun.tag == "word" and (plural or noun.lower in ("police", "people", "media"))


def _plural_subject(tokens: Sequence[Token], subject: tuple[int, int], index: int) -> bool:
    return any(
        (token.lower.endswith("s") and token.tag in ("word", "cap"))
        or token.lower in ("and", "they", "we", "i", "people", "police", "media")
        or token.tag in ("modal", "do")
        for token in tokens[subject[0] : index]
    )


# "marched on the capitol to demand a law": said by being there.
_RALLIED_FOR = frozenset(("demand", "call for", "urge", "condemn", "denounce", "press for"))
_RALLYING = frozenset(
    "marched march rallied rally rallying gathered gathering protested protesting demonstrated streets "
    "strike petition assembled blockaded blocked marching picketed wrote signed occupied stormed".split()
)


def _rallied(tokens: Sequence[Token], index: int) -> bool:
    return any(token.lower in _RALLYING for token in tokens[max(0, index - 14) : index])


def _subject_behind(sentence: Clauses, comma: int) -> tuple[int, int] | None:
    """ "Noting that A, X called for B"."""
    tokens = sentence.tokens
    if comma + 1 >= len(tokens) or tokens[comma].text != ",":
        return None
    first = comma + 1
    if tokens[first].tag == "pron":
        return first, first + 1
    end = phrase_end(tokens, first, sentence)
    verb = next(
        (p for p in range(first + 1, end) if tokens[p].lower.endswith("ed") or tokens[p].lower in PAST_FORMS),
        end,
    )
    return (first, verb) if verb > first else None


def _listed(sentence: Clauses, index: int, found: Sequence[Attribution]) -> tuple[int, int] | None:
    """ "X called for A, urged B", "X described A but said B": whoever spoke last."""
    tokens = sentence.tokens
    if not index or not found or found[-1].form != "active":
        return None
    position = index - 1
    while position > 0 and tokens[position].tag in ("adv", "have"):
        position -= 1
    if tokens[position].text == ",":
        # No other comma stands between the two cues.
        if any(token.text == "," for token in tokens[:position] if token.start >= found[-1].cue.end):
            return None
    elif tokens[position].tag != "conj":
        return None
    return _speaker(sentence, index, found)


def _speaker(sentence: Clauses, index: int, found: Sequence[Attribution]) -> tuple[int, int] | None:
    """ "X said A, adding that B": whoever spoke last."""
    tokens = sentence.tokens
    for item in reversed(found):
        if item.source is not None and _is_owned(tokens, item.source.start):
            return None  # "The union, whose members fear …, demanded"
        if item.source is None or item.form not in ("active", "inverted", "participle", "passive"):
            continue
        inside = [p for p in range(index) if item.source.start <= tokens[p].start < item.source.end]
        return (inside[0], inside[-1] + 1) if inside else None
    return None


def _is_owned(tokens: Sequence[Token], start: int) -> bool:
    first = next((p for p, token in enumerate(tokens) if token.start == start), 0)
    return first > 0 and tokens[first - 1].lower == "whose"


def _participle(
    sentence: Clauses,
    index: int,
    after: int,
    cue: Cue,
    clause_follows: bool,
    found: Sequence[Attribution],
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
        first = index
        while first > 0 and tokens[first - 1].tag in ("det", "word", "cap"):
            first -= 1
        # "a rally with traders alleging …"
        joined = first > 0 and tokens[first - 1].lower == "with"
        source = (first, index) if joined else subject_of(sentence, index)
        if source is not None and is_past(tokens[source[0]]):
            source = None  # "had moved to the court demanding": no noun phrase
    if index == 0:
        source = _subject_behind(sentence, ends_at(sentence, begins_at(sentence, after, cue), index))
    elif source is None and before is not None and before.text == ",":
        source = _speaker(sentence, index, found)
    if source is None:
        source = main_subject(sentence, index)
    start = begins_at(sentence, after, cue)
    return attribution(
        sentence,
        (index, after),
        source,
        (start, ends_at(sentence, start, index)),
        "participle",
        cue.verb,
        cue.modality,
        cue.directive,
    )


def _inverted(sentence: Clauses, index: int, after: int, cue_verb: str) -> bool:
    """ "…", said X" and "C, said X": a comma or closing quotation before the cue and a noun phrase
    after it."""
    tokens = sentence.tokens
    closed = any(last == index for _, last in sentence.quoted.ranges)
    if (
        index < 2
        or after >= len(tokens)
        or not (closed or tokens[index - 1].text in (",", "’", "'", "?", "!"))
    ):
        return False
    if not closed and tokens[index - 1].text == "," and told_of(sentence, index) is not None:
        named = (sentence.by_start.get(token.start) for token in tokens[after : after + 6])
        if not any(mention is not None and mention.kind == "person" for mention in named):
            return False  # "The union, whose members fear …, demanded a new vote"
    if cue_verb in TELLING or cue_verb.endswith((" for", " on", " upon", " to", " with", " of")):
        return False  # "“C,” Ana Costa, 49, told the paper", "Ana Costa, 49, asked for the papers"
    follow = tokens[after]
    starts = (
        follow.tag == "cap"
        or follow.lower in ("the", "a", "an", "one", "his", "her", "its", "he", "she")
        or follow.start in sentence.by_start
    )
    crowd = follow.tag == "word" and names_persons(follow)  # "…!” shouted demonstrators outside"
    if (
        not starts
        and not crowd
        and not (
            follow.tag == "word" and after + 1 < len(tokens) and tokens[after + 1].tag in ("cap", "word")
        )
    ):
        return False
    if tokens[index - 1].text == "," and tokens[index - 2].tag != "quote":
        # "X, the chairman, said the firm …": an apposition stands before the cue, its content after it.
        end = phrase_end(tokens, after, sentence, commas=True)
        who = end < len(tokens) and tokens[end].lower == "who"
        told = who and any(token.tag in ("be", "have") for token in tokens[: index - 1])
        return told or end >= len(tokens) - 1 or tokens[end].text in (".", ",", ";", "?", "!")
    return True
