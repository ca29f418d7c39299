"""Articles that go on elsewhere: `（下转第2版）` at the end of one part, `（上接第1版）` at the head of the other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from jianbao.doubts import Doubt
from jianbao.model import ReadArticle, ReadPage, SourceLines
from jianbao.numerals import read_number
from jianbao.reading.titles.headlines import Rarity, pieces

_PAGE = r"(?:第?\s*([A-Za-z]?\d{1,3}|[一二三四五六七八九十]{1,3})\s*版|[Pp](\d{1,3})|([A-Z]\d{1,2}))"
_ARROWS = r"[▶►→>＞◀◁←☞▲△▼◆■●\s]{0,8}"
_TAIL = r"[^（）()【】。]{0,24}[）)】\]〕]"  # 《…》一文, ① and the like, up to the closing bracket
_ON: Final = re.compile(
    rf"\s*(?:[（(【\[〔]{_ARROWS}(?:未完[，,、 ]?\s*)?(?:下转|下轉|下接|转|轉|(?:紧|緊)接)\s*{_PAGE}{_TAIL}|"
    rf"{_ARROWS}(?:未完[，,、 ]?\s*)?(?:下转|下轉|下接|(?:紧|緊)接)\s*{_PAGE}{_ARROWS})\s*$"
)
_LONGEST: Final = 80  # characters of such a mark
_FROM: Final = re.compile(
    rf"^\s*(?:[（(【\[〔]{_ARROWS}(?:紧|緊)?(?:上接|接)\s*{_PAGE}{_TAIL}|"
    rf"{_ARROWS}(?:上接|(?:紧|緊)接)\s*{_PAGE}{_ARROWS}(?:《[^》]{{1,30}}》)?)\s*"
)


def take_marks(paragraphs: Sequence[str]) -> tuple[list[str], int | None, int | None]:
    """The paragraphs without their marks, the page they go on to, and the page they come from."""
    texts = list(paragraphs)
    on = off = None
    for place in (-1, -2):
        if len(texts) >= -place and (found := _ON.search(texts[place], max(0, len(texts[place]) - _LONGEST))):
            on, texts[place] = _number(found), texts[place][: found.start()]
            break
    if texts and (found := _FROM.match(texts[0])):
        off, texts[0] = _number(found), texts[0][found.end() :]
    elif len(texts) > 1 and len(texts[-1]) <= _LONGEST and (found := _FROM.fullmatch(texts[-1])):
        off, texts[-1] = _number(found), ""
    return [text for text in texts if text], on, off


def is_mark(text: str) -> bool:
    """Whether a line is such a mark and nothing else."""
    return len(text) <= 40 and bool(_ON.fullmatch(text) or _FROM.fullmatch(text))


def _number(found: re.Match[str]) -> int | None:
    text = next(part for part in found.groups() if part)
    digits = re.sub(r"\D", "", text)
    return int(digits) if digits else read_number(text)


def join_continued(pages: Sequence[ReadPage]) -> tuple[ReadPage, ...]:
    """The pages of one issue with each continuation's paragraphs joined to its first part.

    The first part is sought on the page that the continuation names; where several there go on to this page, the
    one whose words it shares most. A continuation whose first part is not found stays where it is."""
    articles = {(p, a): article for p, page in enumerate(pages) for a, article in enumerate(page.articles)}
    gone: set[tuple[int, int]] = set()
    for (p, a), later in list(articles.items()):
        if later.continued_from is None:
            continue
        firsts = [
            key
            for key, first in articles.items()
            if key not in gone
            and key != (p, a)
            and _label_number(pages[key[0]]) == later.continued_from
            and first.continues_on is not None
            and first.continues_on in (_label_number(pages[p]), None)
            and not any(part.source == pages[p].source for part in first.also)
        ]
        if not firsts:
            continue
        key = _most_alike(later, [(k, articles[k]) for k in firsts])
        articles[key] = _joined(articles[key], later, pages[p].source)
        gone.add((p, a))
    return tuple(
        replace(page, articles=tuple(articles[p, a] for a in range(len(page.articles)) if (p, a) not in gone))
        for p, page in enumerate(pages)
    )


def _label_number(page: ReadPage) -> int | None:
    digits = re.sub(r"\D", "", page.page or "")
    return int(digits) if digits else None


def _most_alike(later: ReadArticle, firsts: Sequence[tuple[tuple[int, int], ReadArticle]]) -> tuple[int, int]:
    """The key of the first part that shares most rare pieces with the continuation, title included."""
    texts = [pieces("\n".join([f.headline or "", *(p.text for p in f.paragraphs)])) for _, f in firsts]
    rarity = Rarity(texts)
    grams = pieces("\n".join([later.headline or "", *(p.text for p in later.paragraphs)]))
    return firsts[max(range(len(firsts)), key=lambda i: rarity.overlap(grams, texts[i]))][0]


def _joined(first: ReadArticle, later: ReadArticle, source: str) -> ReadArticle:
    """The first part with the continuation's text, captions and bylines; an unfinished paragraph is closed up."""
    head, tail = list(first.paragraphs), list(later.paragraphs)
    if head and tail and head[-1].kind is tail[0].kind and not re.search(r"[。！？…”）：；!?]$", head[-1].text):
        head[-1] = replace(head[-1], text=head[-1].text + tail.pop(0).text)
    doubts = [d for d in later.doubts if d.field != "title"]
    return replace(
        first,
        paragraphs=(*head, *tail),
        bylines=tuple(dict.fromkeys((*first.bylines, *later.bylines))),
        captions=(*first.captions, *later.captions),
        also=(*first.also, SourceLines(source, later.lines), *later.also),
        continues_on=later.continues_on,
        doubts=_once((*first.doubts, *doubts)),
    )


def _once(doubts: Sequence[Doubt]) -> tuple[Doubt, ...]:
    return tuple({(d.field, d.why, d.shown): d for d in doubts}.values())
