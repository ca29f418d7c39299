"""Sees every save in the archive folder and has the site rebuilt: scans, articles, templates, settings."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Iterable
from pathlib import Path

from watchfiles import Change, awatch

from jianbao.filenames import is_junk
from jianbao.problems import Problem
from jianbao.serve.live import Hub
from jianbao.serve.worker import Builder

FOLDERS = ("scans", "articles", "templates", "static")
FILES = ("site.yaml", "redirects.yaml")
# Milliseconds: changes this close together are one; a longer run of them is cut here.
_STEP, _LONGEST = 30, 300
# How often in a row a build may be overtaken by saves before its faults are shown all the same.
_PATIENCE = 5


class Rebuilder:
    """Builds while anything is to be built, never two builds at once, and tells the hub what came of it. Articles
    just saved are drafted first, so that their pages need not wait for the whole. `tell` hears what is wrong."""

    def __init__(self, builder: Builder, hub: Hub, tell: Callable[[Iterable[Problem]], None]) -> None:
        self._builder, self._hub, self._tell = builder, hub, tell
        self._wanted, self._saved = asyncio.Event(), asyncio.Event()
        self._paths: set[str] = set()
        self._number = 0  # of the build that will see what was saved last

    def want(self, paths: Iterable[str] = ()) -> None:
        """Something changed, in these files as far as is known."""
        self._paths.update(paths)
        self._number = self._hub.begun + 1
        self._wanted.set()
        self._saved.set()

    async def run(self) -> None:
        """Until cancelled."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self._build())
            group.create_task(self._draft())

    async def _build(self) -> None:
        """A build that a save overtook is made again before anybody hears of it."""
        overtaken = 0
        while True:
            await self._wanted.wait()
            self._wanted.clear()
            self._hub.begin()
            outcome = await self._builder.build()
            overtaken = overtaken + 1 if any(problem.code == "changed" for problem in outcome.problems) else 0
            if 0 < overtaken <= _PATIENCE:
                self._wanted.set()
                continue
            self._tell(outcome.problems)
            await self._hub.tell(outcome.problems, changed=outcome.changed)
            self._saved.set()

    async def _draft(self) -> None:
        """Beside the builds; between saves the process makes itself ready."""
        while True:
            await self._saved.wait()
            self._saved.clear()
            paths, self._paths = frozenset(self._paths), set()
            number = self._number
            if not paths:
                await self._builder.prepare()
            elif draft := await self._builder.draft(paths):
                await self._hub.tell_draft(number, paths, draft.pages, draft.problems)


async def watch(root: Path, changed: Callable[[Iterable[str]], None]) -> None:
    """Call `changed` with the paths after every save, until cancelled. Folders may come and go."""
    polling: bool | None = None
    while True:
        try:
            async with asyncio.TaskGroup() as group:
                places = _Places(root, changed, polling)
                group.create_task(places.watch_top())
                if places.folders:
                    group.create_task(places.watch_folders())
        except* (OSError, RuntimeError):  # the system will not watch so many folders: look again and again instead
            if polling:
                raise
            polling = True


class _Places:
    """The folders as they are now; once one appeared or went both watches end."""

    def __init__(self, root: Path, changed: Callable[[Iterable[str]], None], polling: bool | None) -> None:
        self.root, self.changed, self.polling = root, changed, polling
        self.folders = self._there()
        self._stop = asyncio.Event()

    def _there(self) -> list[Path]:
        return [self.root / name for name in FOLDERS if (self.root / name).is_dir()]

    async def watch_folders(self) -> None:
        """Everything below them."""

        def wanted(_: Change, path: str) -> bool:
            return not any(is_junk(part) for part in Path(path).relative_to(self.root).parts)

        async for found in self._changes(*self.folders, wanted=wanted, recursive=True):
            self.changed(self._relative(found))
        self._stop.set()

    async def watch_top(self) -> None:
        """The settings, and the folders themselves."""

        def wanted(_: Change, path: str) -> bool:
            return Path(path).name in (*FOLDERS, *FILES)

        async for found in self._changes(self.root, wanted=wanted, recursive=False):
            self.changed(self._relative(found))
            if self._there() != self.folders:
                self._stop.set()

    def _relative(self, found: Iterable[tuple[Change, str]]) -> list[str]:
        return [Path(path).relative_to(self.root).as_posix() for _, path in found]

    async def _changes(
        self, *places: Path, wanted: Callable[[Change, str], bool], recursive: bool
    ) -> AsyncIterator[set[tuple[Change, str]]]:
        with contextlib.suppress(FileNotFoundError):  # a folder went just now
            async for found in awatch(
                *places,
                watch_filter=wanted,
                debounce=_LONGEST,
                step=_STEP,
                stop_event=self._stop,
                recursive=recursive,
                force_polling=self.polling,
            ):
                yield found
