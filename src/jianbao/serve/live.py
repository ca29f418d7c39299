"""What open pages are told as it happens, by server-sent events: a new version of the site, faults found or mended."""

from __future__ import annotations

import asyncio
import contextlib
import json
import time
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import PurePosixPath

from jianbao.model import is_article_id
from jianbao.problems import Problem, Severity, in_order

# A comment is sent this often (seconds), so that a connection whose page has gone is noticed.
_HEARTBEAT = 15.0


@dataclass(frozen=True, slots=True)
class State:
    """What the last build left: `version` changes whenever pages did; `problems` stand as they are now; `builds`
    is the number of that build, `drafted` of the one that pages were made ahead of."""

    version: str
    problems: tuple[Problem, ...] = ()
    builds: int = 0
    drafted: int = 0


class Hub:
    """Holds the state and tells everybody who listens; lives in the server's event loop."""

    def __init__(self) -> None:
        self._run = f"{time.time_ns():x}"  # a page of an earlier run is never taken for up to date
        self.state = State(f"{self._run}-0")
        self._changed = asyncio.Condition()
        self._closed = False
        self.begun = 0
        # Pages made ahead of the build that will publish them, with its number.
        self._drafts: dict[str, tuple[int, bytes]] = {}

    def begin(self) -> None:
        """A build begins."""
        self.begun += 1

    async def tell(self, problems: tuple[Problem, ...], *, changed: bool) -> None:
        """A build has ended; `changed` says whether any page did."""
        number = self.begun
        kept = {path: draft for path, draft in self._drafts.items() if draft[0] > number}
        version = f"{self._run}-{number}" if changed or len(kept) < len(self._drafts) else self.state.version
        self._drafts = kept
        await self._tell(State(version, problems, number, max(number, self.state.drafted)))

    async def tell_draft(
        self, number: int, paths: frozenset[str], pages: Mapping[str, bytes], problems: tuple[Problem, ...]
    ) -> None:
        """Pages of articles just saved ahead of build `number`, and the faults of their files; the rest stands as
        it did."""
        before = self.state
        if before.builds >= number:
            return
        kept = [one for one in before.problems if one.path not in paths or one.severity is not Severity.ERROR]
        fresh = [one for one in problems if one not in kept]
        self._drafts |= {path: (number, page) for path, page in pages.items()}
        version = f"{self._run}-{number}-draft-{time.monotonic_ns():x}" if pages else before.version
        await self._tell(State(version, tuple(in_order([*kept, *fresh])), before.builds, number))

    def draft(self, path: str) -> bytes | None:
        """The page of this path that is newer than the published one."""
        made = self._drafts.get(path)
        return made[1] if made else None

    async def _tell(self, state: State) -> None:
        async with self._changed:
            self.state = state
            self._changed.notify_all()

    async def close(self) -> None:
        """End every stream: the server stops."""
        async with self._changed:
            self._closed = True
            self._changed.notify_all()

    async def after(self, begun: int, seconds: float) -> None:
        """Until the pages of a build after number `begun` have been made, but no longer than that."""
        await self._until(lambda: self.state.drafted > begun, seconds)

    async def _until(self, true: Callable[[], bool], seconds: float) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds), self._changed:
                await self._changed.wait_for(lambda: self._closed or true())

    def _is_news(self, told: State) -> bool:
        return self.state is not told

    async def events(self) -> AsyncIterator[bytes]:
        """The stream of one listener: the state at once, then every change of it."""
        yield b"retry: 500\n\n"
        told: State | None = None
        while not self._closed:
            state = self.state
            if state is told:
                yield b": still here\n\n"
            elif told is None or (state.version, state.problems) != (told.version, told.problems):
                yield f"event: state\ndata: {encoded(state)}\n\n".encode()
            told = state
            await self._until(partial(self._is_news, state), _HEARTBEAT)


def encoded(state: State) -> str:
    """The state as pages read it, in both languages: each page picks its own."""
    return json.dumps(
        {"version": state.version, "problems": [_problem(one) for one in state.problems]},
        ensure_ascii=False,
        separators=(",", ":"),
    )


def _problem(problem: Problem) -> dict[str, object]:
    return {
        "error": problem.severity is Severity.ERROR,
        "zh": problem.text("zh"),
        "en": problem.text("en"),
        "edit": edit_address(problem.path),
    }


def edit_address(path: str) -> str:
    """Where an article's file can be mended in the browser; "" for other files."""
    pure = PurePosixPath(path)
    return f"/edit/{pure.stem}" if path.startswith("articles/") and is_article_id(pure.stem) else ""
