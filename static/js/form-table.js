// Tables in forms: add, remove and take back rows without a visit to the server. Without this script there are spare
// rows, a box to remove a row, and a button that asks the server for more.
"use strict";

function rowsOf(table) {
  return [...table.querySelectorAll("[data-row]")].filter((row) => !row.hidden);
}

function isBlank(row) {
  return [...row.querySelectorAll("input, select, textarea")].every((input) => {
    if (input.type === "checkbox" || input.type === "radio") return !input.checked;
    return input.value === "";
  });
}

function deleteBox(row) {
  return row.querySelector('input[name$=".DELETE"]');
}

function prepare(table) {
  const count = table.querySelector("[data-row-count]");
  const body = table.querySelector("[data-rows]");
  const template = table.querySelector("[data-row-template]");
  const add = table.querySelector("[data-add-row]");
  const status = table.querySelector("[data-row-status]");
  const undo = table.querySelector("[data-undo]");
  const most = Number(table.dataset.most);
  let lastRemoved = null;

  function refresh() {
    const rows = rowsOf(table);
    rows.forEach((row, index) => {
      row.querySelector("[data-row-number]").textContent = String(index + 1);
    });
    add.disabled = rows.length >= most;
    if (add.disabled) status.textContent = status.dataset.full;
    else if (status.textContent === status.dataset.full) status.textContent = "";
  }

  function equip(row) {
    const remove = row.querySelector("[data-remove-row]");
    remove.hidden = false;
    remove.addEventListener("click", () => {
      deleteBox(row).checked = true;
      row.hidden = true;
      lastRemoved = row;
      undo.hidden = false;
      status.textContent = status.dataset.removed;
      refresh();
      undo.focus();
      row.dispatchEvent(new Event("change", { bubbles: true }));
    });
    if (deleteBox(row).checked) row.hidden = true;
  }

  function addRow() {
    const number = Number(count.value);
    const holder = document.createElement("template");
    holder.innerHTML = template.innerHTML.replaceAll("__prefix__", String(number));
    const row = holder.content.firstElementChild;
    body.append(row);
    count.value = String(number + 1);
    equip(row);
    refresh();
    return row;
  }

  body.closest("table").classList.add("is-scripted");
  for (const row of table.querySelectorAll("[data-row]")) equip(row);

  // Spare rows at the end are for those without scripts: keep what is filled in, and one blank row in an empty table.
  // Rows that an error message points at stay.
  const least = Math.max(1, Number(table.dataset.least));
  for (const row of rowsOf(table).reverse()) {
    if (rowsOf(table).length <= least || !isBlank(row) || row.querySelector(".question-error")) break;
    row.remove();
  }
  refresh();

  add.addEventListener("click", (event) => {
    event.preventDefault();
    const row = addRow();
    row.querySelector("input:not([type=hidden]), select, textarea")?.focus();
  });
  undo.addEventListener("click", () => {
    if (!lastRemoved) return;
    deleteBox(lastRemoved).checked = false;
    lastRemoved.hidden = false;
    lastRemoved.querySelector("input:not([type=hidden]), select, textarea")?.focus();
    lastRemoved = null;
    undo.hidden = true;
    status.textContent = "";
    refresh();
  });
}

for (const table of document.querySelectorAll("[data-form-table]")) prepare(table);
