"""An archive for the tests of the site: invented, small, with something of everything."""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from jianbao.archive import Archive, Rename, assemble
from jianbao.config import Config
from jianbao.folder.shipped import static_files
from jianbao.model import Article, Byline, Kind, PaperDate
from jianbao.site.templates import Renderer
from jianbao.site.views import Extras, Given, View, views

ROOT = Path(__file__).parents[2]
TEMPLATES = ROOT / "templates"
STATIC = ROOT / "static"

CONFIG = Config(
    title="临河新报",
    subtitle="临河区的报纸，一天一天地读",
    description="《临河新报》数字档案：1998年至今的文章、版面与记者。",
    publisher="临河新报社",
    place="临河",
    issn="1009-0002",
    cn="CN 33-0000",
    sections=("要闻", "民生", "文化", "体育"),
    digest="sample",
)

BODY = (
    "本报讯 昨日清晨，随着第一声汽笛，停航三年的临河轮渡重新开航。六十八岁的渡工老秦站在船头，把缆绳解开又系上，"
    "系上又解开，像是要确认这一天真的来了。",
    "“以前过河要绕二十里。”码头上，挑着两筐青菜的周阿婆说。轮渡停航后，河东的菜农每天要多走一个半小时，"
    "许多人干脆把摊位让给了别人。",
    "据了解，此次复航投入资金3200万元，新造渡轮4艘，每艘可载客120人，日均往返56班次。区交通局负责人表示，"
    "今后还将增设夜航，方便上晚班的职工。",
    "记者在现场看到，渡口新修的候船廊用了本地的青瓦和竹，廊下摆着十几张长椅。一位写生的学生说，"
    "她打算把四季的渡口都画下来。",
)


CLIPPING = "scans/剪存.txt"


def article(
    number: str,
    title: str,
    *,
    body: Sequence[str] = BODY,
    by: Sequence[tuple[str, str]] = (),
    date: str | None = "",
    **more: object,
) -> Article:
    """An article with id `2021-12-07-01-03`, dated, paged and placed after its id unless said otherwise."""
    parts = number.split("-")
    undated = number.startswith("undated")
    found: dict[str, object] = {
        "id": number,
        "title": title,
        "path": f"articles/{number}.md",
        "digest": blake2b((number + title + "".join(body)).encode(), digest_size=8).hexdigest(),
        "date": None if undated or date is None else PaperDate.parse(date or "-".join(parts[:3])),
        "page": "" if undated else parts[3].lstrip("0"),
        "section": "要闻",
        "bylines": tuple(Byline(role, name) for role, name in by),
        "lead": body[0][:120] if body else "",
        "length": sum(map(len, body)),
        "source": () if undated else (f"scans/{'-'.join(parts[:3])}/{parts[3]}.txt#L3-L24",),
    }
    return Article(**(found | more))  # type: ignore[arg-type]


