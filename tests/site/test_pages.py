"""Every page of the sample: valid HTML, every link leads somewhere, nothing inline, nothing from elsewhere."""

from __future__ import annotations

import gzip
import re
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit
from xml.etree.ElementTree import Element

import html5lib
import pytest
import sample
from sample import Built

from browser import Tab


class Links(HTMLParser):
    """The targets of a page, its ids, and what is written inline."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.targets: list[str] = []
        self.ids: list[str] = []
        self.inline: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.ids += [found["id"]] if found.get("id") else []
        for name in ("href", "src", "action"):
            if (value := found.get(name)) and not (found.get("rel") or "").startswith("schema."):
                self.targets.append(value)
        if tag == "style" or (tag == "script" and "src" not in found and found.get("type") != "application/ld+json"):
            self.inline.append(tag)
        self.inline += [name for name in found if name == "style" or name.startswith("on")]


@pytest.fixture(params=["built", "addressed", "english"])
def each(request: pytest.FixtureRequest) -> Built:
    site = request.getfixturevalue(request.param)
    assert isinstance(site, Built)
    return site


def test_html_is_valid(each: Built) -> None:
    """html5lib in strict mode stops at the first error."""
    assert len(each.pages) > 60
    for path in each.pages:
        try:
            html5lib.HTMLParser(strict=True).parse(each.text(path))
        except html5lib.html5parser.ParseError as fault:
            pytest.fail(f"{path}: {fault}")


def test_every_link_leads_somewhere(each: Built) -> None:
    """Links are relative and name a file, so that they work from a server's sub-path and from file://."""
    pages = {path: Links(each.text(path)) for path in each.pages}
    count = 0
    for path, links in pages.items():
        assert len(links.ids) == len(set(links.ids)), path
        for target in links.targets:
            parts = urlsplit(target)
            if parts.scheme or path == "404.html":
                assert target.startswith(("https://example.org", "/archive/")) or not parts.scheme, (path, target)
                continue
            if parts.path:
                file = (each.folder / path).parent / unquote(parts.path)
                assert file.is_file(), (path, target)
                assert file.resolve().is_relative_to(each.folder.resolve())
                where = file.resolve().relative_to(each.folder.resolve()).as_posix()
            else:
                where = path
            if parts.fragment and where in pages and not parts.fragment.startswith("L"):
                assert unquote(parts.fragment) in pages[where].ids, (path, target)
            count += 1
    assert count > 1000


def test_the_lines_of_the_scan_are_one_click_away(built: Built) -> None:
    page = built.text("2021/12/07/01/01/index.html")
    link = re.search(r'href="([^"]+#L3-L24)"', page)
    assert link
    assert "第 3–24 行" in page or "第 3—24 行" in page
    target = (built.folder / "2021/12/07/01/01" / link[1].partition("#")[0]).resolve()
    assert '<li id="L3"' in target.read_text(encoding="utf-8")


def test_nothing_is_written_inline_and_nothing_comes_from_elsewhere(each: Built) -> None:
    for path in each.pages:
        links = Links(each.text(path))
        own = path == "404.html" and not each.archive.config.base_url  # see below
        assert links.inline == (["style"] if own else []), path
        policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', each.text(path))
        assert policy, path
        assert "unsafe" not in policy[1]
        known = re.sub(r" 'sha256-[^']+'", "", policy[1]) if own else policy[1]
        assert known.startswith("default-src 'none'; script-src 'self'; style-src 'self';")
    for file in (*sample.STATIC.glob("*.css"), *sample.STATIC.glob("*.js"), *sample.STATIC.glob("*.svg")):
        found = re.findall(r"(?:https?:)?//[a-z0-9.-]+\.[a-z]{2,}", file.read_text(encoding="utf-8"))
        assert [each for each in found if "www.w3.org" not in each] == [], file.name


def test_styles_and_scripts_are_small() -> None:
    def packed(pattern: str) -> int:
        return sum(len(gzip.compress(file.read_bytes(), 9)) for file in sample.STATIC.glob(pattern))

    assert (sample.STATIC / "site.css").stat().st_size <= 32_000
    assert packed("*.css") <= 20_000
    assert packed("site*.js") + packed("highlight.js") <= 15_000


def test_what_the_machine_guessed_is_marked_until_checked(built: Built) -> None:
    doubtful = built.text("2021/12/07/01/01/index.html")
    heading = re.search(r"<h1>.*?</h1>", doubtful, re.S)
    assert heading
    assert 'class="doubt"' in heading[0]
    assert "标题、记者" in doubtful
    assert 'class="doubt"' not in built.text("2021/12/06/02/01/index.html")
    lost = built.text("2021/12/07/01/03/index.html")
    assert "（标题缺失）" in lost


def test_an_article_shows_all_it_has(built: Built) -> None:
    page = built.text("2021/12/07/01/01/index.html")
    for text in (
        "河东菜农不再绕行二十里",
        "停航三年，轮渡又响汽笛",
        "新渡轮四艘 日均往返五十六班",
        '<span class="role">首席记者</span> <a href="../../../../../reporters/%E6%AC%A7',
        "欧阳晓波</a>",
        "星期二",
        "第1版",
        "民生观察",
        "候船廊用了本地的青瓦和竹。",
        "<h2>夜航在望</h2>",
        "下一篇",
        "相关报道",
        "新渡轮完成选型",
        "GB/T 7714—2025",
    ):
        assert text in page, text
    assert "公告" in built.text("2021/12/07/01/04/index.html")


