// The wall screen: the clock, and the lines that follow the day. It has no keys and asks for nothing.
import "./live.js";

const place = /** @type {HTMLElement | null} */ (document.querySelector("[data-live]"));
const shown = /** @type {HTMLElement | null} */ (document.querySelector("[data-clock]"));
const ahead = Date.parse(place?.dataset.now ?? "") - Date.now();

function tick() {
  if (!shown) return;
  const at = new Date(Date.now() + (Number.isNaN(ahead) ? 0 : ahead));
  const words = at.toLocaleTimeString("en-US", { hour: "numeric", minute: "2-digit", timeZone: shown.dataset.zone });
  if (shown.textContent !== words) shown.textContent = words;
}
tick();
setInterval(tick, 1000);
