"""The manifest and what it names besides segments, columns and suggestions, each written anew only where it changed."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from typing import Any

from jianbao.search.folding import traditional_table
from jianbao.search.ledger import Ledger
from jianbao.search.preparing import as_json
from jianbao.search.shards import script
from jianbao.search.tables import NAME, WORD, column, roll, suggestions


def write_tables(ledger: Ledger, manifest: dict[str, Any]) -> None:
    """Bring the columns, the suggestions and the manifest up to date; `manifest`: what it says of the segments."""
    columns = ledger.columns()
    state = _state(columns)
    if ledger.note("columns") != state:
        sections = column([[section] if section else [] for section, _ in columns])
        people = column([names.split("\n") if names else [] for _, names in columns])
        tables = {"sections": sections, "people": people, "fold": traditional_table()}
        ledger.write([file_of(name, script(name, as_json(table))) for name, table in tables.items()])
        ledger.set_note("columns", state)
    manifest["suggest"] = _suggestions(ledger, [name for _, names in columns for name in names.split("\n") if name])
    manifest["version"] = _version(ledger)
    ledger.write([file_of("manifest", script("manifest", as_json(manifest)))])


def _version(ledger: Ledger) -> str:
    """What tells a browser's copies of another build from this one's: changes with every file but the manifest."""
    version = hashlib.blake2b(digest_size=4)
    files = sorted(ledger.digests().items())
    version.update("".join(digest for path, digest in files if path != "manifest.js").encode())
    version.update("".join(digest for _, digest in ledger.fragments()).encode())
    return version.hexdigest()


def _suggestions(ledger: Ledger, names: list[str]) -> int:
    """Write what is offered while the reader types, where it has changed; the number of its files."""
    people = Counter(names)
    state = hashlib.blake2b("\n".join(names).encode(), digest_size=8).hexdigest()
    if ledger.note("suggestions") == state:
        return len(ledger.digests("suggest/"))
    words = [(word, WORD, count) for word, count in ledger.keyword_counts() if word not in people]
    parts = suggestions([*((name, NAME, count) for name, count in sorted(people.items())), *words])
    files = [file_of(name, script(name, as_json(part))) for name, part in _numbered(parts)]
    before = ledger.digests("suggest/")
    ledger.write(file for file in files if before.get(file[0]) != file[1])
    ledger.drop(before.keys() - {path for path, _, _ in files})
    ledger.set_note("suggestions", state)
    return len(parts)


def roll_of(ledger: Ledger, name: str, rows: list[tuple[str, str, int]]) -> str:
    """The roll of a segment's articles, made anew where they or their dates are not those it was made of."""
    state = _state([(article, day) for article, day, _ in rows])
    before, _, known = (ledger.note(f"roll {name}") or "").partition(" ")
    if before == state:
        return known
    made = roll((day, article) for article, day, _ in rows)
    ledger.set_note(f"roll {name}", f"{state} {made}")
    return made


def _numbered(parts: list[Any]) -> Iterator[tuple[str, Any]]:
    return ((f"suggest/{number:02x}", part) for number, part in enumerate(parts))


def _state(rows: list[tuple[str, str]]) -> str:
    return hashlib.blake2b(repr(rows).encode(), digest_size=16).hexdigest()


def file_of(name: str, data: bytes) -> tuple[str, str, bytes]:
    """A file as the ledger keeps it: path below `search/`, digest, bytes."""
    return f"{name}.js", hashlib.blake2b(data, digest_size=16).hexdigest(), data
