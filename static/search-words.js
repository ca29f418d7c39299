// What the search says, in Chinese and English, and how it makes elements. See search-page.js.
"use strict";
(() => {
  const jianbao = (window.jianbao ??= {});

  // -- words: as the interface has them, and as the newspaper prints them -------------------------------------
  const CHINESE = {
    sorts: { relevance: "相关", newest: "新到旧", oldest: "旧到新" },
    articles: (count, about) => `${about ? "约 " : ""}${count} 篇`,
    counted: (count, about) => (about ? `约 ${count}` : String(count)),
    found: (count, number, about) => ["找到", about ? " 约" : "", " ", number, " 篇"],
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
  const MONTHS = "January February March April May June July August September October November December".split(" ");
  const many = (count) => (count === 1 ? "article" : "articles");
  const ENGLISH = {
    sorts: { relevance: "Relevance", newest: "Newest first", oldest: "Oldest first" },
    articles: (count, about) => `${about ? "about " : ""}${count} ${many(count)}`,
    counted: (count, about) => (about ? `~${count}` : String(count)),
    found: (count, number, about) => [about ? "About " : "", number, ` ${many(count)} found`],
    none: (number) => ["Nothing found (", number, " articles)"],
    bin: (time, count) => [`${time}: ${count} ${many(count)}`, `${time}, ${count} ${many(count)}`],
    all: (count) => `All ${count}`,
    time: "Date", from: "From", to: "To", apply: "Apply",
    section: "Section", reporter: "Reporter", year: "Year", reporters: "Count by reporter",
    name: "name", word: "word", headline: "headline",
    held: (articles) => ` (${articles})`, ofDay: (time) => `Articles of ${time}`,
    excluding: "Only words to leave out stand here. Add what you are looking for, before them.",
    like: "Did you mean:", unfiltered: "Search without filters", advice: "Try fewer characters, or other words.",
    busy: "Searching…", again: "Try again", failed: "The search failed: ", part: (part) => ` (${part})`,
    missing: "Part of the search data is missing: the network may be down, or the site was not uploaded completely.",
    lost: (count) => `${count} more cannot be read and are not listed: the files may not have been copied or uploaded completely.`,
    damaged: "Part of the search data is damaged. The results would be incomplete and are not shown.",
    outdated: "The site has just been updated. Please reload this page.",
    unsupported: "This browser is too old to unpack the search data (it needs DecompressionStream).",
    untitled: "(headline lost)", undated: "date unknown", page: (label) => `page ${label}`, comma: ", ", colon: ": ",
    date: (year, month, day, about) => [about && "c.", day, month && MONTHS[month - 1], year].filter(Boolean).join(" "),
    remove: (text) => `Remove ${text}`, until: " to ",
    previous: "Previous page", next: "Next page", numbered: (number) => `Page ${number}`,
  };
  const words = document.documentElement.lang.startsWith("zh") ? CHINESE : ENGLISH;
  /** The newspaper's language where the page's own is another, else null: the attribute `lang` of what is printed. */
  const lang = document.getElementById("search-form").dataset.printed ?? null;
  const printed = (text) => (lang ? make("span", { lang }, text) : text);

  /** An element: attributes (a function listens, true sets, false leaves out), then children or texts. */
  function make(tag, attributes = {}, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (typeof value === "function") element.addEventListener(name, value);
      else if (value === true) element.setAttribute(name, "");
      else if (value !== false && value !== undefined && value !== null) element.setAttribute(name, value);
    }
    element.append(...children);
    return element;
  }

  /** Text with its hits marked, as nodes. */
  function marked(text, hits) {
    const nodes = [];
    let at = 0;
    for (const [from, to] of hits) {
      if (from > at) nodes.push(text.slice(at, from));
      nodes.push(make("mark", {}, text.slice(from, to)));
      at = to;
    }
    nodes.push(text.slice(at));
    return nodes;
  }

  jianbao.ui = { make, marked, printed, words, lang };
})();
