"""The command line as the contract has it: commands, exit statuses, languages, and every command documented."""

import argparse
import contextlib
import errno
import json
import os
import re
from dataclasses import fields
from pathlib import Path

import pytest

import making
from jianbao.cli import main, make_parser
from jianbao.commands.terminal import explain
from jianbao.config import Config
from jianbao.folder.lock import locked
from jianbao.search.index import SearchIndex

REPOSITORY = Path(__file__).parents[1]
PAGE = """鹭汀新报
2024年3月29日　星期五
第01版 要闻

■记者 苏远山

本报讯 三月二十八日，柳渡街道的渡口换上
了新的木栈桥，往来两岸的居民又可以步行过
河了。

栈桥长四十二米，桥面铺的是从旧船厂拆下的
老船板，走上去咯吱作响。

柳渡口换上新栈桥
"""


def subcommands() -> dict[str, argparse.ArgumentParser]:
    action = next(one for one in make_parser()._actions if isinstance(one, argparse._SubParsersAction))
    return dict(action.choices)


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    (tmp_path / "scans/2024-03-29").mkdir(parents=True)
    (tmp_path / "scans/2024-03-29/01-要闻.txt").write_text(PAGE, "utf-8")
    (tmp_path / "site.yaml").write_text("title: 鹭汀新报\n", "utf-8")
    return tmp_path


def article(archive: Path) -> Path:
    (found,) = (archive / "articles").rglob("*.md")
    return found


def test_every_command_stands_in_the_readme_and_has_help(capsys: pytest.CaptureFixture[str]) -> None:
    readme = (REPOSITORY / "README.md").read_text("utf-8")
    table = readme[readme.index("## 命令 Commands") :]
    for name in subcommands():
        assert re.search(rf"`{name}\b", table), f"{name} is not in the README"
        with pytest.raises(SystemExit) as left:
            main([name, "--help"])
        assert left.value.code == 0
        assert re.search(r"[\u4e00-\u9fff]", capsys.readouterr().out), "help is Chinese first"


def test_the_readme_shows_a_message_as_it_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shown = re.search(r"articles/\S+\.md:\d+:\d+: .*", (REPOSITORY / "README.md").read_text("utf-8"))
    assert shown
    (tmp_path / "site.yaml").write_text("title: 临河晚报\n", "utf-8")
    path = tmp_path / shown[0].partition(":")[0]
    path.parent.mkdir(parents=True)
    path.write_text(f"---\nid: {path.stem}\ntitle: 渡口\ndate: 2024-02-30\n---\n\n渡口。\n", "utf-8")
    assert main(["check", "--root", str(tmp_path), "--lang", "zh"]) == 1
    said = capsys.readouterr()
    assert said.out == f"{shown[0]}\n", "what check finds is its result"
    assert "1 处错误" in said.err


