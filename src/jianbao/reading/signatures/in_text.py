"""Signatures inside a text: `本报讯（记者 张三）` before it, `（记者 张三）` after it; and what opens an article."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, NamedTuple, TypeGuard

from jianbao.model import Byline
from jianbao.reading.signatures.bylines import Signature, read_signature
from jianbao.reading.signatures.names import is_name, likelihood, surname_of
from jianbao.reading.signatures.patterns import (
    AT_PLACE,
    AUTHOR,
    BARE_EXCERPT,
    BRACKETED,
    CLOSING,
    DATED,
    EXCERPT,
    FIRST_ROLE,
    IN_SQUARE,
    NAKED,
    NAMES_FIRST,
    OPENING,
    OWN,
    SHARED,
    SPACED,
    UNPARTED,
    plainly,
)
from jianbao.reading.signatures.pen_names import in_brackets
from jianbao.reading.signatures.sign_offs import read_foot
from jianbao.reading.signatures.signed_lines import read_lines
from jianbao.reading.signatures.units import is_organisation
from jianbao.roles import field_of_role


class Inline(NamedTuple):
    """A signature found at the beginning or end of a text: the text without it, and the signature."""

    text: str
    signature: Signature


_OPENERS: Final = ("讯", "訊", "电", "記者", "记者", "报道", "報道", "消息", "上接")


def dateline(text: str) -> int:
    """How a text opens: 2 as only an article's beginning does (本报讯, （记者 …）, 上接第 N 版), 1 with a dateline,
    which may also stand inside an article made of several dispatches, 0 with neither."""
    if not any(word in text for word in _OPENERS):  # a quick look before the costly patterns
        return 0
    if OWN.match(text):
        return 2
    return int(bool(DATED.match(text)))


def is_dateline(text: str) -> bool:
    """Whether this is 本报讯 and the like, and nothing else."""
    return bool(DATED.fullmatch(text.strip()))


def read_opening(text: str, known: Mapping[str, int] | None = None) -> Inline | None:
    """The signature at the head of an article's first paragraph, after 本报讯 or a dateline or bare: in brackets, or
    as `记者张三报道：`."""
    if (abroad := BRACKETED.match(text)) and (signature := read_signature(abroad[1], known)):
        return Inline(text, signature)
    if (placed := AT_PLACE.match(text)) and (names := _without_place(placed[2], known)):
        signature = read_signature(f"{placed[1]} {names}", known)
        rest = text if len(names) < len(placed[2]) else text[placed.end() :].lstrip()
        return Inline(rest, signature) if signature else None
    if found := NAMES_FIRST.match(text):
        signature = read_signature(found[2], known)
        return Inline(f"{found[1].strip()} {text[found.end() :]}", signature) if _is_sure(signature) else None
    if (found := UNPARTED.match(text)) and _is_sure(signature := read_signature(found[2], known)):
        return Inline(f"{found[1].strip()} {text[found.end() :]}", signature)
    found = OPENING.match(text) or IN_SQUARE.match(text) or NAKED.match(text)
    if not found:
        return _spaced_opening(text, known)
    inner = re.sub(r"^\s*本[报刊]讯\s*", "", found[2])
    signature = read_signature(inner, known)
    if not signature or not signature.bylines[0].role or not _role_first(plainly(inner), signature.bylines[0].role):
        return None
    head = (found[1] or "").strip()
    return Inline((f"{head} " if head else "") + text[found.end() :].lstrip(), signature)


def _role_first(text: str, role: str) -> bool:
    """Whether a signature's text begins with the role, perhaps with whose it is: 柳湾街道通讯员 王晴."""
    if FIRST_ROLE.match(text):
        return True
    return text.replace(" ", "").startswith(role.replace(" ", "")) and field_of_role(role) in _WRITERS


_WRITERS: Final = ("reporter", "correspondent")


def _is_sure(signature: Signature | None) -> TypeGuard[Signature]:
    return signature is not None and not signature.odd


def _spaced_opening(text: str, known: Mapping[str, int] | None) -> Inline | None:
    """The signature after a dateline where only spaces part the names from the text: 本报讯 记者李强 王伟 昨天，…"""
    found = SPACED.match(text)
    if not found:
        return None
    words = _WORDS.findall(text[found.end() : found.end() + _LONGEST])
    for size in range(len(words) - 1, 0, -1):
        signed = "".join(words[:size])
        signature = read_signature(signed, known)
        if _is_sure(signature) and signature.bylines[0].name != signature.bylines[0].role:
            return Inline(f"{found[1].strip()} {text[found.end() + len(signed) :]}", signature)
    return None


