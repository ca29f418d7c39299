"""In real Chromium: pages reload themselves, faults show and vanish, the form writes the file."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect
from previewed import ARTICLES, FIRST, Running, path_of

from browser import Tab

pytestmark = pytest.mark.browser
ARTICLE = "/2023/05/06/01/01/"
SLOW = 20_000  # milliseconds, on a machine that does other work


@pytest.fixture
def settled(served: Running) -> Running:
    served.settle()
    return served


def edit(served: Running, old: str, new: str, id_: str = FIRST) -> None:
    """As an editor does in a text editor."""
    served.root.write(path_of(id_), served.file(id_).replace(old, new).encode())


def listening(page: Page) -> None:
    """Until the page has most likely heard the server (an event that it misses is told when it asks again)."""
    page.wait_for_timeout(300)


def test_a_save_reloads_the_page(settled: Running, tab: Tab) -> None:
    tab.page.goto(settled.url + ARTICLE)
    expect(tab.page.locator("h1")).to_contain_text("渔港新灯塔点亮")
    listening(tab.page)
    edit(settled, "渔港新灯塔点亮", "灯塔昨晚点亮")
    expect(tab.page.locator("h1")).to_contain_text("灯塔昨晚点亮", timeout=SLOW)
    assert (tab.errors, tab.elsewhere) == ([], [])


def test_other_pages_are_left_in_peace(settled: Running, tab: Tab) -> None:
    """A page that a save did not change is not loaded again."""
    tab.page.goto(settled.url + "/2023/05/06/02/01/")
    listening(tab.page)
    tab.page.evaluate("window.mine = true")
    edit(settled, "港内二十条船", "港内三十条船")
    settled.settle()
    tab.page.wait_for_timeout(500)
    assert tab.page.evaluate("window.mine")


def test_a_fault_shows_over_the_last_good_page_and_vanishes_when_mended(settled: Running, tab: Tab) -> None:
    page = tab.page
    page.goto(settled.url + ARTICLE)
    listening(page)
    edit(settled, "date: 2023-05-06", "date: 2023-02-30")
    overlay = page.locator("#jianbao-problems")
    expect(overlay).to_contain_text(f"{path_of()}:7:7: 没有“2023-02-30”这一天；请核对月份和日子", timeout=SLOW)
    expect(page.locator("h1")).to_contain_text("渔港新灯塔点亮")
    assert overlay.get_by_role("link", name="编辑").first.get_attribute("href") == f"/edit/{FIRST}"
    page.reload()
    expect(overlay).to_contain_text("2023-02-30", timeout=SLOW)
    edit(settled, "date: 2023-02-30", "date: 2023-05-06")
    expect(overlay).not_to_contain_text("2023-02-30", timeout=SLOW)
    assert (tab.errors, tab.elsewhere) == ([], [])


def test_a_broken_template_shows_with_its_line(settled: Running, tab: Tab) -> None:
    page = tab.page
    page.goto(settled.url + ARTICLE)
    listening(page)
    settled.root.write("templates/article.html", b"{% extends 'shipped/article.html' %}\n{% if %}\n")
    try:
        expect(page.locator("#jianbao-problems")).to_contain_text("templates/article.html:2:1: 模板有错", timeout=SLOW)
        expect(page.locator("h1")).to_contain_text("渔港新灯塔点亮")
        assert settled.get(f"/edit/{FIRST}").status == 200, "the form does not hang on the archive's templates"
    finally:
        settled.root.remove("templates/article.html")
    expect(page.locator("#jianbao-problems")).not_to_contain_text("模板有错", timeout=SLOW)


def test_from_page_to_form_to_file_to_page(settled: Running, tab: Tab) -> None:
    """The whole way of an editor: the bar of the article, the form, the file's bytes, the page built anew."""
    page = tab.page
    page.goto(settled.url + ARTICLE)
    page.get_by_role("link", name="编辑本文").click()
    page.get_by_label("副题", exact=True).fill("二十条船一齐鸣笛")
    page.get_by_label("“标题”已核对").check()
    body = page.get_by_label("正文", exact=True)
    body.fill(body.input_value().replace("十二海里", "十五海里"))
    page.get_by_role("button", name="保存并看文章").click()
    expect(page).to_have_url(settled.url + ARTICLE, timeout=SLOW)
    expect(page.locator(".subtitle")).to_contain_text("二十条船一齐鸣笛", timeout=SLOW)
    expect(page.locator(".text")).to_contain_text("十五海里", timeout=SLOW)
    expected = (
        ARTICLES[FIRST].replace("review: [title, reporter]", "review: [reporter]").replace("十二海里", "十五海里")
    )
    expected = expected.replace("# 主题\n", "# 主题\nsubtitle: 二十条船一齐鸣笛\n")
    assert settled.file() == expected
    assert (tab.errors, tab.elsewhere) == ([], [])


