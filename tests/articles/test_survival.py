"""No later scan, parser or import undoes a correction."""

from __future__ import annotations

from pathlib import Path

import pytest
from desk import CONFIG, Desk, simple_page

from jianbao.articles.importer import import_scans
from jianbao.articles.redirects import read_moves
from jianbao.desk.check import check

SPRING = "鹭汀河边的柳树绿了，孩子们跑去放风筝。"
KITES = "风筝的线放到两百米，远处的山也看得见了。"
SUMMER = "夏天的雨下了三天三夜，河水涨到了桥面。"
BOATS = "镇上的老船工说，这样的水他只见过两回。"
AUTUMN = "稻谷归仓的时候，镇上照例要唱五天大戏。"
STAGE = "戏台搭在旧粮站的院子里，凳子要自己带来。"
PAGE = f"""# 柳树绿了
by 记者 林晓
{SPRING}
{KITES}

# 大雨三天
by 记者 陈江
{SUMMER}
{BOATS}

# 五天大戏
{AUTUMN}
{STAGE}
"""


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setattr("jianbao.reading.page.read_page", simple_page)
    monkeypatch.setattr("os.sync", lambda: None)
    made = Desk(tmp_path)
    made.scan(PAGE)
    return made


def test_a_new_page_becomes_articles(desk: Desk) -> None:
    report = desk.run()
    assert report.written == tuple(f"articles/2024/2024-03-08-01-0{n}.md" for n in (1, 2, 3))
    one = desk.articles["2024-03-08-01-01"].article
    assert (one.title, one.section, one.page, str(one.date)) == ("柳树绿了", "要闻", "1", "2024-03-08")
    assert one.source == ("scans/2024-03-08/01-要闻.txt#L1-L4",)
    assert import_scans(desk.root, CONFIG).unchanged == 1


def test_what_only_one_side_changed_is_taken(desk: Desk) -> None:
    desk.run()
    desk.change("01", "title: 柳树绿了", "title: 杨柳绿了")
    desk.change("01", "放风筝", "放纸鸢")
    desk.scan(PAGE.replace("两百米", "三百米").replace("by 记者 林晓", "by 首席记者 林晓"))
    report = desk.run()
    assert report.written == ("articles/2024/2024-03-08-01-01.md",)
    assert report.conflicts == ()
    one = desk.articles["2024-03-08-01-01"]
    assert one.article.title == "杨柳绿了"
    assert str(one.article.bylines[0]) == "首席记者 林晓"
    assert one.body == f"{SPRING.replace('风筝', '纸鸢')}\n\n{KITES.replace('两百米', '三百米')}"


def test_a_conflict_keeps_the_editors_and_waits(desk: Desk) -> None:
    desk.run()
    desk.change("02", "title: 大雨三天", "title: 大雨连三天")
    desk.scan(PAGE.replace("大雨三天", "大雨两天"))
    report = desk.run()
    assert [(id_, c.field, c.editor, c.machine) for id_, c in report.conflicts] == [
        ("2024-03-08-01-02", "title", "大雨连三天", "大雨两天")
    ]
    assert desk.articles["2024-03-08-01-02"].article.title == "大雨连三天"
    assert [c.machine for c in desk.record().articles[1].conflicts] == ["大雨两天"]
    # It waits through other changes of the page, and is settled once the editor touches the field.
    desk.scan(PAGE.replace("大雨三天", "大雨两天").replace("两百米", "三百米"))
    desk.run()
    assert [c.machine for c in desk.record().articles[1].conflicts] == ["大雨两天"]
    desk.change("02", "大雨连三天", "大雨连两天")
    desk.scan(PAGE.replace("大雨三天", "大雨两天").replace("两百米", "四百米"))
    desk.run()
    assert desk.record().articles[1].conflicts == ()


