// Lists of choices in the page editor: a grid over the text area that keeps the lines as JSON. Lines are typed, moved,
// pasted out of Excel or read from a workbook; a line that has been published is retired and never removed, since
// reports may have been answered with it (the server makes sure of that as well).

import { become, freshLine, merged, plain } from "./choices-grid-lines.js";
import { Row } from "./choices-grid-row.js";
import { button, element } from "./logic-editor-controls.js";
import { currentOutline, placeOf } from "./logic-editor-outline.js";
import { filled } from "./logic-editor-words.js";

const PAGE = 100;

function publishedCodes(key) {
  const data = document.getElementById("published-choices");
  return new Set(data ? (JSON.parse(data.textContent)[key] ?? []) : []);
}

class ChoicesGrid extends window.StimulusModule.Controller {
  static values = { address: String, most: Number, words: Object };

  connect() {
    this.words = this.wordsValue;
    this.prefix = this.element.name.replace(/-value-\w+$/, "");
    this.past = [];
    this.rows = new Map(); // line → its row on the page
    this.shown = PAGE;
    this.showsCodes = false;
    this.lines = this.read();
    this.build();
    this.draw();
    this.hear = (event) => {
      if (event.target.name === `${this.prefix}-value-filter_by`) this.draw();
    };
    document.addEventListener("change", this.hear);
  }

  disconnect() {
    document.removeEventListener("change", this.hear);
    this.grid.remove();
    this.element.hidden = false;
  }

  // --- the lines ---------------------------------------------------------------------------------------------
  read() {
    try {
      const lines = JSON.parse(this.element.value || "[]");
      return lines.length ? lines : [freshLine()];
    } catch {
      return [freshLine()];
    }
  }

  write() {
    const kept = this.lines.filter((line) => line.label.trim() || line.retired);
    this.element.value = JSON.stringify(kept);
    for (const name of ["input", "change"]) this.element.dispatchEvent(new Event(name, { bubbles: true }));
    this.count();
  }

  /** Remember how things stand, do something to the lines, and show it. */
  alter(what, message = "") {
    this.remember();
    what();
    this.write();
    this.draw();
    this.say(message);
  }

  remember() {
    this.past.push(this.lines.map((line) => [line, { ...line }]));
  }

  undo() {
    if (!this.past.length) return;
    this.lines = this.past.pop().map(([line, was]) => become(line, was));
    this.write();
    this.draw();
    this.say(this.words.undone);
    this.faults.replaceChildren();
    (this.past.length ? this.undoButton : this.addButton).focus();
  }

  get published() {
    return publishedCodes(placeOf(this.element).key);
  }

  /** Code → label of the question that decides what is offered; null where none does. */
  get parents() {
    const key = document.querySelector(`[name="${CSS.escape(this.prefix)}-value-filter_by"]`)?.value;
    if (!key) return null;
    const outline = currentOutline();
    const { table } = placeOf(this.element);
    const parent = (table && outline.column(table, key)) ?? outline.find(key);
    return new Map((parent?.choices ?? []).map(({ code, label }) => [code, label]));
  }

  add(after = this.lines.length - 1) {
    this.lines.splice(after + 1, 0, freshLine());
    this.shown = Math.max(this.shown, after + 2);
    this.draw();
    this.focus(after + 1);
  }

  remove(number) {
    const line = this.lines[number];
    if (this.published.has(line.code)) {
      this.alter(() => (line.retired = true), filled(this.words.kept, line));
    } else {
      this.alter(() => this.lines.splice(number, 1), filled(this.words.removed, line));
    }
    if (!this.lines.length) this.add();
    else this.focus(Math.min(number, this.lines.length - 1));
  }

  move(number, step) {
    const target = number + step;
    if (target < 0 || target >= this.lines.length) return;
    const [line] = this.lines.splice(number, 1);
    this.lines.splice(target, 0, line);
    this.write();
    this.draw();
    this.focus(target);
  }

  // --- from Excel --------------------------------------------------------------------------------------------
  async send(body, after) {
    this.say(this.words.reading);
    this.faults.replaceChildren();
    body.append("parents", JSON.stringify(Object.fromEntries(this.parents ?? [])));
    const { CSRF_HEADER_NAME, CSRF_TOKEN } = window.wagtailConfig;
    let found;
    try {
      const headers = { [CSRF_HEADER_NAME]: CSRF_TOKEN };
      found = await (await fetch(this.addressValue, { method: "POST", body, headers })).json();
    } catch {
      this.say("");
      this.complain([this.words.failed]);
      return;
    }
    this.take(found.lines, after);
    this.complain(found.faults);
  }

  take(incoming, after) {
    if (!incoming.length) {
      this.say("");
      return;
    }
    const found = merged(this.lines, incoming, { after, most: this.mostValue });
    this.remember();
    const known = new Map(this.lines.map((line) => [line.code, line]));
    this.lines = found.lines.map((line) => (known.has(line.code) ? become(known.get(line.code), line) : line));
    this.write();
    this.draw();
    const said = [filled(this.words.added, { count: found.added })];
    if (found.met) said.push(filled(this.words.known, { count: found.met }));
    if (found.dropped) said.push(filled(this.words.most, { most: this.mostValue }));
    this.say(said.join(" "));
  }

  paste(event, number) {
    const text = event.clipboardData.getData("text/plain");
    if (!/[\t\n]/.test(text.trimEnd())) return;
    event.preventDefault();
    const body = new FormData();
    body.append("text", text);
    this.send(body, number);
  }

