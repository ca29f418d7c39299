"""Archives to build in tests: invented articles and scans, written in a moment, and what came of a build."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

REPOSITORY = Path(__file__).parents[1]
PEOPLE = ("林晓", "周予安", "何静姝", "陈砚之", "欧阳澈", "白露")
SECTIONS = ("要闻", "民生", "文化", "副刊")
_WORDS = (
    "海港",
    "老街",
    "渡口",
    "菜场",
    "书店",
    "公园",
    "学校",
    "医院",
    "社区",
    "居民",
    "工程",
    "道路",
    "桥梁",
    "灯塔",
    "渔船",
    "茶馆",
    "展览",
    "比赛",
    "志愿者",
    "图书",
)


def sentence(chance: random.Random) -> str:
    """Some words that read like a sentence."""
    return "".join(chance.choices(_WORDS, k=chance.randint(5, 12))) + "。"


def article(number: int, *, seed: int = 0, title: str = "", extra: str = "") -> tuple[str, str]:
    """Path and text of an invented article; ids run over days, three pages a day, five articles a page."""
    chance = random.Random(f"{number} {seed}")
    day = date(2024, 1, 1) + timedelta(days=number // 15)
    page, place = number // 5 % 3 + 1, number % 5 + 1
    id_ = f"{day}-{page:02d}-{place:02d}"
    people = "、".join(chance.sample(PEOPLE, 2))
    body = "\n\n".join(sentence(chance) + sentence(chance) for _ in range(4))
    text = (
        f"---\nid: {id_}\ntitle: {title or sentence(chance)[:-1]}\nreporter: [{people.replace('、', ', ')}]\n"
        f"date: {day}\nsection: {SECTIONS[number % len(SECTIONS)]}\npage: {page}\n{extra}---\n\n{body}\n"
    )
    return f"articles/{day.year}/{id_}.md", text


def scan(number: int) -> tuple[str, str]:
    """Path and text of an invented page of a newspaper with three articles."""
    chance = random.Random(number)
    day = date(2024, 3, 1) + timedelta(days=number // 2)
    parts = []
    for one in range(3):
        head = f"{chance.choice(_WORDS)}今日{chance.choice(('开工', '开放', '完工'))}{number}之{one}"
        lines = ["　　本报讯（记者 " + chance.choice(PEOPLE) + "）" + sentence(chance)]
        lines += ["　　" + sentence(chance) for _ in range(3)]
        parts.append(head + "\n" + "\n".join(lines))
    return f"scans/{day}/{number % 2 + 1:02d}.txt", "\n\n".join(parts) + "\n"


def write(root: Path, files: Mapping[str, str | bytes]) -> None:
    """Write files below an archive folder."""
    for path, text in files.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text.encode() if isinstance(text, str) else text)


def archive(root: Path, count: int = 12) -> Path:
    """An archive folder with so many articles."""
    write(root, {"site.yaml": "title: 鹭汀新报\nbase_url: https://example.org/\n", **dict(map(article, range(count)))})
    return root


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder by its path; empty where there is none."""
    if not folder.exists():
        return {}
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def marks(folder: Path) -> dict[str, tuple[int, int]]:
    """When and into which file each output was written."""
    return {
        path.relative_to(folder).as_posix(): (path.stat().st_ino, path.stat().st_mtime_ns)
        for path in folder.rglob("*")
        if path.is_file()
    }


def environment(**more: str) -> dict[str, str]:
    """English messages, whatever the tester speaks."""
    return {**os.environ, "LC_ALL": "", "LC_MESSAGES": "", "LANG": "en_US.UTF-8", **more}


def command(*arguments: str | Path) -> list[str]:
    """`python build.py …`."""
    return [sys.executable, str(REPOSITORY / "build.py"), *map(str, arguments)]


def jianbao(*arguments: str | Path, seconds: float = 300, **more: str) -> subprocess.CompletedProcess[str]:
    """Run it to its end."""
    return subprocess.run(
        command(*arguments), env=environment(**more), capture_output=True, text=True, timeout=seconds, cwd=REPOSITORY
    )


def copy(source: Path, target: Path) -> Path:
    """The archive folder once more, without what builds made of it."""
    shutil.copytree(source, target, ignore=shutil.ignore_patterns("public", ".jianbao"))
    return target
