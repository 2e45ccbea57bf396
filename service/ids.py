"""Identifiers that come out the same on every machine."""

import uuid

# Any fixed UUID serves; this one is uuid5(NAMESPACE_DNS, "fact-lookup").
NAMESPACE = uuid.uuid5(uuid.NAMESPACE_DNS, "fact-lookup")


def stable_id(kind: str, key: str) -> uuid.UUID:
    """The id of the row of `kind` that is known by `key`, e.g. ("entity", "almaty")."""
    return uuid.uuid5(NAMESPACE, f"{kind}:{key}")
