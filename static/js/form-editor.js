// The editor of forms in the Wagtail admin: questions drawn when opened, and logic made by clicking.

import "./form-editor-blocks.js";
import "./logic-editor-widgets.js";
