// In the page editor: a menu of the questions whose answer may decide what a list of choices offers. The key of the one
// that is chosen is kept in the text input below the menu.

import { currentOutline, placeOf } from "./logic-editor-outline.js";

const KINDS = ["choice", "multiple_choice"];

class ChoiceParent extends window.StimulusModule.Controller {
  static values = { words: Object };

  connect() {
    this.menu = document.createElement("select");
    this.menu.setAttribute("aria-label", this.element.labels?.[0]?.textContent.trim() ?? "");
    // Questions come, go and are renamed while the page is open.
    for (const name of ["pointerdown", "focus"]) this.menu.addEventListener(name, () => this.draw());
    this.menu.addEventListener("change", () => {
      this.element.value = this.menu.value;
      for (const name of ["input", "change"]) this.element.dispatchEvent(new Event(name, { bubbles: true }));
    });
    this.element.hidden = true;
    this.element.after(this.menu);
    this.draw();
  }

  disconnect() {
    this.menu.remove();
    this.element.hidden = false;
  }

  /** The questions that may decide, as [key, label]: of a column those of its own row first. */
  questions() {
    const words = this.wordsValue;
    const outline = currentOutline();
    const { key, table } = placeOf(this.element);
    const decides = (one) => KINDS.includes(one.type) && one.key !== key;
    const columns = table ? (outline.find(table)?.columns ?? []) : [];
    return [
      ...columns.filter(decides).map((one) => [one.key, `${one.label || words.unnamed} (${words.same})`]),
      ...outline.questions.filter(decides).map((one) => [one.key, one.label || words.unnamed]),
    ];
  }

  draw() {
    const { value } = this.element;
    const options = [["", this.wordsValue.none], ...this.questions()];
    if (!options.some(([key]) => key === value)) options.push([value, this.wordsValue.gone]);
    const drawn = JSON.stringify(options);
    if (drawn === this.drawn && this.menu.value === value) return;
    this.drawn = drawn;
    this.menu.replaceChildren(...options.map(([key, label]) => new Option(label, key, key === value, key === value)));
  }
}

window.wagtail.app.register("choice-parent", ChoiceParent);
