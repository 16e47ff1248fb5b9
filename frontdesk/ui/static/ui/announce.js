// Says what changed to those who cannot see it, shows it to those who can, and keeps the focus from being lost.

const MARKS = { good: "circle-check", bad: "circle-alert", info: "info" };

/**
 * Say a sentence: in the live region, and as a note at the foot of the page.
 * @param {string} words
 * @param {{tone?: "good" | "info" | "bad", show?: boolean}} [how]
 */
export function say(words, { tone = "good", show = true } = {}) {
  if (!words) return;
  const region = document.getElementById(tone === "bad" ? "said-now" : "said");
  if (region) {
    region.textContent = "";
    requestAnimationFrame(() => { region.textContent = words; });
  }
  if (show) toast(words, tone);
}

/** @param {string} words @param {"good" | "info" | "bad"} tone */
function toast(words, tone) {
  const place = document.getElementById("toasts");
  if (!place) return;
  const note = document.createElement("div");
  note.className = `toast toast-${tone}`;
  const icons = document.querySelector("svg.icon use")?.getAttribute("href")?.split("#")[0] ?? "/static/ui/icons.svg";
  const picture = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  picture.setAttribute("class", "icon");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `${icons}#${MARKS[tone]}`);
  picture.append(use);
  const text = document.createElement("span");
  text.textContent = words;
  note.append(picture, text);
  place.replaceChildren(note);
  setTimeout(() => note.remove(), tone === "bad" ? 9000 : 5000);
}

document.addEventListener("said", (event) => {
  const { words, value, tone } = /** @type {CustomEvent} */ (event).detail ?? {};
  say(words ?? value ?? "", { tone });
});

const left = document.getElementById("said")?.dataset.said;
if (left) setTimeout(() => say(left), 120);

// A refusal goes where the person is looking: into the open dialog, else above the page.
document.addEventListener("htmx:beforeSwap", (event) => {
  const { detail } = /** @type {CustomEvent} */ (event);
  if (!(detail.target instanceof Element) || !detail.target.matches("[data-refusal]")) return;
  const dialog = [...document.querySelectorAll("dialog[open]")].at(-1);
  const place = dialog?.querySelector("[data-refusal]");
  if (place) detail.target = place;
});

document.addEventListener("htmx:afterSwap", (event) => {
  const { target, elt } = /** @type {CustomEvent} */ (event).detail;
  if (!(target instanceof HTMLElement)) return;
  if (!target.matches("[data-refusal]")) clearRefusals(target);
  for (const spoken of target.querySelectorAll("[data-say]")) say(spoken.getAttribute("data-say") ?? "", { show: false });
  settleFocus(target, elt);
});

/** @param {HTMLElement} near */
function clearRefusals(near) {
  const layer = near.closest("dialog") ?? document;
  for (const place of layer.querySelectorAll("[data-refusal]")) if (!place.contains(near)) place.replaceChildren();
}

// Only a swap that takes the focus away gives it back: what a page fetches by itself must not draw it out of the list.
let took = false;
document.addEventListener("htmx:beforeSwap", (event) => {
  const { target } = /** @type {CustomEvent} */ (event).detail;
  took = document.activeElement !== document.body && Boolean(target?.contains(document.activeElement));
});

/**
 * Give the focus to what asks for it; when the swap took the focused thing away, to the nearest thing that is left.
 * @param {HTMLElement} target
 * @param {Element} origin
 */
function settleFocus(target, origin) {
  const now = document.getElementById(target.id) ?? target;
  const wants = now.querySelector("[data-focus], [autofocus]") ?? (now.matches("[data-refusal]") ? now.querySelector("[role=alert]") : null);
  if (wants instanceof HTMLElement) {
    if (!wants.matches("a, button, input, select, textarea, [tabindex]")) wants.tabIndex = -1;
    wants.focus({ preventScroll: false });
    wants.scrollIntoView({ block: "nearest" });
    return;
  }
  if (now.id === "page") {
    document.getElementById("main")?.focus({ preventScroll: true });
    say(document.title.split(" · ")[0], { show: false });
  } else if (took && document.activeElement === document.body && (origin === now || !(origin && document.contains(origin))) && now.isConnected) {
    if (!now.hasAttribute("tabindex")) now.tabIndex = -1;
    now.focus({ preventScroll: true });
  }
}

document.addEventListener("htmx:responseError", (event) => {
  const { status } = /** @type {CustomEvent} */ (event).detail.xhr;
  say(status >= 500 ? "Something broke. Nothing was half-done; try once more." : "That could not be done.", { tone: "bad" });
});
document.addEventListener("htmx:sendError", () => say("No answer from the server. What you typed is still here; try once more.", { tone: "bad" }));
document.addEventListener("htmx:timeout", () => say("The server takes too long. What you typed is still here; try once more.", { tone: "bad" }));
