"""The machine's doubts are said in the editor's language."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from jianbao.desk.reasons import in_english

PACKAGE = Path(__file__).parents[1] / "src" / "jianbao"


def sentence(node: ast.expr) -> str | None:
    """A text as the source writes it, with `X7` for what is put in; None where the source only hands one on."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(part.value if isinstance(part, ast.Constant) else "X7" for part in node.values)
    return None


def reasons() -> list[str]:
    """Every sentence that the reading may give as a reason, from its source."""
    found: list[str] = []
    for path in [*(PACKAGE / "reading").glob("*.py"), PACKAGE / "articles" / "record.py"]:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Doubt":
                told = sentence(node.args[1])
                found += [told] if told else []
            elif isinstance(node, ast.Assign) and "reason" in {getattr(one, "id", "") for one in node.targets}:
                choices = [node.value.body, node.value.orelse] if isinstance(node.value, ast.IfExp) else [node.value]
                found += [told for one in choices if (told := sentence(one))]
    assert len(found) > 15, "the reasons were not found"
    return sorted(set(found))


@pytest.mark.parametrize("reason", reasons())
def test_every_reason_has_its_english(reason: str) -> None:
    english = in_english(reason)
    assert english.isascii() or not any("\u4e00" <= character <= "\u9fff" for character in english), english
    assert english.count("X7") == reason.count("X7")


def test_an_unknown_reason_stays() -> None:
    assert in_english("从前的理由") == "从前的理由"
