"""Bytes → text. Articles are UTF-8 and say so when they are not; scans come from everywhere and are read.

What is no text at all (a PDF renamed .txt, a picture, a web page, nothing) is named for what it seems to be.
"""

from __future__ import annotations

import codecs
import re
from typing import Final

from jianbao.problems import Problem, error, warning

_BOMS: Final = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SIGNATURES: Final = (
    (b"%PDF-", "PDF", "a PDF"),
    (b"PK\x03\x04", "压缩包或 Word/Excel 文件（ZIP）", "a ZIP archive or an Office document"),
    (b"\xd0\xcf\x11\xe0", "旧版 Word/Excel 文件", "an old Office document"),
    (b"\x89PNG", "PNG 图片", "a PNG picture"),
    (b"\xff\xd8\xff", "JPEG 图片", "a JPEG picture"),
    (b"GIF8", "GIF 图片", "a GIF picture"),
    (b"II*\x00", "TIFF 图片", "a TIFF picture"),
    (b"MM\x00*", "TIFF 图片", "a TIFF picture"),
    (b"\x1f\x8b", "gzip 压缩文件", "a gzip file"),
    (b"Rar!", "RAR 压缩包", "a RAR archive"),
    (b"7z\xbc\xaf", "7z 压缩包", "a 7z archive"),
    (b"{\\rtf", "RTF 文档", "an RTF document"),
    (b"%!PS", "PostScript", "PostScript"),
    (b"RIFF", "图片或音频（RIFF）", "a picture or sound (RIFF)"),
)
_HTML: Final = re.compile(rb"\s*(?:<!doctype html|<html|<head|<body|<meta|<div|<table|<p[ >]|<\?xml)", re.IGNORECASE)
CONTROLS: Final = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ufffe\uffff]")
_SURE: Final = 0.97  # share of characters that must be Chinese or plain for GB18030 to be believed


