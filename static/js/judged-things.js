// What should be found for a judged question: looks things up and adds them as lines. The server writes every word.

const ROOT = "[data-judged-things]";

async function look(root) {
  const field = root.querySelector("textarea");
  const found = root.querySelector("[data-found]");
  const line = field.value.split("\n").map((one) => one.trim()).find(Boolean);
  if (!line) {
    field.focus();
    return;
  }
  found.textContent = found.dataset.looking;
  try {
    const answer = await fetch(`${root.dataset.address}?q=${encodeURIComponent(line)}`, { credentials: "same-origin" });
    if (!answer.ok) throw new Error(answer.status);
    found.innerHTML = await answer.text();
  } catch {
    found.textContent = found.dataset.failed;
  }
}

function add(root, button) {
  const item = button.closest("[data-thing]");
  const lines = root.querySelector("[data-lines]");
  const names = [...lines.querySelectorAll("input[type=hidden]")];
  const known = names.find((input) => input.value === item.dataset.thing);
  const line = known ? known.closest("li") : item.querySelector("template").content.firstElementChild.cloneNode(true);
  if (!known) lines.append(line);
  const field = root.querySelector("textarea");
  // What was looked for is found; further lines stay.
  const rest = field.value.split("\n");
  rest.splice(rest.findIndex((one) => one.trim()), 1);
  field.value = rest.join("\n");
  root.querySelector("[data-found]").replaceChildren();
  line.querySelector("select").focus();
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  const root = button?.closest(ROOT);
  if (!root) return;
  if (button.matches("[data-find]")) look(root);
  if (button.matches("[data-add]")) add(root, button);
});

for (const button of document.querySelectorAll(`${ROOT} [data-find]`)) button.hidden = false;
