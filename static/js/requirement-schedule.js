// Shows the parts of a schedule that its frequency needs; without this script all of them are there.
"use strict";

const schedule = document.querySelector("[data-schedule]");
if (schedule) {
  const frequency = schedule.querySelector('[name="schedule-frequency"]');
  const periods = document.querySelector("[data-periods-by-hand]");
  const show = () => {
    const kind = !frequency.value ? "" : frequency.value === "dates" ? "dates" : "recurring";
    for (const part of schedule.querySelectorAll("[data-for]")) {
      part.hidden = !part.dataset.for.split(" ").includes(kind);
    }
    if (periods) periods.hidden = Boolean(kind);
  };
  frequency.addEventListener("change", show);
  show();
}
