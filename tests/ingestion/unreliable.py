"""A worker that misbehaves when an article's title says so. It imports little: worker processes load it."""

import os
import signal
from pathlib import Path
from unittest.mock import patch

from service.extraction import claims
from service.extraction.circumstances import Context
from service.extraction.protocol import ClaimCandidate
from service.ingestion.pipeline import Extracted, Raw
from service.ingestion.reading import Names, loaded, packed, slim, work

# titles that make the worker below misbehave
HANGS, DIES, WAITS, STUMBLES, FAILS = "Hangs", "Dies", "Waits", "Stumbles", "Fails"
REACHED = "reached"


def unreliable(names: Names, raw: Raw) -> Extracted:
    """As `reading.work`, but for articles with certain titles. Runs in the worker process."""
    if raw.title == HANGS:
        signal.pause()
    if raw.title == DIES:
        os.kill(os.getpid(), signal.SIGKILL)
    if raw.title and raw.title.startswith(WAITS):
        folder = Path(raw.title.removeprefix(WAITS))
        gate = folder / f"{REACHED}-{os.getpid()}"  # a named pipe: opens when the test opens the other end
        os.mkfifo(gate)
        gate.read_bytes()
    if raw.title == STUMBLES:
        with patch.object(claims, "_claims_in", _stumbling):
            return work(names, raw)
    if raw.title == FAILS:
        with patch("service.ingestion.pipeline.analyse", side_effect=KeyError("none")):
            return work(names, raw)
    return work(names, raw)


def unreliable_to_store(names: Names, raw: Raw) -> bytes:
    """As `reading.to_store`, in the same way."""
    return packed(slim(unreliable(names, raw)))


_claims_in = claims._claims_in


def _stumbling(context: Context, index: int) -> list[ClaimCandidate]:
    """The rules fail on the second sentence."""
    return _claims_in(context, 99 if index == 1 else index)


def ends_once(names: Names) -> None:
    """As `reading.warm`, but the first worker that is asked ends."""
    ended = Path(f"{names.path}.ended")
    if not ended.exists():
        ended.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    loaded(names)


def ends(names: Names) -> None:
    """In place of `reading.warm`: every worker that is asked ends."""
    os.kill(os.getpid(), signal.SIGKILL)
