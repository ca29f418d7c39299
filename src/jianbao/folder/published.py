"""What is published, as one value: which files, and the size and time of each. It is compared at every build, for
hundreds of thousands of files, so it is kept as bytes.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from typing import Final

GONE: Final = (-1, -1)  # the facts of a file that is listed and not there
_NUMBER: Final = "q"  # of eight bytes


@dataclass(frozen=True, slots=True)
class Published:
    """`listing`: the paths in the order of their bytes, each ended by a newline. `facts`: two numbers for each, size
    and time of its last change in nanoseconds, `GONE` where it is not there."""

    listing: bytes = b""
    facts: bytes = b""

    @staticmethod
    def of(marks: Mapping[str, str]) -> Published:
        """Files with their marks (`size-time`, "" for one that is gone)."""
        rows = sorted((_line(path), mark) for path, mark in marks.items())
        numbers = array(_NUMBER, [number for _, mark in rows for number in _numbers(mark)])
        return Published(b"".join([line + b"\n" for line, _ in rows]), numbers.tobytes())

    @property
    def lines(self) -> list[bytes]:
        """The path of each file."""
        return self.listing.split(b"\n")[:-1]

    def marks(self) -> dict[str, str]:
        """The mark of each file."""
        paths = self.listing.decode("utf-8", "surrogateescape").split("\n")
        numbers = array(_NUMBER, self.facts)
        pairs = zip(numbers[::2], numbers[1::2], strict=True)
        marks = ["" if pair == GONE else f"{pair[0]}-{pair[1]}" for pair in pairs]
        return dict(zip(paths[:-1], marks, strict=True))

    def changed(self, gone: Iterable[str], come: Mapping[str, str]) -> Published:
        """The same once some files are gone, and others have come or have these marks now."""
        lines, numbers = self.lines, array(_NUMBER, self.facts)
        for line in map(_line, gone):
            at, known = _place(lines, line)
            if known:
                del lines[at], numbers[2 * at : 2 * at + 2]
        before = len(lines)
        for path, mark in come.items():
            line = _line(path)
            at, known = _place(lines, line)
            numbers[2 * at : 2 * (at + known)] = array(_NUMBER, _numbers(mark))
            if not known:
                lines.insert(at, line)
        same = before == len(lines) and len(self.facts) == len(numbers) * numbers.itemsize
        return Published(self.listing if same else b"".join([line + b"\n" for line in lines]), numbers.tobytes())

    def digest(self, folder: bytes) -> str:
        """A hash of all this, published to a folder."""
        digest = blake2b(folder + b"\0", digest_size=16)
        digest.update(self.listing + b"\0")
        digest.update(self.facts)
        return digest.hexdigest()


def _line(path: str) -> bytes:
    return path.encode("utf-8", "surrogateescape")


def _numbers(mark: str) -> tuple[int, int]:
    size, _, time = mark.partition("-")
    return (int(size), int(time)) if mark else GONE


def _place(lines: list[bytes], line: bytes) -> tuple[int, bool]:
    """Where a line stands or would, and whether it does."""
    at = bisect_left(lines, line)
    return at, at < len(lines) and lines[at] == line
