"""The whole story: scans → articles → archive → site and search data → public/."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack, suppress
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from jianbao.archive import Archive, Rename, assemble
from jianbao.articles.doubtful_dates import doubtful_dates
from jianbao.articles.fault_places import placed
from jianbao.articles.faults import fault
from jianbao.articles.redirects import read_renames
from jianbao.building.bodies import Bodies
from jianbao.building.cache import Cache, as_oserror
from jianbao.building.catalog import Catalog, read_catalog
from jianbao.building.context import Context
from jianbao.building.importing import import_known
from jianbao.building.inputs import forget, forget_made
from jianbao.building.publishing import Publishing, page_of
from jianbao.building.rendering import compile_all
from jianbao.building.stored import stored_archive
from jianbao.config import Config
from jianbao.folder import shipped
from jianbao.folder.layout import BYTECODE, CACHE, SEARCH
from jianbao.folder.sight import look
from jianbao.model import Article
from jianbao.problems import Problem, ProblemError, has_errors
from jianbao.settings import load_config
from jianbao.site.views import problems as unshown
from jianbao.work.beside import Beside
from jianbao.work.collecting import without_collecting
from jianbao.work.workers import FEW

if TYPE_CHECKING:
    from jianbao.search.index import SearchIndex

Item = TypeVar("Item")
Result = TypeVar("Result")


class Making:
    """A build that has something to do; its methods are the steps in their order."""

    def __init__(self, context: Context, version: str) -> None:
        self.context, self.version = context, version
        self.published = ""  # the digest of the published site
        context.inputs.survey.go_on()

    def run(self) -> None:
        """Do it all; what was done and what is wrong goes into the report."""
        with without_collecting():
            self._run()

    def _run(self) -> None:
        try:
            try:
                self._remembering()
            except sqlite3.DatabaseError as failure:
                if isinstance(failure, sqlite3.OperationalError):  # a full disk
                    raise
                forget(self.context.work)  # damaged, but all that it holds can be made again
                self.context.report.problems.clear()
                self._remembering()
        except ProblemError as failure:
            self.context.report.problems.append(failure.problem)
        except sqlite3.Error as failure:
            raise as_oserror(failure, str(self.context.work)) from failure
        finally:
            self.context.workers.close()
        # An import changes articles itself; then the next run looks at everything once more.
        report = self.context.report
        if report.published and not report.imported and not has_errors(report.problems):
            self.context.inputs.keep(self.published, report.problems)

    def _remembering(self) -> None:
        with Cache(self.context.work / CACHE, self.version) as cache:
            self._all(cache)

    def _all(self, cache: Cache) -> None:
        self.context.inputs.void()
        if cache.fresh:
            forget_made(self.context.work)
        with ExitStack() as stack:
            if cache.fresh:
                folders, bytecode = shipped.folders(self.context.root.folder, "templates"), self.context.work / BYTECODE
                compiling = stack.enter_context(Beside(partial(compile_all, folders, bytecode)))
            gathered = self._gather(cache)
            if cache.fresh:
                compiling.next()
        if gathered is None or not cache.site("published"):
            # At once: nobody shall wait for an index, only to hear that it cannot be published.
            self.context.guard.allow()
        if gathered is None:
            return
        archive, catalog = gathered
        if not self.context.options.search:
            self._publish(cache, archive, catalog, None)
            return
        from jianbao.search.index import SearchIndex

        index = SearchIndex(self.context.work / SEARCH)
        try:
            self._index(cache, index, archive, catalog)
            self._publish(cache, archive, catalog, index)
        finally:
            index.close()
        if cache.fresh and self.context.report.published:
            self._make_ready(cache)

    def _make_ready(self, cache: Cache) -> None:
        """What else the first correction would wait for; after a build from nothing with its index nobody notices. What
        fails here, a later build does."""
        with suppress(OSError, sqlite3.OperationalError):
            cache.shelves()
            self.context.publisher.open_stage()
            self.context.publisher.abandon(())

    def _publish(self, cache: Cache, archive: Archive, catalog: Catalog, index: SearchIndex | None) -> None:
        bodies = Bodies(self.context.root, catalog.bodies)
        self.published = Publishing(self.context, cache, archive, index, catalog.stale, catalog.left_out, bodies).run()

    def _gather(self, cache: Cache) -> tuple[Archive, Catalog] | None:
        """Scans → articles → the archive; None where there is nothing fit to publish."""
        report = self.context.report
        config, problems = load_config(self.context.root)
        report.problems += problems
        if config is None:
            return None
        self._import(cache, config)
        catalog = self._catalog(cache, config)
        report.left_out = catalog.left_out
        renames, problems = read_renames(self.context.root)
        archive, collisions = self._archive(cache, config, catalog, renames)
        report.problems += [*catalog.problems, *problems, *placed(self.context.root, collisions), *unshown(archive)]
        report.problems += doubtful_dates(self.context.root, archive, config)
        report.articles, report.issues = len(archive.articles), len(archive.issues)
        broken = has_errors(report.problems)
        if not archive.articles and not broken:
            report.problems.append(fault("articles", 0, 0, "no-article"))
        return (archive, catalog) if archive.articles and (self.context.options.keep_going or not broken) else None

    def _archive(
        self, cache: Cache, config: Config, catalog: Catalog, renames: Sequence[Rename]
    ) -> tuple[Archive, list[Problem]]:
        """The archive, and ids that collide. Where a site is known that little was changed since, the articles stay in
        the database until somebody looks at them."""
        if cache.site("published") and not catalog.most and not catalog.stale:
            stored = stored_archive(cache.shelves(), config, renames)
            if stored is not None:
                return stored, []
        # Of what has faults now the last good page stays; where it is not there (in another folder), it is left out.
        shown, out = list[Article](), self.context.publisher.out
        for article in catalog.all_articles():
            if article.id in catalog.stale and not (out / page_of(article.id)).is_file():
                self.context.report.left_out += (article.path,)
            else:
                shown.append(article)
        return assemble(config, shown, renames)

    def _import(self, cache: Cache, config: Config) -> None:
        """New and changed scans become articles; scans whose marks hold are not even opened."""
        report = self.context.report
        seen = self.context.inputs.seen
        imported = import_known(
            self.context.root,
            config,
            cache,
            seen,
            lambda: self._catalog(cache, config),
            self._runner("读版面"),
            begin=self.context.guard.allow,
        )
        if imported is None:
            report.problems += seen.scans.strays
            return
        report.imported = len(imported.written) + len(imported.removed)
        report.problems += imported.problems

    def _catalog(self, cache: Cache, config: Config) -> Catalog:
        # An import has written articles since they were looked at.
        seen = (
            look(self.context.root, "articles") if self.context.report.imported else self.context.inputs.seen.articles
        )
        return read_catalog(self.context.root, cache, config.limits.article, self._runner("读文章"), seen)

    def _index(self, cache: Cache, index: SearchIndex, archive: Archive, catalog: Catalog) -> None:
        """Bring the index up to date with the articles that changed."""
        from jianbao.search.index import SearchEntry

        bodies = Bodies(self.context.root, catalog.bodies)
        edited, site = cache.edited(), cache.site("published")
        if edited is not None and site and site == index.published_with:
            # All else is as it was when the index held all of it.
            now = archive.of_files(list(edited)).values()
            among = {one.id for one in (*now, *edited.values()) if one}
            digests = {one: archive.by_id[one].digest for one in among if one in archive.by_id}
            changed, gone = index.outdated(digests, catalog.stale, among)
        else:
            changed, gone = index.outdated(archive.digests, catalog.stale)
        if changed or gone:
            articles = (archive.by_id[one] for one in changed)
            entries = (SearchEntry(article, bodies.plain(article)) for article in articles)
            index.update(self.context.progress.track("分词索引", entries, len(changed)), gone, self.context.workers)
            index.rank(self.context.progress, least=FEW)

    def _runner(self, name: str) -> Callable[[Callable[[Item], Result], Sequence[Item]], Iterable[Result]]:
        def run(job: Callable[[Item], Result], items: Sequence[Item]) -> Iterable[Result]:
            return self.context.progress.track(name, self.context.workers.map(job, items), len(items))

        return run
