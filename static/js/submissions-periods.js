// Another row in the list of periods; without this script there are some empty rows to begin with.
"use strict";

const template = document.getElementById("period-template");
const total = document.querySelector('input[name="periods-TOTAL_FORMS"]');
const add = document.querySelector("[data-add-period]");
if (template && total && add) {
  add.hidden = false;
  add.addEventListener("click", () => {
    const row = template.content.cloneNode(true);
    for (const element of row.querySelectorAll("[id], [name], [for], [aria-describedby]")) {
      for (const attribute of ["id", "name", "for", "aria-describedby"]) {
        const value = element.getAttribute(attribute);
        if (value) element.setAttribute(attribute, value.replaceAll("__prefix__", total.value));
      }
    }
    total.value = String(Number(total.value) + 1);
    add.before(row);
    const rows = document.querySelectorAll("[data-period]");
    rows[rows.length - 1].querySelector("input:not([type=hidden])")?.focus();
  });
}
