// A list that follows what others do: asks for a stamp every 0.4 seconds, fetches only the lines that changed, puts each
// in its place, and says so. Nothing that somebody is typing in is ever replaced.
import { say } from "./announce.js";
import { counterpart, placeOf } from "./focus.js";

const PAUSE = 400;
const HIDDEN = 5000;
const TICK = 15_000;
const FRESH = 1600;

/** @type {number} */
let timer = 0;
let asking = false;
let drift = 0;

const list = () => /** @type {HTMLElement | null} */ (document.querySelector("[data-live]"));

async function look() {
  clearTimeout(timer);
  const place = list();
  if (place && !asking) {
    asking = true;
    try {
      const answer = await fetch(place.dataset.live ?? "", { credentials: "omit", cache: "no-store" });
      if (answer.status === 410 && !("quiet" in place.dataset)) location.reload();
      else if (answer.ok && isNewer(await answer.text(), place.dataset.stamp ?? "")) await bring(place);
      if (!("ended" in place.dataset)) mark(place, answer.ok);
    } catch {
      mark(place, false);
    } finally {
      asking = false;
    }
  }
  timer = window.setTimeout(look, document.visibilityState === "hidden" ? HIDDEN : PAUSE);
}

/** Say of a list whether it is up to date, and if not, since when. @param {HTMLElement} place @param {boolean} fresh */
function mark(place, fresh) {
  const since = place.dataset.stale || String(Date.now() + drift);
  if (fresh) delete place.dataset.stale;
  else place.dataset.stale = since;
  const note = /** @type {HTMLElement | null} */ (document.querySelector("[data-stale-note]"));
  if (!note) return;
  note.hidden = fresh;
  const at = note.querySelector("[data-stale-at]");
  if (at && !fresh) at.textContent = new Date(Number(since)).toLocaleTimeString("en-US", { hour: "numeric", minute: "2-digit", timeZone: place.dataset.zone });
}

/** @param {string} told @param {string} known */
function isNewer(told, known) {
  const [newest, count] = told.split(".").map(Number);
  const [had, hadCount] = known.split(".").map(Number);
  return newest > had || (newest === had && count > hadCount);
}

/** @param {HTMLElement} place @param {boolean} [all] */
async function bring(place, all = false) {
  const lead = place.dataset.lines?.includes("?") ? "&" : "?";
  const to = `${place.dataset.lines}${lead}since=${place.dataset.stamp}${all ? "&all=1" : ""}`;
  const answer = await fetch(to, { headers: { "HX-Request": "true", "X-Follows": "true" }, credentials: "quiet" in place.dataset ? "omit" : "same-origin" });
  if ("quiet" in place.dataset && answer.status === 410) {
    place.dataset.ended = "";
    mark(place, false);
  }
  if (answer.status === 401) location.reload();
  if (!answer.ok || !place.isConnected) return;
  const holder = document.createElement("template");
  holder.innerHTML = await answer.text();
  const news = /** @type {HTMLElement | null} */ (holder.content.firstElementChild);
  if (!news) return;
  const lines = /** @type {HTMLElement[]} */ ([...news.querySelectorAll("[data-line]")]);
  const given = new Set(lines.map((line) => line.dataset.line));
  const told = new Set((news.dataset.patients ?? "").split(","));
  for (const old of /** @type {NodeListOf<HTMLElement>} */ (place.querySelectorAll("[data-line]"))) {
    if (!given.has(old.dataset.line) && ("all" in news.dataset || told.has(old.dataset.patient ?? ""))) remove(old);
  }
  for (const line of lines) put(place, line);
  for (const part of /** @type {NodeListOf<HTMLElement>} */ (holder.content.querySelectorAll("[data-into]"))) into(part);
  place.dataset.stamp = news.dataset.stamp;
  if (news.dataset.liveNext) place.dataset.live = news.dataset.liveNext;
  if (news.dataset.linesNext) place.dataset.lines = news.dataset.linesNext;
  count(place);
  document.dispatchEvent(new CustomEvent("lines-changed"));
}

