"""The search page in real Chromium, over http below a sub-path and from file://."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from browser import Tab, serve

pytestmark = pytest.mark.browser


@pytest.fixture(params=["http", "file"])
def site(request: pytest.FixtureRequest, archive: Path) -> Iterator[str]:
    """The search page's address."""
    if request.param == "file":
        yield (archive / "search" / "index.html").as_uri()
    else:
        with serve(archive, "paper/a/") as served:
            yield served.url + "search/index.html"


def ask(tab: Tab, query: str, **options: Any) -> Any:
    return tab.page.evaluate("([query, options]) => jianbao.search(query, options)", [query, options])


def ids(answer: Any) -> set[str]:
    return {one["id"] for one in answer["results"]}


def test_finds_and_marks(site: str, tab: Tab) -> None:
    tab.page.goto(site + "?q=回迁安置")
    expect(tab.page.locator("[data-article-id]")).to_have_count(1)
    assert tab.page.get_attribute("[data-article-id]", "data-article-id") == "2021-12-07-02-01"
    assert tab.page.inner_text("[data-total]") == "1"
    assert tab.page.inner_text(".search-snippet mark") == "回迁安置"
    tab.page.click("[data-article-id] a")
    expect(tab.page.locator("mark.hit")).to_have_text(["回迁安置"])
    assert (tab.errors, tab.elsewhere) == ([], [])
