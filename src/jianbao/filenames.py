"""Names of files and folders: what every system can hold, and what is no content."""

from __future__ import annotations

import re
from typing import Final, Literal, NamedTuple

# What editors, file managers and operating systems leave lying about (bad-input row 38).
_JUNK_NAMES: Final = frozenset({"Thumbs.db", "desktop.ini", "__MACOSX", "ehthumbs.db"})
_JUNK_ENDINGS: Final = ("~", ".swp", ".swo", ".swx", ".tmp", ".bak", ".orig", ".part", ".crdownload")
# Devices of Windows, with any ending (Microsoft, "Naming Files, Paths, and Namespaces").
RESERVED: Final = re.compile(r"(?i)(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$) *(\.|$)")
_FORBIDDEN: Final = re.compile(r'[<>:"|?*\\\x00-\x1f]')


class NameFault(NamedTuple):
    """Why some system cannot hold a file of this name: a code, and it said in Chinese and English."""

    code: Literal["too-long", "reserved", "character", "ending"]
    zh: str
    en: str


def name_fault(name: str) -> NameFault | None:
    """What is wrong with a name; None where every system can hold it."""
    if len(name.encode("utf-8", "surrogateescape")) > 255:
        return NameFault("too-long", "超过 255 字节", "is longer than 255 bytes")
    if RESERVED.match(name):
        return NameFault("reserved", "是 Windows 保留的名字", "is reserved on Windows")
    if forbidden := _FORBIDDEN.search(name):
        shown = repr(forbidden[0])
        return NameFault("character", f"含有 Windows 不允许的字符 {shown}", f"has a character Windows forbids: {shown}")
    if name.endswith((".", " ")):
        return NameFault("ending", "以句点或空格结尾", "ends in a dot or a space")
    return None


def is_junk(name: str) -> bool:
    """Whether a file of this name is no content: hidden, a backup, a system's own."""
    return name.startswith((".", "~$", "#")) or name in _JUNK_NAMES or name.endswith(_JUNK_ENDINGS)
