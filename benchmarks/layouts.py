"""Pages laid out from the articles of ../shared/corpus, with seeds of our own and their truth, in seven families.

A: headline mostly after the text, bylines on lines of their own, blank lines between paragraphs and at column breaks.
B: headline first, bylines in the text or above it, no blank lines inside an article, indents kept as U+3000 or lost,
furniture. C: all of it mixed. Beside these, which ../shared has too, manners of setting that it has not:
D: each paragraph on one line, as web pages of papers give it. E: wide columns, hardly a blank line. F: headlines and
bylines in the middle of a narrow column. G: what bad scans lose and add. (D to G: see `layouts_more.py`.)
"""

from __future__ import annotations

import functools
import json
import lzma
import random
import re
import unicodedata
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

SHARED = Path(__file__).resolve().parents[2] / "shared"

Truth = dict[str, Any]
Page = tuple[str, str, Truth]  # name, text, truth


@functools.cache
def corpus() -> list[dict[str, Any]]:
    """Articles of the corpus that can be set: two to fourteen whole paragraphs, their own signatures taken off."""
    fit = []
    with lzma.open(SHARED / "corpus" / "news-10k.jsonl.xz", "rt", encoding="utf-8") as lines:
        for line in lines:
            article = json.loads(line)
            paragraphs = [clean(p) for p in article["body"].split("\n")]
            paragraphs = [p for p in paragraphs if p]
            if paragraphs:
                paragraphs[0] = re.sub(r"^(?:本报|新华社)[^，。（]{0,14}?\d+月\d+日电\s*", "", paragraphs[0])
                paragraphs[0] = re.sub(r"^[（(](?:本报)?(?:记者|通讯员)[^）)]*[）)]\s*", "", paragraphs[0])
                paragraphs[0] = re.sub(r"^(据新华社.{1,14}?电)\s*[（(]记者[^）)]*[）)]", r"\1", paragraphs[0])
                if re.match(r"[（(].*(?:参与|报道|记者|整理|作者|编译)", paragraphs[-1]):
                    paragraphs.pop()
            if not kept_out(article["title"]):
                continue
            if not 2 <= len(paragraphs) <= 14 or not 4 <= len(article["title"]) <= 40:
                continue
            if not 200 <= sum(map(len, paragraphs)) <= 1900:
                continue
            if re.search(r"[（(]", article["title"]) or re.match(r"据新华社电", paragraphs[0]):
                continue
            if any(not re.search(r"[。！？”…：；）]$", p) or len(p) < 8 for p in paragraphs):
                continue
            if re.search(r"[△▲●■◆]|本版|责编|摄|图为", "".join(paragraphs)):
                continue
            kicker = re.sub(r"[—：\s]+$", "", article["kicker"] or "").replace("\u3000", " ") or None
            subtitle = re.sub(r"^[—\s]+", "", article["subtitle"] or "") or None
            fit.append(
                {"title": article["title"].strip(), "kicker": kicker, "subtitle": subtitle, "paragraphs": paragraphs}
            )
    return fit


def kept_out(title: str) -> bool:
    """Whether an article is kept for the pages laid out here, and out of what the parser is fitted on
    (fit_titles.py): one of four."""
    return zlib.crc32(clean(title).encode()) % 4 == 0


