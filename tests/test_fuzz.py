"""Whatever the bytes: no exception escapes, time and memory stay bounded, and the text comes back as it was.

JIANBAO_FUZZ=20 multiplies the number of tries; atheris may be pointed at the functions below.
"""

from __future__ import annotations

import os
import random
import re
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from growth import assert_linear
from jianbao.articles.document import read_body, read_document, write_document
from jianbao.articles.markup import escape, plain, render, text_of
from jianbao.encoding import decode_scan
from jianbao.model import Article, ReadPage
from jianbao.reading.as_json import page_json
from jianbao.reading.page import read_page
from jianbao.settings import read_config

MORE = int(os.environ.get("JIANBAO_FUZZ", "1"))
SECONDS = 20.0  # of CPU for one try of at most some thousand characters: what takes so long would never end


def tries(number: int) -> settings:
    checks = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
    return settings(max_examples=number * MORE, deadline=None, suppress_health_check=checks)


PIECES = st.sampled_from(
    [
        "本报讯", "（记者 林晓）", "□记者 周予安", "文/图", "2024年3月8日 星期五", "第01版 要闻", "▲图为",
        "责任编辑：何静姝", "下转第4版", "（上接第1版）", "海港今日开工", "。", "，", "“", "”", "　　", "\n",
        "\n\n", "\r\n", "\t", "\u2028", "\x85", "\u202e", "\u200b", "\ufeff", "—", "1986. ", "- ", "> ", "#",
        "## ", "**", "*", "\\", "[", "](", ")", "<b>", "</script>", "&amp;", "---", "---\n", "id: ", "title: ",
        ": ", "[a, b]", "{", "}", "&a", "*a", "!!python/name:os", "|\n", "'", '"', "date: 2021-02-30\n", "𠮷",
        "⾼", "\ue000", "\ufffd", "e\u0301", "A" * 300, "一" * 300, " " * 120, "\x00", "\x1b",
    ]
)  # fmt: skip
SOUP = st.lists(st.one_of(PIECES, st.text(max_size=12)), max_size=60).map("".join)
BYTES = st.one_of(
    st.binary(max_size=400),
    SOUP.map(lambda text: text.encode("utf-8", "surrogatepass")),
    SOUP.map(lambda text: text.encode("gb18030", "replace")),
    SOUP.map(lambda text: text.encode("utf-16", "surrogatepass")),
    st.tuples(SOUP, st.binary(max_size=20)).map(lambda pair: pair[0].encode("utf-8", "replace") + pair[1]),
)
FRONT = SOUP.map(lambda text: f"---\nid: 2024-03-08-01-01\ntitle: x\n{text}\n---\n{text}\n".encode("utf-8", "replace"))


@tries(150)
@given(text=SOUP, name=st.sampled_from(["2024-03-08/01.txt", "x.txt", "A12.txt", "20241399-99.txt"]))
def test_the_page_reader_takes_any_text_and_loses_no_line(text: str, name: str) -> None:
    started = time.process_time()
    page = read_page(text, f"scans/{name}")
    assert isinstance(page, ReadPage)
    page_json(page)
    assert time.process_time() - started < SECONDS


@tries(150)
@given(data=BYTES)
def test_any_bytes_are_a_scan_or_a_fault(data: bytes) -> None:
    text, problems = decode_scan(data, "scans/x.txt")
    assert text is not None or problems
    for problem in problems:
        assert "\n" not in problem.text("zh") + problem.text("en")


@tries(250)
@given(data=st.one_of(BYTES, FRONT))
def test_any_bytes_are_an_article_or_a_fault(data: bytes) -> None:
    started = time.process_time()
    document, problems = read_document(data, "articles/x.md")
    assert document is not None or problems
    for problem in problems:
        assert "\n" not in problem.text("zh") + problem.text("en")
    if document is not None:
        assert read_body(data, "articles/x.md") == document.body, "the short way to the body gives the same"
        render(document.body)
    assert time.process_time() - started < SECONDS


