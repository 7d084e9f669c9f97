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
