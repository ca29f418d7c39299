"""Why a file of the archive cannot be read, told to the person who can mend it."""

from __future__ import annotations

from jianbao.folder.store import OutsideError, TooLargeError
from jianbao.problems import Problem, error


def unreadable(path: str, failure: Exception) -> Problem:
    """What `Root.read` raised, as a problem of this file."""
    if isinstance(failure, TooLargeError):
        size, limit = failure.size / 1e6, failure.limit / 1e6
        return error(
            path,
            0,
            0,
            f"文件有 {size:.1f} MB，超过上限 {limit:.1f} MB",
            f"the file has {size:.1f} MB, over the limit of {limit:.1f} MB",
            do="拆成几个文件，或在 site.yaml 的 limits 里调高上限",
            do_en="split it, or raise the limit under limits in site.yaml",
            code="too-large",
        )
    if isinstance(failure, OutsideError):
        zh, en = "通向档案文件夹之外", "leads out of the archive folder"
    elif isinstance(failure, FileNotFoundError):
        zh, en = "没有这个文件，或读取时已不在", "there is no such file, or it vanished while it was read"
    elif isinstance(failure, PermissionError):
        zh, en = "没有读取权限", "no permission to read it"
    else:
        reason = getattr(failure, "strerror", None) or failure
        zh, en = f"无法读取（{reason}）", f"cannot be read ({reason})"
    return error(
        path, 0, 0, zh, en, do="请检查这个文件后再运行一次", do_en="look at the file and run again", code="unreadable"
    )
