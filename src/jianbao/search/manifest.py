"""The manifest and what it names besides segments, columns and suggestions, each written anew only where it changed."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple, TypeAlias

from jianbao.search.folding import traditional_table
from jianbao.search.ledger import Ledger
from jianbao.search.preparing import as_json
from jianbao.search.shards import script
from jianbao.search.tables import NAME, WORD, column, suggestions

File: TypeAlias = tuple[str, str, bytes]  # path below `search/`, digest, bytes


def write_tables(ledger: Ledger, manifest: dict[str, Any]) -> None:
    """Bring the columns and the manifest up to date; `manifest`: what it says of the segments."""
    if not ledger.shape:
        _write_columns(ledger)
    manifest["suggest"] = len(ledger.digests("suggest/"))
    manifest["version"] = _version(ledger)
    ledger.write([file_of("manifest", script("manifest", as_json(manifest)))])


def _write_columns(ledger: Ledger) -> None:
    columns = ledger.columns()
    state = _state(columns)
    if ledger.note("columns") == state:
        return
    sections = column([[section] if section else [] for section, _ in columns])
    people = column([names.split("\n") if names else [] for _, names in columns])
    tables = {"sections": sections, "people": people, "fold": traditional_table()}
    ledger.write([file_of(name, script(name, as_json(table))) for name, table in tables.items()])
    ledger.set_note("columns", state)


def _version(ledger: Ledger) -> str:
    """What tells a browser's copies of another build from this one's: changes with every file but the manifest."""
    version = hashlib.blake2b(digest_size=4)
    files = sorted(ledger.digests().items())
    version.update("".join(digest for path, digest in files if path != "manifest.js").encode())
    version.update("".join(digest for _, digest in ledger.fragments()).encode())
    return version.hexdigest()


class Offers(NamedTuple):
    """What is offered while the reader types: names and words, with how many articles have them; `state` tells these
    from others."""

    state: str
    rows: list[tuple[str, int, int]]

    def files(self) -> list[File]:
        """The files that say it."""
        parts = enumerate(suggestions(self.rows))
        return [file_of(f"suggest/{n:02x}", script(f"suggest/{n:02x}", as_json(part))) for n, part in parts]


def new_offers(ledger: Ledger) -> Offers | None:
    """What is to be offered, where that is not what the files say."""
    if ledger.shape and ledger.note("suggestions"):
        return None
    names = [name for _, names in ledger.columns() for name in names.split("\n") if name]
    state = hashlib.blake2b("\n".join(names).encode(), digest_size=8).hexdigest()
    if ledger.note("suggestions") == state:
        return None
    people = Counter(names)
    words = [(word, WORD, count) for word, count in ledger.keyword_counts() if word not in people]
    return Offers(state, [*((name, NAME, count) for name, count in sorted(people.items())), *words])


def keep_offers(ledger: Ledger, state: str, files: Sequence[File]) -> None:
    """Let these be the files of what is offered."""
    before = ledger.digests("suggest/")
    ledger.write(file for file in files if before.get(file[0]) != file[1])
    ledger.drop(before.keys() - {path for path, _, _ in files})
    ledger.set_note("suggestions", state)


def _state(rows: list[tuple[str, str]]) -> str:
    return hashlib.blake2b(repr(rows).encode(), digest_size=16).hexdigest()


def file_of(name: str, data: bytes) -> File:
    """A file as the ledger keeps it."""
    return f"{name}.js", hashlib.blake2b(data, digest_size=16).hexdigest(), data
