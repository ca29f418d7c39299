"""What can be seen of a line at a glance, before anything is decided: width, how it ends, whether it could sign."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from jianbao.model import Line
from jianbao.reading.lines.blank_lines import blank_lines_of
from jianbao.reading.lines.captions import bullets, looks_like_caption, numbered
from jianbao.reading.lines.edges import Begin, End, end_of
from jianbao.reading.lines.old_style import Old, is_old, looks
from jianbao.reading.lines.setting import is_right, setting_of
from jianbao.reading.phrases.boxes import is_document_number
from jianbao.reading.phrases.letters import signs_answer
from jianbao.reading.phrases.standing_heads import is_standing_head
from jianbao.reading.signatures.bylines import MARKERS, Signature, read_signature
from jianbao.reading.signatures.hints import may_sign
from jianbao.reading.signatures.in_text import dateline
from jianbao.reading.signatures.pen_names import WIDE, pen_name, rare_name
from jianbao.roles import field_of_role


class Seen(NamedTuple):
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
    ends: End
    before: int = 0
    after: int = 0
    below: int = 0  # the next line's width where no sentence ends with that line and no blank parts them
    signature: Signature | None = None
    caption: float = 0.0
    opens: int = 0  # see inline.dateline
    lean: float = 0.0  # log-odds of a title in the old manner (see old_style.py)
    right: bool = False  # set to the right below a text, as somebody unknown who signs it is, and the day
    begins: Begin = Begin.PLAIN
    apart: bool = False  # below a finished text and a blank line, where blank lines part articles
    parted: bool = False  # below a blank line, where each paragraph ends with one


_INDENT: Final = re.compile(r"^(?:\u3000{1,4}| {2,8})(?=\S)")
_CAPTION: Final = 9.0  # log-odds of one by its place in a list
_HEAD: Final = 3.5  # of a title by its place at the head of a block,
_MIDDLE: Final = 2.5  # or in the middle of the column


def see(lines: Sequence[Line], texts: Sequence[str], known: Mapping[str, int] | None = None) -> list[Seen]:
    """The lines that are not blank, with their looks. `texts` are the lines' tidied texts."""
    present = [i for i, text in enumerate(texts) if text.strip()]
    bare = [texts[i].strip() for i in present]
    ends = [*map(end_of, bare), End.STOP]
    gaps = [bool(n) and present[n - 1] != i - 1 for n, i in enumerate(present)]
    setting = setting_of([texts[i] for i in present], ends, gaps)
    widths, before, after = setting.widths, setting.before, setting.after
    columns = [*map(max, before, after)]
    old = _in_the_old_manner(present, texts, ends, columns)
    indents = [bool(_INDENT.match(texts[i])) for i in present]
    heights = [i - present[n - 1] - 1 if n else 0 for n, i in enumerate(present)]
    blank = blank_lines_of(ends, heights, indents, widths, columns)
    marks = bullets(bare, gaps)
    captions = numbered(bare, gaps)
    present.append(-1)
    seen: list[Seen] = []
    gap = True
    for n, text in enumerate(bare):
        i, width = present[n], widths[n]
        gap_below = present[n + 1] != i + 1
        below = 0 if gap_below or ends[n + 1] is End.STOP else widths[n + 1]
        signature = read_signature(text, known) if width <= 150 and may_sign(text) else None
        if signature is None and n and widths[n - 1] <= WIDEST_TITLE and bare[n - 1][0] not in MARKERS:
            asks = bare[n - 1][-1] in "？！?!…"  # as a headline may
            signature = pen_name(text, apart=gap or asks) if ends[n - 1] is End.OPEN or asks else None
            shorter = n + 1 < len(bare) and width <= widths[n - 1] and width < widths[n + 1]
            if shorter and ends[n - 1] is End.OPEN and (gap or gaps[n - 1]) and not (signature or seen[-1].signature):
                signature = rare_name(text)
        if signature is None and n and WHOLE_DASH.fullmatch(bare[n - 1]) and not gap:
            signature = pen_name(text, apart=True, marked=True)  # ——读《青河游记》 / 青山居士
        if n and ends[n - 1] is End.STOP and WIDE.fullmatch(text):
            if not gap_below and ends[n + 1] is End.STOP:
                signature = None  # 稻　草, between two texts: it heads the lower
            elif signature is None and gap_below and not gap:
                signature = pen_name(text, apart=False)  # 小　雅, at a text's foot
        if signature and (text[-1] in "：:" or is_standing_head(text)) and not any(b.role for b in signature.bylines):
            signature = None  # 任命：, 来信
        opens = dateline(text)
        if old:
            ends[n], opens = old[n].ends, max(opens, int(old[n].opens))
        right = (
            not (signature or gap)
            and bool(n)
            and ends[n - 1] >= End.BRACKET
            and (is_right(text, width) or signs_answer(bare, n))
        )
        ends[n] = End.STOP if right else ends[n]
        lean = old[n].lean if old and not (signature or right) else 0.0
        caption = 0.0 if opens or lean or (signature and _roles(signature)) else looks_like_caption(text)
        if caption and text[0] in marks.items | marks.heads:
            caption = looks_like_caption(text[1:].lstrip() or text)
        caption = max(caption, _CAPTION if n in captions else 0.0)
        if setting.unwrapped and gap_below and not (gap or caption or signature) and width > _WIDER_THAN_TITLES:
            ends[n] = End.STOP  # a whole paragraph, though no mark stands there
        middle = n in setting.middle and not (old or right)
        if not (old or caption or signature):
            behind_signed = gap and seen and seen[-1].right and not ends[n]
            if n in setting.heads or behind_signed or marks.leads_title(text):
                lean = _HEAD
            elif middle and not ends[n]:
                lean = _MIDDLE
        # Items of a list begin as paragraphs do, and so does a notice with its number, a whole sentence on one line.
        indent = (
            (indents[n] and not middle)
            or text[0] == "·"
            or text[0] in marks.items
            or right
            or is_document_number(text)
            or (setting.unwrapped and ends[n] is End.STOP and text[-1] not in "？！?!…")  # which may end a headline
        )
        if lean:
            begins = Begin.PLAIN
        elif indent:
            begins = Begin.INDENTED
        else:
            short = bool(after[n]) and -6 <= width - after[n] <= -3 and ends[n] is not End.STOP
            begins = Begin.SHORT if short and (not below or below - width >= 2) else Begin.PLAIN
        closed = not n or ends[n - 1] >= End.BRACKET or _is_foot(seen, ends)
        apart = gap and closed and bool(blank.articles) and (not n or heights[n] >= blank.articles)
        seen.append(
            Seen(
                lines[i], text, width, gap, gap_below, indent, ends[n],
                before[n], after[n], below, signature, caption, opens, lean, right, begins, apart,
                gap and blank.paragraphs,
            )
        )  # fmt: skip
        gap = gap_below
    return seen


