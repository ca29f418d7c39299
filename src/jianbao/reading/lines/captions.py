"""Picture captions: telling them from the text around them, and finding the article they belong to."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from jianbao.reading.titles.headlines import Rarity, pieces

_START: Final = re.compile(
    r"^(?![▲△↑↓←→▼◀▶\s]*(?:紧|緊)?[上下][接转轉])(?:[▲△↑↓←→▼◀▶]\s*)?(?:[上下左右本]?[图圖](?:[①-⑩一二三四五六七八九\d]{0,3})(?:为|為|是|：|:|\s|集)|[图圖](?:片)?说明|"
    r"[图圖][说說注][:：]|[左右上下](?:上|下|中)?[图圖]|照片[:：]|[▲△↑↓▼]\s*\S)|"
    r"^[\[【［][图圖]片?(?:说明|說明)[\]】］]|^[（(](?:[图圖]片?|照片)由[^（）()]{2,20}(?:提供|拍摄|拍攝)[）)]$"
)
_MAKER: Final = (  # 王强, 王　强, CFP, 东方IC
    r"(?:[\u4e00-\u9fff·]{2,5}|(?<![\u4e00-\u9fff])[\u4e00-\u9fff][ \u3000]+[\u4e00-\u9fff]|"
    r"(?<![A-Za-z])(?:[\u4e00-\u9fff]{2,4})?[A-Z][A-Za-z]{1,9})"
)
_CREDIT: Final = re.compile(
    rf"(?:(?:本报|新华社|通讯员|记者|特约)[^。，]{{0,14}}|{_MAKER}\s*[/／]?\s*)(?:摄影报道|摄影|摄|攝|供图|绘|制图)\s*(?:[（(](?:影像中国|"
    r"新华社发?|人民图片|视觉中国|[\u4e00-\u9fff]{2,6})[）)])?[）)]?$"
)
# On a line of its own: 摄影 王强, 漫画/王强, 王强/漫画, 图片来源：新华社
_MADE_BY: Final = re.compile(
    rf"[（(]?(?:(?:摄影|漫画|插图|绘图|题图|制图|摄)(?:\s*[/／：:|]\s*|[ \u3000]+){_MAKER}|"
    rf"{_MAKER}\s*[/／ \u3000]\s*(?:漫画|插图)|图片?(?:来源|提供)[：:/／]\s*\S{{2,12}})[）)]?"
)
# Behind a caption: 路线示意图。 制图：王强
_DRAWN_BY: Final = re.compile(rf"[。 \u3000](?:制图|绘图|摄影|供图|漫画)[：:/／]\s*{_MAKER}$")
_AGENCY: Final = re.compile(
    r"[（(](?:影像中国|新华社发|人民图片|视觉中国|资料图片?|资料照片)[）)]$|(?:新华社|中新社)发$|资料图片$"
)


# The title of a picture with what kind it is, and who made it: 雾中山（摄影）　林木.
_WORK: Final = re.compile(
    r"[^，。；：]{1,16}[（(](?:摄影|国画|中国画|油画|水彩画?|版画|木刻|剪纸|书法|篆刻|素描|速写|水粉画?|农民画|年画|宣传画|漫画)[）)]"
    r"[ \u3000]*[\u4e00-\u9fff·]{1,4}(?:[ \u3000]+[\u4e00-\u9fff]{1,2})?(?:[作画摄]|/作)?"
)
# What it is and who made it: 书法　陆文　书, 国画 《秋塘》 林木 作
_OF_KIND: Final = re.compile(
    r"(?:摄影|国画|中国画|油画|水彩画?|版画|木刻|剪纸|书法|篆刻|素描|速写|漫画|题字)[ \u3000：:]+"
    r"(?:《[^《》]{1,16}》[ \u3000]*)?[\u4e00-\u9fff·]{2,4}(?:[ \u3000]+[\u4e00-\u9fff])?[ \u3000]*[作书書画畫刻摄攝]"
)
_TAKEN: Final = re.compile("[摄攝图圖绘像视社料画]")  # in whatever the two above find; they are slow

_LOST: Final = re.compile(
    r"[声聲]明作[废廢]|[挂掛]失|遗失.{2,30}[证證章票据據]"
)  # small notices, which have marks, too

# An article's, on a line of its own: no picture's credit.
_SIGNATURE: Final = re.compile(r"[（(][^（）()。]{2,24}(?:摄|摄影报道|文/图)[）)]$")


def looks_like_caption(text: str) -> float:
    """Log-odds that a line begins a caption; 0 where nothing speaks for it."""
    if (text[0] in "（(" and _SIGNATURE.match(text)) or _LOST.search(text):
        return 0.0
    score = 0.0
    if len(text) <= 40 and text[-1] not in "）)" and (_WORK.fullmatch(text) or _OF_KIND.fullmatch(text)):
        score += 9.0
    if _START.search(text):
        score += 9.0
    if len(text) <= 120 and _TAKEN.search(text) and _ends_with_credit(text):
        score += 4.0
    return score


def _ends_with_credit(text: str) -> bool:
    return bool(_CREDIT.search(text) or _AGENCY.search(text) or _DRAWN_BY.search(text)) or _is_made_by(text)


def _is_made_by(text: str) -> bool:
    return len(text) <= _LONGEST_CREDIT and bool(_MADE_BY.fullmatch(text))


_LONGEST_CREDIT: Final = 20


class Bullets(NamedTuple):
    """The marks of captions that on this page stand before short news (`items`) or headlines (`heads`)."""

    items: frozenset[str]
    heads: frozenset[str]

    def leads_title(self, text: str) -> bool:
        """Whether a line is such a headline: marked, short, without an end."""
        return text[0] in self.heads and _is_short(text)


def bullets(lines: Sequence[str], gaps: Sequence[bool]) -> Bullets:
    """What ▲ and the like mean on a page: several that lead nothing about a picture stand before short news where most
    end with who wrote it or stand in a list, before headlines where most are a short line by itself that ends no
    sentence. `gaps`: whether a blank line stands above each line."""
    led: dict[str, list[str]] = {}
    listed: dict[str, int] = {}  # lines that follow one right below, marked as it is
    headed: set[str] = set()  # right below a short line: 格言
    mark = above = ""
    for line, gap in zip(lines, gaps, strict=True):
        if line[0] in _BULLETS:
            if line[0] not in led and above and not gap and _heads_list(above):
                headed.add(line[0])
            listed[line[0]] = listed.get(line[0], 0) + (mark == line[0] and not gap)
            mark = line[0]
            led.setdefault(mark, []).append(line)
        elif mark and not gap:
            led[mark][-1] += f"\n{line}"
        else:
            mark = ""
        above = line
    several = {mark: texts for mark, texts in led.items() if len(texts) > 1 and not _PICTURE.search("".join(texts))}
    return Bullets(
        frozenset(
            m
            for m, texts in several.items()
            if 2 * sum(t[-1] in "）)" for t in texts) >= len(texts)
            or listed[m] >= max(1 if m in headed else _IN_A_LIST, len(texts) / 2)
        ),
        frozenset(m for m, texts in several.items() if 2 * sum(map(_is_short, texts)) >= len(texts)),
    )


def _heads_list(text: str) -> bool:
    """Whether a line is no more than a few characters without a mark."""
    return len("".join(text.split())) <= _FEW and text[-1] not in "。）)！？，；："


_FEW: Final = 6


def _is_short(text: str) -> bool:
    """Whether these lines are a short one, by itself or above one that is far longer: it was not broken there."""
    line, *rest = text.split("\n", 2)
    return len(line) <= _SHORT and line[-1] not in "。）)！？" and (not rest or 4 * len(line) <= 3 * len(rest[0]))


_SHORT: Final = 20
_IN_A_LIST: Final = 2  # so many pictures' captions, and nobody credited, do not stand right below one another
_BULLETS: Final = "▲△▼"
_PICTURE: Final = re.compile("[摄攝]|[图圖][为為是片示①-⑩：:]|[上下左右本][图圖]")


def numbered(lines: Sequence[str], gaps: Sequence[bool]) -> frozenset[int]:
    """The places of captions that go by number: ① ② … right below one another, apart from what stands above and below,
    on a page whose pictures somebody signs."""
    if not any(_SIGNED.search(line) for line in lines):
        return frozenset()
    found: set[int] = set()
    block: list[int] = []
    for i, (line, gap) in enumerate(zip([*lines, "x"], [*gaps, True], strict=True)):
        if gap and len(block) > 1:
            found.update(block)
        block = [*([] if gap else block), i] if line[0] == _CIRCLED[: len(block) + 1][-1] and (gap or block) else []
    return frozenset(found)


_CIRCLED: Final = "①②③④⑤⑥⑦⑧⑨⑩"
_SIGNED: Final = re.compile(r"摄影报道|摄影[：:]|文[/／]图|文[/／]摄|图[/／]文|图[/／]|[ 　]摄[）)]?$")


def starts_caption(text: str) -> bool:
    """Whether the line begins as a caption does: 图为, 上图, ▲."""
    return bool(_START.match(text))


def is_credited(text: str) -> bool:
    """Whether the line ends with who took the picture, which is where a caption ends."""
    return (
        _is_made_by(text)
        or (text[-1] in "摄攝）)图圖发發片绘影道" and bool(_CREDIT.search(text) or _AGENCY.search(text)))
        or bool(_DRAWN_BY.search(text))
    )


def is_credit(text: str) -> bool:
    """Whether the line says who took a picture and nothing else."""
    return bool(_CREDIT.fullmatch(text) or _AGENCY.fullmatch(text)) or _is_made_by(text)


def goes_on(above: str, text: str) -> bool:
    """Whether a line that looks like a caption goes on with the one right above: it has no beginning of its own, and
    nobody is credited yet."""
    return not _START.match(text) and text[0] not in _CIRCLED and not is_credited(above)


class Home(NamedTuple):
    """The article that a caption goes to, and how far the next best lies behind."""

    article: int
    margin: float


class Candidate(NamedTuple):
    """What a caption is compared with: an article's whole text, its beginning, its first and last line number."""

    text: str
    lead: str
    first: int
    last: int


