// The book by keyboard and by mouse. Arrows move between visits and free times, in the column and to the next one; Enter opens;
// PgUp and PgDn go a day. A visit can be dragged onto a free time; `m` picks it up and puts it down without dragging (WCAG 2.5.7).
import { say } from "./announce.js";
import { openInSheet, visit } from "./dom.js";

const MINUTES = 5;
/** @type {HTMLElement | null} */
let picked = null;

/** @param {Element} grid */
const columnsOf = (grid) => [...grid.querySelectorAll("[role=row]")];
/** @param {Element} column @returns {HTMLElement[]} */
const thingsOf = (column) => /** @type {HTMLElement[]} */ ([...column.querySelectorAll("[role=gridcell] > :is(a, button, [tabindex])")]);
/** @param {Element} thing */
const rowOf = (thing) => Number(/(?:^|\s)r-(\d+)/.exec(thing.closest("[class*='r-']")?.className ?? "")?.[1] ?? 0);

/** One thing of the grid can be reached with Tab: what was reached last, else the first from now on. @param {ParentNode} root */
export function prepare(root) {
  for (const grid of root.querySelectorAll("[data-grid]")) {
    const things = columnsOf(grid).flatMap(thingsOf);
    if (things.some((thing) => thing.tabIndex === 0)) continue;
    const now = rowOf(grid.querySelector("[data-now]") ?? grid);
    const first = things.find((thing) => rowOf(thing) >= now) ?? things[0];
    if (first) first.tabIndex = 0;
    grid.querySelector("[data-now]")?.scrollIntoView({ block: "center", inline: "nearest" });
    window.scrollTo({ top: 0 });
  }
}

document.addEventListener("keydown", (event) => {
  const at = /** @type {HTMLElement} */ (event.target);
  const grid = at.closest?.("[data-grid]");
  if (!(grid instanceof HTMLElement) || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "PageUp" || event.key === "PageDown") {
    const to = event.key === "PageUp" ? grid.dataset.previous : grid.dataset.next;
    event.preventDefault();
    if (to) visit(to);
    return;
  }
  if (event.key === "m" && document.documentElement.dataset.keys !== "off" && at.matches("[draggable=true]")) {
    event.preventDefault();
    pickUp(at);
    return;
  }
  if (event.key === "Escape" && picked) {
    event.preventDefault();
    letGo("Put back.");
    return;
  }
  if (event.key === "Enter" && picked && at.matches("[data-slot]")) {
    event.preventDefault();
    drop(at);
    return;
  }
  const to = neighbour(grid, at, event.key);
  if (!to) return;
  event.preventDefault();
  reach(grid, to);
});

/** @param {HTMLElement} grid @param {HTMLElement} at @param {string} key */
function neighbour(grid, at, key) {
  const columns = columnsOf(grid);
  const column = at.closest("[role=row]");
  if (!column) return undefined;
  const things = thingsOf(column);
  const place = things.indexOf(at);
  if (key === "ArrowDown") return things[place + 1];
  if (key === "ArrowUp") return things[place - 1];
  if (key === "Home") return things[0];
  if (key === "End") return things.at(-1);
  const step = { ArrowRight: 1, ArrowLeft: -1 }[key];
  if (!step) return undefined;
  for (let next = columns.indexOf(column) + step; columns[next]; next += step) {
    const found = nearest(thingsOf(columns[next]), rowOf(at));
    if (found) return found;
  }
  return undefined;
}

/** @param {HTMLElement[]} things @param {number} row */
function nearest(things, row) {
  return things.toSorted((one, other) => Math.abs(rowOf(one) - row) - Math.abs(rowOf(other) - row))[0];
}

/** @param {Element} grid @param {HTMLElement} to */
function reach(grid, to) {
  for (const thing of columnsOf(grid).flatMap(thingsOf)) thing.tabIndex = thing === to ? 0 : -1;
  to.focus({ preventScroll: true });
  to.scrollIntoView({ block: "nearest", inline: "nearest" });
}

/** @param {HTMLElement} thing */
function pickUp(thing) {
  if (picked === thing) return letGo("Put back.");
  picked?.classList.remove("picked-up");
  picked = thing;
  thing.classList.add("picked-up");
  return say("Picked up. Move to a free time and press Enter; Esc puts it back.", { tone: "info" });
}

/** @param {string} words */
function letGo(words) {
  picked?.classList.remove("picked-up");
  picked = null;
  if (words) say(words, { tone: "info" });
}

/**
 * Ask for the panel that moves the visit here: nothing is saved before it is read back and agreed to.
 * The grid's data-move="/appointments/0/move" names the address, 0 standing for the visit.
 * @param {HTMLElement} slot
 */
function drop(slot) {
  const grid = slot.closest("[data-grid]");
  const column = slot.closest("[role=row]");
  const moving = picked?.dataset.visit;
  letGo("");
  if (!(grid instanceof HTMLElement) || !(column instanceof HTMLElement) || !moving) return;
  const minutes = Number(grid.dataset.fromHour) * 60 + rowOf(slot) * MINUTES;
  const values = { column: column.dataset.col ?? "", day: column.dataset.day ?? "", minutes: String(minutes), href: slot.getAttribute("href") ?? "" };
  openInSheet((grid.dataset.move ?? "/appointments/0/move").replace("/0/", `/${moving}/`), { values });
}

document.addEventListener("dragstart", (event) => {
  const thing = /** @type {HTMLElement} */ (event.target).closest?.("[data-visit][draggable=true]");
  if (!(thing instanceof HTMLElement)) return;
  picked = thing;
  event.dataTransfer?.setData("text/plain", thing.dataset.visit ?? "");
});
document.addEventListener("dragover", (event) => {
  const slot = picked && /** @type {HTMLElement} */ (event.target).closest?.("[data-slot]");
  for (const lit of document.querySelectorAll(".drop-here")) if (lit !== slot) lit.classList.remove("drop-here");
  if (!slot) return;
  event.preventDefault();
  slot.classList.add("drop-here");
});
document.addEventListener("drop", (event) => {
  const slot = picked && /** @type {HTMLElement} */ (event.target).closest?.("[data-slot]");
  if (!(slot instanceof HTMLElement)) return;
  event.preventDefault();
  slot.classList.remove("drop-here");
  drop(slot);
});
document.addEventListener("dragend", () => letGo(""));
document.addEventListener("click", (event) => {
  const slot = picked && /** @type {HTMLElement} */ (event.target).closest?.("[data-slot]");
  if (!(slot instanceof HTMLElement)) return;
  event.preventDefault();
  event.stopPropagation();
  drop(slot);
}, true);

// The now-line moves one cell each five minutes, without asking the server.
setInterval(() => {
  for (const line of document.querySelectorAll("[data-now]")) {
    const row = rowOf(line);
    const drawn = Number(line.getAttribute("data-drawn") ?? Date.now());
    line.setAttribute("data-drawn", String(drawn));
    if (Date.now() - drawn < MINUTES * 60_000) continue;
    line.classList.replace(`r-${row}`, `r-${row + 1}`);
    line.setAttribute("data-drawn", String(drawn + MINUTES * 60_000));
  }
}, 30_000);

prepare(document);
document.addEventListener("htmx:load", (event) => prepare(/** @type {HTMLElement} */ (event.target).parentElement ?? document));
