"""Where an article was cut from, as its front matter says: `scans/2021-12-07/01.txt#L197-L264`."""

from __future__ import annotations

import re
from dataclasses import dataclass

_LINES = re.compile(r"#(L[0-9]+(?:-L?[0-9]+)?(?:,L[0-9]+(?:-L?[0-9]+)?)*)$")  # a scan's own name may hold a #, too
_RANGE = re.compile(r"L([0-9]+)(?:-L?([0-9]+))?")


@dataclass(frozen=True, slots=True)
class Source:
    """A scan and the ranges of its lines, both ends included."""

    path: str
    ranges: tuple[tuple[int, int], ...]


def read_source(text: str) -> Source | None:
    """`scans/2021-12-07/01.txt#L197-L264`, also several parts `#L1-L5,L9`; None for another form."""
    path = path_of(text)
    lines = text.strip()[len(path) :]
    if not path or (lines and not _LINES.fullmatch(lines)):
        return None
    return Source(path, tuple((int(first), int(last or first)) for first, last in _RANGE.findall(lines)))


def lines_of(text: str) -> list[str]:
    """The lines of a scan as text editors number them, from 1: only line feeds and carriage returns part them, not the
    form feeds of pdftotext."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return lines if lines[-1] else lines[:-1]


def path_of(text: str) -> str:
    """The scan of a source: what stands before its lines."""
    text = text.strip()
    if lines := _LINES.search(text):
        return text[: lines.start()]
    return text if text.endswith(".txt") else text.partition("#")[0]