def homes(captions: Sequence[tuple[str, int]], articles: Sequence[Candidate]) -> list[Home]:
    """For each caption (its text and line number) the article it shares most with, nearer ones preferred; those that
    are numbered one after the other (图①, 图②) have one home."""
    scores = _scores(captions, articles)
    found: list[Home] = []
    for series in _series([caption for caption, _ in captions]):
        shared = set.intersection(*(set(scores[i]) for i in series)) or set(scores[series[0]])
        together = _home({article: sum(scores[i].get(article, 0.0) for i in series) for article in sorted(shared)})
        for i in series:
            own = _home(scores[i])
            found.append(own if scores[i][own.article] - scores[i].get(together.article, 0.0) > _OWN else together)
    return found


_OWN: Final = 2.0  # a picture of a series that shares so much more with another article is that one's


def _home(scores: Mapping[int, float]) -> Home:
    """The best of articles by their scores."""
    best = max(scores, key=scores.__getitem__)
    rest = max((score for article, score in scores.items() if article != best), default=scores[best] - 3.0)
    return Home(best, scores[best] - rest)


def _series(captions: Sequence[str]) -> list[list[int]]:
    """The places of captions, those together that are numbered one after the other."""
    found: list[list[int]] = []
    last = 0
    for i, caption in enumerate(captions):
        match = _NUMBER.match(caption)
        number = max(map(str.find, _NUMERALS, [match[1] or match[2]] * len(_NUMERALS))) + 1 if match else 0
        if number > 1 and number == last + 1:
            found[-1].append(i)
        else:
            found.append([i])
        last = number
    return found


