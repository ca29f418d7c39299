"""The main job, end to end, as its users do it: a page into scans/, one command, the archive in a browser."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from browser import Tab, serve
from jianbao.articles.document import read_document
from jianbao.folder.store import Root
from jianbao.serve.files import scan_parts

REPOSITORY = Path(__file__).parents[1]
DISTRICT = REPOSITORY.parent / "shared" / "pages" / "district" / "district-page.txt"
WORDS = ["回迁安置", "沈燕俊"]


def jianbao(*arguments: str | Path, folder: Path = REPOSITORY) -> subprocess.CompletedProcess[str]:
    """`python build.py …`, as a person runs it."""
    command = [sys.executable, str(REPOSITORY / "build.py"), *map(str, arguments)]
    environment = {**os.environ, "LANG": "zh_CN.UTF-8", "LC_ALL": "", "LC_MESSAGES": ""}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=300)


@pytest.fixture(scope="module")
def district(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real page in an archive folder that holds nothing else, built."""
    root = tmp_path_factory.mktemp("district")
    (root / "scans/2021-12-07").mkdir(parents=True)
    shutil.copy(DISTRICT, root / "scans/2021-12-07/01-要闻.txt")
    (root / "site.yaml").write_text("title: 钱塘区报 数字档案\n", "utf-8")
    done = jianbao("--root", root)
    assert done.returncode == 0, done.stderr
    return root


@pytest.fixture(scope="module")
def texts(district: Path) -> dict[str, str]:
    """Title and body of each article of the district page, by id."""
    found = {}
    for path in sorted((district / "articles").rglob("*.md")):
        document, problems = read_document(path.read_bytes(), path.name)
        assert document and not problems
        found[document.article.id] = document.article.title + "\n" + document.body
    return found


def test_the_real_page_gives_six_articles_each_with_its_own_text(district: Path) -> None:
    articles = []
    for path in sorted((district / "articles/2021").glob("*.md")):
        document, _ = read_document(path.read_bytes(), path.name)
        assert document
        articles.append(document)
    names = [[str(byline) for byline in one.article.bylines] for one in articles]
    assert [one.article.title for one in articles if "title" not in one.article.review] == [
        "我区首个土地征收成片开发方案出炉",
        "区政府党组召开会议听取政府各条线工作汇报",
        "区政协党组召开理论学习中心组(扩大)专题学习会",
        "住房保障“加速跑” 筑起星城“安居梦”",
        "拉高标杆走在前列 实现高质量可持续跨越式发展",
    ]
    lost = [one.article for one in articles if "title" in one.article.review]
    assert len(lost) == 1 and [str(byline) for byline in lost[0].bylines] == ["首席记者 郁佳炜"]
    assert ["记者 王妍", "记者 竹滢艳", "通讯员 程甦超"] in names
    housing = next(one for one in articles if "安居梦" in one.article.title)
    assert any(caption.startswith("图为中心区人才房项目") for caption in housing.article.captions)
    assert not any("图为中心区人才房项目" in one.body for one in articles)
    starts = [
        "日前，记者从市规",
        "4日下午，区政府党组",
        "区政协党组召开理论",
        "走进前进片区",
        "4日上午，我区召开",
        "5日上午，全区产业",
    ]
    for start, document in zip(starts, articles, strict=True):
        assert start.replace("区政协党组召开理论", "区政协党") in document.body[:60], start


def test_parsing_loses_no_line(district: Path) -> None:
    done = jianbao("parse", "--json", "scans/2021-12-07/01-要闻.txt", folder=district)
    page = json.loads(done.stdout)
    assert (page["date"], page["page"], page["section"]) == ("2021-12-07", 1, "要闻")
    kept: list[str] = [*page["furniture"], *page["unassigned"]]
    for article in page["articles"]:
        kept += [article[key] or "" for key in ("headline", "kicker", "subhead")]
        kept += [
            *article["paragraphs"],
            *article["captions"],
            *(one["name"] + one["role"] for one in article["byline"]),
        ]
    everything = "".join("".join(kept).split())
    lines = DISTRICT.read_text("utf-8").splitlines()
    body = [line for line in lines if len(line.strip()) > 9 and "记者" not in line and "通讯员" not in line]
    assert len(body) > 300
    loose = str.maketrans("", "", " ,，<〈＜>〉＞(（)）")
    missing = [line for line in body if "".join(line.split()).translate(loose) not in everything.translate(loose)]
    assert missing == []


def test_a_second_run_does_nothing_and_says_so(district: Path) -> None:
    before = {
        path: path.stat().st_mtime_ns
        for path in district.rglob("*")
        if path.is_file() and "/.jianbao/" not in str(path)
    }
    again = jianbao("--root", district)
    assert again.returncode == 0
    once_more = jianbao("--root", district)
    assert "没有变化" in once_more.stderr or "写入 0 个文件" in once_more.stderr
    after = {
        path: path.stat().st_mtime_ns
        for path in district.rglob("*")
        if path.is_file() and "/.jianbao/" not in str(path)
    }
    assert before == after


