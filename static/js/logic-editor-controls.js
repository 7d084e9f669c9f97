// Small pieces of the dialogues: elements, menus of operands, controls for fixed values.

import { constant, question, today } from "./logic-editor-expressions.js";
import { filled } from "./logic-editor-words.js";

let counter = 0;
export const freshId = () => `logic-editor-${(counter += 1)}`;

export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (key === "class") made.className = value;
    else if (key in made && typeof value !== "string") made[key] = value;
    else if (value !== null && value !== undefined && value !== false) made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return made;
}

export function icon(name) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  made.setAttribute("class", `icon icon-${name}`);
  made.setAttribute("aria-hidden", "true");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `#icon-${name}`);
  made.append(use);
  return made;
}

export function button(label, onclick, { look = "button button-small button-secondary", iconName = null, ...more } = {}) {
  return element("button", { type: "button", class: look, onclick, ...more }, iconName ? icon(iconName) : null, label);
}

export function iconButton(label, iconName, onclick, more = {}) {
  return element(
    "button",
    { type: "button", class: "logic-editor__icon-button", "aria-label": label, title: label, onclick, ...more },
    icon(iconName),
  );
}

// options: [[value, label]] or {label, options}; a value that is not among them is shown as missing.
export function menu(options, value, onchange, { label, empty = null, missing = null, ...more } = {}) {
  const made = element("select", { "aria-label": label, onchange: () => onchange(made.value), ...more });
  if (empty !== null) made.append(element("option", { value: "" }, empty));
  for (const one of options) {
    const list = one.options ?? [one];
    const into = one.options ? made.appendChild(element("optgroup", { label: one.label })) : made;
    for (const [key, words] of list) into.append(element("option", { value: key }, words));
  }
  const wanted = value ?? "";
  const known = [...made.options].some((option) => option.value === wanted);
  if (!known && wanted !== "") made.append(element("option", { value: wanted, "data-missing": true }, missing ?? wanted));
  made.value = wanted;
  return made;
}

export function labelled(words, control, more = {}) {
  control.id ||= freshId();
  const label = element("label", { for: control.id, class: "logic-editor__label" }, words);
  return element("div", { class: "logic-editor__field", ...more }, label, control);
}

// --- fixed values ----------------------------------------------------------------------------------------------------

const INPUTS = { number: "number", date: "date", time: "time", datetime: "datetime-local", month: "month" };

function choiceMenu(speaker, beside, value, onchange, label) {
  const options = beside.choices.map(({ code }) => [JSON.stringify(code), speaker.choice(beside, code)]);
  const picked = value === null || value === undefined ? "" : JSON.stringify(value);
  const { choose, deletedChoice } = speaker.words;
  const take = (text) => onchange(text === "" ? null : JSON.parse(text));
  return menu(options, picked, take, { label, empty: choose, missing: deletedChoice });
}

function ratingMenu(speaker, beside, value, onchange, label) {
  const options = Array.from({ length: beside.most }, (_, index) => [String(index + 1), String(index + 1)]);
  const take = (text) => onchange(text === "" ? null : Number(text));
  return menu(options, value === null ? "" : String(value), take, { label, empty: speaker.words.choose });
}

// The control with which a fixed value is given that fits a question; `onchange` gets the value, null for none.
export function valueControl(speaker, beside, value, onchange, label) {
  if (["choice", "choices", "boolean"].includes(beside?.kind) && beside.choices.length) {
    return choiceMenu(speaker, beside, value, onchange, label);
  }
  if (beside?.most) return ratingMenu(speaker, beside, value, onchange, label);
  const type = INPUTS[beside?.kind] ?? "text";
  const made = element("input", { type, "aria-label": label, value: value ?? "", step: type === "number" ? "any" : null });
  made.addEventListener("input", () => {
    const typed = made.value.trim();
    onchange(typed === "" ? null : type === "number" ? Number(typed) : typed);
  });
  return made;
}

// Several of a question's choices, for "is one of".
export function choiceBoxes(speaker, beside, values, onchange, label) {
  const known = new Set(beside.choices.map(({ code }) => code));
  const codes = [...known, ...values.filter((code) => !known.has(code))];
  const ticked = new Set(values);
  const boxes = codes.map((code) => {
    const box = element("input", { type: "checkbox", checked: ticked.has(code) });
    box.addEventListener("change", () => {
      if (box.checked) ticked.add(code);
      else ticked.delete(code);
      onchange(codes.filter((one) => ticked.has(one)));
    });
    return element("label", { class: "logic-editor__box" }, box, speaker.choice(beside, code));
  });
  return element("div", { class: "logic-editor__boxes", role: "group", "aria-label": label }, boxes);
}

// --- menus of operands -----------------------------------------------------------------------------------------------

const token = (operand) => JSON.stringify(operand);

function groupOf(words, { page, section }, pages) {
  const name = section || (pages > 1 ? "" : words.section);
  return pages > 1 ? filled(words.pageGroup, { page, section: name }).trim() : name;
}

