// Nothing typed is ever lost: what is typed into a form is kept on the server a moment after the last key, for the one who
// typed it, and offered when the same form stands there again. A form about a patient is another form for each patient.
// data-draft="name" keeps a form under a name of its own, and its page offers it; data-draft-off keeps nothing of a form,
// data-no-draft nothing of a field.
import { post } from "./dom.js";

const WAIT = 800;
const LONGEST = 300;
// Tells one render from the next, or a time that was looked at: not what the form is about.
// Nor is a social security number kept, anywhere but sealed.
const NOT_ABOUT = /^(csrfmiddlewaretoken|ssn|_key|_draft|version|base|offer|hold|override|again|from_tray|clash_.*)$/;
const WORTH = "form[method=post]:not([data-draft-off]):has(textarea, input:is([type=text], [type=tel], [type=email]))";
const FIELDS = "input:not([type=hidden], [type=file], [type=password]), textarea, select";

/** @type {WeakMap<HTMLFormElement, number>} */
const waiting = new WeakMap();
/** @type {WeakMap<HTMLFormElement, AbortController>} */
const sending = new WeakMap();
/** @type {Set<string>} What was sent from this page: where it was refused, the form that comes back is the same work. */
const sent = new Set();
/** @type {Promise<Map<string, string>> | null} Names of what was left, and when. */
let left = null;

/** @param {EventTarget | null} target @returns {HTMLFormElement | null} the form a draft is kept of */
function kept(target) {
  const form = /** @type {Element | null} */ (target)?.closest?.("form[data-draft], form[method=post]");
  return form instanceof HTMLFormElement && (form.dataset.draft || (form.matches(WORTH) && !form.closest("#omnibox"))) ? form : null;
}

/** @param {HTMLFormElement} form @returns {string} what the form is about; "" while nobody is chosen, or when it is too long */
function nameOf(form) {
  if (form.dataset.draft) return form.dataset.draft;
  const hidden = /** @type {HTMLInputElement[]} */ ([...form.querySelectorAll("input[type=hidden]")]);
  if (hidden.some((one) => one.matches("[data-picked]") && !one.value)) return "";
  const about = hidden.filter((one) => one.name && !NOT_ABOUT.test(one.name)).map((one) => `${one.name}=${one.value}`);
  const name = [form.getAttribute("action"), ...about].join("|");
  return name.length > LONGEST ? "" : name;
}

/** @param {Element} field */
function isChanged(field) {
  if (field instanceof HTMLSelectElement) return field.value !== (/** @type {HTMLOptionElement | null} */ (field.querySelector("option[selected]")) ?? field.options[0])?.value;
  if (field instanceof HTMLInputElement && ["checkbox", "radio"].includes(field.type)) return field.checked !== field.defaultChecked;
  return /** @type {HTMLInputElement} */ (field).value !== /** @type {HTMLInputElement} */ (field).defaultValue;
}

/** @param {HTMLFormElement} form */
function fieldsOf(form) {
  const fields = /** @type {HTMLInputElement[]} */ ([...form.querySelectorAll(FIELDS)]);
  return fields.filter((one) => one.name && !one.name.startsWith("password") && !one.hasAttribute("data-no-draft"));
}

/** @param {HTMLFormElement} form @returns {Record<string, string[]>} all of a named form; of any other what was changed */
function valuesOf(form) {
  const changed = new Set(fieldsOf(form).filter((one) => form.dataset.draft || isChanged(one)).map((one) => one.name));
  const data = new FormData(form);
  const extra = form.dataset.draft ? [...data.keys()].filter((one) => !NOT_ABOUT.test(one)) : [];
  return Object.fromEntries([...new Set([...changed, ...extra])].map((one) => [one, data.getAll(one).filter((value) => typeof value === "string").map(String)]));
}

/** @param {HTMLFormElement} form */
async function keep(form) {
  const name = nameOf(form);
  if (!name || form.hasAttribute("data-draft-off")) return;
  const values = valuesOf(form);
  const given = Object.keys(values).length ? { name, values: JSON.stringify(values) } : { name, forget: "1" };
  if (!form.dataset.draft) said(form, name);
  const stop = new AbortController();
  sending.set(form, stop);
  const answer = await post("/drafts", given, stop.signal).catch(() => null);
  const state = form.querySelector("[data-draft-state]");
  if (answer?.status === 404) form.setAttribute("data-draft-off", "");
  if (answer?.ok) form.removeAttribute("data-unsaved");
  if (answer?.ok && left) (await left)["forget" in given ? "delete" : "set"](name, new Date().toISOString());
  if (state) state.textContent = answer?.ok ? `Kept at ${clock(new Date())}` : "Not kept yet";
}

