"""What every command shares: the folder that was named, and how things are said at a terminal."""

from __future__ import annotations

import argparse
import errno
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TextIO

from jianbao.folder.store import Root
from jianbao.problems import Language, Problem, Words, has_errors, in_order


class NoArchiveError(NotADirectoryError):
    """The folder that was named is none: a wrong use of the command, no fault in the content."""


def root_of(options: argparse.Namespace) -> Root:
    """The archive folder that was named; NoArchiveError where there is none."""
    folder: Path = options.root
    if not folder.is_dir():
        raise NoArchiveError(errno.ENOENT, "", str(folder))
    return Root(folder)


def waiting_words(holder: str) -> Words:
    """What is said while another run holds the lock."""
    zh, en = f"另一次运行（进程 {holder}）还没结束，等它…", f"another run (process {holder}) is at work; waiting …"
    return Words(zh, en)


def show(problems: list[Problem], language: Language, stream: TextIO | None = None) -> None:
    """Problems in order, on standard error unless they are what was asked for."""
    for problem in in_order(problems):
        print(problem.text(language), file=stream or sys.stderr)


class News:
    """Says of one list of problems after another what is new in it, and when no error is left."""

    def __init__(self, language: Language, told: Iterable[Problem]) -> None:
        self._language, self._told = language, tuple(told)

    def __call__(self, problems: Iterable[Problem]) -> None:
        """Say what is new."""
        problems = tuple(problems)
        show([problem for problem in problems if problem not in self._told], self._language)
        if has_errors(self._told) and not has_errors(problems):
            say(Words("没有错误了。", "No errors any more."), self._language)
        self._told = problems


def say(words: Words, language: Language) -> None:
    """One line on standard error: standard output is for results."""
    print(words[language], file=sys.stderr)


def explain(failure: OSError, language: Language) -> str:
    """A system error in words for the person at the terminal."""
    place = f"{failure.filename}: " if failure.filename else ""
    known = {
        errno.ENOSPC: Words("磁盘已满，腾出空间后再运行一次", "the disk is full; make room and run again"),
        errno.EDQUOT: Words("磁盘配额已用完", "the disk quota is used up"),
        errno.EFBIG: Words("文件超过系统允许的大小", "the file is larger than the system allows"),
        errno.EACCES: Words("没有权限", "no permission"),
        errno.EROFS: Words("文件系统只读", "the file system is read-only"),
        errno.ENOENT: Words("没有这个文件或文件夹", "no such file or folder"),
        errno.EADDRINUSE: Words("端口已被占用，请用 --port 换一个", "the port is taken; choose another with --port"),
    }
    words = known.get(failure.errno or 0)
    return place + (words[language] if words else failure.strerror or str(failure))
