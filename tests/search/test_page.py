# ruff: noqa: E501 (lists of queries)
"""The search page in real Chromium and Firefox, over http below a sub-path and from file://."""

from __future__ import annotations

import json
import random
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from invented import sample
from playwright.sync_api import expect

from browser import Firefox, Tab, serve
from jianbao.search.folding import fold
from jianbao.search.grams import haystack, printed_fields

pytestmark = pytest.mark.browser
TRUTH = {one.article.id: haystack(printed_fields(one)) for one in sample()}


@pytest.fixture(params=["http", "file"])
def site(request: pytest.FixtureRequest, archive: Path) -> Iterator[str]:
    """The search page's address."""
    if request.param == "file":
        yield (archive / "search" / "index.html").as_uri()
    else:
        with serve(archive, "paper/a/") as served:
            yield served.url + "search/index.html"
            assert served.missing == []


@pytest.fixture
def page(tab: Tab, archive: Path) -> Iterator[Any]:
    """The search page over http; nothing went wrong in it."""
    with serve(archive) as served:
        tab.page.goto(served.url + "search/index.html")
        yield tab.page
        assert (tab.errors, tab.elsewhere, served.missing) == ([], [], [])


def ask(page: Any, query: str, **options: Any) -> Any:
    return page.evaluate("([query, options]) => jianbao.search(query, options)", [query, {"limit": 500, **options}])


def ids(answer: Any) -> set[str]:
    return {one["id"] for one in answer["results"]}


def having(query: str) -> set[str]:
    return {one for one, parts in TRUTH.items() if any(fold(query) in part for part in parts)}


def shown(page: Any) -> list[str]:
    return [one.get_attribute("data-article-id") for one in page.locator("[data-article-id]").all()]


# -- what is found -------------------------------------------------------------------------------------------------
def test_finds_and_marks(site: str, tab: Tab) -> None:
    tab.page.goto(site + "?q=回迁安置")
    expect(tab.page.locator("[data-article-id]")).to_have_count(1)
    assert shown(tab.page) == ["2021-12-07-02-01"]
    assert tab.page.inner_text("[data-total]") == "1"
    assert tab.page.inner_text(".search-snippet mark") == "回迁安置"
    tab.page.click("[data-article-id] a")
    expect(tab.page.locator("mark.hit")).to_have_text(["回迁安置"])
    assert (tab.errors, tab.elsewhere) == ([], [])


QUERIES = [
    "回迁安置", "迁安", "沈路平", "和服", "品和服", "旧房改", "5.7万", "５.７万", "G20", "g20", "2", "万", "wifi", "30m2", "㎡",
    "旧城里的灯笼", "舊城", "台灣", "灯笼一条街", "𠮷", "姓𠮷", "👍🏽", "👍", "<img", "<script>alert('x')</script>", "alert(1)",
    "欧阳兰", "龙井茶", "竹林", "月亮花", "五月", "绿孔雀", "第399根桩", "“盼了三年。”", "，", "。他", "cafe", "CAFÉ z", "zoe", "ni h", "不存在", "&", "的车和门", "圈的金", "株式会社也", "-电梯",
]  # fmt: skip


@pytest.mark.parametrize("query", QUERIES)
def test_finds_exactly_what_contains_it(query: str, searching: Any) -> None:
    answer = ask(searching, query)
    assert ids(answer) == having(query)
    assert (answer["total"], answer["approximate"]) == (len(having(query)), False)


@pytest.fixture(scope="module")
def searching(chromium: Any, archive: Path) -> Iterator[Any]:
    """One page that many queries are put to."""
    with serve(archive) as served:
        page = chromium.new_page()
        page.goto(served.url + "search/index.html")
        yield page
        page.close()


def test_finds_random_substrings(searching: Any) -> None:
    dice = random.Random(3)
    texts = [part for parts in TRUTH.values() for part in parts if len(part) > 12]
    for size in range(1, 13):
        for _ in range(4):
            text = dice.choice(texts)
            at = dice.randrange(len(text) - size)
            query = text[at : at + size]
            if re.search(r'[\s"“]|^-', query):
                continue
            assert ids(ask(searching, query)) == having(query), query


def test_a_query_of_two_hundred_characters(searching: Any) -> None:
    long = next(one.text for one in sample() if one.article.id == "2019-06-01-01-01").replace("\n", "")
    whole = next(part for part in TRUTH["2021-12-08-01-02"] if len(part) > 20)
    assert ids(ask(searching, long[:200])) == set()
    assert ids(ask(searching, f'"{whole}"')) == {"2021-12-08-01-02"}