def test_an_undated_article_says_so_and_leads_on(built: Built) -> None:
    first, second = built.text("undated/剪存/01/index.html"), built.text("undated/剪存/02/index.html")
    assert re.search(r'<p class="folio">.*?<a href="../../../undated/index.html">日期不详</a>', first, re.S)
    assert re.search(
        r'class="crumbs".*?日历</a>.*?<a href="../../../undated/index.html">日期待考的文章</a>', first, re.S
    )
    assert re.search(r'rel="next" href="../../../undated/[^"]+/02/index.html"', first)
    assert re.search(r'rel="prev" href="../../../undated/[^"]+/01/index.html"', second)
    assert "日期不详" not in built.text("2020/01/01/09/01/index.html")
    listed = built.text("undated/index.html")
    assert listed.index("日期不详</h2>") > listed.index("只知道是2020年的一篇")


def test_the_way_from_the_first_page_is_whole(built: Built) -> None:
    def way(path: str) -> list[str]:
        crumbs = re.search(r'<nav class="crumbs".*?</nav>', built.text(path), re.S)
        assert crumbs
        return re.findall(r">([^<\n]+)</a>", crumbs[0])

    whole = ["首页", "日历", "2021年", "12月", "7日", "第1版"]
    for path, length in (
        ("2021/12/07/01/01/index.html", 6),
        ("2021/12/07/01/index.html", 5),
        ("2021/12/07/index.html", 4),
        ("2021/12/index.html", 3),
        ("2021/index.html", 2),
    ):
        assert way(path) == whole[:length], path
    assert way("2020/05/01/01/01/index.html") == ["首页", "日历", "2020年", "5月"]
    assert way("2020/01/01/09/01/index.html") == ["首页", "日历", "2020年"]


def test_a_person_has_roles_years_and_companions(built: Built) -> None:
    page = built.text("reporters/竹静/index.html")
    for text in ("罗小满", "常与合作", "发稿年表", "同名的不同作者", "2020年12月7日 — 2021年12月7日"):
        assert text in page, text
    both = built.text("reporters/秦川/index.html")
    assert "摄影 <b>2</b>" in both
    assert "作者 <b>1</b>" in both


def test_the_first_page_without_base_url_needs_no_server(built: Built) -> None:
    assert "example.org" not in built.text("index.html")
    assert 'rel="canonical"' not in built.text("index.html")


def test_404_links_absolutely_once_the_address_is_known(addressed: Built, built: Built) -> None:
    assert 'href="/archive/index.html"' in addressed.text("404.html")
    assert 'href="index.html"' in built.text("404.html")


@pytest.mark.browser
def test_404_is_legible_where_its_stylesheet_is_not_found(
    built: Built, addressed: Built, tab: Tab, tmp_path: Path
) -> None:
    """Without base_url, at an address below the first folder. Only these very rules are let in."""
    page = built.text("404.html")
    style = re.search(r"<style>(.*?)</style>", page)
    assert style
    assert f"style-src 'self' 'sha256-{b64encode(sha256(style[1].encode()).digest()).decode()}';" in page
    assert "只留网站首页的那一段" in page
    (tmp_path / "404.html").write_text(page, encoding="utf-8")
    tab.page.goto((tmp_path / "404.html").as_uri())
    assert tab.page.evaluate("getComputedStyle(document.querySelector('main')).maxWidth") == "736px"
    assert [text for text in tab.errors if "ERR_FILE_NOT_FOUND" not in text] == []
    (tmp_path / "404.html").write_text(page.replace("max-width", "min-width"), encoding="utf-8")
    tab.page.goto((tmp_path / "404.html").as_uri())
    assert tab.page.evaluate("getComputedStyle(document.querySelector('main')).minWidth") != "736px"
    assert "<style>" not in addressed.text("404.html")
    assert "只留网站首页的那一段" not in addressed.text("404.html")


def test_an_english_interface_says_where_chinese_begins(english: Built) -> None:
    # Screen readers choose their voice by it, browsers the shapes of characters (Japanese ones, else).
    looked_at = 0
    for path in english.pages:
        document = html5lib.parse(english.text(path), namespaceHTMLElements=False)

        def walk(element: Element, language: str, path: str = path) -> None:
            nonlocal looked_at
            language = element.get("lang", language)
            texts = [(element.text, language)] if element.tag not in ("title", "script", "style") else []
            for child in element:
                if isinstance(child.tag, str):
                    walk(child, language)
                texts.append((child.tail, language))
            for text, its_language in texts:
                if text and re.search(r"[\u4e00-\u9fff]", text):
                    looked_at += 1
                    known = its_language.startswith("zh") or element.get("class") == "file" or "剪报" in text
                    assert known, f"{path}: <{element.tag}> {text.strip()}"

        walk(document, "")
    assert looked_at > 500
