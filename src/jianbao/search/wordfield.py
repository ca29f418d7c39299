"""The one field of our Whoosh index. A module of its own, because Whoosh keeps its schema as a pickle."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from whoosh import fields, formats
from whoosh.codec.whoosh3 import W3Codec
from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex, IndexError
from whoosh.util.text import utf8encode

Counts = Iterable[tuple[str, int]]


class Words(fields.FieldType):  # type: ignore[misc]
    """Words with their counts, as they are given: cut elsewhere, no positions."""

    def __init__(self) -> None:
        self.format = formats.Existence()
        self.scorable = True
        self.indexed = True

    def index(self, value: Counts, **_: object) -> Iterator[tuple[bytes, int, float, bytes]]:
        """(word, count, weight, nothing) of each."""
        for word, count in value:
            yield utf8encode(word)[0], count, float(count), b""


class Pool:
    """Whoosh's pool of postings, in memory: it sorts tuples on disk, we know that counts are small and come in
    the order of the documents."""

    def __init__(self) -> None:
        self.fieldnames: set[str] = set()
        self._fields: dict[str, dict[bytes, array[int]]] = {}

    def add(self, item: tuple[str, bytes, int, float, bytes]) -> None:
        """One posting: field, word, document, weight (a count), nothing."""
        field, word, document, weight, _ = item
        try:
            entries = self._fields[field]
        except KeyError:
            self.fieldnames.add(field)
            entries = self._fields[field] = {}
        entry = document << 8 | min(int(weight), 255)
        if word in entries:
            entries[word].append(entry)
        else:
            entries[word] = array("Q", (entry,))

    def iter_postings(self) -> Iterator[tuple[str, bytes, int, float, bytes]]:
        """All postings by field, word, document."""
        for field in sorted(self._fields):
            entries = self._fields[field]
            for word in sorted(entries):
                for entry in entries[word]:
                    yield field, word, entry >> 8, float(entry & 255), b""

    def cleanup(self) -> None:
        """Forget everything."""
        self._fields.clear()


def open_writer(index: Any) -> Any:  # noqa: ANN401 (whoosh has no types)
    """A writer with our pool, which reads no lengths back while it writes."""
    codec = W3Codec(compression=0)
    codec.length_stats = False
    writer = index.writer(codec=codec)
    writer.pool = Pool()
    return writer


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
