"""From the JSON of either version to one kind of query. What is wrong with one query is kept with it, so
that the others of its batch are answered all the same."""

import itertools
from collections.abc import Mapping
from typing import Any, Literal, TypeVar

import msgspec

from service.errors import FieldError, InvalidRequest, TooLarge
from service.reconcile.properties import Given, Property, Settings
from service.reconcile.schemas import (
    EntityValue,
    ExtendQuery,
    MatchBatch,
    MatchQuery,
    QueryError,
    ReconcileQuery,
    Values,
)
from service.reconcile.types import TYPES
from service.web.body import faults, parse_json, step

T = TypeVar("T")
K = TypeVar("K", str, int)

BATCH = 50  # queries; what the manifest announces
MOST_IDS = 200  # entities of a data extension query
DEFAULT_LIMIT = 10
EXACT = "exact"  # the one qualifier of conditions


class Condition(msgspec.Struct, frozen=True):
    """Something that candidates are compared with: a name, an identifier or the values of a property."""

    on: Literal["name", "id", "property"]
    property: str
    values: tuple[Given, ...]
    quantifier: Literal["any", "all", "none"] = "any"
    required: bool = False
    exact: bool = False


class Query(msgspec.Struct, frozen=True):
    """`types` are what candidates should be; when `strict`, what they have to be."""

    conditions: tuple[Condition, ...]
    types: tuple[str, ...]
    strict: bool
    limit: int

    def names(self) -> list[Condition]:
        """The conditions that say which entity is meant, not what it is like."""
        return [one for one in self.conditions if one.on != "property"]


Read = Query | list[QueryError]


def read_form_json(parameter: str, text: str, kind: type[T]) -> T:
    """A JSON text in a form or query parameter; where it is wrong stands in the details, as a pointer into
    it."""
    try:
        return parse_json(text.encode(), kind)
    except InvalidRequest as error:
        raise in_parameter(parameter, error.errors) from None


def in_parameter(parameter: str, errors: list[FieldError]) -> InvalidRequest:
    """Errors with a place in a body as errors of the parameter that held it."""
    details = [(error.pointer, error.detail.removeprefix("the body ")) for error in errors]
    return InvalidRequest(
        [FieldError(": ".join(filter(None, (parameter, *one))), parameter=parameter) for one in details]
    )


def read_batch(parameter: str, text: str, catalogue: Mapping[str, Property]) -> dict[str, Read]:
    """A query batch of version 0.2.

    TooLarge (413) for more than `BATCH`; InvalidRequest (400) for no JSON object, or when no query of it
    can be read.
    """
    batch = read_form_json(parameter, text, dict[str, Any])
    _check_size(len(batch), "queries", BATCH)
    found = {key: read_query(query, step("", key), catalogue) for key, query in batch.items()}
    if errors := _all_wrong(found):
        raise in_parameter(parameter, errors)
    return found


def read_draft_batch(body: bytes, catalogue: Mapping[str, Property]) -> list[Read]:
    """The body of a match request of version 1.0-draft; errors as of `read_batch`."""
    batch = parse_json(body, MatchBatch)
    _check_size(len(batch.queries), "queries", BATCH)
    found = {
        index: read_draft_query(query, step("/queries", index), catalogue)
        for index, query in enumerate(batch.queries)
    }
    if errors := _all_wrong(found):
        raise InvalidRequest(errors)
    return list(found.values())


def read_extension(
    query: ExtendQuery, catalogue: Mapping[str, Property]
) -> dict[str, tuple[Property, Settings]]:
    """The properties of a data extension query and how their values are wanted, by property id."""
    _check_size(len(query.ids), "ids", MOST_IDS)
    wanted, errors = {}, []
    for index, asked in enumerate(query.properties):
        pointer = step("/properties", index)
        prop = catalogue.get(asked.id)
        if prop is None:
            errors.append(_unknown("property", asked.id, step(pointer, "id")))
            continue
        try:
            # clients that show settings in a form send numbers as text
            settings = msgspec.convert(asked.settings, Settings, strict=False)
        except msgspec.ValidationError:
            errors += [
                FieldError(error.detail, pointer=error.pointer)
                for error in faults(asked.settings, Settings, step(pointer, "settings"))
            ]
            continue
        wanted[asked.id] = (prop, settings)
    if errors:
        raise InvalidRequest(errors)
    return wanted


