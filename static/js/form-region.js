// Administrative regions: a menu for each level over the text input, which keeps the number of what was chosen. The list
// is fetched once a page. Without this script the name is typed.
"use strict";

(() => {
  const { load, lineOf } = window.regionList;
  const fill = (text, values) => text.replace(/%\((\w+)\)s/g, (_, name) => values[name]);

  class RegionMenus {
    constructor(input, list) {
      this.input = input;
      this.list = list;
      this.words = JSON.parse(input.dataset.words);
      this.depth = Number(input.dataset.depth);
      this.root = list.get(input.dataset.root ?? "") ?? list.get("");
      this.above = lineOf(this.root).length;
      this.kept = document.createElement("p");
      this.kept.className = "region-kept";
      this.box = document.createElement("div");
      this.box.className = "region";
      this.menus = ["province", "city", "county"].slice(this.above, this.depth).map((level, number) => this.menu(level, number));
      this.fault = document.createElement("p");
      this.fault.className = "choice-note";
      this.fault.setAttribute("role", "status");
      this.box.append(this.kept, ...this.menus, this.fault);
      this.take();
      input.addEventListener("change", (event) => {
        if (event.isTrusted || !this.own) this.show();
      });
    }

    menu(level, number) {
      const menu = document.createElement("select");
      menu.className = "form-select";
      menu.setAttribute("aria-label", this.words[level]);
      menu.addEventListener("change", () => this.choose(number));
      return menu;
    }

    /** Stand in the input's place: what points at it, points at the first menu from now on. */
    take() {
      const first = this.menus[0];
      const own = `label[for="${CSS.escape(this.input.id)}"]`; // `labels` would look through the whole page, in every row
      const label = this.input.closest("[data-question]")?.querySelector(own)?.textContent.trim();
      for (const name of ["aria-describedby", "aria-invalid"]) {
        if (this.input.hasAttribute(name)) for (const menu of this.menus) menu.setAttribute(name, this.input.getAttribute(name));
      }
      if (label) for (const menu of this.menus) menu.setAttribute("aria-label", `${label}: ${menu.getAttribute("aria-label")}`);
      if (this.input.classList.contains("is-invalid")) for (const menu of this.menus) menu.classList.add("is-invalid");
      first.id = this.input.id;
      this.input.removeAttribute("id");
      this.input.hidden = true;
      this.input.parentElement.querySelector("[data-region-help]")?.remove();
      this.input.before(this.box);
      this.show();
    }

    /** What the input holds, as menus; what is no place stands above them as it was typed, with what is wrong. */
    show() {
      const { value } = this.input;
      const isDrawn = value === this.input.defaultValue;
      const isSaid = isDrawn && this.input.closest("[data-question]")?.querySelector(".question-error");
      const { place, near, fault, names } = value ? this.list.answer(value, { depth: this.depth, root: this.root.code }) : {};
      // A region that has been renamed since may have its name from another one: the stored answer stays what it is.
      const isOther = isDrawn && this.input.dataset.code && this.input.dataset.code !== place?.code;
      const known = isOther ? undefined : place ?? near;
      const said = isSaid || isOther ? "" : fill(this.words[fault] ?? "", { names: names?.join("、"), root: this.root.fullName });
      this.kept.textContent = known ? "" : value;
      this.kept.hidden = Boolean(known) || !value;
      this.fault.textContent = said;
      this.fault.hidden = !said;
      if (known) this.input.value = known.code;
      this.draw(lineOf(known).slice(this.above, this.depth));
    }

    draw(line) {
      let upper = this.root;
      for (const [number, menu] of this.menus.entries()) {
        const children = upper?.children ?? [];
        const chosen = line[number];
        menu.replaceChildren(new Option(this.words.choose, ""), ...children.map((one) => new Option(one.name, one.code)));
        menu.value = chosen?.code ?? "";
        menu.hidden = number > 0 && !children.length;
        upper = chosen;
      }
    }

    choose(number) {
      const line = this.menus.slice(0, number + 1).map((menu) => this.list.get(menu.value)).filter((one) => one?.code);
      this.draw(line);
      this.kept.hidden = true;
      this.fault.hidden = true;
      this.input.value = line.at(-1)?.code ?? "";
      this.own = true;
      for (const name of ["input", "change"]) this.input.dispatchEvent(new Event(name, { bubbles: true }));
      this.own = false;
    }
  }

  function equip(root) {
    for (const input of root.querySelectorAll("input[data-regions]")) {
      if (input.dataset.equipped) continue;
      input.dataset.equipped = "true";
      load(input.dataset.regions).then(
        (list) => {
          new RegionMenus(input, list);
          input.dispatchEvent(new Event("region:read", { bubbles: true }));
        },
        () => {}, // then the name is typed
      );
    }
  }

  equip(document);
  for (const rows of document.querySelectorAll("[data-rows]")) {
    new MutationObserver(() => equip(rows)).observe(rows, { childList: true });
  }
})();
