"""What need not be done again: `.jianbao/cache.sqlite`, safe to delete at any time.

Its tables: the metadata of every article file by its stat mark (and what shelves.py makes of it), the digest of every
folder of them, the record of every scan by the marks of both, the key and mark of every output, and what has changed
since the site was published (`edited`: articles as they were then).
All are void when the code that made them has changed. Damage of any kind empties the cache, never stops a build.
"""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from types import TracebackType
from typing import NamedTuple

from jianbao.building import shelves
from jianbao.building.packing import DAMAGES, pack, unpack
from jianbao.model import Article

# Only the first change since the site was published; "" where there was no such file. A file read again that is as it
# was is no change.
_EDITED = """
insert or ignore into edited select ?1, coalesce((select record from article where path = ?1), '')
where not exists (select 1 from article where path = ?1 and digest = ?2)
"""

_SCHEMA = """
create table meta (name text primary key, value text not null) without rowid;
create table article (path text primary key, mark text not null, digest text not null,
    record text not null) without rowid;
create index article_again on article (path) where mark = '';
create table folder (path text primary key, digest text not null) without rowid;
create table scan (path text primary key, mark text not null, digest text not null,
    issue text not null) without rowid;
create table edited (path text primary key, record text not null) without rowid;
create table output (path text primary key, key text not null, mark text not null, room text not null)
    without rowid;
create index output_room on output (room);
"""


class Known(NamedTuple):
    """What the last reading of an article file gave. `mark` is "" where it is to be read again every time; `article` is
    the last good one, None if there never was one; `packed` is the same as `pack` gives it, where that is at hand."""

    mark: str
    digest: str
    article: Article | None
    packed: str = ""