def decode_article(data: bytes, path: str) -> tuple[str | None, list[Problem]]:
    """An article's text without its BOM, line ends as they are; anything but clean UTF-8 is an error."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as failure:
        return None, [_not_utf8(data, path, failure)]
    if text.replace("\n", "").isprintable():
        return text, []
    if not text.strip():
        return text, []
    if "\0" in text and (name := _guess(data)) and name.startswith("utf-16"):
        return None, [_wrong_encoding(path, name)]
    return text, list(_control_faults(text, path))


def decode_scan(data: bytes, path: str) -> tuple[str | None, list[Problem]]:
    """A scan's text: UTF-8, or GB18030, Big5, UTF-16 with a warning; None where it is no text."""
    if not data.strip(b"\xef\xbb\xbf \t\r\n\x0c\x00"):
        return None, [_no_text(path, "空文件", "an empty file", empty=True)]
    for signature, zh, en in _SIGNATURES:
        if data.startswith(signature):
            return None, [_no_text(path, zh, en)]
    if b"%PDF-" in data[:1024]:  # a PDF may have something before its head
        return None, [_no_text(path, "PDF", "a PDF")]
    problems: list[Problem] = []
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as failure:
        name = _guess(data)
        if name is None:
            return None, [_broken(data, path, failure) if _mostly_utf8(data) else _no_text(path, *_BINARY)]
        text = _decoded(data, name)
        problems.append(_read_as(path, name))
    else:
        if "\0" in text and (name := _guess(data)):
            text = _decoded(data, name)
            problems.append(_read_as(path, name))
    if _HTML.match(data) or _HTML.match(text[:500].encode()):
        return None, [_no_text(path, "网页（HTML）", "a web page (HTML)")]
    strange = len(CONTROLS.findall(text))
    if strange > max(8, len(text) // 20):
        return None, [_no_text(path, *_BINARY)]
    if strange:
        text = CONTROLS.sub("", text)
        problems.append(
            warning(
                path,
                0,
                0,
                f"有 {strange} 个控制字符，已略去",
                f"{strange} control characters were left out",
                code="control-character",
            )
        )
    if not text.strip():
        return None, [_no_text(path, "空文件", "an empty file", empty=True)]
    return text, problems


def recode(data: bytes) -> bytes | None:
    """The same text in UTF-8 where the encoding is certain: what `check --fix-encoding` writes."""
    name = _guess(data)
    return _decoded(data, name).encode() if name else None


_BINARY: Final = ("二进制文件", "a binary file")
_NAMES: Final = {"gb18030": "GB18030（GBK）", "big5": "Big5", "utf-16": "UTF-16", "utf-32": "UTF-32"}


def _label(name: str) -> str:
    return _NAMES.get(name.removesuffix("-le").removesuffix("-be"), name)


def _guess(data: bytes) -> str | None:
    """The encoding of text that is not UTF-8, where there is hardly a doubt."""
    for mark, name in _BOMS:
        if data.startswith(mark):
            return name if _decodes(data, name) else None
    if b"\0" in data and len(data) % 2 == 0:  # Chinese text has no zero bytes but those of its line ends
        for name in ("utf-16-le", "utf-16-be"):
            if _decodes(data, name) and _likely(data.decode(name)) > _SURE:
                return name
    if b"\0" in data:
        return None
    if _is_utf8(data):
        return None
    best = [(_likely(data.decode(name)), name) for name in ("gb18030", "big5") if _decodes(data, name)]
    if len(data) % 2 == 0 and not best:
        best += [(_likely(data.decode(n)), n) for n in ("utf-16-le", "utf-16-be") if _decodes(data, n)]
    score, name = max(best, default=(0.0, ""))
    return name if score > _SURE else None


def _likely(text: str) -> float:
    """The share of characters that Chinese newspaper text is made of; rare ones count as doubtful."""
    good = 0
    for character in text[:20_000]:
        code = ord(character)
        good += (
            0x4E00 <= code <= 0x9FFF
            or 0x3000 <= code <= 0x303F
            or 0xFF01 <= code <= 0xFF5E
            or 0x20 <= code <= 0x7E
            or code in (0x09, 0x0A, 0x0D, 0x2014, 0x2018, 0x2019, 0x201C, 0x201D, 0x2026, 0xB7, 0xFEFF)
            or 0x2460 <= code <= 0x249B
            or 0x25A0 <= code <= 0x26FF
        )
    return good / max(1, len(text[:20_000]))


def _decodes(data: bytes, name: str) -> bool:
    try:
        data.decode(name)
    except UnicodeDecodeError:
        return False
    return True


def _is_utf8(data: bytes) -> bool:
    return _decodes(data, "utf-8")


def _mostly_utf8(data: bytes) -> bool:
    text = data.decode("utf-8", "replace")
    return text.count("\ufffd") * 20 < len(text) and not CONTROLS.search(text)


def _decoded(data: bytes, name: str) -> str:
    return data.decode(name).removeprefix("\ufeff")


def _place(data: bytes, index: int) -> tuple[int, int]:
    line_start = data.rfind(b"\n", 0, index) + 1
    return data.count(b"\n", 0, index) + 1, len(data[line_start:index].decode("utf-8", "replace")) + 1


def _not_utf8(data: bytes, path: str, failure: UnicodeDecodeError) -> Problem:
    for signature, zh, en in _SIGNATURES:
        if data.startswith(signature):
            return _no_text(path, zh, en)
    if name := _guess(data):
        return _wrong_encoding(path, name)
    return _broken(data, path, failure)


def _wrong_encoding(path: str, name: str) -> Problem:
    return error(
        path,
        1,
        1,
        f"文件的编码是 {_label(name)}，不是 UTF-8",
        f"the file is encoded in {_label(name)}, not UTF-8",
        do="请另存为 UTF-8，或运行 jianbao check --fix-encoding",
        do_en="save it as UTF-8 or run jianbao check --fix-encoding",
        code="encoding",
    )


def _broken(data: bytes, path: str, failure: UnicodeDecodeError) -> Problem:
    line, column = _place(data, failure.start)
    at_end = failure.end >= len(data) and "end of data" in failure.reason
    zh = "文件在一个字的中间断了，可能没有存完" if at_end else "这里的字节不是 UTF-8，可能混了两种编码"
    en = "the file ends inside a character; it may be cut off" if at_end else "these bytes are not UTF-8"
    return error(
        path,
        line,
        column,
        zh,
        en,
        do="请从备份恢复，或改正此处后另存为 UTF-8",
        do_en="restore it from a backup, or mend this place and save as UTF-8",
        code="encoding",
    )


def _read_as(path: str, name: str) -> Problem:
    return warning(
        path,
        0,
        0,
        f"编码是 {_label(name)}，已照此读取",
        f"read as {_label(name)}",
        do="可另存为 UTF-8",
        do_en="better saved as UTF-8",
        code="encoding",
    )


def _no_text(path: str, zh: str, en: str, *, empty: bool = False) -> Problem:
    return error(
        path,
        0,
        0,
        f"这不是文本，看来是{zh}" if not empty else "文件是空的",
        f"this is no text; it seems to be {en}" if not empty else "the file is empty",
        do="请放入版面文字（.txt，UTF-8），或移走此文件",
        do_en="put the page's text here (.txt, UTF-8) or move the file away",
        code="empty" if empty else "not-text",
    )


def _control_faults(text: str, path: str) -> list[Problem]:
    """The first control character of each line, at most ten."""
    problems: list[Problem] = []
    for number, line in enumerate(text.split("\n"), 1):
        if not (match := CONTROLS.search(line)):
            continue
        problems.append(
            error(
                path,
                number,
                match.start() + 1,
                f"有控制字符 U+{ord(match[0]):04X}",
                f"control character U+{ord(match[0]):04X}",
                do="请删去它",
                do_en="remove it",
                code="control-character",
            )
        )
        if len(problems) == 10:
            break
    return problems
