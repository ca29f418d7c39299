"""What people write into a field → the one form it is kept in. Pure; `ValueFault` says what cannot be meant."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from typing import Final

from jianbao.articles.fields import BY_NAME, REVIEW_ALSO, REVIEWABLE, Field, Form, Value
from jianbao.articles.people import parted, signed
from jianbao.filenames import name_fault
from jianbao.model import Kind, PaperDate, is_article_id
from jianbao.numerals import BEFORE_REPUBLIC, NUMERALS, read_number


class ValueFaultError(ValueError):
    """`code` names the rule, `shown` what the sentence about it quotes."""

    def __init__(self, code: str, *shown: str) -> None:
        super().__init__(code)
        self.code, self.shown = code, shown


_INVISIBLE: Final = re.compile(
    r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\xad]"
)
_OWN: Final = frozenset({"id", "title", "kicker", "subtitle"})
_USUAL_ID: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}-[A-Z]{0,2}[0-9]{1,4}-[0-9]{1,5}")
_EMPTY: Final = frozenset({"", "~", "null", "Null", "NULL"})


def cleaned(text: str) -> str:
    """A text on one line: blanks of every kind are one space, what cannot be seen is gone."""
    if not text.isascii() and not text.isprintable():
        text = _INVISIBLE.sub("", text)
    return " ".join(text.split())


def normal(name: str, text: str) -> Value:
    """One plain text as the value of the field `name`; "" or () where it says nothing."""
    if name in _OWN:  # another in every article, so not worth remembering
        if name == "id" and _USUAL_ID.fullmatch(text):
            return text
        text = cleaned(text)
        return "" if text in _EMPTY else _SINGLE[BY_NAME[name].form](text)
    return _normal(name, text)


@lru_cache(maxsize=65536)
def _normal(name: str, text: str) -> Value:
    field = BY_NAME[name]
    text = cleaned(text)
    if text in _EMPTY:
        return () if field.is_list else ""
    if field.is_list:
        return normal_list(name, _parts(field, text))
    return _SINGLE[field.form](text)


@lru_cache(maxsize=65536)
def normal_list(name: str, items: tuple[str, ...]) -> tuple[str, ...]:
    """The items of a list as the value of the field `name`, each once, empty ones left out."""
    field = BY_NAME[name]
    kept: dict[str, None] = {}
    for item in items:
        text = cleaned(item)
        if text in _EMPTY:
            continue
        if field.form is Form.NAMES:
            for person in parted(text, field.role):
                if person in _EMPTY:  # `编辑 ~` signs nobody
                    continue
                _check_name(signed(person)[1], "name")  # 文/图 may have its stroke
                kept[person] = None
        elif field.form is Form.REVIEW:
            kept[REVIEW_ALSO.get(text, text) if text not in REVIEWABLE else text] = None
        elif field.form is Form.WORDS:
            word = text.lstrip("#＃").strip()
            if word:
                _check_name(word, "tag")
                kept[word] = None
        else:
            kept[text] = None
    return tuple(kept)


def _parts(field: Field, text: str) -> tuple[str, ...]:
    if field.form is Form.WORDS:
        return tuple(re.split(r"[、，,;；]", text))
    if field.form is Form.REVIEW:
        return tuple(re.split(r"[、，,;； ]", text))
    return (text,)


_DATE: Final = re.compile(
    r"(?:约|約|大约)?\s*([0-9]{4})\s*[-/.年—–]\s*([0-9]{1,2})(?:\s*[-/.月—–]\s*([0-9]{1,2})\s*[日号號]?|\s*月)?"
    r"(?:[T ]00:00(?::00(?:\.0+)?)?(?:Z|[+-][0-9:]{4,6})?)?\s*(~?)"
)
_YEAR: Final = re.compile(r"(?:约|約)?\s*([0-9]{4})\s*年?\s*(~?)")
_COMPACT: Final = re.compile(r"([12][0-9]{3})([01][0-9])([0-3][0-9])(~?)")
_CHINESE_DATE: Final = re.compile(  # 二〇二一年十二月七日, 民國九年四月十二日, 中华民国9年4月
    rf"(?:([〇零○O一二三四五六七八九]{{4}})|(?:中[華华])?民[國国]\s*([{NUMERALS}O]{{1,4}}|[0-9]{{1,3}}))\s*年"
    rf"(?:\s*([{NUMERALS}O]{{1,3}}|[0-9]{{1,2}})\s*月(?:\s*([{NUMERALS}O]{{1,3}}|[0-9]{{1,2}})\s*[日号號])?)?"
)


@lru_cache(maxsize=8192)
def date(text: str) -> PaperDate:
    """A date however people write it (2021/12/7, 2021年12月7日, 二〇二一年十二月七日, 民國九年四月)."""
    try:
        return PaperDate.parse(text)
    except ValueError:
        pass
    folded = unicodedata.normalize("NFKC", text).replace("～", "~").replace("∼", "~").strip()
    parts: tuple[str, str, str]
    if match := _DATE.fullmatch(folded) or _COMPACT.fullmatch(folded):
        parts = (match[1], match[2], match[3] or "")
        estimated = bool(match[4]) or folded.startswith(("约", "約", "大约"))
    elif match := _YEAR.fullmatch(folded):
        parts, estimated = (match[1], "", ""), bool(match[2]) or folded.startswith(("约", "約"))
    elif match := _CHINESE_DATE.fullmatch(folded):
        # What is no number becomes 0, and 0 is no month, no day and no year of the Republic.
        year, republican, month, day = (read_number(part) or 0 if part else None for part in match.groups())
        year = year or (republican + BEFORE_REPUBLIC if republican else 0)
        parts, estimated = (f"{year:04}", "" if month is None else str(month), "" if day is None else str(day)), False
    else:
        raise ValueFaultError("date-form", text)
    iso = "-".join([parts[0], *(part.zfill(2) for part in parts[1:] if part)])
    try:
        return PaperDate.parse(iso + "~" * estimated)
    except ValueError:
        raise ValueFaultError("date-impossible", text) from None


_PAGE: Final = re.compile(r"第?\s*([A-Za-z\u4e00-\u9fff]{0,4}?)0*([0-9]{1,4})\s*[版页頁]?")

_PAGE_IN_WORDS: Final = re.compile(rf"第?\s*([{NUMERALS}]{{1,3}})\s*[版页頁]?")  # 第四版, as older papers print it


def page(text: str) -> str:
    """A page's label: `1` for 1, 01, 第1版, 头版, `4` for 第四版; `A02` stays."""
    folded = unicodedata.normalize("NFKC", text)
    if folded in ("头版", "頭版"):
        return "1"
    if (words := _PAGE_IN_WORDS.fullmatch(folded)) and (number := read_number(words[1])):
        return str(number)
    if not (match := _PAGE.fullmatch(folded)):
        raise ValueFaultError("page", text)
    if not match[1]:
        return str(int(match[2]))
    return folded.removeprefix("第").rstrip("版页頁 ").strip()


