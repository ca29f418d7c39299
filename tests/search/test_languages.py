"""The search page speaks the interface's language; what the newspaper printed stays marked as Chinese."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import ConsoleMessage, expect

import making
from browser import Tab, serve

pytestmark = pytest.mark.browser
ROOT = Path(__file__).parents[2]

# Chinese in texts, and in attributes that are read out, wherever the language said to be theirs is not Chinese.
# A condition's name is one attribute in which the interface's words and the newspaper's stand together.
UNMARKED = r"""() => {
    const found = [];
    const main = document.querySelector("main");
    const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const text = walker.currentNode;
        if (/\p{Script=Han}/u.test(text.data) && !text.parentElement.closest("[lang]").lang.startsWith("zh"))
            found.push(text.data);
    }
    const others = [...main.querySelectorAll(":not(.search-chip)")];
    for (const element of others.filter(one => !one.closest("[lang]").lang.startsWith("zh")))
        for (const name of ["aria-label", "title", "placeholder", "alt"])
            if (/\p{Script=Han}/u.test(element.getAttribute(name) ?? "")) found.push(element.getAttribute(name));
    return found;
}"""


def built(folder: Path, language: str) -> Path:
    """The outputs of a small archive with this interface; sixteen articles tell of a comet."""
    root = making.archive(folder, 0)
    (root / "site.yaml").write_text(f"title: 鹭汀新报\ninterface: {language}\n", encoding="utf-8")
    making.write(root, dict(making.article(number, title=f"彗星来访第{number}夜") for number in range(16)))
    done = making.jianbao("--root", root)
    assert done.returncode == 0, done.stderr
    return root / "public"


@pytest.fixture(scope="module")
def english(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("english"), "en")


@pytest.fixture(scope="module")
def chinese(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("chinese"), "zh")


def listen(tab: Tab) -> tuple[Any, list[str]]:
    """The tab's page, and whatever its console says from now on, errors or not."""
    said: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        said.append(message.text)

    tab.page.on("console", hear)
    return tab.page, said


def ask(page: Any, query: str) -> None:
    page.fill("#search-input", query)
    page.press("#search-input", "Enter")


def test_both_languages_have_the_same_words(tab: Tab) -> None:
    keys = []
    for language in ("en", "zh"):
        tab.page.goto("about:blank")
        tab.page.add_script_tag(path=ROOT / "static" / f"search-words-{language}.js")
        keys.append(tab.page.evaluate("Object.keys(jianbao.words).sort()"))
    assert keys[0] == keys[1]
    assert len(keys[0]) > 40


def test_english(english: Path, tab: Tab) -> None:
    page, said = listen(tab)
    with serve(english) as served:
        page.goto(served.url + "search/index.html")
        page.click(".search-help summary")
        assert page.title().startswith("Search - ")
        assert page.evaluate("document.documentElement.lang") == "en"
        assert page.inner_text("h1") == "Search"
        assert page.inner_text(".search-label") == "Words, names or numbers of any length"
        assert page.evaluate(UNMARKED) == []

        page.locator("#search-input").press_sequentially("林")
        option = page.locator("#search-suggestions [role=option]").first
        expect(option.locator("span")).to_have_attribute("lang", "zh-Hans")
        expect(option.locator("small")).to_have_text("name")

        ask(page, "彗星")
        expect(page.locator("#search-status")).to_have_text("16 articles found")
        expect(page.locator("#search-facets h2").first).to_have_text("Date")
        assert page.locator(".search-result h2 a").first.get_attribute("lang") == "zh-Hans"
        assert page.locator(".search-sort button").all_inner_texts() == ["Relevance", "Newest first", "Oldest first"]
        assert page.locator(".search-pages a").last.inner_text() == "Next page"
        bar = page.locator("[data-bin]").first
        assert bar.get_attribute("title") == "2024-01-01: 15 articles"
        assert page.evaluate(UNMARKED) == []

        ask(page, "第15夜")
        expect(page.locator("#search-status")).to_have_text("1 article found")
        expect(page.locator(".search-facts")).to_contain_text("2 January 2024 · page 1 · ")
        page.click('[data-facet="section"]')
        expect(page.locator(".search-chip")).to_contain_text("Section: ")
        assert page.evaluate(UNMARKED) == []

        ask(page, "彗星来过这里")
        expect(page.locator("#search-status")).to_have_text("Nothing found (0 articles)")
        expect(page.locator(".search-nothing")).to_contain_text("Did you mean:")
        expect(page.locator(".search-nothing")).to_contain_text("Try fewer characters, or other words.")
        assert page.evaluate(UNMARKED) == []

        ask(page, "第15夜")
        page.click("[data-article-id] a")
        expect(page.locator("h1 mark.hit")).to_have_text("第15夜")
        assert served.missing == []
    assert (said, tab.errors, tab.elsewhere) == ([], [], [])


def test_chinese_is_as_it_was(chinese: Path, tab: Tab) -> None:
    page, said = listen(tab)
    with serve(chinese) as served:
        page.goto(served.url + "search/index.html?q=彗星")
        expect(page.locator("#search-status")).to_have_text("找到 16 篇")
        expect(page.locator("#search-facets h2").first).to_have_text("时间")
        assert page.inner_text("h1") == "检索"
        assert page.locator(".search-sort button").all_inner_texts() == ["相关", "新到旧", "旧到新"]
        assert page.locator(".search-pages a").last.inner_text() == "下一页"
        assert page.locator("[data-bin]").first.get_attribute("title") == "2024-01-01：15 篇"
        ask(page, "第15夜")
        expect(page.locator("#search-status")).to_have_text("找到 1 篇")
        expect(page.locator(".search-facts")).to_contain_text("2024年1月2日 · 第1版 · ")
        assert page.locator("main [lang]").count() == 0
        assert served.missing == []
    assert (said, tab.errors, tab.elsewhere) == ([], [], [])


@pytest.mark.parametrize(
    ("language", "words"), [("en", "Part of the search data is missing"), ("zh", "检索数据缺了一部分")]
)
def test_failures_are_said_in_the_interface_s_language(
    language: str, words: str, request: pytest.FixtureRequest, tab: Tab
) -> None:
    site: Path = request.getfixturevalue("english" if language == "en" else "chinese")
    tab.page.route("**/search/manifest.js*", lambda route: route.abort())
    with serve(site) as served:
        tab.page.goto(served.url + "search/index.html?q=彗星")
        expect(tab.page.locator("#search-message")).to_contain_text(words)
        assert tab.page.evaluate(UNMARKED) == []
