"""The site's own words, Chinese and English, in one table; dates and numbers as each language writes them."""

from __future__ import annotations

from functools import cached_property
from types import SimpleNamespace
from typing import Final

from markupsafe import Markup

from jianbao.model import PaperDate
from jianbao.problems import Language

TABLE: Final[dict[str, tuple[str, str]]] = {
    # every page
    "skip": ("跳到正文", "Skip to content"),
    "home": ("首页", "Home"),
    "calendar": ("日历", "Calendar"),
    "sections": ("栏目", "Sections"),
    "reporters": ("记者", "Reporters"),
    "tags": ("标签", "Tags"),
    "about": ("关于", "About"),
    "search": ("检索", "Search"),
    "search_label": ("检索全部文章", "Search all articles"),
    "search_within": ("在其中检索", "Search in these"),
    "search_hint": ("检索标题、正文、姓名", "Search titles, text, names"),
    "navigation": ("主导航", "Main"),
    "path": ("当前位置", "You are here"),
    "feed": ("订阅", "Feed"),
    "made_with": ("由剪报（Jianbao）生成", "Made with Jianbao 剪报"),
    "colon": ("：", ": "),
    "comma": ("、", ", "),
    # issues and pages
    "newest_issue": ("最新一期", "Newest issue"),
    "all_pages": ("全部{}", "All {}"),
    "previous_issue": ("上一期", "Previous issue"),
    "next_issue": ("下一期", "Next issue"),
    "previous_page": ("上一版", "Previous page"),
    "next_page": ("下一版", "Next page"),
    "pages_of_issue": ("本期各版", "Pages of this issue"),
    "page_unknown": ("版次不详", "Page unknown"),
    "more_on_page": ("本版还有 {} 篇", "{} more on this page"),
    # calendars
    "all_years": ("各年", "All years"),
    "previous_month": ("上一月", "Previous month"),
    "next_month": ("下一月", "Next month"),
    "previous_year": ("上一年", "Previous year"),
    "next_year": ("下一年", "Next year"),
    "day_name": ("{}，{} {}", "{}, {}, {}"),
    "day_without": ("未收", "none"),
    "legend_less": ("少", "fewer"),
    "legend_more": ("多", "more"),
    "legend_gap": ("未收", "no issue"),
    "month_only": ("只知年月的文章", "Dated to the month only"),
    "year_only": ("只知年份的文章", "Dated to the year only"),
    "undated": ("日期待考的文章", "Articles without a certain date"),
    "date_unknown": ("日期不详", "Date unknown"),
    "undated_note": (
        "这些文章的版面上找不到确切日期，或日期由内容推断，故不归入任何一期。",
        "No certain date was found for these articles, so they stand in no issue.",
    ),
    "this_day": ("往年今日", "On this day"),
    "this_day_of": ("历史上的今天", "Today in history"),
    "this_day_more": ("历年此日", "This day through the years"),
    "activity": ("报纸日历", "Issues at a glance"),
    # article
    "untitled": ("（标题缺失）", "(headline lost)"),
    "previous_article": ("上一篇", "Previous"),
    "next_article": ("下一篇", "Next"),
    "related": ("相关报道", "Related articles"),
    "captions": ("图片说明", "Captions"),
    "source": ("扫描原文", "Scanned text"),
    "source_lines": ("第 {}—{} 行", "lines {}–{}"),
    "source_line": ("第 {} 行", "line {}"),
    "cite": ("引用本文", "Cite this article"),
    "doubt": ("待核", "unchecked"),
    "doubt_long": ("机器识别，尚未核对", "read by machine, not yet checked"),
    "review_note": (
        "以下各项由机器从扫描文本识别，尚未经人核对：",
        "Read from the scanned text by machine and not yet checked by a person: ",
    ),
    # fields of the front matter, as readers call them
    "field_title": ("标题", "headline"),
    "field_kicker": ("引题", "kicker"),
    "field_subtitle": ("副题", "subtitle"),
    "field_reporter": ("记者", "reporter"),
    "field_correspondent": ("通讯员", "correspondent"),
    "field_photographer": ("摄影", "photographer"),
    "field_editor": ("编辑", "editor"),
    "field_author": ("作者", "author"),
    "field_date": ("日期", "date"),
    "field_section": ("栏目", "section"),
    "field_page": ("版次", "page"),
    "field_captions": ("图片说明", "captions"),
    "field_body": ("正文", "text"),
    "field_tags": ("标签", "tags"),
    # people
    "by_surname": ("按姓氏", "By surname"),
    "surname": ("{}姓", "Surname {}"),
    "most_works": ("署名最多", "Most articles"),
    "people_order": (
        "人数多的姓氏在前；数字是文章篇数。",
        "The surnames of most people come first; the numbers count articles.",
    ),
    "same_name": (
        "本页收录所有署名“{}”的文章；同名的不同作者无从区分，列在一起。",
        "Everything signed “{}”; different people of the same name cannot be told apart and stand together.",
    ),
    "timeline": ("发稿年表", "Through the years"),
    "coauthors": ("常与合作", "Often together with"),
    "roles": ("署名身份", "Signed as"),
    # lists
    "latest": ("最新", "Newest"),
    "newer": ("较新", "Newer"),
    "older": ("较旧", "Older"),
    "list_page": ("续页 {}", "Part {}"),
    "by_year": ("按年份", "By year"),
    "jump": ("本页目录", "On this page"),
    "empty": ("暂无文章", "No articles"),
    # about
    "numbers": ("收录情况", "The archive in numbers"),
    "n_articles": ("文章", "articles"),
    "n_issues": ("期", "issues"),
    "n_pages": ("版", "pages"),
    "n_people": ("署名者", "people"),
    "n_sections": ("栏目", "sections"),
    "n_characters": ("正文字数", "characters of text"),
    "n_waiting": ("待核文章", "articles to be checked"),
    "span": ("起讫日期", "from – to"),
    "year_head": ("年份", "year"),
    "how_made": ("这些文字从哪里来", "Where these texts come from"),
    "how_made_text": (
        "文字由程序从报纸版面的扫描文本中切分成篇，再由编辑逐步核对。带“待核”标记的标题、署名、日期等是机器的判断，"
        "可能有误；核对后标记即消失。每篇文章都注明出自扫描文本的哪几行，可随时对照。",
        "A program cut these texts out of scanned newspaper pages; editors check them step by step. Headlines, "
        "bylines or dates marked “unchecked” are the machine's reading and may be wrong; once checked, the mark "
        "is gone. Each article names the lines of the scan that it was cut from.",
    ),
    "data": ("数据下载", "Data"),
    "data_text": ("全部文章的元数据可整份下载，供研究使用：", "The metadata of all articles, for research: "),
    "publisher": ("出版者", "Publisher"),
    # scans
    "scan": ("扫描文本", "Scanned text"),
    "scan_note": (
        "这是从扫描件提取的原始文本，未经改动；左侧为行号，颜色线标出各行归入的文章。",
        "The text as extracted from the scan, unchanged, with line numbers; a rule marks lines of articles.",
    ),
    "scan_articles": ("本页切分出的文章", "Articles cut from this page"),
    # other pages
    "not_found": ("没有这一页", "Page not found"),
    "not_found_text": (
        "您要找的页面不存在，可能地址有误，或文章已改编号。可以从检索或日历找起。",
        "There is nothing at this address. Try the search or the calendar.",
    ),
    "not_found_links": (
        "这里的链接若打不开，请把地址栏里的网址改短，只留网站首页的那一段。",
        "If the links here do not work, shorten the address above to that of the site's first page.",
    ),
    "moved": ("已改名", "Moved"),
    "moved_text": ("此页已移至：", "This page has moved to: "),
    # the search page; what its scripts say stands in static/search-words-*.js
    "find_label": ("词句、人名、数字，任意长短", "Words, names or numbers of any length"),
    "find_hint": ("例如：旧房改造", "As printed, in Chinese"),
    "find_offers": ("联想", "Suggestions"),
    "find_help": ("怎样检索", "How to search"),
    "find_plain": (
        "含有这几个字的文章；繁体、简体、全角、半角、大小写都一样",
        "articles with these characters; traditional or simplified, wide or narrow, capital or small are the same",
    ),
    "find_both": ("两者都有", "with both"),
    "find_phrase": ("连空格一起，原样相连", "exactly so, with the space"),
    "find_without": ("有前者，没有后者", "with the first and without the second"),
    "find_in_title": ("标题：", "title:"),  # operators, as src/jianbao/search/query.py knows them
    "find_by": ("记者：", "reporter:"),
    "find_under": ("栏目：", "section:"),
    "find_title": ("标题里有", "in the headline"),
    "find_name": ("姓名", "name"),
    "find_reporter": ("某位记者的", "by this reporter"),
    "find_section": ("某个栏目的", "in this section"),
    "find_keys": ("到检索框，选结果，打开，返回", "to the search box, choose a result, open it, back"),
    "find_js": (
        "检索在您的浏览器里进行，需要 JavaScript。也可以从这里找：",
        "The search runs in your browser and needs JavaScript. Without it, look here: ",
    ),
    "find_late": (
        "检索程序还没有装载好。请重新载入这一页；若一直如此，可能是网站没有完整复制或上传。",
        "The search has not been loaded. Load this page again; if that does not help, the site may not have been "
        "copied or uploaded completely.",
    ),
    "find_sections": ("栏目", "Sections"),
    "find_stop": ("。", "."),
    "find_sort": ("排序", "Order"),
    "find_filter": ("筛选", "Filters"),
    "find_narrow": ("缩小范围", "Narrow the search"),
    "find_pages": ("结果分页", "Pages of results"),
}

