// What the search says in English; search-words-zh.js says the same in Chinese.
"use strict";
(() => {
  const MONTHS = "January February March April May June July August September October November December".split(" ");
  const many = (count) => (count === 1 ? "article" : "articles");
  (window.jianbao ??= {}).words = {
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
})();
