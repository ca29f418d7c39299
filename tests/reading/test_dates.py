"""When and where: path, masthead, weekday as a checksum, years of the republic, estimates."""

import pytest

from jianbao.doubts import Why
from jianbao.model import PaperDate
from jianbao.numerals import read_number
from jianbao.reading.estimates import estimate
from jianbao.reading.furniture.scan_path import place_of
from jianbao.reading.page import read_page
from jianbao.reading.phrases.dates import read_date


@pytest.mark.parametrize(
    ("path", "date", "page", "section"),
    [
        ("scans/2021-12-07/01-要闻.txt", "2021-12-07", "1", "要闻"),
        ("2021-12-07/01.txt", "2021-12-07", "1", ""),
        ("scans/20211207-01.txt", "2021-12-07", "1", ""),
        ("2021-12-07_A02.txt", "2021-12-07", "A02", ""),
        ("scans/2021/12/07/03.txt", "2021-12-07", "3", ""),
        ("scans/2021年12月7日/第4版 副刊.txt", "2021-12-07", "4", "副刊"),
        ("scans/2021-12-07/第四版.txt", "2021-12-07", "4", ""),
        ("scans/2021.12.7/第02版：经济.txt", "2021-12-07", "2", "经济"),
        ("scans/2021-12/07/3.txt", "2021-12-07", "3", ""),
        ("scans/rb2021120703.txt", "2021-12-07", "3", ""),
        ("scans/202112/07/node_3.txt", "2021-12-07", "3", ""),
        ("scans/2021-12-07/头版.txt", "2021-12-07", "", "头版"),
        ("scans/2021-12-07/01 要闻 (2).txt", "2021-12-07", "1", "要闻"),
        ("scans/2021-12-07/01,要闻.txt", "2021-12-07", "1", "要闻"),
        ("scans/2021-12-07/01、要闻.txt", "2021-12-07", "1", "要闻"),
        ("scans/2021-12-07/要闻01.txt", "2021-12-07", "1", "要闻"),
        ("scans/2021-12-07/01-要闻-副本.txt", "2021-12-07", "1", "要闻"),
        ("scans/2021-12-07/02-03版.txt", "2021-12-07", "2", ""),  # a spread over two pages
        ("scans/2021-12-07/02+03.txt", "2021-12-07", "2", ""),
        ("scans/2021-12-07/鹭汀日报01.txt", "2021-12-07", "1", ""),  # the newspaper is no section
        ("scans/民国九年四月十二日/第四版.txt", "1920-04-12", "4", ""),
        ("scans/2021/01.txt", "2021", "1", ""),  # page 1 of a year, not January
        ("scans/20211207/2021120703.txt", "2021-12-07", "3", ""),
        ("scans/2021-02-30/01.txt", None, "", ""),  # no such day: nothing is made of it
        ("scans/notes.txt", None, "", ""),
    ],
)
def test_places_in_paths(path, date, page, section):
    place = place_of(path)
    assert (str(place.date) if place.date else None, place.page, place.section)[:2] == (date, page) or date is None
    if date:
        assert place.section == section
    else:
        assert place.date is None or not place.date.is_day


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2021年12月7日　星期二", "2021-12-07"),
        ("2021.12.07 星期二", "2021-12-07"),
        ("二〇二一年十二月七日", "2021-12-07"),
        ("一九三六年十月廿一日 星期三", "1936-10-21"),
        ("民國九年四月十二日", "1920-04-12"),
        ("中華民國二十五年十月初五日", "1936-10-05"),
        ("西曆一千九百二十年四月十二日", "1920-04-12"),
        ("2O21年l2月7日 星期二", "2021-12-07"),  # letters read for figures
        ("宣統三年八月十九日", "1911~"),  # the moon's months are not ours
    ],
)
def test_dates_in_mastheads(text, date):
    assert str(read_date(text).date) == date


def test_the_weekday_repairs_one_misread_figure():
    found = read_date("2021年12月1日 星期二")  # printed 7, read 1
    assert (str(found.date), found.repaired) == ("2021-12-07", True)