_WORDS: Final = re.compile(r"[^ \u3000]+[ \u3000]*")
_LONGEST: Final = 40  # characters


def _without_place(text: str, known: Mapping[str, int] | None) -> str:
    """Names, 、 between them, without the place that follows the last one: 陳文雄台北; "" where there is no name."""
    *others, last = text.split("、")
    sizes = [len(last)] if len(last) <= 3 else [3, 2, 4]
    size = next((n for n in sizes if is_name(last[:n], known) and len(last) - n != 1), 0)
    return "、".join([*others, last[:size]]) if size else ""


def read_bare_opening(text: str, known: Mapping[str, int] | None = None) -> Inline | None:
    """`本报讯（张三、李四）`: names without a role. The text is left as it is: the brackets may be no signature."""
    found = OPENING.match(text)
    signature = read_signature(found[2], known) if found else None
    if not found or not signature or FIRST_ROLE.match(found[2]) or signature.odd:
        return None
    return Inline(text, signature._replace(margin=min(signature.margin, 0.5 if found[1] else 0.3)))


def _may_be_name(text: str) -> bool:
    """Whether brackets at a text's end may hold this as a name, though a rare one: （尚绪谦）, but not （全文完）."""
    return len(text) == 3 and bool(surname_of(text)) and likelihood(text) >= _RARE


_RARE: Final = -24.3


_ASKED_BY: Final = re.compile(r"(?:女士|先生|小姐|同学|大爷|大妈|阿姨|师傅|读者|网友|市民)$")  # 问：…？（江城 周女士）


def _glued(text: str, known: Mapping[str, int] | None) -> Signature | None:
    """Two names in brackets that nothing parts: （黄丽娟周俊）, where they were printed on two lines."""
    return read_signature(text, known, marked=True) if 4 <= len(text) <= 6 else None


def read_closing(text: str, known: Mapping[str, int] | None = None) -> Inline | None:
    """The signature in brackets at the end of a paragraph: `。（记者 张三）`, `（王文）`; or one that is all of it."""
    shared = SHARED.search(text)
    if shared and FIRST_ROLE.match(shared[1]):
        signature = read_signature(re.sub(r"(?:对此|也|亦|均)$", "", shared[1]), known)
        rest = text if _WITH_OTHERS.search(shared[0]) else text[: shared.start()]
        return Inline(rest, signature) if signature else None
    author = AUTHOR.search(text) or EXCERPT.search(text) or BARE_EXCERPT.search(text)
    name = next(filter(None, author.groups()), "") if author else ""
    if name and is_name(name, known):
        return Inline(text, Signature((Byline("作者", name),), 1.0))
    found = CLOSING.search(text)
    if not found:
        foot = read_foot(text, known)
        return Inline("", foot) if foot else None
    before = text[: found.start()]
    if usual := _usual(found[1], before, known):
        return usual
    unusual = in_brackets(found[1], before)
    return Inline(before, unusual) if unusual else None


_WITH_OTHERS: Final = re.compile("参与|贡献|对此|[也亦均](?=采写|报道)")


def _usual(inner: str, before: str, known: Mapping[str, int] | None) -> Inline | None:
    """What the brackets hold behind the text before them, read as signatures are, with names that people have."""
    signature = read_lines([inner], known) or _glued(inner, known)
    if not signature or _ASKED_BY.search(inner) or (before and before[-1] not in "。！？”…）"):
        return None
    if not FIRST_ROLE.match(inner):
        names = [byline.name for byline in signature.bylines]
        if any(byline.role for byline in signature.bylines):
            return Inline(before, signature)
        people = [name for name in names if not is_organisation(name)]
        if not people and not signature.odd and before.endswith(("。", "！", "？", "”")):  # （公社通讯组）
            return Inline(before, signature._replace(margin=0.5))
        if signature.odd or not people or not all(is_name(name, known) or _may_be_name(name) for name in people):
            return None
        margin = min(1.0, (min(-18.0 if "·" in name else likelihood(name) for name in people) + 23.0) / 8.0)
        signature = signature._replace(margin=min(signature.margin, max(0.1, margin)))
    return Inline(before, signature)
