"""What runs in a worker process: articles in, out what was found in them, over the names the store knows.

A worker imports this module and what extraction needs, and nothing else: it knows no database and no web.
"""

import contextlib
import functools
import gc
import os
import pickle
import signal
import threading
from collections.abc import Iterator
from multiprocessing import parent_process
from pathlib import Path

import msgspec

from service.extraction import spacy_extractor
from service.extraction.analysis import Order
from service.extraction.gazetteer import Gazetteer, KnownEntity
from service.extraction.grounding import PredicateRule
from service.extraction.lexicon import lexicon
from service.ingestion.pipeline import Extracted, NoArticle, Raw, cleaned, process

Read = Extracted | str  # what was found in an article, or why there is nothing


class Known(msgspec.Struct, frozen=True):
    """What extraction has to know of the store, and the spaCy pipeline that is to be asked too."""

    entities: list[KnownEntity]
    vocabulary: dict[str, PredicateRule]
    spacy_model: str | None


@functools.lru_cache(maxsize=1)
def loaded(path: str) -> tuple[Gazetteer, dict[str, PredicateRule], str | None]:
    known: Known = pickle.loads(
        Path(path).read_bytes()
    )  # written by this service, in a folder only it can enter
    if known.spacy_model is not None:
        spacy_extractor.load(known.spacy_model)
    gazetteer = Gazetteer(known.entities)
    lexicon()
    gc.freeze()  # what is made by now stays: looking through it for garbage took a thirtieth of the time
    return gazetteer, known.vocabulary, known.spacy_model


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


def warm(path: str) -> None:
    """Gets ready for `work`."""
    loaded(path)


def text_of(path: str, raw: Raw) -> str:
    """The article alone."""
    return cleaned(raw)[0]


def work(path: str, raw: Raw) -> Extracted:
    """One article."""
    return process(raw, *loaded(path))


# --- many at once -------------------------------------------------------------------------------------------


def end_with_parent() -> None:
    """Ends this worker when its parent is gone, also when that was killed: nothing else would tell it.
    Ctrl-C, which a terminal sends to all of them, is the parent's to handle."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)

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


def extract_chunk(path: str, raws: list[Raw], seconds: float) -> list[Read]:
    found: list[Read] = []
    for raw in raws:
        try:
            with time_limit(seconds):
                found.append(slim(work(path, raw)))
        except NoArticle as error:
            found.append(str(error))
        except TimeoutError:
            found.append(f"extraction took longer than {seconds:g} seconds")
        except Exception as error:  # one article must not end a run of thousands
            found.append(f"extraction failed: {type(error).__name__}: {error}")
    return found


def slim(found: Extracted) -> Extracted:
    """Without what storing has no use for: it would be packed and unpacked for nothing."""
    analysis = msgspec.structs.replace(
        found.analysis, folded="", sentences=[], tokens=[], quantities=[], dates=[], attributions=[],
        countries=set(), governments={}, capitals={}, order=Order(), figures={},
    )  # fmt: skip
    return msgspec.structs.replace(found, analysis=analysis, removed=[])