def test_check_knows_what_a_build_would_say(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = making.archive(tmp_path / "a", 2)
    making.write(root, {"redirects.yaml": "reporter:\n  无此人: 也无此人\n", "templates/404.html": "{% if %}\n"})
    assert main(["check", "--root", str(root), "--lang", "zh"]) == 1
    said = capsys.readouterr().out
    assert re.search(r"(?m)^redirects\.yaml:.*无此人", said)
    assert re.search(r"(?m)^templates/404\.html:1:", said)


def test_every_setting_is_documented() -> None:
    table = (REPOSITORY / "README.md").read_text("utf-8").partition("## 设置")[2].partition("\n## ")[0]
    for setting in fields(Config):
        assert f"`{setting.name}`" in table or setting.name == "digest", f"{setting.name} is not in the README"


def test_the_commands_of_the_contract_are_there() -> None:
    assert {"build", "parse", "import", "check", "serve", "review", "new"} <= set(subcommands())


def test_wrong_usage_is_2(capsys: pytest.CaptureFixture[str]) -> None:
    for words in (["nonsense"], ["build", "--jobs", "0"], ["parse"], ["new", "--date", "2024-01-01"]):
        with pytest.raises(SystemExit) as left:
            main(words)
        assert left.value.code == 2
    capsys.readouterr()


def test_no_command_means_build_and_a_second_run_does_nothing(
    archive: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--root", str(archive), "--lang", "zh", "--jobs", "1"]) == 0
    assert "1 期 1 篇" in capsys.readouterr().err
    assert (archive / "public/2024/03/29/01/01/index.html").exists()
    assert main(["build", "--root", str(archive), "--lang", "zh"]) == 0
    assert "没有变化" in capsys.readouterr().err
    assert main(["--lang", "en", "--root", str(archive), "build"]) == 0
    assert "Nothing changed" in capsys.readouterr().err


def test_faults_are_1_and_the_site_stays(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--root", str(archive)]) == 0
    home = archive / "public/index.html"
    before = home.read_bytes()
    path = article(archive)
    path.write_text(
        path.read_text("utf-8").replace("2024-03-29", "2024-02-30", 2).replace("id: 2024-02-30", "id: 2024-03-29"),
        "utf-8",
    )
    capsys.readouterr()
    assert main(["--root", str(archive), "--lang", "zh"]) == 1
    said = capsys.readouterr().err
    assert re.search(r"^articles/2024/2024-03-29-01-01\.md:\d+:\d+: .*2024-02-30", said, re.M)
    assert home.read_bytes() == before
    assert main(["check", "--root", str(archive), "--json", "--lang", "en"]) == 1
    (fault,) = json.loads(capsys.readouterr().out)
    assert fault["path"] == "articles/2024/2024-03-29-01-01.md" and fault["line"] > 1 and fault["severity"] == "error"


def test_parse_writes_nothing_and_prints_one_object_a_page(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    scan = archive / "scans/2024-03-29/01-要闻.txt"
    assert main(["parse", "--json", str(scan), str(scan)]) == 0
    out = capsys.readouterr().out.splitlines()
    assert len(out) == 2
    page = json.loads(out[0])
    assert (page["date"], page["page"], page["section"]) == ("2024-03-29", 1, "要闻")
    (one,) = page["articles"]
    assert one["headline"] == "柳渡口换上新栈桥" and one["byline"] == [{"role": "记者", "name": "苏远山"}]
    assert not (archive / "articles").exists()
    assert main(["parse", str(scan)]) == 0
    assert "## 柳渡口换上新栈桥" in capsys.readouterr().out
    assert main(["parse", "--json", str(archive / "no.txt")]) == 1


def test_import_takes_pages_and_folders_of_pages_and_says_what_is_neither(
    archive: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = ["--root", str(archive), "--lang", "zh"]
    for name in ("no.txt", "/etc/passwd", "site.yaml", "scans/2031-01-01", "../scans/x.txt"):
        assert main(["import", *root, name]) == 1
        said = capsys.readouterr()
        assert f"{name}:1:1: 这里没有版面文本；写 scans/" in said.err and not said.out
    assert not (archive / "articles").exists()
    assert main(["import", *root, "scans/2024-03-29"]) == 0
    assert capsys.readouterr().out.split() == ["articles/2024/2024-03-29-01-01.md"]
    (scan,) = (archive / "scans").rglob("*.txt")
    assert main(["import", *root, "--again", str(scan)]) == 0
    assert "写入 0 篇文章" in capsys.readouterr().err


def test_the_desk(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = ["--root", str(archive), "--lang", "zh"]
    assert main(["import", *root]) == 0
    assert capsys.readouterr().out.split() == ["articles/2024/2024-03-29-01-01.md"]
    assert main(["split", *root, "2024-03-29-01-01", "--at", "栈桥长四十二米"]) == 0
    assert main(["new", *root, "--date", "2024-03-29", "--title", "补记一篇", "--page", "2"]) == 0
    assert main(["join", *root, "2024-03-29-01-01", "2024-03-29-01-02"]) == 0
    assert main(["rename", *root, "reporter", "苏远山", "苏远珊", "--dry-run"]) == 0
    assert "+reporter: [苏远珊]" in capsys.readouterr().out.replace("记者 ", "")
    assert main(["rename", *root, "reporter", "苏远山", "苏远珊"]) == 0
    assert "苏远珊" in (archive / "articles/2024/2024-03-29-01-01.md").read_text("utf-8")
    assert main(["review", *root, "--json"]) == 0
    capsys.readouterr()
    assert main(["check", *root]) == 0
    assert main(["build", *root]) == 0
    assert main(["search", *root, "老船板", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["total"] == 1 and found["results"][0]["id"] == "2024-03-29-01-01"


def test_a_missing_archive_folder_is_said_plainly(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["build", "--root", str(tmp_path / "nowhere"), "--lang", "zh"]) == 2
    said = capsys.readouterr().err
    assert "nowhere" in said and "Traceback" not in said


@pytest.mark.parametrize(
    ("code", "zh", "en"),
    [
        (
            errno.EACCES,
            "没有权限；让它可读可写，再运行一次",
            "no permission; make it readable and writable and run again",
        ),
        (errno.ENOSPC, "磁盘已满；腾出空间，再运行一次", "the disk is full; make room and run again"),
        (errno.EIO, f"{os.strerror(errno.EIO)}；看看", f"{os.strerror(errno.EIO)}; see"),
    ],
)
def test_what_the_system_refuses_is_a_fault_of_the_file(tmp_path: Path, code: int, zh: str, en: str) -> None:
    inside = OSError(code, os.strerror(code), str(tmp_path / "articles/2024/2024-03-08-01-01.md"))
    assert explain(inside, "zh", tmp_path).startswith(f"articles/2024/2024-03-08-01-01.md:1:1: {zh}")
    assert explain(inside, "en", tmp_path).startswith(f"articles/2024/2024-03-08-01-01.md:1:1: {en}")
    elsewhere = OSError(code, os.strerror(code), str(tmp_path))
    assert explain(elsewhere, "zh", tmp_path / "a").startswith(f"出错：{tmp_path}: {zh}")
    cache = OSError(code, os.strerror(code), str(tmp_path / ".jianbao/lock"))
    assert explain(cache, "zh", tmp_path).startswith(f"出错：{tmp_path}/.jianbao/lock: {zh}")
    assert explain(OSError(code, os.strerror(code)), "en", tmp_path).startswith(f"error: {en}")


def test_a_renaming_that_finds_faults_says_that_it_did_nothing(
    archive: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["import", "--root", str(archive)])
    broken = archive / "articles/2024/2024-03-29-01-02.md"
    broken.write_text("---\ntitle：柳树绿了\n---\n", "utf-8")
    capsys.readouterr()
    assert main(["rename", "section", "要闻", "头版", "--root", str(archive), "--lang", "zh"]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert "2024-03-29-01-02.md:2:" in said.err and "什么也没有改" in said.err
    broken.unlink()
    assert main(["rename", "section", "要闻", "头版", "--root", str(archive), "--lang", "zh"]) == 0
    assert capsys.readouterr().out == "articles/2024/2024-03-29-01-01.md\n"


def test_a_date_that_is_none_is_a_wrong_use(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new", "--root", str(tmp_path), "--date", "2024-02-31", "--title", "柳树绿了"]) == 2
    assert "2024-02-31" in capsys.readouterr().err
    assert not (tmp_path / "articles").exists()


def test_the_language_follows_the_environment(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    for setting, word in (
        ("en_US.UTF-8", "error"),
        ("zh_CN.UTF-8", "出错"),
        ("C.UTF-8", "出错"),
        ("de_DE", "error"),
        ("zh_TW.Big5", "出错"),
    ):
        monkeypatch.setenv("LANG", setting)
        assert main(["build", "--root", str(tmp_path / "nowhere")]) == 2
        assert word in capsys.readouterr().err


@pytest.mark.parametrize("words", [["serve", "--port", "99999"], ["serve", "--port", "x"], ["build", "--jobs", "x"]])
def test_a_number_that_is_none_is_a_wrong_use(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(words)
    assert left.value.code == 2
    assert "_po" not in capsys.readouterr().err, "no name of a function is shown"


def test_searching_waits_for_no_build(tmp_path: Path) -> None:
    """Beside a build a correction is found; it is weighed as soon as nobody else is at work."""
    root = making.archive(tmp_path / "a", 6)
    assert making.jianbao("build", "--root", root).returncode == 0
    making.write(root, dict([making.article(2, title="银杏书屋新近开张")]))
    assert making.jianbao("build", "--root", root).returncode == 0

    def waiting() -> int:
        with contextlib.closing(SearchIndex(root / ".jianbao/search")) as index:
            return len(index.ledger.unranked())

    assert waiting() == 1
    with locked(root / ".jianbao", lambda _: None):
        found = making.jianbao("search", "银杏书屋", "--root", root)
        assert found.returncode == 0 and "2024-01-01-01-03" in found.stdout, found.stderr
        assert waiting() == 1
    assert making.jianbao("search", "银杏书屋", "--root", root).returncode == 0
    assert waiting() == 0


@pytest.mark.parametrize(
    ("words", "status", "told"),
    [
        (["2024-01-01-01-99", "title"], 1, "2024-01-01-01-99"),
        (["2024-01-01-01-01", "biaoti"], 2, "biaoti"),
        (["2024-01-01-01-01", "标题"], 1, "title"),
    ],
)
def test_settling_what_there_is_not_says_which(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: list[str], status: int, told: str
) -> None:
    root = making.archive(tmp_path / "a", 1)
    assert main(["settle", *words, "--root", str(root)]) == status
    assert told in capsys.readouterr().err
