"""Which name a noun phrase is about."""

from collections.abc import Sequence

from service.extraction.counted import is_person, singular
from service.extraction.mentions import word_lists
from service.extraction.names import Mention
from service.extraction.phrases import Clauses
from service.extraction.tokens import Token


def head_of(sentence: Clauses, source: tuple[int, int]) -> Mention | None:
    """The mention that a source's noun phrase is about: its first person, else the first mention that
    does not hang on "for" or "of"."""
    known = sentence.by_start.get
    inside = [
        (position, mention)
        for position, token in enumerate(sentence.tokens[source[0] : source[1]], source[0])
        if (mention := known(token.start)) is not None
        and "demonym" not in mention.flags
        and mention.end >= token.end  # not "Houston" of "Houston-based"
        and not (token.lower in OWNERS and source[1] - source[0] > 1)
    ]
    if not inside:
        return None
    words = [token.lower for token in sentence.tokens[source[0] : source[1]]]
    if "whose" in words[1:]:
        stop = source[0] + words.index("whose", 1)  # "the inspectors, whose head, Jane Doe, was there": they
        inside = [pair for pair in inside if pair[0] < stop]
        if not inside:
            return None
    carrier = next(
        (p for p, word in enumerate(words[1:], 1) if word in _HANDS and words[p - 1] in CARRIERS), 0
    )
    if carrier:
        # "a social media post from the ministry": whoever wrote it, not where it stood.
        written = [pair for pair in inside if pair[0] > source[0] + carrier]
        if written:
            return written[0][1]
    if len(inside) > 1 and _is_named_last(sentence, source, inside[0], inside[-1]):
        return inside[-1][1]
    spoken = any(word.startswith(_NEAR_PERSONS) for word in words)
    bound = next(
        (p for p, word in enumerate(words[1:], 1) if word in _BOUND and words[p + 1 : p + 2] != [","]),
        len(words),
    )
    for position, mention in inside:
        if position - source[0] > bound:
            break  # "soldiers loyal to the king": the soldiers
        hangs = position > source[0] and _hangs(sentence.tokens, source[0], position)
        possessed = _possesses(sentence.tokens, mention, position, source[1])
        inner = position > source[0] and _governor(sentence.tokens, source[0], position) in _LOCATING
        if mention.kind == "person" and not inner and not possessed and not (spoken and hangs):
            return mention
    for position, mention in inside:
        if position - source[0] > bound:
            break
        if spoken and (mention.kind == "person" or names_office(sentence, position, mention)):
            continue
        if spoken and mention.kind == "place" and _qualifies(sentence.tokens, mention, position, source[1]):
            continue
        hangs = position > source[0] and _governor(sentence.tokens, source[0], position) in _LOCATING
        ends = next(
            (p for p in range(position, source[1]) if sentence.tokens[p].end == mention.end), position
        )
        possessed = _possesses(sentence.tokens, mention, position, source[1])
        if not hangs and not possessed and not _heads_role(sentence.tokens, ends + 1, source[1], spoken):
            return mention
    return None


def _heads_role(tokens: Sequence[Token], first: int, last: int, spoken: bool) -> bool:
    """ "the Marea chairman": one person, whom the name does not name; who speaks for a body is the body."""
    return (
        not spoken
        and first < last
        and all(token.tag in ("word", "adv") for token in tokens[first:last])
        and tokens[last - 1].lower.removeprefix("co-") in word_lists().person_heads
    )


# After these stands whom somebody sides with.
_BOUND = frozenset("loyal linked allied aligned close opposed backed affiliated led armed".split())


def _possesses(tokens: Sequence[Token], mention: Mention, position: int, stop: int) -> bool:
    """ "Ntaba's men", "the Reds rebel group's command": the name only says whose."""
    while position < stop and tokens[position].end <= mention.end:
        position += 1
    while position < stop and tokens[position].tag == "word":
        position += 1
    return position + 1 < stop and tokens[position].tag == "poss"


