"""Work that is done beside this process, in a fork of it, while this one goes on: for looking at many files, which
Python's threads do one after the other. Where the system cannot fork, it is done here when it is asked for.
"""

from __future__ import annotations

import contextlib
import gc
import os
import pickle
import sys
from collections.abc import Callable, Iterator
from typing import IO, Any, Generic, TypeVar

Result = TypeVar("Result")


class Beside(Generic[Result]):
    """The results of `steps`, one after the other. The steps must change nothing: where the fork fails they are taken
    again. Use it with `with` or `close` it; who does not ask for all results lets the rest go."""

    def __init__(self, steps: Callable[[], Iterator[Result]]) -> None:
        self._steps = steps
        self._here: Iterator[Result] | None = None
        self._taken = 0
        self._child, self._pipe = _start(steps)

    def __enter__(self) -> Beside[Result]:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the fork."""
        if self._pipe is not None:
            self._pipe.close()
        if self._child:
            child, self._child = self._child, 0
            with contextlib.suppress(OSError):
                os.kill(child, 9)
                os.waitpid(child, 0)

    def next(self) -> Result:
        """The next result; whatever the steps raise."""
        if self._pipe is not None and self._here is None:
            with contextlib.suppress(OSError, EOFError, pickle.UnpicklingError):
                result: Result = pickle.load(self._pipe)  # noqa: S301 (from our own fork)
                self._taken += 1
                return result
        if self._here is None:
            self._here = self._steps()
            for _ in range(self._taken):
                next(self._here)
        return next(self._here)


def _start(steps: Callable[[], Iterator[Any]]) -> tuple[int, IO[bytes] | None]:
    threads = sys.modules.get("threading")
    if not hasattr(os, "fork") or (threads is not None and threads.active_count() > 1):
        return 0, None  # a fork of several threads may wait for ever for one that it has not
    reading, writing = os.pipe()
    try:
        child = os.fork()
    except OSError:  # no room for another process
        os.close(reading)
        os.close(writing)
        return 0, None
    if child:
        os.close(writing)
        return child, os.fdopen(reading, "rb")
    try:
        os.close(reading)
        gc.disable()  # it ends soon
        with os.fdopen(writing, "wb") as pipe:
            for result in steps():
                pickle.dump(result, pipe, pickle.HIGHEST_PROTOCOL)
                pipe.flush()
        os._exit(0)
    except BaseException:  # the process that asked takes the steps itself and says what is wrong
        os._exit(1)