def articles() -> list[Article]:
    """Five issues in three years, and what stands outside of any."""
    chief = [("首席记者", "欧阳晓波"), ("记者", "竹静"), ("通讯员", "罗小满"), ("通讯员", "刘一"), ("摄影", "秦川")]
    return [
        article(
            "2021-12-07-01-01",
            "停航三年，轮渡又响汽笛",
            kicker="河东菜农不再绕行二十里",
            subtitle="新渡轮四艘 日均往返五十六班",
            by=chief,
            captions=("图为复航首日，第一班渡轮离开东码头。 秦川 摄", "候船廊用了本地的青瓦和竹。"),
            tags=("交通", "轮渡"),
            review=("title", "reporter"),
            column="民生观察",
        ),
        article(
            "2021-12-07-01-02", "老街改造征求意见截至本月底", by=[("记者", "竹静")], section="要闻", tags=("老街",)
        ),
        article("2021-12-07-01-03", "", by=[("", "罗小满")], review=("title", "date", "section", "captions")),
        article("2021-12-07-01-04", "停水公告", kind=Kind.NOTICE, body=("因管网检修，东门一带将停水八小时。",)),
        article("2021-12-07-02-01", "夜校开班：下了班，学写字", by=[("记者", "李桥")], section="民生"),
        article(
            "2021-12-07-02-02", "一个标题里有<b>标签</b>和“引号”的报道 & 其他", by=[("记者", "李桥")], section="民生"
        ),
        article("2021-12-07-A03-01", "校园足球联赛落幕 实验二小夺冠", section="体育", by=[("本报记者", "A·史密斯")]),
        article("2021-12-06-01-01", "冬修水利全面铺开", by=[("记者", "竹静"), ("通讯员", "罗小满")]),
        article("2021-12-06-02-01", "评弹进茶馆，一唱二十年", section="文化", by=[("记者", "李桥"), ("摄影", "秦川")]),
        article("2020-12-07-01-01", "新渡轮完成选型", by=[("记者", "竹静")], tags=("轮渡",)),
        article("2020-03-15-01-01", "春耕时节话良种", by=[("记者", "欧阳晓波")], section="民生"),
        article("1998-07-01-01-01", "本报今日创刊", kicker="致读者", by=[("", "本报编辑部")]),
        article("2020-05-01-01-01", "只知道是五月的一篇", date="2020-05", section="文化"),
        article("2020-06-02-01-01", "日期由内容推断的一篇", date="2020-06-02~", review=("date",)),
        article("2020-01-01-09-01", "只知道是2020年的一篇", date="2020"),
        article(
            "undated-剪存-01", "一份没有日期的剪存", section="", by=[("作者", "秦川")], source=(CLIPPING + "#L1-L9",)
        ),
        article("undated-剪存-02", "同一页上的另一篇", section="", source=(CLIPPING + "#L10-L19",)),
    ]


def body_html(one: Article) -> str:
    """Four paragraphs and a subhead."""
    texts = [f"<p>{html.escape(text)}</p>" for text in BODY]
    return "\n".join([*texts[:2], "<h2>夜航在望</h2>", *texts[2:]])


def related(one: Article) -> tuple[str, ...]:
    """What shares a tag."""
    return tuple(other.id for other in articles() if other.id != one.id and set(other.tags) & set(one.tags))


SCANS = {one.source[0].partition("#")[0]: "1" for one in articles() if one.source}


def scan_text(_: str) -> str:
    """Forty short lines."""
    return "\n".join(f"扫描文本第{number}行，窄栏十六字左右" for number in range(1, 41))


def extras(assets: Iterable[str] = ("site.css", "site.js", "icon.svg")) -> Given:
    """What the pages draw on."""
    return Given(body_html, related, scan_text, SCANS, dict.fromkeys(assets, "0123abcd"))


def archive(more: Iterable[Article] = (), config: Config = CONFIG, renames: Sequence[Rename] = ()) -> Archive:
    """The sample, with more articles if given."""
    found, problems = assemble(config, [*articles(), *more], renames)
    assert not problems
    return found


def render(folder: Path, one: Archive, given: Extras, templates: Sequence[Path] = (TEMPLATES,)) -> dict[str, View]:
    """Write the site into a folder, static files too; the views by path."""
    renderer = Renderer(templates)
    found: dict[str, View] = {}
    for view in views(one, given):
        assert view.path not in found, view.path
        found[view.path] = view
        target = folder / view.path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(renderer.render(view))
    (folder / "static").mkdir(exist_ok=True)
    for path, data in static_files(ROOT).items():
        (folder / "static" / path).write_bytes(data)
    return found


@dataclass(frozen=True)
class Built:
    """A rendered site."""

    folder: Path
    archive: Archive
    views: dict[str, View]

    def text(self, path: str) -> str:
        return (self.folder / path).read_text(encoding="utf-8")

    @property
    def pages(self) -> list[str]:
        return [path for path in self.views if path.endswith(".html")]
