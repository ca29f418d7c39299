"""What stands alone at the foot of a text as its signature: somebody without a name, or with where they live."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from jianbao.model import Byline
from jianbao.reading.signatures.bylines import Signature, read_signature
from jianbao.reading.signatures.names import is_name
from jianbao.roles import UNNAMED


def read_foot(text: str, known: Mapping[str, int] | None = None) -> Signature | None:
    """The signature that is all of a text's last paragraph, though nothing marks it: 一位老教师, 城北 一名电工,
    南塘小学全体师生, 清源县 柳湾村 王海燕."""
    text = " ".join(text.split())
    if len(text) > _LONGEST or not _WORDS.fullmatch(text):
        return None
    if found := _NOBODY.fullmatch(text):
        return Signature((Byline(found[1] or "", found[2]),), _SURE)
    if len(text.split(" ")) < _PARTS:
        return None
    signature = read_signature(text, known)
    if signature is None or signature.odd or len(signature.bylines) > 1:
        return None
    byline = signature.bylines[0]
    return signature if byline.role and is_name(byline.name, known) else None


def is_unnamed(text: str) -> bool:
    """Whether a line is somebody, or some, without a name and nothing else, as at the foot of a letter: 一位老教师."""
    return len(text) <= _LONGEST and bool(_NOBODY.fullmatch(" ".join(text.split())))


_SURE: Final = 1.0
_PARTS: Final = 2  # where somebody lives, and the name
_LONGEST: Final = 24  # characters
_WORDS: Final = re.compile(r"[\u4e00-\u9fff ]+")
_NOBODY: Final = re.compile(rf"(?:([\u4e00-\u9fff ]{{2,14}}) )?({UNNAMED})")
