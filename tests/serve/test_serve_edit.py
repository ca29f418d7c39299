"""The form: what it shows, what it writes, and above all what it leaves alone."""

from __future__ import annotations

import pytest
from previewed import ARTICLES, FIRST, Running, path_of

from jianbao.articles.document import read_document
from jianbao.folder.store import Root
from jianbao.serve.form import Sent, changes_of, rejoined, texts_of
from jianbao.serve.saving import Versions

CRLF = "2023-05-06-02-01"
PLAIN = "2023-05-06-01-02"


def shown(served: Running, id_: str = FIRST, query: str = "") -> str:
    answer = served.get(f"/edit/{id_}{query}")
    assert answer.status == 200
    return answer.text


def test_every_field_has_its_box_with_label_and_note(served: Running) -> None:
    text = shown(served)
    for name in ("title", "kicker", "subtitle", "column", "reporter", "correspondent", "photographer", "author",
                 "editor", "date", "section", "page", "kind", "captions", "tags", "source", "body"):  # fmt: skip
        assert f'<label for="f-{name}">' in text
        assert f'id="f-{name}-note"' in text
    assert '<option value="文教">' in text, "sections of site.yaml are offered"
    assert "不认识的栏，原样保留：<code>laiyuan</code>" in text


def test_the_scan_stands_beside_it(served: Running) -> None:
    text = shown(served)
    assert '<li value="2" class="own">渔港新灯塔点亮</li>' in text
    assert '<li value="7">菜市场改造完工</li>' in text, "a few lines around"
    assert "没有记下出自哪些扫描行" in shown(served, CRLF)


def test_doubts_have_a_tick_and_their_reason(served: Running) -> None:
    text = shown(served)
    assert text.count('name="checked"') == 2
    assert "机器没有把握：标题与下一行难分" in text


def test_the_machines_reading_stands_by_a_conflict(served: Running) -> None:
    text = shown(served)
    assert "机器现在读作" in text and 'data-value="本报记者 乔林"' in text
    form = served.form() | {"reporter": "本报记者 乔林"}
    assert served.post(form).status == 303
    assert 'data-value="本报记者 乔林"' not in shown(served), "settled: the file has what the machine reads"


def test_an_editor_may_keep_what_the_machine_reads_otherwise(served: Running) -> None:
    before = served.file()
    assert served.post(served.form() | {"checked": "reporter"}).status == 303
    assert served.file() == before.replace("[title, reporter]", "[title]")
    assert 'data-value="本报记者 乔林"' not in shown(served), "settled: it does not wait again"


def test_saving_unchanged_changes_no_byte(served: Running) -> None:
    for id_, text in ARTICLES.items():
        answer = served.post(served.form(id_), id_)
        assert answer.status == 303 and answer.headers["location"].endswith("saved=same")
        assert served.file(id_) == text


def test_one_field_changes_nothing_else(served: Running) -> None:
    """Comments, quotes, the order of keys, unknown keys, blank lines and list forms stay byte for byte."""
    answer = served.post(served.form() | {"section": "港口"})
    assert answer.status == 303 and answer.headers["location"] == f"/edit/{FIRST}?saved=1"
    assert served.file() == ARTICLES[FIRST].replace("section: 要闻", "section: 港口")
    assert f"已保存到 {path_of()}" in shown(served, query="?saved=1")


def test_line_ends_stay(served: Running) -> None:
    served.post(served.form(CRLF) | {"title": "小学运动会昨天落幕"}, CRLF)
    assert served.root.read(path_of(CRLF)) == ARTICLES[CRLF].replace("会落幕", "会昨天落幕").encode()


def test_a_paragraph_changes_nothing_else(served: Running) -> None:
    form = served.form()
    form["body"] = form["body"].replace("十二海里", "十五海里")
    assert served.post(form).status == 303
    assert served.file() == ARTICLES[FIRST].replace("十二海里", "十五海里")


