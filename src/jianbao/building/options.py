"""What a build is asked to do, and what it says that it did."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from jianbao.problems import Problem


@dataclass(frozen=True, slots=True)
class Options:
    """How to build. `out` None = `public` in the archive folder; `jobs` None = one for each core; `executor` as
    workers.py reads it ("" = processes)."""

    out: Path | None = None
    keep_going: bool = False
    jobs: int | None = None
    full: bool = False
    search: bool = True
    executor: str = ""


@dataclass(slots=True)
class Report:
    """What a build did. `left_out`: files with faults that have no good page (with --keep-going)."""

    problems: list[Problem] = field(default_factory=list)
    imported: int = 0
    articles: int = 0
    issues: int = 0
    written: int = 0
    removed: int = 0
    unchanged: bool = False
    published: bool = False
    left_out: tuple[str, ...] = ()
