"""Characters and widths: what every reader of a scan must know about Chinese type, and nothing about newspapers.

Radicals: OCR and some PDF fonts give ⾼ (U+2FBC) for 高 or ⻓ (U+2ED3) for 长. NFKC folds the Kangxi block
(U+2F00–2FDF); the supplement block (U+2E80–2EFF) has no decomposition, so its table stands here, after
Unicode's EquivalentUnifiedIdeograph.txt, with the modern form where a radical is printed as a character.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

SENTENCE_ENDS: Final = "。！？!?…"
CLOSERS: Final = "”’』」）)】》〉］"
OPENERS: Final = "“‘『「（(【《〈［"

_SUPPLEMENT: Final = (
    "⺀冫⺁厂⺂乛⺃乚⺄乙⺅亻⺆冂⺇几⺈刀⺉刂⺊卜⺋㔾⺌小⺍小⺎兀⺏尣⺐尢⺑尢⺒巳⺓幺⺔彑⺕彐⺖忄⺗心⺘扌⺙攵⺛旡⺜日"
    "⺝月⺞歺⺟母⺠民⺡氵⺢水⺣灬⺤爪⺥爫⺦丬⺧牛⺨犭⺩王⺪疋⺫目⺬示⺭礻⺮竹⺯糸⺰纟⺱罓⺲罒⺳网⺴罓⺵网⺶羊⺷羊⺸羊⺹老⺺肀⺻聿⺼月⺽臼"
    "⺾艹⺿艹⻀艹⻁虎⻂衤⻃西⻄西⻅见⻆角⻇角⻈讠⻉贝⻊足⻋车⻌辶⻍辶⻎辶⻏阝⻐钅⻑長⻒镸⻓长⻔门⻕阜⻖阝⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻞食⻟飠⻠饣"
    "⻡首⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龟⻲亀⻳龟"
)
_RADICALS: Final = dict(zip(map(ord, _SUPPLEMENT[::2]), _SUPPLEMENT[1::2], strict=True))
_LETTERS: Final = (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))
_FULL_WIDTH: Final = {c: chr(c - 0xFEE0) for c in _LETTERS} | {0xFF05: "%", 0xFF0E: ".", 0xFF20: "@"}
_SPACES: Final = dict.fromkeys((0x09, 0x0B, 0x0C, 0x85, 0xA0, *range(0x2000, 0x200B), 0x202F, 0x205F), " ")
_NOTHING: Final = dict.fromkeys(
    (*range(0x09), *range(0x0E, 0x20), *range(0x7F, 0x85), *range(0x86, 0xA0), 0xAD, *range(0x200B, 0x2010),
     *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF, 0xFFFC)
)  # fmt: skip
_TIDY: Final = {**_FULL_WIDTH, **_SPACES, **_NOTHING, **_RADICALS} | {
    c: unicodedata.normalize("NFKC", chr(c)) for c in (*range(0x2F00, 0x2FD6), *range(0xF900, 0xFB00))
}
_HALF_TO_FULL: Final = {
    ",": "，",
    ";": "；",
    ":": "：",
    "?": "？",
    "!": "！",
    "(": "（",
    ")": "）",
    "<": "＜",
    ">": "＞",
}
_HAN: Final = r"\u3400-\u9fff\U00020000-\U0003ffff"
_HALF_MARK: Final = re.compile(  # <b>, &amp;, >> and -> stay as they are
    rf"</?[A-Za-z][^<>]{{0,20}}>|&#?[A-Za-z0-9]{{1,8}};|[<>]{{2,}}|-+>|(?<=[{_HAN}“”‘’《》〈〉（）。、])[,;:?!()<>]|[,;:?!()<>](?=[{_HAN}“‘《〈（])"
)
_ANY_HALF_MARK: Final = re.compile("[,;:?!()<>]")  # looked for first: looking behind at each place is slow
_STRAY_SPACE: Final = re.compile(
    rf"(?<=[0-9]) +(?=[年月日时分点岁个名万亿元号条届次％%])|(?<=[年月日时分]) +(?=[0-9])|"
    rf"(?<=[{_HAN}]) +(?=[0-9]{{1,4}} +[年月日时分点岁个名万亿元号条届次])|"
    r"(?<=[0-9]) +(?=\. +[0-9])|(?<=[0-9] \.) +(?=[0-9])|"
    rf"(?<=[{_HAN}。！？…A-Za-z0-9]) +(?=[，。、；：！？”’）》】])|"
    rf"(?<=[，、；：“‘（《【]) +(?=[{_HAN}A-Za-z0-9“‘《])"
)
_SPACED_YEAR: Final = re.compile(r"(?<![0-9] )(?<![0-9])([12]) ?([0-9]) ?([0-9]) ?([0-9])(?= ?年)")
_HALF_PAIR: Final = re.compile(rf"<([{_HAN}][^<>]{{0,40}})>")
_MIXED_PAIR: Final = re.compile(r"（([^（）()]*)\)|\(([^（）()]*)）")
_SPACED_OUT: Final = re.compile(rf"(?<![{_HAN}])[{_HAN}](?: [{_HAN}]){{3,}}(?![{_HAN}])")
_LETTERSPACED: Final = re.compile(rf"[{_HAN}](?: +[{_HAN}])+")  # all of it: 讣 告, 启　事
_LOOSE: Final = re.compile(
    rf"(?<=[{_HAN}，。、；：！？（）“”0-9]) +(?=[{_HAN}，。、；：！？（）“”0-9])"
)  # 接 警 后 ，民 警
_LOOSE_LEAST: Final = 16
_BEFORE_BRACKET: Final = re.compile(r"(?<=[。！？”…]) +(?=[（(])")  # who wrote it, at the line's right end
_POINT: Final = re.compile(rf"(?<=[{_HAN}”）])\.(?=[{_HAN}“《]|$)")
_THOUSANDS: Final = re.compile(r"(?<=[0-9])，(?=[0-9]{3}(?![0-9]))")


class _Widths(dict[str, int]):
    """Each character's width, found when it is first met."""

    def __missing__(self, char: str) -> int:
        width = self[char] = 2 if unicodedata.east_asian_width(char) in "WFA" else 1
        return width


