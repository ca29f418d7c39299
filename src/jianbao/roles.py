"""The role words of bylines, and the front-matter field that keeps each: one table for reader and writer."""

from __future__ import annotations

from functools import lru_cache
from typing import Final, Literal

RoleField = Literal["reporter", "correspondent", "photographer", "editor", "author"]

ROLE_FIELDS: Final[tuple[RoleField, ...]] = ("reporter", "correspondent", "photographer", "editor", "author")

# Prefixes (本报, 本刊, 首席 …) are part of the role as signed; the last word decides the field.
_FIELD_OF_WORD: Final[tuple[tuple[str, RoleField], ...]] = (
    ("通讯员", "correspondent"),
    ("通訊員", "correspondent"),
    ("记者", "reporter"),
    ("記者", "reporter"),
    ("实习生", "reporter"),
    ("實習生", "reporter"),
    ("文/图", "author"),
    ("图/文", "author"),
    ("文图", "author"),
    ("摄影", "photographer"),
    ("攝影", "photographer"),
    ("摄", "photographer"),
    ("图", "photographer"),
    ("编辑", "editor"),
    ("責編", "editor"),
    ("责编", "editor"),
    ("责任编辑", "editor"),
    ("校对", "editor"),
    ("编译", "author"),
    ("整理", "author"),
    ("供稿", "author"),
    ("作者", "author"),
    ("文", "author"),
)


@lru_cache(maxsize=4096)
def field_of_role(role: str) -> RoleField:
    """The front-matter field for a printed role; roles without a known word are authors' (`撰文`), a bare
    name (empty role) is a reporter's."""
    if not role:
        return "reporter"
    for word, field in _FIELD_OF_WORD:
        if word in role:
            return field
    return "author"
