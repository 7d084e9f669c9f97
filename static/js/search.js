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