_width = _Widths().__getitem__


def visual_width(text: str) -> int:
    """The width in half-width units, a Chinese character being two; quotes and dashes are set full width too."""
    return len(text) if text.isascii() else sum(map(_width, text))


def tidy(text: str) -> str:
    """One line with its characters as they were meant: radicals, full-width letters and digits, control and
    zero-width characters, odd spaces. U+3000 stays, since an indent is evidence."""
    if text.isascii() and text.isprintable():
        return text
    return unicodedata.normalize("NFC", text).translate(_TIDY)


def is_ornament(text: str) -> bool:
    """Whether a text has neither letter nor figure: ＊　＊　＊."""
    return not any(map(str.isalnum, text))


def is_han(char: str) -> bool:
    """Whether this is a Chinese character."""
    return "\u3400" <= char <= "\u9fff" or "\U00020000" <= char <= "\U0003ffff"


_PRIVATE: Final = re.compile("[\ue000-\uf8ff\ufffd\U000f0000-\U0010ffff]")


def has_private(text: str) -> bool:
    """Whether there is a glyph whose meaning only the lost font knows, or the mark of an undecodable byte."""
    return bool(_PRIVATE.search(text))


def join(first: str, second: str) -> str:
    """Two halves of a wrapped line as one. Chinese and numbers close up; between two Latin words goes a space,
    and a hyphen at the line's end keeps a number or a compound together, a full stop an address (www.|abc.com)."""
    if not first or not second:
        return first + second
    a, b = first[-1], second[0]
    latin = a.isascii() and b.isascii() and b.isalpha() and (a.isalpha() or a in ",;:)" or (a == "." and b.isupper()))
    return f"{first} {second}" if latin else first + second


