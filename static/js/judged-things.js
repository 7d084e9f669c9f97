// What should be found for a judged question: looks things up and adds them as lines. The server writes every word.

const ROOT = "[data-judged-things]";

// The piece of the form that says what was found; null where none came. Whoever is signed out is sent to a whole page.
async function asked(address, line) {
  try {
    const answer = await fetch(`${address}?q=${encodeURIComponent(line)}`, { redirect: "error" });
    return answer.ok ? await answer.text() : null;
  } catch {
    return null;
  }
}

async function look(root) {
  const field = root.querySelector("textarea");
  const found = root.querySelector("[data-found]");
  const line = field.value.split("\n").map((one) => one.trim()).find(Boolean);
  if (!line) {
    field.focus();
    return;
  }
  found.dataset.line = line;
  found.textContent = found.dataset.looking;
  const piece = await asked(root.dataset.address, line);
  // Something else was looked for meanwhile.
  if (found.dataset.line !== line) return;
  if (piece === null) found.textContent = found.dataset.failed;
  else found.innerHTML = piece;
}

function add(root, button) {
  const item = button.closest("[data-thing]");
  const lines = root.querySelector("[data-lines]");
  const names = [...lines.querySelectorAll("input[type=hidden]")];
  const known = names.find((input) => input.value === item.dataset.thing);
  const line = known ? known.closest("li") : item.querySelector("template").content.firstElementChild.cloneNode(true);
  if (!known) lines.append(line);
  const field = root.querySelector("textarea");
  const found = root.querySelector("[data-found]");
  // What was looked for is found; everything else that was written stays.
  const rest = field.value.split("\n");
  const place = rest.findIndex((one) => one.trim() === found.dataset.line);
  if (place >= 0) rest.splice(place, 1);
  field.value = rest.join("\n");
  found.replaceChildren();
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
