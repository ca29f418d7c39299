"""Narrowing what was found, on a phone too; what is offered in place of words; the way back into the results."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from browser import Tab, serve

pytestmark = pytest.mark.browser


@pytest.fixture
def page(tab: Tab, archive: Path) -> Iterator[Any]:
    """The search page over http on a wide screen; nothing went wrong in it."""
    with serve(archive) as served:
        tab.page.goto(served.url + "search/index.html")
        yield tab.page
        assert (tab.errors, tab.elsewhere, served.missing) == ([], [], [])


@pytest.fixture
def phone(chromium: Any, archive: Path) -> Iterator[Any]:
    """The search page on a phone, from file://."""
    context = chromium.new_context(viewport={"width": 390, "height": 844}, has_touch=True)
    tab = Tab(context.new_page()).watch()
    tab.page.goto((archive / "search" / "index.html").as_uri())
    yield tab.page
    assert (tab.errors, tab.elsewhere) == ([], [])
    context.close()


def find(page: Any, query: str, more: str = "") -> None:
    page.goto(f"{page.url.split('?')[0]}?q={query}{more}")
    expect(page.locator("[data-total]")).to_be_attached()


def top(page: Any, selector: str) -> float:
    """How far below the upper edge of the window an element begins."""
    return float(page.locator(selector).first.evaluate("one => one.getBoundingClientRect().top"))


def until(page: Any, condition: str) -> None:
    """Look at a condition each time the page is drawn; its policy lets playwright do no such thing."""
    page.evaluate(
        f"""() => new Promise((done, fail) => {{
            let times = 0;
            const look = () => ({condition}) ? done() : ++times > 600 ? fail("never") : requestAnimationFrame(look);
            look();
        }})"""
    )


# -- on a phone ----------------------------------------------------------------------------------------------------
def test_filters_are_folded_over_the_results_and_the_pages_follow_them(phone: Any) -> None:
    find(phone, "清淤")
    expect(phone.locator(".search-pages")).to_be_visible()
    expect(phone.locator(".search-narrow summary")).to_have_text("筛选")
    assert phone.locator(".search-histogram").is_hidden()
    assert top(phone, ".search-narrow") < top(phone, "[data-article-id]")
    bottom = phone.locator("[data-article-id]").last.evaluate("one => one.getBoundingClientRect().bottom")
    assert 0 < top(phone, ".search-pages") - bottom < 60


def test_filters_come_without_moving_the_results(phone: Any) -> None:
    find(phone, "清淤")
    places = []
    for part in ("#search-status", ".search-narrow", "[data-article-id]"):
        places.append(top(phone, part))
    expect(phone.locator("[data-facet]").first).to_be_attached()
    until(phone, "jianbao.suggest")
    assert places == [top(phone, part) for part in ("#search-status", ".search-narrow", "[data-article-id]")]


def test_a_chosen_filter_leads_back_to_the_number_found(phone: Any) -> None:
    find(phone, "清淤")
    phone.tap(".search-narrow summary")
    phone.tap('[data-facet="reporter"][data-value="盛一鸣"]')
    expect(phone.locator("[data-total]")).to_have_text("14")
    expect(phone.locator(".search-narrow")).not_to_have_attribute("open", "")
    until(phone, "document.activeElement.id === 'search-status'")
    assert 0 <= top(phone, "#search-status") < 844
    assert top(phone, "[data-article-id]") < 844


def test_filters_are_open_where_there_is_room_beside_the_results(page: Any) -> None:
    find(page, "清淤")
    expect(page.locator(".search-histogram")).to_be_visible()
    assert page.locator(".search-narrow summary").is_hidden()
    page.set_viewport_size({"width": 390, "height": 844})
    expect(page.locator(".search-histogram")).to_be_hidden()
    page.set_viewport_size({"width": 1280, "height": 900})
    expect(page.locator(".search-histogram")).to_be_visible()


# -- what else could be chosen ----------------------------------------------------------------------------------
def test_other_values_of_a_filter_stay_to_be_chosen(page: Any) -> None:
    find(page, "面")
    sections = page.locator('[data-facet="section"]')
    expect(sections.first).to_be_visible()
    before = sections.all_inner_texts()
    assert len(before) > 1
    page.click('[data-facet="section"][data-value="民生"]')
    expect(page.locator(".search-chip")).to_have_count(1)
    expect(page.locator('[data-value="民生"]')).to_have_attribute("aria-pressed", "true")
    assert sections.all_inner_texts() == before
    page.click('[data-facet="section"][data-value="经济"]')
    expect(page.locator(".search-chip")).to_contain_text("经济")
    assert page.locator("[data-article-id]").count() == 1


