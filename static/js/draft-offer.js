// Offers back what this browser holds of a report and the server has not. Nothing is put into the report unasked: the
// server says what differs, and is told to keep it when the person wants it.
"use strict";

(() => {
  const { button } = window.draftWays ?? {};

  class DraftOffer {
    constructor(draft) {
      this.draft = draft;
      this.words = draft.words;
      this.box = document.querySelector("[data-draft-offer]");
    }

    async look() {
      this.draft.answered = null;
      const all = await window.draftStore.of(this.words.user, this.words.report);
      this.records = all.filter((one) => one.id !== this.draft.id);
      if (!this.records.length) return;
      this.questions = Object.assign({}, ...this.records.map((one) => one.questions));
      const sent = this.records.map((one) => one.sentKey).find(Boolean);
      const result = await this.ask([["compare", "1"], ...(sent ? [[".sent", sent]] : [])]);
      if (result.kind !== "ok") {
        this.draft.answered = () => this.look(); // once the server can be reached
        return;
      }
      if (result.answer.sent || !result.answer.differing.length) await this.forget();
      else this.show(result.answer.differing);
    }

    ask(more, keys = Object.keys(this.questions)) {
      const bases = Object.fromEntries(keys.map((key) => [key, this.questions[key].base ?? ""]));
      const pairs = keys.flatMap((key) => this.questions[key].pairs);
      return this.draft.server.post(this.words.keepUrl, [[".base", JSON.stringify(bases)], ...more, ...pairs]);
    }

    async forget() {
      for (const record of this.records) await window.draftStore.remove(record.id);
      this.box.hidden = true;
      this.box.replaceChildren();
    }

    show(differing) {
      const at = new Date(Math.max(...this.records.map((one) => one.at)));
      const time = at.toLocaleString(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" });
      const title = document.createElement("h2");
      title.textContent = this.words.offer.replace("{time}", time);
      const hint = document.createElement("p");
      hint.textContent = this.words.offerHint;
      const restore = button(this.words.restore, "btn-primary", () => this.restore());
      const discard = button(this.words.discard, "btn-outline-secondary", () => this.forget());
      this.fill([title, hint], differing, [restore, discard]);
    }

    fill(said, told, ways) {
      const list = told.map((one) => {
        const part = document.createElement("div");
        part.className = "draft-offered";
        part.innerHTML = one.html; // drawn by the portal's own template
        return part;
      });
      const foot = document.createElement("p");
      foot.className = "draft-ways";
      foot.append(...ways);
      this.box.replaceChildren(...said, ...list, foot);
      this.box.hidden = false;
    }

    /** Let the server keep it; where somebody has changed the same meanwhile, ask which is to stay. */
    async restore(keys = Object.keys(this.questions)) {
      const result = await this.ask([], keys);
      if (!this.draft.understand(result)) return;
      const { conflicts, locked } = result.answer;
      const left = [...conflicts, ...locked];
      if (!left.length) {
        await this.forget();
        await this.draft.reload();
        return;
      }
      const title = document.createElement("h2");
      title.textContent = conflicts.length ? this.words.differs : this.words.locked;
      const mine = button(this.words.keepMine, "btn-primary", () => {
        for (const one of conflicts) this.questions[one.key].base = one.base;
        this.restore(conflicts.map((one) => one.key));
      });
      const theirs = button(this.words.takeTheirs, "btn-outline-primary", async () => {
        await this.forget();
        await this.draft.reload();
      });
      this.fill([title], left, conflicts.length ? [mine, theirs] : [theirs]);
    }
  }

  if (window.draft && !document.querySelector(".conflict")) new DraftOffer(window.draft).look().catch(() => {});
  document.querySelector("[data-take-theirs]")?.addEventListener("click", async (event) => {
    if (!window.draft) return;
    event.preventDefault();
    const { words } = window.draft;
    try {
      for (const one of await window.draftStore.of(words.user, words.report)) await window.draftStore.remove(one.id);
    } finally {
      window.draft.leaving = true;
      location.href = event.target.href;
    }
  });
})();