  /** A column of Excel, one cell for each line from here on; what is no choice of the other question says so beside it. */
  pasteWithin(event, number) {
    const cells = event.clipboardData.getData("text/plain").replace(/\r?\n$/, "").split(/\r?\n/);
    if (cells.length < 2) return;
    event.preventDefault();
    this.remember();
    this.shown = Math.max(this.shown, number + cells.length);
    this.draw();
    this.lines.slice(number, number + cells.length).forEach((line, place) => {
      const row = this.rows.get(line);
      if (!row) return;
      row.within.value = cells[place].split("\t")[0].trim();
      row.within.dispatchEvent(new Event("change"));
    });
    this.undoButton.hidden = !this.past.length;
  }

  // --- what is seen ------------------------------------------------------------------------------------------
  build() {
    const { words } = this;
    this.head = element("tr");
    this.body = element("tbody");
    this.suggestions = element("datalist", { id: `${this.element.id}-parents` });
    this.status = element("span", { class: "choices-grid-status", role: "status" });
    this.total = element("span", { class: "choices-grid-total" });
    this.faults = element("ul", { class: "choices-grid-faults", role: "alert" });
    this.file = element("input", { type: "file", accept: ".xlsx,.csv,.txt", hidden: true, onchange: () => this.upload() });
    this.addButton = button(words.add, () => this.add());
    this.undoButton = button(words.undo, () => this.undo());
    this.moreButton = button("", () => {
      this.shown += PAGE * 5;
      this.draw();
    });
    const codes = element("input", {
      type: "checkbox",
      onchange: (event) => {
        this.showsCodes = event.target.checked;
        this.draw();
      },
    });
    this.grid = element(
      "div",
      { class: "choices-grid", role: "group", "aria-label": words.label },
      element("p", { class: "choices-grid-hint" }, words.hint),
      element("table", {}, element("thead", {}, this.head), this.body),
      this.suggestions,
      this.moreButton,
      element(
        "div",
        { class: "choices-grid-foot" },
        this.addButton,
        button(words.import, () => this.file.click()),
        this.undoButton,
        element("label", {}, codes, ` ${words.codes}`),
        this.total,
      ),
      this.status,
      this.faults,
      this.file,
    );
    this.element.hidden = true;
    this.element.after(this.grid);
  }

  draw() {
    const { words } = this;
    this.parentLabels = this.parents;
    this.parentCodes = new Map([...(this.parentLabels ?? [])].map(([code, label]) => [plain(label), code]));
    const heads = ["", words.label];
    if (this.parentLabels) heads.push(words.within);
    if (this.showsCodes) heads.push(words.code);
    heads.push(words.retired, "");
    this.head.replaceChildren(...heads.map((text) => element("th", { scope: "col" }, text)));
    const labels = [...(this.parentLabels?.values() ?? [])];
    this.suggestions.replaceChildren(...labels.map((label) => element("option", { value: label })));
    const shown = this.lines.slice(0, this.shown);
    this.drawRows(shown);
    const rest = this.lines.length - shown.length;
    this.moreButton.hidden = rest <= 0;
    this.moreButton.textContent = filled(words.more, { count: rest });
    this.undoButton.hidden = !this.past.length;
    this.count();
  }

  /** Rows that are drawn already are moved and brought up to date; all are drawn anew only where their cells change. */
  drawRows(lines) {
    const cells = JSON.stringify([this.showsCodes, this.parentLabels && [...this.parentLabels]]);
    if (this.cells !== cells) this.rows = new Map();
    this.cells = cells;
    const codes = this.published;
    this.countLabels();
    const rows = lines.map((line) => this.rows.get(line) ?? new Row(this, line, codes.has(line.code)));
    this.rows = new Map(rows.map((row) => [row.line, row]));
    const wanted = new Set(rows.map((row) => row.element));
    for (const drawn of [...this.body.rows]) if (!wanted.has(drawn)) drawn.remove();
    let next = this.body.firstElementChild;
    rows.forEach((row, number) => {
      if (row.element === next) next = next.nextElementSibling;
      else this.body.insertBefore(row.element, next);
      row.update(number);
    });
  }

  /** How often each label stands among the lines on offer. */
  countLabels() {
    this.times = new Map();
    for (const { label, retired } of this.lines) if (!retired) this.times.set(label, (this.times.get(label) ?? 0) + 1);
  }

  checkLabels() {
    this.countLabels();
    for (const row of this.rows.values()) row.check();
  }

  key(event, number) {
    if (event.isComposing) return;
    const move = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (event.key === "Enter") this.add(number);
    else if (move && event.altKey) this.move(number, move);
    else if (move) this.focus(number + move);
    else return;
    event.preventDefault();
  }

  focus(number, selector = "[data-label]") {
    this.body.rows[number]?.querySelector(selector)?.focus();
  }

  count() {
    const named = this.lines.filter((line) => line.label);
    const retired = named.filter((line) => line.retired).length;
    this.total.textContent = filled(this.words.count, { count: named.length, retired });
  }

  say(text) {
    this.status.textContent = text;
  }

  complain(faults) {
    this.faults.replaceChildren(...faults.map((fault) => element("li", {}, fault)));
  }

  upload() {
    const [file] = this.file.files;
    if (!file) return;
    const body = new FormData();
    body.append("file", file);
    this.file.value = "";
    this.send(body);
  }
}

window.wagtail.app.register("choices-grid", ChoicesGrid);
