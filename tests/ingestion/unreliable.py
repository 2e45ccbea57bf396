"""A worker that misbehaves when an article's title says so. It imports little: worker processes load it."""

import os
import signal
from pathlib import Path

from service.ingestion.pipeline import Extracted, Raw, process
from service.ingestion.reading import Names, loaded

HANGS, DIES, WAITS = "Hangs", "Dies", "Waits"  # titles that make the worker below misbehave
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
    return process(raw, *loaded(names))


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
