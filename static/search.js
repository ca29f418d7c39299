// The search core: jianbao.search(query, {reporter, section, from, to, sort, offset, limit}).
// Candidates come in order (search-candidates.js); what is shown is verified against the article's own text.
"use strict";
(() => {
  const jianbao = (window.jianbao ??= {});
  const { text, data } = jianbao;
  const { find, ordered, column, loaded } = jianbao.candidates;

  const FIELDS = ["t", "k", "s", "y", "c", "b", "g"];

  function fragment(archive, number) {
    const id = archive.ids[number];
    const month = /^\d{4}-\d{2}/.test(id) ? id.slice(0, 7) : "undated";
    return data.json(`text/${month}/${id}`, archive.version);
  }

  function parts(article) {
    return FIELDS.flatMap((name) => {
      const value = article[name] ?? [];
      if (name === "y") return value.length ? value.split("\n").map((one) => [name, one]) : [];
      return [value].flat().map((one) => [name, one]);
    });
  }

  /** Whether the article has what is asked for; its hits by part. */
  function verify(article, clauses) {
    const pairs = text.pairsOf(article.f);
    const all = parts(article).map(([name, printed]) => ({ name, printed, folded: text.fold(printed, pairs), hits: [] }));
    for (const clause of clauses) {
      if (clause.field !== "" && clause.field !== "title") continue;
      let found = false;
      for (const part of all) {
        if (clause.field === "title" && part.name !== "t") continue;
        const places = text.hits(part.folded, clause.text);
        found ||= places.length > 0;
        if (!clause.negative) part.hits.push(...places);
      }
      if (found === clause.negative) return null;
    }
    return all;
  }

  function address(id) {
    const dated = /^(\d{4})-(\d{2})-(\d{2})-([^-]+)-([^-]+)$/.exec(id);
    const undated = /^undated-(.+)-([^-]+)$/.exec(id);
    const steps = dated ? dated.slice(1) : undated ? ["undated", undated[1], undated[2]] : [id];
    return `${steps.map(encodeURIComponent).join("/")}/index.html`;
  }

  /** What a result shows of an article: the text around the hits, or where these are elsewhere, that; but a by-line
   * only where it says more than the names, which stand beside the date. */
  function excerpt(article, all) {
    const body = all.filter(({ name }) => name === "y");
    const ranges = [];
    let start = 0;
    for (const part of body) {
      ranges.push(...part.hits.map(([from, to]) => [from + start, to + start]));
      start += part.printed.length + 1;
    }
    const printed = body.map((part) => part.printed).join("\n");
    if (ranges.length) return text.snippet(printed, ranges);
    const named = (printedName) => (article.n ?? []).some((name) => name.includes(printedName));
    const told = (part) => part.name === "b" && part.hits.every(([from, to]) => named(part.printed.slice(from, to)));
    const other = all.find((part) => part.name !== "t" && part.hits.length && !(printed && told(part)));
    return other ? text.snippet(other.printed, other.hits) : text.snippet(printed, []);
  }

  /** Hits in by-lines as hits in the name of one who signed. */
  function signed(name, all) {
    const words = all.filter((part) => part.name === "b").flatMap((part) => part.hits.map(([from, to]) => part.printed.slice(from, to)));
    const found = words.filter((word) => name.includes(word));
    return text.joined(found.map((word) => [name.indexOf(word), name.indexOf(word) + word.length]));
  }

  function result(article, all, score) {
    const [title] = all.filter(({ name }) => name === "t");
    const piece = excerpt(article, all);
    const words = new Set(
      all.flatMap((part) => part.hits.map(([from, to]) => part.printed.slice(from, to))),
    );
    const link = new URL(address(article.i), data.home);
    for (const word of [...words].slice(0, 8)) link.searchParams.append("hl", word);
    return {
      id: article.i,
      url: link.href,
      title: article.t ?? "",
      titleHits: title ? text.joined(title.hits) : [],
      kicker: article.k ?? "",
      subtitle: article.s ?? "",
      date: article.d ?? "",
      page: article.p ?? "",
      section: article.x ?? "",
      reporters: article.n ?? [],
      reporterHits: (article.n ?? []).map((name) => signed(name, all)),
      snippet: piece.text,
      snippetHits: piece.hits,
      score,
    };
  }

  const BROKEN = ["missing", "damaged"]; // what may be wrong with one text alone
  const BLOCK = 10; // candidates verified together
  const AT_ONCE = 8; // blocks
  const LEAP = 50; // results
  const REACH = 200; // candidates that are verified at most for a page that a reader leaps to
  const SAMPLE = 16; // candidates far apart that tell how many of all the others are right
  const always = () => true;

  /** One query's candidates, verified as they are needed. */
  class Search {
    constructor(archive, clauses, options, { scores, exact, beside }) {
      Object.assign(this, { archive, clauses, options, scores, exact, beside });
      this.order = ordered(scores, options.sort);
      this.next = 0; // the first candidate that is not verified
      this.verified = [];
      this.dropped = new Set();
      this.lost = new Set(); // those of the dropped whose text cannot be read
      this.sample = new Map(); // places in the order → whether what stands there is right
    }

    /** How many were found. Until all are verified: as many of the others as of a sample of them, or while there is
     * none, as of those that are verified: too many, since the best come first. */
    get total() {
      if (!this.approximate) return this.most;
      const beyond = [...this.sample].filter(([at]) => at >= this.next).map(([, good]) => good);
      const [good, all] = beyond.length
        ? [beyond.filter(Boolean).length, beyond.length]
        : [this.verified.length, this.next - this.lost.size];
      return this.verified.length + Math.round(((this.order.length - this.next) * (good + 1)) / (all + 1));
    }

    get most() {
      return this.order.length - this.dropped.size;
    }

    get approximate() {
      return !this.exact && this.next < this.order.length;
    }

    /** Results of a page of this size; where there is no such page, or too many that nobody sees would have to be
     * verified before it, those of the last page that is known: {page, found}. */
    async leaf(page, size, early, wants) {
      let wanted = Math.max(1, Math.min(page, Math.ceil(this.most / size)));
      if (wanted > 1 && !this.exact) {
        await this.page((wanted - 1) * size, size, { most: REACH, wants });
        const known = this.approximate ? Math.floor(this.verified.length / size) : Math.ceil(this.total / size);
        wanted = Math.max(1, Math.min(wanted, known));
      }
      return { page: wanted, found: await this.page((wanted - 1) * size, size, { early, wants }) };
    }

    /** Verified results [offset, offset + limit), as far as `most` candidates give them; `early` gets the first of
     * them as soon as it is sure. No further text is fetched once nobody `wants` them. */
    page(offset, limit, { early = null, most = Infinity, wants = always } = {}) {
      const before = this.busy ?? Promise.resolve();
      const now = before.catch(() => {}).then(() => this.read(offset, limit, { early, end: this.next + most, wants }));
      this.busy = now.catch(() => {}); // one after the other: each verifies what the last one left
      return now;
    }

    async read(offset, limit, { early, end, wants }) {
      if (offset >= this.most) return []; // nothing can be there
      if (this.exact && offset > this.verified.length + LEAP) {
        // a leap: nothing that lies between is dropped, so it can stay unverified
        const blocks = [];
        for (let at = offset; at < Math.min(offset + limit, this.order.length); at += BLOCK) blocks.push(this.block(at));
        return (await Promise.all(blocks)).flat().slice(0, limit);
      }
      let width = 1; // blocks at once: the more, the longer nothing has been found
      while (this.verified.length < offset + limit && this.next < Math.min(end, this.order.length) && wants()) {
        const lacking = Math.max(width, Math.ceil((offset + limit - this.verified.length) / BLOCK));
        const shows = early && this.verified.length === offset && early;
        const blocks = [];
        for (let i = 0; i < Math.min(lacking, AT_ONCE) && this.next + i * BLOCK < this.order.length; i++) {
          blocks.push(this.block(this.next + i * BLOCK, i === 0 && shows));
        }
        const found = (await Promise.all(blocks)).flat();
        this.verified.push(...found);
        width = found.length ? 1 : 2 * width;
        this.next = Math.min(this.next + blocks.length * BLOCK, this.order.length);
      }
      return this.verified.slice(offset, offset + limit);
    }

    /** The results of the candidates from this place on, a block of them; `early` gets the first before the others. */
    async block(at, early = null) {
      const batch = this.order.slice(at, at + BLOCK);
      const arriving = batch.map((number) => fragment(this.archive, number));
      const show = (article) => {
        const first = this.judged(batch[0], article);
        if (first) early([first]);
      };
      if (early) arriving[0].then(show).catch(() => {}); // what is wrong with it is said below
      const arrived = await Promise.allSettled(arriving);
      // A text or two that nobody can read must not hide the others; where none comes the reason is said.
      const failed = arrived.filter(({ reason }) => reason);
      const fatal = failed.find(({ reason }) => !BROKEN.includes(reason.kind)) ?? (failed.length === arrived.length && failed[0]);
      if (fatal) throw fatal.reason;
      return arrived.flatMap(({ value: article }, i) => {
        const good = article && this.judged(batch[i], article);
        if (!article) this.lost.add(batch[i]);
        if (!good) this.dropped.add(batch[i]);
        return good ? [good] : [];
      });
    }

    /** The result that an article is; null where its text has not what is asked for. */
    judged(number, article) {
      const all = verify(article, this.clauses);
      return all && result(article, all, Math.round(this.scores.get(number) * 100) / 100);
    }

    /** Verify the last few, so that the total is true. */
    async settle(most) {
      if (!this.exact && this.order.length - this.next <= most) {
        await this.page(this.verified.length, this.order.length - this.next);
      }
      return this;
    }

    /** Where there are more than a few: look at some that lie far apart, so that the total is nearly true. */
    async estimate() {
      const [next, size] = [this.next, this.order.length - this.next];
      if (this.exact || size <= SAMPLE || [...this.sample.keys()].some((at) => at >= next)) return;
      const places = Array.from({ length: SAMPLE }, (_, i) => next + Math.floor(((i + 0.5) * size) / SAMPLE));
      const texts = await Promise.allSettled(places.map((at) => fragment(this.archive, this.order[at])));
      texts.forEach(({ value }, i) => value && this.sample.set(places[i], verify(value, this.clauses) !== null));
    }

  /** The days of everything found, for a histogram. */
    days() {
      return this.order.filter((number) => !this.dropped.has(number)).map((number) => this.archive.days[number]);
    }

    /** Whether the reporters' column is small enough to be fetched without being asked for. */
    get small() {
      return this.archive.size <= 30000 || loaded("people");
    }

    /** Counts by year, section and (`people`) reporter over what was found; `others`: each without its own filter, so
     * that one can change to another value. */
    async facets(people = true, others = false) {
      const found = this.order.filter((number) => !this.dropped.has(number));
      const over = (kind) => (others ? [...found, ...(this.beside[kind] ?? [])] : found);
      const [sections, names] = await Promise.all([
        column("sections", this.archive),
        people ? column("people", this.archive) : null,
      ]);
      const years = new Map();
      for (const number of over("time")) {
        const year = this.archive.days[number].slice(0, 4);
        if (year) years.set(year, (years.get(year) ?? 0) + 1);
      }
      return {
        section: count(over("section"), sections),
        reporter: names && count(over("reporter"), names),
        year: listed(years),
      };
    }
  }

  function count(numbers, { names, documents }) {
    const counts = new Map();
    for (const number of numbers) {
      for (const id of documents[number]) counts.set(names[id], (counts.get(names[id]) ?? 0) + 1);
    }
    return listed(counts);
  }

  function listed(counts) {
    return [...counts]
      .map(([value, number]) => ({ value, count: number }))
      .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
  }

  /** Options as they can only be meant: names as lists, a period in order, one of the three orders. */
  function meant({ reporter, section, from, to, sort }) {
    const names = (given) => [given].flat().map((name) => String(name ?? "").trim()).filter(Boolean);
    const [first, last] = text.period(from, to);
    const order = ["newest", "oldest"].includes(sort) ? sort : "relevance";
    return { reporter: names(reporter), section: names(section), from: first, to: last, sort: order };
  }

  /** A whole number from 0 on; what is none counts as the usual one. */
  function whole(given, usual) {
    const number = Math.floor(Number(given ?? usual));
    return Number.isNaN(number) ? usual : Math.max(0, number);
  }

  const recent = new Map(); // the last searches, by query and options

  /** Begin a search, or go on with one that was begun. */
  function begin(query, options) {
    const wanted = meant(options ?? {});
    const key = JSON.stringify([query, wanted]);
    let promise = recent.get(key);
    if (!promise) {
      const filtered = Boolean(wanted.reporter.length || wanted.section.length || wanted.from || wanted.to);
      promise = jianbao.open().then(async (archive) => {
        const clauses = text.parse(query, filtered);
        const nothing = { scores: new Map(), exact: true, beside: {} };
        return new Search(archive, clauses, wanted, clauses.length || filtered ? await find(archive, clauses, wanted) : nothing);
      });
      promise.catch(() => recent.delete(key));
      recent.set(key, promise);
      if (recent.size > 40) recent.delete(recent.keys().next().value);
    }
    return promise;
  }

  /** Searches begun from now on read again what could not be read. */
  jianbao.forget = () => recent.clear();

  jianbao.begin = begin;

  /** The contract's search: {total, approximate, results, facets}. */
  jianbao.search = async (query, options) => {
    const search = await begin(String(query ?? ""), options);
    const results = await search.page(whole(options?.offset, 0), whole(options?.limit, 10));
    await search.settle(30);
    if (results.length) await search.estimate();
    return { total: search.total, approximate: search.approximate, results, facets: await search.facets() };
  };
})();
