// Rows of conditions (question, operator, value), joined by "and" or "or", with one level of brackets.

import { emptyRow } from "./logic-editor-expressions.js";
import {
  OperandPicker,
  aboutOf,
  button,
  choiceBoxes,
  element,
  freshId,
  iconButton,
  menu,
} from "./logic-editor-controls.js";

const ORDERED = ["is", "is_not", "less", "at_most", "more", "at_least"];
const COMPARISONS = {
  number: ORDERED,
  date: ORDERED,
  time: ORDERED,
  datetime: ORDERED,
  month: ORDERED,
  text: ["is", "is_not", "contains", "contains_not"],
  choice: ["is", "is_not", "one_of", "none_of"],
  choices: ["contains", "contains_not"],
  boolean: ["is", "is_not"],
  rows: [],
};
const COMPARED_WITH_OTHERS = ["number", "date", "time", "datetime", "month", "text"];
const UNARY = ["blank", "given"];
const LISTED = ["one_of", "none_of"];

function operatorsFor(about, current) {
  const known = [...(COMPARISONS[about?.kind] ?? ORDERED.slice(0, 2)), ...UNARY.toReversed()];
  return known.includes(current) ? known : about ? known : [current, ...known];
}

export class ConditionEditor {
  // scope: as for operandGroups; `onchange` is called after every change of the group, which is changed in place.
  constructor({ speaker, scope, group, onchange, legend }) {
    Object.assign(this, { speaker, scope, group, onchange });
    this.rows = scope.item ?? null;
    this.element = element("div", { class: "logic-editor__conditions", role: "group", "aria-label": legend });
    this.draw();
  }

  draw(focus = null) {
    this.element.replaceChildren(this.groupElement(this.group, null));
    if (focus) this.element.querySelector(`[data-part="${focus}"]`)?.querySelector("select, button, input")?.focus();
  }

  changed(focus = null) {
    this.draw(focus);
    this.onchange();
  }

  groupElement(group, parent) {
    const { words } = this.speaker;
    group.id ??= freshId();
    const lines = group.rows.map((one, index) => this.lineElement(group, one, index, parent));
    const add = button(words.addRow, () => this.add(group, emptyRow()), { iconName: "plus" });
    const brackets = button(words.addGroup, () => this.add(group, { join: other(group.join), rows: [emptyRow()] }), {
      iconName: "plus",
    });
    return element(
      "div",
      { class: parent ? "logic-editor__group logic-editor__group--inner" : "logic-editor__group", "data-part": group.id },
      group.rows.length > 1 || parent ? this.joinElement(group, parent) : null,
      element("ol", { class: "logic-editor__rows" }, lines),
      element("div", { class: "logic-editor__adding" }, add, parent ? null : brackets),
    );
  }

  joinElement(group, parent) {
    const { words } = this.speaker;
    const options = [
      ["and", words.all],
      ["or", words.any],
    ];
    const take = (value) => {
      group.join = value;
      this.changed(group.id);
    };
    const label = element("span", {}, words.joined);
    const remove = parent && iconButton(words.removeGroup, "bin", () => this.remove(parent, group));
    const made = menu(options, group.join, take, { label: parent ? words.group : words.joined });
    return element("div", { class: "logic-editor__join" }, label, made, remove);
  }

  lineElement(group, one, index, parent) {
    const { words } = this.speaker;
    const joint = element("span", { class: "logic-editor__joint" }, index ? words[group.join] : "");
    const body = one.rows ? this.groupElement(one, group) : this.rowElement(group, one, parent);
    return element("li", { class: "logic-editor__line" }, joint, body);
  }

