"""Questions in plain words, many at once, and checks of a figure."""

import datetime as dt
import uuid
from decimal import Decimal
from typing import Annotated, Any

import asyncpg
import msgspec
from litestar import Request, get, post
from msgspec import Meta

from service.db.absent import survivor
from service.errors import FieldError, InvalidRequest, ServiceError, Unprocessable
from service.facts.agreement import Claimed
from service.facts.routes import AsOf
from service.facts.schemas import PreferredValue
from service.facts.values import unit_key
from service.lookup.asked import Asked, Cue, Mention, Named, Role
from service.lookup.asking import Found, Store, find, find_in_words, understand
from service.lookup.check import Checked, check
from service.lookup.names import Wholes, find_entity
from service.lookup.presenting import claimed_of, judged, lookup, verdict_over
from service.lookup.queries import END_OF_TIME, find_predicate, most_told
from service.lookup.question import interpret
from service.lookup.schemas import (
    MAX_QUESTION,
    Batch,
    BatchAnswer,
    CheckAnswer,
    CheckRequest,
    ClaimedValue,
    Figure,
    Lookup,
    Query,
)
from service.lookup.stated import counted, counts_twice
from service.schemas import Ref, number
from service.web.body import faults, read_json
from service.web.params import NoParams, moment_to, parsed_by, read_params, slug
from service.web.problems import Problem, problem_of
from service.web.routing import declares, pool


def question(value: str) -> str:
    text = value.strip()
    if not text:
        raise ValueError("expected a question, got nothing but blanks")
    if len(text) > MAX_QUESTION:
        raise ValueError(f"expected at most {MAX_QUESTION} characters, got {len(text)}")
    return text


class LookupParams(msgspec.Struct, frozen=True, kw_only=True):
    q: Annotated[
        str,
        parsed_by(question, "question", "A question in English.", "how many people were arrested in Almaty"),
    ]
    as_of: AsOf = None
    limit: Annotated[int, Meta(ge=1, le=20, description="How many facts are answered at most.")] = 10


@get("/v1/lookup", summary="Ask a question", opt=declares("lookup", LookupParams))
async def get_lookup(request: Request[Any, Any, Any]) -> Lookup:
    """The facts that answer a question in plain English, best first, each with a sentence made from its
    claims.

    The answer shows how every word was understood. A fact has to meet everything the question says: the
    place, the names, the days, the speaker, and words that are no vocabulary. What the corpus does not
    hold is answered with no fact and a reason; suggestions are near the question and no answers to it. The
    score is the mean of its parts, weighted as shown.
    """
    params = read_params(request, LookupParams)
    async with pool(request).acquire() as connection:
        store = Store(connection, request.app.state.memory)
        return await answer_words(store, params.q, params.as_of, params.limit)


async def answer_words(store: Store, q: str, as_of: dt.datetime | None, limit: int) -> Lookup:
    question = await understand(store, q, as_of)
    found = await find_in_words(store, question, as_of)
    popular = (
        [] if found.ranked or found.rejected else await most_told(store.connection, as_of or END_OF_TIME)
    )
    return lookup(q, question.reading, found, as_of, limit, popular)


# --- many at once -------------------------------------------------------------------------------------------


@post(
    "/v1/lookup",
    summary="Ask many questions",
    status_code=200,
    opt=declares("lookup", NoParams, 413, 415, body=Batch),
)
async def post_lookup(request: Request[Any, Any, Any]) -> BatchAnswer:
    """Up to 100 questions by keys of your choice, in words (`q`) or as fields. Each key has its own answer
    or problem."""
    read_params(request, NoParams)
    batch = await read_json(request, Batch)
    answers: dict[str, Lookup] = {}
    problems: dict[str, Problem] = {}
    async with pool(request).acquire() as connection:
        store = Store(connection, request.app.state.memory)
        for key, value in batch.queries.items():
            pointer = f"/queries/{key.replace('~', '~0').replace('/', '~1')}"
            try:
                answers[key] = await answer_query(store, value, pointer)
            except ServiceError as error:
                problems[key] = problem_of(error.status, error.detail, request.url.path, error.errors)
    return BatchAnswer(answers, problems)


