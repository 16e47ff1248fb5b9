// Work on many lines at once: the ticked ones are done one after another, each by a request of its own, so that what was
// refused is named and nothing is half done unseen. Without scripts the same form does them all in one go.
import { say } from "./announce.js";
import { post } from "./dom.js";

const form = () => /** @type {HTMLFormElement | null} */ (document.querySelector("form[data-bulk]"));
/** @param {HTMLFormElement} place @returns {HTMLInputElement[]} */
const boxes = (place) => /** @type {HTMLInputElement[]} */ ([...document.querySelectorAll(`input[type=checkbox][form="${place.id}"]`)]);

/** @typedef {{name: string, id: string, words: string, done: boolean}} Told of one line of a piece of work */
let stopped = false;

function count() {
  const place = form();
  if (!place) return;
  const all = boxes(place);
  const ticked = all.filter((box) => box.checked).length;
  const words = place.querySelector("[data-bulk-count]");
  const going = place.querySelector("[data-bulk-going]:not([hidden])") !== null;
  if (words && !going) words.textContent = ticked ? `${ticked} ticked` : "None ticked";
  const every = /** @type {HTMLButtonElement | null} */ (place.querySelector("[data-bulk-all]"));
  if (every) every.hidden = all.length === 0;
  place.toggleAttribute("data-some", ticked > 0);
}

document.addEventListener("change", (event) => {
  if (event.target instanceof HTMLInputElement && event.target.form === form()) count();
});
document.addEventListener("click", (event) => {
  const target = /** @type {Element} */ (event.target);
  const place = form();
  if (!place) return;
  if (target.closest("[data-bulk-stop]")) stopped = true;
  if (!target.closest("[data-bulk-all]")) return;
  const all = boxes(place);
  const some = all.some((box) => !box.checked);
  for (const box of all) box.checked = some;
  count();
  say(some ? `${all.length} ticked` : "None ticked", { show: false });
});

document.addEventListener("submit", (event) => {
  const place = form();
  if (!place || event.target !== place) return;
  event.preventDefault();
  const button = /** @type {SubmitEvent} */ (event).submitter;
  work(place, button?.getAttribute("formaction") ?? place.action);
});

/** @param {HTMLFormElement} place @param {string} to */
async function work(place, to) {
  const chosen = boxes(place).filter((box) => box.checked);
  if (!chosen.length) {
    say("Tick the visits first: X on a line, or E for all.", { tone: "info" });
    return;
  }
  const given = Object.fromEntries([...new FormData(place)].filter(([name]) => name !== "visit"));
  stopped = false;
  going(place, 0, chosen.length);
  /** @type {Told[]} */
  const told = [];
  let tried = 0;
  for (const box of chosen) {
    if (stopped) break;
    const row = box.closest("[data-row]");
    const came = await one(to, { .../** @type {Record<string, string>} */ (given), visit: box.value }, row);
    tried += 1;
    if (came.words) told.push({ name: row?.getAttribute("aria-label") ?? "", id: row?.id ?? "", ...came });
    going(place, tried, chosen.length);
  }
  outcome(place, tried, chosen.length, told);
  const key = /** @type {HTMLInputElement | null} */ (place.querySelector("input[name=_key]"));
  if (key) key.value = crypto.randomUUID().replaceAll("-", "");
  count();
}

/** Do it for one line; returns the sentence why not, or what is to be known of it all the same. @param {string} to @param {Record<string, string>} fields @param {Element | null} row @returns {Promise<{words: string, done: boolean}>} */
async function one(to, fields, row) {
  try {
    const answer = await post(to, fields);
    if (answer.status === 401) return { words: "You are signed out. Sign in and go on.", done: false };
    const holder = document.createElement("template");
    holder.innerHTML = await answer.text();
    if (!answer.ok) return { words: holder.content.querySelector(".note-title")?.textContent?.trim() || "That could not be done.", done: false };
    const aside = /** @type {HTMLElement | null} */ (holder.content.querySelector("[data-aside]"))?.dataset.aside ?? "";
    for (const part of holder.content.querySelectorAll("[data-row], [hx-swap-oob]")) {
      const old = document.getElementById(part.id);
      part.removeAttribute("hx-swap-oob");
      if (part instanceof HTMLElement && part.matches("[data-row]")) part.tabIndex = row instanceof HTMLElement ? row.tabIndex : -1;
      old?.replaceWith(part);
      window.htmx?.process(part);
    }
    return { words: aside, done: true };
  } catch {
    return { words: "No answer from the server. Try once more.", done: false };
  }
}

/** @param {HTMLFormElement} place @param {number} done @param {number} all */
function going(place, done, all) {
  const bar = /** @type {HTMLProgressElement | null} */ (place.querySelector("[data-bulk-progress]"));
  if (bar) {
    bar.max = all;
    bar.value = done;
  }
  const words = place.querySelector("[data-bulk-count]");
  if (words) words.textContent = `${done} of ${all}`;
  place.querySelector("[data-bulk-going]")?.toggleAttribute("hidden", false);
  place.querySelector("[data-bulk-verbs]")?.toggleAttribute("inert", true);
}

/** Say how many are done, and of those of whom there is something to say, each sentence with their names. @param {HTMLFormElement} place @param {number} tried @param {number} all @param {Told[]} told */
function outcome(place, tried, all, told) {
  place.querySelector("[data-bulk-going]")?.toggleAttribute("hidden", true);
  place.querySelector("[data-bulk-verbs]")?.toggleAttribute("inert", false);
  const shown = /** @type {HTMLElement | null} */ (place.querySelector("[data-bulk-outcome]"));
  if (!shown) return;
  const failed = told.filter((each) => !each.done).length;
  const words = document.createElement("p");
  words.className = "strong";
  words.textContent = `${tried - failed} of ${all} done.${failed ? ` ${failed} not:` : ""}${tried < all ? " The rest was not begun." : ""}`;
  const list = document.createElement("ul");
  list.className = "note-list";
  // What is unusual comes first: what is true of few, and of those that were not done.
  const groups = [...new Set(told.map((each) => each.words))].map((words) => told.filter((each) => each.words === words));
  groups.sort((one, other) => Number(one[0].done) - Number(other[0].done) || one.length - other.length);
  for (const some of groups) {
    const line = document.createElement("li");
    line.append(some.length > 1 ? `${some.length}: ${some[0].words} ` : `${some[0].words} `);
    for (const each of some) {
      const link = document.createElement("a");
      link.href = `#${each.id}`;
      link.textContent = each.name;
      line.append(link, each === some.at(-1) ? "" : " · ");
    }
    list.append(line);
  }
  shown.replaceChildren(words, ...(told.length ? [list] : []));
  shown.focus({ preventScroll: true });
}

// A line that is done by itself while it is ticked comes back ticked: it was ticked for something else.
/** @type {Set<string>} */
const ticked = new Set();
document.addEventListener("htmx:beforeSwap", (event) => {
  const target = /** @type {HTMLElement | undefined} */ (/** @type {CustomEvent} */ (event).detail.target);
  const place = form();
  if (place && target?.matches("[data-row]") && boxes(place).some((box) => box.checked && target.contains(box))) ticked.add(target.id);
});
document.addEventListener("htmx:afterSettle", () => {
  const place = form();
  for (const id of ticked) {
    const box = place && boxes(place).find((each) => document.getElementById(id)?.contains(each));
    if (box) box.checked = true;
  }
  if (ticked.size) count();
  ticked.clear();
});

count();
document.addEventListener("htmx:load", count);
document.addEventListener("lines-changed", count);
