/* Comforts of the form; it works without them. */
(function () {
  "use strict";
  var form = document.querySelector("form[data-digest]");
  if (!form) return;
  var touched = false;

  form.addEventListener("input", function () { touched = true; });
  form.addEventListener("submit", function () { touched = false; });
  window.addEventListener("beforeunload", function (event) { if (touched) event.preventDefault(); });

  // Ctrl-S saves.
  document.addEventListener("keydown", function (event) {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") {
      event.preventDefault();
      form.requestSubmit(form.querySelector(".first"));
    }
  });

  // Take the machine's reading, or what the file has, into the box.
  document.querySelectorAll(".take").forEach(function (button) {
    button.hidden = false;
    button.addEventListener("click", function () {
      var box = document.getElementById(button.dataset.for);
      if ("part" in button.dataset) {
        var old = button.dataset.old;
        if (old && box.value.includes(old)) box.value = box.value.replace(old, function () { return button.dataset.value; });
        else if (!old) box.value = box.value.replace(/\s*$/, "") + "\n\n" + button.dataset.value;
        else return;
      } else {
        box.value = button.dataset.value;
      }
      touched = true;
      box.focus();
    });
  });

  // Say so when the file changes under the form.
  document.addEventListener("jianbao:state", function () {
    fetch("/_jianbao/digest/" + encodeURIComponent(form.dataset.id)).then(function (answer) {
      return answer.ok ? answer.text() : form.dataset.digest;
    }).then(function (digest) {
      document.getElementById("outside").hidden = digest === form.dataset.digest;
    }, function () {});
  });

  var alert = document.getElementById("alert");
  var wrong = form.querySelector("[aria-invalid]");
  if (wrong) wrong.focus();
  else if (alert) alert.focus();
})();