def test_words_phrases_exclusions_and_fields(searching: Any) -> None:
    both = having("柳树") & having("第4天")
    assert ids(ask(searching, "柳树 第4天")) == both
    assert both
    assert ids(ask(searching, "柳树 -第4天")) == having("柳树") - having("第4天")
    assert ids(ask(searching, '"标题像代码 <script>"')) == {"2021-12-08-01-02"}
    assert ids(ask(searching, "title:和服")) == {"2021-12-07-02-02", "2021-12-07-02-03"}
    assert ids(ask(searching, "title:和服 -产品")) == {"2021-12-07-02-03"}
    assert ids(ask(searching, "reporter:柳青")) == {"2021-12-07-02-03"}
    assert ids(ask(searching, "section:民生 面")) == {"2021-12-07-02-01", "2021-12-08-01-01"} & having("面")
    assert ids(ask(searching, "和服 -reporter:柳青")) == {"2021-12-07-02-02"}


def test_filters_sorts_and_facets(searching: Any) -> None:
    answer = ask(searching, "清淤", reporter="方晓", sort="oldest")
    dates = [one["date"] for one in answer["results"]]
    assert dates == sorted(dates)
    assert {"value": "方晓", "count": len(dates)} in answer["facets"]["reporter"]
    newest = [one["date"] for one in ask(searching, "清淤", sort="newest")["results"]]
    assert newest == sorted(newest, reverse=True)
    assert {year["value"]: year["count"] for year in answer["facets"]["year"]}.keys() == {"2020", "2021"}
    within = ask(searching, "清淤", **{"from": "2020-03-05", "to": "2020-03-08"})
    assert {one["date"] for one in within["results"]} == {"2020-03-06", "2020-03-08"}
    assert ids(ask(searching, "", section="文化")) == {"2021-12-07-02-03", "2021-12-07-02-05"}
    first, second = (ask(searching, "清淤", offset=at, limit=5) for at in (0, 5))
    assert len(ids(first) | ids(second)) == 10
    assert ask(searching, "")["total"] == 0


def test_a_page_of_results_hangs_on_nothing_but_the_query(chromium: Any, site: str) -> None:
    """By any way, in any order, with any limit: the same results at the same place."""
    queries = ["的第1", "title:的第", "改造 -第4天", "reporter:盛一鸣 的"]
    for query in queries:
        page = chromium.new_page()
        page.goto(site)
        whole = [one["id"] for one in ask(page, query)["results"]]
        page.close()
        page = chromium.new_page()
        page.goto(site)
        for offset, limit in ((20, 10), (0, 3), (7, 10), (10, 10), (0, 25)):
            some = [one["id"] for one in ask(page, query, offset=offset, limit=limit)["results"]]
            assert some == whole[offset : offset + limit], (query, offset)
        page.close()


def test_filters_are_folded_as_queries_are(chromium: Any, site: str) -> None:
    page = chromium.new_page()
    page.goto(site)
    plain = ids(ask(page, "清淤", reporter="盛一鸣"))
    assert plain
    assert ids(ask(page, "清淤 reporter:盛一鳴")) == plain
    assert ids(ask(page, "舊城"))  # the table of traditional characters is here now
    assert ids(ask(page, "清淤", reporter="盛一鸣", sort="newest")) == plain
    assert ids(ask(page, "清淤", reporter=" ")) == ids(ask(page, "清淤"))
    page.close()


def test_days_are_read_as_people_write_them(searching: Any) -> None:
    wanted = ids(ask(searching, "和服", **{"from": "2021-12-07", "to": "2021-12-07"}))
    assert wanted
    for day in ("2021/12/7", "20211207", "2021年12月7日", "2021.12.07"):
        assert ids(ask(searching, "和服", **{"from": day, "to": day})) == wanted
    assert ids(ask(searching, "和服", **{"from": "昨天"})) == ids(ask(searching, "和服"))
    early = ids(ask(searching, "长文", to="2019年"))
    assert early == {"2019-06-01-01-01"} == ids(ask(searching, "长文", to="2019年6月"))
    assert ids(ask(searching, "旧房", **{"from": "2021年"})) == ids(ask(searching, "旧房", **{"from": "2021"}))
    assert ids(ask(searching, "旧房", **{"from": "2021年"})) < ids(ask(searching, "旧房"))


def test_words_weigh_more_than_chance_neighbours(searching: Any) -> None:
    assert [one["id"] for one in ask(searching, "和服")["results"]] == ["2021-12-07-02-03", "2021-12-07-02-02"]
    assert ask(searching, "旧房改造的第3天")["results"][0]["title"] == "旧房改造的第3天"


