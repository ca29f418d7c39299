"""Picture captions: telling them from the text around them, and finding the article they belong to."""

from __future__ import annotations

import re
from typing import Final

_START: Final = re.compile(
    r"^(?:[▲△↑↓←→▼◀▶]\s*)?(?:[上下左右本]?[图圖](?:[①-⑩一二三四五六七八九\d]{0,3})(?:为|為|是|：|:|\s|集)|[图圖](?:片)?说明|[左右上下](?:上|下|中)?[图圖]|照片[:：]|[▲△↑↓▼]\s*\S)"
)
_CREDIT: Final = re.compile(
    r"(?:(?:本报|新华社|通讯员|记者|特约)[^。，]{0,14}|[\u4e00-\u9fff·]{2,5}\s*)(?:摄影报道|摄影|摄|攝|供图|绘|制图)\s*(?:[（(](?:影像中国|新华社发?|人民图片|视觉中国|[\u4e00-\u9fff]{2,6})[）)])?[）)]?$"
)
_AGENCY: Final = re.compile(
    r"[（(](?:影像中国|新华社发|人民图片|视觉中国|资料图片?|资料照片)[）)]$|(?:新华社|中新社)发$|资料图片$"
)


def looks_like_caption(text: str) -> float:
    """Log-odds that a line begins a caption; 0 where nothing speaks for it."""
    score = 0.0
    if _START.search(text):
        score += 9.0
    if len(text) <= 120 and (_CREDIT.search(text) or _AGENCY.search(text)):
        score += 4.0
    return score