/** A part of the page beside the list, drawn anew where it differs and nobody is in it. @param {HTMLElement} part */
function into(part) {
  const old = document.getElementById(part.dataset.into ?? "");
  if (!old || old.contains(document.activeElement) || old.innerHTML.trim() === part.innerHTML.trim()) return;
  old.replaceChildren(...part.childNodes);
  window.htmx?.process(old);
}

/** @param {HTMLElement} place @param {HTMLElement} line */
function put(place, line) {
  const old = /** @type {HTMLElement | null} */ (place.querySelector(`[data-line="${line.dataset.line}"]`));
  if (old?.dataset.rev === line.dataset.rev || (!old && "beyond" in line.dataset)) return;
  // In a list that is worked through, what is done stays where it stands: nothing jumps under anybody's hands.
  const stays = old !== null && "stay" in place.dataset;
  const group = stays ? old.parentElement : place.querySelector(`[data-live-group="${CSS.escape(line.dataset.group ?? "")}"]`);
  if (!group) {
    old?.remove();
    return;
  }
  const focused = old?.contains(document.activeElement) ?? false;
  const stood = focused ? placeOf(/** @type {HTMLElement} */ (document.activeElement)) : null;
  if (old) keepTicks(old, line);
  line.tabIndex = old?.tabIndex ?? -1;
  if (old?.hasAttribute("aria-current")) line.setAttribute("aria-current", "true");
  if (stays) old.replaceWith(line);
  else settle(group, line, old);
  window.htmx?.process(line);
  if (stood) (counterpart(stood) ?? line).focus({ preventScroll: true });
  // The line that has just gone may have been about to ask for its card.
  if (focused && !document.querySelector(`[data-card="${line.dataset.line}"]`)) line.dispatchEvent(new CustomEvent("row-reached", { bubbles: true }));
  if (!old || old.dataset.status !== line.dataset.status) {
    line.classList.add("desk-fresh");
    setTimeout(() => line.classList.remove("desk-fresh"), FRESH);
    if (!own(line.dataset.line)) say(line.dataset.said ?? "", { show: false });
  }
  card(line);
}

/** Put a line where it belongs in its group. @param {Element} group @param {HTMLElement} line @param {HTMLElement | null} old */
function settle(group, line, old) {
  const after = sorted(group, line);
  old?.remove();
  if (after?.isConnected) after.before(line);
  else (group.querySelector(".desk-more") ?? null) ? group.querySelector(".desk-more")?.before(line) : group.append(line);
}

/** What is ticked in a line is ticked in the one that takes its place. @param {HTMLElement} old @param {HTMLElement} line */
function keepTicks(old, line) {
  for (const box of /** @type {NodeListOf<HTMLInputElement>} */ (old.querySelectorAll("input[type=checkbox]:checked"))) {
    const now = /** @type {HTMLInputElement | null} */ (line.querySelector(`input[type=checkbox][name="${CSS.escape(box.name)}"][value="${CSS.escape(box.value)}"]`));
    if (now) now.checked = true;
  }
}

/** The line a new one goes before: the first of the group that is later; what is over stands newest first. @param {Element} group @param {HTMLElement} line */
function sorted(group, line) {
  const backwards = line.dataset.group === "done";
  const others = /** @type {HTMLElement[]} */ ([...group.querySelectorAll("[data-line]")]).filter((one) => one.dataset.line !== line.dataset.line);
  return others.find((one) => (backwards ? (one.dataset.order ?? "") < (line.dataset.order ?? "") : (one.dataset.order ?? "") > (line.dataset.order ?? "")));
}

/** @param {HTMLElement} line */
function remove(line) {
  const next = /** @type {HTMLElement | null} */ (line.nextElementSibling ?? line.previousElementSibling);
  const focused = line.contains(document.activeElement);
  line.remove();
  if (focused && next?.matches("[data-row]")) next.focus();
}

