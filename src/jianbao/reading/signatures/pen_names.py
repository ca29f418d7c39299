"""Who signs with no name that people have: a pen name (□ 一苇, 老　丁), a desk in brackets behind a text."""

from __future__ import annotations

import re
from typing import Final

from jianbao.model import Byline
from jianbao.reading.phrases.boxes import is_box_heading
from jianbao.reading.phrases.standing_heads import is_standing_head
from jianbao.reading.signatures.bylines import Signature
from jianbao.reading.signatures.names import likelihood, surname_of
from jianbao.reading.signatures.units import is_desk


def pen_name(text: str, *, apart: bool, marked: bool = False) -> Signature | None:
    """The signature of a line right below a title whose name is none that people have: □ 一苇, □ 沈念慈; without the
    mark only where what is around it says as much (`marked`), or where it is set wide (老　丁) and no blank line stands
    above (`apart`)."""
    found = (_UNUSUAL_NAME if marked else _MARKED_NAME).fullmatch(text)
    if not found and not apart:
        found = WIDE.fullmatch(text)
    name = "".join(next(filter(None, found.groups())).split()) if found else ""
    if (
        not name
        or name in ("编者", "編者")
        or is_box_heading(name)
        or is_standing_head(name)
        or (len(name) > 3 and _OF_COLUMNS.search(name))
    ):
        return None
    return Signature((Byline("", name),), 0.5)


_SHORT: Final = r"([\u4e00-\u9fff](?:\s*[\u4e00-\u9fff]){1,2})"
_OF_FOUR: Final = r"([\u4e00-\u9fff]{4})"
_MARKED_NAME: Final = re.compile(rf"[□■◎○◆●☆★]\s*{_SHORT}|[□○]\s*{_OF_FOUR}")
_UNUSUAL_NAME: Final = re.compile(f"{_SHORT}|{_OF_FOUR}")
_OF_COLUMNS: Final = re.compile(r"(?:来[电信函稿]|热线|[心之]声|声音|手记|回音|链接|看点|提示|[快简短]讯|新闻|信息)$")
WIDE: Final = re.compile(r"([\u4e00-\u9fff][ \u3000]{1,3}[\u4e00-\u9fff])")  # two characters set wide: 老　丁


def rare_name(text: str) -> Signature | None:
    """The signature of a line between a title and its text that is a surname and two characters which few people are
    named: 柳未央. A guess."""
    name = text if _THREE.fullmatch(text) and surname_of(text) else ""
    if not name or likelihood(name) < _RAREST or is_box_heading(name) or is_standing_head(name):
        return None
    return Signature((Byline("", name),), _UNUSUAL)


_THREE: Final = re.compile(r"[\u4e00-\u9fff]{3}")
_RAREST: Final = -28.0


def in_brackets(inner: str, before: str) -> Signature | None:
    """The desks, the pen name or the villager in brackets behind a text; on a line of their own also （路遥远）, but no
    （掌声）."""
    if before and before[-1] not in "。！？”…":
        return None
    bare = "".join(inner.split())
    desks = inner.split()
    if found := _VILLAGER.fullmatch(inner):
        bylines = [Byline(found[1], found[2])] if surname_of(found[2]) else []
    elif all(map(is_desk, desks)):
        bylines = [Byline("", desk) for desk in desks]
    elif _FAMILIAR.fullmatch(bare) or (not before and _may_be_pen_name(inner, bare)):
        bylines = [Byline("", bare)]
    else:
        return None
    return Signature(tuple(bylines), _UNUSUAL) if bylines else None


def _may_be_pen_name(text: str, bare: str) -> bool:
    """Whether what stands alone in brackets may be a name, and is no remark: 路遥远, 一　苇."""
    return bool(_OF_NAMES.fullmatch(bare)) and not _REMARK.search(bare) and (len(bare) == 3 or text != bare)


_UNUSUAL: Final = 0.3  # the margin of a name that is none of the usual ones
_VILLAGER: Final = re.compile(
    r"([\u4e00-\u9fff]{2,7}[乡镇村厂场矿社队店])[ \u3000]+([\u4e00-\u9fff]{2,3})"
)  # 河湾村 葛老五
_FAMILIAR: Final = re.compile(r"[老小阿][\u4e00-\u9fff]")  # 老金
_OF_NAMES: Final = re.compile(r"[\u4e00-\u9fff]{2,3}")
_REMARK: Final = re.compile(
    r"[略图圖见完续續接转轉载載注註同文稿声聲笑删刪节節译譯编編者附表待录錄摘选選题題名作年月日上中下前后後终終全]"
)  # （掌声）, （图略）, （全文完）, （未完待续）
