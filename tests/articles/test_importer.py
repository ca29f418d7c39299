"""The import at its edges: odd scans, odd names, many processes, the real reader."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import pytest
from desk import CONFIG, Desk
from hypothesis import given, settings
from hypothesis import strategies as st

from jianbao.articles.importer import import_scans
from jianbao.articles.known_names import names_of
from jianbao.articles.minting import Mint, path_of, prefix_of
from jianbao.articles.record import from_json, header, readings
from jianbao.config import Config, Limits
from jianbao.filenames import name_fault
from jianbao.model import PaperDate, Paragraph, ParagraphKind, ReadArticle, ReadPage, is_article_id
from jianbao.work.workers import Processes

SUBHEAD, BOX = ParagraphKind.SUBHEAD, ParagraphKind.BOX
PAGE = """\
鹭汀大桥昨日通车
记者 林晓 通讯员 陈江

　　本报讯 三月七日上午，鹭汀大桥正式通车，两岸群众
步行过桥的时间从四十分钟缩短到五分钟。

　　大桥全长一千二百米，桥面宽三十二米，设双向六车
道。建设者用了三年零两个月。

渡口老船工最后一次摆渡
首席记者 王琳

　　本报讯 通车前一天的傍晚，老船工把最后一班渡船靠
上了码头。他说，往后想过河，走桥就是了。

