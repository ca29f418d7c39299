"""The whole story: scans → articles → archive → site and search data → public/."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from jianbao import shipped
from jianbao.archive import Archive, assemble
from jianbao.articles.importer import import_scans
from jianbao.articles.redirects import read_renames
from jianbao.bodies import Bodies, ChangedError
from jianbao.cache import Cache, Output, code_version
from jianbao.catalog import Catalog, digest_of, read_catalog
from jianbao.inputs import fingerprint, forget
from jianbao.lock import locked
from jianbao.problems import Problem, error, has_errors, in_order
from jianbao.progress import Progress, Silent
from jianbao.publish import Publisher, mark_of, output_fault, place
from jianbao.rendering import Rendering, Sources
from jianbao.search.index import SearchEntry, SearchIndex
from jianbao.settings import load_config
from jianbao.store import Root
from jianbao.workers import Processes

WORK = ".jianbao"
Item = TypeVar("Item")
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Options:
    """How to build. `out` None = `public` in the archive folder; `jobs` None = one for each core."""

    out: Path | None = None
    keep_going: bool = False
    jobs: int | None = None
    full: bool = False
    search: bool = True


@dataclass(slots=True)
class Report:
    """What a build did. `left_out`: files with faults that have no good page (with --keep-going)."""

    problems: list[Problem] = field(default_factory=list)
    imported: int = 0
    articles: int = 0
    issues: int = 0
    written: int = 0
    removed: int = 0
    unchanged: bool = False
    published: bool = False
    left_out: tuple[str, ...] = ()


def build(root: Root, options: Options | None = None, progress: Progress | None = None) -> Report:
    """Import, check, render, index, publish; only what changed is done again.

    What is wrong with the content is in the report; then the published site is untouched (but for
    `keep_going`). OSError (a full disk, say) leaves it untouched too. BusyError: another build holds the lock.
    """
    return _Build(root, options or Options(), progress or Silent()).run()


class _Build:
    """One run; its methods are the steps in their order."""

    def __init__(self, root: Root, options: Options, progress: Progress) -> None:
        self.root, self.options, self.progress = root, options, progress
        self.work = root.path(WORK)
        self.out = options.out or root.folder / "public"
        self.publisher = Publisher(self.out, self.work)
        self.processes = Processes(options.jobs)
        self.report = Report()

    def run(self) -> Report:
        with locked(self.work, self._waiting):
            self.publisher.recover()
            if fault := output_fault(self.root, self.out, named=self.options.out is not None):
                self.report.problems.append(fault)
                return self.report
            if self.options.full:
                forget(self.work)
            with Cache(self.work / "cache.sqlite", code_version(str(self.options.search))) as cache:
                seen = fingerprint(self.root, self.publisher)
                if seen is not None and seen == cache.note("inputs"):
                    self.report.unchanged = True
                else:
                    cache.set_note("inputs", "")
                    self._all(cache)
                    if self.report.published and not self.report.problems:
                        cache.set_note("inputs", fingerprint(self.root, self.publisher) or "")
        self.report.problems = in_order(self.report.problems)
        return self.report

    def _all(self, cache: Cache) -> None:
        gathered = self._gather(cache)
        if gathered is None:
            return
        archive, catalog = gathered
        try:
            search = self._search(archive, catalog) if self.options.search else None
            self._site(cache, archive, catalog, search)
        except ChangedError as failure:
            self.report.problems.append(failure.problem)

    def _gather(self, cache: Cache) -> tuple[Archive, Catalog] | None:
        """Scans → articles → the archive; None where there is nothing fit to publish."""
        report = self.report
        config, problems = load_config(self.root)
        report.problems += problems
        if config is None:
            return None
        imported = import_scans(self.root, config, run=self._runner("读版面"))
        report.imported = len(imported.written)
        report.problems += imported.problems
        catalog = read_catalog(self.root, cache, config.limits.article, self._runner("读文章"))
        renames, problems = read_renames(self.root)
        archive, collisions = assemble(config, catalog.articles, renames)
        report.problems += [*catalog.problems, *problems, *collisions]
        report.articles, report.issues, report.left_out = len(archive.articles), len(archive.issues), catalog.left_out
        broken = has_errors(report.problems)
        if not archive.articles and not broken:
            report.problems.append(_nothing())
        return (archive, catalog) if archive.articles and (self.options.keep_going or not broken) else None

    def _search(self, archive: Archive, catalog: Catalog) -> SearchIndex:
        """Bring the index up to date with the articles that changed."""
        index = SearchIndex(self.work / "search")
        bodies = Bodies(self.root)
        changed, gone = index.outdated(archive.articles, keep=catalog.stale)
        entries = (SearchEntry(article, bodies.plain(article)) for article in changed)
        index.update(self.progress.track("分词索引", entries, len(changed)), gone, self.processes)
        return index

    def _site(self, cache: Cache, archive: Archive, catalog: Catalog, search: SearchIndex | None) -> None:
        """Render what changed into the stage and publish it in one step."""
        before, present = cache.outputs(), self.publisher.present()
        files = dict(self._static())
        assets = {path.removeprefix("static/"): digest_of(data)[:8] for path, data in files.items()}
        scans = {file.path: file.mark for file in self.root.files("scans", (".txt",))}
        related = search.all_related() if search else {}
        job = Rendering(
            archive,
            Sources(Bodies(self.root), related, scans, assets),
            tuple(shipped.folders(self.root.folder, "templates")),
            self.publisher.open_stage(),
            self.work / "templates",
        )
        keys = {path: job.key(view) for path, view in job.views.items()}
        stale = {archive.by_id[one].url + "index.html" for one in catalog.stale if one in archive.by_id}
        keys |= {path: digest_of(data) for path, data in files.items()}
        shards = search.export() if search else {}
        keys |= shards
        pending = [
            path
            for path, key in keys.items()
            if not (
                path in before and before[path].mark == present.get(path) and (before[path].key == key or path in stale)
            )
        ]
        done: dict[str, Output] = {}
        for path in pending:
            if path in files or path in shards:
                place(job.stage, path, files[path] if path in files else search.read(path))
                done[path] = Output(keys[path], mark_of(job.stage / path))
        pages = [path for path in pending if path not in done]
        for one in self.progress.track("写页面", self.processes.map(job, pages), len(pages)):
            if one.problem:
                self.report.problems.append(one.problem)
            else:
                done[one.path] = Output(keys[one.path], one.mark)
        if has_errors(self.report.problems) and not self.options.keep_going:
            return
        removed = [path for path in present if path not in keys]
        failed = {path for path in pending if path not in done}
        self.publisher.close_stage(done, removed, (path for path in keys if path not in failed or path in present))
        cache.keep_outputs(done.items(), [*(path for path in before if path not in keys), *failed])
        self.report.written, self.report.removed, self.report.published = len(done), len(removed), True

    def _static(self) -> Iterator[tuple[str, bytes]]:
        for folder in reversed(shipped.folders(self.root.folder, "static")):
            static = Root(folder)
            for file in static.files(""):
                yield f"static/{file.path}", static.read(file.path)

    def _runner(self, name: str) -> Callable[[Callable[[Item], Result], Sequence[Item]], Iterable[Result]]:
        def run(job: Callable[[Item], Result], items: Sequence[Item]) -> Iterable[Result]:
            return self.progress.track(name, self.processes.map(job, items), len(items))

        return run

    def _waiting(self, holder: str) -> None:
        self.progress.say(f"另一个构建正在进行（进程 {holder}），等它结束…  another build is running, waiting")


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
