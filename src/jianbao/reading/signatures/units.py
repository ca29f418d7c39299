"""Offices, desks and places that sign, told from people.

Names are weighed only where a word looks like a unit: their tables take longer to load than most corrections take.
"""

from __future__ import annotations

import re
from typing import Final

# Parts of offices, works and schools that write for papers.
_THAT_WRITE: Final = r"(?:宣传|报道|通讯|写作|采访|编写|资料|课题|调查|调研|评论)[组科股站队]"
_ORGANISATION: Final = re.compile(
    r"(?:部|局|中心|供稿|公司|集团|委员会|学会|协会|工会|总会|联合会|电视台|广播站|分行|支行|支队|大队|总队|报社|杂志社|通讯社|融媒|小学|中学|"
    r"学校|大学|学院|党校|街道|社区|政府|法院|检察院|公安|综合|评论员|团委|频道|客户端|公众号|"
    r"[市区县省州镇乡]委|办公室|宣传办|文明办|政府办|[省市区县]厅|展览馆|图书馆|博物馆|文化馆|(?:妇|残|文|侨|科|社|台|工商|作)联|作协|科协|红十字会|"
    r"受访者|采访对象|消防|交警|税务|供电|海关|城管|综合报道|[一二三四五六七八九十]中|幼儿园|"
    rf"{_THAT_WRITE})$"
)
_DESK: Final = re.compile(
    r"[院办委厅馆组处科所司署室网社报镇乡县村台站会队]$"
)  # an office, unless it is the end of a name
_REMARK: Final = re.compile(r"[有已将另曾均]|删节|[略刊载]$")  # （本报有删节）
_NEVER_A_NAME: Final = re.compile(r"(?:学院|学校|[中小大]学|医院|法院|公司|中心|委员会|办公室)$")
_NO_GIVEN_NAME: Final = "办委"  # 文明办: no name ends so
PLACES: Final = tuple("州市县区乡镇村港縣區鄉鎮")  # no given name ends so (but 州 and 村, hardly one)
_PLACE: Final = re.compile(r"[\u4e00-\u9fff]{2,6}[乡镇村厂场矿校系县市区鄉鎮廠場礦縣區]")
# Short names of places, which might be people's but stand before one here.
_TOWN: Final = re.compile(
    r"[\u4e00-\u9fff]州|北京|上海|天津|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|"
    r"甘肃|青海|台湾|内蒙古|广西|西藏|宁夏|新疆|香港|澳门|南京|西安|成都|武汉|沈阳|长春|哈尔滨|石家庄|太原|济南|合肥|南昌|长沙|南宁|海口|昆明|贵阳|"
    r"西宁|银川|拉萨|大连|青岛|厦门|深圳|宁波"
)
_SHORT_UNIT: Final = re.compile(r"[\u4e00-\u9fff]{2}[科股队组班处站所室社]|工会|团委|[党校院厂局]办")  # 掘进科


# What signs a text with nobody's name.
_DESK_THAT_WRITES: Final = re.compile(
    rf"(?![以已未本])[\u4e00-\u9fff]{{2,14}}{_THAT_WRITE}|[\u4e00-\u9fff]{{0,14}}"
    r"(?:图书馆|文化馆|校?团委|党委|党支部|总支|革委会|学生会|编辑部|宣传部|[\u4e00-\u9fff]{2}学院|办公室|委员会|通讯组|报道组|宣传组)"
)


def is_desk(text: str) -> bool:
    """Whether the text is a desk or a body that signs what it wrote, and nothing else: 公社通讯组, 校团委."""
    return bool(_DESK_THAT_WRITES.fullmatch(text))


def is_organisation(text: str) -> bool:
    """Whether the text names an office or a desk, not a person: 区委宣传部, 本报综合."""
    if not 3 <= len(text) <= 12:
        return False
    if text.startswith(("本报", "本刊", "本社", "本网")):
        return not _REMARK.search(text)
    if _NEVER_A_NAME.search(text):
        return True
    if _ORGANISATION.search(text):
        return text[-1] in _NO_GIVEN_NAME or len(text) > 4 or not _perhaps_name(text)
    return bool(_DESK.search(text)) and len(text) > 3 and not _made_of_names(text)


def is_unit(text: str) -> bool:
    """Whether the text may say where somebody who signs works or lives: an office, 河口乡, 青州."""
    if _TOWN.fullmatch(text) or is_organisation(text):
        return True
    if _PLACE.fullmatch(text) and text.endswith(PLACES) and text[-1] != "村":
        return True
    return bool((_PLACE.fullmatch(text) or _SHORT_UNIT.fullmatch(text)) and not _is_name(text))


def _perhaps_name(text: str) -> bool:
    from jianbao.reading.signatures.names import PLAUSIBLE, likelihood, surname_of

    return bool(surname_of(text)) and likelihood(text) >= PLAUSIBLE - 3


def _made_of_names(text: str) -> bool:
    from jianbao.reading.signatures.names import made_of_names

    return made_of_names(text)


def _is_name(text: str) -> bool:
    from jianbao.reading.signatures.names import is_name

    return is_name(text)
