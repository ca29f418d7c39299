"""Names as people write them into front matter → `role name`, one text for each person."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from jianbao.model import Byline
from jianbao.reading.signatures.units import is_unit
from jianbao.roles import FOLLOWING, OFFICES, PICTURES, SHORT, UNNAMED, WORDS, field_of_role

_WORDS: Final = "|".join(WORDS)
# Role words only when they stand alone.
_SHORT: Final = "".join(role.word for role in SHORT)
_ALONE: Final = rf"文图|图文|文并摄|文并图|[{_SHORT}](?:[/／][{_SHORT}影])?"
_ROLE: Final = re.compile(rf"[^\s、，,：:]{{0,12}}?(?:{_WORDS})|{_ALONE}")
_GLUED: Final = re.compile(
    rf"((?:本报|本刊|本台|全媒体|融媒体|首席|见习|实习|特约|特派|驻[^\s]{{1,4}}?|新华社|人民日报|摄影|文字)*(?:{_WORDS}))(\S{{2,4}})"
)
_PLAIN: Final = ("摄", "攝", "摄影", "攝影", "图", "圖", "文")  # say no more than the field does

_BARE: Final = frozenset(WORDS)

# The year, class or grade of a pupil or student: 外语系02级, 高二（3）班.
_CLASS: Final = re.compile(
    r"[\u4e00-\u9fff]{0,12}(?:(?:19|20)?\d{2}级|\d{2,4}班|[一二三四五六七八九]年级|[高初][一二三]|[一二三四五六七八九](?=[（(]))"
    r"[\u4e00-\u9fff\d（）()]{0,12}"
)
_OFFICE: Final = re.compile(rf"[\u4e00-\u9fff]{{0,22}}(?:{OFFICES})")
_UNNAMED: Final = re.compile(UNNAMED)  # signs, with nobody's name: 一名电工
_OF_WHOM: Final = re.compile(r"([^（()）]{2,6})[（(]([^（）()]{2,14})[）)]")  # 王明（县文联）
_COLON: Final = re.compile(r"([\u4e00-\u9fffA-Za-z/（）()\d]{1,24})[：:] ?(?=[\u4e00-\u9fffA-Za-z])")


def is_role(word: str) -> bool:
    """Whether the word is a role (`首席记者`) and no name."""
    return bool(_ROLE.fullmatch(word))


@lru_cache(maxsize=4096)
def is_office(word: str) -> bool:
    """Whether the word, before a name, says who that is: an office (县农技站, 市委书记), a class, a reader."""
    if len(word) < 2 or not "\u4e00" <= word[0] <= "\u9fff" or _UNNAMED.fullmatch(word):
        return False
    if _OFFICE.fullmatch(word) or _CLASS.fullmatch(word):
        return True
    return is_unit(word)


@lru_cache(maxsize=65536)
def parted(text: str, role: str = "") -> tuple[str, ...]:
    """The people a text names: `记者 张三 李四、通讯员 王五` → `记者 张三`, `记者 李四`, `通讯员 王五`.
    A person whose role is `role`, the field's own, is written without it. A role that nobody has (本报评论员) is who
    signs, unless it is a bare word (记者). Parting each of them again gives it alone."""
    people = _people(text, role)
    for _ in range(4):
        again = tuple(dict.fromkeys(one for person in people for one in _people(person, role)))
        if again == people:
            break
        people = again
    return people


def _people(text: str, role: str) -> tuple[str, ...]:
    people: list[Byline] = []
    nobody: list[str] = []
    signed = ""  # a role is said once for all that follow: 记者 张三、李四
    for part in _parts(text):
        words = _words(part)
        found, signed = _in_part(words, role, signed)
        people += found
        nobody = nobody if found or not words else words
    if not people and not _BARE.issuperset(nobody):
        offices = all(map(is_office, nobody))  # 县委宣传部 市文联
        people = [Byline("", one) for one in nobody] if offices else [Byline(" ".join(nobody[:-1]), nobody[-1])]
    return tuple(dict.fromkeys(written(one, role) for one in people))


def _parts(text: str) -> list[str]:
    """The text cut where one person ends: at marks, and at strokes that join no roles (文/图) and no name to its role
    (王明/文)."""
    parts = [""]
    stroke = False
    for piece in re.split(r"([、，,;；/／]|(?<=[\u4e00-\u9fff])及其?(?=\s))", text):
        if piece in ("/", "／"):
            stroke = True
            continue
        first, last = re.split("[ ：:]", piece)[0], parts[-1].split(" ")[-1]
        if stroke and is_role(first) and is_role(last):
            parts[-1] += f"/{piece}"
        elif stroke and last and first in FOLLOWING:
            parts[-1] += f" {piece}"
        else:
            parts.append(piece)
        stroke = False
    return [part.strip("、，,;； ") for part in parts]


def _in_part(words: Sequence[str], own: str, role: str) -> tuple[list[Byline], str]:
    """The people of these words, and the role of who comes next; `own` is the field's role, `role` the one so far."""
    people: list[Byline] = []
    names: list[str] = []
    place = 0
    while place < len(words):
        word = words[place]
        ahead = _roles_before(words[place:]) or int(is_role(word))
        if not ahead:
            names.append(word)
        elif names and word in FOLLOWING and (not role or ahead > 1 or words[-1] in FOLLOWING):
            said = own if word in _PLAIN and own and field_of_role(own) == field_of_role(word) else word
            people += [Byline(said if word in PICTURES or not role else role, name) for name in names]
            role, names, ahead = "", [], 1
        else:
            people += [Byline(role, name) for name in names]
            role, names = " ".join(words[place : place + ahead]), []
        place += max(ahead, 1)
    return people + [Byline(role, name) for name in names], role


