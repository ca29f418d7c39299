"""The gates, in real Chromium: accessibility, keyboard, narrow screens, quiet consoles, still layout, no JavaScript."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page
from sample import Built

from browser import Firefox, Served, Tab

pytestmark = pytest.mark.browser

# One page of each kind.
KINDS = {
    "home": "index.html",
    "calendar": "calendar/index.html",
    "year": "2021/index.html",
    "month": "2021/12/index.html",
    "day through the years": "days/12/07/index.html",
    "issue": "2021/12/07/index.html",
    "page": "2021/12/07/01/index.html",
    "article": "2021/12/07/01/01/index.html",
    "article with a lost headline": "2021/12/07/01/03/index.html",
    "undated article": "undated/剪存/01/index.html",
    "undated": "undated/index.html",
    "reporters": "reporters/index.html",
    "reporter": "reporters/竹静/index.html",
    "sections": "sections/index.html",
    "section": "sections/要闻/index.html",
    "tags": "tags/index.html",
    "tag": "tags/轮渡/index.html",
    "scan": "scans/2021-12-07/01/index.html",
    "about": "about/index.html",
    "404": "404.html",
}

SHIFT = """() => new Promise(done => {
    let sum = 0;
    new PerformanceObserver(list => list.getEntries().forEach(e => { if (!e.hadRecentInput) sum += e.value; }))
        .observe({type: "layout-shift", buffered: true});
    setTimeout(() => done(sum), 120);
})"""


AXE = """rules => axe.run(document, rules.length ? {runOnly: {type: "rule", values: rules}} : {})
    .then(found => found.violations.map(v => [v.id, v.nodes.slice(0, 3).map(n => n.html.slice(0, 120))]))"""


def test_axe_finds_nothing(built: Built, chromium: Browser, served: Served) -> None:
    """On every kind of page, with its details open: all rules in the light, those of colour also in the dark, and
    WCAG 2.2's target size, which axe leaves out unless asked, on a phone."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    found = []
    for kind, path in KINDS.items():
        page.set_viewport_size({"width": 1280, "height": 900})
        page.emulate_media(color_scheme="light")
        page.goto(served.url + path)
        page.evaluate("document.querySelectorAll('details').forEach(e => e.open = true)")
        page.evaluate(Axe().axe_script)
        found += [(kind, "light", *each) for each in page.evaluate(AXE, [])]
        page.emulate_media(color_scheme="dark")
        found += [(kind, "dark", *each) for each in page.evaluate(AXE, ["color-contrast", "link-in-text-block"])]
        page.set_viewport_size({"width": 390, "height": 800})
        found += [(kind, "phone", *each) for each in page.evaluate(AXE, ["target-size"])]
    context.close()
    assert found == []


def test_consoles_are_silent_and_nothing_is_fetched_elsewhere(built: Built, tab: Tab, served: Served) -> None:
    for path in KINDS.values():
        tab.page.goto(served.url + path)
    assert (tab.errors, tab.elsewhere, served.missing) == ([], [], [])


def test_from_file_too(built: Built, tab: Tab) -> None:
    failed: list[str] = []
    # A picture still on its way when the page is left is not missing.
    tab.page.on("requestfailed", lambda r: None if "ABORTED" in str(r.failure) else failed.append(r.url))
    for path in KINDS.values():
        tab.page.goto((built.folder / path).as_uri())
        assert tab.page.evaluate("getComputedStyle(document.querySelector('.top')).display") == "flex"
    tab.page.goto((built.folder / "index.html").as_uri())
    tab.page.click("text=停航三年")
    assert tab.page.url.endswith("2021/12/07/01/01/index.html")
    tab.page.click("text=scans/2021-12-07/01.txt")
    assert tab.page.locator(".scan .on").count() == 22
    tab.page.go_back()
    tab.page.fill(".find input", "轮渡")
    tab.page.press(".find input", "Enter")
    tab.page.wait_for_url("**/search/index.html?q=*")
    assert [text for text in tab.errors if "search" not in text and "ERR_FILE_NOT_FOUND" not in text] == []
    assert [url for url in failed if "/search/" not in url] == []


def test_firefox_opens_files_too(built: Built, firefox: Firefox) -> None:
    for path in ("index.html", "2021/12/07/01/01/index.html", "2021/12/index.html"):
        firefox.open((built.folder / path).as_uri())
        assert firefox.run("getComputedStyle(document.querySelector('.top')).display") == "flex"
        assert firefox.errors == []
    firefox.open((built.folder / "index.html").as_uri())
    firefox.run("document.querySelector('.find input').value = '轮渡'")
    firefox.run("document.querySelector('.find').requestSubmit()")
    firefox.wait("location.pathname.endsWith('search/index.html')")


