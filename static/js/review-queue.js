// The list of reports received: a box that chooses all of the page, and how many are chosen. Everything works without.
(function () {
  "use strict";

  const form = document.querySelector("[data-many]");
  if (!form) return;
  const boxes = [...form.querySelectorAll("[data-pick]")];
  const all = form.querySelector("[data-pick-all]");
  const told = form.querySelector("[data-picked]");

  function refresh() {
    const chosen = boxes.filter((one) => one.checked).length;
    told.textContent = chosen ? `${chosen} / ${boxes.length}` : "";
    all.checked = chosen > 0 && chosen === boxes.length;
    all.indeterminate = chosen > 0 && chosen < boxes.length;
  }

  all.hidden = !boxes.length;
  all.addEventListener("change", () => {
    for (const one of boxes) one.checked = all.checked;
    refresh();
  });
  for (const one of boxes) one.addEventListener("change", refresh);
  refresh();
})();
