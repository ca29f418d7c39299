"""How well a line looks as each label, by itself: the evidence that `lines.py` weighs beside how labels follow each
other (`steps.py`).

A line is judged by its width against its column, how it ends, whether it reads as a signature, and by what its
neighbours tell of it. Scores are log-odds (`weights.py`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from enum import IntEnum
from typing import Final

from jianbao.reading.lines.captions import is_credited
from jianbao.reading.lines.edges import WEATHER, End
from jianbao.reading.lines.looks import WIDEST_TITLE, Seen
from jianbao.reading.lines.neighbours import (
    CRIES,
    could_not_take,
    cries_as_title,
    ends_in_cry,
    fits,
    heads_signed,
    heads_text,
    is_in_head,
    is_signed,
    signs_head,
    signs_off,
    stands_short,
)
from jianbao.reading.lines.steps import NEVER
from jianbao.reading.lines.weights import W
from jianbao.reading.phrases.boxes import is_box_heading, notice_odds
from jianbao.reading.phrases.continued import is_mark
from jianbao.reading.phrases.letters import ADDRESSED
from jianbao.reading.phrases.standing_heads import is_standing_head
from jianbao.reading.signatures.bylines import MARKERS
from jianbao.reading.titles.headlines import FIRST_PART, OF_TITLE, PASSED, is_genre
from jianbao.text import is_ornament, letterspaced


class Label(IntEnum):
    """What a line is. `MORE` goes on with the caption of the line before."""

    BODY = 0
    TITLE = 1
    BYLINE = 2
    CAPTION = 3
    MORE = 4
    FURNITURE = 5


def emission(seen: Sequence[Seen], i: int, furniture: Set[int]) -> list[float]:
    """How well the line looks as each label, by itself and against its column. `furniture`: places of lines known to
    be."""
    if i in furniture:
        return [NEVER, NEVER, NEVER, NEVER, NEVER, 0.0]
    s = seen[i]
    text, width = s.text, s.width
    body = title = head = 0.0
    below = seen[i + 1] if i + 1 < len(seen) and not s.gap_below else None
    beside = (i and not s.gap and abs(seen[i - 1].width - width) <= 2) or (below and abs(below.width - width) <= 2)
    beginning = s.begins
    if s.ends is End.STOP:
        body += W.b_ended if width <= max(s.before, s.after) + 2 else 0.0
    elif not (s.gap and s.gap_below) and (fits(width, s.before) or fits(width, s.after)):
        body += W.b_full
        if s.below and not -3 <= s.below - width <= 3 and not beginning:
            body += W.b_jump
    elif beside:
        body += W.b_beside
    elif beginning or (below and could_not_take(s, below)):
        body += W.b_first
    else:
        body += W.b_odd
    if text.endswith("。"):
        title += W.t_stop
    elif s.ends is End.STOP:
        title += W.t_cry
    elif text[-1] in "，、,；":
        title += W.t_comma_end
    inner = text[:-1]
    title += W.t_inner_stop * ("。" in inner) + W.t_inner_semicolon * ("；" in inner)
    title += W.t_inner_comma * inner.count("，") + W.t_list * (inner.count("、") > 2)
    limit = min(max(s.before, s.after, 30) + 12, _LONGEST_TITLE)
    if width > limit:
        title += W.t_wide * (width - limit)
    title += W.t_opens * s.opens
    if below and below.text.startswith(("第一章", "第一条")) and PASSED.fullmatch(text):
        title += W.t_box + 3.0
    elif (below and PASSED.fullmatch(below.text) and not s.ends) or (
        OF_TITLE.fullmatch(text) and not seen[i - 1].ends and not s.gap
    ):
        title += W.t_box
    elif text[0] in "（(" and not _BRACKETED_TITLE.match(text):
        title += W.t_bracket
        body += W.b_bracket
    elif text[0] in "，。、；：！？）】》”’":
        title += W.t_mark
    if text.isascii():
        title -= 6.0
    if s.signature and not s.signature.odd and any(byline.role for byline in s.signature.bylines):
        title += W.t_signed
    if text.startswith("——"):
        title += W.t_dash
    elif is_box_heading(text) or is_standing_head(text) or is_genre(text):
        title += W.t_box
    if s.gap and s.gap_below:
        title += W.t_alone
    elif below and is_in_head(seen, i, furniture):
        title += W.t_over + (W.t_over if s.gap and i and seen[i - 1].signature else 0.0)
        title += W.t_apart if s.apart and not (s.signature or is_in_head(seen, i + 1, furniture)) else 0.0
        head = W.t_over
    elif below and i and not (s.gap or s.signature) and heads_text(seen, i):
        title += W.t_flush + (0.0 if seen[i - 1].ends else W.t_over)
    if not s.ends and width < 0.75 * max(s.before, s.after) and _NUMBERED.match(text):
        title += W.t_numbered
        if _heads_first_part(seen, i):
            body, title = body + 3.0, title - 8.0
    title += s.lean
    if (("转" in text or "接" in text or "轉" in text) and is_mark(text)) or _SEE.fullmatch(text):
        body, title = body + 3.0, title - 8.0
    if is_ornament(text):  # * * *
        body, title = body + 2.0, title - 8.0
    if s.ends is End.STOP and len(text) <= 24 and i + 1 < len(seen) and is_signed(seen[i + 1]):
        title += 3.0  # a question over a byline is a headline
    if text[-1] in CRIES and i + 1 < len(seen) and cries_as_title(seen, i, furniture):
        title += 6.0
    elif s.ends is not End.STOP and ends_in_cry(seen, i, furniture):
        title += 6.0 if text[-1] not in "，、" else 10.0
    elif heads_signed(seen, i):
        title += 8.0
    if below and not s.signature and text[-1] != "。" and _TO_EDITORS.match(below.text):
        title += W.t_box + (6.0 if s.ends else 0.0)  # also a question
    if s.right:
        body, title = body + 3.0, title - 8.0
    if text[-1] in "？！" and s.gap_below and i and not s.gap and stands_short(seen[i - 1], s):
        title += W.t_asks
    if (text[-1] in "：:" and _SALUTATION.fullmatch(text)) or _SPEECH.match(text) or WEATHER.match(text):
        body, title = body + 3.0, title - 8.0
    if len(text) <= 30:
        as_body, as_title = notice_odds(
            text, not i or seen[i - 1].ends >= End.COLON, s.gap, width < 0.7 * max(s.before, s.after)
        )
        title -= _SIGNED_OFF if as_body > 0 and s.gap_below and not s.gap else 0.0
        body, title = body + as_body, title + as_title
    title += (0.0, W.t_short, W.t_indent)[beginning]
    if s.caption:
        title += W.t_credited
    signed = _byline_score(s) + _padded(seen, i) + head + (W.signs_off if signs_off(seen, i) else 0.0)
    if signs_head(seen, i):
        signed, title = signed + W.signs_head, title - W.signs_head
    caption, more = s.caption or NEVER, 0.0 if width > 6 else -1.0
    if text in ("摄", "攝") and not s.gap:  # 记者 王强 / 摄
        title, more = title - 8.0, more + 8.0
    if (
        i and s.caption and s.signature and not s.gap and is_credited(text)
    ):  # who took the picture, not who wrote what is below
        above = seen[i - 1]
        if above.caption or above.ends >= End.BRACKET:
            caption, signed = caption + W.credits, signed - W.credits
        more += 0.0 if is_credited(above.text) else W.credits
    return [body, title, signed, caption, more, NEVER]


_BRACKETED_TITLE: Final = re.compile(r"[（(][一二三四五六七八九十\d]{1,3}[）)]|[（(][^）)]{1,8}[）)]\S")
# What the heads of the second part have in the place of 一、
_SECOND: Final = {"plain": re.compile("二、"), "bracket": re.compile(r"[（(]二[）)]")}
_FAR: Final = 60  # lines, that a part may have
_NUMBERED: Final = re.compile(r"(?:[一二三四五六七八九十]{1,2}、|[（(][一二三四五六七八九十]{1,2}[）)])[^，；]+$")
# How letters begin: 编辑同志：, or questions and answers: 李某问：
_SALUTATION: Final = re.compile(
    rf"(?:[\u4e00-\u9fff、·\s]{{0,14}}(?:{ADDRESSED}|编辑|編輯|台鉴|台鑒|大鉴|大鑒)们?(?:，?[您你]好)?|"
    r"(?:亲爱|親愛|尊敬|敬爱)的.{1,12}|[\u4e00-\u9fff]{1,8}[问問答])[：:]"
)
_SPEECH: Final = re.compile(  # or 1500亿元：what the figure tells
    r"(?:[问答問]|[QA]|记者|主持人)[：:]\S|第?\d[\d.,]*[\u4e00-\u9fff%]{1,4}[：:]\S{6}"
)
_TO_EDITORS: Final = re.compile(
    r"(?:尊敬的|亲爱的)?(?:编辑|編輯|编者)(?:部|同志|先生|老师|朋友)?们?(?:，?[您你]好)?[：:！!]$"
)
_LONGEST_TITLE: Final = 76  # half-width units
_SIGNED_OFF: Final = 3.0  # of an office right below a text and above a blank line
# Where the rest is told: ▶▶▶详见3版
_SEE: Final = re.compile(
    r"[▶►→>◆●（(\s]*(?:更多.{0,8})?(?:详见|(?:相关)?报道[详]?见|请看|请见)\s*(?:今日)?(?:本报)?第?[A-Z]?\d{1,2}(?:[、,，-][A-Z]?\d{1,2})*版[）)]?"
)


def _heads_first_part(seen: Sequence[Seen], i: int) -> bool:
    """Whether a line right below a headline is the head of a first part, and that of a second follows, short and
    without an end as well."""
    first = FIRST_PART.match(seen[i].text)
    if not first or not i or seen[i].gap or seen[i - 1].ends:
        return False
    second = _SECOND[str(first.lastgroup)]
    return any(second.match(s.text) and not s.ends and s.width <= WIDEST_TITLE for s in seen[i + 1 : i + _FAR])


def _byline_score(s: Seen) -> float:
    signature = s.signature
    if not signature:
        return NEVER
    marked = s.text[0] in MARKERS
    if any(byline.role for byline in signature.bylines):
        score = W.signed_marked if marked else W.signed
    else:
        score = W.marked if marked else W.bare_names if len(signature.bylines) > 1 and " " in s.text else W.bare_name
    return score + W.odd_name * (0.3 if marked else 1.0) * len(signature.odd) / len(signature.bylines)


def _padded(seen: Sequence[Seen], i: int) -> float:
    """What it tells that a name right below another line is spread to the width of longer ones: 陈　石."""
    s = seen[i]
    below_title = i > 0 and not s.gap and seen[i - 1].ends is not End.STOP
    return W.padded_name if s.signature and below_title and 0 < len(letterspaced(s.line.text)) <= _SPREAD else 0.0


_SPREAD: Final = 3  # characters; a longer name is not spread
