"""Scans that need not be opened: imported as they stand, and untouched since, as their stat marks say."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from functools import cached_property

from jianbao.building.cache import Cache, KnownScan
from jianbao.folder.layout import RECORD_ENDING
from jianbao.folder.store import RACY, FileStat


class Settled:
    """The scans of an archive folder as they stood before the import; `seen`: all files below scans/."""

    def __init__(self, seen: Iterable[FileStat], cache: Cache) -> None:
        self._cache = cache
        self._known = cache.scans()
        self._youngest = time.time_ns() - RACY
        files = {file.path: file for file in seen}
        self._marks = {
            path: self._mark(file, files.get(path.removesuffix(".txt") + RECORD_ENDING))
            for path, file in files.items()
            if path.endswith(".txt")
        }

    @cached_property
    def heads(self) -> dict[str, tuple[str, str]]:
        """What the records of settled scans begin with, by the scan's path."""
        return {path: one.head for path, one in self._known.items() if one.mark and self._marks.get(path) == one.mark}

    @property
    def all(self) -> bool:
        """Whether there is nothing to import: every scan is settled, and none is gone."""
        return len(self.heads) == len(self._known) == len(self._marks)

    def keep(self, heads: Mapping[str, tuple[str, str]]) -> None:
        """Keep the scans that the import found unchanged (`heads`); those it changed are looked at next time."""
        marks = self._marks
        fresh = [
            (path, KnownScan(marks[path], head))
            for path, head in heads.items()
            if marks.get(path) and path not in self.heads
        ]
        self._cache.keep_scans(fresh, [path for path in self._known if path not in heads])

    def _mark(self, scan: FileStat, record: FileStat | None) -> str:
        if record is None or max(scan.modified, scan.changed, record.modified, record.changed) > self._youngest:
            return ""
        return f"{scan.mark} {record.mark}"
