"""Signatures: who wrote, photographed or compiled, in every form that newspapers print.

`■首席记者 吴宇翔` and `通讯员 王永波` on lines of their own; `本报讯（记者 张三 通讯员 李四、王五）` before the text;
`（记者 张三）` after it; `张三 文/图`, `李四 摄`; names glued together or to the next role. All of them come down to
one grammar, `read_signature`: role words, each with the names that follow it, or follow a name and end it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, NamedTuple

from jianbao.model import Byline
from jianbao.reading.names import cut, is_name, is_organisation, likelihood, surname_of
from jianbao.text import is_han, straighten

MARKERS: Final = "■□●○◆◇▲△★☆▌▍▎◎⊙◢▪•►▶*"

# Role words. What stands before the last word (本报, 首席, 全媒体 …) belongs to the role as signed.
_WHOSE = (
    r"(?:(?:本|我)[报报刊社网台]|新华社|中新社|人民日报|[\u4e00-\u9fff]{2,4}(?:日报|晚报|早报|都市报|时报)(?!记者从))"
)
_RANK = (
    r"(?:首席|高级|资深|见习|見習|实习|實習|特约|特約|特派|驻站|驻[\u4e00-\u9fff]{1,4}|全媒体|全媒體|融媒体|融媒|新媒体|多媒体|摄影|文字|视频|体育|财经|"
    r"青年|小|外聘|签约|专栏)"
)
_WORD = (
    r"(?:记者站|记者|記者|通讯员|通訊員|通联员|实习生|實習生|特约撰稿人|撰稿人|撰稿|撰文|评论员|評論員|观察员|编译|編譯|编辑|編輯|责编|責編|校对|校對|"
    r"作者|文字整理|整理|采写|采访整理|采访|口述|供稿|供图|摄影报道|摄影报导|摄影|攝影|制图|绘图|漫画|策划|统筹|报道|翻译|译)"
)
ROLE: Final = rf"(?:{_WHOSE}?{_RANK}*{_WORD}|{_WHOSE}|责任编辑|責任編輯)"
_PAIR = r"(?:文字?|图片?|圖片?|摄影?|攝影?|视频|统筹|策划|制图)"
_ROLE_TOKEN: Final = re.compile(rf"{_PAIR}(?:[/／、&·]{_PAIR})+|图文|{ROLE}(?:[/／、兼]{ROLE})*")
_SHORT_ROLE: Final = re.compile(r"文|图|圖|摄|攝|译|編|编|画")
_NAME_CHARS: Final = re.compile(r"[\u3400-\u9fff·•‧]+|[A-Za-z][A-Za-z.' ]*")
_SEPARATORS: Final = " 　、，,；;：:/／|｜·-—&和与"
_FIRST_ROLE: Final = re.compile(rf"\s*(?:{ROLE}|{_PAIR}[/／]{_PAIR}|[文图]\s*[/／:： 　])")


class Signature(NamedTuple):
    """The bylines a text gives, and how sure that is: 1 beyond doubt, 0 a guess. `odd` are the pieces taken
    for names though they do not look like names."""

    bylines: tuple[Byline, ...]
    margin: float
    odd: tuple[str, ...] = ()


def read_signature(text: str, known: Mapping[str, int] | None = None) -> Signature | None:
    """The signature that is all of this text, or None where the text is something else."""
    plain = straighten(text).strip()
    text = plain.lstrip(MARKERS + " ").strip()
    if not text or len(text) > 160 or _NOT_SIGNED.search(text):
        return None
    tokens = _tokens(text)
    if tokens is None or not any(is_role or _looks_signed(piece, known) for is_role, piece in tokens):
        return None
    bylines, margins, odd = _assemble(_merge_padded(tokens), known)
    if not bylines:
        return None
    wrong = len(odd) / len(bylines)
    if not tokens[0][0] and odd and plain == text:
        return None
    if wrong > 0.67 and plain == text and len(odd) > 1:
        return None
    if any(len(name) > 4 and not is_organisation(name) and "·" not in name and is_han(name[0]) for name in odd):
        return None
    return Signature(tuple(bylines), min([*margins, 1.0 - 0.7 * wrong]), tuple(odd))


# A sentence about reporters (记者从…获悉) and what else no signature contains.
_NOT_SIGNED: Final = re.compile(
    r"[。！？“”《》\d%；]|(?:记者|記者|通讯员|编辑)\s*(?:从|在|近日|日前|昨|今|获悉|了解|来到|走进|看到|采访|发现|们|获|问|注意|随|跟|就|会[上见侧议谈说])|见第|"
    r"相关报道|单位|近日|日前|"
    r"报道见|作者(?:为|系|是|单位)|(?:电|消息|讯)[)）]?$"
)


def _looks_signed(piece: str, known: Mapping[str, int] | None) -> bool:
    return is_name(piece, known) or is_organisation(piece)


def _tokens(text: str) -> list[tuple[bool, str]] | None:
    """The text as role words and runs of name characters, with an empty piece for each separator."""
    tokens: list[tuple[bool, str]] = []
    place = 0
    while place < len(text):
        if text[place] in _SEPARATORS and not (text[place] in "和与" and not _between_names(text, place)):
            if tokens and tokens[-1][1]:
                tokens.append((False, ""))
            place += 1
            if text[place - 1] == " " and text[place : place + 1] == " ":
                place += 1
            continue
        role = _role_at(text, place)
        if role:
            tokens.append((True, role))
            place += len(role)
            continue
        run = _NAME_CHARS.match(text, place)
        if not run:
            return None
        end = _next_role(text, place + 1, run.end())
        tokens.append((False, text[place:end].strip()))
        place = end
    return tokens


def _between_names(text: str, place: int) -> bool:
    """Whether 和 or 与 here joins two names rather than being part of one."""
    return (
        1 < place < len(text) - 2
        and text[place - 1] != " "
        and is_name(text[max(0, place - 3) : place].lstrip("、 "))
        and is_name(text[place + 1 : place + 4].rstrip("、 "))
    )


def _role_at(text: str, place: int) -> str:
    """The role word that begins here, longest first; short ones (文, 图, 摄) only where they stand alone."""
    found = _ROLE_TOKEN.match(text, place)
    if found:
        role, after = found[0], text[found.end() : found.end() + 1]
        if role in ("整理", "报道", "采写") and place and is_han(text[place - 1]) and not _ends_name(text, place):
            return ""
        return "" if role in ("本报", "本刊", "本社", "本网") and after and is_han(after) else role
    short = _SHORT_ROLE.match(text, place)
    if short:
        before, after = text[place - 1 : place], text[place + 1 : place + 2]
        if after == "" or after in _SEPARATORS:
            glued = short[0] in "摄攝" and after == "" and _ends_name(text, place)
            return short[0] if not before or before in _SEPARATORS or glued else ""
    return ""


def _ends_name(text: str, place: int) -> bool:
    """Whether what stands before this place, back to the last separator, is a name: `张三摄`."""
    start = place
    while start and text[start - 1] not in _SEPARATORS:
        start -= 1
    run = text[start:place]
    role = _ROLE_TOKEN.match(run)
    return is_name(run[role.end() :] if role else run)


def _next_role(text: str, start: int, end: int) -> int:
    """Where the next role word begins inside a run of name characters, or the run's end."""
    for place in range(start, end):
        if _role_at(text, place) and (place - start > 0 or len(text) > place):
            return place
    return end


