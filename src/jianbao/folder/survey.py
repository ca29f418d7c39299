"""What lies in the published folder, looked at in a fork while the build goes on: a large site takes a second."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from functools import cached_property, partial
from hashlib import blake2b
from pathlib import Path
from typing import Any

from jianbao.folder.publish import Publisher
from jianbao.work.beside import Beside

_MODULUS = 1 << 128


class Survey:
    """The published folder as it is when the build begins; use it with `with`. Each fact is waited for when it is
    asked for. What the last build published is looked at first, what others put there once it is clear that something
    is to be published (`go_on`)."""

    def __init__(self, publisher: Publisher) -> None:
        self._publisher = publisher
        self._ours: Beside[Any] = Beside(partial(_ours, publisher))
        self._others: Beside[Any] | None = None

    def __enter__(self) -> Survey:
        return self

    def __exit__(self, *_: object) -> None:
        self._ours.close()
        if self._others:
            self._others.close()

    def go_on(self) -> Beside[Any]:
        """Look for the files of others, if nobody does yet."""
        if self._others is None:
            self._others = Beside(partial(_others, self._publisher))
        return self._others

    @cached_property
    def digest(self) -> str:
        """The digest of what is listed (see `published_digest`)."""
        found: str = self._ours.next()
        return found

    @cached_property
    def listed(self) -> dict[str, str]:
        """What the last build published with the marks of now, "" for what is gone; the list is among it."""
        _ = self.digest
        found: dict[str, str] = self._ours.next()
        return found

    @cached_property
    def lately(self) -> dict[str, str]:
        """Files that came since the last build published, with their marks."""
        found: dict[str, str] = self.go_on().next()
        return found

    @cached_property
    def unlisted(self) -> dict[str, str]:
        """All files that the last build did not publish, with their marks."""
        _ = self.lately
        found: dict[str, str] = self.go_on().next()
        return found


def _ours(publisher: Publisher) -> Iterator[object]:
    listed = publisher.listed_marks()
    yield published_digest(publisher.out, listed)
    yield listed


def _others(publisher: Publisher) -> Iterator[object]:
    listed = publisher.files()
    yield publisher.lately(listed)
    yield publisher.unlisted(listed)


def published_digest(out: Path, marks: Mapping[str, str]) -> str:
    """The hash of what is published: its folder, and every file with its mark. It is the sum of their hashes (Bellare
    and Micciancio's AdHash, 1997), so that `exchanged` needs to know only what changes."""
    return f"{(_sum(marks) + _sum({os.fsdecode(out): 'folder'})) % _MODULUS:032x}"


def exchanged(digest: str, gone: Mapping[str, str], come: Mapping[str, str]) -> str:
    """The digest once files with these marks have gone and others come."""
    return f"{(int(digest, 16) - _sum(gone) + _sum(come)) % _MODULUS:032x}"


def _sum(marks: Mapping[str, str]) -> int:
    lines = [f"{path}\0{mark}".encode("utf-8", "surrogateescape") for path, mark in marks.items()]
    return sum([int.from_bytes(blake2b(line, digest_size=16).digest()) for line in lines])
