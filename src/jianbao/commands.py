"""What each sub-command does: calls one function of the house, says what came of it, gives the exit status."""

from __future__ import annotations

import argparse
import errno
import json
import sys
from pathlib import Path

from jianbao.problems import Language, Problem, Words, has_errors, in_order
from jianbao.progress import Terminal
from jianbao.store import Root


def run_build(options: argparse.Namespace, language: Language) -> int:
    """`build`: everything, from new scans to the published site."""
    from jianbao.build import Options, build

    root = _root(options)
    wanted = Options(
        out=options.out.absolute() if options.out else None,
        keep_going=options.keep_going,
        jobs=options.jobs,
        full=options.full,
        search=not options.no_search,
    )
    report = build(root, wanted, Terminal())
    _show(report.problems, language)
    for path in report.left_out:
        _say(Words(f"未收入：{path}", f"left out: {path}"), language)
    if report.unchanged:
        _say(Words("没有变化，网站已是最新。", "Nothing changed; the site is up to date."), language)
    elif report.published:
        home = _shown(wanted.out or root.folder / "public")
        zh = f"完成：{report.issues} 期 {report.articles} 篇文章；导入 {report.imported} 篇，"
        zh += f"写入 {report.written} 个文件，删除 {report.removed} 个。打开 {home}"
        en = f"Done: {report.issues} issues, {report.articles} articles; {report.imported} imported, "
        en += f"{report.written} files written, {report.removed} removed. Open {home}"
        _say(Words(zh, en), language)
    else:
        _say(Words("没有发布，已发布的网站保持原样。", "Not published; the published site stays as it was."), language)
    return 1 if has_errors(report.problems) else 0


def run_parse(options: argparse.Namespace, language: Language) -> int:
    """`parse`: what the parser reads in pages; nothing is written."""
    from jianbao.encoding import decode_scan
    from jianbao.reading.as_json import page_json
    from jianbao.reading.page import read_page

    problems: list[Problem] = []
    for name in options.pages:
        try:
            data = Path(name).read_bytes()
        except OSError as failure:
            _say(Words(*[f"{name}: {explain(failure, one)}" for one in ("zh", "en")]), language)
            problems.append(_unread(name))
            continue
        text, found = decode_scan(data, name)
        _show(found, language)
        problems += found
        if text is None:
            continue
        page = read_page(text, name)
        if options.json:
            print(json.dumps(page_json(page), ensure_ascii=False), flush=True)
        else:
            print(_readable(page_json(page)))
    return 1 if has_errors(problems) else 0


def explain(failure: OSError, language: Language) -> str:
    """A system error in words for the person at the terminal."""
    place = f"{failure.filename}: " if failure.filename else ""
    known = {
        errno.ENOSPC: Words("磁盘已满，腾出空间后再运行一次", "the disk is full; make room and run again"),
        errno.EDQUOT: Words("磁盘配额已用完", "the disk quota is used up"),
        errno.EFBIG: Words("文件超过系统允许的大小", "the file is larger than the system allows"),
        errno.EACCES: Words("没有权限", "no permission"),
        errno.EROFS: Words("文件系统只读", "the file system is read-only"),
        errno.ENOENT: Words("没有这个文件或文件夹", "no such file or folder"),
        errno.EADDRINUSE: Words("端口已被占用，请用 --port 换一个", "the port is taken; choose another with --port"),
    }
    words = known.get(failure.errno or 0)
    return place + (words[language] if words else failure.strerror or str(failure))


def _readable(page: dict[str, object]) -> str:
    """A page for the eye: one block an article."""
    out = [f"# {page['source']}　{page['date'] or '日期不明'}　第 {page['page'] or '?'} 版　{page['section'] or ''}"]
    articles = page["articles"]
    assert isinstance(articles, list)
    for article in articles:
        people = "、".join(f"{one['role'] or ''} {one['name']}".strip() for one in article["byline"])
        marks = f"　【待核：{'、'.join(article['review'])}】" if article["review"] else ""
        first, last = article["lines"]
        out += ["", f"## {article['headline'] or '（无标题）'}{marks}　L{first}–L{last}"]
        out += [f"引题：{article['kicker']}"] if article["kicker"] else []
        out += [f"副题：{article['subhead']}"] if article["subhead"] else []
        out += [f"署名：{people}"] if people else []
        out += [f"　　{paragraph}" for paragraph in article["paragraphs"]]
        out += [f"图注：{caption}" for caption in article["captions"]]
    for key, name in (("furniture", "版面信息"), ("unassigned", "未归入")):
        lines = page[key]
        assert isinstance(lines, list)
        out += ["", f"{name}：", *(f"　{line}" for line in lines)] if lines else []
    return "\n".join(out)


def _unread(path: str) -> Problem:
    from jianbao.problems import error

    return error(path, 0, 0, "无法读取", "cannot be read", code="unreadable")


def _root(options: argparse.Namespace) -> Root:
    folder: Path = options.root
    if not folder.is_dir():
        raise NotADirectoryError(errno.ENOENT, "", str(folder))
    return Root(folder)


def _show(problems: list[Problem], language: Language) -> None:
    for problem in in_order(problems):
        print(problem.text(language), file=sys.stderr)


def _say(words: Words, language: Language) -> None:
    print(words[language], file=sys.stderr)


def _shown(folder: Path) -> str:
    path = folder / "index.html"
    try:
        return path.relative_to(Path.cwd()).as_posix()
    except ValueError:
        return str(path)
