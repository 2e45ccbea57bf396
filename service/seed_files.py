"""The files of `seeds/`: their shape, and whether everything in them refers to something that is there and
every quote stands in its text. No database."""

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import TypeVar

import msgspec
import msgspec.yaml

from service.claims.evidence import NotGrounded, locate

T = TypeVar("T")


class SeedError(Exception):
    """What is wrong with the files, one problem a line, each naming its file and claim."""


class SourceSeed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    slug: str
    name: str
    kind: str
    url: str | None
    inferred: bool
    note: str | None


class PredicateSeed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    slug: str
    label: str
    kind: str
    unit: str | None
    description: str
    subject: str | None
    object: str | None
    complement: str | None
    identity: list[str]


class AliasSeed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    text: str
    kind: str
    language: str | None = None


class EntitySeed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    slug: str
    name: str
    kind: str
    description: str | None
    part_of: str | None
    aliases: list[AliasSeed]


class ValueSeed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    qualifier: str
    text: str
    unit: str | None = None
    amount: Decimal | None = None
    lower: Decimal | None = None
    upper: Decimal | None = None


class TimeSeed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    start: dt.date | None = None
    end: dt.date | None = None
    precision: str | None = None
    text: str | None = None


class AttributionSeed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    role: str
    name: str
    entity: str | None = None
    cue: str | None = None


class ClaimSeed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    id: str
    predicate: str
    statement: str
    quote: str
    modality: str
    subject: str | None = None
    subject_text: str | None = None
    object: str | None = None
    object_text: str | None = None
    complement: str | None = None
    complement_text: str | None = None
    value: ValueSeed | None = None
    place: str | None = None
    extent: str | None = None
    group: str | None = None
    of: str | None = None
    time: TimeSeed | None = None
    attribution: list[AttributionSeed] = []
    inferred: list[str] = []


class ArticleSeed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    title: str
    source: str
    published_at: dt.date
    published_precision: str
    published_basis: str
    published_note: str | None
    language: str
    claims: list[ClaimSeed]
    author: str | None = None
    url: str | None = None


class Article(msgspec.Struct, frozen=True):
    """One article's two files."""

    slug: str
    seed: ArticleSeed
    text: str


class Files(msgspec.Struct, frozen=True):
    sources: list[SourceSeed]
    predicates: list[PredicateSeed]
    entities: list[EntitySeed]
    articles: list[Article]


def read_file(path: Path, kind: type[T]) -> T:
    try:
        return msgspec.yaml.decode(path.read_bytes(), type=kind)
    except FileNotFoundError:
        raise SeedError(f"{path.name}: no such file in {path.parent}") from None
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise SeedError(f"{path.name}: {error}") from error


def read_files(folder: Path) -> Files:
    """The seed files as they stand; SeedError names the file that cannot be read."""
    articles = []
    for path in sorted((folder / "articles").glob("*.yaml")):
        text_path = path.with_suffix(".txt")
        if not text_path.is_file():
            raise SeedError(f"{path.name}: its text {text_path.name} is missing")
        text = text_path.read_text(encoding="utf-8").strip()
        articles.append(Article(path.stem, read_file(path, ArticleSeed), text))
    return Files(
        read_file(folder / "sources.yaml", list[SourceSeed]),
        read_file(folder / "predicates.yaml", list[PredicateSeed]),
        read_file(folder / "entities.yaml", list[EntitySeed]),
        articles,
    )


def problems(files: Files) -> list[str]:
    """Everything in the files that refers to nothing, or quotes words that are not there."""
    sources = {one.slug for one in files.sources}
    predicates = {one.slug for one in files.predicates}
    entities = {one.slug for one in files.entities}
    found = [
        f"entities.yaml: {one.slug}: part_of {one.part_of!r} is no entity"
        for one in files.entities
        if one.part_of is not None and one.part_of not in entities
    ]
    for article in files.articles:
        if article.seed.source not in sources:
            found.append(f"{article.slug}.yaml: source {article.seed.source!r} is not in sources.yaml")
        ids = [claim.id for claim in article.seed.claims]
        for claim in article.seed.claims:
            place = f"{article.slug}.yaml: claim {claim.id}"
            if ids.count(claim.id) > 1:
                found.append(f"{place}: the id is used twice")
            if claim.predicate not in predicates:
                found.append(f"{place}: predicate {claim.predicate!r} is not in predicates.yaml")
            if claim.of is not None and (claim.of not in ids or claim.of == claim.id):
                found.append(f"{place}: of {claim.of!r} is no other claim of this article")
            found += [
                f"{place}: {slug!r} is not in entities.yaml"
                for slug in entities_of(claim)
                if slug not in entities
            ]
            found += [f"{place}: {problem}" for problem in evidence_problems(article.text, claim)]
    return found


def entities_of(claim: ClaimSeed) -> list[str]:
    named = (claim.subject, claim.object, claim.complement, claim.place)
    return [slug for slug in (*named, *(link.entity for link in claim.attribution)) if slug is not None]


def evidence_problems(text: str, claim: ClaimSeed) -> list[str]:
    """What the claim says of the text and the text does not hold."""
    try:
        locate(text, claim.quote)
    except NotGrounded as error:
        return [str(error)]
    found = []
    if claim.value is not None and claim.value.text not in claim.quote:
        found.append(f"the figure's words {claim.value.text!r} are not in the quote")
    for link in claim.attribution:
        found += [
            f"the attribution's words {words!r} are not in the text"
            for words in (link.name, link.cue)
            if words is not None and words not in text
        ]
    return found
