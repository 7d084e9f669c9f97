// A calculation: first its pattern, then its parts.

import { emptyGroup } from "./logic-editor-expressions.js";
import { ARITHMETIC, PATTERNS, emptyFormula, sameOfLast } from "./logic-editor-formulas.js";
import { ConditionEditor } from "./logic-editor-conditions.js";
import { OperandPicker, button, element, iconButton, labelled, menu } from "./logic-editor-controls.js";

const SIGNS = { "+": "+", "-": "−", "*": "×", "/": "÷" };
const NUMBER = { kind: "number", choices: [] };
const TEXT = { kind: "text", choices: [] };
const isNumber = (one) => one.kind === "number";
const isDate = (one) => one.kind === "date" || one.kind === "datetime";
// What can be written out as text: codes of choices are no words (forms/builder/logic/operators/texts.py).
const isReadable = (one) => ["text", "number", "date", "time", "datetime", "month"].includes(one.kind);
// What a calculation may give, by what is to come out (forms/builder/logic/checking.py).
const GIVES = { number: isNumber, text: isReadable, date: (one) => one.kind === "date" };

export class CalculationEditor {
  // `onchange` is called after every change of `formula`, which is changed in place; null before a pattern is chosen.
  constructor({ speaker, scope, formula, onchange }) {
    Object.assign(this, { speaker, scope: { ...scope, last: true }, formula, onchange });
    this.conditions = [];
    this.element = element("div", { class: "logic-editor__calculation" });
    this.parts = element("div", { class: "logic-editor__parts" });
    const options = PATTERNS.map((name) => [name, speaker.shared.patterns[name]]);
    const take = (name) => {
      this.formula = name ? emptyFormula(name) : null;
      this.changed();
    };
    const { pattern, patternNone } = speaker.words;
    const select = menu(options, formula?.pattern, take, { empty: patternNone, class: "logic-editor__menu" });
    select.removeAttribute("aria-label");
    this.element.append(labelled(pattern, select), this.parts);
    this.draw();
  }

  changed() {
    this.draw();
    this.onchange();
  }

  draw() {
    this.conditions = [];
    this.parts.replaceChildren(...(this.formula ? this[`${this.formula.pattern}Parts`](this.formula) : []));
  }

  // A picker for `holder[name]`, with its label.
  pick(label, holder, name, options = {}) {
    const picker = new OperandPicker({
      speaker: this.speaker,
      scope: { ...this.scope, aggregates: options.fits === isNumber || options.aggregates },
      operand: holder[name],
      label,
      onchange: (operand) => {
        holder[name] = operand;
        this.onchange();
      },
      ...options,
    });
    return element("div", { class: "logic-editor__field" }, element("span", { class: "logic-editor__label" }, label), picker.element);
  }

  chainParts({ terms }) {
    const { words } = this.speaker;
    const lines = terms.map((term, index) => {
      const signs = ARITHMETIC.map((op) => [op, SIGNS[op]]);
      const sign = index ? menu(signs, term.op, (op) => this.set(term, "op", op), { label: words.operator, class: "logic-editor__sign" }) : null;
      const remove = terms.length > 2 && iconButton(words.removeTerm, "bin", () => this.drop(terms, term));
      return element("li", { class: "logic-editor__term" }, sign, this.pick(`${words.term} ${index + 1}`, term, "operand", { fits: isNumber, fixed: NUMBER }), remove || null);
    });
    const add = button(words.addTerm, () => this.append(terms, { op: "+", operand: null }), { iconName: "plus" });
    const hint = element("p", { class: "logic-editor__hint" }, words.chainBlank);
    return [element("ol", { class: "logic-editor__terms" }, lines), add, hint];
  }

