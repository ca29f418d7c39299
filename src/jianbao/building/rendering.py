"""Views → files in the stage: only those whose key changed, in as many processes as are worth it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from jianbao.archive import Archive
from jianbao.building.bodies import Bodies
from jianbao.folder.store import write_whole
from jianbao.folder.trees import place
from jianbao.model import Article
from jianbao.problems import Problem, ProblemError
from jianbao.site.scope import EVERYTHING, Scope
from jianbao.site.templates import Renderer
from jianbao.site.views import Site, View, views_of

_MANY = 100  # pages: more than one process gets at a time


class Rendered(NamedTuple):
    """One output as written, or why it could not be. (Of many kinds of value tuples travel fastest.)"""

    path: str
    mark: str = ""
    problem: Problem | None = None


class Sources:
    """What the views draw on besides metadata: texts read when a page needs them, and what was made before.

    `scans`: the mark of every scan by path; `assets`: a short hash of every file of static/ by name; `kept`: the
    folder for parts of files, if they are worth keeping.
    """

    def __init__(
        self, bodies: Bodies, scans: Mapping[str, str], assets: Mapping[str, str], kept: Path | None = None
    ) -> None:
        self._bodies, self._kept = bodies, kept
        self._related: Mapping[str, tuple[str, ...]] = {}
        self.scans, self.assets = scans, assets

    def relate(self, ids: Mapping[str, tuple[str, ...]]) -> None:
        """Say which articles are related: ids by article id, for all whose pages are asked for."""
        self._related = ids

    def body_html(self, article: Article) -> str:
        """The body as HTML."""
        return self._bodies.body_html(article)

    def related(self, article: Article) -> tuple[str, ...]:
        """Ids of articles on the same subject, nearest first."""
        return self._related.get(article.id, ())

    def scan_text(self, path: str) -> str:
        """The text of a scan; "" where it is gone or unreadable."""
        return self._bodies.scan_text(path)

    def kept(self, name: str, mark: str, make: Callable[[], bytes]) -> bytes:
        """A part of a file, made anew where it is not there whole and of this mark."""
        if self._kept is None:
            return make()
        path = self._kept / name
        with suppress(OSError):
            head, _, data = path.read_bytes().partition(b"\n")
            if head == f"{mark} {len(data)}".encode():
                return data
        data = make()
        self._kept.mkdir(parents=True, exist_ok=True)
        write_whole(path, f"{mark} {len(data)}\n".encode() + data)
        return data


@dataclass
class Rendering:
    """The job of making outputs by path. Forked workers share its views; others make them anew."""

    archive: Archive
    sources: Sources
    template_folders: tuple[Path, ...]
    stage: Path
    bytecode: Path
    scope: Scope = EVERYTHING

    @cached_property
    def renderer(self) -> Renderer:
        """The templates, compiled once a process."""
        return Renderer(self.template_folders, self.bytecode)

    @cached_property
    def views(self) -> dict[str, View]:
        """Every view in scope by its output path."""
        return {view.path: view for view in views_of(self.site, self.scope)}

    @cached_property
    def site(self) -> Site:
        """The archive as pages see it."""
        return Site(self.archive, self.sources)

    def __getstate__(self) -> dict[str, object]:
        return {one.name: self.__dict__[one.name] for one in fields(self)}

    def key(self, view: View) -> str:
        """What the output depends on: its content and its templates (the code's version voids the cache)."""
        return f"{view.key}-{self.renderer.version(view.template)}" if view.template else view.key

    def prepare(self, paths: Iterable[str]) -> None:
        """Do what every process would else do by itself: compile the templates of many pages. The others are compiled
        where they are needed, in all processes at once."""
        counts = Counter(self.views[path].template for path in paths)
        self.renderer.prepare({name for name, count in counts.items() if count > _MANY})

    def __call__(self, path: str) -> Rendered:
        """Make one output in the stage."""
        try:
            data = self.renderer.render(self.views[path])
        except ProblemError as failure:
            return Rendered(path, problem=failure.problem)
        return Rendered(path, place(self.stage, path, data))


def compile_all(folders: Sequence[Path], bytecode: Path) -> Iterator[bool]:
    """Compile every template, in one step: beside the reading of articles, where none is compiled yet."""
    renderer = Renderer(folders, bytecode)
    renderer.prepare(renderer.environment.list_templates())
    yield True