def test_of_several_sections_any_will_do_and_of_several_reporters_all(page: Any) -> None:
    ask = "options => jianbao.search('', {limit: 500, ...options}).then(found => found.total)"
    one, other = (page.evaluate(ask, {"section": name}) for name in ("文化", "民生"))
    assert page.evaluate(ask, {"section": ["文化", "民生"]}) == one + other > one > 0
    both = page.evaluate(ask, {"reporter": ["方晓", "盛一鸣"]})
    assert 0 < both < page.evaluate(ask, {"reporter": "方晓"})


def test_no_order_is_offered_for_nothing(page: Any) -> None:
    find(page, "不存在")
    expect(page.locator(".search-nothing")).to_be_visible()
    assert page.locator("#search-sort").is_hidden()
    find(page, "清淤")
    expect(page.locator("#search-sort")).to_be_visible()


# -- days ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("query", "day", "count"),
    [("2021年12月7日", "2021-12-07", 5), ("2021-12-07", "2021-12-07", 5), ("2021 年 12 月", "2021-12", 10)],
)
def test_the_articles_of_a_day_are_offered(query: str, day: str, count: int, page: Any) -> None:
    find(page, query)
    expect(page.locator("[data-total]")).to_have_text("0")
    way = page.locator(".search-nothing .search-way")
    expect(way).to_contain_text(f"的文章（{count} 篇）")
    way.click()
    expect(page.locator("[data-total]")).to_have_text(str(count))
    assert f"?from={day}&to={day}" in page.url
    assert page.input_value("#search-input") == ""


def test_a_day_among_other_words_is_offered_as_a_filter_of_these(page: Any) -> None:
    find(page, "和服 2021年12月7日")
    way = page.locator(".search-nothing .search-way")
    expect(way).to_have_text("2021年12月7日的文章 · 和服（2 篇） →")
    way.click()
    expect(page.locator("[data-total]")).to_have_text("2")


def test_a_period_is_shown_as_it_was_understood(page: Any) -> None:
    find(page, "清淤", "&from=garbage")
    assert page.locator(".search-chip").count() == 0
    find(page, "清淤", "&from=2021年3月20日&to=2021/3/5")
    expect(page.locator(".search-chip")).to_contain_text("2021-03-05 至 2021-03-20")
    expect(page.locator("[name=from]")).to_have_value("2021-03-05")
    expect(page.locator("[name=to]")).to_have_value("2021-03-20")


# -- sections and reporters ----------------------------------------------------------------------------------------
def test_sections_and_reporters_are_offered(page: Any) -> None:
    find(page, "方晓")
    way = page.locator("#search-offers .search-way")
    expect(way).to_contain_text("记者：方晓")
    way.click()
    expect(page.locator(".search-chip")).to_contain_text("记者：方晓")
    assert page.input_value("#search-input") == ""
    find(page, "文化")
    expect(page.locator(".search-nothing .search-way")).to_have_text("栏目：文化（2 篇） →")
    find(page, "和服 文化")
    expect(page.locator(".search-nothing .search-way")).to_have_text("栏目：文化 · 和服（1 篇） →")


def test_a_section_is_suggested_while_one_types(page: Any) -> None:
    page.locator("#search-input").press_sequentially("和服 文")
    option = page.locator("#search-suggestions [role=option]", has_text="栏目")
    expect(option).to_contain_text("文化")
    page.keyboard.press("ArrowDown")
    expect(option).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    expect(page.locator(".search-chip")).to_contain_text("文化")
    assert page.input_value("#search-input") == "和服"
    expect(page.locator("[data-total]")).to_have_text("1")


# -- queries that find nothing -------------------------------------------------------------------------------------
def test_words_parted_by_signs_are_offered_apart(page: Any) -> None:
    find(page, "织工，和服")
    expect(page.locator("[data-instead]").first).to_have_attribute("data-instead", "织工 和服")
    assert all(one.isalnum() for one in page.locator("[data-instead]").last.get_attribute("data-instead"))