def test_a_new_paragraph_and_a_new_field(served: Running) -> None:
    form = served.form(PLAIN)
    form["body"] += "\r\n\r\n明天起照常营业。"
    form["subtitle"] = "摊位增加一倍: 卫生"
    form["tags"] = "市场、民生"
    form["captions"] = "新摊位\r\n\r\n新大门"
    assert served.post(form, PLAIN).status == 303
    document, problems = read_document(served.root.read(path_of(PLAIN)), path_of(PLAIN))
    assert document is not None and problems == []
    assert document.body.split("\n\n") == ["改造后的菜市场今天开门，摊位比从前多了一倍。", "明天起照常营业。"]
    article = document.article
    assert article.subtitle == "摊位增加一倍: 卫生"
    assert (article.tags, article.captions) == (("市场", "民生"), ("新摊位", "新大门"))


def test_values_are_read_as_forgivingly_as_in_files(served: Running) -> None:
    form = served.form(PLAIN) | {"date": "2023年5月8日", "page": "第03版", "reporter": "记者 闻笛 乔木"}
    assert served.post(form, PLAIN).status == 303
    text = served.file(PLAIN)
    assert "date: 2023-05-08\n" in text and "page: 3\n" in text and "[记者 闻笛, 记者 乔木]" in text


def test_emptied_fields_go(served: Running) -> None:
    assert served.post(served.form(PLAIN) | {"reporter": "", "section": " "}, PLAIN).status == 303
    assert served.file(PLAIN) == ARTICLES[PLAIN].replace("reporter: [闻笛]\n", "").replace("section: 要闻\n", "")


def test_a_tick_takes_the_field_off_review(served: Running) -> None:
    assert served.post(served.form() | {"checked": "title"}).status == 303
    assert "review: [reporter]\n" in served.file()
    assert served.post(served.form() | {"checked": "reporter"}).status == 303
    assert "review" not in served.file()
    assert served.file().replace("\n---\n\n", "\nreview: [title, reporter]\n---\n\n") == ARTICLES[FIRST]


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"date": "2023-02-30"}, f"{path_of()}:7:7: 没有“2023-02-30”这一天；"),
        ({"date": "去年"}, "看不懂日期“去年”"),
        ({"title": "", "checked": "title"}, "没有标题"),
        ({"page": "头一版"}, "看不懂版次"),
        ({"kind": "诗"}, "没有“诗”这种体裁"),
        ({"section": "要/闻"}, "版名“要/闻”里有斜杠"),
        ({"body": "见[此处](javascript:alert(1))"}, "链接“javascript:alert(1)”不安全"),
        ({"body": "甲\r\n\r\n<<<<<<< HEAD\r\n\r\n乙"}, "留有合并冲突的标记"),
        ({"body": "前\0后"}, ":"),
    ],
)
def test_faults_are_said_and_nothing_is_written(served: Running, changes: dict[str, str], says: str) -> None:
    answer = served.post(served.form() | changes)
    assert answer.status == 422
    assert "没有保存，文件保持原样" in answer.text
    assert says in answer.text
    assert served.file() == ARTICLES[FIRST]
    if "date" in changes:
        assert f'value="{changes["date"]}"' in answer.text, "what was typed is not lost"
        assert 'aria-invalid="true"' in answer.text


def test_a_file_changed_meanwhile_is_not_overwritten(served: Running) -> None:
    """Both texts are offered; what only one side changed is kept without asking."""
    form = served.form() | {"title": "灯塔亮了", "section": "港口"}
    theirs = ARTICLES[FIRST].replace("渔港新灯塔点亮", "新灯塔昨晚点亮").replace("page: 1", "page: 2")
    served.root.write(path_of(), theirs.encode())
    answer = served.post(form)
    assert answer.status == 409
    assert served.file() == theirs
    assert "没有保存：打开表单之后，这个文件又被改过" in answer.text
    assert 'value="灯塔亮了"' in answer.text and ">新灯塔昨晚点亮</pre>" in answer.text
    assert 'value="港口"' in answer.text, "changed here only"
    assert 'name="page" value="2"' in answer.text, "changed there only"
    assert answer.text.count('class="other"') == 1, "only what both changed is asked about"