@pytest.mark.parametrize("width", [320, 390])
def test_narrow_screens_need_no_sideways_scrolling(built: Built, chromium: Browser, served: Served, width: int) -> None:
    context = chromium.new_context(viewport={"width": width, "height": 640})
    page = context.new_page()
    wide = {}
    for kind, path in KINDS.items():
        page.goto(served.url + path)
        if (found := page.evaluate("document.documentElement.scrollWidth")) > width:
            wide[kind] = found
    context.close()
    assert wide == {}


def test_the_layout_keeps_still(built: Built, chromium: Browser, served: Served) -> None:
    moved = {}
    for width in (390, 1280):
        context = chromium.new_context(viewport={"width": width, "height": 800})
        page = context.new_page()
        for kind, path in KINDS.items():
            page.goto(served.url + path)
            if (shift := page.evaluate(SHIFT)) > 0.02:
                moved[kind, width] = shift
        context.close()
    assert moved == {}


def test_everything_can_be_reached_and_seen_by_keyboard(built: Built, tab: Tab, served: Served) -> None:
    for kind in ("home", "article", "month", "reporter"):
        tab.page.goto(served.url + KINDS[kind])
        wanted = tab.page.evaluate(
            """() => [...document.querySelectorAll("a[href], button, input, summary")]
                .filter(e => e.checkVisibility()).length"""
        )
        reached = 0
        for _ in range(wanted + 5):
            tab.page.keyboard.press("Tab")
            state = tab.page.evaluate(
                """() => { const e = document.activeElement, s = getComputedStyle(e);
                    const fresh = !e.dataset.seen; e.dataset.seen = 1;
                    return {body: e === document.body, fresh,
                        visible: s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 2,
                        inside: e.getBoundingClientRect().right > 0}; }"""
            )
            if state["body"]:
                break
            if state["fresh"]:
                reached += 1
                assert state["visible"], kind
                assert state["inside"], kind
        assert reached >= wanted, kind
    tab.page.goto(served.url + KINDS["article"])
    tab.page.keyboard.press("Tab")
    tab.page.keyboard.press("Enter")
    assert tab.page.evaluate("document.activeElement.id") == "main"


def test_everything_is_read_without_javascript(built: Built, chromium: Browser, served: Served) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    for path in KINDS.values():
        page.goto(served.url + path)
        assert page.inner_text("main").strip()
        assert page.locator("button:not(.find button)").count() == 0, "a button that does nothing"
    page.goto(served.url + KINDS["article"])
    page.click("summary")
    assert "欧阳晓波，竹静，罗小满，等. 停航三年，轮渡又响汽笛[N]. 临河新报，2021-12-07（1）." in page.inner_text(
        "main"
    )
    page.click("text=scans/2021-12-07/01.txt")
    assert page.url.endswith("#L3-L24")
    context.close()


def test_a_citation_is_copied(built: Built, chromium: Browser, served: Served) -> None:
    context = chromium.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(served.url + KINDS["article"])
    page.click("summary")
    assert page.locator("[role=status]").inner_text() == ""  # there before it speaks, or it would not be heard
    page.locator("pre[data-copy=ris] + .tool").click()
    page.locator("[role=status]:text('已复制')").wait_for()
    page.locator(".tool:text('已复制')").wait_for()
    assert page.evaluate("navigator.clipboard.readText()").startswith("TY  - NEWS")
    with page.expect_download() as download:
        page.locator("pre[data-copy=bib] + .tool + .tool").click()
    assert download.value.suggested_filename == "2021-12-07-01-01.bib"
    context.close()


def test_the_day_of_reading_is_the_readers(addressed: Built, chromium: Browser) -> None:
    """In the citation after GB/T 7714—2015 and on a printed clipping; the files themselves are the same each day."""
    page = chromium.new_page()
    page.clock.set_fixed_time("2030-03-15T12:00:00")
    page.goto((addressed.folder / KINDS["article"]).as_uri())
    page.click("summary")
    url = "https://example.org/archive/2021/12/07/01/01/"
    cited = page.locator("pre").all_inner_texts()
    assert (
        cited[1]
        == f"欧阳晓波, 竹静, 罗小满, 等. 停航三年，轮渡又响汽笛[N/OL]. 临河新报, 2021-12-07(1)[2030-03-15]. {url}."
    )
    assert cited[0].endswith(f"2021-12-07（1）. {url}.")
    assert page.evaluate(_visible(".imprint")) is False
    page.clock.set_fixed_time("2030-03-16T12:00:00")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    assert page.locator(".imprint").inner_text() == f"{url} 打印于 2030-03-16"
    page.close()
    assert "2030" not in addressed.text(KINDS["article"])


