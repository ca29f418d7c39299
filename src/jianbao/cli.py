"""The command line: arguments, messages, exit status (0 done, 1 faults in the content, 2 wrong usage, 130 stopped)."""

from __future__ import annotations

import argparse
import atexit
import gc
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from jianbao import __version__
from jianbao.commands import archivist, editor
from jianbao.commands.terminal import NoArchiveError, explain, say
from jianbao.folder.lock import BusyError
from jianbao.problems import Language, Words

_RUN = {
    "build": archivist.run_build,
    "parse": archivist.run_parse,
    "serve": archivist.run_serve,
    "import": archivist.run_import,
    "search": archivist.run_search,
    "check": editor.run_check,
    "review": editor.run_review,
    "settle": editor.run_settle,
    "new": editor.run_new,
    "split": editor.run_split,
    "join": editor.run_join,
    "rename": editor.run_rename,
}
_EPILOG = """例 Examples:
  python build.py                       导入新版面并构建网站 import new pages, build the site
  python build.py serve                 本机预览，保存即刷新 preview on this machine
  python build.py review                待人工核对的条目 what waits for an editor
  python build.py parse scans/2024-03-08/01.txt --json"""


# At the end Python looks for circles among all that is left; there is no need to.
atexit.register(gc.freeze)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit status."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    parser = make_parser()
    options = parser.parse_args(_with_command(words))
    _speak_utf8()
    language = _language(options.lang)
    try:
        return int(options.run(options, language))
    except KeyboardInterrupt:
        say(Words("已中断", "interrupted"), language)
        return 130
    except BrokenPipeError:  # the reader of our output has gone, as `| head` does
        sys.stdout = open(os.devnull, "w")  # noqa: PTH123, SIM115
        return 0
    except BusyError as busy:
        zh, en = (
            f"出错：进程 {busy.holder} 一直在用这个档案，先等它结束",
            f"error: process {busy.holder} is at work here",
        )
        say(Words(zh, en), language)
        return 1
    except OSError as failure:
        print(explain(failure, language, options.root), file=sys.stderr)
        return 2 if isinstance(failure, NoArchiveError) else 1


