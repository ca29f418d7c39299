// The search core: jianbao.search(query, {reporter, section, from, to, sort, offset, limit}).
// Grams give candidates and their order; what is shown is verified against the article's own text.
"use strict";
(() => {
  const jianbao = (window.jianbao ??= {});
  const { text, data } = jianbao;
  const TITLE = 4;
  let opening = null; // the promise of the archive's manifest
  const columns = new Map(); // name → the promise of a column

  /** The archive: segments with their shards, ids and days of all documents in date order. */
  function open() {
    opening ??= data.json("manifest", Math.floor(Date.now() / 60000)).then((manifest) => {
      let start = 0;
      const segments = manifest.segments.map((segment) => {
        const { ids, days } = data.unroll(segment.roll);
        const one = { ...segment, ids, days, start };
        start += ids.length;
        return one;
      });
      const archive = {
        segments,
        size: start,
        version: manifest.version,
        suggest: manifest.suggest ?? 0,
        ids: segments.flatMap((segment) => segment.ids),
        days: segments.flatMap((segment) => segment.days),
      };
      return archive;
    });
    opening.catch(() => (opening = null));
    return opening;
  }

  /** A column (`sections`, `people`): names, and for each document the places of its names. */
  function column(name, archive) {
    let promise = columns.get(name);
    if (!promise) {
      promise = data.json(name, archive.version).then(({ names, rows }) => {
        const documents = [];
        let at = 0;
        const varint = () => {
          let value = 0;
          for (let scale = 1; ; scale *= 128) {
            const byte = rows.charCodeAt(at++);
            value += (byte & 127) * scale;
            if (!(byte >= 128)) return value;
          }
        };
        while (at < rows.length) documents.push(Array.from({ length: varint() }, varint));
        if (documents.length !== archive.size) throw new data.DataError(name, "outdated");
        return { names, folded: null, documents };
      });
      promise.catch(() => columns.delete(name));
      columns.set(name, promise);
    }
    return promise;
  }

  // -- candidates --------------------------------------------------------------------------------------------
  const FIRST = 4; // grams asked for at first
  const MANY = 40; // candidates above which more grams are worth their bytes

  /** A string's grams in the order they are asked for: first few that lie far apart, then those between. */
  function chosen(needle) {
    const all = text.grams(needle);
    if (all.length <= FIRST) return [all, []];
    const first = Array.from({ length: FIRST }, (_, i) => all[Math.round((i * (all.length - 1)) / (FIRST - 1))]);
    const rest = all.filter((gram) => !first.includes(gram));
    return [first, rest.length > 8 ? rest.filter((_, i) => i % Math.ceil(rest.length / 8) === 0) : rest];
  }

  /** For each gram its postings in all segments. */
  async function postings(archive, grams) {
    const found = await Promise.all(
      grams.map((gram) =>
        Promise.all(archive.segments.map((segment) => data.posting(segment, gram, archive.version))),
      ),
    );
    return new Map(grams.map((gram, i) => [gram, found[i]]));
  }

  function frequency(lists) {
    return lists.reduce((sum, list) => sum + (list?.numbers.length ?? 0), 0);
  }

  /** Documents that have all grams of a clause → score; `inTitle` asks for them in the title. */
  function matching(archive, grams, lists, inTitle, titles = new Set()) {
    const scores = new Map();
    const rarity = grams.map((gram) => Math.log(1 + archive.size / (1 + frequency(lists.get(gram)))));
    archive.segments.forEach((segment, s) => {
      const here = grams.map((gram, i) => ({ list: lists.get(gram)[s], rarity: rarity[i] }));
      if (here.some(({ list }) => !list)) return;
      here.sort((a, b) => a.list.numbers.length - b.list.numbers.length);
      const places = here.map(() => 0);
      const [{ list: shortest }] = here;
      next: for (let i = 0; i < shortest.numbers.length; i++) {
        const number = shortest.numbers[i];
        let score = 0;
        let titled = true;
        for (let k = 0; k < here.length; k++) {
          const { list, rarity: weight } = here[k];
          let at = k === 0 ? i : places[k];
          while (at < list.numbers.length && list.numbers[at] < number) at += 1;
          places[k] = at;
          if (list.numbers[at] !== number) continue next;
          const mark = list.weights ? list.weights[at] : 0;
          titled &&= (mark & TITLE) !== 0;
          score += weight * (1 + 0.7 * (mark & 3));
        }
        if (inTitle && !titled) continue;
        if (titled) {
          score = score * 3 + 5;
          titles.add(segment.start + number);
        }
        scores.set(segment.start + number, score);
      }
    });
    return scores;
  }

  /** Those of a column's names that a filter means: the very name, else names that contain it. */
  function named(one, wanted) {
    if (!one.folded || one.whole !== text.whole()) {
      one.whole = text.whole(); // names are folded by all that is known of traditional characters, as the filter is
      one.folded = one.names.map((name) => text.fold(name).text);
    }
    const folded = text.fold(wanted).text.trim();
    const exact = one.folded.flatMap((name, i) => (name === folded ? [i] : []));
    return new Set(exact.length ? exact : one.folded.flatMap((name, i) => (name.includes(folded) ? [i] : [])));
  }

  /** Documents that have all that is asked for → score; null where nothing is asked for but by filters. */
  function joint(archive, plain, lists, titled) {
    let scores = null;
    for (const clause of plain.filter(({ negative }) => !negative)) {
      const found = matching(archive, clause.grams, lists, clause.field === "title", titled);
      scores = scores ? new Map([...scores].flatMap(([n, s]) => (found.has(n) ? [[n, s + found.get(n)]] : []))) : found;
    }
    return scores;
  }

  async function candidates(archive, clauses, options) {
    const plain = clauses.filter(({ field }) => field === "" || field === "title");
    for (const clause of plain) {
      [clause.grams, clause.rest] = chosen(clause.text);
      if (clause.negative) [clause.grams, clause.rest] = [[...clause.grams, ...clause.rest], []];
    }
    const wanted = [...new Set(plain.flatMap(({ grams }) => grams))];
    const lists = await postings(archive, wanted);
    const missing = wanted.filter((gram) => frequency(lists.get(gram)) === 0);
    if (missing.length && !text.whole()) {
      // nothing has this gram: perhaps it is written in traditional characters, which the index has not
      text.learn(await data.json("fold", archive.version));
      if (clauses.some((clause) => text.fold(clause.text).text !== clause.text)) {
        for (const clause of clauses) clause.text = text.fold(clause.text).text;
        return candidates(archive, clauses, options);
      }
    }
    const titled = new Set();
    let scores = joint(archive, plain, lists, titled);
    if (scores && scores.size > MANY && plain.some(({ rest }) => rest.length)) {
      for (const clause of plain) clause.grams = [...clause.grams, ...clause.rest];
      for (const [gram, list] of await postings(archive, plain.flatMap(({ rest }) => rest))) lists.set(gram, list);
      titled.clear();
      scores = joint(archive, plain, lists, titled);
    }
    scores ??= new Map(archive.days.map((_, number) => [number, 0]));
    for (const clause of plain.filter(({ negative }) => negative)) {
      const found = matching(archive, clause.grams, lists, clause.field === "title");
      const sure = Array.from(clause.text).length <= 2 && clause.field === "";
      for (const number of found.keys()) {
        if (!scores.has(number)) continue;
        if (sure) scores.delete(number);
        else scores.set(number, scores.get(number) / 1000); // whether it is excluded its text will tell
      }
    }
    await narrow(archive, clauses, options, scores);
    const short = plain.filter(({ negative }) => !negative);
    const exact =
      short.every((clause) => clause.field === "" && Array.from(clause.text).length <= 2) &&
      plain.every(({ negative, text: one, field }) => !negative || (field === "" && Array.from(one).length <= 2)) &&
      short.every(({ text: one }) => !one.includes(" "));
    return { scores, exact, titled };
  }

  /** A day, month or year as people write it (2020/1/5, 20200105) in the form of an address; "" where it is none. */
  function dated(given) {
    const [, year, month, day] = /^\s*(\d{4})(?:[-/.年]?(\d{1,2})(?:[-/.月]?(\d{1,2}))?)?[月日]?\s*$/.exec(given ?? "") ?? [];
    return [year, month?.padStart(2, "0"), day?.padStart(2, "0")].filter(Boolean).join("-");
  }

  /** Remove from the scores what the filters shut out. */
  async function narrow(archive, clauses, { reporter, section, ...time }, scores) {
    const [from, to] = [dated(time.from), dated(time.to)];
    const filters = [
      ...clauses.filter(({ field }) => field === "reporter").map((c) => ["people", c.text, c.negative]),
      ...clauses.filter(({ field }) => field === "section").map((c) => ["sections", c.text, c.negative]),
      ...[reporter].flat().filter((name) => name?.trim()).map((name) => ["people", name, false]),
      ...[section].flat().filter((name) => name?.trim()).map((name) => ["sections", name, false]),
    ];
    for (const [name, wanted, negative] of filters) {
      const one = await column(name, archive);
      let ids = named(one, wanted);
      if (!ids.size && !text.whole()) {
        text.learn(await data.json("fold", archive.version));
        ids = named(one, wanted);
      }
      for (const number of [...scores.keys()]) {
        if (one.documents[number].some((id) => ids.has(id)) === negative) scores.delete(number);
      }
    }
    if (from || to) {
      for (const number of [...scores.keys()]) {
        const day = archive.days[number];
        if (!day || (from && day < from.slice(0, day.length)) || (to && day.slice(0, to.length) > to)) {
          scores.delete(number);
        }
      }
    }
  }

  function ordered(scores, sort) {
    const numbers = [...scores.keys()];
    if (sort === "newest") return numbers.sort((a, b) => b - a);
    if (sort === "oldest") return numbers.sort((a, b) => a - b);
    return numbers.sort((a, b) => scores.get(b) - scores.get(a) || b - a);
  }

  // -- verifying ---------------------------------------------------------------------------------------------
  const FIELDS = ["t", "k", "s", "y", "c", "b", "g"];

  /** An article's text fragment. */
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

  function result(article, all, score) {
    const [title] = all.filter(({ name }) => name === "t");
    const body = all.filter(({ name }) => name === "y");
    let printed = body.map((part) => part.printed).join("\n");
    let ranges = [];
    let start = 0;
    for (const part of body) {
      ranges.push(...part.hits.map(([from, to]) => [from + start, to + start]));
      start += part.printed.length + 1;
    }
    if (!ranges.length) {
      const other = all.find(({ name, hits }) => name !== "t" && hits.length);
      if (other) [printed, ranges] = [other.printed, other.hits];
    }
    const piece = text.snippet(printed, ranges);
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
      snippet: piece.text,
      snippetHits: piece.hits,
      score,
    };
  }

  /** How much of the title the query is: tells the article meant from others whose titles also have it. */
  function nearness(all, clauses) {
    const title = all.find(({ name }) => name === "t")?.folded.text ?? "";
    const wanted = clauses.filter(({ field, negative }) => !negative && (field === "" || field === "title"));
    if (!title || !wanted.length || !wanted.every((clause) => title.includes(clause.text))) return 0;
    return wanted.reduce((sum, clause) => sum + clause.text.length, 0) / title.length;
  }

  const BROKEN = ["missing", "damaged"]; // what may be wrong with one text alone
  const BLOCK = 10; // candidates verified together
  const AT_ONCE = 8; // blocks
  const LEAP = 50; // results

  // -- a search and its pages --------------------------------------------------------------------------------
  /** One query's candidates, verified as they are needed. */
  class Search {
    constructor(archive, clauses, options, { scores, exact, titled }) {
      Object.assign(this, { archive, clauses, options, scores, exact, titled });
      this.order = ordered(scores, options.sort);
      this.next = 0; // the first candidate that is not verified
      this.verified = [];
      this.dropped = new Set();
      this.lost = new Set(); // those of the dropped whose text cannot be read
    }

    get total() {
      return this.order.length - this.dropped.size;
    }

    get approximate() {
      return !this.exact && this.verified.length < this.total;
    }

    /** Verified results [offset, offset + limit); `early` gets the first of them as soon as their place is sure. */
    page(offset, limit, early = null) {
      const before = this.busy ?? Promise.resolve();
      const now = before.catch(() => {}).then(() => this.read(offset, limit, early));
      this.busy = now.catch(() => {}); // one after the other: each verifies what the last one left
      return now;
    }

    async read(offset, limit, early) {
      // Candidates are verified in blocks, always the same, so that no page hangs on how it was reached.
      if (this.exact && offset > this.verified.length + LEAP) {
        // a leap: nothing that lies between is dropped, so it can stay unverified
        const first = offset - (offset % BLOCK);
        const blocks = [];
        for (let at = first; at < Math.min(offset + limit, this.order.length); at += BLOCK) blocks.push(this.block(at));
        return (await Promise.all(blocks)).flat().slice(offset - first, offset - first + limit);
      }
      while (this.verified.length < offset + limit && this.next < this.order.length) {
        const lacking = Math.ceil((offset + limit - this.verified.length) / BLOCK);
        const show = (good) => early([...this.verified, ...good].slice(offset));
        const shows = early && this.verified.length + BLOCK > offset;
        const blocks = [];
        for (let i = 0; i < Math.min(lacking, AT_ONCE) && this.next + i * BLOCK < this.order.length; i++) {
          blocks.push(this.block(this.next + i * BLOCK, i === 0 && shows ? show : null));
        }
        for (const good of await Promise.all(blocks)) this.verified.push(...good);
        this.next = Math.min(this.next + blocks.length * BLOCK, this.order.length);
      }
      return this.verified.slice(offset, offset + limit);
    }

    /** The results of the candidates from this place on, a block of them; `early` gets those whose place is sure. */
    async block(at, early = null) {
      const batch = this.order.slice(at, at + BLOCK);
      const arriving = batch.map((number) => fragment(this.archive, number));
      for (const one of arriving) one.catch(() => {}); // it is awaited below, perhaps after another failed
      // Of those with the words in the title the nearest comes first; the others stay in their order.
      const byScore = this.options.sort === "relevance";
      const heads = byScore ? batch.filter((number) => this.titled.has(number)).length : 0;
      const sure = batch.slice(0, heads).every((number) => this.titled.has(number)) ? Math.max(heads, 1) : batch.length;
      const good = await this.check(batch.slice(0, sure), arriving.slice(0, sure));
      if (byScore) good.sort((a, b) => b.score - a.score);
      if (early && good.length) early(good);
      good.push(...(await this.check(batch.slice(sure), arriving.slice(sure))));
      return good;
    }

    async check(numbers, arriving) {
      const arrived = await Promise.allSettled(arriving);
      // A text or two that nobody can read must not hide the others; where none comes the reason is said.
      const failed = arrived.filter(({ reason }) => reason);
      const fatal = failed.find(({ reason }) => !BROKEN.includes(reason.kind)) ?? (failed.length === arrived.length && failed[0]);
      if (fatal) throw fatal.reason;
      return arrived.flatMap(({ value: article }, i) => {
        if (!article) this.lost.add(numbers[i]);
        const all = article && verify(article, this.clauses);
        if (!all) {
          this.dropped.add(numbers[i]);
          return [];
        }
        const score = this.scores.get(numbers[i]) * (1 + 2 * nearness(all, this.clauses));
        return [result(article, all, Math.round(score * 100) / 100)];
      });
    }

    /** Verify the last few, so that the total is true. */
    async settle(most) {
      if (!this.exact && this.order.length - this.next <= most) {
        await this.page(this.verified.length, this.order.length - this.next);
      }
      return this;
    }

    /** The days of everything found, for a histogram. */
    days() {
      return this.order.filter((number) => !this.dropped.has(number)).map((number) => this.archive.days[number]);
    }

    /** Whether the reporters' column is small enough to be fetched without being asked for. */
    get small() {
      return this.archive.size <= 30000 || columns.has("people");
    }

    /** Counts by year, section and (`people`) reporter over what was found. */
    async facets(people = true) {
      const numbers = this.order.filter((number) => !this.dropped.has(number));
      const [sections, names] = await Promise.all([
        column("sections", this.archive),
        people ? column("people", this.archive) : null,
      ]);
      const years = new Map();
      for (const number of numbers) {
        const year = this.archive.days[number].slice(0, 4);
        if (year) years.set(year, (years.get(year) ?? 0) + 1);
      }
      return { section: count(numbers, sections), reporter: names && count(numbers, names), year: listed(years) };
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

  const recent = new Map(); // the last searches, by query and options

  /** Begin a search, or go on with one that was begun. */
  function begin(query, options = {}) {
    const { reporter = "", section = "", from = "", to = "", sort = "relevance" } = options;
    const key = JSON.stringify([query, reporter, section, from, to, sort]);
    let promise = recent.get(key);
    if (!promise) {
      const wanted = { reporter, section, from, to, sort };
      promise = open().then(async (archive) => {
        const clauses = text.parse(query);
        if (!clauses.length && !reporter && !section && !from && !to) {
          return new Search(archive, [], wanted, { scores: new Map(), exact: true, titled: new Set() });
        }
        return new Search(archive, clauses, wanted, await candidates(archive, clauses, wanted));
      });
      promise.catch(() => recent.delete(key));
      recent.set(key, promise);
      if (recent.size > 40) recent.delete(recent.keys().next().value);
    }
    return promise;
  }

  /** Whether a query can be answered without fetching shards. */
  async function warm(query) {
    const archive = await open();
    const needles = text.parse(query).map((clause) => clause.text);
    return needles.flatMap((needle) => chosen(needle)[0]).every((gram) => archive.segments.every((segment) => data.has(segment, gram)));
  }

  /** Searches begun from now on read again what could not be read. */
  jianbao.forget = () => recent.clear();

  jianbao.begin = begin;
  jianbao.warm = warm;
  jianbao.open = open;

  /** The contract's search: {total, approximate, results, facets}. */
  jianbao.search = async (query, options = {}) => {
    const search = await begin(String(query ?? ""), options);
    const results = await search.page(Number(options.offset ?? 0), Number(options.limit ?? 10));
    await search.settle(30);
    return { total: search.total, approximate: search.approximate, results, facets: await search.facets() };
  };
})();
