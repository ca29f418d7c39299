"""Search on the command line: the browser's shards give the candidates, Whoosh their order, the texts the truth."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal, TypedDict

from jianbao.model import address_of
from jianbao.search.folding import fold
from jianbao.search.grams import bare, haystack
from jianbao.search.ledger import Ledger
from jianbao.search.query import Clause, needed_grams, parse
from jianbao.search.segments import Segment, shard_name
from jianbao.search.shards import bucket, decode, unscript

Sort = Literal["relevance", "newest", "oldest"]
_TITLE_FACTOR: Final = 3
_AROUND: Final = 40


class Result(TypedDict):
    """One article found, as in the contract."""

    id: str
    url: str
    title: str
    date: str
    section: str
    reporters: list[str]
    snippet: str
    score: float


class Found(TypedDict):
    """What a search finds, as in the contract."""

    total: int
    results: list[Result]
    facets: dict[str, list[dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A query with its filters and the piece of the results that is asked for."""

    query: str
    reporter: str = ""
    section: str = ""
    since: str = ""
    until: str = ""
    sort: Sort = "relevance"
    offset: int = 0
    limit: int = 10


@dataclass(frozen=True, slots=True)
class Finder:
    """The exported index, read in Python. `shards`: how many each segment has."""

    ledger: Ledger
    segments: Sequence[Segment]
    shards: dict[str, int]
    scores: Callable[[str], dict[str, float]]  # Whoosh's, for a text

    def find(self, wanted: Wanted) -> Found:
        """Everything that matches, verified against the texts, in the wanted order."""
        clauses = parse(wanted.query, filtered=bool(wanted.reporter or wanted.section or wanted.since or wanted.until))
        order = self.ledger.order()
        columns = self.ledger.columns()
        numbers = self._candidates(clauses, len(order))
        filters = list(_filters(wanted, clauses, columns))
        kept = [n for n in numbers if _passes(wanted, filters, order[n][1], *columns[n])]
        articles = self.ledger.contents([order[n][0] for n in kept])
        fields = {n: json.loads(unscript(row[1])) for n, row in zip(kept, articles, strict=True)}
        parts = {n: haystack(one) for n, one in fields.items()}
        true = [n for n in kept if _matches(clauses, parts[n])]
        words = [clause.text for clause in clauses if not clause.negative and clause.field in ("", "title")]
        scores = self.scores(" ".join(words)) if words and wanted.sort == "relevance" else {}
        rank = {n: _score(words, parts[n], scores.get(order[n][0], 0.0)) for n in true}
        # What is titled as the query comes before all else, as in the browser.
        most = max(rank.values(), default=0.0)
        rank |= {n: rank[n] + most for n in true if len(words) == 1 and bare(parts[n][0]) == bare(words[0])}
        if wanted.sort == "relevance":
            true.sort(key=lambda n: (-rank[n], -n))
        else:
            true.sort(reverse=wanted.sort == "newest")
        shown = true[wanted.offset : wanted.offset + wanted.limit]
        return {
            "total": len(true),
            "results": [_result(fields[n], words, round(rank[n], 3)) for n in shown],
            "facets": {
                "section": _counts(columns[n][0] for n in true),
                "reporter": _counts(name for n in true for name in columns[n][1].split("\n")),
                "year": _counts(order[n][1][:4] for n in true),
            },
        }

    def _candidates(self, clauses: Sequence[Clause], size: int) -> list[int]:
        """Documents that have all the grams asked for, by their place in the date order."""
        found: set[int] | None = None
        for clause in clauses:
            if clause.negative or clause.field not in ("", "title"):
                continue
            for gram in needed_grams(clause.text):
                has = self._with_gram(gram)
                found = has if found is None else found & has
                if not found:
                    return []
        return sorted(found) if found is not None else list(range(size))

    def _with_gram(self, gram: str) -> set[int]:
        out: set[int] = set()
        for segment in self.segments:
            name = shard_name(segment.name, bucket(gram, self.shards[segment.name]))
            _, postings = decode(unscript(self.ledger.file(f"{name}.js")))
            out.update((entry >> 3) + segment.start for entry in postings.get(gram, ()))
        return out


@dataclass(frozen=True, slots=True)
class _Filter:
    """The names of a field that are meant, or not meant."""

    field: str
    names: frozenset[str]
    negative: bool


def _filters(wanted: Wanted, clauses: Sequence[Clause], columns: Sequence[tuple[str, str]]) -> Iterator[_Filter]:
    """What is asked of sections and people, as in the browser: the very name, else those containing it."""
    asked = [("reporter", wanted.reporter, False), ("section", wanted.section, False)]
    asked += [(clause.field, clause.text, clause.negative) for clause in clauses]
    for field, given, negative in asked:
        text = fold(given).strip()
        if text and field in ("reporter", "section"):
            values = {name for column in columns for name in _names(field, *column)}
            folded = {name: fold(name) for name in values}
            exact = [name for name, one in folded.items() if one == text]
            yield _Filter(field, frozenset(exact or [name for name, one in folded.items() if text in one]), negative)


def _names(field: str, section: str, people: str) -> list[str]:
    return people.split("\n") if field == "reporter" else [section]


def _passes(wanted: Wanted, filters: Iterable[_Filter], day: str, section: str, people: str) -> bool:
    for one in filters:
        if any(name in one.names for name in _names(one.field, section, people)) == one.negative:
            return False
    if wanted.since and day < wanted.since[: len(day)]:
        return False
    return not wanted.until or (day != "" and day[: len(wanted.until)] <= wanted.until)


def _matches(clauses: Sequence[Clause], parts: Sequence[str]) -> bool:
    for clause in clauses:
        if clause.field in ("", "title"):
            where = parts[:1] if clause.field == "title" else parts
            if any(clause.text in part for part in where) == clause.negative:
                return False
    return True


def _score(words: Sequence[str], parts: Sequence[str], ranked: float) -> float:
    titled = [word for word in words if word in parts[0]]
    often = sum(part.count(word) for part in parts for word in words)
    near = sum(map(len, titled)) / max(len(parts[0]), 1)
    return (1 + ranked + 0.1 * min(often, 20)) * (_TITLE_FACTOR * (1 + near) if titled and titled == words else 1)


def _result(fields: dict[str, Any], words: Sequence[str], score: float) -> Result:
    return {
        "id": fields["i"],
        "url": address_of(fields["i"]),
        "title": fields.get("t", ""),
        "date": fields.get("d", ""),
        "section": fields.get("x", ""),
        "reporters": fields.get("n", []),
        "snippet": _snippet(fields.get("y", ""), words),
        "score": score,
    }


def _snippet(text: str, words: Sequence[str]) -> str:
    """The paragraph of the first hit, cut around it; the beginning where no hit is in the body."""
    for paragraph in text.split("\n"):
        folded = fold(paragraph)
        for word in words:
            at = folded.find(word)
            if at >= 0:
                start, end = max(0, at - _AROUND), at + len(word) + 2 * _AROUND
                return ("…" if start else "") + paragraph[start:end] + ("…" if end < len(paragraph) else "")
    return text[: 3 * _AROUND].replace("\n", " ")


def _counts(values: Iterable[str]) -> list[dict[str, Any]]:
    counted = Counter(value for value in values if value)
    return [{"value": value, "count": n} for value, n in sorted(counted.items(), key=lambda one: (-one[1], one[0]))]