def test_a_weekday_that_cannot_be_mended_is_told():
    found = read_date("二〇二一年十二月七日 星期五")
    assert (str(found.date), found.weekday_agrees) == ("2021-12-07", False)


def test_no_decade_is_misread_unseen():
    found = read_date("2021年12月8日 星期二")
    assert (str(found.date), found.weekday_agrees) == ("2021-12-08", False)


def doubts_of(source, text):
    return {d.field: d.sentence.zh for d in read_page(text + BODY, source).doubts}


BODY = "\n\n渡船票价不变\n\u3000\u3000石埠渡口的票价今年不变。成人每次一元，学生免费。\n"


def test_path_and_masthead_at_odds_are_told():
    assert doubts_of("2021-12-07/01.txt", "2021年12月7日 星期二") == {}
    assert "报头印的是 2021-12-08" in doubts_of("2021-12-07/01.txt", "2021年12月8日 星期三")["date"]
    assert "第 2 版" in doubts_of("2021-12-07/01.txt", "2021年12月7日 星期二　第2版")["page"]
    assert "要闻" in doubts_of("2021-12-07/01-民生.txt", "2021年12月7日 星期二　第1版 要闻")["section"]


@pytest.mark.parametrize(
    ("folio", "page", "section"),
    [
        ("鹭汀晚报 2008-05-06 A05 社会", "A05", "社会"),
        ("A05 社会 鹭汀晚报 2008.05.06 星期二", "A05", "社会"),
        ("05 社会·民生　责编/李明　美编/张红　2008年5月6日", "5", "社会·民生"),
        ("［A5］本市新闻　2008年5月6日星期二　　编辑：王芳　校对：李娜　组版：赵强", "A05", "本市新闻"),
        ("星期二 2008年5月6日 | 鹭汀晚报 | 5", "5", None),
        ("鹭汀晚报 / 综合 / 2008年05月06日 / B3版", "B03", "综合"),
        ("4版 要闻 2008年5月6日 星期二 编辑：王芳", "4", "要闻"),
        ("城 市 新 闻 2008年5月6日 星期二 5", "5", "城市新闻"),
        ("2008年5月6日 Tuesday 05 国际", "5", "国际"),
        ("2008年5月6日 星期二 第3版 总第1234期", "3", None),
        ("石桥矿工报 3 井下风采 2008年5月6日", "3", "井下风采"),
        ("石桥矿工报 2008年5月6日 3 井下风采", "3", "井下风采"),
    ],
)
def test_folios_on_one_line(folio, page, section):
    read = read_page(folio + BODY, "f.txt")
    assert (str(read.date), read.page, read.section) == ("2008-05-06", page, section)
    assert [line.text for line in read.furniture] == [folio] and len(read.articles) == 1


@pytest.mark.parametrize(
    ("folio", "page", "section"),
    [
        (["鹭汀人民报 第二版", "二〇〇八年五月六日 星期二"], "2", None),
        (["鹭汀职工报　三版", "2008年5月6日"], "3", None),
        (["本 市 新 闻", "2008年5月6日 星期二"], None, "本市新闻"),
        (["鹭汀晚报 LUTING EVENING", "2008.05.06 TUE", "要闻 NEWS", "03"], "3", "要闻"),
    ],
)
def test_folios_on_several_lines(folio, page, section):
    read = read_page("\n".join(folio) + BODY, "f.txt")
    assert (str(read.date), read.page, read.section) == ("2008-05-06", page, section)
    assert [line.text for line in read.furniture] == folio and len(read.articles) == 1


OTHERS = "\u3000\u3000老街的石板路全部翻修，两侧的店铺照\n常营业，工程月底完工。\n" * 8
CUT = """2008年5月6日 星期二 第2版

老街翻修
{others}
渡船票价不变
　　石埠渡口的票价今年不变。船工们说，
早晚两班的乘客大多是学生和赶集的
{head}
乡亲，票价涨不得。
　　渡口管理站还添了两条新船。

老街店铺照常营业
{others}"""


