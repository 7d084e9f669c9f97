// What a form's logic says on the page: what does not fit, what could not be calculated, what is asked now and what is
// no longer; and the inputs in which warnings are explained.
(function (root, make) {
  root.logicMessages = make();
})(globalThis, function () {
  "use strict";

  const SPEAK_AFTER = 900; // screen readers hear of changes once typing has paused
  const MOST_NAMED = 3;

  function element(name, properties, ...parts) {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...parts);
    return made;
  }

  function line(severity, text) {
    return element("p", { className: `message message--${severity}` }, text);
  }

  // In a table a reason is sent under the row's number on the page, as its inputs are.
  function reasonName(wrapper, finding) {
    const name = `.reasons.${finding.rule.key}`;
    if (finding.row === null) return name;
    const input = wrapper.closest("[data-row]").querySelector('[name]:not([name^="."])');
    return `${name}.${input.name.split(".")[1]}`;
  }

  class Messages {
    constructor(form, words) {
      this.words = words;
      this.status = element("p", { className: "visually-hidden" });
      this.status.setAttribute("role", "status");
      form.append(this.status);
      this.appeared = new Set();
      this.gone = new Set();
      this.timer = 0;
    }

    // Beside a question: what checks find there, and why it could not be calculated.
    say(wrapper, findings = [], notice = "") {
      const places = [...wrapper.querySelectorAll("[data-messages]")];
      const place = places.find((one) => one.closest("[data-question]") === wrapper);
      if (!place) return;
      const lines = findings.map((one) => line(one.rule.severity, one.rule.message));
      if (notice) lines.push(line("information", notice));
      const stands = [...place.children];
      if (stands.length !== lines.length || lines.some((one, at) => !one.isEqualNode(stands[at]))) {
        place.replaceChildren(...lines);
      }
      for (const own of wrapper.querySelectorAll("[data-notice]")) own.hidden = true; // the server's, of before
      this.askForReasons(wrapper, place, findings);
    }

    // A warning must be explained; what was typed is kept while the warning comes and goes.
    askForReasons(wrapper, place, findings) {
      const warnings = findings.filter((one) => one.rule.severity === "warning");
      const wanted = warnings.map((one) => reasonName(wrapper, one));
      const isOwn = (one) => one.closest("[data-question]") === wrapper;
      const blocks = [...wrapper.querySelectorAll("[data-reason]")].filter(isOwn);
      for (const block of blocks) block.hidden = !wanted.includes(block.dataset.reason);
      const missing = wanted.filter((name) => !blocks.some((one) => one.dataset.reason === name));
      for (const name of missing) place.after(this.reasonBlock(name, place.id));
    }

    reasonBlock(name, describedBy) {
      const mark = element("span", { className: "required-mark" }, this.words.required);
      const label = element("label", { className: "form-label", htmlFor: `id_${name}` }, this.words.explanation, " ", mark);
      const input = element("textarea", { className: "form-control", name, id: `id_${name}`, rows: 2, maxLength: 500 });
      if (describedBy) input.setAttribute("aria-describedby", describedBy);
      const block = element("div", { className: "question-reason" }, label, input);
      block.dataset.reason = name;
      return block;
    }

    // A question has come or gone; said in one sentence for all that do so together.
    note(label, isShown) {
      (isShown ? this.appeared : this.gone).add(label);
      (isShown ? this.gone : this.appeared).delete(label);
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.speak(), SPEAK_AFTER);
    }

    speak() {
      const said = [this.sentence(this.words.appeared, this.appeared), this.sentence(this.words.gone, this.gone)];
      this.status.textContent = said.filter(Boolean).join(" ");
      this.appeared.clear();
      this.gone.clear();
    }

    sentence(pattern, labels) {
      const all = [...labels].map((label) => `“${label}”`);
      if (!all.length) return "";
      const named = all.slice(0, MOST_NAMED).join(this.words.separator);
      const shown = all.length > MOST_NAMED ? this.words.and_more.replace("%(labels)s", () => named) : named;
      return pattern.replace("%(labels)s", () => shown);
    }
  }

  return { Messages };
});
