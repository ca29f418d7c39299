"""What each line is: body, title, byline, caption or furniture, decided for all lines of a page at once.

Each line is scored for each label by what it looks like (width against its column, how it ends, whether it
reads as a signature), each pair of neighbours by whether the one can follow the other (a sentence left open
goes on in the next line), and the best sequence is found by the Viterbi algorithm. Scores are log-odds, set
by hand and checked with the ablation in `benchmarks/reading.py`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from jianbao.model import Line
from jianbao.reading.bylines import MARKERS, Signature, read_signature, starts_with_dateline
from jianbao.reading.captions import looks_like_caption
from jianbao.text import CLOSERS, SENTENCE_ENDS, visual_width


class Label(IntEnum):
    """What a line is. `MORE` goes on with the caption of the line before."""

    BODY = 0
    TITLE = 1
    BYLINE = 2
    CAPTION = 3
    MORE = 4
    FURNITURE = 5


@dataclass(frozen=True, slots=True)
class Seen:
    """A line that is not blank, with what can be seen of it at a glance.

    `width` is its visual width without trailing space, `before` and `after` the usual widths of the lines
    above and below, `gap` whether a blank line stands above it, `indent` whether it is indented.
    """

    line: Line
    text: str
    width: int
    gap: bool
    gap_below: bool
    indent: bool
    ends: float  # how surely a sentence ends with it: 1 yes, 0 no, between for 》） and the like
    before: int = 0
    after: int = 0
    signature: Signature | None = None
    caption: float = 0.0
    opens_article: bool = False


_INDENT: Final = re.compile(r"^(?:\u3000{1,4}| {2,8})(?=\S)")
_NEVER: Final = -30.0
_WINDOW: Final = 9
_NARROWEST: Final = 12  # half-width units; a shorter line tells nothing about its column


def sentence_end(text: str) -> float:
    """How surely a sentence ends here: 1 for 。 also inside closing quotes, .6 for a bracket or ：, 0 for none."""
    stripped = text.rstrip(CLOSERS)
    if stripped and stripped[-1] in SENTENCE_ENDS:
        return 1.0
    if stripped != text:
        return 0.6 if text[-1] in "）)" else 0.45
    return 0.5 if text.endswith(("：", ":", "；", "——")) else 0.0


def see(lines: Sequence[Line], texts: Sequence[str], known: Mapping[str, int] | None = None) -> list[Seen]:
    """The lines that are not blank, with their looks. `texts` are the lines' tidied texts."""
    present = [i for i, text in enumerate(texts) if text.strip()]
    widths = [visual_width(texts[i].rstrip()) for i in present]
    before, after = usual_widths(widths)
    seen: list[Seen] = []
    for n, i in enumerate(present):
        text = texts[i].strip()
        gap = n == 0 or present[n - 1] != i - 1
        gap_below = n + 1 == len(present) or present[n + 1] != i + 1
        signature = read_signature(text, known) if widths[n] <= 150 and _may_sign(text) else None
        seen.append(
            Seen(
                lines[i],
                text,
                widths[n],
                gap,
                gap_below,
                bool(_INDENT.match(texts[i])),
                sentence_end(text),
                before[n],
                after[n],
                signature,
                looks_like_caption(text),
                starts_with_dateline(text),
            )
        )
    return seen


def _may_sign(text: str) -> bool:
    """A quick look before the costly grammar: a marker, a role word, or nothing but two to four characters."""
    return text[0] in MARKERS or bool(_ROLE_HINT.search(text)) or len(text.replace(" ", "")) <= 4


_ROLE_HINT: Final = re.compile(
    r"记者|記者|通讯员|通訊員|实习|文/|图/|/图|摄|攝|编|編|作者|整理|译|撰|本报|供稿|供图|报道|[文图]$"
)


def usual_widths(widths: Sequence[int]) -> tuple[list[int], list[int]]:
    """For each line the commonest width among the lines above it (itself not) and among those below."""
    above = _running_mode(widths)
    below = _running_mode(widths[::-1])[::-1]
    return above, below


def _running_mode(widths: Sequence[int]) -> list[int]:
    modes: list[int] = []
    window: Counter[int] = Counter()
    for i in range(len(widths)):
        modes.append(max(window, key=lambda w: (window[w] + 0.5 * window.get(w - 1, 0), w)) if window else 0)
        if widths[i] >= _NARROWEST:
            window[widths[i]] += 1
        if i >= _WINDOW and widths[i - _WINDOW] >= _NARROWEST:
            old = widths[i - _WINDOW]
            window[old] -= 1
            if not window[old]:
                del window[old]
    return modes


def _fits(width: int, column: int) -> bool:
    """Whether a full line of this column can be so wide: one mark may hang, a number may go to the next line."""
    return bool(column) and -2 <= width - column <= 2


def _starts_short(s: Seen) -> bool:
    """Whether the line lacks the two characters of a lost indent against the lines below it."""
    return bool(s.after) and -5 <= s.width - s.after <= -3 and s.ends < 1.0


