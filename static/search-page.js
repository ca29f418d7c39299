// The search page: the query in the address, results as one types, the keyboard, paging.
"use strict";
(() => {
  const { jianbao } = window;
  const { make, marked, printed, words, lang, showFacets } = jianbao.ui;
  const PAGE = 10;
  const NAMES = ["q", "reporter", "section", "from", "to", "sort", "page"];
  const at = (id) => document.getElementById(`search-${id}`);
  const [form, input, status, message] = [at("form"), at("input"), at("status"), at("message")];
  const [results, facets, pages, chips, sorts] = [at("results"), at("facets"), at("pages"), at("chips"), at("sort")];
  const bar = status.parentElement;
  const heading = document.title;
  let turn = 0; // the number of the search that may still show its results
  let shown = ""; // the address whose results are shown
  let asked = ""; // the address that is searched for, or was last

  // -- the address -------------------------------------------------------------------------------------------
  function read() {
    const given = new URLSearchParams(location.search);
    const state = Object.fromEntries(NAMES.map((name) => [name, given.get(name) ?? ""]));
    state.page = Math.max(1, Math.floor(Number(state.page)) || 1);
    state.sort = state.sort in words.sorts ? state.sort : "relevance";
    return state;
  }

  function addressOf(state) {
    const wanted = new URLSearchParams();
    for (const name of NAMES) {
      const value = name === "page" ? (state.page > 1 ? String(state.page) : "") : state[name];
      if (value && !(name === "sort" && value === "relevance")) wanted.set(name, value);
    }
    const query = wanted.toString();
    return query ? `?${query}` : location.pathname;
  }

  /** Search for a state and remember it; typing replaces the entry that typing made. */
  function go(changes, typing = false) {
    const state = { ...read(), page: 1, ...changes };
    const address = addressOf(state);
    const current = location.search || location.pathname;
    if (address !== current) {
      if (typing && history.state?.typing) history.replaceState({ typing: true }, "", address);
      else history.pushState({ typing }, "", address);
    } else if (!typing) history.replaceState({ typing: false }, "", address);
    return run(state);
  }

  // -- searching ---------------------------------------------------------------------------------------------
  async function run(state) {
    const mine = ++turn;
    asked = addressOf(state);
    const says = jianbao.text.parse(state.q).length > 0; // a quotation mark alone says nothing yet
    const wanted = Boolean(says || state.reporter || state.section || state.from || state.to);
    document.title = state.q.trim() ? `${state.q.trim()} – ${heading}` : heading;
    if (!wanted) return clear();
    const slow = setTimeout(() => mine === turn && busy(), 150);
    try {
      const search = await jianbao.begin(state.q, state);
      const early = (first) => {
        clearTimeout(slow);
        if (mine === turn) showResults(state, search, first, false);
      };
      const found = await search.page((state.page - 1) * PAGE, PAGE, early);
      clearTimeout(slow);
      if (mine !== turn) return;
      const last = Math.max(1, Math.ceil(search.total / PAGE));
      if (!found.length && state.page > last) {
        history.replaceState(history.state, "", addressOf({ ...state, page: last }));
        return await run({ ...state, page: last });
      }
      showResults(state, search, found, true);
      suggestions.found(state.q, found);
      await search.settle(12);
      if (mine !== turn) return;
      showTotal(state, search);
      if (search.lost.size) tell(words.lost(search.lost.size));
      helped().catch(() => {});
      if (!search.total) return await offer(state, mine);
      await narrowing(state, search, mine, search.small).catch(() => mine === turn && (facets.hidden = true));
    } catch (error) {
      if (mine === turn) fail(error);
    } finally {
      clearTimeout(slow);
    }
  }

  async function narrowing(state, search, mine, people) {
    const counts = await search.facets(people);
    if (mine !== turn) return;
    const more = () => narrowing(state, search, mine, true).catch(() => {});
    const [days, about] = [search.days(), search.approximate];
    keepFocus(facets, () =>
      showFacets(facets, { facets: counts, days, about, state, more, choose: (changes) => go(changes) }),
    );
  }

  /** Nothing was found: what is like it. */
  async function offer(state, mine) {
    facets.hidden = true;
    const others = await helped().then(({ instead }) => instead(state.q, state)).catch(() => []);
    if (mine !== turn) return;
    const links = others.map(({ query, total, approximate }) =>
      make(
        "li",
        {},
        make(
          "button",
          { type: "button", class: "search-instead", "data-instead": query, lang, click: () => take(query) },
          query,
        ),
        ` ${words.articles(total, approximate)}`,
      ),
    );
    const nothing = { reporter: "", section: "", from: "", to: "" };
    const filtered = state.reporter || state.section || state.from || state.to;
    const lines = [
      links.length > 0 && make("p", {}, words.like),
      links.length > 0 && make("ul", {}, ...links),
      filtered && make("p", {}, make("button", { type: "button", click: () => go(nothing) }, words.unfiltered)),
      make("p", {}, words.advice),
    ];
    results.replaceChildren(make("li", { class: "search-nothing" }, ...lines.filter(Boolean)));
  }

  function take(query) {
    clearTimeout(timer);
    input.value = query;
    go({ q: query });
  }

  function busy() {
    bar.hidden = false;
    status.replaceChildren(words.busy);
  }

  function clear() {
    for (const one of [results, pages, chips, facets, sorts, status]) one.replaceChildren();
    for (const one of [bar, pages, facets, message]) one.hidden = true;
    shown = "";
  }

  const KINDS = ["missing", "damaged", "outdated", "unsupported"];

  function fail(error) {
    clear();
    const part = error.part ? words.part(error.part) : "";
    tell((KINDS.includes(error.kind) ? words[error.kind] : words.failed + error.message) + part);
  }

  /** Say what is wrong, and offer to try again. */
  function tell(text) {
    const retry = () => {
      jianbao.forget();
      run(read());
    };
    message.replaceChildren(text, " ", make("button", { type: "button", click: retry }, words.again));
    message.hidden = false;
  }

  // -- showing -----------------------------------------------------------------------------------------------
  /** `whole`: all of this page is here; until then there is no number to rely on. */
  function showResults(state, search, found, whole) {
    message.hidden = true;
    results.start = (state.page - 1) * PAGE + 1;
    results.replaceChildren(...found.map(item));
    results.setAttribute("aria-busy", String(!whole));
    if (whole) showTotal(state, search);
    else busy();
    const buttons = Object.entries(words.sorts).map(([sort, name]) =>
      make("button", { type: "button", "aria-pressed": String(sort === state.sort), click: () => go({ sort }) }, name),
    );
    keepFocus(sorts, () => sorts.replaceChildren(...buttons));
    keepFocus(chips, () => showChips(state));
    shown = addressOf(state);
  }

  function showTotal(state, search) {
    bar.hidden = false;
    const total = make("strong", { "data-total": String(search.total) }, String(search.total));
    if (search.total) status.replaceChildren(...words.found(search.total, total, search.approximate));
    else status.replaceChildren(...words.none(total));
    showPages(state, Math.ceil(search.total / PAGE));
  }

  /** Draw what stands in a place anew: the keyboard stays on the button it was on, or goes to what was found. */
  function keepFocus(place, draw) {
    const had = place.contains(document.activeElement) ? nameOf(document.activeElement) : null;
    draw();
    if (had === null) return;
    const again = [...place.querySelectorAll("button, a, input")].find((one) => nameOf(one) === had);
    (again ?? status).focus({ preventScroll: true });
  }

  function nameOf({ dataset, ariaLabel, id, textContent }) {
    return dataset.facet ? `${dataset.facet} ${dataset.value}` : ariaLabel || id || textContent;
  }

  function item(one) {
    const leaf = one.page && words.page(one.page);
    const facts = [dayOf(one.date), leaf];
    facts.push(...[one.section !== leaf && one.section, one.reporters.join(words.comma)].map((fact) => fact && printed(fact)));
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

  function showChips(state) {
    const chip = (name, value, shown, changes) =>
      make(
        "button",
        {
          type: "button",
          class: "search-chip",
          "aria-label": words.remove(name + words.colon + value),
          click: () => go(changes),
        },
        name + words.colon,
        shown,
        make("span", { "aria-hidden": "true" }, " ✕"),
      );
    const time = state.from === state.to ? state.from : `${state.from || "…"}${words.until}${state.to || "…"}`;
    chips.replaceChildren(
      ...[
        state.section && chip(words.section, state.section, printed(state.section), { section: "" }),
        state.reporter && chip(words.reporter, state.reporter, printed(state.reporter), { reporter: "" }),
        (state.from || state.to) && chip(words.time, time, time, { from: "", to: "" }),
      ].filter(Boolean),
    );
  }

  function showPages(state, count) {
    const near = [...Array(count).keys()].map((i) => i + 1).filter((n) => n === 1 || n === count || Math.abs(n - state.page) < 3);
    const link = (page, text, label) =>
      make(
        "a",
        {
          href: addressOf({ ...state, page }),
          "aria-label": label,
          "aria-current": page === state.page ? "page" : false,
          click: (event) => {
            event.preventDefault();
            go({ page }).then(() => results.querySelector("a")?.focus({ preventScroll: true }));
            window.scrollTo({ top: 0 });
          },
        },
        text,
      );
    const out = [];
    if (state.page > 1) out.push(link(state.page - 1, words.previous, words.previous));
    near.forEach((page, i) => {
      if (i && page - near[i - 1] > 1) out.push(make("span", {}, "…"));
      out.push(link(page, String(page), words.numbered(page)));
    });
    if (state.page < count) out.push(link(state.page + 1, words.next, words.next));
    pages.replaceChildren(...out);
    pages.hidden = count < 2;
  }

  // -- typing and keys ---------------------------------------------------------------------------------------
  let timer = 0;
  let composing = false;

  // What helps with typing is fetched when it is wanted, not before the first results.
  let suggestions = { update() {}, found() {}, close() {}, key: () => false };
  let help = null;

  function helped() {
    help ??= new Promise((resolve, reject) => {
      const list = at("suggestions");
      const load = () => {
        suggestions = jianbao.suggest.combobox(input, list, take);
        resolve(jianbao.suggest);
      };
      document.head.append(make("script", { src: list.dataset.script, load, error: reject }));
    });
    return help;
  }

  async function typed() {
    clearTimeout(timer);
    if (composing) return;
    helped().then(
      () => suggestions.update(),
      () => {},
    );
    const q = input.value;
    const mine = turn;
    // at once where the data is already here, else when the reader pauses
    if (await jianbao.warm(q).catch(() => false)) {
      if (mine === turn && q === input.value) go({ q }, true);
    } else if (mine === turn && q === input.value) timer = setTimeout(() => q === input.value && go({ q }, true), 160);
  }

  input.addEventListener("input", typed);
  input.addEventListener("compositionstart", () => (composing = true));
  input.addEventListener("compositionend", () => {
    composing = false;
    typed();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(timer);
    suggestions.close();
    go({ q: input.value });
  });

  function step(by) {
    const links = [...results.querySelectorAll("h2 a")];
    const now = links.indexOf(document.activeElement);
    const next = now + by;
    if (next < 0) input.focus();
    else links[Math.min(next, links.length - 1)]?.focus();
  }

  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    const inside = event.target.closest?.("input, textarea, select, [contenteditable]");
    if (inside === input && suggestions.key(event)) return;
    if (event.key === "/" && !inside) {
      event.preventDefault();
      input.focus();
      input.select();
    } else if (event.key === "ArrowDown" && (inside === input || results.contains(event.target))) {
      event.preventDefault();
      step(1);
    } else if (event.key === "ArrowUp" && results.contains(event.target)) {
      event.preventDefault();
      step(-1);
    } else if (event.key === "Escape") {
      if (inside === input && input.value) {
        input.value = "";
        go({ q: "" }, true);
      } else if (!inside) input.focus();
    }
  });

  window.addEventListener("popstate", () => {
    clearTimeout(timer);
    const state = read();
    input.value = state.q;
    if (addressOf(state) !== shown || asked !== shown) run(state);
  });

  at("late").hidden = true; // the programs are here
  const state = read();
  if (!input.value || state.q) input.value = state.q;
  if (!location.search) input.focus({ preventScroll: true });
  jianbao.open().catch(() => {});
  run(state);
})();
