"""Where in its file a field stands, for faults that only show when articles are seen together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from jianbao.articles.careful_reading import place
from jianbao.folder.store import UNREADABLE, Root
from jianbao.problems import Problem

_FIELDS: Final = {"id-twice": "id"}  # the field that a fault without a place is about, by the fault's code


def place_in(root: Root, path: str, field: str) -> tuple[int, int]:
    """Line and column of a field's value in an article's file; (0, 0) where the file cannot be read any more."""
    try:
        return place(root.read(path).decode("utf-8-sig", "replace"), field)
    except UNREADABLE:
        return 0, 0


def placed(root: Root, problems: Iterable[Problem]) -> Iterator[Problem]:
    """The same faults, each at its field; only the files of those that have no place yet are opened."""
    for problem in problems:
        field = _FIELDS.get(problem.code)
        if field and not problem.line:
            line, column = place_in(root, problem.path, field)
            yield replace(problem, line=line, column=column)
        else:
            yield problem
