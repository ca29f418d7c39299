"""Texts out of a database or an editorial system: each part bears its name (`标题：…`, `【作者】…`, `<正文>=…`).

There the labels tell where an article begins and what each line is; only its text is read as on any page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, Literal

from jianbao.doubts import Doubt, Why
from jianbao.model import Byline, Line, PaperDate, ReadArticle
from jianbao.reading.furniture.folio import Folio, find_folio
from jianbao.reading.furniture.scan_path import Place, place_of
from jianbao.reading.lines.edges import Begin, End
from jianbao.reading.lines.looks import Seen, see
from jianbao.reading.phrases.dates import Printed, read_date
from jianbao.reading.signatures.bylines import read_signature
from jianbao.reading.stories.article import build
from jianbao.reading.stories.divide import Story
from jianbao.reading.stories.layout import Run
from jianbao.text import SENTENCE_ENDS, straighten

Part = Literal[
    "headline", "kicker", "subhead", "signed", "date", "page", "section", "column", "caption", "body", "rest"
]

_NAMES: Final[Mapping[Part, str]] = {
    "headline": "标题 正标题 主标题 正题 题目 题名 篇名 文章标题 新闻标题 標題 題名",
    "kicker": "引题 肩题 眉题 肩标题 引標題",
    "subhead": "副题 副标题 副標題",
    "signed": "作者 文章作者 署名 记者 通讯员 摄影 编辑 责编 责任编辑 記者",
    "date": "日期 出版日期 刊发日期 见报日期 发表日期 发布日期 发表时间 发布时间 见报时间",
    "page": "版次 版号 版面 版",
    "section": "版名 版面名称",
    "column": "栏目 专栏 欄目",
    "caption": "图说 图片说明 图注 圖說",
    "body": "正文 全文 内容 文章内容 文章正文 正文内容 內文",
    "rest": "来源 报纸 报名 报纸名称 媒体 期号 期数 字数 关键词 关键字 分类 体裁 链接 网址 编号 序号 稿号 页码",
}
_PART_OF: Final[Mapping[str, Part]] = {word: part for part, words in _NAMES.items() for word in words.split()}
_WORD: Final = "|".join(
    r"[ \u3000]?".join(word) for word in sorted(_PART_OF, key=len, reverse=True)
)  # longest first; 标　题 is printed so, too
_LABEL: Final = re.compile(
    rf"[ \u3000]*(?:[<＜〈【\[［]\s*({_WORD})\s*[>＞〉】\]］]\s*[=＝：:]?|({_WORD})\s*[：:＝=])[ \u3000]*(.*)"
)
_RULE: Final = re.compile(r"\s*(?:[<＜]/?REC[^>＞]*[>＞]|[-=_*—#~·]{3,})\s*", re.IGNORECASE)
# What the page says of itself: date and place are the page's, the rest is no part of an article.
_NOT_SHOWN: Final[frozenset[Part]] = frozenset({"date", "page", "section", "rest"})
_UNSIGNED: Final = frozenset({"作者", "文章作者", "署名"})  # labels that are no role


@dataclass(slots=True)
class _Record:
    """One article's parts: for each (label's word, value); the lines of its text, and all its lines; by number."""

    parts: list[tuple[Part, str, str]] = field(default_factory=list)
    body: list[int] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)

    def of(self, part: Part) -> str:
        return " ".join(value for one, _, value in self.parts if one == part and value)


@dataclass(frozen=True, slots=True)
class Labelled:
    """What labels say of a page: its articles, the lines that are none's, where and when it was printed."""

    articles: tuple[ReadArticle, ...]
    furniture: tuple[Line, ...]
    folio: Folio


