// Asks the server to keep what was typed. Tells apart: kept, refused, too often, signed out, no network.
"use strict";

(() => {
  const PATIENCE = 30_000; // milliseconds without an answer: then the line is as good as broken

  const cookie = () => document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1];

  class DraftServer {
    constructor(form, words) {
      this.form = form;
      this.words = words;
    }

    /** The token changes with every sign-in, also in another window; the page's own inputs follow. */
    token() {
      const inputs = document.querySelectorAll("input[name=csrfmiddlewaretoken]");
      const fresh = cookie() ?? inputs[0]?.value ?? "";
      for (const input of inputs) if (cookie()) input.value = fresh;
      return fresh;
    }

    /** What every request says. */
    body(pairs) {
      const body = new FormData();
      body.append("csrfmiddlewaretoken", this.token());
      body.append(".user", this.words.user);
      for (const [name, value] of pairs) body.append(name, value);
      return body;
    }

    /** { kind: "ok" | "refused" | "later" | "signed-out" | "offline", … } */
    async post(url, pairs, { keepalive = false, byItself = false } = {}) {
      const headers = { "X-CSRFToken": this.token() };
      if (byItself) headers["X-By-Itself"] = "1"; // nobody is seen by it: the session may end
      const signal = AbortSignal.timeout?.(PATIENCE);
      let response;
      try {
        const body = this.body(pairs);
        response = await fetch(url, { method: "POST", body, headers, redirect: "manual", keepalive, signal });
      } catch {
        return { kind: "offline" };
      }
      if (response.type === "opaqueredirect" || [401, 403].includes(response.status)) return { kind: "signed-out" };
      if (response.status >= 500) return { kind: "offline" };
      let answer;
      try {
        answer = await response.json();
      } catch {
        return { kind: "offline" };
      }
      if (response.status === 429) return { kind: "later", seconds: answer.again_after };
      if (!response.ok) return { kind: "refused", ...answer };
      return { kind: "ok", answer };
    }

    /** Says that the page is being closed. */
    leave() {
      navigator.sendBeacon(this.words.goneUrl, this.body([]));
    }
  }

  window.DraftServer = DraftServer;
})();
