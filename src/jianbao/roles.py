"""The role words of bylines, and the front-matter field that keeps each: one table for reader and writer."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

RoleField = Literal["reporter", "correspondent", "photographer", "editor", "author"]

ROLE_FIELDS: Final[tuple[RoleField, ...]] = ("reporter", "correspondent", "photographer", "editor", "author")


@dataclass(frozen=True, slots=True)
class Role:
    """A role word. `traditional`: how older and overseas papers print it. `follows`: whether it may stand behind the
    names it belongs to (`张三 整理`); one of `pictures` then takes the place of a role printed before the names (`记者
    张三 摄`), others only add to it. `signs`: whether a signature on a page may begin with it; the others are told
    there by what stands around them."""

    word: str
    field: RoleField
    traditional: str = ""
    follows: bool = False
    pictures: bool = False
    signs: bool = True


# What stands before who answers readers, or is asked.
_ANSWERS: Final = ("解答", "答疑", "释疑", "支招", "主讲", "坐堂")
_ASKED: Final = (
    "受访人 受訪人 受访者 受訪者 受访对象 受访嘉宾 被采访人 被采访者 访谈嘉宾 对话嘉宾 对话人 本期嘉宾 本期主持"
)
ANSWERING: Final = (
    *(does + who for does in _ANSWERS for who in ("专家", "律师", "医生", "法官", "人", "")),
    *_ASKED.split(),
)

# Prefixes (本报, 本刊, 首席 …) are part of the role as signed. The field is that of the first word in this order that
# the role contains: 摄影记者 is a reporter.
ROLES: Final = (
    Role("通讯员", "correspondent", "通訊員"),
    Role("通联员", "correspondent", "通聯員"),
    Role("记者站", "reporter", "記者站"),
    Role("记者", "reporter", "記者"),
    Role("实习生", "reporter", "實習生"),
    Role("特派员", "reporter", "特派員"),
    Role("文/图", "author", signs=False),
    Role("图/文", "author", signs=False),
    Role("摄影报道", "photographer", "攝影報道", follows=True),
    Role("摄影报导", "photographer", "攝影報導", follows=True),
    Role("摄影", "photographer", "攝影", follows=True, pictures=True),
    Role("责任编辑", "editor", "責任編輯"),
    Role("编辑", "editor", "編輯"),
    Role("责编", "editor", "責編"),
    Role("校对", "editor", "校對"),
    Role("评论员", "author", "評論員"),
    Role("观察员", "author", "觀察員"),
    Role("特约撰稿人", "author", "特約撰稿人"),
    Role("撰稿人", "author"),
    Role("撰稿", "author", follows=True),
    Role("撰文", "author", follows=True),
    Role("主笔", "author", "主筆"),
    Role("执笔", "author", "執筆"),
    Role("编译", "author", "編譯", follows=True),
    Role("作者", "author"),
    Role("文字整理", "author", follows=True),
    Role("采访整理", "author", "採訪整理", follows=True),
    Role("整理", "author", follows=True),
    Role("采写", "author", "採寫", follows=True),
    Role("采访人", "author", "採訪人"),
    Role("采访者", "author", "採訪者"),
    *[Role(f"{does}人", "author") for does in ("口述", "讲述", "整理", "记录", "执笔")],
    Role("采访", "author", "採訪"),
    Role("口述", "author", follows=True),
    Role("讲述", "author", "講述", follows=True),
    Role("供稿", "author", follows=True),
    Role("供图", "photographer", "供圖", follows=True, pictures=True),
    Role("制图", "photographer", "製圖", follows=True, pictures=True),
    Role("绘图", "photographer", "繪圖", follows=True, pictures=True),
    Role("插图", "photographer", "插圖", follows=True, pictures=True),
    Role("题图", "photographer", "題圖"),
    Role("漫画", "author", "漫畫", follows=True, pictures=True),
    Role("策划", "author", "策劃"),
    Role("统筹", "author", "統籌"),
    Role("报道", "author", "報道", follows=True),
    Role("翻译", "author", "翻譯", follows=True),
    Role("译者", "author", "譯者"),
    Role("主持人", "author"),
    Role("解答律师", "author", "解答律師"),
    Role("指导老师", "author", "指導老師"),
    Role("指导教师", "author", "指導教師"),
    Role("文字", "author", signs=False),
    Role("视频", "author", "視頻", signs=False),
    *[Role(word, "author", signs=False) for word in ANSWERING],
)
# Of one character: a role only where it stands alone or behind names.
SHORT: Final = (
    *[Role(word, "photographer", follows=True, pictures=True) for word in "图圖摄攝"],
    *[Role(word, "author", follows=True, pictures=True) for word in "画畫绘繪"],
    *[Role(word, "author", follows=True) for word in "文译譯著诗詩辑輯"],
    *[Role(word, "author") for word in "编譯編"],
)


def _words(roles: Iterable[Role]) -> tuple[str, ...]:
    """Both forms of each, longer ones first, as patterns want them."""
    return tuple(sorted((form for role in roles for form in (role.word, role.traditional) if form), key=len)[::-1])


WORDS: Final = _words(ROLES)
SIGNING: Final = _words(role for role in ROLES if role.signs)
FOLLOWING: Final = _words(role for role in (*ROLES, *SHORT) if role.follows)
PICTURES: Final = _words(role for role in (*ROLES, *SHORT) if role.pictures)
# 图, 供图, 图片/李强, 文并摄: the word ends so, or a stroke follows; a 图书馆 is none.
_OF_PICTURES: Final = re.compile(r"[图圖摄攝](?:片)?(?:$|[/／、])")
_FIELDS: Final = tuple((form, role.field) for role in ROLES for form in (role.word, role.traditional) if form)

# What an office's holder, or somebody who writes to a paper, is called before the name; a pattern.
OFFICES: Final = (
    "主任|医师|医生|护师|护士|药师|技师|技工|教练|教授|研究员|院长|所长|校长|书记|[局处科部厅连排班队组厂站镇乡县市区村行庭]长|主席|会长|政委|指导员|参谋|院士|董事长|"
    "经理|劳动模范|标兵|能手|秘书长|理事长?|馆长|园长|社长|讲师|博士|教师|老师|工程师|农艺师|律师|法官|检察官|委员|代表|专家|学者|工人|农民|战士|"
    "学生|职工|干部|社员|教员|店员|司机|居民|村民|会员|读者|市民|网友|业主|家长|乘客|顾客|作家|诗人|画家|评论家|媒体人|时评人"
)
# Who else may sign without a name: 一位老教师.
_PEOPLE: Final = (
    "党员|团员|大学生|中学生|小学生|同学|母亲|父亲|妈妈|爸爸|老人|妻子|丈夫|朋友|患者|病人|消费者|旅客|游客|用户|顾客|球迷|影迷|股民|车主|店主|房客|住户|"
    "[电木瓦钳焊矿船民]工|个体户|骑手|快递员|清洁工|环卫工|保洁员|售货员|售票员|服务员|护理员|船员|列车员|知情人|当事人|热心人|爱好者|志愿者|过路人|路人"
)
# Somebody, or some, of a kind, with nobody's name; a pattern.
UNNAMED: Final = (
    rf"(?:[一几数两][名位群个]|一些|部分|众)[\u4e00-\u9fff]{{0,6}}?(?:{OFFICES}|{_PEOPLE})|"
    r"[\u4e00-\u9fff]{0,14}全体(?:师生员工|师生|教师|教职工|教职员工|同学|学生|职工|员工|业主|村民|居民|家长|官兵|干警|医护人员|社员|战士)"
)


@lru_cache(maxsize=4096)
def field_of_role(role: str) -> RoleField:
    """The front-matter field for a printed role; roles without a known word are authors' (`撰文`), a bare
    name (empty role) is a reporter's."""
    if not role:
        return "reporter"
    for word, field in _FIELDS:
        if word in role:
            return field
    return "photographer" if _OF_PICTURES.search(role) else "author"
