// In the page editor: a menu of the portal's units, each below the one that it belongs to. The page lists them once; the
// unit that is chosen is kept as JSON in the text input below the menu.

import { filled } from "./logic-editor-words.js";

function listed() {
  const data = document.getElementById("units-to-choose");
  return data ? JSON.parse(data.textContent) : [];
}

class UnitMenu extends window.StimulusModule.Controller {
  static values = { words: Object };

  connect() {
    this.units = listed();
    this.menu = document.createElement("select");
    this.menu.setAttribute("aria-label", this.element.labels?.[0]?.textContent.trim() ?? "");
    this.menu.addEventListener("change", () => this.write());
    this.element.hidden = true;
    this.element.after(this.menu);
    this.draw();
  }

  disconnect() {
    this.menu.remove();
    this.element.hidden = false;
  }

  /** What is kept: {unit, name}, or nothing. */
  get kept() {
    try {
      return JSON.parse(this.element.value || "{}");
    } catch {
      return {};
    }
  }

  // Elsewhere the number may be another unit's: whoever brought the form from there meant the name.
  get known() {
    const { unit, name } = this.kept;
    return this.units.find((one) => one[1] === name) ?? this.units.find(([number]) => number === unit);
  }

  draw() {
    const { unit, name } = this.kept;
    const indented = ([number, label, depth]) => new Option("\u2003".repeat(depth) + label, String(number));
    this.menu.replaceChildren(new Option(this.wordsValue.none, ""), ...this.units.map(indented));
    if (unit && !this.known) this.menu.append(new Option(filled(this.wordsValue.gone, { name }), "gone"));
    this.menu.value = this.known ? String(this.known[0]) : unit ? "gone" : "";
    if (this.known && this.known[1] !== name) this.write(); // it has been renamed since
  }

  write() {
    const chosen = this.units.find(([number]) => String(number) === this.menu.value);
    if (this.menu.value === "gone") return;
    this.element.value = chosen ? JSON.stringify({ unit: chosen[0], name: chosen[1] }) : "";
    for (const name of ["input", "change"]) this.element.dispatchEvent(new Event(name, { bubbles: true }));
  }
}

window.wagtail.app.register("unit-menu", UnitMenu);
