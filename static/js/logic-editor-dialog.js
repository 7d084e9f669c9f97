// The dialogue in which one slot of a question's logic is set. A native <dialog>: the page behind takes no focus, Esc closes.

import { emptyGroup, readCondition, writeCondition } from "./logic-editor-expressions.js";
import { readFormula, writeFormula } from "./logic-editor-formulas.js";
import { ConditionEditor } from "./logic-editor-conditions.js";
import { CalculationEditor } from "./logic-editor-calculation.js";
import { button, element, freshId, iconButton } from "./logic-editor-controls.js";
import { filled } from "./logic-editor-words.js";

export class LogicDialog {
  // rule: what is set now or undefined; `onapply` gets the new rule, undefined to remove it.
  constructor({ speaker, scope, slot, rule, label, onapply }) {
    Object.assign(this, { speaker, scope, slot, rule, onapply });
    this.isDirty = false;
    const titleId = freshId();
    const { words, shared } = speaker;
    this.sentence = element("p", { class: "logic-editor__sentence", "aria-live": "polite" });
    this.alert = element("p", { class: "logic-editor__error", role: "alert" });
    this.body = element("div", { class: "logic-editor__body" });
    this.footer = element("footer", { class: "logic-editor__footer" });
    const title = filled(words.dialogTitle, { slot: shared.slots[slot], label: label || words.untitled });
    this.element = element(
      "dialog",
      { class: "logic-editor", "aria-labelledby": titleId, "data-slot": slot },
      element(
        "header",
        { class: "logic-editor__header" },
        element("h2", { id: titleId }, title),
        iconButton(words.close, "cross", () => this.leave()),
      ),
      element("p", { class: "logic-editor__hint" }, shared.hints[slot]),
      this.body,
      element("div", { class: "logic-editor__preview" }, element("span", {}, words.inWords), this.sentence),
      this.alert,
      this.footer,
    );
    this.element.addEventListener("cancel", (event) => {
      event.preventDefault();
      this.leave();
    });
    this.element.addEventListener("close", () => this.element.remove());
    this.open();
  }

  get isFormula() {
    return this.slot === "value";
  }

  open() {
    const known = this.rule === undefined ? null : this.isFormula ? readFormula(this.rule) : readCondition(this.rule);
    if (this.rule !== undefined && !known) this.showAdvanced();
    else this.edit(known);
    this.opener = document.activeElement;
    document.body.append(this.element);
    this.element.showModal();
    this.body.querySelector("select, button, summary")?.focus();
  }

  edit(known) {
    const { speaker, scope } = this;
    const onchange = () => this.changed();
    if (this.isFormula) this.editor = new CalculationEditor({ speaker, scope, formula: known, onchange });
    else {
      const legend = speaker.shared.slots[this.slot];
      this.editor = new ConditionEditor({ speaker, scope, group: known ?? emptyGroup(), onchange, legend });
    }
    this.body.replaceChildren(this.editor.element);
    this.drawFooter();
    this.say();
  }

  showAdvanced() {
    const { words } = this.speaker;
    const replace = button(words.replace, () => {
      this.edit(null);
      this.body.querySelector("select, button")?.focus();
    });
    this.body.replaceChildren(advancedElement(words, this.rule), replace);
    this.drawFooter();
    this.sentence.textContent = words.advanced;
  }

  changed() {
    this.isDirty = true;
    this.alert.textContent = "";
    this.say();
  }

  say() {
    const { sentences } = this.speaker.shared;
    const { group, formula } = this.editor;
    const said = this.isFormula ? formula && this.speaker.formula(formula) : this.speaker.group(group);
    this.sentence.textContent = said ? filled(sentences[this.slot], { condition: said }) : "…";
  }

  drawFooter() {
    const { words } = this.speaker;
    const apply = this.editor && button(words.apply, () => this.apply(), { look: "button button-small" });
    const cancel = button(words.cancel, () => this.leave());
    const clear = this.rule === undefined ? null : button(words.clear, () => this.finish(undefined), { look: "button button-small button-secondary no" });
    this.footer.replaceChildren(...[apply, cancel, clear].filter(Boolean));
  }

  apply() {
    const { words } = this.speaker;
    const isEmpty = this.isFormula ? !this.editor.formula : !this.editor.group.rows.length;
    if (!this.editor.check()) {
      this.alert.textContent = isEmpty && !this.isFormula ? words.empty : words.incomplete;
      this.body.querySelector("[aria-invalid], .logic-editor__error")?.closest("[data-part]")?.querySelector("select")?.focus();
      return;
    }
    this.finish(this.isFormula ? writeFormula(this.editor.formula) : writeCondition(this.editor.group));
  }

  finish(rule) {
    this.element.close();
    this.onapply(rule);
  }

  // What was changed and not applied is not thrown away unasked.
  leave() {
    if (!this.isDirty) {
      this.element.close();
      return;
    }
    const { words } = this.speaker;
    this.isDirty = false;
    this.alert.textContent = words.unsaved;
    const back = button(words.goOn, () => {
      this.isDirty = true;
      this.alert.textContent = "";
      this.drawFooter();
      this.body.querySelector("select")?.focus();
    }, { look: "button button-small" });
    const discard = button(words.discard, () => this.element.close());
    this.footer.replaceChildren(back, discard);
    back.focus();
  }
}

export function advancedElement(words, rule) {
  return element(
    "div",
    { class: "logic-editor__advanced" },
    element("strong", {}, words.advanced),
    element("p", { class: "logic-editor__hint" }, words.advancedHelp),
    element("details", {}, element("summary", {}, words.advancedShow), element("pre", {}, JSON.stringify(rule, null, 2))),
  );
}