async def answer_query(store: Store, value: Any, pointer: str) -> Lookup:
    errors = faults(value, Query, pointer)
    if errors:
        raise InvalidRequest(errors)
    query = msgspec.convert(value, Query)
    as_of = read_moment(query.as_of, f"{pointer}/as_of", errors)
    fields = {name: getattr(query, name) for name in ("predicate", "place", "subject", "object", "speaker")}
    given = [name for name, key in fields.items() if key is not None]
    if query.q is not None and (given or query.extent or query.group):
        errors.append(
            FieldError("a question is either words in q or fields, not both", pointer=f"{pointer}/q")
        )
    if query.q is None and not given:
        known = ", ".join(fields)
        errors.append(FieldError(f"neither q nor any of {known} is given", pointer=pointer))
    if query.q is not None and not query.q.strip():
        errors.append(FieldError("nothing but blanks", pointer=f"{pointer}/q"))
    if errors:
        raise InvalidRequest(errors)
    if query.q is not None:
        return await answer_words(store, query.q.strip(), as_of, query.limit)
    asked, wholes = await asked_by_fields(store, fields, query.extent, query.group, pointer)
    found = await find(store, asked, wholes, as_of)
    return lookup(None, None, found, as_of, query.limit, [])


async def asked_by_fields(
    store: Store, fields: dict[str, str | None], extent: str | None, group: str | None, pointer: str
) -> tuple[Asked, Wholes]:
    """A structured query as what is asked; InvalidRequest names every key that names nothing."""
    errors: list[FieldError] = []
    mentions: list[Mention] = []
    wholes: dict[uuid.UUID, uuid.UUID | None] = {}
    cues: tuple[Cue, ...] = ()
    for name, text in fields.items():
        if text is None:
            continue
        row = await find_row(store, name, text, f"{pointer}/{name}", errors)
        if row is None:
            continue
        if name == "predicate":
            cues = (Cue((), {row["slug"]: 1.0}, {row["slug"]: "verbs"}),)
        else:
            role: Role = name  # type: ignore[assignment]  # the names of the fields are roles
            named = Named(
                row["id"], row["slug"], row["name"], row["kind"], row["description"] or "", row["name"]
            )
            mentions.append(Mention(0, 0, row["name"], (named,), role))
            wholes[row["id"]] = row["part_of_id"]
    if errors:
        raise InvalidRequest(errors)
    return Asked(cues=cues, mentions=tuple(mentions), extent=extent, group=group), wholes


async def find_row(
    store: Store, name: str, text: str, pointer: str, errors: list[FieldError]
) -> asyncpg.Record | None:
    try:
        key: uuid.UUID | str = uuid.UUID(text) if len(text) == 36 else slug(text)
    except ValueError:
        try:
            key = slug(text)
        except ValueError as error:
            errors.append(FieldError(str(error), pointer=pointer))
            return None
    row = await (find_predicate if name == "predicate" else find_entity)(store.connection, key)
    if row is None and name != "predicate" and (into := await survivor(store.connection, key)) is not None:
        row = await find_entity(
            store.connection, into
        )  # a body cannot be led on, so the merged one is read here
    if row is None:
        what = "predicate" if name == "predicate" else "entity"
        errors.append(FieldError(f"no {what} has the id or slug {text}", pointer=pointer))
    return row


def read_moment(value: str | None, pointer: str, errors: list[FieldError]) -> dt.datetime | None:
    if value is None:
        return None
    try:
        return moment_to(value)
    except ValueError as error:
        errors.append(FieldError(str(error), pointer=pointer))
        return None


# --- checks ------------------------------------------------------------------------------------------------