def read_labelled(
    lines: Sequence[Line], texts: Sequence[str], known: Mapping[str, int] | None = None
) -> Labelled | None:
    """The page by its labels; None where its articles bear none, as nearly all pages."""
    found = [_LABEL.fullmatch(text) for text in texts]
    labels = [_PART_OF[_word(match)] if match else None for match in found]
    heads = [i for i, match in enumerate(found) if match and labels[i] == "headline" and not _says_else(match)]
    if not heads or not _leads(texts, found):
        return None
    if "body" not in labels and _stand_together(labels) < max(len(heads), _FEWEST):
        return None
    records, furniture, plain = _records(lines, texts, found, labels)
    seen = {s.line.number: s for s in see(lines, plain, known)}
    bodies = [[seen[number] for number in record.body if number in seen] for record in records]
    whole = _is_whole([s for body in bodies for s in body])
    articles = [
        _article(record, _parted(body) if whole else body, known) for record, body in zip(records, bodies, strict=True)
    ]
    return Labelled(tuple(articles), tuple(furniture), _folio(records, furniture))


def _says_else(match: re.Match[str]) -> bool:
    """Whether a label may well be a text's own: the subject of a talk that is announced."""
    return not match[1] and _word(match) in ("题目", "题名", "正题")


def _leads(texts: Sequence[str], found: Sequence[re.Match[str] | None]) -> bool:
    """Whether the labels begin with the page: above the first stand a few words at most, and no text."""
    first = next(i for i, match in enumerate(found) if match)
    above = [text.strip() for text in texts[:first] if text.strip()]
    return len(above) <= _MOST_ABOVE and not any(text[-1] in SENTENCE_ENDS for text in above)


_MOST_ABOVE: Final = 4


def _is_whole(body: Sequence[Seen]) -> bool:
    """Whether each line is a paragraph, as nearly all of them end a sentence."""
    return sum(s.ends is End.STOP for s in body) >= _NEARLY_ALL * len(body)


_NEARLY_ALL: Final = 0.8


def _parted(body: Sequence[Seen]) -> list[Seen]:
    """The lines, each below a sentence's end as the beginning of a paragraph."""
    above = [End.STOP, *(s.ends for s in body)]
    return [
        s._replace(indent=True, begins=Begin.INDENTED) if end is End.STOP else s
        for s, end in zip(body, above, strict=False)
    ]


_FEWEST: Final = 2


def _word(match: re.Match[str]) -> str:
    return re.sub(r"[ \u3000]", "", match[1] or match[2])


def _stand_together(labels: Sequence[Part | None]) -> int:
    """How many headlines have another label right above or below them, where no label tells the text."""
    around = [None, *labels, None]
    return sum(label == "headline" and bool(around[i] or around[i + 2]) for i, label in enumerate(labels))


def _records(
    lines: Sequence[Line], texts: Sequence[str], found: Sequence[re.Match[str] | None], labels: Sequence[Part | None]
) -> tuple[list[_Record], list[Line], list[str]]:
    """The articles' records; the lines that are none's; the texts with nothing in them but what is text."""
    records: list[_Record] = []
    furniture: list[Line] = []
    plain = [""] * len(texts)
    names_text = "body" in labels
    first = next(_word(match) for match in found if match)  # the word that records begin with
    below = _below_text(texts, found, labels, first)
    in_text = False
    for i, (line, text, match) in enumerate(zip(lines, texts, found, strict=True)):
        if not text.strip():
            continue
        record = records[-1] if records else None
        part, word = labels[i], _word(match) if match else ""
        if _RULE.fullmatch(text) or (record is None and not part):
            furniture.append(line)
            continue
        if record is None or (_begins(part, word, first) and (in_text or record.of(part or "rest"))):
            record, in_text = _Record(), False
            records.append(record)
        elif in_text and i not in below:
            part = None
        if part and match and part != "body":
            value = straighten(match[3].strip())
            record.parts.append((part, word, value))
            if part in _NOT_SHOWN:
                furniture.append(line)
                continue
        elif part and match:
            in_text = True
            plain[i] = match[3] and f"\u3000\u3000{match[3].strip()}"
        elif not in_text and record.parts and (names_text or not record.parts[-1][2]):
            kind, name, value = record.parts[-1]  # what did not fit on the label's line
            record.parts[-1] = kind, name, f"{value} {straighten(text.strip())}".strip()
        else:
            in_text = True
            plain[i] = text
        record.lines.append(line.number)
        if plain[i]:
            record.body.append(line.number)
    return records, furniture, plain