def test_what_an_interview_prints_is_no_filter(page: Any) -> None:
    find(page, "记者：盼了三年")
    expect(page.locator(".search-nothing")).to_be_visible()
    find(page, "标题：投资")
    expect(page.locator("[data-total]")).to_have_text("1")


def test_an_exclusion_alone_offers_no_opposite(page: Any) -> None:
    find(page, "-和服")
    expect(page.locator(".search-nothing")).to_contain_text("只写了不要的词")
    assert page.locator("[data-instead]").count() == 0
    find(page, "-和服", "&section=文化")
    expect(page.locator("[data-total]")).to_have_text("1")


# -- results -------------------------------------------------------------------------------------------------------
def test_a_reporter_s_articles_show_their_texts(page: Any) -> None:
    find(page, "欧阳兰")
    expect(page.locator(".search-snippet")).to_have_text("正文很短。")
    expect(page.locator(".search-facts mark")).to_have_text("欧阳兰")
    find(page, '"记者 欧阳兰"')  # as it was signed: the names beside the date do not say so
    expect(page.locator(".search-snippet mark")).to_have_text("记者 欧阳兰")


@pytest.mark.parametrize("scheme", ["http", "file"])
def test_back_from_an_article_leads_to_the_place_in_the_results(scheme: str, archive: Path, tab: Tab) -> None:
    with serve(archive) as served:
        home = served.url if scheme == "http" else archive.as_uri() + "/"
        tab.page.goto(home + "search/index.html?q=清淤&page=2")
        expect(tab.page.locator("[data-article-id]")).to_have_count(10)
        last = tab.page.locator("[data-article-id] a").last
        last.scroll_into_view_if_needed()
        place = tab.page.evaluate("scrollY")
        assert place > 200
        last.click()
        tab.page.wait_for_selector("h1")
        tab.page.go_back()
        until(tab.page, f"Math.abs(scrollY - {place}) < 3 && document.querySelector('[data-article-id]')")
        tab.page.click('.search-pages [aria-label="上一页"]')
        expect(tab.page.locator('.search-pages [aria-current="page"]')).to_have_text("1")
        until(tab.page, "scrollY < 200")
        tab.page.go_back()
        expect(tab.page.locator('.search-pages [aria-current="page"]')).to_have_text("2")
        until(tab.page, "scrollY > 200")


def test_where_the_reader_s_own_colours_stand_the_chosen_can_be_told(page: Any) -> None:
    page.emulate_media(forced_colors="active")
    page.locator("#search-input").press_sequentially("盛")
    expect(page.locator("#search-suggestions [role=option]").first).to_be_visible()
    expect(page.locator(".search-row")).to_have_css("outline-style", "solid")
    option = page.locator("#search-suggestions [role=option]").first
    colour = "one => getComputedStyle(one).backgroundColor"
    before = option.evaluate(colour)
    page.keyboard.press("ArrowDown")
    expect(option).to_have_attribute("aria-selected", "true")
    assert option.evaluate(colour) != before
    for number, line in enumerate(["underline", "none", "none"]):
        expect(page.locator(".search-sort button").nth(number)).to_have_css("text-decoration-line", line)


def test_within_a_section_one_types_at_once(page: Any) -> None:
    page.goto(page.url + "?section=民生")
    expect(page.locator("#search-input")).to_be_focused()
    page.keyboard.type("钥匙")
    expect(page.locator("[data-total]")).to_have_attribute("data-total", "1")
    assert page.locator("#search-chips").inner_text().startswith("栏目：民生")
    find(page, "旧房", "&section=要闻")
    expect(page.locator("#search-input")).not_to_be_focused()  # here there are results to be read


def test_printed_results_say_what_was_asked(page: Any) -> None:
    find(page, "旧房 电梯")
    page.emulate_media(media="print")
    expect(page.locator("#search-input")).to_be_visible()
    for other in (".search-button", ".search-help", ".search-label", "#search-facets", "#search-sort"):
        expect(page.locator(other)).to_be_hidden()
    find(page, "", "&section=民生")
    expect(page.locator("#search-chips")).to_be_visible()
    expect(page.locator("#search-input")).to_be_hidden()  # it would print the example that stands in it
