// The one search. What is typed goes in the body of a POST, never in an address; results are rows of role=option.
// Arrows choose, Enter opens without a page load, Alt and a letter does a verb of the chosen row, `>` lists commands.
import { open, openerOf } from "./dialogs.js";
import { openInSheet, post, visit } from "./dom.js";

const WAIT = 80;
const dialog = /** @type {HTMLDialogElement | null} */ (document.getElementById("omnibox"));
const form = /** @type {HTMLFormElement | null} */ (dialog?.querySelector("[data-omnibox]"));
const input = /** @type {HTMLInputElement | null} */ (dialog?.querySelector("input"));
const list = /** @type {HTMLElement | null} */ (dialog?.querySelector("[role=listbox]"));
let timer = 0;
/** @type {AbortController | undefined} */
let asking;
/** What was typed when the rows in sight were asked for. */
let answered = "";
let enterWaits = false;

const rows = () => /** @type {HTMLElement[]} */ ([...(list?.querySelectorAll("[role=option]") ?? [])]);
const chosen = () => rows().find((row) => row.getAttribute("aria-selected") === "true");
const picking = () => dialog?.getAttribute("data-picking") ?? "";

document.addEventListener("click", (event) => {
  const opener = /** @type {Element} */ (event.target).closest('[data-open="omnibox"]');
  if (!opener || !dialog || !input) return;
  const pick = opener.getAttribute("data-pick");
  dialog.toggleAttribute("data-picking", Boolean(pick));
  if (pick) dialog.setAttribute("data-picking", pick);
  open(dialog, opener);
  input.value = opener.getAttribute("data-text") ?? "";
  input.focus();
  input.value ? ask() : show("");
}, true);

input?.addEventListener("input", () => {
  clearTimeout(timer);
  timer = window.setTimeout(ask, WAIT);
});

async function ask() {
  clearTimeout(timer);
  asking?.abort();
  const typed = input?.value.trim() ?? "";
  if (typed.startsWith(">")) return show(commands(typed.slice(1).trim()), typed);
  if (typed.length < 2) return show("", typed);
  asking = new AbortController();
  const answer = await post(form?.getAttribute("action") ?? "/find", picking() ? { q: typed, pick: "1" } : { q: typed }, asking.signal).catch(() => null);
  if (!answer) return undefined;
  if (answer.status === 401 || answer.type === "opaqueredirect") return location.reload();
  return show(await answer.text(), typed);
}

/** @param {string | Node[]} content @param {string} [typed] */
function show(content, typed = "") {
  if (!list || !input) return;
  answered = typed;
  if (typeof content === "string") list.innerHTML = content;
  else list.replaceChildren(...content);
  choose(rows()[0]);
  input.setAttribute("aria-expanded", String(rows().length > 0));
  const found = rows().filter((row) => row.id !== "hit-register").length;
  if (typed) document.getElementById("said")?.replaceChildren(found === 1 ? "One result" : `${found || "No"} results`);
  if (enterWaits) {
    enterWaits = false;
    go(chosen());
  }
}

/** @param {HTMLElement | undefined} row */
function choose(row) {
  for (const other of rows()) other.setAttribute("aria-selected", String(other === row));
  row?.scrollIntoView({ block: "nearest" });
  if (row) input?.setAttribute("aria-activedescendant", row.id);
  else input?.removeAttribute("aria-activedescendant");
}

dialog?.addEventListener("keydown", (event) => {
  const all = rows();
  const at = all.findIndex((row) => row.getAttribute("aria-selected") === "true");
  const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 5, PageUp: -5 }[event.key];
  if (step && all.length) {
    event.preventDefault();
    choose(all[Math.max(0, Math.min(all.length - 1, at + step))]);
  } else if (event.key === "Enter" && !(/** @type {Element} */ (event.target).closest("button"))) {
    event.preventDefault();
    enter();
  } else if (event.altKey || (list?.contains(document.activeElement) && event.key.length === 1)) {
    const letter = event.code.startsWith("Key") ? event.code.slice(3).toLowerCase() : event.key.toLowerCase();
    const verb = chosen()?.querySelector(`[data-verb="${CSS.escape(letter)}"]`);
    if (!verb) return;
    event.preventDefault();
    event.stopPropagation();
    go(/** @type {HTMLElement} */ (verb));
  }
});

