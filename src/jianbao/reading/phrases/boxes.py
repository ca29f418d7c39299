"""What stands in or beside the news: headings of boxes (核心阅读, 编者按 …), notices and advertisements."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from jianbao.model import Kind, Paragraph, ParagraphKind, ReadArticle
from jianbao.text import letterspaced

_BOX: Final = re.compile(
    r"[\[【■□◆◇▌●○◎★☆▶►▲△]?\s*(?:核心阅读|编者按|编后|编辑点评|相关链接|新闻链接|链接|延伸阅读|新闻背景|背景链接|背景|名词解释|小贴士|温馨提示|记者手记|记者点评|手记|短评|点评|"
    r"快评|微评|数据|数字|数读|数说|大事记|人物名片|人物简介|名片|专家观点|网友热议|网友评论|声音|提示|导语|阅读提示|内容提要|核心提示|编余|采访札记|采访手记|档案|背景资料|资料链接|知识链接|法条链接|政策链接|相关新闻|"
    r"新闻回放|(?:法官|律师)说法|(?:法官|律师|警方|专家|医生)(?:提醒|点评|建议|解读))\s*[\]】：:>＞▶►]{0,4}"
)


def is_box_heading(text: str) -> bool:
    """Whether this line is the heading of a box inside an article, and nothing else."""
    return len(text) <= 10 and bool(_BOX.fullmatch(text.strip()))


_NOTE: Final = re.compile(
    r"[\[【〔■●◆☆★]?\s*"
    r"(?:编者按|編者按|编者的话|编者|开栏的话|开栏语|编前|编前语|主持人语|按语|写在前面)(?:[\]】〕：:　 ]|$)"
)
_AFTERWORD: Final = re.compile(r"[\[【〔■●◆☆★]?\s*(?:编后|编余|编后语)(?:[\]】〕：:　 ]|$)")
_NOTE_LENGTH: Final = 600


def is_note(text: str) -> bool:
    """Whether a text begins as an editor's note does."""
    return bool(_NOTE.match(text) or _AFTERWORD.match(text))


def with_notes(articles: Sequence[ReadArticle]) -> list[ReadArticle]:
    """The articles with an editor's note that stands before one (编者按) or after it (编后) as part of it."""
    found: list[ReadArticle] = []
    notes: list[ReadArticle] = []
    for article in articles:
        opening = article.headline or (article.paragraphs[0].text if article.paragraphs else "")
        plain = not article.bylines and sum(len(p.text) for p in article.paragraphs) <= _NOTE_LENGTH
        if plain and _NOTE.match(opening):
            notes.append(article)
        elif plain and found and _AFTERWORD.match(opening):
            found[-1] = joined(found[-1], (found[-1], article), article)
        else:
            found += notes if article.headline is None else []
            for note in notes if article.headline is not None else []:
                article = joined(article, (note, article), note)
            notes = []
            found.append(article)
    return found + notes


def joined(whole: ReadArticle, parts: Sequence[ReadArticle], note: ReadArticle) -> ReadArticle:
    """An article and a note, or a letter's answer, as one, in the order of `parts`; the note's title is the heading of
    its box, and who signs it does not sign the whole."""
    heading = (Paragraph(note.headline, ParagraphKind.BOX),) if note.headline else ()
    return replace(
        whole,
        paragraphs=tuple(
            p for part in parts for p in ((*heading, *part.paragraphs) if part is note else part.paragraphs)
        ),
        lines=tuple(sorted({*whole.lines, *note.lines})),
        captions=(*whole.captions, *note.captions),
        doubts=(*whole.doubts, *(d for d in note.doubts if d.field not in ("title", "kicker"))),
    )


_NOTICE_TITLE: Final = re.compile(
    r"(?:公告|启事|启示|通告|公示|声明|讣告|告示|公告栏|通知|征稿|征文|征集令|更正|致歉|挂失|招标|中标|拍卖|布告|廣告啟事|啟事|聲明|公啟|敬告\S{0,6}|谨告|謹告|敬启者?|敬啟者?)(?:[（(][^）)]*[）)])?$"
)
_NOTICE_TEXT: Final = re.compile(
    r"特此(?:公告|通告|声明|公示|通知|启事|聲明|登報|佈告)|聲明作廢|现(?:将有关事项)?(?:公告|通告|公示)如下|遗失.{0,40}(?:声明)?作废|声明作废|挂失|公开(?:招标|拍卖|招聘)|本报编辑部$"
)
_OFFICE: Final = re.compile(
    r"[\u4e00-\u9fff（）()·“”]{2,28}(?:公司|集团|政府|委员会|办公室|管委会|指挥部|支队|大队|法院|检察院|人大|政协|报社|学校|[中小大]学|医院|银行|"
    r"[局厅院站所社店厂厅]|中心|街道办事处|工会|协会|商会|筹备组|编辑部|本部|组织部|宣传部|统战部|政法委|纪委|监委|党委|治丧小组|领导小组|[居村业]委会|理事会|(?:同|公|敬|谨|謹)?[启啓啟]|[谨謹敬]白)"
)
_DAY: Final = re.compile(
    r"(?:\d{4}|[〇零○一二三四五六七八九]{4})年[\d一二三四五六七八九十]{1,3}月[\d一二三四五六七八九十]{1,3}日|"
    r"(?:中[華华])?民[國国][〇一二三四五六七八九十元]{1,4}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日"
)
_WHEN_AND_WHERE: Final = re.compile(  # below a letter
    r"(?:\d{4}|[〇零○一二三四五六七八九]{4})年[\d一二三四五六七八九十]{1,3}月(?:[\d一二三四五六七八九十]{1,3}日)?[，,]?[于於写寫][\u4e00-\u9fff]{2,8}"
)
_CONTACT: Final = re.compile(
    r"(?:(?:咨询|联系|订购|报名|投诉|招商|预订|订票|垂询|服务)?(?:电话|热线|手机)|联系人|家属|启事人|声明人|失主|主讲人?|嘉宾|地址|邮箱|传真|网址|时间|地点|微信)\s*[：:]|\d{11}$"
)