@pytest.fixture(params=["http", "file"])
def address(request: pytest.FixtureRequest, district: Path) -> Iterator[str]:
    """The site's root, served or opened from the disk."""
    if request.param == "file":
        yield (district / "public").as_uri() + "/"
    else:
        with serve(district / "public", "a/b/") as served:
            yield served.url
            assert not served.missing


@pytest.mark.browser
def test_the_pages_open_without_an_error(tab: Tab, address: str) -> None:
    pages = ["index.html", "2021/12/07/index.html", "2021/12/07/01/index.html", "2021/12/07/01/01/index.html"]
    pages += [
        "reporters/index.html",
        f"reporters/{quote('吴宇翔')}/index.html",
        "sections/index.html",
        "search/index.html",
    ]
    for page in pages:
        tab.page.goto(address + page)
        tab.page.wait_for_load_state("load")
        assert tab.page.locator("h1").count() == 1, page
    assert not tab.errors and not tab.elsewhere


@pytest.mark.browser
@pytest.mark.parametrize("word", WORDS)
def test_search_finds_exactly_what_contains_the_words(tab: Tab, address: str, texts: dict[str, str], word: str) -> None:
    truth = {id_ for id_, text in texts.items() if word in text}
    assert 0 < len(truth) < 6
    tab.page.goto(f"{address}search/index.html?q={quote(word)}")
    tab.page.wait_for_selector("[data-total]")
    found = tab.page.eval_on_selector_all("[data-article-id]", "nodes => nodes.map(node => node.dataset.articleId)")
    assert set(found) == truth and len(found) == len(truth)
    assert tab.page.get_attribute("[data-total]", "data-total") == str(len(truth))
    assert all(
        mark == word
        for mark in tab.page.eval_on_selector_all("[data-article-id] mark", "ms => ms.map(m => m.textContent)")
    )
    assert tab.page.locator("[data-article-id] mark").count() >= len(truth), "every result shows where it was found"
    answer = tab.page.evaluate("word => window.jianbao.search(word, {limit: 10})", word)
    assert answer["total"] == len(truth) and {one["id"] for one in answer["results"]} == truth
    assert all(word in one["snippet"].replace("\n", "") or word in one["title"] for one in answer["results"])
    assert not tab.errors and not tab.elsewhere


@pytest.mark.browser
def test_a_result_leads_to_its_article(tab: Tab, address: str) -> None:
    tab.page.goto(f"{address}search/index.html?q={quote('回迁安置')}")
    tab.page.click("[data-article-id] a")
    tab.page.wait_for_url("**/2021/12/07/01/**")
    assert "安居梦" in (tab.page.text_content("h1") or "")
    assert not tab.errors


def test_the_sample_archive_is_as_the_import_wrote_it(tmp_path: Path) -> None:
    shutil.copytree(REPOSITORY / "scans", tmp_path / "scans", ignore=shutil.ignore_patterns("*.parsed.json"))
    shutil.copy(REPOSITORY / "site.yaml", tmp_path)
    assert jianbao("import", "--root", tmp_path).returncode == 0
    for folder, pattern in (("articles", "*.md"), ("scans", "*.parsed.json")):
        written = {path.relative_to(tmp_path): path.read_text("utf-8") for path in (tmp_path / folder).rglob(pattern)}
        committed = {
            path.relative_to(REPOSITORY): path.read_text("utf-8") for path in (REPOSITORY / folder).rglob(pattern)
        }
        assert len(written) >= 6
        assert written == committed


def test_a_form_feed_is_no_line(tmp_path: Path) -> None:
    """pdftotext begins each page with one; the lines that an article names must be those that are shown."""
    (tmp_path / "scans").mkdir()
    (tmp_path / "site.yaml").write_text("title: 临河晚报\n", "utf-8")
    text = "\f第01版 要闻\x0b2021年12月7日\n\n老街改造完工\n\n\u3000\u3000本报讯（记者 林一舟）老街改造昨日完工，\n"
    (tmp_path / "scans/2021-12-07-01.txt").write_text(text, "utf-8")
    done = jianbao("--root", tmp_path)
    assert done.returncode == 0, done.stderr
    [path] = (tmp_path / "articles").rglob("*.md")
    document, _ = read_document(path.read_bytes(), path.name)
    assert document
    assert document.article.source == ("scans/2021-12-07-01.txt#L3-L5",)
    [shown] = (tmp_path / "public/scans").rglob("index.html")
    assert '<li id="L3" value="3" class="c0">老街改造完工</li>' in shown.read_text("utf-8")
    [part] = scan_parts(Root(tmp_path), document.article.source)
    assert [line.text for line in part.lines if line.own][::2] == text.split("\n")[2:5:2]
