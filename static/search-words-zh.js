// What the search says in Chinese; search-words-en.js says the same in English.
"use strict";
(() => {
  (window.jianbao ??= {}).words = {
    sorts: { relevance: "相关", newest: "新到旧", oldest: "旧到新" },
    articles: (count, about) => `${about ? "约 " : ""}${count} 篇`,
    counted: (count, about) => (about ? `约 ${count}` : String(count)),
    found: (count, number, about) => ["找到", about ? "约" : "", " ", number, " 篇"],
    none: (number) => ["没有找到（", number, " 篇）"],
    bin: (time, count) => [`${time}：${count} 篇`, `${time}，${count} 篇`],
    all: (count) => `全部 ${count} 个`,
    time: "时间", from: "从", to: "到", apply: "限定",
    section: "栏目", reporter: "记者", year: "年份", reporters: "按记者统计",
    name: "人名", word: "词", headline: "标题",
    held: (articles) => `（${articles}）`, ofDay: (time) => `${time}的文章`,
    excluding: "这里只写了不要的词。请再写上要找的，例如：旧房 -电梯。",
    like: "您要找的是不是：", unfiltered: "去掉全部条件再找", advice: "可以少输入几个字，或者换一个说法。",
    busy: "正在检索…", again: "再试一次", failed: "检索出错：", part: (part) => `（${part}）`,
    missing: "检索数据缺了一部分，可能是网络中断或网站没有完整上传。",
    lost: (count) => `另有 ${count} 篇的文字读不出来，没有列出：文件可能没有完整复制或上传。`,
    damaged: "检索数据有一部分损坏，结果会不完整，所以没有显示。",
    outdated: "网站刚刚更新过，请重新载入本页。",
    unsupported: "这个浏览器太旧，不能解开检索数据（需要 DecompressionStream）。",
    untitled: "（无题）", undated: "日期不详", page: (label) => `第${label}版`, comma: "　", colon: "：",
    date: (year, month, day, about) =>
      [`${year}年`, month && `${month}月`, day && `${day}日`, about && "（约）"].filter(Boolean).join(""),
    remove: (text) => `去掉条件 ${text}`, until: " 至 ",
    previous: "上一页", next: "下一页", numbered: (number) => `第 ${number} 页`,
  };
})();
