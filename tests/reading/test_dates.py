"""When and where: path, masthead, weekday as a checksum, years of the republic, estimates."""

import pytest

from jianbao.model import PaperDate
from jianbao.reading.dates import estimate, place_of, read_date, read_number


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
