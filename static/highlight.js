// On an article's page: marks what the reader searched for (?hl=…).
"use strict";
(() => {
  const wanted = new URLSearchParams(location.search).getAll("hl").filter(Boolean).slice(0, 20);

  /** A pattern for a needle: case and the kind of spaces do not matter. */
  function pattern(needle) {
    const words = needle.trim().split(/\s+/);
    return new RegExp(words.map((word) => word.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&")).join("\\s+"), "giu");
  }

  /** One block of text may be several nodes: a hit is marked in each of them, as one piece per node. */
  function mark(block) {
    const nodes = [];
    let text = "";
    const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      nodes.push([walker.currentNode, text.length]);
      text += walker.currentNode.data;
    }
    const found = patterns
      .flatMap((one) => [...text.matchAll(one)].map((match) => [match.index, match.index + match[0].length]))
      .sort((a, b) => a[0] - b[0]);
    for (const [node, start] of nodes.reverse()) {
      let end = node.data.length;
      for (const [from, to] of [...found].reverse()) {
        const [first, last] = [Math.max(from - start, 0), Math.min(to - start, end)];
        if (first >= last) continue;
        node.splitText(last);
        const piece = node.splitText(first);
        const element = document.createElement("mark");
        element.className = "hit";
        piece.replaceWith(element);
        element.append(piece);
        end = first;
      }
    }
  }

  const patterns = wanted.filter((needle) => needle.trim()).map(pattern);

  if (patterns.length) {
    const home = document.querySelector("[data-article-body]") ?? document.querySelector("main") ?? document.body;
    for (const block of home.querySelectorAll("h1, h2, h3, p, li, figcaption, blockquote, dd")) {
      if (!block.querySelector("p, li, h1, h2, h3")) mark(block);
    }
    const first = home.querySelector("mark.hit");
    if (first && !location.hash) first.scrollIntoView({ block: "center" });
  }
})();