  totalParts(formula) {
    const { speaker } = this;
    const own = this.scope.row;
    const space = own ? "row" : "answers";
    const offered = (own ? own.columns : speaker.outline.questions).filter((one) => isNumber(one) && one.key !== this.scope.self);
    const boxes = offered.map((one) => {
      const found = formula.parts.some((part) => part.scope === space && part.key === one.key);
      const box = element("input", { type: "checkbox", checked: found });
      box.addEventListener("change", () => {
        formula.parts = formula.parts.filter((part) => part.key !== one.key);
        if (box.checked) formula.parts.push({ kind: "question", scope: space, key: one.key });
        this.onchange();
      });
      return element("label", { class: "logic-editor__box" }, box, speaker.title(one, { numbered: true }));
    });
    const nothing = offered.length ? null : element("p", { class: "logic-editor__hint" }, speaker.words.noQuestions);
    return [element("div", { class: "logic-editor__boxes", role: "group", "aria-label": speaker.words.questions }, boxes, nothing)];
  }

  columnParts({ operand }) {
    const { speaker } = this;
    const { words, shared } = speaker;
    const how = menu(Object.entries(shared.how), operand.how, (value) => this.set(operand, "how", value), {});
    how.removeAttribute("aria-label");
    const tables = speaker.outline.questions.filter((one) => one.kind === "rows");
    const counted = operand.how === "count";
    const options = counted
      ? tables.map((table) => [`${table.key}.`, speaker.title(table, { numbered: true })])
      : tables.map((table) => ({
          label: speaker.title(table, { numbered: true }),
          options: table.columns.filter((one) => isNumber(one) || (isDate(one) && ["least", "greatest"].includes(operand.how)))
            .map((one) => [`${table.key}.${one.key}`, one.label || words.untitled]),
        }));
    const chosen = operand.table ? `${operand.table}.${counted ? "" : operand.column ?? ""}` : "";
    const pickColumn = (value) => {
      const [table, column] = value.split(".");
      if (table !== operand.table) operand.filter = null;
      Object.assign(operand, { table: table || null, column: column || null });
      this.changed();
    };
    const select = menu(options, chosen, pickColumn, { empty: words.choose, missing: words.deleted, class: "logic-editor__menu" });
    select.removeAttribute("aria-label");
    return [
      element("div", { class: "logic-editor__pair" }, labelled(words.how, how), labelled(words.column, select)),
      ...this.filter(operand),
    ];
  }

  filter(operand) {
    const { speaker } = this;
    const table = speaker.outline.find(operand.table);
    if (!table) return [];
    const box = element("input", { type: "checkbox", checked: Boolean(operand.filter) });
    box.addEventListener("change", () => {
      operand.filter = box.checked ? emptyGroup() : null;
      this.changed();
    });
    const made = [element("label", { class: "logic-editor__box" }, box, speaker.words.onlyRows)];
    if (operand.filter) made.push(this.condition(operand.filter, speaker.words.rowsWhere, { item: table }));
    return made;
  }

  condition(group, legend, scope = {}) {
    const editor = new ConditionEditor({
      speaker: this.speaker,
      scope: { ...this.scope, ...scope, last: false },
      group,
      legend,
      onchange: () => this.onchange(),
    });
    this.conditions.push(editor);
    return editor.element;
  }

  percentParts(formula) {
    const { words } = this.speaker;
    const options = { fits: isNumber, fixed: NUMBER };
    return [this.pick(words.first, formula, "first", options), this.pick(words.second, formula, "second", options)];
  }

  lastParts(formula) {
    const { words } = this.speaker;
    const now = this.pick(words.this, formula, "now", {
      fits: isNumber,
      aggregates: false,
      scope: { ...this.scope, row: null, last: false },
      onchange: (operand) => {
        formula.now = operand;
        formula.before ??= sameOfLast(operand);
        this.changed();
      },
    });
    const before = this.pick(words.last, formula, "before", { fits: isNumber, scope: { ...this.scope, row: null, only: "last", last: true } });
    return [now, before];
  }

