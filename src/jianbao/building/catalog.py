"""Every article file's metadata, read anew only where the file changed."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from jianbao.articles.document import read_document
from jianbao.building.cache import Cache, Known
from jianbao.building.packing import pack, unpack
from jianbao.digests import digest_of
from jianbao.folder.sight import Sight
from jianbao.folder.store import RACY, UNREADABLE, FileStat, Root
from jianbao.folder.unreadable import unreadable
from jianbao.model import Article
from jianbao.problems import Problem, has_errors

# Characters of bodies that are kept for the rendering: to read an article once more takes half as long as to render it.
_ROOM = 20_000_000

MapLike = Callable[[Callable[[str], "ReadFile"], Sequence[str]], Iterable["ReadFile"]]


@dataclass(frozen=True, slots=True)
class ReadFile:
    """One article file as just read; no `article` where its faults leave nothing to show. Between processes the
    article travels as one text, which is fastest; then it is there as that, too."""

    path: str
    digest: str
    article: Article | None
    problems: tuple[Problem, ...]
    body: str = ""
    packed: str = ""

    def __reduce__(self) -> tuple[object, ...]:
        packed = pack(self.article) if self.article else ""
        return _arrived, (self.path, self.digest, self.problems, self.body, packed)


def _arrived(path: str, digest: str, problems: tuple[Problem, ...], body: str, packed: str) -> ReadFile:
    return ReadFile(path, digest, unpack(packed) if packed else None, problems, body, packed)


@dataclass(frozen=True, slots=True)
class Catalog:
    """What was read anew; the cache knows all articles now. `all_articles` gives them, `most` says that most of them
    were read just now.

    `stale` are the articles whose file has faults now: their last good metadata counts, their last good page stays.
    `left_out` are files with faults that never were good. `bodies`: of files read just now, as many as there is room
    for, with the mark of the file; by path and digest.
    """

    all_articles: Callable[[], Iterable[Article]]
    most: bool
    problems: tuple[Problem, ...]
    stale: frozenset[str]
    left_out: tuple[str, ...]
    bodies: Mapping[tuple[str, str], tuple[str, str]]


def read_catalog(root: Root, cache: Cache, limit: int, run: MapLike, seen: Sight) -> Catalog:
    """Read what changed below articles/ and keep it in the cache. `limit`: the largest file in bytes; `seen`: what
    lies there."""
    before = cache.folders()
    changed = {
        one: seen.digests.get(one, "") for one in before | seen.digests if before.get(one) != seen.digests.get(one)
    }
    again = {path.rpartition("/")[0] for path in cache.without_mark()}
    files: dict[str, FileStat] = {}
    marks: dict[str, str] = {}
    for folder in changed.keys() | again:  # of what lies in the others nothing has changed
        files |= {file.path: file for file in seen.folders.get(folder, ()) if file.path.endswith(".md")}
        marks |= cache.marks(folder)
    now = time.time_ns()
    fresh = [path for path, file in files.items() if marks.get(path) != file.mark]
    known = cache.articles(path for path in fresh if path in marks)
    kept: list[tuple[str, Known]] = []
    problems: list[Problem] = [*seen.strays]
    bodies: dict[tuple[str, str], tuple[str, str]] = {}
    room = _ROOM
    stale: set[str] = set()
    left_out: list[str] = []
    for one in run(_Reader(root, limit), fresh):
        path, file = one.path, files[one.path]
        problems += one.problems
        article = one.article
        faulty = has_errors(one.problems) or article is None
        if len(one.body) <= room:
            room -= len(one.body)
            bodies[path, one.digest] = (file.mark, one.body)
        if faulty:
            good = known.get(path)
            article = good.article if good else None
            if article is None:
                left_out.append(path)
            else:
                stale.add(article.id)
        mark = "" if faulty or one.problems or file.modified > now - RACY else file.mark
        kept.append((path, Known(mark, one.digest, article, "" if faulty else one.packed)))
    cache.keep_articles(kept, [path for path in marks if path not in files], changed)

    def all_articles() -> Iterable[Article]:
        everything = cache.articles().items() if before else kept
        return [one.article for _, one in everything if one.article]

    most = len(fresh) * 2 > len(seen.files)
    return Catalog(all_articles, most, tuple(problems), frozenset(stale), tuple(left_out), bodies)


class _Reader:
    """Reads one article file; picklable, so that another process can do it."""

    # See workers.py. To hand over what was read costs half of reading it: two processes take as long as one, and
    # twice the CPU.
    least: ClassVar[int] = 3

    def __init__(self, root: Root, limit: int) -> None:
        self.root, self.limit = root, limit

    def __call__(self, path: str) -> ReadFile:
        try:
            data = self.root.read(path, self.limit)
        except UNREADABLE as failure:
            return ReadFile(path, "", None, (unreadable(path, failure),))
        document, problems = read_document(data, path)
        if document is None:
            return ReadFile(path, digest_of(data), None, tuple(problems))
        return ReadFile(path, document.article.digest, document.article, tuple(problems), document.body)
