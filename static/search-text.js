// Text: folding, the query's grammar, hits and snippets. No network, no document. See search.js.
"use strict";
(() => {
  const jianbao = (window.jianbao ??= {});
  const SPACE = /[\p{Z}\p{Cc}]/u;
  const ACCENTS = /^([a-z])?[\u0300-\u036f]+$/; // alone: over a letter that has no character with it
  const NOTHING = /[\p{Cf}\p{Cs}]/u;
  const known = new Map(); // code point → folded, with the whole table or without
  let table = null; // traditional → simplified, loaded only for queries that need it

  /** Take in the whole table of traditional characters. */
  function learn(groups) {
    table = new Map();
    for (const group of groups.split(" ")) {
      const [simplified, ...traditional] = group;
      for (const character of traditional) table.set(character, simplified);
    }
    known.clear();
  }

  function foldPoint(point, pairs) {
    let folded = known.get(point);
    if (folded === undefined) {
      folded = "";
      for (const part of point.normalize("NFKC").toLowerCase()) {
        if (SPACE.test(part)) folded += " ";
        else if (!NOTHING.test(part)) {
          const plain = ACCENTS.exec(part.normalize("NFD"));
          folded += plain ? plain[1] ?? "" : table?.get(part) ?? part;
        }
      }
      known.set(point, folded);
    }
    return pairs ? Array.from(folded, (part) => pairs.get(part) ?? part).join("") : folded;
  }

  /** The text as it is compared, and for each of its units the place in the printed text it comes from. */
  function fold(text, pairs) {
    let out = "";
    const places = [];
    let place = 0;
    for (const point of text) {
      let folded = foldPoint(point, pairs);
      if (folded[0] === " " && out.endsWith(" ")) folded = folded.slice(1);
      for (let i = 0; i < folded.length; i++) places.push(place);
      out += folded;
      place += point.length;
    }
    places.push(place);
    return { text: out, places };
  }

  /** Pairs "traditional simplified traditional simplified…" as a map. */
  function pairsOf(text = "") {
    const points = Array.from(text);
    if (!points.length) return null;
    const pairs = new Map();
    for (let i = 0; i < points.length; i += 2) pairs.set(points[i], points[i + 1]);
    return pairs;
  }

  // -- the query
  const FIELDS = { 标题: "title", 標題: "title", 记者: "reporter", 記者: "reporter", 栏目: "section", 欄目: "section" };
  const FIELD = ["title|reporter|section", ...Object.keys(FIELDS)].join("|");
  const QUOTED = "[\"＂]([^\"＂]*)[\"＂]?|(?:“([^“”]*)”|「([^「」]*)」)(?=\\s|$)";
  const CLAUSE = new RegExp(`([-－])?(?:(${FIELD})[:：]\\s*)?(?:${QUOTED}|(\\S+))`, "giy");

  /** Clauses {field, negative, text}; text is folded. Nothing but exclusions is read as plain text, unless filters
   * leave something to exclude from. */
  function parse(query, filtered = false) {
    const clauses = [];
    const plain = query.normalize("NFC").trim();
    CLAUSE.lastIndex = 0;
    for (let at = 0; at < plain.length; ) {
      CLAUSE.lastIndex = at;
      const match = CLAUSE.exec(plain);
      if (!match) {
        at += 1;
        continue;
      }
      at = CLAUSE.lastIndex;
      const [whole, minus, name = "", ...given] = match;
      const text = fold(given.find((one) => one !== undefined) ?? "").text.trim();
      if (text) clauses.push({ field: FIELDS[name] ?? name.toLowerCase(), negative: Boolean(minus), text, whole });
    }
    if (!filtered && clauses.every((clause) => clause.negative)) {
      for (const clause of clauses) {
        Object.assign(clause, { field: "", negative: false, text: fold(clause.whole).text.trim() });
      }
    }
    return clauses.filter((clause) => clause.text);
  }

  /** The grams that a folded text must have: pairs, triples inside Latin words, a lone character itself. */
  function grams(text) {
    const out = new Set();
    for (const run of text.split(" ")) {
      const points = Array.from(run);
      if (points.length === 1) out.add(points[0]);
      for (let i = 0; i + 1 < points.length; i++) {
        const triple = points.slice(i, i + 3).join("");
        const before = points.slice(i - 1, i + 2).join("");
        if (/^[0-9a-z]{3}$/.test(triple)) out.add(triple);
        else if (i === 0 || !/^[0-9a-z]{3}$/.test(before)) out.add(points[i] + points[i + 1]);
      }
    }
    return [...out];
  }

  // -- days
  /** A day, month or year as people write it (2020/1/5, 20200105) in the form of an address; "" where it is none. */
  function day(given) {
    const written = /^(\d{4})(?:[-/.年]?(\d{1,2})(?:[-/.月]?(\d{1,2}))?)?[年月日]?$/;
    const [, year, month, date] = written.exec(fold(String(given ?? "")).text.trim()) ?? [];
    const days = new Date(Date.UTC(Number(year), Number(month ?? 1), 0)).getUTCDate();
    if ((month && !(month >= 1 && month <= 12)) || (date && !(date >= 1 && date <= days))) return "";
    return [year, month?.padStart(2, "0"), date?.padStart(2, "0")].filter(Boolean).join("-");
  }

  /** From one day to another, each in the form of an address, the earlier one first. */
  function period(from, to) {
    const [first, last] = [day(from), day(to)];
    const size = Math.min(first.length, last.length);
    return first.slice(0, size) > last.slice(0, size) ? [last, first] : [first, last];
  }

  // -- hits and snippets
  /** All places of a folded needle in a printed text, as [start, end] in the printed text. */
  function hits(folded, needle) {
    const out = [];
    for (let at = folded.text.indexOf(needle); at >= 0; at = folded.text.indexOf(needle, at + needle.length)) {
      out.push([folded.places[at], endOf(folded.places, at + needle.length)]);
    }
    return out;
  }

  function endOf(places, at) {
    // the end of the last character, also where one printed character folds to several
    let end = at;
    while (end < places.length - 1 && places[end] === places[end - 1]) end += 1;
    return places[end];
  }

  /** Ascending, overlapping ones joined. */
  function joined(ranges) {
    const out = [];
    for (const [start, end] of [...ranges].sort((a, b) => a[0] - b[0] || a[1] - b[1])) {
      const last = out[out.length - 1];
      if (last && start <= last[1]) last[1] = Math.max(last[1], end);
      else out.push([start, end]);
    }
    return out;
  }

  const STOP = /[。！？；!?;\n]["'”’」』）)]*/g;

  /** A piece of the text around its best hits, cut at sentences where they are near: {text, hits}. */
  function snippet(text, ranges, size = 110) {
    const marks = joined(ranges);
    const anchor = best(marks, size);
    const stops = [0];
    for (const match of text.matchAll(STOP)) stops.push(match.index + match[0].length);
    stops.push(text.length);
    const sentence = stops.filter((stop) => stop <= anchor[0]).pop() ?? 0;
    let start = anchor[0] - sentence <= 40 ? sentence : soft(text, anchor[0] - 30, anchor[0]);
    let end = stops.find((stop) => stop >= anchor[1] && stop - start >= size * 0.6) ?? text.length;
    if (end - start > size * 1.4) end = Math.max(anchor[1], soft(text, start + size, start + size + 15));
    if (end === text.length && end - start < size * 0.6) {
      start = stops.filter((stop) => end - stop <= size * 1.4).shift() ?? start;
      if (start > anchor[0]) start = sentence;
    }
    while (start < end && /\s/.test(text[start])) start += 1;
    while (end > start && /\s/.test(text[end - 1])) end -= 1;
    if (/[\uDC00-\uDFFF]/.test(text[start] ?? "")) start -= 1;
    if (/[\uDC00-\uDFFF]/.test(text[end] ?? "")) end += 1;
    const before = start > 0 && !stops.includes(start) ? "…" : "";
    const after = end < text.length && !stops.includes(end) ? "…" : "";
    const shift = before.length - start;
    const inside = marks.filter(([from, to]) => from >= start && to <= end);
    return {
      text: before + text.slice(start, end).replaceAll("\n", " ") + after,
      hits: inside.map(([from, to]) => [from + shift, to + shift]),
    };
  }

  function best(marks, size) {
    let found = marks[0] ?? [0, 0];
    let most = 0;
    marks.forEach((mark, i) => {
      let count = 0;
      while (i + count < marks.length && marks[i + count][1] - mark[0] < size) count += 1;
      if (count > most) [found, most] = [mark, count];
    });
    return found;
  }

  function soft(text, from, to) {
    for (let at = Math.max(0, from); at < to; at++) if (/[，、：,:\s]/.test(text[at - 1] ?? "")) return at;
    return Math.max(0, Math.min(from, text.length));
  }

  jianbao.text = { learn, fold, pairsOf, parse, grams, day, period, hits, joined, snippet, whole: () => table !== null };
})();
