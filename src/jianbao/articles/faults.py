"""What to tell an editor about an article file: one table of sentences, Chinese and English."""

from __future__ import annotations

from typing import Final

from jianbao.problems import Problem, error, warning

# code: what is wrong (zh, en), what to write instead (zh, en)
_SENTENCES: Final[dict[str, tuple[str, str, str, str]]] = {
    "no-article": (
        "一篇文章也没有，不发布空的网站",
        "no article at all; an empty site is not published",
        "把版面文本放进 scans/YYYY-MM-DD/01.txt，再运行一次",
        "put page text into scans/YYYY-MM-DD/01.txt and run again",
    ),
    "empty": (
        "文件是空的",
        "the file is empty",
        "请从备份恢复；若不要这篇文章，请删去文件",
        "restore it from a backup, or delete the file",
    ),
    "no-front-matter": (
        "开头没有抬头（两行 --- 之间的各栏）",
        "there is no front matter (the lines between --- and ---)",
        "第一行写 ---，接着写 id、title 等，再写一行 ---",
        "begin with ---, then id, title and so on, then --- again",
    ),
    "fence": (
        "第一行不是三个减号",
        "the first line is not three hyphens",
        "请写成 ---（半角，三个）",
        "write --- (three ASCII hyphens)",
    ),
    "not-closed": (
        "抬头没有结束",
        "the front matter is not closed",
        "在正文前面加一行 ---",
        "add a line --- before the text",
    ),
    "front-too-long": (
        "抬头超过 {0} 字节",
        "the front matter is over {0} bytes",
        "长的文字请写在正文里",
        "put long texts into the body",
    ),
    "merge-marker": (
        "留有合并冲突的标记 {0}",
        "a merge conflict's marker {0} was left in",
        "选定一种写法，删去 <<<<<<<、=======、>>>>>>> 三行",
        "choose one version and delete the lines <<<<<<<, =======, >>>>>>>",
    ),
    "id-missing": ("没有 id", "there is no id", "请加一行“id: {0}”", "add a line “id: {0}”"),
    "id-form": (
        "id“{0}”的格式不对",
        "the id “{0}” has not the form of one",
        "请写成 2021-12-07-01-03 这样：日期、版次、序号",
        "write it like 2021-12-07-01-03: date, page, number",
    ),
    "id-changed": (
        "文件名里的编号是 {0}，这里写的 id 是 {1}：文章换了地址，旧地址打不开了",
        "the file is named {0}, but the id is {1}: the article has another address, the old one is dead",
        "把 id 改回 {0}；若确要换地址，把文件名也改成 {1}.md",
        "write {0} again; if the address shall change, name the file {1}.md, too",
    ),
    "name-fault": (
        "“{0}”{1}",
        "“{0}” {2}",
        "请换一个名字",
        "choose another name",
    ),
    "date-missing": (
        "没有日期，这篇文章不属于任何一期",
        "there is no date: the article belongs to no issue",
        "请写上 date，如 2021-12-07；查不到就在 review 里写 date",
        "write a date like 2021-12-07; if it cannot be found, write date under review",
    ),
    "title-missing": (
        "没有标题",
        "there is no title",
        "请写上 title；若版面上确已丢失，请在 review 里写 title",
        "write the title; if the page lost it, put title under review",
    ),
    "title-comment": (
        "标题以 # 开头，YAML 把它当作注释",
        "the title begins with #, which YAML takes for a comment",
        "请用引号把标题括起来",
        "put the title in quotes",
    ),
    "cut-short": (
        "“{0}”前有空格，被当作注释略去了",
        "“{0}” has a space before it and is left out as a comment",
        "若是文字的一部分，请用引号把整个值括起来；若是注释，请在 # 后面加一个空格",
        "if it is part of the text, put the whole value in quotes; if a comment, write a space after #",
    ),
    "unknown-key": (
        "不认识“{0}”这一栏，它不起作用",
        "“{0}” is no field and has no effect",
        "是不是想写 {1}？",
        "did you mean {1}?",
    ),
    "unknown-key-far": (
        "不认识“{0}”这一栏，它不起作用",
        "“{0}” is no field and has no effect",
        "可用的有：{1}",
        "there are: {1}",
    ),
    "date-form": (
        "看不懂日期“{0}”",
        "the date “{0}” cannot be read",
        "请写成 2021-12-07（或 2021-12、2021；估计的在末尾加 ~）",
        "write 2021-12-07 (or 2021-12, 2021; with a trailing ~ for an estimate)",
    ),
    "date-impossible": (
        "没有“{0}”这一天",
        "there is no such day as “{0}”",
        "请核对月份和日子，写成 2021-12-07 这样",
        "check month and day; write it like 2021-12-07",
    ),
    "date-future": (
        "日期 {0} 在将来",
        "the date {0} is in the future",
        "请核对年份",
        "check the year",
    ),
    "date-before": (
        "日期 {0} 早于创刊（{1}）",
        "the date {0} is before the first issue ({1})",
        "请核对日期，或改正 site.yaml 的 first_issue",
        "check the date, or first_issue in site.yaml",
    ),
    "page": (
        "看不懂版次“{0}”",
        "the page “{0}” cannot be read",
        "请写成 1 或 A02 这样",
        "write it like 1 or A02",
    ),
    "kind": (
        "没有“{0}”这种体裁",
        "there is no kind “{0}”",
        "请写公告或广告，新闻不写",
        "write 公告 or 广告, nothing for news",
    ),
    "review": (
        "review 里的“{0}”不是栏名",
        "“{0}” under review is no field",
        "可写的有：{1}",
        "there are: {1}",
    ),
    "is-list": (
        "{0}里是列表，应是一句文字",
        "{0} holds a list instead of a text",
        "去掉方括号；若方括号是文字的一部分，请给整个值加引号",
        "remove the brackets, or put the whole value in quotes",
    ),
    "is-map": (
        "{0}里套了“名称: 值”，应是文字",
        "{0} holds a map instead of a text",
        "只写文字；文字里的半角冒号请改为“：”或给整个值加引号",
        "write a text; put a value with a colon in quotes",
    ),
    "inner-list": (
        "{0}的列表里又有列表",
        "there is a list inside the list of {0}",
        "只写一层：[甲, 乙]",
        "write one level: [a, b]",
    ),
    "section-path": (
        "版名“{0}”里有斜杠或两个句点",
        "the section “{0}” has a slash or two dots",
        "请只写版名，如“要闻”",
        "write the section's name only",
    ),
    "name-path": (
        "姓名“{0}”里有斜杠或两个句点",
        "the name “{0}” has a slash or two dots",
        "几个人请用顿号分开或写成列表",
        "part names by commas or write a list",
    ),
    "tag-path": (
        "标签“{0}”里有斜杠或两个句点",
        "the tag “{0}” has a slash or two dots",
        "请换一个写法",
        "write it another way",
    ),
    "bidi": (
        "有看不见的文字方向控制符 U+{0}，已略去",
        "an invisible direction mark U+{0} was left out",
        "请删去它",
        "remove it",
    ),
    "link": (
        "链接“{0}”不安全",
        "the link “{0}” is not safe",
        "只可写 http、https 或站内的相对地址",
        "write http, https or a relative address",
    ),
    "stubborn": (
        "此文件的写法无法自动改动，版面的新读法没有写入",
        "this file cannot be changed automatically; the new reading was not written into it",
        "请运行 jianbao review，手工改正",
        "see jianbao review and mend it by hand",
    ),
    "gone": (
        "版面上已没有这篇文章，它的文件删去了",
        "the page has this article no more; its file was removed",
        "若是误删，把版面文本改回来，文章就以原来的地址回来",
        "if that was a mistake, put the page's text back: the article returns under its address",
    ),
    "left-out": (
        "{0} 的这些内容没有并进来，它的文件已删去：{1}",
        "this of {0} was not taken over, and its file is gone: {1}",
        "要保留的，请写进本文件",
        "write into this file what you want to keep",
    ),
    "waits": (
        "接着的版面 {0} 不在了，这一篇保持原样，没有按新的扫描重读",
        "the page {0} that it goes on in is not there; the article stays as it is and was not read anew",
        "把那一版的文本放回去，再运行一次",
        "put that page's text back and run again",
    ),
    "scan-twice": (
        "与 {0} 一字不差，没有再导入一次",
        "the very text of {0}; it was not imported once more",
        "删去其中一个；若日期或版次写错了，删去写错的那个，文章会跟过来",
        "delete one of the two; if the other one's date or page is wrong, delete that, and its articles will follow",
    ),
    "record-damaged": (
        "机器的阅读记录读不懂，这一期没有导入",
        "the machine's record cannot be read; this issue was not imported",
        "从备份（或版本库）恢复这个文件；若恢复不了就删去它：文章按文字重新认出，但人删去的文章会回来",
        "restore it from a backup; failing that, delete it: articles are known by their text, deleted ones return",
    ),
    "brackets": (
        "正文里有 {0} 个没有配对的方括号 [",
        "the text has {0} brackets [ that are never closed",
        "请检查这一段是不是乱码",
        "check whether this is garbled text",
    ),
}

_WARNINGS: Final = frozenset(
    [
        "cut-short",
        "unknown-key",
        "unknown-key-far",
        "date-future",
        "date-before",
        "bidi",
        "review",
        "stubborn",
        "gone",
        "waits",
        "left-out",
        "date-missing",
        "id-changed",
        "scan-twice",
    ]
)


def fault(path: str, line: int, column: int, code: str, *shown: object) -> Problem:
    """The problem of this code; `shown` go into the sentences' braces."""
    zh, en, do, do_en = (part.format(*shown) for part in _SENTENCES[code])
    make = warning if code in _WARNINGS else error
    return make(path, line, column, zh, en, do=do, do_en=do_en, code=code.removesuffix("-far"))


def known(code: str) -> bool:
    """Whether there is a sentence of this code."""
    return code in _SENTENCES
