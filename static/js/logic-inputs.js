// What stands in the inputs of a question, as expressions see it. Inputs whose name begins with a dot (explanations,
// "same as last time") stand beside an answer and are none.
(function (root, make) {
  root.logicInputs = make(root.logicReading);
})(globalThis, function (reading) {
  "use strict";

  const CONTROLS = "input[name], select[name], textarea[name]";
  const REGION = /^\d{6}$/;

  function controlsOf(element) {
    return [...element.querySelectorAll(CONTROLS)].filter((one) => !one.name.startsWith("."));
  }

  // A label typed with suggestions stands for its code; the label of nothing is no answer, as on the server.
  function codeOf(input) {
    const typed = input.value.trim();
    const chosen = [...input.list.options].find((one) => one.value === typed || one.dataset.code === typed);
    return chosen?.dataset.code ?? "";
  }

  // The values of the inputs of one question: of boxes and radio buttons those that are chosen.
  function textsOf(element) {
    return controlsOf(element)
      .filter((one) => !["checkbox", "radio"].includes(one.type) || one.checked)
      .map((one) => (one.list ? codeOf(one) : one.value));
  }

  // Files count: those that are kept and those that are chosen; where there may be one, a new one takes its place.
  function countOfFiles(element) {
    const chosen = [...element.querySelectorAll("input[type=file]")].reduce((sum, one) => sum + one.files.length, 0);
    const kept = element.querySelectorAll('input[name$=".keep"]').length;
    const dropped = element.querySelectorAll('input[name$=".drop"]:checked').length;
    const takesMany = element.querySelector("input[type=file][multiple]");
    return (chosen && !takesMany ? chosen : chosen + kept - dropped) || null;
  }

  function signatureOf(element) {
    const value = (end) => element.querySelector(`input[name$="${end}"]`)?.value;
    const isKept = element.querySelector("[data-signature-stored]") && !element.querySelector('input[name$=".drop"]:checked');
    return value(".drawn") || value(".typed")?.trim() || isKept ? "signed" : null;
  }

  // The number of a region, once all its menus are chosen. Before its script has run the input holds the name.
  function regionOf(element, known) {
    const [text = ""] = textsOf(element);
    if (!REGION.test(text)) return text ? known : null;
    const open = [...element.querySelectorAll(".region select")].some((one) => !one.hidden && !one.value);
    return open ? null : text;
  }

  // `known`: the stored answer, for what cannot be read from the page yet.
  function answerOf(node, element, known = null) {
    if (node.type === "signature") return signatureOf(element);
    if (node.type === "region") return regionOf(element, known);
    if (element.querySelector("input[type=file]")) return countOfFiles(element);
    return reading.readAnswer(node, textsOf(element));
  }

  // A row in which nothing stands is no row.
  function isBlankRow(row) {
    return controlsOf(row).every((one) => {
      if (one.name.endsWith(".DELETE")) return true;
      return one.type === "checkbox" || one.type === "radio" ? !one.checked : one.value === "";
    });
  }

  return { controlsOf, answerOf, isBlankRow };
});