/** The form says which draft is its own, so that the answer to a deed that was done forgets it. @param {HTMLFormElement} form @param {string} name */
function said(form, name) {
  const own = /** @type {HTMLInputElement} */ (form.querySelector("input[name=_draft]") ?? document.createElement("input"));
  Object.assign(own, { type: "hidden", name: "_draft", value: name });
  form.append(own);
}

/** @param {Date} at */
const clock = (at) => at.toLocaleTimeString("en-US", { hour: "numeric", minute: "2-digit" });

/** @param {Element | Document} place */
function look(place) {
  const inside = place instanceof Element && place.matches("form") ? [place] : [...place.querySelectorAll("form[method=post]")];
  for (const form of inside) {
    if (!(form instanceof HTMLFormElement) || form.dataset.draft || !kept(form)) continue;
    if (sent.has(nameOf(form))) said(form, nameOf(form));
    else offer(form);
  }
}

/** @returns {Promise<Map<string, string>>} */
async function ask() {
  const answer = await post("/drafts", { list: "1" }).catch(() => null);
  return new Map(answer?.ok ? Object.entries(await answer.json().catch(() => ({}))) : []);
}

/** Say that something was left in this form, unless it is being typed in already. @param {HTMLFormElement} form */
async function offer(form) {
  const name = nameOf(form);
  const since = name && document.body.dataset.token && (await (left ??= ask())).get(name);
  if (!since || !form.isConnected || form.querySelector(".draft-offer") || form.hasAttribute("data-unsaved")) return;
  const at = new Date(since);
  const day = at.toDateString() === new Date().toDateString() ? "" : `${at.toLocaleDateString("en-US", { weekday: "long" })} `;
  const note = document.createElement("div");
  note.className = "note note-info draft-offer";
  note.setAttribute("role", "status");
  const words = document.createElement("p");
  words.textContent = `You typed something here ${day}at ${clock(at)} and did not send it.`;
  const row = document.createElement("div");
  row.className = "row";
  row.append(button("Put it back", () => putBack(form, name, note)), button("Forget it", () => forget(name, note)));
  note.append(words, row);
  form.prepend(note);
}

/** @param {string} label @param {() => void} deed */
function button(label, deed) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "button button-plain button-s";
  made.textContent = label;
  made.addEventListener("click", deed);
  return made;
}

/** @param {HTMLFormElement} form @param {string} name @param {Element} note */
async function putBack(form, name, note) {
  const answer = await post("/drafts", { name, load: "1" }).catch(() => null);
  if (!answer?.ok) return;
  const values = /** @type {Record<string, string[]>} */ (await answer.json());
  for (const [field, texts] of Object.entries(values)) {
    const same = fieldsOf(form).filter((one) => one.name === field);
    same.forEach((one, number) => {
      if (["checkbox", "radio"].includes(one.type)) one.checked = texts.includes(one.value);
      else if (texts[number] !== undefined) one.value = texts[number];
      one.closest("details")?.setAttribute("open", "");
    });
  }
  note.remove();
  said(form, name);
  const first = fieldsOf(form).find((one) => one.name in values);
  first?.focus();
  first?.dispatchEvent(new Event("change", { bubbles: true }));
}

/** @param {string} name @param {Element} note */
async function forget(name, note) {
  note.remove();
  (await left)?.delete(name);
  await post("/drafts", { name, forget: "1" }).catch(() => null);
}

document.addEventListener("input", (event) => {
  const form = kept(event.target);
  if (!form) return;
  form.setAttribute("data-unsaved", "");
  clearTimeout(waiting.get(form));
  waiting.set(form, window.setTimeout(keep, WAIT, form));
});
// Whoever is chosen in a form makes it another form.
document.addEventListener("change", (event) => {
  const form = event.target instanceof HTMLInputElement && event.target.matches("[data-picked]") ? kept(event.target) : null;
  if (form && !form.dataset.draft) offer(form);
});
// Leaving the page, or a form that is sent, must not race with a draft.
document.addEventListener("submit", (event) => {
  const form = /** @type {HTMLFormElement} */ (event.target);
  clearTimeout(waiting.get(form));
  sending.get(form)?.abort();
  const own = form.querySelector("input[name=_draft]");
  if (!(own instanceof HTMLInputElement)) return;
  sent.add(own.value);
  left?.then((names) => names.delete(own.value));
}, true);
/** Keep at once whatever is not kept yet: the page is about to be covered or left. */
export function keepAll() {
  return Promise.all([...document.querySelectorAll("form[data-unsaved]")].map((form) => keep(/** @type {HTMLFormElement} */ (form))));
}

document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") keepAll();
});
document.addEventListener("htmx:load", (event) => look(/** @type {CustomEvent} */ (event).detail.elt));
look(document);