@tries(150)
@given(data=st.one_of(BYTES, SOUP.map(lambda text: f"title: x\n{text}".encode("utf-8", "replace"))))
def test_any_bytes_are_settings_or_a_fault(data: bytes) -> None:
    started = time.process_time()
    config, problems = read_config(data)
    assert config is not None or problems
    assert time.process_time() - started < SECONDS


@tries(250)
@given(body=SOUP)
def test_any_body_becomes_harmless_html(body: str) -> None:
    started = time.process_time()
    made = render(body)
    assert time.process_time() - started < SECONDS
    bare = made.lower()
    for attack in ("<script", "<img", "<iframe", "<b>", "onerror=", "javascript:"):
        assert attack not in bare or attack in ("onerror=", "javascript:"), made
    assert 'href="javascript' not in bare
    assert plain(body) == text_of(made) or not made.strip()


@tries(150)
@given(text=SOUP.filter(lambda text: not any(0xD800 <= ord(c) < 0xE000 for c in text)))
def test_what_is_written_is_read_again(text: str) -> None:
    shown = escape(text)
    article = Article(id="2024-03-08-01-01", title="题", path="articles/x.md", digest="")
    document, problems = read_document(write_document(article, shown).encode(), "articles/x.md")
    assert document is not None, problems
    assert plain(document.body) == plain(BIDI.sub("", shown).replace("\ufeff", ""))


BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
MARKS = [
    *"*_`#>[]()!&<>\\|~-+=.:;'\"/0123456789",
    "](",
    "**",
    "## ",
    "1. ",
    "- ",
    "    ",
    "https://x.cn/",
    "<b>",
    "&lt;",
    "[注]: ",
]


def test_ten_thousand_random_bodies_come_back_as_text() -> None:
    chance = random.Random(7)
    han = "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动"
    for _ in range(10_000 * (1 if MORE == 1 else 3)):
        size = chance.randint(1, 40)
        pieces = [chance.choice(MARKS) if chance.random() < 0.4 else chance.choice(han) for _ in range(size)]
        line = "".join(pieces).strip()
        if not line:
            continue
        text = f"{line}\n{han[:5]}。"
        body = escape(text)
        assert text_of(render(body)) == text, repr(text)
        assert plain(body) == text


@pytest.mark.parametrize(
    "body",
    ["[" * 20_000, "*" * 20_000, "**a" * 8_000, "\\" * 30_000, "[a](" * 8_000, "> " * 10_000, "# " * 10_000],
    ids=lambda body: body[:4],
)  # fmt: skip
def test_long_runs_of_marks_cost_what_their_length_costs(body: str) -> None:
    assert_linear(render, body)
    assert_linear(
        lambda body: read_document(f"---\nid: 2024-03-08-01-01\ntitle: x\n---\n\n{body}\n".encode(), "articles/x.md"),
        body,
    )


@pytest.mark.parametrize(
    "line",
    [
        "本报讯（记者" * 3000,
        "一" * 100_000,
        "（" * 20_000,
        "1 2 3 " * 10_000,
        "2024年" * 8_000,
        "　" * 50_000,
        "■" * 40_000,
    ],
)
def test_long_lines_of_a_page_cost_what_their_length_costs(line: str) -> None:
    assert_linear(lambda line: read_page(f"标题一行\n{line}\n　　正文。\n", "scans/2024-03-08/01.txt"), line)


def test_a_page_of_many_lines_costs_what_its_length_costs() -> None:
    chance = random.Random(3)
    lines = [
        chance.choice(["海港开工了", "　　本报讯（记者 林晓）今日开工。", "一" * 20, "", "▲图为海港"])
        for _ in range(16_000)  # an eighth is more than captions are compared over
    ]
    assert_linear(lambda text: read_page(text, "scans/2024-03-08/01.txt"), "\n".join(lines))
