"""An archive in the database says of itself what the same archive in memory says, after any edits."""

from __future__ import annotations

import os
import pickle
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jianbao.archive import Archive, Rename, assemble
from jianbao.building import shelves
from jianbao.building.cache import Cache, Known
from jianbao.building.lazy import Later
from jianbao.building.packing import unpack
from jianbao.building.shelves import DamagedError
from jianbao.building.stored import stored_archive
from jianbao.config import Config
from jianbao.model import Article, Byline, PaperDate

CONFIG = Config("档案", sections=("要闻", "文化"))
RENAMES = (Rename("tag", "旧", "新"),)
DATES = ["2021-12-07", "2021-12-08", "2022-01-01", "2021-12", "2021", "2021-12-07~", "9999", "0987-01-02"]
PAGES = ["", "1", "01", "2", "10", "A2", "A10", "a2", "②"]
NAMES = ["林远", "e\u0301", "\u00e9", "周舟", "𠮷田"]


def subsets(values: Sequence[str], most: int = 3) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(values), max_size=most).map(tuple)


@st.composite
def articles(draw: st.DrawFn, number: int | None = None) -> Article:
    number = draw(st.integers(0, 14)) if number is None else number
    id_ = f"2021-12-07-{1 + number % 3:02d}-{number}" if number % 4 else f"undated-{number}-01"
    date = draw(st.none() | st.sampled_from(DATES).map(PaperDate.parse))
    people = draw(
        st.lists(st.builds(Byline, st.sampled_from(["", "记者", "摄影"]), st.sampled_from(NAMES)), max_size=3)
    )
    return Article(
        id_,
        f"标题{number}",
        f"articles/{number}.md",
        draw(st.sampled_from("ab")),
        date,
        bylines=tuple(people),
        section=draw(st.sampled_from(["", "要闻", "文化", *NAMES])),
        page=draw(st.sampled_from(PAGES)),
        tags=draw(subsets(NAMES)),
        source=draw(subsets(["scans/1.txt#L1-L9", "scans/1.txt#L12", "scans/2.txt", "scans/1.txt#nowhere"])),
        review=draw(subsets(["title", "date"])),
        length=draw(st.integers(0, 999)),
    )


def facts(archive: Archive) -> Iterator[object]:
    """All that an archive says, as plain values."""
    yield from (list(archive.articles), len(archive.articles), list(archive.digests.items()))
    for issue in archive.issues:
        yield (issue.date, list(issue.articles), len(issue.articles), list(issue.articles[1:4]))
        yield [(page.label, page.number, page.section, list(page.articles), len(page.articles)) for page in issue.pages]
    for group in (archive.sections, archive.tags):
        yield [(name, list(found), len(found), list(found[-2:])) for name, found in group.items()]
    yield {path: list(found) for path, found in archive.by_scan.items()}
    yield [(one.name, list(one.works), len(one.works), one.count) for one in archive.people.values()]
    yield [(month.name, list(month.articles), len(month.articles), month.mark) for month in archive.months]
    yield (archive.sums, list(archive.without_issue), len(archive.without_issue), len(archive.by_id))
    yield {id_: archive.by_id[id_] for id_ in archive.by_id}
    yield "2021-12-07-02-1" in archive.by_id
    yield [list(archive.dated_outside(first, last)) for first, last in (("2021", "2021-12-07"), ("", "9998"))]
    yield archive.of_files(["articles/1.md", "articles/2.md", "articles/nowhere.md"])
    yield (archive.config, archive.renames)


STEPS = st.lists(
    st.tuples(st.lists(articles(), max_size=8), st.sets(st.integers(0, 14), max_size=3)), min_size=1, max_size=4
)


