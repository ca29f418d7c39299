"""Signatures in every form that newspapers print: the line, and who signs in which role."""

import pytest

from jianbao.reading.page import read_page
from jianbao.reading.signatures.bylines import is_body, read_signature
from jianbao.reading.signatures.hints import may_sign
from jianbao.reading.signatures.in_text import read_bare_opening, read_closing, read_opening
from jianbao.reading.signatures.sign_offs import is_unnamed
from jianbao.reading.signatures.signed_lines import read_lines


def signed(text):
    signature = read_signature(text)
    return None if signature is None else [str(byline) for byline in signature.bylines]


@pytest.mark.parametrize(
    ("line", "people"),
    [
        ("■首席记者 吴宇翔", ["首席记者 吴宇翔"]),
        ("本报特派记者 王伟 发自东京", ["本报特派记者 王伟"]),
        ("文·李牧之", ["文 李牧之"]),
        ("文：李牧之", ["文 李牧之"]),
        ("特派北京记者 王伟 李娜", ["特派北京记者 王伟", "特派北京记者 李娜"]),
        ("人民网记者 王伟", ["人民网记者 王伟"]),
        ("中青报·中青网记者 王伟", ["中青报·中青网记者 王伟"]),
        ("本报记者 王伟 北京报道", ["本报记者 王伟"]),
        ("记者 王伟 青州报道", ["记者 王伟"]),  # a place, though it could be a name
        ("文字/王伟 摄影/李强", ["文字 王伟", "摄影 李强"]),
        ("口述/王伟 记录/李强", ["口述 王伟", "记录 李强"]),
        ("文/图 新快记者 王伟", ["新快记者 王伟"]),
        ("文\\王伟", ["文 王伟"]),
        ("■文/本报记者 王伟 图/受访者提供", ["本报记者 王伟", "图 受访者"]),
        ("王伟 文并摄影", ["文并摄影 王伟"]),
        ("本报主笔 王伟", ["本报主笔 王伟"]),
        ("王伟 辑", ["辑 王伟"]),
        ("上游新闻·重庆晨报记者 王伟", ["上游新闻·重庆晨报记者 王伟"]),
        ("记者 王伟 李强报道", ["记者 王伟", "记者 李强"]),
        ("省果树研究所 高级农艺师 王伟", ["省果树研究所 高级农艺师 王伟"]),
        ("王伟（作者系县一中教师）", ["作者 王伟"]),
        ("王伟 李娜 （县融媒体中心）", ["王伟", "李娜"]),
        ("[美] 约翰·史密斯 著 王伟 译", ["著 约翰·史密斯", "译 王伟"]),
        ("王伟 口述 李娜 整理", ["口述 王伟", "整理 李娜"]),
        ("口述 王伟 整理 李娜", ["口述 王伟", "整理 李娜"]),
        ("本版撰文：王伟 摄影：李娜", ["本版撰文 王伟", "摄影 李娜"]),
        ("责任记者 王伟", ["责任记者 王伟"]),
        ("据新华社电", ["据新华社电"]),
        ("高二（3）班 王伟", ["高二（3）班 王伟"]),
        ("青山路小学 五年级二班 王伟 指导老师：李娜", ["青山路小学 五年级二班 王伟", "指导老师 李娜"]),
        ("党委宣传部 王伟", ["党委宣传部 王伟"]),
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
        # what follows the names adds to a role printed before them, but a picture's role takes its place
        ("本报记者 王妍 通讯员 李强 文/图", ["本报记者 王妍", "通讯员 李强"]),
        ("记者王海燕 通讯员李强 赵敏报道", ["记者 王海燕", "通讯员 李强", "通讯员 赵敏"]),
        ("本报记者 王海燕 摄影报道", ["本报记者 王海燕"]),
        ("记者 王海燕 摄", ["摄 王海燕"]),
        ("记者 王海燕 李强摄", ["记者 王海燕", "摄 李强"]),
        ("记者 王海燕/文 李强/图", ["记者 王海燕", "图 李强"]),
        ("王海燕文 李强图", ["文 王海燕", "图 李强"]),
        ("文/文静", ["文 文静"]),
        ("文丨王海燕 图丨李强", ["文 王海燕", "图 李强"]),  # 丨 is a character that looks like a bar
        ("文图/王海燕", ["文图 王海燕"]),
        ("文/本报记者 王海燕 图/本报记者 李强", ["本报记者 王海燕", "本报记者 李强"]),  # 图/ leads, it does not follow
        ("王海燕 文 /图", ["文/图 王海燕"]),
        ("口述：李强 整理：王海燕", ["口述 李强", "整理 王海燕"]),
        ("指导老师 李强", ["指导老师 李强"]),
        # whose reporter it is belongs to the role
        ("本报驻京记者 王海燕", ["本报驻京记者 王海燕"]),
        ("本报北京记者 王海燕", ["本报北京记者 王海燕"]),
        ("星报记者 王海燕", ["星报记者 王海燕"]),
        ("星城日报全媒体记者 王海燕", ["星城日报全媒体记者 王海燕"]),
        # marks that OCR read as something else, or set wide
        ("口记者 王海燕", ["记者 王海燕"]),
        ("☐记者 王海燕", ["记者 王海燕"]),
        ("记 者 王海燕　通 讯 员 李 强", ["记者 王海燕", "通讯员 李强"]),
        ("本报 记者 王海燕", ["本报记者 王海燕"]),
        ("记者 阿依努尔•萨迪克", ["记者 阿依努尔·萨迪克"]),
        ("■王妍竹滢艳", ["王妍", "竹滢艳"]),  # a marker alone makes glued names a signature
        ("■刘 强", ["刘强"]),
        # peoples without surnames of one character
        ("记者 次仁卓玛 扎西顿珠", ["记者 次仁卓玛", "记者 扎西顿珠"]),
        ("记者 呼格吉勒图", ["记者 呼格吉勒图"]),
        # organisations are never cut
        ("通讯员 市红十字会", ["通讯员 市红十字会"]),
        ("通讯员 市妇联 星城消防", ["通讯员 市妇联", "通讯员 星城消防"]),
        ("中国气象局 供稿", ["供稿 中国气象局"]),
        # whose correspondent it is, and where somebody who signs lives
        ("柳湾街道通讯员 王海燕", ["柳湾街道通讯员 王海燕"]),
        ("柳湾街道 通讯员 王海燕", ["柳湾街道 通讯员 王海燕"]),
        ("青州 王海燕", ["青州 王海燕"]),
        ("北京 王海燕", ["北京 王海燕"]),
        ("清源县 柳湾村 王海燕", ["清源县 柳湾村 王海燕"]),
        ("县气象局 王海燕 本报记者 李强", ["县气象局 王海燕", "本报记者 李强"]),
        ("县图书馆 王海燕 摄影报道", ["县图书馆 摄影报道 王海燕"]),
        ("县图书馆 王海燕 县文化馆 李强", ["县图书馆 王海燕", "县文化馆 李强"]),
        # who asks and who is asked
        ("采访者：王海燕", ["采访者 王海燕"]),
        ("口述人：李强 整理：王海燕", ["口述人 李强", "整理 王海燕"]),
        ("采访人：本报记者 王海燕", ["采访人 本报记者 王海燕"]),
        ("受访人：高级技工 李强", ["受访人 高级技工 李强"]),
        ("受访者：李强", ["受访者 李强"]),
        ("本期解答：星城律师事务所律师 李强", ["本期解答 星城律师事务所律师 李强"]),
        # an office, also behind the name, and then also before a rare one
        ("王海燕（县文化馆副馆长）", ["县文化馆副馆长 王海燕"]),
        ("县中医院主任医师 罗藿香", ["县中医院主任医师 罗藿香"]),
        ("【记者 王海燕】", ["记者 王海燕"]),
        # only who stands last has translated
        ("（英）托马斯·里德 王海燕 译", ["托马斯·里德", "译 王海燕"]),
        ("[俄] 列夫·谢尔盖 王海燕译", ["列夫·谢尔盖", "译 王海燕"]),
        ("王海燕 李强 译", ["译 王海燕", "译 李强"]),
        ("融媒体记者 王海燕/文李强/图", ["融媒体记者 王海燕", "图 李强"]),  # two lines joined behind 文
        # words that begin no sentence about reporters but are a name
        ("记者 从维熙", ["记者 从维熙"]),
    ],
)
def test_lines_that_sign(line, people):
    assert signed(line) == people


