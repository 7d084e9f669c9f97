// The proposal beside the plan's text: an item and its words find each other, rows are added, selected words become items.
// Without this file every field can be read, corrected and saved all the same.
"use strict";

(() => {
  const form = document.querySelector("[data-plan]");
  if (!form) return;
  const text = form.querySelector("[data-text]");
  const ledger = form.querySelector("[data-ledger]");
  const notice = document.querySelector("[data-notice]");
  if (notice) notice.focus();

  // --- an item and its words ---------------------------------------------------------------------
  const wordsOf = (key) => text.querySelectorAll(`[data-keys~="${CSS.escape(key)}"]`);
  const rowOf = (key) => document.getElementById(`row-${key}`);
  let current = "";

  function clearMarks() {
    for (const marked of form.querySelectorAll(".is-current")) marked.classList.remove("is-current");
  }

  function intoView(pane, element) {
    if (pane.scrollHeight <= pane.clientHeight) {
      element.scrollIntoView({ block: "nearest" });
      return;
    }
    const inner = element.getBoundingClientRect();
    const outer = pane.getBoundingClientRect();
    if (inner.top < outer.top + 20 || inner.bottom > outer.bottom - 20) {
      pane.scrollTop += inner.top - outer.top - pane.clientHeight / 4;
    }
  }

  function mark(key) {
    const row = rowOf(key);
    clearMarks();
    current = key;
    if (row) row.classList.add("is-current");
    const pieces = [...wordsOf(key)];
    // Of a task, whose words fill a page, only the title is marked.
    const named = row?.matches(".plan-task") ? pieces.filter((piece) => piece.matches(`.mark--task[href="#row-${key}"]`)) : pieces;
    for (const piece of named.length ? named : pieces) piece.classList.add("is-current");
    return (named.length ? named : pieces)[0];
  }

  function fromLedger(event) {
    const row = event.target.closest("[data-key]");
    if (!row || row.dataset.key === current) return;
    const first = mark(row.dataset.key);
    if (first) intoView(text, first);
  }
  ledger.addEventListener("focusin", fromLedger);
  ledger.addEventListener("click", (event) => {
    const link = event.target.closest(".plan-find");
    if (link) {
      event.preventDefault();
      const first = mark(link.closest("[data-key]").dataset.key);
      if (first) {
        intoView(text, first);
        if (event.detail === 0) first.focus({ preventScroll: true });
      }
      return;
    }
    fromLedger(event);
  });

  function open(row) {
    for (let part = row; part && part !== ledger; part = part.parentElement) {
      if (part.matches("details")) part.open = true;
    }
  }

  text.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-keys]");
    if (!link) return;
    event.preventDefault();
    if (String(window.getSelection())) return;
    const key = link.getAttribute("href").slice("#row-".length);
    const row = rowOf(key);
    if (!row) return;
    mark(key);
    open(row);
    intoView(ledger, row);
    const field = row.matches("details") ? row.querySelector("summary") : row.querySelector("input:not([type=hidden]), select");
    (field ?? row).focus({ preventScroll: true });
  });
  text.addEventListener("focusin", (event) => {
    const link = event.target.closest("a[data-keys]");
    if (!link) return;
    const key = link.getAttribute("href").slice("#row-".length);
    mark(key);
    const row = rowOf(key);
    if (row) intoView(ledger, row.closest("details:not([open])") ?? row);
  });

  // --- whether everything is saved --------------------------------------------------------------------
  const saved = form.querySelector("[data-saved]");
  for (const kind of ["input", "change"]) {
    form.addEventListener(kind, () => {
      if (saved) saved.textContent = saved.dataset.unsaved;
    });
  }

  // --- what is to be checked ------------------------------------------------------------------------
  const next = form.querySelector("[data-next]");
  const doubtful = () => [...ledger.querySelectorAll(".plan-checked input:not(:checked)")].map((box) => box.closest("[data-key]"));
  if (next && doubtful().length) {
    next.hidden = false;
    let place = -1;
    next.addEventListener("click", () => {
      const rows = doubtful();
      if (!rows.length) return;
      place = (place + 1) % rows.length;
      const row = rows[place];
      open(row);
      intoView(ledger, row);
      row.querySelector(".plan-checked input").focus({ preventScroll: true });
    });
  }

  // --- adding rows -------------------------------------------------------------------------------------
  const PLACEHOLDER = { units: "tasks-__prefix__-units-__prefix__", deadlines: "tasks-__prefix__-deadlines-__prefix__" };

  function addRow(list, values = {}) {
    const kind = list.split("-").pop();
    const template = form.querySelector(`template[data-template="${kind}"]`);
    const rows = form.querySelector(`[data-rows="${CSS.escape(list)}"]`);
    const total = form.querySelector(`[name="${CSS.escape(list)}-TOTAL_FORMS"]`);
    if (!template || !rows || !total) return null;
    const prefix = `${list}-${total.value}`;
    const holder = document.createElement("template");
    holder.innerHTML = template.innerHTML.replaceAll(PLACEHOLDER[kind] ?? `${kind}-__prefix__`, prefix);
    const row = holder.content.firstElementChild;
    // An empty row is no correction: saving leaves it out.
    window.withoutCountingAsEdit(() => {
      total.value = String(Number(total.value) + 1);
      rows.querySelector(":scope > .plan-blank").before(row);
    });
    for (const [name, value] of Object.entries(values)) {
      const field = row.querySelector(`[name="${CSS.escape(prefix)}-${name}"]`);
      if (field) field.value = value;
    }
    enhance(row);
    if (kind === "tasks") nameTask(row);
    open(row);
    if (Object.keys(values).length) form.dispatchEvent(new Event("change", { bubbles: true }));
    intoView(ledger, row);
    const first = row.querySelector("input:not([type=hidden]), select, textarea");
    if (first) first.focus({ preventScroll: true });
    return row;
  }

  function enhance(part) {
    for (const button of part.querySelectorAll(".plan-add")) {
      const blank = button.parentElement.querySelector(":scope > .plan-blank");
      if (blank.querySelector(".errorlist")) continue;
      blank.hidden = true;
      button.hidden = false;
    }
  }
  enhance(form);
  ledger.addEventListener("click", (event) => {
    const button = event.target.closest("[data-add]");
    if (button) addRow(button.dataset.add);
  });

  // --- the actions that a task can stand under -----------------------------------------------------------
  function nameActions() {
    const rows = form.querySelectorAll('[data-rows="actions"] > [data-key]');
    const selects = [...form.querySelectorAll('select[name$="-action"]')];
    for (const template of form.querySelectorAll("template")) selects.push(...template.content.querySelectorAll('select[name$="-action"]'));
    for (const row of rows) {
      const place = row.dataset.key.slice("actions-".length);
      const title = row.querySelector('[name$="-title"]').value;
      for (const select of selects) {
        let option = [...select.options].find((one) => one.value === place);
        if (!option) {
          if (!title) continue;
          option = new Option(title, place);
          select.add(option);
        }
        option.textContent = title || "—";
      }
    }
  }
  ledger.addEventListener("input", (event) => {
    if (event.target.closest('[data-rows="actions"]')) nameActions();
    const task = event.target.closest(".plan-task");
    if (task && event.target.closest(".plan-task-body > .plan-cells")) nameTask(task);
  });

  function nameTask(task) {
    for (const name of ["number", "title"]) {
      const field = task.querySelector(`[name="${CSS.escape(task.dataset.key)}-${name}"]`);
      if (field) task.querySelector(`.plan-task-${name}`).textContent = field.value;
    }
  }

  // --- selected words become an item -----------------------------------------------------------------------
  const tools = form.querySelector("[data-selection]");
  let chosen = null;

  // Offsets of the server count characters; a string here counts UTF-16 units.
  const length = (string) => Array.from(string).length;

  function offsetOf(node, offset) {
    const element = node.nodeType === Node.TEXT_NODE ? node.parentElement : node.childNodes[offset]?.parentElement ?? node;
    const piece = element.closest?.("[data-start]");
    if (!piece) return null;
    const inside = node.nodeType === Node.TEXT_NODE ? length(node.data.slice(0, offset)) : 0;
    return { place: Number(piece.dataset.start) + inside, piece };
  }

  function takeSelection() {
    const selection = window.getSelection();
    chosen = null;
    if (selection.rangeCount && !selection.isCollapsed) {
      const range = selection.getRangeAt(0);
      if (text.contains(range.startContainer) && text.contains(range.endContainer)) {
        const start = offsetOf(range.startContainer, range.startOffset);
        const end = offsetOf(range.endContainer, range.endOffset);
        const words = range.toString();
        if (start && end && words.trim()) {
          const lead = length(words) - length(words.trimStart());
          const tail = length(words) - length(words.trimEnd());
          const task = (start.piece.dataset.keys.match(/tasks-\d+/) ?? [""])[0];
          chosen = { start: start.place + lead, end: end.place - tail, words: words.replace(/\s+/g, ""), task };
        }
      }
    }
    if (!chosen && tools.contains(document.activeElement)) return;
    tools.hidden = !chosen;
    for (const button of tools.querySelectorAll('[data-take="units"], [data-take="deadlines"]')) button.disabled = !chosen?.task;
  }

  if (tools) {
    document.addEventListener("selectionchange", takeSelection);
    tools.addEventListener("mousedown", (event) => event.preventDefault());
    tools.addEventListener("click", (event) => {
      const kind = event.target.closest("[data-take]")?.dataset.take;
      if (!kind || !chosen) return;
      const { start, end, words, task } = chosen;
      const values = { start, end };
      if (kind === "tasks") Object.assign(values, { title: words.slice(0, 40), words, title_start: start, title_end: end });
      if (kind === "units") values.name = words.slice(0, 120);
      if (kind === "deadlines" || kind === "reporting") values.text = words.slice(0, 255);
      if (kind === "citations") values.number = words.slice(0, 80);
      const inTask = kind === "units" || kind === "deadlines";
      window.getSelection().removeAllRanges();
      tools.hidden = true;
      addRow(inTask ? `${task}-${kind}` : kind, values);
    });
  }
})();