  rowElement(group, row) {
    const { words } = this.speaker;
    row.id ??= freshId();
    const made = element("div", { class: "logic-editor__row", "data-part": row.id });
    const left = new OperandPicker({
      speaker: this.speaker,
      scope: { ...this.scope, tables: true, last: this.scope.last && this.scope.aggregates },
      operand: row.left,
      label: words.question,
      onchange: (operand) => this.chooseLeft(row, operand),
    });
    const about = aboutOf(this.speaker, row.left, this.rows);
    const operators = operatorsFor(about, row.op).map((op) => [op, this.speaker.operator(op, about)]);
    const operator = menu(operators, row.op, (op) => this.chooseOperator(row, op, about), { label: words.operator });
    const remove = iconButton(words.removeRow, "bin", () => this.remove(group, row));
    made.append(left.element, operator, ...this.valueElement(row, about), remove);
    const message = this.messageFor(row);
    if (message) made.append(element("p", { class: "logic-editor__error", id: `${row.id}-error` }, message));
    return made;
  }

  messageFor(row) {
    const { speaker, rows } = this;
    if (speaker.isBroken(row.left, rows) || speaker.isBroken(row.right, rows)) return speaker.words.broken;
    return row.isIncomplete ? speaker.words.incomplete : null;
  }

  valueElement(row, about) {
    const { words } = this.speaker;
    if (!row.left || UNARY.includes(row.op) || this.speaker.isBroken(row.left, this.rows)) return [];
    const take = (operand) => {
      row.right = operand;
      row.isIncomplete = false;
      this.onchange();
    };
    if (LISTED.includes(row.op) && about?.choices.length) {
      const codes = row.right?.kind === "constant" ? [row.right.value].flat() : [];
      return [choiceBoxes(this.speaker, about, codes, (value) => take(value.length ? { kind: "constant", value } : null), words.value)];
    }
    const kind = about?.kind;
    const scope = { ...this.scope, aggregates: this.scope.aggregates && kind === "number" };
    const picker = new OperandPicker({
      speaker: this.speaker,
      scope,
      operand: row.right,
      label: words.value,
      fits: (one) => COMPARED_WITH_OTHERS.includes(kind) && one.kind === kind && one.key !== row.left.key,
      fixed: about ?? { kind: "text", choices: [] },
      dated: kind === "date" || kind === "datetime",
      onchange: take,
    });
    return [picker.element];
  }

  chooseLeft(row, operand) {
    const before = aboutOf(this.speaker, row.left, this.rows);
    const about = aboutOf(this.speaker, operand, this.rows);
    row.left = operand;
    row.list = about?.kind === "choices";
    if (!operatorsFor(about, row.op).includes(row.op) || before?.kind !== about?.kind) {
      [row.op] = operatorsFor(about, null);
      row.right = null;
    } else if (about?.choices.length) row.right = null;
    this.changed(row.id);
  }

  chooseOperator(row, op, about) {
    const listed = (one) => LISTED.includes(one);
    if (UNARY.includes(op) || listed(op) !== listed(row.op)) row.right = null;
    row.op = op;
    row.list = about?.kind === "choices";
    this.changed(row.id);
  }

  add(group, one) {
    group.rows.push(one);
    one.id = freshId();
    this.changed(one.id);
  }

  remove(group, one) {
    group.rows.splice(group.rows.indexOf(one), 1);
    if (!group.rows.length) {
      const parent = this.group.rows.find((row) => row === group);
      if (parent) this.group.rows.splice(this.group.rows.indexOf(parent), 1);
    }
    this.changed(group.id);
  }

  // Marks what is missing and says whether nothing is; brackets around one condition are dropped.
  check() {
    let complete = this.group.rows.length > 0;
    const look = (group) => {
      for (const row of group.rows) {
        if (row.rows) look(row);
        else {
          const broken = this.speaker.isBroken(row.left, this.rows) || this.speaker.isBroken(row.right, this.rows);
          row.isIncomplete = !row.left || (!UNARY.includes(row.op) && row.right === null);
          complete &&= !row.isIncomplete && !broken;
        }
      }
    };
    look(this.group);
    if (!complete) this.draw();
    return complete;
  }
}

const other = (join) => (join === "and" ? "or" : "and");
