// Administrative regions: a menu for each level over the text input, which keeps the number of what was chosen. The list
// is fetched once a page. Without this script the name is typed.
"use strict";

(() => {
  const lists = new Map();

  function load(address) {
    if (!lists.has(address)) {
      const wanted = fetch(address).then((answer) => (answer.ok ? answer.json() : Promise.reject(answer.status)));
      lists.set(address, wanted.then(arrange));
    }
    return lists.get(address);
  }

  /** Number → {code, name, parent, children, fullName}; "" is the whole country. */
  function arrange(names) {
    const places = new Map([["", { code: "", children: [], fullName: "" }]]);
    for (const code of Object.keys(names).sort()) {
      const upper = [`${code.slice(0, 4)}00`, `${code.slice(0, 2)}0000`].find((one) => one !== code && one in names) ?? "";
      const parent = places.get(upper);
      const place = { code, name: names[code], parent, children: [], fullName: parent.fullName + names[code] };
      parent.children.push(place);
      places.set(code, place);
    }
    const byName = new Map();
    for (const place of places.values()) if (place.code && !byName.has(place.fullName)) byName.set(place.fullName, place);
    return { places, find: (text) => places.get(text) ?? byName.get(text.replace(/\s+/g, "")) };
  }

  const lineOf = (place) => (place?.code ? [...lineOf(place.parent), place] : []);

  class RegionMenus {
    constructor(input, list) {
      this.input = input;
      this.list = list;
      this.words = JSON.parse(input.dataset.words);
      this.depth = Number(input.dataset.depth);
      this.root = list.places.get(input.dataset.root ?? "") ?? list.places.get("");
      this.above = lineOf(this.root).length;
      this.kept = document.createElement("p");
      this.kept.className = "region-kept";
      this.box = document.createElement("div");
      this.box.className = "region";
      this.menus = ["province", "city", "county"].slice(this.above, this.depth).map((level, number) => this.menu(level, number));
      this.box.append(this.kept, ...this.menus);
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
      const label = this.input.labels?.[0]?.textContent.trim();
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

    show() {
      const place = this.list.find(this.input.value);
      this.kept.textContent = place ? "" : this.input.value;
      this.kept.hidden = Boolean(place) || !this.input.value;
      if (place) this.input.value = place.code;
      this.draw(lineOf(place).slice(this.above, this.depth));
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
      const line = this.menus.slice(0, number + 1).map((menu) => this.list.places.get(menu.value)).filter((one) => one?.code);
      this.draw(line);
      this.kept.hidden = true;
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
        (list) => new RegionMenus(input, list),
        () => {},
      );
    }
  }

  equip(document);
  for (const rows of document.querySelectorAll("[data-rows]")) {
    new MutationObserver(() => equip(rows)).observe(rows, { childList: true });
  }
})();
