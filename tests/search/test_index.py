"""The index: deterministic, incremental, whole after being interrupted or damaged."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from invented import entry, sample

from jianbao.search import index as index_module
from jianbao.search import refreshing, segments
from jianbao.search.index import SearchEntry, SearchIndex
from jianbao.work.workers import Processes

SAMPLE = sample()
WORDS = ["旧房改造", "河道清淤", "夜市", "沈路平", "5.7万元", "回迁安置", "，", "。", "舊城", "G20"]


def new_index(folder: Path, dictionary: Path) -> SearchIndex:
    folder.mkdir(exist_ok=True)
    for path in dictionary.glob("*.*"):
        if not (folder / path.name).exists():
            (folder / path.name).symlink_to(path)
    return SearchIndex(folder)


def contents(index: SearchIndex) -> dict[str, bytes]:
    return {path: index.read(path) for path in index.export()}


def digest(number: int, text: str) -> str:
    return f"{number}{hash(text)}"


articles = st.dictionaries(st.integers(1, 40), st.lists(st.sampled_from(WORDS), min_size=1, max_size=6), min_size=1)


def to_entry(number: int, words: list[str]) -> SearchEntry:
    text = "".join(words)
    day = f"2021-0{1 + number % 3}-{1 + number % 9:02d}-01-{number:02d}"
    return entry(day, words[0], text, reporters=[words[-1]], digest=digest(number, text))


def digests(entries: Iterable[SearchEntry]) -> dict[str, str]:
    return {one.article.id: one.article.digest for one in entries}


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=st.lists(articles, min_size=1, max_size=4), dice=st.randoms(use_true_random=False))
def test_same_articles_same_bytes_whatever_the_history(
    steps: list[dict[int, list[str]]], dice: random.Random, dictionary: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(segments, "partition", lambda days: small_partition(days))
        patch.setattr(index_module, "_FEW", dice.choice([1, 5, 100]))  # more changes: all lists are made anew
        patch.setattr(refreshing, "_FEW", dice.choice([0, 1, 20]))  # more: all are numbered
        folder = tmp_path_factory.mktemp("history")
        grown = new_index(folder / "grown", dictionary)
        site: dict[str, str] = {}
        links: dict[str, tuple[str, ...]] = {}
        for step in steps:
            wanted = [to_entry(*one) for one in step.items()]
            dice.shuffle(wanted)
            changed, gone = grown.outdated(digests(wanted))
            grown.update([one for one in wanted if one.article.id in changed], gone)
            if dice.random() < 0.6:
                grown.export()
            if dice.random() < 0.6:
                links = publish(grown, site, links)
        fresh = new_index(folder / "fresh", dictionary)
        fresh.update([to_entry(*one) for one in steps[-1].items()])
        assert contents(grown) == contents(fresh)
        assert grown.all_related() == fresh.all_related()
        grown.close()
        fresh.close()


def publish(
    index: SearchIndex, site: dict[str, str], links: Mapping[str, tuple[str, ...]]
) -> dict[str, tuple[str, ...]]:
    """Do as a build does that writes only what may have changed: `site` must then hold all; what is related now."""
    index.refresh()
    site |= index.unpublished()
    for path in [path for path, digest in site.items() if not digest]:
        del site[path]
    assert site == index.files()
    now = index.all_related()
    assert {one for one in {*links, *now} if links.get(one) != now.get(one)} <= {*index.relinked()} | {*links} - {*now}
    for wanted in (list(now)[:1], list(now)[-40:]):
        assert set(index.naming(wanted)) == {
            one for one in index.ledger.ids() if {other for other, _ in index.ledger.related(one)} & {*wanted}
        }
    index.published("site")
    return now


def small_partition(days: list[str]) -> list[segments.Segment]:
    return PARTITION(days, (16, 4))


PARTITION = segments.partition


def test_a_correction_rewrites_few_files(dictionary: Path, tmp_path: Path) -> None:
    index = new_index(tmp_path / "index", dictionary)
    index.update(SAMPLE)
    before = index.export()
    one = SAMPLE[7]
    corrected = SearchEntry(replace(one.article, digest="new"), one.text.replace("本报讯", "本报说"))
    index.update([corrected])
    after = index.export()
    shards = [path for path in after if before.get(path) != after[path] and path.startswith("search/c/")]
    assert before.keys() == after.keys()
    assert 1 <= len(shards) <= 8 < sum(path.startswith("search/c/") for path in after)
    fresh = new_index(tmp_path / "fresh", dictionary)
    fresh.update([corrected if other is one else other for other in SAMPLE])
    assert fresh.export() == after
    index.close()
    fresh.close()


def test_metadata_that_is_not_searched_rewrites_nothing(dictionary: Path, tmp_path: Path) -> None:
    index = new_index(tmp_path / "index", dictionary)
    index.update(SAMPLE)
    before = index.export()
    index.update([SearchEntry(replace(SAMPLE[3].article, digest="other", review=("title",)), SAMPLE[3].text)])
    assert index.export() == before
    assert index.outdated(digests(SAMPLE))[0] == [SAMPLE[3].article.id]
    index.close()


def test_outdated_keeps_what_it_is_told_to(dictionary: Path, tmp_path: Path) -> None:
    index = new_index(tmp_path / "index", dictionary)
    index.update(SAMPLE[:3])
    first, second, third = (one.article.id for one in SAMPLE[:3])
    assert index.outdated({first: "x", second: "x"}, keep={first}) == ([second], [third])
    assert index.outdated({first: "x", "new": "x"}, keep={"new"}) == ([first, "new"], [second, third])
    index.close()


def test_workers_give_the_same(dictionary: Path, tmp_path: Path) -> None:
    alone = new_index(tmp_path / "alone", dictionary)
    alone.update(SAMPLE)
    many = new_index(tmp_path / "many", dictionary)
    many.update(SAMPLE, workers=Processes(2, few=10))
    assert contents(alone) == contents(many)
    alone.close()
    many.close()


def test_damaged_or_missing_files_are_made_again(dictionary: Path, tmp_path: Path) -> None:
    folder = tmp_path / "index"
    index = new_index(folder, dictionary)
    index.update(SAMPLE)
    index.rank()
    whole = contents(index)
    index.close()
    for path in (folder / "whoosh").iterdir():
        path.unlink()
    index = SearchIndex(folder)
    index.update([])
    assert index.search("回迁安置")["total"] == 1
    index.close()
    (folder / "ledger.sqlite").write_bytes(b"not a database" * 999)
    index = SearchIndex(folder)
    assert len(index.outdated(digests(SAMPLE))[0]) == len(SAMPLE)
    index.update(SAMPLE)
    assert contents(index) == whole
    index.close()


def test_what_another_version_left_is_thrown_away(dictionary: Path, tmp_path: Path) -> None:
    index = new_index(tmp_path / "index", dictionary)
    index.update(SAMPLE[:5])
    whole = contents(index)
    index.ledger.set_note("version", "older")
    index.ledger.db.execute("DROP TABLE files")
    index.ledger.db.execute("CREATE TABLE files (path, data, digest, more)")
    index.ledger.commit()
    index.close()
    index = SearchIndex(tmp_path / "index")
    assert len(index.outdated(digests(SAMPLE))[0]) == len(SAMPLE)
    index.update(SAMPLE[:5])
    assert contents(index) == whole
    index.rank()
    assert index.ranking.index.doc_count() == 5
    index.close()


def test_an_article_that_comes_back_is_patched(dictionary: Path, tmp_path: Path) -> None:
    index = new_index(tmp_path / "index", dictionary)
    index.update(SAMPLE)
    index.export()
    one = SAMPLE[9]
    back = SearchEntry(replace(one.article, digest="back"), one.text + "又回来了。")
    index.update([], [one.article.id])
    index.update([back])
    fresh = new_index(tmp_path / "fresh", dictionary)
    fresh.update([back if other is one else other for other in SAMPLE])
    assert contents(index) == contents(fresh)
    index.close()
    fresh.close()


def test_an_interrupted_update_counts_nothing_twice(
    dictionary: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = new_index(tmp_path / "index", dictionary)

    def broken() -> list[SearchEntry]:
        yield from SAMPLE  # type: ignore[misc]
        raise KeyboardInterrupt

    def killed() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        index.update(broken())
    index.close()
    index = SearchIndex(tmp_path / "index")
    index.update(SAMPLE)
    monkeypatch.setattr(index.ledger, "set_ranked", killed)  # Whoosh has it all, and the ledger does not know
    with pytest.raises(KeyboardInterrupt):
        index.rank()
    index.close()
    index = SearchIndex(tmp_path / "index")
    index.update([], [SAMPLE[0].article.id])
    index.rank()
    assert index.ranking.index.doc_count() == len(SAMPLE) - 1
    assert index.search("回迁安置")["total"] == len([one for one in SAMPLE[1:] if "回迁安置" in one.text])
    index.close()


def test_related_and_keywords(dictionary: Path, tmp_path: Path) -> None:
    index = new_index(tmp_path / "index", dictionary)
    text = "龙井茶园开采，茶农采龙井茶，茶商收龙井茶。茶园里有茶农。"
    index.update(
        [
            entry("2021-01-01-01-01", "龙井茶园开采", text, digest="1"),
            entry("2021-01-02-01-01", "龙井茶园丰收", text + "丰收了。", digest="2"),
            entry("2021-01-03-01-01", "地铁通车", "地铁今天通车，乘客坐地铁上班，地铁站里有志愿者。", digest="3"),
        ]
    )
    assert index.related("2021-01-01-01-01", 3) == ("2021-01-02-01-01",)
    assert index.related("2021-01-03-01-01", 3) == ()
    assert "龙井茶" in index.keywords("2021-01-01-01-01")
    index.close()


@pytest.mark.parametrize("size", [0, 1, 5, 511, 512, 513, 8191, 8192, 9000, 20000])
def test_partition_covers_all_and_parts_no_day(size: int) -> None:
    days = [f"2{i // 7:04d}" for i in range(size)]
    parts = segments.partition(days)
    assert [number for part in parts for number in range(part.start, part.end)] == list(range(size))
    assert all(days[part.start - 1] != days[part.start] for part in parts[1:])
    assert [part.name for part in parts] == sorted(part.name for part in parts)
