"""A small invented archive, indexed and laid out as a site, with the real search page over a plain base."""

from __future__ import annotations

import html
import shutil
from collections.abc import Sequence
from pathlib import Path

import jinja2

from jianbao.folder.shipped import static_files
from jianbao.model import Article, Byline, PaperDate
from jianbao.search.index import SearchEntry, SearchIndex
from jianbao.site.words import interface

ROOT = Path(__file__).parents[2]
BASE = """<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self'; style-src 'self';
 img-src 'self' data:; connect-src 'self'; form-action 'self' file:; base-uri 'none'">
<title>{% block title %}{% endblock %}</title><link rel="icon" href="data:,">{% block head %}{% endblock %}</head>
<body><main>{% block main %}{% endblock %}</main>{% block scripts %}{% endblock %}</body></html>"""


def entry(
    article: str,
    title: str,
    text: str,
    *,
    date: str | None = None,
    section: str = "要闻",
    reporters: Sequence[str] = (),
    kicker: str = "",
    captions: Sequence[str] = (),
    digest: str = "",
) -> SearchEntry:
    """One article; the date follows from its id unless it is given (`""`: none)."""
    day = article[:10] if date is None else date
    return SearchEntry(
        Article(
            id=article,
            title=title,
            path=f"articles/{article}.md",
            digest=digest or str((title, text, section, reporters)),
            date=PaperDate.parse(day) if day else None,
            section=section,
            page=article.split("-")[-2],
            kicker=kicker,
            captions=tuple(captions),
            bylines=tuple(Byline("记者", name) for name in reporters),
        ),
        text,
    )


TOPICS = [
    ("旧房改造", "老旧小区加装电梯，居民自己出主意。工程队说，工期不会耽误出行"),
    ("河道清淤", "清淤船从下游往上走，岸边栽了柳树。河长每周巡河两次"),
    ("夜市开张", "摊主们说，租金降了，客人多了。管理处给每个摊位装了灯"),
    ("校车路线", "学校和家长一道商量校车路线，最远的村子也有了站点"),
    ("图书漂流", "读者把看过的书放进书屋，换走另一本。书屋二十四小时开门"),
]


def sample() -> list[SearchEntry]:
    """Plain news of two years, and articles that are hard to find elsewhere."""
    out = []
    for day in range(1, 29):
        for number, (title, text) in enumerate(TOPICS, 1):
            year = 2020 + day % 2
            body = f"本报讯 {text}。\n这是第{day}天，第{number}篇，数字{day * number}万。"
            names = ["方晓", "盛一鸣"][: 1 + (day + number) % 2]
            out.append(entry(f"{year}-03-{day:02d}-01-{number:02d}", f"{title}的第{day}天", body, reporters=names))
    out += [
        entry(
            "2021-12-07-02-01",
            "回迁户搬进新楼",
            "回迁安置的钥匙发到了沈路平手里。他说：“盼了三年。”\n记者看到，楼下就是车站。",
            section="民生",
        ),
        entry("2021-12-07-02-02", "产品和服务一起升级", "这家厂子的产品和服务都好了起来，投诉少了。", section="经济"),
        entry(
            "2021-12-07-02-03",
            "和服展在区博物馆开幕",
            "和服展出一百件和服，织工讲和服的来历。",
            section="文化",
            reporters=["柳青"],
        ),
        entry(
            "2021-12-07-02-04",
            "投资５．７万元修桥",
            "工程投资5.7万元，Ｇ20国家的学者来看过。ＷｉＦｉ也通了。面积３０㎡。",
            section="经济",
        ),
        entry(
            "2021-12-07-02-05",
            "舊城裡的燈籠",
            "臺灣學者說，舊城裡的燈籠後來都換成電燈。",
            section="文化",
            captions=["圖為燈籠一條街"],
        ),
        entry(
            "2021-12-08-01-01",
            "牛肉面馆的老板姓𠮷",
            "店主姓𠮷，𠮷字上面是土。客人给他竖大拇指👍🏽，说面好。",
            section="民生",
        ),
        entry(
            "2021-12-08-01-02",
            "<img src=x onerror=alert(1)>",
            "标题像代码 <script>alert('x')</script> & \"引号\" 也要照登。",
            section="民生",
        ),
        entry(
            "2021-12-08-01-03",
            "引题也要找得到",
            "正文很短。",
            kicker="龙井茶开采",
            captions=["图为采茶人在竹林边歇脚"],
            reporters=["欧阳兰"],
        ),
        entry("2021-12-08-01-05", "街角的咖啡馆", "店名叫 Café Zoë，老板教客人念 nǐ hǎo。", section="民生"),
        entry("undated-旧报 a-01", "没有日期的一页", "这一页的日期看不清了，只剩半个月亮花纹。", date=""),
        entry("2021-12-08-01-04", "扫描字形", "部首字形的⾞和⾨，带圈的㊎，㍿也算。", section="民生"),
        entry("2019-05-01-A02-01", "改了日期的文章", "编辑后来把日期改到了五月，编号不变。", date="2019-05"),
        entry(
            "2019-06-01-01-01",
            "长文",
            "\n".join(f"第{i}段说的是长堤的第{i}根桩。" for i in range(400)) + "\n末尾有一只绿孔雀。",
        ),
    ]
    return out


def publish(index: SearchIndex, out: Path) -> None:
    """Write the exported files below a folder."""
    shutil.rmtree(out / "search", ignore_errors=True)
    for path in index.export():
        target = out / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(index.read(path))


def lay_out(folder: Path, entries: Sequence[SearchEntry]) -> None:
    """A site with search page, search data, static files and plain article pages."""
    index = SearchIndex(folder / "work")
    index.update(entries)
    publish(index, folder / "public")
    index.close()
    out = folder / "public"
    (out / "static").mkdir()
    for path, data in static_files(ROOT).items():
        (out / "static" / path).write_bytes(data)
    loader = jinja2.ChoiceLoader([jinja2.DictLoader({"base.html": BASE}), jinja2.FileSystemLoader(ROOT / "templates")])
    environment = jinja2.Environment(loader=loader, autoescape=True, undefined=jinja2.StrictUndefined)
    assets = {file.name: f"static/{file.name}?v=1" for file in (ROOT / "static").iterdir()}
    config = {"title": "鹭汀新报"}
    page = environment.get_template("search.html").render(root="../", asset=assets, t=interface("zh"), config=config)
    (out / "search" / "index.html").write_text(page, encoding="utf-8")
    for one in entries:
        home = out / one.article.url
        home.mkdir(parents=True)
        body = "".join(f"<p>{html.escape(paragraph)}</p>" for paragraph in one.text.split("\n"))
        (home / "index.html").write_text(
            f'<!doctype html><meta charset="utf-8"><title>文</title><link rel="icon" href="data:,">'
            f"<main><h1>{html.escape(one.article.title)}</h1>{body}</main>"
            f'<script src="{"../" * one.article.url.count("/")}static/highlight.js"></script>',
            encoding="utf-8",
        )
