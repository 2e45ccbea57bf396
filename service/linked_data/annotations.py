"""The evidence of a claim as a W3C Web Annotation: https://www.w3.org/TR/annotation-model/.

The target is the article's IRI in the state in which it is plain text, since the positions count code points
of that text; quote and position select the same words. The body says what the words are evidence for.
"""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from service.claims.schemas import Claim, Selector
from service.schemas import Timestamp

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
PROFILE = f'application/ld+json; profile="{CONTEXT}"'


class LinkBody(msgspec.Struct, frozen=True, tag_field="type", tag="SpecificResource"):
    purpose: Literal["linking"]
    source: Annotated[str, Meta(description="The claim.")]


class TextBody(msgspec.Struct, frozen=True, tag_field="type", tag="TextualBody"):
    purpose: Literal["describing"]
    format: Literal["text/plain"]
    value: Annotated[str, Meta(description="The claim in one sentence of ours.")]


class RequestState(msgspec.Struct, frozen=True):
    """Which representation of the source the selectors apply to."""

    type: Literal["HttpRequestState"]
    value: Annotated[str, Meta(description="Headers to send.", examples=["Accept: text/plain"])]


class Target(msgspec.Struct, frozen=True):
    type: Literal["SpecificResource"]
    source: Annotated[str, Meta(description="The article.")]
    state: RequestState
    selector: Annotated[list[Selector], Meta(description="Each selects the same words.")]


class Annotation(msgspec.Struct, frozen=True):
    """A Web Annotation in JSON-LD."""

    context: str = msgspec.field(name="@context")
    id: str
    type: Literal["Annotation"]
    motivation: Literal["linking"]
    created: Timestamp
    body: list[LinkBody | TextBody]
    target: Target


def annotation(base: str, claim: Claim) -> Annotation:
    iri = f"{base}/v1/claims/{claim.id}"
    return Annotation(
        context=CONTEXT,
        id=f"{iri}/evidence",
        type="Annotation",
        motivation="linking",
        created=claim.recorded_at,
        body=[
            LinkBody("linking", iri),
            TextBody("describing", "text/plain", claim.statement),
        ],
        target=Target(
            "SpecificResource",
            f"{base}/v1/articles/{claim.article.slug}",
            RequestState("HttpRequestState", "Accept: text/plain"),
            claim.evidence.selectors,
        ),
    )