def label_lines(seen: Sequence[Seen], furniture: frozenset[int] = frozenset()) -> tuple[list[Label], list[float]]:
    """The likeliest sequence of labels, and for each line how far the next best label of that line lies behind.

    `furniture` are places (in `seen`) that are known to be furniture.
    """
    if not seen:
        return [], []
    scores = [_emission(seen, i, i in furniture) for i in range(len(seen))]
    best = [scores[0][:]]
    best[0][Label.MORE] = _NEVER
    back: list[list[int]] = []
    for i in range(1, len(seen)):
        step = _transition(seen[i - 1], seen[i])
        row, came = [], []
        for label in range(6):
            values = [best[-1][old] + step[old][label] for old in range(6)]
            top = max(range(6), key=values.__getitem__)
            row.append(values[top] + scores[i][label])
            came.append(top)
        best.append(row)
        back.append(came)
    label = max(range(6), key=best[-1].__getitem__)
    path = [label]
    for came in reversed(back):
        label = came[label]
        path.append(label)
    path.reverse()
    labels = [Label(x) for x in path]
    return labels, _margins(scores, seen, labels)


def _margins(scores: list[list[float]], seen: Sequence[Seen], labels: list[Label]) -> list[float]:
    """For each line: its label's score in place, less the best other label's in the same place."""
    margins = []
    for i, label in enumerate(labels):
        totals = []
        for other in range(6):
            total = scores[i][other]
            if i:
                total += _transition(seen[i - 1], seen[i])[labels[i - 1]][other]
            if i + 1 < len(labels):
                total += _transition(seen[i], seen[i + 1])[other][labels[i + 1]]
            totals.append(total)
        margins.append(totals[label] - max(total for other, total in enumerate(totals) if other != label))
    return margins


_COMMA_END: Final = re.compile(r"[，、,：；]$")
_TITLE_WORD: Final = re.compile(r"[，,]")


def _emission(seen: Sequence[Seen], i: int, is_furniture: bool) -> list[float]:
    """How well the line looks as each label."""
    if is_furniture:
        return [_NEVER, _NEVER, _NEVER, _NEVER, _NEVER, 0.0]
    s = seen[i]
    text, width = s.text, s.width
    body = title = 0.0
    beside = (i and not s.gap and abs(seen[i - 1].width - width) <= 2) or (
        i + 1 < len(seen) and not s.gap_below and abs(seen[i + 1].width - width) <= 2
    )
    full = _fits(width, s.before) or _fits(width, s.after) or beside
    first = _starts_short(s)
    if full or (s.ends == 1.0 and width < max(s.before, s.after)):
        body += 1.5
    elif first and not s.gap_below:
        body += 0.8
    else:
        body -= 2.0
    if width > max(s.before, s.after) + 3 and max(s.before, s.after):
        title += 1.0
    stop = text.count("。") + text.count("；")
    if text.endswith("。"):
        body += 3.5
    elif s.ends == 1.0:
        body += 0.7
    elif _COMMA_END.search(text):
        body += 2.5
    if stop and not text.endswith("。"):
        body += 2.5
    elif "，" in text[:-1]:
        body += 0.3
    if s.indent:
        body += 1.5
    if s.opens_article:
        body += 4.0
    if s.gap and s.gap_below:
        title += 0.7
        body -= 3.0 if s.ends < 0.3 else 0.0
    elif s.gap_below and s.ends < 0.3:
        body -= 0.7
    if text[0] in "（(" and text[-1] in "）)":
        body += 4.0
    byline = _byline_score(s)
    caption = s.caption if s.caption else _NEVER
    more = 0.0 if width > 6 else -1.0
    return [body, title, byline, caption, more, _NEVER]


def _byline_score(s: Seen) -> float:
    signature = s.signature
    if not signature:
        return _NEVER
    marked = s.text[0] in MARKERS
    roles = any(byline.role for byline in signature.bylines)
    score = 5.0 if marked and roles else 4.0 if roles else 2.0 if marked else -1.0
    return score - 4.0 * len(signature.odd) / len(signature.bylines)


def _transition(prev: Seen, cur: Seen) -> list[list[float]]:
    """How well each label (column) follows each (row) between these two lines."""
    gap = cur.gap
    open_ = 1.0 - prev.ends
    to_body = 1.0
    if open_ > 0.9 and (cur.indent or (_starts_short(cur) and not cur.gap_below)):
        to_body -= 4.0 if cur.indent else 2.5
    if open_ > 0.9 and (cur.opens_article or not (_fits(prev.width, prev.before) or _fits(prev.width, prev.after))):
        to_body -= 6.0 if cur.opens_article else 2.0
    body = [to_body, 0.0 if gap else -2.0, 0.0 if gap else -1.0, 0.0 if gap else -0.5, _NEVER, 0.0]
    broken = 6.0 * open_
    for label in (Label.TITLE, Label.BYLINE, Label.CAPTION):
        body[label] -= broken
    title = [0.0, 0.3 if not gap else -0.6, 0.5, -0.5, _NEVER, 0.0]
    byline = [0.5, -1.0, 0.3, -1.0, _NEVER, 0.0]
    ended = prev.ends == 1.0 or prev.text.endswith(("摄", "摄）", "图", "供图"))
    caption = [0.0 if ended else -2.0, 0.0, 0.0, 0.3, 1.0 if not gap and not ended else -3.0, 0.0]
    furniture = [0.0, 0.0, 0.0, 0.0, _NEVER, 0.0]
    return [body, title, byline, caption, caption, furniture]
