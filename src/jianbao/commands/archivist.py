"""What each sub-command does: calls one function of the house, says what came of it, gives the exit status."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from jianbao.commands.terminal import News, root_of, say, show, waiting_words
from jianbao.folder.layout import SEARCH, WORK
from jianbao.folder.lock import BusyError, locked
from jianbao.folder.store import Root
from jianbao.folder.unreadable import unreadable
from jianbao.problems import Language, Problem, Words, error, has_errors
from jianbao.work.progress import Terminal


def run_build(options: argparse.Namespace, language: Language) -> int:
    """`build`: everything, from new scans to the published site."""
    from jianbao.build import Options, build

    root = root_of(options)
    wanted = Options(
        out=options.out.absolute() if options.out else None,
        keep_going=options.keep_going,
        jobs=options.jobs,
        full=options.full,
        search=not options.no_search,
        executor=options.executor,
    )
    report = build(root, wanted, Terminal())
    show(report.problems, language)
    for path in report.left_out if report.published else ():
        say(Words(f"未收入：{path}", f"left out: {path}"), language)
    if report.unchanged or (report.published and not (report.written or report.removed or report.imported)):
        say(Words("没有变化，网站已是最新。", "Nothing changed; the site is up to date."), language)
    elif report.published:
        home = _shown(wanted.out or root.folder / "public")
        zh = f"完成：{report.issues} 期 {report.articles} 篇文章；导入 {report.imported} 篇，"
        zh += f"写入 {report.written} 个文件，删除 {report.removed} 个。打开 {home}"
        en = f"Done: {report.issues} issues, {report.articles} articles; {report.imported} imported, "
        en += f"{report.written} files written, {report.removed} removed. Open {home}"
        say(Words(zh, en), language)
    else:
        say(Words("没有发布，已发布的网站保持原样。", "Not published; the published site stays as it was."), language)
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
            problems.append(unreadable(name, failure))
            show(problems[-1:], language)
            continue
        text, found = decode_scan(data, name)
        show(found, language)
        problems += found
        if text is None:
            continue
        page = read_page(text, name)
        if options.json:
            print(json.dumps(page_json(page), ensure_ascii=False), flush=True)
        else:
            print(_readable(page_json(page)))
    return 1 if has_errors(problems) else 0


def run_import(options: argparse.Namespace, language: Language) -> int:
    """`import`: scans → articles, nothing is built."""
    from jianbao.building.importing import import_alone
    from jianbao.folder.lock import locked
    from jianbao.settings import load_config
    from jianbao.work.workers import choose

    root = root_of(options)
    config, problems = load_config(root)
    if config is None:
        show(problems, language)
        return 1
    pages, unknown = _scans(root, options.pages)
    problems += unknown
    with locked(root.path(WORK), lambda holder: say(waiting_words(holder), language)):
        workers = choose(options.executor, options.jobs)
        try:
            report = import_alone(root, config, workers.map, pages if options.pages else None, again=options.again)
        finally:
            workers.close()
    problems += report.problems
    show(problems, language)
    for path in report.written:
        print(path)
    for id_, conflict in report.conflicts:
        said = (
            f"{id_}：{conflict.field} 人与机器都改了，保留人改的",
            f"{id_}: {conflict.field} changed by both; yours kept",
        )
        say(Words(*said), language)
    zh = f"写入 {len(report.written)} 篇文章，{report.unchanged} 版未变，{len(report.conflicts)} 处冲突。"
    en = f"{len(report.written)} articles written, {report.unchanged} pages unchanged, "
    en += f"{len(report.conflicts)} conflicts."
    say(Words(zh, en), language)
    return 1 if has_errors(problems) else 0


def run_serve(options: argparse.Namespace, language: Language) -> int:
    """`serve`: build, then show the site on this machine, built anew at every save, until Ctrl-C."""
    from jianbao.build import Options, build
    from jianbao.serve.run import Preview, listen, open_browser

    root = root_of(options)
    out = options.out.absolute() if options.out else None
    # One faulty article must not hide what was corrected in another: the rest is published, and the fault shown.
    wanted = Options(out=out, keep_going=True, jobs=options.jobs)
    with listen(options.port) as listener:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}/"
        report = build(root, wanted, Terminal())
        show(report.problems, language)

        def ready() -> None:
            zh, en = f"预览 {url}　待核 {url}review/　按 Ctrl-C 结束", f"{url}  {url}review/  Ctrl-C ends it"
            say(Words(zh, en), language)
            if options.open:
                open_browser(url)

        Preview(root, wanted, language, News(language, report.problems)).run(listener, ready)
    return 0


def run_search(options: argparse.Namespace, language: Language) -> int:
    """`search`: the index asked on the command line, best first."""
    from jianbao.search.index import SearchIndex

    root = root_of(options)
    folder = root.path(f"{WORK}/{SEARCH}")
    if not folder.is_dir():
        say(Words("还没有索引，请先运行 python build.py", "no index yet; run python build.py first"), language)
        return 1
    index = SearchIndex(folder)
    # Where a build is at work, or nothing may be written, the newest corrections are found but not yet weighed.
    with suppress(BusyError, OSError), locked(root.path(WORK), lambda _: None, patience=0):
        index.rank()
    found = index.search(" ".join(options.query), limit=options.limit)
    if options.json:
        print(json.dumps(found, ensure_ascii=False))
        return 0
    for one in found["results"]:
        print(f"{one['id']}  {one['date']}  {one['title']}")
        if one["snippet"]:
            print(f"    {one['snippet']}")
    say(Words(f"共 {found['total']} 篇", f"{found['total']} found"), language)
    return 0


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


def _scans(root: Root, named: Sequence[str]) -> tuple[list[str], list[Problem]]:
    """The scans that were named, those of a folder where it was one; faults for names that are neither."""
    found, unknown = list[str](), list[Problem]()
    for path in (_below(root, name) for name in named):
        full = root.folder / path
        inside = path == "scans" or path.startswith("scans/")
        if inside and full.is_dir():
            found += [file.path for file in root.files(path, (".txt",))]
        elif inside and full.is_file() and path.endswith(".txt"):
            found.append(path)
        else:
            zh, en = "这里没有版面文本", "no page text here"
            do, do_en = "写 scans/ 里的 .txt 文件或文件夹", "name a .txt file or a folder below scans/"
            unknown.append(error(path, 0, 0, zh, en, do=do, do_en=do_en, code="no-scan"))
    return found, unknown


def _below(root: Root, page: str) -> str:
    """A scan named on the command line, as a path below the archive folder."""
    inside = root.folder / page
    try:
        return (inside if inside.exists() else Path(page)).resolve().relative_to(root.folder).as_posix()
    except ValueError:
        return page


def _shown(folder: Path) -> str:
    path = folder / "index.html"
    try:
        return path.relative_to(Path.cwd()).as_posix()
    except ValueError:
        return str(path)
