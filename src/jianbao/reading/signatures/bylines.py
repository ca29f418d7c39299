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
from jianbao.reading.signatures.patterns import (
    AGENCY,
    ANSWERS,
    COUNTRY,
    FOLLOWS,
    NAMELESS,
    NOT_SIGNED,
    OF_CLASS,
    OF_OFFICE,
    OF_PICTURES,
    OF_WHOM,
    ROLE_TOKEN,
    SEPARATORS,
    SHORT_ROLE,
    SOMEBODYS,
    plainly,
    unpadded,
)
from jianbao.reading.signatures.patterns import MARKERS as MARKERS
from jianbao.reading.signatures.units import is_organisation, is_unit
from jianbao.text import is_han, straighten

_NAME_CHARS: Final = re.compile(r"[\u3400-\u9fff·]+|[A-Za-z][A-Za-z.' ]*")


class Signature(NamedTuple):
    """The bylines a text gives, and how sure that is: 1 beyond doubt, 0 a guess. `odd` are the pieces taken
    for names though they do not look like names."""

    bylines: tuple[Byline, ...]
    margin: float
    odd: tuple[str, ...] = ()


def read_signature(text: str, known: Mapping[str, int] | None = None, *, marked: bool = False) -> Signature | None:
    """The signature that is all of this text, or None where the text is something else. `marked`: what is around it
    says that somebody signs, as a square before it does."""
    if text[:1] == "·" == text[-1:]:  # ·本报记者 王明·
        text = text.strip("· \u3000")
    plain = plainly(straighten(unpadded(text)).strip())
    text = _SENT_FROM.sub("", plain.lstrip(MARKERS + " ").strip())
    if (place := _REPORTED_FROM.search(text)) and (place[2][-1] in _OF_PLACES or not is_name(place[2], known)):
        text = text[: place.start(1)]
    if AGENCY.fullmatch(text):
        return Signature((Byline("", text),), 1.0)
    if (found := OF_WHOM.match(text)) and (found[2] or is_organisation(found[3])):
        text = f"作者 {found[1]}" if found[2] else found[1]
    elif text[:1] in "[［〔【（(":
        text = COUNTRY.sub("", text)  # [美] 约翰·史密斯 著
    answers = _ANSWERS.match(text)
    if answers and (signature := read_signature(text[answers.end() :], known)):
        named = [Byline(f"{answers[1]} {byline.role}".strip(), byline.name) for byline in signature.bylines]
        return signature._replace(bylines=tuple(named))
    if (found := OF_OFFICE.fullmatch(text)) and not ROLE_TOKEN.match(found[1]):
        role, name = " ".join(found[1].split()), "".join(found[2].split())
        if (is_name(name, known) or _POLITE.fullmatch(name)) and not NOT_SIGNED.search(role):
            return Signature((Byline(role, name),), 1.0)
    of_class = OF_CLASS.match(text)
    text = text[of_class.end() :] if of_class else text
    if not text or len(text) > 160 or NOT_SIGNED.search(text):
        return None
    if NAMELESS.fullmatch(text):
        role = text.rstrip("：:")
        return Signature((Byline(role, role),), 1.0)  # its names may follow on the next line
    marked = marked or plain != text
    tokens = _tokens(_GLUED_ROLES.sub(_parted, text))
    if tokens is None:
        return None
    pieces = _merge_padded(tokens)
    if not any(is_role or _looks_signed(piece, known) for is_role, piece, *_ in pieces) and not (
        marked and any(_glued_names(piece, known) for _, piece, *_ in pieces)
    ):
        return None
    bylines, margins, odd = _assemble(pieces, known)
    if not bylines:
        return None
    wrong = len(odd) / len(bylines)
    if not tokens[0][0] and odd and not marked:
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


