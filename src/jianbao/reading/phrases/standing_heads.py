"""Headings that papers print again and again over what is no article: short news, pictures, the weather, programmes."""

from __future__ import annotations

import re
from typing import Final

from jianbao.text import letterspaced

_PICTURES: Final = "图片新闻|新闻图片|图片报道|图说新闻|图片故事|圖片新聞"
_BRIEFS: Final = (
    r"[\u4e00-\u9fff]{0,6}(?:简讯|短讯|快讯|快报|动态|短波|简明新闻|一句话新闻|新闻速览|新闻速递|新闻集锦|要闻速览|"
    r"要闻速递|标题新闻|新闻点击|要闻点击|快览|速览|简报|集萃|微新闻|動態|速递|集装箱)|"
    r"(?:文|书|艺|影|剧|体|学|科|农|会|棋|诗)讯"
)
_WEATHER: Final = (
    r"(?:今日|今明|明日|昨日|本市|今晚|一周|各地|城市|全国|旅游)?"
    r"(?:天气回顾|天气|气象|天气预报|气象预报|天氣|氣象|天氣預報|氣象預報)"
)
_PROGRAMMES: Final = r".{0,8}(?:节目预告|节目单|節目預告|[今本][日晚周]节目)|今[晚日](?:荧屏|电视)|电视节目"
_FIGURES: Final = (
    r".{0,8}(?:开奖公告|开奖信息|开奖结果|彩票开奖)|今日(?:油价|菜价|金价|汇率|外汇牌价)|外汇牌价|停[水电气]通知|"
    r"(?:今日|本周|一周|市场|农产品|蔬菜|粮油)?(?:价格|菜价|市场|物价)行情|彩票开奖|(?:致富|供求|便民|商品|科技|求职|市场)信息|.{0,8}排行榜|(?:今日|本周|一周|周末)看点|"
    r"(?:热线|读者|百姓|市民|网友|政策|健康|法律|医保)(?:问答|信箱|来信|来函|来电|心声|答疑)|来函照登|[讀读]者[来來][信函]|[\u4e00-\u9fff]{2,5}之[声聲]|读者·作者·编者|(?:读者)?来[信函]|读者点赞|回音|反馈|编读往来|读编往来|编读之间|"
    r"今日提醒|温馨提醒|小统计|小常识|小知识|小幽默|知识窗|知识角|谜语|灯谜|笑话|幽默"
)


def _alone(words: str) -> re.Pattern[str]:
    """These words by themselves, with the marks that may stand around a heading."""
    return re.compile(rf"[\[【■◆▌●★]?\s*(?:{words})\s*[\]】]?")


_STANDING: Final = _alone(f"{_BRIEFS}|{_PICTURES}|{_WEATHER}|{_PROGRAMMES}|{_FIGURES}")
_PICTURE_NEWS: Final = _alone(_PICTURES)
_LONGEST: Final = 16  # characters


def is_standing_head(text: str) -> bool:
    """Whether a line is such a heading and nothing else."""
    text = text.strip("·—－-~～ ")  # ·短　讯·
    return len(text) <= _LONGEST and bool(_STANDING.fullmatch(letterspaced(text) or text))


def is_picture_news(text: str) -> bool:
    """Whether a line says that a picture is the news, and nothing else."""
    return len(text) <= _LONGEST and bool(_PICTURE_NEWS.fullmatch(text))
