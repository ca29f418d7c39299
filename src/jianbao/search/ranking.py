"""The Whoosh index of the articles' words: BM25 for the command line, and for weighing what articles are about.

Whoosh is given words that are already cut and counted, without positions: what is matched is decided by grams,
Whoosh says in which order. Its files differ from run to run and never leave `.jianbao/`.
"""

from __future__ import annotations

import shutil
import warnings
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final

_MOST: Final = 20_000  # articles in memory


class Ranking:
    """The index in a folder; made anew where it is missing or damaged."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._index: Any = None
        self._writer: Any = None
        self._add: Any = None
        self._gone: list[str] = []
        self._many = 0  # articles since the last commit

    @property
    def index(self) -> Any:  # noqa: ANN401 (whoosh has no types)
        """Whoosh's own index, opened when it is first needed."""
        if self._index is None:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # SyntaxWarnings of whoosh 2.7.4 under newer Pythons
                from jianbao.search.wordfield import open_index

                self._index = open_index(self.folder)
        return self._index

    def exists(self) -> bool:
        """Whether an index can be opened."""
        return any(self.folder.glob("_MAIN_*.toc"))

    def is_empty(self) -> bool:
        """Whether there is nothing in it; then it was made just now, of nothing."""
        return not self.index.doc_count_all()

    def clear(self) -> None:
        """Throw the index away."""
        self.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def put(self, article: str, words: Sequence[str], counts: bytes, *, fresh: bool) -> None:
        """Take in an article's words and how often each occurs; `fresh`: the index has no earlier one of this id."""
        writer = self._open_writer()
        if not fresh:
            self._gone.append(article)
        self._add(writer, article, words, counts)
        self._many += 1
        if self._many % _MOST == 0:
            self.commit()

    def remove(self, article: str) -> None:
        """Forget an article."""
        self._gone.append(article)
        self._open_writer()

    def commit(self) -> None:
        """Make all changes lasting. Small segments are merged; large ones never are."""
        self._many = 0
        if self._writer is not None:
            writer, self._writer = self._writer, None
            self._delete(writer)
            writer.commit()

    def scores(self, words: Iterable[str], most: int = 1000) -> dict[str, float]:
        """BM25 of the articles that have any of the words, the best so many."""
        from whoosh.query import Or, Term

        query = Or([Term("words", word) for word in words])
        with self.index.searcher() as searcher:
            return {hit["id"]: float(hit.score) for hit in searcher.search(query, limit=most)}

    def close(self) -> None:
        """Release the files; changes that were not committed are lost."""
        if self._writer is not None:
            self._writer.cancel()
            self._writer = None
        self._gone.clear()
        if self._index is not None:
            self._index.close()
            self._index = None

    def _delete(self, writer: Any) -> None:  # noqa: ANN401 (whoosh has no types)
        """Delete what is gone or replaced: only segments of earlier commits are looked at, and they only once."""
        if self._gone:
            with writer.reader() as reader:
                for article in self._gone:
                    if ("id", article) in reader:
                        for number in list(reader.postings("id", article).all_ids()):
                            writer.delete_document(number)
            self._gone.clear()

    def _open_writer(self) -> Any:  # noqa: ANN401 (whoosh has no types)
        if self._writer is None:
            index = self.index  # first: it silences Whoosh's warnings
            from jianbao.search.wordfield import add, open_writer

            self._writer, self._add = open_writer(index), add
        return self._writer
