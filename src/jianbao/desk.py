"""The editor's desk: the sub-commands that look at articles and change them by hand's order."""

from __future__ import annotations

import argparse

from jianbao.commands import root_of, say, show
from jianbao.problems import Language, Words


def run_rename(options: argparse.Namespace, language: Language) -> int:
    """`rename`: another name in the whole archive, with redirects from the old address."""
    from jianbao.rename import rename

    result = rename(root_of(options), options.kind, options.old, options.new, dry_run=options.dry_run)
    show(result.problems, language)
    for path, change in result.changes.items():
        print(change if options.dry_run else path)
    if result.problems:
        return 1
    count = len(result.changes)
    done = Words(f"改了 {count} 篇文章，旧地址将转到新地址。", f"{count} articles changed; the old address redirects.")
    would = Words(f"将改 {count} 篇文章；什么也没有写。", f"{count} articles would change; nothing was written.")
    say(would if options.dry_run else done, language)
    return 0
