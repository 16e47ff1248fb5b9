// Lists worked by keyboard: one stop of Tab, arrows (or J and K) between rows, Enter presses the row's first verb.
import { isTyping, topLayer } from "./dom.js";

/** @param {Element} list @returns {HTMLElement[]} */
const rowsOf = (list) => /** @type {HTMLElement[]} */ ([...list.querySelectorAll("[data-row]")].filter((row) => row.checkVisibility()));

/** Exactly one row can be reached with Tab. @param {ParentNode} root */
export function prepare(root) {
  for (const list of root.querySelectorAll("[data-rove]")) {
    const rows = rowsOf(list);
    const chosen = rows.find((row) => row.getAttribute("aria-current") === "true") ?? rows.find((row) => row.tabIndex === 0 && row.hasAttribute("tabindex")) ?? rows[0];
    for (const row of rows) row.tabIndex = row === chosen ? 0 : -1;
  }
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  const origin = /** @type {HTMLElement} */ (event.target);
  const list = origin.closest?.("[data-rove]");
  const row = origin.closest?.("[data-row]");
  if (!list && enter(origin, event)) return;
  if (!list || !row || isTyping(origin)) return;
  if (event.key === "Enter") {
    if (origin === row) press(row, event);
    return;
  }
  const letters = document.documentElement.dataset.keys !== "off";
  const step = { ArrowDown: 1, ArrowUp: -1, ...(letters ? { j: 1, k: -1 } : {}) }[event.key];
  const column = list.getAttribute("data-rove") === "columns" ? row.closest("[data-rove-column]") : null;
  if (column && across(list, column, row, event)) return;
  const rows = rowsOf(column ?? list);
  const at = rows.indexOf(/** @type {HTMLElement} */ (row));
  const to = step ? rows[at + step] : { Home: rows[0], End: rows.at(-1) }[event.key];
  if (!to) return;
  event.preventDefault();
  moveTo(list, to);
});

/** Left and right go to the next column that has a row, as high up as this one. @param {Element} list @param {Element} column @param {Element} row @param {KeyboardEvent} event */
function across(list, column, row, event) {
  const side = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!side) return false;
  const columns = [...list.querySelectorAll("[data-rove-column]")];
  const beyond = side > 0 ? columns.slice(columns.indexOf(column) + 1) : columns.slice(0, columns.indexOf(column)).reverse();
  const rows = rowsOf(beyond.find((one) => rowsOf(one).length) ?? column);
  const to = rows.length ? rows[Math.min(rowsOf(column).indexOf(/** @type {HTMLElement} */ (row)), rows.length - 1)] : null;
  if (!to || column.contains(to)) return false;
  event.preventDefault();
  moveTo(list, to);
  return true;
}

/** From nowhere in particular an arrow leads into the list of the page. @param {HTMLElement} origin @param {KeyboardEvent} event */
function enter(origin, event) {
  const nowhere = origin === document.body || origin.id === "main";
  if (!nowhere || topLayer() !== document.body || !["ArrowDown", "ArrowUp"].includes(event.key)) return false;
  const list = document.querySelector("main [data-rove]");
  const to = list && rowsOf(list).find((row) => row.tabIndex === 0);
  if (!list || !to) return false;
  event.preventDefault();
  moveTo(list, to);
  return true;
}

/** @param {Element} list @param {HTMLElement} to */
function moveTo(list, to) {
  for (const row of rowsOf(list)) {
    row.tabIndex = row === to ? 0 : -1;
    if (!list.hasAttribute("data-choose")) continue;
    if (row === to) row.setAttribute("aria-current", "true");
    else row.removeAttribute("aria-current");
  }
  to.focus();
  to.scrollIntoView({ block: "nearest" });
  to.dispatchEvent(new CustomEvent("row-reached", { bubbles: true }));
}

/** @param {Element} row @param {Event} event */
function press(row, event) {
  const verb = /** @type {HTMLElement | null} */ (row.querySelector("[data-primary]"));
  if (!verb) return;
  event.preventDefault();
  verb.click();
}

// A click on the row itself selects it; double work is left to its verbs.
document.addEventListener("click", (event) => {
  const origin = /** @type {Element} */ (event.target);
  const row = origin.closest?.("[data-rove] [data-row]");
  if (!(row instanceof HTMLElement) || origin.closest("a, button, input, select, label, summary")) return;
  const list = row.closest("[data-rove]");
  if (list) moveTo(list, row);
});

prepare(document);
document.addEventListener("htmx:load", (event) => {
  const brought = /** @type {HTMLElement} */ (event.target);
  prepare(brought.parentElement ?? document);
  const list = brought.closest?.("[data-rove]")?.parentElement;
  if (list) prepare(list);
});
