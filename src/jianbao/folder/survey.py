"""What lies in the published folder, looked at in forks while the build goes on: a large site takes a second."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cached_property, partial
from typing import Any, Final

from jianbao.folder.publish import Publisher
from jianbao.folder.published import Published
from jianbao.folder.trees import facts_of
from jianbao.work.beside import Beside

_MANY: Final = 10_000  # files that are looked at before a second fork is worth it


class Survey:
    """The published folder as it is when the build begins; use it with `with`. Each fact is waited for when it is
    asked for. What the last build published is looked at first, what others put there once it is clear that something
    is to be published (`go_on`)."""

    def __init__(self, publisher: Publisher) -> None:
        self._publisher = publisher
        self._listing = publisher.listing()
        lines = Published(self._listing).lines
        middle = len(lines) // 2 if len(lines) > _MANY and (os.cpu_count() or 1) > 1 else len(lines)
        parts = [part for part in (lines[:middle], lines[middle:]) if part]
        self._ours: list[Beside[bytes]] = [Beside(partial(_facts, publisher, part)) for part in parts]
        self._others: Beside[Any] | None = None

    def __enter__(self) -> Survey:
        return self

    def __exit__(self, *_: object) -> None:
        for one in self._ours:
            one.close()
        if self._others:
            self._others.close()

    def go_on(self) -> Beside[Any]:
        """Look for the files of others, if nobody does yet."""
        if self._others is None:
            self._others = Beside(partial(_lately, self._publisher))
        return self._others

    @cached_property
    def published(self) -> Published:
        """What is listed, as it is now."""
        return Published(self._listing, b"".join([part.next() for part in self._ours]))

    @cached_property
    def digest(self) -> str:
        """The digest of what is listed."""
        return self.published.digest(os.fsencode(self._publisher.out))

    @cached_property
    def listed(self) -> dict[str, str]:
        """What the last build published with the marks of now, "" for what is gone."""
        return self.published.marks()

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


def _facts(publisher: Publisher, lines: list[bytes]) -> Iterator[bytes]:
    yield facts_of(publisher.out, lines)


def _lately(publisher: Publisher) -> Iterator[object]:
    listing = publisher.listing()
    yield publisher.lately(listing)
    yield publisher.unlisted(publisher.files())
