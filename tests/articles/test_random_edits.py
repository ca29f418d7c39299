"""Random pages, random corrections, random later readings: nothing of the editor's is ever lost."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from random import Random

import pytest
from desk import CONFIG, Desk, simple_page
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from jianbao.articles.document import read_document
from jianbao.articles.importer import import_scans

_CHARACTERS = (
    "渡口石桥学校医院茶馆码头粮站戏台集市水库稻田果园邮局钟楼车祠堂窑厂磨坊渔船竹林昨修好今年搬迁来新主丢锁种棵树"
    "挂灯笼请换招牌老师傅木匠铁铺豆腐酱油布鞋斗笠蓑衣犁耙锄镰糍粑春耕夏锄秋收冬藏早晚阴晴雨雪风霜雷电东南西北"
)


def sentence(n: int) -> str:
    """The n-th of many sentences, hardly like another."""
    some = Random(n)
    return f"{''.join(some.sample(_CHARACTERS, 14))}，{''.join(some.sample(_CHARACTERS, 12))}。"


EXAMPLES = int(os.environ.get("JIANBAO_EXAMPLES", "80"))
Acts = list[tuple[str, int, int]]
Pages = list[list[str]]  # each article: its title, then its paragraphs

pages = st.lists(st.integers(1, 4), min_size=1, max_size=4).map(
    lambda sizes: [
        [f"第{i}篇{sentence(900 + i)[:6]}"] + [sentence(sum(sizes[:i]) + j) for j in range(size)]
        for i, size in enumerate(sizes)
    ]
)
machine_acts = st.lists(
    st.tuples(
        st.sampled_from(["mend", "part", "cut", "join", "drop", "swap", "new", "retitle"]),
        st.integers(0, 3),
        st.integers(1, 4),
    ),
    max_size=4,
)
editor_acts = st.lists(
    st.tuples(
        st.sampled_from(["title", "mend", "add", "remove", "delete", "split", "join", "move", "section", "tag"]),
        st.integers(0, 3),
        st.integers(1, 4),
    ),
    max_size=5,
)


def page_text(articles: Pages) -> str:
    return "\n\n".join("\n".join([f"# {one[0]}", *one[1:]]) for one in articles) + "\n"


def read_anew(articles: Pages, acts: Acts, time: int) -> Pages:
    """What the machine reads later."""
    made = [list(one) for one in articles]
    for count, (act, i, j) in enumerate(acts):
        one = made[i % len(made)]
        at = min(j, len(one) - 1)
        if act == "mend" and at:
            one[at] = one[at][:8] + "壹贰叁肆"[count] + one[at][9:]
        elif act == "part" and at and len(one[at]) > 16:
            one[at : at + 1] = [one[at][:12], one[at][12:]]
        elif act == "cut" and len(one) > 2:
            made.insert(made.index(one) + 1, [f"新题{time}之{count}", *one[max(at, 2) :]])
            del one[max(at, 2) :]
        elif act == "join" and len(made) > 1:
            made.remove(one)
            made[0].extend(one[1:])
        elif act == "drop" and len(one) > 2 and at:
            del one[at]
        elif act == "swap":
            made.remove(one)
            made.append(one)
        elif act == "new":
            made.append(
                [f"新到的第{time}之{count}篇", sentence(100 * time + count * 9), sentence(100 * time + 1 + count * 9)]
            )
        elif act == "retitle":
            one[0] = f"改读的题目{time}之{count}"
    return made


class Editor:
    """Corrects files; every text it writes bears a mark that must be found afterwards."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.marks, self.gone = desk, set[str](), list[str]()

    def files(self) -> list[Path]:
        return sorted((self.desk.folder / "articles").rglob("*.md"))

    def do(self, count: int, act: str, i: int, j: int) -> None:
        files = self.files()
        if not files:
            return
        path = files[i % len(files)]
        head, body = path.read_text("utf-8").split("---\n\n", 1) if "---\n\n" in path.read_text("utf-8") else ("", "")
        blocks = body.strip("\n").split("\n\n")
        if not head or not body.strip():
            return
        at = j % len(blocks)
        mark = f"编{'甲乙丙丁戊'[count]}校"
        if act in ("title", "section"):
            lines = head.split("\n")
            for n, line in enumerate(lines):
                if line.startswith(f"{act}: "):
                    self.marks -= {one for one in self.marks if one in line}
                    self.marks.add(mark)
                    lines[n] = f"{act}: {mark}"
            head = "\n".join(lines)
        elif act == "tag" and "tags:" not in head:
            head += f"tags: [{mark}]\n"
            self.marks.add(mark)
        elif act == "mend":
            blocks[at] = blocks[at][:5] + mark + blocks[at][5:]
            self.marks.add(mark)
        elif act == "add":
            blocks.insert(at, f"{mark}：编者补充的一段说明，原报没有。")
            self.marks.add(mark)
        elif act == "remove" and len(blocks) > 1 and "编" not in blocks[at]:
            del blocks[at]
        elif act == "delete" and "编" not in head + body:
            path.unlink()
            self.gone += blocks
            return
        elif act == "split" and len(blocks) > 1:
            new = path.with_stem(path.stem[:-2] + f"{70 + count}")
            front = f"---\nid: {new.stem}\ntitle: {mark}\ndate: 2024-03-08\n---\n\n"
            new.write_text(front + "\n\n".join(blocks[max(at, 1) :]) + "\n", "utf-8")
            del blocks[max(at, 1) :]
            self.marks.add(mark)
        elif act in ("join", "move") and len(files) > 1:
            other = files[(i + 1) % len(files)]
            theirs = other.read_text("utf-8")
            if act == "join" and not any(mark in head for mark in self.marks):
                other.write_text(theirs.rstrip("\n") + "\n\n" + "\n\n".join(blocks) + "\n", "utf-8")
                path.unlink()
                return
            if act == "move" and len(blocks) > 1:
                other.write_text(theirs.rstrip("\n") + f"\n\n{blocks.pop(at)}\n", "utf-8")
        path.write_text(head + "---\n\n" + "\n\n".join(blocks) + "\n", "utf-8")


