// How elements are made, what a result looks like, the links to the pages of results. See search-page.js.
"use strict";
(() => {
  const { jianbao } = window;
  const { words } = jianbao;

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

  function item(one) {
    const leaf = one.page && words.page(one.page);
    const names = one.reporters.flatMap((name, i) => [i ? words.comma : "", ...marked(name, one.reporterHits[i])]);
    const facts = [dayOf(one.date), leaf];
    if (one.section && one.section !== leaf) facts.push(printed(one.section));
    if (names.length) facts.push(make("span", { lang }, ...names));
    const title = one.title ? marked(one.title, one.titleHits) : [words.untitled];
    return make(
      "li",
      { "data-article-id": one.id, class: "search-result" },
      make("h2", {}, make("a", { href: one.url, lang: one.title ? lang : null }, ...title)),
      make("p", { class: "search-facts" }, ...facts.filter(Boolean).flatMap((fact, i) => (i ? [" · ", fact] : [fact]))),
      make("p", { class: "search-snippet", lang }, ...marked(one.snippet, one.snippetHits)),
    );
  }

  function dayOf(date) {
    const [, year, month, day, about] = /^(\d+)(?:-(\d+))?(?:-(\d+))?(~?)$/.exec(date) ?? [];
    if (!year) return words.undated;
    return words.date(Number(year), month && Number(month), day && Number(day), about);
  }

  /** Links to the pages near this one; to the last only where it is known, since all before it must be verified. */
  function showPages(pages, { page, size, search, address, turn }) {
    const known = !search.approximate;
    const count = Math.max(page, Math.ceil(search.total / size));
    const wanted = (n) => n === 1 || (known && n === count) || Math.abs(n - page) < 3;
    const near = [...Array(count).keys()].map((i) => i + 1).filter(wanted);
    const link = (number, text, label) =>
      make(
        "a",
        {
          href: address(number),
          "aria-label": label,
          "aria-current": number === page ? "page" : false,
          click: (event) => {
            event.preventDefault();
            turn(number);
          },
        },
        text,
      );
    const out = [];
    if (page > 1) out.push(link(page - 1, words.previous, words.previous));
    near.forEach((number, i) => {
      if (i && number - near[i - 1] > 1) out.push(make("span", {}, "…"));
      out.push(link(number, String(number), words.numbered(number)));
    });
    if (!known) out.push(make("span", {}, "…"));
    if (page < count || !known) out.push(link(page + 1, words.next, words.next));
    pages.replaceChildren(...out);
    pages.hidden = count < 2 && known;
  }

  /** Draw what stands in a place anew: the keyboard stays on what it was on, or goes to what stands instead. */
  function keepFocus(place, instead, draw) {
    const had = place.contains(document.activeElement) ? nameOf(document.activeElement) : null;
    draw();
    if (had === null) return;
    const again = [...place.querySelectorAll("button, a, input")].find((one) => nameOf(one) === had);
    (again ?? instead).focus({ preventScroll: true });
  }

  function nameOf({ dataset, ariaLabel, id, textContent }) {
    return dataset.facet ? `${dataset.facet} ${dataset.value}` : ariaLabel || id || textContent;
  }

  jianbao.ui = { make, marked, printed, words, lang, item, dayOf, showPages, keepFocus };
})();
