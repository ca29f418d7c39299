"""Bytes that are text, and bytes that are not."""

from __future__ import annotations

import codecs

import pytest

from jianbao.encoding import decode_article, decode_scan, recode
from jianbao.problems import Severity

TEXT = "鹭汀河边的柳树绿了，“春天”来了。\n第二行——有标点……\n" * 3


@pytest.mark.parametrize("encoding", ["gb18030", "gbk"])
def test_a_gb_scan_is_read_and_said(encoding: str) -> None:
    text, problems = decode_scan(TEXT.encode(encoding), "scans/01.txt")
    assert text == TEXT
    assert [(p.severity, p.code) for p in problems] == [(Severity.WARNING, "encoding")]
    assert "GB18030" in problems[0].text("zh")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_wide_scans_are_read(encoding: str) -> None:
    text, problems = decode_scan((TEXT + "2024 年 3 月 abc\n" * 4).encode(encoding), "scans/01.txt")
    assert text == TEXT + "2024 年 3 月 abc\n" * 4
    assert [p.severity for p in problems] == [Severity.WARNING]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_a_wide_scan_of_chinese_alone_has_hardly_a_zero_byte(encoding: str) -> None:
    assert decode_scan(TEXT.encode(encoding), "scans/01.txt")[0] == TEXT


def test_a_traditional_scan_in_big5_is_read() -> None:
    traditional = "鷺汀河邊的柳樹綠了，春天來了。\n這是繁體字的報紙，記者王琳報導。\n" * 4
    text, problems = decode_scan(traditional.encode("big5"), "scans/01.txt")
    assert text == traditional
    assert "Big5" in problems[0].text("en")


def test_plain_scans_say_nothing() -> None:
    assert decode_scan(TEXT.encode(), "x") == (TEXT, [])
    assert decode_scan(codecs.BOM_UTF8 + TEXT.encode(), "x") == (TEXT, [])


NO_TEXT = {
    "empty": (b"", "空"),
    "blanks": (b" \n\t\r\n", "空"),
    "only a mark": (codecs.BOM_UTF8, "空"),
    "PDF": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "PDF"),
    "picture": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "PNG"),
    "Word": (b"PK\x03\x04" + bytes(200), "Word"),
    "web page": (b"<!DOCTYPE html><html><body>x</body></html>", "HTML"),
    "web page in GBK": ("<html><head><title>报纸</title></head></html>".encode("gbk"), "HTML"),
    "binary": (bytes(range(256)) * 20, "二进制"),
    "zeros": (b"\0" * 5000, "空"),
}


def test_pages_and_pdfs_without_their_usual_head_are_known() -> None:
    assert "HTML" in decode_scan("<div class='page'><p>渡口</p></div>".encode(), "01.txt")[1][0].text("zh")
    assert "PDF" in decode_scan(b"\n%PDF-1.4\n...", "01.txt")[1][0].text("zh")


@pytest.mark.parametrize(("data", "word"), NO_TEXT.values(), ids=NO_TEXT.keys())
def test_what_is_no_text_is_named(data: bytes, word: str) -> None:
    text, problems = decode_scan(data, "scans/01.txt")
    assert text is None
    assert [p.severity for p in problems] == [Severity.ERROR]
    assert word in problems[0].message.zh


def test_control_characters_in_a_scan_are_left_out() -> None:
    text, problems = decode_scan(("柳树\x00绿了。" + TEXT).encode(), "scans/01.txt")
    assert text == "柳树绿了。" + TEXT
    assert [p.code for p in problems] == ["control-character"]


def test_a_scan_cut_off_in_a_character_is_an_error() -> None:
    text, problems = decode_scan(TEXT.encode()[:-2], "scans/01.txt")
    assert text is None
    assert problems[0].line == 6


def test_an_article_must_be_utf8_and_can_be_made_so() -> None:
    data = TEXT.encode("gb18030")
    text, problems = decode_article(data, "a.md")
    assert text is None
    assert "GB18030" in problems[0].text("en")
    assert recode(data) == TEXT.encode()
    assert recode(TEXT.encode()) is None
    assert recode(TEXT.encode("utf-16")) == TEXT.encode()


def test_an_articles_mark_and_line_ends() -> None:
    assert decode_article(codecs.BOM_UTF8 + b"a\r\nb", "a.md") == ("a\r\nb", [])
