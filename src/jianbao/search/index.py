"""The search index of an archive: kept up to date article by article, exported as files for the browser.

    index = SearchIndex(root.path(".jianbao/search"))
    changed, gone = index.outdated(digests)              # of the articles' files, by id
    index.update(entries_of(changed), gone, workers)     # cut, weigh, remember
    files = index.export()                               # path → digest; index.read(path) → bytes

Everything in the folder can be deleted: it costs time, never correctness.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from jianbao.search import segments
from jianbao.search.dictionary import dictionary_version
from jianbao.search.grams import SearchEntry
from jianbao.search.ledger import Ledger
from jianbao.search.prepared import Prepared, telling_words
from jianbao.search.preparing import Preparation, fragment_name
from jianbao.search.ranking import Ranking
from jianbao.search.refreshing import FORM, Refresh
from jianbao.search.related import Change
from jianbao.search.tables import offered
from jianbao.search.words import cutter
from jianbao.work.collecting import without_collecting
from jianbao.work.progress import Progress, Silent
from jianbao.work.workers import Serial, Workers

if TYPE_CHECKING:
    from jianbao.search.finding import Found

__all__ = ["SearchEntry", "SearchIndex"]

_BATCH: Final = 4000
_FEW: Final = 100


class SearchIndex:
    """See the module."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.ledger = Ledger(folder / "ledger.sqlite", f"{FORM} {dictionary_version()}")
        self.ranking = Ranking(folder / "whoosh")
        if self.ledger.fresh:
            self.ranking.clear()
        self._change: Change | None = None
        self._most_changes = _FEW
        self._refresh: Refresh | None = None

    def close(self) -> None:
        """Release the files."""
        self._let_go()
        self.ranking.close()
        self.ledger.close()

    # -- bringing up to date --------------------------------------------------------------------------------
    def outdated(
        self, digests: Mapping[str, str], keep: Collection[str] = (), among: Collection[str] | None = None
    ) -> tuple[list[str], list[str]]:
        """The ids of articles that are new or changed since they were indexed, and those that are gone. `digests`: of
        the articles' files, by id; `among`: none but these are asked for.

        Articles in `keep` count as unchanged where the index has them.
        """
        sources = self.ledger.sources(among)
        changed = {one for one, _ in digests.items() - sources.items() if one not in keep or one not in sources}
        return [one for one in digests if one in changed], sorted(sources.keys() - digests.keys())

    def update(
        self, entries: Iterable[SearchEntry], removed: Iterable[str] = (), workers: Workers | None = None
    ) -> None:
        """Take in new and changed articles, forget removed ones; lasting when it returns."""
        with without_collecting():
            self._update(entries, removed, workers or Serial())

    def _update(self, entries: Iterable[SearchEntry], removed: Iterable[str], workers: Workers) -> None:
        prepare = Preparation(self.folder)
        rest = iter(entries)
        batch = list(islice(rest, _BATCH))
        prepare.open(len(batch))
        self._change = Change()
        self._most_changes = max(_FEW, self.ledger.count() // 50)
        while batch:
            for prepared in workers.map(prepare, prepare.parts(batch)):
                for one in prepared:
                    self._put(one)
            batch = list(islice(rest, _BATCH))
        for article in removed:
            self._note_keywords(article, ())
            self.ledger.remove(article)
            self.ledger.drop_related(article)
        if self._other_suggestions():
            self.ledger.set_note("suggestions", "")
        self.ledger.set_related(self._related())
        self.ledger.commit()

    def _put(self, prepared: Prepared) -> None:
        known = self.ledger.has(prepared.id)
        if self.ledger.put(prepared) and (not known or tuple(self.ledger.keywords(prepared.id)) != prepared.keywords):
            self._note_keywords(prepared.id, prepared.keywords, fresh=not known)

    def _note_keywords(self, article: str, words: tuple[tuple[str, int], ...], *, fresh: bool = False) -> None:
        if (change := self._change) is not None:
            before = self.ledger.keywords(article)
            change.before.setdefault(article, before)
            for word, _ in {*before, *words}:
                if word not in change.had:
                    change.had[word] = self.ledger.count_keyword(word)
            if len(change.before) > self._most_changes:
                self._change = None  # so much has changed that all lists are made anew
        self.ledger.set_keywords(article, words, fresh=fresh)

    def _related(self) -> Iterable[tuple[str, list[tuple[str, int]]]]:
        """The lists of related articles that may have changed."""
        if self._change is not None:
            return sorted(self._change.lists(self.ledger.has, self.ledger).items())
        from jianbao.search.likeness import all_nearest  # numpy is loaded only where there is much to do

        return all_nearest(self.ledger.ids(), self.ledger.all_keywords())

    def _other_suggestions(self) -> bool:
        """Whether a word that is offered to readers came, went or changed its level."""
        if self._change is None:
            return True
        now = self.ledger.count_keyword
        return any(offered(before) != offered(now(word)) for word, before in self._change.had.items())

    def rank(self, progress: Progress | None = None, least: int = 1) -> None:
        """Bring Whoosh's index up to date if at least so many articles wait for it, or if there is none. It orders what
        is found on the command line; nothing that is published depends on it, so a correction need not wait for it."""
        waiting = self.ledger.unranked()
        if self.ranking.exists() and len(waiting) < least:
            return
        empty = self.ranking.is_empty()
        if empty:  # missing or damaged
            waiting = self.ledger.ids()
            self.ledger.set_unranked(waiting)
            self.ledger.commit()
        for article in (progress or Silent()).track("检索：排序", waiting, len(waiting)):
            words = self.ledger.words(article)
            if words is None:
                self.ranking.remove(article)
            else:  # what a killed run left is replaced, not doubled
                self.ranking.put(article, *telling_words(words), fresh=empty)
        self.ranking.commit()
        self.ledger.set_ranked()
        self.ledger.commit()

    # -- keywords and related articles ----------------------------------------------------------------------
    def keywords(self, article: str, most: int = 10) -> tuple[str, ...]:
        """What the article is about, weightiest first."""
        return tuple(word for word, _ in self.ledger.keywords(article)[:most])

    def related(self, article: str, most: int = 5) -> tuple[str, ...]:
        """The ids of articles about the same, nearest first."""
        return tuple(other for other, _ in self.ledger.related(article)[:most])

    def all_related(self, most: int = 5) -> dict[str, tuple[str, ...]]:
        """`related` of every article that has any."""
        return {one: tuple(other for other, _ in row[:most]) for one, row in self.ledger.all_related().items()}

    def search(self, query: str, **options: Any) -> Found:  # noqa: ANN401 (the fields of Wanted)
        """Ask the exported index: the contract's result, for the command line. Options: see `Wanted`; `rank` first."""
        from jianbao.search.finding import Finder, Wanted  # of no use to builds

        order = self.ledger.order()
        parts = segments.partition([day for _, day, _ in order])
        if any(not self.ledger.note(f"segment {part.name}") for part in parts) or self.ledger.changed():
            self.export()  # an update came after the last one
        shards = {part.name: int((self.ledger.note(f"segment {part.name}") or "- 1").split()[1]) for part in parts}
        cut = cutter(self.folder)
        return Finder(
            self.ledger, parts, shards, lambda text: self.ranking.scores({w for w in cut.words(text) if len(w) > 1})
        ).find(Wanted(query, **options))

    # -- files for the browser ------------------------------------------------------------------------------
    def export(self, progress: Progress | None = None) -> dict[str, str]:
        """Bring the files below `search/` up to date: path → digest of each; `read` gives the bytes."""
        self.refresh(progress)
        return self.files()

    def begin(self, progress: Progress | None = None) -> None:
        """Begin to bring the files up to date: what is small is made beside this process until `refresh`."""
        with without_collecting():
            self._refresh = Refresh(self.ledger, self.folder)
            self._refresh.begin(progress or Silent())

    def refresh(self, progress: Progress | None = None) -> None:
        """Bring the files up to date, with what has begun or from the beginning."""
        if self._refresh is None:
            self.begin(progress)
        assert self._refresh is not None
        with without_collecting():
            self._refresh.finish()
        self._let_go()

    def _let_go(self) -> None:
        if self._refresh is not None:
            self._refresh.close()
            self._refresh = None

    def files(self) -> dict[str, str]:
        """All files: path → digest of each."""
        files = {"search/" + path: digest for path, digest in self.ledger.digests().items()}
        files.update((f"search/{fragment_name(article)}.js", digest) for article, digest in self.ledger.fragments())
        return files

    # -- what has changed since it was published -------------------------------------------------------------
    @property
    def born(self) -> str:
        """What tells this index from one that was made anew."""
        return self.ledger.born

    def unpublished(self) -> dict[str, str]:
        """The files that may have changed since they were published, with their digests; "" for those that are gone."""
        files = {"search/" + path: digest for path, digest in self.ledger.unpublished_files()}
        for article, digest in self.ledger.unpublished_fragments():
            files[f"search/{fragment_name(article)}.js"] = digest
        return files

    def relinked(self) -> list[str]:
        """Articles that may have other related ones than when they were published."""
        return self.ledger.relinked()

    def naming(self, articles: Collection[str]) -> list[str]:
        """The articles that have any of these among their related ones."""
        return self.ledger.relating(articles)

    def published(self, site: str) -> None:
        """What has changed so far is published; `site` tells what it was published with."""
        self.ledger.set_published()
        self.ledger.set_note("published", site)
        self.ledger.commit()

    @property
    def published_with(self) -> str:
        """What it was last published with: then it held the articles as they were."""
        return self.ledger.note("published") or ""

    def read(self, path: str) -> bytes:
        """The bytes of an exported file."""
        if match := re.fullmatch(r"search/text/[^/]*/(.+)\.js", path):
            return self.ledger.fragment(match[1])
        return self.ledger.file(path.removeprefix("search/"))
