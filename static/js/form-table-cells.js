// What a cell of a spreadsheet becomes in a cell of a table. What is understood is filled in; what is not stays beside
// the cell in words until somebody answers it: nothing that came with the paste is lost without a word.
(function () {
  "use strict";

  const INPUTS = "input:not([type=hidden]), select, textarea";
  // Pickers show nothing of what they do not understand.
  const PICKERS = { date: "date", month: "month", time: "time", "datetime-local": "datetime" };

  const oneLine = (text) => text.replace(/\s*\n\s*/g, " ");

  // The inputs that take the answer; not the menus over a region, which follow it, nor explanations.
  function controlsOf(cell) {
    return [...cell.querySelectorAll(INPUTS)].filter((one) => one.name && !one.closest("[data-reason]"));
  }

  // How answers stand in workbooks, whoever filled them in (forms/builder/fields/yes_no.py), and marks: 4.0, 4 / 5.
  const WORDS = {
    yes: /^(?:是|yes|y|true|1|√|✓)$/i,
    no: /^(?:否|no|n|false|0|×|✗)$/i,
    na: /^(?:不适用|na|n\/a|not applicable)$/i,
  };
  const MARK = /^(\d+)(?:\.0+|\s*\/\s*\d+)$/;

  function meant(text, offer) {
    const typed = text.normalize("NFKC").trim();
    const code = window.choiceOffers.codeOf(typed, offer);
    if (code !== null) return code;
    const isYesNo = offer[0]?.[0] === "yes" && offer[1]?.[0] === "no";
    const word = isYesNo && Object.keys(WORDS).find((one) => WORDS[one].test(typed));
    return window.choiceOffers.codeOf(word || MARK.exec(typed)?.[1] || "", offer);
  }

  function pick(select, text) {
    const code = text === "" ? "" : meant(text, window.choiceOffers.offerOf(select));
    if (code === null) return false;
    window.choiceOffers.choose(select, code);
    return true;
  }

  // A label that is not in the list stays as typed: the server says so too, and keeps it in the draft.
  function suggest(input, text) {
    const code = text === "" ? null : window.choiceOffers.codeOf(text, window.choiceOffers.offerOf(input));
    if (code === null) input.value = oneLine(text);
    else window.choiceOffers.choose(input, code);
    return code !== null || text === "" || "free" in input.dataset;
  }

  function tick(boxes, text) {
    const offer = boxes.map((box) => [box.value, box.labels?.[0]?.textContent.trim() ?? ""]);
    const codes = text === "" ? [] : window.choiceOffers.codesOf(text, offer);
    if (codes.includes(null) || (boxes[0].type === "radio" && codes.length > 1)) return false;
    for (const box of boxes) box.checked = codes.includes(box.value);
    return true;
  }

  // Its menus follow, and say what is wrong with it (form-region.js); in a new row they do so when they are drawn.
  function place(input, text) {
    input.value = oneLine(text);
    input.dispatchEvent(new Event("change"));
    const known = window.regionList.loaded(input.dataset.regions);
    const { depth, root } = input.dataset;
    return !text || !known || Boolean(known.answer(text, { depth: Number(depth), root }).place);
  }

  function when(input, text) {
    const { readAnswer } = window.logicReading;
    const found = text === "" ? "" : readAnswer({ kind: PICKERS[input.type] }, [text]);
    if (found === null) input.type = "text"; // shown as it was typed
    input.value = found ?? oneLine(text);
    return found !== null;
  }

  // Puts a text into a cell; false where it could not be understood.
  function put(cell, text) {
    const controls = controlsOf(cell).filter((one) => !one.disabled);
    if (!controls.length) return true; // worked out by the portal: nothing to fill in
    const [first, ...others] = controls;
    if (cell.querySelector("input[type=file], [data-signature]")) return text === "";
    if (first.type === "radio" || first.type === "checkbox") return tick(controls, text);
    if (first.tagName === "SELECT") return pick(first, text);
    if (first.dataset.regions) return place(first, text);
    if (window.choiceOffers.takesText(first)) return suggest(first, text);
    if (first.type in PICKERS) return when(first, text);
    first.value = first.tagName === "TEXTAREA" ? text : oneLine(text);
    for (const other of others) other.value = ""; // of a place: both numbers stand in the first
    return true;
  }

  let count = 0;

  // Says beside the cell what was pasted there; a region does so by itself.
  function note(cell, words) {
    unnote(cell);
    const [first] = controlsOf(cell);
    if (!first || first.dataset.regions) return;
    const told = document.createElement("p");
    count += 1;
    told.id = `paste-note-${count}`;
    told.className = "choice-note";
    told.dataset.pasteNote = "";
    told.textContent = words;
    (first.closest(".options") ?? first).after(told);
    first.setAttribute("aria-describedby", [first.getAttribute("aria-describedby"), told.id].filter(Boolean).join(" "));
  }

  function unnote(cell) {
    const told = cell.querySelector("[data-paste-note]");
    if (!told) return;
    for (const one of cell.querySelectorAll(`[aria-describedby~="${told.id}"]`)) {
      const rest = one.getAttribute("aria-describedby").split(" ").filter((id) => id !== told.id);
      if (rest.length) one.setAttribute("aria-describedby", rest.join(" "));
      else one.removeAttribute("aria-describedby");
    }
    told.remove();
  }

  // How the cell stands; calling the result brings that back.
  function remembered(cell) {
    const controls = controlsOf(cell).filter((one) => one.type !== "file");
    const values = controls.map((one) => ({ one, type: one.type, value: one.value, checked: one.checked }));
    const said = cell.querySelector("[data-paste-note]")?.textContent;
    return () => {
      for (const { one, type, value, checked } of values) {
        if (one.type !== type && one.tagName === "INPUT") one.type = type;
        if (one.tagName === "SELECT") window.choiceOffers.choose(one, value);
        else one.value = value;
        one.checked = checked;
        if (one.dataset.regions) one.dispatchEvent(new Event("change"));
      }
      if (said) note(cell, said);
      else unnote(cell);
    };
  }

  window.tableCells = { put, note, unnote, remembered };
})();
