"""The words of signatures, as patterns: roles with what stands before them, and what no signature contains."""

from __future__ import annotations

import re
from typing import Final

from jianbao.roles import ANSWERING, FOLLOWING, OFFICES, PICTURES, SHORT, SIGNING

MARKERS: Final = "■□●○◆◇▲△★☆▌▍▎◎⊙◢▪•►▶*☐▢◻◼▊█◤◥▼☉◉▓"
SEPARATORS: Final = " 　、，,；;：:/／|｜·-—&和与"

# What stands before the last word (本报, 首席, 全媒体 …) belongs to the role as signed.
_WHOSE = (
    r"(?:本[版组](?=[\u4e00-\u9fff])|"
    r"(?:本|我)[报報刊社网網台](?:[\u4e00-\u9fff]{2,3}(?=记者[ ：:]))?|新华社|中新社|人民日报|"
    r"(?:(?!据)[\u4e00-\u9fff]{2,8}[·-][\u4e00-\u9fff]{2,8}(?=(?:首席|全媒体|见习|实习)?记者[ ：:])|"
    r"(?:人民网|新华网|中新网|央视网|中国新闻网)(?=记者[ ：:]))|"
    r"[\u4e00-\u9fff]{2,4}(?:日报|晚报|早报|都市报|时报)(?!记者从)|"
    r"(?<![\u4e00-\u9fff])(?!据)[\u4e00-\u9fff]{2,3}(?=记者[ 　：:])|"
    r"(?<![\u4e00-\u9fff])(?!据)[\u4e00-\u9fff]{1,6}(?:报|都|新闻|在线|周刊|电视台|客户端)(?=(?:首席|全媒体|见习|实习)?记者(?!从)))"
)
_RANK = (
    r"(?:首席|高级|资深|见习|見習|实习|實習|特约|特約|特派(?:[\u4e00-\u9fff]{2,4}(?=记者))?|驻站|驻[\u4e00-\u9fff]{1,4}|全媒体|全媒體|融媒体|融媒|新媒体|多媒体|摄影|文字|视频|体育|财经|"
    r"青年|小|外聘|签约|专栏|责任)"
)
_WORD = (
    rf"(?:{'|'.join(SIGNING)}|记录(?=[：:/／| ])|(?<=[者方])提供(?=$|[）)])|"
    r"(?<![\u4e00-\u9fff])(?:读者|讀者)(?=[：:])|"
    r"(?<![\u4e00-\u9fff])(?:读者|讀者|网友|網友|市民|村民|业主|業主|家长|家長)(?=[ 　]))"
)
# Written once each: a range of characters takes Python 3.11 a millisecond to compile, and this is part of ten patterns.
ROLE: Final = rf"(?:{_WHOSE}(?:{_RANK}*{_WORD})?|{_RANK}*{_WORD})"
_PAIR = r"(?:文字?|图片?|圖片?|摄影?|攝影?|视频|统筹|策划|制图)"
_PAIRS = rf"(?!文/文){_PAIR}(?:[/／、&·]{_PAIR})+|图文|文图|文并(?:摄影?|图)|(?:文字|图片|圖片)(?=[/／：:|])"
ROLE_TOKEN: Final = re.compile(rf"{_PAIRS}|{ROLE}(?:[/／、兼]{ROLE})*")
SHORT_ROLE: Final = re.compile("|".join(role.word for role in SHORT))
FIRST_ROLE: Final = re.compile(rf"\s*(?:{ROLE}|{_PAIR}[/／]{_PAIR}|[文图]\s*[/／:： 　])")

# Roles that may follow the names they belong to; those of pictures take the place of one printed before the names.
FOLLOWS: Final = re.compile(rf"{_PAIRS}|{'|'.join(FOLLOWING)}|提供")
OF_PICTURES: Final = re.compile("|".join(PICTURES))
TRANSLATES: Final = ("译", "譯", "编译", "編譯", "翻译", "翻譯")

SOMEBODYS: Final = re.compile(r"([\u4e00-\u9fff]{1,2}[^都报])记者")  # 新快记者, but not 李强 记者

# What stands before who asks, is asked or answers, and ：
ANSWERS: Final = rf"(?:本期|本版|今日)?(?:{'|'.join(ANSWERING)}|采访[人者]|採訪[人者])"

