// What a question offers to choose from, and the choice that a text means: forms/builder/fields/offers.py does the same
// on the server. A list of suggestions is shared by all rows of a table, and form-cascade.js takes out of lists what does
// not belong to another answer: here all of it is known.
(function (root, make) {
  if (typeof module === "object" && module.exports) module.exports = make();
  else root.choiceOffers = make();
})(globalThis, function () {
  "use strict";

  const BETWEEN = /([、，,;；\n]+)/; // between several choices in one text

  // The label as it is compared with what was typed: width, case and spaces do not count.
  function plain(label) {
    return label.normalize("NFKC").replace(/\s+/g, "").toUpperCase().toLowerCase();
  }

  const indexes = new WeakMap();

  // Codes, and codes by plain label; of two that read the same the first. `offer`: [[code, label], …].
  function indexOf(offer) {
    if (!indexes.has(offer)) {
      const byLabel = new Map();
      for (const [code, label] of offer) if (!byLabel.has(plain(label))) byLabel.set(plain(label), code);
      indexes.set(offer, { codes: new Set(offer.map(([code]) => code)), byLabel });
    }
    return indexes.get(offer);
  }

  // The code that was typed, or the one behind the label that was typed; null for neither.
  function codeOf(text, offer) {
    const typed = text.trim();
    const { codes, byLabel } = indexOf(offer);
    return typed && codes.has(typed) ? typed : byLabel.get(plain(typed)) ?? null;
  }

  // Several of them in one text: codes between spaces, labels between 、. A label may hold the mark that separates
  // labels: the longest one that is known is meant. What is not understood is null.
  function codesOf(text, offer) {
    const whole = codeOf(text, offer);
    if (whole !== null) return [whole];
    const words = text.split(/\s+/).filter(Boolean);
    if (words.every((word) => indexOf(offer).codes.has(word))) return words;
    const pieces = text.split(BETWEEN); // every second one is a mark
    const found = [];
    let at = 0;
    while (at < pieces.length) {
      let to = pieces.length;
      while (to > at + 1 && codeOf(pieces.slice(at, to).join(""), offer) === null) to -= 2;
      const piece = pieces.slice(at, Math.max(to, at + 1)).join("").trim();
      if (piece) found.push(codeOf(piece, offer));
      at = Math.max(to, at + 1) + 1;
    }
    return found;
  }

  // --- controls -----------------------------------------------------------------------------------------------------

  const known = new WeakMap();

  // Whether labels are typed; where there is nothing to suggest there is no list either.
  const takesText = (control) => control.hasAttribute("list");

  // All options of a menu or of an input with suggestions, also those that are not shown now: {code, label, element}.
  function optionsOf(control) {
    const source = control.list ?? control;
    if (!known.has(source)) {
      const found = [...(source.options ?? [])].map((element) => ({
        code: element.dataset.code ?? element.value,
        label: takesText(control) ? element.value : element.text,
        element,
      }));
      known.set(source, found);
    }
    return known.get(source);
  }

  const offers = new WeakMap();

  // The same as [[code, label], …], without the line that stands for no answer.
  function offerOf(control) {
    const options = optionsOf(control);
    if (!offers.has(options)) offers.set(options, options.filter(({ code }) => code).map(({ code, label }) => [code, label]));
    return offers.get(options);
  }

  // Choose it, whether or not the menu shows it now; an empty code for no answer.
  function choose(control, code) {
    const option = optionsOf(control).find((one) => one.code === code);
    if (takesText(control)) control.value = option && code ? option.label : "";
    else if (option) {
      if (!option.element.isConnected) control.append(option.element);
      control.value = code;
    }
  }

  return { plain, codeOf, codesOf, takesText, optionsOf, offerOf, choose };
});
