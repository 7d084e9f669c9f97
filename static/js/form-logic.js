// A form's logic in the browser: shows and hides questions, marks what must be answered, calculates, adds up tables and
// says what does not fit while somebody types. The server decides again; without this script it does so on sending.
//
// The page: every question's wrapper has data-question="<key>"; a table data-form-table="<key>" with rows [data-row];
// a heading data-section="<key>". The logic itself stands in <script type="application/json" data-form-logic>.
(function () {
  "use strict";

  const { stateOf, SPARE } = window.logicState;
  const { readAnswer, numberInWords, dayInWords } = window.logicReading;
  const CONTROLS = "input, select, textarea";
  const PATIENCE = 120; // milliseconds after the last keystroke
  const SPEAK_AFTER = 900; // screen readers hear of changes once typing has paused

  function controlsOf(element) {
    return [...element.querySelectorAll(CONTROLS)].filter((one) => !one.closest("[data-reason]") && one.type !== "hidden");
  }

  // The values of the inputs of one question: of boxes and radio buttons those that are chosen.
  function textsOf(element) {
    const texts = [];
    for (const one of element.querySelectorAll(CONTROLS)) {
      if (one.closest("[data-reason]")) continue;
      if (one.type === "checkbox" || one.type === "radio") {
        if (one.checked) texts.push(one.value);
      } else texts.push(one.value);
    }
    return texts;
  }

  // Files count: those that are kept and those that are chosen.
  function filesOf(element) {
    const chosen = [...element.querySelectorAll("input[type=file]")].reduce((sum, one) => sum + one.files.length, 0);
    const kept = element.querySelectorAll('input[name$=".keep"]').length;
    const dropped = element.querySelectorAll('input[name$=".drop"]:checked').length;
    const many = element.querySelector("input[type=file][multiple]");
    return (chosen && !many ? chosen : chosen + kept - dropped) || null;
  }

  function answerOf(node, element) {
    if (element.querySelector("input[type=file]")) return filesOf(element);
    const answered = element.querySelector("[data-answer]"); // what a control of several inputs amounts to
    return readAnswer(node, answered ? [answered.value] : textsOf(element));
  }

  function isBlankRow(row) {
    return [...row.querySelectorAll(CONTROLS)].every((one) => {
      if (one.closest("[data-reason]")) return true;
      return one.type === "checkbox" || one.type === "radio" ? !one.checked : one.value === "";
    });
  }

  class FormLogic {
    constructor(form, payload) {
      this.form = form;
      this.payload = payload;
      this.words = payload.words;
      this.language = document.documentElement.lang || "zh-hans";
      this.nodes = new Map(payload.nodes.map((node) => [node.table ? `${node.table}.${node.key}` : node.key, node]));
      this.columns = new Map();
      for (const node of payload.nodes.filter((one) => one.table)) {
        this.columns.set(node.table, [...(this.columns.get(node.table) || []), node]);
      }
      this.wrappers = new Map();
      this.tables = new Map();
      this.known = new Map(); // element → its answer, until somebody changes it
      this.drawn = new WeakMap(); // element → what was drawn of it
      this.appeared = new Set();
      this.gone = new Set();
      this.timer = 0;
      this.speaking = 0;
      this.isStarted = false;
    }

    start() {
      for (const element of this.form.querySelectorAll("[data-form-table]")) {
        this.tables.set(element.dataset.formTable, element);
      }
      for (const element of this.form.querySelectorAll("[data-question], [data-section]")) {
        if (!element.closest("[data-row]")) this.wrappers.set(element.dataset.question ?? element.dataset.section, element);
      }
      this.status = document.createElement("p");
      this.status.className = "visually-hidden";
      this.status.setAttribute("role", "status");
      this.form.append(this.status);
      this.update();
      this.form.addEventListener("input", (event) => this.changed(event));
      this.form.addEventListener("change", (event) => this.changed(event));
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
      if (!element || event.target.closest("[data-reason]")) return;
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
      const found = { ...this.payload.answers };
      this.rows = new Map();
      for (const node of this.payload.nodes) {
        if (node.table || node.calculated) continue;
        if (node.type === "table") {
          if (this.tables.has(node.key)) found[node.key] = this.rowsOf(node.key);
        } else if (this.wrappers.has(node.key)) found[node.key] = this.read(node, this.wrappers.get(node.key));
      }
      return found;
    }

    // The rows that are rows: neither removed nor blank. Their elements are kept by their number among those.
    rowsOf(key) {
      const elements = [...this.tables.get(key).querySelectorAll("[data-row]")].filter((row) => !row.hidden);
      const filled = elements.filter((row) => !isBlankRow(row));
      const blank = elements.filter((row) => !filled.includes(row));
      this.rows.set(key, { filled, blank });
      return filled.map((row) => {
        const cells = this.cellsOf(row);
        const readable = (this.columns.get(key) || []).filter((node) => !node.calculated && cells.has(node.key));
        return Object.fromEntries(readable.map((node) => [node.key, this.read(node, cells.get(node.key))]));
      });
    }

    cellsOf(row) {
      if (!row.logicCells) {
        row.logicCells = new Map([...row.querySelectorAll("[data-question]")].map((one) => [one.dataset.question, one]));
      }
      return row.logicCells;
    }

    // --- drawing ----------------------------------------------------------------------------------------------------

    update() {
      clearTimeout(this.timer);
      this.state = stateOf(this.payload, this.answers(), { withSpareRows: true });
      const findings = new Map();
      for (const one of this.state.findings) findings.set(one.path, [...(findings.get(one.path) || []), one]);
      for (const [name, node] of this.nodes) {
        if (!node.table && this.wrappers.has(name)) this.draw(node, this.wrappers.get(name), name, findings);
      }
      for (const [table, { filled, blank }] of this.rows) {
        filled.forEach((row, place) => this.drawRow(table, row, place, findings));
        blank.forEach((row) => this.drawRow(table, row, SPARE, findings));
        this.drawHeads(table, [...filled, ...blank]);
        this.drawTotals(table);
      }
      if (this.isStarted) this.speakSoon();
      this.isStarted = true;
      this.form.dispatchEvent(new CustomEvent("logic:updated", { bubbles: true, detail: this.state }));
    }

    drawRow(table, row, place, findings) {
      const cells = this.cellsOf(row);
      for (const node of this.columns.get(table) || []) {
        const cell = cells.get(node.key);
        if (cell) this.draw(node, cell, `${table}.${place}.${node.key}`, findings);
      }
    }

    draw(node, element, path, findings) {
      const { hidden, disabled, required, values, notices } = this.state;
      const before = this.drawn.get(element) || {};
      const now = {
        hidden: hidden.has(path),
        disabled: disabled.has(path),
        required: required.has(path),
        value: node.calculated ? this.valueInWords(node, values[path]) : null,
        messages: this.messagesOf(findings.get(path), notices[path]),
      };
      if (now.hidden !== (before.hidden ?? element.hidden)) this.show(node, element, !now.hidden);
      if (now.disabled !== (before.disabled ?? false)) this.enable(element, !now.disabled);
      if (node.logic.require !== undefined && now.required !== before.required) this.require(element, now.required);
      if (now.value !== null && now.value !== before.value) this.write(element, now.value);
      if (now.messages !== before.messages) this.say(element, findings.get(path) || [], notices[path]);
      this.drawn.set(element, now);
    }

    show(node, element, isShown) {
      element.hidden = !isShown;
      if (!node.label || !this.isStarted) return;
      (isShown ? this.appeared : this.gone).add(node.label);
      (isShown ? this.gone : this.appeared).delete(node.label);
    }

    enable(element, isEnabled) {
      element.classList.toggle("is-disabled", !isEnabled);
      for (const control of controlsOf(element)) control.disabled = !isEnabled;
    }

    require(element, isRequired) {
      let mark = element.querySelector("[data-required]");
      const label = element.querySelector("legend, label, .form-label");
      if (!mark && label && isRequired) {
        mark = document.createElement("span");
        mark.className = "required-mark";
        mark.dataset.required = "";
        mark.textContent = this.words.required;
        label.append(" ", mark);
      }
      if (mark) mark.hidden = !isRequired;
      for (const control of controlsOf(element)) {
        if (isRequired) control.setAttribute("aria-required", "true");
        else control.removeAttribute("aria-required");
      }
    }

    write(element, text) {
      const output = element.querySelector("[data-value]");
      if (output && output.textContent !== text) output.textContent = text;
    }

    valueInWords(node, value) {
      if (value === null || value === undefined) return "—";
      const { result = "number", decimals = null, unit = "" } = node.options || {};
      if (result === "date") return dayInWords(value, this.language);
      return typeof value === "number" ? numberInWords(value, { decimals, unit }) : String(value);
    }

    // --- messages ---------------------------------------------------------------------------------------------------

    messagesOf(findings = [], notice = "") {
      return [notice, ...findings.map((one) => one.rule.key)].join("\n").trim();
    }

    say(element, findings, notice) {
      const place = [...element.querySelectorAll("[data-messages]")].find((one) => one.closest("[data-question]") === element);
      if (!place) return;
      const lines = findings.map((one) => this.line(one.rule.severity, one.rule.message));
      if (notice) lines.push(this.line("information", notice));
      const same = place.children.length === lines.length && lines.every((line, at) => line.isEqualNode(place.children[at]));
      if (!same) place.replaceChildren(...lines);
      for (const own of element.querySelectorAll("[data-notice]")) own.hidden = true; // what the server had said
      this.askForReasons(element, place, findings);
    }

    line(severity, text) {
      const line = document.createElement("p");
      line.className = `message message--${severity}`;
      line.textContent = text;
      return line;
    }

    // A warning must be explained: an input for each that stands, kept with what was typed when the warning goes.
    askForReasons(element, place, findings) {
      const wanted = findings.filter((one) => one.rule.severity === "warning").map((one) => this.reasonName(element, one));
      for (const block of element.querySelectorAll(".question-reason")) {
        block.dataset.reason = block.querySelector("textarea").name;
        block.hidden = !wanted.includes(block.dataset.reason);
      }
      for (const name of wanted) {
        const known = [...element.querySelectorAll("[data-reason]")].some((one) => one.dataset.reason === name);
        if (!known) place.after(this.reasonBlock(name, place));
      }
    }

    // In a table a reason is sent under the row's number on the page, as its inputs are.
    reasonName(element, finding) {
      const name = `.reasons.${finding.rule.key}`;
      if (finding.row === null) return name;
      const input = element.closest("[data-row]").querySelector("[name]");
      return `${name}.${input.name.split(".")[1]}`;
    }

    reasonBlock(name, place) {
      const block = document.createElement("div");
      block.className = "question-reason";
      block.dataset.reason = name;
      const label = document.createElement("label");
      label.className = "form-label";
      label.htmlFor = `id_${name}`;
      const mark = document.createElement("span");
      mark.className = "required-mark";
      mark.textContent = this.words.required;
      label.append(this.words.explanation, " ", mark);
      const input = document.createElement("textarea");
      Object.assign(input, { className: "form-control", name, id: `id_${name}`, rows: 2, maxLength: 500 });
      if (place.id) input.setAttribute("aria-describedby", place.id);
      block.append(label, input);
      return block;
    }

    // --- tables -----------------------------------------------------------------------------------------------------

    // A column that no row is asked for has no heading either.
    drawHeads(table, rows) {
      for (const node of this.columns.get(table) || []) {
        const cells = rows.map((row) => this.cellsOf(row).get(node.key)).filter(Boolean);
        const isGone = cells.length > 0 && cells.every((cell) => cell.hidden);
        for (const cell of cells) cell.classList.toggle("is-column-gone", isGone);
        const place = cells[0]?.cellIndex;
        if (place === undefined) continue;
        for (const line of this.tables.get(table).querySelectorAll("thead tr:last-child, tfoot tr")) {
          if (line.cells[place]) line.cells[place].hidden = isGone;
        }
      }
    }

    drawTotals(table) {
      for (const output of this.tables.get(table).querySelectorAll("[data-total]")) {
        const total = this.state.totals[`${table}.${output.dataset.total}`];
        if (total === undefined) continue;
        const node = this.nodes.get(`${table}.${output.dataset.total}`);
        const { unit = "", places = 0 } = node?.reading ?? node?.options ?? {};
        const text = numberInWords(total, { unit, places });
        if (output.textContent !== text) output.textContent = text;
      }
    }

    // --- said -------------------------------------------------------------------------------------------------------

    speakSoon() {
      if (!this.appeared.size && !this.gone.size) return;
      clearTimeout(this.speaking);
      this.speaking = setTimeout(() => {
        const said = [this.sentence(this.words.appeared, this.appeared), this.sentence(this.words.gone, this.gone)];
        this.status.textContent = said.filter(Boolean).join(" ");
        this.appeared.clear();
        this.gone.clear();
      }, SPEAK_AFTER);
    }

    sentence(pattern, labels) {
      const all = [...labels].map((label) => `“${label}”`);
      if (!all.length) return "";
      const shown = all.length > 3 ? [...all.slice(0, 3), this.words.and_more] : all;
      return pattern.replace("%(labels)s", shown.join(this.words.separator));
    }
  }

  for (const script of document.querySelectorAll("script[data-form-logic]")) {
    const form = script.closest("form");
    const payload = JSON.parse(script.textContent);
    if (form && (payload.nodes.length || payload.rules.length)) new FormLogic(form, payload).start();
  }
})();