def _qualifies(tokens: Sequence[Token], mention: Mention, position: int, stop: int) -> bool:
    """ "the government of the South Sea nation": a noun after the name."""
    while position < stop and tokens[position].end <= mention.end:
        position += 1
    return position < stop and tokens[position].lower in ("nation", "country", "state", "island", "republic")


def names_office(sentence: Clauses, position: int, mention: Mention) -> bool:
    """ "the government of former US President Jane Doe": the state stands before a person's title."""
    for follow in sentence.tokens[position : position + 5]:
        person = sentence.by_start.get(follow.start)
        if person is not None and person.kind == "person" and follow.start > mention.start:
            return True
        if follow.tag not in ("cap", "word"):
            return False
    return False


def _is_named_last(
    sentence: Clauses, source: tuple[int, int], first: tuple[int, Mention], last: tuple[int, Mention]
) -> bool:
    """ "the West African bloc ECOWAS", "Labour leader Ana Costa": the last name ends the phrase, and a noun
    for what it is stands before it."""
    tokens = sentence.tokens
    noun = tokens[last[0] - 1]
    named = {
        "organization": noun.lower in BODY_NOUNS,
        "person": noun.tag == "word" and names_persons(noun),
    }
    return (
        named.get(last[1].kind, False)
        and tokens[source[1] - 1].end == last[1].end
        and all(token.tag in ("word", "cap", "poss") for token in tokens[first[0] : last[0]])
    )


# They speak for a person or stand near one: the name says only whose they are.
_NEAR_PERSONS = (
    "spokes", "adviser", "aide", "lawyer", "attorney", "relative", "supporter", "kidnapper", "captor",
    "famil", "widow", "wife", "husband", "daughter", "brother", "sister", "father", "mother", "parents",
    "friend", "ally", "allies", "rival", "critic", "opponent", "follower", "colleague", "neighbour",
    "neighbor", "killer", "attacker", "backer", "loyalist", "government", "campaign", "administration",
    "party", "team", "office", "fans",
)  # fmt: skip


OWNERS = frozenset(("his", "her", "its", "their"))


_LOCATING = frozenset(("in", "from", "near", "at", "by", "with", "against", "over", "about", "under"))


def _hangs(tokens: Sequence[Token], first: int, position: int) -> bool:
    """ "the kidnappers of aid worker Jane Doe": a preposition and words of its own stand before a name."""
    back = position - 1
    while back > first and tokens[back].tag in ("det", "word", "cap"):
        back -= 1
    return back > first and tokens[back].lower in ("of", "for", "to", "in", "from")


def _governor(tokens: Sequence[Token], first: int, position: int) -> str | None:
    """The preposition right before a name, its article and a word between: "economists at a Budapest bank",
    "jurors in downtown Lima"."""
    back = position - 1
    if back > first and tokens[back].tag == "word" and tokens[back - 1].tag in ("prep", "det"):
        back -= 1
    if back > first and tokens[back].tag == "det":
        back -= 1
    if back > first and tokens[back].lower == "of" and tokens[back - 1].lower in _SIDES:
        return "near"  # "a hospital south of Brussels"
    return tokens[back].lower if tokens[back].tag == "prep" else None


_SIDES = frozenset("north south east west northeast northwest southeast southwest outside".split())


CARRIERS = frozenset(
    "post posts posting statement statements report reports message messages announcement tweet document "
    "documents letter data figures tally count information release bulletin video sources issued released "
    "published made".split()
)


_HANDS = frozenset(("from", "by", "of", "that", "which"))


def names_persons(token: Token) -> bool:
    return is_person(singular(token.lower), token.text)


# Nouns for bodies that stand between whose they are and their name: "the West African bloc ECOWAS".
BODY_NOUNS = frozenset(
    "bloc group party agency company firm union alliance movement militia network broadcaster newspaper "
    "airline bank carmaker ministry organisation organization charity club faction league giant watchdog "
    "operator carrier magazine daily".split()
)
