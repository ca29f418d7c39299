"""The body's Markdown, trimmed to what newspaper text can bear: `## ` subheads, `> ` boxes, **bold**, *stress*
and safe links. All else is shown as it stands, whatever the newspaper printed: `1986. 这一年`, `- 本报讯`,
`[注]: …`, `<b>`, `&amp;`. So text(render(escape(x))) == x, and no script ever lives.

Most articles bear no mark at all and go past the Markdown library.
"""

from __future__ import annotations

import html
import re
from functools import cache, lru_cache
from itertools import pairwise
from typing import Final
from urllib.parse import unquote
from xml.etree.ElementTree import Element

import markdown
from markdown.blockprocessors import (
    BlockQuoteProcessor,
    EmptyBlockProcessor,
    HashHeaderProcessor,
    ParagraphProcessor,
)
from markdown.inlinepatterns import ESCAPE_RE, EscapeInlineProcessor, InlineProcessor, SimpleTagInlineProcessor
from markdown.treeprocessors import InlineProcessor as InlineTreeProcessor
from markdown.treeprocessors import UnescapeTreeprocessor
from markdown.util import AMP_SUBSTITUTE, Registry

LINK: Final = re.compile(
    r"\[([^\[\]\n]{1,500})\]\("
    r"([^()\s<>\x00-\x1f]{1,2000}(?:\([^()\s<>\x00-\x1f]{0,200}\)[^()\s<>\x00-\x1f]{0,200})?)"
    r'(?:[ ]+"[^"\n]{0,200}")?\)'
)
_HEADING: Final = re.compile(r"(#{1,6})[ \t\u3000]+(\S.*?)(?:\s+#+)?")
_CONTROL: Final = dict.fromkeys([*range(9), 11, 12, *range(14, 32), *range(127, 133), *range(134, 160), 0xFFFE, 0xFFFF])
_BREAKS: Final = str.maketrans({"\r": "\n", "\x85": "\n", "\u2028": "\n", "\u2029": "\n", "\t": " "})
_SAFE_SCHEMES: Final = frozenset({"http", "https", "mailto"})
_BETWEEN: Final = "</p>\n<p>"
_MOST_WORK: Final = 20_000_000  # marks × characters of one block; above it the block is shown as it stands


def render(body: str) -> str:
    """The body as HTML."""
    blocks = _blocks(body)
    if not _is_marked(body, blocks):
        if "&" in body or "<" in body or ">" in body:
            blocks = [html.escape(block, quote=False) for block in blocks]
        return f"<p>{_BETWEEN.join(blocks)}</p>\n" if blocks else ""
    source = "\n\n".join(_tamed(block) for block in blocks).replace("&", AMP_SUBSTITUTE)
    made = _markdown().convert(source).replace(AMP_SUBSTITUTE, "&amp;")
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


def unsafe_links(body: str) -> list[tuple[int, str]]:
    """Links that lead nowhere a newspaper's reader should be led, with their index in `body`."""
    return [(match.start(2), match[2]) for match in LINK.finditer(body) if not is_safe(match[2])]


def is_safe(address: str) -> bool:
    """Whether a link's address is http, https, mailto or relative, however it is disguised."""
    bare = address
    for _ in range(3):
        bare = unquote(html.unescape(bare))
    bare = re.sub(r"[\s\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]", "", bare).lower()
    if bare.startswith(("//", "\\", "/\\")):
        return False
    scheme = re.match(r"([^/?#:]*):", bare)
    return scheme is None or scheme[1] in _SAFE_SCHEMES


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
    if not inline and not (("#" in body or ">" in body) and any(block[0] in "#>" for block in blocks)):
        return False
    return all((block.count("*") + block.count("\\") + block.count("](")) * len(block) < _MOST_WORK for block in blocks)


def _tamed(block: str) -> str:
    """The block as the library gets it: the page's own title is the only first-level heading."""
    if not block.startswith("#"):
        return block
    if not _HEADING.fullmatch(block):
        return "\\" + block
    return "#" + block if block[1] != "#" else block


class _Heading(HashHeaderProcessor):
    """`## text`, with a space."""

    RE = re.compile(r"(?:^|\n)(?P<level>#{1,6})[ ](?P<header>[^\n]*)(?:\n|$)")


class _Link(InlineProcessor):
    """`[text](address)`; an address that is not safe leaves it as it stands."""

    def handleMatch(  # type: ignore[override]
        self, m: re.Match[str], data: str
    ) -> tuple[Element | None, int | None, int | None]:
        """The element and where it stood."""
        if not is_safe(m[2].replace(AMP_SUBSTITUTE, "&")):
            return None, None, None
        element = Element("a", {"href": m[2]})
        element.text = m[1]
        return element, m.start(0), m.end(0)


@cache
def _markdown() -> markdown.Markdown:
    """The library with nothing in it that would change what the newspaper printed."""
    made = markdown.Markdown(output_format="html")
    made.preprocessors, made.postprocessors = Registry(), Registry()
    blocks = made.parser.blockprocessors = Registry()
    blocks.register(EmptyBlockProcessor(made.parser), "empty", 100)
    blocks.register(_Heading(made.parser), "heading", 70)
    blocks.register(BlockQuoteProcessor(made.parser), "quote", 20)
    blocks.register(ParagraphProcessor(made.parser), "paragraph", 10)
    inline = made.inlinePatterns = Registry()
    inline.register(EscapeInlineProcessor(ESCAPE_RE, made), "escape", 180)
    inline.register(_Link(LINK.pattern.replace(r"\x00-\x1f", r"\x00\x01\x04-\x1f"), made), "link", 160)
    inline.register(SimpleTagInlineProcessor(r"(\*\*)(?!\s)([^*]{1,2000})(?<!\s)\*\*", "strong"), "strong", 60)
    inline.register(SimpleTagInlineProcessor(r"(\*)(?![\s*])([^*]{1,2000})(?<!\s)\*", "em"), "em", 50)
    made.treeprocessors = Registry()
    made.treeprocessors.register(InlineTreeProcessor(made), "inline", 20)
    made.treeprocessors.register(UnescapeTreeprocessor(made), "unescape", 0)
    return made