def make_parser() -> argparse.ArgumentParser:
    """The parser with every sub-command; each sets `run(options, language)`."""
    parser = argparse.ArgumentParser(
        prog="jianbao",
        description="剪报：把报纸版面文本变成可检索的静态档案 — newspaper page text to a static, searchable archive",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"jianbao {__version__}")
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--root", type=Path, default=Path(), metavar="DIR", help="档案文件夹 the archive folder (.)")
    common.add_argument("--lang", choices=("zh", "en"), help="提示语言 language of messages (LANG)")
    building = argparse.ArgumentParser(add_help=False)
    building.add_argument("--out", type=Path, metavar="DIR", help="输出文件夹 output folder (public)")
    building.add_argument("--jobs", type=_positive, metavar="N", help="并行进程数 processes (one a core)")
    where = argparse.ArgumentParser(add_help=False)
    where.add_argument(
        "--executor",
        type=_executor,
        default="",
        metavar="WHERE",
        help="在哪里运行 where the work runs: serial, processes (默认 default), dask=tcp://HOST:PORT",
    )
    subparsers = parser.add_subparsers(dest="command", metavar="COMMAND")

    def command(name: str, help_: str, *parents: argparse.ArgumentParser) -> argparse.ArgumentParser:
        made = subparsers.add_parser(name, help=help_, description=help_, parents=[common, *parents])
        made.set_defaults(run=_RUN[name])
        return made

    build = command(
        "build", "导入、检查、构建、发布（默认命令） import, check, build, publish (the default)", building, where
    )
    build.add_argument("--keep-going", action="store_true", help="有错的文章留下旧版，其余照常发布 publish the rest")
    build.add_argument("--full", action="store_true", help="不用缓存，全部重做 do everything again")
    build.add_argument("--no-search", action="store_true", help="不建检索 leave the search out")
    parse = command("parse", "解析版面文本并打印，不写文件 what the parser reads in pages; writes nothing")
    parse.add_argument("pages", nargs="+", metavar="PAGE.txt")
    parse.add_argument("--json", action="store_true", help="每版一个 JSON 对象 one JSON object a page")
    imported = command("import", "把版面导入为文章，不构建 scans → articles, no building", where)
    imported.add_argument("pages", nargs="*", metavar="PAGE")
    imported.add_argument("--again", action="store_true", help="重新解析未变的版面并合并 parse unchanged pages anew")
    imported.add_argument("--jobs", type=_positive, metavar="N", help="并行进程数 processes (one a core)")
    serve = command("serve", "本机预览，保存即重建并刷新 preview on 127.0.0.1, rebuild on change", building)
    serve.add_argument("--port", type=_port, default=8000, metavar="N", help="端口 port (8000)")
    serve.add_argument("--open", action="store_true", help="打开浏览器 open the browser")
    check = command("check", "检查全部内容，不改文件 every fault in the content; changes nothing")
    check.add_argument("--json", action="store_true", help="JSON 输出 print JSON")
    check.add_argument("--fix", action="store_true", help="改正有把握的问题，先显示差异 mend what is certain")
    check.add_argument("--fix-encoding", action="store_true", help="把 GBK、UTF-16 文件改写为 UTF-8 rewrite as UTF-8")
    check.add_argument("--yes", action="store_true", help="不再询问 do not ask")
    review = command("review", "待人工核对的条目，最可疑的在前 what waits for an editor, most doubtful first")
    review.add_argument("--json", action="store_true", help="JSON 输出 print JSON")
    review.add_argument("--limit", type=_positive, metavar="N", help="只列前 N 条 the first N")
    settle = command("settle", "了结一处冲突，保留编辑的文字 settle a conflict: the editor's text stays")
    settle.add_argument("id", metavar="ID")
    settle.add_argument("field", metavar="FIELD", help="字段名，如 title、body the field")
    new = command("new", "新建一篇文章 a new article file with an id")
    new.add_argument("--date", required=True, metavar="YYYY-MM-DD", help="日期 date")
    new.add_argument("--title", required=True, help="标题 headline")
    new.add_argument("--page", default="", metavar="N", help="版 page")
    new.add_argument("--section", default="", help="栏目、版面名 section")
    split = command("split", "把一篇拆成两篇 split an article in two")
    split.add_argument("id", metavar="ID")
    split.add_argument("--at", required=True, metavar="TEXT", help="第二篇从这段文字开始 the second begins here")
    join = command("join", "把第二篇并入第一篇 join the second article to the first")
    join.add_argument("ids", nargs=2, metavar="ID")
    rename = command("rename", "全档案改名，旧地址转到新地址 rename in the whole archive, with redirects")
    rename.add_argument("kind", choices=("reporter", "section", "tag"))
    rename.add_argument("old")
    rename.add_argument("new")
    rename.add_argument("--dry-run", action="store_true", help="只显示将改什么 only show what would change")
    search = command("search", "在命令行检索 search on the command line")
    search.add_argument("query", nargs="+")
    search.add_argument("--limit", type=_positive, default=20, metavar="N")
    search.add_argument("--json", action="store_true", help="JSON 输出 print JSON")
    return parser


def _with_command(words: list[str]) -> list[str]:
    """No sub-command means `build`; --root and --lang may also stand before the sub-command."""
    if words and words[0] in ("-h", "--help", "--version"):
        return words
    at = 0
    while at < len(words) and words[at].split("=")[0] in ("--root", "--lang"):
        at += 1 if "=" in words[at] else 2
    if at < len(words) and not words[at].startswith("-"):
        return [words[at], *words[:at], *words[at + 1 :]]
    return ["build", *words]


def _executor(text: str) -> str:
    if text in ("", "serial", "processes") or (text.startswith("dask=") and len(text) > 5):
        return text
    raise argparse.ArgumentTypeError("serial, processes, dask=tcp://HOST:PORT")


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError("≥ 1")
    return int(text)


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) > 65535:
        raise argparse.ArgumentTypeError("0–65535")
    return int(text)


def _language(chosen: str | None) -> Language:
    setting = chosen or next(
        (os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), ""
    )
    name = setting.partition(".")[0].partition("_")[0]
    return "zh" if name in ("", "C", "POSIX", "zh") else "en"


def _speak_utf8() -> None:
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(encoding="utf-8", errors="backslashreplace")
