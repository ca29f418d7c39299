"""site.yaml → `Config`: forgiving as front matter is, one line for each fault."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Mapping
from hashlib import blake2b
from typing import Any, Final
from urllib.parse import quote, urlsplit

from jianbao.articles.values import ValueFaultError, cleaned, date
from jianbao.config import Config, Limits
from jianbao.encoding import decode_article
from jianbao.folder.store import UNREADABLE, Root
from jianbao.folder.unreadable import unreadable
from jianbao.problems import Problem, error, has_errors, warning
from jianbao.yamltext import Items, Node, Scalar, parse
from jianbao.yamltext import Mapping as YamlMapping

PATH: Final = "site.yaml"
_LARGEST: Final = 1_000_000
_HOST: Final = re.compile(r"[a-z0-9_-]+(?:\.[a-z0-9_-]+)*\.?|[0-9a-f:.]+").fullmatch
_LONE_PERCENT: Final = re.compile(r"%(?![0-9A-Fa-f]{2})")
_LANGUAGES: Final = {
    **dict.fromkeys(("zh-hans", "zh-cn", "zh", "zh-sg", "简体", "简体中文"), "zh-Hans"),
    **dict.fromkeys(("zh-hant", "zh-tw", "zh-hk", "zh-mo", "繁体", "繁體", "繁體中文"), "zh-Hant"),
}
_INTERFACES: Final = {**dict.fromkeys(("zh", "中文", "zh-cn"), "zh"), **dict.fromkeys(("en", "english", "英文"), "en")}
_TEXTS: Final = ("title", "subtitle", "description", "newspaper", "publisher", "place", "issn", "cn")
_ALSO: Final = {
    "标题": "title",
    "名称": "title",
    "网站名称": "title",
    "网址": "base_url",
    "url": "base_url",
    "baseurl": "base_url",
    "语言": "language",
    "lang": "language",
    "报名": "newspaper",
    "报纸": "newspaper",
    "版名": "sections",
    "版面": "sections",
    "section": "sections",
    "创刊": "first_issue",
    "创刊日期": "first_issue",
    "出版单位": "publisher",
    "出版地": "place",
    "刊号": "cn",
    "上限": "limits",
}


def load_config(root: Root) -> tuple[Config | None, list[Problem]]:
    """The archive's settings; defaults, with a warning, where there is no site.yaml."""
    try:
        return read_config(root.read(PATH, _LARGEST), PATH)
    except FileNotFoundError:
        said = warning(
            PATH,
            0,
            0,
            "没有 site.yaml，用默认设置",
            "there is no site.yaml; defaults are used",
            do="新建 site.yaml，写一行“title: 档案名称”",
            do_en="create site.yaml with a line “title: …”",
            code="no-settings",
        )
        return Config("剪报"), [said]
    except UNREADABLE as failure:
        return None, [unreadable(PATH, failure)]


def read_config(data: bytes, path: str = PATH) -> tuple[Config | None, list[Problem]]:
    """The settings in a file's bytes, and everything wrong with it; None where an error leaves none."""
    text, problems = decode_article(data, path)
    if text is None or problems:
        return None, problems
    mapping, problems = parse(text, path)
    if mapping is None:
        return None, problems
    reader = _Reader(path, problems)
    values: dict[str, Any] = {}
    told: set[str] = set()  # keys of which something was said
    for key, node in mapping.values.items():
        before = len(problems)
        if key not in _READ:
            reader.unknown(key, mapping.keys[key], _READ)
        elif (value := _READ[key](reader, key, node)) not in (None, ""):
            values[key] = value
        told |= {key} if len(problems) > before else set()
    if "title" not in {*values, *told, *mapping.broken}:
        said = "site.yaml 里没有 title", "site.yaml has no title"
        problems.append(
            error(path, 1, 1, *said, do="请加一行“title: 档案名称”", do_en="add a line “title: …”", code="title")
        )
    if has_errors(problems) or "title" not in values:
        return None, problems
    values["digest"] = blake2b(repr(sorted(values.items())).encode(), digest_size=16).hexdigest()
    return Config(**values), problems


