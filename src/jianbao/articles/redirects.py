"""`redirects.yaml`: where the addresses of old names and joined articles lead; people may read and mend it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

from jianbao.archive import Rename
from jianbao.articles.frontmatter import scalar
from jianbao.encoding import decode_article
from jianbao.folder.store import Root
from jianbao.problems import Problem, error
from jianbao.yamltext import Mapping as YamlMapping
from jianbao.yamltext import Scalar, parse

PATH: Final = "redirects.yaml"
_KINDS: Final[tuple[Literal["reporter", "section", "tag", "article"], ...]] = ("reporter", "section", "tag", "article")
_HEADER: Final = "# 旧名与旧编号 → 新的；由 jianbao rename、join 与导入写入，旧网址据此转到新网址。\n"


def read_renames(root: Root) -> tuple[tuple[Rename, ...], list[Problem]]:
    """The people, sections and tags that once had another name, and articles that were joined into others."""
    tables, problems = _read(root)
    return tuple(Rename(kind, old, new) for kind in _KINDS for old, new in tables.get(kind, {}).items()), problems


def read_moves(root: Root) -> dict[str, str]:
    """Ids of articles that were joined into another, and that one's id; chains are followed to their end."""
    moves = _read(root)[0].get("article", {})
    return {old: new for old in moves if (new := _last(moves, old)) != old}


def remember(root: Root, kind: str, names: Mapping[str, str]) -> None:
    """Keep in redirects.yaml that these old names (or, with `article`, ids) lead to the new ones."""
    tables, problems = _read(root)
    if problems:
        return
    table = {**tables.get(kind, {}), **names}
    for old, new in names.items():
        table = {one: (new if to == old else to) for one, to in table.items()}
    tables[kind] = {old: new for old, new in table.items() if old != new and new not in names}
    root.write(PATH, _text(tables).encode(), durable=True)


def _last(moves: Mapping[str, str], old: str) -> str:
    seen = {old}
    while old in moves and moves[old] not in seen:
        old = moves[old]
        seen.add(old)
    return old


def _text(tables: Mapping[str, Mapping[str, str]]) -> str:
    lines = [_HEADER.rstrip("\n")]
    for kind, table in tables.items():
        if table:
            lines.append(f"{kind}:")
            lines += [f"  {scalar(old)}: {scalar(new)}" for old, new in sorted(table.items())]
    return "\n".join(lines) + "\n"


def _read(root: Root) -> tuple[dict[str, dict[str, str]], list[Problem]]:
    tables: dict[str, dict[str, str]] = {kind: {} for kind in _KINDS}
    try:
        data = root.read(PATH, 20_000_000)
    except FileNotFoundError:
        return tables, []
    text, problems = decode_article(data, PATH)
    if text is None or problems:
        return tables, problems
    mapping, problems = parse(text, PATH)
    for kind, node in mapping.values.items() if mapping else ():
        if kind not in tables or not isinstance(node, YamlMapping):
            known = "、".join(tables)
            said = f"不认识“{kind}”", f"“{kind}” is not known"
            problems.append(
                error(PATH, node.line, node.column, *said, do=f"可用的有：{known}", do_en=known, code="redirects")
            )
            continue
        tables[kind] = {old: to.text for old, to in node.values.items() if isinstance(to, Scalar) and to.text}
    return tables, problems


def redirect_faults(root: Root) -> list[Problem]:
    """What is wrong with the file."""
    return _read(root)[1]
