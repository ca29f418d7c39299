"""The files for the browser, brought up to date with the articles: shards, then the tables that are made of everything.

A small segment that is made anew and the suggestions are made beside this process (`begin`), so that a new issue's
pages can be rendered meanwhile; `finish` takes what came of it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import Any, Final, NamedTuple

from jianbao.search import segments
from jianbao.search.grams import Text, haystack, weighted_grams
from jianbao.search.ledger import Ledger
from jianbao.search.manifest import File, Offers, file_of, keep_offers, new_offers, write_tables
from jianbao.search.prepared import unpack_words
from jianbao.search.shards import unscript
from jianbao.search.tables import roll
from jianbao.work.beside import Beside
from jianbao.work.progress import Progress

FORM: Final = 4  # of shards and fragments; a change of it builds everything anew
_FEW: Final = 20  # articles that are looked for one by one
_SMALL: Final = 2 * segments.STEPS[1]  # articles: of so many the texts fit into memory, and their shards too

_NEVER: Final = "~"  # after all dates

Content = tuple[str, bytes, bytes]  # an article's id, fragment, words


class _Plan(NamedTuple):
    """A segment as it should be: its name, how many articles, from which date to the day before which, what tells it
    from others; `roll`: see tables.py."""

    name: str
    size: int
    first: str
    end: str
    mark: str
    roll: str

    def files(self, folder: Path, texts: Iterable[Text], grams: int) -> Iterator[File]:
        shards = segments.shard_count(self.name, grams)
        built = segments.build(folder, self.name, shards, bytes.fromhex(self.mark), texts, self.size, grams)
        return (file_of(*one) for one in built)


def _plans(ledger: Ledger) -> list[_Plan]:
    """The segments. What follows from the articles without their texts is noted, and need not be found again."""
    if ledger.shape:
        return [_Plan(*plan) for plan in json.loads(ledger.shape)]
    order = ledger.order()
    plans: list[_Plan] = []
    for part in segments.partition([day for _, day, _ in order])[::-1]:
        rows = order[part.start : part.end]
        mark = segments.generation([article for article, _, _ in rows]).hex()
        end = plans[-1].first if plans else _NEVER
        made = roll((day, article) for article, day, _ in rows)
        plans.append(_Plan(part.name, len(rows), rows[0][1], end, mark, made))
    return plans[::-1]


class Refresh:
    """One bringing up to date: `begin`, then `finish`, then `close`."""

    def __init__(self, ledger: Ledger, folder: Path) -> None:
        self._ledger, self._folder = ledger, folder
        self._plans: list[_Plan] = []
        self._counted: dict[str, int] = {}
        self._small: dict[str, Beside[list[File]]] = {}
        self._offers: tuple[str, Beside[list[File]]] | None = None

    def begin(self, progress: Progress) -> None:
        """Make what is large, and let what is small be made beside this process."""
        self._plans = _plans(self._ledger)
        for plan in self._plans:
            if self._ledger.note(f"segment {plan.name}") == self._state(plan):
                self._patch(plan)
            elif plan.size > _SMALL:
                self._keep(plan, self._large(plan, progress))
            else:
                contents = list(self._ledger.contents(self._ids(plan)))
                self._small[plan.name] = Beside(partial(_shards, self._folder, plan, contents, self._grams(plan)))
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
            table = {"name": plan.name, "shards": self._shards(plan), "mark": plan.mark, "roll": plan.roll}
            manifest["segments"].append(table)
        write_tables(self._ledger, manifest)
        self._ledger.settle()
        self._ledger.set_shape(json.dumps(self._plans))
        self._ledger.commit()

    def close(self) -> None:
        """Let go of what is made beside."""
        for one in (*self._small.values(), *([self._offers[1]] if self._offers else [])):
            one.close()

    def _large(self, plan: _Plan, progress: Progress) -> Iterator[File]:
        """The shards of a large segment."""
        contents = self._ledger.contents(self._ids(plan))
        texts = progress.track("检索：字与字对", map(_text, contents), plan.size)
        files = plan.files(self._folder, texts, self._grams(plan))
        first = list(islice(files, 1))  # all texts are read before the first shard is there
        yield from progress.track("检索：索引分片", chain(first, files), self._shards(plan))

    def _ids(self, plan: _Plan) -> list[str]:
        return self._ledger.ids_between(plan.first, plan.end)

    def _grams(self, plan: _Plan) -> int:
        if plan.name not in self._counted:
            self._counted[plan.name] = self._ledger.grams_between(plan.first, plan.end)
        return self._counted[plan.name]

    def _shards(self, plan: _Plan) -> int:
        return segments.shard_count(plan.name, self._grams(plan))

    def _state(self, plan: _Plan) -> str:
        return f"{plan.mark} {self._shards(plan)} {plan.size}"

    def _keep(self, plan: _Plan, files: Iterable[File]) -> None:
        self._forget(plan.name)
        self._ledger.write(files)
        self._ledger.set_note(f"segment {plan.name}", self._state(plan))

    def _forget(self, name: str) -> None:
        self._ledger.drop(self._ledger.digests(f"{name}/"))
        self._ledger.set_note(f"segment {name}", "")

    def _patch(self, plan: _Plan) -> None:
        """Change the shards that hold what corrected articles had or have."""
        days = ((one, self._ledger.day(one)) for one in self._ledger.changed())
        changed = [one for one, day in days if day is not None and plan.first <= day < plan.end]
        if not changed:
            return
        if len(changed) > _FEW:
            numbers = {article: number for number, article in enumerate(self._ids(plan))}
        else:
            numbers = {article: self._ledger.place_after(article, plan.first) for article in changed}
        pairs = zip(self._ledger.contents(changed, "before"), self._ledger.contents(changed), strict=True)
        changes = [(numbers[old[0]], weighted_grams(_text(old)), weighted_grams(_text(new))) for old, new in pairs]
        for number, edits in segments.patches(changes, self._shards(plan)).items():
            shard = segments.shard_name(plan.name, number)
            self._ledger.write([file_of(shard, segments.patch(shard, self._ledger.file(f"{shard}.js"), edits))])


# What is made beside: each in one step, from what was read before.


def _shards(folder: Path, plan: _Plan, contents: Sequence[Content], grams: int) -> Iterator[list[File]]:
    yield list(plan.files(folder, map(_text, contents), grams))


def _suggestions(offers: Offers) -> Iterator[list[File]]:
    yield offers.files()


def _text(content: Content) -> Text:
    _, fragment, words = content
    text, counts, _ = unpack_words(words)
    return Text(haystack(json.loads(unscript(fragment))), text, counts)
