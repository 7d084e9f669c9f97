// What stands in the inputs of a question, as expressions see it. Inputs whose name begins with a dot (explanations,
// "same as last time") stand beside an answer and are none.
(function (root, make) {
  root.logicInputs = make(root.logicReading, root.choiceOffers, root.regionList);
})(globalThis, function (reading, offers, regions) {
  "use strict";

  const CONTROLS = "input[name], select[name], textarea[name]";

  function controlsOf(element) {
    return [...element.querySelectorAll(CONTROLS)].filter((one) => !one.name.startsWith("."));
  }

  // The values of the inputs of one question: of boxes and radio buttons those that are chosen.
  function textsOf(element) {
    return controlsOf(element)
      .filter((one) => !["checkbox", "radio"].includes(one.type) || one.checked)
      .map((one) => one.value);
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

  // The number of a region. What the server has drawn it also has read, such as the name of a region that is called
  // otherwise by now; the list, which says of everything else what it is, may come later than the page.
  function regionOf(node, element) {
    const [input] = controlsOf(element);
    if (!input?.value) return null;
    if (input.value === input.defaultValue) return input.dataset.code || null;
    const known = regions.loaded(input.dataset.regions);
    return known && reading.readAnswer({ kind: "region", reading: { ...node.reading, regions: known } }, [input.value]);
  }

  // An input with suggestions takes labels; they stand for their codes.
  function typedChoiceOf(node, input) {
    const offer = offers.offerOf(input);
    return reading.readAnswer({ kind: node.kind, reading: { ...node.reading, offer } }, [input.value]);
  }

  function answerOf(node, element) {
    if (node.type === "signature") return signatureOf(element);
    if (node.type === "region") return regionOf(node, element);
    if (element.querySelector("input[type=file]")) return countOfFiles(element);
    const [first] = controlsOf(element);
    return first && offers.takesText(first) ? typedChoiceOf(node, first) : reading.readAnswer(node, textsOf(element));
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