def clean(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFC", text))


@functools.cache
def name_pool() -> list[str]:
    """Two- and three-character pieces of the corpus's author lines, odd ones included."""
    pool: set[str] = set()
    with lzma.open(SHARED / "corpus" / "news-10k.jsonl.xz", "rt", encoding="utf-8") as lines:
        for line in lines:
            author = json.loads(line)["author"] or ""
            author = re.sub(r"(?:本报|新华社|人民网)?(?:驻\S{1,4})?(?:见习)?记者|通讯员|本报", " ", author)
            pool.update(piece for piece in re.findall(r"[\u4e00-\u9fff]+", author) if 2 <= len(piece) <= 3)
    return sorted(pool)


SECTIONS = ("要闻", "综合", "经济", "社会", "民生", "时评", "文体", "教育", "国际", "法治")


@dataclass
class Setting:
    """How one page is set."""

    family: str
    rng: random.Random
    marker: str = "■"
    gap_paragraphs: bool = True
    column_breaks: bool = True
    indent: str = ""
    lines: list[str] = field(default_factory=list)


def width_of(char: str) -> int:
    return 2 if unicodedata.east_asian_width(char) in "WFA" else 1


_TOKENS = re.compile(r"[A-Za-z0-9.％%\-/@_·]+|.", re.DOTALL)


def wrap(text: str, width: int, first_indent: int) -> list[str]:
    """Lines of `width` half-width units, the first `first_indent` shorter; one mark may hang over the end."""
    lines, line, used, room = [], "", 0, width - first_indent
    for token in _TOKENS.findall(text):
        size = sum(map(width_of, token))
        hangs = token in "，。、；：！？”’）》】" and used <= room
        if used + size > room and line and not hangs:
            carried = line[-1] if line[-1] in "“‘（《【" else ""
            lines.append(line[: len(line) - len(carried)])
            line, used, room = carried + token, size + 2 * len(carried), width
        else:
            line, used = line + token, used + size
    return [*lines, line]


def spoil(text: str, rng: random.Random) -> str:
    """What extraction does: a half-width comma, a stray space in a date."""
    text = "".join("," if c == "，" and rng.random() < 0.02 else c for c in text)
    return re.sub(r"(\d月)(\d)", lambda m: m[1] + (" " if rng.random() < 0.12 else "") + m[2], text)


def people(rng: random.Random) -> list[tuple[str, str]]:
    """Role and name of those who sign, in groups: (role, name) pairs."""
    lead = rng.choices(["记者", "首席记者", "见习记者", "全媒体记者", "本报记者"], [9, 5, 3, 3, 3])[0]
    signed = [(lead, n) for n in rng.sample(name_pool(), rng.choice([1, 1, 2, 2]))]
    if rng.random() < 0.35:
        signed.append(("首席记者", rng.choice(name_pool())))
    if rng.random() < 0.6:
        signed += [("通讯员", n) for n in rng.sample(name_pool(), rng.choice([1, 2, 2, 3]))]
    return signed


def groups(signed: Sequence[tuple[str, str]]) -> list[tuple[str, list[str]]]:
    found: list[tuple[str, list[str]]] = []
    for role, name in signed:
        if not found or found[-1][0] != role or role == "首席记者":
            found.append((role, []))
        found[-1][1].append(name)
    return found


def byline_lines(signed: Sequence[tuple[str, str]], marker: str, rng: random.Random) -> list[str]:
    """The signature on one or two lines of its own, names spaced or glued."""
    glued = rng.random() < 0.35
    parts = [f"{role} {('' if glued else ' ').join(names)}" for role, names in groups(signed)]
    between = rng.choice(["", " "]) if glued else " "
    if len(parts) > 1 and rng.random() < 0.5:
        cut = rng.randrange(1, len(parts))
        return [marker + between.join(parts[:cut]), between.join(parts[cut:])]
    return [marker + between.join(parts)]


def inline(signed: Sequence[tuple[str, str]], rng: random.Random) -> str:
    """The signature in brackets after 本报讯."""
    style = rng.random()
    if style < 0.15:
        inner = " ".join(role + "".join(names) for role, names in groups(signed))
    else:
        mark = "、" if style < 0.55 else " "
        inner = " ".join(f"{role} {mark.join(names)}" for role, names in groups(signed))
    return f"本报讯{rng.choice(['', ' '])}（{inner}）"


class Set(str):
    """A line that knows its label."""

    label = "BODY"

    def __new__(cls, text: str, label: str) -> Set:
        line = super().__new__(cls, text)
        line.label = label
        return line


def set_article(article: dict[str, Any], page: Setting) -> tuple[list[str], list[str], Truth]:
    """One article's lines (title below or above), and its truth. Returns lines, a caption if any, truth."""
    rng, family = page.rng, page.family
    after = {"A": rng.random() < 0.78, "B": False, "C": rng.random() < 0.5}[family]
    lost = rng.random() < 0.012
    kicker = article["kicker"] if not lost and rng.random() < 0.55 else None
    subhead = article["subtitle"] if not lost and not kicker and rng.random() < 0.5 else None
    headline = None if lost else article["title"]
    title = [t for t in (kicker, headline) if t]
    if subhead:
        title.append(rng.choice(["——", ""]) + subhead)
    signed = people(rng) if rng.random() > 0.04 else []
    style = "none"
    if signed:
        style = (
            "line" if family == "A" else rng.choices(["line", "inline", "end"], [5, 8 if family == "B" else 5, 1.3])[0]
        )
    if style == "end":
        signed = [(rng.choice(["", "记者"]), signed[0][1])]
    texts = [spoil(p, rng) for p in article["paragraphs"]]
    if style == "inline":
        texts[0] = inline(signed, rng) + texts[0]
    elif style == "line" and rng.random() < 0.75:
        texts[0] = "本报讯 " + texts[0]
    elif style == "end":
        texts[-1] += f"（{signed[0][0]}{' ' if signed[0][0] else ''}{signed[0][1]}）"
    width = 2 * rng.randint(11, 20)
    body: list[str] = []
    for i, text in enumerate(texts):
        lines = wrap(text, width, 4)
        lines[0] = page.indent + lines[0]
        if i and page.gap_paragraphs:
            body.append("")
        body += lines
    if page.column_breaks:
        step = rng.randint(14, 24)
        place = rng.randint(6, step)
        while place < len(body) - 1:
            if body[place] and body[place - 1]:
                body.insert(place, "")
            place += step
    signs = byline_lines(signed, page.marker, rng) if style == "line" else []
    titles = [Set(t, "TITLE") for t in title]
    signs = [Set(t, "BYLINE") for t in signs]
    block: list[str] = []
    if after:
        block = [*signs, *([""] if signs else []), *body, "", *titles]
    else:
        block = [*titles]
        if signs:
            block += [*([""] if title and rng.random() < (0.3 if family == "B" else 0.15) else []), *signs, ""]
        elif title and rng.random() < 0.5:
            block.append("")
        block += body
    caption = ""
    if family != "B" and rng.random() < 0.14:
        lead = re.split(r"[，。：；]", article["paragraphs"][0])[0]
        lead = lead.strip("“（")[:16]
        caption = f"图为{lead}现场。"
        credit = rng.random()
        if credit < 0.6:
            caption += ("记者 " if credit < 0.3 else " ") + rng.choice(name_pool()) + " 摄"
    truth = {
        "headline": headline, "kicker": kicker, "subhead": subhead,
        "byline": [{"role": role, "name": name} for role, name in signed],
        "paragraphs": article["paragraphs"], "captions": [caption] if caption else [],
    }  # fmt: skip
    return block, [caption] if caption else [], truth


def lay_out(family: str, seed: int) -> Page:
    """One page of a family, the same for the same seed. Its truth also gives each line's label (BODY, TITLE …)."""
    if family not in "ABC":
        from layouts_more import lay_out_more

        return lay_out_more(family, seed)
    rng = random.Random(f"jianbao-{family}-{seed}")
    page = Setting(family, rng)
    if family == "A":
        page.marker = rng.choice("■●")
    else:
        page.marker = rng.choice("□○◆●■◇▲△") if rng.random() < 0.95 else ""
        page.column_breaks = family == "C"
        page.gap_paragraphs = family == "C" and rng.random() < 0.45
        page.indent = "\u3000\u3000" if family == "B" and rng.random() < 0.35 else ""
    chosen = rng.sample(corpus(), rng.randint(3, 8))
    lines: list[str] = []
    truths: list[Truth] = []
    waiting: list[str] = []
    date = f"2021年{rng.randint(1, 12)}月{rng.randint(1, 28)}日"
    weekday = "星期" + rng.choice("一二三四五六日")
    number, section = rng.randint(1, 8), rng.choice(SECTIONS)
    if family != "A" and rng.random() < 0.85:
        top = rng.randrange(3)
        dotted = date.replace("年", ".").replace("月", ".").removesuffix("日")
        lines += [
            [f"第{number:02d}版 {section}\u3000{date}\u3000{weekday}"],
            [f"{date} {weekday}", f"{number:02d} {section}"],
            [section, f"{dotted} {weekday}", f"{number:02d}"],
        ][top]
        lines.append("")
    for i, article in enumerate(chosen):
        block, captions, truth = set_article(article, page)
        truths.append(truth)
        lines += [*block, ""]
        waiting += captions
        while waiting and (rng.random() < 0.6 or i + 1 == len(chosen)):
            if rng.random() < 0.4 and lines[-1] == "":
                lines.pop()
            lines += [Set(" " + waiting.pop(0), "CAPTION"), ""]
    if family != "A" and rng.random() < 0.6:
        a, b, c = rng.sample(name_pool(), 3)
        lines.append(
            rng.choice(
                [
                    f"责任编辑：{a}\u3000电话：0571-8{rng.randint(1000000, 9999999)}",
                    f"责编：{a} 版式：{b} 校对：{c}",
                    f"本版编辑 {a} 美编 {b}",
                ]
            )
        )
    labels = [getattr(line, "label", "BODY") for line in lines]
    return f"{family}{seed}", "\n".join(lines), {"articles": truths, "labels": labels}
