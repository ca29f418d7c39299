"""The words of the server's own pages, Chinese and English, in one table."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Final

from jianbao.articles.fields import BY_NAME
from jianbao.problems import Language

TABLE: Final[dict[str, tuple[str, str]]] = {
    "skip": ("跳到正文", "Skip to content"),
    "home": ("首页", "Home"),
    "preview": ("本机预览", "Local preview"),
    "local_note": (
        "这些页面只在本机可见，不会发布。",
        "These pages are seen on this machine only and never published.",
    ),
    "comma": ("、", ", "),
    "colon": ("：", ": "),
    "semicolon": ("；", "; "),
    # review
    "review": ("待核", "Review"),
    "review_title": ("待核对的文章", "Articles to check"),
    "review_count": ("{} 处待核，最可疑的在前。", "{} entries wait, most doubtful first."),
    "review_none": ("没有待核的了。", "Nothing waits to be checked."),
    "review_how": (
        "打开“编辑”，对照右侧的扫描原文改正；核对无误的栏勾上“已核对”再保存。",
        "Open “Edit”, correct against the scanned lines beside the form, tick what you have checked, and save.",
    ),
    "earlier": ("上一页", "Previous page"),
    "later": ("下一页", "Next page"),
    "part": ("第 {} 页，共 {} 页", "page {} of {}"),
    "read": ("看文章", "Read"),
    "edit": ("编辑", "Edit"),
    "lines": ("扫描原文", "Scanned lines"),
    "no_lines": ("没有记下出自哪些扫描行。", "No scan lines are recorded."),
    "scan_gone": ("扫描文本已不在，或无法读取。", "The scan is gone or cannot be read."),
    "untitled": ("（标题缺失）", "(headline lost)"),
    # the form
    "edit_title": ("编辑文章", "Edit article"),
    "id": ("编号", "Id"),
    "id_note": ("编号就是网址，永不改动", "the id is the address and never changes"),
    "headings": ("标题", "Headlines"),
    "people": ("署名", "Bylines"),
    "place": ("版面", "Place in the paper"),
    "more": ("其他", "More"),
    "text": ("正文", "Text"),
    "one_a_line": ("一行一个", "one a line"),
    "doubt": ("待核", "unchecked"),
    "doubtful": ("机器没有把握", "The machine was unsure"),
    "checked": ("已核对", "Checked"),
    "checked_which": ("“{}”已核对", "{} has been checked"),
    "machine": ("机器现在读作", "The machine now reads"),
    "machine_body": ("这一段，机器现在读作", "This passage the machine now reads"),
    "machine_yours": ("文件里是", "the file has"),
    "machine_nothing": ("（没有）", "(nothing)"),
    "take": ("采用", "Use this"),
    "news": ("新闻", "News"),
    "extra": ("不认识的栏，原样保留", "Unknown fields, kept as they are"),
    "save": ("保存", "Save"),
    "save_view": ("保存并看文章", "Save and read"),
    "save_next": ("保存，核对下一篇", "Save, check the next"),
    "back": ("回到文章", "Back to the article"),
    "saved": ("已保存到 {}", "Saved to {}"),
    "saved_same": ("没有改动，文件保持原样。", "Nothing changed; the file stays as it is."),
    "not_saved": ("没有保存，文件保持原样。请先改正：", "Not saved; the file stays as it is. Please correct:"),
    "faults": (
        "这个文件有错，网站上是它上一次正确的样子：",
        "This file has faults; the site shows its last good state:",
    ),
    "reminders": ("提醒", "Warnings"),
    "changed": (
        "没有保存：打开表单之后，这个文件又被改过（另一个窗口、编辑器或重新导入）。",
        "Not saved: this file was changed after the form was opened (another window, an editor, an import).",
    ),
    "changed_how": (
        "两边都改了的栏标在下面：框里是您写的，旁边是文件里现在的文字。看过后再保存，就以框里的为准。"
        "只有文件改了的栏已换成文件里的文字。",
        "Fields changed on both sides are marked below: the box has yours, beside it stands what the file has now. "
        "Save again and the boxes hold. Fields changed only in the file already show the file's text.",
    ),
    "changed_raw": (
        "上面是您写的，下面是文件里现在的全文。看过后再保存，就以上面的为准。",
        "Above is what you wrote, below the file as it is now. Save again and the text above holds.",
    ),
    "theirs": ("文件里现在是", "The file now has"),
    "theirs_removed": ("（已删去）", "(removed)"),
    "outside": ("文件已在别处改动。保存前请核对，或", "The file was changed elsewhere. Before saving, check, or "),
    "reload": ("重新载入", "load it again"),
    "raw": ("文件全文", "The whole file"),
    "raw_note": (
        "抬头有错，无法分栏显示，请直接改正文件的文字。",
        "The front matter has faults, so its fields cannot be shown; correct the file's text here.",
    ),
    "stubborn": (
        "这个文件的写法无法只改几处，请直接改全文。",
        "This file is written so that fields cannot be changed one by one; edit its whole text.",
    ),
    "raw_link": ("直接改全文", "Edit the whole text"),
    "unreadable": (
        "这个文件不是可读的 UTF-8 文本，请用 check --fix-encoding 改正。",
        "This file is no readable UTF-8 text; mend it with check --fix-encoding.",
    ),
    "busy": (
        "没有保存：另一个构建正在进行（进程 {}）。请稍后再按保存。",
        "Not saved: a build is running (process {}). Please save again in a moment.",
    ),
    "unwritable": ("没有保存：{}", "Not saved: {}"),
    "no_token": (
        "没有保存：这个表单来自上一次运行的预览，或来自别的网站。请重新打开表单；您写的文字在下面，可以复制。",
        "Not saved: this form is from an earlier run of the preview or from another site. Open the form again; "
        "what you wrote stands below to be copied.",
    ),
    "open_again": ("重新打开表单", "Open the form again"),
    # other pages
    "not_found": ("没有这一页", "Page not found"),
    "no_article": ("没有编号为 {} 的文章。", "There is no article of the id {}."),
    "nothing_yet": ("还没有可看的网站", "No site to show yet"),
    "nothing_text": (
        "构建没有成功。改正下面的问题并保存，网站就会出现在这里。",
        "The build did not succeed. Correct what is listed and save, and the site appears here.",
    ),
    "failed": ("出错了", "Something went wrong"),
    "failed_text": ("详情见终端。", "The terminal has the details."),
}
_LABELS: Final = {
    "body": ("正文", "Text"),
    "reporter": ("记者", "Reporters"),
    "correspondent": ("通讯员", "Correspondents"),
    "photographer": ("摄影", "Photographers"),
    "author": ("作者", "Authors"),
    "editor": ("责编", "Editors"),
}
_BODY_NOTE: Final = (
    "段落之间空一行；小标题一行以“## ”开头。报纸上印的符号照写，不会被当成标记。",
    "A blank line parts paragraphs; a subhead's line begins with “## ”. Signs the newspaper printed are no marks.",
)


class Interface(SimpleNamespace):
    """The words of one language as attributes."""

    language: Language

    def __getattr__(self, name: str) -> str:
        """For the type checker: every word of the table is an attribute."""
        raise AttributeError(name)

    def label(self, name: str) -> str:
        """A field's label."""
        which = 0 if self.language == "zh" else 1
        if name in _LABELS:
            return _LABELS[name][which]
        return BY_NAME[name].label if which == 0 else name.capitalize()

    def note(self, name: str) -> str:
        """What belongs into a field."""
        if name == "body":
            return _BODY_NOTE[0 if self.language == "zh" else 1]
        field = BY_NAME[name]
        return field.description if self.language == "zh" else field.english


def interface(language: Language) -> Interface:
    """The table in one language."""
    which = 0 if language == "zh" else 1
    return Interface(language=language, **{name: both[which] for name, both in TABLE.items()})
