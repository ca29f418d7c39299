"""Reading one scan, as a job that any process can do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from jianbao.encoding import decode_scan
from jianbao.folder.store import OutsideError, Root, TooLargeError, digest_of
from jianbao.model import ReadPage
from jianbao.problems import Problem, error, warning
from jianbao.reading.page import read_page


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

    def __call__(self, path: str) -> Scanned:
        """Read the scan at `path`."""
        try:
            data = self.root.read(path, self.limit)
        except TooLargeError as failure:
            size, limit = f"{failure.size / 1e6:.1f} MB", f"{failure.limit / 1e6:.1f} MB"
            zh, en = f"文件有 {size}，超过上限 {limit}", f"the file has {size}, over the limit of {limit}"
            do, do_en = (
                "拆成一版一个文件，或在 site.yaml 的 limits 里调高上限",
                "split it, or raise limits in site.yaml",
            )
            return _unread(path, error(path, 0, 0, zh, en, do=do, do_en=do_en, code="too-large"))
        except (OSError, OutsideError) as failure:
            zh, en = f"无法读取（{_reason(failure)}）", f"cannot be read ({_reason(failure)})"
            do, do_en = "请检查这个文件后再运行一次", "look at the file and run again"
            return _unread(path, error(path, 0, 0, zh, en, do=do, do_en=do_en, code="unreadable"))
        text, problems = decode_scan(data, path)
        if text is None:
            return Scanned(path, "", "", None, tuple(problems))
        page = read_page(text, path, self.known_names)
        if not page.articles:
            zh, en = "没有读出文章，各行都留作未归入", "no article was found in it; its lines are kept as unassigned"
            do, do_en = "请看看这是不是版面文字", "see whether this is the text of a page"
            problems.append(warning(path, 1, 1, zh, en, do=do, do_en=do_en, code="scan-no-article"))
        return Scanned(path, digest_of(data), text, page, tuple(problems))


def read_scan(root: Root, limit: int, known_names: Mapping[str, int]) -> Callable[[str], Scanned]:
    """The job that reads scans of this archive."""
    return _ScanReader(root, limit, known_names)


def _unread(path: str, problem: Problem) -> Scanned:
    return Scanned(path, "", "", None, (problem,))


def _reason(failure: Exception) -> str:
    return (failure.strerror or "") if isinstance(failure, OSError) else "outside"
