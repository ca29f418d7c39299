// Candidates: what of the archive may be meant by a query, and in which order, told by grams and columns alone.
// Whether a candidate is one its own text will tell; see search.js.
"use strict";
(() => {
  const jianbao = (window.jianbao ??= {});
  const { text, data } = jianbao;
  const TITLE = 4; // see grams.py
  const EDGE = "|";
  const [BEGINS, ENDS] = [1, 2];
  // All in the title comes before all elsewhere; a title that begins or ends with it counts for more, one that is
  // nothing else for most: the weightiest words count 3.1 times as much as words of no weight.
  const TITLED = 3;
  const EDGES = [1, 1.25, 1.25, 4];
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

  /** The grams that say whether a title begins and ends with a string, signs around it left out. */
  function edges(needle) {
    const points = Array.from(needle.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, ""));
    const [first, last] = [points.slice(0, 2), points.slice(-2)];
    return first.length === 2 ? [first.join("") + EDGE, last.join("") + EDGE] : [];
  }

  /** Documents of a segment whose title begins (or ends) with what a gram of `edges` says. */
  function edged(list, mark) {
    return new Set(list ? Array.from(list.numbers).filter((_, i) => list.weights[i] & mark) : []);
  }

  /** Documents that have all grams of a clause → score; `titled` gets those that have them in the title, with the
   * edges of the title that the clause is. */
  function matching(archive, { grams, edges: ends, field }, lists, titled = new Map()) {
    const scores = new Map();
    const rarity = grams.map((gram) => Math.log(1 + archive.size / (1 + frequency(lists.get(gram)))));
    archive.segments.forEach((segment, s) => {
      const here = grams.map((gram, i) => ({ list: lists.get(gram)[s], rarity: rarity[i] }));
      if (here.some(({ list }) => !list)) return;
      here.sort((a, b) => a.list.numbers.length - b.list.numbers.length);
      const [begins, stops] = ends.length ? [edged(lists.get(ends[0])[s], BEGINS), edged(lists.get(ends[1])[s], ENDS)] : [];
      const places = here.map(() => 0);
      const [{ list: shortest }] = here;
      next: for (let i = 0; i < shortest.numbers.length; i++) {
        const number = shortest.numbers[i];
        let score = 0;
        let inTitle = true;
        for (let k = 0; k < here.length; k++) {
          const { list, rarity: weight } = here[k];
          let at = k === 0 ? i : places[k];
          while (at < list.numbers.length && list.numbers[at] < number) at += 1;
          places[k] = at;
          if (list.numbers[at] !== number) continue next;
          const mark = list.weights ? list.weights[at] : 0;
          inTitle &&= (mark & TITLE) !== 0;
          score += weight * (1 + 0.7 * (mark & 3));
        }
        if (field === "title" && !inTitle) continue;
        if (inTitle) {
          score = score * TITLED + 5;
          titled.set(segment.start + number, (begins?.has(number) ? BEGINS : 0) + (stops?.has(number) ? ENDS : 0));
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
  function joint(archive, plain, lists) {
    let scores = null;
    let inTitle = null; // those that have all in the title → its edges that some clause is
    for (const clause of plain.filter(({ negative }) => !negative)) {
      const titled = new Map();
      const found = matching(archive, clause, lists, titled);
      scores = scores ? new Map([...scores].flatMap(([n, s]) => (found.has(n) ? [[n, s + found.get(n)]] : []))) : found;
      inTitle = inTitle ? new Map([...inTitle].flatMap(([n, e]) => (titled.has(n) ? [[n, e | titled.get(n)]] : []))) : titled;
    }
    for (const [number, ends] of inTitle ?? []) scores.set(number, scores.get(number) * EDGES[ends]);
    return scores;
  }

  /** Whether its grams tell whether a document has a clause: one character or two, not parted. */
  function told({ field, text: one }) {
    return field === "" && Array.from(one).length <= 2 && !one.includes(" ");
  }

  /** {scores, exact, beside}: candidates → score; whether each of them is sure; for `section`, `reporter` and `time`
   * the documents that nothing but this filter shuts out. */
  async function find(archive, clauses, options) {
    const plain = clauses.filter(({ field }) => field === "" || field === "title");
    for (const clause of plain) {
      [clause.grams, clause.rest] = chosen(clause.text);
      if (clause.negative) [clause.grams, clause.rest] = [[...clause.grams, ...clause.rest], []];
      clause.edges = clause.negative ? [] : edges(clause.text);
    }
    const wanted = [...new Set(plain.flatMap(({ grams }) => grams))];
    const lists = await postings(archive, [...new Set(plain.flatMap(({ grams, edges: ends }) => [...grams, ...ends]))]);
    const missing = wanted.filter((gram) => frequency(lists.get(gram)) === 0);
    if (missing.length && !text.whole()) {
      // nothing has this gram: perhaps it is written in traditional characters, which the index has not
      text.learn(await data.json("fold", archive.version));
      if (clauses.some((clause) => text.fold(clause.text).text !== clause.text)) {
        for (const clause of clauses) clause.text = text.fold(clause.text).text;
        return find(archive, clauses, options);
      }
    }
    let scores = joint(archive, plain, lists);
    if (scores && scores.size > MANY && plain.some(({ rest }) => rest.length)) {
      for (const clause of plain) clause.grams = [...clause.grams, ...clause.rest];
      for (const [gram, list] of await postings(archive, plain.flatMap(({ rest }) => rest))) lists.set(gram, list);
      scores = joint(archive, plain, lists);
    }
    scores ??= new Map(archive.days.map((_, number) => [number, 0]));
    for (const clause of plain.filter(({ negative }) => negative)) {
      for (const number of matching(archive, clause, lists).keys()) {
        if (!scores.has(number)) continue;
        if (told(clause)) scores.delete(number);
        else scores.set(number, scores.get(number) / 1000); // whether it is excluded its text will tell
      }
    }
    const beside = await narrow(archive, clauses, options, scores);
    return { scores, exact: plain.every(told), beside };
  }

  /** Remove from the scores what the filters shut out; see `find` for what comes back. An article stands in one
   * section, so of several sections any will do; it may have several reporters, so of several all are wanted. */
  async function narrow(archive, clauses, { reporter, section, from, to }, scores) {
    const filters = [
      ...clauses.filter(({ field }) => field === "reporter").map((c) => ["", "people", [c.text], c.negative]),
      ...clauses.filter(({ field }) => field === "section").map((c) => ["", "sections", [c.text], c.negative]),
      ...reporter.map((name) => ["reporter", "people", [name], false]),
      ...(section.length ? [["section", "sections", section, false]] : []),
    ];
    const tests = [];
    for (const [kind, name, wanted, negative] of filters) {
      const one = await column(name, archive);
      const meant = () => new Set(wanted.flatMap((each) => [...named(one, each)]));
      let ids = meant();
      if (!ids.size && !text.whole()) {
        text.learn(await data.json("fold", archive.version));
        ids = meant();
      }
      tests.push([kind, (number) => one.documents[number].some((id) => ids.has(id)) !== negative]);
    }
    const within = (day) => day && !(from && day < from.slice(0, day.length)) && !(to && day.slice(0, to.length) > to);
    if (from || to) tests.push(["time", (number) => within(archive.days[number])]);
    const beside = { section: [], reporter: [], time: [] };
    for (const number of tests.length ? [...scores.keys()] : []) {
      const shut = tests.filter(([, passes]) => !passes(number)).map(([kind]) => kind);
      if (shut.length) scores.delete(number);
      if (shut.length && shut.every((kind) => kind === shut[0])) beside[shut[0]]?.push(number);
    }
    return beside;
  }

  /** The candidates in the order that is asked for. It hangs on nothing but what is known now, so no page of results
   * hangs on how it was reached. */
  function ordered(scores, sort) {
    const numbers = [...scores.keys()];
    if (sort === "newest") return numbers.sort((a, b) => b - a);
    if (sort === "oldest") return numbers.sort((a, b) => a - b);
    return numbers.sort((a, b) => scores.get(b) - scores.get(a) || b - a);
  }

  /** Whether a query can be answered without fetching shards. */
  async function warm(query) {
    const archive = await open();
    const needles = text.parse(query).map((clause) => clause.text);
    return needles.flatMap((needle) => chosen(needle)[0]).every((gram) => archive.segments.every((segment) => data.has(segment, gram)));
  }

  jianbao.open = open;
  jianbao.warm = warm;
  jianbao.candidates = { find, ordered, column, named, loaded: (name) => columns.has(name) };
})();