# A role with nobody's name: an institution's own voice, or names that follow on the next line.
NAMELESS: Final = re.compile(
    rf"(?:{_WHOSE}{_RANK}*(?:记者|記者|通讯员|通訊員|评论员|評論員)|{_RANK}*(?:记者|記者|通讯员|通訊員|评论员))[：:]?"
)

# An agency in the place of a signature.
AGENCY: Final = re.compile(
    r"(?:据|综合|本报综合|转自)(?:新华社|新华网|中新社|中新网|央视(?:网|新闻)?|人民日报|人民网|中央社|法新社|路透社)(?:电|报道|消息|客户端|等)*|"
    r"(?:新华社|中新社)(?:供?本报)?(?:专?电|特稿|专稿|供稿)|本[报刊]综合(?:消息|报道|整理|外电)?"
)
# What stands behind the names: （作者系县一中教师）, （县融媒体中心）.
OF_WHOM: Final = re.compile(
    r"^([\u4e00-\u9fff· 　、]{2,24}?)[ 　]*[（(]((?:本文)?作者|系|为)?([\u4e00-\u9fff]{3,24})[）)]$"
)
# Where a pupil or student belongs, before the name: 1986级中文系 许文, 高二（3）班 李岚.
OF_CLASS: Final = re.compile(
    r"(?:[\u4e00-\u9fff]{2,10}(?:小学|中学|学校|学院|大学|[一二三四五六七八九十]中)[ 　]*)?"
    r"(?:[\u4e00-\u9fff]{1,10}(?:系|专业|学院)[ 　]*(?:(?=(?:19|20)?\d{2}级)|\d{2,4}班|研究生|本科生)|"
    r"[\u4e00-\u9fff]{2,10}(?=\d{4}班)|)"
    r"(?:(?:19|20)?\d{2}级|\d{4}班|(?<=班)|(?<=[究科]生)|[高初][一二三]|[一二三四五六七八九]年级|[一二三四五六七八九](?=[（(]\d{1,2}[）)]班))"
    r"[（(]?[\u4e00-\u9fff\d（）()]{0,12}[ 　]+(?=[\u4e00-\u9fff]{2,4}(?:$|[ 　]))"
)
# An office before the name: 市中医院呼吸科主任　方国柱.
OF_OFFICE: Final = re.compile(
    r"([\u4e00-\u9fff][\u4e00-\u9fff \u3000]{1,23}"
    rf"(?:{OFFICES}))"
    r"[ \u3000]+([\u4e00-\u9fff]{2,4}|[\u4e00-\u9fff][ \u3000]+[\u4e00-\u9fff])"
)
COUNTRY: Final = re.compile(r"[\[［〔【（(][\u4e00-\u9fff]{1,3}[\]］〕】）)][ 　]*(?=[\u4e00-\u9fff]{2,})")

# A sentence about reporters (记者从…获悉) and what else no signature contains.
NOT_SIGNED: Final = re.compile(
    r"[。！？“”《》\d%；]|(?:记者|記者|通讯员|编辑)\s*(?:从(?!\S{1,2}$)|在|近日|日前|昨|今|获悉|了解|来到|走进|看到|采访(?!整理)|发现|们|获|"
    r"问|注意|随|跟|就|会[上见侧议谈说])|"
    r"(?:编辑|记者)(?:同志|老师|您好|你好|回复|按|部|点评|手记|感言|札记|来信|述评|调查|观察|连线|见闻|直击|帮办|出手|体验|走基层|帮你|带你)|见第|相关报道|单位|近日|日前|来源|[图片照]由|本版完|"
    r"报道见|作者(?:为|系|是|单位)|(?:[电電]|消息|[讯訊])[)）]?$"
)

