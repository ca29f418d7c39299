from __future__ import annotations

import re
from dataclasses import replace

import sample
from sample import Built

from jianbao.archive import Archive, folded
from jianbao.model import Article, Byline
from jianbao.site.templates import Renderer
from jianbao.site.views import View, problems, views


def keys(archive: Archive) -> dict[str, str]:
    return {view.path: view.key for view in views(archive, sample.extras())}


def changed(edit: dict[str, Article]) -> set[str]:
    """The outputs whose key differs after these articles took the place of those with the same id."""
    before = keys(sample.archive())
    found = [edit.get(one.id, one) for one in sample.articles()]
    after = keys(Archive(sample.CONFIG, sample.archive().articles and tuple(_in_order(found))))
    return {path for path in before | after if before.get(path) != after.get(path)}


def _in_order(articles: list[Article]) -> list[Article]:
    order = {one.id: place for place, one in enumerate(sample.archive().articles)}
    return sorted(articles, key=lambda one: order[one.id])


def one(number: str) -> Article:
    return next(article for article in sample.articles() if article.id == number)


def test_every_address_of_the_contract_is_there(built: Built) -> None:
    for path in (
        "index.html",
        "2021/index.html",
        "2021/12/index.html",
        "2021/12/07/index.html",
        "2021/12/07/01/index.html",
        "2021/12/07/A03/index.html",
        "2021/12/07/01/03/index.html",
        "undated/剪存/01/index.html",
        "reporters/index.html",
        "reporters/欧阳晓波/index.html",
        "sections/index.html",
        "sections/要闻/index.html",
        "search/index.html",
        "feed.xml",
        "sections/要闻/feed.xml",
        "reporters/竹静/feed.xml",
        "404.html",
        "articles.json",
        "articles.csv",
        "robots.txt",
    ):
        assert path in built.views


def test_sitemap_and_opensearch_need_an_address(built: Built, addressed: Built) -> None:
    for path in ("sitemap.xml", "opensearch.xml"):
        assert path not in built.views
        assert path in addressed.views


def test_no_two_outputs_share_a_path(built: Built) -> None:
    assert len({folded(path) for path in built.views}) == len(built.views)


def test_a_corrected_paragraph_changes_its_own_page_alone() -> None:
    article = one("2021-12-07-02-01")
    assert changed({article.id: replace(article, digest="another")}) == {"2021/12/07/02/01/index.html"}


def test_a_corrected_headline_changes_what_shows_it_and_nothing_else() -> None:
    article = one("2021-12-06-02-01")
    paths = changed({article.id: replace(article, title="另一个标题", digest="another")})
    assert "2021/12/06/02/01/index.html" in paths  # itself
    assert "2021/12/06/01/01/index.html" in paths  # its neighbour
    assert "2021/12/06/index.html" in paths
    assert "2021/12/06/02/index.html" in paths
    assert "2021/12/index.html" in paths
    assert "sections/文化/index.html" in paths
    assert "reporters/李桥/feed.xml" in paths
    for path in (
        "2021/index.html",
        "calendar/index.html",
        "2021/12/07/index.html",
        "2021/12/06/01/index.html",
        "sections/体育/index.html",
        "reporters/罗小满/index.html",
        "reporters/index.html",
        "404.html",
    ):
        assert path not in paths


def test_a_corrected_name_moves_the_work() -> None:
    article = one("2021-12-07-A03-01")
    paths = changed({article.id: replace(article, bylines=(Byline("记者", "竹静"),), digest="another")})
    assert {"reporters/A·史密斯/index.html", "reporters/竹静/index.html", "reporters/index.html"} <= paths
    assert "reporters/秦川/index.html" not in paths


def test_keys_do_not_depend_on_the_order_of_reading() -> None:
    assert keys(sample.archive()) == keys(sample.archive())


def test_equal_keys_mean_equal_bytes() -> None:
    """What a key leaves out may not show: each article's every field is altered in turn."""
    renderer = Renderer([sample.TEMPLATES])

    def made(archive: Archive) -> dict[tuple[str, str], bytes]:
        return {
            (view.path, view.key): renderer.render(view)
            for view in views(archive, sample.extras())
            if view.template != "search.html"
        }

    def sorted_archive(articles: list[Article]) -> Archive:
        return Archive(sample.CONFIG, tuple(sorted(articles, key=lambda article: article.id)))

    reference = made(sorted_archive(sample.articles()))
    fields = {
        "title": "改了",
        "kicker": "引题",
        "subtitle": "副题",
        "section": "民生",
        "page": "2",
        "column": "新栏",
        "captions": ("图",),
        "tags": ("桥",),
        "review": ("date",),
        "lead": "另一个开头",
        "length": 7,
        "bylines": (Byline("通讯员", "周也"),),
        "source": ("scans/2021-12-06/01.txt#L5-L6",),
        "date": None,
    }
    for number in ("2021-12-07-01-02", "2021-12-07-01-03"):
        article = one(number)
        others = [other for other in sample.articles() if other.id != number]
        for field, value in fields.items():
            edited = replace(article, **{field: value}, digest=f"digest of {field}")  # type: ignore[arg-type]
            after = made(sorted_archive([*others, edited]))
            wrong = [path for (path, key), data in after.items() if reference.get((path, key), data) != data]
            assert wrong == [], (number, field)


