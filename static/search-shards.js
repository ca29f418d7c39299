// Fetching: shards and fragments are classic scripts that call jianbao.take(name, data), so that the same files
// serve http and file://. The data is base64 of Adler-32 (4 bytes) and raw deflate. See search.js.
"use strict";
(() => {
  const jianbao = (window.jianbao ??= {});
  const home = new URL("../", document.currentScript.src);
  const arriving = new Map(); // name → the promise of its bytes
  const waiting = new Map(); // name → what to do with the data
  const failed = new Map(); // name → how often it failed: the next attempt must not get the browser's copy
  const queue = [];
  let running = 0;

  /** A part of the search data that is missing, damaged or out of step. */
  class DataError extends Error {
    constructor(name, kind) {
      super(`${kind}: ${name}`);
      this.name = "DataError";
      this.part = name;
      this.kind = kind; // "missing", "damaged", "outdated", "unsupported"
    }
  }

  jianbao.take = (name, data) => waiting.get(name)?.(data);

  /** The bytes of a part; each is fetched once. `stamp` tells the browser's cache versions apart. */
  function bytes(name, stamp = "") {
    let promise = arriving.get(name);
    if (!promise) {
      promise = fetchScript(name, stamp).then((data) => inflate(name, data));
      promise.catch(() => {
        arriving.delete(name); // the next attempt asks again
        failed.set(name, (failed.get(name) ?? 0) + 1);
      });
      arriving.set(name, promise);
    }
    return promise;
  }

  function fetchScript(name, stamp) {
    return new Promise((resolve, reject) => {
      queue.push({ name, stamp, resolve, reject });
      next();
    });
  }

  function next() {
    if (running >= 24 || !queue.length) return;
    const { name, stamp, resolve, reject } = queue.shift();
    running += 1;
    let data = null;
    waiting.set(name, (given) => (data = given));
    const script = document.createElement("script");
    const path = name.split("/").map(encodeURIComponent).join("/");
    script.src = new URL(`search/${path}.js`, home).href;
    const version = [stamp, failed.get(name)].filter(Boolean).join("-");
    if (version) script.src += `?v=${version}`;
    script.async = true;
    const done = (kind) => {
      running -= 1;
      waiting.delete(name);
      script.remove();
      if (kind) reject(new DataError(name, kind));
      else resolve(data);
      next();
    };
    script.onload = () => done(data === null ? "damaged" : "");
    script.onerror = () => done("missing");
    document.head.append(script);
  }

  async function inflate(name, data) {
    if (typeof DecompressionStream !== "function") throw new DataError(name, "unsupported");
    let raw, sum;
    try {
      const packed = Uint8Array.from(atob(data), (character) => character.charCodeAt(0));
      sum = new DataView(packed.buffer).getUint32(0, true);
      const stream = new Blob([packed.subarray(4)]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
      raw = new Uint8Array(await new Response(stream).arrayBuffer());
    } catch {
      throw new DataError(name, "damaged");
    }
    if (adler(raw) !== sum) throw new DataError(name, "damaged");
    return raw;
  }

  function adler(data) {
    let a = 1;
    let b = 0;
    for (let i = 0; i < data.length; ) {
      for (const end = Math.min(i + 3800, data.length); i < end; i++) b += a += data[i];
      a %= 65521;
      b %= 65521;
    }
    return ((b << 16) | a) >>> 0;
  }

  async function json(name, stamp) {
    const raw = await bytes(name, stamp);
    try {
      return JSON.parse(new TextDecoder().decode(raw));
    } catch {
      throw new DataError(name, "damaged");
    }
  }

  // -- shards
  const tables = new Map(); // name → the promise of its gram table

  /** The shard of a gram, as shards.py computes it. */
  function bucket(gram, count) {
    let value = 2166136261;
    for (const point of Array.from(gram).slice(0, 2)) value = Math.imul(value ^ point.codePointAt(0), 16777619);
    value ^= value >>> 15;
    value = Math.imul(value, 0x2c1b3c6d);
    return ((value ^ (value >>> 13)) & (count - 1)) >>> 0;
  }

  function shardOf(segment, gram) {
    return `${segment.name}/${bucket(gram, segment.shards).toString(16).padStart(4, "0")}`;
  }

  /** Whether a gram's shard was asked for already. */
  function has(segment, gram) {
    return tables.has(shardOf(segment, gram));
  }

  /** {numbers, weights} of a gram in a segment; null where no article has it. */
  async function posting(segment, gram, stamp) {
    const name = shardOf(segment, gram);
    let table = tables.get(name);
    if (!table) {
      table = bytes(name, stamp).then((raw) => read(name, raw, segment.mark));
      table.catch(() => tables.delete(name));
      tables.set(name, table);
    }
    return (await table)(gram);
  }

  /** A function that finds grams in a shard's bytes; see shards.py for their order. */
  function read(name, raw, mark) {
    const hex = Array.from(raw.subarray(0, 4), (byte) => byte.toString(16).padStart(2, "0")).join("");
    if (hex !== mark) throw new DataError(name, "outdated");
    let place = 4;
    const varint = () => {
      let value = 0;
      for (let scale = 1; ; scale *= 128) {
        const byte = raw[place++];
        value += (byte & 127) * scale;
        if (byte < 128) return value;
      }
    };
    const groups = [];
    for (let length = varint(); length; length = varint()) groups.push([length, varint()]);
    const index = new Map();
    for (const [length, size] of groups) {
      for (let i = 0; i < size; i++) {
        let gram = "";
        for (let unit = 0; unit < length; unit++) {
          const high = raw[place + 2 * unit * size + i];
          gram += String.fromCharCode((high << 8) | raw[place + (2 * unit + 1) * size + i]);
        }
        index.set(gram, index.size);
      }
      place += 2 * length * size;
    }
    const size = index.size;
    const view = new DataView(raw.buffer, raw.byteOffset);
    const counts = Array.from(raw.subarray(place, place + size));
    place += size;
    for (let i = 0; i < size; i++) {
      if (counts[i] === 255) {
        counts[i] = view.getUint32(place, true);
        place += 4;
      }
    }
    const kinds = raw.subarray(place, place + size);
    place += size;
    const starts = [0, 1, 2, 3].map((plane) => {
      const start = new Uint32Array(size);
      for (let i = 0; i < size; i++) {
        start[i] = place;
        if (plane < 3 ? (kinds[i] & 3) > plane : kinds[i] & 4) place += counts[i];
      }
      return start;
    });
    if (place !== raw.length) throw new DataError(name, "damaged");
    const cache = new Map();
    return (gram) => {
      const at = index.get(gram);
      if (at === undefined) return null;
      let found = cache.get(gram);
      if (!found) {
        const count = counts[at];
        const width = kinds[at] & 3;
        const numbers = new Uint32Array(count);
        let number = 0;
        for (let i = 0; i < count; i++) {
          number += raw[starts[0][at] + i];
          if (width > 1) number += raw[starts[1][at] + i] << 8;
          if (width > 2) number += raw[starts[2][at] + i] << 16;
          numbers[i] = number;
        }
        const weights = kinds[at] & 4 ? raw.subarray(starts[3][at], starts[3][at] + count) : null;
        found = { numbers, weights };
        cache.set(gram, found);
      }
      return found;
    };
  }

  /** Ids and dates of a segment's documents; see tables.py. */
  function unroll(text) {
    const ids = [];
    const days = [];
    let day = "";
    let page = "";
    let number = "";
    let began = ["", ""];
    const next = (digits) => String(Number(digits) + 1).padStart(digits.length, "0");
    for (let at = 0; at < text.length; at++) {
      const mark = text[at];
      const before = day;
      if (mark === "=") {
        const end = text.indexOf("\n", at);
        const line = text.slice(at + 1, end);
        at = end;
        const bar = line.indexOf("|");
        if (bar >= 0) {
          ids.push(line.slice(bar + 1));
          days.push(line.slice(0, bar));
          day = "";
          continue;
        }
        day = line.slice(0, 10);
        [page, number] = line.slice(11).split("-");
      } else if (mark === "+") number = next(number);
      else if (mark === ",") {
        const [, letters, digits] = /^([A-Za-z]*)([0-9]+)$/.exec(page);
        page = letters + next(digits);
        number = "1".padStart(number.length, "0");
      } else {
        day = new Date(Date.parse(`${day}T00:00:00Z`) + 86400000).toISOString().slice(0, 10);
        [page, number] = began;
      }
      if (day !== before) began = [page, number];
      ids.push(`${day}-${page}-${number}`);
      days.push(day);
    }
    return { ids, days };
  }

  jianbao.data = { home, json, bucket, has, posting, unroll, DataError };
})();
