// In the page editor: where a new report's answer comes from. The menu and the words are kept in one hidden input as JSON.
(function () {
  "use strict";

  class PrefillController extends window.StimulusModule.Controller {
    static targets = ["source", "value", "json"];

    connect() {
      const kept = this.read();
      this.sourceTarget.value = kept.from ?? "";
      this.valueTarget.value = kept.value ?? "";
      this.show();
    }

    // What another form gives is set elsewhere and stays until another source is chosen.
    write() {
      const source = this.sourceTarget.value;
      let kept = {};
      if (source === "form") kept = this.read();
      else if (source === "constant") kept = { from: source, value: this.valueTarget.value };
      else if (source) kept = { from: source };
      this.jsonTarget.value = source ? JSON.stringify(kept) : "";
      this.jsonTarget.dispatchEvent(new Event("change", { bubbles: true }));
      this.show();
    }

    read() {
      try {
        return JSON.parse(this.jsonTarget.value || "{}");
      } catch {
        return {};
      }
    }

    show() {
      this.valueTarget.hidden = this.sourceTarget.value !== "constant";
      const other = this.sourceTarget.querySelector('option[value="form"]');
      other.hidden = this.sourceTarget.value !== "form";
    }
  }

  window.wagtail.app.register("prefill", PrefillController);
})();