def test_two_people_never_share_a_page() -> None:
    names = ["Ann", "ANN", "A/B", "A:B", "CON", "长" * 100, "长" * 99 + "常"]
    more = [sample.article(f"2021-11-0{n + 1}-01-01", f"之{n}", by=[("记者", name)]) for n, name in enumerate(names)]
    archive = sample.archive(more)
    found: dict[str, View] = {view.path: view for view in views(archive, sample.extras())}
    pages = [path for path in found if path.startswith("reporters/") and path.endswith("/index.html")]
    assert len({folded(path) for path in pages}) == len(pages) == len(archive.people) + 1


def test_lists_are_cut_so_that_no_page_is_large() -> None:
    """A thousand articles by one person in one section, and 500 on one page of one day."""
    more = [
        sample.article(
            f"{1980 + n // 40}-{n // 20 % 12 + 1:02d}-05-01-{n:04d}",
            f"第{n}篇报道的标题，写得长一些才像真的",
            by=[("记者", "竹静")],
        )
        for n in range(1000)
    ] + [sample.article(f"2019-01-01-01-{n:04d}", f"同一天同一版的第{n}篇", by=[("记者", "竹静")]) for n in range(500)]
    renderer = Renderer([sample.TEMPLATES])
    pages = {
        view.path: renderer.render(view).decode()
        for view in views(sample.archive(more), sample.extras())
        if view.path.startswith(("reporters/竹静/", "sections/要闻/", "2019/01/01/", "index"))
        and view.template not in ("", "article.html")
    }
    assert len(pages) > 20
    for path, page in pages.items():
        assert len(page.encode()) < 100_000, path
    # Every article is on exactly one page of its reporter's list.
    text = "".join(page for path, page in pages.items() if path.startswith("reporters/竹静/"))
    for article in more[::37]:
        assert text.count(f"{article.url}index.html") == 1


def test_a_new_article_changes_only_the_newest_part_of_a_list() -> None:
    old = [sample.article(f"2010-01-{n % 28 + 1:02d}-01-{n:03d}", f"旧闻{n}", section="旧栏") for n in range(700)]
    fresh = sample.article("2022-01-01-01-01", "新闻", section="旧栏")
    before, after = keys(sample.archive(old)), keys(sample.archive([*old, fresh]))
    parts = {path for path in after if path.startswith("sections/旧栏/") and path.endswith(".html")}
    assert len(parts) == 5
    assert {path for path in parts if before.get(path) != after[path]} == {"sections/旧栏/index.html"}


def test_renamed_people_sections_and_tags_lead_on(built: Built) -> None:
    assert "../../reporters/%E7%AB%B9%E9%9D%99/index.html" in built.text("reporters/竹靜/index.html")
    for old in ("综合", "新闻综合"):
        page = built.text(f"sections/{old}/index.html")
        assert 'content="0; url=../../sections/%E8%A6%81%E9%97%BB/index.html"' in page
    assert "tags/渡船/index.html" in built.views
    assert "老街改造征求意见" in built.text("2021/12/07/01/09/index.html")
    assert not [path for path in built.views if ".." in path]
    assert "reporters/无人/index.html" not in built.views
    assert {problem.code for problem in problems(built.archive)} == {"rename-nowhere", "rename-used"}


def test_a_page_of_calendar_tells_days_with_an_issue_from_missing_ones(built: Built) -> None:
    page = built.text("2021/index.html")
    assert page.count('class="gap"') > 300
    assert 'href="../2021/12/07/index.html"' in page
    assert "只知道是2020年的一篇" in built.text("2020/index.html")
    assert "只知道是五月的一篇" in built.text("2020/05/index.html")
    assert "日期由内容推断的一篇" in built.text("undated/index.html")


