"""A script as it is published: without the comments and the indentation that its readers in static/ are helped by,
which are a sixth of what a reader of the archive would have to fetch before the first result.

Nothing is parsed: only whole lines go, and where a line might be part of a text that goes over several lines, or of
a comment that begins or ends amid code, the script stays as it is. What must stay with a script (`/*!`, `//!`, `//#`,
`// @`) does.
"""

from __future__ import annotations

from typing import Final

_KEPT: Final = ("//!", "//#", "// @", "/*!")


def lean(script: str) -> str:
    """The same program in fewer characters; line ends stay where they end a statement."""
    out = []
    lines = iter(script.splitlines())
    for line in map(str.strip, lines):
        if line.startswith("//") and not line.startswith(_KEPT):
            continue
        if line.startswith("/*") and not line.startswith(_KEPT):
            while "*/" not in line:
                line = next(lines, "*/ is missing").strip()
            if not line.endswith("*/") or line.count("*/") > 1:
                return script
        elif _may_go_on(line):
            return script
        elif line:
            out.append(line)
    return "\n".join(out) + "\n"


def _may_go_on(line: str) -> bool:
    """Whether the next line may be part of what this one leaves open: a template, a text, a comment."""
    return line.count("`") % 2 == 1 or line.endswith("\\") or line.rfind("/*") > line.rfind("*/")
