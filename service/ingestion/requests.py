"""What an article that was sent says of itself, read and checked; the same for one request and for bulk
ingestion."""

import datetime as dt
import re
from urllib.parse import urlsplit

from service.errors import FieldError, InvalidRequest, TooLarge, Unprocessable
from service.extraction.protocol import CandidateSource, ClaimCandidate, RejectionReason
from service.ingestion.pipeline import CLIENT, Extracted, Raw, tidy
from service.ingestion.schemas import LONGEST, ArticleIn, ClaimIn
from service.ingestion.storing import Stored, Submission
from service.schemas import Ref
from service.web.params import moment_from

AHEAD = dt.timedelta(days=1)  # an article may be dated tomorrow where it is tomorrow already
FIRST = dt.date(1605, 1, 1)  # the year of the first newspaper; years before are what programs write for none
PAGE = re.compile(r"\s{0,100}(?:<\?xml[^>]{0,200}>\s{0,100})?<(?:!doctype\s+html|html)[\s>]", re.IGNORECASE)


def content_errors(text: str | None, html: str | None) -> list[FieldError]:
    """What is wrong with the two members that bring the article; TooLarge when they bring too much."""
    if (text is None) == (html is None):
        return [FieldError("exactly one of text and html is needed", pointer="/text")]
    name, content = ("text", text) if text is not None else ("html", html or "")
    assert content is not None
    if len(content) > LONGEST:
        error = TooLarge(f"{name} has {len(content):,} characters; at most {LONGEST:,} are read.")
        error.errors = [FieldError(error.detail, pointer=f"/{name}")]
        raise error
    if not content.strip():
        return [FieldError(f"{name} is empty", pointer=f"/{name}")]
    if text is not None and PAGE.match(text):
        return [FieldError("text is a page: send it as html", pointer="/text")]
    return []


def read_moment(value: str | None, errors: list[FieldError]) -> dt.datetime | None:
    """The publication time; a date means the beginning of that day in UTC."""
    if value is None:
        return None
    try:
        when = moment_from(value)
    except ValueError as error:
        errors.append(FieldError(f"published_at: {error}", pointer="/published_at"))
        return None
    if when > dt.datetime.now(dt.UTC) + AHEAD:
        errors.append(FieldError(f"published_at lies in the future: {value}", pointer="/published_at"))
    elif when.date() < FIRST:
        detail = f"published_at lies before the first newspaper, of {FIRST.year}: {value}"
        errors.append(FieldError(detail, pointer="/published_at"))
    return when


def day_of(value: str | None) -> dt.date | None:
    """The day of a publication time that was read, where it was published: "today" and "Monday" count from
    there, and at 23:30 in New York it is tomorrow in UTC."""
    return None if value is None else dt.date.fromisoformat(value[: len("2022-01-12")])


def raw_of(body: ArticleIn) -> tuple[Raw, dt.datetime | None]:
    """What goes to extraction, and the publication time; InvalidRequest or Unprocessable with all errors."""
    errors = content_errors(body.text, body.html)
    when = read_moment(body.published_at, errors)
    try:
        host_of(body.url)
    except ValueError as error:
        errors.append(FieldError(f"url: {error}", pointer="/url"))
    if errors:
        raise InvalidRequest(errors)
    raw = Raw(
        text=body.text,
        html=body.html,
        title=body.title,
        published=day_of(body.published_at),
        received=today(),
        language=body.language,
        extracting=body.extract,
        claims=tuple(candidate(one, index) for index, one in enumerate(body.claims)),
    )
    return raw, when


def host_of(url: str | None) -> str | None:
    """ValueError where the part that names the host cannot be read."""
    return tidy(urlsplit(url).hostname or "") or None if url else None


def today() -> dt.date:
    return dt.datetime.now(dt.UTC).date()


def candidate(one: ClaimIn, index: int) -> ClaimCandidate:
    """`version` carries the place of the claim in the request, so that what is refused can be pointed at."""
    return ClaimCandidate(
        predicate=one.predicate,
        quote=one.quote,
        extractor=CLIENT,
        version=str(index),
        confidence=1.0,
        statement=one.statement,
        value=one.value,
        amount=one.amount,
        subject=one.subject,
        object=one.object,
        complement=one.complement,
        place=one.place,
        time=one.time,
        attribution=tuple(CandidateSource(link.name, link.role, link.cue) for link in one.attribution),
        modality=one.modality,
        extent=one.extent,
        group=one.group,
        start=one.start,
    )


# The member of a claim that a reason is about; others name it themselves, or are about the claim as a whole.
MEMBER: dict[RejectionReason, str] = {
    "unknown_predicate": "predicate",
    "quote_empty": "quote",
    "quote_not_found": "quote",
    "quote_ambiguous": "quote",
    "quote_elsewhere": "start",
    "value_missing": "value",
    "value_not_in_quote": "value",
    "value_not_a_number": "value",
    "value_disagrees": "amount",
    "value_of_another_kind": "value",
    "trigger_missing": "quote",
    "time_not_a_date": "time",
    "time_not_near": "time",
}


def refuse_ungrounded(found: Extracted) -> None:
    """Claims that came with the article must hold, or nothing is stored."""
    errors = []
    for one in found.rejected:
        if one.candidate.extractor == CLIENT:
            member = one.member or MEMBER.get(one.reason, "")
            pointer = "/".join(filter(None, (f"/claims/{one.candidate.version}", member)))
            errors.append(FieldError(f"{one.reason}: {one.detail}", pointer=pointer))
    for claim in found.claims:
        if claim.extractor == CLIENT and claim.place is not None and claim.place.kind is None:
            detail = f"{claim.place.surface!r} is not read as the name of a place"
            errors.append(FieldError(detail, pointer=f"/claims/{claim.version}/place"))
    if errors:
        raise Unprocessable("Some claims do not hold against the text; nothing was stored.", errors)


def warnings(body: ArticleIn, done: Stored, found: Extracted, publisher: Ref | None = None) -> list[str]:
    """What was left undone; `publisher` is that of the stored article."""
    if done.created:
        return list(found.warnings)
    told = []
    known = (str(publisher.id), publisher.slug, publisher.name.lower()) if publisher else ()
    if publisher and body.source and tidy(body.source).lower() not in known:
        told.append(
            f"The text is stored already, as published by {publisher.name}; "
            f"that {tidy(body.source)} published it too is not kept."
        )
    if body.claims:
        number = f"{len(body.claims)} claim{'s' if len(body.claims) > 1 else ''}"
        told.append(
            f"The text is stored already; the {number} sent with it did not go in. POST /v1/claims adds some."
        )
    return told


def submission_of(body: ArticleIn, when: dt.datetime | None, found: Extracted) -> Submission:
    """What is known of the article besides its text; what was not given is inferred, and says how."""
    basis, note, precision = "given", None, "second"
    if when is not None:
        if when.time() == dt.time.min and len(body.published_at or "") == len("2022-01-12"):
            precision = "day"
    else:
        basis, precision = "inferred", "day"
        day, note = found.inferred_day, found.inferred_note
        if day is None:
            day, note = today(), f"No date was given or found ({note}); this is the day it was stored."
        when = dt.datetime.combine(day, dt.time.min, dt.UTC)
    return Submission(
        title=found.title,
        source=tidy(body.source or "") or found.page.site or host_of(body.url) or "Unknown source",
        published_at=when,
        published_precision=precision,
        published_basis=basis,
        published_note=note,
        language=body.language or found.language or "en",
        author=tidy(body.author or "") or found.page.author,
        url=body.url,
    )
