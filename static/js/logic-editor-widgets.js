// The controls that Wagtail draws for questions and checks: what is set, in words, and the way to the dialogue.

import { advancedElement, LogicDialog } from "./logic-editor-dialog.js";
import { button, element, menu } from "./logic-editor-controls.js";
import { CHANGED, KEY_OF_SLOT, shared } from "./logic-editor-shared.js";
import { currentOutline, placeOf } from "./logic-editor-outline.js";
import { startWatching } from "./logic-editor-watch.js";
import { Speaker, filled } from "./logic-editor-words.js";

function readJson(text) {
  try {
    return JSON.parse(text || "{}") ?? {};
  } catch {
    return {};
  }
}

function announceChange(input) {
  for (const name of ["input", "change"]) input.dispatchEvent(new Event(name, { bubbles: true }));
}

class BoundLogic {
  constructor(placeholder, name, id, slots) {
    Object.assign(this, { slots, idForLabel: null });
    this.input = element("textarea", { name, id, hidden: true });
    this.list = element("div", { class: "logic-summary", role: "group" });
    this.element = element("div", { class: "logic-summary__holder" }, this.input, this.list);
    placeholder.replaceWith(this.element);
    this.refresh = this.refresh.bind(this);
    document.addEventListener(CHANGED, this.refresh);
  }

  get rules() {
    return readJson(this.input.value);
  }

  rule(slot) {
    return this.rules[KEY_OF_SLOT[slot] ?? slot];
  }

  // Which question or check this belongs to, and in which table's rows it is decided.
  get place() {
    if (!this.slots.includes("check")) return placeOf(this.element);
    const at = this.input.form?.elements[this.input.name.replace(/-check$/, "-at")]?.value ?? "";
    const [table, column] = at.split(".");
    return { key: null, table: column ? table : null, at };
  }

  speaker() {
    const outline = currentOutline();
    return new Speaker(outline, outline.find(this.place.table) ?? null);
  }

  refresh() {
    if (!this.element.isConnected) {
      document.removeEventListener(CHANGED, this.refresh);
      return;
    }
    const speaker = this.speaker();
    const focused = this.list.contains(document.activeElement) && document.activeElement.dataset.setLogic;
    this.list.replaceChildren(...this.slots.map((slot) => this.lineElement(slot, speaker)));
    if (focused) this.buttonOf(focused)?.focus();
  }

  lineElement(slot, speaker) {
    const { words, set, slots } = shared;
    const rule = this.rule(slot);
    const isSet = rule !== undefined && rule !== null;
    const open = button(isSet ? words.edit : set[slot], () => this.open(slot), {
      "aria-haspopup": "dialog",
      "aria-label": isSet ? `${words.edit}: ${slots[slot]}` : null,
      iconName: isSet ? "edit" : "plus",
      "data-set-logic": slot,
    });
    if (!isSet) return element("div", { class: "logic-summary__line" }, open);
    const said = speaker.rule(slot, rule);
    const broken = speaker.brokenIn(rule).length > 0;
    const body = said ? element("p", { class: "logic-summary__words" }, said) : advancedElement(words, rule);
    const warning = broken ? element("p", { class: "logic-summary__broken" }, words.broken) : null;
    return element("div", { class: "logic-summary__line logic-summary__line--set" }, element("div", {}, body, warning), open);
  }

  open(slot) {
    const speaker = this.speaker();
    const { key, table, at } = this.place;
    const isCheck = slot === "check";
    const row = speaker.table;
    const own = table ? row?.columns.find((one) => one.key === key) : speaker.outline.find(key);
    const result = { kind: own?.kind ?? "number", choices: [] };
    const scope = { self: key, row, last: true, aggregates: isCheck || slot === "value", result };
    const label = isCheck ? placeLabel(speaker, at) : own?.label;
    new LogicDialog({ speaker, scope, slot, rule: this.rule(slot) ?? undefined, label, onapply: (rule) => this.apply(slot, rule) });
  }