// Enter pressed faster than the answer comes means the first row of that answer, not of an older one.
function enter() {
  if ((input?.value.trim() ?? "") === answered) go(chosen());
  else {
    enterWaits = true;
    ask();
  }
}

list?.addEventListener("click", (event) => {
  const target = /** @type {Element} */ (event.target);
  go(target.closest("[data-verb]") ?? target.closest("[role=option]"));
});
form?.addEventListener("submit", (event) => event.preventDefault());

/** Do what a row or one of its verbs stands for. @param {Element | null | undefined} thing */
async function go(thing) {
  if (!(thing instanceof HTMLElement) || !dialog) return;
  const { href, sheet, post: posted, command } = thing.dataset;
  const typed = input?.value.trim() ?? "";
  if (picking() && thing.dataset.id) return pick(thing);
  const behind = /** @type {HTMLElement | null} */ (openerOf(dialog));
  dialog.close();
  if (command) return /** @type {HTMLElement | null} */ (document.getElementById(command))?.click();
  if (sheet) return openInSheet(sheet, posted === undefined ? {} : { method: "POST", values: { q: typed } });
  if (thing.dataset.verb && href) return verb(href, behind);
  return href && visit(href);
}

/** A verb's answer is a panel for the side, or a page. @param {string} href @param {Element | null} behind */
async function verb(href, behind) {
  const answer = await fetch(href, { headers: { "HX-Request": "true", "HX-Target": "sheet-body" }, credentials: "same-origin" }).catch(() => null);
  const text = answer?.ok ? await answer.text() : "";
  if (!text.includes("data-panel") || /<html/i.test(text)) return visit(href);
  if (behind instanceof HTMLElement) behind.focus();
  const place = /** @type {HTMLElement} */ (document.getElementById("sheet-body"));
  window.htmx.swap(place, text, { swapStyle: "innerHTML" });
  return window.htmx.trigger(place, "htmx:afterSwap", { target: place, elt: behind });
}

/** Keep the chosen person in the field that asked. @param {HTMLElement} row */
function pick(row) {
  const wanted = picking();
  const hidden = /** @type {HTMLInputElement | null} */ (document.querySelector(`[data-picked="${CSS.escape(wanted)}"]`));
  const shown = document.getElementById(`${wanted}-shown`);
  dialog?.close();
  if (shown) {
    shown.textContent = row.dataset.shown ?? "";
    shown.classList.remove("faint");
  }
  if (!hidden) return;
  hidden.value = row.dataset.id ?? "";
  hidden.dispatchEvent(new Event("change", { bubbles: true }));
}

/**
 * Commands are what the page itself offers: its places and its keys.
 * @param {string} typed
 * @returns {HTMLElement[]}
 */
function commands(typed) {
  const offered = [...document.querySelectorAll("#rail a[href], #main [data-key], .patient [data-key]")].filter((one) => one.checkVisibility() || one.hasAttribute("data-go"));
  const named = offered.map((control, number) => {
    control.id ||= `command-${number}`;
    const words = [...control.querySelectorAll("span:not(.keyhint, .hush)")][0]?.textContent ?? control.textContent ?? "";
    return { control, words: words.trim(), key: control.getAttribute("data-key") ?? `g ${control.getAttribute("data-go") ?? ""}` };
  });
  const fits = named.filter(({ words }) => words && words.toLowerCase().includes(typed.toLowerCase()));
  return fits.slice(0, 14).map(command);
}

/** @param {{control: Element, words: string, key: string}} one */
function command({ control, words, key }, number) {
  const row = document.createElement("div");
  row.className = "hit hit-command";
  row.id = `hit-command-${number}`;
  row.setAttribute("role", "option");
  row.setAttribute("aria-selected", "false");
  row.dataset.command = control.id;
  const picture = control.querySelector("svg")?.cloneNode(true) ?? document.createElement("span");
  const who = document.createElement("span");
  who.className = "hit-name";
  who.textContent = words;
  const hint = document.createElement("span");
  hint.className = "keyhint";
  hint.setAttribute("aria-hidden", "true");
  for (const one of key.split(" ")) hint.append(Object.assign(document.createElement("kbd"), { textContent: one.toUpperCase() }));
  row.append(picture, who, hint);
  return row;
}
