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
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from jianbao.folder import shipped
from jianbao.folder.layout import BYTECODE, CACHE, SEARCH
from jianbao.folder.sight import Sight, look
from jianbao.folder.store import RACY, FileStat, Root, any_since, digest_of_files, write_whole
from jianbao.folder.survey import Survey
from jianbao.problems import Problem, Severity, Words

_LIBRARIES = ("jieba", "jinja2", "markdown", "markupsafe", "pyyaml", "whoosh")
_CODE = (".py", ".tsv", ".txt", ".json")

_NOTE = "inputs"
PARTS = "parts"


@dataclass(frozen=True, slots=True)
class Seen:
    """What lies in the folders that people and the import write into."""

    scans: Sight
    articles: Sight

    @staticmethod
    def of(root: Root) -> Seen:
        """One look at both."""
        return Seen(look(root, "scans"), look(root, "articles"))


class Inputs:
    """Everything that a build reads: scans, articles, settings, templates, static files, and its options; and what is
    published. Both are looked at once, before anything is read: what changes later is seen by the next build."""

    def __init__(self, root: Root, work: Path, survey: Survey, options: Iterable[str]) -> None:
        self._root, self._note, self.survey = root, work / _NOTE, survey
        self._options = "\0".join(options)
        self.seen = Seen(Sight(), Sight())
        self._digest, self._racy = "", True

    def look(self) -> None:
        """See it as it is now."""
        digest = blake2b(self._options.encode("utf-8", "surrogateescape"), digest_size=16)
        youngest = time.time_ns() - RACY
        racy = False
        self.seen = Seen.of(self._root)
        for sight in (self.seen.scans, self.seen.articles):
            racy |= any_since(sight.files, youngest)
            digest.update(repr(sight.digests).encode("utf-8", "backslashreplace"))
        for name in ("site.yaml", "redirects.yaml"):
            with contextlib.suppress(OSError):
                facts = FileStat.of(name, self._root.path(name).stat())
                racy |= any_since([facts], youngest)
                digest.update(digest_of_files([facts]).encode())
        for kind in ("templates", "static"):
            for place in shipped.folders(self._root.folder, kind):
                files = list(Root(place).files(""))
                racy |= any(file.modified > youngest for file in files)
                digest.update(f"{kind} {digest_of_files(files)}".encode())
        self._digest, self._racy = digest.hexdigest(), racy

    def unchanged(self) -> list[Problem] | None:
        """The warnings of the last build if it saw all this and published what is published now, else None.
        An output that somebody changed or removed is made again."""
        self.look()
        try:
            kept = json.loads(self._note.read_bytes())
            if kept["seen"] == self._digest and kept["published"] == self.survey.digest:
                return [_problem(*one) for one in kept["warnings"]]
        except (FileNotFoundError, ValueError, KeyError, TypeError):
            pass  # no note or a damaged one
        return None

    def void(self) -> None:
        """Forget what was kept: a build begins."""
        self._note.unlink(missing_ok=True)

    def keep(self, published: str, warnings: Iterable[Problem]) -> None:
        """Keep that what was seen has been built and published (`published`: the digest of it), unless some of it was
        so young that it may have changed unseen."""
        if not self._racy:
            rows = [
                [one.path, one.line, one.column, one.message.zh, one.message.en, one.hint.zh, one.hint.en, one.code]
                for one in warnings
            ]
            note = {"seen": self._digest, "published": published, "warnings": rows}
            write_whole(self._note, json.dumps(note).encode())


def _problem(path: str, line: int, column: int, zh: str, en: str, do: str, do_en: str, code: str) -> Problem:
    return Problem(path, line, column, Words(zh, en), Words(do, do_en), Severity.WARNING, code)


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
    for name in (CACHE, f"{CACHE}-wal", f"{CACHE}-shm", _NOTE):
        (work / name).unlink(missing_ok=True)
    shutil.rmtree(work / BYTECODE, ignore_errors=True)
    forget_made(work)


def forget_made(work: Path) -> None:
    """Empty the search index and the kept parts of files, which are void with the code that made them."""
    shutil.rmtree(work / SEARCH, ignore_errors=True)
    shutil.rmtree(work / PARTS, ignore_errors=True)
