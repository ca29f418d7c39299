"""Views → files in the stage: only those whose key changed, in as many processes as are worth it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from jianbao.archive import Archive
from jianbao.building.bodies import Bodies, ChangedError
from jianbao.folder.store import write_whole
from jianbao.folder.trees import place
from jianbao.model import Article
from jianbao.problems import Problem
from jianbao.site.templates import Renderer, TemplateFault
from jianbao.site.views import View, views


class Rendered(NamedTuple):
    """One output as written, or why it could not be. (Of many kinds of value tuples travel fastest.)"""

    path: str
    mark: str = ""
    problem: Problem | None = None


class Sources:
    """What the views draw on besides metadata: texts read when a page needs them, and what was made before.

    `related_ids` by article id; `scans`: the mark of every scan by path; `assets`: a short hash of every file
    of static/ by name; `kept`: the folder for parts of files, if they are worth keeping.
    """

    def __init__(
        self,
        bodies: Bodies,
        related_ids: Mapping[str, tuple[str, ...]],
        scans: Mapping[str, str],
        assets: Mapping[str, str],
        kept: Path | None = None,
    ) -> None:
        self._bodies, self._related, self._kept = bodies, related_ids, kept
        self.scans, self.assets = scans, assets

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

    @cached_property
    def renderer(self) -> Renderer:
        """The templates, compiled once a process."""
        return Renderer(self.template_folders, self.bytecode)

    @cached_property
    def views(self) -> dict[str, View]:
        """Every view of the archive by its output path."""
        return {view.path: view for view in views(self.archive, self.sources)}

    def __getstate__(self) -> dict[str, object]:
        return {name: self.__dict__[name] for name in ("archive", "sources", "template_folders", "stage", "bytecode")}

    def key(self, view: View) -> str:
        """What the output depends on: its content and its templates (the code's version voids the cache)."""
        return f"{view.key}-{self.renderer.version(view.template)}" if view.template else view.key

    def prepare(self, paths: Iterable[str]) -> None:
        """Do what every process would else do by itself."""
        self.renderer.prepare({self.views[path].template for path in paths})

    def __call__(self, path: str) -> Rendered:
        """Make one output in the stage."""
        try:
            data = self.renderer.render(self.views[path])
        except (ChangedError, TemplateFault) as failure:
            return Rendered(path, problem=failure.problem)
        return Rendered(path, place(self.stage, path, data))
