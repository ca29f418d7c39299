"""The search's memory between builds: one SQLite file, changed in one transaction. Safe to delete."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import chain
from typing import Any

from jianbao.search.notebook import Notebook
from jianbao.search.prepared import Prepared

_UNPUBLISHED = "INSERT OR IGNORE INTO unpublished VALUES (?, ?)"


class Ledger(Notebook):
    """What is remembered of the articles and of the files that were made of them."""

    _shape: str | None = None

    # -- articles -------------------------------------------------------------------------------------------
    def sources(self, among: Collection[str] | None = None) -> dict[str, str]:
        """For each article, or each of these, the digest of its file when it was indexed."""
        if among is None:
            return dict(self.db.execute("SELECT id, source FROM articles"))
        query = "SELECT id, source FROM articles WHERE id = ?"
        return dict(chain.from_iterable(self.db.execute(query, (one,)) for one in among))

    def put(self, prepared: Prepared) -> bool:
        """Keep an article; what the shards still say of it is kept aside until they are written. False where
        nothing that is searched has changed."""
        query = "SELECT digest, day, section, people FROM articles WHERE id = ?"
        row = self.db.execute(query, (prepared.id,)).fetchone()
        if not row or row[1:] != (prepared.day, prepared.section, prepared.people):
            self.set_shape("")
        if row and row[0] == prepared.digest:
            self.db.execute("UPDATE articles SET source = ? WHERE id = ?", (prepared.source, prepared.id))
            return False
        if row:
            self._keep_aside(prepared.id)
        self.db.execute("REPLACE INTO articles VALUES (?, ?, ?, ?, ?, ?, ?)", prepared[:7])
        self.db.execute("REPLACE INTO texts VALUES (?, ?, ?)", (prepared.id, prepared.fragment, prepared.words))
        self.db.execute(_UNPUBLISHED, ("text", prepared.id))
        self.set_unranked([prepared.id])
        return True

    def remove(self, article: str) -> None:
        """Forget an article; what the shards say of it is kept aside, should it come back before they are written."""
        self._keep_aside(article)
        self.set_shape("")
        self.db.execute("DELETE FROM articles WHERE id = ?", (article,))
        self.db.execute("DELETE FROM texts WHERE id = ?", (article,))
        self.db.execute(_UNPUBLISHED, ("text", article))
        self.set_unranked([article])

    def _keep_aside(self, article: str) -> None:
        self.db.execute("INSERT OR IGNORE INTO before SELECT id, fragment, words FROM texts WHERE id = ?", (article,))

    @property
    def shape(self) -> str:
        """What was noted of the articles together, all but their texts; "" where any came, went or changed since."""
        if self._shape is None:
            self._shape = self.note("shape") or ""
        return self._shape

    def set_shape(self, shape: str) -> None:
        """Note it."""
        if self.shape != shape:
            self._shape = shape
            self.set_note("shape", shape)

    def ids(self) -> list[str]:
        """All articles, sorted."""
        return [row[0] for row in self.db.execute("SELECT id FROM articles ORDER BY id")]

    def order(self) -> list[tuple[str, str, int]]:
        """(id, date, number of grams) in date order, oldest first."""
        return self.db.execute("SELECT id, day, grams FROM articles ORDER BY day, id").fetchall()

    def ids_between(self, first: str, end: str) -> list[str]:
        """The articles from a date to the day before another, in the same order."""
        query = "SELECT id FROM articles WHERE day >= ? AND day < ? ORDER BY day, id"
        return [row[0] for row in self.db.execute(query, (first, end))]

    def grams_between(self, first: str, end: str) -> int:
        """How many grams they have together."""
        query = "SELECT total(grams) FROM articles WHERE day >= ? AND day < ?"
        return int(self.db.execute(query, (first, end)).fetchone()[0])

    def place_after(self, article: str, first: str) -> int:
        """How many articles from a date on stand before this one."""
        query = (
            "SELECT count(*) FROM articles WHERE day >= ? AND (day, id) < (SELECT day, id FROM articles WHERE id = ?)"
        )
        number: int = self.db.execute(query, (first, article)).fetchone()[0]
        return number

    def day(self, article: str) -> str | None:
        """The date of an article; None where there is no such article."""
        row = self.db.execute("SELECT day FROM articles WHERE id = ?", (article,)).fetchone()
        return row[0] if row else None

    def columns(self) -> list[tuple[str, str]]:
        """(section, people) in the same order."""
        return self.db.execute("SELECT section, people FROM articles ORDER BY day, id").fetchall()

    def contents(self, ids: Sequence[str], table: str = "texts") -> Iterator[tuple[str, bytes, bytes]]:
        """(id, fragment, words) of articles, in the given order."""
        assert table in ("texts", "before")
        query = f"SELECT id, fragment, words FROM {table} WHERE id = ?"  # noqa: S608
        for article in ids:
            row = self.db.execute(query, (article,)).fetchone()
            if row:
                yield row

    def changed(self) -> list[str]:
        """Articles whose shards are out of date."""
        return [row[0] for row in self.db.execute("SELECT id FROM before ORDER BY id")]

    def settle(self) -> None:
        """The shards are up to date."""
        self.db.execute("DELETE FROM before")

    # -- files ----------------------------------------------------------------------------------------------
    def digests(self, prefix: str = "") -> dict[str, str]:
        """Digest of each output file whose path begins so."""
        return dict(
            self.db.execute("SELECT path, digest FROM files WHERE substr(path, 1, ?) = ?", (len(prefix), prefix))
        )

    def fragments(self) -> Iterator[tuple[str, str]]:
        """Digest of each article's fragment."""
        yield from self.db.execute("SELECT id, digest FROM articles ORDER BY id")

    def count(self) -> int:
        """How many articles there are."""
        number: int = self.db.execute("SELECT count(*) FROM articles").fetchone()[0]
        return number

    def words(self, article: str) -> bytes | None:
        """An article's packed words; None where there is no such article."""
        row = self.db.execute("SELECT words FROM texts WHERE id = ?", (article,)).fetchone()
        return row[0] if row else None

    def unranked(self) -> list[str]:
        """Articles, also removed ones, that Whoosh's index does not yet hold as they are."""
        return [row[0] for row in self.db.execute("SELECT id FROM unranked")]

    def set_unranked(self, articles: Iterable[str]) -> None:
        """Let articles wait for it."""
        self.db.executemany("INSERT OR IGNORE INTO unranked VALUES (?)", ((one,) for one in articles))

    def set_ranked(self) -> None:
        """It holds all."""
        self.db.execute("DELETE FROM unranked")

    def file(self, path: str) -> bytes:
        """An output file's bytes; KeyError where there is none."""
        row = self.db.execute("SELECT data FROM blobs WHERE path = ?", (path,)).fetchone()
        if not row:
            raise KeyError(path)
        return bytes(row[0])

    def fragment(self, article: str) -> bytes:
        """An article's fragment; KeyError where there is none."""
        row = self.db.execute("SELECT fragment FROM texts WHERE id = ?", (article,)).fetchone()
        if not row:
            raise KeyError(article)
        return bytes(row[0])

    def write(self, files: Iterable[tuple[str, str, bytes]]) -> None:
        """Keep output files: path, digest, bytes."""
        for path, digest, data in files:
            self.db.execute("REPLACE INTO files VALUES (?, ?)", (path, digest))
            self.db.execute("REPLACE INTO blobs VALUES (?, ?)", (path, data))
            self.db.execute(_UNPUBLISHED, ("file", path))

    def drop(self, paths: Iterable[str]) -> None:
        """Forget output files."""
        for path in paths:
            self.db.execute("DELETE FROM files WHERE path = ?", (path,))
            self.db.execute("DELETE FROM blobs WHERE path = ?", (path,))
            self.db.execute(_UNPUBLISHED, ("file", path))

    # -- what has changed since it was published ------------------------------------------------------------
    @property
    def born(self) -> str:
        """What tells this ledger from any other."""
        return self.note("born") or ""

    def unpublished_files(self) -> list[tuple[str, str]]:
        """Output files that were written or dropped, with their digests now ("" for those that are gone)."""
        return self.db.execute(
            "SELECT name, coalesce(digest, '') FROM unpublished LEFT JOIN files ON path = name WHERE kind = 'file'"
        ).fetchall()

    def unpublished_fragments(self) -> list[tuple[str, str]]:
        """Articles whose fragments changed, likewise."""
        return self.db.execute(
            "SELECT name, coalesce(digest, '') FROM unpublished LEFT JOIN articles ON id = name WHERE kind = 'text'"
        ).fetchall()

    def relinked(self) -> list[str]:
        """Articles whose related ones changed."""
        return [row[0] for row in self.db.execute("SELECT name FROM unpublished WHERE kind = 'related'")]

    def set_published(self) -> None:
        """All that is published."""
        self.db.execute("DELETE FROM unpublished")

    # -- keywords and related articles ----------------------------------------------------------------------
    def keywords(self, article: str) -> list[tuple[str, int]]:
        """An article's keywords with their weights, weightiest first."""
        query = "SELECT word, weight FROM keywords WHERE id = ? ORDER BY weight DESC, word"
        return self.db.execute(query, (article,)).fetchall()

    def set_keywords(self, article: str, words: Iterable[tuple[str, int]], *, fresh: bool = False) -> None:
        """Replace an article's keywords; `fresh`: it has none yet."""
        if not fresh:
            self.db.execute("DELETE FROM keywords WHERE id = ?", (article,))
        self.db.executemany(
            "INSERT INTO keywords VALUES (?, ?, ?)", ((word, article, weight) for word, weight in words)
        )

    def with_keyword(self, word: str) -> list[tuple[str, int]]:
        """Articles with a keyword, and its weight in each."""
        return self.db.execute("SELECT id, weight FROM keywords WHERE word = ? ORDER BY id", (word,)).fetchall()

    def all_keywords(self) -> Iterator[tuple[str, str, int]]:
        """(word, article, weight) of all, in the order of the words."""
        yield from self.db.execute("SELECT word, id, weight FROM keywords ORDER BY word, id")

    def count_keyword(self, word: str) -> int:
        """How many articles have a keyword."""
        number: int = self.db.execute("SELECT count(*) FROM keywords WHERE word = ?", (word,)).fetchone()[0]
        return number

    def keyword_counts(self) -> list[tuple[str, int]]:
        """How many articles have each keyword, for those that have more than one."""
        query = "SELECT word, count(*) FROM keywords GROUP BY word HAVING count(*) > 1 ORDER BY word"
        return self.db.execute(query).fetchall()

    def has(self, article: str) -> bool:
        """Whether the article is indexed."""
        return self.db.execute("SELECT 1 FROM articles WHERE id = ?", (article,)).fetchone() is not None

    def related(self, article: str) -> list[tuple[str, int]]:
        """Related articles with their likeness, nearest first."""
        row = self.db.execute("SELECT others FROM related WHERE id = ?", (article,)).fetchone()
        return [(other, score) for other, score in json.loads(row[0])] if row else []

    def all_related(self) -> dict[str, list[Any]]:
        """Related articles of all articles."""
        return {one: json.loads(others) for one, others in self.db.execute("SELECT id, others FROM related")}

    def set_related(self, rows: Iterable[tuple[str, Sequence[tuple[str, int]]]]) -> None:
        """Replace articles' related ones."""
        for one, others in rows:
            text = json.dumps(others)
            row = self.db.execute("SELECT others FROM related WHERE id = ?", (one,)).fetchone()
            if not row or row[0] != text:
                self.db.execute("REPLACE INTO related VALUES (?, ?)", (one, text))
                self.db.execute(_UNPUBLISHED, ("related", one))

    def drop_related(self, article: str) -> None:
        """Forget a removed article's related ones."""
        self.db.execute("DELETE FROM related WHERE id = ?", (article,))

    def relating(self, articles: Collection[str]) -> list[str]:
        """The articles that have any of these among their related ones."""
        wanted = frozenset(articles)
        return [
            one
            for one, others in self.db.execute("SELECT id, others FROM related")
            if not wanted.isdisjoint(_ids(others))
        ]


def _ids(others: str) -> list[str]:
    """The ids in a kept list of related articles, among other things; a third of the cost of reading it."""
    return [one for one, _ in json.loads(others)] if "\\" in others else others.split('"')
