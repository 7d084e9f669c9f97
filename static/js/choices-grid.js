// Lists of choices in the page editor: a grid over the text area that keeps the lines as JSON. Lines are typed, moved,
// pasted out of Excel or read from a workbook; a line that has been published is retired and never removed, since
// reports may have been answered with it (the server makes sure of that as well).
"use strict";

(() => {
  const PAGE = 100;

  function make(tag, attributes = {}, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
      else if (value === true) made.setAttribute(name, "");
      else if (value !== false && value != null) made.setAttribute(name, value);
    }
    made.append(...children.filter((child) => child != null));
    return made;
  }

  const fill = (text, values) => text.replace(/%\((\w+)\)s/g, (_, name) => values[name]);
  const plain = (label) => label.normalize("NFKC").replace(/\s+/g, "").toLowerCase();
  const isCode = (code) => /^[A-Za-z0-9_-]{1,64}$/.test(code);

  // crypto.randomUUID() is missing where the portal is opened without https, as on some intranets.
  function freshCode() {
    const bytes = crypto.getRandomValues(new Uint8Array(6));
    return "c" + [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  function linesOf(name) {
    const input = document.querySelector(`textarea[name="${CSS.escape(name)}"]`);
    try {
      return JSON.parse(input?.value || "[]");
    } catch {
      return [];
    }
  }

  function publishedCodes(key) {
    const data = document.getElementById("published-choices");
    return new Set(data ? (JSON.parse(data.textContent)[key] ?? []) : []);
  }

  class ChoicesGrid extends window.StimulusModule.Controller {
    static values = { address: String, most: Number, words: Object };

    connect() {
      this.words = this.wordsValue;
      this.prefix = this.element.name.replace(/-value-\w+$/, "");
      this.past = [];
      this.shown = PAGE;
      this.showsCodes = false;
      this.lines = this.read();
      this.build();
      this.draw();
      this.hear = (event) => {
        if (event.target.name === `${this.prefix}-value-filter_by`) this.draw();
      };
      document.addEventListener("change", this.hear);
    }

    disconnect() {
      document.removeEventListener("change", this.hear);
      this.grid.remove();
      this.element.hidden = false;
    }

    // --- the lines ---------------------------------------------------------------------------------------------
    read() {
      try {
        const lines = JSON.parse(this.element.value || "[]");
        return lines.length ? lines : [{ code: freshCode(), label: "" }];
      } catch {
        return [{ code: freshCode(), label: "" }];
      }
    }

    write() {
      const kept = this.lines.filter((line) => line.label.trim() || line.retired);
      this.element.value = JSON.stringify(kept);
      for (const name of ["input", "change"]) this.element.dispatchEvent(new Event(name, { bubbles: true }));
      this.count();
    }

    /** Remember how things stand, do something to the lines, and show it. */
    alter(what, message = "") {
      this.past.push(JSON.stringify(this.lines));
      what();
      this.write();
      this.draw();
      this.say(message);
    }

    undo() {
      if (!this.past.length) return;
      this.lines = JSON.parse(this.past.pop());
      this.write();
      this.draw();
      this.say(this.words.undone);
      this.faults.replaceChildren();
      (this.past.length ? this.undoButton : this.addButton).focus();
    }

    get published() {
      return publishedCodes(document.querySelector(`[name="${CSS.escape(this.prefix)}-id"]`)?.value);
    }

    /** Code → label of the question that decides what is offered; null where none does. */
    get parents() {
      const key = document.querySelector(`[name="${CSS.escape(this.prefix)}-value-filter_by"]`)?.value;
      if (!key) return null;
      const id = [...document.querySelectorAll('input[name$="-id"]')].find((input) => input.value === key);
      const lines = id ? linesOf(id.name.replace(/-id$/, "-value-choices")) : [];
      return new Map(lines.map((line) => [line.code, line.label]));
    }

    add(after = this.lines.length - 1) {
      this.lines.splice(after + 1, 0, { code: freshCode(), label: "" });
      this.shown = Math.max(this.shown, after + 2);
      this.draw();
      this.focus(after + 1);
    }

    remove(number) {
      const line = this.lines[number];
      if (this.published.has(line.code)) {
        this.alter(() => (line.retired = true), fill(this.words.kept, line));
      } else {
        this.alter(() => this.lines.splice(number, 1), fill(this.words.removed, line));
      }
      if (!this.lines.length) this.add();
      else this.focus(Math.min(number, this.lines.length - 1));
    }

    move(number, step) {
      const target = number + step;
      if (target < 0 || target >= this.lines.length) return;
      const [line] = this.lines.splice(number, 1);
      this.lines.splice(target, 0, line);
      this.write();
      this.draw();
      this.focus(target);
    }

    // --- from Excel --------------------------------------------------------------------------------------------
    async send(body, after) {
      this.say(this.words.reading);
      this.faults.replaceChildren();
      body.append("parents", JSON.stringify(Object.fromEntries(this.parents ?? [])));
      const { CSRF_HEADER_NAME, CSRF_TOKEN } = window.wagtailConfig;
      let found;
      try {
        const headers = { [CSRF_HEADER_NAME]: CSRF_TOKEN };
        found = await (await fetch(this.addressValue, { method: "POST", body, headers })).json();
      } catch {
        this.say("");
        this.complain([this.words.failed]);
        return;
      }
      this.take(found.lines, after);
      this.complain(found.faults);
    }

    take(lines, after) {
      const known = new Map(this.lines.map((line) => [plain(line.label), line]));
      const codes = new Map(this.lines.map((line) => [line.code, line]));
      const added = [];
      let met = 0;
      let room = this.mostValue - this.lines.filter((line) => line.label).length;
      const before = JSON.stringify(this.lines);
      for (const line of lines) {
        const same = known.get(plain(line.label)) ?? codes.get(line.code);
        if (same) {
          met += 1;
          delete same.retired;
          if (line.within) same.within = line.within;
        } else if (room > 0) {
          room -= 1;
          added.push({ ...line, code: line.code || freshCode() });
        }
      }
      const dropped = lines.length - met - added.length;
      const place = after === undefined ? this.lines.length : after + 1;
      this.lines.splice(place, 0, ...added);
      this.lines = this.lines.filter((line) => line.label || line.retired);
      if (!this.lines.length) this.lines = [{ code: freshCode(), label: "" }];
      if (lines.length) this.past.push(before);
      this.write();
      this.draw();
      const said = [fill(this.words.added, { count: added.length })];
      if (met) said.push(fill(this.words.known, { count: met }));
      if (dropped) said.push(fill(this.words.most, { most: this.mostValue }));
      this.say(lines.length ? said.join(" ") : "");
    }

    paste(event, number) {
      const text = event.clipboardData.getData("text/plain");
      if (!/[\t\n]/.test(text.trimEnd())) return;
      event.preventDefault();
      const body = new FormData();
      body.append("text", text);
      this.send(body, number);
    }

    // --- what is seen ------------------------------------------------------------------------------------------
    build() {
      const { words } = this;
      this.head = make("tr");
      this.body = make("tbody");
      this.suggestions = make("datalist", { id: `${this.element.id}-parents` });
      this.status = make("span", { class: "choices-grid-status", role: "status" });
      this.total = make("span", { class: "choices-grid-total" });
      this.faults = make("ul", { class: "choices-grid-faults", role: "alert" });
      this.file = make("input", { type: "file", accept: ".xlsx,.csv,.txt", hidden: true, onchange: () => this.upload() });
      const button = (text, action, more = {}) =>
        make("button", { type: "button", class: "button button-small button-secondary", onclick: action, ...more }, text);
      this.addButton = button(words.add, () => this.add());
      this.undoButton = button(words.undo, () => this.undo());
      this.moreButton = button("", () => {
        this.shown += PAGE * 5;
        this.draw();
      });
      const codes = make("input", {
        type: "checkbox",
        onchange: (event) => {
          this.showsCodes = event.target.checked;
          this.draw();
        },
      });
      this.grid = make(
        "div",
        { class: "choices-grid", role: "group", "aria-label": words.label },
        make("p", { class: "choices-grid-hint" }, words.hint),
        make("table", {}, make("thead", {}, this.head), this.body),
        this.suggestions,
        this.moreButton,
        make(
          "div",
          { class: "choices-grid-foot" },
          this.addButton,
          button(words.import, () => this.file.click()),
          this.undoButton,
          make("label", {}, codes, ` ${words.codes}`),
          this.total,
        ),
        this.status,
        this.faults,
        this.file,
      );
      this.element.hidden = true;
      this.element.after(this.grid);
    }

    draw() {
      const { words } = this;
      this.parentLabels = this.parents;
      const heads = ["", words.label];
      if (this.parentLabels) heads.push(words.within);
      if (this.showsCodes) heads.push(words.code);
      heads.push(words.retired, "");
      this.head.replaceChildren(...heads.map((text) => make("th", { scope: "col" }, text)));
      const labels = [...(this.parentLabels?.values() ?? [])];
      this.suggestions.replaceChildren(...labels.map((label) => make("option", { value: label })));
      const codes = this.published;
      const rows = this.lines.slice(0, this.shown).map((line, number) => this.row(line, number, codes));
      this.body.replaceChildren(...rows);
      const rest = this.lines.length - rows.length;
      this.moreButton.hidden = rest <= 0;
      this.moreButton.textContent = fill(words.more, { count: rest });
      this.undoButton.hidden = !this.past.length;
      this.count();
    }

    row(line, number, published) {
      const { words } = this;
      const name = fill(words.row, { number: number + 1 });
      const error = make("p", { class: "choices-grid-error", hidden: true });
      const label = make("input", {
        type: "text",
        value: line.label,
        "aria-label": name,
        maxlength: 200,
        "data-label": true,
        oninput: () => {
          line.label = label.value;
          this.write();
        },
        onchange: () => this.check(line, label, error),
        onkeydown: (event) => this.key(event, number),
        onpaste: (event) => this.paste(event, number),
      });
      this.check(line, label, error);
      const cells = [make("th", { scope: "row" }, String(number + 1)), make("td", {}, label, error)];
      if (this.parentLabels) cells.push(this.withinCell(line, name));
      if (this.showsCodes) cells.push(this.codeCell(line, name, published.has(line.code)));
      const retired = make("input", {
        type: "checkbox",
        checked: Boolean(line.retired),
        "aria-label": `${name}: ${words.retired}`,
        onchange: () => {
          this.alter(() => (retired.checked ? (line.retired = true) : delete line.retired));
          this.focus(number, 'input[type="checkbox"]');
        },
      });
      cells.push(make("td", { class: "choices-grid-retired" }, retired));
      const act = (text, sign, action, off = false) =>
        make("button", { type: "button", class: "choices-grid-act", "aria-label": `${name}: ${text}`, title: text, disabled: off, onclick: action }, sign);
      cells.push(
        make(
          "td",
          { class: "choices-grid-acts" },
          act(words.up, "↑", () => this.move(number, -1), number === 0),
          act(words.down, "↓", () => this.move(number, 1), number === this.lines.length - 1),
          act(words.remove, "×", () => this.remove(number)),
        ),
      );
      return make("tr", { class: line.retired ? "is-retired" : null }, ...cells);
    }

    withinCell(line, name) {
      const { words } = this;
      const byLabel = new Map([...this.parentLabels].map(([code, label]) => [plain(label), code]));
      const error = make("p", { class: "choices-grid-error", hidden: true });
      const input = make("input", {
        type: "text",
        value: (line.within ?? []).map((code) => this.parentLabels.get(code) ?? code).join("、"),
        list: this.suggestions.id,
        "aria-label": `${name}: ${words.within}`,
        title: words.withinHelp,
        onchange: () => {
          const parts = input.value.split(/[、；;\n]/).map((part) => part.trim()).filter(Boolean);
          const stranger = parts.find((part) => !byLabel.has(plain(part)));
          line.within = parts.map((part) => byLabel.get(plain(part))).filter(Boolean);
          if (!line.within.length) delete line.within;
          this.mark(input, error, stranger ? fill(words.noParent, { label: stranger }) : "");
          this.write();
        },
      });
      return make("td", {}, input, error);
    }

    codeCell(line, name, isPublished) {
      if (isPublished) return make("td", {}, make("code", {}, line.code));
      const error = make("p", { class: "choices-grid-error", hidden: true });
      const input = make("input", {
        type: "text",
        value: line.code,
        maxlength: 64,
        spellcheck: "false",
        "aria-label": `${name}: ${this.words.code}`,
        onchange: () => {
          const code = input.value.trim();
          const twice = this.lines.some((other) => other !== line && other.code === code);
          const bad = twice || !isCode(code);
          this.mark(input, error, bad ? this.words.badCode : "");
          if (!bad) {
            line.code = code;
            this.write();
          }
        },
      });
      return make("td", {}, input, error);
    }

    key(event, number) {
      if (event.isComposing) return;
      const move = { ArrowUp: -1, ArrowDown: 1 }[event.key];
      if (event.key === "Enter") this.add(number);
      else if (move && event.altKey) this.move(number, move);
      else if (move) this.focus(number + move);
      else return;
      event.preventDefault();
    }

    check(line, input, error) {
      const same = (other) => other !== line && !other.retired && line.label && other.label === line.label;
      const twice = !line.retired && this.lines.some(same);
      this.mark(input, error, twice ? fill(this.words.twice, line) : "");
    }

    mark(input, error, text) {
      error.textContent = text;
      error.hidden = !text;
      input.toggleAttribute("aria-invalid", Boolean(text));
    }

    focus(number, selector = "[data-label]") {
      this.body.rows[number]?.querySelector(selector)?.focus();
    }

    count() {
      const named = this.lines.filter((line) => line.label);
      const retired = named.filter((line) => line.retired).length;
      this.total.textContent = fill(this.words.count, { count: named.length, retired });
    }

    say(text) {
      this.status.textContent = text;
    }

    complain(faults) {
      this.faults.replaceChildren(...faults.map((fault) => make("li", {}, fault)));
    }

    upload() {
      const [file] = this.file.files;
      if (!file) return;
      const body = new FormData();
      body.append("file", file);
      this.file.value = "";
      this.send(body);
    }
  }

  window.wagtail.app.register("choices-grid", ChoicesGrid);
})();
