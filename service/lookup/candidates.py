"""Facts that an index proposed, as ranking sees them."""

from collections.abc import Mapping
from typing import Any, Literal

import msgspec

from service.facts.values import ClaimView

ROLES = ("subject", "object", "complement")
ParticipantRole = Literal["subject", "object", "complement", "place", "speaker"]


class Participant(msgspec.Struct, frozen=True, gc=False):
    """An entity of a fact, or words where it is no entity (then `slug` is null)."""

    role: ParticipantRole
    slug: str | None
    name: str
    description: str = ""
    above: tuple[str, ...] = ()  # what it is part of, the nearest first


class Told(msgspec.Struct, frozen=True, gc=False):
    """A claim as ranking sees it: the view of the agreement rule, its words, and everybody in it."""

    view: ClaimView
    statement: str
    evidence: str
    participants: tuple[Participant, ...]
    speakers: tuple[str, ...] = ()  # as the article names them


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """A fact that an index proposed. `parts`: of what its participants and places are part of, by slug,
    which of them. `memo`: what was computed from it before, by whom and from what else."""

    slug: str
    title: str
    predicate: str
    kind: str
    identity: tuple[str, ...]
    place: str | None
    extent: str | None
    group: str | None
    articles: int
    claims: tuple[Told, ...]
    parts: Mapping[str, frozenset[str]] = {}
    memo: dict[Any, Any] = {}
