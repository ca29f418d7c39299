"""One build at a time in an archive folder. The lock is the system's own, so a dead holder's falls at once."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

# How long a second build waits for the first, in seconds, before it gives up and says who holds the lock.
PATIENCE = 600.0
_STEP = 0.05


class BusyError(Exception):
    """Another run holds the lock still; `holder` is its process number, "?" where unknown."""

    def __init__(self, holder: str) -> None:
        super().__init__(holder)
        self.holder = holder


@contextmanager
def locked(folder: Path, waiting: Callable[[str], None], patience: float = PATIENCE) -> Iterator[None]:
    """Hold the lock of `folder` (a `.jianbao`); `waiting(holder)` is called once if another run holds it."""
    folder.mkdir(parents=True, exist_ok=True)
    note = folder / "lock-holder"
    handle = os.open(folder / "lock", os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o666)
    try:
        if not _take(handle):
            waiting(_holder(note))
            deadline = time.monotonic() + patience  # not the clock on the wall: that one may run backwards
            while not _take(handle):
                if time.monotonic() > deadline:
                    raise BusyError(_holder(note))
                time.sleep(_STEP)
        note.write_text(str(os.getpid()), "utf-8")
        try:
            yield
        finally:
            with suppress(OSError):  # a full disk must not hide what went wrong before
                note.unlink(missing_ok=True)
    finally:
        # Workers that a killed run leaves behind share the lock until they are dead too: nobody builds beside them.
        # A run that ends in order gives it up for all.
        _give_up(handle)
        os.close(handle)


if sys.platform == "win32":
    import msvcrt

    def _take(handle: int) -> bool:
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _give_up(handle: int) -> None:
        with suppress(OSError):
            msvcrt.locking(handle, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _take(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _give_up(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_UN)


def _holder(note: Path) -> str:
    try:
        return note.read_text("utf-8").strip() or "?"
    except OSError:
        return "?"
