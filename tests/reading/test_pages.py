"""Whole pages: golden files, each with a sentence saying what it shows; the sample archive; figures as floors."""

import json
from pathlib import Path

import layouts
import pytest

import reading as benchmark
from jianbao.doubts import Why
from jianbao.reading.as_json import page_json
from jianbao.reading.page import read_page

ROOT = Path(__file__).resolve().parents[2]
GOLDEN = sorted((Path(__file__).parent / "golden").glob("*.txt"))
SAMPLE = sorted((ROOT / "tests" / "golden" / "sample").glob("*.json"))
# What must never be lost again; measured figures stand a little above (see benchmarks/reading.py).
FLOORS_LAID_OUT = {
    "article_f1": 0.995, "exact": 0.98, "headline": 0.965, "kick_sub": 0.965, "byline_f1": 0.985, "role_f1": 0.985,
    "para_f1": 0.98, "caption_f1": 0.9,
}  # fmt: skip
FLOORS_OWN = {
    "article_f1": 0.985, "exact": 0.96, "headline": 0.955, "kick_sub": 0.95, "byline_f1": 0.98, "role_f1": 0.98,
    "para_f1": 0.965, "caption_f1": 0.93,
}  # fmt: skip


def test_there_are_golden_pages():
    assert len(GOLDEN) >= 50
    assert len(SAMPLE) == 6


@pytest.mark.parametrize("path", GOLDEN, ids=lambda p: p.stem)
def test_golden(path):
    """The truth beside the page holds only what it is about: every key in it must agree."""
    truth = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    assert len(truth.pop("shows")) > 20
    name = truth.pop("source", path.name)
    read = page_json(read_page(path.read_text(encoding="utf-8"), name))
    articles = truth.pop("articles", None)
    for key, value in truth.items():
        assert read[key] == value, key
    if articles is not None:
        assert len(read["articles"]) == len(articles)
        for mine, true in zip(read["articles"], articles, strict=True):
            for key, value in true.items():
                assert mine[key] == value, key


@pytest.mark.parametrize("path", SAMPLE, ids=lambda p: p.stem)
def test_the_sample_archive(path):
    """Each page of scans/ reads as its truth says, but for titles that need an editor's eye."""
    truth = json.loads(path.read_text(encoding="utf-8"))
    page = next((ROOT / "scans" / path.stem[:10]).glob(f"{path.stem[11:]}*.txt"))
    source = page.relative_to(ROOT).as_posix()
    text = page.read_text(encoding="utf-8")
    read = page_json(read_page(text, source))
    assert (read["date"], read["page"], read["section"]) == (truth["date"], truth["page_number"], truth["section"])
    assert read["furniture"] == truth["furniture"]
    assert read["unassigned"] == []
    figures = benchmark.score([(source, text, truth)]).figures
    for key in ("article_f1", "exact", "byline_f1", "role_f1", "caption_f1"):
        assert figures[key] == 1.0, key
    assert figures["para_f1"] >= 0.92
    assert figures["headline"] >= 0.8


def test_notices_and_continuations_of_the_sample():
    from jianbao.reading.phrases.continued import join_continued

    sources = ["scans/2024-03-08/01-要闻.txt", "scans/2024-03-08/02-民生.txt"]
    pages = [read_page((ROOT / s).read_text(encoding="utf-8"), s) for s in sources]
    bridge = next(a for a in pages[0].articles if a.continues_on == 2)
    assert any(a.continued_from == 1 and a.headline is None for a in pages[1].articles)
    assert {a.headline: a.kind.value for a in pages[1].articles if a.kind} == {
        "停水公告": "公告",
        "河埠头旧书市 周日开张": "广告",
    }
    first, second = join_continued(pages)
    whole = next(a for a in first.articles if a.headline == bridge.headline)
    assert whole.also[0].source == sources[1]
    assert len(second.articles) == len(pages[1].articles) - 1
    assert sum(len(p.text) for p in whole.paragraphs) > sum(len(p.text) for p in bridge.paragraphs)


def test_the_district_page_is_read_without_a_fault():
    result = benchmark.score(benchmark.shared_pages("district"))
    assert {k: v for k, v in result.figures.items() if k != "ms"} == dict.fromkeys(benchmark.FIGURES[:-1], 1.0), (
        result.faults
    )


