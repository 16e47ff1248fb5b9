// Nothing typed is ever lost: a form with data-draft="name" is kept on the server a moment after the last key.
import { post } from "./dom.js";

const WAIT = 800;
const NEVER = new Set(["csrfmiddlewaretoken", "_key", "password"]);
/** @type {WeakMap<HTMLFormElement, number>} */
const waiting = new WeakMap();

document.addEventListener("input", (event) => {
  const form = /** @type {Element} */ (event.target).closest?.("form[data-draft]");
  if (!(form instanceof HTMLFormElement)) return;
  clearTimeout(waiting.get(form));
  waiting.set(form, window.setTimeout(keep, WAIT, form));
});

// Leaving the page, or a form that is sent, must not race with a draft.
document.addEventListener("submit", (event) => clearTimeout(waiting.get(/** @type {HTMLFormElement} */ (event.target))), true);
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState !== "hidden") return;
  for (const form of document.querySelectorAll("form[data-draft][data-unsaved]")) keep(/** @type {HTMLFormElement} */ (form));
});
document.addEventListener("input", (event) => {
  /** @type {Element} */ (event.target).closest?.("form[data-draft]")?.setAttribute("data-unsaved", "");
});

/** @param {HTMLFormElement} form */
function valuesOf(form) {
  /** @type {Record<string, string[]>} */
  const values = {};
  for (const [name, value] of new FormData(form)) if (!NEVER.has(name) && typeof value === "string") (values[name] ??= []).push(value);
  return values;
}

/** @param {HTMLFormElement} form */
async function keep(form) {
  if (form.hasAttribute("data-draft-off")) return;
  const answer = await post("/drafts", { name: form.dataset.draft ?? "", values: JSON.stringify(valuesOf(form)) }).catch(() => null);
  const state = form.querySelector("[data-draft-state]");
  if (answer?.status === 404) form.setAttribute("data-draft-off", "");
  if (answer?.ok) form.removeAttribute("data-unsaved");
  if (state) state.textContent = answer?.ok ? `Kept at ${new Date().toLocaleTimeString("en-US", { hour: "numeric", minute: "2-digit" })}` : "Not kept yet";
}
