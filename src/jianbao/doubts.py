"""What the machine was unsure of, and how it is told: one table, Chinese and English."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from jianbao.problems import Words


class Why(StrEnum):
    """The reason of a doubt, the same in every language; records keep these."""

    NO_HEADLINE = "no-headline"
    NO_LABELLED_HEADLINE = "no-labelled-headline"
    NOT_WRITABLE = "not-writable"
    NEIGHBOURS_HEADLINE = "neighbours-headline"
    HEADLINE_OR_TEXT = "headline-or-text"
    STRANGE_HEADLINE = "strange-headline"
    HEADLINE_BY_PLACE = "headline-by-place"
    WHICH_DECK = "which-deck"
    TWO_SIGNATURES = "two-signatures"
    NAMES = "names"
    PERHAPS_TWO = "perhaps-two"
    UNLIKE_HALVES = "unlike-halves"
    TEXT_OR_HEADLINE = "text-or-headline"
    GLYPHS = "glyphs"
    BRACKET = "bracket"
    CAPTIONS_HOME = "captions-home"
    OLD_CALENDAR = "old-calendar"
    REPAIRED_DATE = "repaired-date"
    WRONG_WEEKDAY = "wrong-weekday"
    DATES_AT_ODDS = "dates-at-odds"
    PAGES_AT_ODDS = "pages-at-odds"
    SECTIONS_AT_ODDS = "sections-at-odds"
    NO_SUCH_DAY = "no-such-day"
    ESTIMATED_DATE = "estimated-date"
    NO_DATE = "no-date"
    AS_TOLD = "as-told"  # a sentence of an earlier version, as it stands


# {} for what differs from page to page.
_SENTENCES: Final = {
    Why.NO_HEADLINE: Words("这一版上没有找到本文的标题。", "No headline of this article was found on the page."),
    Why.NO_LABELLED_HEADLINE: Words(
        "导出的文本里这一篇没有标题。", "The exported text has no headline for this article."
    ),
    Why.NOT_WRITABLE: Words("版面上的“{}”不能照写", "“{}” as printed cannot be written into this field."),
    Why.NEIGHBOURS_HEADLINE: Words("标题也可能属于相邻的一篇。", "The headline may belong to the article beside it."),
    Why.HEADLINE_OR_TEXT: Words("标题中有一行也可能是正文。", "One line of the headline may be text."),
    Why.STRANGE_HEADLINE: Words("标题与正文没有相同的词语。", "Headline and text share no word."),
    Why.HEADLINE_BY_PLACE: Words(
        "全版没有句号，标题只凭排法认出。", "The page has no full stops; the headline was told by its place alone."
    ),
    Why.WHICH_DECK: Words(
        "哪一行是主题、哪一行是引题或副题，没有把握。", "Which line is headline, kicker or subtitle is not certain."
    ),
    Why.TWO_SIGNATURES: Words("文中有两处署名，也可能是两篇。", "There are two signatures; these may be two articles."),
    Why.NAMES: Words("署名的姓名切分没有把握。", "Where one name ends and the next begins is not certain."),
    Why.PERHAPS_TWO: Words("正文中间也可能另起一篇。", "Another article may begin within the text."),
    Why.UNLIKE_HALVES: Words(
        "正文的前后两部分几乎没有相同的词语，也可能是两篇。",
        "Its two halves share hardly a word: perhaps two articles.",
    ),
    Why.TEXT_OR_HEADLINE: Words(
        "正文中有一行也可能是标题或署名。", "One line of the text may be a headline or a byline."
    ),
    Why.GLYPHS: Words("正文中有不能识别的字形。", "The text has glyphs that could not be read."),
    Why.BRACKET: Words("括号不成对：{}……", "A bracket without its partner: {}…"),
    Why.CAPTIONS_HOME: Words("图说归哪一篇没有把握。", "Which article the caption belongs to is not certain."),
    Why.OLD_CALENDAR: Words(
        "报头用的是旧历，只知道在 {} 年前后。", "The masthead has the old calendar; all that is known is about {}."
    ),
    Why.REPAIRED_DATE: Words(
        "报头日期与星期不符，已按星期改读为 {}，请核对。", "Date and weekday of the masthead disagree; read as {}."
    ),
    Why.WRONG_WEEKDAY: Words(
        "报头日期 {} 与所印星期不符，请核对。", "The masthead's date {} does not fall on the weekday printed."
    ),
    Why.DATES_AT_ODDS: Words("路径说是 {}，报头印的是 {}，请核对。", "The path says {}, the masthead {}."),
    Why.PAGES_AT_ODDS: Words("路径说是第 {} 版，版面印的是第 {} 版。", "The path says page {}, the page itself {}."),
    Why.SECTIONS_AT_ODDS: Words("路径说是“{}”，版面印的是“{}”。", "The path says “{}”, the page itself “{}”."),
    Why.NO_SUCH_DAY: Words(
        "路径里的日子历上没有，只知道月份；请改文件夹的名字。", "The path names a day that no calendar has."
    ),
    Why.ESTIMATED_DATE: Words(
        "路径和报头都没有日期，按文中最晚的日子估计。", "No date in path or masthead; estimated from the text."
    ),
    Why.NO_DATE: Words(
        "路径、报头和正文里都没有找到日期。", "No date was found in the path, the masthead or the text."
    ),
    Why.AS_TOLD: Words("{}", "{}"),
}


@dataclass(frozen=True, slots=True)
class Doubt:
    """A field (`title`, `reporter`, `date` …: front matter's names) the machine is unsure of.

    `margin` is the decision's distance to the next best reading, 0 = a coin toss, 1 = hardly doubtful;
    `shown` is what the sentence names.
    """

    field: str
    why: Why
    margin: float = 0.0
    shown: tuple[str, ...] = ()

    @property
    def sentence(self) -> Words:
        """The reason, for the editor."""
        words = _SENTENCES[self.why]
        return Words(words.zh.format(*self.shown), words.en.format(*self.shown))


def doubt_of(field: str, code: str, margin: float, *shown: str) -> Doubt:
    """A doubt as a record keeps it; earlier versions kept the Chinese sentence in the code's place."""
    try:
        why = Why(code)
    except ValueError:
        return Doubt(field, Why.AS_TOLD, margin, (code,))
    if _SENTENCES[why].zh.count("{}") != len(shown):
        raise ValueError(f"{code} names {len(shown)} things")
    return Doubt(field, why, margin, shown)
