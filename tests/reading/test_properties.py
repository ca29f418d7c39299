"""What holds for every text: nothing lost, nothing twice, never an error, the same again."""

import re
import sys
from collections import Counter
from pathlib import Path

import layouts
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jianbao.reading.as_json import page_json
from jianbao.reading.page import read_page
from jianbao.text import tidy

GOLDEN = sorted(Path(__file__).parent.joinpath("golden").glob("*.txt"))
LINES = st.sampled_from(
    [
        "",
        "　　",
        "■首席记者 吴宇翔",
        "通讯员 王永波",
        "本报讯 日前，区里开了一次会，商量修桥的事情。",
        "区里要修一座新桥",
        "——明年春天开工",
        "（下转第2版）",
        "（上接第1版）",
        "图为老桥的样子。 李大钊 摄",
        "2021年12月7日 星期二",
        "第01版 要闻",
        "核心阅读",
        "责任编辑：王永波　电话：0571-1234567",
        "老人们说，桥修好以后，过河就不用再等",
        "渡船了。",
        "【民生观察】",
        "（记者 张怀远）",
        "公告",
        "\ue000",
    ]
)
PAGES = st.one_of(st.text(max_size=300), st.lists(LINES | st.text(max_size=24), max_size=40).map("\n".join))


def lines_of(text):
    return [i + 1 for i, line in enumerate(re.split("\r\n|\r|\n", text)) if page_line(line)]


def page_line(line):
    return bool(tidy(line).strip())


@settings(max_examples=250, deadline=None)
@given(PAGES)
def test_every_line_is_in_exactly_one_place(text):
    page = read_page(text, "page.txt")
    places = [n for a in page.articles for n in a.lines]
    places += [line.number for line in (*page.furniture, *page.unassigned)]
    assert sorted(places) == lines_of(text)


@settings(max_examples=150, deadline=None)
@given(PAGES)
def test_the_same_page_reads_the_same(text):
    assert page_json(read_page(text, "page.txt")) == page_json(read_page(text, "page.txt"))


@settings(max_examples=100, deadline=None)
@given(st.lists(LINES, max_size=25).map("\n".join))
def test_no_character_of_an_article_is_lost(text):
    """What its lines hold stands in its fields, but for markers, brackets of signatures and marks of continuation."""
    page = read_page(text, "page.txt")
    rows = re.split("\r\n|\r|\n", text)
    for article in page.articles:
        fields = [article.headline or "", article.kicker or "", article.subhead or "", article.column or ""]
        fields += [p.text for p in article.paragraphs] + list(article.captions) + [str(b) for b in article.bylines]
        have = set("".join(fields))
        want = set("".join(rows[n - 1] for n in article.lines))
        assert {c for c in want - have if "\u4e00" <= c <= "\u9fff"} <= set("下转上接第版")


MARKS = re.compile(
    r"[（(【]?[◀▶▲◆]*(?:紧?上接|下转)\s*第?[A-Z]?[\d一二三四五六七八九十]+版|发自[\u4e00-\u9fff]+|"
    "撰文/摄影|文[/／][图摄]| 文 |摄影报道|(?m:(?<=[ \u3000])[\u4e00-\u9fff]{2,4}报道$)"
)

LABELS = re.compile(r"(?m)^[<【]?(?:标题|副标题|作者|正文|图片说明|责任编辑)(?:[>】]=?|[：:])")


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_no_character_of_a_whole_page_is_lost(path):
    """Counted, so that nothing said twice hides what is gone."""
    text = path.read_text(encoding="utf-8")
    rows = text.split("\n")
    for article in read_page(text, path.name).articles:
        fields = [article.headline or "", article.kicker or "", article.subhead or "", article.column or ""]
        fields += [p.text for p in article.paragraphs] + list(article.captions) + [str(b) for b in article.bylines]
        printed = "\n".join(tidy(rows[n - 1]) for n in article.lines)
        want = Counter(MARKS.sub("", printed))
        if path.stem.startswith("labelled"):  # there the label and the text may both name who signs
            want = Counter(set(LABELS.sub("", printed)))
        lost = want - Counter("".join(fields))
        assert not {c for c in lost if "\u4e00" <= c <= "\u9fff"}, article.headline


@pytest.mark.parametrize("family", "ABC")
def test_an_article_more_changes_no_other_ones_text(family):
    """A further article set below a page leaves the texts of the others as they were."""
    _, text, _ = layouts.lay_out(family, 4321)
    more = "\n\n■记者 张怀远\n\n本报讯 河埠头的石阶昨天\n修好了。从今往后，挑水\n的人不必再绕远路。\n\n"
    more += "河埠头的石阶修好了\n"
    before = [[p.text for p in a.paragraphs] for a in read_page(text, "p.txt").articles]
    after = [[p.text for p in a.paragraphs] for a in read_page(text + more, "p.txt").articles]
    assert after[: len(before)] == before
    assert len(after) == len(before) + 1


@pytest.mark.parametrize("family", "ABCDEFG")
@pytest.mark.parametrize(
    "done",
    [
        lambda text: text.replace("\n", "\n\n"),
        lambda text: "\n".join(f"    {line}" if line else line for line in text.split("\n")),
        lambda text: "\f" + text.replace("\n", " \r\n"),
    ],
    ids=["a blank line below every line", "blanks before every line", "marks of pages and blanks behind lines"],
)
def test_what_an_extraction_does_to_a_whole_page_changes_no_article(family, done):
    def shown(page):
        # Which article a caption goes to also depends on how far off it stands.
        return [(a.headline, a.kicker, a.subhead, a.bylines, a.paragraphs) for a in read_page(page, "p.txt").articles]

    _, text, _ = layouts.lay_out(family, 4322)
    assert shown(done(text)) == shown(text)


def test_long_pages_take_work_in_proportion():
    """Counted in calls, of which a machine's load changes nothing; `benchmarks/reading.py` has the seconds."""
    text = "\n\n".join(layouts.lay_out("A", seed)[1] for seed in range(30, 42))
    text = (text + "\n\n") * (150_000 // len(text.encode()) + 1)

    def calls(page):
        count = 0

        def counted(frame, event, argument):
            nonlocal count
            count += 1

        before = sys.getprofile()
        sys.setprofile(counted)
        try:
            read_page(page, "p.txt")
        finally:
            sys.setprofile(before)
        return count

    calls(text)  # what is remembered from page to page is paid for once
    assert calls(text * 4) < 4.4 * calls(text)
