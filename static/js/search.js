// Choosing a filter searches at once; without script, and on a telephone, there is a button for it.
"use strict";

document.documentElement.classList.add("has-script");

const form = document.querySelector("#search-form");
const filters = document.querySelector("#filters");
const toggle = document.querySelector("[data-fold='#filters']");
const LEFT_AT = "search-filter";

// Which filter the keyboard was at is kept over the page that follows.
const search = (at) => {
  sessionStorage.setItem(LEFT_AT, JSON.stringify([at.name, at.type === "checkbox" ? at.value : null]));
  form.requestSubmit();
};
// On a telephone several filters are chosen before the list folds away again.
const isFolding = () => toggle !== null && getComputedStyle(toggle).display !== "none";

if (filters) {
  const changed = (date) => date.value !== date.defaultValue;
  let typing = false;

  // A date being typed is a date from its first possible digit on: it is searched for once the dates are left.
  filters.addEventListener("keydown", (event) => {
    if (event.target.type === "date" && !event.altKey) typing ||= /^(\d|Backspace|Delete|Arrow(Up|Down))$/.test(event.key);
  });
  filters.addEventListener("pointerdown", () => {
    typing = false;
  });
  filters.addEventListener("change", (event) => {
    if (isFolding() || (event.target.type === "date" && typing)) return;
    search(event.target);
  });
  filters.addEventListener("focusout", (event) => {
    if (!typing || isFolding() || event.target.type !== "date") return;
    const dates = event.target.closest(".search-dates");
    if (dates.contains(event.relatedTarget)) return;
    typing = false;
    if ([...dates.querySelectorAll("input")].some(changed)) search(event.target);
  });

  const leftAt = sessionStorage.getItem(LEFT_AT);
  sessionStorage.removeItem(LEFT_AT);
  if (leftAt) {
    const [name, value] = JSON.parse(leftAt);
    const again = [...filters.querySelectorAll("input")].find(
      (input) => input.name === name && (value === null || input.value === value),
    );
    again?.focus({ preventScroll: true });
  }
}

// Going back, browsers put the filters back as they were left; the page has to show those of its own question.
window.addEventListener("pageshow", (event) => {
  const [visit] = performance.getEntriesByType("navigation");
  if (event.persisted || visit?.type === "back_forward") form?.reset();
});

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
