"""What the newspaper printed is what the reader sees, and nothing of it ever lives."""

from __future__ import annotations

import html
import re

import html5lib
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from growth import assert_linear
from jianbao.articles.addresses import is_safe, unsafe_links
from jianbao.articles.markup import escape, plain, render, subhead, text_of

PRINTED = [
    "1986. 这一年",
    "- 本报讯",
    "+ 加号",
    "* 星号",
    "[注]: http://example.org/",
    "[注](http://example.org/)",
    "![图](a.png)",
    "<b>粗</b>",
    "<script>alert(1)</script>",
    "&amp; &lt; &#60; & AT&T",
    "# 井号",
    "###### 六个",
    "#话题#",
    "> 引文",
    ">引文",
    "`代码` ``` ~~~",
    "_下划_ __双下划__ a_b_c",
    "*星* **双星** ***三星*** 3*4*5",
    "反斜杠 \\ \\* \\\\ C:\\新闻\\",
    "====",
    "----",
    "***",
    "* * *",
    "    四个空格",
    "http://example.org <http://example.org> a@example.org",
    "<!-- 注释 -->",
    "“加速跑”——‘引号’…",
    "甲 | 乙\n--- | ---",
    "脚注[^1] [^1]: 说",
    "\\](x) [a\\](b)",
    "〔2024〕3号　全角空格",
    "klzzwxh:0000 wzxhzdk:0",
]


def normal(text: str) -> str:
    """Paragraphs without outer blanks; that is all that may change."""
    text = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]", "", text)
    text = re.sub(r"[\r\x85\u2028\u2029]", "\n", text).replace("\t", " ")
    return "\n".join(line.strip() for line in text.split("\n") if line.strip())


def seen(rendered: str) -> str:
    """The text as a browser's parser finds it."""
    tree = html5lib.parseFragment(rendered, treebuilder="etree", namespaceHTMLElements=False)
    blocks = [one for one in tree.iter() if one.tag in ("p", "h2", "h3", "h4", "h5", "h6")]
    return "\n".join("".join(block.itertext()) for block in blocks)


@pytest.mark.parametrize("text", PRINTED)
def test_print_survives(text: str) -> None:
    body = escape(text)
    assert plain(body) == normal(text)
    assert seen(render(body)) == normal(text)
    assert text_of(render(body)) == normal(text)


@pytest.mark.parametrize(
    "text", ["1986. 这一年", "- 本报讯", "[注]: 说明", "<b>粗</b>", "&amp;", "_下划_", "----", "`码`"]
)
def test_what_is_no_mark_needs_no_backslash(text: str) -> None:
    assert escape(text) == text
    assert seen(render(text)) == text


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        ("长10*20*30厘米", "长10*20*30厘米"),
        ("3*5=15，4*6=24", "3*5=15，4*6=24"),
        ("> 3*5*7", "3*5*7"),
        ("共*10*件，**20**台", "共10件，20台"),
        (">", ">"),
        ("前\n\n>\n\n后", "前\n>\n后"),
    ],
)
def test_what_people_type_who_know_no_marks_is_seen(body: str, shown: str) -> None:
    assert plain(body) == seen(render(body)) == shown


marks = st.sampled_from(
    [*"*_[]()<>#&`\\!|-+.=~ \n\t", "](", "**", "\n\n", "中", "文", "a", "1", "http://x", "javascript:"]
)
print_like = st.one_of(st.text(max_size=60), st.lists(marks, max_size=25).map("".join))


@given(print_like)
@settings(max_examples=2000, deadline=None)
def test_text_of_render_of_escape_is_the_text(text: str) -> None:
    rendered = render(escape(text))
    assert text_of(rendered) == normal(text)
    assert plain(escape(text)) == normal(text)


@given(print_like)
@settings(max_examples=500, deadline=None)
def test_a_browser_reads_the_same(text: str) -> None:
    # What no HTML parser passes on as it is: lone surrogates, non-characters.
    if re.fullmatch(r"[\x20-\x7e\n\u3000-\u9fff]*", text):
        assert seen(render(escape(text))) == normal(text)


