"""Signatures in every form that newspapers print: the line, and who signs in which role."""

import pytest

from jianbao.reading.bylines import read_bare_opening, read_closing, read_opening, read_signature


def signed(text):
    signature = read_signature(text)
    return None if signature is None else [str(byline) for byline in signature.bylines]


@pytest.mark.parametrize(
    ("line", "people"),
    [
        ("■首席记者 吴宇翔", ["首席记者 吴宇翔"]),
        ("通讯员 王永波", ["通讯员 王永波"]),
        ("■记者 王妍竹滢艳通讯员程甦超", ["记者 王妍", "记者 竹滢艳", "通讯员 程甦超"]),
        ("■记者 竹滢艳首席记者 吴宇翔", ["记者 竹滢艳", "首席记者 吴宇翔"]),
        ("见习记者 宋禾", ["见习记者 宋禾"]),
        ("实习记者 宋禾 实习生 王小明", ["实习记者 宋禾", "实习生 王小明"]),
        ("特约记者 张怀远 特约通讯员 李晓峰", ["特约记者 张怀远", "特约通讯员 李晓峰"]),
        (
            "全媒体记者 温腾、赖星 通讯员 徐锦庚、朱文哲",
            ["全媒体记者 温腾", "全媒体记者 赖星", "通讯员 徐锦庚", "通讯员 朱文哲"],
        ),
        ("本报记者李锋 通讯员屈婷章建华", ["本报记者 李锋", "通讯员 屈婷", "通讯员 章建华"]),
        ("本报见习记者 张怀远", ["本报见习记者 张怀远"]),
        ("张怀远 文/图", ["文/图 张怀远"]),
        ("文/图 张怀远", ["文/图 张怀远"]),
        ("李大钊 摄", ["摄 李大钊"]),
        ("摄影 李大钊", ["摄影 李大钊"]),
        ("记者 张怀远 文 李大钊 摄", ["记者 张怀远", "摄 李大钊"]),
        ("记者 刘  强", ["记者 刘强"]),  # padded to the width of three characters
        ("通讯员 欧阳 洁", ["通讯员 欧阳洁"]),
        ("记者 阿依努尔·萨迪克", ["记者 阿依努尔·萨迪克"]),
        ("通讯员 区委宣传部", ["通讯员 区委宣传部"]),
        ("编译 王海燕", ["编译 王海燕"]),
        ("责编 王海燕", ["责编 王海燕"]),
        ("作者：王海燕", ["作者 王海燕"]),
        ("記者 張懷遠 通訊員 劉曉峰", ["記者 張懷遠", "通訊員 劉曉峰"]),
    ],
)
def test_lines_that_sign(line, people):
    assert signed(line) == people


@pytest.mark.parametrize(
    "line",
    [
        "记者从市规划局获悉",
        "区政府党组召开会议听取工作汇报",
        "通讯员",
        "作者单位：某某大学中文系",
        "法律工作者要为法治贡献力量",
        "全球研究与创新论坛记者会侧记",
        "（相关报道见第三版）",
        "本报伦敦2月16日电",
        "他说：“记者同志，你来了。”",
    ],
)
def test_lines_that_do_not(line):
    assert signed(line) is None


def test_before_the_text():
    found = read_opening("本报讯（记者 张怀远 通讯员 李晓峰、王永波）近日，河水涨了。")
    assert found.text == "本报讯 近日，河水涨了。"
    assert [str(b) for b in found.signature.bylines] == ["记者 张怀远", "通讯员 李晓峰", "通讯员 王永波"]
    found = read_opening("本报北京5月11日电 （记者张怀远）日前")
    assert (found.text, str(found.signature.bylines[0])) == ("本报北京5月11日电 日前", "记者 张怀远")
    assert read_opening("（以下简称《方案》）近日") is None


def test_names_in_brackets_without_a_role_stay_in_the_text_and_are_unsure():
    found = read_bare_opening("本报讯（张怀远、李晓峰）近日")
    assert found.text.startswith("本报讯（张怀远")
    assert found.signature.margin <= 0.5


@pytest.mark.parametrize(
    ("text", "rest", "people"),
    [
        ("河水涨了。（记者 张怀远）", "河水涨了。", ["记者 张怀远"]),
        ("河水涨了。（张怀远）", "河水涨了。", ["张怀远"]),
        ("河水涨了。（张怀远 文/图）", "河水涨了。", ["文/图 张怀远"]),
        ("（本报记者靳博参与采写）", "（本报记者靳博参与采写）", ["本报记者 靳博"]),
    ],
)
def test_after_the_text(text, rest, people):
    found = read_closing(text)
    assert (found.text, [str(b) for b in found.signature.bylines]) == (rest, people)


@pytest.mark.parametrize(
    "text",
    ["通过了方案（草案）", "他走了。（完）", "（本报伦敦2月16日电）", "（相关报道见第三版）", "好。（作者为退休教师）"],
)
def test_brackets_that_do_not_sign(text):
    assert read_closing(text) is None
