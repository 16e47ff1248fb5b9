// The wall screen: the clock, and the lines that follow the day. It has no keys and asks for nothing. Where a column holds
// more than fits, its pages are turned by themselves, slowly; never while somebody is at it, and without any movement for
// who has asked for less of it.
import "./live.js";

const PAGE = 12_000;
const TURN = 1600;
const IDLE = 30_000;

const place = /** @type {HTMLElement | null} */ (document.querySelector("[data-live]"));
const shown = /** @type {HTMLElement | null} */ (document.querySelector("[data-clock]"));
const ahead = Date.parse(place?.dataset.now ?? "") - Date.now();
const still = matchMedia("(prefers-reduced-motion: reduce)");
// Below this the columns stand one under another and the page is scrolled by hand, as on a telephone.
const wide = matchMedia("(width >= 60rem)");

function tick() {
  if (!shown) return;
  const at = new Date(Date.now() + (Number.isNaN(ahead) ? 0 : ahead));
  const words = at.toLocaleTimeString("en-US", { hour: "numeric", minute: "2-digit", timeZone: shown.dataset.zone });
  if (shown.textContent !== words) shown.textContent = words;
}
tick();
setInterval(tick, 1000);

/** Where each page of a column begins, in pixels from its top: whole lines, as many as fit. @param {HTMLElement} column */
function pagesOf(column) {
  const lines = /** @type {HTMLElement[]} */ ([...column.querySelectorAll("[data-line]")]);
  if (!lines.length) return [0];
  const top = lines[0].offsetTop;
  const room = column.clientHeight - top;
  const starts = [0];
  for (const line of lines) {
    const from = line.offsetTop - top;
    if (from + line.offsetHeight > starts[starts.length - 1] + room + 1 && from > starts[starts.length - 1]) starts.push(from);
  }
  return starts;
}

const columns = () => /** @type {HTMLElement[]} */ ([...(place?.querySelectorAll("[data-live-group]") ?? [])]);
/** The page a column shows: the last that begins at or above what is in sight. @param {HTMLElement} column @param {number[]} pages */
const pageOf = (column, pages) => Math.max(0, pages.findLastIndex((start) => start <= column.scrollTop + 1));

let used = -Infinity;
let pointer = "";
for (const name of ["pointermove", "pointerdown", "wheel", "touchstart", "keydown"]) {
  document.addEventListener(name, (event) => {
    // What moves under a mouse that lies still is no use by anybody.
    const at = event instanceof PointerEvent && event.type === "pointermove" ? `${event.screenX} ${event.screenY}` : "";
    if (at && at === pointer) return;
    pointer = at || pointer;
    used = performance.now();
  }, { passive: true });
}

function turn() {
  if (performance.now() - used < IDLE) return;
  for (const column of columns()) {
    const pages = pagesOf(column);
    if (pages.length > 1 && wide.matches) go(column, pages[(pageOf(column, pages) + 1) % pages.length]);
  }
}
setInterval(turn, PAGE);

/** Bring a column to a place: slowly at first and at last, or at once. @param {HTMLElement} column @param {number} to */
function go(column, to) {
  const from = column.scrollTop;
  const began = performance.now();
  /** @param {number} now */
  const step = (now) => {
    if (used > began) return;
    const part = still.matches ? 1 : Math.min(1, Math.max(0, (now - began) / TURN));
    column.scrollTop = from + (to - from) * (part < 0.5 ? 4 * part ** 3 : 1 - (2 - 2 * part) ** 3 / 2);
    if (part < 1) requestAnimationFrame(step);
    else mark(column);
  };
  if (still.matches) step(began);
  else requestAnimationFrame(step);
}

/** Show how many pages a column has and which is in sight; one that holds more can be scrolled by keys too. @param {HTMLElement} column */
function mark(column) {
  const pages = pagesOf(column);
  const several = pages.length > 1 && wide.matches;
  const at = pageOf(column, pages);
  column.toggleAttribute("data-several", several);
  column.toggleAttribute("data-more", several && at < pages.length - 1);
  if (several) column.tabIndex = 0;
  else column.removeAttribute("tabindex");
  const head = column.querySelector("h2");
  let bar = /** @type {HTMLElement | null} */ (column.querySelector("[data-pages]"));
  if (!several) {
    bar?.remove();
    if (column.scrollTop) column.scrollTop = 0;
    return;
  }
  if (!bar) {
    bar = document.createElement("span");
    bar.dataset.pages = "";
    bar.className = "wall-pages";
    bar.setAttribute("aria-hidden", "true");
    head?.append(bar);
  }
  while (bar.childElementCount > pages.length) bar.lastElementChild?.remove();
  while (bar.childElementCount < pages.length) bar.append(document.createElement("i"));
  [...bar.children].forEach((each, n) => each.toggleAttribute("data-now", n === at));
}

const markAll = () => columns().forEach(mark);
markAll();
for (const column of columns()) column.addEventListener("scroll", () => mark(column), { passive: true });
document.addEventListener("lines-changed", markAll);
addEventListener("resize", markAll);
// Lines are higher once their letters have come.
document.fonts.ready.then(markAll);
