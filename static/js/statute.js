// A statute: a click on an article's number copies its citation; the contents are open where there is room.
"use strict";

(() => {
  const status = document.querySelector("[data-cited]");
  const SHOWN_FOR = 4_000;
  let shown;

  /** navigator.clipboard is there under HTTPS only; an intranet may do without. */
  async function copy(text) {
    if (navigator.clipboard) {
      await navigator.clipboard.writeText(text);
      return;
    }
    const area = document.createElement("textarea");
    area.value = text;
    area.style.position = "fixed";
    area.style.opacity = "0";
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    if (!done) throw new Error("not copied");
  }

  function tell(words, citation) {
    status.textContent = words.replace("{citation}", citation);
    status.hidden = false;
    clearTimeout(shown);
    shown = setTimeout(() => { status.hidden = true; }, SHOWN_FOR);
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-cite]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const { cite } = link.dataset;
    copy(cite).then(
      () => tell(status.dataset.copied, cite),
      () => tell(status.dataset.failed, cite),
    );
  });

  const contents = document.querySelector("[data-open-wide]");
  const wide = window.matchMedia("(min-width: 62rem)");
  contents.open = wide.matches;
  // On a telephone the way to a chapter folds the contents away, or the chapter would be below them.
  contents.addEventListener("click", (event) => {
    if (event.target.closest("a") && !wide.matches) contents.open = false;
  });
})();
