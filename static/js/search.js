// Choosing a filter searches at once; without script there is a button for it.
"use strict";

document.documentElement.classList.add("has-script");

const filters = document.querySelector("#filters");
if (filters) {
  filters.addEventListener("change", () => document.querySelector("#search-form").requestSubmit());
}

// "/" leads to the search field, except while typing.
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.target.closest("input, textarea, select, [contenteditable]")) return;
  event.preventDefault();
  document.querySelector("#search-q").focus();
});

// Which result was opened is told in passing: the link keeps its address and nobody waits.
const clicks = document.querySelector("#clicks");
const tell = (event) => {
  const link = event.target.closest("a[data-click]");
  if (!link || !clicks || event.button > 1) return;
  const said = new FormData(clicks);
  said.set("click", link.dataset.click);
  navigator.sendBeacon(clicks.action, said);
};
document.addEventListener("click", tell);
document.addEventListener("auxclick", tell);