def test_results_have_the_contract_s_shape(searching: Any) -> None:
    answer = ask(searching, "回迁安置")
    (one,) = answer["results"]
    assert one["url"].endswith("/2021/12/07/02/01/index.html?hl=%E5%9B%9E%E8%BF%81%E5%AE%89%E7%BD%AE")
    assert (one["title"], one["date"], one["section"]) == ("回迁户搬进新楼", "2021-12-07", "民生")
    assert one["snippet"].startswith("回迁安置的钥匙")
    assert answer["facets"]["section"] == [{"value": "民生", "count": 1}]
    assert json.dumps(answer)


def test_python_finds_the_same(searching: Any, archive: Path) -> None:
    from jianbao.search.index import SearchIndex

    index = SearchIndex(archive.parent / "work")
    for query in [
        *QUERIES,
        "柳树 -第4天",
        "title:和服",
        "section:民生",
        "section:民",
        "reporter:方",
        "-reporter:方晓 夜市",
        "标题：和服",
        "title: 和服",
        "栏目： 民生 面",
        "记者：方 夜市",
        "-栏目：要闻 和服",
        "「回迁安置」",
        "-和服 section:文化",
    ]:
        found = index.search(query, limit=500)
        assert {one["id"] for one in found["results"]} == ids(ask(searching, query)), query
    assert index.search("和服", sort="oldest", limit=1)["results"][0]["id"] == "2021-12-07-02-02"
    within = {one["id"] for one in index.search("-和服", section="文化")["results"]}
    assert within == ids(ask(searching, "-和服", section="文化")) == {"2021-12-07-02-05"}
    index.close()


# -- the reader's page ---------------------------------------------------------------------------------------------
def test_as_one_types_with_the_address_and_back(page: Any) -> None:
    page.locator("#search-input").press_sequentially("清淤")
    expect(page.locator("[data-total]")).to_have_text("28")
    assert "q=%E6%B8%85%E6%B7%A4" in page.url
    page.click('[data-facet="reporter"][data-value="盛一鸣"]')
    expect(page.locator("[data-total]")).to_have_text("14")
    assert "reporter=" in page.url
    page.go_back()
    expect(page.locator("[data-total]")).to_have_text("28")
    page.go_forward()
    expect(page.locator("[data-total]")).to_have_text("14")
    page.click(".search-chip")
    expect(page.locator("[data-total]")).to_have_text("28")


def test_paging_reaches_everything(page: Any) -> None:
    page.fill("#search-input", "清淤")
    page.press("#search-input", "Enter")
    seen: list[str] = []
    for number in (1, 2, 3):
        expect(page.locator('.search-pages [aria-current="page"]')).to_have_text(str(number))
        seen += shown(page)
        if number < 3:
            page.click('.search-pages [aria-label="下一页"]')
    assert len(seen) == len(set(seen)) == 28
    assert set(seen) == having("清淤")


def test_a_page_beyond_the_last_is_the_last(site: str, tab: Tab) -> None:
    tab.page.goto(site + "?q=清淤&page=99")
    expect(tab.page.locator('.search-pages [aria-current="page"]')).to_have_text("3")
    assert len(shown(tab.page)) == 8
    assert "page=3" in tab.page.url


def test_the_keyboard_stays_where_it_was(page: Any) -> None:
    page.fill("#search-input", "清淤")
    page.press("#search-input", "Enter")
    expect(page.locator("[data-total]")).to_have_text("28")
    page.focus("#search-sort button:nth-child(2)")
    page.keyboard.press("Enter")
    expect(page.locator('#search-sort [aria-pressed="true"]')).to_have_text("新到旧")
    assert page.evaluate("document.activeElement.textContent") == "新到旧"
    page.focus('[data-facet="reporter"][data-value="盛一鸣"]')
    page.keyboard.press("Enter")
    expect(page.locator("[data-total]")).to_have_text("14")
    expect(page.locator('[data-value="盛一鸣"]')).to_have_attribute("aria-pressed", "true")
    assert page.evaluate("document.activeElement.dataset.value") == "盛一鸣"
    page.focus(".search-chip")
    page.keyboard.press("Enter")
    expect(page.locator("[data-total]")).to_have_text("28")
    assert page.evaluate("document.activeElement.id") == "search-status"


def test_back_undoes_what_is_typed_and_not_yet_searched(page: Any) -> None:
    page.fill("#search-input", "和服")
    page.press("#search-input", "Enter")
    expect(page.locator("[data-total]")).to_have_text("2")
    page.fill("#search-input", "清淤")
    page.press("#search-input", "Enter")
    expect(page.locator("[data-total]")).to_have_text("28")
    page.evaluate(
        "() => { const input = document.getElementById('search-input'); input.value = '城镇化';"
        " input.dispatchEvent(new Event('input')); history.back(); }"
    )
    expect(page.locator("[data-total]")).to_have_text("2")
    page.wait_for_timeout(400)
    assert page.input_value("#search-input") == "和服"
    assert "q=%E5%92%8C%E6%9C%8D" in page.url


