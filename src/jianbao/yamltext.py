"""YAML as people write it at the top of an article: texts, lists of texts, small maps; each with its place.

Every value is text (no dates, octals or booleans by surprise). Tags, anchors, aliases and deep nesting are
refused. Reading goes by the C library's events, so every fault has a line and a column, and after a fault it
goes on behind it, so that one run tells all of them. Nothing here knows which keys there are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

import yaml

from jianbao.problems import Problem
from jianbao.yamlfaults import DEEPEST, explained, fault

_LOADER: Final[Any] = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_MOST_FAULTS: Final = 20


@dataclass(slots=True)
class Node:
    """A value and where it stands: `line`, `column` from 1; `start`, `end` index the text that was parsed."""

    line: int
    column: int
    start: int
    end: int


@dataclass(slots=True)
class Scalar(Node):
    """A text; `plain` where it is written without quotes."""

    text: str
    plain: bool


@dataclass(slots=True)
class Items(Node):
    """A list; `block` where each item has its own line (`- …`)."""

    items: list[Node]
    block: bool


@dataclass(slots=True)
class Mapping(Node):
    """A map in the order written; `keys` says where each key stands, `broken` which could not be read."""

    values: dict[str, Node] = field(default_factory=dict)
    keys: dict[str, Scalar] = field(default_factory=dict)
    broken: frozenset[str] = frozenset()


# Line breaks only YAML knows become spaces; a space that is none for YAML becomes one where structure stands.
# Each is one character for one, so that places stay right.
_BREAKS: Final = {0x85: " ", 0x2028: " ", 0x2029: " ", 0xFEFF: "\u200b"}
_INVISIBLE: Final = dict.fromkeys([0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0xAD])
_AFTER_COLON: Final = re.compile(r"(?m)^([^\S\r\n]*)(- )?([^\s:#'\"\[\]{}][^:\r\n'\"\[\]{}]{0,60}:)([^\S\r\n]+)")
_BLANKS_BEFORE: Final = re.compile(r"(?m)^[^\S\r\n]*[\u3000\t\xa0][^\S\r\n]*")
_WIDE_COLON: Final = re.compile(r"(?m)^([^\s:：#'\"\[\]{},，。、-][^\s:：'\"\[\]{}]{0,30})[^\S\r\n]*：")
_NO_SPACE: Final = re.compile(r"(?m)^([A-Za-z_]{2,20}|[\u4e00-\u9fff]{1,6}):(?=[^\s/:])")


def parse(text: str, path: str, first_line: int = 1) -> tuple[Mapping | None, list[Problem]]:
    """The map that `text` holds and what is wrong with it; `first_line` is the file's line number of its
    first line. What could be read is returned even beside faults."""
    problems: list[Problem] = []
    whole = text = _smoothed(text)
    text = _mend_colons(text, path, first_line, problems)
    for _ in range(_MOST_FAULTS):
        try:
            mapping = _Reader(text, path, first_line, problems).read()
            if mapping is not None:
                mapping.broken = _keys(whole) - _keys(text)
            return mapping, problems
        except _RefusedError as refused:
            problem, index = refused.problem, refused.index
        except yaml.MarkedYAMLError as failure:
            problem, index = explained(failure, text, path, first_line)
        except yaml.YAMLError:  # a character YAML does not allow, without a mark
            return None, [*problems, fault(path, first_line, 1, "other")]
        problems.append(problem)
        text = _without_entry(text, index)
    return None, problems


def _smoothed(text: str) -> str:
    text = text.translate(_BREAKS)
    text = _BLANKS_BEFORE.sub(_outdented, text)
    return _AFTER_COLON.sub(lambda match: match[0][: match.start(4) - match.start()] + " " * len(match[4]), text)


def _outdented(match: re.Match[str]) -> str:
    """Blanks YAML does not know before a key stand for nothing, before a list's item for an indent."""
    text = match.string
    rest = text[match.end() : match.end() + 62]
    above = text[: match.start()].rstrip().rpartition("\n")[2]
    is_key = re.match(r"[^\s:：#'\"\[\]{}-][^:：\n]{0,60}[:：]", rest) and not above.endswith(":")
    return ("\u200b" if is_key else " ") * len(match[0])


def _mend_colons(text: str, path: str, first_line: int, problems: list[Problem]) -> str:
    """Say which keys bear no proper colon, and take their lines out (column 0 is always a key's place)."""
    for pattern, code in ((_WIDE_COLON, "wide-colon"), (_NO_SPACE, "colon-space")):
        for match in reversed(list(pattern.finditer(text))):
            if not _between_entries(text, match.start()):
                continue
            line = first_line + text.count("\n", 0, match.start())
            key, column = match[1], match.end(1) - match.start() + 1
            problems.append(fault(path, line, column, code, key))
            text = _without_entry(text, match.start())
    return text


def _keys(text: str) -> frozenset[str]:
    return frozenset(match[1].strip() for match in re.finditer(r"(?m)^([^\s:：#-][^:：\n]{0,60})[:：]", text))


