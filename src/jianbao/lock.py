"""One build at a time in an archive folder. The lock is the system's own, so a dead holder's falls at once."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

# How long a second build waits for the first, in seconds, before it gives up and says who holds the lock.
PATIENCE = 600.0


class BusyError(Exception):
    """Another run holds the lock still; `holder` is its process number, "?" where unknown."""

    def __init__(self, holder: str) -> None:
        super().__init__(holder)
        self.holder = holder


@contextmanager
def locked(folder: Path, waiting: Callable[[str], None], patience: float = PATIENCE) -> Iterator[None]:
    """Hold the lock of `folder` (a `.jianbao`); `waiting(holder)` is called once if another run holds it."""
    folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder / "lock")
    note = folder / "lock-holder"
    try:
        lock.acquire(timeout=0)
    except Timeout:
        waiting(_holder(note))
        try:
            lock.acquire(timeout=patience)
        except Timeout:
            raise BusyError(_holder(note)) from None
    try:
        note.write_text(str(os.getpid()), "utf-8")
        yield
    finally:
        note.unlink(missing_ok=True)
        lock.release()


def _holder(note: Path) -> str:
    try:
        return note.read_text("utf-8").strip() or "?"
    except OSError:
        return "?"