def _check_size(size: int, what: str, most: int) -> None:
    if size > most:
        raise TooLarge(f"{size} {what} in one request; at most {most} are answered, so send them in parts.")


def _all_wrong(found: Mapping[K, Read]) -> list[FieldError]:
    """The errors of a batch in which no query is right; a batch without queries is right."""
    if not found or any(isinstance(one, Query) for one in found.values()):
        return []
    wrong = itertools.chain.from_iterable(one for one in found.values() if isinstance(one, list))
    return [FieldError(error.detail, pointer=error.pointer) for error in wrong]


def read_query(value: Any, pointer: str, catalogue: Mapping[str, Property]) -> Read:
    """One query of version 0.2."""
    wrong = faults(value, ReconcileQuery, pointer)
    if wrong:
        return [QueryError(error.pointer or pointer, error.detail) for error in wrong]
    query = msgspec.convert(value, ReconcileQuery)
    conditions, errors = [], []
    text = (query.query or "").strip()
    if text:
        conditions.append(Condition("name", "", (text,)))
    for index, asked in enumerate(query.properties or ()):
        if asked.pid not in catalogue:
            errors.append(
                _unknown("property", asked.pid, step(step(step(pointer, "properties"), index), "pid"))
            )
        conditions.append(Condition("property", asked.pid, _values(asked.v)))
    if not conditions:
        errors.append(FieldError("neither a query nor properties to find candidates by", pointer=pointer))
    types = [query.type] if isinstance(query.type, str) else query.type or []
    errors += [_unknown("type", one, step(pointer, "type")) for one in types if one not in TYPES]
    if errors:
        return [QueryError(error.pointer or pointer, error.detail) for error in errors]
    return Query(
        tuple(conditions),
        # nothing is of two types here
        tuple(dict.fromkeys(types)),
        query.type_strict != "should",
        query.limit or DEFAULT_LIMIT,
    )


def read_draft_query(value: Any, pointer: str, catalogue: Mapping[str, Property]) -> Read:
    """One query of version 1.0-draft."""
    wrong = faults(value, MatchQuery, pointer)
    if wrong:
        return [QueryError(error.pointer or pointer, error.detail) for error in wrong]
    query = msgspec.convert(value, MatchQuery)
    conditions, errors = [], []
    for index, asked in enumerate(query.conditions):
        place = step(step(pointer, "conditions"), index)
        if asked.match_type == "property" and not asked.property_id:
            errors.append(FieldError("propertyId is required when matchType is property", pointer=place))
        elif asked.match_type == "property" and asked.property_id not in catalogue:
            errors.append(_unknown("property", asked.property_id or "", step(place, "propertyId")))
        if asked.match_qualifier not in (msgspec.UNSET, EXACT):
            detail = f"unknown qualifier {asked.match_qualifier!r}; the one known here is {EXACT}"
            errors.append(FieldError(detail, pointer=step(place, "matchQualifier")))
        conditions.append(
            Condition(
                asked.match_type,
                asked.property_id or "",
                _values(asked.property_value),
                asked.match_quantifier,
                asked.required,
                asked.match_qualifier == EXACT,
            )
        )
    if query.type and query.type not in TYPES:
        errors.append(_unknown("type", query.type, step(pointer, "type")))
    if errors:
        return [QueryError(error.pointer or pointer, error.detail) for error in errors]
    return Query(tuple(conditions), (query.type,) if query.type else (), True, query.limit or DEFAULT_LIMIT)


def _values(given: Values) -> tuple[Given, ...]:
    return tuple(given) if isinstance(given, list) else (given,)


def _unknown(what: str, name: str, pointer: str) -> FieldError:
    shown = name if len(name) <= 60 else name[:57] + "…"
    return FieldError(
        f"unknown {what} {shown!r}; /v1/reconcile/suggest/{what} finds those there are", pointer=pointer
    )


def text_of(given: Given) -> str:
    """A value as a name to look for."""
    return (given.name or given.id) if isinstance(given, EntityValue) else str(given).strip()
