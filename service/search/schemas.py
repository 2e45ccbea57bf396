"""What a search and a suggestion answer."""

from typing import Annotated, Literal

import msgspec
from msgspec import UNSET, Meta, UnsetType

from service.schemas import ArticleRef, Facets, FacetsExact, Id, Instant, Ref, Slug
from service.search.highlights import Span

Type = Literal["fact", "entity", "article", "claim"]
TYPES: tuple[Type, ...] = ("fact", "entity", "article", "claim")


class Highlight(msgspec.Struct, frozen=True):
    """Where one field says what was asked. `fragment` is plain text as it is stored, never HTML: escape it
    before it goes into a page."""

    field: Literal["title", "text", "statement", "evidence", "alias", "name", "description"]
    fragment: str
    start: Annotated[int, Meta(description="Where the fragment begins in the field, in code points.")]
    spans: Annotated[list[Span], Meta(description="The matching words, in code points of the fragment.")]


class SearchItem(msgspec.Struct, frozen=True):
    """An article, entity, claim or fact that a search found."""

    type: Type
    score: Annotated[float, Meta(ge=0, le=1, description="How well it matches; comparable across types.")]
    id: Id
    slug: Annotated[Slug | None, Meta(description="Null for a claim, which has none.")]
    title: Annotated[str, Meta(description="Title, name, or the statement of a claim.")]
    url: Annotated[str, Meta(description="Its path in this API.")]
    kind: Annotated[str | None, Meta(description="Of an entity: person, organization, place, event.")]
    predicate: Annotated[str | None, Meta(description="Of a claim or a fact.")]
    published_at: Annotated[
        Instant | None, Meta(description="Of an article; of a claim's article; the last one of a fact.")
    ]
    source: Annotated[Ref | None, Meta(description="Who published the article, or the claim's.")]
    article: Annotated[ArticleRef | None, Meta(description="Of a claim.")]
    matched: Annotated[str | None, Meta(description="Of an entity: the alias that matched.")]
    highlights: list[Highlight]


class UnderstoodName(msgspec.Struct, frozen=True):
    """Words of a query that are a known name: other ways to write it are searched for too."""

    text: str
    entity: Ref


class SearchPage(msgspec.Struct, frozen=True):
    items: list[SearchItem]
    next: Annotated[str | None, Meta(description="Cursor of the next page.")]
    names: Annotated[list[UnderstoodName], Meta(description="Names that were searched in all spellings.")]
    truncated: Annotated[
        bool,
        Meta(
            description="More matched than are ranked: pages hold the newest thousand of each type. `total`"
            " counts all; filters narrow it down."
        ),
    ]
    total: int | UnsetType = UNSET
    facets: Facets = UNSET
    facets_exact: FacetsExact = UNSET


class Suggestion(msgspec.Struct, frozen=True):
    """Something whose name begins with, or sounds like, what was typed so far."""

    type: Literal["entity", "predicate", "fact"]
    id: Id
    slug: Slug
    label: str
    matched: Annotated[str, Meta(description="The name, label or title that matched.")]
    kind: Annotated[str | None, Meta(description="Of an entity or a predicate.")]
    score: Annotated[float, Meta(ge=0, le=1)]


class SuggestionPage(msgspec.Struct, frozen=True):
    items: list[Suggestion]
    next: Annotated[str | None, Meta(description="Cursor of the next page.")]
    total: int | UnsetType = UNSET
