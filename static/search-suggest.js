// Suggestions while typing, and what to try when nothing is found. See search-page.js.
"use strict";
(() => {
  const jianbao = (window.jianbao ??= {});
  const { text, data } = jianbao;
  const { make, printed, words, lang } = jianbao.ui;
  const MOST = 7;
  const HEADLINES = 3;
  const SECTIONS = 2;

  /** Words and names whose first or last character is this one: [text, kind, level]. */
  async function near(character) {
    const archive = await jianbao.open();
    if (!archive.suggest || !character) return [];
    const number = data.bucket(character, archive.suggest).toString(16).padStart(2, "0");
    return data.json(`suggest/${number}`, archive.version);
  }

  async function sectionsFrom(folded) {
    const { names } = await jianbao.candidates.column("sections", await jianbao.open());
    return names.filter((name) => text.fold(name).text.startsWith(folded)).slice(0, SECTIONS);
  }

  /** Completions of the last word of a query, the commonest first, and the sections that it may mean. */
  async function complete(query) {
    const [, before, last] = /^(.*?)([^\s"“”:：-]*)$/su.exec(query);
    const folded = text.fold(last).text;
    if (!folded) return [];
    const found = (await near(Array.from(folded)[0]))
      .map(([word, kind, level]) => ({ word, kind, level, folded: text.fold(word).text }))
      .filter((one) => one.folded.startsWith(folded) && one.folded !== folded);
    found.sort((a, b) => b.level + 2 * b.kind - a.level - 2 * a.kind || a.word.length - b.word.length);
    const [q, plain] = [before.trim(), /(^|\s)$/.test(before)];
    const sections = plain ? await sectionsFrom(folded).catch(() => []) : [];
    return [
      ...sections.map((section) => ({ value: section, kind: words.section, changes: { q, section } })),
      ...found.slice(0, MOST).map(({ word, kind }) => ({ value: before + word, kind: kind ? words.name : words.word })),
    ];
  }

  function distance(one, other, most) {
    const [a, b] = [Array.from(one), Array.from(other)];
    if (Math.abs(a.length - b.length) > most) return most + 1;
    let [previous, row] = [[], Array.from({ length: b.length + 1 }, (_, i) => i)];
    for (let i = 1; i <= a.length; i++) {
      const next = [i];
      for (let j = 1; j <= b.length; j++) {
        next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) next[j] = Math.min(next[j], previous[j - 2] + 1);
      }
      [previous, row] = [row, next];
    }
    return row[b.length];
  }

  async function alike(needle) {
    const points = Array.from(needle);
    if (points.length < 2) return [];
    const most = points.length > 4 ? 2 : 1;
    const known = (await Promise.all([near(points[0]), near(points[points.length - 1])])).flat();
    const found = new Map();
    for (const [word, kind, level] of known) {
      const folded = text.fold(word).text;
      const far = distance(needle, folded, most);
      if (far > 0 && far <= most) found.set(word, far * 100 - level - 2 * kind);
    }
    return [...found].sort((a, b) => a[1] - b[1]).map(([word]) => word);
  }

  /** The longest pieces of a string that some article has. */
  async function pieces(needle) {
    const archive = await jianbao.open();
    const points = Array.from(needle.replaceAll(" ", "")).slice(0, 24);
    const pairs = points.slice(1).map((point, i) => points[i] + point);
    const sets = await Promise.all(
      pairs.map(async (pair) => {
        const lists = await Promise.all(archive.segments.map((one) => data.posting(one, pair, archive.version)));
        return new Set(lists.flatMap((list, i) => Array.from(list?.numbers ?? [], (n) => n + archive.segments[i].start)));
      }),
    );
    const out = [];
    for (let i = 0; i < sets.length; i++) {
      let [now, j] = [sets[i], i];
      while (now.size && j + 1 < sets.length) {
        const next = new Set([...now].filter((number) => sets[j + 1].has(number)));
        if (!next.size) break;
        [now, j] = [next, j + 1];
      }
      if (now.size && j + 2 - i >= 2 && j + 2 - i < points.length) out.push(points.slice(i, j + 2).join(""));
    }
    const whole = out.filter((one) => !out.some((other) => other.length > one.length && other.includes(one)));
    return whole.map((one) => one.replace(EDGES, "")).sort((a, b) => b.length - a.length);
  }

  const EDGES = /^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu;
  const SIGNS = /[^\p{L}\p{N}]+/gu;

  /** Queries that find something in place of one that does not: [{query, total, approximate}]. */
  async function instead(query, options) {
    const wanted = text.parse(query, true).filter(({ negative }) => !negative);
    const clauses = wanted.filter(({ field }) => field === "");
    const tries = [];
    const swap = (clause, word) => query.normalize("NFC").replace(clause.whole, () => word).replace(/\s+/g, " ").trim();
    for (const clause of wanted.slice(0, 3)) {
      // words that were pasted as one, parted by signs; or an interview's “记者：…”, which is no filter
      if (clause.field) tries.push(swap(clause, `"${clause.whole.replaceAll('"', "")}"`));
      else tries.push(swap(clause, clause.whole.replace(SIGNS, " ")));
    }
    for (const clause of clauses.slice(0, 3)) {
      if (clauses.length > 1 && (await jianbao.begin(clause.text)).total) continue;
      tries.push(...(await alike(clause.text)).slice(0, 3).map((word) => swap(clause, word)));
      tries.push(...(await pieces(clause.text)).slice(0, 2).map((piece) => swap(clause, piece)));
    }
    if (clauses.length > 1) tries.push(...clauses.map((clause) => swap(clause, "")));
    const out = [];
    for (const one of new Set(tries)) {
      if (out.length >= 4 || one === query || !one) continue;
      const search = await jianbao.begin(one, options);
      const [first] = await search.page(0, 1);
      if (first) out.push({ query: one, total: search.total, approximate: search.approximate });
    }
    return out;
  }

  /** Filters that words of a query may mean, a day, a section or a reporter: [{label, changes}], where each
   * finds something. */
  async function ways(state) {
    const whole = { whole: state.q, text: text.fold(state.q).text.replace(/\s/g, "") };
    const clauses = text.parse(state.q, true).filter(({ negative, field }) => !negative && field === "");
    const meant = dayOf(whole.text) ? [whole] : clauses.slice(0, 3);
    const { small } = await jianbao.begin(state.q, state);
    const out = [];
    for (const clause of meant) {
      const q = state.q.normalize("NFC").replace(clause.whole, "").replace(/\s+/g, " ").trim();
      for (const { label, filter } of await filtersOf(clause.text)) {
        if (Object.entries(filter).every(([name, value]) => state[name] === value)) continue;
        if (q) label.push(" · ", printed(q));
        const changes = { q, ...filter };
        if (filter.reporter && !small) {
          if (!q) out.push({ label, changes }); // to count them would fetch the reporters of all articles
          continue;
        }
        const { total, approximate } = await (await jianbao.begin(q, { ...state, ...filter })).settle(12);
        if (total) out.push({ label: [...label, words.held(words.articles(total, approximate))], changes });
      }
    }
    return out;
  }

  /** What a string is a date in words of, in the form of an address; a bare number is none. */
  function dayOf(folded) {
    return /^(\d{8}|.*\D.*)$/.test(folded) ? text.day(folded) : "";
  }

  async function filtersOf(folded) {
    const day = dayOf(folded);
    if (day) return [{ label: [words.ofDay(jianbao.ui.dayOf(day))], filter: { from: day, to: day } }];
    const archive = await jianbao.open();
    const same = (name) => text.fold(name).text === folded;
    const sections = await jianbao.candidates.column("sections", archive);
    const people = (await near(Array.from(folded)[0])).filter(([, kind]) => kind).map(([name]) => name);
    const one = (kind, name) => ({ label: [words[kind] + words.colon, printed(name)], filter: { [kind]: name } });
    return [
      ...sections.names.filter(same).map((name) => one("section", name)),
      ...people.filter(same).map((name) => one("reporter", name)),
    ];
  }

  /** Ties a list of suggestions to an input; `choose` takes one: {value, url, changes}. Returns {update, found, close, key}. */
  function combobox(input, list, choose) {
    let active = -1;
    let asked = null; // the query that the list is for; null when it was closed
    let completions = [];
    let headlines = [];
    let offered = [];
    const options = () => [...list.children];

    function mark(at) {
      active = at;
      options().forEach((one, i) => one.setAttribute("aria-selected", String(i === at)));
      const one = options()[at];
      if (one) {
        input.setAttribute("aria-activedescendant", one.id);
        one.scrollIntoView({ block: "nearest" });
      } else input.removeAttribute("aria-activedescendant");
    }

    function close() {
      asked = null;
      list.hidden = true;
      input.setAttribute("aria-expanded", "false");
      mark(-1);
    }

    async function update() {
      const query = (asked = input.value);
      headlines = [];
      mark(-1);
      const given = query.trim() ? await complete(query).catch(() => []) : [];
      if (query !== asked) return;
      completions = given;
      show();
    }

    /** What the search found is here already: headlines with the query in them are offered too. */
    function found(query, results) {
      if (query !== asked || query !== input.value) return;
      const titled = results.filter(({ titleHits }) => titleHits.length).slice(0, HEADLINES);
      headlines = titled.map(({ title, url }) => ({ value: title, url, kind: words.headline }));
      if (headlines.length) show();
    }

    function show() {
      const chosen = active;
      offered = [...completions, ...headlines];
      const rows = offered.map(({ value, kind }, i) =>
        make(
          "li",
          {
            id: `suggestion-${i}`,
            role: "option",
            "aria-selected": "false",
            "data-value": value,
            // the list goes away when the input loses the focus: take the press, not the click
            pointerdown: (event) => {
              event.preventDefault();
              close();
              choose(offered[i]);
            },
          },
          make("span", { lang }, value),
          make("small", {}, kind),
        ),
      );
      list.replaceChildren(...rows);
      list.hidden = rows.length === 0 || document.activeElement !== input;
      input.setAttribute("aria-expanded", String(!list.hidden));
      mark(list.hidden || chosen >= rows.length ? -1 : chosen);
    }

    /** Whether a key was for the list. */
    function key(event) {
      if (list.hidden) return false;
      const size = options().length;
      if (event.key === "ArrowDown") mark(active + 1 < size ? active + 1 : -1);
      else if (event.key === "ArrowUp") mark(active < 0 ? size - 1 : active - 1);
      else if (event.key === "Escape") close();
      else if (event.key === "Enter" && active >= 0) {
        const one = offered[active];
        close();
        choose(one);
      } else return false;
      event.preventDefault();
      return true;
    }

    input.addEventListener("blur", close);
    return { update, found, close, key };
  }

  /** What stands in place of results: what is like the query, and what else can be done. */
  async function nothing(state, { take, way }) {
    const wanted = text.parse(state.q, true);
    const only = wanted.length > 0 && wanted.every(({ negative }) => negative); // nothing but what is not wanted
    const others = only ? [] : await instead(state.q, state).catch(() => []);
    const found = await ways(state).catch(() => []);
    const button = (label, value, more) => make("button", { type: "button", click: () => take(value), ...more }, label);
    const again = ({ query, total, approximate }) => [
      button(query, { value: query }, { class: "search-instead", "data-instead": query, lang }),
      ` ${words.articles(total, approximate)}`,
    ];
    const links = [...found.map((one) => [way(one)]), ...others.map(again)].map((one) => make("li", {}, ...one));
    const filtered = state.reporter || state.section || state.from || state.to;
    const unfiltered = { changes: { q: state.q, reporter: "", section: "", from: "", to: "" } };
    const lines = [
      links.length > 0 && make("p", {}, words.like),
      links.length > 0 && make("ul", {}, ...links),
      filtered && make("p", {}, button(words.unfiltered, unfiltered)),
      make("p", {}, only ? words.excluding : words.advice),
    ];
    return [make("li", { class: "search-nothing" }, ...lines.filter(Boolean))];
  }

  /** What helps with an input: its list of suggestions, and elements of what may be meant. `take` takes one of them:
   * {value, url, changes}; `address(changes)` is where that leads. */
  jianbao.suggest = (input, list, { take, address }) => {
    const way = ({ label, changes }) => {
      const click = (event) => {
        event.preventDefault();
        take({ changes });
      };
      return make("a", { href: address(changes), class: "search-way", click }, ...label, " →");
    };
    return {
      ...combobox(input, list, take),
      ways: async (state) => (await ways(state)).map(way),
      nothing: (state) => nothing(state, { take, way }),
    };
  };
})();
