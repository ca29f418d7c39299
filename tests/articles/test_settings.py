"""site.yaml is read as forgivingly as an article."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from jianbao.config import Limits
from jianbao.folder.store import Root
from jianbao.model import PaperDate
from jianbao.problems import Severity
from jianbao.settings import load_config, read_config

FULL = """\
# 设置
title: 鹭汀新报 数字档案
base_url: https://example.org/bao/
language: zh-TW
interface: en
newspaper: 鹭汀新报
issn: 1234-5678
sections: [要闻, 民生]
first_issue: 2002年8月16日
limits:
  scan: 30MB
  article: 500 KB
"""


def test_a_colon_in_a_section_is_said_to_be_one() -> None:
    config, problems = read_config("title: 鹭汀新报\nsections:\n  - 民生: 社会\n".encode())
    assert config is None
    (problem,) = problems
    assert (problem.line, problem.code) == (3, "is-list")
    assert "冒号" in problem.hint.zh and "colon" in problem.hint.en


def test_all_of_it() -> None:
    config, problems = read_config(FULL.encode())
    assert problems == []
    assert config is not None
    assert config.title == "鹭汀新报 数字档案"
    assert config.base_url == "https://example.org/bao/"
    assert (config.language, config.interface) == ("zh-Hant", "en")
    assert config.paper == "鹭汀新报"
    assert config.sections == ("要闻", "民生")
    assert config.first_issue == PaperDate(2002, 8, 16)
    assert config.limits == Limits(30_000_000, 500_000)


def test_the_digest_is_of_the_meaning() -> None:
    one = read_config(FULL.encode())[0]
    other = read_config(FULL.replace("2002年8月16日", "2002-08-16").replace("# 设置\n", "").encode())[0]
    third = read_config(FULL.replace("要闻", "头版").encode())[0]
    assert one is not None
    assert other is not None
    assert third is not None
    assert one.digest == other.digest != third.digest


def test_everything_wrong_is_said_at_once() -> None:
    text = "title: 甲\nbase_url: example.org\nlanguage: 法语\nfirst_issue: 2002-13\n"
    text += "limits:\n  scan: 很大\nsections: [../x]\n"
    config, problems = read_config(text.encode())
    assert config is None
    assert [(p.line, p.column, p.code) for p in problems] == [
        (2, 11, "base_url"),
        (3, 11, "language"),
        (4, 14, "date-form"),
        (6, 9, "limits"),
        (7, 12, "section-path"),
    ]
    assert "https://" in problems[0].text("zh")


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("https://example.org", "https://example.org/"),
        ("HTTPS://Example.org/Bao//", "https://example.org/Bao/"),
        ("https://example.org/a b/", "https://example.org/a%20b/"),
        ("https://example.org/a%20b/", "https://example.org/a%20b/"),
        ("https://example.org/100%/", "https://example.org/100%25/"),
        ("https://example.org/旧报/<b>", "https://example.org/%E6%97%A7%E6%8A%A5/%3Cb%3E/"),
        ("http://例子.中国:8080/~a/", "http://xn--fsqu00a.xn--fiqs8s:8080/~a/"),
        ("http://[::1]:80", "http://[::1]:80/"),
    ],
)
def test_an_address_is_read_as_machines_write_it(written: str, read: str) -> None:
    config, problems = read_config(f"title: 甲\nbase_url: {written}\n".encode())
    assert (config and config.base_url, problems) == (read, [])


@pytest.mark.parametrize(
    "written",
    [
        "example.org",
        "ftp://example.org",
        "https://",
        "https:///a",
        "https://exa mple.org/",
        "https://me:pw@example.org/",
        "https://example.org/?a=1",
        "https://example.org/#top",
        "https://example.org:port/",
        "https://[x/",
        '"https://a..b/"',
    ],
)
def test_what_is_no_address_is_said_to_be_none(written: str) -> None:
    config, (problem,) = read_config(f"title: 甲\nbase_url: {written}\n".encode())
    assert config is None
    assert (problem.line, problem.code) == (2, "base_url")
    assert "https://域名/" in problem.hint.zh


def test_an_unknown_setting_names_the_nearest() -> None:
    config, problems = read_config("title: 甲\nbaseurl: https://x.org\n报名: 乙\nwether: 晴\n".encode())
    assert config is not None
    assert [p.severity for p in problems] == [Severity.WARNING] * 3
    assert "base_url" in problems[0].text("zh")
    assert "newspaper" in problems[1].text("en")


def test_a_title_is_needed() -> None:
    config, problems = read_config("newspaper: 甲\n".encode())
    assert config is None
    assert [p.code for p in problems] == ["title"]


def test_an_empty_folder_has_default_settings(tmp_path: Path) -> None:
    config, problems = load_config(Root(tmp_path))
    assert config is not None
    assert config.title
    assert [p.severity for p in problems] == [Severity.WARNING]


@given(
    st.text(max_size=80)
    | st.lists(st.sampled_from(["title", ": ", "甲", "\n", "limits:", "  ", "[", "- "])).map("".join)
)
@settings(max_examples=500, deadline=None)
@example("title:")
def test_no_settings_break_the_reader(text: str) -> None:
    config, problems = read_config(text.encode("utf-8", "surrogatepass"))
    assert config is not None or problems


@pytest.mark.parametrize("text", ["title:", "title: [甲]", "title: {甲: 乙}", "subtitle: 甲"])
def test_a_missing_title_is_said_once(text: str) -> None:
    config, problems = read_config(text.encode())
    assert config is None
    assert len(problems) == 1