def test_a_key_goes_to_the_search_box_and_back(built: Built, tab: Tab, served: Served) -> None:
    page = tab.page
    focused = "document.activeElement.matches('.find input')"
    for kind in ("home", "year", "article", "reporters", "404"):
        page.goto(served.url + KINDS[kind])
        page.keyboard.press("/")
        assert page.evaluate(focused), kind
    page.keyboard.type("1/2")
    assert page.input_value(".find input") == "1/2"
    page.goto(served.url + KINDS["section"])
    page.keyboard.press("Control+/")
    assert not page.evaluate(focused)
    page.focus(".heads a, .rows a")
    page.keyboard.press("/")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.matches('.rows a')")


def test_today_in_history_is_the_readers_day(built: Built, chromium: Browser, served: Served) -> None:
    context = chromium.new_context()
    page = context.new_page()
    page.clock.set_fixed_time("2030-03-15T12:00:00")
    page.goto(served.url)
    page.locator("text=历史上的今天").wait_for()
    assert "春耕时节话良种" in page.inner_text("[data-today]")
    page.clock.set_fixed_time("2030-03-16T12:00:00")
    page.goto(served.url)
    assert "往年今日" in page.inner_text("[data-today]")
    context.close()


def test_print_is_a_clipping(built: Built, tab: Tab, served: Served, tmp_path: Path) -> None:
    tab.page.goto(served.url + KINDS["article"])
    tab.page.emulate_media(media="print")
    assert tab.page.evaluate(_visible("main")) is True
    for hidden in (".top", ".end", ".crumbs", ".tools", ".related", ".around"):
        assert tab.page.evaluate(_visible(hidden)) is False, hidden
    assert tab.page.evaluate("getComputedStyle(document.querySelector('.text')).columnCount") == "2"
    tab.page.pdf(path=str(tmp_path / "clipping.pdf"), format="A4")
    assert (tmp_path / "clipping.pdf").read_bytes().startswith(b"%PDF")


def test_the_dark_is_not_printed(built: Built, tab: Tab, served: Served) -> None:
    colours = """() => Object.fromEntries([...document.styleSheets].flatMap(sheet => [...sheet.cssRules])
        .filter(rule => rule.selectorText === ":root").flatMap(rule => [...rule.style]).filter(name => /^--/.test(name))
        .map(name => [name, getComputedStyle(document.documentElement).getPropertyValue(name)]))"""
    tab.page.goto(served.url + KINDS["year"])
    for contrast in ("no-preference", "more"):
        tab.page.emulate_media(media="print", color_scheme="light", contrast=contrast)
        light = tab.page.evaluate(colours)
        tab.page.emulate_media(media="print", color_scheme="dark", contrast=contrast)
        assert tab.page.evaluate(colours) == light
        assert {"--paper", "--l1", "--l4", "--gap", "--on-l4"} <= light.keys()


def test_what_is_told_by_colour_is_told_where_the_system_sets_the_colours(chromium: Browser, served: Served) -> None:
    context = chromium.new_context(forced_colors="active")
    page = context.new_page()
    page.goto(served.url + KINDS["year"])
    styles = "(selector) => getComputedStyle(document.querySelector(selector))"
    assert page.evaluate(f"({styles})('.top [aria-current]').borderBottomStyle") == "solid"
    shades = page.evaluate(
        """() => ["l1", "l2", "l3", "l4"].map(level => {
            const cell = document.querySelector(".cal td a");
            cell.parentNode.className = level;
            return getComputedStyle(cell).backgroundColor;
        })"""
    )
    assert len(set(shades)) == 4
    assert page.evaluate(f"({styles})('.cal .gap').outlineStyle") == "solid"
    page.goto(served.url + KINDS["page"])
    assert page.evaluate(
        """() => getComputedStyle(document.querySelector(".strip [aria-current]")).backgroundColor
            !== getComputedStyle(document.querySelector(".strip a:not([aria-current])")).backgroundColor"""
    )
    context.close()


def test_letters_of_twice_the_size_leave_room_on_a_phone(chromium: Browser, served: Served) -> None:
    context = chromium.new_context(viewport={"width": 320, "height": 640})
    page = context.new_page()
    for kind in ("about", "home", "article"):
        page.goto(served.url + KINDS[kind])
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert page.evaluate("document.documentElement.scrollWidth") == 320, kind
        assert page.evaluate("document.querySelector('.find input').clientWidth") > 200
    context.close()


def test_small_months_stand_level(chromium: Browser, served: Served) -> None:
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(served.url)
    tops = (
        "() => [...document.querySelectorAll('.months svg')].map(each => Math.round(each.getBoundingClientRect().top))"
    )
    assert len(set(page.evaluate(tops))) == 1
    context.close()


def test_motion_is_reduced_when_asked(built: Built, chromium: Browser, served: Served) -> None:
    context = chromium.new_context(reduced_motion="reduce")
    page: Page = context.new_page()
    page.goto(served.url)
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
    context.close()


def _visible(selector: str) -> str:
    return f"document.querySelector({selector!r}).checkVisibility()"