def _is_foot(seen: Sequence[Seen], ends: Sequence[End]) -> bool:
    """Whether the last of the lines so far ends a text though it is no sentence: right below the end of one, or it is
    known to sign."""
    last = len(seen) - 1
    return bool(seen[last].signature) or (last > 0 and not seen[last].gap and ends[last - 1] is End.STOP)


WHOLE_DASH: Final = re.compile(r"——.{2,24}(?:》(?:有感|后|序|跋)?|随[想笔感]|侧记|印象)")
_WIDER_THAN_TITLES: Final = 70
WIDEST_TITLE: Final = 48  # half-width units, that a title's line is wide at most


def _in_the_old_manner(
    present: Sequence[int], texts: Sequence[str], ends: Sequence[End], columns: Sequence[int]
) -> list[Old]:
    """What a page in traditional characters shows by its manner; nothing for any other page."""
    lines = [texts[i] for i in present]
    if not is_old(lines):
        return []
    gaps = [not n or present[n - 1] != i - 1 for n, i in enumerate(present)]
    return looks(lines, ends[: len(lines)], columns, gaps)


def _roles(signature: Signature) -> bool:
    """Whether these sign as writers, so that the line is no picture's credit."""
    return any(
        field_of_role(byline.role) in ("reporter", "correspondent") for byline in signature.bylines if byline.role
    )
