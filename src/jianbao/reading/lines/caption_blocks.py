"""Captions of several lines that only their end gives away: a small block of text with the photographer below it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from jianbao.reading.lines.captions import is_credit, is_credited, starts_caption
from jianbao.reading.lines.edges import End
from jianbao.reading.lines.looks import Seen
from jianbao.reading.lines.neighbours import fits, stops_short
from jianbao.reading.lines.scores import Label
from jianbao.reading.phrases.standing_heads import is_picture_news

_BLOCK_LINES: Final = 6
_BLOCK: Final = 130  # characters
_REACH: Final = 60  # lines above that tell whether this text indents its paragraphs


def whole_blocks(seen: Sequence[Seen], labels: Sequence[Label]) -> list[Label]:
    """The labels, where a small block of text ends with a picture's credit, the whole block being its caption."""
    given, labels = labels, list(labels)
    _take_picture_news(seen, labels)
    _take_headed(seen, labels)
    _take_series(seen, labels)
    for i, label in enumerate(labels):
        of_text = given[i] is label is Label.BODY and seen[i].caption > 0.0
        if not (of_text or label is Label.CAPTION) or seen[i].gap or starts_caption(seen[i].text):
            continue
        start = _not_indented(seen, labels, i)
        if start is not None and (of_text or start < i):
            labels[start : i + 1] = _as_news(seen, labels, start, i)
        if start is not None or of_text:
            continue
        if seen[i - 1].ends is End.STOP and not is_credit(seen[i].text):
            continue  # a caption of its own, of one line
        first = i
        while first and not seen[first].gap and i - first < _BLOCK_LINES and _reads_on(seen, labels, first - 1):
            first -= 1
        above = labels[first - 1] if first else Label.FURNITURE
        apart = above in (Label.CAPTION, Label.MORE, Label.FURNITURE) or (above is Label.BODY and seen[first - 1].ends)
        apart = apart or _ends_list(seen, labels, first - 1)
        headed = above is labels[first] is Label.TITLE and seen[first - 1].gap and _is_wide(seen[first])
        if (
            (seen[first].gap or headed)
            and not seen[first].indent
            and first < i
            and (apart or headed)
            and sum(len(s.text) for s in seen[first : i + 1]) <= _BLOCK
        ):
            news = headed and seen[first].gap and any("。" in s.text for s in seen[first : i + 1])
            labels[first : i + 1] = [Label.BODY] * (i + 1 - first) if news else _as_news(seen, labels, first, i)
    _take_headed(seen, labels)
    return labels


def _ends_list(seen: Sequence[Seen], labels: Sequence[Label], last: int) -> bool:
    """Whether more short lines than a title has end here: a table or verse, that were not told yet."""
    first = last
    while first > 0 and labels[first] is Label.TITLE and not seen[first].gap and last - first < _TITLE_LINES:
        first -= 1
    return last - first >= _TITLE_LINES


_TITLE_LINES: Final = 3


def _reads_on(seen: Sequence[Seen], labels: Sequence[Label], i: int) -> bool:
    """Whether a line can belong to the caption that ends below it: text, or what was taken for a headline though it is
    a part of a sentence or fills its column."""
    s = seen[i]
    return labels[i] is Label.BODY or (labels[i] is Label.TITLE and not s.ends and ("，" in s.text or _is_wide(s)))


def _is_wide(s: Seen) -> bool:
    """Whether a line fills its column, or nearly."""
    return s.width >= _LEAST_WIDE and fits(s.width, max(s.before, s.after))


_LEAST_WIDE: Final = 24


def _take_picture_news(seen: Sequence[Seen], labels: list[Label]) -> None:
    """Makes the caption below 图片新闻 the text of that news: it has no other."""
    for i, label in enumerate(labels[:-1]):
        if label is not Label.TITLE or not is_picture_news(seen[i].text):
            continue
        end = i + 1
        while end < len(labels) and labels[end] is Label.TITLE and _is_full(seen[end]):
            end += 1
        if end == len(labels) or labels[end] is not Label.CAPTION or (end > i + 1 and seen[end].gap):
            continue
        end = _end_of_caption(labels, end)
        if end == len(labels) or labels[end] is not Label.BODY:
            labels[i + 1 : end] = [Label.BODY] * (end - i - 1)


def _is_full(s: Seen) -> bool:
    """Whether a line fills its column, as no headline does, right below the line above."""
    return not s.gap and fits(s.width, max(s.before, s.after))


def _end_of_caption(labels: Sequence[Label], start: int) -> int:
    """The place behind the caption that begins here."""
    return next((end for end in range(start + 1, len(labels)) if labels[end] is not Label.MORE), len(labels))


