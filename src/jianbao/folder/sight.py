"""One look at all that lies below a folder of the archive: files with their marks, what does not belong there, and
what killed runs left. Every build begins with it, so each folder is listed once.
"""

from __future__ import annotations

import contextlib
import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter
from typing import Final, Literal

from jianbao.filenames import NameFault, is_junk, name_fault
from jianbao.folder.store import FileStat, Root, digest_of_files
from jianbao.folder.trees import opened
from jianbao.problems import Problem, error, warning

Folder = Literal["scans", "articles"]
# What is read below a folder, and the endings of what a person will have meant to be read (PDF and pictures may
# well lie beside their text). Editors for Windows make `01.txt.txt` and `….md.txt`.
_WANTED = {"scans": ".txt", "articles": ".md"}
_MEANT = {
    "scans": (".txt", ".text", ".md", ".doc", ".docx", ".rtf", ".htm", ".html"),
    "articles": (".md", ".txt", ".markdown", ".doc", ".docx", ".rtf"),
}
# Names as articles and scans bear them, which need no closer look; the others may still be right.
_EVERYWHERE = re.compile(r"[0-9][0-9A-Za-z_-]{0,60}(?:\.(?:md|txt|parsed\.json))?").fullmatch
_USUAL = {folder: re.compile(rf"[0-9][0-9A-Za-z_-]{{0,60}}\{ending}").fullmatch for folder, ending in _WANTED.items()}
# Half-written files as `write_whole` names them, for the kinds of file that runs write outside their own folder.
_HALF_WRITTEN = re.compile(r"\..+\.(?:md|parsed\.json|yaml)\.[0-9]{1,10}\.tmp").fullmatch


_name: Final = attrgetter("name")


@dataclass(frozen=True)
class Sight:
    """What was seen: `files` in order of path, junk passed over, links where they lead to a file inside the archive;
    `strays`: links out of the archive, names Windows forbids, files that by their ending were meant to be read
    (`01.TXT`, `….md.txt`); `left`: half-written files, as paths from the root."""

    files: tuple[FileStat, ...] = ()
    strays: tuple[Problem, ...] = ()
    left: tuple[str, ...] = ()

    @cached_property
    def folders(self) -> dict[str, tuple[FileStat, ...]]:
        """The files of each folder that has any, by its path."""
        found: dict[str, list[FileStat]] = {}
        for file in self.files:
            found.setdefault(file.path[: file.path.rfind("/")], []).append(file)
        return {folder: tuple(files) for folder, files in found.items()}

    @cached_property
    def digests(self) -> dict[str, str]:
        """A hash for each of these folders that changes with the mark of any file."""
        return {folder: digest_of_files(files) for folder, files in self.folders.items()}


def look(root: Root, folder: Folder) -> Sight:
    """Look at everything below `folder`; OSError where some of it cannot be listed."""
    files: list[FileStat] = []
    strays: list[Problem] = []
    left: list[str] = []
    wanted, meant, usual = _WANTED[folder], _MEANT[folder], _USUAL[folder]

    def walk(where: str, prefix: str) -> None:
        with _listed(where) as entries:
            for entry in entries:
                name = entry.name
                try:
                    if usual(name) and entry.is_file(follow_symlinks=False):  # as most are: it is to be quick
                        files.append(FileStat.of(f"{prefix}/{name}", entry.stat()))
                    else:
                        meet(entry, where, prefix)
                except FileNotFoundError:  # vanished between the listing and the look
                    continue

    def meet(entry: os.DirEntry[str], where: str, prefix: str) -> None:
        name = entry.name
        path = f"{prefix}/{name}"
        if is_junk(name):
            if name.startswith(".") and _HALF_WRITTEN(name) and entry.is_file(follow_symlinks=False):
                left.append(path)
            return
        linked = entry.is_symlink()
        if linked and not root.contains(f"{where}/{name}"):
            strays.append(_link_outside(path))
            return
        if not _EVERYWHERE(name) and (fault := name_fault(name)):
            strays.append(_bad_name(path, name, fault))
            if folder == "scans":  # its record would bear the name, too
                return
        if entry.is_dir():
            if not linked:
                walk(f"{where}/{name}", path)
            return
        if not name.endswith(wanted) and name.lower().endswith(meant):
            strays.append(_not_read(path, wanted))
        facts = entry.stat()
        if stat.S_ISREG(facts.st_mode):
            files.append(FileStat.of(path, facts))

    start = root.folder / folder
    if start.is_dir():
        walk(str(start), folder)
    return Sight(tuple(files), tuple(strays), tuple(left))


@contextlib.contextmanager
def _listed(folder: str) -> Iterator[list[os.DirEntry[str]]]:
    """What lies in a folder, in order of name, to be looked at while the folder is open."""
    with opened(folder) as (handle, _):
        with os.scandir(folder if handle is None else handle) as entries:
            found = sorted(entries, key=_name)
        yield found


def _link_outside(path: str) -> Problem:
    zh, en = "符号链接指向档案文件夹之外", "symbolic link leads out of the archive folder"
    return error(path, 0, 0, zh, en, do="把文件本身放进来", do_en="put the file itself here", code="link-outside")


def _not_read(path: str, ending: str) -> Problem:
    zh, en = f"扩展名不是 {ending}，没有读它", f"not read, as its name does not end in {ending}"
    do, do_en = f"把文字存为小写 {ending} 结尾的文件", f"save the text in a file that ends in {ending} (small letters)"
    return warning(path, 0, 0, zh, en, do=do, do_en=do_en, code="not-read")


def _bad_name(path: str, name: str, fault: NameFault) -> Problem:
    zh, en = f"文件名 {name} {fault.zh}", f"file name {name} {fault.en}"
    return error(path, 0, 0, zh, en, do="请改名", do_en="rename it", code="file-name")