　　渡口的石阶有一百零八级，他走了四十一年。
"""


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setattr("os.sync", lambda: None)
    return Desk(tmp_path)


def test_the_real_reader_and_the_import(desk: Desk) -> None:
    desk.scan(PAGE)
    desk.run()
    articles = {one.article.title: one.article for one in desk.articles.values()}
    assert set(articles) == {"鹭汀大桥昨日通车", "渡口老船工最后一次摆渡"}
    assert [str(b) for b in articles["鹭汀大桥昨日通车"].bylines] == ["记者 林晓", "通讯员 陈江"]
    assert articles["渡口老船工最后一次摆渡"].section == "要闻"
    assert names_of(desk.root) == {"林晓": 1, "陈江": 1, "王琳": 1}


def test_many_processes_give_the_same(desk: Desk, tmp_path: Path) -> None:
    for day in range(1, 7):
        desk.scan(PAGE.replace("三月七日", f"三月{day}日"), f"2024-03-{day:02d}/01.txt")
    import_scans(desk.root, CONFIG, run=Processes(2, few=2).map)
    many = desk.bytes()
    for path in (*(tmp_path / "articles").rglob("*.md"), *(tmp_path / "scans").rglob("*.json")):
        path.unlink()
    import_scans(desk.root, CONFIG)
    assert desk.bytes() == many


def test_a_scan_in_gb18030_is_imported_with_a_warning(desk: Desk) -> None:
    desk.scan("")
    (desk.folder / "scans/2024-03-08/01-要闻.txt").write_bytes(PAGE.encode("gb18030"))
    report = import_scans(desk.root, CONFIG)
    assert len(report.written) == 2
    assert [problem.severity.value for problem in report.problems] == ["warning"]


def test_a_scan_without_an_article_is_said(desk: Desk) -> None:
    desk.scan('{"rows": [1, 2]}\n')
    report = import_scans(desk.root, CONFIG)
    assert [(problem.code, problem.severity.value) for problem in report.problems] == [("scan-no-article", "warning")]
    assert report.written == ()


def test_a_page_dropped_twice_is_imported_once(desk: Desk) -> None:
    desk.scan(PAGE, "2024-03-08/01-要闻.txt")
    desk.run()
    before = desk.bytes()
    desk.scan(PAGE, "2024-03-08/01.txt")
    for _ in range(2):  # as long as it is there
        report = desk.run()
        assert [(one.path, one.code) for one in report.problems] == [("scans/2024-03-08/01.txt", "scan-twice")]
        assert report.written == ()
    assert {path: data for path, data in desk.bytes().items() if path.endswith(".md")} == {
        path: data for path, data in before.items() if path.endswith(".md")
    }
    (desk.folder / "scans/2024-03-08/01-要闻.txt").unlink()  # the other one may stay instead
    report = desk.run()
    assert [one.code for one in report.problems] == []
    assert set(desk.articles) == {"2024-03-08-01-01", "2024-03-08-01-02"}
    desk.scan(PAGE, "2024-03-09/01.txt")  # of another day: nobody knows that it is none
    desk.run()
    assert len(desk.articles) == 4


def test_an_endless_scan_is_an_error(desk: Desk) -> None:
    desk.scan(PAGE)
    report = import_scans(desk.root, Config("x", limits=Limits(scan=100)))
    assert [problem.code for problem in report.problems] == ["too-large"]
    assert report.written == ()


def test_the_record_tells_by_its_first_line(desk: Desk) -> None:
    desk.scan(PAGE)
    desk.run()
    path = desk.folder / "scans/2024-03-08/01-要闻.parsed.json"
    first = path.read_text("utf-8").partition("\n")[0]
    head = header(first)
    assert head is not None
    assert head[1] == "2024-03-08"
    assert json.loads(path.read_text("utf-8"))["section"] == "要闻"
    for broken in ("", "{", "[]", '{"jianbao": 2, "scan": "x", "issue": "y",', "null", "\0"):
        assert header(broken) is None
        assert from_json(broken) is None


def test_ids_of_pages() -> None:
    assert prefix_of(PaperDate(2024, 3, 8), "1", "x") == "2024-03-08-01"
    assert prefix_of(PaperDate(2024, 3, 8), "A2", "x") == "2024-03-08-A02"
    assert prefix_of(PaperDate(2024, 3, 8), None, "x") == "2024-03-08-00"
    assert prefix_of(PaperDate(2024, 3, 8, estimated=True), "1", "scans/旧报/01.txt") == "undated-旧报-01"
    assert path_of("2024-03-08-01-03") == "articles/2024/2024-03-08-01-03.md"


names = st.text(st.characters(codec="utf-8", exclude_characters="/\0"), min_size=1, max_size=120)


@given(st.lists(names, min_size=1, max_size=3), st.one_of(st.none(), names))
@settings(max_examples=500, deadline=None)
def test_any_name_mints_an_id_that_every_system_holds(parts: list[str], page: str | None) -> None:
    mint = Mint()
    for date in (None, PaperDate(2024, 3, 8), PaperDate(2024, 3)):
        made = mint.next(prefix_of(date, page, "/".join(["scans", *parts]) + ".txt"))
        assert is_article_id(made)
        assert name_fault(path_of(made).rpartition("/")[2]) is None
        assert len(made.encode()) < 120


def test_an_id_is_never_given_twice() -> None:
    mint = Mint(["2024-03-08-01-07", "2024-03-08-A02-01", "undated-x-99"])
    assert mint.next("2024-03-08-01") == "2024-03-08-01-08"
    assert mint.next("2024-03-08-a02") == "2024-03-08-a02-02"
    assert mint.next("undated-x") == "undated-x-100"
    assert mint.next("2024-03-08-02") == "2024-03-08-02-01"


ODD = ["（下转第2版）", "第01版 要闻", "\x0c", "---"]
lines = st.lists(
    st.one_of(
        st.text(max_size=30), st.sampled_from([*PAGE.split("\n"), "（下转第2版）", "第01版 要闻", "\x0c", "---"])
    ),
    max_size=25,
)


@given(lines, lines)
@settings(max_examples=40, deadline=None)
def test_any_page_can_be_imported_twice(one: list[str], other: list[str]) -> None:
    with tempfile.TemporaryDirectory(prefix="jianbao-") as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr("os.sync", lambda: None)
        desk = Desk(Path(folder))
        for page, text in enumerate((one, other), 1):
            target = desk.folder / f"scans/2024-03-08/0{page}.txt"
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes("\n".join(text).encode("utf-8", "surrogatepass"))
        import_scans(desk.root, CONFIG, known_names={})
        before = desk.bytes()
        again = import_scans(desk.root, CONFIG, known_names={}, again=True)
        assert again.written == ()
        assert desk.bytes() == before
        assert all(one.article.id for one in desk.articles.values())


@pytest.mark.parametrize(
    ("kinds", "marks"),
    [
        ([BOX], ["##"]),
        ([SUBHEAD, BOX, SUBHEAD, BOX], ["##", "###", "##", "###"]),
        ([BOX, SUBHEAD, BOX], ["##", "##", "###"]),
    ],
)
def test_the_heading_of_a_box_leaves_out_no_level(kinds: list[ParagraphKind], marks: list[str]) -> None:
    """Right below the title it was a third-level heading, which a screen reader calls a gap."""
    texts = [p for kind in kinds for p in (Paragraph("相关链接", kind), Paragraph("桥长一里。"))]
    read = ReadArticle("鹭汀大桥昨日通车", tuple(texts), (1,))
    page = ReadPage("scans/2024-03-08/01.txt", PaperDate(2024, 3, 8), "1", "要闻", (read,))
    (reading,) = readings(page, "鹭汀大桥昨日通车")
    assert [block.split()[0] for block in reading.blocks if block.startswith("#")] == marks
