"""What to tell a person about YAML that cannot be read: one table from the library's words to ours."""

from __future__ import annotations

from typing import Final

import yaml

from jianbao.problems import Problem, error

DEEPEST: Final = 8


def fault(path: str, line: int, column: int, code: str, *filled: object) -> Problem:
    """The error of this code; `filled` go into the sentences' braces."""
    zh, en, do, do_en = (part.format(*filled) if filled else part for part in SAYINGS[code])
    return error(path, line, column, zh, en, do=do, do_en=do_en, code=code)


# code: what is wrong (zh, en), what to write instead (zh, en)
SAYINGS: Final[dict[str, tuple[str, str, str, str]]] = {
    "wide-colon": (
        "冒号是全角的“：”",
        "the colon is the full-width “：”",
        "请写成半角冒号加一个空格：“{0}: …”",
        "write a half-width colon and a space: “{0}: …”",
    ),
    "colon-space": (
        "冒号后面没有空格",
        "no space after the colon",
        "请写成“{0}: …”，冒号后空一格",
        "write “{0}: …” with a space after the colon",
    ),
    "inner-colon": (
        "值里有半角冒号，读不出它到哪里为止",
        "the value has a half-width colon, so where it ends is unclear",
        '请用引号把整个值括起来（title: "快讯: …"），或改用全角冒号“：”',
        'put the whole value in quotes (title: "News: …") or use the full-width colon “：”',
    ),
    "duplicate-key": (
        "“{0}”写了两次（第一次在第 {1} 行）",
        "“{0}” is written twice (first on line {1})",
        "请只留一个",
        "keep only one",
    ),
    "alias": (
        "值以 * 开头，YAML 把它当作引用",
        "the value begins with *, which YAML takes for an alias",
        "请用引号把值括起来",
        "put the value in quotes",
    ),
    "anchor": (
        "值以 & 开头，YAML 把它当作锚点",
        "the value begins with &, which YAML takes for an anchor",
        "请用引号把值括起来",
        "put the value in quotes",
    ),
    "tag": (
        "值以 ! 开头，YAML 把它当作类型标签；这里不许用",
        "the value begins with !, which YAML takes for a type tag; tags are refused",
        "请用引号把值括起来，或删去标签",
        "put the value in quotes or remove the tag",
    ),
    "deep": (
        f"括号或列表套了 {DEEPEST} 层以上",
        f"brackets or lists are nested more than {DEEPEST} deep",
        "每一栏只写文字或一层列表",
        "write a text or a simple list",
    ),
    "documents": (
        "抬头里又出现了一行分隔线",
        "there is another separator inside the front matter",
        "抬头只在首尾各写一行三个减号 ---",
        "write --- only before and after the front matter",
    ),
    "not-map": (
        "抬头不是“名称: 值”的形式",
        "the front matter is not of the form “key: value”",
        "每行写成“title: 标题”这样",
        "write each line as “title: …”",
    ),
    "key": (
        "名称的位置上是列表或括号",
        "a list or bracket stands where a key belongs",
        "每行写成“title: 标题”这样",
        "write each line as “title: …”",
    ),
    "no-colon": (
        "这一行没有冒号",
        "there is no colon on this line",
        "请写成“名称: 值”；若是上一行的续行，请在行首空两格",
        "write “key: value”; a continuation of the line above must be indented by two spaces",
    ),
    "quote": (
        "引号没有成对",
        "a quotation mark is not closed",
        "请在值的末尾补上同样的引号，或改用中文引号“”",
        "close it with the same mark at the end of the value",
    ),
    "after-quote": (
        "引号或方括号之后还有文字",
        "there is text after the closing quotation mark or bracket",
        "请用引号把整个值括起来，里面的引号用中文引号“”",
        "put the whole value in quotes",
    ),
    "bracket": (
        "方括号没有成对，或列表里的引号、逗号写错了",
        "a bracket is not closed, or a quotation mark or comma in the list is wrong",
        "列表写成 [甲, 乙]；正文性的方括号请用【】或给整个值加引号",
        "write lists as [a, b]; put a value with other brackets in quotes",
    ),
    "brace": (
        "花括号没有成对",
        "a brace is not closed",
        "请用引号把整个值括起来",
        "put the whole value in quotes",
    ),
    "special": (
        "值以特殊符号开头",
        "the value begins with a character YAML reserves",
        "请用引号把整个值括起来",
        "put the whole value in quotes",
    ),
    "dash": (
        "值以“- ”开头，YAML 把它当作列表",
        "the value begins with “- ”, which YAML takes for a list",
        "请用引号把整个值括起来；列表请从下一行写起",
        "put the whole value in quotes; begin a list on the next line",
    ),
    "indent": (
        "这一行的缩进与上面不合",
        "the indentation of this line does not fit",
        "名称都顶格写，列表项前空两格",
        "begin keys at the start of the line, indent list items by two spaces",
    ),
    "escape": (
        "双引号里的反斜杠 \\ 有特殊意义",
        "a backslash has a special meaning inside double quotes",
        "请写成两个反斜杠，或改用单引号",
        "double it or use single quotes",
    ),
    "other": (
        "读不懂这里的写法",
        "this cannot be read as YAML",
        "请给值加上引号",
        "put the value in quotes",
    ),
}