@dataclass(frozen=True, slots=True)
class KnownScan:
    """A scan whose record says that it is imported as it stands. `mark`: of both files; `head`: what the record
    begins with (the scan's digest, the issue it belongs to)."""

    mark: str
    head: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Output:
    """One file of the site as it was last written; `room`: see site/scope.py."""

    key: str
    mark: str
    room: str = ""


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
            tables = [name for (name,) in database.execute("select name from sqlite_master where type = 'table'")]
            if "meta" not in tables or self._value(database, "version") != version:
                self.fresh = True
                # The tables themselves go, too: other code may have made them otherwise.
                drops = "".join(f'drop table "{name}";' for name in tables)
                database.executescript(f"begin; {drops} {_SCHEMA}")
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

    def articles(self, paths: Iterable[str] | None = None) -> dict[str, Known]:
        """What is known of the article files, or of these, by path. A row that cannot be read is left out."""
        query = "select path, mark, digest, record from article"
        some = [(query, ())] if paths is None else [(f"{query} where path = ?", (path,)) for path in paths]
        known: dict[str, Known] = {}
        for path, mark, digest, record in chain.from_iterable(self._database.execute(*one) for one in some):
            with suppress(*DAMAGES):
                known[path] = Known(mark, digest, unpack(record) if record else None)
        return known

    def folders(self) -> dict[str, str]:
        """The digest of every folder of articles as it was when its files were read."""
        return dict(self._database.execute("select path, digest from folder"))

    def marks(self, folder: str) -> dict[str, str]:
        """The mark of every article file that is known in a folder, by path."""
        within = (f"{folder}/", f"{folder}0")  # 0 comes after /
        rows = self._database.execute("select path, mark from article where path > ? and path < ?", within)
        return {path: mark for path, mark in rows if path.rpartition("/")[0] == folder}

    def without_mark(self) -> list[str]:
        """The article files that are to be read again, changed or not."""
        return [path for (path,) in self._database.execute("select path from article where mark = ''")]

    @property
    def shelved(self) -> bool:
        """Whether the articles stand on shelves: a build from nothing, which looks at all of them, sets up none."""
        query = "select 1 from sqlite_master where name = 'entry'"
        return self._database.execute(query).fetchone() is not None

    def shelves(self) -> shelves.Shelves:
        """What is known of the articles, to be asked; DamagedError where some of it cannot be read."""
        if not self.shelved:
            known = self.articles()
            if (len(known),) != self._database.execute("select count(*) from article").fetchone():
                raise shelves.DamagedError("article")
            articles = [one.article for one in known.values() if one.article]
            tables, indexes = ([(each, [()]) for each in some] for some in (shelves.TABLES, shelves.INDEXES))
            self._write(*tables, *shelves.entering(articles), *indexes)
        return shelves.Shelves(self._database, self._path)

    def keep_articles(
        self, known: Sequence[tuple[str, Known]], gone: Sequence[str], folders: Mapping[str, str] | None = None
    ) -> None:
        """Keep what was read anew and forget the files that are gone; how articles were when the site was published
        is kept until it is published again. `folders`: the digest of each folder that changed, "" for one that is
        gone."""
        changed = [*(path for path, _ in known), *gone]
        articles = [one.article for _, one in known if one.article]
        shelving = (*shelves.removing(changed), *shelves.entering(articles)) if self.shelved else ()
        edited = [*((path, one.digest) for path, one in known), *((path, "") for path in gone)]
        self._write(
            (_EDITED, edited if self.site("published") else ()),  # where no site is known, nothing is edited since
            (
                "insert or replace into article values (?, ?, ?, ?)",
                ((path, one.mark, one.digest, _record(one)) for path, one in known),
            ),
            ("delete from article where path = ?", ((path,) for path in gone)),
            *shelving,
            ("insert or replace into folder values (?, ?)", (folders or {}).items()),
            ("delete from folder where digest = ''", [()]),
        )

    def edited(self) -> dict[str, Article | None] | None:
        """The articles of changed files as they were when the site was published, None where there was none; None for
        all where it cannot be told."""
        rows = self._database.execute("select path, record from edited")
        try:
            return {path: unpack(record) if record else None for path, record in rows}
        except DAMAGES:
            return None

    def scans(self) -> dict[str, KnownScan]:
        """The scans that were found imported, by path."""
        rows = self._database.execute("select path, mark, digest, issue from scan")
        return {path: KnownScan(mark, (digest, issue)) for path, mark, digest, issue in rows}

    def keep_scans(self, known: Iterable[tuple[str, KnownScan]], gone: Iterable[str]) -> None:
        """Keep which scans are imported and forget those that are gone or changed."""
        self._write(
            ("insert or replace into scan values (?, ?, ?, ?)", ((path, one.mark, *one.head) for path, one in known)),
            ("delete from scan where path = ?", ((path,) for path in gone)),
        )

    def outputs(self, rooms: Iterable[str] | None = None) -> dict[str, Output]:
        """The outputs of the last build by path; only those in these rooms, if any are given."""
        query = "select path, key, mark, room from output"
        some = [(query, ())] if rooms is None else [(query + " where room = ?", (one,)) for one in rooms]
        rows = chain.from_iterable(self._database.execute(*one) for one in some)
        return {path: Output(key, mark, room) for path, key, mark, room in rows}

    def keep_outputs(
        self, outputs: Iterable[tuple[str, Output]], gone: Iterable[str], state: Mapping[str, str] | None = None
    ) -> None:
        """Keep what was written and forget what was removed. `state`: what the published site as a whole was made of;
        with it, nothing is edited any more."""
        notes = [(f"site {name}", value) for name, value in (state or {}).items()]
        self._write(
            ("delete from meta where name like 'site %'", [()]),
            ("insert into meta values (?, ?)", notes),
            ("delete from edited", [()] if state else []),
            (
                "insert or replace into output values (?, ?, ?, ?)",
                ((path, one.key, one.mark, one.room) for path, one in outputs),
            ),
            ("delete from output where path = ?", ((path,) for path in gone)),
        )

    def site(self, name: str) -> str:
        """A value of the `state` that was kept with the last outputs; "" where there was none."""
        return self._value(self._database, f"site {name}") or ""

    def _write(self, *statements: tuple[str, Iterable[tuple[str | int, ...]]]) -> None:
        """Run each statement for each of its rows, all or nothing."""
        self._database.execute("begin")
        try:
            for statement, rows in statements:
                self._database.executemany(statement, rows)
            self._database.execute("commit")
        except BaseException:
            if self._database.in_transaction:  # SQLite itself gives up where the disk is full
                self._database.execute("rollback")
            raise


def as_oserror(failure: sqlite3.Error, path: str) -> OSError:
    """SQLite says in its own words that the disk is full or the file too large."""
    full = "full" in str(failure) or "I/O" in str(failure)
    return OSError(errno.ENOSPC if full else errno.EIO, str(failure), path)


def _record(known: Known) -> str:
    """What a row keeps of a file besides its marks: "" where there is no article."""
    return known.packed or (pack(known.article) if known.article else "")
