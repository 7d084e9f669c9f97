// Choices that depend on another answer, and long lists. What does not belong to the other answer is not offered; what
// was chosen already stays to be seen, with a note. Long lists get an input above them that narrows them down. The
// server checks the same (forms.builder.fields.cascades), and without this script everything is offered.
"use strict";

(() => {
  const { plain, codeOf, offerOf, takesText } = window.choiceOffers;
  const fill = (text, values) => text.replace(/%\((\w+)\)s/g, (_, name) => values[name]);
  let count = 0;

  const nameOf = (control) => control.name ?? control.querySelector("input")?.name ?? "";
  const isGroup = (control) => !("name" in control);

  /** All options of a control, also those that are not shown now: {code, label, element}. */
  function optionsOf(control) {
    if (!isGroup(control)) return window.choiceOffers.optionsOf(control);
    return [...control.querySelectorAll(".form-check")].map((element) => {
      const input = element.querySelector("input");
      return { code: input.value, label: element.textContent.trim(), element, input };
    });
  }

  function chosenIn(control) {
    if (isGroup(control)) return optionsOf(control).filter((option) => option.input.checked);
    const code = takesText(control) ? codeOf(control.value, offerOf(control)) : control.value;
    return code ? optionsOf(control).filter((option) => option.code === code) : [];
  }

  // --- the question that decides -----------------------------------------------------------------------------------
  /** The inputs of the question that decides: in the same row, else in the form. */
  function deciding(control) {
    const [table, row] = nameOf(control).split(".");
    const key = control.dataset.filterBy;
    const named = (within, name) => [...(within?.querySelectorAll(`[name="${CSS.escape(name)}"]`) ?? [])];
    const beside = named(control.closest("[data-row]"), `${table}.${row}.${key}`);
    return beside.length ? beside : named(control.closest("form") ?? document, key);
  }

  function answered(inputs) {
    const [first] = inputs;
    if (!first) return [];
    if (first.type === "radio" || first.type === "checkbox") {
      const checked = inputs.filter((input) => input.checked);
      return checked.map((input) => ({ code: input.value, label: input.labels?.[0]?.textContent.trim() ?? "" }));
    }
    return chosenIn(first);
  }

  function labelOf(input) {
    const grouped = input.type === "radio" || input.type === "checkbox";
    const label = grouped ? input.closest("fieldset")?.querySelector("legend") : input.labels?.[0];
    const copy = label?.cloneNode(true);
    for (const mark of copy?.querySelectorAll(".required-mark") ?? []) mark.remove();
    return copy?.textContent.trim() ?? "";
  }

  const belonging = new WeakMap();

  /** Code → codes of the other question's choices; rows of a table share it where they share a list. */
  function withinOf(control) {
    const holder = control.dataset.within ? control : control.list;
    if (!belonging.has(holder)) belonging.set(holder, JSON.parse(holder?.dataset.within ?? "{}"));
    return belonging.get(holder);
  }

  /** What is offered: a test of codes, and what to say beside the control. */
  function filterOf(control) {
    if (!control.dataset.filterBy) return { offers: () => true, note: "" };
    const inputs = deciding(control);
    // A question that is not asked decides nothing.
    if (!inputs.length || inputs[0].closest("[data-question][hidden], [data-question].is-disabled")) return { offers: () => true, note: "" };
    const within = withinOf(control);
    const words = JSON.parse(control.dataset.filterWords);
    const answers = answered(inputs);
    const codes = new Set(answers.map((one) => one.code));
    const offers = (code) => !within[code] || within[code].some((one) => codes.has(one));
    const wrong = chosenIn(control).find((option) => !offers(option.code));
    let note = "";
    if (!answers.length && Object.keys(within).length) note = fill(words.first, { question: labelOf(inputs[0]) });
    else if (wrong) note = fill(words.wrong, { choice: wrong.label, parent: answers.map((one) => one.label).join("、") });
    return { offers, note };
  }

  /** Whether the server has said the same beside the question; what it said of an answer of before is taken away. */
  function isSaid(control, text) {
    const { told = toldBy(control, text) } = state.get(control);
    state.get(control).told = told;
    if (!told) return false;
    told.hidden = told.textContent.trim() !== text;
    told.parentElement.hidden = [...told.parentElement.children].every((one) => one.hidden);
    return !told.hidden;
  }

  const toldBy = (control, text) =>
    [...(control.closest("[data-question]")?.querySelectorAll(".question-error p") ?? [])].find((one) => text && one.textContent.trim() === text) ?? null;

  // --- what is shown -------------------------------------------------------------------------------------------------
  const state = new WeakMap();

  function refresh(control) {
    const { search, found, words, note } = state.get(control);
    const filter = filterOf(control);
    const sought = plain(search?.value ?? "");
    const chosen = new Set(chosenIn(control).map((option) => option.code));
    const isShown = ({ code, label }) =>
      code === "" || chosen.has(code) || (filter.offers(code) && (!sought || plain(label).includes(sought)));
    const options = optionsOf(control);
    const shown = options.filter(isShown);
    if (isGroup(control)) {
      for (const option of options) option.element.hidden = !shown.includes(option);
    } else if (control.list) {
      if (control === document.activeElement) control.list.replaceChildren(...shown.map((option) => option.element));
    } else {
      const { value } = control;
      control.replaceChildren(...shown.map((option) => option.element));
      control.value = value;
      if (search) control.size = sought ? Math.min(8, Math.max(2, shown.length)) : 0;
    }
    const said = isSaid(control, filter.note) ? "" : filter.note;
    if (note.textContent !== said) note.textContent = said;
    if (found) {
      const hits = options.filter(({ code, label }) => code && filter.offers(code) && plain(label).includes(sought));
      const all = options.filter(({ code }) => code && filter.offers(code));
      found.textContent = sought ? fill(words.found, { count: hits.length, all: all.length }) : "";
    }
  }

  /** The input above a long list. It is no answer: the form does not hear of it. */
  function searchFor(control) {
    const words = JSON.parse(control.dataset.searched);
    const search = document.createElement("input");
    search.type = "search";
    search.className = "form-control";
    search.autocomplete = "off";
    const found = document.createElement("span");
    found.className = "small-print";
    found.setAttribute("role", "status");
    const label = document.createElement("label");
    label.className = "choice-search";
    label.append(words.find, search, found);
    for (const name of ["input", "change"]) {
      search.addEventListener(name, (event) => {
        event.stopPropagation();
        refresh(control);
      });
    }
    search.addEventListener("keydown", (event) => {
      if (event.key === "ArrowDown" && !isGroup(control)) control.focus();
      else if (event.key === "Escape") search.value = "";
      else if (event.key !== "Enter") return;
      event.preventDefault();
      refresh(control);
    });
    control.before(label);
    return { search, found, words };
  }

  function equip(root) {
    for (const control of root.querySelectorAll("[data-filter-by], [data-searched]")) {
      if (state.has(control)) continue;
      const note = document.createElement("p");
      count += 1;
      note.id = `choice-note-${count}`;
      note.className = "choice-note";
      note.setAttribute("role", "status");
      control.after(note);
      const described = [control.getAttribute("aria-describedby"), note.id].filter(Boolean).join(" ");
      control.setAttribute("aria-describedby", described);
      state.set(control, { note, ...(control.dataset.searched ? searchFor(control) : {}) });
      refresh(control);
    }
  }

  document.addEventListener("change", (event) => {
    const name = event.target.name;
    if (!name) return;
    const key = name.split(".").at(-1);
    const own = event.target.closest("[data-filter-by], [data-searched]");
    if (own && state.has(own)) {
      if (state.get(own).search && !isGroup(own)) state.get(own).search.value = "";
      refresh(own);
    }
    for (const control of document.querySelectorAll(`[data-filter-by="${CSS.escape(key)}"]`)) {
      if (state.has(control) && deciding(control)[0]?.name === name) refresh(control);
    }
  });
  // A list of suggestions is shared by all rows: it is filled for the one that is being answered.
  document.addEventListener("focusin", (event) => {
    const control = event.target.closest("[data-filter-by]");
    if (control && state.has(control)) refresh(control);
  });

  // Cells that were filled from a spreadsheet, and taken back: each row once, however many of its cells.
  document.addEventListener("table:filled", (event) => {
    for (const row of event.detail.rows) {
      for (const control of row.querySelectorAll("[data-filter-by], [data-searched]")) if (state.has(control)) refresh(control);
    }
  });

  equip(document);
  for (const rows of document.querySelectorAll("[data-rows]")) {
    new MutationObserver(() => equip(rows)).observe(rows, { childList: true });
  }
})();