# what the library says (a part of it) → our code, and whether the context's mark is the better place
_EXPLAINED: Final[tuple[tuple[str, str, bool], ...]] = (
    ("mapping values are not allowed", "inner-colon", False),
    ("could not find expected ':'", "no-colon", True),
    ("found unexpected end of stream", "quote", True),
    ("found unexpected document indicator", "quote", True),
    ("did not find expected ',' or ']'", "bracket", True),
    ("did not find expected ',' or '}'", "brace", True),
    ("found character that cannot start", "special", False),
    ("did not find expected alphabetic", "special", True),
    ("block sequence entries are not allowed", "dash", False),
    ("mapping keys are not allowed", "special", False),
    ("did not find expected comment or line break", "special", True),
    ("did not find expected node content", "special", False),
    ("found unknown escape character", "escape", False),
    ("did not find expected key", "after-quote", False),
    ("did not find expected '-' indicator", "indent", False),
    ("did not find expected <document start>", "indent", False),
    ("exceeded maximum nesting depth", "deep", False),  # libyaml from 0.2.6; it looks ahead of the events
    ("undefined tag", "tag", True),
    ("tag", "tag", True),
)


def explained(failure: yaml.MarkedYAMLError, text: str, path: str, first_line: int) -> tuple[Problem, int]:
    """The problem that the library met, and the index in `text` where it lies."""
    said = f"{failure.problem or ''} {failure.context or ''}"
    code, by_context = next(((code, context) for part, code, context in _EXPLAINED if part in said), ("other", False))
    mark = (failure.context_mark if by_context else None) or failure.problem_mark or failure.context_mark
    if mark is None:
        return fault(path, first_line, 1, "other"), len(text)
    index = _index_of(text, mark.line, mark.column)
    if code == "after-quote" and not text[:index].rpartition("\n")[2].strip():
        code = "indent"
    if code == "inner-colon" and text[:index].rpartition("\n")[2].startswith(" "):
        code = "indent" if not text[:index].rpartition("\n")[2].strip().startswith("-") else code
    if code == "special" and index < len(text) and text[index] in "*&!":
        code = {"*": "alias", "&": "anchor", "!": "tag"}[text[index]]
    if code == "deep":
        index = _too_deep(text, index)
        start = text.rfind("\n", 0, index) + 1
        return fault(path, first_line + text.count("\n", 0, index), index - start + 1, code), index
    return fault(path, first_line + mark.line, mark.column + 1, code), index


def _too_deep(text: str, index: int) -> int:
    """Where the nesting that is deepest at `index` becomes too deep: at its bracket after the map itself."""
    open_brackets: list[int] = []
    for place, character in enumerate(text[:index]):
        if character in "[{":
            open_brackets.append(place)
        elif character in "]}" and open_brackets:
            open_brackets.pop()
    return open_brackets[DEEPEST - 1] if len(open_brackets) >= DEEPEST else index


def _index_of(text: str, line: int, column: int) -> int:
    start = 0
    for _ in range(line):
        start = text.find("\n", start) + 1
        if start == 0:
            return len(text)
    return min(start + column, len(text))