_DOCUMENT: Final = re.compile(
    r"(?:(?:[\u4e00-\u9fff]{1,8}字|主席令)?第[\d一二三四五六七八九十百〇]{1,6}|[\u4e00-\u9fff]{1,8}字?[〔（(\[［【]\d{4}[〕）)\]］】]第?\s?\d{1,5})[号號]"
)


# Below the title of a book: 韦一鸣著 南江出版社 2022年10月出版
_BOOK: Final = re.compile(
    r"\S{2,20}[著编編译譯]，?\s.{0,16}(?:出版社|书局|書局|书店|印书馆|書館)(?:\s?.{0,10}(?:年|月|出版|版))?"
)


# Where a text was printed first, on a line of its own below it: 据《某某晚报》
SOURCE: Final = re.compile(r"[（(]?(?:据|摘自|选自|原载|转自|来源[：:])\s*《[^《》]{2,14}》[^，。；：]{0,10}[）)]?$")


_SOURCE_LINE: Final = re.compile(
    r"[（(](?:据|摘自|选自|原载|转自|来源[：:])?\s*《[^《》]{2,14}》[^（）()。]{0,24}[）)]"
)


def is_source_line(text: str) -> bool:
    """Whether a line in brackets only says where the text above it was printed first: （《书报》 林木）."""
    return text[0] in "（(" and bool(_SOURCE_LINE.fullmatch(text))


def is_document_number(text: str) -> bool:
    """Whether a line is the number of an official notice and nothing else: 市秘字第三四号, 清土告字〔2006〕15号."""
    return text[-1] in "号號" and bool(_DOCUMENT.fullmatch(text))


def is_book(text: str) -> bool:
    """Whether a line says who wrote and who published the book named above it, and nothing else."""
    return bool(_BOOK.fullmatch(text))


def notice_odds(text: str, above_ended: bool, gap: bool, short: bool) -> tuple[float, float]:
    """What the words of a short line tell of notices and advertisements: log-odds that it is body text (the office
    or the day below a notice, a telephone number) and that it is a title (公告, 招租). `above_ended`: the line
    above ends a sentence; `gap`: a blank line stands above; `short`: the line is well short of its column."""
    last = text[-1]
    if is_document_number(text) or is_book(text) or SOURCE.match(text):
        return 2.0, -6.0
    if _WHEN_AND_WHERE.fullmatch(text):
        return 2.0, -6.0
    if _CONTACT.match(text):
        return 3.0, -9.0
    if ("：" in text or last in "日0123456789") and (_CONTACT.search(text) or _DAY.fullmatch(text)):
        return 2.0, -6.0
    if above_ended and (not gap or text.startswith(("本报", "本刊"))) and _OFFICE.fullmatch(text):
        return 2.0, -3.0
    if (gap or (len(text) <= 14 and above_ended)) and is_notice_title(text):
        return -1.0, 2.0 if above_ended or not short else 8.0  # no sentence ends with the office above it
    return 0.0, 0.0


_SELLING_TITLE: Final = re.compile(
    r"^(?:供求信息|便民信息|.{0,6}(?:广告|廣告)|.{0,7}(?:出租|出售|转让|招租|求购|招聘|急聘|诚聘|征婚|促销|甩卖|遗失|開幕|開業|减价|減價|寻物|寻人|招领|急售)|.{0,6}开业大吉)$"
)
_SELLING_TEXT: Final = re.compile(
    r"(?:出售|求购|出租|转让|招租|招聘|诚聘|征婚|订购|预订|抢购|优惠|特价|折扣|[惠售]价|包邮|欢迎(?:光临|选购|来电|订购|垂询)|量大(?:上门|从优)|咨询电话|订购热线|"
    r"(?:时间|地点|地址|电话|热线)[：:])"
)


_BRACKETS: Final = "【】〔〕[]［］"  # 【招租】


def is_notice_title(text: str) -> bool:
    """Whether a title announces a notice or advertisements, so that it begins something of its own."""
    text = letterspaced(text) or text.strip(_BRACKETS)
    return bool(_NOTICE_TITLE.search(text) or _SELLING_TITLE.search(text))


def kind_of(title: str, paragraphs: Sequence[str], signed: bool) -> Kind:
    """News unless nobody signs it and its title or words are those of a notice or an advertisement."""
    if signed:
        return Kind.NEWS
    text, title = "\n".join(paragraphs), title.strip(_BRACKETS)
    if _NOTICE_TITLE.search(title) or (len(text) < 900 and _NOTICE_TEXT.search(text)):
        return Kind.NOTICE
    wanted = len(_SELLING_TEXT.findall(text)) + (2 if _SELLING_TITLE.search(title) else 0)
    if len(text) < 500 and wanted >= 2 + (len(text) > 150):
        return Kind.ADVERTISEMENT
    return Kind.NEWS