  betweenParts(formula) {
    const { words } = this.speaker;
    const options = { fits: isDate, fixed: { kind: "date", choices: [] }, dated: true };
    return [this.pick(words.from, formula, "from", options), this.pick(words.to, formula, "to", options)];
  }

  shiftParts(formula) {
    const { words } = this.speaker;
    const units = menu([["days", words.days], ["months", words.months]], formula.unit, (value) => this.set(formula, "unit", value), {});
    units.removeAttribute("aria-label");
    return [
      this.pick(words.date, formula, "date", { fits: isDate, dated: true, shifted: false }),
      element(
        "div",
        { class: "logic-editor__pair" },
        this.pick(words.plusDays, formula, "count", { fits: isNumber, fixed: NUMBER }),
        labelled(words.unit, units),
      ),
    ];
  }

  ifParts(formula) {
    const { words } = this.speaker;
    const result = this.scope.result ?? NUMBER;
    const value = { fits: GIVES[result.kind], fixed: result, aggregates: result.kind === "number", dated: result.kind === "date" };
    const cases = formula.cases.map((one) => {
      const remove = formula.cases.length > 1 && iconButton(words.removeCase, "bin", () => this.drop(formula.cases, one));
      const head = element("div", { class: "logic-editor__case-head" }, element("span", {}, words.case), remove || null);
      return element("fieldset", { class: "logic-editor__case" }, head, this.condition(one.when, words.case), this.pick(words.then, one, "then", value));
    });
    const add = button(words.addCase, () => this.append(formula.cases, { when: emptyGroup(), then: null }), { iconName: "plus" });
    return [...cases, add, this.pick(words.otherwise, formula, "otherwise", value)];
  }

  textParts(formula) {
    const { words } = this.speaker;
    const lines = formula.parts.map((_, index) => {
      const remove = formula.parts.length > 1 && iconButton(words.removeTerm, "bin", () => this.dropAt(formula.parts, index));
      return element("li", { class: "logic-editor__term" }, this.pick(`${words.term} ${index + 1}`, formula.parts, index, { fits: isReadable, fixed: TEXT }), remove || null);
    });
    const add = button(words.addTerm, () => this.append(formula.parts, null), { iconName: "plus" });
    return [element("ol", { class: "logic-editor__terms" }, lines), add];
  }

  takeParts(formula) {
    const { kind } = this.scope.result ?? NUMBER;
    const options = { fits: GIVES[kind], dated: kind !== "number", shifted: false };
    return [this.pick(this.speaker.words.question, formula, "operand", options)];
  }

  set(holder, name, value) {
    holder[name] = value;
    this.changed();
  }

  append(list, one) {
    list.push(one);
    this.changed();
    this.parts.querySelector("li:last-child select, fieldset:last-of-type select")?.focus();
  }

  drop(list, one) {
    this.dropAt(list, list.indexOf(one));
  }

  dropAt(list, index) {
    list.splice(index, 1);
    this.changed();
  }

  check() {
    const conditions = this.conditions.map((one) => one.check()).every(Boolean);
    return Boolean(this.formula) && conditions && isComplete(this.speaker, this.formula);
  }
}

function isComplete(speaker, formula) {
  const { pattern, ...rest } = formula;
  if (pattern === "total") return rest.parts.length > 1 && !rest.parts.some((one) => speaker.isBroken(one));
  if (pattern === "column") {
    const { table, column, how } = rest.operand;
    return Boolean(table) && (how === "count" || Boolean(column)) && !speaker.isBroken(rest.operand);
  }
  const operands = [
    ...(rest.terms ?? []).map((one) => one.operand),
    ...(rest.parts ?? []),
    ...(rest.cases ?? []).map((one) => one.then),
    ...["first", "second", "now", "before", "from", "to", "date", "count", "operand"].filter((name) => name in rest).map((name) => rest[name]),
  ];
  if (pattern === "if") rest.otherwise ??= formula.otherwise = { kind: "constant", value: null };
  return operands.length > 0 && operands.every((one) => one && !speaker.isBroken(one));
}
