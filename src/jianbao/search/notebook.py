"""The file that the search remembers in: its tables, and notes by name."""

from __future__ import annotations

import secrets
import sqlite3
from pathlib import Path

_TABLES = """
CREATE TABLE IF NOT EXISTS notes (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS articles (
  id TEXT PRIMARY KEY, day TEXT, source TEXT, digest TEXT, grams INTEGER, section TEXT, people TEXT);
CREATE INDEX IF NOT EXISTS articles_order ON articles (day, id, grams);
CREATE TABLE IF NOT EXISTS texts (id TEXT PRIMARY KEY, fragment BLOB, words BLOB);
CREATE TABLE IF NOT EXISTS before (id TEXT PRIMARY KEY, fragment BLOB, words BLOB);
CREATE TABLE IF NOT EXISTS files (path TEXT PRIMARY KEY, digest TEXT);
CREATE TABLE IF NOT EXISTS blobs (path TEXT PRIMARY KEY, data BLOB);
CREATE TABLE IF NOT EXISTS keywords (word TEXT, id TEXT, weight INTEGER, PRIMARY KEY (word, id)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS keywords_of ON keywords (id);
CREATE TABLE IF NOT EXISTS related (id TEXT PRIMARY KEY, others TEXT) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS unranked (id TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS unpublished (kind TEXT, name TEXT, PRIMARY KEY (kind, name)) WITHOUT ROWID;
"""


class Notebook:
    """The open file; `fresh`: nothing is remembered."""

    def __init__(self, path: Path, version: str) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.db = _open(path)
        self.fresh = self.note("version") != version  # nothing is remembered
        if self.fresh:
            for (table,) in self.db.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
                self.db.execute(f'DROP TABLE "{table}"')
            self.db.executescript(_TABLES)
            self.set_note("version", version)
            self.set_note("born", secrets.token_hex(8))
            self.db.commit()

    def close(self) -> None:
        """Release the file."""
        self.db.close()

    def commit(self) -> None:
        """Make everything since the last commit lasting, all or nothing."""
        self.db.commit()

    def note(self, name: str) -> str | None:
        """A remembered value."""
        row = self.db.execute("SELECT value FROM notes WHERE name = ?", (name,)).fetchone()
        return row[0] if row else None

    def set_note(self, name: str, value: str) -> None:
        """Remember a value."""
        self.db.execute("REPLACE INTO notes VALUES (?, ?)", (name, value))


def _open(path: Path) -> sqlite3.Connection:
    """The database; a damaged file is removed, since all of it can be made again."""
    for last in (False, True):
        db = sqlite3.connect(path)
        try:
            db.execute("PRAGMA journal_mode = WAL")
            db.execute("PRAGMA synchronous = NORMAL")
            db.executescript(_TABLES)
        except sqlite3.DatabaseError:
            db.close()
            if last:
                raise
            for suffix in ("", "-wal", "-shm"):
                path.with_name(path.name + suffix).unlink(missing_ok=True)
        else:
            return db
    raise AssertionError
