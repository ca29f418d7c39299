"""Bad input, end to end through the command line: the message with its place, the exit status, and that neither the
published site nor any source file was touched. The numbers are those of the table of bad input in the design.

(30, a query with markup in it, is tested in the browser; 41–43 in test_safety.py and test_kill.py.)
"""

from __future__ import annotations

import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from jianbao.building.publishing import Publishing
from jianbao.cli import main
from jianbao.folder.store import Root
from making import archive, article, command, copy, environment, tree, write

BAD = "articles/2024/bad.md"
FRONT = "id: 2024-01-09-01-01\ntitle: 好标题\ndate: 2024-01-09\n"


def text(front: str = FRONT, body: str = "正文一段。") -> str:
    return f"---\n{front}---\n\n{body}\n"


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A published archive."""
    root = archive(tmp_path_factory.mktemp("bad") / "good", 3)
    assert main(["build", "--root", str(root), "--no-search", "--executor", "serial"]) == 0
    return root


@pytest.fixture
def root(good: Path, tmp_path: Path) -> Path:
    """A copy of it, published with search left out, to be spoilt."""
    copy(good, tmp_path / "archive")
    root = tmp_path / "archive"
    assert main(["build", "--root", str(root), "--no-search", "--executor", "serial"]) == 0
    return root


Build = Callable[..., tuple[int, str]]


@pytest.fixture
def build(root: Path, capsys: pytest.CaptureFixture[str]) -> Build:
    """Builds the archive; the exit status and what was said, in English."""

    def run(*options: str) -> tuple[int, str]:
        capsys.readouterr()
        status = main(["build", "--root", str(root), "--no-search", "--executor", "serial", "--lang", "en", *options])
        return status, capsys.readouterr().err

    return run


def sources(root: Path) -> dict[str, bytes]:
    return {path: data for path, data in tree(root).items() if not path.startswith(("public/", ".jianbao/"))}


ERRORS: dict[str, tuple[Mapping[str, str | bytes], str]] = {
    "1 half-width colon": ({BAD: text("id: 2024-01-09-01-01\ntitle: 快讯: x\n")}, rf"{BAD}:3:\d+: .*(quote|“：”|：)"),
    "2 full-width colon": ({BAD: text("id: 2024-01-09-01-01\ntitle：x\n")}, rf"{BAD}:3:\d+: "),
    "3 duplicate key": ({BAD: text(FRONT + "title: 又一个\n")}, rf"{BAD}:5:\d+: .*3"),
    "4 impossible date": (
        {BAD: text("id: 2024-01-09-01-01\ntitle: x\ndate: 2021-02-30\n")},
        rf"{BAD}:4:\d+: .*2021-02-30",
    ),
    "7 title missing": ({BAD: text("id: 2024-01-09-01-01\n")}, rf"{BAD}:2:\d+: .*title"),
    "7 title empty": ({BAD: text('id: 2024-01-09-01-01\ntitle: ""\n')}, rf"{BAD}:3:\d+: .*title"),
    "9 list for a text": ({BAD: text("id: 2024-01-09-01-01\ntitle: [快讯]\n")}, rf"{BAD}:3:\d+: "),
    "9 map for a text": ({BAD: text("id: 2024-01-09-01-01\ntitle:\n  a: 快讯\n")}, rf"{BAD}:[34]:\d+: "),
    "10 front matter not closed": ({BAD: "---\nid: 2024-01-09-01-01\ntitle: x\n\n正文\n"}, rf"{BAD}:1:1: "),
    "11 no front matter": ({BAD: "正文\n"}, rf"{BAD}:1:1: "),
    "12 empty file": ({BAD: ""}, rf"{BAD}:1:1: .*empty"),
    "15 GB18030": ({BAD: text().encode("gb18030")}, rf"{BAD}:\d+:\d+: .*GB18030"),
    "16 UTF-16": ({BAD: text().encode("utf-16")}, rf"{BAD}:\d+:\d+: .*UTF-16"),
    "17 truncated UTF-8": ({BAD: text().encode()[:-3]}, rf"{BAD}:\d+:\d+: "),
    "17 mixed encodings": ({BAD: text().encode() + "国际新闻".encode("gb18030")}, rf"{BAD}:\d+:\d+: "),
    "18 NUL": ({BAD: text(body="正\0文")}, rf"{BAD}:7:2: "),
    "18 control character": ({BAD: text(body="正\x07文")}, rf"{BAD}:7:2: "),
    "29 javascript link": ({BAD: text(body="[看](javascript:alert(1))")}, rf"{BAD}:7:\d+: .*javascript"),
    "31 parent folder in an id": ({BAD: text("id: ../../x\ntitle: x\n")}, rf"{BAD}:2:\d+: "),
    "31 encoded parent folder in an id": ({BAD: text("id: a%2e%2e%2fx\ntitle: x\n")}, rf"{BAD}:2:\d+: "),
    "31 parent folder in a section": ({"site.yaml": "title: x\nsections: [../要闻]\n"}, r"site\.yaml:2:\d+: "),
    "33 the same id twice": ({"articles/2024/two.md": article(1)[1]}, r"articles/2024/two\.md:2:5: .*2024-01-01-01-02"),
    "34 ids that differ in case": (
        {
            "articles/a.md": text("id: 2024-01-09-A01-01\ntitle: x\n"),
            "articles/b.md": text("id: 2024-01-09-a01-01\ntitle: y\n"),
        },
        r"articles/a\.md:2:5: .*articles/b\.md",
    ),
    "35 a reserved name": ({"articles/2024/CON.md": text()}, r"articles/2024/CON\.md:1:1: .*Windows"),
    "35 a reserved id": ({BAD: text("id: nul\ntitle: x\n")}, rf"{BAD}:2:\d+: "),
    "36 an id over 255 bytes": ({BAD: text(f"id: {'a' * 300}\ntitle: x\n")}, rf"{BAD}:2:\d+: "),
    "37 merge markers": ({BAD: text(body="<<<<<<< ours\n一\n=======\n二\n>>>>>>> theirs")}, rf"{BAD}:7:1: "),
    "45 a template that cannot be read": ({"templates/404.html": "一\n{% if %}\n"}, r"templates/404\.html:2:1: "),
    "45 a template that fails": ({"templates/404.html": "一\n\n{{ 1 / 0 }}\n"}, r"templates/404\.html:3:1: "),
    "45 a template that is not UTF-8": (
        {"templates/404.html": "<p>\n错</p>\n".encode("gb18030")},
        r"templates/404\.html:2:1: .*not UTF-8 text;",
    ),
    "48 an empty scan": ({"scans/2024-05-01/01.txt": ""}, r"scans/2024-05-01/01\.txt:.*empty"),
    "48 a PDF": ({"scans/2024-05-01/01.txt": b"%PDF-1.7\n\x80\x81"}, r"scans/2024-05-01/01\.txt:.*PDF"),
    "48 a web page": (
        {"scans/2024-05-01/01.txt": "<!DOCTYPE html>\n<html><body><p>新闻</p></body></html>\n"},
        r"scans/2024-05-01/01\.txt:.*HTML",
    ),
    "48 binary": ({"scans/2024-05-01/01.txt": bytes(range(256)) * 20}, r"scans/2024-05-01/01\.txt:"),
}


@pytest.mark.parametrize("name", ERRORS)
def test_an_error_is_told_and_nothing_is_touched(name: str, root: Path, build: Build) -> None:
    files, expected = ERRORS[name]
    write(root, files)
    before, site = sources(root), tree(root / "public")
    status, said = build()
    assert status == 1, said
    lines = [line for line in said.splitlines() if re.match(expected, line)]
    assert lines, f"{expected!r} is not in:\n{said}"
    assert all(";" in line for line in lines), "what to do instead"
    assert "Traceback" not in said
    assert tree(root / "public") == site
    assert sources(root) == before


@pytest.mark.parametrize("name", [name for name in ERRORS if not name.startswith(("31 parent folder in a s", "45"))])
def test_keep_going_publishes_the_rest_and_still_fails(name: str, root: Path, build: Build) -> None:
    files, expected = ERRORS[name]
    write(root, {**files, **dict([article(7)])})
    status, said = build("--keep-going")
    assert status == 1
    assert re.search(f"(?m)^{expected}", said)
    assert (root / "public/2024/01/01/02/03/index.html").is_file(), said
    assert (root / "public/2024/01/01/01/01/index.html").is_file()


def test_a_fault_in_a_template_of_every_page_is_said_once(root: Path, build: Build) -> None:
    write(root, {"templates/end.html": "一\n{{ 1 / 0 }}\n", "templates/logo.png": b"\x89PNG\xff\xfe"})
    status, said = build()
    assert status == 1
    assert said.count("templates/end.html:2:1: ") == 1, said
    assert "logo.png" not in said


WARNINGS: dict[str, tuple[Mapping[str, str | bytes], str]] = {
    "6 a date in the future": (
        {BAD: text("id: 2024-01-09-01-01\ntitle: x\ndate: 2924-01-01\n")},
        rf"{BAD}:4:\d+: warning: ",
    ),
    "6 before the first issue": (
        {
            "site.yaml": "title: x\nfirst_issue: 2000-01-01\n",
            BAD: text("id: 2024-01-09-01-01\ntitle: x\ndate: 1999-12-31\n"),
        },
        rf"{BAD}:4:\d+: warning: ",
    ),
    "8 unknown key": ({BAD: text(FRONT + "reportor: 林晓\n")}, rf"{BAD}:5:\d+: warning: .*reporter"),
    "8 unknown Chinese key": ({BAD: text(FRONT + "记着: 林晓\n")}, rf"{BAD}:5:\d+: warning: .*reporter"),
    "15 a scan in GB18030": (
        {"scans/2024-05-01/01.txt": "海港开工了\n　　本报讯（记者 林晓）海港今日开工。\n".encode("gb18030")},
        r"scans/2024-05-01/01\.txt:.*warning: .*GB18030",
    ),
    "19 bidirectional controls": (
        {BAD: text("id: 2024-01-09-01-01\ntitle: 好\u202e标题\n")},
        rf"{BAD}:3:\d+: warning: ",
    ),
}


@pytest.mark.parametrize("name", WARNINGS)
def test_a_warning_is_told_and_the_site_is_built(name: str, root: Path, build: Build) -> None:
    files, expected = WARNINGS[name]
    write(root, files)
    status, said = build()
    assert status == 0, said
    assert re.search(f"(?m)^{expected}", said), f"{expected!r} is not in:\n{said}"
    assert not [path for path, data in tree(root / "public").items() if "\u202e".encode() in data]


FORGIVEN: dict[str, tuple[str | bytes, str]] = {
    "5 a sloppy date": (text("id: 2024-01-09-01-01\ntitle: x\ndate: 2021/12/7\n"), "2021年12月7日"),
    "5 a Chinese date": (text("id: 2024-01-09-01-01\ntitle: x\ndate: 2021年12月7日\n"), "2021年12月7日"),
    "7 a lost title under review": (text("id: 2024-01-09-01-01\ntitle:\nreview: [title]\n"), "正文一段。"),
    "13 BOM": ("\ufeff" + text("id: 2024-01-09-01-01\ntitle: 有记号\n"), "有记号"),
    "14 CRLF": (text("id: 2024-01-09-01-01\ntitle: 回车\n").replace("\n", "\r\n"), "回车"),
    "20 a zero-width character in a key": (text("id: 2024-01-09-01-01\nti\u200btle: 隐身\n"), "隐身"),
    "21 U+2028 and U+0085": (text("id: 2024-01-09-01-01\ntitle: 换行\n", "一段\u2028二段\x85三段"), "换行"),
    "27 script in the title": (
        text("id: 2024-01-09-01-01\ntitle: <script>alert(1)</script>\n"),
        "&lt;script&gt;alert(1)",
    ),
    "27 script in the body": (
        text("id: 2024-01-09-01-01\ntitle: x\n", "<script>alert(1)</script>"),
        "&lt;script&gt;alert(1)",
    ),
    "28 the end of a script in data": (text("id: 2024-01-09-01-01\ntitle: 甲</script>乙\n"), "甲&lt;/script&gt;乙"),
}


@pytest.mark.parametrize("name", FORGIVEN)
def test_what_is_sloppy_or_hostile_is_shown_as_text(name: str, root: Path, build: Build) -> None:
    data, expected = FORGIVEN[name]
    write(root, {BAD: data})
    before = sources(root)
    status, said = build()
    assert status == 0, said
    assert sources(root) == before, "what is forgiven is left as it was written"
    pages = tree(root / "public")
    assert any(
        expected.encode() in page for path, page in pages.items() if path.endswith("01/09/01/01/index.html")
    ) or any(expected.encode() in page for path, page in pages.items() if path.endswith("index.html"))
    assert not any(b"<script>alert" in page for path, page in pages.items() if path.endswith((".html", ".xml")))


def test_bom_and_line_ends_are_kept_when_a_file_is_written_again(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = ("\ufeff" + text(FRONT + "reporter: [林晓]\n")).replace("\n", "\r\n").encode()
    write(root, {BAD: given})
    assert main(["rename", "--root", str(root), "reporter", "林晓", "林小晓"]) == 0
    assert (root / BAD).read_bytes() == given.replace("林晓".encode(), "林小晓".encode())


def test_15_fix_encoding_rewrites(root: Path, build: Build) -> None:
    write(root, {BAD: text().encode("gb18030")})
    assert build()[0] == 1
    assert main(["check", "--root", str(root), "--fix-encoding"]) == 0
    assert (root / BAD).read_text("utf-8") == text()
    assert build()[0] == 0


BOMBS: dict[str, str] = {
    "22 alias bomb": "id: 2024-01-09-01-01\ntitle: x\na: &a [x, x]\n"
    + "".join(f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)),
    "23 five thousand deep": "id: 2024-01-09-01-01\ntitle: " + "[" * 5000 + "]" * 5000 + "\n",
    "24 a python tag": 'id: 2024-01-09-01-01\ntitle: !!python/object/apply:os.system ["touch /tmp/jianbao-was-here"]\n',
    "25 twenty thousand brackets": "",
}

_MEASURED = (
    "import resource, runpy, sys; sys.argv = sys.argv[1:]\n"
    "resource.setrlimit(resource.RLIMIT_AS, (1_200_000_000, 1_200_000_000))\n"
    "try: runpy.run_path(sys.argv[0], run_name='__main__')\n"
    # VmHWM begins anew with the program; ru_maxrss would still hold the peak of the tests that started it.
    "finally: print('MB', int(open('/proc/self/status').read().split('VmHWM:')[1].split()[0]) // 1024)\n"
)


@pytest.mark.parametrize("name", BOMBS)
def test_bombs_are_refused_in_little_memory_and_do_end(name: str, root: Path) -> None:
    site = tree(root / "public")
    write(root, {BAD: text(BOMBS[name]) if BOMBS[name] else text(body="[" * 20_000)})
    done = subprocess.run(
        [sys.executable, "-c", _MEASURED, *command("build", "--root", root, "--no-search", "--lang", "en")[1:]],
        env=environment(), capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert done.returncode == 1, done.stderr
    assert re.search(rf"(?m)^{BAD}:\d+:\d+: ", done.stderr), done.stderr
    assert int(done.stdout.split("MB")[1]) < 200
    assert tree(root / "public") == site
    assert not Path("/tmp/jianbao-was-here").exists()


@pytest.mark.parametrize("path", ["articles/2024/huge.md", "scans/2024-05-01/01.txt"])
def test_26_a_file_of_a_hundred_megabytes(path: str, root: Path, build: Build) -> None:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    with (root / path).open("wb") as file:
        file.truncate(100_000_000)
    site = tree(root / "public")
    status, said = build()
    assert status == 1
    assert re.search(rf"(?m)^{path}:1:1: .*100\.0 MB.*limit", said), said
    assert tree(root / "public") == site


def test_32_a_link_out_of_the_archive(root: Path, tmp_path: Path, build: Build) -> None:
    (tmp_path / "secret.md").write_text(text(), "utf-8")
    (root / "articles/2024/link.md").symlink_to(tmp_path / "secret.md")
    (root / "articles/elsewhere").symlink_to(tmp_path)
    status, said = build()
    assert status == 1
    assert "articles/2024/link.md:1:1: " in said and "articles/elsewhere:1:1: " in said
    (root / "articles/elsewhere").unlink()
    (root / "articles/2024/link.md").unlink()
    (root / "articles/2024/inside.md").symlink_to(root / article(1)[0])
    assert "articles/2024/inside.md" in build()[1], "a link inside is read: here it doubles an id"


def test_33_and_34_every_file_of_a_collision_is_named(root: Path, build: Build) -> None:
    write(root, {"articles/2024/two.md": article(1)[1]})
    _, said = build()
    assert f"{article(1)[0]}:2:5: " in said and "articles/2024/two.md:2:5: " in said


def test_36_no_generated_name_is_too_long_or_reserved(root: Path, build: Build) -> None:
    write(root, {BAD: text(FRONT + f"reporter: [{'很长的名字' * 60}, CON]\nsection: ../x\n")})
    status, said = build()
    assert status == 1
    assert f"{BAD}:5:" in said and "255" in said and "Windows" in said and f"{BAD}:6:" in said
    long = "很长的名字" * 16  # 240 bytes: a name that a file system can just hold, but not with more to it
    write(root, {BAD: text(FRONT + f"reporter: [{long}, Ann, ANN]\nsection: {long}\ntags: ['{long}']\n")})
    status, said = build()
    assert status == 0, said
    names = {part for path in tree(root / "public") for part in path.split("/")}
    assert all(len(name.encode()) <= 255 for name in names)
    assert not {name for name in names if name.casefold() in ("con", "nul", "..", ".")}
    folded = [path.casefold() for path in tree(root / "public")]
    assert len(folded) == len(set(folded)), "no two outputs that a file system may take for one"


def test_38_what_systems_and_editors_leave_is_ignored(root: Path, build: Build) -> None:
    junk = ("x.md~", ".x.md.swp", "Thumbs.db", ".DS_Store", "#x.md#", "~$x.md", "x.md.bak", "desktop.ini")
    site = tree(root / "public")
    write(root, {f"{folder}/{name}": b"\0junk" for folder in ("articles/2024", "scans") for name in junk})
    status, said = build()
    assert status == 0 and tree(root / "public") == site, said


def test_39_a_file_that_vanishes_during_the_build(root: Path, build: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    write(root, {BAD: text()})
    site = tree(root / "public")
    read = Root.read

    def vanishing(self: Root, relative: str, limit: int | None = None) -> bytes:
        data = read(self, relative, limit)
        if relative == BAD:
            (root / BAD).unlink()
        return data

    monkeypatch.setattr(Root, "read", vanishing)
    status, said = build()
    assert status == 1 and re.search(rf"(?m)^{BAD}:1:1: .*vanished", said), said
    assert tree(root / "public") == site


@pytest.mark.parametrize("options", [(), ("--keep-going",)])
def test_40_an_unreadable_file(
    root: Path, build: Build, monkeypatch: pytest.MonkeyPatch, options: tuple[str, ...]
) -> None:
    write(root, {BAD: text()})
    site = tree(root / "public")
    read = Root.read

    def denied(self: Root, relative: str, limit: int | None = None) -> bytes:
        if relative == BAD:
            raise PermissionError(13, "Permission denied", relative)
        return read(self, relative, limit)

    monkeypatch.setattr(Root, "read", denied)
    status, said = build(*options)
    assert status == 1 and re.search(rf"(?m)^{BAD}:1:1: .*permission", said), said
    assert (f"left out: {BAD}" in said) == bool(options)
    assert options or tree(root / "public") == site


@pytest.mark.parametrize("out", ["articles", "articles/site", "scans", "templates", "static", ".jianbao/x", "."])
def test_44_the_output_may_not_lie_over_the_archive(root: Path, build: Build, out: str) -> None:
    before = sources(root)
    status, said = build("--out", str(root / out))
    assert status == 1 and "--out" in said
    assert sources(root) == before


def test_44_foreign_files_in_the_output(root: Path, build: Build, tmp_path: Path) -> None:
    out = tmp_path / "www"
    write(out, {"holiday.jpg": b"mine", ".git/HEAD": b"ref: refs/heads/main"})
    status, said = build("--out", str(out))
    assert status == 1 and "holiday.jpg" in said
    assert tree(out) == {"holiday.jpg": b"mine", ".git/HEAD": b"ref: refs/heads/main"}
    site = tree(root / "public")
    write(root, {"public/mine.html": b"mine"})
    write(root, dict([article(9)]))
    status, said = build()
    assert status == 1 and "mine.html" in said
    assert tree(root / "public") == {**site, "mine.html": b"mine"}, "what was made meanwhile is not published"
    (root / "public/mine.html").unlink()
    assert build()[0] == 0
    again = tree(root / "public")
    assert again != site
    assert build("--full")[0] == 0 and tree(root / "public") == again


def test_46_a_renamed_reporter_and_section_redirect(root: Path, build: Build) -> None:
    write(root, {BAD: text(FRONT + "reporter: [江一苇]\nsection: 旧版\n")})
    assert build()[0] == 0
    assert main(["rename", "--root", str(root), "reporter", "江一苇", "江之苇"]) == 0
    assert main(["rename", "--root", str(root), "section", "旧版", "新版"]) == 0
    status, said = build()
    assert status == 0, said
    assert "江之苇" in (root / "public/reporters/江一苇/index.html").read_text("utf-8")
    assert "新版" in (root / "public/sections/旧版/index.html").read_text("utf-8")


def test_47_an_empty_archive_never_replaces_a_full_one(root: Path, build: Build) -> None:
    site = tree(root / "public")
    for path in (root / "articles").rglob("*.md"):
        path.unlink()
    status, said = build()
    assert status == 1 and "no article" in said
    assert build("--keep-going")[0] == 1
    assert tree(root / "public") == site


def test_the_last_good_page_of_a_broken_article_stays(root: Path, build: Build) -> None:
    path, good_text = article(1)
    page = (root / "public/2024/01/01/01/02/index.html").read_bytes()
    write(root, {path: good_text.replace("title: ", "title: [") + "坏掉的新段落。\n", **dict([article(8)])})
    status, said = build("--keep-going")
    assert status == 1 and f"{path}:3:" in said
    assert (root / "public/2024/01/01/01/02/index.html").read_bytes() == page
    assert (root / "public/2024/01/01/02/04/index.html").is_file()
    assert build("--keep-going")[0] == 1, "and it is told again as long as it is not mended"


@pytest.mark.parametrize("forgetting", ["--full", "caches deleted"])
def test_the_last_good_page_stays_though_nothing_is_remembered(root: Path, build: Build, forgetting: str) -> None:
    path, good_text = article(1)
    page = (root / "public/2024/01/01/01/02/index.html").read_bytes()
    write(root, {path: good_text.replace("title: ", "title: [")})
    if forgetting == "--full":
        status, said = build("--keep-going", "--full")
    else:
        shutil.rmtree(root / ".jianbao")
        status, said = build("--keep-going")
    assert status == 1 and f"left out: {path}" in said
    for _ in range(2):
        assert (root / "public/2024/01/01/01/02/index.html").read_bytes() == page
        assert build("--keep-going")[0] == 1
    write(root, {path: good_text})
    assert build()[0] == 0
    (root / path).unlink()
    assert build()[0] == 0
    assert not (root / "public/2024/01/01/01/02").exists()


def test_damage_that_is_met_late_leaves_nothing_out_twice(
    root: Path, build: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(root, {BAD: text().replace("title: ", "title: [", 1)})
    run, calls = Publishing.run, iter([True])

    def damaged_once(self: Publishing) -> str:
        if next(calls, False):
            raise sqlite3.DatabaseError("database disk image is malformed")
        return run(self)

    monkeypatch.setattr(Publishing, "run", damaged_once)
    status, said = build("--keep-going")
    assert status == 1
    assert said.count(f"left out: {BAD}") == 1, said


def test_in_another_folder_there_is_no_last_good_page(root: Path, build: Build, tmp_path: Path) -> None:
    path, good_text = article(1)
    write(root, {path: good_text.replace("title: ", "title: [")})
    status, said = build("--keep-going", "--out", str(tmp_path / "elsewhere"))
    assert status == 1
    assert "changed during the build" not in said
    assert f"left out: {path}" in said
    assert (tmp_path / "elsewhere/2024/01/01/01/01/index.html").is_file()
    assert not (tmp_path / "elsewhere/2024/01/01/01/02").exists()


def test_all_errors_are_told_at_once(root: Path, build: Build) -> None:
    write(
        root, {"articles/x.md": "", "articles/y.md": text("title: x\n"), "site.yaml": "title: x\nlanguage: klingon\n"}
    )
    assert "site.yaml:2:" in build()[1]
    write(root, {"site.yaml": "title: x\n"})
    _, said = build()
    assert "articles/x.md:1:1: " in said and "articles/y.md:2:" in said
