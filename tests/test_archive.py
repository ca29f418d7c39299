"""Articles grouped as readers look for them."""

from hypothesis import given
from hypothesis import strategies as st

from jianbao.archive import Archive, assemble
from jianbao.config import Config
from jianbao.model import Article, Byline, PaperDate, address_of
from jianbao.order import natural, padded


def article(id_: str, **more: object) -> Article:
    date = more.pop("date", None) or (PaperDate.parse(id_[:10]) if id_[:4].isdigit() else None)
    page = more.pop("page", id_.split("-")[3].lstrip("0") if id_[:4].isdigit() else "")
    return Article(id_, f"标题{id_}", f"articles/{id_}.md", "0", date=date, page=page, **more)  # type: ignore[arg-type]


def archive(*articles: Article, **settings: object) -> Archive:
    made, problems = assemble(Config("档案", **settings), articles)  # type: ignore[arg-type]
    assert not problems
    return made


def test_printed_order_is_date_then_page_then_number() -> None:
    ids = ["2024-03-08-10-01", "2024-03-08-02-02", "2024-03-08-02-10", "2023-12-31-01-01", "2024-03-08-A01-01"]
    made = archive(*map(article, ids))
    assert [one.id for one in made.articles] == [
        "2023-12-31-01-01",
        "2024-03-08-02-02",
        "2024-03-08-02-10",
        "2024-03-08-10-01",
        "2024-03-08-A01-01",
    ]
    assert [[page.label for page in issue.pages] for issue in made.issues] == [["1"], ["2", "10", "A01"]]


def test_a_corrected_date_moves_the_article_to_its_issue_but_not_its_address() -> None:
    moved = article("2024-03-08-01-01", date=PaperDate(2024, 3, 9))
    made = archive(moved, article("2024-03-09-01-01"))
    assert [len(issue.articles) for issue in made.issues] == [2]
    assert moved.url == "2024/03/08/01/01/"


def test_estimated_and_imprecise_dates_stand_in_no_issue() -> None:
    loose = [
        article("undated-old-01", date=PaperDate(2024, 3, 8, estimated=True)),
        article("undated-old-02", date=PaperDate(2024, 3)),
        article("undated-old-03"),
    ]
    made = archive(*loose, article("2024-03-08-01-01"))
    assert len(made.issues) == 1
    assert {one.id for one in made.without_issue} == {one.id for one in loose}


def test_sections_come_in_the_order_of_the_settings() -> None:
    made = archive(
        article("2024-03-08-01-01", section="文化"),
        article("2024-03-08-01-02", section="要闻"),
        article("2024-03-08-01-03", section="乡村"),
        article("2024-03-08-01-04"),
        sections=("要闻", "从未用过"),
    )
    assert list(made.sections) == ["要闻", "乡村", "文化"]


def test_one_person_in_every_role() -> None:
    made = archive(
        article("2024-03-08-01-01", bylines=(Byline("首席记者", "苏远山"), Byline("通讯员", "阮一苇"))),
        article("2024-03-15-01-01", bylines=(Byline("摄影", "苏远山"),)),
    )
    works = made.people["苏远山"].works
    assert [(work.role, work.field) for work in works] == [("首席记者", "reporter"), ("摄影", "photographer")]


def test_ids_that_differ_only_in_case_collide() -> None:
    _, problems = assemble(Config("档案"), [article("2024-03-08-A01-01"), article("2024-03-08-a01-01")])
    assert {problem.path for problem in problems} == {"articles/2024-03-08-A01-01.md", "articles/2024-03-08-a01-01.md"}


def test_the_addresses_of_the_contract() -> None:
    assert address_of("2021-12-07-01-03") == "2021/12/07/01/03/"
    assert address_of("undated-old-page-02") == "undated/old-page/02/"
    assert [padded(label) for label in ("1", "12", "A2", "")] == ["01", "12", "A02", "00"]


@given(st.lists(st.integers(0, 999), min_size=2))
def test_labels_are_ordered_as_numbers(numbers: list[int]) -> None:
    assert sorted(map(str, numbers), key=natural) == [str(number) for number in sorted(numbers)]


@given(st.integers(1, 9999), st.integers(0, 12), st.integers(0, 31), st.booleans())
def test_dates_are_written_and_read_alike(year: int, month: int, day: int, estimated: bool) -> None:
    text = str(PaperDate(year, month, day if month else 0, estimated))
    try:
        assert str(PaperDate.parse(text)) == text
    except ValueError:
        assert day > 28
