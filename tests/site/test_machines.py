"""What machines read, read by others' libraries: feeds, sitemap, JSON-LD, citations, data files."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from pathlib import Path

import bibtexparser
import feedparser
import html5lib
import jsonschema
import pytest
import rispy
import sample
import xmlschema
from sample import Built

from jianbao.site.citations import all_formats, bibtex, csl_json, gbt_2015, gbt_2025, reference, ris
from jianbao.site.views import views

SCHEMAS = Path(__file__).parent / "schemas"
FULL = "2021/12/07/01/01/index.html"


def schema(name: str) -> object:
    return json.loads((SCHEMAS / name).read_text(encoding="utf-8"))


def head(page: str) -> list[tuple[str, str]]:
    """(name or property, content) of all meta elements."""
    tree = html5lib.parse(page, namespaceHTMLElements=False)
    return [(each.get("name") or each.get("property") or "", each.get("content") or "") for each in tree.iter("meta")]


def test_feeds_are_atom(built: Built, addressed: Built) -> None:
    atom = xmlschema.XMLSchema(SCHEMAS / "atom.xsd")
    for site in (built, addressed):
        feeds = [path for path in site.views if path.endswith("feed.xml")]
        assert len(feeds) > 10
        for path in feeds:
            atom.validate(str(site.folder / path))
            found = feedparser.parse((site.folder / path).read_bytes())
            assert not found.bozo, (path, found.get("bozo_exception"))
            assert found.version == "atom10"
            assert found.feed.title
            assert len({entry.id for entry in found.entries}) == len(found.entries)
            for entry in found.entries:
                assert entry.id.startswith("urn:uuid:")
                assert entry.updated_parsed
    whole = feedparser.parse((addressed.folder / "feed.xml").read_bytes())
    assert whole.feed.links[0].href == "https://example.org/archive/"
    assert [link.href for link in whole.feed.links if link.rel == "self"] == ["https://example.org/archive/feed.xml"]
    assert whole.entries[0].link.startswith("https://example.org/archive/2021/12/07/")


def test_ids_in_feeds_stay_when_the_site_moves(built: Built, addressed: Built) -> None:
    def ids(site: Built) -> list[str]:
        return [entry.id for entry in feedparser.parse((site.folder / "feed.xml").read_bytes()).entries]

    assert ids(built) == ids(addressed)
    assert "urn:uuid:a89ba7ae-d5d7-515d-98ab-b99af56e5e48" in ids(built)  # never changes


def test_links_in_feeds_without_an_address_lead_from_the_feed(built: Built) -> None:
    text = built.text("reporters/竹静/feed.xml")
    links = re.findall(r'<entry>.*?href="([^"]+)"', text)
    assert links
    for link in links:
        assert (built.folder / "reporters/竹静" / link).is_file()


def test_sitemap_names_every_article_once(addressed: Built) -> None:
    xmlschema.XMLSchema(SCHEMAS / "sitemap.xsd").validate(str(addressed.folder / "sitemap.xml"))
    found = re.findall(r"<loc>([^<]+)</loc>", addressed.text("sitemap.xml"))
    assert len(found) == len(set(found))
    for article in addressed.archive.articles:
        assert sum(url.endswith(f"/{article.url}") for url in found) == (0 if "剪存" in article.id else 1)
    assert "Sitemap: https://example.org/archive/sitemap.xml" in addressed.text("robots.txt")


def test_a_large_sitemap_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jianbao.site.feeds._URLS", 20)
    archive = sample.archive(config=replace(sample.CONFIG, base_url="https://example.org/"))
    found = {view.path: view for view in views(archive, sample.extras())}
    parts = sorted(path for path in found if path.startswith("sitemap-"))
    assert len(parts) > 2
    index = found["sitemap.xml"].context()["bytes"].decode()  # type: ignore[attr-defined]
    sitemaps = xmlschema.XMLSchema(SCHEMAS / "sitemap.xsd")
    sitemaps.validate(index)
    for path in parts:
        assert f"<loc>https://example.org/{path}</loc>" in index
        sitemaps.validate(found[path].context()["bytes"].decode())  # type: ignore[attr-defined]


def test_opensearch_says_where_to_search(addressed: Built) -> None:
    xmlschema.XMLSchema(SCHEMAS / "opensearch.xsd").validate(str(addressed.folder / "opensearch.xml"))
    assert 'template="https://example.org/archive/search/?q={searchTerms}"' in addressed.text("opensearch.xml")
    assert "opensearch.xml" in addressed.text("index.html")


def test_json_ld_is_a_news_article(built: Built, addressed: Built) -> None:
    for site in (built, addressed):
        for article in site.archive.articles:
            page = site.text(article.url + "index.html")
            found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.S)
            assert len(found) == 1
            jsonschema.validate(json.loads(found[0]), schema("news-article.json"))
    data = json.loads(re.findall(r'<script type="application/ld\+json">(.*?)</script>', addressed.text(FULL), re.S)[0])
    assert data["headline"] == "停航三年，轮渡又响汽笛"
    assert data["alternativeHeadline"] == ["河东菜农不再绕行二十里", "新渡轮四艘 日均往返五十六班"]
    assert data["datePublished"] == "2021-12-07T00:00:00+08:00"
    assert [author["name"] for author in data["author"]] == ["欧阳晓波", "竹静", "罗小满", "刘一"]
    assert data["contributor"][0]["name"] == "秦川"
    assert (data["articleSection"], data["printPage"]) == ("要闻", "1")
    assert data["isPartOf"]["isPartOf"] == {
        "@type": "Newspaper",
        "name": "临河新报",
        "issn": "1009-0002",
        "url": "https://example.org/archive/",
    }
    assert data["url"] == "https://example.org/archive/2021/12/07/01/01/"


def test_zotero_reads_a_newspaper_article(addressed: Built) -> None:
    """The fields that its translator for embedded metadata takes, in its order of preference."""
    found = head(addressed.text(FULL))
    values = dict(found)
    assert values["z:itemType"] == "newspaperArticle"
    assert values["citation_title"] == "停航三年，轮渡又响汽笛"
    assert [value for name, value in found if name == "citation_author"] == ["欧阳晓波", "竹静", "罗小满", "刘一"]
    assert values["DC.source"] == "临河新报"
    assert values["citation_date"] == "2021/12/07"
    assert values["citation_firstpage"] == "1"
    assert values["article:section"] == "要闻"
    assert values["citation_public_url"] == "https://example.org/archive/2021/12/07/01/01/"
    names = {name for name, _ in found}
    assert not names & {"citation_journal_title", "citation_book_title", "citation_conference_title"}
    assert {"og:type", "og:title", "og:site_name", "DC.title", "DC.creator", "DC.date"} <= names


def test_citations_after_the_national_standards() -> None:
    article = sample.article("2021-12-07-01-01", "标题", by=[("记者", "甲"), ("通讯员", "乙"), ("摄影", "丙")])
    ref = reference(article, sample.CONFIG, "")
    assert gbt_2015(ref) == "甲, 乙. 标题[N]. 临河新报, 2021-12-07(1)."
    assert gbt_2025(ref) == "甲，乙. 标题[N]. 临河新报，2021-12-07（1）."
    many = sample.article("2021-12-07-01-01", "标题", by=[("记者", name) for name in "甲乙丙丁"])
    ref = reference(many, sample.CONFIG, "https://example.org/2021/12/07/01/01/")
    url = "https://example.org/2021/12/07/01/01/"
    assert gbt_2015(ref) == f"甲, 乙, 丙, 等. 标题[N/OL]. 临河新报, 2021-12-07(1). {url}."
    assert gbt_2025(ref) == f"甲，乙，丙，等. 标题[N/OL]. 临河新报，2021-12-07（1）. {url}."
    bare = sample.article("undated-剪存-01", "无日期")
    assert gbt_2025(reference(bare, sample.CONFIG, "")) == "无日期[N]. 临河新报."
    guess = sample.article("2020-06-02-01-01", "推断", date="2020-06~")
    assert "[2020-06]" in gbt_2015(reference(guess, sample.CONFIG, ""))


def test_articles_of_one_issue_share_nothing_but_the_issue() -> None:
    one = sample.article("2021-12-07-01-01", "甲题", by=[("记者", "甲")], section="要闻")
    other = sample.article("2021-12-07-A02-01", "乙题", by=[("记者", "乙")], section="民生")
    alone = [text for *_, text in all_formats(reference(other, replace(sample.CONFIG, place="别处"), ""))]
    both = [[text for *_, text in all_formats(reference(each, sample.CONFIG, ""))] for each in (one, other)]
    for first, second, third in zip(*both, alone, strict=True):
        assert "乙" not in first
        assert "甲" not in second
        assert "A02" in second
        assert third.replace("别处", "临河") == second


def test_ris_is_read_back(built: Built) -> None:
    for article in built.archive.articles:
        (entry,) = rispy.loads(ris(reference(article, sample.CONFIG, "https://example.org/x/")))
        assert entry["type_of_reference"] == "NEWS"
        assert entry["title"]
        assert entry["secondary_title"] == "临河新报"
        if article.date:
            assert entry["year"] == str(article.date.year)
        assert entry.get("start_page", "") == article.page


def test_bibtex_is_read_back(built: Built) -> None:
    nasty = sample.article(
        "2021-12-07-01-09",
        r"100% {半价} & \input{x} $5_0 #1 ~ ^",
        by=[("记者", "甲 and 乙"), ("", 'O\'Neil, "Bo"')],
    )
    for article in [*built.archive.articles, nasty]:
        library = bibtexparser.parse_string(bibtex(reference(article, sample.CONFIG, "https://example.org/a%20b/#x")))
        assert not library.failed_blocks
        (entry,) = library.entries
        assert entry.entry_type == "article"
        assert entry.fields_dict["entrysubtype"].value == "newspaper"
        assert entry.fields_dict["journal"].value == "临河新报"
        if article.date:
            assert entry.fields_dict["year"].value == f"{article.date.year:04d}"


def test_csl_json_follows_its_schema(built: Built) -> None:
    for article in built.archive.articles:
        jsonschema.validate(json.loads(csl_json(reference(article, sample.CONFIG, ""))), schema("csl.json"))
    assert [name for name, *_ in all_formats(reference(built.archive.articles[0], sample.CONFIG, ""))] == [
        "GB/T 7714—2025",
        "GB/T 7714—2015",
        "BibTeX",
        "RIS",
        "CSL-JSON",
    ]


def test_data_files_hold_all_metadata(built: Built) -> None:
    data = json.loads(built.text("articles.json"))
    jsonschema.validate(data, schema("articles.json"))
    assert [row["id"] for row in data["articles"]] == [article.id for article in built.archive.articles]
    rows = list(csv.DictReader(io.StringIO(built.text("articles.csv").removeprefix("\ufeff"), newline="")))
    assert [row["id"] for row in rows] == [article.id for article in built.archive.articles]
    row = next(row for row in rows if row["id"] == "2021-12-07-01-01")
    assert row["reporter"] == "首席记者 欧阳晓波；记者 竹静"
    assert row["unchecked"] == "title；reporter"


def test_spreadsheets_are_given_no_formulas() -> None:
    more = [sample.article("2021-01-01-01-01", "=HYPERLINK(1)", by=[("", "+甲")])]
    view = next(each for each in views(sample.archive(more), sample.extras()) if each.path == "articles.csv")
    rows = list(csv.reader(io.StringIO(view.context()["bytes"].decode(), newline="")))  # type: ignore[attr-defined]
    cells = [cell for row in rows for cell in row]
    assert "'=HYPERLINK(1)" in cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]


def test_dates_say_no_more_than_is_known(built: Built) -> None:
    assert '"datePublished":"2020-05"' in built.text("2020/05/01/01/01/index.html")
    assert "datePublished" not in built.text("undated/剪存/01/index.html")
