"""What stands on disk about one article: its file, the scan lines it was cut from, what the machine read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from jianbao.articles.document import Document, read_document
from jianbao.articles.find import find
from jianbao.articles.merge import Conflict
from jianbao.articles.record import Reading
from jianbao.articles.records import read_record, record_path
from jianbao.articles.standing import still_open
from jianbao.building.bodies import Bodies
from jianbao.digests import digest_of
from jianbao.encoding import decode_article
from jianbao.folder.store import UNREADABLE, Root
from jianbao.problems import Problem, Severity
from jianbao.sources import Source, lines_of, read_source

_AROUND = 4  # lines of the scan shown before and after an article's own
_MOST_LINES = 3000
_MENDABLE = frozenset({"title-missing", "link", "brackets"})
_LARGEST = 5_000_000  # bytes of an article that a form can hold


@dataclass(frozen=True, slots=True)
class Opened:
    """An article's file as it stands. `document` is None where its faults leave nothing to show in fields;
    `text` is None where it is no readable text."""

    path: str
    data: bytes
    text: str | None
    document: Document | None
    problems: tuple[Problem, ...]

    @property
    def digest(self) -> str:
        """The hash of its bytes."""
        return digest_of(self.data)

    @property
    def has_fields(self) -> bool:
        """Whether its fields can be shown and mended one by one."""
        return self.document is not None and all(
            one.code in _MENDABLE for one in self.problems if one.severity is Severity.ERROR
        )


@dataclass(frozen=True, slots=True)
class ScanLine:
    """One line of a scan; `own` where it belongs to the article, `gap` where lines before it are left out."""

    number: int
    text: str
    own: bool
    gap: bool


@dataclass(frozen=True, slots=True)
class ScanPart:
    """The lines of one scan; none where it is gone."""

    path: str
    lines: tuple[ScanLine, ...]


def opened(path: str, data: bytes) -> Opened:
    """What these bytes are as an article's file."""
    document, problems = read_document(data, path)
    return Opened(path, data, decode_article(data, path)[0], document, tuple(problems))


def read(root: Root, id_: str) -> Opened | None:
    """The file of an article; None where there is none."""
    try:
        path = find(root, id_)
    except UNREADABLE:
        return None
    return read_path(root, path) if path else None


def read_path(root: Root, path: str) -> Opened | None:
    """An article's file; None where it cannot be read."""
    try:
        return opened(path, root.read(path, _LARGEST))
    except UNREADABLE:
        return None


def scan_parts(root: Root, sources: tuple[str, ...]) -> list[ScanPart]:
    """The scan lines that an article names, a few more around them."""
    ranges: dict[str, list[tuple[int, int]]] = {}
    for text in sources:
        source = read_source(text)
        if source and source.path.startswith("scans/"):
            ranges.setdefault(source.path, []).extend(_clear(source))
    bodies = Bodies(root)
    return [ScanPart(path, tuple(_lines(bodies.scan_text(path), own))) for path, own in ranges.items()]


def _clear(source: Source) -> list[tuple[int, int]]:
    return [(first, min(last, first + _MOST_LINES)) for first, last in source.ranges if 0 < first <= last]


def _lines(text: str, own: list[tuple[int, int]]) -> Iterator[ScanLine]:
    rows = lines_of(text)
    mine = {number for first, last in own for number in range(first, last + 1)}
    around = range(-_AROUND, _AROUND + 1)
    shown = {number + near for number in mine for near in around} if mine else set(range(1, _MOST_LINES))
    last = 0
    for number in sorted(shown.intersection(range(1, len(rows) + 1)))[:_MOST_LINES]:
        yield ScanLine(number, rows[number - 1], number in mine, number != last + 1)
        last = number


def reading(root: Root, document: Document) -> Reading | None:
    """What the machine last read of this article, by the record beside its scan."""
    for source in document.article.source:
        where = read_source(source)
        if where is None or not where.path.startswith("scans/"):
            continue
        try:
            record = read_record(root, record_path(where.path))
        except UNREADABLE:
            continue
        for one in record.articles if record else ():
            if one.id == document.article.id:
                return one
    return None


def conflicts(document: Document, machine: Reading | None, blocks: tuple[str, ...]) -> list[Conflict]:
    """Where the machine's reading and the editor's text differ still."""
    fields = dict(document.fields)
    return [one for one in machine.conflicts if still_open(one, fields, blocks)] if machine else []
