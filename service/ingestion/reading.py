"""What runs in a worker process: articles in, out what was found in them, over the names the store knows.

A worker imports this module and what extraction needs, and nothing else: it knows no database and no web.
"""

import atexit
import contextlib
import gc
import logging
import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from multiprocessing import parent_process
from traceback import format_exception
from typing import ParamSpec, TypeVar

import msgspec

from service.extraction import spacy_extractor
from service.extraction.analysis import Order
from service.extraction.gazetteer import Gazetteer, KnownEntity
from service.extraction.lexicon import lexicon
from service.extraction.values import PredicateRule
from service.ingestion.pipeline import Extracted, NoArticle, Raw, cleaned, process

log = logging.getLogger("service")

P = ParamSpec("P")
T = TypeVar("T")

Read = Extracted | str  # what was found in an article, or why there is nothing


class Header(msgspec.Struct, frozen=True):
    """What extraction has to know of the store beside its names, and the spaCy pipeline that is asked too."""

    vocabulary: dict[str, PredicateRule]
    spacy_model: str | None


class Names(msgspec.Struct, frozen=True):
    """The file of names that `service.ingestion.known` writes, and the byte up to which it is to be read."""

    path: str
    end: int


class Held(msgspec.Struct):
    """What this worker has read of a file."""

    names: Names
    header: Header
    gazetteer: Gazetteer


_header = msgspec.json.Decoder(Header)
_line = msgspec.json.Decoder(KnownEntity | str)
_held: Held | None = None


def loaded(names: Names) -> tuple[Gazetteer, dict[str, PredicateRule], str | None]:
    """What is known up to a place of the file, or more. Of a file that was read before only the rest is read.

    Not to be interrupted by a time limit that lets the worker live: everything would be read again.
    """
    global _held
    held, _held = _held, None
    if held is None or held.names.path != names.path:
        held = begun(names)
    elif held.names.end < names.end:
        held.gazetteer.update(*changes(lines_of(names, held.names.end)))
        held.names = names
    _held = held
    return held.gazetteer, held.header.vocabulary, held.header.spacy_model


def begun(names: Names) -> Held:
    first, *lines = lines_of(names, 0)
    header = _header.decode(first)
    if header.spacy_model is not None:
        spacy_extractor.load(header.spacy_model)
    entities, _ = changes(lines)
    gc.disable()  # all that is made here stays; looking through it meanwhile takes as long as making it
    try:
        gazetteer = Gazetteer(entities)
        lexicon()
    finally:
        gc.enable()
    gc.freeze()  # looking through what is made by now took a thirtieth of an article's time
    # nor is there much garbage in circles: what words are remembered by was looked through again and again
    gc.set_threshold(20_000, 50, 50)
    return Held(names, header, gazetteer)


def lines_of(names: Names, start: int) -> list[bytes]:
    with open(names.path, "rb") as file:
        file.seek(start)
        return file.read(names.end - start).splitlines()


def changes(lines: Iterable[bytes]) -> tuple[list[KnownEntity], list[str]]:
    """Entities as they are now, and slugs of those that are gone: no slug comes back once it is gone."""
    last: dict[str, KnownEntity | None] = {}
    for line in lines:
        one = _line.decode(line)
        if isinstance(one, str):
            last[one] = None
        else:
            last[one.slug] = one
    entities = [one for one in last.values() if one is not None]
    return entities, [slug for slug, one in last.items() if one is None]


@contextlib.contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """TimeoutError when the block takes longer. For the main thread of a worker process, where nobody else
    uses the alarm; the reader of a single article is ended from outside instead."""

    def ring(number: int, frame: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def warm(names: Names) -> None:
    """Gets ready for `work`."""
    loaded(names)


class Unreadable(Exception):
    """Reading an article failed, by a fault of what reads it: the kind of error, and where it happened."""


def text_of(names: Names, raw: Raw) -> str:
    """The article alone; NoArticle, or Unreadable."""
    return attempted(cleaned, raw)[0]


def work(names: Names, raw: Raw) -> Extracted:
    """What is found in one article; NoArticle, or Unreadable."""
    return attempted(process, raw, *loaded(names))


def to_store(names: Names, raw: Raw) -> bytes:
    """What `work` found, without what storing has no use for, packed."""
    return packed(slim(work(names, raw)))


def attempted(read: Callable[P, T], *arguments: P.args, **options: P.kwargs) -> T:
    try:
        return read(*arguments, **options)
    except (NoArticle, TimeoutError):
        raise
    except Exception as error:
        raise Unreadable(type(error).__name__, "".join(format_exception(error))) from None


# --- what a worker sends back -------------------------------------------------------------------------------


# A quarter of the work that pickling is.
packed = msgspec.msgpack.Encoder().encode
unpacked = msgspec.msgpack.Decoder(Read).decode


def slim(found: Extracted) -> Extracted:
    """Without what storing has no use for: it would be packed and unpacked for nothing."""
    analysis = msgspec.structs.replace(
        found.analysis, folded="", sentences=[], tokens=[], quantities=[], dates=[], attributions=[],
        countries=set(), governments={}, capitals={}, order=Order(), figures={},
    )  # fmt: skip
    return msgspec.structs.replace(found, analysis=analysis, removed=[])


# --- many at once -------------------------------------------------------------------------------------------


def begin() -> None:
    """What a worker does first.

    It will end when its parent is gone, also when that was killed: nothing else would tell it. Ctrl-C, which
    a terminal sends to all of them, is the parent's to handle, and other signals end it, whatever the parent
    does when it gets them. A worker that is done ends at once: to take all that it has loaded apart, object
    by object, takes more than half a second.

    It yields to whoever else wants its processor: to the one process that stores, before which articles would
    pile up to be stored when no worker has anything left to do, and to a service on the same machine.
    """
    os.nice(10)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)
    atexit.register(os._exit, 0)

    def watch() -> None:
        parent = parent_process()
        if parent is not None:
            parent.join()
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def texts_of(raws: list[Raw], seconds: float) -> list[str | None]:
    """The articles alone; None where extraction will say why there is none."""
    found: list[str | None] = []
    for raw in raws:
        try:
            with time_limit(seconds):
                found.append(cleaned(raw)[0])
        except Exception:
            found.append(None)
    return found


def extract_chunk(names: Names, raws: list[Raw], seconds: float) -> list[bytes]:
    """What was found in each, packed."""
    loaded(names)
    return [_extract(names, raw, seconds) for raw in raws]


def _extract(names: Names, raw: Raw, seconds: float) -> bytes:
    try:
        with time_limit(seconds):
            found = work(names, raw)
            for fault in found.faults:
                log.error("a sentence could not be read: %s", fault)
            return packed(slim(found))
    except NoArticle as error:
        return packed(str(error))
    except TimeoutError:
        return packed(f"extraction took longer than {seconds:g} seconds")
    except Exception as error:  # one article must not end a run of thousands
        kind, where = error.args if isinstance(error, Unreadable) else (type(error).__name__, error)
        log.error("an article could not be read: %s", where)
        return packed(f"the article could not be read, by a fault of the service ({kind})")
