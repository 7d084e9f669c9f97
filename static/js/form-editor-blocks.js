// Questions whose inputs are drawn when they are opened. A form has hundreds of settings and an editor opens a few; until
// then the question's state is sent as JSON in one input (forms/builder/editor/state.py).

import { CHANGED, shared } from "./logic-editor-shared.js";
import { filled } from "./logic-editor-words.js";

const { StructBlock, StructBlockDefinition } = window.wagtailStreamField.blocks;

// Columns of a copied table have new keys; conditions on their own row go with them.
function followColumns(copies, originals) {
  for (const copy of copies) {
    if (!copy.value.logic) continue;
    originals.forEach(({ id }, index) => {
      copy.value.logic = copy.value.logic.replaceAll(`"row.${id}"`, `"row.${copies[index].id}"`);
    });
  }
}

class LateBlock {
  constructor(definition, placeholder, prefix, state, error) {
    this.blockDef = definition;
    this.type = definition.name;
    this.prefix = prefix;
    this.state = state ?? {};
    this.drawn = null;

    this.element = document.createElement("div");
    this.input = document.createElement("input");
    Object.assign(this.input, { type: "hidden", name: prefix, value: JSON.stringify(this.state) });
    this.element.append(this.input);
    placeholder.replaceWith(this.element);

    this.element.closest("[data-streamfield-child]").toggleAttribute("data-numbered", Boolean(shared.types?.[this.type]?.answers));
    const toggle = this.element.closest("[data-panel]").querySelector("[data-panel-toggle]");
    toggle.addEventListener("wagtail:panel-toggle", (event) => {
      if (event.detail.expanded) this.draw();
    });
    // Whoever makes the block collapses it straight away, or leaves it open.
    queueMicrotask(() => {
      if (toggle.getAttribute("aria-expanded") === "true") this.draw();
    });
    if (error) this.setError(error);
  }

  draw() {
    if (this.drawn) return this.drawn;
    const { name, childBlockDefs, meta } = this.blockDef;
    const plain = new StructBlockDefinition(name, childBlockDefs, meta);
    plain.collapsible = false;
    // Opening a question sends other inputs than before, but changes nothing that would have to be saved.
    window.withoutCountingAsEdit(() => {
      const place = document.createElement("div");
      this.input.replaceWith(place);
      this.drawn = new StructBlock(plain, place, this.prefix, this.state, null);
    });
    return this.drawn;
  }

  get container() {
    return this.draw().container;
  }

  get childBlocks() {
    return this.draw().childBlocks;
  }

  setState(state) {
    if (this.drawn) this.drawn.setState(state);
    else {
      this.state = state;
      this.input.value = JSON.stringify(state);
    }
  }

  setError(error) {
    if (error && (error.messages || error.blockErrors)) this.draw().setError(error);
    else this.drawn?.setError(error);
  }

  getState() {
    return this.drawn ? this.drawn.getState() : this.state;
  }

  getValue() {
    return this.draw().getValue();
  }

  // What is copied inside gets keys of its own; Wagtail's blocks know how, once they are drawn.
  getDuplicatedState() {
    const state = this.draw().getDuplicatedState();
    if (state.columns) followColumns(state.columns, this.childBlocks.columns.children);
    return state;
  }

  getTextLabel({ maxLength } = {}) {
    const state = this.getState();
    const label = String(state.label ?? "").trim();
    const marks = this.marks(state).join(shared.words?.listed);
    const short = maxLength && label.length > maxLength ? `${label.slice(0, maxLength - 1)}…` : label;
    return marks ? filled(shared.words.marks, { label: short, marks }) : short;
  }

  marks({ required, logic }) {
    const { words } = shared;
    if (!words) return [];
    const isSet = (slot) => String(logic ?? "").includes(`"${slot}":`);
    return [
      required && words.required,
      isSet("value") && words.calculated,
      ["show", "require", "enable"].some(isSet) && words.conditional,
    ].filter(Boolean);
  }

  focus(options) {
    this.draw().focus(options);
  }
}

class LateBlockDefinition extends StructBlockDefinition {
  render(placeholder, prefix, state, error) {
    return new LateBlock(this, placeholder, prefix, state, error);
  }
}

// A comment stands beside the setting it speaks of: what has one is drawn.
function drawCommented() {
  const comments = window.comments?.commentApp?.store.getState().comments.comments ?? new Map();
  const root = document.getElementById("form_fields-root")?.rootBlock;
  for (const { contentpath } of comments.values()) {
    const [field, key] = contentpath.split(".");
    const child = field === "form_fields" && root?.children.find(({ id }) => id === key);
    child?.block.draw?.();
  }
}

document.addEventListener(CHANGED, drawCommented, { once: true });

window.telepath.register("portal.forms.LateBlock", LateBlockDefinition);
