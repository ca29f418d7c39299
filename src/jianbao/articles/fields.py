"""The one table of front-matter fields: what each is called and means, and how its value is read.

Reading, normalising, writing, checking, merging and the JSON Schema all go by it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

Value = str | tuple[str, ...]
Fields = dict[str, Value]  # normalised values; a field that is empty is absent


class Form(StrEnum):
    """How a field's value is written."""

    ID = "id"
    TEXT = "text"
    DATE = "date"
    PAGE = "page"
    KIND = "kind"
    SECTION = "section"
    NAMES = "names"  # a list of people; one text is parted at 、，, and spaces
    TEXTS = "texts"  # a list of sentences; one text is one of them
    WORDS = "words"  # a list of words; one text is parted at 、，,
    REVIEW = "review"  # a list of field names


@dataclass(frozen=True, slots=True)
class Field:
    """One row: `also` are the names people give it by mistake; `role` what a bare name in it signed as."""

    name: str
    form: Form
    label: str
    description: str
    english: str
    also: tuple[str, ...] = ()
    role: str = ""

    @property
    def is_list(self) -> bool:
        """Whether its value is a list."""
        return self.form in (Form.NAMES, Form.TEXTS, Form.WORDS, Form.REVIEW)


# In the order in which they are written.
FIELDS: Final[tuple[Field, ...]] = (
    Field(
        "id",
        Form.ID,
        "编号",
        "文章的编号，也是网址；由程序给出，永不改动",
        "the article's id and address; given by the program, never changed",
        ("编号", "ID", "Id"),
    ),
    Field(
        "title",
        Form.TEXT,
        "标题",
        "主题（主标题）；只有版面上丢失了标题时才空着",
        "the headline; empty only where the page lost it",
        ("标题", "主题", "题目", "headline", "name"),
    ),
    Field("kicker", Form.TEXT, "引题", "引题、肩题：主标题上面的一行", "the line above the headline", ("引题", "肩题")),
    Field(
        "subtitle",
        Form.TEXT,
        "副题",
        "副题：主标题下面的一行",
        "the line below the headline",
        ("副题", "副标题", "subhead", "sub-title", "subheading"),
    ),
    Field("column", Form.TEXT, "栏目", "栏目名，如“民生观察”", "the column it stood in", ("栏目", "专栏")),
    Field(
        "reporter",
        Form.NAMES,
        "记者",
        "记者，按署名写：职务、空格、姓名；只写姓名也可以",
        "reporters as signed: role, space, name; a bare name is fine",
        ("记者", "記者", "reporters", "byline", "署名"),
    ),
    Field(
        "correspondent",
        Form.NAMES,
        "通讯员",
        "通讯员姓名",
        "correspondents",
        ("通讯员", "通訊員", "correspondents"),
        "通讯员",
    ),
    Field(
        "photographer",
        Form.NAMES,
        "摄影",
        "摄影者姓名",
        "photographers",
        ("摄影", "攝影", "图", "photo", "photographers"),
        "摄影",
    ),
    Field("author", Form.NAMES, "作者", "作者姓名（非本报记者）", "authors", ("作者", "authors", "文", "供稿"), "作者"),
    Field("editor", Form.NAMES, "责编", "责任编辑姓名", "editors", ("责编", "责任编辑", "编辑", "editors"), "责编"),
    Field(
        "date",
        Form.DATE,
        "日期",
        "出版日期，如 2021-12-07、2021-12 或 2021；末尾加 ~ 表示估计",
        "the date of issue: YYYY-MM-DD, YYYY-MM or YYYY; a trailing ~ marks an estimate",
        ("日期", "时间", "出版日期", "published"),
    ),
    Field("section", Form.SECTION, "版名", "版名，如“要闻”", "the section, such as 要闻", ("版名", "版面", "sections")),
    Field(
        "page", Form.PAGE, "版次", "第几版，如 1 或 A02", "the page's number, such as 1 or A02", ("版", "版次", "页")
    ),
    Field(
        "kind",
        Form.KIND,
        "体裁",
        "公告或广告；新闻不写",
        "公告 (notice) or 广告 (advertisement); left out for news",
        ("体裁", "类型", "type"),
    ),
    Field(
        "captions",
        Form.TEXTS,
        "图片说明",
        "图片说明，一张图一条",
        "captions, one for each picture",
        ("图片说明", "图注", "说明", "caption"),
    ),
    Field("tags", Form.WORDS, "标签", "标签", "tags", ("标签", "关键词", "tag", "keywords")),
    Field(
        "source",
        Form.TEXTS,
        "出处",
        "由哪些扫描行剪出，如 scans/2021-12-07/01.txt#L197-L264",
        "the scan lines the article was cut from",
        ("出处", "来源", "sources"),
    ),
    Field(
        "review",
        Form.REVIEW,
        "待核",
        "程序没有把握、等人核对的各栏；核对后删去相应的栏名",
        "the fields the machine was unsure of; remove one once it has been checked",
        ("待核", "审核", "核对", "reviews"),
    ),
)

BY_NAME: Final[dict[str, Field]] = {field.name: field for field in FIELDS}
NAMES_FIELDS: Final[tuple[Field, ...]] = tuple(field for field in FIELDS if field.form is Form.NAMES)

# What may stand under `review`: any field, and the text itself.
REVIEWABLE: Final[tuple[str, ...]] = (*(f.name for f in FIELDS if f.name not in ("id", "review")), "body")
REVIEW_ALSO: Final[dict[str, str]] = {
    **{also: field.name for field in FIELDS for also in field.also},
    "正文": "body",
    "内容": "body",
    "headline": "title",
    "subhead": "subtitle",
    "byline": "reporter",
    "paragraphs": "body",
    "text": "body",
}
