"""Whether a line may sign: a quick look before the costly grammar."""

from __future__ import annotations

import re
from typing import Final

from jianbao.reading.signatures.names import is_name, surname_of
from jianbao.reading.signatures.patterns import ANSWERS, MARKERS, OF_CLASS, OF_OFFICE, plainly
from jianbao.reading.signatures.units import is_desk, is_unit
from jianbao.reading.titles.headlines import is_genre


def may_sign(text: str) -> bool:
    """Whether a line is worth reading as a signature: a marker, a role word (also letter-spaced: 本 报 记 者), a body
    that writes, or nothing but names, perhaps with where they live."""
    if OF_CLASS.match(text) or OF_OFFICE.fullmatch(text) or (len(text) > _SHORTEST_DESK and is_desk(text)):
        return True
    if _SENTENCE.search(text) or is_genre(text.lstrip(MARKERS)):
        return False
    if text[0] in MARKERS or _ROLE_HINT.search(text) or len(text.replace(" ", "")) <= _SHORT or _may_be_names(text):
        return True
    return len(text) <= _LONGEST_SPACED and " " in text and bool(_ROLE_HINT.search(plainly(text)))


_SHORT: Final = 4  # characters
_SHORTEST_DESK: Final = 4
_LONGEST_SPACED: Final = 40


def _may_be_names(text: str) -> bool:
    """Whether a line is nothing but runs as long as names, four characters only below a surname of two (欧阳修远), or a
    name with where its bearer lives before it, in one step or two."""
    found = _OF_UNIT.fullmatch(text)
    if found and is_name("".join(found[3].split())) and all(map(is_unit, filter(None, found.groups()[:2]))):
        return True
    if _WHOLE_NAME.search(text):  # a headline may be set wide all along
        text = _PADDED.sub(r"\1\2", text)
    if not _BARE_NAMES.fullmatch(text):
        return False
    names = _BETWEEN_NAMES.split(text)
    return all(len(name) < 4 or len(surname_of(name)) == 2 for name in names)


_OF_UNIT: Final = re.compile(  # 青山路小学 李岚, also 李　岚; 清源县 柳湾村 李岚
    r"([\u4e00-\u9fff]{2,12})[ 　]+(?:([\u4e00-\u9fff]{2,12})[ 　]+)?"
    r"([\u4e00-\u9fff]{2,4}|[\u4e00-\u9fff][ 　]{1,2}[\u4e00-\u9fff])"
)
_WHOLE_NAME: Final = re.compile(r"[\u4e00-\u9fff]{2}")
_PADDED: Final = re.compile(  # 洪 明 程国良
    r"(?<![\u4e00-\u9fff])([\u4e00-\u9fff])[ 　]([\u4e00-\u9fff])(?![\u4e00-\u9fff])"
)
_BETWEEN_NAMES: Final = re.compile(r"[ 　、]+|[（(].*")
_SENTENCE: Final = re.compile(r"[。！？“”《》\d%；]")  # what no signature contains, see bylines.read_signature
_BARE_NAMES: Final = re.compile(
    r"[\u4e00-\u9fff]{2,4}(?:[ 　、]+[\u4e00-\u9fff]{2,4}){1,3}(?:[ 　]*[（(][\u4e00-\u9fff]{3,14}[）)])?|"
    r"[\u4e00-\u9fff]{2,4}[ 　]*[（(][\u4e00-\u9fff]{3,14}[）)]"
)
_ROLE_HINT: Final = re.compile(
    rf"(?:{ANSWERS})[：:]|"
    r"记者|記者|通讯员|通訊員|实习|文/|图/|/图|摄|攝|编|編|作者|整理|译|撰|本报|供稿|供图|报道|新华|中新|央视|口述|"
    r"讲述|指导老师|指导教师|主笔|者提供|(?:记录|统筹|策划|主持人|执笔|采写)[：:/／| \u3000]|"
    r"读者|讀者|网友|市民|村民|业主|家长|[文图著]$|^[文图][·：:]"
)