AS_EDITED = """\
---
# 王编辑校过
id: 2024-03-08-01-01   # 不改
reporter:
  - '记者 林晓'   # 已核
weather: "晴"
title: "柳树绿了"
date:   2024/3/8
source: scans/2024-03-08/01-要闻.txt#L1-L4
page: 01
section: 要闻 # 头版
---


鹭汀河边的柳树绿了，**孩子们**跑去放风筝。


风筝的线放到两百米，远处的山也看得见了。
"""


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_every_other_byte_stays_as_the_editor_wrote_it(desk: Desk, newline: str, mark: bytes) -> None:
    desk.run()
    desk.path("01").write_bytes(mark + AS_EDITED.replace("\n", newline).encode())
    desk.scan(PAGE.replace("两百米", "三百米").replace("记者 林晓", "记者 林小晓").replace("# 柳", "\n# 柳", 1))
    desk.run()
    expected = AS_EDITED.replace("'记者 林晓'", "记者 林小晓").replace("两百米", "三百米").replace("L1-L4", "L2-L5")
    assert desk.path("01").read_bytes() == mark + expected.replace("\n", newline).encode()


def test_fields_come_and_go_in_their_place(desk: Desk) -> None:
    desk.run()
    desk.change("01", "page: 1\n", "page: 1   # 版\nweather: 晴\n")
    desk.scan(
        PAGE.replace("# 柳树绿了", "# 柳树绿了\nkicker 春到鹭汀\ncaption 河边的柳树").replace("by 记者 林晓\n", "")
    )
    desk.run()
    text = desk.path("01").read_text("utf-8")
    assert "title: 柳树绿了\nkicker: 春到鹭汀\ndate: 2024-03-08\n" in text
    assert "page: 1   # 版\ncaptions: [河边的柳树]\nweather: 晴\n" in text


def test_articles_keep_their_ids_when_the_page_is_ordered_anew(desk: Desk) -> None:
    desk.run()
    before = {id_: one.article.title for id_, one in desk.articles.items()}
    parts = PAGE.split("\n\n")
    desk.scan("\n\n".join([parts[2], "# 新来的一篇\n渡口修好了，船又开了，票价还是两元。", parts[1], parts[0]]))
    desk.run()
    after = {id_: one.article.title for id_, one in desk.articles.items()}
    assert after == {**before, "2024-03-08-01-04": "新来的一篇"}


def test_the_machine_cuts_an_article_in_two(desk: Desk) -> None:
    desk.run()
    desk.change("01", "两百米", "二百米")
    desk.change("01", "放风筝", "放纸鸢")
    desk.scan(PAGE.replace(KITES, f"# 风筝\n{KITES}\n{BOATS.replace('老船工', '放风筝的人')}"))
    desk.run()
    assert desk.bodies()["01"] == [SPRING.replace("风筝", "纸鸢")]
    assert desk.bodies()["04"] == [KITES.replace("两百米", "二百米"), BOATS.replace("老船工", "放风筝的人")]
    assert desk.articles["2024-03-08-01-04"].article.title == "风筝"


def test_the_machine_joins_two_articles(desk: Desk) -> None:
    desk.run()
    desk.change("01", "放风筝", "放纸鸢")
    desk.scan(PAGE.replace("\n# 大雨三天\nby 记者 陈江\n", ""))
    report = desk.run()
    assert sorted(desk.bodies()) == ["01", "03"]
    assert desk.bodies()["01"] == [SPRING.replace("风筝", "纸鸢"), KITES, SUMMER, BOATS]
    assert report.removed == ("articles/2024/2024-03-08-01-02.md",)
    assert report.moved == {"2024-03-08-01-02": "2024-03-08-01-01"}
    assert read_moves(desk.root) == {"2024-03-08-01-02": "2024-03-08-01-01"}


def test_a_file_an_editor_changed_is_never_removed(desk: Desk) -> None:
    desk.run()
    desk.change("02", "三天三夜", "两天两夜")
    desk.scan(PAGE.replace("\n# 大雨三天\nby 记者 陈江\n", ""))
    report = desk.run()
    assert desk.bodies()["01"] == [SPRING, KITES]
    assert desk.bodies()["02"] == [SUMMER.replace("三天三夜", "两天两夜"), BOATS]
    assert report.removed == ()
    # and when the machine does not find it at all any more
    desk.scan("# 五天大戏\n" + AUTUMN + "\n" + STAGE)
    report = desk.run()
    assert "02" in desk.bodies()


def test_an_article_the_scan_no_more_has_goes(desk: Desk) -> None:
    desk.run()
    desk.scan(PAGE.split("\n\n")[0])
    report = desk.run()
    assert sorted(desk.bodies()) == ["01"]
    assert len(report.removed) == 2


