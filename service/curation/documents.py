"""JSON Merge Patch (RFC 7396) over the members of a row that a client may change. Pure; no I/O."""

from typing import Any

import msgspec

from service.claims.schemas import Claim
from service.entities.schemas import Entity

EVIDENCE = ("quote", "start", "evidence")


def merged(target: Any, patch: Any) -> Any:
    """What RFC 7396, section 2, makes of a document: null removes a member, an object is merged, anything
    else takes the place of what was there."""
    if not isinstance(patch, dict):
        return patch
    result = dict(target) if isinstance(target, dict) else {}
    for name, value in patch.items():
        if value is None:
            result.pop(name, None)
        else:
            result[name] = merged(result.get(name), value)
    return result


def own_members(shown: msgspec.Struct, patch: Any, known: type[msgspec.Struct]) -> Any:
    """A patch without members that only answers have and that are as they were: what GET gave can be edited
    and sent back as a whole."""
    if not isinstance(patch, dict):
        return patch
    now = msgspec.json.decode(msgspec.json.encode(shown))
    return {
        name: value
        for name, value in patch.items()
        if name in known.__struct_fields__ or name not in now or now[name] != value
    }


def patched_claim(claim: Claim, patch: Any) -> Any:
    """The changed claim as a client would post it.

    Words and offsets of the evidence are one thing: whoever sends some of it leaves the old rest behind. So
    are a figure and its bounds.
    """
    document = claim_document(claim)
    if isinstance(patch, dict) and any(name in patch for name in EVIDENCE):
        if "evidence" in patch or "quote" in patch:
            document = {name: value for name, value in document.items() if name not in EVIDENCE}
        elif "start" in patch:
            document.pop("start")
    return merged(document, patch)


def claim_document(claim: Claim) -> dict[str, Any]:
    """A claim as `NewClaim` would make it again; null members are left out."""
    quote, position = claim.evidence.selectors
    scope, value, time = claim.scope, claim.value, claim.time
    bounded = value is not None and (value.amount is None or value.qualifier == "range")
    return {
        "article": str(claim.article.id),
        "predicate": claim.predicate,
        "quote": quote.exact,
        "start": position.start,
        "statement": claim.statement,
        **{
            role: str(shown.id)
            for role in ("subject", "object", "complement")
            if (shown := getattr(claim, role)) is not None
        },
        **present(
            subject_text=claim.subject_text,
            object_text=claim.object_text,
            complement_text=claim.complement_text,
            value=value
            and present(
                amount=value.amount,
                lower=value.lower if bounded else None,
                upper=value.upper if bounded else None,
                unit=value.unit,
                qualifier=value.qualifier,
                text=value.text,
            ),
            scope=present(
                place=scope.place and str(scope.place.id),
                extent=scope.extent,
                group=scope.group,
                of=scope.of and str(scope.of),
            ),
            time=time and present(start=time.start, end=time.end, precision=time.precision, text=time.text),
        ),
        "attribution": [
            present(role=link.role, entity=link.entity and str(link.entity.id), name=link.name, cue=link.cue)
            for link in claim.attribution
        ],
        "modality": claim.modality,
        "inferred": list(claim.inferred),
    }


def entity_document(entity: Entity) -> dict[str, Any]:
    """An entity's members that a patch can change; null members are left out."""
    return present(
        name=entity.name,
        kind=entity.kind,
        description=entity.description,
        part_of=entity.part_of and str(entity.part_of.id),
    )


def present(**members: Any) -> dict[str, Any]:
    return {name: value for name, value in members.items() if value is not None}