@pytest.mark.usefixtures("simple")
@given(pages, editor_acts, machine_acts, machine_acts)
@settings(
    max_examples=int(os.environ.get("JIANBAO_EXAMPLES", "80")),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@example([["甲乙丙丁", sentence(1), sentence(2)]], [("split", 0, 1)], [("mend", 0, 2)], [("cut", 0, 1)])
def test_nothing_of_the_editors_is_lost(
    before: Pages,
    edits: Acts,
    later: Acts,
    last: Acts,
) -> None:
    folder = Path(tempfile.mkdtemp(prefix="jianbao-"))
    try:
        desk = Desk(folder)
        desk.scan(page_text(before))
        desk.run()
        editor = Editor(desk)
        for count, (act, i, j) in enumerate(edits):
            editor.do(count, act, i, j)
        mine = {id_: one.text for id_, one in desk.articles.items()}
        for time, acts in enumerate((later, last), 1):
            before = read_anew(before, acts, time)
            desk.scan(page_text(before))
            desk.run()
            _check(desk, editor, mine)
    finally:
        shutil.rmtree(folder)


words_of_the_page = st.lists(
    st.tuples(st.sampled_from(["title", "mend", "add", "remove"]), st.integers(0, 3), st.integers(1, 4)), max_size=5
)


@pytest.mark.usefixtures("simple")
@given(pages, words_of_the_page, machine_acts)
@settings(max_examples=EXAMPLES, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_nothing_is_lost_though_the_machine_agreed_for_a_while(before: Pages, edits: Acts, later: Acts) -> None:
    folder = Path(tempfile.mkdtemp(prefix="jianbao-"))
    try:
        desk = Desk(folder)
        desk.scan(page_text(before))
        desk.run()
        editor = Editor(desk)
        for count, (act, i, j) in enumerate(edits):
            editor.do(count, act, i, j)
        corrected = desk.articles.values()
        mine = {one.article.id: one.text for one in corrected}
        bodies = {one.article.id: one.body for one in corrected}
        desk.scan(page_text([[one.article.title, *one.body.split("\n\n")] for one in corrected]))
        desk.run()
        _check(desk, editor, mine)
        desk.scan(page_text(before))
        desk.run()
        assert {one.article.id: one.body for one in desk.articles.values()} == bodies
        desk.scan(page_text(read_anew(before, later, 1)))
        desk.run()
        _check(desk, editor, mine)
    finally:
        shutil.rmtree(folder)


def _check(desk: Desk, editor: Editor, mine: dict[str, str]) -> None:
    everything = "\n".join(one.text for one in desk.articles.values())
    for mark in editor.marks:
        assert everything.count(mark) == 1, f"{mark} is lost or doubled"
    for id_, text in mine.items():
        if any(mark in text for mark in editor.marks):
            assert id_ in desk.articles
    for block in editor.gone:
        assert block not in everything, "a deleted article came back"
    shown = [block for one in desk.articles.values() for block in one.body.split("\n\n") if len(block) > 20]
    assert len(shown) == len(set(shown)), "a paragraph stands twice"


@pytest.fixture
def simple(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jianbao.reading.page.read_page", simple_page)
    monkeypatch.setattr("os.sync", lambda: None)


@pytest.mark.usefixtures("simple")
def test_the_ids_of_an_unedited_archive_stay(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    articles = [[f"第{i}篇{sentence(900 + i)[:6]}", *(sentence(i * 3 + j) for j in range(3))] for i in range(8)]
    desk.scan(page_text(articles))
    import_scans(desk.root, CONFIG, known_names={})
    titles = {id_: one.article.title for id_, one in desk.articles.items()}
    mended = [[one[0], *(text[:8] + "壹" + text[9:] for text in one[1:])] for one in reversed(articles)]
    desk.scan(page_text(mended))
    desk.run()
    assert {id_: one.article.title for id_, one in desk.articles.items()} == titles
    assert read_document(next((tmp_path / "articles").rglob("*-01.md")).read_bytes(), "x")[1] == []
