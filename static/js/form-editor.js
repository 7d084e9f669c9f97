// The editor of forms in the Wagtail admin: questions drawn when opened, and logic made by clicking.

import "./form-editor-blocks.js";
import "./logic-editor-widgets.js";

// Whoever asks for another question types its name straight away; Wagtail leaves the cursor on the button.
document.addEventListener("click", (event) => {
  if (!event.target.closest('.c-sf-add-button[aria-expanded="true"]')) return;
  let frames = 0;
  (function focus() {
    const search = document.querySelector("[data-tippy-root] .w-combobox input");
    if (search?.offsetParent) search.focus({ preventScroll: true });
    if (document.activeElement !== search && (frames += 1) < 30) requestAnimationFrame(focus);
  })();
});

// Saving over another editor's version was refused: it is for this editor to decide, not for automatic saving.
const refused = document.querySelector('[data-edit-form] input[name="stale"]');
if (refused?.value) {
  refused.value = "";
  refused.form.dataset.wAutosaveActiveValue = "false";
}

// Automatic saving reads the page some time before it sends it. A click on save or publish waits until that has arrived:
// else the older state would be the newest version, and of a new form there would be two.
const form = document.querySelector("[data-edit-form]");
let waits = false;

function sendAfterSaving(event) {
  const autosave = window.wagtail.app.getControllerForElementAndIdentifier(form, "w-autosave");
  if (!autosave) return;
  autosave.activeValue = false;
  if (!autosave.submitPromise) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (waits) return;
  waits = true;
  const { submitter } = event;
  autosave.submitPromise.finally(() => {
    waits = false;
    // Wagtail has switched the button off to show that it works; one that is off is not sent along.
    if (submitter) submitter.disabled = false;
    form.requestSubmit(submitter);
  });
}

form?.addEventListener("submit", sendAfterSaving, { capture: true });
