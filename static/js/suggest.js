// Suggestions while somebody types: a combobox after the ARIA pattern. Without script the field is a field.
"use strict";

(() => {
  const WAIT = 150;

  const attach = (input, number) => {
    const form = input.form;
    const list = document.createElement("ul");
    const status = document.createElement("span");
    list.id = `suggestions-${number}`;
    list.className = "suggestions";
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", input.dataset.suggestLabel);
    list.hidden = true;
    status.className = "visually-hidden";
    status.setAttribute("role", "status");
    form.classList.add("has-suggestions");
    form.append(list, status);
    for (const [name, value] of [
      ["role", "combobox"],
      ["aria-autocomplete", "list"],
      ["aria-expanded", "false"],
      ["aria-controls", list.id],
    ]) {
      input.setAttribute(name, value);
    }

    let timer = 0;
    let running = null;
    let composing = false;
    let typed = input.value;

    const options = () => [...list.children];
    const active = () => list.querySelector('[aria-selected="true"]');

    const activate = (option) => {
      active()?.setAttribute("aria-selected", "false");
      if (!option) {
        input.removeAttribute("aria-activedescendant");
        return;
      }
      option.setAttribute("aria-selected", "true");
      input.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    };

    const forget = () => {
      clearTimeout(timer);
      running?.abort();
      running = null;
    };

    const close = () => {
      forget();
      activate(null);
      list.hidden = true;
      status.textContent = "";
      input.setAttribute("aria-expanded", "false");
    };

    const show = (html) => {
      const got = new DOMParser().parseFromString(html, "text/html").querySelector("ul[data-said]");
      if (!got) return close();
      activate(null);
      list.replaceChildren(...got.children);
      options().forEach((option, place) => {
        option.id = `${list.id}-${place}`;
      });
      list.hidden = !list.children.length;
      input.setAttribute("aria-expanded", String(!list.hidden));
      status.textContent = list.hidden ? "" : got.dataset.said;
    };

    const ask = async () => {
      forget();
      const text = input.value.trim();
      if (!text) return close();
      running = new AbortController();
      const { signal } = running;
      try {
        const answer = await fetch(`${input.dataset.suggest}?q=${encodeURIComponent(text)}`, {
          signal,
          headers: { Accept: "text/html" },
        });
        // What was typed since, or a page left by now, wants no answer any more.
        const html = answer.ok ? await answer.text() : "";
        if (!signal.aborted && document.activeElement === input) show(html);
      } catch {
        if (!signal.aborted) close();
      }
    };

    // What stands in the field is the person's own now, no longer what was chosen in the list.
    const own = () => {
      activate(null);
      typed = input.value;
    };

    const soon = () => {
      forget();
      own();
      timer = setTimeout(ask, WAIT);
    };

    const choose = (option) => {
      input.value = option.dataset.text;
      close();
      if (option.dataset.url) window.location.assign(option.dataset.url);
      else form.requestSubmit();
    };

    // While an input method composes, the field holds letters that nobody means.
    input.addEventListener("compositionstart", () => {
      composing = true;
      forget();
    });
    input.addEventListener("compositionend", () => {
      composing = false;
      soon();
    });
    input.addEventListener("input", (event) => {
      if (!composing && !event.isComposing) soon();
    });

    const step = (by) => {
      // Who goes through the list chooses among what it shows: an answer to come must not take it away.
      forget();
      const all = options();
      const at = all.indexOf(active());
      // One place before the first and after the last is the field itself.
      const next = (at + 1 + by + all.length + 1) % (all.length + 1);
      activate(next ? all[next - 1] : null);
      input.value = next ? all[next - 1].dataset.text : typed;
    };

    input.addEventListener("keydown", (event) => {
      // 229: Safari ends the composition before it tells of the key that ended it.
      if (composing || event.isComposing || event.keyCode === 229) return;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        if (!input.value.trim()) return;
        event.preventDefault();
        if (!list.hidden) step(event.key === "ArrowDown" ? 1 : -1);
        else {
          own();
          ask();
        }
      } else if (event.key === "Escape") {
        if (list.hidden) return forget();
        event.preventDefault();
        input.value = typed;
        close();
      } else if (event.key === "Enter" && active()) {
        event.preventDefault();
        choose(active());
      } else if (event.key === "Tab") {
        close();
      }
    });
    input.addEventListener("blur", close);
    form.addEventListener("submit", close);
    // A page that is kept for the Back button is shown again as it was left.
    window.addEventListener("pagehide", close);
    // Pressing must not take the focus away: the list would close before the click.
    list.addEventListener("mousedown", (event) => event.preventDefault());
    list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) choose(option);
    });
  };

  document.querySelectorAll("input[data-suggest]").forEach(attach);
})();