def test_after_both_texts_were_seen_saving_holds(served: Running) -> None:
    form = served.form() | {"title": "灯塔亮了"}
    served.root.write(path_of(), served.file().replace("page: 1", "page: 2").encode())
    assert served.post(form).status == 409
    again = served.form() | {"title": "灯塔亮了"}
    assert served.post(again).status == 303
    assert served.file() == ARTICLES[FIRST].replace('"渔港新灯塔点亮"', "灯塔亮了").replace("page: 1", "page: 2")


def test_without_the_base_every_difference_is_shown() -> None:
    one, _ = read_document(ARTICLES[PLAIN].encode(), path_of(PLAIN))
    assert one is not None
    sent = Sent(texts_of(one) | {"title": "我的"})
    joined = rejoined(None, sent, one)
    assert joined.texts["title"] == "我的" and joined.theirs == {"title": "菜市场改造完工"}


def test_old_versions_are_forgotten(tmp_path: object) -> None:
    from jianbao.serve.files import opened

    versions = Versions(most=2)
    made = [opened(path_of(PLAIN), ARTICLES[PLAIN].encode() + b"x" * n) for n in range(3)]
    for one in made:
        versions.keep(one)
    assert versions.get(made[0].digest, "x") is None
    assert versions.get(made[2].digest, path_of(PLAIN)) == made[2]


def test_boxes_that_were_not_sent_change_nothing() -> None:
    one, _ = read_document(ARTICLES[FIRST].encode(), path_of())
    assert one is not None and not changes_of(one, Sent({}))


def test_a_faulty_file_is_mended_as_a_whole(served: Running) -> None:
    broken = ARTICLES[PLAIN].replace("title: 菜市场", "title: 快讯: 菜市场")
    served.root.write(path_of(PLAIN), broken.encode())
    text = shown(served, PLAIN)
    assert "抬头有错" in text and f"{path_of(PLAIN)}:3:" in text and 'name="raw"' in text
    form = served.form(PLAIN)
    assert form["raw"].replace("\r\n", "\n") == broken
    still = served.post(form | {"raw": form["raw"].replace("快讯: ", "快讯: 甲: ")}, PLAIN)
    assert still.status == 422 and served.file(PLAIN) == broken
    assert served.post(form | {"raw": form["raw"].replace("快讯: ", "快讯：")}, PLAIN).status == 303
    assert served.file(PLAIN) == broken.replace("快讯: ", "快讯：")


def test_the_whole_text_keeps_line_ends_and_the_id(served: Running) -> None:
    raw = {**served.form(CRLF), "raw": ARTICLES[CRLF].replace("接力赛", "拔河")}
    assert served.post(raw, CRLF).status == 303
    assert served.root.read(path_of(CRLF)) == ARTICLES[CRLF].replace("接力赛", "拔河").encode()
    raw = {**served.form(CRLF), "raw": ARTICLES[CRLF].replace("id: 2023-05-06-02-01", "id: 2023-05-06-02-09")}
    answer = served.post(raw, CRLF)
    assert answer.status == 422 and "编号不可改动" in answer.text
    served.root.write(path_of(CRLF), ARTICLES[CRLF].replace("全校", "全镇").encode())
    answer = served.post(raw, CRLF)
    assert answer.status == 409 and "全镇十六个班" in answer.text and "02-09" in answer.text


def test_an_unreadable_file_says_so(served: Running) -> None:
    served.root.write(path_of(PLAIN), ARTICLES[PLAIN].encode("gb18030"))
    assert "check --fix-encoding" in shown(served, PLAIN)
    assert 'name="raw"' not in shown(served, PLAIN)