/** The card beside the list shows the same visit: draw it anew, unless somebody is typing in it. @param {HTMLElement} line */
function card(line) {
  const shown = /** @type {HTMLElement | null} */ (document.querySelector(`[data-card="${line.dataset.line}"]`));
  if (!shown || shown.dataset.rev === line.dataset.rev) return;
  if (shown.querySelector("form[data-changed]") || (shown.contains(document.activeElement) && document.activeElement?.matches("input, select, textarea"))) {
    if (shown.querySelector("[data-meanwhile]")) return;
    const note = document.createElement("p");
    note.className = "note note-info";
    note.dataset.meanwhile = "";
    note.setAttribute("role", "status");
    note.textContent = `Meanwhile: ${line.dataset.said}. What you typed is still here.`;
    shown.prepend(note);
    return;
  }
  if (own(line.dataset.line)) return;
  window.htmx?.ajax("GET", `/visits/${line.dataset.line}`, { target: "#visit-card", swap: "innerHTML", headers: { "X-Follows": "true" } });
}

/** @param {HTMLElement} place */
function count(place) {
  for (const group of /** @type {NodeListOf<HTMLElement>} */ (place.querySelectorAll("[data-live-group]"))) {
    const number = group.querySelectorAll("[data-line]").length;
    const shown = group.querySelector("[data-count]");
    if (shown && !group.querySelector(".desk-more")) shown.textContent = String(number);
    group.hidden = number === 0 && !("always" in group.dataset);
  }
  place.querySelector("[data-live-empty]")?.toggleAttribute("hidden", place.querySelector("[data-line]") !== null);
}

// What this screen itself has just done needs no announcement and no second card.
/** @type {Map<string, number>} */
const mine = new Map();
/** @param {string | undefined} line */
const own = (line) => Date.now() - (mine.get(line ?? "") ?? 0) < 3000;

document.addEventListener("htmx:beforeRequest", (event) => {
  const { detail } = /** @type {CustomEvent} */ (event);
  const path = detail.pathInfo?.requestPath ?? "";
  const line = /^\/(?:visits|board)\/(\d+)\//.exec(path)?.[1] ?? (path.startsWith("/tomorrow/do/") ? detail.requestConfig?.formData?.get("visit") : "");
  if (line) mine.set(line, Date.now());
});
document.addEventListener("book-changed", () => {
  const place = list();
  if (place) bring(place);
});

// Where the card does not fit beside the list it stands above it: bring it into sight when it is asked for.
document.addEventListener("htmx:afterSwap", (event) => {
  const target = /** @type {HTMLElement | undefined} */ (/** @type {CustomEvent} */ (event).detail.target);
  const list = target?.id === "visit-card" ? target.closest(".desk")?.querySelector(".desk-list") : null;
  if (target && list && list.getBoundingClientRect().top > target.getBoundingClientRect().bottom - 1) target.scrollIntoView({ block: "start" });
});

// The clocks of waiting run in the page, against the server's time; once a minute the list is sorted by the time again.
function tick() {
  const place = list();
  if (!place) return;
  const now = Date.now() + drift;
  for (const clock of /** @type {NodeListOf<HTMLElement>} */ (place.querySelectorAll("[data-since]"))) {
    const minutes = Math.max(0, Math.floor((now - Date.parse(clock.dataset.since ?? "")) / 60_000));
    const words = `${minutes} min`;
    if (clock.textContent !== words) clock.textContent = words;
  }
}
setInterval(tick, TICK);
setInterval(() => {
  const place = list();
  if (place && document.visibilityState === "visible") bring(place, true);
}, 60_000);

function begin() {
  const place = list();
  if (place?.dataset.now) drift = Date.parse(place.dataset.now) - Date.now();
}
begin();
document.addEventListener("htmx:load", (event) => {
  if (/** @type {HTMLElement} */ (event.target).id === "page") begin();
});
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible") look();
});
look();
