// Questions that came locked from a template: their settings are shown and still sent, but take no changes. The server
// refuses a change in any case; this only tells beforehand.
"use strict";

function lockOf(input) {
  try {
    return input.value ? JSON.parse(input.value) : null;
  } catch {
    return null;
  }
}

function applyLock(input) {
  const lock = lockOf(input);
  const question = input.closest("[data-streamfield-child]");
  if (!lock || !lock.template || !question || question.dataset.locked) return;
  question.dataset.locked = "true";
  const body = question.querySelector("[data-block-type]") || question;
  const note = document.createElement("p");
  note.className = "question-lock";
  note.textContent = input.dataset.words.replace("{template}", lock.template);
  for (const field of body.querySelectorAll("input:not([type=hidden]), select, textarea")) {
    field.readOnly = true;
    field.closest("[data-contentpath]")?.setAttribute("inert", "");
  }
  body.prepend(note);
}

function applyLocks(root) {
  for (const input of root.querySelectorAll("[data-question-lock]")) applyLock(input);
}

document.addEventListener("DOMContentLoaded", () => {
  applyLocks(document);
  new MutationObserver((changes) => {
    for (const change of changes) {
      for (const node of change.addedNodes) if (node.nodeType === Node.ELEMENT_NODE) applyLocks(node);
    }
  }).observe(document.body, { childList: true, subtree: true });
});
