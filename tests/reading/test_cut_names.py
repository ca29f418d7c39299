"""Names cut out of glued runs, and told from organisations."""

import pytest

from jianbao.reading.signatures.name_cuts import cut
from jianbao.reading.signatures.names import is_name, surname_of
from jianbao.reading.signatures.units import is_organisation


@pytest.mark.parametrize(
    ("run", "names"),
    [
        ("王妍竹滢艳", ("王妍", "竹滢艳")),  # a rare surname after a common one
        ("罗依莲刘莹", ("罗依莲", "刘莹")),
        ("毛磊桑彤", ("毛磊", "桑彤")),
        ("欧阳洁孙广勇", ("欧阳洁", "孙广勇")),  # a compound surname
        ("岳冉冉林芮", ("岳冉冉", "林芮")),  # a doubled given name
        ("次仁多吉", ("次仁多吉",)),  # no Chinese surname: kept whole
        ("区委宣传部", ("区委宣传部",)),  # an office is never cut into names
        ("史一棋", ("史一棋",)),
    ],
)
def test_cut(run, names):
    assert cut(run).names == names


def test_a_known_name_counts_as_evidence():
    assert cut("彭敏高石华义").names != ("彭敏", "高石", "华义")
    assert cut("彭敏高石华义", {"彭敏": 4, "高石": 2}).names == ("彭敏", "高石", "华义")


def test_the_margin_is_thin_where_two_cuts_are_alike():
    assert cut("罗依莲刘莹").margin > 0.8
    assert cut("王妍竹滢艳").margin < 0.5


@pytest.mark.parametrize("text", ["区委宣传部", "本报综合", "市住建局", "镇政府办公室", "本报评论员", "县融媒体中心"])
def test_organisations(text):
    assert is_organisation(text)
    assert not is_name(text)


@pytest.mark.parametrize("text", ["王海局", "陈建办", "张部", "司马台", "欧阳修", "阿依努尔·萨迪克"])
def test_people_whose_names_look_like_offices(text):
    assert not is_organisation(text) or "·" in text
    assert is_name(text)


def test_surnames():
    assert surname_of("欧阳洁") == "欧阳"
    assert surname_of("歐陽潔") == "歐陽"
    assert surname_of("輖整理") == ""