@post(
    "/v1/check",
    summary="Check a figure",
    status_code=200,
    opt=declares("lookup", NoParams, 413, 415, 422, body=CheckRequest),
)
async def post_check(request: Request[Any, Any, Any]) -> CheckAnswer:
    """Do sources support this figure? Give predicate, place or subject, and value; or a sentence in `text`.

    `supported` when claims state it, `compatible` when roundings and bounds allow it, `contradicted` when
    claims exclude it, `mixed` when sources stand on both sides, `unknown` when none that stands speaks of
    it. Each claim comes with its evidence and the clause of the rule that decided. This reports what
    sources say; it does not say what is true.
    """
    read_params(request, NoParams)
    body = await read_json(request, CheckRequest)
    errors: list[FieldError] = []
    as_of = read_moment(body.as_of, "/as_of", errors)
    async with pool(request).acquire() as connection:
        store = Store(connection, request.app.state.memory)
        if body.text is not None:
            return await check_text(store, body, as_of, errors)
        return await check_fields(store, body, as_of, errors)


async def check_text(
    store: Store, body: CheckRequest, as_of: dt.datetime | None, errors: list[FieldError]
) -> CheckAnswer:
    for name in ("predicate", "place", "subject", "value"):
        if getattr(body, name) is not None:
            errors.append(
                FieldError("a check is either a sentence in text or fields, not both", pointer=f"/{name}")
            )
    text = (body.text or "").strip()
    if not text:
        errors.append(FieldError("nothing but blanks", pointer="/text"))
    if errors:
        raise InvalidRequest(errors)
    question = await understand(store, text, as_of)
    asked = interpret(question.reading, question.known.hits)
    if asked.words and (better := interpret(question.reading, question.known.hits, correct=True)).corrections:
        asked = better
    asked = msgspec.structs.replace(
        asked, form=None, extent=body.extent or asked.extent, group=body.group or asked.group
    )
    if asked.figure is None:
        errors.append(FieldError("no figure was found in it", pointer="/text"))
    elif counts_twice(question.reading, asked):
        errors.append(FieldError("it counts two things; check one figure at a time", pointer="/text"))
    if not asked.cues:
        errors.append(FieldError("it was not understood what the figure counts", pointer="/text"))
    if not any(not mention.soft for mention in asked.mentions):
        errors.append(
            FieldError("it names neither a place nor a subject that is known here", pointer="/text")
        )
    if errors:
        raise unprocessable(errors)
    asked = counted(asked)
    found = await find(store, asked, question.known.wholes, as_of)
    assert asked.figure is not None
    unit = next((one.view.unit for rank in found.ranked for one in rank.claims if one.view.unit), None)
    return shown(asked, found, claimed_of(asked.figure, asked, unit), as_of)


async def check_fields(
    store: Store, body: CheckRequest, as_of: dt.datetime | None, errors: list[FieldError]
) -> CheckAnswer:
    if body.predicate is None:
        errors.append(FieldError("required, unless text is given", pointer="/predicate"))
    if body.place is None and body.subject is None:
        errors.append(FieldError("place or subject is required, unless text is given", pointer="/place"))
    claimed = None
    if body.value is None:
        errors.append(FieldError("required, unless text is given", pointer="/value"))
    else:
        claimed = read_value(body.value, body.extent, body.group, errors)
    if errors or claimed is None or body.predicate is None:
        raise InvalidRequest(errors)
    fields = {"predicate": body.predicate, "place": body.place, "subject": body.subject}
    asked, wholes = await asked_by_fields(store, fields, None, None, "")
    predicate = next(iter(asked.cues[0].predicates))
    row = await find_predicate(store.connection, predicate)
    assert row is not None
    if row["kind"] != "quantity":
        raise unprocessable(
            [FieldError(f"{predicate} has no figures; /v1/predicates lists what has", pointer="/predicate")]
        )
    if claimed.unit is not None and not fits(claimed.unit, row["unit"]):
        detail = f"{predicate} is told in {row['unit'] or 'plain numbers'}, not in {claimed.unit}"
        raise unprocessable([FieldError(detail, pointer="/value/unit")])
    return shown(asked, await find(store, asked, wholes, as_of), claimed, as_of)


def fits(unit: str, told: str | None) -> bool:
    """Money may be in any currency; everything else only in the unit of the predicate."""
    if told is not None and len(told) == 3 and told.isupper():
        return len(unit) == 3 and unit.isalpha()
    return unit_key(unit) == unit_key(told)


def unprocessable(errors: list[FieldError]) -> Unprocessable:
    return Unprocessable("; ".join(error.detail for error in errors), errors)