def test_a_deleted_article_stays_deleted_and_its_id_unused(desk: Desk) -> None:
    desk.run()
    desk.path("03").unlink()
    desk.scan(PAGE.replace("五天大戏", "六天大戏") + f"\n# 渡口\n{BOATS.replace('老船工', '新船工')}再说一遍。\n")
    desk.run()
    assert sorted(desk.bodies()) == ["01", "02", "04"]
    assert desk.articles["2024-03-08-01-04"].article.title == "渡口"
    desk.scan(PAGE.replace("五天", "七天"))
    desk.run()
    assert "03" not in desk.bodies()
    # Its text is gone from the scan, and then another article comes: still not that id.
    desk.scan(PAGE.split("\n\n# 五天")[0])
    desk.run()
    desk.scan(PAGE.split("\n\n# 五天")[0] + "\n\n# 新桥\n新桥的桥墩昨天下午合龙，工人们放了鞭炮。\n")
    desk.run()
    assert "新桥" in {one.article.title for id_, one in desk.articles.items() if id_.endswith("-05")}


def test_a_deleted_article_stays_deleted_when_it_is_cut_in_two(desk: Desk) -> None:
    desk.run()
    desk.path("01").unlink()
    desk.scan(PAGE.replace(KITES, f"# 风筝\n{KITES}"))
    desk.run()
    assert sorted(desk.bodies()) == ["02", "03"]


def test_a_paragraph_moved_into_a_new_file_stays_there(desk: Desk) -> None:
    desk.run()
    desk.change("01", f"\n\n{KITES}", "")
    text = f"---\nid: 2024-03-08-01-07\ntitle: 风筝\ndate: 2024-03-08\n---\n\n{KITES}\n"
    desk.path("07").write_text(text, "utf-8")
    desk.scan(PAGE.replace("两百米", "三百米").replace("柳树绿了，", "柳树都绿了，"))
    desk.run()
    assert desk.bodies()["01"] == [SPRING.replace("柳树绿了，", "柳树都绿了，")]
    assert desk.bodies()["07"] == [KITES.replace("两百米", "三百米")]
    assert desk.articles["2024-03-08-01-07"].article.title == "风筝"
    assert len(desk.articles) == 4


def test_two_files_joined_by_hand_stay_joined(desk: Desk) -> None:
    desk.run()
    desk.path("02").unlink()
    desk.change("01", KITES, f"{KITES}\n\n## 大雨三天\n\n{SUMMER}\n\n{BOATS}")
    desk.scan(PAGE.replace("三天三夜", "四天四夜").replace("老船工", "船工"))
    desk.run()
    assert sorted(desk.bodies()) == ["01", "03"]
    assert desk.bodies()["01"] == [
        SPRING,
        KITES,
        "## 大雨三天",
        SUMMER.replace("三天三夜", "四天四夜"),
        BOATS.replace("老船工", "船工"),
    ]


def test_a_paragraph_moved_to_another_article_stays_there(desk: Desk) -> None:
    desk.run()
    desk.change("01", f"\n\n{KITES}", "")
    desk.change("03", AUTUMN, f"{AUTUMN}\n\n{KITES}")
    desk.scan(PAGE.replace("两百米", "三百米").replace("五天大戏。", "六天大戏。"))
    desk.run()
    assert desk.bodies()["01"] == [SPRING]
    assert desk.bodies()["03"] == [AUTUMN.replace("五天", "六天"), KITES.replace("两百米", "三百米"), STAGE]


def test_a_checked_field_stays_checked(desk: Desk) -> None:
    desk.scan(PAGE.replace("# 柳树绿了", "# 柳树绿了\ndoubt title\ndoubt date"))
    desk.run()
    assert desk.articles["2024-03-08-01-01"].article.review == ("title", "date")
    desk.change("01", "review: [title, date]", "review: [date]")
    desk.scan(PAGE.replace("# 柳树绿了", "# 柳枝绿了\ndoubt title\ndoubt section"))
    report = desk.run()
    one = desk.articles["2024-03-08-01-01"].article
    assert one.title == "柳树绿了"
    assert one.review == ("section",)
    assert [c.field for _, c in report.conflicts] == ["title"]