@pytest.mark.parametrize(
    "head", ["２\n鹭汀晚报　２００８年５月６日", "２鹭汀晚报２００８年５月６日", "第２版", "鹭汀晚报 2", "2 要闻"]
)
def test_a_running_head_that_cuts_a_sentence_is_no_part_of_it(head):
    read = read_page(CUT.format(head=head, others=OTHERS), "f.txt")
    assert "赶集的乡亲，" in read.articles[1].paragraphs[0].text
    assert [line.text for line in read.furniture[1:]] == head.split("\n")


@pytest.mark.parametrize("line", ["2", "第3版", "2007年5月6日", "鲤鱼 2"])
def test_what_the_head_does_not_say_stays_in_the_text(line):
    read = read_page(CUT.format(head=line, others=OTHERS), "f.txt")
    assert [item.text for item in read.furniture] == ["2008年5月6日 星期二 第2版"]


def test_the_index_of_other_pages_is_no_running_head():
    pages = "\n".join(["渡船票价不变", "第3版", "老街修好了", "第4版"])
    text = "\u3000\u3000石埠渡口的票价今年不变，成人每次一元。\n" * 20
    read = read_page(f"老街改造完工\n{text}{pages}\n渡口添船\n{text}", "f.txt")
    assert not {"第3版", "第4版"} & {line.text for line in read.furniture}


def test_a_source_below_a_text_is_no_folio():
    read = read_page("渡船票价不变\n\u3000\u3000石埠渡口的票价今年不变。\n鹭汀晚报记者陈江 2008-05-06", "f.txt")
    assert read.date is None or not read.date.is_day


def test_a_weekday_printed_wrong_is_no_doubt_where_path_and_figures_agree():
    assert doubts_of("2021-12-07/01.txt", "2021年12月7日 星期三") == {}


def test_numbers():
    assert [read_number(t) for t in ("12", "十二", "廿三", "三十", "二〇二一", "元", "一百零五")] == [
        12,
        12,
        23,
        30,
        2021,
        1,
        105,
    ]
    assert read_number("树") is None


def test_an_estimate_is_month_precise_and_marked():
    assert estimate(["2021年3月开工，2021年11月5日完成。", "2019年立项。"]) == PaperDate(2021, 11, 0, estimated=True)
    assert estimate(["没有日子。"]) is None


def test_a_date_inside_a_sentence_is_not_the_papers():
    text = "讣告\n老镇长周德旺同志因病医治无效\n，于2023年6月3日在星城逝\n世，享年九十二岁。\n"
    read = read_page(text, "01.txt")
    assert read.furniture == ()
    assert read.date is None or read.date.estimated


@pytest.mark.parametrize("weekday", ["星期二", "礼拜二", "禮拜二", "周二", "週二"])
def test_a_weekday_is_the_papers_however_it_is_printed(weekday):
    for date in (f"2021年12月7日 {weekday}", f"2021年12月7日\n{weekday}", f"12月7日{weekday}\n2021年12月7日"):
        text = f"临河日报\n{date}\n第1版 要闻\n\n老街改造完工\n\n　　本报讯（记者 林一舟）老街改造昨日完工。\n"
        page = read_page(text, "scans/x.txt")
        assert (str(page.date), page.page) == ("2021-12-07", "1")
        [article] = page.articles
        assert article.headline == "老街改造完工"


@pytest.mark.parametrize("path", ["scans/2021-02-30/01.txt", "scans/20210230-01.txt", "scans/2021/2/31/3.txt"])
def test_a_day_that_no_calendar_has_is_an_estimate_and_told(path):
    page = read_page(BODY, path)
    assert str(page.date) == "2021-02~"
    assert [(doubt.field, doubt.why) for doubt in page.doubts] == [("date", Why.NO_SUCH_DAY)]
    assert str(read_page("2021年3月2日 星期二\n" + BODY, path).date) == "2021-03-02"
