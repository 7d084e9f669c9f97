// Conditions and calculations in words. Pure: what is said comes from forms/builder/editor/words.py.

import { readCondition, references } from "./logic-editor-expressions.js";
import { readFormula } from "./logic-editor-formulas.js";
import { shared } from "./logic-editor-shared.js";

const SIGNS = { "+": "+", "-": "−", "*": "×", "/": "÷" };
const DATES = ["date", "time", "datetime", "month"];

export function filled(text, values) {
  return text.replace(/%\((\w+)\)s/g, (_, name) => String(values[name]));
}

// The parts one after the other; Chinese leaves no space between its words and quotation marks.
function inOrder(parts) {
  const isTight = (said, part) => /[\p{Script=Han}”]$/u.test(said) && /^[\p{Script=Han}“]/u.test(part);
  return parts.reduce((said, part) => (isTight(said, part) ? said + part : `${said} ${part}`));
}

export class Speaker {
  // table: the question whose rows "row" means, or null.
  constructor(outline, table = null, given = shared) {
    this.shared = given;
    this.words = given.words;
    this.outline = outline;
    this.table = table;
  }

  // The question that an operand names, within `rows` for an item of a table's rows; undefined if there is none.
  named(operand, rows = null) {
    if (operand.scope === "row") return this.table?.columns.find((one) => one.key === operand.key);
    if (operand.scope === "item") return rows?.columns.find((one) => one.key === operand.key);
    return this.outline.find(operand.key);
  }

  isBroken(operand, rows = null) {
    switch (operand?.kind) {
      case "question":
        return !this.named(operand, rows);
      case "column": {
        const table = this.outline.find(operand.table);
        if (!table || (operand.column && !this.outline.column(operand.table, operand.column))) return true;
        return operand.filter ? this.hasBroken(operand.filter, table) : false;
      }
      case "total":
        return operand.parts.some((one) => this.isBroken(one, rows));
      default:
        return false;
    }
  }

  hasBroken(group, rows = null) {
    return group.rows.some((row) =>
      row.rows ? this.hasBroken(row, rows) : this.isBroken(row.left, rows) || this.isBroken(row.right, rows),
    );
  }

  // Questions that a rule names and that are not there, however it is written.
  brokenIn(rule) {
    const columns = this.outline.questions.flatMap((one) => one.columns);
    const keys = new Set([...this.outline.questions, ...columns].map((one) => one.key));
    return references(rule).filter(({ scope, key }) => {
      if (scope === "row") return !this.table?.columns.some((one) => one.key === key);
      return !keys.has(key);
    });
  }

  // "3. 检查" in menus; in sentences the number stands only where two questions are called the same.
  title(question, { numbered = false } = {}) {
    const label = question.label || this.words.untitled;
    const needed = question.number && (numbered || !question.label || this.outline.isRepeated(question.label));
    return needed ? `${question.number}. ${label}` : label;
  }

  quoted(question) {
    return filled(this.words.quote, { text: this.title(question) });
  }

  choice(question, value) {
    if (question?.kind === "boolean" || typeof value === "boolean") {
      return { true: this.words.yes, false: this.words.no, na: this.words.na }[String(value)] ?? String(value);
    }
    const found = question?.choices.find((one) => one.code === String(value));
    if (found) return found.retired ? filled(this.words.retired, { label: found.label }) : found.label;
    return ["choice", "choices"].includes(question?.kind) ? this.words.deletedChoice : String(value);
  }

  constant(value, question) {
    if (value === null) return this.words.nothing;
    if (Array.isArray(value)) return value.map((one) => this.constant(one, question)).join(this.words.listed);
    if (typeof value === "number") return String(value);
    return filled(this.words.quote, { text: this.choice(question, value) });
  }

  column(operand) {
    const table = this.outline.find(operand.table);
    if (!table) return this.words.deleted;
    const column = operand.column ? this.outline.column(operand.table, operand.column) : null;
    if (operand.column && !column) return this.words.deleted;
    const label = column ? `${this.title(table)} › ${column.label || this.words.untitled}` : this.title(table);
    const quoted = filled(this.words.quote, { text: label });
    const of = operand.how === "count" ? this.words.rowsOf : this.words.columnOf;
    const said = filled(of, { how: this.shared.how[operand.how], label: quoted });
    if (!operand.filter) return said;
    return filled(this.words.columnWhere, { column: said, condition: this.group(operand.filter, table) });
  }