@given(print_like)
@settings(max_examples=1000, deadline=None)
@example("># 渡口")
def test_any_body_renders_to_harmless_html(body: str) -> None:
    rendered = render(body)
    tags = re.findall(r"<[^>]*>", rendered)
    for tag in tags:
        assert re.fullmatch(r'</?(?:p|h[2-6]|blockquote|strong|em|a)>|<a href="[^"<>]*">', tag), tag
    for address in re.findall(r'href="([^"]*)"', rendered):
        assert is_safe(html.unescape(address))
    assert plain(body) == text_of(rendered)


def test_an_editors_markdown_works() -> None:
    body = (
        "## 小标题\n第一段里有**粗体**和*斜体*，\n还有[链接](https://example.org/?a=1&b=2)。\n\n"
        "> 核心阅读\n>\n> 第二段\n\n### 又一节 ###\n\n[站内](../../07/02/index.html)\n"
    )
    assert render(body) == (
        "<h2>小标题</h2>\n<p>第一段里有<strong>粗体</strong>和<em>斜体</em>，还有"
        '<a href="https://example.org/?a=1&amp;b=2">链接</a>。</p>\n'
        "<blockquote>\n<p>核心阅读</p>\n<p>第二段</p>\n</blockquote>\n<h3>又一节</h3>\n"
        '<p><a href="../../07/02/index.html">站内</a></p>\n'
    )
    assert plain(body) == "小标题\n第一段里有粗体和斜体，还有链接。\n核心阅读\n第二段\n又一节\n站内"


def test_lines_of_a_paragraph_are_joined_as_chinese_is() -> None:
    assert plain("鹭汀河\n边的 Open\nDay 活动\n在“\n今日”") == "鹭汀河边的 Open Day 活动在“今日”"


def test_subheads() -> None:
    assert render(subhead("一、井 ## ")) == "<h2>一、井 ##</h2>\n"
    assert render(subhead("*盒*", 3)) == "<h3>*盒*</h3>\n"


ADDRESSES = {
    "http://example.org/": True,
    "https://example.org/?a=b&c=d": True,
    "mailto:bao@example.org": True,
    "../01/index.html": True,
    "/2024/": True,
    "#top": True,
    "a/b:c": True,
    "javascript:alert(1)": False,
    "JaVaScRiPt:alert(1)": False,
    "java\tscript:alert(1)": False,
    " javascript:alert(1)": False,
    "&#106;avascript:alert(1)": False,
    "javascript&colon;alert(1)": False,
    "%6aavascript:alert(1)": False,
    "%256aavascript:alert(1)": False,
    "\u200bjavascript:alert(1)": False,
    "vbscript:x": False,
    "data:text/html,<script>": False,
    "file:///etc/passwd": False,
    "//example.org/": False,
    "\\\\example.org\\": False,
}


@pytest.mark.parametrize(("address", "safe"), ADDRESSES.items())
def test_addresses(address: str, safe: bool) -> None:
    assert is_safe(address) is safe
    rendered = render(f"[链接]({address})")
    assert ("<a " in rendered) is (safe and " " not in address)


def test_unsafe_links_are_found_where_they_are() -> None:
    assert unsafe_links("好 [甲](javascript:x) [乙](http://x)") == [(6, "javascript:x")]


ATTACKS = {
    "brackets": "[" * 20_000,
    "links": "[a](b" * 20_000,
    "half links": "[aaa" * 50_000,
    "stars": "*a" * 50_000,
    "bold": "**a " * 50_000,
    "stars alone": "*" * 100_000,
    "backslashes": "\\" * 100_000,
    "escapes": "\\*" * 50_000,
    "quotes": ">" * 50_000,
    "nested quotes": "> " * 50_000,
    "headings": "# a\n" * 20_000,
    "lines": "a\n" * 200_000,
    "paragraphs": "*a*\n\n" * 5_000,
    "ampersands": "&" * 200_000,
}


@pytest.mark.parametrize("body", ATTACKS.values(), ids=ATTACKS.keys())
def test_attacks_cost_what_their_length_costs(body: str) -> None:
    assert_linear(render, body)
    assert_linear(plain, body)
    assert_linear(unsafe_links, body)
