"""The files for the browser, brought up to date with the articles: shards, then the tables that are made of everything.

A small segment that is made anew and the suggestions are made beside this process (`begin`), so that a new issue's
pages can be rendered meanwhile; `finish` takes what came of it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import Any, Final, NamedTuple

from jianbao.search import segments
from jianbao.search.grams import Text, haystack, weighted_grams
from jianbao.search.ledger import Ledger
from jianbao.search.manifest import File, Offers, file_of, keep_offers, new_offers, roll_of, write_tables
from jianbao.search.prepared import unpack_words
from jianbao.search.shards import unscript
from jianbao.work.beside import Beside
from jianbao.work.progress import Progress

FORM: Final = 3  # of shards and fragments; a change of it builds everything anew
_SMALL: Final = 2 * segments.STEPS[1]  # articles: of so many the texts fit into memory, and their shards too

Row = tuple[str, str, int]  # an article's id, date, number of grams
Content = tuple[str, bytes, bytes]  # an article's id, fragment, words


class _Plan(NamedTuple):
    """A segment as it should be: its articles in order, how many shards, and what tells it from others."""

    name: str
    rows: Sequence[Row]
    shards: int
    mark: bytes

    @staticmethod
    def of(part: segments.Segment, order: Sequence[Row]) -> _Plan:
        rows = order[part.start : part.end]
        grams = sum(row[2] for row in rows)
        mark = segments.generation([row[0] for row in rows])
        return _Plan(part.name, rows, segments.shard_count(part.name, grams), mark)

    @property
    def ids(self) -> list[str]:
        return [row[0] for row in self.rows]

    @property
    def state(self) -> str:
        return f"{self.mark.hex()} {self.shards} {len(self.rows)}"

    def files(self, folder: Path, texts: Iterable[Text]) -> Iterator[File]:
        grams = sum(row[2] for row in self.rows)
        built = segments.build(folder, self.name, self.shards, self.mark, texts, len(self.rows), grams)
        return (file_of(*one) for one in built)


class Refresh:
    """One bringing up to date: `begin`, then `finish`, then `close`."""

    def __init__(self, ledger: Ledger, folder: Path) -> None:
        self._ledger, self._folder = ledger, folder
        self._plans: list[_Plan] = []
        self._small: dict[str, Beside[list[File]]] = {}
        self._offers: tuple[str, Beside[list[File]]] | None = None

    def begin(self, progress: Progress) -> None:
        """Make what is large, and let what is small be made beside this process."""
        order = self._ledger.order()
        self._plans = [_Plan.of(part, order) for part in segments.partition([day for _, day, _ in order])]
        for plan in self._plans:
            if self._ledger.note(f"segment {plan.name}") == plan.state:
                self._patch(plan)
            elif len(plan.rows) > _SMALL:
                self._keep(plan, self._large(plan, progress))
            else:
                contents = list(self._ledger.contents(plan.ids))
                self._small[plan.name] = Beside(partial(_shards, self._folder, plan, contents))
        if offers := new_offers(self._ledger):
            self._offers = offers.state, Beside(partial(_suggestions, offers))

    def finish(self) -> None:
        """Bring everything up to date; lasting when it returns."""
        if self._offers:
            state, made = self._offers
            keep_offers(self._ledger, state, made.next())
        for plan in self._plans:
            if plan.name in self._small:
                self._keep(plan, self._small[plan.name].next())
        live = {plan.name for plan in self._plans}
        for name in "abc":
            if name not in live:
                self._forget(name)
        manifest: dict[str, Any] = {"form": FORM, "segments": []}
        for plan in self._plans:
            roll = roll_of(self._ledger, plan.name, plan.rows)
            table = {"name": plan.name, "shards": plan.shards, "mark": plan.mark.hex(), "roll": roll}
            manifest["segments"].append(table)
        write_tables(self._ledger, manifest)
        self._ledger.settle()
        self._ledger.commit()

    def close(self) -> None:
        """Let go of what is made beside."""
        for one in (*self._small.values(), *([self._offers[1]] if self._offers else [])):
            one.close()

    def _large(self, plan: _Plan, progress: Progress) -> Iterator[File]:
        """The shards of a large segment."""
        contents = self._ledger.contents(plan.ids)
        texts = progress.track("检索：字与字对", map(_text, contents), len(plan.rows))
        files = plan.files(self._folder, texts)
        first = list(islice(files, 1))  # all texts are read before the first shard is there
        yield from progress.track("检索：索引分片", chain(first, files), plan.shards)

    def _keep(self, plan: _Plan, files: Iterable[File]) -> None:
        self._forget(plan.name)
        self._ledger.write(files)
        self._ledger.set_note(f"segment {plan.name}", plan.state)

    def _forget(self, name: str) -> None:
        self._ledger.drop(self._ledger.digests(f"{name}/"))
        self._ledger.set_note(f"segment {name}", "")

    def _patch(self, plan: _Plan) -> None:
        """Change the shards that hold what corrected articles had or have."""
        changed = self._ledger.changed()
        if not changed:
            return
        numbers: Mapping[str, int] = {article: number for number, article in enumerate(plan.ids)}
        changed = [article for article in changed if article in numbers]
        pairs = zip(self._ledger.contents(changed, "before"), self._ledger.contents(changed), strict=True)
        changes = [(numbers[old[0]], weighted_grams(_text(old)), weighted_grams(_text(new))) for old, new in pairs]
        for number, edits in segments.patches(changes, plan.shards).items():
            shard = segments.shard_name(plan.name, number)
            self._ledger.write([file_of(shard, segments.patch(shard, self._ledger.file(f"{shard}.js"), edits))])


# What is made beside: each in one step, from what was read before.


def _shards(folder: Path, plan: _Plan, contents: Sequence[Content]) -> Iterator[list[File]]:
    yield list(plan.files(folder, map(_text, contents)))


def _suggestions(offers: Offers) -> Iterator[list[File]]:
    yield offers.files()


def _text(content: Content) -> Text:
    _, fragment, words = content
    text, counts, _ = unpack_words(words)
    return Text(haystack(json.loads(unscript(fragment))), text, counts)
