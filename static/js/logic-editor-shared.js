// What all modules of the editor share: words and facts that come with the first control (forms/builder/editor/words.py).

export const shared = {};

// Sent to the document after questions, labels, choices or logic have changed.
export const CHANGED = "form-editor:changed";

// Under which name of the stored JSON a slot's rule stands.
export const KEY_OF_SLOT = { check: "logic" };
