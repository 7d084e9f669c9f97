// Saves what is typed by itself: at once in the browser, every few seconds on the server, and only what has changed.
// Without it the page is saved with its buttons.
"use strict";

(() => {
  const { questionOf, pairsOf, labelOf, questionsOf } = window.draftInputs;
  const AFTER_TYPING = 300; // milliseconds: nobody looks at every letter of a long table
  const EVERY = 2_500; // milliseconds between savings; a page that takes long to save is saved less often
  const HEARTBEAT = 15_000;
  const FIRST_RETRY = 2_000;
  const LONGEST_RETRY = 60_000;

  const wait = (milliseconds) => new Promise((after) => setTimeout(after, milliseconds));

  class Draft {
    constructor(form, element) {
      this.form = form;
      this.words = element.dataset;
      this.notices = new window.DraftNotices(form, element);
      this.server = new window.DraftServer(form, this.words);
      this.carried = form.querySelector("[data-bases]");
      this.bases = JSON.parse(this.carried.value);
      this.revision = form.querySelector("input[name=revision]").value;
      const asked = [...questionsOf(form)].filter(([key]) => key in this.bases);
      this.questions = new Map(asked);
      this.stored = new Map(asked.map(([key, question]) => [key, JSON.stringify(pairsOf(question))]));
      this.dirty = new Map(); // question → what it would send, where the server has something else
      this.held = new Set(); // questions that wait for a choice
      this.touched = new Set();
      this.id = `${this.words.user}:${this.words.report}:${crypto.randomUUID?.() ?? Math.random()}`;
      this.nowhere = false; // whether something is neither on the server nor in the browser
      this.trouble = "";
      this.stopped = false;
      this.retry = FIRST_RETRY;
      this.took = 0;
      this.timer = null;
      this.saving = null;
    }

    start() {
      const note = (event) => {
        const question = questionOf(event.target);
        if (question && this.questions.get(question.dataset.question) === question) this.note(question.dataset.question);
      };
      this.form.addEventListener("input", note);
      this.form.addEventListener("change", note);
      window.addEventListener("online", () => this.tryAgain());
      window.addEventListener("offline", () => this.meet("offline"));
      window.addEventListener("focus", () => this.trouble && this.tryAgain());
      document.addEventListener("visibilitychange", () => {
        if (document.visibilityState === "hidden") this.look().then(() => this.flush());
        else this.beat();
      });
      window.addEventListener("pagehide", () => this.goodbye());
      this.beat();
      setInterval(() => this.beat(), HEARTBEAT);
      window.draftStore.sweep().catch(() => {});
    }

    // --- in the browser ---------------------------------------------------------------------------------------------

    note(key) {
      this.touched.add(key);
      clearTimeout(this.looking);
      this.looking = setTimeout(() => this.look(), AFTER_TYPING);
    }

    /** Find out what has changed, keep it in the browser, and plan to save it. */
    async look() {
      clearTimeout(this.looking);
      if (!this.touched.size) return;
      for (const key of this.touched) {
        const now = JSON.stringify(pairsOf(this.questions.get(key)));
        if (now === this.stored.get(key)) this.dirty.delete(key);
        else this.dirty.set(key, now);
      }
      this.touched.clear();
      if (this.dirty.size && !this.stopped) this.notices.saved(this.words.unsaved);
      this.plan();
      await this.keepHere();
    }

    async keepHere(sentKey = "") {
      try {
        if (this.dirty.size) {
          const questions = [...this.dirty].map(([key, sent]) => [key, { base: this.bases[key], pairs: JSON.parse(sent) }]);
          const { user, report, form } = this.words;
          const record = { id: this.id, user, report, form, revision: this.revision, at: Date.now(), sentKey };
          await window.draftStore.put({ ...record, questions: Object.fromEntries(questions) });
        } else await window.draftStore.remove(this.id);
        this.nowhere = false;
      } catch {
        this.nowhere = this.dirty.size > 0;
      }
    }

    // --- on the server ----------------------------------------------------------------------------------------------

    plan(delay = Math.max(EVERY, 3 * this.took)) {
      if (this.timer || this.stopped || ![...this.dirty.keys()].some((key) => !this.held.has(key))) return;
      this.timer = setTimeout(() => {
        this.timer = null;
        this.flush();
      }, delay);
    }

    /** Save everything that may be saved; resolves to whether nothing is left unsaved. */
    async flush() {
      await this.saving;
      await this.look();
      const keys = [...this.dirty.keys()].filter((key) => !this.held.has(key));
      if (!keys.length || this.stopped) return this.dirty.size === 0;
      this.saving = this.save(keys);
      try {
        return await this.saving;
      } finally {
        this.saving = null;
      }
    }

    pairsToSend(keys) {
      const bases = Object.fromEntries(keys.map((key) => [key, this.bases[key] ?? ""]));
      const served = this.form.querySelector("[name='.served']").value;
      return [
        [".base", JSON.stringify(bases)],
        [".served", served],
        [".seconds", String(window.fillTime.seconds())],
        ["revision", this.revision],
        ...keys.flatMap((key) => JSON.parse(this.dirty.get(key))),
      ];
    }

    async save(keys) {
      const sent = new Map(keys.map((key) => [key, this.dirty.get(key)]));
      const seconds = window.fillTime.seconds();
      const pairs = this.pairsToSend(keys);
      if (pairs.length > Number(this.form.dataset.mostInputs)) return false; // the buttons say what to do
      const began = Date.now();
      const result = await this.server.post(this.words.keepUrl, pairs);
      this.took = Date.now() - began;
      if (!this.understand(result)) return false;
      this.takeIn(result.answer, sent);
      if (result.answer.counted) {
        window.fillTime.take(seconds);
        this.form.querySelector("[name='.served']").value = result.answer.served;
      }
      await this.keepHere();
      this.plan();
      return this.dirty.size === 0;
    }

    takeIn(answer, sent) {
      for (const key of answer.saved) {
        this.bases[key] = answer.bases[key];
        this.stored.set(key, sent.get(key));
        if (this.dirty.get(key) === sent.get(key)) this.dirty.delete(key);
      }
      for (const key of answer.gone) this.dirty.delete(key);
      for (const told of answer.conflicts) this.differs(told, () => this.keepMine(told));
      for (const told of answer.locked) this.differs(told, null);
      if (answer.in_sync) this.inSync(answer.revision);
      this.revision = String(answer.revision);
      this.carried.value = JSON.stringify(this.bases);
      this.compare(answer.bases, answer.by);
      if (answer.form !== this.words.form) this.notices.say("form", this.words.formChanged, this.reloader());
      const left = [...this.dirty.keys()].length;
      this.notices.saved(left ? this.words.unsaved : this.words.savedAt.replace("{time}", answer.at));
    }

    /** Steps that concern the report as a whole go by its revision: they may be taken where all of it has been seen. */
    inSync(revision) {
      for (const input of document.querySelectorAll("input[name=revision]")) input.value = String(revision);
    }

    /** Say which questions of this page somebody else has changed. */
    compare(bases, by) {
      const others = [...this.questions.keys()].filter(
        (key) => bases[key] !== this.bases[key] && !this.dirty.has(key) && !this.held.has(key),
      );
      const names = others.map((key) => labelOf(this.questions.get(key)));
      const words = by ? this.words.changedBy.replace("{who}", by) : this.words.changedElsewhere;
      if (names.length) this.notices.say("others", words.replace("{questions}", names.join("、")), this.reloader());
      else this.notices.say("others");
    }

    reloader() {
      return window.draftWays.button(this.words.reload, "btn-outline-primary", () => this.reload());
    }

    async reload() {
      await this.flush();
      this.leaving = !window.uploads?.pending; // then the browser asks
      location.reload();
    }

    differs(told, mine) {
      this.held.add(told.key);
      const theirs = () => this.takeTheirs(told.key);
      this.notices.both(this.questions.get(told.key), told, { mine, theirs });
    }

    keepMine(told) {
      this.bases[told.key] = told.base;
      this.release(told.key);
      this.touched.add(told.key);
      this.flush();
    }

    takeTheirs(key) {
      this.release(key);
      this.dirty.delete(key);
      this.stored.set(key, JSON.stringify(pairsOf(this.questions.get(key))));
      this.reload();
    }

    release(key) {
      this.held.delete(key);
      this.notices.settled(this.questions.get(key));
    }

    // --- trouble ----------------------------------------------------------------------------------------------------

    /** Whether a request was answered; otherwise say why not, and try again later where that may help. */
    understand(result) {
      if (result.kind === "ok") {
        this.calm();
        return true;
      }
      if (result.kind === "refused") {
        this.stopped = true;
        this.notices.say("trouble", `${result.refused} ${this.words.keptHere}`, this.reloader());
      } else if (result.kind === "later") this.again(result.seconds * 1000);
      else this.meet(result.kind);
      return false;
    }

    calm() {
      this.trouble = "";
      this.retry = FIRST_RETRY;
      this.notices.calm();
    }

    meet(kind) {
      this.trouble = kind;
      if (kind === "offline") this.notices.offline();
      else this.notices.signedOut();
      this.again(this.retry);
      this.retry = Math.min(2 * this.retry, LONGEST_RETRY);
    }

    again(delay) {
      clearTimeout(this.retrying);
      this.retrying = setTimeout(() => this.tryAgain(), delay);
    }

    async tryAgain() {
      clearTimeout(this.retrying);
      if (await this.beat()) await this.flush();
    }

    // --- other people -----------------------------------------------------------------------------------------------

    /** Say that the page is open, and learn who else is there. */
    async beat() {
      if (this.stopped || this.leaving) return false;
      const result = await this.server.post(this.words.presentUrl, [["revision", this.revision]], { byItself: true });
      if (this.leaving || !this.understand(result)) return false;
      const { others, bases, by, is_open: isOpen, form } = result.answer;
      this.notices.here(others);
      if (bases && isOpen) this.compare(bases, by);
      if (isOpen === false) this.notices.say("others", this.words.closed, this.reloader());
      if (form && form !== this.words.form) this.notices.say("form", this.words.formChanged, this.reloader());
      this.answered?.();
      return true;
    }

    // --- leaving ----------------------------------------------------------------------------------------------------

    /** Before the page is posted: true where it may go at once, else a promise of whether it may. */
    mayGo() {
      if (navigator.onLine && !this.trouble) return true;
      return this.look()
        .then(() => Promise.race([this.beat(), wait(5_000)]))
        .then((reached) => {
          if (!reached) this.notices.say("posting", this.words.notPosted);
          return Boolean(reached);
        });
    }

    /** The page is being posted: whatever it holds that is not saved goes with it. */
    posting() {
      this.leaving = true;
      window.uploads?.stop();
      clearTimeout(this.timer);
      for (const key of this.questions.keys()) this.touched.add(key);
      for (const key of this.touched) {
        const now = JSON.stringify(pairsOf(this.questions.get(key)));
        if (now !== this.stored.get(key)) this.dirty.set(key, now);
      }
      this.touched.clear();
      this.keepHere(this.form.querySelector("input[name=key]").value);
    }

    goodbye() {
      if (!this.leaving && this.touched.size + this.dirty.size) {
        this.look();
        const keys = [...this.dirty.keys()].filter((key) => !this.held.has(key));
        if (keys.length && !this.stopped && !this.trouble) this.server.post(this.words.keepUrl, this.pairsToSend(keys), { keepalive: true });
      }
      this.server.leave();
    }

    /** Whether closing the page would lose something. */
    get isSavedNowhere() {
      return (this.nowhere && this.dirty.size > 0) || Boolean(window.uploads?.pending);
    }
  }

  const form = document.querySelector("form[data-fill]");
  const element = document.querySelector("[data-draft]");
  if (form && element && form.querySelector("[data-bases]")) {
    window.draft = new Draft(form, element);
    window.draft.start();
  }
})();