_KINDS: Final = {
    "公告": Kind.NOTICE,
    "启事": Kind.NOTICE,
    "通告": Kind.NOTICE,
    "notice": Kind.NOTICE,
    "广告": Kind.ADVERTISEMENT,
    "廣告": Kind.ADVERTISEMENT,
    "ad": Kind.ADVERTISEMENT,
    "advertisement": Kind.ADVERTISEMENT,
    "新闻": Kind.NEWS,
    "news": Kind.NEWS,
}


def _kind(text: str) -> str:
    if text.lower() not in _KINDS:
        raise ValueFaultError("kind", text)
    return _KINDS[text.lower()].value


def article_id(text: str) -> str:
    """An id: of one of the two forms, and a name that every system can hold."""
    for part in (text, f"{text}.md"):
        if fault := name_fault(part):
            raise ValueFaultError("name-fault", text, fault.zh, fault.en)
    if ".." in text or "/" in text or "%" in text or text != unicodedata.normalize("NFC", text):
        raise ValueFaultError("id-form", text)
    if not is_article_id(text):
        raise ValueFaultError("id-form", text)
    return text


def _section(text: str) -> str:
    _check_name(text, "section")
    return text


def _check_name(text: str, what: str) -> None:
    """Sections, people and tags have pages of their own: nothing that leads elsewhere, nothing endless."""
    if re.search(r"[/\\]|\.\.|%2e|%2f|%5c", text, re.IGNORECASE):
        raise ValueFaultError(f"{what}-path", text)
    fault = name_fault(text)
    if fault and fault.code in ("too-long", "reserved"):
        raise ValueFaultError("name-fault", text[:40], fault.zh, fault.en)


_SINGLE: Final[dict[Form, Callable[[str], str]]] = {
    Form.ID: article_id,
    Form.TEXT: lambda text: text,
    Form.DATE: lambda text: str(date(text)),
    Form.PAGE: page,
    Form.KIND: _kind,
    Form.SECTION: _section,
}