@pytest.mark.parametrize(
    "line",
    [
        "记者从市规划局获悉",
        "区政府党组召开会议听取工作汇报",
        "本报",
        "作者单位：某某大学中文系",
        "来源：新华社",
        "编辑同志：",
        "编辑回复",
        "■金秋时节",  # a marked title whose characters might be names
        "法律工作者要为法治贡献力量",
        "全球研究与创新论坛记者会侧记",
        "（相关报道见第三版）",
        "本报伦敦2月16日电",
        "他说：“记者同志，你来了。”",
        "县教育局局长 谈减负",
        "【春耕 速写】",
    ],
)
def test_lines_that_do_not(line):
    assert signed(line) is None


@pytest.mark.parametrize(
    ("lines", "people"),
    [
        (["■本报记者 王海燕", "李强 赵敏"], ["本报记者 王海燕", "本报记者 李强", "本报记者 赵敏"]),
        (["■本报记者", "王海燕", "通讯员", "李强 赵敏"], ["本报记者 王海燕", "通讯员 李强", "通讯员 赵敏"]),
        (["■记者 王妍竹滢", "艳 通讯员 李强"], ["记者 王妍", "记者 竹滢艳", "通讯员 李强"]),
        (["记者 王海燕", "李强 摄"], ["记者 王海燕", "摄 李强"]),
        (["■王海燕", "■李强"], ["王海燕", "李强"]),
        (["本报评论员"], ["本报评论员"]),  # nobody's name: the paper's own voice
    ],
)
def test_a_signature_over_several_lines(lines, people):
    assert [str(byline) for byline in read_lines(lines).bylines] == people


