// A form's logic in the browser: shows and hides questions, marks what must be answered, calculates, adds up tables and
// says what does not fit while somebody types. The server decides again; without this script it does so on sending.
//
// The page: every question's wrapper has data-question="<key>"; a table data-form-table="<key>" with rows [data-row];
// a heading data-section="<key>". The logic itself stands in <script type="application/json" data-form-logic>.
(function () {
  "use strict";

  const { stateOf, SPARE } = window.logicState;
  const { numberInWords, dayInWords } = window.logicReading;
  const { controlsOf, answerOf, isBlankRow } = window.logicInputs;
  const { Messages } = window.logicMessages;
  const PATIENCE = 120; // milliseconds after the last keystroke

  class FormLogic {
    constructor(form, payload) {
      this.form = form;
      this.payload = payload;
      this.language = document.documentElement.lang || "zh-hans";
      this.nodes = new Map(payload.nodes.map((node) => [node.table ? `${node.table}.${node.key}` : node.key, node]));
      this.columns = new Map();
      for (const node of payload.nodes.filter((one) => one.table)) {
        this.columns.set(node.table, [...(this.columns.get(node.table) ?? []), node]);
      }
      this.wrappers = new Map();
      this.tables = new Map();
      this.cells = new WeakMap(); // row → its cells by column
      this.known = new Map(); // wrapper or cell → its answer, until somebody changes it
      this.drawn = new WeakMap(); // wrapper or cell → what was drawn of it
      this.timer = 0;
    }

    start() {
      for (const element of this.form.querySelectorAll("[data-form-table]")) {
        this.tables.set(element.dataset.formTable, element);
      }
      for (const element of this.form.querySelectorAll("[data-question], [data-section]")) {
        if (!element.closest("[data-row]")) this.wrappers.set(element.dataset.question ?? element.dataset.section, element);
      }
      this.messages = new Messages(this.form, this.payload.words);
      this.update();
      this.form.addEventListener("input", (event) => this.changed(event));
      this.form.addEventListener("change", (event) => this.changed(event));
      this.form.addEventListener("region:read", (event) => this.changed(event)); // the list has come
      this.watchRows();
    }

    // Rows come and go; a removed one stays in the page, hidden.
    watchRows() {
      const isRow = (one) => one.nodeType === Node.ELEMENT_NODE && one.matches("[data-row]");
      const observer = new MutationObserver((changes) => {
        if (changes.some((one) => isRow(one.target) || [...one.addedNodes, ...one.removedNodes].some(isRow))) this.soon();
      });
      for (const table of this.tables.values()) {
        const body = table.querySelector("[data-rows]");
        if (body) observer.observe(body, { childList: true, attributes: true, attributeFilter: ["hidden"], subtree: true });
      }
    }

    changed(event) {
      const element = event.target.closest?.("[data-question]");
      if (!element || event.target.name?.startsWith(".")) return;
      this.known.delete(element);
      this.soon();
    }

    soon() {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.update(), PATIENCE);
    }

    // --- reading ----------------------------------------------------------------------------------------------------

    read(node, element) {
      if (!this.known.has(element)) this.known.set(element, answerOf(node, element));
      return this.known.get(element);
    }

    answers() {
      const stored = this.payload.answers;
      const found = { ...stored };
      this.rows = new Map();
      for (const node of this.payload.nodes) {
        if (node.table || node.calculated) continue;
        if (node.type === "table") {
          if (this.tables.has(node.key)) found[node.key] = this.rowsOf(node.key);
        } else if (this.wrappers.has(node.key)) {
          found[node.key] = this.read(node, this.wrappers.get(node.key));
        }
      }
      return found;
    }

    // The rows that are rows: neither removed nor blank. Their elements are kept by their number among those.
    rowsOf(key) {
      const shown = [...this.tables.get(key).querySelectorAll("[data-row]")].filter((row) => !row.hidden);
      const blank = new Set(shown.filter(isBlankRow));
      const filled = shown.filter((row) => !blank.has(row));
      this.rows.set(key, { filled, blank: [...blank] });
      const readable = (this.columns.get(key) ?? []).filter((node) => !node.calculated);
      return filled.map((row) => {
        const cells = this.cellsOf(row);
        const found = readable.filter((node) => cells.has(node.key));
        return Object.fromEntries(found.map((node) => [node.key, this.read(node, cells.get(node.key))]));
      });
    }

    cellsOf(row) {
      if (!this.cells.has(row)) {
        const cells = [...row.querySelectorAll("[data-question]")].map((one) => [one.dataset.question, one]);
        this.cells.set(row, new Map(cells));
      }
      return this.cells.get(row);
    }

    // --- drawing ----------------------------------------------------------------------------------------------------

    update() {
      clearTimeout(this.timer);
      this.state = stateOf(this.payload, this.answers(), { withSpareRows: true });
      this.findings = new Map();
      for (const one of this.state.findings) {
        this.findings.set(one.path, [...(this.findings.get(one.path) ?? []), one]);
      }
      for (const [name, node] of this.nodes) {
        if (!node.table && this.wrappers.has(name)) this.draw(node, this.wrappers.get(name), name);
      }
      for (const [table, { filled, blank }] of this.rows) {
        filled.forEach((row, place) => this.drawRow(table, row, place));
        blank.forEach((row) => this.drawRow(table, row, SPARE));
        this.drawHeads(table, [...filled, ...blank]);
        this.drawTotals(table);
      }
      this.form.dispatchEvent(new CustomEvent("logic:updated", { bubbles: true, detail: this.state }));
    }

    drawRow(table, row, place) {
      const cells = this.cellsOf(row);
      for (const node of this.columns.get(table) ?? []) {
        if (cells.has(node.key)) this.draw(node, cells.get(node.key), `${table}.${place}.${node.key}`);
      }
    }

    // Brings one question or cell up to date; only what differs from what was drawn last is touched.
    draw(node, element, path) {
      const { hidden, disabled, required, values, notices } = this.state;
      const findings = this.findings.get(path) ?? [];
      const drawn = this.drawn.get(element);
      const before = drawn ?? { hidden: element.hidden, disabled: false };
      const now = {
        hidden: hidden.has(path),
        disabled: disabled.has(path),
        required: required.has(path),
        value: node.calculated ? values[path] : null,
        messages: [notices[path] ?? "", ...findings.map((one) => `${one.row}.${one.rule.key}`)].join("\n"),
      };
      if (now.hidden !== before.hidden) element.hidden = now.hidden;
      if (drawn && now.hidden !== before.hidden && node.label) this.messages.note(node.label, !now.hidden);
      if (now.disabled !== before.disabled) this.enable(element, !now.disabled);
      if (node.logic.require !== undefined && now.required !== before.required) this.require(element, now.required);
      if (node.calculated && now.value !== before.value) this.write(element, this.valueInWords(node, now.value));
      if (now.messages !== before.messages) this.messages.say(element, findings, notices[path]);
      this.drawn.set(element, now);
    }

    enable(element, isEnabled) {
      element.classList.toggle("is-disabled", !isEnabled);
      for (const control of element.querySelectorAll("input, select, textarea, button")) {
        control.disabled = !isEnabled || "locked" in control.dataset;
      }
    }

    require(element, isRequired) {
      let mark = element.querySelector("[data-required]");
      if (!mark && isRequired) {
        mark = document.createElement("span");
        mark.className = "required-mark";
        mark.dataset.required = "";
        mark.textContent = this.payload.words.required;
        element.querySelector("legend, label, .form-label")?.append(" ", mark);
      }
      if (mark) mark.hidden = !isRequired;
      for (const control of controlsOf(element)) {
        if (isRequired) control.setAttribute("aria-required", "true");
        else control.removeAttribute("aria-required");
      }
    }

    // A unit of measure that stands beside the value is not written twice.
    write(element, { text, unit }) {
      const output = element.querySelector("[data-value]");
      if (!output) return;
      const isBeside = output.parentElement.querySelector(".unit-of-measure");
      const shown = unit && !isBeside ? `${text} ${unit}` : text;
      if (output.textContent !== shown) output.textContent = shown;
    }

    valueInWords(node, value) {
      if (value === null || value === undefined) return { text: "—", unit: "" };
      const { result = "number", decimals = null, unit = "" } = node.options ?? {};
      if (result === "date") return { text: dayInWords(value, this.language), unit: "" };
      return typeof value === "number" ? { text: numberInWords(value, { decimals }), unit } : { text: value, unit: "" };
    }

    // --- tables -----------------------------------------------------------------------------------------------------

    // A column that no row is asked for has no heading either.
    drawHeads(table, rows) {
      for (const node of this.columns.get(table) ?? []) {
        const cells = rows.map((row) => this.cellsOf(row).get(node.key)).filter(Boolean);
        if (!cells.length) continue;
        const isGone = cells.every((cell) => cell.hidden);
        for (const cell of cells) cell.classList.toggle("is-column-gone", isGone);
        for (const line of this.tables.get(table).querySelectorAll("thead tr:last-child, tfoot tr")) {
          const head = line.cells[cells[0].cellIndex];
          if (head) head.hidden = isGone;
        }
      }
      this.drawGroups(this.tables.get(table));
    }

    // A heading over several columns spans those that are left.
    drawGroups(table) {
      const heads = [...table.querySelectorAll("thead tr:last-child th")];
      let first = 1; // after the row's number
      for (const group of table.querySelectorAll("thead .entry-group")) {
        group.dataset.columns ??= group.colSpan;
        const below = heads.slice(first, (first += Number(group.dataset.columns)));
        const left = below.filter((head) => !head.hidden).length;
        group.hidden = !left;
        if (left) group.colSpan = left;
      }
    }

    drawTotals(table) {
      for (const output of this.tables.get(table).querySelectorAll("[data-total]")) {
        const name = `${table}.${output.dataset.total}`;
        if (this.state.totals[name] === undefined) continue;
        const node = this.nodes.get(name);
        const { unit = "", places = 0 } = node?.reading ?? node?.options ?? {};
        const text = numberInWords(this.state.totals[name], { unit, places });
        if (output.textContent !== text) output.textContent = text;
      }
    }
  }

  for (const script of document.querySelectorAll("script[data-form-logic]")) {
    const form = script.closest("form");
    const payload = JSON.parse(script.textContent);
    if (form && (payload.nodes.length || payload.rules.length)) new FormLogic(form, payload).start();
  }
})();
