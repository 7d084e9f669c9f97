// What is typed while Wagtail saves by itself is a change like any other.
//
// On success Wagtail's w-unsaved takes the form as it stands then for saved, also what came after the form was read and
// what its look twice a second has not noticed yet: neither saved by itself, nor shown in the preview, nor warned of
// when the page is left. Here the form as it was sent is what counts as saved; the next look finds the difference.
(() => {
  const sent = new WeakMap();
  const unsavedOf = (form) => window.wagtail.app.getControllerForElementAndIdentifier(form, "w-unsaved");

  /** Whether two states of the form differ in anything but what the answer itself brought. */
  function differ(before, after, brought) {
    const [one, other] = [before, after].map((data) => {
      const fields = new URLSearchParams(data);
      for (const name of brought) fields.delete(name);
      return fields.toString();
    });
    return one !== other;
  }

  document.addEventListener("w-autosave:save", ({ target }) => {
    const unsaved = unsavedOf(target);
    if (unsaved) sent.set(target, unsaved.formData);
  });

  // Wagtail listens on the form itself, so it has been here before.
  document.addEventListener("w-autosave:success", ({ target, detail }) => {
    const [unsaved, before] = [unsavedOf(target), sent.get(target)];
    if (!unsaved || before === undefined) return;
    if (!differ(before, unsaved.formData, Object.keys(detail.data.field_updates ?? {}))) return;
    unsaved.initialFormData = before;
    unsaved.previousFormData = before;
  });
})();