@pytest.mark.parametrize(
    ("text", "rest", "people"),
    [
        ("本报讯 记者王海燕、李强报道：河水涨了。", "本报讯 河水涨了。", ["记者 王海燕", "记者 李强"]),
        ("【本报讯】（记者王海燕）河水涨了。", "【本报讯】 河水涨了。", ["记者 王海燕"]),
        ("【星城晚报讯】（记者 王海燕）河水涨了。", "【星城晚报讯】 河水涨了。", ["记者 王海燕"]),
        ("晚报讯（记者 王海燕）河水涨了。", "晚报讯 河水涨了。", ["记者 王海燕"]),
        ("记者王海燕报道：河水涨了。", "河水涨了。", ["记者 王海燕"]),
        ("本报讯 王海燕、记者李强报道：河水涨了。", "本报讯 河水涨了。", ["王海燕", "记者 李强"]),
        ("本报讯 王海燕 摄影报道：河水涨了。", "本报讯 河水涨了。", ["摄影 王海燕"]),
        ("【本报记者王海燕报道】河水涨了。", "河水涨了。", ["本报记者 王海燕"]),
        ("本报讯 记者李强 通讯员王伟 昨天河水涨了。", "本报讯 昨天河水涨了。", ["记者 李强", "通讯员 王伟"]),
        ("江城5月1日讯（记者李强）河水涨了。", "江城5月1日讯 河水涨了。", ["记者 李强"]),
        ("（通讯员 区委宣传部）河水涨了。", "河水涨了。", ["通讯员 区委宣传部"]),
        ("本报讯（柳湾街道通讯员 李强）河水涨了。", "本报讯 河水涨了。", ["柳湾街道通讯员 李强"]),
        ("据新华社江城5月1日电 记者李强报道河水涨了。", "据新华社江城5月1日电 河水涨了。", ["记者 李强"]),
    ],
)
def test_other_ways_to_begin(text, rest, people):
    found = read_opening(text)
    assert (found.text, [str(b) for b in found.signature.bylines]) == (rest, people)


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
        ("河水涨了。（黄 平　周 俊）", "河水涨了。", ["黄平", "周俊"]),
        ("河水涨了。（黄丽娟周俊）", "河水涨了。", ["黄丽娟", "周俊"]),  # printed on two lines
        ("河水涨了。（县融媒体中心 张怀远）", "河水涨了。", ["县融媒体中心 张怀远"]),
        ("河水涨了。（本报记者）", "河水涨了。", ["本报记者"]),
        ("河水涨了。（张怀远 文/图）", "河水涨了。", ["文/图 张怀远"]),
        ("河水涨了。（张怀远 摄影报道）", "河水涨了。", ["摄影报道 张怀远"]),
        ("河水涨了。（作者：李强，系文化站站长）", "河水涨了。（作者：李强，系文化站站长）", ["作者 李强"]),
        ("河水涨了。（阿依努尔·萨迪克）", "河水涨了。", ["阿依努尔·萨迪克"]),
        ("河水涨了。（王海燕 作者系县一中教师）", "河水涨了。（王海燕 作者系县一中教师）", ["作者 王海燕"]),
        ("河水涨了。（李强 系县一中教师）", "河水涨了。（李强 系县一中教师）", ["作者 李强"]),
        ("河水涨了。（摘自《山河志》 李强/文）", "河水涨了。（摘自《山河志》 李强/文）", ["作者 李强"]),
        ("河水涨了。（《星城周报》9.3 李强/文）", "河水涨了。（《星城周报》9.3 李强/文）", ["作者 李强"]),
        ("河水涨了。（《星城周报》第7期 李强）", "河水涨了。（《星城周报》第7期 李强）", ["作者 李强"]),
        ("河水涨了。《星城周报》9.3 李强", "河水涨了。《星城周报》9.3 李强", ["作者 李强"]),
        ("河水涨了。（李强 据《星城周报》）", "河水涨了。（李强 据《星城周报》）", ["作者 李强"]),
        ("河水涨了。（本报记者李强采写）", "河水涨了。", ["本报记者 李强"]),
        ("（本报记者靳博参与采写）", "（本报记者靳博参与采写）", ["本报记者 靳博"]),
    ],
)
def test_after_the_text(text, rest, people):
    found = read_closing(text)
    assert (found.text, [str(b) for b in found.signature.bylines]) == (rest, people)


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("一位老教师", ["一位老教师"]),
        ("城北 一名退休工人", ["城北 一名退休工人"]),
        ("一群货车司机", ["一群货车司机"]),
        ("南塘小学全体师生", ["南塘小学全体师生"]),
        ("清源县 柳湾村 王海燕", ["清源县 柳湾村 王海燕"]),
        ("南塘小学 王海燕", ["南塘小学 王海燕"]),
    ],
)
def test_a_last_paragraph_that_is_nothing_but_who_signs(text, people):
    found = read_closing(text)
    assert (found.text, [str(b) for b in found.signature.bylines]) == ("", people)


