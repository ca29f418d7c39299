/* Added by `jianbao serve` alone, never published: reloads the page when the site was built anew, shows faults. */
(function () {
  "use strict";
  var me = document.currentScript;
  var version = me.dataset.version;
  var keep = "keep" in me.dataset; // a form: never reloaded under the hands of the person who fills it in
  var chinese = document.documentElement.lang.slice(0, 2) === "zh";
  var words = chinese
    ? { errors: "处错误，页面还是上一次正确的样子", warnings: "处提醒", edit: "编辑", lost: "预览已停止，重新运行 serve 后会自动恢复", hide: "收起" }
    : { errors: "faults; the page is the last good one", warnings: "warnings", edit: "Edit", lost: "The preview has stopped; it comes back when serve runs again", hide: "Hide" };
  var source = null;
  var box = null;
  var failures = 0;

  function make(name, text, kind) {
    var made = document.createElement(name);
    if (text) made.textContent = text;
    if (kind) made.className = kind;
    return made;
  }

  function overlay() {
    if (!box) {
      box = make("section", "", "jianbao-problems");
      box.id = "jianbao-problems";
      box.setAttribute("role", "status");
      document.body.append(box);
    }
    box.replaceChildren();
    box.hidden = false;
    return box;
  }

  function clear() { if (box) box.hidden = true; }

  function show(problems) {
    if (!problems.length) { clear(); return; }
    var errors = problems.filter(function (one) { return one.error; });
    if (keep && !errors.length) { clear(); return; } // a form says it itself
    var place = overlay();
    place.classList.toggle("calm", !errors.length);
    place.setAttribute("aria-label", chinese ? "内容问题" : "Problems");
    var details = make("details");
    details.open = errors.length > 0;
    var head = errors.length ? errors.length + " " + words.errors : problems.length + " " + words.warnings;
    details.append(make("summary", head));
    var list = make("ul");
    (errors.length ? problems : problems.slice(0, 200)).slice(0, 200).forEach(function (one) {
      var item = make("li", one[chinese ? "zh" : "en"] + " ");
      if (one.edit) {
        var link = make("a", words.edit);
        link.href = one.edit;
        item.append(link);
      }
      list.append(item);
    });
    details.append(list);
    place.append(details);
  }

  function lost() {
    overlay().classList.remove("calm");
    box.append(make("p", words.lost));
  }

  function heard(event) {
    failures = 0;
    var state = JSON.parse(event.data);
    document.dispatchEvent(new CustomEvent("jianbao:state", { detail: state }));
    show(state.problems);
    if (state.version === version || keep) return;
    version = state.version;
    if (!me.dataset.mark) { location.reload(); return; }
    // Only a page that the build changed is loaded again.
    fetch(location.href, { method: "HEAD", cache: "no-store" }).then(function (answer) {
      if (answer.headers.get("X-Jianbao-Page") !== me.dataset.mark) location.reload();
    }, function () { location.reload(); });
  }

  // A browser opens six connections to a server at most: only pages that are seen listen.
  function listen() {
    if (source) return;
    source = new EventSource("/_jianbao/events");
    source.addEventListener("state", heard);
    source.onerror = function () {
      failures += 1;
      if (failures === 3) lost();
      if (source && source.readyState === EventSource.CLOSED) { rest(); setTimeout(seen, 2000); }
    };
  }

  function rest() {
    if (source) source.close();
    source = null;
  }

  function seen() {
    if (document.visibilityState === "visible") listen();
    else rest();
  }

  document.addEventListener("visibilitychange", seen);
  window.addEventListener("pagehide", rest);
  window.addEventListener("pageshow", seen);
  seen();
})();
