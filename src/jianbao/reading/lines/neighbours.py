"""What a line's neighbours tell of it: whether it stands where text would go on, or where a headline does.

Widths are in half-width units.
"""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from typing import Final

from jianbao.reading.lines.edges import End
from jianbao.reading.lines.looks import WHOLE_DASH, WIDEST_TITLE, Seen
from jianbao.reading.phrases.standing_heads import is_standing_head
from jianbao.reading.signatures.bylines import MARKERS
from jianbao.reading.signatures.units import is_organisation
from jianbao.reading.titles.headlines import is_genre
from jianbao.text import unmatched


def fits(width: int, column: int) -> bool:
    """Whether a full line of this column can be so wide: one mark may hang, a number may go to the next line."""
    return bool(column) and -2 <= width - column <= 2


def stops_short(s: Seen) -> bool:
    """Whether a line is so much shorter than its column that a paragraph surely ends with it."""
    return s.width + _CLEARLY <= max(s.before, s.after)


_CLEARLY: Final = 4


def stands_short(upper: Seen, lower: Seen) -> bool:
    """Whether two lines below a blank one are no text, as the first, without an end, is far short of its column."""
    column = _NARROW * max(lower.before, lower.after)
    return upper.gap and not upper.ends and not upper.signature and max(upper.width, lower.width) <= column


def stands_over(seen: Sequence[Seen], i: int, lines: int = 3) -> bool:
    """Whether a line that ends nothing stops where text would go on, as the full line right below shows, or below who
    signs there, or below as many other short lines."""
    s, below = seen[i], seen[i + 1]
    quoted = _ends_quoted(seen, i)
    column = max(s.before, s.after)
    widest = column - _NO_INDENT if s.apart and below.opens else _SHORTER * column
    if (s.ends and not quoted) or s.opens or s.width > widest or _WORD.match(below.text):
        return False
    signs = below.signature and any(byline.role for byline in below.signature.bylines)
    if signs and i + 2 < len(seen) and not below.gap_below:  # who signs may fill the column
        return fits(seen[i + 2].width, seen[i + 2].after or s.after)
    if fits(below.width, below.after or s.after) or fits(below.width, below.before) or _OPENS_LETTER.search(below.text):
        return True
    if quoted and not below.signature:
        return False
    return lines > 1 and not below.gap_below and i + 2 < len(seen) and stands_over(seen, i + 1, lines - 1)


def _ends_quoted(seen: Sequence[Seen], i: int) -> bool:
    """Whether a line ends with a quoted word, as a headline may: its first line, or one that is all quoted."""
    s = seen[i]
    if s.ends is not End.QUOTE or s.text[-1] not in "”』」" or s.width > _SHORTER * s.after or unmatched(s.text):
        return False
    return s.text[0] in "“『「" or s.gap or not i or seen[i - 1].ends >= End.BRACKET


def heads_text(seen: Sequence[Seen], i: int) -> bool:
    """Whether a line below a text stands over another as its head does, and is no line of a letter or notice."""
    above, s = seen[i - 1], seen[i]
    ended = above.ends >= End.BRACKET or is_standing_head(above.text) or is_genre(above.text)
    if not ended or not stands_over(seen, i) or _LETTERS.search(s.text):
        return False
    return seen[i + 1].width - s.width > _LOST_INDENT or _is_head(seen, i + 1)


def _is_head(seen: Sequence[Seen], i: int) -> bool:
    return i + 1 < len(seen) and not seen[i].gap_below and stands_over(seen, i)


_LOST_INDENT: Final = 6  # half-width units; a first line that is shorter by so few may have lost its indent
_LETTERS: Final = re.compile(r"[：:\d/／]|[此敬]致|敬[礼禮]|[，、；]$")


def signs_head(seen: Sequence[Seen], i: int) -> bool:
    """Whether somebody signs with a role right below a short line without an end, or below a finished subtitle."""
    s, above = seen[i], seen[i - 1] if i else seen[i]
    widest = min(WIDEST_TITLE, _SHORTER * max(s.before, s.after))
    if s.signature and not s.gap and WHOLE_DASH.fullmatch(above.text):
        return True
    if not s.signature or s.gap or above.ends or above.width > widest:
        return False
    return not s.signature.odd and all(byline.role for byline in s.signature.bylines)


def is_in_head(seen: Sequence[Seen], i: int, furniture: Set[int]) -> bool:
    """Whether a line stands in a head that begins below a blank line, above text: as its first line, or right below
    lines that are as short."""
    first = _first_of_block(seen, i)
    if not seen[first].gap or i + 1 >= len(seen) or seen[i].gap_below or not stands_over(seen, i):
        return False
    head = range(first, i)
    return all(stands_over(seen, n) or (n == first and cries_as_title(seen, n, furniture)) for n in head)


def _first_of_block(seen: Sequence[Seen], i: int) -> int:
    """The line that begins the block of a line, below a blank one; another where a head has not so many lines."""
    first = i
    while first and not seen[first].gap and i - first < _MOST_LINES:
        first -= 1
    return first


_MOST_LINES: Final = 3
_NO_INDENT: Final = 5  # half-width units, more than an indent that was lost
_OPENS_LETTER: Final = re.compile(r"[：:]$|^[问問][：:]")  # 编辑同志：; or questions and answers
_SHORTER: Final = 0.8
_NARROW: Final = 0.6


