"""What need not be done again: `.jianbao/cache.sqlite`, safe to delete at any time.

Three tables: the metadata of every article file by its stat mark, the record of every scan by the marks of both,
and the key and mark of every output. All are void when the code that made them has changed. Damage of any kind
empties the cache, never stops a build.
"""

from __future__ import annotations

import errno
import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

from jianbao.model import Article, Byline, Kind, PaperDate

Packed = list[Any]  # an article as plain lists, in the order of its fields

_SCHEMA = """
create table if not exists meta (name text primary key, value text not null) without rowid;
create table if not exists article (path text primary key, mark text not null, digest text not null,
    record text not null) without rowid;
create table if not exists scan (path text primary key, mark text not null, digest text not null,
    issue text not null) without rowid;
create table if not exists output (path text primary key, key text not null, mark text not null) without rowid;
"""


@dataclass(frozen=True, slots=True)
class Known:
    """What the last reading of an article file gave. `article` is the last good one, None if there never was
    one; `faulty` says that the file as it stands (`digest`) has faults, so it is read again every time."""

    mark: str
    digest: str
    article: Article | None
    faulty: bool = False


@dataclass(frozen=True, slots=True)
class KnownScan:
    """A scan whose record says that it is imported as it stands. `mark`: of both files; `head`: what the record
    begins with (the scan's digest, the issue it belongs to)."""

    mark: str
    head: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Output:
    """One file of the site as it was last written."""

    key: str
    mark: str


class Cache:
    """The open cache of one archive folder; use it with `with`."""

    def __init__(self, path: Path, version: str) -> None:
        self._path = path
        self.fresh = False  # whether there was nothing in it, or nothing that still holds
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            self._database = self._open(version)
        except sqlite3.DatabaseError:
            path.unlink(missing_ok=True)
            self._database = self._open(version)

    def _open(self, version: str) -> sqlite3.Connection:
        database = sqlite3.connect(self._path, isolation_level=None)
        try:
            database.execute("pragma journal_mode = wal")
            database.execute("pragma synchronous = normal")
            database.executescript(_SCHEMA)
            if self._value(database, "version") != version:
                self.fresh = True
                database.execute("begin")
                for table in ("meta", "article", "scan", "output"):
                    database.execute(f"delete from {table}")  # noqa: S608 (names from the line above)
                database.execute("insert into meta values ('version', ?)", (version,))
                database.execute("commit")
        except BaseException:
            database.close()
            raise
        return database

    def __enter__(self) -> Cache:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._database.close()

    @staticmethod
    def _value(database: sqlite3.Connection, name: str) -> str | None:
        row = database.execute("select value from meta where name = ?", (name,)).fetchone()
        return None if row is None else str(row[0])

    def articles(self) -> dict[str, Known]:
        """Everything known of the article files, by path. A row that cannot be read is left out."""
        known: dict[str, Known] = {}
        for path, mark, digest, record in self._database.execute("select path, mark, digest, record from article"):
            try:
                values = json.loads(record)
                article = unpack(values["article"]) if values["article"] else None
                known[path] = Known(mark, digest, article, bool(values["faulty"]))
            except (ValueError, TypeError, KeyError, IndexError):
                continue
        return known

    def keep_articles(self, known: Iterable[tuple[str, Known]], gone: Iterable[str]) -> None:
        """Keep what was read anew and forget the files that are gone."""
        self._write(
            "insert or replace into article values (?, ?, ?, ?)",
            (
                (path, one.mark, one.digest, _json({"article": pack(one.article), "faulty": one.faulty}))
                for path, one in known
            ),
            "delete from article where path = ?",
            gone,
        )

    def scans(self) -> dict[str, KnownScan]:
        """The scans that were found imported, by path."""
        rows = self._database.execute("select path, mark, digest, issue from scan")
        return {path: KnownScan(mark, (digest, issue)) for path, mark, digest, issue in rows}

    def keep_scans(self, known: Iterable[tuple[str, KnownScan]], gone: Iterable[str]) -> None:
        """Keep which scans are imported and forget those that are gone or changed."""
        self._write(
            "insert or replace into scan values (?, ?, ?, ?)",
            ((path, one.mark, *one.head) for path, one in known),
            "delete from scan where path = ?",
            gone,
        )

    def outputs(self) -> dict[str, Output]:
        """The outputs of the last build, by path."""
        rows = self._database.execute("select path, key, mark from output")
        return {path: Output(key, mark) for path, key, mark in rows}

    def keep_outputs(self, outputs: Iterable[tuple[str, Output]], gone: Iterable[str]) -> None:
        """Keep what was written and forget what was removed."""
        self._write(
            "insert or replace into output values (?, ?, ?)",
            ((path, output.key, output.mark) for path, output in outputs),
            "delete from output where path = ?",
            gone,
        )

    def _write(self, insert: str, rows: Iterator[tuple[str, ...]], delete: str, gone: Iterable[str]) -> None:
        self._database.execute("begin")
        try:
            self._database.executemany(insert, rows)
            self._database.executemany(delete, ((path,) for path in gone))
            self._database.execute("commit")
        except BaseException:
            self._database.execute("rollback")
            raise


def as_oserror(failure: sqlite3.Error, path: str) -> OSError:
    """SQLite says in its own words that the disk is full or the file too large."""
    full = "full" in str(failure) or "I/O" in str(failure)
    return OSError(errno.ENOSPC if full else errno.EIO, str(failure), path)


def pack(article: Article | None) -> Packed | None:
    """An article as plain lists, in the order of its fields."""
    if article is None:
        return None
    date = article.date
    return [
        article.id,
        article.title,
        article.path,
        article.digest,
        [date.year, date.month, date.day, date.estimated] if date else None,
        article.kicker,
        article.subtitle,
        [[byline.role, byline.name] for byline in article.bylines],
        article.section,
        article.page,
        article.column,
        article.kind.value,
        article.captions,
        article.tags,
        article.source,
        article.review,
        article.lead,
        article.length,
    ]


def unpack(values: Packed) -> Article:
    """The reverse of `pack`; ValueError, TypeError or IndexError for anything else."""
    (id_, title, path, digest, date, kicker, subtitle, bylines, section, page, column, kind, *rest) = values
    captions, tags, source, review, lead, length = rest
    return Article(
        id_,
        title,
        path,
        digest,
        PaperDate(*date) if date else None,
        kicker,
        subtitle,
        tuple([Byline(role, name) for role, name in bylines]),
        section,
        page,
        column,
        Kind(kind),
        tuple(captions),
        tuple(tags),
        tuple(source),
        tuple(review),
        lead,
        length,
    )


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