def test_a_body_that_was_checked_stays_as_it_was_checked(desk: Desk) -> None:
    desk.scan(PAGE.replace("# 柳树绿了", "# 柳树绿了\ndoubt body"))
    desk.run()
    desk.change("01", "review: [body]\n", "")
    before = desk.bodies()["01"]
    desk.scan(PAGE.replace("风筝的线", "纸鸢的线"))
    report = desk.run()
    assert desk.bodies()["01"] == before
    other = KITES.replace("风筝的线", "纸鸢的线")
    assert [(c.field, c.editor, c.machine) for _, c in report.conflicts] == [("body", KITES, other)]
    desk.scan(PAGE.replace("柳树绿了，", "柳树青了，"))
    desk.run()
    assert desk.bodies()["01"] == before, "and so for ever"


def test_a_lost_headline_is_left_empty_and_under_review(desk: Desk) -> None:
    desk.scan(PAGE.replace("# 柳树绿了", "#"))
    desk.run()
    assert 'title: ""' in desk.path("01").read_text("utf-8")
    assert desk.articles["2024-03-08-01-01"].article.review == ("title",)


def test_an_undated_page_mints_ids_from_its_name(desk: Desk) -> None:
    desk.scan(f"# 渡口\n{BOATS}", "旧报 (一).txt")
    desk.run()
    one = desk.articles["undated-旧报-一-01"]
    assert one.article.path == "articles/undated/undated-旧报-一-01.md"
    assert str(one.article.date) == "2024-03~"


def test_lost_records_lose_nothing_and_double_nothing(desk: Desk) -> None:
    desk.run()
    desk.change("01", "title: 柳树绿了", "title: 杨柳绿了")
    before = {id_: one.text for id_, one in desk.articles.items()}
    (desk.folder / "scans/2024-03-08/01-要闻.parsed.json").unlink()
    desk.run()
    assert {id_: one.text for id_, one in desk.articles.items()} == before
    desk.scan(PAGE.replace("两百米", "三百米"))
    desk.run()
    assert desk.articles["2024-03-08-01-01"].article.title == "杨柳绿了"
    assert desk.bodies()["01"][1] == KITES.replace("两百米", "三百米")


@pytest.mark.parametrize("damage", ["<<<<<<< HEAD\n{}", "{}<<<<<<< HEAD\n", "{", ""])
def test_a_damaged_record_stops_its_issue_and_is_told(desk: Desk, damage: str) -> None:
    desk.run()
    desk.path("02").unlink()
    desk.run()
    record = desk.folder / "scans/2024-03-08/01-要闻.parsed.json"
    whole = record.read_text("utf-8")
    record.write_text(damage.replace("{}", whole), "utf-8")
    desk.scan(PAGE.replace("两百米", "三百米"))
    report = desk.run()
    assert [problem.code for problem in report.problems] == ["record-damaged"]
    assert [problem.code for problem in check(desk.root) if problem.code == "record-damaged"] == ["record-damaged"]
    assert (report.written, "2024-03-08-01-02" in desk.articles) == ((), False)
    record.write_text(whole, "utf-8")
    desk.run()
    assert desk.bodies()["01"][1] == KITES.replace("两百米", "三百米")
    assert "2024-03-08-01-02" not in desk.articles


def test_a_text_that_was_gone_returns_under_its_id(desk: Desk) -> None:
    desk.run()
    before = {id_: one.text for id_, one in desk.articles.items()}
    other = "# 城西建起新车站\n城西的新车站昨天建成，站前广场可以停三百辆车，三条公交线从这里出发。\n"
    desk.scan(other)
    report = desk.run()
    assert {problem.code for problem in report.problems} == {"gone"}
    assert set(report.removed) == {problem.path for problem in report.problems}
    desk.scan(PAGE)
    desk.run()
    assert {id_: one.text for id_, one in desk.articles.items()} == before
    desk.run(again=True)
    assert {id_: one.text for id_, one in desk.articles.items()} == before


