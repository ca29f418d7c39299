"""Has anything changed at all? One hash over the stat marks of everything a build reads and wrote.

This is all that most runs do, so it stands on nothing but the standard library and says no in a fraction of a
second. The hash is kept in `.jianbao/inputs`; no file there means: look at everything.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import sys
import time
from collections.abc import Iterable
from hashlib import blake2b
from pathlib import Path

from jianbao.folder import shipped
from jianbao.folder.publish import Publisher
from jianbao.folder.store import FileStat, Root, write_whole
from jianbao.problems import Problem, Severity, Words

_LIBRARIES = ("jieba", "jinja2", "markdown", "markupsafe", "pyyaml", "whoosh")
_CODE = (".py", ".tsv", ".txt", ".json")

# A file this young (nanoseconds) may change again without its time changing; see catalog.py.
_RACY = 2_000_000_000
_NOTE = "inputs"
PARTS = "parts"


class Inputs:
    """Everything that a build reads: scans, articles, settings, templates, static files, and its options."""

    def __init__(self, root: Root, work: Path, options: Iterable[str]) -> None:
        self._root, self._note = root, work / _NOTE
        self._options = "\0".join(options)
        self.seen = ("", True)  # what `unchanged` looked at: before anything was read
        self.articles: list[FileStat] = []  # the files below articles/ that it saw

    def look(self) -> tuple[str, bool]:
        """The hash of it as it is now, and whether some of it is so young that it may yet change unseen."""
        digest = blake2b(self._options.encode("utf-8", "surrogateescape"), digest_size=16)
        youngest = time.time_ns() - _RACY
        racy = False
        for folder in ("scans", "articles"):
            files = list(self._root.files(folder))
            if folder == "articles":
                self.articles = files
            for file in files:
                racy |= file.modified > youngest or file.changed > youngest
                digest.update(f"{file.path}\0{file.mark}\n".encode("utf-8", "surrogateescape"))
        for name in ("site.yaml", "redirects.yaml"):
            with contextlib.suppress(OSError):
                facts = self._root.path(name).stat()
                racy |= facts.st_mtime_ns > youngest or facts.st_ctime_ns > youngest
                digest.update(f"{name}\0{facts.st_size}-{facts.st_mtime_ns}-{facts.st_ino}\n".encode())
        for kind in ("templates", "static"):
            for place in shipped.folders(self._root.folder, kind):
                for file in Root(place).files(""):
                    racy |= file.modified > youngest
                    digest.update(f"{kind}/{file.path}\0{file.mark}\n".encode("utf-8", "surrogateescape"))
        return digest.hexdigest(), racy

    def unchanged(self, publisher: Publisher) -> list[Problem] | None:
        """The warnings of the last build if it saw all this and published what is published now, else None.
        An output that somebody changed or removed is made again."""
        try:
            self.seen = self.look()
            kept = json.loads(self._note.read_bytes())
            if kept["seen"] == self.seen[0] and kept["published"] == _published(publisher):
                return [_problem(*one) for one in kept["warnings"]]
        except (FileNotFoundError, ValueError, KeyError, TypeError):
            pass  # no note or a damaged one
        return None

    def void(self) -> None:
        """Forget what was kept: a build begins."""
        self._note.unlink(missing_ok=True)

    def keep(self, publisher: Publisher, warnings: Iterable[Problem]) -> None:
        """Keep that what was seen before the build read it has been built, unless it changed meanwhile."""
        (seen, racy), (now, _) = self.seen, ("", False) if self.seen[1] else self.look()
        if not racy and seen == now:
            rows = [
                [one.path, one.line, one.column, one.message.zh, one.message.en, one.hint.zh, one.hint.en, one.code]
                for one in warnings
            ]
            note = {"seen": now, "published": _published(publisher), "warnings": rows}
            write_whole(self._note, json.dumps(note).encode())


def _problem(path: str, line: int, column: int, zh: str, en: str, do: str, do_en: str, code: str) -> Problem:
    return Problem(path, line, column, Words(zh, en), Words(do, do_en), Severity.WARNING, code)


def _published(publisher: Publisher) -> str:
    digest = blake2b(os.fsencode(publisher.out), digest_size=16)
    for path, mark in publisher.state():
        digest.update(f"{path}\0{mark}\n".encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


def code_version() -> str:
    """A hash of Jianbao's own code and data, of Python and the libraries: what they made is void when it changes."""
    digest = blake2b(sys.version.encode(), digest_size=16)
    package = Path(__file__).parents[1]
    for path in sorted(_code(str(package))):
        digest.update(path.encode() + b"\0" + (package / path).read_bytes())
    for folder in sys.path:
        with contextlib.suppress(OSError):
            for name in sorted(os.listdir(folder)):  # noqa: PTH208
                if name.endswith(".dist-info") and name.lower().startswith(_LIBRARIES):
                    digest.update(name.encode())
    return digest.hexdigest()


def _code(folder: str, prefix: str = "") -> Iterable[str]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.endswith(_CODE) and entry.is_file():
                yield prefix + entry.name
            elif entry.is_dir() and entry.name not in ("__pycache__", "shipped"):
                yield from _code(entry.path, f"{prefix}{entry.name}/")


def forget(work: Path) -> None:
    """Empty the caches below `.jianbao/`, for a build from nothing; the lock and the stage stay."""
    for name in ("cache.sqlite", "cache.sqlite-wal", "cache.sqlite-shm", _NOTE):
        (work / name).unlink(missing_ok=True)
    shutil.rmtree(work / "templates", ignore_errors=True)
    forget_made(work)


def forget_made(work: Path) -> None:
    """Empty the search index and the kept parts of files, which are void with the code that made them."""
    shutil.rmtree(work / "search", ignore_errors=True)
    shutil.rmtree(work / PARTS, ignore_errors=True)