# How a text opens and closes that carries its signature in the same line.
_DATELINE = (
    r"(?:[（(]本[报報][讯訊][）)]|[【\[〔]?\s*(?:本[报刊報]|[又另])\s*[讯訊]\s*[】\]〕]?|[【\[〔]?(?:据)?(?:本[报刊報]|新华社|中央社|中新社|中新网|央视|新华网|人民日报)[^（(，。；】]{0,16}?(?:电|電|讯|訊|報道|报道|消息)[】\]〕]?|"
    r"[\u4e00-\u9fff·]{2,16}\d{1,2}(?:月\d{1,2})?日(?:专?电|[讯訊])(?=\s*[（(])|"
    r"[【\[〔]?[\u4e00-\u9fff]{2,6}(?:日报|晚报|新闻网)讯[】\]〕]?|[\u4e00-\u9fff]{2,8}讯(?=\s*[（(][^（）()]{0,8}(?:记者|通讯员|实习生))|"
    r"[\u4e00-\u9fff]{1,4}[报网]讯(?=\s*[（(【　 ])|"
    r"[\u4e00-\u9fff·]{2,8}消息(?=[：:]))"
)
_ITEM = r"\s*[●■◆▲○★☆]?\s*"  # the mark of an item among briefs
DATED: Final = re.compile(rf"{_ITEM}{_DATELINE}")
OPENING: Final = re.compile(rf"({_ITEM}{_DATELINE})?\s*[（(]([^（）()]{{2,120}})[）)]\s*")
# 快报讯【记者 王明】
IN_SQUARE: Final = re.compile(rf"({_ITEM}{_DATELINE})\s*[【〔\[]([^【】〔〕\[\]]{{2,60}})[】〕\]]\s*")
NAKED: Final = re.compile(
    rf"(\s*{_DATELINE})?\s*[：:]?\s*((?:{ROLE})(?:(?!据|日专?[电讯訊電])[^，。；：“”（）()《》]){{2,40}}?)\s*"
    r"(?:(?:摄影)?(?:报道|報道)|消息)\s*[：:，,　 ]\s*(?=\S)"
)
# 据新华社江城5月1日电 记者王海燕报道昨天: no mark parts it from the text
UNPARTED: Final = re.compile(
    rf"(\s*{_DATELINE})[：:]?\s*((?:{ROLE})[\u4e00-\u9fff、·　 ]{{2,20}}?)"
    r"(?:报道|報道)(?=[\u4e00-\u9fff“])(?![的了称说过员组])"
)
# 本报讯 王海燕、记者李强报道：; 本报讯 王海燕 摄影报道：
NAMES_FIRST: Final = re.compile(
    rf"(\s*{_DATELINE})[：:]?\s*"
    rf"((?:[\u4e00-\u9fff]{{2,4}}[、 　]+){{1,3}}(?:{ROLE})[^，。；：“”（）()《》]{{2,40}}?(?=摄影报道|报道|報道)|"
    r"[\u4e00-\u9fff]{2,4}[ 　]*摄影(?=报道))(?:摄影)?(?:报道|報道)\s*[：:，,　 ]\s*(?=\S)"
)
# 本报讯 记者 李强 通讯员王伟 昨天: nothing but spaces tells where the names end.
SPACED: Final = re.compile(rf"(\s*{_DATELINE})[：:]?[ 　]*(?={ROLE})")
# 【記者某某／某地報導】
BRACKETED: Final = re.compile(
    r"\s*[【〔［\[]\s*((?:本報|本报)?[記记]者[\u4e00-\u9fff、·]{2,14})[／/][^】〕］\]]{0,14}[】〕］\]]"
)
# 【記者某某某地報導】: nothing parts the name from the place.
AT_PLACE: Final = re.compile(
    r"\s*[【〔［\[（(]\s*((?:本報|本报)?(?:特派)?[記记]者)([\u4e00-\u9fff、·]{2,16}?)(?:連線|综合|綜合)?(?:報導|報道|报道|專訪|专访)[】〕］\]）)]"
)
CLOSING: Final = re.compile(r"\s*[（(]([^（）()]{2,80})[）)]\s*$")
# Who wrote with others, or alone: （本报记者靳明参与采写）, （本报记者靳明采写）
SHARED: Final = re.compile(
    r"[（(]\s*([^（(）)]{0,80}?)(?:对本文亦有贡献|参与采写|参与报道|采写报道|采写|报道)\s*[）)]\s*$"
)
# Where a text was printed first, and perhaps who wrote it:
# （摘自《南江学刊》第4期，作者：周序）, （《星报》5.20 周序/文）
_FROM: Final = r"(?:摘自|选自|摘编自|原载于?|转自|据|来源[：:])"
_BOOK: Final = r"《[^《》]{2,16}》"
_ISSUE: Final = r"(?:(?:\d{4}[.年/-])?\d{1,2}[.月/-]\d{1,2}日?|(?:\d{4}年)?第\d{1,4}期)"
_BETWEEN: Final = r"[，,；; \u3000]"
_WROTE: Final = rf"{_BETWEEN}*[/／]{_BETWEEN}*[文著]"
EXCERPT: Final = re.compile(
    rf"[（(]\s*(?:{_FROM}\s*{_BOOK}\s*{_ISSUE}?{_BETWEEN}*([\u4e00-\u9fff·]{{2,5}}?)(?:{_WROTE})?|"
    rf"{_BOOK}\s*{_ISSUE}{_BETWEEN}*([\u4e00-\u9fff·]{{2,5}}?)(?:{_WROTE})?|"
    rf"{_BOOK}{_BETWEEN}*([\u4e00-\u9fff·]{{2,5}}?){_WROTE}|"
    rf"([\u4e00-\u9fff·]{{2,5}}?)(?:{_WROTE})?{_BETWEEN}+{_FROM}\s*{_BOOK}[^（）()。]{{0,12}}?|"
    rf"{_FROM}\s*{_BOOK}[^（）()。]{{0,12}}?"
    rf"(?:{_BETWEEN}\s*(?:本文|原文)?作者[：:]?\s*([\u4e00-\u9fff·]{{2,5}}))?)\s*[）)]\s*$"
)
# 《星报》5.20 周序, on a line of its own or behind the text, without brackets
BARE_EXCERPT: Final = re.compile(
    rf"(?:^|(?<=[。！？”]))\s*{_FROM}?\s*{_BOOK}\s*{_ISSUE}{_BETWEEN}*([\u4e00-\u9fff·]{{2,5}}?)(?:{_WROTE})?\s*$"
)
# （作者：王伟，系县一中教师）, （王伟 作者系县一中教师）
AUTHOR: Final = re.compile(
    r"[（(]\s*(?:(?:本文)?作者[：:]?\s*([\u4e00-\u9fff·]{2,4})[，, ]?\s*(?:系|为|是|单位)|"
    rf"([\u4e00-\u9fff·]{{2,4}}){_BETWEEN}+(?:(?:本文)?作者(?:系|为|是|单位)|系)[：:]?)[^（）()。]{{2,50}}[）)]\s*$"
)
OWN: Final = re.compile(
    rf"{_ITEM}(?:[【\[〔]?\s*(?:本[报刊報]\s*[讯訊]|(?:本報)?[記记]者[\u4e00-\u9fff、]{{2,12}}[／/]|(?:本報|本报)?[記记]者[\u4e00-\u9fff、·]{{2,18}}(?:報導|報道|报道|專訪|专访)[】〕\]])|"
    r"[（(](?:本[报刊報])?(?:首席|见习|全媒体|特派)?[记記]者|[（(]本[报報][讯訊][）)]|"
    r"[（(【\[]?[◀▶▲◆]*\s*(?:紧)?上接\s*第?[A-Za-z]?[\d一二三四五六七八九十]{1,3}版)"
)

