"""The one field of our Whoosh index. A module of its own, because Whoosh keeps its schema as a pickle.

Whoosh is made for a few documents with many kinds of fields; an archive gives it ten thousand at once, each a bag
of words with small counts. So words go into its pool a document at a time and to its files a term at a time; the
files are Whoosh's own, and its own reader reads them.
"""

from __future__ import annotations

from array import array
from collections import defaultdict, deque
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import repeat
from operator import and_, or_, rshift
from pathlib import Path
from typing import Any, Final

from whoosh import fields, formats
from whoosh.codec.whoosh3 import W3Codec, W3FieldWriter
from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex, IndexError

WORDS: Final = "words"
_BLOCK: Final = 128
_consume: Final = deque[None](maxlen=0).extend  # runs through an iterator as fast as it goes


class Words(fields.FieldType):  # type: ignore[misc]
    """Words with their counts, as `add` gives them to the pool: cut elsewhere, no positions."""

    def __init__(self) -> None:
        self.format = formats.Existence()
        self.scorable = True
        self.indexed = True


class Pool:
    """Whoosh's pool of postings, in memory: it sorts tuples on disk, we know that counts are small and come in
    the order of the documents. For each field and term the documents, each as number << 8 | count."""

    def __init__(self) -> None:
        self.fieldnames: set[str] = set()
        self._fields: dict[str, defaultdict[str, array[int]]] = {}

    def entries(self, field: str) -> defaultdict[str, array[int]]:
        """The terms of a field."""
        if field not in self._fields:
            self.fieldnames.add(field)
            self._fields[field] = defaultdict(partial(array, "I"))
        return self._fields[field]

    def add(self, item: tuple[str, bytes, int, float, bytes]) -> None:
        """One posting, as Whoosh gives it when it merges segments: field, term, document, weight, nothing."""
        field, term, document, weight, _ = item
        self.entries(field)[term.decode()].append(document << 8 | min(int(weight), 255))

    def iter_postings(self) -> Iterator[tuple[str, str, array[int]]]:
        """All postings by field and term, for `FieldWriter`."""
        for field in sorted(self._fields):
            entries = self._fields[field]
            for term in sorted(entries):
                yield field, term, entries[term]

    def cleanup(self) -> None:
        """Forget everything."""
        self._fields.clear()


class FieldWriter(W3FieldWriter):  # type: ignore[misc]
    """Writes what our pool gives, a term at a time."""

    def add_postings(self, schema: Any, lengths: object, items: Iterator[tuple[str, str, array[int]]]) -> None:  # noqa: ANN401
        """All postings of a segment."""
        last = ""
        for field, term, entries in items:
            if field != last:
                if last:
                    self.finish_field()
                self.start_field(field, schema[field])
                last = field
            self.start_term(term.encode())
            writer = self._postwriter
            for start in range(0, len(entries), _BLOCK):
                some = entries[start : start + _BLOCK]
                writer._ids = array("I", map(rshift, some, repeat(8)))
                writer._weights = array("f", map(and_, some, repeat(255)))
                writer._maxweight = max(writer._weights)
                writer._write_block(last=start + _BLOCK >= len(entries))
            self.finish_term()
        if last:
            self.finish_field()


class Codec(W3Codec):  # type: ignore[misc]
    """Whoosh's format, written by our writer; lengths are not read back while it writes."""

    length_stats = False

    def field_writer(self, storage: Any, segment: Any) -> FieldWriter:  # noqa: ANN401 (whoosh has no types)
        """The writer of a segment's postings."""
        return FieldWriter(self, storage, segment)


def open_writer(index: Any) -> Any:  # noqa: ANN401 (whoosh has no types)
    """A writer with our pool."""
    writer = index.writer(codec=Codec(blocklimit=_BLOCK, compression=0))
    writer.pool = Pool()
    return writer


def add(writer: Any, article: str, words: Sequence[str], counts: bytes) -> None:  # noqa: ANN401 (whoosh has no types)
    """Take in an article, as the writer's own `add_document` does."""
    number, document, pool = writer.docnum, writer.perdocwriter, writer.pool
    document.start_doc(number)
    pool.entries("id")[article].append(number << 8 | 1)
    document.add_field("id", writer.schema["id"], article, 0)
    find = pool.entries(WORDS).__getitem__
    _consume(map(array.append, map(find, words), map(or_, counts, repeat(number << 8))))
    document.add_field(WORDS, writer.schema[WORDS], None, sum(counts))
    document.finish_doc()
    writer._added = True
    writer.docnum += 1


def open_index(folder: Path) -> Any:  # noqa: ANN401 (whoosh has no types)
    """Whoosh's index in a folder, made where there is none or none that can be read."""
    schema = fields.Schema(id=fields.ID(stored=True, unique=True), words=Words())
    if any(folder.glob("_MAIN_*.toc")):
        try:
            return FileIndex(FileStorage(str(folder)), schema=schema)
        except (IndexError, OSError, EOFError, ValueError):
            for path in folder.iterdir():
                path.unlink()
    folder.mkdir(parents=True, exist_ok=True)
    return FileIndex.create(FileStorage(str(folder)), schema, "MAIN")
