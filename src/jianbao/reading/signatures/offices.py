"""People who sign with what they are: their office before the name (市中医院主任 方国柱), or in brackets behind it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from jianbao.model import Byline
from jianbao.reading.signatures.names import is_name, likelihood, surname_of
from jianbao.reading.signatures.patterns import NOT_SIGNED, OF_OFFICE, ROLE_TOKEN
from jianbao.roles import OFFICES

_SURE: Final = 1.0
_UNUSUAL: Final = 0.25  # the margin of a name that is none of the usual ones
_RAREST: Final = -28.0  # log-likelihood of a name, where an institution and an office stand before it


def holder(text: str, known: Mapping[str, int] | None = None) -> tuple[Byline, float] | None:
    """Who signs with an office and nothing else, the office as the role, and how sure the name is; None where the text
    is something else."""
    if found := OF_OFFICE.fullmatch(text):
        office, name = " ".join(found[1].split()), "".join(found[2].split())
    elif found := _BEHIND.fullmatch(text):
        name, office = "".join(found[1].split()), found[2]
    else:
        return None
    if ROLE_TOKEN.match(office) or NOT_SIGNED.search(office):
        return None
    if is_name(name, known) or _POLITE.fullmatch(name):
        return Byline(office, name), _SURE
    return (Byline(office, name), _UNUSUAL) if _may_be_name(name) and _OF_INSTITUTION.match(office) else None


def _may_be_name(text: str) -> bool:
    """Whether this may be a name, though a rare one (罗藿香), and no headline about what the office's holder does."""
    return len(text) in (2, 3) and bool(surname_of(text)) and likelihood(text) >= _RAREST and text[0] not in _DOES


_DOES: Final = "谈解应祝展来向从步支计访都相能查通满"  # surnames that are more often a verb: 谈治水
_POLITE: Final = re.compile(r"[\u4e00-\u9fff](?:女士|先生|小姐|同学|师傅|大爷|大妈|阿姨|老师)")  # 锦园业主 郝女士
_BEHIND: Final = re.compile(rf"([\u4e00-\u9fff]{{2,4}})[ 　]*[（(]([\u4e00-\u9fff]{{2,16}}(?:{OFFICES}))[）)]")
_OF_INSTITUTION: Final = re.compile(r"[\u4e00-\u9fff \u3000]{2,}[院校学局所厂社站会委馆科系队心司](?=.{2})")
