// Notices when questions are added, removed or renamed: conditions that name a deleted one say so at once.

import { element } from "./logic-editor-controls.js";
import { currentOutline, streamState } from "./logic-editor-outline.js";
import { CHANGED, KEY_OF_SLOT, shared } from "./logic-editor-shared.js";
import { Speaker, filled } from "./logic-editor-words.js";

const QUIET = 200; // milliseconds without another change

function rulesOf(text) {
  try {
    return Object.entries(JSON.parse(text || "{}") ?? {});
  } catch {
    return [];
  }
}

const slotOf = (name) => Object.keys(KEY_OF_SLOT).find((slot) => KEY_OF_SLOT[slot] === name) ?? name;

// Every rule that names a question which is not there: [{label, slot, key}].
function brokenRules(outline) {
  const places = [
    ...outline.questions.map((one) => ({ ...one, row: null })),
    ...outline.questions.flatMap((one) => one.columns.map((column) => ({ ...column, row: one }))),
    ...streamState("form_rules").map(({ id, value }) => ({
      key: id,
      label: value.message,
      row: outline.find((value.at ?? "").split(".")[0]) ?? null,
      settings: { logic: value.check },
    })),
  ];
  return places.flatMap(({ key, label, row, settings }) => {
    const speaker = new Speaker(outline, row);
    const broken = rulesOf(settings.logic).filter(([, rule]) => speaker.brokenIn(rule).length);
    return broken.map(([name]) => ({ key: row?.columns?.some((one) => one.key === key) ? row.key : key, label, slot: slotOf(name) }));
  });
}

function openBlock(key) {
  const block = document.querySelector(`[data-streamfield-child][data-contentpath="${key}"]`);
  const toggle = block?.querySelector("[data-panel-toggle]");
  if (toggle?.getAttribute("aria-expanded") === "false") toggle.click();
  const logic = block?.querySelector(".logic-summary");
  logic?.dispatchEvent(new Event("beforematch", { bubbles: true }));
  const wanted = logic?.querySelector("button") ?? toggle;
  wanted?.focus();
  wanted?.scrollIntoView({ block: "center" });
}

function drawNotice(notice) {
  const { words, slots } = shared;
  const found = words ? brokenRules(currentOutline()) : [];
  const lines = found.map(({ key, label, slot }) => {
    const said = filled(words.brokenOne, { label: label || words.untitled, slot: slots[slot] });
    return element("li", {}, element("button", { type: "button", onclick: () => openBlock(key) }, said));
  });
  notice.replaceChildren(...(lines.length ? [words.brokenList, element("ul", {}, lines)] : []));
}

function watch(root) {
  const notice = element("div", { class: "logic-notice", role: "status" });
  root.before(notice);
  let timer = null;
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(() => document.dispatchEvent(new Event(CHANGED)), QUIET);
  };
  document.addEventListener(CHANGED, () => drawNotice(notice));
  new MutationObserver((changes) => {
    const isStream = (node) => node.matches?.("[data-streamfield-stream-container], [data-streamfield-child]");
    if (changes.some(({ target }) => isStream(target))) later();
  }).observe(root, { childList: true, subtree: true, attributes: true, attributeFilter: ["aria-hidden"] });
  root.addEventListener("change", (event) => {
    if (event.target.matches('[name$="-label"], [name$="-value"], [name*="-choices"]')) later();
  });
  later();
}

// Called while the page's blocks are being made; they are there when that has ended.
export function startWatching() {
  queueMicrotask(() => {
    const root = document.getElementById("form_fields-root");
    if (root && !document.querySelector(".logic-notice")) watch(root);
  });
}
