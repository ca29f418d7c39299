"""What stands first: the newest day's articles in printed order, news before what is none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import feedparser
import pytest
import sample

from jianbao.model import Article, Kind
from jianbao.site.newest import newest, newest_last, newest_news
from jianbao.site.templates import Renderer
from jianbao.site.views import views

DAY = [
    sample.article("2022-03-01-01-01", "前一日的头条", section="新栏", by=[("记者", "常写的人")]),
    sample.article("2022-03-02-01-01", "开业广告", section="新栏", kind=Kind.ADVERTISEMENT, tags=("新标签",)),
    sample.article("2022-03-02-01-02", "头版头条", section="新栏", by=[("记者", "常写的人")], tags=("新标签",)),
    sample.article("2022-03-02-01-03", "", section="新栏"),
    sample.article("2022-03-02-02-01", "二版头条", section="新栏", by=[("记者", "常写的人")], tags=("新标签",)),
    sample.article("2022-03-02-08-01", "停水公告", section="新栏", kind=Kind.NOTICE, by=[("记者", "常写的人")]),
    sample.article("2022-01-01-09-01", "只知年份", section="新栏", date="2022", by=[("记者", "常写的人")]),
    sample.article("2022-01-01-09-02", "只知年月", section="新栏", date="2022-03", by=[("记者", "常写的人")]),
]


@pytest.fixture(scope="module")
def made() -> dict[str, str]:
    """Some pages of the sample with one more section."""
    renderer = Renderer([sample.TEMPLATES])
    wanted = ("index.html", "feed.xml", "sections/", "reporters/常写的人/", "tags/")
    found = {view.path: view for view in views(sample.archive(DAY), sample.extras())}
    return {path: renderer.render(view).decode() for path, view in found.items() if path.startswith(wanted)}


def order(page: str, titles: Iterable[str]) -> list[str]:
    """The titles that a page shows, as they follow one another."""
    return re.findall("|".join(sorted(titles, key=len, reverse=True)), page)


def titles(articles: Sequence[Article]) -> list[str]:
    return [article.title for article in articles]


def test_teasers_of_a_section_are_the_first_news_of_its_newest_day(made: dict[str, str]) -> None:
    shown = [article.title for article in DAY if article.title]
    home = made["index.html"].partition('class="by-section"')[2]
    assert order(home, shown) == ["头版头条", "二版头条"]
    assert order(made["sections/index.html"], shown) == ["头版头条", "二版头条", "前一日的头条"]
    assert order(made["tags/index.html"], shown) == ["头版头条", "二版头条"]


def test_a_section_without_news_shows_what_it_has() -> None:
    notices = [article for article in DAY if article.kind is not Kind.NEWS]
    assert titles(newest_news(notices, 2)) == ["开业广告", "停水公告"]


def test_lists_show_the_newest_day_first_and_each_day_as_printed(made: dict[str, str]) -> None:
    expected = ["头版头条", "二版头条", "停水公告", "前一日的头条", "只知年月", "只知年份"]
    assert order(made["reporters/常写的人/index.html"].partition('class="rows"')[2], expected) == expected
    assert order(made["sections/新栏/index.html"].partition('class="rows"')[2], expected) == expected


def test_a_day_cut_by_the_end_of_a_page_goes_on_in_printed_order() -> None:
    many = [sample.article(f"2019-01-01-01-{number:03d}", f"第{number:03d}篇", section="长栏") for number in range(300)]
    renderer = Renderer([sample.TEMPLATES])
    found = {view.path: view for view in views(sample.archive(many), sample.extras())}
    pages = [renderer.render(found[f"sections/长栏/{part}index.html"]).decode() for part in ("", "list-1/")]
    assert re.findall(r"第\d{3}篇", "".join(pages)) == titles(many)


def test_feeds_begin_with_the_newest_day_and_take_a_year_for_its_beginning(made: dict[str, str]) -> None:
    for path in ("feed.xml", "sections/新栏/feed.xml"):
        feed = feedparser.parse(made[path])
        assert [entry.title for entry in feed.entries][:2] == ["开业广告", "头版头条"]
        assert feed.feed.updated == "2022-03-02T00:00:00+08:00" == max(entry.updated for entry in feed.entries)
        days = [entry.updated for entry in feed.entries]
        assert days == sorted(days, reverse=True)
        by_title = {entry.title: entry for entry in feed.entries}
        assert by_title["前一日的头条"].published == "2022-03-01T00:00:00+08:00"
        assert "published" not in by_title["只知年份"]
        assert "published" not in by_title["只知年月"]


def test_no_more_is_looked_at_than_the_newest_needs() -> None:
    class Counting(list[Article]):
        looked_at = 0

        def __getitem__(self, place: slice) -> list[Article]:  # type: ignore[override]
            found = super().__getitem__(place)
            self.looked_at += len(found)
            return found

    days = [f"{1900 + n // 300}-{n // 25 % 12 + 1:02d}-{n % 25 + 1:02d}-01-01" for n in range(9000)]
    some = Counting(sample.article(day, f"题{day}") for day in days)
    assert titles(newest(some, 20)) == titles(newest_last(some)[::-1][:20])
    assert some.looked_at <= 200
    notices = Counting(sample.article(day, f"告{day}", kind=Kind.NOTICE) for day in days)
    assert titles(newest_news(notices, 2)) == [f"告{day}" for day in days[:-3:-1]]
    assert notices.looked_at <= 1000