def test_a_renamed_file_is_found_by_its_id(served: Running) -> None:
    served.root.write("articles/我的/菜市场.md", served.root.read(path_of(PLAIN)))
    served.root.remove(path_of(PLAIN))
    try:
        assert "articles/我的/菜市场.md" in shown(served, PLAIN)
        assert served.post(served.form(PLAIN) | {"title": "新菜市场"}, PLAIN).status == 303
        assert "title: 新菜市场" in served.root.read("articles/我的/菜市场.md").decode()
    finally:
        served.root.remove("articles/我的/菜市场.md")
    assert served.get(f"/edit/{PLAIN}").status == 404


def test_no_such_article(served: Running) -> None:
    for id_ in ("2023-05-06-01-99", "nonsense", "CON", "x" * 3000):
        assert served.get(f"/edit/{id_}").status == 404
        assert served.post(served.form(), id_).status == 404


def test_where_saving_leads(served: Running) -> None:
    served.settle()
    form = served.form(PLAIN) | {"title": "菜市场开张"}
    answer = served.post(form | {"then": "view"}, PLAIN)
    assert answer.headers["location"] == "/2023/05/06/01/02/"
    assert "菜市场开张" in served.get("/2023/05/06/01/02/").text, "the page was made before it is shown"
    assert served.post(served.form() | {"then": "next"}).headers["location"] == "/edit/2023-05-07-01-01"


def test_a_running_build_is_waited_for_and_named(served: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    from jianbao.folder.lock import locked
    from jianbao.serve import saving

    monkeypatch.setattr(saving, "_PATIENCE", 0.2)
    form = served.form() | {"section": "港口"}
    with locked(served.root.path(".jianbao"), lambda _: None):
        answer = served.post(form)
    assert answer.status == 503 and "另一个构建正在进行" in answer.text and 'value="港口"' in answer.text
    assert served.file() == ARTICLES[FIRST]


def test_a_full_disk_is_said(served: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> bool:
        raise OSError(28, "No space left on device")

    form = served.form() | {"section": "港口"}
    monkeypatch.setattr(Root, "write", full)
    answer = served.post(form)
    monkeypatch.undo()
    assert answer.status == 500 and "No space left" in answer.text and 'value="港口"' in answer.text
    assert served.file() == ARTICLES[FIRST]


def test_review_lists_what_waits(served: Running) -> None:
    text = served.get("/review/").text
    first, second = text.index(f'id="{FIRST}"'), text.index('id="2023-05-07-01-01"')
    assert first < second, "a conflict is the most doubtful"
    assert "标题与下一行难分" in text and f"<code>{path_of()}:4</code>" in text
    assert f'href="/edit/{FIRST}"' in text and 'href="/2023/05/06/01/01/"' in text
    assert "港内二十条船" in text, "the scan lines beside it"
    assert PLAIN not in text
    served.post(served.form("2023-05-07-01-01") | {"checked": "date"}, "2023-05-07-01-01")
    assert "2023-05-07-01-01" not in served.get("/review/").text
    assert served.get("/review/?page=999").status == 200 and served.get("/review/?page=x").status == 200


def test_nothing_of_the_desk_is_published(served: Running) -> None:
    folder = served.root.folder / "public"
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert len(files) > 20
    for path in files:
        data = path.read_bytes()
        assert b"/_jianbao/" not in data and b"/edit/2" not in data and "标题与下一行难分".encode() not in data
    assert not [path for path in files if path.name in ("live.js", "desk.css", "preview.css", "desk.js")]


def test_english(served: Running) -> None:
    from jianbao.serve.words import TABLE, interface

    assert all(zh and en and zh.count("{}") == en.count("{}") for zh, en in TABLE.values())
    english = interface("en")
    assert english.label("reporter") == "Reporters" and english.note("date").startswith("the date of issue")