def test_a_conflict_ends_when_the_machine_reads_what_the_editor_wrote(desk: Desk) -> None:
    desk.run()
    desk.change("01", "两百米", "二百米")
    desk.scan(PAGE.replace("两百米", "三百米"))
    assert [field.field for _, field in desk.run().conflicts] == ["body"]
    desk.scan(PAGE.replace("两百米", "二百米"))
    desk.run()
    assert [one.conflicts for one in desk.record().articles if one.id.endswith("-01")] == [()]


def test_a_folder_renamed_with_its_records_has_another_date(desk: Desk) -> None:
    desk.run()
    before = set(desk.articles)
    (desk.folder / "scans/2024-03-08").rename(desk.folder / "scans/2024-03-09")
    desk.run()
    assert set(desk.articles) == before
    assert {str(one.article.date) for one in desk.articles.values()} == {"2024-03-09"}
    assert all(one.article.source[0].startswith("scans/2024-03-09/") for one in desk.articles.values())


def test_an_import_cut_off_before_its_record_is_ended_by_the_next(desk: Desk) -> None:
    desk.run()
    desk.change("01", "title: 柳树绿了", "title: 杨柳绿了")
    record = desk.folder / "scans/2024-03-08/01-要闻.parsed.json"
    for later in (
        PAGE.replace(KITES, f"# 风筝\n{KITES}\n{BOATS.replace('老船工', '放风筝的人')}"),  # cut in two
        PAGE.replace("\n# 大雨三天\nby 记者 陈江\n", "") + f"\n# 渡口\n{BOATS.replace('老船工', '新船工')}又说。\n",
        PAGE.replace("两百米", "三百米"),
    ):
        old = record.read_bytes()
        desk.scan(later)
        desk.run()
        finished = desk.bytes()
        record.write_bytes(old)
        desk.run()
        assert {path: data for path, data in desk.bytes().items() if path.endswith(".md")} == {
            path: data for path, data in finished.items() if path.endswith(".md")
        }


def test_a_broken_file_stops_its_issue_and_no_other(desk: Desk) -> None:
    desk.scan(f"# 渡口\n{BOATS}", "2024-03-15/01.txt")
    desk.run()
    desk.change("01", "title: 柳树绿了", "title: 快讯: 柳树绿了")
    broken = desk.path("01").read_bytes()
    desk.scan(PAGE.replace("两百米", "三百米"))
    desk.scan(f"# 渡口\n{BOATS.replace('两回', '三回')}", "2024-03-15/01.txt")
    report = import_scans(desk.root, CONFIG, known_names={})
    assert [problem.line for problem in report.problems] == [3]
    assert desk.path("01").read_bytes() == broken
    assert report.written == ("articles/2024/2024-03-15-01-01.md",)
    desk.path("01").write_bytes(broken.replace("快讯: ".encode(), "快讯：".encode()))
    assert desk.run().written == ("articles/2024/2024-03-08-01-01.md",)


def test_a_scan_that_cannot_be_read_touches_nothing(desk: Desk) -> None:
    desk.scan(f"# 渡口\n{BOATS}", "2024-03-08/02.txt")
    desk.run()
    before = {path: data for path, data in desk.bytes().items() if path.endswith(".md")}
    (desk.folder / "scans/2024-03-08/02.txt").write_bytes(b"%PDF-1.4")
    desk.scan(PAGE + "\n")
    report = import_scans(desk.root, CONFIG, known_names={})
    assert [problem.code for problem in report.problems] == ["not-text"]
    assert {path: data for path, data in desk.bytes().items() if path.endswith(".md")} == before


def test_a_moved_file_is_still_the_article(desk: Desk) -> None:
    desk.run()
    target = desk.folder / "articles/2024/已校/柳树.md"
    target.parent.mkdir()
    desk.path("01").rename(target)
    desk.scan(PAGE.replace("两百米", "三百米"))
    assert desk.run().written == ("articles/2024/已校/柳树.md",)
    assert len(desk.articles) == 3


def test_only_the_pages_named_are_imported(desk: Desk) -> None:
    desk.scan(f"# 渡口\n{BOATS}", "2024-03-15/01.txt")
    report = import_scans(desk.root, CONFIG, ["scans/2024-03-15/01.txt"], known_names={})
    assert report.written == ("articles/2024/2024-03-15-01-01.md",)


