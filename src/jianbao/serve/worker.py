"""Builds in a process of their own: the server stays quick, what a build loads stays loaded, and it can be ended.

The process listens on a pipe: one message, one build, one answer. It ends when the server does.
"""

from __future__ import annotations

import asyncio
import contextlib
import multiprocessing
import os
import signal
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

from jianbao.build import Options, build
from jianbao.lock import BusyError
from jianbao.problems import Problem, error
from jianbao.serve.draft import Draft, Drafter
from jianbao.store import Root

_GRACE = 0.3  # seconds a running build gets to end by itself when the server stops


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a build came to; `changed`: pages were written or removed."""

    problems: tuple[Problem, ...]
    changed: bool


class Builder:
    """Has the process build the archive, one build after the other."""

    def __init__(self, root: Path, options: Options) -> None:
        self._arguments = (root, options)
        self._process: BaseProcess | None = None
        self._pipe: Connection | None = None
        self._stopped = False

    async def build(self) -> Outcome:
        """Build once; not to be called again before it has answered."""
        answer = await asyncio.to_thread(self._ask, None)
        if isinstance(answer, Outcome):
            return answer
        return Outcome(() if self._stopped else (_died(answer),), changed=False)

    async def draft(self, paths: frozenset[str]) -> Draft | None:
        """The pages of the articles just saved, ahead of the build; None where only a build can tell."""
        answer = await asyncio.to_thread(self._ask, paths)
        return answer if isinstance(answer, Draft) else None

    def start(self) -> None:
        """Start the process if there is none, so that the first build need not wait for it."""
        if self._process is not None and self._process.is_alive():
            return
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        # Not a daemon: it may have workers of its own.
        process = context.Process(target=_work, args=(theirs, *self._arguments), name="jianbao-build", daemon=False)
        process.start()
        theirs.close()
        self._process = process

    def _ask(self, paths: frozenset[str] | None) -> object:
        try:
            self.start()
            assert self._pipe is not None
            self._pipe.send(paths)
            return self._pipe.recv()
        except (EOFError, OSError) as failure:
            return failure

    def stop(self) -> None:
        """End the process and whatever it has started, in the middle of a build if need be (which is safe: the
        published site is exchanged in one step)."""
        self._stopped = True
        process = self._process
        if process is None or process.pid is None:
            return
        if self._pipe is not None and not process.is_alive():
            self._pipe.close()
        for number in ("SIGTERM", "SIGKILL"):
            with contextlib.suppress(ProcessLookupError, PermissionError):
                if hasattr(os, "killpg"):
                    os.killpg(process.pid, getattr(signal, number))
                else:
                    process.terminate()
            process.join(_GRACE)
            if not process.is_alive():
                break


def _work(pipe: Connection, root: Path, options: Options) -> None:
    if hasattr(os, "setpgid"):
        os.setpgid(0, 0)  # Ctrl-C at the terminal goes to the server alone, which then ends this group
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    drafter = Drafter(Root(root))
    with contextlib.suppress(EOFError, OSError):
        while True:
            paths = pipe.recv()
            if paths is None:
                pipe.send(_outcome(root, options))
                _attempt(drafter.prepare)
            else:
                pipe.send(_attempt(partial(drafter.draft, paths)))


def _attempt(make: Callable[[], Draft | None]) -> Draft | None:
    """A draft is a comfort: where none can be made, whatever the reason, the build says it all."""
    try:
        return make()
    except Exception:
        return None


def _outcome(root: Path, options: Options) -> Outcome:
    try:
        report = build(Root(root), options)
    except (OSError, BusyError, ArithmeticError, LookupError, TypeError, ValueError, AssertionError) as failure:
        return Outcome((_died(failure),), changed=False)
    return Outcome(tuple(report.problems), report.published and bool(report.written or report.removed))


def _died(failure: object) -> Problem:
    what = f"{type(failure).__name__}: {failure}".rstrip(": ")
    return error(
        "jianbao",
        0,
        0,
        f"构建没有完成（{what}）",
        f"the build did not end well ({what})",
        do="下次保存时会重试；若一再出现，请在终端运行 build 查看",
        do_en="it is tried again at the next save; if it comes back, run build in a terminal",
        code="build-failed",
    )
