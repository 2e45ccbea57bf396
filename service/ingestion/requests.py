"""What an article that was sent says of itself, read and checked; the same for one request and for bulk ingestion."""

import datetime as dt
from urllib.parse import urlsplit

from service.errors import FieldError, InvalidRequest, TooLarge, Unprocessable
from service.extraction.protocol import CandidateSource, ClaimCandidate
from service.extraction.published import infer_published
from service.ingestion.pipeline import Extracted, Raw
from service.ingestion.schemas import LONGEST, ArticleIn, ClaimIn
from service.ingestion.storing import Submission
from service.web.params import moment_from

CLIENT = "client"  # the extractor's name of claims that came with an article
AHEAD = dt.timedelta(days=1)  # an article may be dated tomorrow where it is tomorrow already


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
    return when


def raw_of(body: ArticleIn) -> tuple[Raw, dt.datetime | None]:
    """What goes to extraction, and the publication time; InvalidRequest or Unprocessable with all errors."""
    errors = content_errors(body.text, body.html)
    when = read_moment(body.published_at, errors)
    if errors:
        raise InvalidRequest(errors)
    claims = tuple(candidate(one, index) for index, one in enumerate(body.claims))
    day = None if when is None else when.date()
    return Raw(body.text, body.html, body.title, day, True, body.extract, claims), when


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


def refuse_ungrounded(found: Extracted) -> None:
    """Claims that came with the article must hold, or nothing is stored."""
    own = [one for one in found.rejected if one.candidate.extractor == CLIENT]
    if own:
        raise Unprocessable(
            "Some claims do not hold against the text; nothing was stored.",
            [
                FieldError(f"{one.reason}: {one.detail}", pointer=f"/claims/{one.candidate.version}")
                for one in own
            ],
        )


def submission_of(body: ArticleIn, when: dt.datetime | None, found: Extracted) -> Submission:
    """What is known of the article besides its text; what was not given is inferred, and says how."""
    basis, note, precision = "given", None, "second"
    if when is not None:
        if when.time() == dt.time.min and len(body.published_at or "") == 10:
            precision = "day"
    elif found.page.published is not None:
        when = dt.datetime.combine(found.page.published, dt.time.min, dt.UTC)
        basis, note, precision = "inferred", "The page's own metadata give this date.", "day"
    else:
        today = dt.datetime.now(dt.UTC).date()
        day, basis_in_text = infer_published(found.analysis.text, not_after=today)
        when = dt.datetime.combine(day or today, dt.time.min, dt.UTC)
        basis, precision = "inferred", "day"
        note = basis_in_text if day else f"No date was given or found ({basis_in_text}); this is the day it was stored."
    host = urlsplit(body.url).hostname if body.url else None
    return Submission(
        title=found.title or "Untitled",
        source=body.source or found.page.site or host or "Unknown source",
        published_at=when,
        published_precision=precision,
        published_basis=basis,
        published_note=note,
        language=body.language,
        author=body.author or found.page.author,
        url=body.url,
    )
