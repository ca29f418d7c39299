"""What a reader's query asks for; `static/search-text.js` reads it the same way."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from typing import Final

from jianbao.search.folding import fold

_NAMES: Final = {"title": "标题 標題", "reporter": "记者 記者", "section": "栏目 欄目"}
_FIELDS: Final = {name: field for field, names in _NAMES.items() for name in (field, *names.split())}
_QUOTED: Final = r"""["＂]([^"＂]*)["＂]?|(?:“([^“”]*)”|「([^「」]*)」)(?=\s|$)"""
_CLAUSE: Final = re.compile(rf"([-－])?(?:({'|'.join(_FIELDS)})[:：]\s*)?(?:{_QUOTED}|(\S+))", re.IGNORECASE)
_TRIPLE: Final = re.compile(r"[0-9a-z]{3}")


@dataclass(frozen=True, slots=True)
class Clause:
    """One thing asked for: a folded text, in a field (`""` = anywhere), or its absence."""

    text: str
    field: str = ""
    negative: bool = False
    whole: str = ""


def parse(query: str, *, filtered: bool = False) -> tuple[Clause, ...]:
    """The clauses of a query. Nothing but exclusions is read as plain text, unless filters leave something to exclude
    from."""
    clauses = []
    for match in _CLAUSE.finditer(unicodedata.normalize("NFC", query).strip()):
        minus, name, *texts = match.groups()
        given = next((text for text in texts if text is not None), "")
        if text := fold(given).strip():
            clauses.append(Clause(text, _FIELDS.get((name or "").lower(), ""), bool(minus), match[0]))
    if not filtered and all(clause.negative for clause in clauses):
        clauses = [replace(one, text=fold(one.whole).strip(), field="", negative=False) for one in clauses]
    return tuple(clause for clause in clauses if clause.text)


def needed_grams(text: str) -> list[str]:
    """The grams a folded text must have: pairs, triples inside Latin words, a lone character itself."""
    out: dict[str, None] = {}
    for run in text.split(" "):
        if len(run) == 1:
            out[run] = None
        for i in range(len(run) - 1):
            if _TRIPLE.fullmatch(run[i : i + 3]):
                out[run[i : i + 3]] = None
            elif not (i and _TRIPLE.fullmatch(run[i - 1 : i + 2])):
                out[run[i : i + 2]] = None
    return list(out)
