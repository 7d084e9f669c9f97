// In the page editor: a menu of the questions on the page whose answer may decide what a list of choices offers. The key
// of the chosen question is kept in the text input below it.
"use strict";

(() => {
  const KINDS = ["choice", "multiple_choice"];
  const input = (name) => document.querySelector(`[name="${CSS.escape(name)}"]`);

  class ChoiceParent extends window.StimulusModule.Controller {
    static values = { words: Object };

    connect() {
      const own = this.element.name.replace(/-value-\w+$/, "");
      this.own = own;
      this.roots = [...own.matchAll(/-value-columns-\d+$/g)].length
        ? [own.replace(/-\d+$/, ""), own.replace(/-\d+-value-columns-\d+$/, "")]
        : [own.replace(/-\d+$/, "")];
      this.menu = document.createElement("select");
      this.menu.setAttribute("aria-label", this.element.labels?.[0]?.textContent.trim() ?? "");
      for (const name of ["pointerdown", "focus"]) this.menu.addEventListener(name, () => this.draw());
      this.menu.addEventListener("change", () => {
        this.element.value = this.menu.value;
        for (const name of ["input", "change"]) this.element.dispatchEvent(new Event(name, { bubbles: true }));
      });
      this.element.hidden = true;
      this.element.after(this.menu);
      // The questions of the page may still be on their way.
      requestAnimationFrame(() => this.draw());
      this.draw();
    }

    disconnect() {
      this.menu.remove();
      this.element.hidden = false;
    }

    /** The questions that may decide: choices beside it, and for a column also those of the form itself. */
    questions() {
      const found = [];
      for (const [level, root] of this.roots.entries()) {
        const count = Number(input(`${root}-count`)?.value ?? 0);
        for (let number = 0; number < count; number += 1) {
          const at = `${root}-${number}`;
          const isChoice = KINDS.includes(input(`${at}-type`)?.value);
          if (!isChoice || at === this.own || input(`${at}-deleted`)?.value) continue;
          const label = input(`${at}-value-label`)?.value.trim() || this.wordsValue.unnamed;
          const sameRow = this.roots.length > 1 && level === 0;
          const order = Number(input(`${at}-order`)?.value ?? number);
          found.push({ key: input(`${at}-id`).value, label: sameRow ? `${label} (${this.wordsValue.same})` : label, level, order });
        }
      }
      return found.sort((one, other) => one.level - other.level || one.order - other.order);
    }

    draw() {
      const value = this.element.value;
      const options = [["", this.wordsValue.none], ...this.questions().map((one) => [one.key, one.label])];
      if (!options.some(([key]) => key === value)) options.push([value, this.wordsValue.gone]);
      const drawn = JSON.stringify(options);
      if (drawn === this.drawn && this.menu.value === value) return;
      this.drawn = drawn;
      this.menu.replaceChildren(...options.map(([key, label]) => new Option(label, key, key === value, key === value)));
    }
  }

  window.wagtail.app.register("choice-parent", ChoiceParent);
})();
