"""The articles of an archive in a database, so that what is counted need not be read: `entry`, one row for each
article in the order of printing, and `link`, which articles belong to a person, section, tag, scan or doubted field.

The rows are made of nothing but the article itself, in one place, and kept beside the article's record in the cache.
"""

from __future__ import annotations

import os
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final, Literal

from jianbao.archive import folded
from jianbao.building.packing import DAMAGES, unpack
from jianbao.groups import has_issue, month_of, people_of, scans_of, section_of, tags_of
from jianbao.model import Article
from jianbao.order import in_print_order, padded

Kind = Literal["person", "section", "tag", "scan", "doubt"]
Row = tuple[Any, ...]  # as SQLite gives it

TABLES: Final = (
    "create table entry (place text primary key, path text not null, id text not null, folded text not null, "
    "digest text not null, day text not null, page text not null, label text not null, month text not null, "
    "date text not null, year integer not null, length integer not null, waiting integer not null) without rowid",
    "create table link (kind text, name text, place text, path text not null, works integer not null, "
    "primary key (kind, name, place)) without rowid",
)
# Made once the articles are there, which is quicker.
INDEXES: Final = (
    "create index entry_path on entry (path)",
    "create index entry_folded on entry (folded, id, path)",
    "create index entry_day on entry (day, page, label)",
    "create index entry_month on entry (month, digest)",
    "create index entry_year on entry (year, length, waiting)",
    "create index link_place on link (place)",
)
Statement = tuple[str, list[Row]]  # to be run for each of its rows
_MANY: Final = 500  # rows asked for at a time


def entering(articles: Iterable[Article]) -> tuple[Statement, Statement]:
    """What puts articles on the shelves. Two of one id stand side by side."""
    entries: list[Row] = []
    links: list[Row] = []
    for article in articles:
        place = f"{in_print_order(article)}\x01{article.path}"
        entries.append(_entry(article, place))
        links += [(*link, place, article.path, works) for *link, works in _links(article)]
    return (
        ("insert into entry values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", entries),
        ("insert into link values (?, ?, ?, ?, ?)", links),
    )


def removing(files: Iterable[str]) -> tuple[Statement, Statement]:
    """What takes the articles of these files away."""
    rows: list[Row] = [(path,) for path in files]
    return (
        ("delete from link where place in (select place from entry where path = ?)", rows),
        ("delete from entry where path = ?", rows),
    )


def _entry(article: Article, place: str) -> Row:
    date = article.date
    return (
        place,
        article.path,
        article.id,
        folded(article.id),
        article.digest,
        date.iso if date and has_issue(article) else "",
        padded(article.page),
        article.page,
        month_of(article),
        date.iso if date else "",
        date.year if date else 0,
        article.length,
        bool(article.review),
    )


def _links(article: Article) -> Iterator[tuple[Kind, str, int]]:
    """(kind, name, how many works) of all that an article belongs to."""
    for name, count in Counter(people_of(article)).items():
        yield "person", name, count
    if article.section:
        yield "section", section_of(article), 1
    for tag in tags_of(article):
        yield "tag", tag, 1
    for scan in scans_of(article):
        yield "scan", scan, 1
    for field, count in Counter(article.review).items():
        yield "doubt", field, count


class DamagedError(sqlite3.DatabaseError):
    """A row that cannot be read."""


class Shelves:
    """Questions to these tables. A fork asks over a connection of its own."""

    def __init__(self, database: sqlite3.Connection, path: Path) -> None:
        self._database, self._path, self._process = database, path, os.getpid()
        self._read: dict[str, Article] = {}

    def rows(self, question: str, *values: str | int) -> list[Row]:
        """The answer to a question in SQL."""
        if self._process != os.getpid():
            address = f"{self._path.absolute().as_uri()}?mode=ro"
            self._database, self._process = sqlite3.connect(address, uri=True), os.getpid()
        return self._database.execute(question, values).fetchall()

    def column(self, question: str, *values: str | int) -> list[str]:
        """The first column of an answer."""
        return [row[0] for row in self.rows(question, *values)]

    def articles(self, paths: Sequence[str]) -> tuple[Article, ...]:
        """The articles of these files, each read once."""
        read = self._read
        missing = [path for path in paths if path not in read]
        for start in range(0, len(missing), _MANY):
            some = missing[start : start + _MANY]
            marks = ",".join("?" * len(some))
            self._keep(self.rows(f"select path, record from article where path in ({marks})", *some))  # noqa: S608
        return self._known(paths)

    def part(self, rows: str, values: Sequence[str | int], length: int, start: int, stop: int) -> tuple[Article, ...]:
        """Some of the articles on these rows (what follows `from` in SQL), of `length` altogether; from the nearer end
        they are found sooner."""
        order, offset = ("desc", length - stop) if start > length - stop else ("asc", start)
        found = self.rows(
            f"select path, record from (select path, place from {rows} order by place {order} limit ? offset ?) "  # noqa: S608
            "join article using (path) order by place",
            *(*values, stop - start, offset),
        )
        self._keep(found)
        return self._known([path for path, _ in found])

    def everything(self) -> tuple[Article, ...]:
        """All articles in order."""
        self._keep(self.rows("select path, record from article"))
        return self.articles(self.column("select path from entry order by place"))

    def counts(self, kind: Kind) -> list[Row]:
        """(name, articles, works) of everything of a kind, by name."""
        return self.rows("select name, count(*), sum(works) from link where kind = ? group by name", kind)

    def _known(self, paths: Iterable[str]) -> tuple[Article, ...]:
        try:
            return tuple([self._read[path] for path in paths])
        except KeyError as failure:
            raise DamagedError(str(failure)) from failure

    def _keep(self, rows: Iterable[Row]) -> None:
        read = self._read
        for path, record in rows:
            try:
                if record and path not in read:
                    read[path] = unpack(record)
            except DAMAGES as failure:
                raise DamagedError(path) from failure
