"""Publishing in one step: the new site is staged beside the old one and the two folders change places.

Two trees share their files by hard links: `out`, which readers see, and the stage. A build applies its changes
to the stage, exchanges the two (`renameat2` with RENAME_EXCHANGE on Linux, `renamex_np` with RENAME_SWAP on
macOS, elsewhere a journalled pair of renames), then applies the same changes to the tree that is now the stage.
So a correction costs what it changes, whatever the size of the site.

Where `out` is itself a mount point it cannot change places: there the stage holds the changed files alone, and a
journal sees to it that they are all copied, also after a kill.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Collection, Iterable, Mapping
from hashlib import blake2b
from pathlib import Path

from jianbao.folder.layout import WORK
from jianbao.folder.store import RACY, Root, write_whole
from jianbao.folder.trees import exchange, link, marks, place, remove_output, replace, twin, walk, walk_lately
from jianbao.problems import Problem, error

LIST_NAME = ".jianbao-files"  # in the published folder: the files Jianbao put there
_OUTSIDE = re.compile(r"\0|^/|(?:^|/)\.\.?(?:/|$)").search
_LITTER = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})  # what file managers leave; no reason to stop


class Publisher:
    """The published folder `out` and its stage below `work` (made on the same file system as `out`)."""

    def __init__(self, out: Path, work: Path) -> None:
        self.out = out
        self.work = work if _same_device(work, out.parent) else out.parent / f".{out.name}.jianbao"
        self.stage = self.work / "stage"
        self._in_sync = self.work / "stage-in-sync"
        self._journal = self.work / "publish.json"
        # The list once more, for a published folder that has lost it: one for each folder that is published to.
        self._copy = work / f"files-{blake2b(os.fsencode(out), digest_size=6).hexdigest()}"
        # When the folder was last published, by the clock of its file system.
        self._moment = work / f"{self._copy.name}-moment"
        self.in_place = out.exists() and not _same_device(out, out.parent)  # a mount point cannot be renamed

    # -- before ---------------------------------------------------------------------------------------------
    def recover(self) -> None:
        """Finish or undo what a killed build left: after this `out` is the old site or the new one, whole."""
        self._finish_journal()
        if not self.is_twin() and self.stage.exists():
            shutil.rmtree(self.stage)

    def listed(self) -> frozenset[str]:
        """The files that earlier builds say they put into `out`; empty where there was none."""
        return self.files().union(_paths(_text(self._copy)))

    def files(self) -> frozenset[str]:
        """The files on the list of what is published."""
        return frozenset(_paths(_text(self.out / LIST_NAME)))

    def listing(self) -> bytes:
        """The list of what is published (see `Published`); empty where there is none."""
        return _inside(_text(self.out / LIST_NAME)).encode("utf-8", "surrogateescape")

    def unlisted(self, known: Collection[str] = ()) -> dict[str, str]:
        """Every file in `out` with its mark (size and time) but the `known` ones and the list itself."""
        return marks(self.out, [path for path in walk(self.out) if path not in known and path != LIST_NAME])

    def lately(self, listing: bytes) -> dict[str, str]:
        """Those of the `unlisted` that came since it was published; all of them where that moment is not known."""
        moment = _text(self._moment)
        if self.in_place or not moment.isdigit():
            return self.unlisted(self.files())
        # File systems that count in parts of a second (and clocks that step by hundredths of one) are told by that.
        coarse = RACY if int(moment) % 1_000_000 == 0 else RACY // 20
        came = walk_lately(self.out, listing, int(moment) - coarse)
        return marks(self.out, [path for path in came if path != LIST_NAME])

    def foreign(self, unlisted: Collection[str]) -> list[str]:
        """Those of the files in `out` that no build of Jianbao put there, in order."""
        listed = self.listed() if unlisted else ()
        return sorted(path for path in unlisted if path not in listed and not _is_litter(path.rpartition("/")[2]))

    # -- a build --------------------------------------------------------------------------------------------
    def open_stage(self) -> Path:
        """The folder to write changes into: a twin of `out` as it stands (empty where `out` is a mount point)."""
        self.work.mkdir(parents=True, exist_ok=True)
        if not self.is_twin():
            shutil.rmtree(self.stage, ignore_errors=True)
            if self.out.exists() and not self.in_place:
                twin(self.out, self.stage)
            else:
                self.stage.mkdir(parents=True)
        self._in_sync.unlink(missing_ok=True)
        return self.stage

    def close_stage(self, written: Iterable[str], removed: Iterable[str], listing: bytes | None) -> None:
        """Publish: `written` lie in the stage, `removed` go, `listing` is the list of everything there is now (None:
        the same as before)."""
        written, removed = list(written), list(removed)
        if listing is not None:
            written.append(LIST_NAME)
            place(self.stage, LIST_NAME, listing)
            write_whole(self._copy, listing)
        if self.in_place:
            self._note({"written": written, "removed": removed})
            self._finish_journal()
            return
        for path in removed:
            remove_output(self.stage, path)
        os.utime(self.stage)
        moment = self.stage.stat().st_mtime_ns  # all that we do to what is published has been done
        if not self.out.exists():
            self.out.parent.mkdir(parents=True, exist_ok=True)
            self.stage.rename(self.out)
            self._moment.write_text(f"{moment}")
            return  # the twin is made by the next build that needs it
        self._exchange()
        self._moment.write_text(f"{moment}")
        for path in written:
            link(f"{self.out}/{path}", f"{self.stage}/{path}")
        for path in removed:
            remove_output(self.stage, path)
        self._in_sync.write_text(self._stage_mark(), "utf-8")

    def abandon(self, touched: Iterable[str]) -> None:
        """Nothing is published: the stage becomes what `out` is again. `touched`: all that may have been staged."""
        if self.in_place or not self.out.exists():
            shutil.rmtree(self.stage, ignore_errors=True)
            return
        for path in touched:
            if os.path.lexists(self.out / path):
                link(f"{self.out}/{path}", f"{self.stage}/{path}")
            else:
                remove_output(self.stage, path)
        self._in_sync.write_text(self._stage_mark(), "utf-8")

    def is_twin(self) -> bool:
        """Whether the stage is known to hold what `out` holds; not where somebody has cleared parts of it."""
        return not self.in_place and self.stage.is_dir() and _text(self._in_sync) == self._stage_mark()

    def _stage_mark(self) -> str:
        facts = self.stage.stat()
        return f"{facts.st_ino}-{facts.st_mtime_ns}"

    # -- exchanging -----------------------------------------------------------------------------------------
    def _exchange(self) -> None:
        if exchange(self.stage, self.out):
            return
        old = self.work / "old"
        shutil.rmtree(old, ignore_errors=True)
        self._note({"exchange": str(self.out)})
        self.out.rename(old)
        self.stage.rename(self.out)
        old.rename(self.stage)
        self._journal.unlink()

    def _note(self, what: Mapping[str, object]) -> None:
        write_whole(self._journal, json.dumps(what, ensure_ascii=True).encode())

    def _finish_journal(self) -> None:
        text = _text(self._journal)
        if not text:
            return
        try:
            noted = json.loads(text)
            written, removed = (_paths("\n".join(noted[what])) for what in ("written", "removed"))
        except (ValueError, KeyError, TypeError):  # another note, or a damaged one: the folders themselves tell
            self._finish_exchange()
        else:
            for path in written:
                if os.path.lexists(self.stage / path):
                    replace(self.out, path, self.stage / path)
            for path in removed:
                remove_output(self.out, path)
            self._journal.unlink()
            shutil.rmtree(self.stage, ignore_errors=True)

    def _finish_exchange(self) -> None:
        old = self.work / "old"
        if not self.out.exists():
            (self.stage if self.stage.exists() else old).rename(self.out)
        shutil.rmtree(self.stage, ignore_errors=True)
        shutil.rmtree(old, ignore_errors=True)
        self._journal.unlink()


def output_fault(root: Root, out: Path, *, named: bool) -> Problem | None:
    """Why nothing can be published to `out`; None where it can. `named`: the person gave the folder."""
    real = out.resolve()
    inside = [
        name for name in ("articles", "scans", "templates", "static", "src", WORK) if _within(real, root.folder / name)
    ]
    if inside or real == root.folder or real in root.folder.parents:
        return _fault(
            out,
            f"输出文件夹与档案自己的{f' {inside[0]}/' if inside else '文件夹'}重叠",
            f"the output folder lies over the archive's own {inside[0] + '/' if inside else 'folder'}",
            "output-overlap",
        )
    if out.is_symlink() and not named and not _within(real, root.folder):
        return _fault(out, "是通向档案之外的符号链接", "is a symbolic link out of the archive", "output-link")
    if out.exists() and not out.is_dir():
        return _fault(out, "不是文件夹", "is not a folder", "output-file")
    return None


def foreign_fault(out: Path, foreign: list[str]) -> Problem | None:
    """That files lie in `out` which Jianbao did not write and would not keep; None where there are none."""
    if not foreign:
        return None
    names, count = "、".join(foreign[:3]), len(foreign)
    return _fault(
        out,
        f"输出文件夹里有 {count} 个不是剪报写的文件：{names}",
        f"the output folder holds {count} files that Jianbao did not write: {names}",
        "output-foreign",
    )


def _fault(out: Path, zh: str, en: str, code: str) -> Problem:
    hint = (
        "换一个空文件夹（--out），或移走这些文件；要随网站发布的文件请放进 static/",
        "choose an empty folder with --out, or move them; files to publish go into static/",
    )
    return error(str(out), 0, 0, zh, en, do=hint[0], do_en=hint[1], code=code)


def _is_litter(name: str) -> bool:
    return name in _LITTER or (name.startswith(".") and name.endswith(".tmp"))


def _within(path: Path, folder: Path) -> bool:
    return path == folder or folder in path.parents


def _paths(lines: str) -> list[str]:
    return [path for path in _inside(lines).split("\n") if path]


def _inside(lines: str) -> str:
    """The paths in a text, one on each line, but for what leads out of the folder: whoever wrote that, we did not."""
    # What leads out has one of these; to look for them is quicker, and hardly a list has any.
    if lines.startswith(("/", ".", "\n")) or any(sign in lines for sign in ("\0", "/.", "\n.", "\n/", "\n\n")):
        return "".join([f"{path}\n" for path in lines.split("\n") if path and not _OUTSIDE(path)])
    return lines if lines.endswith("\n") or not lines else lines + "\n"


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8", "surrogateescape")
    except (FileNotFoundError, NotADirectoryError):
        return ""


def _same_device(one: Path, other: Path) -> bool:
    return _existing(one).stat().st_dev == _existing(other).stat().st_dev


def _existing(path: Path) -> Path:
    while not path.exists():
        path = path.parent
    return path
