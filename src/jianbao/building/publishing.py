"""Archive → site: what may have changed is compared, what did change is rendered into the stage, and all of it is
published in one step.
"""

from __future__ import annotations

import json
import os
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from jianbao.archive import Archive, folded
from jianbao.building.bodies import Bodies
from jianbao.building.cache import Cache, Output
from jianbao.building.context import Context
from jianbao.building.inputs import PARTS
from jianbao.building.rendering import Rendering, Sources
from jianbao.digests import digest_of
from jianbao.folder import shipped
from jianbao.folder.layout import BYTECODE
from jianbao.folder.published import Published
from jianbao.folder.trees import place
from jianbao.model import address_of, is_article_id
from jianbao.problems import Problem, has_errors
from jianbao.site.core import hashed
from jianbao.site.scope import EVERYTHING, Edit, Scope, scope_of
from jianbao.work.workers import FEW

if TYPE_CHECKING:
    from jianbao.search.index import SearchIndex

Marks = Mapping[str, str]


@dataclass
class Publishing:
    """One publication of an archive. `stale`: ids of articles whose file has faults now; their last good page stays, as
    do those of the files `left_out`, of which nothing else is known any more."""

    context: Context
    cache: Cache
    archive: Archive
    search: SearchIndex | None
    stale: frozenset[str]
    left_out: tuple[str, ...]
    bodies: Bodies
    done: dict[str, Output] = field(default_factory=dict)
    present: Marks = field(default_factory=dict)  # of what lies in the output folder, what this publication may touch

    def run(self) -> str:
        """Do it; the digest of what is published then, "" where nothing could be."""
        work = self.context.work
        static = shipped.static_files(self.context.root.folder)
        files = {f"static/{path}": data for path, data in static.items()}
        scans = {file.path: file.mark for file in self.context.inputs.seen.scans.files if file.path.endswith(".txt")}
        job = Rendering(
            self.archive,
            Sources(self.bodies, scans, shipped.assets(static), work / PARTS),
            tuple(shipped.folders(self.context.root.folder, "templates")),
            self.context.publisher.stage,
            work / BYTECODE,
        )
        if self.search:
            self.search.begin(self.context.progress)  # and goes on beside, while the pages are made
        frame = self._frame(job, scans)
        state = {"frame": frame, **_noted(scans)}
        published = self._run(replace(job, scope=self._scope(frame, scans)), files, state)
        if published is None:  # somebody has touched what is published
            published = self._run(replace(job, scope=EVERYTHING), files, state)
        return published or ""

    def _run(self, job: Rendering, files: Mapping[str, bytes], state: Marks) -> str | None:
        """Make what is in the job's scope, as if all else were as it was left; None where it turns out not to be."""
        if job.scope.whole and (archive := self.archive.in_memory()) is not self.archive:
            self.archive, job = archive, replace(job, archive=archive)
        job.sources.relate(self._related(job.scope))
        made = {path: Output(job.key(view), "", view.room) for path, view in job.views.items()}
        made |= {path: Output(digest_of(data), "") for path, data in files.items()}
        before = dict(self.cache.outputs(None if job.scope.whole else ["", *job.scope.names(self.archive)]))
        # Whether it may be written is asked when all is written, as that is looked at meanwhile; but where the stage is
        # to become what lies there, none of it may be somebody else's.
        if not self.context.publisher.is_twin():
            self.context.guard.allow()
        # Where not everything is in scope, what is published is as it was left.
        self.present = self.context.guard.present if job.scope.whole else _marks_of(before)
        kept_pages = {page_of(one) for one in self.stale if one in self.archive.by_id}
        if job.scope.whole:
            kept_pages |= self._forgotten(made)
            made |= {path: Output("", "") for path in kept_pages if path not in made}
        pending = self._pending(made, before, kept_pages)
        self.context.publisher.open_stage()
        try:
            self._write_pages(job, pending, files, made)
            if self.search:
                shards = self._shards(job.scope)
                if not job.scope.whole:
                    before |= self.cache.outputs(map(_room_of_shard, shards))
                    self.present = _marks_of(before)
                present = {path: Output(digest, "", _room_of_shard(path)) for path, digest in shards.items() if digest}
                made |= present
                changed = self._pending(present, before)
                pending += changed
                self._write_shards(job, changed, made)
            if not job.scope.whole and self.cache.site("published") != self.context.inputs.survey.digest:
                self._undo(pending)
                self.done.clear()
                return None
            self.context.guard.allow()
        except BaseException:
            self._undo(pending)
            raise
        faulty = has_errors(self.context.report.problems)
        if faulty and not self.context.options.keep_going:
            self._undo(pending)
            return ""
        return self._publish(job.scope, made, before, pending, {} if faulty else state)

    def _forgotten(self, made: Mapping[str, Output]) -> set[str]:
        """The published pages of files that have faults now and were good before anything that is remembered."""
        ids = [PurePosixPath(path).stem for path in self.left_out]
        pages = {page_of(one) for one in ids if is_article_id(one)}
        return {page for page in pages if page in self.present and page not in made}

    def _publish(
        self,
        scope: Scope,
        made: Mapping[str, Output],
        before: Mapping[str, Output],
        pending: Sequence[str],
        state: Mapping[str, str],
    ) -> str:
        """Let the new site take the place of the old one."""
        done = self.done
        failed = {path for path in pending if path not in done}
        there: Iterable[str] = self.present if scope.whole else before
        removed = [path for path in there if path not in made]
        now = self._everything(made, failed) if scope.whole else self._changes(removed)
        self._close(removed, now)
        published = now.digest(os.fsencode(self.context.publisher.out))
        if state:
            state = {**state, "published": published}
        self.cache.keep_outputs(done.items(), [*(path for path in before if path not in made), *failed], state)
        if self.search and state:
            self.search.published(published)
        self.context.report.written, self.context.report.published = len(done), True
        return published

    def _everything(self, made: Mapping[str, Output], failed: Container[str]) -> Published:
        """What is published then, where all of the site was compared."""
        kept = [path for path in made if path not in failed or path in self.present]
        return Published.of({path: self.done[path].mark if path in self.done else self.present[path] for path in kept})

    def _changes(self, removed: Sequence[str]) -> Published:
        """The same where all that was not compared stays as it is."""
        return self.context.inputs.survey.published.changed(removed, _marks_of(self.done))

    def _close(self, removed: Sequence[str], now: Published) -> None:
        """Let the stage become the site."""
        self.context.report.removed = len(removed)
        same_list = now.listing == self.context.inputs.survey.published.listing
        if self.done or removed or not same_list:
            self.context.publisher.close_stage(self.done, removed, None if same_list else now.listing)
        else:
            self.context.publisher.abandon(())

    # what may have changed

    def _frame(self, job: Rendering, scans: Marks) -> str:
        """Of what every page depends on: settings, static files, templates, names with unusual addresses."""
        search = self.search.born if self.search else "-"
        alike = sorted(scans) if len({folded(path) for path in scans}) < len(scans) else []
        facts = (job.site.shell, job.renderer.all_versions(), self.archive.renames, search, alike)
        return hashed(repr(facts)).hex()

    def _scope(self, frame: str, scans: Marks) -> Scope:
        """What may have changed since the site was published, if nobody has touched it; everything where that is not
        known for sure."""
        then, edited = _scans_then(self.cache.site("scans")), self.cache.edited()
        known = self.cache.site("frame") == frame and not self.stale and not has_errors(self.context.report.problems)
        if not known or then is None or edited is None:
            return EVERYTHING
        now = self.archive.of_files(list(edited))
        return scope_of(
            [Edit(article, now.get(path)) for path, article in edited.items()],
            self.archive,
            {path for path in {*then, *scans} if then.get(path) != scans.get(path)},
            self.search.relinked() if self.search else (),
            self.search.naming if self.search else lambda _: (),
        )

    def _related(self, scope: Scope) -> Mapping[str, tuple[str, ...]]:
        if self.search is None:
            return {}
        if scope.whole:
            return self.search.all_related()
        return {one.id: self.search.related(one.id) for one in scope.articles(self.archive)}

    def _shards(self, scope: Scope) -> Mapping[str, str]:
        """The files of the search with their digests, those that may have changed; "" for what is no more."""
        if self.search is None:
            return {}
        self.search.refresh(self.context.progress)
        return self.search.files() if scope.whole else self.search.unpublished()

    def _pending(
        self, made: Mapping[str, Output], before: Mapping[str, Output], stay: Container[str] = ()
    ) -> list[str]:
        """The outputs that are not as they should be. Pages of articles that have faults now `stay` as they were."""
        return [
            path
            for path, one in made.items()
            if not _holds(before.get(path), one, self.present.get(path), path in stay)
        ]

    # writing

    def _write_pages(
        self, job: Rendering, pending: Sequence[str], files: Mapping[str, bytes], made: Mapping[str, Output]
    ) -> None:
        """Make these pages and static files in the stage; `done` takes those that could be made."""
        for path in pending:
            if path in files:
                self._done(path, made, place(job.stage, path, files[path]))
        # First those without a template: lists of everything take longest, and must not be the last ones left.
        pages = sorted((path for path in pending if path in job.views), key=lambda path: bool(job.views[path].template))
        if len(pages) > FEW:
            job.prepare(pages)
        for one in self.context.progress.track("写页面", self.context.workers.map(job, pages), len(pages)):
            if one.problem:  # what is wrong with a template is said of the first page, not of ten thousand
                self._say_once(one.problem)
            else:
                self._done(one.path, made, one.mark)

    def _say_once(self, problem: Problem) -> None:
        said = ((each.path, each.line, each.code) for each in self.context.report.problems)
        if (problem.path, problem.line, problem.code) not in said:
            self.context.report.problems.append(problem)

    def _write_shards(self, job: Rendering, pending: Sequence[str], made: Mapping[str, Output]) -> None:
        for path in self.context.progress.track("写检索数据", pending, len(pending)):
            if self.search:
                self._done(path, made, place(job.stage, path, self.search.read(path)))

    def _done(self, path: str, made: Mapping[str, Output], mark: str) -> None:
        self.done[path] = Output(made[path].key, mark, made[path].room)

    def _undo(self, pending: Iterable[str]) -> None:
        """Nothing is published. (If even this fails, the next build makes the stage anew.)"""
        try:
            self.context.publisher.abandon(pending)
        except OSError:
            return


def page_of(article_id: str) -> str:
    """Where the page of an article lies."""
    return address_of(article_id) + "index.html"


def _holds(before: Output | None, one: Output, mark: str | None, stays: bool) -> bool:
    return before is not None and before.mark == mark and (before.key == one.key or stays)


def _marks_of(outputs: Mapping[str, Output]) -> dict[str, str]:
    return {path: one.mark for path, one in outputs.items()}


def _room_of_shard(path: str) -> str:
    """Files of the search have a room each: the search itself knows which of them changed."""
    return f"search {path}"


def _scans_then(noted: str) -> dict[str, str] | None:
    """The scans as they were when the site was published; None where that is not known."""
    try:
        then = json.loads(noted)
    except ValueError:
        return None
    return then if isinstance(then, dict) else None


def _noted(scans: Marks) -> dict[str, str]:
    return {"scans": json.dumps(scans, ensure_ascii=False, separators=(",", ":"))}