def _between_entries(text: str, index: int) -> bool:
    """Whether no quote or bracket is open at `index`, as far as lines before tell."""
    before = text[:index]
    start = max((match.start() for match in re.finditer(r"(?m)^[^\s#-][^\n]*:(?:\s|$)", before)), default=0)
    value = before[start:].partition(":")[2].strip()
    if value[:1] in ("'", '"'):
        return value.count(value[0]) % 2 == 0
    return value[:1] != "[" or "]" in value


def _without_entry(text: str, index: int) -> str:
    """`text` with the top-level entry around `index` blanked out, line count and length unchanged."""
    start = text.rfind("\n", 0, min(index, len(text))) + 1
    while start > 0 and text[start : start + 1] in (" ", "-", "\r", "\n", "#", ""):
        start = text.rfind("\n", 0, start - 1) + 1
    end = text.find("\n", max(index, start))
    end = len(text) if end < 0 else end + 1
    while end < len(text) and text[end] in " -\r\n":
        following = text.find("\n", end)
        end = len(text) if following < 0 else following + 1
    return text[:start] + re.sub(r"[^\r\n]", " ", text[start:end]) + text[end:]


class _RefusedError(Exception):
    """Something YAML allows and an archive must not."""

    def __init__(self, problem: Problem, index: int) -> None:
        super().__init__(problem.message.en)
        self.problem, self.index = problem, index


class _Reader:
    """Turns events into nodes, without recursion: depth is bounded by a count, not by the stack."""

    def __init__(self, text: str, path: str, first_line: int, problems: list[Problem]) -> None:
        self.text, self.path, self.first_line, self.problems = text, path, first_line, problems
        self.stack: list[tuple[Node, Scalar | None]] = []
        self.top: Node | None = None

    def read(self) -> Mapping | None:
        seen: list[Problem] = []
        documents = 0
        for event in _events(self.text):
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise self._refuse(event, "documents")
            elif isinstance(event, yaml.AliasEvent):
                raise self._refuse(event, "alias")
            elif isinstance(event, yaml.ScalarEvent):
                self._check(event)
                self._put(Scalar(*self._place(event), event.value, not event.style), seen)
            elif isinstance(event, yaml.SequenceStartEvent):
                self._check(event)
                self._open(Items(*self._place(event), [], not event.flow_style), seen)
            elif isinstance(event, yaml.MappingStartEvent):
                self._check(event)
                self._open(Mapping(*self._place(event)), seen)
            elif isinstance(event, yaml.SequenceEndEvent | yaml.MappingEndEvent):
                self._close(event)
        self.problems += seen
        if self.top is None or (isinstance(self.top, Scalar) and not self.top.text.strip()):
            return Mapping(self.first_line, 1, 0, 0)
        if isinstance(self.top, Mapping):
            return self.top
        self.problems.append(fault(self.path, self.top.line, self.top.column, "not-map"))
        return None

    def _place(self, event: yaml.Event) -> tuple[int, int, int, int]:
        start, end = event.start_mark, event.end_mark
        assert start is not None and end is not None  # the C parser marks every event
        return self.first_line + start.line, start.column + 1, start.index, end.index

    def _refuse(self, event: yaml.Event, code: str) -> _RefusedError:
        line, column, index, _ = self._place(event)
        return _RefusedError(fault(self.path, line, column, code), index)

    def _check(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> None:
        if event.anchor is not None:
            raise self._refuse(event, "anchor")
        if event.tag is not None and event.tag != "!":
            raise self._refuse(event, "tag")
        if len(self.stack) >= DEEPEST:
            raise self._refuse(event, "deep")

    def _open(self, node: Items | Mapping, seen: list[Problem]) -> None:
        self._put(node, seen)
        self.stack.append((node, None))

    def _close(self, event: yaml.Event) -> None:
        node, _ = self.stack.pop()
        inner = node.items if isinstance(node, Items) else []
        if isinstance(node, Mapping):
            inner = list(node.values.values())
        in_brackets = self.text[node.start : node.start + 1] in ("[", "{")
        node.end = self._place(event)[3] if in_brackets or not inner else max(child.end for child in inner)

    def _put(self, node: Node, seen: list[Problem]) -> None:
        if not self.stack:
            self.top = node
            return
        parent, key = self.stack[-1]
        if isinstance(parent, Items):
            parent.items.append(node)
        elif isinstance(parent, Mapping):
            if key is None:
                if not isinstance(node, Scalar):
                    place = fault(self.path, node.line, node.column, "key")
                    raise _RefusedError(place, node.start)
                self.stack[-1] = (parent, node)
                return
            name = key.text.translate(_INVISIBLE).strip()
            if name in parent.values:
                first = parent.keys[name]
                seen.append(fault(self.path, key.line, key.column, "duplicate-key", name, first.line))
            else:
                parent.values[name], parent.keys[name] = node, key
            self.stack[-1] = (parent, None)


def _events(text: str) -> Iterator[yaml.Event]:
    # The stubs know the function and not that the C loader is one.
    make: Callable[..., Iterator[yaml.Event]] = yaml.parse
    return make(text, Loader=_LOADER)
