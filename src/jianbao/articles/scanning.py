"""Reading one scan, as a job that any process can do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from jianbao.digests import digest_of
from jianbao.encoding import decode_scan
from jianbao.folder.store import UNREADABLE, Root
from jianbao.folder.unreadable import unreadable
from jianbao.model import ReadPage
from jianbao.problems import Problem, warning


@dataclass(frozen=True, slots=True)
class Scanned:
    """A scan as just read; `page` is None where it could not be."""

    path: str
    digest: str
    text: str
    page: ReadPage | None
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class _ScanReader:
    root: Root
    limit: int
    known_names: Mapping[str, int]
    read_page: Callable[[str, str, Mapping[str, int]], ReadPage]

    def __call__(self, path: str) -> Scanned:
        """Read the scan at `path`."""
        try:
            data = self.root.read(path, self.limit)
        except UNREADABLE as failure:
            return Scanned(path, "", "", None, (unreadable(path, failure),))
        text, problems = decode_scan(data, path)
        if text is None:
            return Scanned(path, "", "", None, tuple(problems))
        page = self.read_page(text, path, self.known_names)
        if not page.articles:
            zh, en = "没有读出文章，各行都留作未归入", "no article was found in it; its lines are kept as unassigned"
            do, do_en = "请看看这是不是版面文字", "see whether this is the text of a page"
            problems.append(warning(path, 1, 1, zh, en, do=do, do_en=do_en, code="scan-no-article"))
        return Scanned(path, digest_of(data), text, page, tuple(problems))


def read_scan(root: Root, limit: int, known_names: Mapping[str, int]) -> Callable[[str], Scanned]:
    """The job that reads scans of this archive."""
    from jianbao.reading.page import read_page  # a second of patterns, needed where a page is read

    return _ScanReader(root, limit, known_names, read_page)
