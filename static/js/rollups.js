// The document of a roll-up: nothing typed is thrown away unasked, and the keyboard stays where it was.
"use strict";

const article = document.querySelector(".rollup");

// A section that comes anew would take open editors with it.
function isTyping(section) {
  return [...section.querySelectorAll(".rollup-editing textarea, .rollup-editing input[type=text]")].some(
    (field) => field.value !== field.defaultValue,
  );
}

document.addEventListener("htmx:beforeRequest", (event) => {
  const target = event.detail.target;
  if (!target.classList.contains("rollup-section") || !isTyping(target)) return;
  if (!window.confirm(article.dataset.unsaved)) event.preventDefault();
});

window.addEventListener("beforeunload", (event) => {
  if (article && !document.querySelector(".rollup-editing[data-sent]") && isTyping(article)) event.preventDefault();
});

// What was being used is gone: go on at the row that came in its place.
document.addEventListener("htmx:afterSettle", (event) => {
  if (document.activeElement !== document.body) return;
  const row = event.detail.elt.closest?.(".rollup-row");
  row?.querySelector("[id^=edit-]")?.focus({ preventScroll: true });
});