@pytest.mark.parametrize("floor", [FLOORS_LAID_OUT], ids=["laid-out"])
def test_the_laid_out_pages(floor):
    pages = benchmark.shared_pages("laid-out")
    assert len(pages) == 45
    figures = benchmark.score(pages).figures
    assert {k: figures[k] for k in floor if figures[k] < floor[k]} == {}


def test_pages_laid_out_with_other_seeds():
    pages = [layouts.lay_out(family, seed) for family in "ABC" for seed in range(7000, 7020)]
    figures = benchmark.score(pages).figures
    assert {k: figures[k] for k in FLOORS_OWN if figures[k] < FLOORS_OWN[k]} == {}


@pytest.mark.parametrize(
    ("above", "below", "subhead"),
    [
        ("区长在乡村工作会议上强调", "把路修到每一户门前", False),
        ("截至五月底", "全区签约项目过百", False),
        ("老街坊搬回来了", "——访古城修缮工地", True),
        ("老街坊搬回来了", "访古城修缮工地", True),
        ("区里十家单位参与", "夜市上的志愿服务岗", False),
        ("第九届读书节开幕", "（主会场设在鹭汀图书馆）", True),
    ],
)
def test_two_lines_of_a_title(above, below, subhead):
    from jianbao.reading.titles.headlines import arrange

    titles = arrange([above, below])
    assert (titles.kicker is None) == subhead
    assert titles.headline == (above if subhead else below)


@pytest.mark.parametrize(
    ("above", "below", "one", "sure"),
    [
        ("拆掉围墙种上花", "邻里重新做街坊", True, True),
        ("东湾乡三十户茶农获评", "全省标准化生产示范户", True, True),
        ("“老厂房里，", "年轻人把灯点亮”", True, True),
        ("女子网购遇“客服退款”", "十分钟被骗走两万三", False, False),
        ("场外音", "掌声也分给裁判一点", False, True),
        ("区长在春耕现场会上强调", "不误农时抓好田间管理", False, True),
    ],
)
def test_two_lines_are_one_headline_or_the_upper_is_a_kicker(above, below, one, sure):
    """Two halves that match, or a sentence that goes on; where it can be either, an editor is asked."""
    from jianbao.reading.stories.article import THIN_TITLES
    from jianbao.reading.titles.headlines import arrange

    titles = arrange([above, below])
    assert titles.headline == (f"{above} {below}" if one else below)
    assert (titles.margin >= THIN_TITLES) == sure


def test_a_kicker_that_says_so_stands_above_a_headline_of_two_lines():
    from jianbao.reading.titles.headlines import arrange

    titles = arrange(["区长在乡村工作会议上强调", "守土有责", "把路修到每一户门前 把水送到每一块田头"])
    assert titles.kicker == "区长在乡村工作会议上强调"
    assert titles.headline == "守土有责 把路修到每一户门前 把水送到每一块田头"


@pytest.mark.parametrize(
    "lines",
    [
        ("石板巷里的", "老邮局"),
        ("镇里部署冬修水利", "和护林防火"),
        ("关于清明期间", "祭扫道路通行的通告"),
    ],
)
def test_a_headline_whose_phrase_goes_on_below_is_one(lines):
    from jianbao.reading.titles.headlines import arrange

    titles = arrange(lines)
    assert (titles.kicker, titles.headline, titles.subhead) == (None, " ".join(lines), None)


def test_two_signatures_of_different_people_are_told():
    """A byline above and another name below: perhaps two articles taken for one, so the names are to be checked."""
    text = "渡船票价不变\n■记者 赵敏\n\u3000\u3000石埠渡口的票价今年不变。成人每次一元，学生免费。"
    once = read_page(text + "（赵敏）\n", "01.txt").articles[0]
    twice = read_page(text + "（记者 李晓峰）\n", "01.txt").articles[0]
    assert [d.why for d in once.doubts if d.field == "reporter"] == []
    assert [d.why for d in twice.doubts if d.field == "reporter"] == [Why.TWO_SIGNATURES]
