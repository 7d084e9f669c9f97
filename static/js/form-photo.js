// Photos: seen before they are sent, gathered from the camera and from the gallery, left out one by one. Without this
// script the browser's own file input does the work; the server looks at every file in any case.
"use strict";

{
  const SIDE = 160;
  const chosen = new WeakMap(); // question → files to be sent, as the file input holds them

  const say = (answer, words, name) => {
    const status = answer.querySelector("[data-photo-status]");
    status.textContent = words.replace("{name}", name);
  };

  const keptCount = (answer) =>
    [...answer.querySelectorAll("[data-photo-drop]")].filter((box) => !box.checked).length;

  const same = (one, other) =>
    one.name === other.name && one.size === other.size && one.lastModified === other.lastModified;

  // Data addresses, since the content policy knows no other pictures of the page's own making.
  const drawn = async (file) => {
    const bitmap = await createImageBitmap(file);
    const scale = Math.min(1, (2 * SIDE) / Math.max(bitmap.width, bitmap.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(bitmap.width * scale));
    canvas.height = Math.max(1, Math.round(bitmap.height * scale));
    canvas.getContext("2d").drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    bitmap.close();
    return canvas.toDataURL("image/jpeg", 0.8);
  };

  const put = (answer, files) => {
    const holder = new DataTransfer();
    for (const file of files) holder.items.add(file);
    answer.querySelector("[data-photo-main]").files = holder.files;
    chosen.set(answer, files);
  };

  const leaveOut = (answer, file) => {
    put(
      answer,
      (chosen.get(answer) ?? []).filter((one) => one !== file),
    );
    say(answer, answer.dataset.removed, file.name);
    show(answer);
    const main = answer.querySelector("[data-photo-main]");
    main.focus();
    main.dispatchEvent(new Event("input", { bubbles: true }));
  };

  const entry = (answer, file) => {
    const item = document.createElement("li");
    item.className = "photo";
    const frame = document.createElement("span");
    frame.className = "photo-link";
    const name = document.createElement("span");
    name.className = "small-print photo-name";
    name.textContent = file.name;
    const remove = document.createElement("button");
    remove.type = "button";
    remove.className = "btn btn-outline-secondary btn-sm";
    remove.textContent = answer.dataset.remove;
    remove.setAttribute("aria-label", `${answer.dataset.remove} ${file.name}`);
    remove.addEventListener("click", () => leaveOut(answer, file));
    item.append(frame, name, remove);
    return { item, frame };
  };

  // A telephone's photos take much room unpacked: one after the other. What the browser cannot draw (HEIC) has its name.
  const show = async (answer) => {
    const list = answer.querySelector("[data-photo-preview]");
    const files = chosen.get(answer) ?? [];
    const frames = files.map((file) => ({ file, ...entry(answer, file) }));
    list.replaceChildren(...frames.map((one) => one.item));
    list.hidden = files.length === 0;
    for (const { file, frame } of frames) {
      if (!frame.isConnected) return;
      try {
        const image = document.createElement("img");
        image.className = "photo-small";
        image.alt = "";
        image.src = await drawn(file);
        frame.append(image);
      } catch {
        frame.classList.add("photo-unseen");
      }
    }
  };

  const take = (answer, input) => {
    const most = Number(answer.dataset.most);
    const fresh = [...input.files];
    const known = most > 1 ? (chosen.get(answer) ?? []) : [];
    const files = [...known];
    const status = answer.querySelector("[data-photo-status]");
    status.textContent = "";
    for (const file of fresh) {
      const room = most > 1 ? most - keptCount(answer) - files.length : 1 - files.length;
      if (file.size > Number(answer.dataset.mostBytes)) say(answer, answer.dataset.tooLarge, file.name);
      else if (files.some((one) => same(one, file))) continue;
      else if (room <= 0) say(answer, answer.dataset.tooMany, file.name);
      else {
        files.push(file);
        if (!status.textContent) say(answer, answer.dataset.added, file.name);
      }
    }
    if (input.matches("[data-photo-camera]")) input.value = "";
    put(answer, files);
    show(answer);
  };

  document.addEventListener("change", (event) => {
    const answer = event.target.closest?.("[data-photo-answer]");
    if (answer && event.target.type === "file" && event.target.files.length) take(answer, event.target);
  });

  /** A photo that has arrived already need not be sent; whether the question is one for photos. */
  const arrived = (answer, file) => {
    if (!answer.matches("[data-photo-answer]")) return false;
    put(
      answer,
      (chosen.get(answer) ?? []).filter((one) => one !== file),
    );
    answer.querySelector("[data-photo-status]").textContent = "";
    show(answer);
    return true;
  };
  window.formPhotos = { leaveOut: arrived };

  document.documentElement.classList.add("with-photos");
}
