"""What every command shares: the folder that was named, and how things are said at a terminal."""

from __future__ import annotations

import argparse
import errno
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Final, TextIO

from jianbao.folder.layout import WORK
from jianbao.folder.store import Root
from jianbao.problems import Language, Problem, Words, error, has_errors, in_order


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


_TROUBLES: Final = {  # what the system refused, and what the person at the terminal can do about it
    errno.ENOSPC: (Words("磁盘已满", "the disk is full"), Words("腾出空间", "make room")),
    errno.EDQUOT: (Words("磁盘配额已用完", "the disk quota is used up"), Words("腾出空间", "make room")),
    errno.EFBIG: (
        Words("文件超过系统允许的大小", "the file is larger than the system allows"),
        Words("放宽限制", "raise the limit"),
    ),
    errno.EACCES: (Words("没有权限", "no permission"), Words("让它可读可写", "make it readable and writable")),
    errno.EROFS: (
        Words("文件系统只读", "the file system is read-only"),
        Words("换到可写的地方", "move the archive to where it can be written"),
    ),
    errno.ENOENT: (
        Words("没有这个文件或文件夹", "no such file or folder"),
        Words("看看它去了哪里", "look where it went"),
    ),
    errno.EADDRINUSE: (
        Words("端口已被占用", "the port is taken"),
        Words("用 --port 换一个", "choose another with --port"),
    ),
}


def explain(failure: OSError, language: Language, root: Path) -> str:
    """A system error in words for the person at the terminal; of a file in the archive like any other fault of it.
    What lies in `.jianbao/` is no file of theirs."""
    reason = failure.strerror or str(failure)
    what, do = _TROUBLES.get(failure.errno or 0, (Words(reason, reason), Words("看看出了什么事", "see what is wrong")))
    again = Words(f"{do.zh}，再运行一次", f"{do.en} and run again")
    place = str(failure.filename or "")
    inside = Path(place).absolute()
    if place and root.absolute() in inside.parents and root.absolute() / WORK not in (inside, *inside.parents):
        path = inside.relative_to(root.absolute()).as_posix()
        return error(path, 0, 0, what.zh, what.en, do=again.zh, do_en=again.en, code="system").text(language)
    place = f"{place}: " if place else ""
    return Words(f"出错：{place}{what.zh}；{again.zh}", f"error: {place}{what.en}; {again.en}")[language]
