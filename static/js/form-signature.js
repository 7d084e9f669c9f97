// A pad to sign on, for mouse, finger and pen. Who cannot draw, or has no script, types a name instead.
"use strict";

{
  const NEAR = 2; // points nearer than this tell nothing new

  const prepare = (signature) => {
    const width = Number(signature.dataset.width);
    const height = Number(signature.dataset.height);
    const mostPoints = Number(signature.dataset.mostPoints);
    const mostStrokes = Number(signature.dataset.mostStrokes);
    const value = signature.querySelector("[data-drawn-value]");
    const typed = signature.querySelector("input[type=text]");
    const answer = signature.querySelector("[data-answer]"); // what the form's logic sees
    const canvas = signature.querySelector("canvas");
    const undo = signature.querySelector("[data-signature-undo]");
    const clear = signature.querySelector("[data-signature-clear]");
    const status = signature.querySelector("[data-signature-status]");
    const pen = canvas.getContext("2d");
    let strokes = [];
    let current = null;

    const draw = () => {
      const style = getComputedStyle(canvas);
      pen.clearRect(0, 0, canvas.width, canvas.height);
      pen.strokeStyle = style.color;
      pen.lineWidth = 6;
      pen.lineCap = pen.lineJoin = "round";
      for (const stroke of current ? [...strokes, current] : strokes) {
        pen.beginPath();
        pen.moveTo(stroke[0] * 2, stroke[1] * 2);
        if (stroke.length === 2) pen.lineTo(stroke[0] * 2, stroke[1] * 2);
        for (let at = 2; at < stroke.length; at += 2) pen.lineTo(stroke[at] * 2, stroke[at + 1] * 2);
        pen.stroke();
      }
    };

    const tell = () => {
      answer.value = value.value || typed.value.trim() ? "signed" : "";
    };

    const keep = () => {
      value.value = strokes.length ? JSON.stringify({ strokes, width, height }) : "";
      undo.disabled = clear.disabled = strokes.length === 0;
      tell();
      draw();
    };

    const changed = (words) => {
      keep();
      status.textContent = words;
      value.dispatchEvent(new Event("change", { bubbles: true }));
    };

    const whole = (number, most) => Math.min(most, Math.max(0, Math.round(number)));

    const pointsLeft = () => mostPoints - strokes.reduce((sum, one) => sum + one.length / 2, 0) - current.length / 2;

    const add = (event) => {
      const box = canvas.getBoundingClientRect();
      const x = whole(((event.clientX - box.left) / box.width) * width, width);
      const y = whole(((event.clientY - box.top) / box.height) * height, height);
      const [lastX, lastY] = current.slice(-2);
      if (current.length && Math.hypot(x - lastX, y - lastY) < NEAR) return;
      if (pointsLeft() > 0) current.push(x, y);
    };

    const end = () => {
      if (!current) return;
      if (current.length) strokes.push(current);
      current = null;
      changed(signature.dataset.drawn);
    };

    canvas.addEventListener("pointerdown", (event) => {
      if (event.button !== 0 || !event.isPrimary || typed.matches(":disabled")) return;
      if (strokes.length >= mostStrokes) {
        status.textContent = signature.dataset.full;
        return;
      }
      event.preventDefault();
      canvas.setPointerCapture(event.pointerId);
      current = [];
      add(event);
      draw();
    });
    canvas.addEventListener("pointermove", (event) => {
      if (!current || !event.isPrimary) return;
      for (const one of event.getCoalescedEvents?.() ?? [event]) add(one);
      draw();
    });
    canvas.addEventListener("pointerup", end);
    canvas.addEventListener("pointercancel", end);

    undo.addEventListener("click", () => {
      strokes.pop();
      changed(strokes.length ? signature.dataset.drawn : signature.dataset.empty);
      if (undo.disabled) typed.focus();
    });
    clear.addEventListener("click", () => {
      strokes = [];
      changed(signature.dataset.empty);
      typed.focus();
    });

    typed.addEventListener("input", tell);

    // The pad takes the place of what those without scripts see.
    canvas.width = width * 2;
    canvas.height = height * 2;
    signature.querySelector("[data-signature-pad]").hidden = false;
    signature.querySelector("[data-signature-stored]")?.remove();
    signature.querySelector("[data-signature-or]").hidden = false;
    signature.querySelector("[data-signature-only]").hidden = true;
    if (value.value) strokes = JSON.parse(value.value).strokes;
    keep();
  };

  for (const signature of document.querySelectorAll("[data-signature]")) prepare(signature);
}