def test_the_english_interface_leaves_the_newspaper_chinese(english: Built) -> None:
    page = english.text("2021/12/07/01/01/index.html")
    assert '<html lang="en"' in page
    assert '<article class="paper" data-article-body lang="zh-Hans">' in page
    assert "Cite this article" in page
    assert "7 December 2021" in page
    for path in english.pages:
        assert "首页" not in english.text(path), path


def test_a_weekly_paper_misses_only_its_own_weekday() -> None:
    fridays = [sample.article(f"2015-01-{day:02d}-01-01", f"周报{day}") for day in (2, 9, 23, 30)]
    archive = Archive(sample.CONFIG, tuple(fridays))
    view = next(each for each in views(archive, sample.extras()) if each.path == "2015/01/index.html")
    page = Renderer([sample.TEMPLATES]).render(view).decode()
    assert page.count('class="gap"') == 1
    assert '<td class="gap"><b>16</b>' in page


def test_the_first_page_says_that_an_issue_has_more_pages() -> None:
    more = [sample.article(f"2022-01-01-{number:02d}-01", f"第{number}版的头条") for number in range(1, 12)]
    for pages, said in ((9, False), (11, True)):
        view = next(iter(views(sample.archive(more[:pages]), sample.extras())))
        assert (f"全部{pages}版</a>" in Renderer([sample.TEMPLATES]).render(view).decode()) is said


def test_a_calendar_is_understood_by_ear(built: Built, english: Built) -> None:
    year, month = built.text("2021/index.html"), built.text("2021/12/index.html")
    assert 'aria-label="2021年12月7日，3版 7篇"' in year
    assert 'aria-label="7 December 2021, 3 pages, 7 articles"' in english.text("2021/index.html")
    assert re.search(r'<h2 id="m12">.*?12月.*?<table class="cal" aria-labelledby="m12">', year, re.S)
    assert 'aria-labelledby="month"' in month and '<h1 id="month">2021年12月' in month
    assert 'aria-label="上一年 / 下一年"' in year and "<span>上一年</span>2020年" in year
    assert "<span>上一月</span>2020年12月" in month


def test_small_months_draw_what_the_legend_explains(built: Built) -> None:
    """Days of the archive's time without an issue are outlined; other days without one are less than that."""
    page = built.text("calendar/index.html")
    assert set(re.findall(r'<path class="(\w+)" d="M[\d. ]+(h\d)', page)) >= {
        ("gap", "h7"),
        ("out", "h2"),
        ("l1", "h8"),
    }


def test_many_topics_and_surnames_are_cut_too() -> None:
    more = [
        sample.article(
            f"2001-{n % 12 + 1:02d}-{n % 28 + 1:02d}-01-{n:04d}",
            f"第{n}篇",
            by=[("记者", chr(0x4E00 + n) + "某人")],
            tags=(f"标签{n}",),
        )
        for n in range(1600)
    ]
    archive = Archive(sample.CONFIG, tuple(more))
    renderer = Renderer([sample.TEMPLATES])
    text = ""
    for view in views(archive, sample.extras()):
        if view.template in ("topics.html", "reporters.html", "surname.html", "home.html"):
            data = renderer.render(view).decode()
            assert len(data.encode()) < 200_000, view.path
            text += data
    for name in ("标签0<", "标签1599<", f"{chr(0x4E00)}某人", f"{chr(0x4E00 + 1599)}某人"):
        assert name in text, name


def test_long_lists_of_names_begin_with_an_index() -> None:
    more = [
        sample.article(f"2001-01-{n + 1:02d}-01-01", f"第{n}篇", by=[("记者", f"{name}某人")], section=f"{name}家栏目")
        for n, name in enumerate("赵钱孙李周吴郑冯陈褚卫蒋")
    ]
    renderer = Renderer([sample.TEMPLATES])
    found = {view.path: view for view in views(sample.archive(more), sample.extras())}
    for path, names in (
        (
            "sections/index.html",
            [*sample.CONFIG.sections, *sorted(f"{name}家栏目" for name in "赵钱孙李周吴郑冯陈褚卫蒋")],
        ),
        ("reporters/index.html", []),
    ):
        page = renderer.render(found[path]).decode()
        index = re.search(r'<nav class="jumps" aria-label="本页目录">.*?</nav>', page, re.S)
        assert index
        links = re.findall(r'<a href="#(i\d+)">([^<]+)</a>', index[0])
        assert [name for _, name in links][: len(names)] == names
        assert len(links) > 12
        for place, name in links:
            part = page.partition(f'id="{place}"')[2]
            assert part.index(f">{name}<") < 200, name
    few = {view.path: view for view in views(sample.archive(), sample.extras())}
    assert "jumps" not in renderer.render(few["sections/index.html"]).decode()