// Every operand that may stand at a place: [{label, options: [[token, words, question]]}].
// scope: {self, row: table question or null, item: table question or null, last, aggregates}
export function operandGroups(speaker, scope, fits) {
  const { words, outline } = speaker;
  const groups = [];
  const add = (label, options) => options.length && groups.push({ label, options });
  const entry = (operand, text, about) => [token(operand), text, about];
  const plain = outline.questions.filter((one) => one.kind && one.kind !== "rows" && fits(one));
  const tables = outline.questions.filter((one) => one.kind === "rows");
  const lastOf = (one) => filled(words.lastOf, { label: speaker.title(one, { numbered: true }) });
  const addLast = () => add(words.lastGroup, plain.map((one) => entry(question("last", one.key), lastOf(one), one)));
  if (scope.only === "last") {
    addLast();
    return groups;
  }
  const own = scope.item ?? scope.row;
  if (own) {
    const space = scope.item ? "item" : "row";
    const columns = own.columns.filter((one) => one.kind && fits(one) && one.key !== scope.self);
    add(words.rowGroup, columns.map((one) => entry(question(space, one.key), one.label || words.untitled, one)));
  }
  const pages = Math.max(1, ...outline.questions.map((one) => one.page));
  const offered = outline.questions.filter((one) => plain.includes(one) || (scope.tables && one.kind === "rows"));
  const others = offered.filter((one) => one.key !== scope.self);
  for (const [label, members] of grouped(others, (one) => groupOf(words, one, pages))) {
    add(label, members.map((one) => entry(question("answers", one.key), speaker.title(one, { numbered: true }), one)));
  }
  if (scope.aggregates) for (const table of tables) add(...aggregatesOf(speaker, table, fits, entry));
  if (scope.last) addLast();
  return groups;
}

function grouped(items, name) {
  const found = new Map();
  for (const one of items) found.set(name(one), [...(found.get(name(one)) ?? []), one]);
  return found;
}

const NUMERIC = { kind: "number", choices: [], columns: [] };

function aggregatesOf(speaker, table, fits, entry) {
  const { words, shared } = speaker;
  const label = filled(words.tableGroup, { label: speaker.title(table, { numbered: true }) });
  if (!fits(NUMERIC)) return [label, []];
  const rows = { kind: "column", how: "count", table: table.key, column: null, filter: null };
  const options = [entry(rows, shared.how.count, NUMERIC)];
  for (const column of table.columns.filter((one) => one.kind === "number")) {
    for (const how of ["sum", "average", "least", "greatest"]) {
      const operand = { kind: "column", how, table: table.key, column: column.key, filter: null };
      const words_ = filled(words.columnOf, { how: shared.how[how], label: column.label || words.untitled });
      options.push(entry(operand, words_, NUMERIC));
    }
  }
  return [label, options];
}

// What is asked about an operand: the question it names, or that it is a number or a date.
export function aboutOf(speaker, operand, rows = null) {
  if (operand?.kind === "question") return speaker.named(operand, rows);
  if (operand?.kind === "column" || operand?.kind === "total") return NUMERIC;
  return operand?.kind === "today" ? { kind: "date", choices: [], columns: [] } : undefined;
}

// A menu of operands. fixed: whether a fixed value may be given, and beside which question; `onchange` gets the operand.
export class OperandPicker {
  constructor({ speaker, scope, operand, onchange, label, fits = () => true, fixed = null, dated = false, shifted = true }) {
    Object.assign(this, { speaker, scope, operand, onchange, label, fits, fixed, dated, shifted });
    this.element = element("span", { class: "logic-editor__operand" });
    this.draw();
  }

  get source() {
    const { operand } = this;
    if (!operand) return this.fixed ? "fixed" : "";
    if (operand.kind === "constant") return "fixed";
    if (operand.kind === "today") return operand.shift ? "shift" : "today";
    return token(operand);
  }

  draw() {
    const { words } = this.speaker;
    const plain = [
      ...(this.fixed ? [["fixed", words.fixed]] : []),
      ...(this.dated ? [["today", words.today]] : []),
      ...(this.dated && this.shifted ? [["shift", words.todayShift]] : []),
    ];
    const options = [...plain, ...operandGroups(this.speaker, this.scope, this.fits)];
    this.known = options.flatMap((one) => one.options ?? []);
    const only = this.fixed && options.length === 1;
    const rows = this.scope.item;
    this.select = menu(options, this.source, (value) => this.choose(value), {
      label: this.fixed ? `${this.label}: ${words.source}` : this.label,
      empty: this.fixed ? null : words.choose,
      missing: this.operand ? this.missing(rows) : null,
      class: this.fixed ? "logic-editor__source" : "logic-editor__menu",
    });
    if (this.speaker.isBroken(this.operand, rows)) this.select.setAttribute("aria-invalid", "true");
    this.element.replaceChildren(...(only ? [] : [this.select]), ...this.more());
  }

  missing(rows) {
    if (this.speaker.isBroken(this.operand, rows)) return this.speaker.words.deleted;
    return this.speaker.operand(this.operand, { rows });
  }

  more() {
    const { words } = this.speaker;
    if (this.source === "fixed") {
      const take = (value) => this.set(value === null ? null : constant(value), false);
      const value = this.operand?.kind === "constant" ? this.operand.value : null;
      return [valueControl(this.speaker, this.fixed, value, take, this.label)];
    }
    if (this.source !== "shift") return [];
    const days = element("input", { type: "number", step: "1", value: String(this.operand.shift), "aria-label": words.daysFromToday });
    days.addEventListener("input", () => this.set(today(Math.trunc(Number(days.value)) || 0), false));
    return [days];
  }

  choose(value) {
    if (value === "fixed" || value === "") this.set(null);
    else if (value === "today") this.set(today());
    else if (value === "shift") this.set(today(-30));
    else this.set(JSON.parse(value));
    this.element.querySelector("input")?.focus();
  }

  set(operand, redraw = true) {
    this.operand = operand;
    if (redraw) {
      const had = this.element.contains(document.activeElement);
      this.draw();
      if (had) this.select.focus();
    }
    this.onchange(operand);
  }
}
