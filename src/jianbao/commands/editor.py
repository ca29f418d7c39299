"""The editor's desk: the sub-commands that look at articles and change them by hand's order."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from jianbao.commands.terminal import root_of, say, show, waiting_words
from jianbao.folder.layout import WORK
from jianbao.folder.lock import locked
from jianbao.folder.store import Root
from jianbao.problems import Language, Words, has_errors

if TYPE_CHECKING:
    from jianbao.articles.restructuring import Done


def run_check(options: argparse.Namespace, language: Language) -> int:
    """`check`: every fault in the content; `--fix` mends what is certain, the difference shown first."""
    from jianbao.desk.check import check

    root = root_of(options)
    if options.fix or options.fix_encoding:
        _mend(root, options, language)
    problems = check(root)
    if options.json:
        print(json.dumps([problem.as_json(language) for problem in problems], ensure_ascii=False, indent=1))
    else:
        show(problems, language, sys.stdout)
        faults = sum(has_errors([problem]) for problem in problems)
        zh = f"{faults} 处错误，{len(problems) - faults} 处提醒。"
        say(Words(zh, f"{faults} errors, {len(problems) - faults} warnings."), language)
    return 1 if has_errors(problems) else 0


def _mend(root: Root, options: argparse.Namespace, language: Language) -> None:
    from jianbao.desk.check import apply, fixes

    with _alone(root, language):
        found = fixes(root, content=options.fix, encoding=options.fix_encoding)
        for fix in found:
            print(fix.diff, file=sys.stderr)
        if not found:
            say(Words("没有可以自动改正的地方。", "Nothing to mend."), language)
        elif options.yes or not sys.stdin.isatty() or _agreed(len(found), language):
            for path in apply(root, found):
                say(Words(f"已改正 {path}", f"mended {path}"), language)


def _agreed(count: int, language: Language) -> bool:
    question = Words(f"按上面的差异改写 {count} 个文件？[y/N] ", f"Rewrite {count} files as shown? [y/N] ")
    return input(question[language]).strip().lower() in ("y", "yes", "是", "好")


def run_review(options: argparse.Namespace, language: Language) -> int:
    """`review`: what waits for an editor, most doubtful first."""
    from jianbao.desk.review import queue

    waiting = queue(root_of(options))
    shown = waiting[: options.limit] if options.limit else waiting
    if options.json:
        print(json.dumps([one.as_json(language) for one in shown], ensure_ascii=False, indent=1))
    else:
        for one in shown:
            print(one.text(language))
    zh, en = f"共 {len(waiting)} 处待核", f"{len(waiting)} things to look at"
    more = Words(zh + "。", en + ".")
    if len(shown) < len(waiting):
        more = Words(f"{zh}，列出前 {len(shown)} 处。", f"{en}, the first {len(shown)} shown.")
    say(more, language)
    return 0


def run_settle(options: argparse.Namespace, language: Language) -> int:
    """`settle`: the editor has looked at a conflict and keeps the text as it stands."""
    from jianbao.articles.document import read_document
    from jianbao.articles.fields import BY_NAME, REVIEW_ALSO
    from jianbao.articles.find import find
    from jianbao.desk.review import settle

    root = root_of(options)
    with _alone(root, language):
        path = find(root, options.id)
        document = read_document(root.read(path), path)[0] if path else None
        if document is None:
            zh, en = f"没有编号为 {options.id} 的文章，或它的文件有错", f"there is no sound article {options.id}"
            say(Words(zh, en), language)
            return 1
        name = REVIEW_ALSO.get(options.field, options.field)
        if name not in (*BY_NAME, "body"):
            zh = f"没有“{name}”这个字段；可用的有：{'、'.join(BY_NAME)}、body"
            say(Words(zh, f"there is no field “{name}”; fields: {', '.join(BY_NAME)}, body"), language)
            return 2
        if not settle(root, document.article, name):
            zh = f"{options.id} 的 {name} 没有待定的冲突"
            say(Words(zh, f"no conflict about {name} of {options.id}"), language)
            return 1
    say(Words("已了结，保留现在的文字。", "Settled; the text stays as it is."), language)
    return 0


def run_new(options: argparse.Namespace, language: Language) -> int:
    """`new`: begin an article; prints its file. What can be wrong is only how it was asked for."""
    from jianbao.articles.restructuring import new

    root = root_of(options)
    with _alone(root, language):
        return 2 if _tell(new(root, options.date, options.title, options.page, options.section), language) else 0


def run_split(options: argparse.Namespace, language: Language) -> int:
    """`split`: one article becomes two."""
    from jianbao.articles.restructuring import split

    root = root_of(options)
    with _alone(root, language):
        return _tell(split(root, options.id, options.at), language)


def run_join(options: argparse.Namespace, language: Language) -> int:
    """`join`: the second article is appended to the first."""
    from jianbao.articles.restructuring import join

    root = root_of(options)
    with _alone(root, language):
        return _tell(join(root, *options.ids), language)


def run_rename(options: argparse.Namespace, language: Language) -> int:
    """`rename`: another name in the whole archive, with redirects from the old address."""
    from jianbao.desk.rename import rename

    root = root_of(options)
    with _alone(root, language):
        result = rename(root, options.kind, options.old, options.new, dry_run=options.dry_run)
    show(result.problems, language)
    faulty = has_errors(result.problems)
    for path, change in result.changes.items() if options.dry_run or not faulty else ():
        print(change if options.dry_run else path)
    if faulty:
        zh = "什么也没有改；先改正上面的错误，再运行一次。"
        say(Words(zh, "Nothing was changed; mend what is said above and run again."), language)
    if not result.changes or faulty:
        return 1
    count = len(result.changes)
    done = Words(f"改了 {count} 篇文章，旧地址将转到新地址。", f"{count} articles changed; the old address redirects.")
    would = Words(f"将改 {count} 篇文章；什么也没有写。", f"{count} articles would change; nothing was written.")
    say(would if options.dry_run else done, language)
    return 0


def _tell(done: Done, language: Language) -> int:
    show(done.problems, language)
    for path in done.written:
        print(path)
    for path in done.removed:
        say(Words(f"已移走 {path}", f"removed {path}"), language)
    return 1 if has_errors(done.problems) else 0


@contextmanager
def _alone(root: Root, language: Language) -> Iterator[None]:
    """No build or import at the same time."""
    with locked(root.path(WORK), lambda holder: say(waiting_words(holder), language)):
        yield
