"""What stands on every page and belongs to no article: masthead, folio, date line, editors of the page, price."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from jianbao.model import Line
from jianbao.reading.dates import Place, Printed, page_label, read_date, read_number
from jianbao.text import visual_width

# Names that newspapers commonly give their pages; only believed beside a folio or date line.
SECTIONS: Final = frozenset(
    [
        "要闻",
        "头版",
        "综合",
        "综合新闻",
        "时政",
        "时政新闻",
        "本地",
        "本埠",
        "本市",
        "经济",
        "财经",
        "产经",
        "金融",
        "证券",
        "科技",
        "科教",
        "教育",
        "文化",
        "文娱",
        "文体",
        "体育",
        "娱乐",
        "健康",
        "卫生",
        "社会",
        "民生",
        "法治",
        "法制",
        "政法",
        "军事",
        "国防",
        "国际",
        "国内",
        "世界",
        "环球",
        "港澳",
        "台港澳",
        "评论",
        "时评",
        "言论",
        "观点",
        "理论",
        "论坛",
        "专题",
        "专版",
        "特刊",
        "特别报道",
        "深度",
        "调查",
        "视点",
        "焦点",
        "热点",
        "聚焦",
        "人物",
        "副刊",
        "文学",
        "文艺",
        "读书",
        "书评",
        "艺术",
        "收藏",
        "旅游",
        "生活",
        "时尚",
        "汽车",
        "房产",
        "楼市",
        "消费",
        "美食",
        "农业",
        "三农",
        "乡村",
        "乡村振兴",
        "生态",
        "环保",
        "城事",
        "城市",
        "都市",
        "社区",
        "基层",
        "党建",
        "党史",
        "组织",
        "统战",
        "青年",
        "校园",
        "老年",
        "妇女",
        "家庭",
        "公益",
        "慈善",
        "气象",
        "服务",
        "便民",
        "广告",
        "公告",
        "分类广告",
        "图片",
        "影像",
        "画刊",
        "摄影",
        "周末",
        "周刊",
        "新闻",
        "快讯",
        "简讯",
        "短讯",
        "连载",
        "史志",
        "地方",
        "区域",
        "各地",
        "产业",
        "企业",
        "商业",
        "工业",
        "能源",
        "交通",
        "建设",
        "国土",
        "健身",
        "电视",
        "影视",
        "戏剧",
        "网络",
        "数码",
        "亲子",
        "育儿",
        "学习",
        "实践",
        "思想",
        "权威发布",
        "关注",
        "暖新闻",
        "街镇",
        "镇街",
        "看点",
        "速览",
        "导读",
    ]
)
_PRINT: Final = re.compile(
    r"(?:^|[\s　|｜])(?:本版|一版|二版|三版|四版|[一二三四五六七八九十\d]+版|值班|本期|当班|夜班)?"
    r"(?:责任编辑|責任編輯|责编|責編|编辑|編輯|美编|美術編輯|美术编辑|版式(?:设计)?|版面(?:设计)?|校对|校對|校检|检校|审校|组版|排版|制版|值班(?:编委|主任|"
    r"总编)?|总编辑|主编|主办|主管|"
    r"总值班|审读|一校|二校|视觉|图编|组稿|统筹)\s*[：:/／\s　]"
)
_CONTACT: Final = re.compile(
    r"(?:电话|热线|新闻热线|传真|邮箱|邮编|邮政编码|地址|社址|网址|投稿|E-?mail|QQ|"
    r"微信公众号|广告部|发行部|订阅|订报)\s*[：:（(\s　]|"
    r"@[\w.]+\.(?:com|"
    r"cn)|(?:www\.|http)\S+|"
    r"(?:0\d{2,3}[-—－])\d{7,8}|^\s*[\d\s\-—－]{7,}\s*$",
    re.IGNORECASE,
)
_PAPER: Final = re.compile(
    r"国内统一(?:连续出版物|刊)号|國內統一|CN\s?\d\d-\d{4}|邮发代号|代号[：:]?\s?\d|零售(?:价|每份)|每份(?:零售)?(?:价|"
    r"[\d一二三四五六七八九十]+[元角分])|定价[：:]|"
    r"今日.{0,6}\d+版|总第\s?\d+\s?期|第\s?\d+\s?期\s*$|本期\s?\d+版|出版\s*$|(?:农历|陰曆|阴历|夏历)[\u4e00-\u9fff]{2,}|印刷[：:]|"
    r"^\s*.{2,12}(?:日报社|报业集团|晚报社|报社|报社出版)(?:主办|出版|主管)?\s*$|"
    r"ISSN|刊号|新闻出版|第[一二三四五六七八九十百千零〇\d]+號?$|報價|本報(?:價目|地址)|天气[：:]|今日天气"
)
_FOLIO: Final = re.compile(
    r"^[\s　|｜·—-]*(?:第\s*([A-Za-z]?\d{1,3}|[一二三四五六七八九十]{1,3})\s*版|([A-Za-z]\d{1,2}|\d{1,2})\s*版|"
    r"版次[：:]\s*([A-Za-z]?\d{1,3})|([A-Z]\d{1,2}))[\s　:：|｜·—-]*"
    r"([\u4e00-\u9fff·]{0,10})"
)
_NUMBER_SECTION: Final = re.compile(
    r"^\s*([A-Z]?\d{1,2})\s*[\s　|｜·]\s*([\u4e00-\u9fff·]{2,8})\s*$|"
    r"^\s*([\u4e00-\u9fff·]{2,8})\s*[\s　|｜·]\s*([A-Z]?\d{1,2})\s*版?\s*$"
)
_NUMBER: Final = re.compile(r"^\s*[-—·]?\s*([A-Z]?\d{1,2})\s*[-—·]?\s*$")
_WEEKDAY_ONLY: Final = re.compile(r"^\s*(?:星期|礼拜|禮拜|周)[一二三四五六日天]\s*$")


class Folio(NamedTuple):
    """What the furniture of a page says, and which lines it is."""

    lines: frozenset[int]
    place: Place
    printed: Printed | None


_AROUND_DATE: Final = re.compile(r"第[A-Z\d一二三四五六七八九十]+版|[\s　|｜·,，（）()\-—:：]+|\d{1,2}版?")


def _is_date_line(text: str) -> bool:
    """Whether the line is little else than a date."""
    if len(text) > 60 or not read_date(text):
        return False
    rest = _AROUND_DATE.sub("", _DATE_PART.sub("", text))
    if len(rest) > 12 or re.search(r"[。，；！？]", rest):
        return False
    return not rest or rest in SECTIONS or bool(_NOT_A_BARE_DATE.search(text) or re.search(r"[报報期号號刊]$", rest))


def find_folio(lines: Sequence[Line]) -> Folio:
    """The furniture among these lines (not blank, tidied), with the place they name."""
    found: set[int] = set()
    date_at: list[int] = []
    printed: Printed | None = None
    page = section = ""
    for i, line in enumerate(lines):
        text = line.text.strip()
        if len(text) > 90 or line.text.startswith("\u3000"):
            continue
        early = i < 10 or (_at_edge(lines, i) and _NOT_A_BARE_DATE.search(text))
        if early and _is_date_line(text):
            found.add(i)
            date_at.append(i)
            printed = printed or read_date(text)
            page, section = _folio_of(_DATE_PART.sub(" ", text), page, section)
        elif _FOLIO.match(text) and len(text) <= 24 and _at_edge(lines, i) and not re.search(r"[。，]", text):
            found.add(i)
            date_at.append(i)
            page, section = _folio_of(text, page, section)
        elif _is_imprint(lines, i, text, i - 1 in found):
            found.add(i)
    for i in sorted(date_at):
        for near in (i - 2, i - 1, i + 1, i + 2):
            if not 0 <= near < len(lines) or near in found:
                continue
            text = lines[near].text.strip()
            between = range(min(i, near) + 1, max(i, near))
            if any(step not in found for step in between):
                continue
            if number := _NUMBER.match(text):
                found.add(near)
                page = page or page_label(number[1])
            elif both := _NUMBER_SECTION.match(text):
                found.add(near)
                page, section = page or page_label(both[1] or both[4]), section or (both[2] or both[3])
            elif text in SECTIONS:
                found.add(near)
                section = section or text
            elif _WEEKDAY_ONLY.match(text) or re.fullmatch(r"[\u4e00-\u9fff\s　]{2,12}(?:[报報]|新闻|时报)", text):
                found.add(near)
    for edge in (range(min(3, len(lines))), range(len(lines) - 1, max(-1, len(lines) - 3), -1)):
        for i in edge:
            if i not in found and (lines[i].text.strip() in SECTIONS or _NUMBER.match(lines[i].text)) and found:
                found.add(i)
                text = lines[i].text.strip()
                section = section or (text if text in SECTIONS else "")
                page = page or (page_label(_NUMBER.match(text)[1]) if _NUMBER.match(text) else "")  # type: ignore[index]
    return Folio(frozenset(found), Place(printed.date if printed else None, page, section), printed)


_DATE_PART: Final = re.compile(
    r"(?:中華|中华)?民[國国].{1,10}?日|"
    r"[〇零○一二三四五六七八九\d]{4}\s*[年.\-/·]\s*[\d一二三四五六七八九十〇]{1,3}\s*[月.\-/·]\s*[\d一二三四五六七八九十]{1,3}\s*[日号]?|"
    r"(?:星期|礼拜|禮拜|周)[一二三四五六日天1-6]|(?:农历|農曆|夏历|阴历|陰曆)[\u4e00-\u9fff]*"
)


def _folio_of(text: str, page: str, section: str) -> tuple[str, str]:
    """Page label and section in a folio line, unless they are known already."""
    text = text.strip(" 　|｜·—-")
    if found := _FOLIO.match(text):
        number = next(part for part in found.groups()[:4] if part)
        label = page_label(number) if number.isascii() else str(read_number(number) or "")
        return page or label, section or found[5].strip("·")
    if both := _NUMBER_SECTION.match(text):
        return page or page_label(both[1] or both[4]), section or (both[2] or both[3])
    if number_only := _NUMBER.match(text):
        return page or page_label(number_only[1]), section
    words = [word for word in re.split(r"[\s　|｜·]+", text) if word in SECTIONS]
    return page, section or (words[0] if words else "")


_NOT_A_BARE_DATE: Final = re.compile(r"[星周]|版|禮拜|礼拜")


def _is_imprint(lines: Sequence[Line], i: int, text: str, follows: bool) -> bool:
    """Whether a line names the page's editors, the paper's price, number or address. `follows`: the line above is
    furniture."""
    if _PRINT.search(text) and not text.endswith("。") and (len(text) < 50 or _CONTACT.search(text)):
        return True
    if not _at_edge(lines, i, 6) or re.search(r"[。，；]", text):
        return False
    if _PAPER.search(text):
        return True
    return bool(_CONTACT.search(text)) and len(text) <= 60 and (i < 6 or follows or _stands_alone(lines, i))


def _stands_alone(lines: Sequence[Line], i: int) -> bool:
    """Whether a blank line stands above."""
    return i > 0 and lines[i].number - lines[i - 1].number > 1


def _at_edge(lines: Sequence[Line], i: int, reach: int = 12) -> bool:
    """Whether the line is among the first or last of the page, or stands apart, short, between blanks."""
    if i < reach or i >= len(lines) - reach:
        return True
    alone = lines[i].number - lines[i - 1].number > 1 and lines[i + 1].number - lines[i].number > 1
    return alone and visual_width(lines[i].text) <= 44
