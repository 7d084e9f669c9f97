// Filling in: says when something is not saved yet, asks before leaving, saves with Ctrl+S. The page works without it.
"use strict";

const form = document.querySelector("form[data-fill]");
if (form) {
  const state = form.querySelector("[data-saved-state]");
  let changed = Boolean(document.querySelector(".conflict"));
  let leaving = false;

  const note = () => {
    changed = true;
    if (state) state.textContent = state.dataset.unsaved;
  };
  form.addEventListener("input", note);
  form.addEventListener("change", note);

  // One click sends once; the submission key makes sure of it on the server as well.
  form.addEventListener("submit", (event) => {
    if (leaving) {
      event.preventDefault();
      return;
    }
    leaving = true;
  });
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) leaving = false;
  });
  window.addEventListener("beforeunload", (event) => {
    if (changed && !leaving) event.preventDefault();
  });

  document.addEventListener("keydown", (event) => {
    const save = form.querySelector("[data-save]");
    if (save && (event.ctrlKey || event.metaKey) && event.key === "s") {
      event.preventDefault();
      form.requestSubmit(save);
    }
  });
}
