"""The order of results: best first over all pages, known before any text is there; and how many there are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from invented import entry, lay_out
from playwright.sync_api import expect

from browser import Tab, serve
from jianbao.search.grams import BEGINS, ENDS, edges
from jianbao.search.index import SearchEntry, SearchIndex

MEETINGS = 44
NAMED = ("2019-01-01-01-01", "2019-01-02-01-01", "2019-01-03-01-01", "2019-01-04-01-01")


def numbered(month: str, number: int) -> str:
    """The id of the article of this number in a month."""
    return f"{month}-{number % 28 + 1:02d}-01-{number // 28 + 1:02d}"


def articles() -> Sequence[SearchEntry]:
    """Many whose titles hold what three older, shorter ones are titled; many more that only seem to hold a word."""
    out = [
        entry(numbered("2020-05", n), f"全区灯塔修缮工作推进会议第{n}次召开", "灯塔修缮要抓紧。" * 20)
        for n in range(MEETINGS)
    ]
    out += [
        entry(NAMED[0], "灯塔修缮", "记者走上小岛，看到新的气象。"),
        entry(NAMED[1], "“渔港夜航”", "船长说，夜里也看得清。"),
        entry(NAMED[2], "渔港码头 夜航归来", "船长说，码头的灯亮了。"),
        entry(NAMED[3], "浮标", "浮标是新的。"),
        entry("2020-01-04-01-01", "浮标厂里看浮标", "浮标厂的浮标，浮标一个接一个。" * 9),
    ]
    out += [
        entry(numbered("2020-06", n), f"渔港夜航第{n}班发船", "渔港夜航又发一班，码头上夜航归来的人多。")
        for n in range(30)
    ]
    for n in range(400):  # one in four has 缆绳索 as one string
        text = "缆绳索性解开" if n % 4 == 0 else "缆绳松了，麻绳索性解开"
        out.append(entry(numbered(f"2021-{n // 40 + 1:02d}", n % 40), f"仓库第{n}号", text))
    out += [entry(numbered("2018-01", n), f"石桥栏杆修好{n}处", "石桥栏杆是新的。" * 9) for n in range(40)]
    out += [
        entry(numbered(f"2018-{n // 40 + 2:02d}", n % 40), f"河埠第{n}号", "石桥在东，竹桥栏在西") for n in range(200)
    ]
    return out


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, dictionary: Path) -> Path:
    home = tmp_path_factory.mktemp("order")
    (home / "work").mkdir()
    for path in dictionary.iterdir():
        (home / "work" / path.name).symlink_to(path)
    lay_out(home, articles())
    return home


@pytest.fixture(scope="module")
def searching(chromium: Any, folder: Path) -> Iterator[Any]:
    page = chromium.new_page()
    page.goto((folder / "public" / "search" / "index.html").as_uri())
    yield page
    page.close()


def ask(page: Any, query: str, **options: Any) -> Any:
    return page.evaluate("([query, options]) => jianbao.search(query, options)", [query, options])


def test_the_edges_of_a_title_are_its_first_and_last_two_letters() -> None:
    assert edges("灯塔修缮") == [("灯塔", BEGINS), ("修缮", ENDS)]
    assert edges("“灯塔”！") == [("灯塔", BEGINS + ENDS)]
    assert edges("灯塔里的灯塔") == [("灯塔", BEGINS)]
    assert edges("灯塔 a") == [("灯塔", BEGINS)]
    assert edges("灯") == edges("——") == edges("") == []


@pytest.mark.browser
@pytest.mark.parametrize("query", ["灯塔修缮", "title:灯塔修缮", "修缮 灯塔", '"灯塔修缮"'])
def test_the_article_titled_as_the_query_comes_first(query: str, searching: Any) -> None:
    assert ask(searching, query)["results"][0]["id"] == NAMED[0]


@pytest.mark.browser
def test_signs_around_a_title_or_a_query_do_not_matter_and_words_may_stand_apart(searching: Any) -> None:
    assert ask(searching, "渔港夜航")["results"][0]["id"] == NAMED[1]
    assert ask(searching, "“渔港夜航”")["results"][0]["id"] == NAMED[1]
    assert ask(searching, "渔港码头 夜航归来")["results"][0]["id"] == NAMED[2]


@pytest.mark.browser
def test_a_title_that_begins_and_ends_alike_is_not_that_word(searching: Any) -> None:
    found = ask(searching, "浮标")["results"]
    assert [one["title"] for one in found] == ["浮标", "浮标厂里看浮标"]
    assert found[0]["score"] > 2 * found[1]["score"]


@pytest.mark.browser
@pytest.mark.parametrize("query", ["灯塔修缮", "渔港", "夜航", "缆绳索", "渔港 夜航", "会议 -渔港夜航"])
def test_scores_never_rise_along_the_results(query: str, searching: Any) -> None:
    scores = [one["score"] for one in ask(searching, query, limit=200)["results"]]
    assert len(scores) > 20
    assert scores == sorted(scores, reverse=True)


@pytest.mark.browser
def test_a_second_page_goes_on_where_the_first_ends(chromium: Any, folder: Path) -> None:
    whole: dict[str, list[str]] = {}
    for query in ("灯塔修缮", "缆绳索"):
        for pages in ((0, 10, 20), (20, 0, 10)):  # a new visit each time, the pages in this order
            page = chromium.new_page()
            page.goto((folder / "public" / "search" / "index.html").as_uri())
            parts = {at: [one["id"] for one in ask(page, query, offset=at)["results"]] for at in pages}
            page.close()
            assert whole.setdefault(query, parts[0] + parts[10] + parts[20]) == parts[0] + parts[10] + parts[20]
        assert len(set(whole[query])) == 30


def test_the_command_line_puts_it_first_too(folder: Path) -> None:
    index = SearchIndex(folder / "work")
    index.rank()
    for query, named in (("灯塔修缮", NAMED[0]), ("“渔港夜航”", NAMED[1])):
        found = index.search(query, limit=50)["results"]
        assert found[0]["id"] == named
        assert [one["score"] for one in found] == sorted((one["score"] for one in found), reverse=True)
    index.close()


# -- how many, and the pages of them -------------------------------------------------------------------------------
@pytest.mark.browser
def test_an_estimate_follows_what_was_verified(folder: Path, tab: Tab) -> None:
    tab.page.goto((folder / "public" / "search" / "index.html").as_uri())
    first = ask(tab.page, "缆绳索")
    assert first["approximate"]
    assert 60 <= first["total"] <= 200  # a hundred are true, four hundred may be
    whole = ask(tab.page, "缆绳索", limit=500)
    assert (whole["total"], whole["approximate"]) == (100, False)


@pytest.mark.browser
def test_an_estimate_is_not_misled_by_the_best(folder: Path, tab: Tab) -> None:
    """The best come first, so all that are shown are right: that says little of the others."""
    with serve(folder / "public") as served:
        tab.page.goto(served.url + "search/index.html?q=石桥栏")
        expect(tab.page.locator(".search-facet").first).to_be_visible()  # comes after the number
        number = int(tab.page.get_attribute("[data-total]", "data-total") or 0)
        assert 25 <= number <= 70  # forty are right, two hundred and forty may be
        assert ask(tab.page, "石桥栏")["total"] == number
        assert len([path for path in served.requests if "/text/" in path]) < 30
    assert (tab.errors, served.missing) == ([], [])


@pytest.mark.browser
def test_nothing_is_fetched_for_a_query_that_was_given_up(folder: Path, tab: Tab) -> None:
    held: list[Any] = []
    with serve(folder / "public") as served:
        tab.page.route("**/text/2021-*/**", lambda route: held.append(route))
        tab.page.goto(served.url + 'search/index.html?q="缆绳 索性"')  # nothing has it, all of 400 would be looked at
        for _ in range(100):
            tab.page.wait_for_timeout(20)
            if len(held) >= 10:
                break
        tab.page.fill("#search-input", "浮标")
        expect(tab.page.locator("#search-results [data-article-id]").first).to_have_attribute(
            "data-article-id", NAMED[3]
        )
        begun = len(held)
        for route in held[:begun]:
            route.continue_()
        tab.page.wait_for_timeout(400)
        assert 10 <= begun == len(held)
    assert (tab.errors, served.missing) == ([], [])


@pytest.mark.browser
def test_a_phrase_that_nothing_has_is_known_after_few_rounds(searching: Any) -> None:
    """Each round waits for the network: of 400 texts that must be read, more and more are asked for at once."""
    rounds = """async (query) => {
        let count = 0;
        const search = await jianbao.begin(query);
        await search.page(0, 10, { wants: () => ++count });
        return [search.total, search.next, count];
    }"""
    total, read, count = searching.evaluate(rounds, '"缆绳 松了"')
    assert (total, read) == (0, 300)
    assert count <= 8  # ten texts at a time they would be thirty


@pytest.mark.browser
def test_a_page_far_beyond_loads_few_texts(folder: Path, tab: Tab) -> None:
    with serve(folder / "public") as served:
        tab.page.goto(served.url + "search/index.html?q=缆绳索&page=99999")
        expect(tab.page.locator("#search-results [data-article-id]").first).to_be_visible()
        expect(tab.page.locator("#search-status")).to_contain_text("约")
        number = int(tab.page.inner_text('.search-pages [aria-current="page"]'))
        assert 2 <= number <= 20
        assert f"page={number}" in tab.page.url
        assert len([path for path in served.requests if "/text/" in path]) < 300
        assert (tab.errors, served.missing) == ([], [])


@pytest.mark.browser
def test_no_last_page_is_offered_before_it_is_known(folder: Path, tab: Tab) -> None:
    with serve(folder / "public") as served:
        tab.page.goto(served.url + "search/index.html?q=缆绳索")
        expect(tab.page.locator("#search-status")).to_contain_text("约")
        links = tab.page.locator(".search-pages a").all_inner_texts()
        assert links == ["1", "2", "3", "下一页"]
        tab.page.goto(served.url + "search/index.html?q=仓库")  # two characters: nothing need be verified
        expect(tab.page.locator(".search-pages a").nth(-2)).to_have_text("40")


# -- whatever is given ---------------------------------------------------------------------------------------------
@pytest.mark.browser
@pytest.mark.parametrize(
    ("odd", "plain"),
    [
        (None, {}),
        ({"offset": -5}, {}),
        ({"offset": "NaN"}, {}),
        ({"offset": 2.7}, {"offset": 2}),
        ({"limit": -3}, {"limit": 0}),
        ({"limit": "5", "offset": "3"}, {"limit": 5, "offset": 3}),
        ({"limit": None}, {}),
        ({"sort": "foo"}, {}),
        ({"sort": None, "reporter": None, "section": None, "from": None, "to": None}, {}),
        ({"from": "2020-13-45", "to": "2020-02-30"}, {}),
        ({"from": "2020-05-20", "to": "2020-05-04"}, {"from": "2020-05-04", "to": "2020-05-20"}),
        ({"from": "2020-06", "to": "2020-05-20"}, {"from": "2020-05-20", "to": "2020-06"}),
        ({"from": 2020, "to": "２０２０年"}, {"from": "2020", "to": "2020"}),
    ],
)
def test_odd_options_mean_what_they_can(odd: Any, plain: dict[str, Any], searching: Any) -> None:
    found = searching.evaluate("options => jianbao.search('灯塔', options)", odd)
    assert found == ask(searching, "灯塔", **plain)
    assert found["total"]


@pytest.mark.browser
def test_an_offset_beyond_all_loads_nothing(folder: Path, tab: Tab) -> None:
    with serve(folder / "public") as served:
        tab.page.goto(served.url + "search/index.html")
        assert ask(tab.page, "缆绳索", offset=10**9)["results"] == []
        assert [path for path in served.requests if "/text/" in path] == []