def credited(caption: Sequence[Seen]) -> list[Sequence[Seen]]:
    """A caption's lines, and by itself the last where it is who took the picture below words without an end."""
    last = caption[-1]
    below_words = len(caption) > 1 and not caption[-2].ends and not _IN_CREDIT.search(caption[-2].text)
    if below_words and last.signature and len(last.text) <= _LONGEST_CREDIT:
        return [caption[:-1], caption[-1:]]
    return [caption]


_IN_CREDIT: Final = re.compile(
    r"[。！？…” \u3000](?:本报|本刊|新华社|中新社|特约|见习|实习|本报通|通讯|通|记)$"
)  # …。 本报 / 记者 王强 摄
_LONGEST_CREDIT: Final = 20  # characters


def _take_headed(seen: Sequence[Seen], labels: list[Label]) -> None:
    """Makes a caption right below a title, the two apart from all text, the text of news that is a picture."""
    for i, label in enumerate(labels[:-1]):
        if label is not Label.TITLE or labels[i + 1] is not Label.CAPTION or seen[i + 1].gap:
            continue
        end = _end_of_caption(labels, i + 1)
        text = "".join(s.text for s in seen[i + 1 : end])
        if (
            (seen[i].gap or not i or labels[i - 1] is Label.TITLE)
            and len(text) >= _LEAST_NEWS
            and "。" in text
            and (seen[i].text.endswith(("（图）", "(图)")) or not starts_caption(text))
            and (end == len(labels) or (seen[end].gap and labels[end] is not Label.BODY))
        ):
            labels[i + 1 : end] = [Label.BODY] * (end - i - 1)


def _take_series(seen: Sequence[Seen], labels: list[Label]) -> None:
    """Makes the captions right below a title that says it heads pictures (组图) the text of that news."""
    for i, label in enumerate(labels[:-1]):
        if label is not Label.TITLE or not _SERIES.search(seen[i].text):
            continue
        end = i + 1
        while end < len(labels) and labels[end] in (Label.CAPTION, Label.MORE) and not seen[end].gap:
            end += 1
        if end > i + 1 and (end == len(labels) or (seen[end].gap and labels[end] is not Label.BODY)):
            labels[i + 1 : end] = [Label.BODY] * (end - i - 1)


_SERIES: Final = re.compile(r"[（(](?:组图|图集|组照|摄影报道|图片新闻)[）)]$|^图说")


_LEAST_NEWS: Final = 24  # characters


def _as_news(seen: Sequence[Seen], labels: Sequence[Label], first: int, last: int) -> list[Label]:
    """The labels of a block that is a caption; where it stands apart from all text and begins with a short line, this
    is the headline of the rest."""
    head, below = seen[first], seen[min(first + 1, last)]
    if (
        last > first + 1
        and head.gap
        and not (head.ends or below.gap)
        and head.width <= _SHORT * max(head.before, head.after)
        and 2 * head.width <= below.width
        and (last + 1 == len(seen) or (seen[last + 1].gap and labels[last + 1] is not Label.BODY))
    ):
        return [Label.TITLE, *[Label.BODY] * (last - first)]
    return [Label.CAPTION, *[Label.MORE] * (last - first)]


_SHORT: Final = 0.7


def _not_indented(seen: Sequence[Seen], labels: Sequence[Label], credit: int) -> int | None:
    """Where the caption that ends with a picture's credit begins: at the line behind an ended paragraph that has no
    indent, in a text that indents all its paragraphs."""
    if not is_credited(seen[credit].text) or seen[credit].indent or seen[credit].gap or not credit:
        return None
    first, begun = credit, None
    while first and credit - first < _BLOCK_LINES and not seen[first].gap:
        above = seen[first - 1]
        if above.ends is End.STOP and labels[first - 1] is Label.BODY:
            begun = first
            if stops_short(above) and not (first == credit and is_credit(seen[credit].text)):
                break
        if above.ends is End.BRACKET and first < credit:  # who wrote the text
            begun = first
        if above.indent or above.ends is End.BRACKET or not _may_go_on(labels[first - 1], above):
            break
        first -= 1
    if begun is None or sum(len(s.text) for s in seen[begun : credit + 1]) > _BLOCK:
        return None
    indents = [
        seen[n].indent
        for n in range(max(1, begun - _REACH), begun)
        if labels[n] is labels[n - 1] is Label.BODY and seen[n - 1].ends is End.STOP and not seen[n].gap
    ]
    indented = sum(indents)
    return begun if indented and indented >= 0.8 * len(indents) and _indents(seen, begun, credit) else None


def _may_go_on(label: Label, s: Seen) -> bool:
    """Whether a line above a caption's may be the caption's as well: ① by itself looks like a title."""
    return label is Label.BODY or (label is Label.TITLE and s.text[0] == "①")


def _indents(seen: Sequence[Seen], first: int, last: int) -> bool:
    """Whether the text around these lines indents its paragraphs: two more do."""
    around = [*seen[max(0, first - _REACH) : first], *seen[last + 1 : last + _REACH]]
    return sum(s.indent for s in around) > 1
