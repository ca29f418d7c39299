"""Why the machine was unsure, said in English: one table from the reader's Chinese sentences (`Doubt.reason`)."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

# The sentence as the reader writes it, {} for what differs from page to page; the same in English.
_SENTENCES: Final[dict[str, str]] = {
    "这一版上没有找到本文的标题。": "No headline of this article was found on the page.",
    "导出的文本里这一篇没有标题。": "The exported text has no headline for this article.",
    "版面上没有找到标题": "No headline was found on the page.",
    "版面上的“{}”不能照写": "“{}” as printed cannot be written into this field.",
    "标题也可能属于相邻的一篇。": "The headline may belong to the article beside it.",
    "标题中有一行也可能是正文。": "One line of the headline may be text.",
    "标题与正文没有相同的词语。": "Headline and text share no word.",
    "全版没有句号，标题只凭排法认出。": "The page has no full stops; the headline was told by its place alone.",
    "哪一行是主题、哪一行是引题或副题，没有把握。": "Which line is headline, kicker or subtitle is not certain.",
    "文中有两处署名，也可能是两篇。": "There are two signatures; these may be two articles.",
    "署名的姓名切分没有把握。": "Where one name ends and the next begins is not certain.",
    "正文中间也可能另起一篇。": "Another article may begin within the text.",
    "正文的前后两部分几乎没有相同的词语，也可能是两篇。": "Its two halves share hardly a word: perhaps two articles.",
    "正文中有一行也可能是标题或署名。": "One line of the text may be a headline or a byline.",
    "正文中有不能识别的字形。": "The text has glyphs that could not be read.",
    "括号不成对：{}……": "A bracket without its partner: {}…",
    "图说归哪一篇没有把握。": "Which article the caption belongs to is not certain.",
    "报头用的是旧历，只知道在 {} 年前后。": "The masthead has the old calendar; all that is known is about {}.",
    "报头日期与星期不符，已按星期改读为 {}，请核对。": "Date and weekday of the masthead disagree; read as {}.",
    "报头日期 {} 与所印星期不符，请核对。": "The masthead's date {} does not fall on the weekday printed.",
    "路径说是 {}，报头印的是 {}，请核对。": "The path says {}, the masthead {}.",
    "路径说是第 {} 版，版面印的是第 {} 版。": "The path says page {}, the page itself {}.",
    "路径说是“{}”，版面印的是“{}”。": "The path says “{}”, the page itself “{}”.",
    "路径和报头都没有日期，按文中最晚的日子估计。": "No date in path or masthead; estimated from the text.",
    "路径、报头和正文里都没有找到日期。": "No date was found in the path, the masthead or the text.",
}


def in_english(reason: str) -> str:
    """The sentence in English; one that the table does not have stays as it is."""
    for pattern, english in _patterns():
        if found := pattern.fullmatch(reason):
            return english.format(*found.groups())
    return reason


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple(
        (re.compile("(.*)".join(map(re.escape, chinese.split("{}"))), re.DOTALL), english)
        for chinese, english in _SENTENCES.items()
    )