def _roles_before(words: Sequence[str]) -> int:
    """How many words before a name are its role: 1 of `记者 张三`, 2 of `县人武部 政委 施正`, 0 of `张三 李四`."""
    count = 0
    while count < len(words) - 1 and (is_role(words[count]) or is_office(words[count])):
        count += 1
    if count and count == len(words) - 1 and all(map(is_office, words)):
        return 0  # 县委宣传部 市文联 are two who sign
    return count


def _words(part: str) -> list[str]:
    """The words of a text; a name set with a space inside (`王 妍`) and foreign names (`John Smith`) stay whole."""
    words: list[str] = []
    for given in _COLON.sub(_after_colon, part).split(" "):
        word = given.strip("（）()【】〔〕［］[]")
        if found := _OF_WHOM.fullmatch(given):
            known = is_office(found[2]) or is_role(found[2])
            word = f"{found[2]}：{found[1]}" if known else given
        elif _CLASS.fullmatch(given):  # 四（1）
            word = given
        if not word:
            continue
        if not is_role(word) and (match := _GLUED.fullmatch(word)):
            words += [match[1], match[2]]
            continue
        last = words[-1] if words else ""
        single = len(word) == 1 and len(last) == 1 and "\u4e00" <= word <= "\u9fff" and not is_role(word)
        foreign = word.isascii() and last.isascii() and last
        if single or foreign:
            words[-1] = last + (" " if foreign else "") + word
        else:
            words.append(word)
    return words


def _after_colon(found: re.Match[str]) -> str:
    """`记者：张三` as `记者 张三`; what is no role we know stays one with the name."""
    return f"{found[1]} " if is_role(found[1]) or is_office(found[1]) else f"{found[1]}："


@lru_cache(maxsize=65536)
def signed(person: str) -> tuple[str, str]:
    """A person as one text → role ("" where none is printed) and name."""
    words = person.split(" ")
    if count := _roles_before(words):
        return " ".join(words[:count]), " ".join(words[count:])
    if found := _COLON.match(person):
        return found[1], person[found.end() :]
    return "", person


@lru_cache(maxsize=65536)
def byline(person: str, field: str, role: str) -> Byline:
    """`role name` of the field as a byline; the field holds where the role would say another."""
    said, name = signed(person)
    if said and (field == "reporter" or field_of_role(said) == field):
        return Byline(said, name)
    return Byline(role, name)


def written(made: Byline, role: str) -> str:
    """The byline as front matter has it; `role` is the field's own. A role that we could not tell from a name has a
    colon behind it (`老河口守望者：王明`)."""
    if made.role in (role, made.name, ""):
        return made.name
    plain = str(made)
    if signed(plain) == (made.role, made.name):
        return plain
    return f"{made.role.replace(' ', '')}：{made.name}"
