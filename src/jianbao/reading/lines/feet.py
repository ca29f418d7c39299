"""The foot of a text: who signs it, whoever that is, and the day, as their place shows them.

A short line without an end right below a finished text and above a blank line could be the next text's headline, or
that of its own text where headlines stand below. It is neither where its own text has a headline already and the next
one begins with its own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from jianbao.reading.lines.edges import Begin, End
from jianbao.reading.lines.looks import Seen
from jianbao.reading.lines.neighbours import stands_over
from jianbao.reading.phrases.boxes import is_box_heading, is_notice_title, notice_odds
from jianbao.reading.phrases.continued import is_mark
from jianbao.reading.phrases.standing_heads import is_standing_head
from jianbao.reading.signatures.bylines import is_body
from jianbao.reading.signatures.sign_offs import is_unnamed

_MOST: Final = 4  # lines of a foot
_SHORT: Final = 0.8  # of the column
_REACH: Final = 80  # lines of a text, above which its headline is sought


def with_feet(seen: Sequence[Seen]) -> list[Seen]:
    """The lines, those at the foot of a text marked as set apart from it (`right`). Where a line is known to sign, the
    foot is left as it is."""
    lines = list(seen)
    for first in range(1, len(seen)):
        if seen[first].gap or seen[first - 1].ends is not End.STOP or not _may_sign(seen[first]):
            continue
        end = first + 1
        while end < len(seen) and end - first < _MOST and not seen[end].gap and _may_sign(seen[end]):
            end += 1
        closed = end == len(seen) or seen[end].gap
        if closed and _is_headed(seen, first):
            placed = end == len(seen) or _heads(seen[end])
        else:  # no blank line tells: only the words do
            end = next((i for i in range(first, end) if not _says_so(seen[i])), end)
            placed = end > first and (end == len(seen) or (_heads(seen[end]) and (closed or stands_over(seen, end))))
        if placed and not any((s.signature and not is_body(s.signature)) or s.caption for s in seen[first:end]):
            lines[first:end] = [
                s._replace(right=True, ends=End.STOP, indent=True, begins=Begin.INDENTED, opens=0, lean=0.0)
                for s in seen[first:end]
            ]
    return lines


def _says_so(s: Seen) -> bool:
    """Whether a line's words are those of a foot: an office, the day, 特此公告, 孙女泣告."""
    if is_unnamed(s.text) or (s.signature and is_body(s.signature)):
        return True
    return is_mark(s.text) or bool(_CLOSING.search(s.text)) or notice_odds(s.text, True, False, True)[0] > 0


_CLOSING: Final = re.compile(
    r"^特此(?:公告|通告|通知|公示|声明|函告|启事|证明)$|[泣哀敬谨][告启挽]$|[叩鞠][谢躬]$|"
    r"全体(?:师生|教师|教职工|同学|职工|员工|业主|村民|居民|家长|官兵|干警|医护人员)$"
)


def _may_sign(s: Seen) -> bool:
    """Whether a line may sign or date a text: it is short and no sentence."""
    if is_mark(s.text):  # ◀上接1版
        return True
    return (
        s.ends < End.STOP
        and (s.width <= _SHORT * max(s.before, s.after) or bool(_CLOSING.search(s.text)))
        and s.text[-1] not in "，、；：:"
        and not (s.text[0] in "（(" and s.text[-1] not in "）)")  # it goes on
        and not (s.opens or s.lean or is_box_heading(s.text) or is_standing_head(s.text))
        and (not is_notice_title(s.text) or bool(_CLOSING.search(s.text)))
    )


def _is_headed(seen: Sequence[Seen], foot: int) -> bool:
    """Whether the block of text above a foot begins with a headline."""
    first = foot - 1
    while first and not seen[first].gap and foot - first < _REACH:
        first -= 1
    return foot - first > 1 and _heads(seen[first]) and (seen[first].gap or not first)


def _heads(s: Seen) -> bool:
    """Whether a line that begins a block looks like a headline."""
    return (
        not (s.indent or s.opens or s.caption or s.right)
        and not (s.signature and any(byline.role for byline in s.signature.bylines))
        and s.width <= _SHORT * max(s.before, s.after)
        and (s.ends is not End.STOP or s.text[-1] in "？！?!…”")
        and s.text[0] not in "（("
    )
