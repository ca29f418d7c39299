"""The role words of bylines, and the front-matter field that keeps each: one table for reader and writer."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, Literal

RoleField = Literal["reporter", "correspondent", "photographer", "editor", "author"]

ROLE_FIELDS: Final[tuple[RoleField, ...]] = ("reporter", "correspondent", "photographer", "editor", "author")

# Prefixes (本报, 本刊, 首席 …) are part of the role as signed; the last word decides the field.
_FIELD_OF_WORD: Final[tuple[tuple[str, RoleField], ...]] = (
    ("通讯员", "correspondent"),
    ("通訊員", "correspondent"),
    ("记者", "reporter"),
    ("記者", "reporter"),
    ("实习生", "reporter"),
    ("實習生", "reporter"),
    ("文/图", "author"),
    ("图/文", "author"),
    ("文图", "author"),
    ("摄影", "photographer"),
    ("攝影", "photographer"),
    ("编辑", "editor"),
    ("責編", "editor"),
    ("责编", "editor"),
    ("责任编辑", "editor"),
    ("校对", "editor"),
    ("编译", "author"),
    ("整理", "author"),
    ("供稿", "author"),
    ("作者", "author"),
)
# 图, 供图, 图片/李强, 文并摄: the word ends so, or a stroke follows; a 图书馆 is none.
_OF_PICTURES: Final = re.compile(r"[图圖摄攝](?:片)?(?:$|[/／、])")

# What an office's holder, or somebody who writes to a paper, is called before the name; a pattern.
OFFICES: Final = (
    "主任|医师|医生|护师|药师|教授|研究员|院长|所长|校长|书记|[局处科部厅连排班队组厂站镇乡县市区村行庭]长|主席|会长|政委|指导员|参谋|院士|董事长|"
    "经理|劳动模范|标兵|能手|秘书长|理事长?|馆长|园长|社长|讲师|博士|教师|老师|工程师|农艺师|律师|法官|检察官|委员|代表|专家|学者|工人|农民|战士|"
    "学生|职工|干部|社员|教员|店员|司机|居民|村民|读者|市民|网友|业主|家长|乘客|顾客|作家|诗人|画家|评论家|媒体人|时评人"
)


@lru_cache(maxsize=4096)
def field_of_role(role: str) -> RoleField:
    """The front-matter field for a printed role; roles without a known word are authors' (`撰文`), a bare
    name (empty role) is a reporter's."""
    if not role:
        return "reporter"
    for word, field in _FIELD_OF_WORD:
        if word in role:
            return field
    return "photographer" if _OF_PICTURES.search(role) else "author"