  operand(operand, { rows = null, beside = null } = {}) {
    if (!operand) return "…";
    switch (operand.kind) {
      case "constant":
        return this.constant(operand.value, beside);
      case "today": {
        if (!operand.shift) return this.words.today;
        const words = operand.shift > 0 ? this.words.todayPlus : this.words.todayMinus;
        return filled(words, { count: Math.abs(operand.shift) });
      }
      case "column":
        return this.column(operand);
      case "total":
        return filled(this.words.totalOf, { parts: operand.parts.map((one) => this.operand(one, { rows })).join(" + ") });
      default: {
        const found = this.named(operand, rows);
        if (!found) return this.words.deleted;
        return operand.scope === "last" ? filled(this.words.lastOf, { label: this.quoted(found) }) : this.quoted(found);
      }
    }
  }

  operator(op, question) {
    const dated = DATES.includes(question?.kind) && `date.${op}` in this.shared.operators;
    return this.shared.operators[dated ? `date.${op}` : op];
  }

  row(row, rows) {
    if (!row.left) return "…";
    const question = row.left.kind === "question" ? this.named(row.left, rows) : null;
    const left = this.operand(row.left, { rows });
    const operator = this.operator(row.op, question);
    if (["blank", "given"].includes(row.op)) return inOrder([left, operator]);
    // What was compared with a question that is gone can no longer be read: it may be a choice's code.
    const right = row.left.kind === "question" && !question ? "…" : this.operand(row.right, { rows, beside: question });
    return inOrder([left, operator, right]);
  }

  group(group, rows = null, inner = false) {
    const said = group.rows.map((one) => (one.rows ? this.group(one, rows, true) : this.row(one, rows)));
    const joined = inOrder(said.flatMap((one, index) => (index ? [this.words[group.join], one] : [one])));
    return inner && said.length > 1 ? `(${joined})` : joined;
  }

  terms([first, ...rest]) {
    const binding = (op) => (op === "*" || op === "/" ? 2 : 1);
    let said = this.operand(first.operand);
    let weakest = 3;
    for (const { op, operand } of rest) {
      if (binding(op) > weakest) said = `(${said})`;
      said = `${said} ${SIGNS[op]} ${this.operand(operand)}`;
      weakest = binding(op);
    }
    return said;
  }

  cases({ cases, otherwise }) {
    const said = cases.map(({ when, then }) =>
      filled(this.words.ifOf, { condition: this.group(when), then: this.operand(then) }),
    );
    return filled(this.words.otherwiseOf, { cases: said.join(this.words.cases), value: this.operand(otherwise) });
  }

  shifted({ date, count, unit }) {
    const words = unit === "months" ? this.words.shiftMonths : this.words.shiftDays;
    return filled(words, { date: this.operand(date), count: this.operand(count) });
  }

  formula(formula) {
    switch (formula.pattern) {
      case "chain":
        return this.terms(formula.terms);
      case "total":
        return formula.parts.map((one) => this.operand(one)).join(" + ") || "…";
      case "percent":
        return filled(this.words.percentOf, {
          first: this.operand(formula.first),
          second: this.operand(formula.second),
        });
      case "last":
        return `${this.operand(formula.now)} − ${this.operand(formula.before)}`;
      case "between":
        return filled(this.words.betweenOf, { from: this.operand(formula.from), to: this.operand(formula.to) });
      case "shift":
        return this.shifted(formula);
      case "if":
        return this.cases(formula);
      case "text":
        return formula.parts.map((one) => this.operand(one)).join(" + ");
      default:
        return this.operand(formula.operand);
    }
  }

  // What a slot says; null for an expression that cannot be shown by clicking.
  rule(slot, rule) {
    if (slot === "value") {
      const formula = readFormula(rule);
      return formula && filled(this.shared.sentences.value, { condition: this.formula(formula) });
    }
    const group = readCondition(rule);
    return group && filled(this.shared.sentences[slot], { condition: this.group(group) });
  }
}
