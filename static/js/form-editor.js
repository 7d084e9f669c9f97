// The editor of forms in the Wagtail admin: questions drawn when opened, and logic made by clicking.

import "./form-editor-blocks.js";
import "./logic-editor-widgets.js";

// Saving over another editor's version was refused: it is for this editor to decide, not for automatic saving.
const refused = document.querySelector('[data-edit-form] input[name="stale"]');
if (refused?.value) {
  refused.value = "";
  refused.form.dataset.wAutosaveActiveValue = "false";
}
