// What a page says while it saves by itself: a line beside the buttons, and both answers where two people differ.
"use strict";

(() => {
  const button = (words, style, act) => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = `btn btn-sm ${style}`;
    made.textContent = words;
    made.addEventListener("click", act);
    return made;
  };

  const link = (words, href, target) => {
    const made = document.createElement("a");
    made.textContent = words;
    made.href = href;
    if (target) {
      made.target = target;
      made.rel = "opener";
    }
    return made;
  };

  class DraftNotices {
    constructor(form, element) {
      this.form = form;
      this.words = element.dataset;
      this.state = form.querySelector("[data-saved-state]");
      this.line = form.querySelector("[data-draft-notice]");
      this.presence = document.querySelector("[data-draft-present]");
      this.said = new Map(); // what about → line; each stays until it is no longer so
    }

    saved(text) {
      if (this.state) this.state.textContent = text;
    }

    here(text) {
      if (!this.presence) return;
      if (this.presence.textContent !== text) this.presence.textContent = text;
      this.presence.hidden = !text;
    }

    /** Say something about a matter, with what can be done; nothing takes it back. */
    say(matter, text = "", ...ways) {
      const known = this.said.get(matter);
      if (known?.dataset.text === text) return;
      known?.remove();
      this.said.delete(matter);
      if (text) {
        const made = document.createElement("p");
        made.dataset.text = text;
        made.append(text, ...ways.flatMap((way) => [" ", way]));
        this.line.append(made);
        this.said.set(matter, made);
      }
      this.line.hidden = this.said.size === 0;
    }

    signedOut() {
      const { signInUrl, signedOut, signInTab, signInHere } = this.words;
      this.say("trouble", signedOut, link(signInTab, signInUrl, "_blank"), link(signInHere, signInUrl));
    }

    offline() {
      this.say("trouble", this.words.offline);
    }

    calm() {
      this.say("trouble");
    }

    /** Both answers at the question, and the choice. */
    both(question, told, { mine, theirs }) {
      this.settled(question);
      const box = document.createElement("div");
      box.className = "draft-conflict";
      box.dataset.draftConflict = told.key;
      box.setAttribute("role", "group");
      box.setAttribute("aria-label", `${told.label}: ${theirs && mine ? this.words.differs : this.words.locked}`);
      const said = document.createElement("p");
      said.setAttribute("role", "alert");
      said.textContent = mine ? this.words.differs : this.words.locked;
      const values = document.createElement("div");
      values.innerHTML = told.html; // drawn by the portal's own template
      const ways = document.createElement("p");
      ways.className = "draft-ways";
      if (mine) ways.append(button(this.words.keepMine, "btn-primary", mine));
      ways.append(button(this.words.takeTheirs, "btn-outline-primary", theirs));
      box.append(said, values, ways);
      question.append(box);
    }

    settled(question) {
      question.querySelector(":scope > .draft-conflict")?.remove();
    }
  }

  window.draftWays = { button, link };
  window.DraftNotices = DraftNotices;
})();
