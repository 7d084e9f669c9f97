// Filling in: says when something is not saved yet, asks before leaving, saves with Ctrl+S, counts the time that the page
// was worked in. The page works without it.
(function () {
  "use strict";

  const IDLE_AFTER = 60_000; // milliseconds without a sign of anybody: then nobody works in the page

  const form = document.querySelector("form[data-fill]");
  if (!form) return;
  const state = form.querySelector("[data-saved-state]");
  let changed = Boolean(document.querySelector(".conflict"));
  let leaving = false;

  function note() {
    changed = true;
    if (state) state.textContent = state.dataset.unsaved;
  }
  form.addEventListener("input", note);
  form.addEventListener("change", note);

  // An answer that was taken over from the last report and is changed has been looked at.
  form.addEventListener("input", (event) => {
    const mark = event.target.closest("[data-question]")?.querySelector("[data-same] input");
    if (mark && mark !== event.target) mark.checked = true;
  });

  // --- time ---------------------------------------------------------------------------------------------------------

  let seconds = 0;
  let lastSign = Date.now();
  for (const sign of ["pointermove", "pointerdown", "keydown", "wheel", "touchstart", "input"]) {
    window.addEventListener(sign, () => { lastSign = Date.now(); }, { passive: true });
  }
  setInterval(() => {
    if (document.visibilityState === "visible" && Date.now() - lastSign < IDLE_AFTER) seconds += 1;
  }, 1000);
  // What has been saved with a draft has been counted.
  window.fillTime = {
    seconds: () => seconds,
    take: (counted) => {
      seconds -= counted;
    },
  };

  // --- sending ------------------------------------------------------------------------------------------------------

  // The server takes only so many inputs at once; better to know before than after.
  function isTooMuch() {
    const sent = [...new FormData(form)];
    const bytes = sent.reduce((sum, [name, value]) => sum + name.length + (typeof value === "string" ? value.length * 3 : 0), 0);
    return sent.length > Number(form.dataset.mostInputs) || bytes > Number(form.dataset.mostBytes);
  }

  function refuse() {
    let told = form.querySelector("[data-too-much]");
    if (!told) {
      told = document.createElement("p");
      told.className = "alert alert-danger";
      told.dataset.tooMuch = "";
      told.setAttribute("role", "alert");
      form.querySelector(".fill-bar").before(told);
    }
    told.textContent = form.dataset.tooMany;
    told.scrollIntoView({ block: "center" });
  }

  // One click sends once; the submission key makes sure of it on the server as well.
  form.addEventListener("submit", (event) => {
    if (leaving) {
      event.preventDefault();
      return;
    }
    // What takes no answer now keeps what was typed: an input that is switched off would not be sent.
    for (const control of form.querySelectorAll(":disabled")) {
      if (control.name && control.type !== "submit") control.disabled = false;
    }
    if (form.dataset.mostInputs && isTooMuch()) {
      event.preventDefault();
      refuse();
      return;
    }
    // Where the portal was out of reach a moment ago, the page is not given away for an error of the browser.
    const may = window.draft?.mayGo() ?? true;
    if (may !== true) {
      event.preventDefault();
      may.then((reached) => reached && form.requestSubmit(event.submitter));
      return;
    }
    window.draft?.posting();
    const counter = form.querySelector("[data-seconds]");
    if (counter) counter.value = String(seconds);
    leaving = true;
  });
  window.addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    leaving = false;
    if (window.draft) window.draft.leaving = false;
  });
  window.addEventListener("beforeunload", (event) => {
    if (leaving || window.draft?.leaving) return;
    if (window.draft ? window.draft.isSavedNowhere : changed) event.preventDefault();
  });

  document.addEventListener("keydown", (event) => {
    const save = form.querySelector("[data-save]");
    if (save && (event.ctrlKey || event.metaKey) && event.key === "s") {
      event.preventDefault();
      form.requestSubmit(save);
    }
  });
})();
