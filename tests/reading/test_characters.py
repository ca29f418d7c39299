"""Characters and widths."""

import pytest

from jianbao.text import has_private, join, join_all, straighten, tidy, unmatched, visual_width


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("⾼楼", "高楼"),
        ("⻓江", "长江"),
        ("１２Ａ", "12A"),
        ("水\u200b稻", "水稻"),
        ("a\u00a0b", "a b"),
        ("50％", "50%"),
    ],
)
def test_tidy(text, clean):
    assert tidy(text) == clean


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("12月 3日", "12月3日"),
        ("不该花的钱一分不少,更加", "不该花的钱一分不少，更加"),
        ("中心组(扩大)会议", "中心组（扩大）会议"),
        ('他说："好"', "他说：“好”"),
        ("“好“", "“好”"),
        ("本报讯 日前", "本报讯 日前"),
        ("price 3,000", "price 3,000"),
        ("（见图(1)）", "（见图（1））"),  # a pair of which one half was taken for full width
        ("（一)项", "（一）项"),
        ("<土地标准>", "〈土地标准〉"),
        ('他说: "好。 "', "他说：“好。”"),
        ("2 0 2 3 年 6 月 5 日至 8 日", "2023年6月5日至8日"),
        ("上午 9 时", "上午9时"),
        ("增长 3 . 5 %", "增长 3.5%"),
        ("1. 2023年", "1. 2023年"),
        ("1，200元", "1,200元"),
        ("研发（R&amp;D）投入，见&#38;的写法;好", "研发（R&amp;D）投入，见&#38;的写法；好"),
        ("所谓'单程票'，其实", "所谓‘单程票’，其实"),
        ("it's 5'30，don't", "it's 5'30，don't"),
    ],
)
def test_straighten(text, clean):
    assert straighten(text) == clean


def test_join():
    assert join("方案编", "制。") == "方案编制。"
    assert join("12", "月") == "12月"
    assert join("Nature", "Communications") == "Nature Communications"
    assert join("www.", "example.cn") == "www.example.cn"
    assert join("sun.", "The") == "sun. The"
    assert join("COVID-", "19") == "COVID-19"


def test_join_all_is_join_again_and_again():
    pieces = ["方案编", "制", "", "Nature", "Communications", "12", "月", "co-", "op"]
    text = ""
    for piece in pieces:
        text = join(text, piece)
    assert join_all(pieces) == text
    assert join_all([]) == ""


def test_widths_brackets_and_lost_glyphs():
    assert visual_width("“安居”1") == 9
    assert unmatched("（一）") == ""
    assert unmatched("《方案（试行）") == "《"
    assert has_private("\ue123")
    assert not has_private("龙")
