"""Ways through much: from a section, a person, a year or an issue into the search; from a year to its articles."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
import sample
from playwright.sync_api import expect
from sample import Built

from browser import Tab

LONG = [
    sample.article(f"{1950 + n // 10}-{n % 10 + 1:02d}-05-01-01", f"第{n}篇旧闻", by=[("记者", "常在")], section="旧栏")
    for n in range(600)
    if n // 10 != 20  # nothing is left of 1970
]


@pytest.fixture(scope="module")
def long(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Sixty years of one section, all by one person."""
    folder = tmp_path_factory.mktemp("long")
    archive = sample.archive(LONG)
    return Built(folder, archive, sample.render(folder, archive, sample.extras()))


@pytest.mark.parametrize(
    ("path", "narrowed"),
    [
        ("sections/要闻/index.html", {"section": ["要闻"]}),
        ("reporters/A·史密斯/index.html", {"reporter": ["A·史密斯"]}),
        ("2021/index.html", {"from": ["2021"], "to": ["2021"]}),
        ("2021/12/07/index.html", {"from": ["2021-12-07"], "to": ["2021-12-07"]}),
    ],
)
def test_what_a_page_is_about_can_be_searched(path: str, narrowed: dict[str, list[str]], built: Built) -> None:
    found = re.search(r'<a href="([^"]+)">在其中检索</a>', built.text(path))
    assert found
    link = urlsplit(found[1].replace("&amp;", "&"))
    assert ((built.folder / path).parent / link.path).resolve() == (built.folder / "search/index.html").resolve()
    assert parse_qs(link.query) == narrowed


def test_where_nothing_can_be_searched_by_nothing_is_offered(built: Built, long: Built) -> None:
    assert "在其中检索" not in built.text("tags/轮渡/index.html")  # the search knows no filter for tags
    assert "在其中检索" not in long.text("sections/旧栏/index.html")  # an archive without the search's scripts


@pytest.mark.parametrize("path", ["sections/旧栏/index.html", "reporters/常在/index.html"])
def test_the_bar_of_a_year_leads_to_its_articles(path: str, long: Built) -> None:
    page = long.text(path)
    bars = re.search(r'<ol class="bars many".*?</ol>', page, re.S)
    assert bars
    links = re.findall(r'<a href="([^"#]+)#(y\d{4})">(\d{4})</a>', bars[0])
    assert len(links) == 59
    assert '<span class="label">1970</span>' in bars[0]
    for link, place, year in links:
        assert place == f"y{year}"
        assert f'id="{place}"' in ((long.folder / path).parent / unquote(link)).read_text("utf-8")
    assert 'class="years"' not in page  # they stand there once


def test_few_years_of_a_short_list_stand_as_they_are(built: Built) -> None:
    page = built.text("reporters/竹静/index.html")
    assert 'class="bars"' in page
    assert 'class="years"' in page  # the bars are of months


@pytest.mark.browser
@pytest.mark.parametrize("width", [320, 390, 1280])
def test_many_bars_leave_room_for_what_they_stand_over(width: int, long: Built, tab: Tab) -> None:
    tab.page.set_viewport_size({"width": width, "height": 900})
    for path in ("sections/旧栏/index.html", "reporters/常在/index.html", "index.html"):
        tab.page.goto((Path(long.folder) / path).as_uri())
        bars = tab.page.locator(".bars.many")
        expect(bars).to_be_visible()
        box = bars.bounding_box()
        assert box
        assert box["height"] < 900  # one under the other they are 1,400 high
        assert tab.page.evaluate("document.documentElement.scrollWidth") <= width
        first, last = bars.locator("li").first.bounding_box(), bars.locator("li").last.bounding_box()
        assert first
        assert last
        assert first["x"] + first["width"] <= last["x"]  # beside each other, not over each other