_POLITE: Final = re.compile(r"[\u4e00-\u9fff](?:女士|先生|小姐|同学|师傅|大爷|大妈|阿姨|老师)")  # 锦园业主 郝女士
_ANSWERS: Final = re.compile(rf"({ANSWERS})[：:]\s*(?=[\u4e00-\u9fff])")
_SENT_FROM: Final = re.compile(r"[ 　]*发自[\u4e00-\u9fff ]{2,12}$")  # where the report comes from
_REPORTED_FROM: Final = re.compile(
    r"(?<=记者)[ 　]+[\u4e00-\u9fff 　、]{2,24}?([ 　]+(?!摄影|采访|综合|文字|联合|整理)([\u4e00-\u9fff]{2,4})报道)$"
)  # 本报记者 王明 北京报道
_OF_PLACES: Final = "州市县区乡镇村港"  # no given name ends so (but 州, hardly one)
_GLUED_ROLES: Final = re.compile(r"^([\u3400-\u9fff]{2,4})文[ 、/]+([\u3400-\u9fff]{2,4})([图圖摄攝画])$")


def _parted(found: re.Match[str]) -> str:
    """`王海燕文 李强图` with its roles standing by themselves."""
    return f"{found[1]} 文 {found[2]} {found[3]}" if is_name(found[1]) and is_name(found[2]) else found[0]


def _looks_signed(piece: str, known: Mapping[str, int] | None) -> bool:
    return is_name(piece, known) or is_organisation(piece)


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
        return "" if role in ("本报", "本刊", "本社", "本网") and after and is_han(after) else role
    short = SHORT_ROLE.match(text, place)
    if short:
        before, after = text[place - 1 : place], text[place + 1 : place + 2]
        if after == "" or after in SEPARATORS:
            glued = short[0] in "摄攝" and after == "" and _ends_name(text, place)
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


class _Piece(NamedTuple):
    """A role word or a run of names; `glued` where no separator stands before it, `leads` where a mark tells that
    the role's names follow."""

    is_role: bool
    text: str
    glued: bool
    leads: bool = False


def _merge_padded(tokens: Sequence[tuple[bool, str]]) -> list[_Piece]:
    """`刘 强` is one name set to the width of three characters; separators go."""
    pieces: list[_Piece] = []
    glued = False
    for is_role, text in tokens:
        if not text:
            glued = False
            continue
        last = pieces[-1] if pieces else _Piece(True, "", False)
        padded = not is_role and not last.is_role and len(text) == 1 and is_han(text)
        if padded and (len(last.text) == 1 or (len(last.text) == 2 and surname_of(last.text + text) == last.text)):
            pieces[-1] = last._replace(text=last.text + text)
        else:
            pieces.append(_Piece(is_role, text.removesuffix("："), glued, text.endswith("：")))
        glued = True
    return pieces


def _assemble(pieces: Sequence[_Piece], known: Mapping[str, int] | None) -> tuple[list[Byline], list[float], list[str]]:
    """Bylines from pieces: names take the role before them, unless a role that follows names ends theirs. Where no role
    is printed, the unit before a name stands in its place (县融媒体中心 张怀远)."""
    bylines: list[Byline] = []
    margins: list[float] = []
    odd: list[str] = []
    role = ""
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
                bylines[own:] = [Byline(piece if takes else b.role or piece, b.name) for b in bylines[own:]]
                bylines[open_from:own] = [Byline(b.role or piece, b.name) for b in bylines[open_from:own]]
                role, open_from = "", len(bylines)
            else:
                role, open_from = piece, len(bylines)
            continue
        if bare and _is_unit_of_next(pieces, place, known):
            role = piece
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


def _is_unit_of_next(pieces: Sequence[_Piece], place: int, known: Mapping[str, int] | None) -> bool:
    """Whether this says where the next one works: 党委宣传部 王晴."""
    unit = pieces[place].text
    following = pieces[place + 1] if place + 1 < len(pieces) else None
    return (
        following is not None
        and not following.is_role
        and not unit.startswith("本")
        and is_unit(unit)
        and is_name(following.text, known)
    )
