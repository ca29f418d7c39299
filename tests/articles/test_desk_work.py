"""What editors do at the command line: check, mend, review, split, join, begin, rename."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from desk import CONFIG, Desk, simple_page
from test_survival import BOATS, KITES, PAGE, SPRING, SUMMER

from jianbao.articles.importer import import_scans
from jianbao.articles.redirects import read_moves, read_renames
from jianbao.articles.restructuring import join, new, split
from jianbao.build import Options, build
from jianbao.desk.check import apply, check, fixes
from jianbao.desk.rename import rename, similar
from jianbao.desk.review import queue, settle
from jianbao.folder.store import Root
from jianbao.problems import Severity

SITE = "title: 鹭汀新报\nfirst_issue: 2002-08-16\n"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setattr("jianbao.reading.page.read_page", simple_page)
    monkeypatch.setattr("os.sync", lambda: None)
    made = Desk(tmp_path)
    (tmp_path / "site.yaml").write_text(SITE, "utf-8")
    made.scan(PAGE)
    made.run()
    return made


def codes(desk: Desk) -> list[tuple[str, int, str]]:
    problems = check(desk.root, datetime.date(2026, 1, 1))
    return [(problem.path.rpartition("/")[2], problem.line, problem.code) for problem in problems]


class TestCheck:
    def test_a_sound_archive_has_no_faults(self, desk: Desk) -> None:
        assert codes(desk) == []

    def test_everything_is_said_at_once_and_nothing_changed(self, desk: Desk) -> None:
        desk.change("01", "title: 柳树绿了", "title: 快讯: 柳树绿了")
        desk.change("02", "date: 2024-03-08", "date: 2031-03-08")
        desk.change("03", "date: 2024-03-08", "date: 1998")
        desk.change("02", BOATS, f"{BOATS}[前文](../01/index.html) [没有](../09/index.html) [外](https://x.org/2024/)")
        desk.change("03", "source: scans/2024-03-08", "source: scans/2024-03-07")
        desk.scan("\0\1\2" * 90, "2024-03-15/01.txt")
        (desk.folder / "redirects.yaml").write_text("section\n", "utf-8")
        before = desk.bytes()
        assert sorted(codes(desk)) == [
            ("01.txt", 0, "not-text"),
            ("2024-03-08-01-01.md", 3, "inner-colon"),
            ("2024-03-08-01-02.md", 5, "date-future"),
            ("2024-03-08-01-02.md", 13, "broken-link"),
            ("2024-03-08-01-03.md", 4, "date-before"),
            ("2024-03-08-01-03.md", 7, "no-scan"),
            ("redirects.yaml", 1, "not-map"),
        ]
        assert desk.bytes() == before

    def test_dates_of_another_year_are_only_warned_of(self, desk: Desk) -> None:
        desk.change("02", "date: 2024-03-08", "date: 2031-03-08")
        assert [p.severity for p in check(desk.root, datetime.date(2026, 1, 1))] == [Severity.WARNING]
        assert check(desk.root, datetime.date(2031, 3, 8)) == []


class TestMending:
    def test_the_difference_is_shown_before_anything_is_written(self, desk: Desk) -> None:
        desk.change("01", "title: 柳树绿了", "title：柳树绿了")
        desk.change("01", "date: 2024-03-08", "日期: 2024年3月8日")
        desk.change("02", "reporter: [记者 陈江]", "reporter: 记者 陈江、林晓")
        desk.change("03", "title: 五天大戏", "title: 快讯: 五天大戏")
        before = desk.bytes()
        found = fixes(desk.root)
        assert desk.bytes() == before
        assert [fix.path[-5:-3] for fix in found] == ["01", "02", "03"]
        assert "-title：柳树绿了\n" in found[0].diff
        assert "+title: 柳树绿了\n" in found[0].diff
        assert "+date: 2024-03-08\n" in found[0].diff
        assert "+reporter: [记者 陈江, 记者 林晓]\n" in found[1].diff
        assert '+title: "快讯: 五天大戏"\n' in found[2].diff
        assert len(apply(desk.root, found)) == 3
        assert codes(desk) == []
        assert fixes(desk.root) == []

    def test_what_is_not_certain_is_left(self, desk: Desk) -> None:
        desk.change("01", "date: 2024-03-08", "date: 2024-02-30")
        desk.change("02", "title: 大雨三天", "title: [大雨三天]")
        desk.change("03", "title: 五天大戏", 'title: "五天大戏')
        assert fixes(desk.root) == []

    def test_comments_and_other_fields_stay(self, desk: Desk) -> None:
        desk.change("01", "date: 2024-03-08", "date: 2024/3/8   # 核过\nweather: 晴")
        (fix,) = fixes(desk.root)
        assert fix.after == fix.before.replace(b"2024/3/8", b"2024-03-08")

    @pytest.mark.parametrize("encoding", ["gb18030", "utf-16"])
    def test_the_encoding_is_mended_when_asked(self, desk: Desk, encoding: str) -> None:
        data = desk.path("01").read_bytes()
        desk.path("01").write_bytes(data.decode().encode(encoding))
        assert [code for _, _, code in codes(desk)] == ["encoding"]
        assert fixes(desk.root) == []
        found = fixes(desk.root, encoding=True)
        assert "UTF-8" in found[0].diff
        apply(desk.root, found)
        assert desk.path("01").read_bytes() == data

    def test_a_file_saved_meanwhile_is_left_alone(self, desk: Desk) -> None:
        desk.change("01", "date: 2024-03-08", "date: 2024/3/8")
        found = fixes(desk.root)
        desk.change("01", "title: 柳树绿了", "title: 杨柳绿了")
        assert apply(desk.root, found) == []


class TestReview:
    def test_the_most_doubtful_comes_first(self, desk: Desk) -> None:
        desk.scan(PAGE.replace("# 柳树绿了", "# 柳树绿了\ndoubt section").replace("# 大雨三天", "#"))
        desk.run()
        desk.change("03", "title: 五天大戏", "title: 五日大戏")
        desk.scan(
            PAGE.replace("# 柳树绿了", "# 柳树绿了\ndoubt section")
            .replace("# 大雨三天", "#")
            .replace("五天大戏", "七天大戏")
        )
        import_scans(desk.root, CONFIG, known_names={})
        waiting = queue(desk.root)
        assert [(one.kind, one.id[-2:], one.field) for one in waiting] == [
            ("conflict", "03", "title"),
            ("doubt", "02", "title"),
            ("doubt", "01", "section"),
        ]
        assert waiting[0].machine == "七天大戏"
        assert waiting[0].text("zh") == (
            "articles/2024/2024-03-08-01-03.md:3: 《五日大戏》 标题：人改过，机器现在读作“七天大戏”"
        )
        assert waiting[1].text("en").endswith(": (no title) title: 版面上没有找到标题") or "《" in waiting[1].text("en")
        assert waiting[2].line == 6
        assert waiting[2].as_json("zh")["reason"] == "看不清"

    def test_what_was_attended_to_waits_no_more(self, desk: Desk) -> None:
        desk.scan(PAGE.replace("# 柳树绿了", "# 柳树绿了\ndoubt section"))
        desk.run()
        desk.change("01", "review: [section]\n", "")
        assert queue(desk.root) == []

    def test_a_conflict_can_be_settled(self, desk: Desk) -> None:
        desk.change("03", "title: 五天大戏", "title: 五日大戏")
        desk.change("03", "五天大戏。", "五日大戏。")
        desk.scan(PAGE.replace("五天大戏", "七天大戏"))
        desk.run()
        assert [(one.kind, one.field) for one in queue(desk.root)] == [("conflict", "title"), ("conflict", "body")]
        article = desk.articles["2024-03-08-01-03"].article
        assert settle(desk.root, article, "title")
        assert not settle(desk.root, article, "title")
        assert settle(desk.root, article, "body")
        assert queue(desk.root) == []
        assert desk.run().written == ()
        assert queue(desk.root) == []

    def test_names_one_character_apart_are_suggested(self, desk: Desk) -> None:
        desk.change("02", "记者 陈江", "记者 林小")
        (one,) = queue(desk.root)
        assert one.kind == "name"
        assert "林小" in one.command
        assert one.command.startswith("jianbao rename reporter ")

    def test_what_is_similar(self) -> None:
        assert similar(["王妍", "王研", "竹滢艳", "竹滢燕", "李刚", "吴宇翔"]) == [
            ("王妍", "王研"),
            ("竹滢燕", "竹滢艳"),
        ]


class TestHands:
    def test_split(self, desk: Desk) -> None:
        done = split(desk.root, "2024-03-08-01-01", KITES[:8])
        assert done.problems == []
        assert done.written[0] == "articles/2024/2024-03-08-01-04.md"
        assert desk.bodies()["01"] == [SPRING]
        assert desk.bodies()["04"] == [KITES]
        one = desk.articles["2024-03-08-01-04"].article
        assert (one.title, one.review, one.section, str(one.date)) == ("", ("title",), "要闻", "2024-03-08")
        # and stays so, the machine's corrections included
        desk.scan(PAGE.replace("两百米", "三百米"))
        desk.run()
        assert desk.bodies()["01"] == [SPRING]
        assert desk.bodies()["04"] == [KITES.replace("两百米", "三百米")]

    def test_split_inside_a_paragraph_and_at_a_subhead(self, desk: Desk) -> None:
        desk.change("01", KITES, f"## 放风筝\n\n{KITES}")
        split(desk.root, "2024-03-08-01-01", "放风筝\n")
        assert split(desk.root, "2024-03-08-01-02", "河水涨到").problems == []
        assert desk.bodies()["02"] == [SUMMER[: SUMMER.index("河水")]]
        assert desk.bodies()["04"] == [SUMMER[SUMMER.index("河水") :], BOATS]
        done = split(desk.root, "2024-03-08-01-01", KITES)
        assert done.problems == []

    @pytest.mark.parametrize("at", ["没有的话", "", SPRING[:5]])
    def test_split_where_it_cannot_be(self, desk: Desk, at: str) -> None:
        before = desk.bytes()
        assert split(desk.root, "2024-03-08-01-01", at).problems
        assert desk.bytes() == before

    def test_join(self, desk: Desk) -> None:
        done = join(desk.root, "2024-03-08-01-01", "2024-03-08-01-02")
        assert done.problems == []
        assert desk.bodies()["01"] == [SPRING, KITES, "## 大雨三天", SUMMER, BOATS]
        one = desk.articles["2024-03-08-01-01"].article
        assert [byline.name for byline in one.bylines] == ["林晓", "陈江"]
        assert len(one.source) == 2
        assert read_moves(desk.root) == {"2024-03-08-01-02": "2024-03-08-01-01"}
        desk.scan(PAGE.replace("三天三夜", "四天四夜"))
        desk.run()
        assert desk.bodies()["01"] == [SPRING, KITES, "## 大雨三天", SUMMER.replace("三天三夜", "四天四夜"), BOATS]
        assert "02" not in desk.bodies()

    def test_joining_keeps_decks_and_tells_what_has_no_place(self, desk: Desk) -> None:
        desk.change(
            "02",
            "title: 大雨三天",
            "kicker: 汛期将至\ntitle: 大雨三天  # 核过原报\nsubtitle: '*河水涨到桥面'\nnote: 存档号77",
        )
        desk.change("02", "section: 要闻", "section: 要闻\ncolumn: 乡土")
        done = join(desk.root, "2024-03-08-01-01", "2024-03-08-01-02")
        added = ["汛期将至", "## 大雨三天", "\\*河水涨到桥面", SUMMER, BOATS]
        assert desk.bodies()["01"] == [SPRING, KITES, *added]
        [told] = done.problems
        assert told.code == "left-out"
        for line in ("title: 大雨三天  # 核过原报", "note: 存档号77", "column: 乡土"):
            assert line in told.text("zh")

    def test_the_address_of_a_joined_article_leads_on(self, desk: Desk) -> None:
        join(desk.root, "2024-03-08-01-02", "2024-03-08-01-03")
        join(desk.root, "2024-03-08-01-01", "2024-03-08-01-02")
        build(desk.root, Options(search=False))
        for number in ("02", "03"):
            page = (desk.folder / f"public/2024/03/08/01/{number}/index.html").read_text("utf-8")
            assert "2024/03/08/01/01/index.html" in page
        assert read_moves(desk.root) == dict.fromkeys(["2024-03-08-01-02", "2024-03-08-01-03"], "2024-03-08-01-01")

    def test_join_what_is_not_there(self, desk: Desk) -> None:
        assert join(desk.root, "2024-03-08-01-01", "2024-03-08-01-09").problems
        assert join(desk.root, "2024-03-08-01-01", "2024-03-08-01-01").problems

    def test_new(self, desk: Desk) -> None:
        desk.path("03").unlink()
        done = new(desk.root, "2024年3月8日", "补登：渡口修好了", page="1", section="要闻")
        assert done.written == ("articles/2024/2024-03-08-01-04.md",)
        one = desk.articles["2024-03-08-01-04"].article
        assert (one.title, str(one.date), one.page) == ("补登：渡口修好了", "2024-03-08", "1")
        assert new(desk.root, "2024-03", "月报").written == ("articles/undated/undated-手工-01.md",)
        assert new(desk.root, "2024-02-30", "无此日").problems
        assert new(desk.root, "2024-03-08", " ").problems


class TestRenaming:
    def test_a_reporter(self, desk: Desk) -> None:
        desk.change("02", "reporter: [记者 陈江]", "reporter:\n  - 首席记者 林晓 # 署名\n  - 陈江")
        before = desk.bytes()
        shown = rename(desk.root, "reporter", "林晓", "林小晓", dry_run=True)
        assert desk.bytes() == before
        assert "+reporter: [记者 林小晓]\n" in shown.changes["articles/2024/2024-03-08-01-01.md"]
        done = rename(desk.root, "reporter", "林晓", "林小晓")
        assert done.changes == shown.changes
        assert [b.name for b in desk.articles["2024-03-08-01-02"].article.bylines] == ["林小晓", "陈江"]
        renames, problems = read_renames(desk.root)
        assert problems == []
        assert [(one.kind, one.old, one.new) for one in renames] == [("reporter", "林晓", "林小晓")]

    @pytest.mark.parametrize(
        ("old", "new"),
        [("林晓", "林小晓"), ("记者 林晓", "林小晓"), ("记者 林晓", "记者 林小晓"), ("记者　林晓", "记者林小晓")],
    )
    def test_a_reporter_as_the_file_shows_them(self, desk: Desk, old: str, new: str) -> None:
        desk.change("02", "reporter: [记者 陈江]", "reporter: [守灯人：林晓, 陈江]")
        rename(desk.root, "reporter", old, new)
        assert desk.articles["2024-03-08-01-01"].fields["reporter"] == ("记者 林小晓",)
        assert desk.articles["2024-03-08-01-02"].fields["reporter"] == ("守灯人：林小晓", "陈江")
        assert [(one.old, one.new) for one in read_renames(desk.root)[0]] == [("林晓", "林小晓")]

    def test_a_name_of_several_words(self, desk: Desk) -> None:
        desk.change("02", "reporter: [记者 陈江]", "reporter: [记者 Anna Lindqvist]")
        rename(desk.root, "reporter", "Anna Lindqvist", "Anna Lindquist")
        assert desk.articles["2024-03-08-01-02"].fields["reporter"] == ("记者 Anna Lindquist",)

    @pytest.mark.parametrize(
        ("old", "new"), [("林晓", "记者 林小晓"), ("记者 林晓", "首席记者 林小晓"), ("林晓", "记者")]
    )
    def test_a_role_is_not_renamed(self, desk: Desk, old: str, new: str) -> None:
        before = desk.bytes()
        assert [one.code for one in rename(desk.root, "reporter", old, new).problems] == ["name"]
        assert desk.bytes() == before

    def test_renaming_on_and_back(self, desk: Desk) -> None:
        (desk.folder / "site.yaml").write_text("title: 鹭汀新报\nsections: [要闻]\n", "utf-8")
        listed = rename(desk.root, "section", "要闻", "头版")
        assert listed.changes
        assert [(one.path, one.code) for one in listed.problems] == [("site.yaml", "section-listed")]
        rename(desk.root, "section", "头版", "第一版面")
        assert {(one.old, one.new) for one in read_renames(desk.root)[0]} == {
            ("要闻", "第一版面"),
            ("头版", "第一版面"),
        }
        rename(desk.root, "section", "第一版面", "要闻")
        assert {(one.old, one.new) for one in read_renames(desk.root)[0]} == {("头版", "要闻"), ("第一版面", "要闻")}
        assert {one.article.section for one in desk.articles.values()} == {"要闻"}

    def test_a_tag(self, desk: Desk) -> None:
        desk.change("01", "title: 柳树绿了", "title: 柳树绿了\ntags: [春天, 河]")
        rename(desk.root, "tag", "河", "河流")
        assert desk.articles["2024-03-08-01-01"].article.tags == ("春天", "河流")

    def test_nothing_is_written_where_anything_is_wrong(self, desk: Desk) -> None:
        assert rename(desk.root, "reporter", "没有这人", "某某").problems
        assert rename(desk.root, "section", "要闻", "../x").problems
        for kind in ("reporter", "section", "tag"):
            assert rename(desk.root, kind, "要闻", " ").problems
        desk.change("03", "title: 五天大戏", "title: 快讯: 五天大戏")
        before = desk.bytes()
        assert rename(desk.root, "section", "要闻", "头版").problems
        assert desk.bytes() == before

    def test_a_renamed_reporter_survives_the_next_import(self, desk: Desk) -> None:
        rename(desk.root, "reporter", "林晓", "林小晓")
        desk.scan(PAGE.replace("两百米", "三百米"))
        desk.run()
        assert str(desk.articles["2024-03-08-01-01"].article.bylines[0]) == "记者 林小晓"


def test_an_archive_without_articles_and_pages_is_told(tmp_path: Path) -> None:
    (tmp_path / "site.yaml").write_text("title: 鹭汀新报\n", "utf-8")
    assert [(one.path, one.code) for one in check(Root(tmp_path))] == [("articles", "no-article")]
    (tmp_path / "scans" / "2024-03-08").mkdir(parents=True)
    (tmp_path / "scans" / "2024-03-08" / "01.txt").write_text("柳树绿了\n\n鹭汀河边的柳树绿了。\n", "utf-8")
    assert check(Root(tmp_path)) == []  # the next build will read it
