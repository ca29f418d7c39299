"""scans/ → articles/: what is new is read, what was read before is merged; nothing a person did is lost.

Killed at any moment it loses nothing: articles are written first, then the records that they were; what an
interrupted import wrote is known again by its text, so the next one ends what it began.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Final

from jianbao.articles.faults import fault
from jianbao.articles.issue_files import Shelf
from jianbao.articles.known_names import names_of
from jianbao.articles.merge import Conflict
from jianbao.articles.minting import Mint, path_of, prefix_of
from jianbao.articles.plan import PagePart, Plan, plan_issue
from jianbao.articles.record import Reading, Record, readings
from jianbao.articles.records import Records, record_path
from jianbao.articles.redirects import remember
from jianbao.articles.scanning import Scanned, read_scan
from jianbao.config import Config
from jianbao.digests import digest_of
from jianbao.folder.sight import look
from jianbao.folder.store import UNREADABLE, Root
from jianbao.model import ReadPage
from jianbao.problems import Problem
from jianbao.reading.furniture.scan_path import place_of
from jianbao.reading.phrases.continued import join_continued

MapLike = Callable[[Callable[[str], Scanned], Sequence[str]], Iterable[Scanned]]
Names = Mapping[str, int]
_BATCH: Final = 200  # issues between two waits for the disk
_FEW: Final = 100  # files that are waited for one by one; for more the whole disk is


@dataclass(slots=True)
class ImportReport:
    """What an import did: `written` and `removed` are articles' paths, `conflicts` (id, what both changed),
    `moved` id → the id of the article that took it up, `heads` what the records of unchanged scans begin with."""

    written: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    unchanged: int = 0
    conflicts: tuple[tuple[str, Conflict], ...] = ()
    moved: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    heads: Mapping[str, tuple[str, str]] = field(default_factory=dict)


def import_scans(
    root: Root,
    config: Config,
    pages: Sequence[str] | None = None,
    *,
    again: bool = False,
    run: MapLike | None = None,
    known_names: Names | Callable[[], Names] | None = None,
    heads: Mapping[str, tuple[str, str]] | None = None,
) -> ImportReport:
    """Import new and changed scans (`again`: all) below scans/, or only `pages` of them, whole issues at a
    time. `run` maps a picklable function over paths, in order, wherever it likes; `known_names` are the names
    signed in the archive, read from its articles where they are not given and something is to be read; `heads` are
    the `heads` of an earlier report for scans untouched since: they are not opened."""
    return _Import(root, config, pages, again, run or map, known_names, heads or {}).do()


@dataclass(slots=True)
class _Page:
    """A scan and what was known of it: `head` (hash, issue) of its record."""

    path: str
    head: tuple[str, str] | None
    scanned: Scanned | None = None


class _Import:
    def __init__(
        self,
        root: Root,
        config: Config,
        pages: Sequence[str] | None,
        again: bool,
        run: MapLike,
        known_names: Names | Callable[[], Names] | None,
        heads: Mapping[str, tuple[str, str]],
    ) -> None:
        self.heads = heads
        self.root, self.config, self.again, self.run, self.known_names = root, config, again, run, known_names
        self.only = None if pages is None else {_relative(root, page) for page in pages}
        self.report = ImportReport()
        self.problems: list[Problem] = []
        self.written: list[str] = []
        self.removed: list[str] = []
        self.conflicts: list[tuple[str, Conflict]] = []
        self.moved: dict[str, str] = {}
        self.mint = Mint()
        self.records = Records(root)

    def do(self) -> ImportReport:
        sight = look(self.root, "scans")
        pages = {
            file.path: _Page(file.path, self.heads.get(file.path) or self.records.head(file.path))
            for file in sight.files
            if file.path.endswith(".txt")
        }
        self.problems += sight.strays
        changed = [path for path, page in pages.items() if self._is_changed(page)]
        if changed:
            issues = self._issues(pages, changed)
            self.shelf = Shelf(self.root, self.config.limits.article)
            if not all(page.head for page in pages.values()):
                self.records.look_for_renamed(pages)
            done: list[tuple[Plan, dict[str, Record]]] = []
            unread = {page.head[1] for page in pages.values() if page.head and page.scanned and not page.scanned.page}
            for key, members in issues.items():
                if key in unread:  # an article may go on there; what is wrong with the scan has been told
                    continue
                if (planned := self._plan(key, members)) is not None:
                    done.append(planned)
                if len(done) == _BATCH:
                    self._write(done)
                    done = []
            self._write(done)
        self.report.unchanged = len(pages) - len(changed)
        touched = frozenset(changed)
        self.report.heads = {path: page.head for path, page in pages.items() if page.head and path not in touched}
        self.report.written, self.report.removed = tuple(self.written), tuple(self.removed)
        self.report.conflicts, self.report.moved = tuple(self.conflicts), self.moved
        self.report.problems = tuple(self.problems)
        return self.report

    def _is_changed(self, page: _Page) -> bool:
        if self.only is not None:
            return page.path in self.only
        if self.again or page.head is None:
            return True
        if page.path in self.heads:
            return False
        try:
            data = self.root.read(page.path, self.config.limits.scan)
        except UNREADABLE:
            return True  # reading it will tell why
        return digest_of(data) != page.head[0]

    def _issues(self, pages: dict[str, _Page], changed: Sequence[str]) -> dict[str, list[_Page]]:
        """The pages of every issue that a changed page belongs or belonged to, all of them read."""
        self._read([pages[path] for path in changed])
        self._pass_over_doubles(pages, changed)
        wanted = {key for path in changed for key in self._keys(pages[path])}
        others = [page for page in pages.values() if page.scanned is None and page.head and page.head[1] in wanted]
        self._read(others)
        issues: defaultdict[str, list[_Page]] = defaultdict(list)
        for page in pages.values():
            if page.scanned is not None:
                issues[_issue_of(page)].append(page)
        return dict(sorted(issues.items()))

    def _pass_over_doubles(self, pages: Mapping[str, _Page], changed: Iterable[str]) -> None:
        """Tell of new scans that are another one of the same page once more, and leave them out: each article would be
        there twice."""
        owners = {_sameness(page): path for path, page in pages.items() if page.head}
        for page in (pages[path] for path in changed):
            if page.head or page.scanned is None or page.scanned.page is None:
                continue
            other = owners.setdefault(_sameness(page), page.path)
            if other != page.path:
                self.problems.append(fault(page.path, 1, 1, "scan-twice", other))
                page.scanned = None

    def _keys(self, page: _Page) -> Iterator[str]:
        yield _issue_of(page)
        if page.head:
            yield page.head[1]

    def _read(self, pages: Sequence[_Page]) -> None:
        if not pages:
            return
        if self.known_names is None:
            self.known_names = names_of(self.root)
        elif not isinstance(self.known_names, Mapping):
            self.known_names = self.known_names()
        job = read_scan(self.root, self.config.limits.scan, dict(self.known_names))
        for page, scanned in zip(pages, self.run(job, [page.path for page in pages]), strict=True):
            page.scanned = scanned
            self.problems += scanned.problems

    def _plan(self, key: str, members: list[_Page]) -> tuple[Plan, dict[str, Record]] | None:
        readable = [page for page in members if page.scanned and page.scanned.page is not None]
        if not readable:
            return None
        whole = [page.scanned.page for page in readable if page.scanned and page.scanned.page]
        kept = {page.path: self.records.of(page.path, page.scanned.digest) for page in readable if page.scanned}
        if damaged := [path for path, record in kept.items() if record is None]:
            self.problems += [fault(record_path(path), 1, 1, "record-damaged") for path in damaged]
            return None
        old = {path: record for path, record in kept.items() if record is not None}
        joined = join_continued(whole) if len(whole) > 1 else tuple(whole)
        parts = [
            PagePart(page.path, page.head is None or page.scanned.digest != page.head[0], before.articles, new)
            for page, read in zip(readable, joined, strict=True)
            if page.scanned and (before := old[page.path])
            for new in [readings(read, page.scanned.text)]
        ]
        prefixes = [prefix_of(read.date, read.page, read.source) for read in joined]
        ids = {one.id for part in parts for one in part.base} | {
            one for record in old.values() for one in record.retired
        }
        files, problems = self.shelf.pick(ids, prefixes)
        self.problems += problems
        if files is None:
            return None
        for one in [*ids, *(file.id for file in files), *self.shelf.stems(prefixes)]:
            self.mint.know(one)
        plan = plan_issue(parts, files, lambda number: self.mint.next(prefixes[number]), path_of)
        waiting = bool(plan.waiting)
        records = {
            page.path: self._new_record(key, page, plan.records[page.path], old[page.path], waiting)
            for page in readable
        }
        return plan, records

    def _new_record(self, key: str, page: _Page, articles: tuple[Reading, ...], old: Record, waiting: bool) -> Record:
        """`waiting`: some of it was not read, so the scan is to be read once more next time."""
        assert page.scanned and page.scanned.page
        now = {one.id for one in articles}
        gone = {one.id for one in old.articles if one.id not in now} | (set(old.retired) - now)
        digest = old.scan if waiting and page.head else page.scanned.digest
        return Record(digest, key, articles, tuple(sorted(gone)), _about(page.scanned.page), page.path)

    def _write(self, done: Sequence[tuple[Plan, dict[str, Record]]]) -> None:
        """Articles first, then (all of them on the disk) the records that they were written."""
        moved: dict[str, str] = {}
        few = sum(len(plan.writes) for plan, _ in done) <= _FEW
        for plan, _ in done:
            self.conflicts += plan.conflicts
            moved |= plan.moved
            self.problems += [fault(path, 1, 1, "stubborn") for path in plan.stubborn]
            self.problems += [fault(path, 1, 1, "waits", scan) for path, scan in plan.waiting]
            for path, data in plan.writes.items():
                if data is not None and self.root.write(path, data, durable=few):
                    self.written.append(path)
        if moved:
            remember(self.root, "article", moved)
            self.moved |= moved
        for plan, _ in done:
            for path in (path for path, data in plan.writes.items() if data is None):
                self.root.remove(path)
                self.removed.append(path)
            self.problems += [fault(path, 1, 1, "gone") for path in plan.gone]
        if not few and hasattr(os, "sync"):
            os.sync()
        for _, records in done:
            for scan, record in records.items():
                self.records.write(scan, record)


def _issue_of(page: _Page) -> str:
    read = page.scanned.page if page.scanned else None
    if read and read.date and read.date.is_day and not read.date.estimated:
        return read.date.iso
    return page.path


def _sameness(page: _Page) -> tuple[str, str, str]:
    """What two scans of the same page have in common: text, issue and the page's label in their paths."""
    if page.scanned:
        digest, issue = page.scanned.digest, _issue_of(page)
    else:
        digest, issue = page.head or ("", "")
    return digest, issue, place_of(page.path).page


def _about(page: ReadPage) -> dict[str, object]:
    """The rest of the reading, for the curious: nothing here is merged."""
    return {
        "date": str(page.date) if page.date else None,
        "page": page.page,
        "section": page.section,
        "furniture": [line.text.strip() for line in page.furniture],
        "unassigned": [line.text.strip() for line in page.unassigned],
    }


def _relative(root: Root, page: str) -> str:
    """A page as given on the command line, as a path of the archive."""
    path = PurePosixPath(page.replace(os.sep, "/"))
    folder = PurePosixPath(root.folder.as_posix())
    return path.relative_to(folder).as_posix() if path.is_relative_to(folder) else path.as_posix()
