"""What open pages are told as it happens, by server-sent events: a new version of the site, faults found or mended."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from jianbao.model import is_article_id
from jianbao.problems import Problem, Severity

# A comment is sent this often (seconds), so that a connection whose page has gone is noticed.
_HEARTBEAT = 15.0


@dataclass(frozen=True, slots=True)
class State:
    """What the last build left: `version` changes whenever pages did; `problems` stand as they are now; `builds`
    is the number of that build."""

    version: str
    problems: tuple[Problem, ...] = ()
    builds: int = 0


class Hub:
    """Holds the state and tells everybody who listens; lives in the server's event loop."""

    def __init__(self) -> None:
        self._run = f"{time.time_ns():x}"  # a page of an earlier run is never taken for up to date
        self.state = State(f"{self._run}-0")
        self._changed = asyncio.Condition()
        self._closed = False
        self.begun = 0

    def begin(self) -> None:
        """A build begins."""
        self.begun += 1

    async def tell(self, problems: tuple[Problem, ...], *, changed: bool) -> None:
        """A build has ended; `changed` says whether any page did."""
        version = f"{self._run}-{self.begun}" if changed else self.state.version
        async with self._changed:
            self.state = State(version, problems, self.begun)
            self._changed.notify_all()

    async def close(self) -> None:
        """End every stream: the server stops."""
        async with self._changed:
            self._closed = True
            self._changed.notify_all()

    async def after(self, builds: int, seconds: float) -> State | None:
        """The state once a build after number `builds` has ended; None where that takes too long."""
        try:
            async with asyncio.timeout(seconds), self._changed:
                await self._changed.wait_for(lambda: self._closed or self.state.builds > builds)
        except TimeoutError:
            return None
        return self.state

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
            await self.after(state.builds, _HEARTBEAT)


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
