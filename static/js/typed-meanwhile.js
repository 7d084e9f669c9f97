// What is typed while Wagtail takes the form for saved is a change like any other.
//
// Wagtail's w-unsaved compares the form with a state that it takes for saved: two seconds after loading, when every script
// has drawn its inputs (in the page editor once more soon after, because w-init makes it connect twice), and whenever the
// page has saved itself. What was typed by then counts as saved: neither saved by itself, nor shown in the preview, nor
// warned of when the page is left. Here the form as it was before the first touch counts as saved, and then the form as it
// was sent; the next look finds the difference. A page that nobody touches is left to Wagtail.
(() => {
  const editForm = () => document.querySelector("[data-edit-form]");
  const watcher = () => editForm() && window.wagtail.app.getControllerForElementAndIdentifier(editForm(), "w-unsaved");

  let takings = 0; // of those after loading, how many are to come
  let untouched;
  let sent;

  const leaves = (part, path = "") =>
    part && typeof part === "object"
      ? Object.entries(part).flatMap(([key, inner]) => leaves(inner, `${path}/${key}`))
      : [`${path}=${part}`];

  // A moment after it is drawn, rich text writes the same JSON in another order and with empty parts more.
  function meant(value) {
    if (!/^\s*[[{]/.test(value)) return value;
    try {
      return leaves(JSON.parse(value)).sort();
    } catch {
      return value;
    }
  }

  /** Whether two states of the form differ in anything but what an answer itself brought. */
  function differ(before, after, brought = []) {
    const [one, other] = [before, after].map((data) => {
      const fields = new URLSearchParams(data);
      for (const name of brought) fields.delete(name);
      return JSON.stringify([...fields].map(([name, value]) => [name, meant(value)]));
    });
    return one !== other;
  }

  const saved = (unsaved) => (takings && untouched) || unsaved.initialFormData;

  function countAsSaved(unsaved, state) {
    unsaved.initialFormData = state;
    unsaved.previousFormData = state;
  }

  /** Draw other inputs for the same state: a form that was saved still is. */
  window.withoutCountingAsEdit = (draw) => {
    const unsaved = watcher();
    const before = unsaved && saved(unsaved);
    const wasSaved = before && !differ(before, unsaved.formData);
    draw();
    if (!wasSaved) return;
    if (takings && untouched) untouched = unsaved.formData;
    if (unsaved.initialFormData) countAsSaved(unsaved, unsaved.formData);
  };

  // --- after loading ------------------------------------------------------------------------------------------------

  // Until w-unsaved is there, so that it can be asked, the fields are on tabs that nobody has shown yet.
  for (const touch of ["pointerdown", "keydown", "beforeinput", "drop"]) {
    document.addEventListener(
      touch,
      ({ isTrusted }) => {
        if (isTrusted && takings) untouched ??= watcher()?.formData;
      },
      { capture: true },
    );
  }

  document.addEventListener("w-unsaved:ready", ({ target }) => {
    const unsaved = watcher();
    if (target !== unsaved?.element || unsaved.forceValue || unsaved.initialFormData) return;
    takings += 1;
  });

  document.addEventListener("w-unsaved:watch-edits", ({ target, detail }) => {
    const unsaved = watcher();
    if (target !== unsaved?.element || !takings) return;
    if (untouched && differ(untouched, detail.initialFormData)) countAsSaved(unsaved, untouched);
    takings -= 1;
    if (!takings) untouched = undefined;
  });

  // Wagtail asks what its last look found, which is up to half a second old; before the first there is none.
  window.addEventListener(
    "beforeunload",
    () => {
      const unsaved = watcher();
      if (takings && untouched && differ(untouched, unsaved.formData)) countAsSaved(unsaved, untouched);
      unsaved?.hasChanges();
    },
    { capture: true },
  );

  // --- after a refused save -------------------------------------------------------------------------------------------

  document.addEventListener("w-unsaved:ready", ({ target }) => {
    const unsaved = watcher();
    if (target !== unsaved?.element || !unsaved.forceValue) return;
    if (!unsaved.initialFormData) countAsSaved(unsaved, unsaved.formData);
    unsaved.forceValue = false; // with it Wagtail would not begin to look
    unsaved.checkIntervalValueChanged(unsaved.checkIntervalValue);
    unsaved.forceValue = true;
  });

  // --- while it saves itself ----------------------------------------------------------------------------------------

  document.addEventListener("w-autosave:save", () => {
    sent = watcher()?.formData;
  });

  // Wagtail listens on the form itself, so it has been here before.
  document.addEventListener("w-autosave:success", ({ detail }) => {
    const unsaved = watcher();
    if (!unsaved || sent === undefined) return;
    if (differ(sent, unsaved.formData, Object.keys(detail.data.field_updates ?? {}))) countAsSaved(unsaved, sent);
  });
})();
