"""A reader's letter and the answer printed below it are one article: 马长有同志：……　编者."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from jianbao.model import ReadArticle
from jianbao.reading.phrases.boxes import joined

ADDRESSED: Final = "同志|先生|女士|小姐|老师|老師|读者|讀者|同学|同學|朋友|师傅|師傅|医生|醫生"  # who is written to
_SALUTATION: Final = re.compile(rf"([\u4e00-\u9fff、·]{{0,12}}?)(?:{ADDRESSED})们?(?:[：:]|，?[您你]好)")
_TO_EDITORS: Final = re.compile(r"(?:尊敬的|亲爱的)?(?:编辑|編輯|编者|記者|记者|总编|主编|[\u4e00-\u9fff]{2,6}报)")
_EDITORS: Final = re.compile(r"(?:编|編)\s*者|(?:本[报刊]|本[报刊]?栏目?)?(?:编辑部?|編輯部?)")
_LONGEST: Final = 20  # lines of an answer


def signs_answer(texts: Sequence[str], place: int) -> bool:
    """Whether the line at `place` is 编　者 below an answer to a reader, and heads no note."""
    if not _EDITORS.fullmatch(texts[place]):
        return False
    above = [text for text in texts[max(0, place - _LONGEST) : place] if _SALUTATION.match(text)]
    return bool(above) and not _TO_EDITORS.match(above[-1])


def with_answers(articles: Sequence[ReadArticle]) -> list[ReadArticle]:
    """The articles with an answer that has no title joined to the letter above it."""
    found: list[ReadArticle] = []
    for article in articles:
        if found and answers(found[-1], article):
            bylines = tuple(dict.fromkeys([*found[-1].bylines, *article.bylines]))
            found[-1] = replace(joined(found[-1], (found[-1], article), article), bylines=bylines)
        else:
            found.append(article)
    return found


def answers(letter: ReadArticle, article: ReadArticle) -> bool:
    """Whether an article without a title begins by addressing who signed the letter, or anybody where the letter
    addresses the editors."""
    if article.headline or article.kicker or not article.paragraphs or not letter.paragraphs:
        return False
    salutation = _SALUTATION.match(article.paragraphs[0].text)
    if not salutation or _TO_EDITORS.match(salutation[0]):
        return False
    signed = any(byline.name in salutation[1] for byline in letter.bylines if len(byline.name) > 1)
    return signed or any(_TO_EDITORS.match(p.text) and _SALUTATION.match(p.text) for p in letter.paragraphs[:2])