_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_DAYS = {"zh": "一二三四五六日", "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")}


class Interface(SimpleNamespace):
    """The words of one language as attributes, and how it writes dates and numbers."""

    language: Language
    # The attribute `lang` of what the newspaper printed, and of the site's words amidst it; "" where they speak alike.
    printed: Markup
    spoken: Markup

    def __getattr__(self, name: str) -> str:
        """For the type checker: every word of the table is an attribute."""
        raise AttributeError(name)

    def date(self, date: PaperDate) -> str:
        """`2021年12月7日`, `2021年12月`, `约2021年` / `7 December 2021`, `c. 2021`."""
        if self.language == "zh":
            text = f"{date.year}年"
            if date.month:
                text += f"{date.month}月"
            if date.day:
                text += f"{date.day}日"
            return f"约{text}" if date.estimated else text
        parts = [str(date.day)] if date.day else []
        parts += [_MONTHS[date.month - 1]] if date.month else []
        return ("c. " if date.estimated else "") + " ".join([*parts, str(date.year)])

    def year(self, year: int) -> str:
        """`2021年` / `2021`."""
        return f"{year}年" if self.language == "zh" else str(year)

    def month(self, month: int) -> str:
        """`12月` / `December`."""
        return f"{month}月" if self.language == "zh" else _MONTHS[month - 1]

    def month_day(self, month: int, day: int) -> str:
        """`12月7日` / `7 December`."""
        return f"{month}月{day}日" if self.language == "zh" else f"{day} {_MONTHS[month - 1]}"

    def weekday(self, number: int) -> str:
        """`星期二` / `Tue`; Monday is 0."""
        name = _DAYS[self.language][number]
        return f"星期{name}" if self.language == "zh" else name

    @property
    def weekdays(self) -> tuple[str, ...]:
        """The heads of a calendar's columns, from Monday."""
        return tuple(_DAYS[self.language])

    def page(self, label: str) -> str:
        """`第1版` / `page 1`."""
        if not label:
            return str(self.page_unknown)
        return f"第{label}版" if self.language == "zh" else f"page {label}"

    def count(self, number: int, unit: str = "articles") -> str:
        """`12篇` / `12 articles`; other units: issues, pages, people."""
        if self.language == "zh":
            return f"{number:,}{ {'articles': '篇', 'issues': '期', 'pages': '版', 'people': '人'}[unit] }"
        names = {"articles": "article", "issues": "issue", "pages": "page", "people": "person"}
        return f"{number:,} {names[unit] if number == 1 else unit}"

    def number(self, number: int) -> str:
        """With thousands parted: `12,345`."""
        return f"{number:,}"

    @cached_property
    def doubt_mark(self) -> Markup:
        """What stands behind something that nobody has checked yet."""
        return Markup('<span class="doubt"{} title="{}">{}</span>').format(self.spoken, self.doubt_long, self.doubt)

    def field(self, name: str) -> str:
        """A field of the front matter as readers call it."""
        return str(getattr(self, f"field_{name}", name))


def interface(language: Language, printed: str = "zh-Hans") -> Interface:
    """The table in one language, for a newspaper in another."""
    which = 0 if language == "zh" else 1
    words = {name: both[which] for name, both in TABLE.items()}
    theirs, own = ("", "") if language == "zh" else (printed, language)
    return Interface(language=language, printed=_lang(theirs), spoken=_lang(own), **words)


def _lang(language: str) -> Markup:
    return Markup(' lang="{}"').format(language) if language else Markup("")
