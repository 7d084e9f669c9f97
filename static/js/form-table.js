// Tables in forms: add, remove and take back rows without a visit to the server. Without this script there are spare
// rows, a box to remove a row, and a button that asks the server for more. form-table-paste.js fills many cells at once.
(function () {
  "use strict";

  const INPUTS = "input:not([type=hidden]), select, textarea";
  const ANSWERS = `${INPUTS}, [data-answer]`;

  function isBlank(row) {
    return [...row.querySelectorAll(ANSWERS)].every((input) => {
      if (input.closest("[data-reason]")) return true;
      if (input.type === "checkbox" || input.type === "radio") return !input.checked;
      return input.value === "";
    });
  }

  function deleteBox(row) {
    return row.querySelector('input[name$=".DELETE"]');
  }

  // What every other script knows of a table: its rows, how many it takes, and how to add, remove and say something.
  class FormTable {
    constructor(element) {
      this.element = element;
      this.count = element.querySelector("[data-row-count]");
      this.body = element.querySelector("[data-rows]");
      this.template = element.querySelector("[data-row-template]");
      this.adder = element.querySelector("[data-add-row]");
      this.status = element.querySelector("[data-row-status]");
      this.undoer = element.querySelector("[data-undo]");
      this.most = Number(element.dataset.most);
      this.takeBack = null;
    }

    start() {
      this.body.closest("table").classList.add("is-scripted");
      for (const row of this.body.querySelectorAll("[data-row]")) this.equip(row);
      // Spare rows at the end are for those without scripts: keep what is filled in, and one blank row in an empty
      // table. Rows that an error message points at stay.
      const least = Math.max(1, Number(this.element.dataset.least));
      for (const row of this.rows().reverse()) {
        if (this.rows().length <= least || !deleteBox(row) || !isBlank(row) || row.querySelector(".question-error")) break;
        row.remove();
        this.count.value = String(Number(this.count.value) - 1);
      }
      this.refresh();
      this.adder.addEventListener("click", (event) => {
        event.preventDefault();
        const [row] = this.add(1);
        row?.querySelector(INPUTS)?.focus();
      });
      this.undoer.addEventListener("click", () => this.undo());
      this.body.addEventListener("keydown", (event) => this.goDown(event));
    }

    // Enter goes to the cell below, as in a spreadsheet, and from the last row to the button for another one; the form
    // would be sent and the place lost. While a Chinese word is being put together, Enter belongs to it.
    goDown(event) {
      const input = event.target;
      if (event.key !== "Enter" || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
      if (input.tagName !== "INPUT" || ["file", "submit", "button"].includes(input.type)) return;
      event.preventDefault();
      const cell = input.closest("[data-question]");
      const rows = this.rows();
      const below = rows[rows.indexOf(input.closest("[data-row]")) + 1];
      const next = below?.querySelector(`[data-question="${cell?.dataset.question}"]`)?.querySelector(INPUTS);
      if (next) {
        next.focus();
        next.select?.();
      } else if (!below && !this.adder.disabled) this.adder.focus();
    }

    rows() {
      return [...this.body.querySelectorAll("[data-row]")].filter((row) => !row.hidden);
    }

    refresh() {
      const rows = this.rows();
      rows.forEach((row, index) => {
        row.querySelector("[data-row-number]").textContent = String(index + 1);
      });
      const { full } = this.status.dataset;
      this.adder.disabled = rows.length >= this.most;
      if (this.adder.disabled && !this.status.textContent) this.status.textContent = full;
      else if (!this.adder.disabled && this.status.textContent === full) this.status.textContent = "";
    }

    equip(row) {
      const button = row.querySelector("[data-remove-row]");
      if (!button) return; // a row of a returned report that stays
      button.hidden = false;
      button.addEventListener("click", () => this.removeByHand(row));
      if (deleteBox(row).checked) row.hidden = true;
    }

    // Rows at the end, as many as asked for and allowed.
    add(wanted) {
      const made = [];
      const room = this.most - this.rows().length;
      for (let number = Number(this.count.value); made.length < Math.min(wanted, room); number += 1) {
        const holder = document.createElement("template");
        holder.innerHTML = this.template.innerHTML.replaceAll("__prefix__", String(number));
        const row = holder.content.firstElementChild;
        this.equip(row);
        made.push(row);
      }
      this.body.append(...made);
      this.count.value = String(Number(this.count.value) + made.length);
      this.refresh();
      return made;
    }

    remove(row, isGone = true) {
      deleteBox(row).checked = isGone;
      row.hidden = isGone;
    }

    removeByHand(row) {
      this.remove(row);
      this.say(this.status.dataset.removed, () => {
        this.remove(row, false);
        row.querySelector(INPUTS)?.focus();
      });
      this.undoer.focus();
      row.dispatchEvent(new Event("change", { bubbles: true }));
    }

    // Says what was done; with a way to take it back, if there is one.
    say(text, takeBack = null) {
      this.status.textContent = text;
      this.takeBack = takeBack;
      this.undoer.hidden = !takeBack;
      this.refresh();
    }

    // Says why nothing was done, where it is seen: the foot of a long table may be far below.
    refuse(text) {
      this.say(text);
      this.status.scrollIntoView({ block: "nearest" });
    }

    undo() {
      const takeBack = this.takeBack;
      if (!takeBack) return;
      this.say("");
      takeBack();
      this.refresh();
      this.body.dispatchEvent(new Event("change", { bubbles: true }));
    }
  }

  window.formTables = [...document.querySelectorAll("[data-form-table]:not([data-fixed])")].map((element) => new FormTable(element));
  for (const table of window.formTables) table.start();
})();
