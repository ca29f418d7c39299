"""Names as people write them into front matter → `role name`, one text for each person."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from jianbao.model import Byline
from jianbao.roles import field_of_role

_WORDS: Final = (
    "通讯员|通訊員|记者|記者|实习生|實習生|评论员|特约撰稿人|撰稿人|撰稿|特派员|编辑|責編|责编|责任编辑|校对|编译|整理|供稿"
    "|作者|摄影报道|摄影|攝影|文字|撰文|绘图|制图|摄|文/图|文／图"
)
_SHORT: Final = "文[/／]?[图圖]|[图圖][/／]文|文|图|圖|摄"  # role words only when they stand alone
_ROLE: Final = re.compile(rf"[^\s、，,]{{0,12}}?(?:{_WORDS})|{_SHORT}")
_GLUED: Final = re.compile(
    rf"((?:本报|本刊|本台|全媒体|融媒体|首席|见习|实习|特约|特派|驻[^\s]{{1,4}}?|新华社|人民日报|摄影|文字)*(?:{_WORDS}))(\S{{2,4}})"
)


def is_role(word: str) -> bool:
    """Whether the word is a role (`首席记者`) and no name."""
    return bool(_ROLE.fullmatch(word))


@lru_cache(maxsize=65536)
def parted(text: str, role: str = "") -> tuple[str, ...]:
    """The people a text names: `记者 张三 李四、通讯员 王五` → `记者 张三`, `记者 李四`, `通讯员 王五`.
    A person whose role is `role`, the field's own, is written without it."""
    people: list[str] = []
    signed = ""  # a role is said once for all that follow: 记者 张三、李四
    for part in re.split(r"[、，,;；/／](?!图)|(?<=[\u4e00-\u9fff])及其?(?=\s)", text):
        found, signed = _in_part(part, role, signed)
        people += found
    own = [person.removeprefix(f"{role} ") if role else person for person in people]
    return tuple(dict.fromkeys(person for person in own if person))


def _in_part(part: str, own: str, role: str) -> tuple[list[str], str]:
    names = list[str]()
    people: list[str] = []
    for word in _words(part):
        if is_role(word):
            if names and word in ("摄", "摄影", "文", "图", "供稿", "整理", "编译"):  # 张三 摄
                said = own if own and field_of_role(own) == field_of_role(word) else word
                people += [f"{said} {name}" for name in names]
                names = []
                continue
            people += [f"{role} {name}".strip() for name in names]
            role, names = word, []
        elif match := _GLUED.fullmatch(word):
            people += [f"{role} {name}".strip() for name in names]
            role, names = match[1], [match[2]]
        else:
            names.append(word)
    people += [f"{role} {name}".strip() for name in names]
    return people, role


def _words(part: str) -> list[str]:
    """The words of a text; a name set with a space inside (`王 妍`) and foreign names (`John Smith`) stay whole."""
    words: list[str] = []
    for word in (word.strip("（）()【】〔〕［］[]") for word in part.split(" ")):
        if not word:
            continue
        last = words[-1] if words else ""
        single = len(word) == 1 and len(last) == 1 and "\u4e00" <= word <= "\u9fff" and not is_role(word)
        foreign = word.isascii() and last.isascii() and last
        if single or foreign:
            words[-1] = last + (" " if foreign else "") + word
        else:
            words.append(word)
    return words


@lru_cache(maxsize=65536)
def byline(person: str, field: str, role: str) -> Byline:
    """`role name` of the field as a byline; the field holds where the role would say another."""
    signed, _, name = person.partition(" ")
    if not name or not is_role(signed):
        return Byline(role, person)
    if field == "reporter" or field_of_role(signed) == field:
        return Byline(signed, name)
    return Byline(role, name)


def written(made: Byline, role: str) -> str:
    """The byline as front matter has it; `role` is the field's own."""
    return made.name if made.role == role else str(made)
