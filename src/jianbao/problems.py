"""What is wrong with the content, said to the person who can mend it.

A `Problem` is one line `path:line:column: message; hint`. Every reader of files collects problems in a
list and goes on; whoever runs the command prints them all at the end, sorted.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

Language = Literal["zh", "en"]


class Severity(StrEnum):
    """`ERROR` stops publishing (exit status 1); `WARNING` is said and the build goes on."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Words:
    """The same sentence in both languages of the interface."""

    zh: str
    en: str

    def __getitem__(self, language: Language) -> str:
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault: where (path relative to the archive, POSIX; line and column from 1, 0 = unknown), what, and
    what to write instead. `code` names the rule, the same in every language and version."""

    path: str
    line: int
    column: int
    message: Words
    hint: Words
    severity: Severity = Severity.ERROR
    code: str = ""

    def text(self, language: Language) -> str:
        """`path:line:column: message; hint`; what concerns a whole file stands at its beginning."""
        place = f"{self.path}:{max(self.line, 1)}:{max(self.column, 1)}"
        mark = {"zh": "警告：", "en": "warning: "}[language] if self.severity is Severity.WARNING else ""
        hint = self.hint[language]
        separator = "；" if language == "zh" else "; "
        return f"{place}: {mark}{self.message[language]}" + (f"{separator}{hint}" if hint else "")

    def as_json(self, language: Language) -> dict[str, str | int]:
        """For `check --json`: one flat object."""
        return {
            "path": self.path,
            "line": max(self.line, 1),
            "column": max(self.column, 1),
            "severity": self.severity.value,
            "code": self.code,
            "message": self.message[language],
            "hint": self.hint[language],
        }


class ProblemError(Exception):
    """A problem that ends what is being done at once; whoever began that collects it like the others."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)  # by which it is made again after it came from another process
        self.problem = problem

    def __str__(self) -> str:
        return self.problem.text("en")


def error(
    path: str, line: int, column: int, zh: str, en: str, *, do: str = "", do_en: str = "", code: str = ""
) -> Problem:
    """An error; `do`/`do_en` say what to write instead."""
    return Problem(path, line, column, Words(zh, en), Words(do, do_en), Severity.ERROR, code)


def warning(
    path: str, line: int, column: int, zh: str, en: str, *, do: str = "", do_en: str = "", code: str = ""
) -> Problem:
    """A warning; the build goes on."""
    return Problem(path, line, column, Words(zh, en), Words(do, do_en), Severity.WARNING, code)


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Each once, by path, then place; errors before warnings at the same place."""
    return sorted(set(problems), key=lambda p: (p.path, p.line, p.column, p.severity.value, p.message.zh))


def has_errors(problems: Iterable[Problem]) -> bool:
    """Whether anything among them stops publishing."""
    return any(p.severity is Severity.ERROR for p in problems)
