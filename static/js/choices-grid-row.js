// One line of the grid of choices on the page. It is drawn once and then kept up to date: a list may have two thousand.

import { isCode, plain } from "./choices-grid-lines.js";
import { element } from "./logic-editor-controls.js";
import { filled } from "./logic-editor-words.js";

export class Row {
  constructor(grid, line, isPublished) {
    this.grid = grid;
    this.line = line;
    this.words = grid.words;
    this.named = []; // [element, what stands behind the line's name in its label]
    this.head = element("th", { scope: "row" });
    const cells = [this.head, this.labelCell()];
    if (grid.parentLabels) cells.push(this.withinCell());
    if (grid.showsCodes) cells.push(this.codeCell(isPublished));
    cells.push(this.retiredCell(), this.actsCell());
    this.element = element("tr", {}, ...cells);
  }

  /** Bring it up to date, as the line with this number. */
  update(number) {
    const { line } = this;
    if (this.number !== number) {
      this.number = number;
      this.head.textContent = String(number + 1);
      const name = filled(this.words.row, { number: number + 1 });
      for (const [named, more] of this.named) named.setAttribute("aria-label", more ? `${name}: ${more}` : name);
    }
    if (this.label.value !== line.label) this.label.value = line.label;
    this.showWithin?.();
    this.retired.checked = Boolean(line.retired);
    this.element.className = line.retired ? "is-retired" : "";
    this.up.disabled = number === 0;
    this.down.disabled = number === this.grid.lines.length - 1;
    this.check();
  }

  // --- cells -------------------------------------------------------------------------------------------------
  labelCell() {
    const { grid, line } = this;
    this.labelError = this.errorLine();
    this.label = element("input", {
      type: "text",
      maxlength: 200,
      "data-label": true,
      oninput: () => {
        line.label = this.label.value;
        grid.write();
      },
      onchange: () => grid.checkLabels(),
      onkeydown: (event) => grid.key(event, this.number),
      onpaste: (event) => grid.paste(event, this.number),
    });
    this.named.push([this.label, ""]);
    return element("td", {}, this.label, this.labelError);
  }

  withinCell() {
    const { grid, line, words } = this;
    const error = this.errorLine();
    const input = element("input", {
      type: "text",
      list: grid.suggestions.id,
      title: words.withinHelp,
      onpaste: (event) => grid.pasteWithin(event, this.number),
      onchange: () => {
        const parts = input.value.split(/[、；;\n]/).map((part) => part.trim()).filter(Boolean);
        const stranger = parts.find((part) => !grid.parentCodes.has(plain(part)));
        line.within = parts.map((part) => grid.parentCodes.get(plain(part))).filter(Boolean);
        if (!line.within.length) delete line.within;
        this.mark(input, error, stranger ? filled(words.noParent, { label: stranger }) : "");
        grid.write();
      },
    });
    this.showWithin = () => {
      const shown = (line.within ?? []).map((code) => grid.parentLabels.get(code) ?? code).join("、");
      if (error.hidden && input.value !== shown) input.value = shown;
    };
    this.within = input;
    this.named.push([input, words.within]);
    return element("td", {}, input, error);
  }

  codeCell(isPublished) {
    const { grid, line, words } = this;
    if (isPublished) return element("td", {}, element("code", {}, line.code));
    const error = this.errorLine();
    const input = element("input", {
      type: "text",
      value: line.code,
      maxlength: 64,
      spellcheck: "false",
      onchange: () => {
        const code = input.value.trim();
        const twice = grid.lines.some((other) => other !== line && other.code === code);
        const bad = twice || !isCode(code);
        this.mark(input, error, bad ? words.badCode : "");
        if (!bad) {
          line.code = code;
          grid.write();
        }
      },
    });
    this.named.push([input, words.code]);
    return element("td", {}, input, error);
  }

  retiredCell() {
    const { grid, line, words } = this;
    this.retired = element("input", {
      type: "checkbox",
      onchange: () => {
        const { checked } = this.retired;
        grid.alter(() => (checked ? (line.retired = true) : delete line.retired));
        grid.focus(this.number, 'input[type="checkbox"]');
      },
    });
    this.named.push([this.retired, words.retired]);
    return element("td", { class: "choices-grid-retired" }, this.retired);
  }

  actsCell() {
    const { grid, words } = this;
    const act = (text, sign, action) => {
      const made = element("button", { type: "button", class: "choices-grid-act", title: text, onclick: action }, sign);
      this.named.push([made, text]);
      return made;
    };
    this.up = act(words.up, "↑", () => grid.move(this.number, -1));
    this.down = act(words.down, "↓", () => grid.move(this.number, 1));
    const remove = act(words.remove, "×", () => grid.remove(this.number));
    return element("td", { class: "choices-grid-acts" }, this.up, this.down, remove);
  }

  // --- faults ------------------------------------------------------------------------------------------------
  errorLine() {
    return element("p", { class: "choices-grid-error", hidden: true });
  }

  /** Two lines on offer may not read the same. */
  check() {
    const { line } = this;
    const twice = line.label && !line.retired && this.grid.times.get(line.label) > 1;
    this.mark(this.label, this.labelError, twice ? filled(this.words.twice, line) : "");
  }

  mark(input, error, text) {
    if (error.textContent === text) return;
    error.textContent = text;
    error.hidden = !text;
    input.toggleAttribute("aria-invalid", Boolean(text));
  }
}
