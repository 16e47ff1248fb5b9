// Work on many lines at once: the ticked ones are done one after another, each by a request of its own, so that what was
// refused is named and nothing is half done unseen. Without scripts the same form does them all in one go.
import { say } from "./announce.js";
import { post } from "./dom.js";

const form = () => /** @type {HTMLFormElement | null} */ (document.querySelector("form[data-bulk]"));
/** @param {HTMLFormElement} place @returns {HTMLInputElement[]} */
const boxes = (place) => /** @type {HTMLInputElement[]} */ ([...document.querySelectorAll(`input[type=checkbox][form="${place.id}"]`)]);

let stopped = false;

function count() {
  const place = form();
  if (!place) return;
  const all = boxes(place);
  const ticked = all.filter((box) => box.checked).length;
  const words = place.querySelector("[data-bulk-count]");
  if (words) words.textContent = ticked ? `${ticked} ticked` : "None ticked";
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
  /** @type {{name: string, id: string, why: string}[]} */
  const failed = [];
  let tried = 0;
  for (const box of chosen) {
    if (stopped) break;
    const row = box.closest("[data-row]");
    const why = await one(to, { .../** @type {Record<string, string>} */ (given), visit: box.value }, row);
    tried += 1;
    if (why) failed.push({ name: row?.getAttribute("aria-label") ?? "", id: row?.id ?? "", why });
    going(place, tried, chosen.length);
  }
  outcome(place, tried - failed.length, chosen.length, failed);
  const key = /** @type {HTMLInputElement | null} */ (place.querySelector("input[name=_key]"));
  if (key) key.value = crypto.randomUUID().replaceAll("-", "");
  count();
}

/** Do it for one line; returns "" or the sentence why not. @param {string} to @param {Record<string, string>} fields @param {Element | null} row */
async function one(to, fields, row) {
  try {
    const answer = await post(to, fields);
    if (answer.status === 401) return "You are signed out. Sign in and go on.";
    const holder = document.createElement("template");
    holder.innerHTML = await answer.text();
    if (!answer.ok) return holder.content.querySelector(".note-title")?.textContent?.trim() || "That could not be done.";
    for (const part of holder.content.querySelectorAll("[data-row], [hx-swap-oob]")) {
      const old = document.getElementById(part.id);
      part.removeAttribute("hx-swap-oob");
      if (part instanceof HTMLElement && part.matches("[data-row]")) part.tabIndex = row instanceof HTMLElement ? row.tabIndex : -1;
      old?.replaceWith(part);
      window.htmx?.process(part);
    }
    return "";
  } catch {
    return "No answer from the server. Try once more.";
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

/** @param {HTMLFormElement} place @param {number} done @param {number} all @param {{name: string, id: string, why: string}[]} failed */
function outcome(place, done, all, failed) {
  place.querySelector("[data-bulk-going]")?.toggleAttribute("hidden", true);
  place.querySelector("[data-bulk-verbs]")?.toggleAttribute("inert", false);
  const shown = /** @type {HTMLElement | null} */ (place.querySelector("[data-bulk-outcome]"));
  if (!shown) return;
  const words = document.createElement("p");
  words.className = "strong";
  words.textContent = `${done} of ${all} done.${failed.length ? ` ${failed.length} not:` : ""}${done + failed.length < all ? " The rest was not begun." : ""}`;
  const list = document.createElement("ul");
  list.className = "note-list";
  for (const each of failed) {
    const line = document.createElement("li");
    const link = document.createElement("a");
    link.href = `#${each.id}`;
    link.textContent = each.name;
    line.append(link, `: ${each.why}`);
    list.append(line);
  }
  shown.replaceChildren(words, ...(failed.length ? [list] : []));
  shown.focus({ preventScroll: true });
}

count();
document.addEventListener("htmx:load", count);
