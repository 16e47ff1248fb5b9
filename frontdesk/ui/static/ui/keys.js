// Single-letter keys. Controls declare theirs with data-key; they act only outside fields, in the topmost layer, and
// not at all when switched off (WCAG 2.1.4). `?` lists those of the screen as it stands.
import { isReachable, isTyping, topLayer } from "./dom.js";

const WAIT = 1200;
let going = 0;

const switchedOff = () => document.documentElement.dataset.keys === "off";

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.isComposing) return;
  const finds = (event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "k";
  if (finds) {
    event.preventDefault();
    /** @type {HTMLElement | null} */ (document.querySelector(".finder"))?.click();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || switchedOff() || isTyping(event.target)) return;
  if (event.key.length !== 1 || event.key === " ") return;
  const control = going ? place(event.key) : declared(event.key);
  if (event.key === "g" && !going && !control) {
    beginGoing();
    event.preventDefault();
    return;
  }
  endGoing();
  if (!control) return;
  event.preventDefault();
  if (control.matches("input:not([type=checkbox]), select, textarea")) control.focus();
  else control.click();
});

/**
 * The control that a key means here: in the focused row first, then anywhere in the topmost layer, then in the top bar.
 * @param {string} key
 * @returns {HTMLElement | undefined}
 */
function declared(key) {
  const wanted = `[data-key="${CSS.escape(key.toLowerCase())}"]`;
  const layer = topLayer();
  const row = document.activeElement?.closest("[data-row]") ?? layer.querySelector("[data-row][aria-current=true]");
  const near = row && layer.contains(row) ? [...row.querySelectorAll(wanted)] : [];
  // A letter never acts on a row that is not the chosen one: it could be another patient's.
  const elsewhere = (/** @type {Element} */ control) => (control.closest("[data-row]") ?? row) !== row;
  const all = [...near, ...layer.querySelectorAll(wanted)].filter((control) => !elsewhere(control) && (layer !== document.body || !control.closest("dialog:not([open])")));
  return /** @type {HTMLElement | undefined} */ (all.find(isReachable) ?? fromBar(wanted, layer));
}

/** @param {string} wanted @param {HTMLElement} layer */
function fromBar(wanted, layer) {
  return layer.id === "sheet" ? document.querySelector(`.topbar ${wanted}`) : undefined;
}

/** @param {string} key */
function place(key) {
  return /** @type {HTMLElement | null} */ (document.querySelector(`[data-go="${CSS.escape(key.toLowerCase())}"]`));
}

function beginGoing() {
  document.documentElement.setAttribute("data-go-pending", "");
  going = window.setTimeout(endGoing, WAIT);
}

function endGoing() {
  clearTimeout(going);
  going = 0;
  document.documentElement.removeAttribute("data-go-pending");
}

// The list under `?` is gathered when it opens, so it can never be out of date.
const dialog = /** @type {HTMLDialogElement | null} */ (document.getElementById("keys"));
document.addEventListener("click", (event) => {
  if (/** @type {Element} */ (event.target).closest('[data-open="keys"]')) fill();
}, true);

function fill() {
  const list = dialog?.querySelector("[data-keys-list]");
  if (!list) return;
  const layer = topLayer();
  const here = gather(layer.querySelectorAll("[data-key]"), "data-key").filter(([, , control]) => !control.closest(".topbar, dialog:not([open])"));
  const always = gather(document.querySelectorAll(".topbar [data-key]"), "data-key");
  const places = gather(document.querySelectorAll("[data-go]"), "data-go", "g ");
  const moving = layer.querySelector("[data-rove], [data-grid]") ? [["↑ ↓", "Move"], ["Enter", "Open"], ["Home", "First"], ["End", "Last"]] : [];
  if (layer.querySelector("[data-grid], [data-rove=columns]")) moving.push(["← →", "Next column"]);
  if (layer.querySelector("[data-grid]")) moving.push(["PgUp PgDn", "Day before, day after"]);
  list.replaceChildren(section("Here", here), section("Moving", moving), section("Anywhere", [...always, ["Ctrl K", "Find patient"], ["Ctrl Shift L", "Lock this screen"], ["Esc", "One level back"]]), section("Go to", places));
  list.className = "dialog-body keylist";
}

/**
 * @param {Iterable<Element>} controls
 * @param {string} attribute
 * @param {string} [before]
 * @returns {[string, string, Element][]} key, words, control; each key once
 */
function gather(controls, attribute, before = "") {
  const seen = new Map();
  for (const control of controls) {
    const key = before + control.getAttribute(attribute);
    if (!seen.has(key) && (before || isReachable(control))) seen.set(key, [key, wordsOf(control), control]);
  }
  return [...seen.values()];
}

/** @param {Element} control */
function wordsOf(control) {
  const plain = /** @type {Element} */ (control.cloneNode(true));
  for (const hint of plain.querySelectorAll(".keyhint, .count, [aria-hidden=true], .finder-hint")) hint.remove();
  const offer = control.querySelector(".offer-time, .offer-day") ? `Take ${control.querySelector(".offer-time")?.textContent}, ${control.querySelector(".offer-day")?.textContent}` : "";
  return control.getAttribute("data-key-label") ?? control.getAttribute("aria-label") ?? (offer || (plain.textContent ?? "").replace(/\s+/g, " ").trim());
}

/** @param {string} title @param {any[]} rows */
function section(title, rows) {
  const part = document.createElement("section");
  if (!rows.length) {
    part.hidden = true;
    return part;
  }
  const head = document.createElement("h3");
  head.textContent = title;
  const list = document.createElement("ul");
  for (const [key, words] of rows) {
    const line = document.createElement("li");
    const said = document.createElement("span");
    said.textContent = words;
    const hint = document.createElement("span");
    hint.className = "keyhint";
    for (const one of key.split(" ")) {
      const cap = document.createElement("kbd");
      cap.textContent = one.length === 1 ? one.toUpperCase() : one;
      hint.append(cap);
    }
    line.append(said, hint);
    list.append(line);
  }
  part.append(head, list);
  return part;
}