@pytest.mark.parametrize("part", ["people.js", "sections.js"])
def test_results_stay_where_only_their_counts_are_missing(part: str, archive: Path, chromium: Any) -> None:
    page = chromium.new_page()
    with serve(archive) as served:
        page.route(f"**/search/{part}*", lambda route: route.abort())
        page.goto(served.url + "search/index.html?q=清淤")
        expect(page.locator("[data-total]")).to_have_text("28")
        page.wait_for_timeout(300)
        assert len(shown(page)) == 10
        assert page.locator("#search-message").is_hidden()
    page.close()


def test_keyboard(page: Any) -> None:
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("/")
    page.keyboard.type("和服")
    expect(page.locator("[data-total]")).to_have_text("2")
    page.keyboard.press("Escape")  # closes suggestions, if there are any, or empties the box
    page.fill("#search-input", "和服展")
    page.keyboard.press("Enter")
    expect(page.locator("[data-total]")).to_have_text("1")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.textContent") == "和服展在区博物馆开幕"
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.id") == "search-input"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/2021/12/07/02/03/**")
    expect(page.locator("mark.hit").first).to_have_text("和服展")


def test_suggestions(page: Any) -> None:
    page.locator("#search-input").press_sequentially("盛")
    option = page.locator("#search-suggestions [role=option]").first
    expect(option).to_contain_text("盛一鸣")
    page.keyboard.press("ArrowDown")
    expect(option).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    assert page.input_value("#search-input") == "盛一鸣"
    expect(page.locator("[data-total]")).to_have_text(str(len(having("盛一鸣"))))


def test_headlines_are_offered_too(page: Any) -> None:
    page.locator("#search-input").press_sequentially("回迁户")
    option = page.locator('#search-suggestions [data-value="回迁户搬进新楼"]')
    expect(option).to_contain_text("标题")
    while page.get_attribute("#search-input", "aria-activedescendant") != option.get_attribute("id"):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")  # it is known where the article is: it need not be searched for again
    page.wait_for_url("**/2021/12/07/02/01/**")
    expect(page.locator("h1 mark.hit")).to_have_text("回迁户")


def test_did_you_mean(page: Any) -> None:
    page.fill("#search-input", "盛一明")
    page.keyboard.press("Enter")
    expect(page.locator('[data-instead="盛一鸣"]')).to_be_visible()
    page.fill("#search-input", "河道清淤与火星移民")
    page.keyboard.press("Enter")
    page.click('[data-instead="河道清淤"]')
    expect(page.locator("[data-total]")).to_have_text("28")


def test_histogram_and_range(page: Any) -> None:
    page.fill("#search-input", "清淤")
    page.keyboard.press("Enter")
    page.click('[data-bin="2021-03"]')
    expect(page.locator("[data-total]")).to_have_text("14")
    assert "from=2021-03" in page.url
    page.fill("[name=to]", "2021-03-05")
    page.click(".search-range button")
    expect(page.locator("[data-total]")).to_have_text("3")
    page.fill("#search-input", "回迁安置")  # of one day
    page.keyboard.press("Enter")
    page.click(".search-chip")
    expect(page.locator("[data-total]")).to_have_text("1")
    expect(page.locator(".search-histogram")).to_have_count(0)
    assert page.locator(".search-range").is_visible()


def test_markup_in_data_and_query_is_text(page: Any) -> None:
    page.fill("#search-input", "<img src=x onerror=alert(1)>")
    page.keyboard.press("Enter")
    expect(page.locator("[data-article-id]")).to_have_count(1)
    assert page.locator(".search-results img, .search-results script").count() == 0
    assert "<img" in page.inner_text("[data-article-id] h2")


def test_traditional_text_is_shown_as_printed(page: Any) -> None:
    page.fill("#search-input", "旧城里")
    page.keyboard.press("Enter")
    expect(page.locator(".search-snippet mark")).to_have_text("舊城裡")
    page.click("[data-article-id] a")
    expect(page.locator("h1 mark.hit")).to_have_text("舊城裡")