_NUMERALS: Final = ("①②③④⑤⑥⑦⑧⑨", "一二三四五六七八九", "123456789")
_NUMBER: Final = re.compile(r"[▲△▼ ]*(?:[图圖]([①-⑨一二三四五六七八九1-9])(?![\d月])|([①-⑨]))")


def _scores(captions: Sequence[tuple[str, int]], articles: Sequence[Candidate]) -> list[dict[int, float]]:
    """For each caption the articles that are near enough, with what it shares with them."""
    texts = [pieces(article.text) for article in articles]
    leads = [pieces(article.lead[:40]) for article in articles]
    beginnings = [_LEAD.sub("", article.lead)[:_ALIKE] for article in articles]
    rarity = Rarity(texts)
    found: list[dict[int, float]] = []
    for caption, place in captions:
        grams = pieces(_EMPTY_WORDS.sub("。", _CREDIT.sub("", _START.sub("", caption))))
        telling = min(1.0, len(grams) / 8)  # a few pieces in common tell little
        whole = rarity.whole(grams) or 1.0  # without pieces there is no overlap either
        begins = _LEAD.sub("", caption)[:_ALIKE]
        near = [i for i, a in enumerate(articles) if a.first - _FAR <= place <= a.last + _FAR]
        found.append(
            {
                i: telling
                * (6.0 * rarity.whole(grams & texts[i]) / whole + 4.0 * rarity.whole(grams & leads[i]) / whole)
                + _same_beginning(begins, beginnings[i])
                - 0.25 * _distance(articles[i], place)
                for i in near or range(len(articles))
            }
        )
    return found


_FAR: Final = 1500  # lines; no page of paper is so long, and a file of many pages takes time in proportion
_ALIKE: Final = 12  # characters of two beginnings that are compared
_EMPTY_WORDS: Final = re.compile(r"现场|資料|资料|图片|照片|\d{1,2}月\d{1,2}日")
_LEAD: Final = re.compile(
    r"^[▲△]?\s*(?:[上下左右]?图(?:为|是|：)?|本报讯|(?:据)?(?:新华社|本报)\S{0,10}?电)?\s*(?:（[^）]*）)?[“《]?"
)


def _same_beginning(caption: str, lead: str) -> float:
    """A caption often repeats how its article begins: some weight for each character they have in common."""
    if len(lead) < 2 or caption[:2] != lead[:2]:
        return 0.0
    same = next((i for i, (one, other) in enumerate(zip(caption, lead, strict=False)) if one != other), None)
    return 0.6 * (min(len(caption), len(lead)) if same is None else same)


def _distance(article: Candidate, place: int) -> float:
    """How far off the article is: a screenful of lines counts one, and a caption seldom stands above its article."""
    if article.first <= place <= article.last + 1:
        return 0.0
    off = min(abs(place - article.first), abs(place - article.last)) / 40
    return _APART + off + (0.5 if place < article.first else 0.0)


_APART: Final = 2.0  # what is neither in an article nor right below it
