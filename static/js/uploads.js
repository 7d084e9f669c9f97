// Files travel as soon as they are chosen, piece by piece, with their progress; what was interrupted goes on where it
// stopped, also after the page was closed and the same file is chosen again. Until a file has arrived it stays chosen as
// well, so that the page's buttons send it where this script cannot.
"use strict";

(() => {
  const PIECE = 1024 * 1024; // bytes
  const RETRIES = [0, 1_000, 3_000, 5_000];
  const AGAIN = 5_000; // milliseconds after which an interrupted upload tries again
  const LONGEST_AGAIN = 60_000;
  const AT_ONCE = 1; // one after the other: they stand below the question in the order in which they were chosen

  const element = document.querySelector("[data-draft]");
  if (!element || !window.draft || !window.tus?.isSupported) return;
  const words = element.dataset;
  const uploads = new Map(); // answer → file → its way
  const waiting = [];
  let underWay = 0;

  const mainInput = (answer) => answer.querySelector("input[type=file]:not([data-photo-camera])");

  /** The question as the server knows it: without the number of a row. */
  const questionOf = (name) => name.replace(/\.\d+\./, ".");

  function next() {
    while (underWay < AT_ONCE && waiting.length) {
      underWay += 1;
      waiting.shift().begin();
    }
  }

  class FileUpload {
    constructor(answer, file) {
      this.answer = answer;
      this.file = file;
      this.input = mainInput(answer);
      this.question = questionOf(this.input.name);
      this.delay = AGAIN;
      this.draw();
      const who = [words.user, words.report, this.question, file.name, file.size, file.lastModified];
      this.tus = new window.tus.Upload(file, {
        endpoint: words.uploadsUrl,
        chunkSize: PIECE,
        retryDelays: RETRIES,
        metadata: { filename: file.name, question: this.question },
        fingerprint: async () => ["portal", ...who].join("-"),
        removeFingerprintOnSuccess: true,
        onBeforeRequest: (request) => request.setHeader("X-CSRFToken", window.draft.server.token()),
        onProgress: (sent, all) => this.progress(sent, all),
        onSuccess: () => this.arrived(),
        onError: (error) => this.failed(error),
      });
    }

    draw() {
      this.line = document.createElement("li");
      this.line.className = "upload";
      this.name = document.createElement("span");
      this.name.className = "upload-name";
      this.name.textContent = this.file.name;
      this.bar = document.createElement("progress");
      this.bar.max = 100;
      this.bar.value = 0;
      this.bar.setAttribute("aria-label", words.uploading.replace("{name}", this.file.name));
      this.said = document.createElement("span");
      this.said.className = "small-print";
      this.said.setAttribute("role", "status");
      this.said.textContent = words.uploadWaiting;
      const stop = window.draftWays.button(words.uploadCancel, "btn-outline-secondary", () => this.drop());
      stop.setAttribute("aria-label", `${words.uploadCancel} ${this.file.name}`);
      this.line.append(this.name, this.bar, this.said, stop);
      let list = this.answer.querySelector("[data-uploads]");
      if (!list) {
        list = document.createElement("ul");
        list.className = "upload-list";
        list.dataset.uploads = "";
        this.answer.append(list);
      }
      list.append(this.line);
    }

    async begin() {
      if (this.isOver) return this.end();
      try {
        const [before] = await this.tus.findPreviousUploads();
        if (before) this.tus.resumeFromPreviousUpload(before);
      } catch {
        // begins anew
      }
      if (this.isOver) return this.end();
      this.tus.start();
    }

    progress(sent, all) {
      const percent = Math.floor((100 * sent) / all);
      this.bar.value = percent;
      this.said.textContent = `${percent}%`;
    }

    /** All bytes are there: the server says what has become of them. */
    async arrived() {
      try {
        const response = await fetch(this.tus.url, { headers: { Accept: "application/json" }, redirect: "error" });
        const answer = await response.json();
        if (response.ok) this.take(answer.html);
        else this.refused(answer.refused);
      } catch {
        this.later();
      }
    }

    take(html) {
      this.end();
      const holder = document.createElement("template");
      holder.innerHTML = html.replaceAll("__name__", this.input.name); // drawn by the portal's own template
      let kept = this.answer.querySelector(".file-answer-kept");
      if (!kept) {
        kept = document.createElement("ul");
        kept.className = `file-answer-kept${this.answer.matches("[data-photo-answer]") ? " photo-list" : ""}`;
        this.answer.prepend(kept);
      }
      if (!this.answer.matches("[data-many]")) kept.replaceChildren();
      kept.append(holder.content);
      this.unchoose();
      this.over();
      window.draft.note(window.draftInputs.questionOf(this.answer).dataset.question);
      this.input.dispatchEvent(new Event("change", { bubbles: true })); // whatever depends on there being files
    }

    /** It need not be sent with the page any more. */
    unchoose() {
      if (window.formPhotos?.leaveOut(this.answer, this.file)) return;
      const holder = new DataTransfer();
      for (const file of this.input.files) if (file !== this.file) holder.items.add(file);
      this.input.files = holder.files;
    }

    failed(error) {
      const status = error.originalResponse?.getStatus() ?? 0;
      if ([400, 410, 413, 415, 422].includes(status)) {
        let said = words.uploadFailed;
        try {
          said = JSON.parse(error.originalResponse.getBody()).refused ?? said;
        } catch {
          // no words of the server's
        }
        this.refused(said);
      } else this.later();
    }

    /** The line is broken, or nobody is signed in: it goes on where it stopped, as soon as that is mended. */
    later() {
      this.end();
      this.said.textContent = words.uploadInterrupted;
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.again(), this.delay);
      this.delay = Math.min(2 * this.delay, LONGEST_AGAIN);
    }

    again() {
      clearTimeout(this.timer);
      if (this.isOver || this.isQueued) return;
      this.isQueued = true;
      waiting.push(this);
      next();
    }

    end() {
      if (this.isQueued) {
        this.isQueued = false;
        underWay -= 1;
        next();
      }
    }

    refused(said) {
      this.end();
      this.isOver = true;
      this.bar.remove();
      this.said.textContent = said;
      this.said.className = "question-error";
      this.unchoose();
      uploads.get(this.answer)?.delete(this.file);
      this.tus.abort().catch(() => {});
    }

    drop() {
      if (!this.isOver) {
        this.end();
        this.tus.abort(true).catch(() => {});
        this.unchoose();
      }
      this.over();
      this.input.focus();
    }

    over() {
      this.isOver = true;
      clearTimeout(this.timer);
      this.line.remove();
      uploads.get(this.answer)?.delete(this.file);
    }
  }

  /** Whatever is chosen travels; whatever is chosen no longer does not. */
  function follow(answer) {
    const chosen = [...mainInput(answer).files];
    const known = uploads.get(answer) ?? new Map();
    uploads.set(answer, known);
    for (const [file, way] of [...known]) {
      if (chosen.includes(file)) continue;
      way.end();
      way.tus.abort(true).catch(() => {});
      way.over();
    }
    for (const line of answer.querySelectorAll(".upload .question-error")) line.closest(".upload").remove();
    for (const file of chosen) {
      if (known.has(file)) continue;
      const way = new FileUpload(answer, file);
      known.set(file, way);
      way.again();
    }
  }

  const note = (event) => {
    const answer = event.target.closest?.("[data-file-answer]");
    // Afterwards: other scripts gather what was chosen in several goes.
    if (answer && event.target.type === "file") setTimeout(() => follow(answer));
  };
  document.addEventListener("change", note);
  document.addEventListener("input", note);
  window.addEventListener("online", () => {
    for (const ways of uploads.values()) for (const way of ways.values()) way.again();
  });

  window.uploads = {
    get pending() {
      return [...uploads.values()].some((ways) => ways.size > 0);
    },
    /** The page is being posted and takes along what has not arrived. */
    stop() {
      for (const ways of uploads.values()) for (const way of ways.values()) way.tus.abort().catch(() => {});
    },
  };
})();
