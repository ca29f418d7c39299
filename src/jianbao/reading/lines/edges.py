"""How a line begins and ends: what it tells of whether a paragraph begins, or a sentence ends, with it."""

from __future__ import annotations

import re
from enum import Enum, IntEnum
from typing import Final

from jianbao.reading.phrases.boxes import SOURCE, is_book, is_document_number
from jianbao.text import CLOSERS, SENTENCE_ENDS, is_han, is_ornament


class Begin(IntEnum):
    """How a line begins. Verses and rows of tables are found later than the others; each stays a line of its own."""

    PLAIN = 0
    SHORT = 1  # it is two characters shorter than the lines below it: an indent was lost
    INDENTED = 2
    VERSE = 3
    ROW = 4


class End(float, Enum):
    """What stands at a line's end, as the degree to which a sentence ends with it. Only the order and the distance from
    0 and 1 count; they were set by hand and measured with the weights of `weights.py`."""

    OPEN = 0.0  # nothing: the text goes on, or it is no sentence
    QUOTE = 0.45  # ” 》 without a mark before it
    COLON = 0.5  # ： ； ——
    BRACKET = 0.6  # ）, a date, a telephone number: nothing need follow
    STOP = 1.0  # 。 also inside closing quotes


def end_of(text: str) -> End:
    """How a line ends."""
    last = text[-1:]
    if text and is_ornament(text) and last not in "，、：；":  # ＊　＊　＊
        return End.STOP
    if last in CLOSERS:
        stripped = text.rstrip(CLOSERS)
        if stripped and stripped[-1] in SENTENCE_ENDS:
            return End.STOP
        if stripped != text:
            if last in "）)" and _BEHIND_SENTENCE.search(text):
                return End.STOP
            return End.OPEN if _PART_OF_TITLE.search(text) else End.BRACKET if last in "）)" else End.QUOTE
    elif last in SENTENCE_ENDS or (last == "." and is_han(text[-2:-1] or " ")):
        return End.STOP
    if text.endswith(("：", ":", "；", "——")):
        return End.COLON
    if (last in _OF_WEATHER and WEATHER.match(text)) or ("：" in text and _WRITE_TO.search(text)):
        return End.STOP
    return (
        End.BRACKET
        if _LAST_LINE.match(text)
        or _SAID_BY.search(text)
        or is_document_number(text or " ")
        or is_book(text)
        or (last in _OF_NUMBERS and _NUMBER_LAST.search(text))
        else End.OPEN
    )


_SAID_BY: Final = re.compile(r"[。！？…”]\s*——[\u4e00-\u9fff·]{2,12}$")  # 我尽力了。——李明
_WRITE_TO: Final = re.compile(  # …为宜。投稿邮箱：cg@example.cn
    r"[。 \u3000][^。]{0,12}(?:邮箱|[电電][话話]|热线|[网網]址|地址|[传傳]真|微信|QQ)[：:][^。]{3,40}$"
)
_BEHIND_SENTENCE: Final = re.compile(
    r"[。！？…][”」』]?[ \u3000]*[（(][^（）()]{1,24}(?<![摄攝图圖片影])[）)]$"
)  # …承建。（新华社）
_OF_WEATHER: Final = "℃度级晴阴雨雪云风0123456789"
WEATHER: Final = re.compile(  # 明天：阴有小雨，14～19℃
    r"(?:[今明后昨]|大后)[天日晚夜晨](?:白天|夜间|晚上|夜里|到[今明后][天日晚夜晨])*[：:，, 　]"
    r".*(?:[晴阴雨雪雾霾云霜]|[℃度级])|(?:最[高低]气温|风力|风向|相对湿度|空气质量)[：: 　]?(?:零下)?\d.*"
)
# 老城旧事（17）, 雨夜（外一首）
_PART_OF_TITLE: Final = re.compile(
    r"^[^。，；：！？]{2,20}[（(](?:连载)?(?:\d{1,3}|[上中下]|[一二三四五六七八九十]{1,3}|外[一二三四]首|组诗)[）)]$"
)
_IN_BRACKETS: Final = r"[【〔][\u4e00-\u9fff]{2,8}[】〕]$"
is_in_brackets = re.compile(_IN_BRACKETS).match  # 【招租】 and nothing else: what follows stands below it
# The date below a notice, a telephone number: nothing follows though no mark stands there.
_LAST_LINE: Final = re.compile(
    r"(?:\d{4}|[〇零一二三四五六七八九]{4})年[\d一二三四五六七八九十]{1,3}月(?:[\d一二三四五六七八九十]{1,3}日)?(?:[于於写寫][\u4e00-\u9fff]{2,8})?$|"
    r"(?:时间|地点|地址|联系人|主办|承办|题目|主题|内容|主讲|对象|费用|票价|嘉宾)[：:]|"
    r"[\u4e00-\u9fff]{2,20}(?:[会會馆館社局堂店行厂廠处處所部敬谨謹同]|公司)[启啟啓]$|"  # 台山会馆启
    + SOURCE.pattern
    + "|"
    + _IN_BRACKETS
)
_OF_NUMBERS: Final = "0123456789-—－、（）() "
_NUMBER_LAST: Final = re.compile(
    r"(?:电话|热线|传真|手机)[：:]?\s*[\d\-—－、（）() ]{7,}$|(?<!\d)(?:1[3-9]\d{9}|0\d{2,3}[-—－]?\d{7,8}|[2-8]\d{7})$"
)