def cries_as_title(seen: Sequence[Seen], i: int, furniture: Set[int]) -> bool:
    """Whether a question, cry or quotation between two texts is the headline of the lower, or ends it: where paragraphs
    are indented and it is not, though the text above is over; where blank lines part articles; else where one parts
    it from that text and none from a longer line."""
    s, below = seen[i], seen[i + 1]
    if s.indent or s.width > WIDEST_TITLE or "。" in s.text:
        return False
    first = _first_of_head(seen, i)
    top = seen[first]
    begins = not first or first - 1 in furniture or (top.gap and bool(seen[first - 1].signature))  # or somebody signed
    if not begins and not top.apart and seen[first - 1].ends is not End.STOP:
        return False
    indented = _would_be_indented(seen, i)
    column = max(s.before, s.after)
    alone = (indented and top.gap and below.indent) or (top.apart and s.width <= _SHORTER * column)
    if _SPOKEN.match(top.text) and not alone:
        return False
    if below.indent and below.opens > 0:
        return True
    if indented:
        return begins or top.gap or stops_short(seen[first - 1])
    if s.gap_below:
        return False
    if top.apart and _is_full(below):
        return True
    head = (top.gap or begins) and s.width <= _NARROW * column
    over = bool(below.signature or _OPENS_LETTER.search(below.text)) or 2 * below.width >= 3 * s.width
    return head and (over or stands_over(seen, i + 1))


def ends_in_cry(seen: Sequence[Seen], i: int, furniture: Set[int]) -> bool:
    """Whether a line is one of a headline's whose last one is such a question, cry or quotation."""
    for last in range(i + 1, min(i + _MOST_LINES, len(seen) - 1)):
        if seen[last].gap or seen[last].signature:
            return False
        if seen[last].text[-1] in CRIES:
            return _first_of_head(seen, last) <= i and cries_as_title(seen, last, furniture)
    return False


CRIES: Final = "？！?!…”』"


def _is_full(s: Seen) -> bool:
    """Whether a line fills its column, and no sentence ends with it."""
    return not s.ends and fits(s.width, s.after or s.before)


def _first_of_head(seen: Sequence[Seen], i: int) -> int:
    """The line that begins the head which a line below a blank one is the last of; itself where it is none."""
    first = _first_of_block(seen, i)
    head = seen[first:i]
    if not seen[first].gap or any(s.indent or s.signature or _ends_text(s) or _is_full(s) for s in head):
        return i
    return first


def _ends_text(s: Seen) -> bool:
    return s.ends is End.STOP and s.text[-1] not in CRIES


def heads_signed(seen: Sequence[Seen], i: int) -> bool:
    """Whether a line is one of few between blank lines, the last a question or cry, above a line that signs: a headline
    that ends as a sentence does."""
    first, last = _first_of_block(seen, i), i
    while last + 1 < len(seen) and not seen[last].gap_below and last - i < _MOST_LINES:
        last += 1
    block = seen[first : last + 1]
    if last + 1 == len(seen) or not seen[first].gap or not seen[last].gap_below or len(block) > _MOST_LINES:
        return False
    signature = seen[last + 1].signature
    if not signature or not any(byline.role for byline in signature.bylines) or block[-1].text[-1] not in "？！?!…":
        return False
    return all(s.width <= WIDEST_TITLE and "。" not in s.text and not s.indent and not s.signature for s in block)


def _would_be_indented(seen: Sequence[Seen], i: int) -> bool:
    """Whether a paragraph that begins with this line would be indented, as those around are."""
    others = [*seen[max(0, i - _REACH) : i], *seen[i + 4 : i + _REACH]]
    return any(s.indent for s in seen[i + 1 : i + 4]) and any(s.indent for s in others)


_REACH: Final = 12  # lines


_SPOKEN: Final = re.compile(r"[“‘（(]|[\u4e00-\u9fff]{0,6}[问問答][：:]")


def signs_off(seen: Sequence[Seen], i: int) -> bool:
    """Whether a line is a name and nothing else, or two, right below the end of a text and above a blank line, or above
    the next head where no blank lines part articles."""
    s = seen[i]
    if not s.signature or s.signature.odd or s.gap or not i or seen[i - 1].ends is not End.STOP:
        return False
    if any(byline.role for byline in s.signature.bylines) or is_organisation(s.signature.bylines[0].name):
        return False
    if s.gap_below:
        return len(s.text.replace(" ", "")) <= _LONGEST_NAME
    return not s.indent and len(s.signature.bylines) <= _TWO and _is_over_head(seen, i)


def _is_over_head(seen: Sequence[Seen], i: int) -> bool:
    """Whether a line or a few below this one end nothing, and a paragraph begins below them: a headline."""
    for n in range(i + 1, min(i + 1 + _MOST_LINES, len(seen) - 1)):
        s, below = seen[n], seen[n + 1]
        if s.gap or s.indent or s.ends is End.STOP or s.opens or below.gap or s.width > WIDEST_TITLE:
            return False
        if below.indent or below.opens > 1:
            return True
    return False


_TWO: Final = 2
_LONGEST_NAME: Final = 4


def is_signed(s: Seen) -> bool:
    """Whether a line is beyond doubt a byline of its own: with a mark and a role."""
    signature = s.signature
    return bool(signature and not signature.odd and s.text[0] in MARKERS and any(b.role for b in signature.bylines))


def could_not_take(upper: Seen, lower: Seen) -> bool:
    """Whether a line stopped short because the next one's first word (Latin, a number) is not to be divided."""
    word = _WORD.match(lower.text)
    return bool(word) and upper.width + len(word[0]) > max(upper.before, upper.after)  # type: ignore[index]


_WORD: Final = re.compile(r"[A-Za-z0-9.,%@/:_~-]{2,}")