def test_a_scan_renamed_keeps_its_articles(desk: Desk) -> None:
    desk.scan(f"# 渡口\n{BOATS}再说一遍。", "旧报.txt")
    desk.run()
    desk.change("01", "title: 柳树绿了", "title: 杨柳绿了")
    ids = set(desk.articles)
    (desk.folder / "scans/2024-03-09").mkdir()
    (desk.folder / "scans/2024-03-08/01-要闻.txt").rename(desk.folder / "scans/2024-03-09/02-民生.txt")
    (desk.folder / "scans/旧报.txt").rename(desk.folder / "scans/2024-03-09/03.txt")
    desk.run()
    assert set(desk.articles) == ids
    one = desk.articles["2024-03-08-01-01"].article
    assert (one.title, str(one.date), one.section, one.page) == ("杨柳绿了", "2024-03-09", "民生", "2")
    assert str(desk.articles["undated-旧报-01"].article.date) == "2024-03-09"
    assert not (desk.folder / "scans/2024-03-08/01-要闻.parsed.json").exists()


def test_scans_of_like_names_mint_different_ids(desk: Desk) -> None:
    desk.scan(f"# 渡口\n{BOATS}", "旧报 一.txt")
    desk.scan(f"# 石桥\n{SUMMER}", "旧报_一.txt")
    desk.run()
    assert {"undated-旧报-一-01", "undated-旧报-一-02"} <= set(desk.articles)


@pytest.mark.parametrize(
    ("edit", "agreeing", "later"),
    [
        (("title: 柳树绿了", "title: 杨柳绿了"), ("# 柳树绿了", "# 杨柳绿了"), ("# 柳树绿了", "# 柳树青了")),
        (("[记者 林晓]", "[记者 林小]"), ("by 记者 林晓", "by 记者 林小"), ("by 记者 林晓", "by 记者 林肖")),
        (("放风筝", "放纸鸢"), ("放风筝", "放纸鸢"), ("放风筝", "放纸鹞")),
        ((f"\n\n{KITES}", ""), (f"{KITES}\n", ""), ("", "")),
    ],
    ids=["headline", "name", "word", "paragraph taken out"],
)
def test_a_correction_outlives_a_scan_that_agreed_with_it(
    desk: Desk, edit: tuple[str, str], agreeing: tuple[str, str], later: tuple[str, str]
) -> None:
    desk.run()
    desk.change("01", *edit)
    desk.run()
    desk.scan(PAGE.replace(*agreeing))
    desk.run()
    corrected = in_words(desk)
    for scan in (PAGE, PAGE.replace(*later), PAGE.replace(*agreeing), PAGE):
        desk.scan(scan)
        desk.run()
        assert in_words(desk) == corrected


def in_words(desk: Desk) -> tuple[str, list[str], str]:
    one = desk.articles["2024-03-08-01-01"]
    return one.article.title, [str(byline) for byline in one.article.bylines], one.body


def test_what_nobody_corrected_still_follows_the_scan_beside_what_was_agreed(desk: Desk) -> None:
    desk.run()
    desk.change("01", "放风筝", "放纸鸢")
    desk.scan(PAGE.replace("放风筝", "放纸鸢"))
    desk.run()
    desk.scan(PAGE.replace("两百米", "三百米"))
    report = desk.run()
    assert [(conflict.field, conflict.machine) for _, conflict in report.conflicts] == [("body", SPRING)]
    one = desk.articles["2024-03-08-01-01"]
    assert one.body == f"{SPRING.replace('放风筝', '放纸鸢')}\n\n{KITES.replace('两百米', '三百米')}"


@pytest.mark.parametrize("note", ["# 此处核过原报\n", "note: 存档号77\n", "tags: []\n"])
def test_a_file_that_bears_but_a_note_is_not_removed(desk: Desk, note: str) -> None:
    desk.run()
    desk.change("02", "---\n\n", f"{note}---\n\n")
    desk.scan(PAGE.replace(PAGE[PAGE.index("# 大雨") : PAGE.index("# 五天")], ""))
    report = desk.run()
    assert report.removed == ()
    assert [(id_, conflict.field) for id_, conflict in report.conflicts] == [("2024-03-08-01-02", "source")]
    assert note in desk.path("02").read_text("utf-8")