@pytest.mark.parametrize(
    ("line", "is_one"),
    [
        ("一位老教师", True),
        ("城北 一名电工", True),
        ("部分业主", True),
        ("一位老教师的一天", False),
        ("两名电工获奖", False),
        ("一名", False),
    ],
)
def test_somebody_without_a_name(line, is_one):
    assert is_unnamed(line) is is_one


@pytest.mark.parametrize("text", ["市供水公司", "据新华社", "清源县柳湾村村民委员会"])
def test_only_offices_and_agencies_sign(text):
    assert is_body(read_signature(text))


@pytest.mark.parametrize("text", ["王海燕", "记者 王海燕", "通讯员 市供水公司"])
def test_people_or_a_role_sign(text):
    assert not is_body(read_signature(text))


@pytest.mark.parametrize(
    ("line", "may"),
    [
        ("本 报 记 者　 王　海", True),
        ("受访人：高级技工 李强", True),
        ("清源县 柳湾村 李强", True),
        ("南塘小学 李强", True),
        ("柳湾公社报道组", True),
        ("县图书馆 周日下午 讲座", False),
        ("老 渡 口 添 新 船", False),
        ("河水涨了。", False),
    ],
)
def test_a_quick_look_tells_which_lines_are_worth_reading_as_signatures(line, may):
    assert may_sign(line) is may


@pytest.mark.parametrize(
    "text",
    [
        "通过了方案（草案）",
        "他走了。（完）",
        "（本报伦敦2月16日电）",
        "好。（本版完）",
        "（相关报道见第三版）",
        "好。（作者为退休教师）",
        "一位老教师的一天",
        "河水涨了 船家忙",
        "好。（《星城周报》9.3）",
        "好。（据《星城周报》）",
    ],
)
def test_brackets_that_do_not_sign(text):
    assert read_closing(text) is None


@pytest.mark.parametrize(
    ("line", "people"),
    [
        ("欧阳修远 司马青", ["欧阳修远", "司马青"]),
        ("王伟（作者系县一中教师）", ["作者 王伟"]),
        ("据新华社", ["据新华社"]),
        ("[美] 约翰·史密斯 著 王伟 译", ["著 约翰·史密斯", "译 王伟"]),
        ("一网通办 一门全办", []),
        ("七律·春望", []),
    ],
)
def test_a_line_below_a_headline_signs_or_is_a_title(line, people):
    text = "\u3000\u3000昨日上午，县水厂扩建工程开工，预计明年底竣工。\n\u3000\u3000据了解，水厂始建于1986年。"
    (article,) = read_page(f"县水厂扩建工程开工\n{line}\n{text}\n", "x.txt").articles
    assert [str(byline) for byline in article.bylines] == people
    assert (article.headline == "县水厂扩建工程开工") or not people
