// Places from the device. The button is there only where the browser can ask for one; typing a place always works.
"use strict";

if (window.isSecureContext && "geolocation" in navigator) {
  const PATIENCE = 20_000; // milliseconds
  const OLDEST = 30_000;
  const REASONS = { 1: "denied", 2: "unavailable", 3: "timeout" };

  const written = (degrees) => String(Number(degrees.toFixed(6)));

  const fill = (place, position) => {
    const { latitude, longitude, accuracy } = position.coords;
    const inputs = ["latitude", "longitude", "measured"].map((part) => place.querySelector(`[data-place-${part}]`));
    const metres = Math.max(1, Math.round(accuracy));
    const texts = [written(latitude), written(longitude)];
    [...texts, `${metres};${texts.join(",")}`].forEach((text, at) => {
      inputs[at].value = text;
      inputs[at].dispatchEvent(new Event("input", { bubbles: true }));
    });
    inputs[1].dispatchEvent(new Event("change", { bubbles: true }));
    return metres;
  };

  // Rows of tables come later: one listener for all of them.
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-place-locate]");
    if (!button) return;
    const place = button.closest("[data-place]");
    if (place.querySelector("[data-place-latitude]").matches(":disabled")) return;
    const status = place.querySelector("[data-place-status]");
    const finish = (words) => {
      status.textContent = words;
      button.disabled = false;
      button.focus();
    };
    button.disabled = true;
    status.textContent = place.dataset.locating;
    navigator.geolocation.getCurrentPosition(
      (position) => finish(place.dataset.found.replace("{metres}", String(fill(place, position)))),
      (error) => finish(place.dataset[REASONS[error.code] ?? "unavailable"]),
      { enableHighAccuracy: true, timeout: PATIENCE, maximumAge: OLDEST },
    );
  });

  document.addEventListener("input", (event) => {
    if (!event.target.matches?.("[data-place-latitude], [data-place-longitude]")) return;
    if (event.isTrusted) event.target.closest("[data-place]").querySelector("[data-place-status]").textContent = "";
  });

  document.documentElement.classList.add("with-places");
}
