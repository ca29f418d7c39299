"""Four more manners of setting pages, each unlike those of ../shared: D to G of `layouts.py`."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from typing import Any

from layouts import SECTIONS, Page, Set, Truth, byline_lines, corpus, inline, name_pool, people, spoil, width_of, wrap

PAPERS = ("东江日报", "海平晚报", "云岭时报", "青川日报", "北岸商报", "江州都市报")


@dataclass
class Manner:
    """How all articles of one page are set. `width`: of the column, 0 where the text is not wrapped; `apart`: blank
    lines between articles; `gaps`: between paragraphs; `signs`: where people sign."""

    rng: random.Random
    width: int
    indent: str
    gaps: bool
    apart: int
    head_apart: bool
    middle: bool
    marker: str
    signs: str
    noise: bool


def manner(family: str, rng: random.Random) -> Manner:
    """One page's manner."""
    width = {"D": 0, "E": 2 * rng.randint(30, 44), "F": 2 * rng.randint(12, 22), "G": 2 * rng.randint(11, 20)}[family]
    gaps, apart, head_apart = rng.random() < 0.4, rng.choice([1, 1, 2, 3]), rng.random() < 0.5
    if family == "E":
        gaps, apart = False, rng.choice([0, 1, 1])
        head_apart = head_apart and apart > 0
    elif gaps and apart == 1 and rng.random() < 0.5:
        apart = 2
    return Manner(
        rng=rng,
        width=width,
        indent=rng.choice(["\u3000\u3000", "    ", "  "] + ([""] if family != "F" else [])),
        gaps=gaps,
        apart=apart,
        head_apart=head_apart,
        middle=family == "F" and rng.random() < 0.6,
        marker=rng.choice(["■", "□", "●", "", "◎"]),
        signs=rng.choice(["line", "inline", "end", "mixed"]),
        noise=family == "G",
    )


def head_of_page(rng: random.Random) -> list[str]:
    """The folio, in one of the forms that papers use."""
    year, month, day = rng.randint(1996, 2024), rng.randint(1, 12), rng.randint(1, 28)
    weekday, number, section = "星期" + rng.choice("一二三四五六日"), rng.randint(1, 16), rng.choice(SECTIONS)
    paper, one, other = rng.choice(PAPERS), rng.choice(name_pool()), rng.choice(name_pool())
    date = f"{year}年{month}月{day}日"
    return rng.choice(
        [
            [f"{paper} {date} {weekday} 第{number:02d}版：{section}"],
            [f"{year}-{month:02d}-{day:02d} 第{number:02d}版:{section}"],
            [f"{number:02d} {section}", f"{date} {weekday}"],
            [f"{paper}\u3000\u3000{section}\u3000\u3000{year}.{month:02d}.{day:02d} {weekday}\u3000\u3000A{number}"],
            [f"{date}\u3000{weekday}", f"责任编辑：{one}\u3000版式：{other}", section],
            [paper, f"{date} {weekday}", f"第{number}版 {section}"],
            [f"A{number:02d} {section} 编辑/{one} 美编/{other} {date} {weekday}"],
        ]
    )


def caption_of(article: dict[str, Any], rng: random.Random) -> str:
    """A caption that repeats how the article begins."""
    lead = re.split(r"[，。：；]", article["paragraphs"][0])[0].strip("“（")[:16]
    text = rng.choice([f"图为{lead}现场。", f"▲{lead}。", f"{lead}现场。"])
    who = rng.choice(name_pool())
    if text.startswith("图") and rng.random() < 0.4:
        return text
    return text + rng.choice([f" {who} 摄", f"记者 {who} 摄", f"（{who} 摄）"])


def set_article(article: dict[str, Any], page: Manner) -> tuple[list[str], Truth]:
    """One article's lines, and its truth."""
    rng = page.rng
    kicker = article["kicker"] if rng.random() < 0.5 else None
    subhead = article["subtitle"] if not kicker and rng.random() < 0.5 else None
    below = [("——" if rng.random() < 0.6 else "") + subhead] if subhead else []
    titles = [*([kicker] if kicker else []), article["title"], *below]
    signed = people(rng) if rng.random() > 0.06 else []
    signs = page.signs if page.signs != "mixed" else rng.choice(["line", "inline", "end"])
    if signs == "end":
        signed = [(rng.choice(["记者", "通讯员", ""]), name) for _, name in signed[:1]]
    texts = [spoil(paragraph, rng) for paragraph in article["paragraphs"]]
    bylines: list[str] = []
    if signed and signs == "inline":
        texts[0] = inline(signed, rng) + texts[0]
    elif signed and signs == "line":
        bylines = byline_lines(signed, page.marker, rng)
        texts[0] = ("本报讯 " if rng.random() < 0.3 else "") + texts[0]
    elif signed:
        role, name = signed[0]
        closing = f"（{role} {name}）" if role else f"（{name}）"
        texts = [*texts, closing] if rng.random() < 0.3 else [*texts[:-1], texts[-1] + closing]
    body: list[str] = []
    for i, text in enumerate(texts):
        lines = wrap(text, page.width, 4) if page.width else [text]
        body += [*([""] if i and page.gaps else []), page.indent + lines[0], *lines[1:]]
    if page.noise:
        body = [damaged(line, rng) for line in body]
    between = [""] if page.head_apart and bylines and rng.random() < 0.5 else []
    block = [
        *(Set(placed(title, page), "TITLE") for title in titles),
        *between,
        *(Set(placed(line, page), "BYLINE") for line in bylines),
        *([""] if page.head_apart else []),
        *body,
    ]
    captions = [caption_of(article, rng)] if rng.random() < 0.14 else []
    for caption in captions:
        block += [*([""] if rng.random() < 0.5 else []), Set(caption, "CAPTION")]
    truth = {
        "headline": article["title"], "kicker": kicker, "subhead": subhead,
        "byline": [{"role": role, "name": name} for role, name in signed],
        "paragraphs": article["paragraphs"], "captions": captions,
    }  # fmt: skip
    return block, truth


def placed(text: str, page: Manner) -> str:
    """A line of a head, in the middle of the column where the page sets heads so."""
    room = page.width - sum(map(width_of, text)) if page.middle else 0
    return " " * max(0, room // 2) + text


def damaged(line: str, rng: random.Random) -> str:
    """What a bad scan loses and adds: a mark at the line's end, a space, half-width marks."""
    if line and line[-1] in "，。" and rng.random() < 0.03:
        line = line[:-1]
    if len(line) > 4 and rng.random() < 0.02:
        place = rng.randint(1, len(line) - 2)
        line = f"{line[:place]} {line[place:]}"
    return line.replace("，", ",").replace("。", ".") if rng.random() < 0.01 else line


def lay_out_more(family: str, seed: int) -> Page:
    """One page of a family, the same for the same seed."""
    rng = random.Random(f"jianbao-{family}-{seed}")
    page, head = manner(family, rng), head_of_page(rng)
    at_top = rng.random() < 0.8
    lines = [*head, *([""] if rng.random() < 0.8 else [])] if at_top else []
    truths = []
    for article in rng.sample(corpus(), rng.randint(2, 7)):
        block, truth = set_article(article, page)
        lines += [*block, *[""] * page.apart]
        truths.append(truth)
    lines += [] if at_top else head
    labels = [getattr(line, "label", "BODY") for line in lines]
    return f"{family}{seed}", "\n".join(lines), {"articles": truths, "labels": labels}