def join_all(pieces: Iterable[str]) -> str:
    """The pieces of a wrapped text as one, as `join` joins two of them."""
    joined: list[str] = []
    last = ""
    for piece in pieces:
        if piece:
            if last.isascii() and piece[0].isascii() and join(last, piece[0]) != last + piece[0]:
                joined.append(" ")
            joined.append(piece)
            last = piece[-1]
    return "".join(joined)


def letterspaced(text: str) -> str:
    """The word that is all of this text, set with spaces between its characters (讣 告, 启　事); "" for other text."""
    text = text.replace("\u3000", " ").strip()
    return text.replace(" ", "") if _LETTERSPACED.fullmatch(text) else ""


def straighten(text: str, *, brackets: bool = True) -> str:
    """A joined paragraph with the spaces that typesetting left inside it taken out, half-width marks between
    Chinese characters made full-width, and quotation marks that face the wrong way turned round.
    Without `brackets` a pair of half-width brackets stays as printed, as in titles."""
    text = text.replace("\u3000", " ").strip()
    if _ANY_HALF_MARK.search(text):
        keep = "" if brackets else "()"
        text = _HALF_PAIR.sub(r"〈\1〉", text)
        text = _HALF_MARK.sub(lambda m: m[0] if m[0] in keep else _HALF_TO_FULL.get(m[0], m[0]), text)
        text = _MIXED_PAIR.sub(lambda m: f"（{m[1] or m[2] or ''}）", text)
    if "，" in text:
        text = _THOUSANDS.sub(",", text)
        if "." in text and "。" not in text:  # a scan without full stops; without a comma it may be 买买提.吐尔逊
            text = _POINT.sub("。", text)
    text = _turn_quotes(text)
    if " " in text:
        if word := letterspaced(text):
            return word
        if len(text) >= _LOOSE_LEAST and 3 * text.count(" ") >= len(text):
            text = _LOOSE.sub("", text)
        text = _SPACED_OUT.sub(lambda m: m[0].replace(" ", ""), text)
        text = _BEFORE_BRACKET.sub("", text)
        text = _STRAY_SPACE.sub("", _SPACED_YEAR.sub(r"\1\2\3\4", text))
    return text


def _turn_quotes(text: str) -> str:
    """Double quotes alternate: where their number is even and their directions do not, they are set anew. A pair of
    straight single ones around Chinese is a quotation, too."""
    if "'" in text:
        text = _SINGLE_QUOTES.sub(r"‘\1’", text)
    if "“" not in text and "”" not in text and '"' not in text:
        return text
    marks = [i for i, c in enumerate(text) if c in "“”" or (c == '"' and not text.isascii())]
    wanted = "“”" * (len(marks) // 2)
    if len(marks) % 2 or all(text[i] == mark for i, mark in zip(marks, wanted, strict=True)):
        return text
    chars = list(text)
    for i, mark in zip(marks, wanted, strict=True):
        chars[i] = mark
    return "".join(chars)


_SINGLE_QUOTES: Final = re.compile(
    rf"(?<![A-Za-z0-9'])'([^'A-Za-z]{{0,20}}[{_HAN}][^'A-Za-z]{{0,20}})'(?![A-Za-z0-9'])"
)


_PARTNERS: Final = dict(zip("）)】》〉］」』＞", "（(【《〈［「『〈", strict=True))
_BRACKETS: Final = re.compile(r"[（(【《〈［「『）)】》〉］」』＞]")


def unmatched(text: str) -> str:
    """The brackets that have no partner, in order; empty where all is well. （ may close with ) and the other way."""
    open_: list[str] = []
    lost: list[str] = []
    for char in _BRACKETS.findall(text):
        opener = _PARTNERS.get(char)
        if opener is None:
            open_.append(char)
        elif open_ and (open_[-1] == opener or {open_[-1], opener} == {"（", "("}):
            open_.pop()
        else:
            lost.append(char)
    return "".join(open_ + lost)