def _merge_padded(tokens: list[tuple[bool, str]]) -> list[tuple[bool, str]]:
    """`刘 强` is one name set to the width of three characters; separators go."""
    pieces: list[tuple[bool, str]] = []
    for is_role, piece in tokens:
        if not piece:
            continue
        last = pieces[-1] if pieces else (True, "")
        padded = not is_role and not last[0] and len(piece) == 1 and is_han(piece)
        if padded and (len(last[1]) == 1 or (len(last[1]) == 2 and surname_of(last[1] + piece) == last[1])):
            pieces[-1] = (False, last[1] + piece)
        else:
            pieces.append((is_role, piece))
    return pieces


_AFTER_NAME: Final = re.compile(
    rf"{_PAIR}(?:[/／、&·]{_PAIR})+|图文|文|图|圖|摄|攝|译|画|摄影报道|整理|供稿|供图|采写|编译|撰文|摄影|攝影|报道|文字整理|撰稿|翻译"
)


def _assemble(
    pieces: list[tuple[bool, str]], known: Mapping[str, int] | None
) -> tuple[list[Byline], list[float], list[str]]:
    """Bylines from pieces: names take the role before them, unless a role that follows names ends theirs."""
    bylines: list[Byline] = []
    margins: list[float] = []
    odd: list[str] = []
    role = ""
    open_from = 0  # the first byline that a following role may still claim
    for place, (is_role, piece) in enumerate(pieces):
        if is_role:
            has_names = open_from < len(bylines)
            last = place + 1 == len(pieces)
            follows = _AFTER_NAME.fullmatch(piece) and has_names and (last or role == "" or pieces[place + 1][0])
            if follows:
                bylines[open_from:] = [Byline(piece if not b.role else b.role, b.name) for b in bylines[open_from:]]
                if role and last and piece != role:
                    bylines[-1] = Byline(piece, bylines[-1].name)
                role, open_from = "", len(bylines)
            else:
                role, open_from = piece, len(bylines)
            continue
        names, margin = cut(piece, known)
        margins.append(margin)
        for name in names:
            bylines.append(Byline(role, name))
            glued = len(names) > 1
            if (
                not is_name(name, known)
                and not is_organisation(name)
                and (glued or len(name) > 4 or not surname_of(name))
            ):
                odd.append(name)
    return bylines, margins, odd