def test_a_fault_in_the_form_is_said_beside_its_field(settled: Running, tab: Tab) -> None:
    page = tab.page
    page.goto(f"{settled.url}/edit/{FIRST}")
    page.get_by_label("日期", exact=True).fill("2023-02-30")
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("没有保存")
    wrong = page.get_by_label("日期", exact=True)
    expect(wrong).to_have_value("2023-02-30")
    expect(wrong).to_be_focused()
    expect(wrong).to_have_accessible_description(re.compile("没有“2023-02-30”这一天"))
    wrong.fill("2023-05-06")
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.get_by_role("status").first).to_contain_text("没有改动")
    assert settled.file() == ARTICLES[FIRST]


def test_a_change_from_elsewhere_is_noticed_in_the_open_form(settled: Running, tab: Tab) -> None:
    page = tab.page
    page.goto(f"{settled.url}/edit/{FIRST}")
    listening(page)
    page.get_by_label("标题", exact=True).fill("我的标题")
    edit(settled, "渔港新灯塔点亮", "他们的标题")
    expect(page.locator("#outside")).to_be_visible(timeout=SLOW)
    expect(page.get_by_label("标题", exact=True)).to_have_value("我的标题")
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("又被改过")
    page.get_by_role("button", name="采用").first.click()
    expect(page.get_by_label("标题", exact=True)).to_have_value("他们的标题")


def test_the_machines_reading_is_taken_with_one_click(settled: Running, tab: Tab) -> None:
    page = tab.page
    page.goto(f"{settled.url}/edit/{FIRST}")
    page.locator(".machine").get_by_role("button", name="采用").click()
    expect(page.get_by_label("记者", exact=True)).to_have_value("本报记者 乔林")
    page.keyboard.press("Control+s")
    expect(page.get_by_role("status").first).to_contain_text("已保存")
    assert "  - 本报记者 乔林\n" in settled.file()


def test_it_works_without_javascript(settled: Running, chromium: Browser) -> None:
    context = chromium.new_context(java_script_enabled=False, locale="zh-CN")
    page = context.new_page()
    page.goto(f"{settled.url}/review/")
    page.locator(f"[id='{FIRST}']").get_by_role("link", name="编辑").click()
    page.get_by_label("版名", exact=True).fill("港口")
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.get_by_role("status").first).to_contain_text("已保存")
    assert settled.file() == ARTICLES[FIRST].replace("section: 要闻", "section: 港口")
    context.close()


def test_a_page_of_another_site_can_do_nothing(settled: Running, chromium: Browser) -> None:
    """A real browser on a real other origin: no reading, no framing, no posting."""
    import tempfile
    from pathlib import Path

    from browser import serve

    form = f"{settled.url}/edit/{FIRST}"
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "index.html").write_text(
            f"<!doctype html><meta charset=utf-8><iframe src='{form}'></iframe>"
            f"<form method=post action='{form}'><input name=title value=x><button>x</button></form>",
            "utf-8",
        )
        with serve(Path(folder)) as other:
            context = chromium.new_context()
            page = context.new_page()
            page.goto(other.url)
            assert page.evaluate(f"fetch('{form}').then(() => 'read', () => 'refused')") == "refused"
            frame = page.frames[1]
            assert "灯塔" not in frame.content()
            page.get_by_role("button").click()
            expect(page.locator("body")).to_contain_text("请求来自别的网站，已拒绝")
            context.close()
    assert settled.file() == ARTICLES[FIRST]


@pytest.mark.parametrize("size", [(1280, 900), (360, 740)])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_desk_is_accessible_and_fits(
    settled: Running, chromium: Browser, size: tuple[int, int], scheme: str
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    settled.root.write(path_of("2023-05-06-01-02"), b"---\nid: 2023-05-06-01-02\ntitle: a: b\n---\n")
    context = chromium.new_context(viewport={"width": size[0], "height": size[1]}, color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    for path in (f"/edit/{FIRST}", f"/edit/{FIRST}?raw=1", "/edit/2023-05-06-01-02", "/review/", "/edit/none", ARTICLE):
        page.goto(settled.url + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= size[0], path
        found = Axe().run(page).response["violations"]
        assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == [], path
    context.close()
