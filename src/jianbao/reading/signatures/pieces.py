"""A signature's text as its pieces: role words and runs of names, before anything is decided about who has which."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from jianbao.reading.signatures.names import is_name, surname_of
from jianbao.reading.signatures.patterns import ROLE_TOKEN, SEPARATORS, SHORT_ROLE, SOMEBODYS
from jianbao.text import is_han

_NAME_CHARS: Final = re.compile(r"[\u3400-\u9fff·]+|[A-Za-z][A-Za-z.' ]*")


class Piece(NamedTuple):
    """A role word or a run of names; `glued` where no separator stands before it, `leads` where a mark tells that
    the role's names follow."""

    is_role: bool
    text: str
    glued: bool
    leads: bool = False


def pieces_of(text: str) -> list[Piece]:
    """The pieces in order; none where something in the text is part of no signature."""
    tokens = _tokens(_NEXT_NAME.sub(_spaced, _GLUED_ROLES.sub(_parted, text)))
    return [] if tokens is None else _merge_padded(tokens)


_GLUED_ROLES: Final = re.compile(r"^([\u3400-\u9fff]{2,4})文[ 、/]+([\u3400-\u9fff]{2,4})([图圖摄攝画])$")


def _parted(found: re.Match[str]) -> str:
    """`王海燕文 李强图` with its roles standing by themselves."""
    return f"{found[1]} 文 {found[2]} {found[3]}" if is_name(found[1]) and is_name(found[2]) else found[0]


# 王海燕/文李强/图, where a line ended behind 文: the name belongs to the next role.
_NEXT_NAME: Final = re.compile(r"(?<=[\u3400-\u9fff][/／])([文图圖摄攝])([\u3400-\u9fff]{2,4})(?=[/／][文图圖摄攝])")


def _spaced(found: re.Match[str]) -> str:
    return f"{found[1]} {found[2]}" if is_name(found[2]) else found[0]


def _tokens(text: str) -> list[tuple[bool, str]] | None:
    """The text as role words and runs of name characters, with an empty piece for each separator."""
    tokens: list[tuple[bool, str]] = []
    place = 0
    while place < len(text):
        if text[place] in SEPARATORS and not (text[place] in "和与" and not _between_names(text, place)):
            if tokens and tokens[-1][1]:
                tokens.append((False, ""))
            place += 1
            if text[place - 1] == " " and text[place : place + 1] == " ":
                place += 1
            continue
        role = _role_at(text, place)
        if role:
            place += len(role)
            leads = text[place : place + 1] in _LEADS and text[place - len(role) - 1 : place - len(role)] not in _LEADS
            tokens.append((True, f"{role}：" if leads and place < len(text) else role))
            continue
        run = _NAME_CHARS.match(text, place)
        if not run:
            return None
        end = _next_role(text, place + 1, run.end())
        tokens.append((False, text[place:end].strip()))
        place = end
    return tokens


_LEADS: Final = ("/", "／", "：", ":", "|")  # 图/李强: the names follow


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
    found = ROLE_TOKEN.match(text, place)
    if found:
        role, after = found[0], text[found.end() : found.end() + 1]
        if role in ("整理", "报道", "采写") and place and is_han(text[place - 1]) and not _ends_name(text, place):
            return ""
        if (whose := SOMEBODYS.fullmatch(role)) and is_name(whose[1]):
            return ""
        return "" if role in ("本报", "本報", "本刊", "本社", "本网", "本網") and after and is_han(after) else role
    short = SHORT_ROLE.match(text, place)
    if short:
        before, after = text[place - 1 : place], text[place + 1 : place + 2]
        if after == "" or after in SEPARATORS:
            ends = after == "" and (short[0] in "摄攝" or (short[0] in "译譯" and "·" in text))
            glued = ends and _ends_name(text, place)
            return short[0] if not before or before in SEPARATORS or glued else ""
    return ""


def _ends_name(text: str, place: int) -> bool:
    """Whether what stands before this place, back to the last separator, is a name: `张三摄`."""
    start = place
    while start and text[start - 1] not in SEPARATORS:
        start -= 1
    run = text[start:place]
    role = ROLE_TOKEN.match(run)
    return is_name(run[role.end() :] if role else run)


def _next_role(text: str, start: int, end: int) -> int:
    """Where the next role word begins inside a run of name characters, or the run's end."""
    for place in range(start, end):
        if _role_at(text, place) and (place - start > 0 or len(text) > place):
            return place
    return end


def _merge_padded(tokens: Sequence[tuple[bool, str]]) -> list[Piece]:
    """`刘 强` is one name set to the width of three characters; separators go."""
    pieces: list[Piece] = []
    glued = False
    for is_role, text in tokens:
        if not text:
            glued = False
            continue
        last = pieces[-1] if pieces else Piece(True, "", False)
        padded = not is_role and not last.is_role and len(text) == 1 and is_han(text)
        if padded and (len(last.text) == 1 or (len(last.text) == 2 and surname_of(last.text + text) == last.text)):
            pieces[-1] = last._replace(text=last.text + text)
        else:
            pieces.append(Piece(is_role, text.removesuffix("："), glued, text.endswith("：")))
        glued = True
    return pieces