class _Reader:
    """Reads one value at a time and says what is wrong with it."""

    def __init__(self, path: str, problems: list[Problem]) -> None:
        self.path, self.problems = path, problems

    def fault(self, node: Node, zh: str, en: str, do: str, do_en: str, code: str) -> None:
        self.problems.append(error(self.path, node.line, node.column, zh, en, do=do, do_en=do_en, code=code))

    def unknown(self, key: str, at: Node, known: Mapping[str, object]) -> None:
        names = {**{name: name for name in known}, **{also: name for also, name in _ALSO.items() if name in known}}
        close = difflib.get_close_matches(key.lower(), names, 1, 0.6)
        near = names[close[0]] if close else ""
        zh, en = f"不认识“{key}”这一项，它不起作用", f"“{key}” is no setting and has no effect"
        do = f"是不是想写 {near}？" if near else f"可用的有：{'、'.join(known)}"
        do_en = f"did you mean {near}?" if near else f"there are: {', '.join(known)}"
        made = warning(self.path, at.line, at.column, zh, en, do=do, do_en=do_en, code="unknown-key")
        self.problems.append(made)

    def text(self, key: str, node: Node) -> str | None:
        if isinstance(node, Scalar):
            text = cleaned(node.text)
            return "" if node.plain and text in ("~", "null") else text
        if isinstance(node, YamlMapping):
            said = f"{key} 里套了“名称: 值”，应是文字", f"{key} holds a map instead of a text"
            hint = "文字里的半角冒号请改为“：”，或给整个值加引号", "put a value with a colon in quotes"
        else:
            said = f"{key} 应是一句文字", f"{key} must be a text"
            hint = "去掉方括号，或加引号", "remove the brackets or quote it"
        self.fault(node, *said, *hint, "is-list")
        return None

    def choice(self, key: str, node: Node, known: Mapping[str, str]) -> str | None:
        text = self.text(key, node)
        if not text or text.lower() in known:
            return known[text.lower()] if text else None
        options = "、".join(dict.fromkeys(known.values()))
        self.fault(
            node, f"{key} 不能是“{text}”", f"{key} cannot be “{text}”", f"请写 {options}", f"write {options}", key
        )
        return None

    def url(self, key: str, node: Node) -> str | None:
        text = self.text(key, node)
        if not text:
            return None
        address = _web_address(text)
        if address is None:
            zh, en = f"网址“{text}”不完整，或不是网站的网址", f"“{text}” is not the complete address of a site"
            do = "请写成 https://域名/ 或 https://域名/目录/，不带 ? 和 #；不知道就留空"
            do_en = "write https://host/ or https://host/folder/ without ? and #, or leave it empty"
            self.fault(node, zh, en, do, do_en, key)
        return address

    def texts(self, key: str, node: Node) -> tuple[str, ...] | None:
        items = node.items if isinstance(node, Items) else [node]
        found = [self.text(key, item) for item in items]
        if isinstance(node, Scalar) and found[0]:
            found = [part.strip() for part in found[0].replace("，", "、").replace(",", "、").split("、")]
        for item, text in zip(items, found, strict=False):
            if text and ("/" in text or "\\" in text or ".." in text):
                zh, en = f"版名“{text}”里有斜杠或两个句点", f"the section “{text}” has a slash or two dots"
                self.fault(item, zh, en, "请只写版名", "write its name only", "section-path")
        return tuple(dict.fromkeys(text for text in found if text))

    def day(self, key: str, node: Node) -> object:
        text = self.text(key, node)
        try:
            return date(text) if text else None
        except ValueFaultError:
            zh, en = f"看不懂日期“{text}”", f"the date “{text}” cannot be read"
            self.fault(
                node, zh, en, "请写成 2021-12-07、2021-12 或 2021", "write 2021-12-07, 2021-12 or 2021", "date-form"
            )
            return None

    def limits(self, key: str, node: Node) -> Limits | None:
        if not isinstance(node, YamlMapping):
            do, do_en = "分两行写 scan: 20MB 和 article: 5MB，行首空两格", "write scan: 20MB and article: 5MB, indented"
            self.fault(node, "limits 下面要写 scan 和 article", "limits holds scan and article", do, do_en, "limits")
            return None
        sizes: dict[str, int] = {}
        for name, value in node.values.items():
            if name not in ("scan", "article"):
                self.unknown(name, node.keys[name], {"scan": 0, "article": 0})
            elif (size := _size(self.text(name, value) or "")) is None:
                zh, en = f"看不懂 {name} 的上限", f"the limit {name} cannot be read"
                self.fault(value, zh, en, "请写成 20MB 这样", "write it like 20MB", "limits")
            else:
                sizes[name] = size
        return Limits(**sizes)


def _web_address(text: str) -> str | None:
    """A site's address as feeds and sitemaps write it: spaces and Chinese percent-encoded, a slash at the end; None
    for what is none."""
    try:
        parts = urlsplit(text)
        host = (parts.hostname or "").encode("idna").decode("ascii")
        port = f":{parts.port}" if parts.port is not None else ""
        path = quote(_LONE_PERCENT.sub("%25", parts.path.rstrip("/")), safe="/%:@!$&'()*+,;=")
    except ValueError:
        return None
    known = parts.scheme in ("http", "https") and _HOST(host) and "@" not in parts.netloc
    if not known or parts.query or parts.fragment:
        return None
    return f"{parts.scheme}://{f'[{host}]' if ':' in host else host}{port}{path}/"


def _size(text: str) -> int | None:
    """Bytes in `20000000`, `20MB`, `500 KB`."""
    text = text.upper().replace(" ", "").replace("_", "").removesuffix("B")
    factor = {"K": 1_000, "M": 1_000_000, "G": 1_000_000_000}.get(text[-1:], 1)
    digits = text.rstrip("KMG")
    return int(digits) * factor if digits.isascii() and digits.isdigit() and len(digits) < 13 else None


_READ: Final[dict[str, Callable[[_Reader, str, Node], object]]] = {
    **dict.fromkeys(_TEXTS, _Reader.text),
    "base_url": _Reader.url,
    "language": lambda reader, key, node: reader.choice(key, node, _LANGUAGES),
    "interface": lambda reader, key, node: reader.choice(key, node, _INTERFACES),
    "sections": _Reader.texts,
    "first_issue": _Reader.day,
    "limits": _Reader.limits,
}
