// The search page: the query in the address, results as one types, the keyboard, paging.
"use strict";
(() => {
  const { jianbao } = window;
  const { make, printed, words, keepFocus, showPages, item } = jianbao.ui;
  const PAGE = 10;
  const SETTLED = 30; // candidates that are verified beyond those shown, so that the number is true
  const NAMES = ["q", "reporter", "section", "from", "to", "sort", "page"];
  const at = (id) => document.getElementById(`search-${id}`);
  const [form, input, status, message] = [at("form"), at("input"), at("status"), at("message")];
  const [results, facets, pages, chips, sorts] = [at("results"), at("facets"), at("pages"), at("chips"), at("sort")];
  const [narrow, filters, offers] = [at("narrow"), at("filters"), at("offers")];
  const bar = status.parentElement;
  const heading = document.title;
  let turn = 0; // the number of the search that may still show its results
  let shown = ""; // the address of these results
  let asked = ""; // of the last search

  function read() {
    const given = new URLSearchParams(location.search);
    const state = Object.fromEntries(NAMES.map((name) => [name, given.get(name) ?? ""]));
    state.page = Math.max(1, Math.floor(Number(state.page)) || 1);
    [state.from, state.to] = jianbao.text.period(state.from, state.to);
    state.sort = Object.hasOwn(words.sorts, state.sort) ? state.sort : "relevance";
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
      else {
        remember();
        history.pushState({ typing }, "", address);
      }
    } else if (!typing) history.replaceState({ typing: false }, "", address);
    return run(state);
  }

  // -- the place in the results
  // The browser restores it before the results are there, and gives up: so it is kept with the entry.
  let scrolled = 0;

  function remember() {
    clearTimeout(scrolled);
    history.replaceState({ ...history.state, y: Math.round(window.scrollY) }, "");
  }

  history.scrollRestoration = "manual";
  window.addEventListener("pagehide", remember);
  window.addEventListener(
    "scroll",
    () => {
      clearTimeout(scrolled);
      scrolled = setTimeout(remember, 200); // browsers refuse to be asked a hundred times
    },
    { passive: true },
  );

  /** Show what a state asks for; `place`: how far down the reader was when it was left. */
  async function run(state, place = null) {
    const mine = ++turn;
    asked = addressOf(state);
    const says = jianbao.text.parse(state.q).length > 0; // a quotation mark alone says nothing yet
    const wanted = Boolean(says || state.reporter || state.section || state.from || state.to);
    document.title = state.q.trim() ? `${state.q.trim()} – ${heading}` : heading;
    if (!wanted) return clear();
    const wants = () => mine === turn;
    const slow = setTimeout(() => wants() && busy(), 150);
    try {
      const search = await jianbao.begin(state.q, state);
      const early = (first) => {
        clearTimeout(slow);
        if (mine === turn) showResults(state, search, first, false);
      };
      const { page, found } = await search.leaf(state.page, PAGE, early, wants);
      clearTimeout(slow);
      if (mine !== turn) return;
      if (page !== state.page) {
        state = { ...state, page };
        history.replaceState(history.state, "", (asked = addressOf(state)));
      }
      showResults(state, search, found, true);
      if (place !== null) window.scrollTo(0, place);
      suggestions.found(state.q, found);
      await search.settle(SETTLED);
      if (mine !== turn) return;
      await search.estimate();
      if (mine !== turn) return;
      showTotal(state, search);
      if (search.lost.size) tell(words.lost(search.lost.size));
      const help = helped();
      if (search.total) await narrowing(state, search, mine, search.small).catch(() => mine === turn && (facets.hidden = true));
      const ways = await help.then((one) => (search.total ? one.ways(state) : one.nothing(state))).catch(() => []);
      if (mine === turn) (search.total ? offers : results).replaceChildren(...ways);
    } catch (error) {
      if (mine === turn) fail(error);
    } finally {
      clearTimeout(slow);
    }
  }

  async function narrowing(state, search, mine, people) {
    const [counts] = await Promise.all([search.facets(people, true), fetched(facets)]);
    if (mine !== turn) return;
    const more = () => narrowing(state, search, mine, true).catch(() => {});
    const days = search.days();
    // what stands beside what was found has not been verified
    const about = (filtered) => search.approximate || (Boolean(filtered) && !search.exact);
    keepFocus(filters, status, () =>
      jianbao.ui.showFacets(filters, { facets: counts, days, about, state, more, choose: (changes) => go(changes).then(reveal) }),
    );
  }

  /** Bring what was found into view, where the reader chose something that stands below or over it. */
  function reveal() {
    const folded = !wide.matches && narrow.open;
    if (!folded && status.getBoundingClientRect().top >= 0) return;
    narrow.open = wide.matches;
    status.focus({ preventScroll: true });
    bar.scrollIntoView();
  }

  /** Take a suggestion: open its article, or search for it, or set the filters that it means. */
  function take({ value, url, changes = { q: value } }) {
    clearTimeout(timer);
    if (url) return location.assign(url);
    input.value = changes.q;
    return go(changes);
  }

  function busy() {
    bar.hidden = false;
    status.replaceChildren(words.busy);
  }

  function clear() {
    for (const one of [results, pages, chips, filters, sorts, status, offers]) one.replaceChildren();
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

  /** `whole`: all of this page is here; until then there is no number to rely on. */
  function showResults(state, search, found, whole) {
    message.hidden = true;
    facets.hidden = !found.length;
    if (shown && new URLSearchParams(shown).get("q") !== state.q) offers.replaceChildren();
    results.start = (state.page - 1) * PAGE + 1;
    results.replaceChildren(...found.map(item));
    results.setAttribute("aria-busy", String(!whole));
    if (whole) showTotal(state, search);
    else busy();
    const buttons = Object.entries(words.sorts).map(([sort, name]) =>
      make("button", { type: "button", "aria-pressed": String(sort === state.sort), click: () => go({ sort }) }, name),
    );
    keepFocus(sorts, status, () => sorts.replaceChildren(...buttons));
    keepFocus(chips, status, () => showChips(state));
    shown = addressOf(state);
  }

  function showTotal(state, search) {
    bar.hidden = false;
    const total = make("strong", { "data-total": String(search.total) }, String(search.total));
    if (search.total) status.replaceChildren(...words.found(search.total, total, search.approximate));
    else status.replaceChildren(...words.none(total));
    sorts.hidden = !search.total;
    showPages(pages, { page: state.page, size: PAGE, search, address: (page) => addressOf({ ...state, page }), turn: leaf });
  }

  function leaf(page) {
    go({ page }).then(() => results.querySelector("a")?.focus({ preventScroll: true }));
    window.scrollTo({ top: 0 });
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

  let timer = 0;
  let composing = false;

  // What helps with typing is fetched when it is wanted, not before the first results; so is what narrows them.
  let suggestions = { update() {}, found() {}, close() {}, key: () => false }; // until they are there
  const scripts = new Map(); // element → the promise of the script that fills it

  function fetched(element) {
    const { script } = element.dataset;
    const arriving = () => new Promise((load, error) => document.head.append(make("script", { src: script, load, error })));
    if (!scripts.has(element)) scripts.set(element, arriving());
    return scripts.get(element);
  }

  let help = null;

  function helped() {
    const address = (changes) => addressOf({ ...read(), page: 1, ...changes });
    help ??= fetched(at("suggestions")).then(() => {
      suggestions = jianbao.suggest(input, at("suggestions"), { take, address });
      return suggestions;
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
    clearTimeout(scrolled); // it would be written into an entry that it is not of
    const state = read();
    input.value = state.q;
    if (addressOf(state) !== shown || asked !== shown) run(state, history.state?.y ?? 0);
  });

  // Beside the results there is room for the filters; over them they would push these away.
  const wide = window.matchMedia("(min-width: 60rem)");
  const unfold = () => (narrow.open = wide.matches);
  wide.addEventListener("change", unfold);
  unfold();

  at("late").hidden = true; // the programs are here
  const state = read();
  if (!input.value || state.q) input.value = state.q;
  if (!state.q) input.focus({ preventScroll: true });
  jianbao.open().catch(() => {});
  run(state, history.state?.y ?? null);
})();
