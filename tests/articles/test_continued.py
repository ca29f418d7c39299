"""An article that goes on in another page of its issue: half of it never takes the place of the whole."""

from __future__ import annotations

from pathlib import Path

import pytest
from desk import Desk

from jianbao.articles.importer import import_scans
from jianbao.config import Config

FIRST = """第01版 要闻
2024年3月8日 星期五

青石桥重修完工

　　本报讯（记者 林晓）建于清代的青石桥昨日重修完工，三孔桥洞全部恢复原样，行人可以通行。
　　工程从去年九月开始，石匠们把松动的条石一块块取下、编号、归位。
（下转第2版）

柳堤夜市开张

　　本报讯（记者 陈江）柳堤夜市昨晚开张，三十个摊位全部租出，首晚来客超过五千人。
"""
SECOND = """第02版 民生
2024年3月8日 星期五

（上接第1版）
　　记者在现场看到，桥面新铺的青石板打了防滑的细纹，两侧装上了铸铁栏杆。
　　住在桥东的褚文绣说，三百多名学生每天从桥上过，这下放心了。

渡口恢复夜航

　　本报讯（记者 周舟）石埠渡口从今晚起恢复夜航，末班船延至晚上十点。
"""
PAGES = ("2024-03-08/01-要闻.txt", "2024-03-08/02-民生.txt")


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setattr("os.sync", lambda: None)
    made = Desk(tmp_path)
    for path, text in zip(PAGES, (FIRST, SECOND), strict=True):
        made.scan(text, path)
    made.run()
    assert len(blocks(made)) == 4
    return made


def blocks(desk: Desk) -> list[str]:
    """The paragraphs of the article that goes on."""
    return desk.articles["2024-03-08-01-01"].body.split("\n\n")


def texts(desk: Desk) -> dict[str, str]:
    return {id_: one.text for id_, one in desk.articles.items()}


@pytest.mark.parametrize("damage", [b"", b"\x00\x01\x02\xff\xfe" * 40, b"<!doctype html><html><body></body></html>"])
def test_a_page_that_cannot_be_read_cuts_nothing_off(desk: Desk, damage: bytes) -> None:
    before = texts(desk)
    second = desk.folder / "scans" / PAGES[1]
    second.write_bytes(damage)
    desk.scan(FIRST.replace("三孔", "四孔"))
    report = import_scans(desk.root, Config("临河"), known_names={})
    assert {problem.path for problem in report.problems} == {f"scans/{PAGES[1]}"}
    assert texts(desk) == before
    second.write_text(SECOND, "utf-8")
    desk.run()
    assert "四孔" in blocks(desk)[0]
    assert len(blocks(desk)) == 4


@pytest.mark.parametrize("again", [False, True])
def test_a_page_that_is_not_there_cuts_nothing_off(desk: Desk, again: bool) -> None:
    before = texts(desk)
    (desk.folder / "scans" / PAGES[1]).unlink()
    if not again:
        desk.scan(FIRST.replace("三孔", "四孔"))
    report = desk.run(again=again)
    assert [(one.code, one.path) for one in report.problems] == [("waits", "articles/2024/2024-03-08-01-01.md")]
    assert texts(desk) == before
    desk.scan(SECOND, PAGES[1])
    desk.run()
    assert ("四孔" in blocks(desk)[0]) is not again
    assert len(blocks(desk)) == 4


def test_corrections_in_the_part_that_went_on_outlive_its_page(desk: Desk) -> None:
    desk.change("01", "褚文绣", "褚文秀")
    struck = blocks(desk)[2]
    desk.change("01", f"\n\n{struck}", "")
    corrected = texts(desk)
    (desk.folder / "scans" / PAGES[1]).unlink()
    desk.run(again=True)
    desk.scan(SECOND, PAGES[1])
    desk.run(again=True)
    assert texts(desk) == corrected
    assert desk.record().articles[0].conflicts == ()


def test_a_renamed_page_is_no_lost_one(desk: Desk) -> None:
    (desk.folder / "scans" / PAGES[1]).rename(desk.folder / "scans/2024-03-08/02.txt")
    report = desk.run()
    assert report.problems == ()
    assert desk.articles["2024-03-08-01-01"].article.source == (
        f"scans/{PAGES[0]}#L4-L8",
        "scans/2024-03-08/02.txt#L4-L6",
    )