class Inline(NamedTuple):
    """A signature found at the beginning or end of a text: the text without it, and the signature."""

    text: str
    signature: Signature


_DATELINE = (
    r"(?:本[报刊]讯|(?:据)?(?:本[报刊]|新华社|中新社|中新网|央视|新华网|人民日报)[^（(，。；]{0,16}?(?:电|讯|報道|报道|消息)|"
    r"[\u4e00-\u9fff]{2,6}(?:日报|晚报|新闻网)讯|[\u4e00-\u9fff·]{2,8}消息(?=[：:]))"
)
_DATED: Final = re.compile(rf"\s*{_DATELINE}")
_OPENING: Final = re.compile(rf"(\s*{_DATELINE})?\s*[（(]([^（）()]{{2,120}})[）)]\s*")
_CLOSING: Final = re.compile(r"\s*[（(]([^（）()]{2,80})[）)]\s*$")
_SHARED: Final = re.compile(r"[（(]\s*(.*?)(?:对本文亦有贡献|参与采写|参与报道|采写报道|采写|报道)\s*[）)]\s*$")
_NAKED: Final = re.compile(
    rf"(\s*{_DATELINE})\s+({ROLE}\s?[^，。；：“”]{{2,40}}?)(?:\s{{2,}}|　|(?<=[\u4e00-\u9fff])\s(?={_DATELINE}))"
)


_OWN: Final = re.compile(r"\s*(?:本[报刊]讯|[（(](?:本[报刊])?(?:首席|见习|全媒体)?记者)")


def dateline(text: str) -> int:
    """How a text opens: 2 as only an article's first paragraph does (本报讯, （记者 …）), 1 with a dateline, which may
    also stand inside an article made of several dispatches, 0 with neither."""
    if _OWN.match(text):
        return 2
    return int(bool(_DATED.match(text)))


def read_opening(text: str, known: Mapping[str, int] | None = None) -> Inline | None:
    """The signature in brackets at the head of an article's first paragraph, after 本报讯 or a dateline or bare."""
    found = _OPENING.match(text)
    if not found:
        return None
    inner = found[2]
    signature = read_signature(inner, known)
    if not signature or not _FIRST_ROLE.match(inner):
        return None
    head = (found[1] or "").strip()
    return Inline((f"{head} " if head else "") + text[found.end() :].lstrip(), signature)


def read_bare_opening(text: str, known: Mapping[str, int] | None = None) -> Inline | None:
    """`本报讯（张三、李四）`: names without a role. The text is left as it is: the brackets may be no signature."""
    found = _OPENING.match(text)
    signature = read_signature(found[2], known) if found else None
    if not found or not signature or _FIRST_ROLE.match(found[2]) or signature.odd:
        return None
    return Inline(text, signature._replace(margin=min(signature.margin, 0.5 if found[1] else 0.3)))


def read_closing(text: str, known: Mapping[str, int] | None = None) -> Inline | None:
    """The signature in brackets at the end of a paragraph: `。（记者 张三）`, `（王文）`."""
    shared = _SHARED.search(text)
    if shared and _FIRST_ROLE.match(shared[1]):
        people = re.sub(r"(?:对此|也|亦|均)$", "", shared[1])
        signature = read_signature(people, known)
        return Inline(text, signature) if signature else None
    found = _CLOSING.search(text)
    if not found:
        return None
    signature = read_signature(found[1], known)
    before = text[: found.start()]
    if not signature or (before and before[-1] not in "。！？”…）"):
        return None
    if not _FIRST_ROLE.match(found[1]):
        names = [byline.name for byline in signature.bylines]
        if any(byline.role for byline in signature.bylines):
            return Inline(before, signature)
        if signature.odd or not all(is_name(name, known) for name in names):
            return None
        margin = min(1.0, (min(map(likelihood, names)) + 23.0) / 8.0)
        signature = signature._replace(margin=min(signature.margin, max(0.1, margin)))
    return Inline(before, signature)
