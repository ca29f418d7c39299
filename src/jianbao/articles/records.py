"""The records of an archive, each in a file beside its scan."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePosixPath
from typing import Final

from jianbao.articles.record import Record, from_json, header, to_json
from jianbao.folder.layout import RECORD_ENDING
from jianbao.folder.store import UNREADABLE, Root

_HEAD: Final = 6000  # bytes that the first line of a record has at most, which tells a path


def record_path(scan: str) -> str:
    """Where the machine's reading of a scan is kept."""
    return PurePosixPath(scan).with_suffix("").as_posix() + RECORD_ENDING


def read_record(root: Root, path: str) -> Record | None:
    """The record in a file; None where it is damaged. Raises OSError and OutsideError where none can be read."""
    return from_json(root.read(path).decode("utf-8", "replace"))


class Records:
    """The records below scans/. A scan that was renamed is known again by its hash, and keeps its articles: its record
    still lies under the old name, where no scan is."""

    def __init__(self, root: Root) -> None:
        self._root = root
        self._left: dict[str, str] = {}

    def head(self, scan: str) -> tuple[str, str] | None:
        """(scan's hash, issue) of a scan's record; None where it has none that is fit for use."""
        return self._head(record_path(scan), scan)

    def _head(self, path: str, scan: str = "") -> tuple[str, str] | None:
        try:
            with self._root.path(path).open("rb") as file:
                return header(file.readline(_HEAD).decode("utf-8", "replace"), scan)
        except UNREADABLE:
            return None

    def look_for_renamed(self, scans: Iterable[str]) -> None:
        """Find the records whose scan is there no more; `scans`: all that there are."""
        kept = {record_path(path) for path in scans}
        gone = [file.path for file in self._root.files("scans", (RECORD_ENDING,)) if file.path not in kept]
        self._left = {head[0]: path for path in gone if (head := self._head(path))}

    def of(self, scan: str, digest: str) -> Record | None:
        """The record of a scan; that of the same text under another name where it has none, else an empty one. None
        where it is damaged: what people deleted, and changed, only the record tells."""
        for path in (record_path(scan), self._left.get(digest)):
            if path is None:
                continue
            try:
                return read_record(self._root, path)
            except UNREADABLE:
                continue
        return Record("", "", ())

    def write(self, scan: str, record: Record) -> None:
        """Keep a record; that under the old name goes."""
        self._root.write(record_path(scan), to_json(record).encode())
        if record.scan in self._left:
            self._root.remove(self._left[record.scan])
