"""The whole story: scans → articles → archive → site and search data → public/."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, TypeVar

from jianbao.archive import Archive, assemble
from jianbao.articles.dating import doubtful_dates
from jianbao.articles.places import placed
from jianbao.articles.redirects import read_renames
from jianbao.building.bodies import Bodies, ChangedError
from jianbao.building.cache import Cache, Output, as_oserror
from jianbao.building.catalog import Catalog, read_catalog
from jianbao.building.importing import import_known
from jianbao.building.inputs import PARTS, Inputs, forget_made
from jianbao.building.orders import Options, Report
from jianbao.building.rendering import Rendering, Sources
from jianbao.config import Config
from jianbao.folder import shipped
from jianbao.folder.publish import Publisher, foreign_fault
from jianbao.folder.store import Root, digest_of
from jianbao.folder.trees import place
from jianbao.problems import Problem, error, has_errors
from jianbao.settings import load_config
from jianbao.site.views import problems as unshown
from jianbao.work.collecting import without_collecting
from jianbao.work.progress import Progress
from jianbao.work.workers import FEW, Workers, choose

if TYPE_CHECKING:
    from jianbao.search.index import SearchIndex

Item = TypeVar("Item")
Result = TypeVar("Result")


class Making:
    """A build that has something to do; its methods are the steps in their order."""

    def __init__(
        self,
        root: Root,
        options: Options,
        progress: Progress,
        publisher: Publisher,
        inputs: Inputs,
        version: str,
        report: Report,
    ) -> None:
        self.root, self.options, self.progress, self.report = root, options, progress, report
        self.publisher, self.inputs, self.version = publisher, inputs, version
        self.work = root.path(".jianbao")
        self.workers: Workers = choose(options.executor, options.jobs)

    def run(self) -> None:
        """Do it all; what was done and what is wrong goes into the report."""
        with without_collecting():
            self._run()

    def _run(self) -> None:
        present = self.publisher.present()
        if fault := foreign_fault(self.publisher.out, self.publisher.foreign(present)):
            self.report.problems.append(fault)
            return
        self.inputs.void()
        try:
            with Cache(self.work / "cache.sqlite", self.version) as cache:
                if cache.fresh:
                    forget_made(self.work)
                self._all(cache, present)
        except ChangedError as failure:
            self.report.problems.append(failure.problem)
        except sqlite3.Error as failure:
            raise as_oserror(failure, str(self.work)) from failure
        finally:
            self.workers.close()
        # An import changes articles itself; then the next run looks at everything once more.
        if self.report.published and not self.report.imported and not has_errors(self.report.problems):
            self.inputs.keep(self.publisher, self.report.problems)

    def _all(self, cache: Cache, present: Mapping[str, str]) -> None:
        gathered = self._gather(cache)
        if gathered is None:
            return
        archive, catalog = gathered
        if not self.options.search:
            self._site(cache, archive, catalog, None, present)
            return
        from jianbao.search.index import SearchIndex

        index = SearchIndex(self.work / "search")
        try:
            self._index(index, archive, catalog)
            self._site(cache, archive, catalog, index, present)
        finally:
            index.close()

    def _gather(self, cache: Cache) -> tuple[Archive, Catalog] | None:
        """Scans → articles → the archive; None where there is nothing fit to publish."""
        report = self.report
        config, problems = load_config(self.root)
        report.problems += problems
        if config is None:
            return None
        self._import(cache, config)
        catalog = self._catalog(cache, config)
        renames, problems = read_renames(self.root)
        archive, collisions = assemble(config, catalog.articles, renames)
        report.problems += [*catalog.problems, *problems, *placed(self.root, collisions), *unshown(archive)]
        report.problems += doubtful_dates(self.root, archive.articles, config)
        report.articles, report.issues, report.left_out = len(archive.articles), len(archive.issues), catalog.left_out
        broken = has_errors(report.problems)
        if not archive.articles and not broken:
            report.problems.append(_nothing())
        return (archive, catalog) if archive.articles and (self.options.keep_going or not broken) else None

    def _import(self, cache: Cache, config: Config) -> None:
        """New and changed scans become articles; scans whose marks hold are not even opened."""
        report = self.report
        imported = import_known(self.root, config, cache, lambda: self._catalog(cache, config), self._runner("读版面"))
        if imported is None:
            report.problems += self.root.strays("scans")
            return
        report.imported = len(imported.written) + len(imported.removed)
        report.problems += imported.problems

    def _catalog(self, cache: Cache, config: Config) -> Catalog:
        seen = None if self.report.imported else self.inputs.articles
        return read_catalog(self.root, cache, config.limits.article, self._runner("读文章"), seen)

    def _index(self, index: SearchIndex, archive: Archive, catalog: Catalog) -> None:
        """Bring the index up to date with the articles that changed."""
        from jianbao.search.index import SearchEntry

        bodies = Bodies(self.root)
        changed, gone = index.outdated(archive.articles, keep=catalog.stale)
        if changed or gone:
            entries = (SearchEntry(article, bodies.plain(article)) for article in changed)
            index.update(self.progress.track("分词索引", entries, len(changed)), gone, self.workers)

    def _site(
        self, cache: Cache, archive: Archive, catalog: Catalog, search: SearchIndex | None, present: Mapping[str, str]
    ) -> None:
        """Render what changed into the stage and publish it in one step."""
        before = cache.outputs()
        files = dict(self._static())
        shards: dict[str, str] = {}
        if search:
            shards = search.export(self.progress)
        job = Rendering(
            archive,
            Sources(
                Bodies(self.root),
                search.all_related() if search else {},
                {file.path: file.mark for file in self.root.files("scans", (".txt",))},
                {path.removeprefix("static/"): digest_of(data)[:8] for path, data in files.items()},
                self.work / PARTS,
            ),
            tuple(shipped.folders(self.root.folder, "templates")),
            self.publisher.open_stage(),
            self.work / "templates",
        )
        keys = {path: job.key(view) for path, view in job.views.items()}
        keys |= {path: digest_of(data) for path, data in files.items()}
        keys |= shards
        stale = {archive.by_id[one].url + "index.html" for one in catalog.stale if one in archive.by_id}
        pending = [
            path for path, key in keys.items() if not _holds(before.get(path), key, present.get(path), path in stale)
        ]
        done: dict[str, Output] = {}
        try:
            self._write(job, pending, files, shards, search, keys, done)
        except BaseException:
            self._undo(pending)
            raise
        if has_errors(self.report.problems) and not self.options.keep_going:
            self._undo(pending)
            return
        removed = [path for path in present if path not in keys]
        failed = {path for path in pending if path not in done}
        kept = [path for path in keys if path not in failed or path in present]
        if done or removed or not self.publisher.is_published(kept):
            self.publisher.close_stage(done, removed, kept)
        else:
            self.publisher.abandon(())
        cache.keep_outputs(done.items(), [*(path for path in before if path not in keys), *failed])
        self.report.written, self.report.removed, self.report.published = len(done), len(removed), True

    def _write(
        self,
        job: Rendering,
        pending: Sequence[str],
        files: Mapping[str, bytes],
        shards: Mapping[str, str],
        search: SearchIndex | None,
        keys: Mapping[str, str],
        done: dict[str, Output],
    ) -> None:
        """Make the pending outputs in the stage; `done` takes those that could be made."""
        ready = [path for path in pending if path in files or path in shards]
        for path in self.progress.track("写检索数据", ready, len(ready)):
            if path in files:
                done[path] = Output(keys[path], place(job.stage, path, files[path]))
            elif search:
                done[path] = Output(keys[path], place(job.stage, path, search.read(path)))
        # First those without a template: lists of everything take longest, and must not be the last ones left.
        pages = sorted((path for path in pending if path not in done), key=lambda path: bool(job.views[path].template))
        if len(pages) > FEW:
            job.prepare(pages)
        for one in self.progress.track("写页面", self.workers.map(job, pages), len(pages)):
            if one.problem:
                self.report.problems.append(one.problem)
            else:
                done[one.path] = Output(keys[one.path], one.mark)

    def _undo(self, pending: Iterable[str]) -> None:
        """Nothing is published. (If even this fails, the next build makes the stage anew.)"""
        try:
            self.publisher.abandon(pending)
        except OSError:
            return

    def _static(self) -> Iterator[tuple[str, bytes]]:
        for folder in reversed(shipped.folders(self.root.folder, "static")):
            static = Root(folder)
            for file in static.files(""):
                yield f"static/{file.path}", static.read(file.path)

    def _runner(self, name: str) -> Callable[[Callable[[Item], Result], Sequence[Item]], Iterable[Result]]:
        def run(job: Callable[[Item], Result], items: Sequence[Item]) -> Iterable[Result]:
            return self.progress.track(name, self.workers.map(job, items), len(items))

        return run


def _holds(before: Output | None, key: str, mark: str | None, stays: bool) -> bool:
    """Whether an output is as it should be. The page of an article that has faults now stays as it was."""
    return before is not None and before.mark == mark and (before.key == key or stays)


def _nothing() -> Problem:
    return error(
        "articles",
        0,
        0,
        "一篇文章也没有，不发布空的网站",
        "no article at all; an empty site is not published",
        do="把版面文本放进 scans/YYYY-MM-DD/01.txt，再运行一次",
        do_en="put page text into scans/YYYY-MM-DD/01.txt and run again",
        code="no-article",
    )
