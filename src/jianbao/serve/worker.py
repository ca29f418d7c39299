"""Builds in a process of their own: the server stays quick, what a build loads stays loaded, and it can be ended.

Each process listens on a pipe: one message, one answer. It ends when the server does.
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
from jianbao.folder.lock import BusyError
from jianbao.folder.store import Root
from jianbao.problems import Problem, error
from jianbao.serve.draft import Draft, Drafter

_GRACE = 0.3  # seconds a running build gets to end by itself when the server stops


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a build came to; `changed`: pages were written or removed."""

    problems: tuple[Problem, ...]
    changed: bool


class Helper:
    """A process that answers one message after the other; `work` is its main function."""

    def __init__(self, name: str, work: Callable[..., None], *arguments: object) -> None:
        self._name, self._work, self._arguments = name, work, arguments
        self._process: BaseProcess | None = None
        self._pipe: Connection | None = None
        self.stopped = False

    async def ask(self, message: object) -> object:
        """The answer, or the failure of a process that died; not to be called again before it has answered."""
        return await asyncio.to_thread(self._ask, message)

    def _ask(self, message: object) -> object:
        try:
            self._start()
            assert self._pipe is not None
            self._pipe.send(message)
            return self._pipe.recv()
        except (EOFError, OSError) as failure:
            return failure

    def _start(self) -> None:
        if self.stopped:
            raise OSError("stopped")
        if self._process is not None and self._process.is_alive():
            return
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        # Not a daemon: it may have workers of its own.
        process = context.Process(target=self._work, args=(theirs, *self._arguments), name=self._name, daemon=False)
        process.start()
        theirs.close()
        self._process = process

    def stop(self) -> None:
        """End the process and whatever it has started, in the middle of a build if need be (which is safe: the
        published site is exchanged in one step)."""
        self.stopped = True
        process = self._process
        if process is None or process.pid is None:
            return
        for end, number in ((process.terminate, "SIGTERM"), (process.kill, "SIGKILL")):
            try:
                os.killpg(process.pid, getattr(signal, number))
            except (AttributeError, ProcessLookupError, PermissionError):  # no groups here, or it has none yet
                end()
            process.join(_GRACE)
            if not process.is_alive():
                break


class Builder:
    """Builds in one process; in another, pages of articles just saved are made without waiting for a build."""

    def __init__(self, root: Path, options: Options) -> None:
        self._builds = Helper("jianbao-build", _build, root, options)
        self._drafts = Helper("jianbao-draft", _draft, root)

    async def build(self) -> Outcome:
        """Build once; not to be called again before it has answered."""
        answer = await self._builds.ask(True)
        if isinstance(answer, Outcome):
            return answer
        return Outcome(() if self._builds.stopped else (_died(answer),), changed=False)

    async def draft(self, paths: frozenset[str]) -> Draft | None:
        """The pages of the articles just saved; None where only a build can tell."""
        answer = await self._drafts.ask(paths)
        return answer if isinstance(answer, Draft) else None

    async def prepare(self) -> None:
        """Load what drafts are made of, while nobody waits."""
        await self._drafts.ask(None)

    def stop(self) -> None:
        """End both processes."""
        self._builds.stop()
        self._drafts.stop()


def _alone() -> None:
    """Ctrl-C at the terminal goes to the server alone, which then ends this process and its own workers."""
    if hasattr(os, "setpgid"):
        os.setpgid(0, 0)
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _build(pipe: Connection, root: Path, options: Options) -> None:
    _alone()
    with contextlib.suppress(EOFError, OSError):
        while True:
            pipe.recv()
            pipe.send(_outcome(root, options))


def _draft(pipe: Connection, root: Path) -> None:
    _alone()
    drafter = Drafter(Root(root))
    with contextlib.suppress(EOFError, OSError):
        while True:
            paths = pipe.recv()
            pipe.send(_attempt(drafter.prepare if paths is None else partial(drafter.draft, paths)))


def _attempt(make: Callable[[], object]) -> object:
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
