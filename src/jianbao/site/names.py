"""Folder names that every file system takes, and links from one page to another.

A name is shown as it is written and becomes a folder in Unicode form C. What Windows forbids is
percent-encoded (`A/B` → `A%2FB`, `CON` → `%43ON`), as is what would take the place of a list of names itself
(`index.html`, `list-2`); a name too long is cut and marked with its hash, and of names that some file system
takes for one, all but the first carry their hash: no page ever holds two of them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from hashlib import blake2b
from urllib.parse import quote

from jianbao.archive import folded
from jianbao.filenames import RESERVED

_LONGEST = 120  # bytes of a folder's name; file systems take 255, whole paths on Windows 260 characters
_FORBIDDEN = re.compile(r'[<>:"/\\|?*%\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]')
_SIMPLE = re.compile(r"[A-Za-z0-9/~!$&'()*+,;=:@._-]*").fullmatch
_OURS = re.compile(r"(?i)(index\.html|list-[0-9]+)$")  # pages of the list that holds the folders
_EDGE = re.compile(r"^[ .~]|[ .]$")


def folder_name(name: str) -> str:
    """The folder for a name, on its own: no slash, nothing Windows forbids, at most 120 bytes."""
    safe = _FORBIDDEN.sub(_encoded, unicodedata.normalize("NFC", name))
    if RESERVED.match(safe) or _OURS.match(safe):
        safe = _encoded_text(safe[0]) + safe[1:]
    while _EDGE.search(safe):
        safe = _EDGE.sub(_encoded, safe)
    if not safe:
        return "%"
    if len(safe.encode()) > _LONGEST:
        return _marked(safe, name)
    return safe


def folder_names(names: Iterable[str]) -> dict[str, str]:
    """A folder for each name; names that a file system may take for one (`Ann`, `ANN`, full-width `Ａnn`) are
    told apart by a hash, all but the first in code point order."""
    taken: set[str] = set()
    folders: dict[str, str] = {}
    for name in sorted(set(names)):
        folder = folder_name(name)
        if folded(folder) in taken:
            folder = _marked(folder, name)
        taken.add(folded(folder))
        folders[name] = folder
    return folders


def address(path: str) -> str:
    """A path as it stands in a link: percent-encoded UTF-8."""
    if _SIMPLE(path):
        return path
    return quote(path, safe="/~!$&'()*+,;=:@-._")


def up(path: str) -> str:
    """The way from a page's path up to the site's root: `2021/12/index.html` → `../../`."""
    return "../" * path.count("/")


def link(from_path: str, to_path: str) -> str:
    """The relative link from one output file to another or to a folder's page (`2021/12/`)."""
    target = to_path + "index.html" if not to_path or to_path.endswith("/") else to_path
    return up(from_path) + address(target)


def _marked(folder: str, name: str) -> str:
    mark = "~" + blake2b(name.encode("utf-8", "surrogatepass"), digest_size=5).hexdigest()
    return folder.encode()[: _LONGEST - len(mark)].decode("utf-8", "ignore").rstrip(" .%") + mark


def _encoded(match: re.Match[str]) -> str:
    return _encoded_text(match[0])


def _encoded_text(text: str) -> str:
    return "".join(f"%{byte:02X}" for byte in text.encode("utf-8"))