def read_value(
    value: Figure | ClaimedValue, extent: str | None, group: str | None, errors: list[FieldError]
) -> Claimed | None:
    """The figure of a request: a number, or bounds. Bounds that exclude each other or name nothing are
    errors."""
    if not isinstance(value, ClaimedValue):
        value = ClaimedValue(amount=value)
    ends = {name: getattr(value, name) for name in ("amount", "lower", "upper")}
    exact = {name: None if end is None else Decimal(str(end)) for name, end in ends.items()}
    for name, end in exact.items():
        if end is not None and (not end.is_finite() or abs(end.adjusted()) > 30):
            errors.append(
                FieldError("expected a finite number of at most 30 digits", pointer=f"/value/{name}")
            )
    amount, lower, upper = exact["amount"], exact["lower"], exact["upper"]
    if amount is None and lower is None and upper is None:
        errors.append(FieldError("amount, lower or upper is required", pointer="/value"))
    if lower is not None and upper is not None and not errors and lower > upper:
        errors.append(FieldError("lower is above upper; nothing lies between them", pointer="/value/lower"))
    if errors:
        return None
    if amount is not None:
        given = {"lower": lower, "upper": upper}
        qualifier = value.qualifier or "exact"
        if qualifier in ("exact", "about"):
            lower, upper = amount, amount
        elif qualifier in ("more_than", "at_least"):
            lower, upper = amount, None
        elif qualifier in ("nearly", "less_than", "at_most"):
            lower, upper = None, amount
        else:
            errors.append(FieldError("a range has lower and upper, no amount", pointer="/value/qualifier"))
        for name, end in {"lower": lower, "upper": upper}.items():
            if not errors and given[name] not in (None, end):
                detail = f"{qualifier} {amount} has no such {name}; leave it out, or leave out amount"
                errors.append(FieldError(detail, pointer=f"/value/{name}"))
    else:
        qualifier = (
            "range"
            if lower is not None and upper is not None
            else "at_least"
            if lower is not None
            else "at_most"
        )
        if value.qualifier not in (None, qualifier):
            errors.append(
                FieldError(f"these bounds are {qualifier}, not {value.qualifier}", pointer="/value/qualifier")
            )
        amount = None if qualifier == "range" else lower if lower is not None else upper
    if errors:
        return None
    return Claimed(
        amount=amount,
        lower=lower,
        upper=upper,
        qualifier=qualifier,
        unit=value.unit,
        extent=extent,
        group=group,
    )


def shown(asked: Asked, found: Found, claimed: Claimed, as_of: dt.datetime | None) -> CheckAnswer:
    withdrawn = {claim for one in found.ranked for claim in verdict_over(one, as_of).withdrawn}
    checked: Checked = check(claimed, [[told.view for told in one.claims] for one in found.ranked], withdrawn)
    claims = judged(checked, found)
    by_stand: dict[str, list[Any]] = {"supports": [], "compatible": [], "contradicts": [], "set_aside": []}
    for one in checked.judged:
        by_stand[one.stand].append(claims[one.claim])
    place = next((one.entities[0] for one in asked.mentions if one.entities[0].kind == "place"), None)
    subject = next(
        (one.entities[0] for one in asked.mentions if one.entities[0].kind != "place" and not one.soft), None
    )
    return CheckAnswer(
        checked.verdict,
        checked.because,
        checked.rule,
        found.ranked[0].candidate.predicate if found.ranked else next(iter(asked.cues[0].predicates)),
        Ref(place.id, place.slug, place.name) if place else None,
        Ref(subject.id, subject.slug, subject.name) if subject else None,
        PreferredValue(
            number(claimed.amount),
            number(claimed.lower),
            number(claimed.upper),
            claimed.unit,
            claimed.qualifier,  # type: ignore[arg-type]  # one of the qualifiers
        ),
        checked.extent,  # type: ignore[arg-type]  # a CHECK of the table
        checked.group,
        checked.inferred,
        as_of,
        by_stand["supports"],
        by_stand["compatible"],
        by_stand["contradicts"],
        by_stand["set_aside"],
        [claims[one] for one in checked.closest],
    )