# -- when something is wrong ---------------------------------------------------------------------------------------
@pytest.mark.parametrize("harm", ["missing", "damaged", "cut", "manifest"])
def test_a_broken_shard_is_said(harm: str, archive: Path, tmp_path: Path, tab: Tab) -> None:
    site = tmp_path / "site"
    shutil.copytree(archive, site)
    for path in [*site.glob("search/[abc]/*.js"), site / "search/manifest.js"]:
        data = path.read_bytes()
        if harm == "missing" and path.name != "manifest.js":
            path.unlink()
        elif harm == "damaged" and path.name != "manifest.js":
            path.write_bytes(data[:-20] + b"AAAA" + data[-16:])
        elif harm == "cut" and path.name != "manifest.js":
            path.write_bytes(data[: len(data) // 2])
        elif harm == "manifest" and path.name == "manifest.js":
            path.unlink()
    with serve(site) as served:
        tab.page.goto(served.url + "search/index.html?q=回迁安置")
        expect(tab.page.locator("#search-message")).to_contain_text("检索数据")
        assert shown(tab.page) == []
        shutil.copytree(archive, site, dirs_exist_ok=True)
        tab.page.click("#search-message button")
        expect(tab.page.locator("[data-total]")).to_have_text("1")


def test_a_text_that_is_lost_hides_no_other(archive: Path, tmp_path: Path, tab: Tab) -> None:
    site = tmp_path / "site"
    shutil.copytree(archive, site)
    with serve(archive) as served:
        tab.page.goto(served.url + "search/index.html?q=清淤")
        expect(tab.page.locator("[data-total]")).to_have_text("28")
        every = shown(tab.page)
    lost = next(path for path in site.rglob("*.js") if path.stem == every[3])
    lost.unlink()
    with serve(site) as served:
        tab.page.goto(served.url + "search/index.html?q=清淤")
        expect(tab.page.locator("#search-message")).to_contain_text("1 篇的文字读不出来")
        found = shown(tab.page)
        assert [one for one in every if one != every[3]] == found[:9]
        assert tab.page.inner_text("[data-total]") == "27"
        shutil.copytree(archive, site, dirs_exist_ok=True)
        tab.page.click("#search-message button")
        expect(tab.page.locator("[data-total]")).to_have_text("28")
        assert shown(tab.page) == every
        assert tab.page.locator("#search-message").is_hidden()


def test_a_quotation_mark_alone_asks_for_nothing(page: Any) -> None:
    for query in ('"', '""', "＂"):
        page.fill("#search-input", query)
        page.wait_for_timeout(400)
        assert page.locator(".search-nothing").count() == 0
        assert page.locator("#search-status").is_hidden()


@pytest.mark.parametrize("lost", ["search.js", "search-page.js"])
def test_a_program_that_does_not_come_is_said(lost: str, archive: Path, chromium: Any) -> None:
    page = chromium.new_page()
    with serve(archive) as served:
        page.goto(served.url + "search/index.html")
        assert page.locator("#search-late").is_hidden()
        page.route(f"**/static/{lost}*", lambda route: route.abort())
        page.goto(served.url + "search/index.html?q=清淤")
        assert page.locator("#search-late").is_hidden()  # only after a while
        page.evaluate("for (const one of document.getAnimations()) one.finish()")
        assert "重新载入" in page.inner_text("#search-late")
    page.close()


def test_without_javascript(chromium: Any, archive: Path) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((archive / "search" / "index.html").as_uri())
    assert "需要 JavaScript" in page.inner_text("noscript")
    assert page.locator("noscript a").count() == 3
    assert page.locator("#search-late").is_hidden()
    context.close()


# -- Firefox -------------------------------------------------------------------------------------------------------
def test_firefox(site: str, firefox: Firefox) -> None:
    firefox.open(site + "?q=回迁安置")
    firefox.wait("document.querySelectorAll('[data-article-id]').length === 1")
    assert firefox.run("document.querySelector('[data-total]').textContent") == "1"
    assert firefox.run("document.querySelector('.search-snippet mark').textContent") == "回迁安置"
    for query in QUERIES:
        found = firefox.run(f"jianbao.search({json.dumps(query)}, {{limit: 500}})")
        assert ids(found) == having(query), query
    firefox.run("(() => { const i = document.querySelector('#search-input'); i.value = ''; i.focus(); })()")
    firefox.keys("g20")
    firefox.wait("document.querySelector('[data-article-id]')?.dataset.articleId === '2021-12-07-02-04'")
    assert "q=g20" in firefox.run("location.href")
    firefox.keys("\ue007\ue015\ue007")  # Enter, arrow down, Enter
    firefox.wait("location.pathname.endsWith('/2021/12/07/02/04/index.html')")
    firefox.wait("document.querySelector('mark.hit')?.textContent === 'Ｇ20'")
    assert firefox.errors == []
