/* What the pages can do beyond being read: copy, share, print; today in history; the lines of a scan; the key "/". */
(function () {
  "use strict";
  var page = document.documentElement;
  var chinese = page.lang.slice(0, 2) === "zh";
  var words = chinese
    ? { copy: "复制", copied: "已复制", download: "下载", link: "复制链接", share: "分享", print: "打印剪报", printed: "打印于 " }
    : { copy: "Copy", copied: "Copied", download: "Download", link: "Copy link", share: "Share", print: "Print clipping", printed: "Printed on " };

  function two(number) { return (number < 10 ? "0" : "") + number; }

  function button(label, act) {
    var made = document.createElement("button");
    made.type = "button";
    made.className = "tool";
    made.textContent = label;
    made.addEventListener("click", function () { act(made); });
    return made;
  }

  /** The page's address, without what only this visit has: the words searched for, the place on the page. */
  function pageAddress() {
    var address = new URL(location.href);
    address.searchParams.delete("hl");
    address.hash = "";
    return address.href;
  }

  /* What screen readers say when something was copied: they only watch what was there before it changed. */
  var heard = document.createElement("p");
  heard.className = "heard";
  heard.setAttribute("role", "status");
  if (document.querySelector("pre[data-copy], [data-tools]")) document.body.append(heard);

  function copy(text, made) {
    function done() {
      if (made.textContent === words.copied) return;
      var label = made.textContent;
      made.textContent = heard.textContent = words.copied;
      setTimeout(function () {
        made.textContent = label;
        heard.textContent = "";
      }, 1600);
    }
    if (navigator.clipboard && window.isSecureContext) {
      navigator.clipboard.writeText(text).then(done, function () { byHand(text, done); });
    } else {
      byHand(text, done);
    }
  }

  function byHand(text, done) {
    var area = document.createElement("textarea");
    area.value = text;
    area.className = "skip";
    document.body.append(area);
    area.select();
    try { if (document.execCommand("copy")) done(); } finally { area.remove(); }
  }

  /* The day of reading, which a citation of a page of the web says (GB/T 7714—2015), and a clipping that of printing:
     only the reader's clock knows it. */
  function dates() {
    var now = new Date();
    var day = now.getFullYear() + "-" + two(now.getMonth() + 1) + "-" + two(now.getDate());
    document.querySelectorAll("[data-accessed]").forEach(function (place) { place.textContent = "[" + day + "]"; });
    document.querySelectorAll("[data-print-day]").forEach(function (place) { place.textContent = words.printed + day; });
  }
  dates();
  addEventListener("beforeprint", dates);

  document.querySelectorAll("pre[data-copy]").forEach(function (pre) {
    var last = pre;
    function add(made) { last.after(made); last = made; }
    add(button(words.copy, function (made) {
      dates();
      copy(pre.textContent, made);
    }));
    if (pre.dataset.copy !== "txt") {
      add(button(words.download, function () {
        var link = document.createElement("a");
        link.href = URL.createObjectURL(new Blob([pre.textContent], { type: "text/plain;charset=utf-8" }));
        link.download = pre.dataset.name + "." + pre.dataset.copy;
        link.click();
        setTimeout(function () { URL.revokeObjectURL(link.href); }, 1000);
      }));
    }
  });

  document.querySelectorAll("[data-tools]").forEach(function (place) {
    var url = place.dataset.url || pageAddress();
    place.append(button(words.link, function (made) { copy(url, made); }));
    if (navigator.share) {
      place.append(button(words.share, function () {
        navigator.share({ title: document.title, url: url }).catch(function () {});
      }));
    }
    place.append(button(words.print, function () { window.print(); }));
  });

  /* "/" goes to the search box where nothing is being typed, Escape back to where the reader was. */
  var box = document.querySelector('.find input[name="q"]');
  if (box) {
    var from = null;
    addEventListener("keydown", function (event) {
      if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === "/" && !event.target.closest("input, textarea, select, [contenteditable]")) {
        event.preventDefault();
        from = document.activeElement;
        box.focus();
        box.select();
      } else if (event.key === "Escape" && event.target === box && !box.value) {
        if (from && from !== document.body) from.focus();
        else box.blur();
      }
    });
  }

  /* #L197-L264 marks all lines from 197 to 264 */
  function lines() {
    document.querySelectorAll(".scan .on").forEach(function (line) { line.classList.remove("on"); });
    var range = /^#L(\d+)-L(\d+)$/.exec(location.hash);
    if (!range) return;
    for (var n = +range[1]; n <= +range[2] && n < +range[1] + 5000; n++) {
      var line = document.getElementById("L" + n);
      if (line) line.classList.add("on");
    }
    var first = document.getElementById("L" + range[1]);
    if (first) first.scrollIntoView({ block: "center" });
  }
  if (document.querySelector(".scan")) {
    addEventListener("hashchange", lines);
    lines();
  }

  /* 历史上的今天: the first page names the newest issue's day; on the reader's own day there may be more */
  var today = document.querySelector("[data-today]");
  if (today) {
    var now = new Date();
    var lengths = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    var place = now.getDate() - 1;
    for (var month = 0; month < now.getMonth(); month++) place += lengths[month];
    if (today.dataset.today[place] === "1") {
      var root = page.dataset.root;
      var script = document.createElement("script");
      script.src = root + "days/" + two(now.getMonth() + 1) + "/" + two(now.getDate()) + "/today.js";
      script.addEventListener("load", function () { showToday(today, window.jianbaoToday, root); });
      document.head.append(script);
    }
  }

  function showToday(place, data, root) {
    if (!data || !data.years.length) return;
    function make(name, parent, text, className) {
      var made = document.createElement(name);
      if (text) made.textContent = text;
      if (className) made.className = className;
      parent.append(made);
      return made;
    }
    var fresh = document.createDocumentFragment();
    var head = make("h2", fresh, place.dataset.words);
    head.append(" ");
    make("small", head, data.name);
    var list = make("ol", fresh, "", "through");
    data.years.forEach(function (year) {
      var row = make("li", list);
      make("span", row, year.year, "y");
      var titles = make("ul", row);
      year.articles.forEach(function (article) {
        make("a", make("li", titles), article.title).href = root + article.href;
      });
    });
    make("a", make("p", fresh, "", "more"), data.name).href = root + data.link;
    place.replaceChildren(fresh);
    place.hidden = false;
  }
})();
