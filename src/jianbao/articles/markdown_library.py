"""The Markdown library with nothing in it that would change what the newspaper printed; loaded only where a body bears
marks, as few do.
"""

from __future__ import annotations

import re
from functools import cache
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

from jianbao.articles.addresses import LINK, is_safe


def convert(source: str) -> str:
    """Markdown as HTML."""
    return _markdown().convert(source.replace("&", AMP_SUBSTITUTE)).replace(AMP_SUBSTITUTE, "&amp;")


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
