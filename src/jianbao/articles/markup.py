"""The body's Markdown, trimmed to what newspaper text can bear: `## ` subheads, `> ` boxes, **bold**, *stress*
and safe links. All else is shown as it stands, whatever the newspaper printed: `1986. 这一年`, `- 本报讯`,
`[注]: …`, `<b>`, `&amp;`. So text(render(escape(x))) == x, and no script ever lives.

Most articles bear no mark at all and go past the Markdown library.
"""

from __future__ import annotations

import html
import re
from functools import lru_cache
from itertools import pairwise
from typing import Final

_HEADING: Final = re.compile(r"(#{1,6})[ \t\u3000]+(\S.*?)(?:\s+#+)?")
_TIMES: Final = re.compile(r"(?<=[0-9])\*(?=[0-9])")
_CONTROL: Final = dict.fromkeys([*range(9), 11, 12, *range(14, 32), *range(127, 133), *range(134, 160), 0xFFFE, 0xFFFF])
_BREAKS: Final = str.maketrans({"\r": "\n", "\x85": "\n", "\u2028": "\n", "\u2029": "\n", "\t": " "})
_BETWEEN: Final = "</p>\n<p>"
_MOST_WORK: Final = 20_000_000  # marks × characters of one block; above it the block is shown as it stands


def render(body: str) -> str:
    """The body as HTML."""
    blocks = _blocks(body)
    if not _is_marked(body, blocks):
        if "&" in body or "<" in body or ">" in body:
            blocks = [html.escape(block, quote=False) for block in blocks]
        return f"<p>{_BETWEEN.join(blocks)}</p>\n" if blocks else ""
    from jianbao.articles.markdown_library import convert  # the library, which few articles need

    made = convert("\n\n".join(_tamed(block) for block in blocks))
    return re.sub(r"(</(?:p|h[1-6]|blockquote)>|<blockquote>)(?=<)", r"\1\n", made) + "\n"


def plain(body: str) -> str:
    """The body as the reader sees it; paragraphs, subheads and boxes parted by line feeds."""
    blocks = _blocks(body)
    if not _is_marked(body, blocks):
        return "\n".join(blocks)
    return text_of(render(body))


def text_of(rendered: str) -> str:
    """The text in HTML that `render` made."""
    text = re.sub(r"</(?:p|h[1-6])>", "\n", rendered)
    text = html.unescape(re.sub(r"<[^>]*>|(?<=\n)\n", "", text))
    return re.sub(r"\n+", "\n", text).strip("\n")


def escape(text: str) -> str:
    """Markdown that shows exactly this text, one paragraph a line of it; bare of backslashes where it can."""
    lines = (line.strip() for line in text.translate(_CONTROL).translate(_BREAKS).split("\n"))
    return "\n\n".join(escape_line(line) for line in lines if line)


def escape_line(text: str) -> str:
    """One paragraph of `escape`, without line breaks."""
    text = text.replace("\\", "\\\\").replace("*", "\\*").replace("](", "]\\(")
    if text.startswith(">") or re.match(r"#{1,6}(?:\s|$)", text):
        text = "\\" + text
    return text


def subhead(text: str, level: int = 2) -> str:
    """A heading inside the body."""
    shown = escape_line(text.strip())
    return "#" * level + " " + re.sub(r"(\s)(#+)$", r"\1\\\2", shown)


def _blocks(body: str) -> list[str]:
    """The blocks of the body, each on one line but for the paragraphs of a box (`> a`, `>`, `> b`)."""
    if not is_plain(body):
        body = body.replace("\r\n", "\n").translate(_CONTROL).translate(_BREAKS)
    blocks: list[str] = []
    for part in body.split("\n\n"):
        part = part.strip()
        if not part:
            continue
        if "\n" in part or part[0] in ">#":
            blocks += _split(part.split("\n"))
        else:
            blocks.append(part)
    return blocks


@lru_cache(maxsize=2)
def is_plain(text: str) -> bool:
    """Whether there is nothing in it but printable characters, line feeds and the spaces of newspapers. (Looking so
    costs a thirtieth of a translation. The answer is kept because every body is asked about twice.)"""
    return text.replace("\n", "").replace("\u3000", "").replace("\xa0", "").isprintable()


def _split(lines: list[str]) -> list[str]:
    """Lines → blocks: headings stand alone, boxes and paragraphs are joined."""
    blocks: list[str] = []
    current: list[str] = []
    quoted = False

    def close() -> None:
        nonlocal quoted
        if current:
            blocks.append(_box(current) if quoted else _joined(current))
        current.clear()
        quoted = False

    for line in (line.strip() for line in lines):
        if heading := _HEADING.fullmatch(line):
            close()
            blocks.append(f"{heading[1]} {heading[2]}")
        elif line.startswith(">"):
            if not quoted:
                close()
            quoted = True
            current.append(line[1:].strip())
        elif line:
            current.append(line)
        else:
            close()
    close()
    return blocks


def _box(lines: list[str]) -> str:
    paragraphs: list[list[str]] = [[]]
    for line in lines:
        if not line:
            paragraphs.append([])
        elif _HEADING.fullmatch(line):
            paragraphs += [[line], []]
        else:
            paragraphs[-1].append(line)
    texts = [_joined(paragraph) for paragraph in paragraphs if paragraph]
    return "\n>\n".join(f"> \\{text}" if text.startswith(">") else f"> {text}" for text in texts) or "\\>"


def _joined(lines: list[str]) -> str:
    """The lines of one paragraph: a space between Latin words, nothing between Chinese characters."""
    parts = lines[:1]
    for before, after in pairwise(lines):
        parts += [" ", after] if ord(before[-1]) < 0x2000 and ord(after[0]) < 0x2000 else [after]
    return "".join(parts)


def _is_marked(body: str, blocks: list[str]) -> bool:
    """Whether the library is needed; never where its work would not be bounded (20,000 `*` in one block)."""
    inline = "*" in body or "\\" in body or ("]" in body and "](" in body)
    if not inline and not (("#" in body or ">" in body) and any(block[0] in "#>\\" for block in blocks)):
        return False
    return all((block.count("*") + block.count("\\") + block.count("](")) * len(block) < _MOST_WORK for block in blocks)


def _tamed(block: str) -> str:
    """The block as the library gets it: the page's own title is the only first-level heading, and what stands between
    two figures multiplies them (`10*20*30`, as people type it who know nothing of marks)."""
    block = _TIMES.sub(r"\\*", block)
    if block.startswith(">"):
        return re.sub(r"(?m)^> # ", "> ## ", block)
    if not block.startswith("#"):
        return block
    if not _HEADING.fullmatch(block):
        return "\\" + block
    return "#" + block if block[1] != "#" else block
