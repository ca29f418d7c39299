"""The cache saves time and never decides anything: damage and deletion only make a build slower."""

from pathlib import Path

from jianbao.building.cache import Cache, Known, Output, pack, unpack
from jianbao.model import Article, Byline, Kind, PaperDate

ARTICLE = Article(
    id="2024-03-08-01-01",
    title="水边书房开门",
    path="articles/2024/2024-03-08-01-01.md",
    digest="ab",
    date=PaperDate(2024, 3, 8, True),
    kicker="引题",
    subtitle="副题",
    bylines=(Byline("首席记者", "苏远山"), Byline("", "阮一苇")),
    section="要闻",
    page="A02",
    column="民生观察",
    kind=Kind.NOTICE,
    captions=("图为书房。",),
    tags=("阅读",),
    source=("scans/2024-03-08/01.txt#L1-L9",),
    review=("title",),
    lead="推开木门",
    length=400,
)


def test_an_article_survives_the_cache(tmp_path: Path) -> None:
    packed = pack(ARTICLE)
    assert packed is not None and unpack(packed) == ARTICLE
    with Cache(tmp_path / "cache.sqlite", "1") as cache:
        cache.keep_articles([(ARTICLE.path, Known("mark", "ab", ARTICLE)), ("b.md", Known("", "", None))], [])
        cache.keep_outputs([("index.html", Output("key", "mark"))], [])
    with Cache(tmp_path / "cache.sqlite", "1") as cache:
        assert cache.articles() == {ARTICLE.path: Known("mark", "ab", ARTICLE), "b.md": Known("", "", None)}
        assert cache.outputs() == {"index.html": Output("key", "mark")}
        cache.keep_outputs([], ["index.html"])
        assert cache.outputs() == {}


def test_other_code_voids_the_cache(tmp_path: Path) -> None:
    with Cache(tmp_path / "cache.sqlite", "1") as cache:
        cache.keep_outputs([("index.html", Output("key", "mark"))], [])
        assert cache.fresh
    with Cache(tmp_path / "cache.sqlite", "1") as cache:
        assert not cache.fresh and cache.outputs()
    with Cache(tmp_path / "cache.sqlite", "2") as cache:
        assert cache.fresh and cache.outputs() == {}


def test_tables_that_other_code_made_otherwise_go(tmp_path: Path) -> None:
    with Cache(tmp_path / "cache.sqlite", "1") as cache:
        cache._database.execute("drop table output")
        cache._database.execute("create table output (path text, another text)")
    with Cache(tmp_path / "cache.sqlite", "2") as cache:
        cache.keep_outputs([("index.html", Output("key", "mark"))], [])
        assert cache.outputs() == {"index.html": Output("key", "mark")}


def test_a_damaged_cache_is_thrown_away(tmp_path: Path) -> None:
    (tmp_path / "cache.sqlite").write_bytes(b"no database" * 1000)
    with Cache(tmp_path / "cache.sqlite", "1") as cache:
        assert cache.articles() == {}


def test_a_damaged_row_is_read_again(tmp_path: Path) -> None:
    with Cache(tmp_path / "cache.sqlite", "1") as cache:
        cache.keep_articles([(ARTICLE.path, Known("mark", "ab", ARTICLE))], [])
        cache._database.execute('update article set record = \'{"article": [1, 2], "faulty": false}\'')
        assert cache.articles() == {}
