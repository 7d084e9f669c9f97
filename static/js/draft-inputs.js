// Questions of a form that is filled in, and what their inputs would send. Files are not part of it.
"use strict";

(() => {
  const INPUTS = "input[name], select[name], textarea[name]";
  const NO_ANSWER = new Set(["file", "submit", "button", "reset", "image"]);

  /** The question that an element belongs to: a cell of a table belongs to the table. */
  function questionOf(element) {
    let found = element.closest("[data-question]");
    for (let above = found; above; above = above.parentElement?.closest("[data-question]")) found = above;
    return found;
  }

  /** What the inputs of a question send, as pairs; those that take no answer now keep what was typed. */
  function pairsOf(question) {
    const pairs = [];
    for (const input of question.querySelectorAll(INPUTS)) {
      if (NO_ANSWER.has(input.type)) continue;
      if ((input.type === "checkbox" || input.type === "radio") && !input.checked) continue;
      if (input.type === "select-multiple") for (const option of input.selectedOptions) pairs.push([input.name, option.value]);
      else pairs.push([input.name, input.value]);
    }
    return pairs;
  }

  /** The question as read: its label without marks. */
  function labelOf(question) {
    const label = question.querySelector(".form-label");
    const words = [...(label?.childNodes ?? [])].filter((node) => node.nodeType === Node.TEXT_NODE);
    return words.map((node) => node.textContent.trim()).join("");
  }

  /** The form's questions by key, in order. */
  function questionsOf(form) {
    const all = [...form.querySelectorAll("[data-question]")].filter((one) => questionOf(one) === one);
    return new Map(all.map((one) => [one.dataset.question, one]));
  }

  window.draftInputs = { questionOf, pairsOf, labelOf, questionsOf };
})();