def _begins(part: Part | None, word: str, first: str) -> bool:
    """Whether a label may begin a record."""
    return word == first or part == "headline"


def _below_text(
    texts: Sequence[str], found: Sequence[re.Match[str] | None], labels: Sequence[Part | None], first: str
) -> set[int]:
    """The labelled lines behind which no text follows before the next record: labels also below a text. Others in it
    are text (时间：, 来源：), but for those of pictures."""
    below: set[int] = set()
    ends = True
    for i in range(len(texts) - 1, -1, -1):
        match, part = found[i], labels[i]
        if _RULE.fullmatch(texts[i]) or (match and _begins(part, _word(match), first)):
            ends = True
        elif match and (ends or part == "caption"):
            below.add(i)
        elif texts[i].strip():
            ends = False
    return below


def _article(record: _Record, body: list[Seen], known: Mapping[str, int] | None) -> ReadArticle:
    read = build(Story([], [], [Run(body)] if body else []), known, {})
    headline = record.of("headline") or None
    doubts = [doubt for doubt in read.doubts if doubt.field not in ("title", "kicker")]
    if headline is None:
        doubts.append(Doubt("title", Why.NO_LABELLED_HEADLINE, 0.0))
    return replace(
        read,
        headline=headline,
        kicker=record.of("kicker") or None,
        subhead=record.of("subhead") or None,
        bylines=_signed(record, read.bylines, known),
        column=record.of("column") or read.column,
        captions=tuple(value for part, _, value in record.parts if part == "caption" and value),
        lines=tuple(sorted(record.lines)),
        doubts=tuple(doubts),
    )


def _signed(record: _Record, inside: Sequence[Byline], known: Mapping[str, int] | None) -> tuple[Byline, ...]:
    """Who signs by the labels, with the role that the text gives them; then those whom the text alone names."""
    roles = {byline.name: byline.role for byline in inside}
    found: dict[str, Byline] = {}
    for part, word, value in record.parts:
        if part != "signed" or not value:
            continue
        role = "" if word in _UNSIGNED else word
        signature = read_signature(value, known)
        bylines: Iterable[Byline] = (
            signature.bylines
            if signature
            else [Byline("", name) for name in re.split(r"[、，,;；/]\s*", value) if name]
        )
        for one in bylines:
            found.setdefault(one.name, Byline(one.role or role or roles.get(one.name) or _AUTHOR, one.name))
    return (*found.values(), *(one for one in inside if one.name not in found))


_AUTHOR: Final = "作者"


def _folio(records: Sequence[_Record], furniture: Sequence[Line]) -> Folio:
    """Date, page and section as the labels give them, else a line above them; the first record's where they differ."""
    above = find_folio([Line(i, line.text) for i, line in enumerate(furniture) if not _LABEL.fullmatch(line.text)])
    dates = [printed for record in records if (printed := _date(record.of("date")))]
    places = [place for record in records if (place := _place(record)) != Place()]
    printed = dates[0] if dates and len({one.date for one in dates}) == 1 else None
    return Folio(frozenset(), places[0] if places else above.place, printed or (None if dates else above.printed))


def _date(text: str) -> Printed | None:
    day = place_of(text).date
    return read_date(text) or (Printed(day, None) if day and day.is_day else None)


def _place(record: _Record) -> Place:
    """`第3版`, `3`, `A02`, `第3版：文化`."""
    page = record.of("page")
    place = place_of(f"{_ANY_DAY}/{page}") if page else Place()
    return Place(None, place.page, record.of("section") or place.section)


_ANY_DAY: Final = PaperDate(2000, 1, 1)  # pages are only looked for behind a date