_ALIKE: Final = str.maketrans(
    dict.fromkeys("丨│┃∣｜", "|")
    | dict.fromkeys("•・‧∙⋅", "·")
    | dict.fromkeys("\\＼", "/")
    | dict.fromkeys("∶︰", "：")
)
_SPACED: Final = re.compile(
    r"(?:本 *报 *)?(?:首席|见习|实习|特约|全媒体)? *(?:记 +者|通 *讯 +员|通 +讯 *员|实习 +生)|"
    r"本 *报 +(?=记者|通讯员)|(?<=\S) *[/／] *(?=\S)|"
    r"作 +者(?=[ ：:])|(?<=[\u3400-\u9fff])\.(?=[\u3400-\u9fff])"
)
# OCR reads the square before 记者 as a character.
_SQUARE: Final = re.compile(r"^[口囗日曰回](?=(?:本报|首席|见习|实习|特约|全媒体)*(?:记者|通讯员))")


def plainly(text: str) -> str:
    """A signature's text with the look-alikes of marks folded and spaced role words (`记 者`) closed up."""
    text = _SPACED.sub(lambda m: "·" if m[0] == "." else m[0].replace(" ", ""), text.translate(_ALIKE))
    return _SQUARE.sub("□", text)


# 黄 平　周 俊: names parted by a wider space than their characters are
_PADDED: Final = re.compile(
    r"(?<![\u4e00-\u9fff])([\u4e00-\u9fff]) ([\u4e00-\u9fff])(?=\u3000|  )|"
    r"(?:(?<=\u3000)|(?<=  ))([\u4e00-\u9fff]) ([\u4e00-\u9fff])$"
)


def unpadded(text: str) -> str:
    """A signature's text with names set to the width of three characters closed up, where wider spaces part them."""
    return _PADDED.sub(r"\1\2\3\4", text)