  apply(slot, rule) {
    const rules = this.rules;
    const name = KEY_OF_SLOT[slot] ?? slot;
    if (rule === undefined) delete rules[name];
    else rules[name] = rule;
    this.input.value = Object.keys(rules).length ? JSON.stringify(rules) : "";
    this.refresh();
    announceChange(this.input);
    document.dispatchEvent(new Event(CHANGED));
    this.buttonOf(slot)?.focus();
  }

  buttonOf(slot) {
    return this.list.querySelector(`[data-set-logic="${slot}"]`);
  }

  getState() {
    return this.input.value;
  }

  getValue() {
    return this.input.value;
  }

  getTextLabel() {
    return null;
  }

  setState(state) {
    this.input.value = state ?? "";
    this.refresh();
  }

  setInvalid(invalid) {
    this.list.toggleAttribute("data-invalid", invalid);
  }

  focus() {
    this.list.querySelector("button")?.focus();
  }
}

function placeLabel(speaker, at) {
  const [table, column] = (at || "").split(".");
  const one = column ? speaker.outline.column(table, column) : speaker.outline.find(table);
  return one ? speaker.title(one) : null;
}

class BoundPlace {
  constructor(placeholder, name, id) {
    Object.assign(this, { name, idForLabel: id, value: "" });
    this.holder = element("div", { class: "logic-place" });
    this.element = this.holder;
    placeholder.replaceWith(this.holder);
    this.draw = this.draw.bind(this);
    document.addEventListener(CHANGED, this.draw);
  }

  draw() {
    if (!this.holder.isConnected) {
      document.removeEventListener(CHANGED, this.draw);
      return;
    }
    const { words } = shared;
    const had = this.holder.contains(document.activeElement);
    const speaker = new Speaker(currentOutline());
    const take = (value) => {
      this.value = value;
      document.dispatchEvent(new Event(CHANGED));
    };
    this.select = menu(places(speaker), this.value, take, { empty: words.choose, missing: words.deleted, id: this.idForLabel, name: this.name });
    const isMissing = Boolean(this.select.querySelector("[data-missing]"));
    this.select.toggleAttribute("aria-invalid", isMissing);
    const warning = isMissing ? element("p", { class: "logic-summary__broken" }, words.broken) : null;
    this.holder.replaceChildren(...[this.select, warning].filter(Boolean));
    if (had) this.select.focus();
  }

  getState() {
    return this.value;
  }

  getValue() {
    return this.value;
  }

  getTextLabel() {
    return this.select?.selectedOptions[0]?.text ?? "";
  }

  setState(state) {
    this.value = state ?? "";
    this.draw();
  }

  setInvalid(invalid) {
    if (invalid) this.select.setAttribute("aria-invalid", "true");
  }

  focus() {
    this.select.focus();
  }
}

// Where a message may stand: beside each question, and in each column of a table.
function places(speaker) {
  const { words, outline } = speaker;
  const found = [];
  for (const one of outline.questions.filter((each) => shared.types[each.type]?.answers)) {
    const title = speaker.title(one, { numbered: true });
    if (!one.columns.length) found.push([one.key, title]);
    else {
      const answered = one.columns.filter((column) => shared.types[column.type]?.answers);
      const columns = answered.map((column) => [`${one.key}.${column.key}`, `${title} › ${column.label || words.untitled}`]);
      found.push({ label: filled(words.placeGroup, { label: title }), options: [[one.key, filled(words.wholeTable, { label: title })], ...columns] });
    }
  }
  return found;
}

class LogicInput {
  constructor(slots, words) {
    this.slots = slots;
    Object.assign(shared, words);
    startWatching();
  }

  render(placeholder, name, id, state) {
    const bound = new BoundLogic(placeholder, name, id, this.slots);
    bound.setState(state);
    return bound;
  }
}

class PlaceInput {
  constructor(words) {
    Object.assign(shared, words);
  }

  render(placeholder, name, id, state) {
    const bound = new BoundPlace(placeholder, name, id);
    bound.setState(state);
    return bound;
  }
}

window.telepath.register("portal.forms.LogicInput", LogicInput);
window.telepath.register("portal.forms.PlaceInput", PlaceInput);