@given(STEPS, st.booleans())
def test_it_says_what_the_articles_in_memory_say(steps: list[tuple[list[Article], set[int]]], shelved: bool) -> None:
    now: dict[str, Article] = {}
    with tempfile.TemporaryDirectory() as folder, Cache(Path(folder) / "cache.sqlite", "1") as cache:
        for written, removed in steps:
            if shelved:
                cache.shelves()  # from the beginning: what comes and goes is put there and taken away
            kept = {one.path: one for one in written}
            gone = [path for number in sorted(removed) if (path := f"articles/{number}.md") not in kept]
            cache.keep_articles([(path, Known("", one.digest, one)) for path, one in kept.items()], gone)
            now = {path: one for path, one in {**now, **kept}.items() if path not in gone}
        stored = stored_archive(cache.shelves(), CONFIG, RENAMES)
        plain, problems = assemble(CONFIG, now.values(), RENAMES)
        assert stored is not None and not problems
        assert list(facts(stored)) == list(facts(plain))
        assert stored.in_memory() == plain
        assert pickle.loads(pickle.dumps(stored)) == plain, "other processes are given the articles themselves"


def one(id_: str, number: int, **more: Any) -> Article:
    return Article(id_, "题", f"articles/{number}.md", "a", **more)


def kept(cache: Cache, *found: Article) -> None:
    cache.keep_articles([(one.path, Known("", one.digest, one)) for one in found], [])


def test_what_is_counted_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Cache(tmp_path / "cache.sqlite", "1") as cache:
        more = {"bylines": (Byline("记者", "林远"),), "page": "1", "section": "要闻"}
        kept(cache, *[one(f"2021-12-07-01-{n:02d}", n, date=PaperDate(2021, 12, 7), **more) for n in range(1, 30)])
        stored = stored_archive(cache.shelves(), CONFIG)
        assert stored is not None
        read: list[str] = []
        monkeypatch.setattr(shelves, "unpack", lambda text: (read.append(text), unpack(text))[1])
        assert (stored.people["林远"].count, len(stored.sections["要闻"]), len(stored.issues[0].articles)) == (
            29,
            29,
            29,
        )
        assert stored.sums.by_year == {2021: 29} and len(stored.months[0].articles) == 29 and not read
        assert [one.id for one in stored.sections["要闻"][-2:]] == ["2021-12-07-01-28", "2021-12-07-01-29"]
        assert len(read) == 2


def test_ids_that_collide_are_for_the_articles_themselves_to_say(tmp_path: Path) -> None:
    with Cache(tmp_path / "cache.sqlite", "1") as cache:
        kept(cache, one("2021-12-07-a1-01", 1), one("2021-12-07-A1-01", 2))
        assert stored_archive(cache.shelves(), CONFIG) is None
        cache.keep_articles([], ["articles/2.md"])
        assert stored_archive(cache.shelves(), CONFIG) is not None


def test_a_fork_asks_for_itself(tmp_path: Path) -> None:
    with Cache(tmp_path / "cache.sqlite", "1") as cache:
        kept(cache, one("2021-12-07-01-01", 1))
        stored = stored_archive(cache.shelves(), CONFIG)
        assert stored is not None
        child = os.fork()
        if not child:
            os._exit(0 if [one.title for one in stored.articles] == ["题"] else 1)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def test_a_damaged_row_is_told_from_a_missing_one(tmp_path: Path) -> None:
    with Cache(tmp_path / "cache.sqlite", "1") as cache:
        kept(cache, one("2021-12-07-01-01", 1))
        cache.shelves()
        cache._database.execute("update article set record = '=what?'")
        stored = stored_archive(cache.shelves(), CONFIG)
        assert stored is not None and len(stored.articles) == 1
        with pytest.raises(DamagedError):
            _ = stored.articles[0]
    with Cache(tmp_path / "other.sqlite", "1") as cache:
        kept(cache, one("2021-12-07-01-01", 1), one("2021-12-07-01-02", 2))
        cache._database.execute("update article set record = '=what?' where path = 'articles/2.md'")
        with pytest.raises(DamagedError):
            cache.shelves()


@given(st.lists(st.integers()), st.integers(-12, 12), st.integers(-12, 12), st.sampled_from([None, 1, 2, -1]))
def test_a_sequence_read_later_is_like_any_other(items: list[int], start: int, stop: int, step: int | None) -> None:
    later = Later(len(items), lambda first, last: tuple(items[first:last]))
    assert list(later[start:stop:step]) == items[start:stop:step] and list(later) == items
    if -len(items) <= start < len(items):
        assert later[start] == items[start]
    else:
        with pytest.raises(IndexError):
            _ = later[start]
