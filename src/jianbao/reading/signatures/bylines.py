"""Signatures: who wrote, photographed or compiled, in every form that newspapers print.

`■首席记者 吴宇翔` and `通讯员 王永波` on lines of their own; `本报讯（记者 张三 通讯员 李四、王五）` before the text;
`（记者 张三）` after it; `张三 文/图`, `李四 摄`; names glued together or to the next role. All of them come down to
one grammar, `read_signature`: role words, each with the names that follow it, or follow a name and end it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from jianbao.model import Byline
from jianbao.reading.signatures.name_cuts import cut
from jianbao.reading.signatures.names import is_name, likelihood, surname_of
from jianbao.reading.signatures.offices import holder
from jianbao.reading.signatures.patterns import (
    AGENCY,
    ANSWERS,
    COUNTRY,
    FOLLOWS,
    NAMELESS,
    NOT_SIGNED,
    OF_CLASS,
    OF_PICTURES,
    OF_WHOM,
    ROLE,
    TRANSLATES,
    plainly,
    unpadded,
)
from jianbao.reading.signatures.patterns import MARKERS as MARKERS
from jianbao.reading.signatures.pieces import Piece, pieces_of
from jianbao.reading.signatures.units import PLACES, is_organisation, is_unit
from jianbao.roles import field_of_role
from jianbao.text import is_han, straighten


class Signature(NamedTuple):
    """The bylines a text gives, and how sure that is: 1 beyond doubt, 0 a guess. `odd` are the pieces taken
    for names though they do not look like names."""

    bylines: tuple[Byline, ...]
    margin: float
    odd: tuple[str, ...] = ()


def is_body(signature: Signature) -> bool:
    """Whether no person signs but only offices or agencies, which also stand below notices: 市供水公司, 据新华社."""
    return all(not one.role and (is_organisation(one.name) or AGENCY.fullmatch(one.name)) for one in signature.bylines)


def read_signature(text: str, known: Mapping[str, int] | None = None, *, marked: bool = False) -> Signature | None:
    """The signature that is all of this text, or None where the text is something else. `marked`: what is around it
    says that somebody signs, as a square before it does."""
    if text[:1] == "·" == text[-1:]:  # ·本报记者 王明·
        text = text.strip("· \u3000")
    plain = plainly(straighten(unpadded(text)).strip())
    text = _SENT_FROM.sub("", plain.lstrip(MARKERS + " ").strip())
    if (place := _REPORTED_FROM.search(text)) and (place[2].endswith(PLACES) or not is_name(place[2], known)):
        text = text[: place.start(1)]
    if AGENCY.fullmatch(text):
        return Signature((Byline("", text),), 1.0)
    if in_square := _IN_SQUARE.fullmatch(text):
        text = in_square[1]
    if (found := OF_WHOM.match(text)) and (found[2] or is_organisation(found[3])):
        text = f"作者 {found[1]}" if found[2] else found[1]
    elif text[:1] in "[［〔【（(":
        text = COUNTRY.sub("", text)  # [美] 约翰·史密斯 著
    answers = _ANSWERS.match(text)
    if answers and (signature := read_signature(text[answers.end() :], known)):
        named = [Byline(f"{answers[1]} {byline.role}".strip(), byline.name) for byline in signature.bylines]
        return signature._replace(bylines=tuple(named))
    if held := holder(text, known):
        return Signature((held[0],), held[1])
    of_class = OF_CLASS.match(text)
    text = text[of_class.end() :] if of_class else text
    if not text or len(text) > 160 or NOT_SIGNED.search(text):
        return None
    if NAMELESS.fullmatch(text):
        role = text.rstrip("：:")
        return Signature((Byline(role, role),), 1.0)  # its names may follow on the next line
    marked = marked or plain != text
    pieces = pieces_of(text)
    if not pieces:
        return None
    if not any(is_role or _looks_signed(piece, known) for is_role, piece, *_ in pieces) and not (
        marked and any(_glued_names(piece, known) for _, piece, *_ in pieces)
    ):
        return None
    bylines, margins, odd = _assemble(pieces, known)
    if not bylines:
        return None
    wrong = len(odd) / len(bylines)
    if not pieces[0].is_role and odd and not marked:
        return None
    if wrong > 0.67 and not marked and len(odd) > 1:
        return None
    if any(len(name) > 4 and not is_organisation(name) and "·" not in name and is_han(name[0]) for name in odd):
        return None
    if of_class and not bylines[0].role:
        bylines[0] = Byline(of_class[0].strip(), bylines[0].name)
    return Signature(tuple(bylines), min([*margins, 1.0 - 0.7 * wrong]), tuple(odd))


def _glued_names(run: str, known: Mapping[str, int] | None) -> bool:
    """Whether a run is surely several names without a separator (王妍竹滢艳), not a headline (金秋时节)."""
    names = cut(run, known).names
    worth = [likelihood(name) for name in names]
    sure = worth[0] > -15 and (len(run) > 4 or min(worth) > -15) and sum(worth) / len(worth) > -19
    return len(names) > 1 and sure and all(map(surname_of, names))


_IN_SQUARE: Final = re.compile(
    rf"[【〔［\[][ \u3000]*((?={ROLE})[^【】〔〕［］\[\]]{{4,40}})[】〕］\]]"
)  # 【记者 王明】
_ANSWERS: Final = re.compile(rf"({ANSWERS})[：:]\s*(?=[\u4e00-\u9fff])")
_SENT_FROM: Final = re.compile(r"[ 　]*发自[\u4e00-\u9fff ]{2,12}$")  # where the report comes from
_REPORTED_FROM: Final = re.compile(
    r"(?<=记者)[ 　]+[\u4e00-\u9fff 　、]{2,24}?([ 　]+(?!摄影|采访|综合|文字|联合|整理)([\u4e00-\u9fff]{2,4})报道)$"
)  # 本报记者 王明 北京报道


def _looks_signed(piece: str, known: Mapping[str, int] | None) -> bool:
    return is_name(piece, known) or is_organisation(piece)


def _assemble(pieces: Sequence[Piece], known: Mapping[str, int] | None) -> tuple[list[Byline], list[float], list[str]]:
    """Bylines from pieces: names take the role before them, unless a role that follows names ends theirs. Where no role
    is printed, the unit before a name stands in its place (县融媒体中心 张怀远)."""
    bylines: list[Byline] = []
    margins: list[float] = []
    odd: list[str] = []
    role = home = whose = ""  # the role so far; a unit that stands in its place; one that a role belongs to
    bare = not any(piece.is_role for piece in pieces)
    open_from = 0  # the first byline that a following role may still claim
    for place, (is_role, piece, glued, leads) in enumerate(pieces):
        if is_role:
            has_names = open_from < len(bylines)
            last = place + 1 == len(pieces)
            takes = OF_PICTURES.fullmatch(piece)
            follows = (takes or FOLLOWS.fullmatch(piece)) and has_names and not leads
            if follows and (last or role == "" or pieces[place + 1].is_role):
                own = len(bylines) - 1 if takes and glued and role else open_from  # 记者 张三 李四摄: 李四 alone
                if piece in TRANSLATES and not role:
                    open_from = own = _first_translator(bylines, open_from)
                at_home = f"{home} {piece}" if home and role == home else ""  # 图书馆 刘畅 整理
                bylines[own:] = [Byline(piece if takes else at_home or b.role or piece, b.name) for b in bylines[own:]]
                bylines[open_from:own] = [Byline(b.role or piece, b.name) for b in bylines[open_from:own]]
                role, open_from = "", len(bylines)
            else:
                role, open_from = f"{whose}{piece}", len(bylines)
            whose = ""
            continue
        if (bare or (not bylines and role == home)) and _is_unit_of_next(pieces, place, known):
            further = place and home.endswith(pieces[place - 1].text)  # 清源县 柳湾村 葛老五
            role = home = f"{home} {piece}" if further else piece
            continue
        if not place and _is_unit_of_role(pieces):
            whose = piece if pieces[1].glued else f"{piece} "
            continue
        names, margin = cut(piece, known)
        margins.append(margin)
        for name in names:
            bylines.append(Byline(role, name))
            if is_name(name, known) or is_organisation(name):
                continue
            if len(names) > 1 or len(name) > 4 or not surname_of(name):
                odd.append(name)
    return bylines, margins, odd


def _first_translator(bylines: Sequence[Byline], first: int) -> int:
    """The place of the first who translated, behind the foreign names of who is translated: 约翰·史密斯 王伟 译."""
    foreign = [i for i in range(first, len(bylines)) if "·" in bylines[i].name]
    return foreign[-1] + 1 if foreign and foreign[-1] + 1 < len(bylines) else first


def _is_unit_of_next(pieces: Sequence[Piece], place: int, known: Mapping[str, int] | None) -> bool:
    """Whether this says where the next one works or lives, also in two steps: 党委宣传部 王晴, 清源县 柳湾村 葛老五."""
    unit = pieces[place].text
    following = pieces[place + 1] if place + 1 < len(pieces) else None
    if (
        following is None
        or following.is_role
        or unit.startswith("本")
        or not is_unit(unit)
        or (known and unit in known)
    ):
        return False
    return is_name(following.text, known) or _is_unit_of_next(pieces, place + 1, known)


def _is_unit_of_role(pieces: Sequence[Piece]) -> bool:
    """Whether the first piece says whose reporter or correspondent signs: 柳湾街道通讯员 王晴."""
    unit, role, *names = pieces if len(pieces) > 2 else (Piece(True, "", False),) * 2
    if unit.is_role or not role.is_role or not names or names[0].is_role:
        return False
    return field_of_role(role.text) in ("reporter", "correspondent") and is_unit(unit.text)
