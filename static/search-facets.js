// Narrowing a search: facets with counts, a range of dates, a histogram over time. Fetched after the first results; see
// search-page.js.
"use strict";
(() => {
  const { jianbao } = window;
  const { make, words, lang } = jianbao.ui;
  const SHOWN = 10;

  function facet(title, name, values, chosen, choose, about) {
    const list = make("ul", { class: "search-values" });
    const [here, others] = [values.filter(({ value }) => value === chosen), values.filter(({ value }) => value !== chosen)];
    const rows = (values.indexOf(here[0]) < SHOWN ? values : [...here, ...others]).map(({ value, count }) =>
      make(
        "li",
        {},
        make(
          "button",
          {
            type: "button",
            "aria-pressed": String(value === chosen),
            "data-facet": name,
            "data-value": value,
            click: () => choose(value === chosen ? "" : value),
          },
          make("span", { class: "search-value", lang: name !== "year" && lang }, value),
          make("span", { class: "search-count" }, words.counted(count, about)),
        ),
      ),
    );
    list.append(...rows.slice(0, SHOWN));
    const section = make("section", { class: "search-facet" }, make("h2", {}, title), list);
    if (rows.length > SHOWN) {
      const more = make("button", { type: "button", class: "search-more" }, words.all(rows.length));
      more.addEventListener("click", () => {
        list.append(...rows.slice(SHOWN, 200));
        more.remove();
        rows[SHOWN].querySelector("button").focus();
      });
      section.append(more);
    }
    return section;
  }

  /** Bars over time: years, months or days, as many as can be seen; a click narrows to one. */
  function histogram(days, choose) {
    const known = days.filter((day) => day);
    if (!known.length) return null;
    let first = known[0];
    let last = known[0];
    for (const day of known) {
      if (day < first) first = day;
      if (day > last) last = day;
    }
    if (first === last) return null; // one bar says nothing
    const bins = binning(first, last);
    const counts = new Map(bins.map((bin) => [bin, 0]));
    const size = bins[0].length;
    for (const day of known) {
      const bin = day.slice(0, size);
      if (counts.has(bin)) counts.set(bin, counts.get(bin) + 1);
    }
    const top = Math.max(...counts.values(), 1);
    const bars = bins.map((bin) => {
      const count = counts.get(bin);
      const [title, label] = words.bin(bin, count);
      const bar = make("span", { class: "search-bar-fill" });
      bar.style.height = `${count ? Math.max(4, (100 * count) / top) : 0}%`;
      return make(
        "li",
        {},
        make(
          "button",
          {
            type: "button",
            title,
            "aria-label": label,
            "data-bin": bin,
            "data-count": String(count),
            disabled: count === 0,
            click: () => choose(bin),
          },
          bar,
        ),
      );
    });
    return make(
      "section",
      { class: "search-facet search-time" },
      make("h2", {}, words.time),
      make("ol", { class: "search-histogram" }, ...bars),
      make("p", { class: "search-scale" }, make("span", {}, bins[0]), make("span", {}, bins[bins.length - 1])),
    );
  }

  function binning(first, last) {
    const [from, to] = [Number(first.slice(0, 4)), Number(last.slice(0, 4))];
    const months = (to - from) * 12 + Number(last.slice(5, 7) || 12) - Number(first.slice(5, 7) || 1) + 1;
    const years = Array.from({ length: to - from + 1 }, (_, i) => String(from + i).padStart(4, "0"));
    if (months > 36) return years;
    const start = Number(first.slice(5, 7) || 1) - 1;
    const every = Array.from({ length: months }, (_, i) => {
      const month = start + i;
      return `${String(from + Math.floor(month / 12)).padStart(4, "0")}-${String((month % 12) + 1).padStart(2, "0")}`;
    });
    if (months > 2 || first.length < 10 || last.length < 10) return every;
    const out = [];
    for (let time = Date.parse(first); time <= Date.parse(last); time += 86400000) {
      out.push(new Date(time).toISOString().slice(0, 10));
    }
    return out;
  }

  function range({ from, to }, choose) {
    const field = (name, label, value) =>
      make("label", {}, label, make("input", { type: "date", name, value, min: "1800-01-01", max: "2999-12-31" }));
    const form = make(
      "form",
      { class: "search-range" },
      field("from", words.from, full(from, "-01")),
      field("to", words.to, full(to, "-28")),
      make("button", { type: "submit" }, words.apply),
    );
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      choose(form.elements.from.value, form.elements.to.value);
    });
    return form;
  }

  function full(day, end) {
    if (!day || day.length === 10) return day;
    if (day.length === 7) return end === "-01" ? `${day}-01` : monthEnd(day);
    return end === "-01" ? `${day}-01-01` : `${day}-12-31`;
  }

  function monthEnd(month) {
    const [year, number] = month.split("-").map(Number);
    return new Date(Date.UTC(year, number, 0)).toISOString().slice(0, 10);
  }

  /** Fill the column beside the results. `choose(changes)` searches anew, `more()` counts reporters too. */
  function show(home, { facets, days, about, state, more, choose }) {
    const bars = histogram(days, (bin) => choose({ from: bin, to: bin }));
    const pieces = [
      bars,
      range(state, (from, to) => choose({ from, to })),
      facets.section.length > 0 &&
        facet(words.section, "section", facets.section, state.section, (section) => choose({ section }), about(state.section)),
      facets.reporter === null &&
        make("p", {}, make("button", { type: "button", class: "search-more", click: more }, words.reporters)),
      facets.reporter?.length > 0 &&
        facet(words.reporter, "reporter", facets.reporter, state.reporter, (reporter) => choose({ reporter }), about(state.reporter)),
      facets.year.length > 1 &&
        facet(
          words.year,
          "year",
          [...facets.year].sort((a, b) => (a.value < b.value ? 1 : -1)),
          state.from,
          (year) => choose({ from: year, to: year }),
          about(state.from || state.to),
        ),
    ];
    home.replaceChildren(...pieces.filter(Boolean));
  }

  jianbao.ui.showFacets = show;
})();
