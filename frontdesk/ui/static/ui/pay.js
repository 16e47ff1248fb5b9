// The payment sheet while one types: what comes to how much, the change, the rest of a split. The server reckons again.

/** What is still to be said of a tender: the field after its key. */
const NEXT = { cash: "handed", check: "reference", order: "reference" };

/** @param {string} text @returns {number} cents, 0 for what is no amount */
function centsOf(text) {
  const bare = text.trim().replace(/^\$/, "").replace(/,/g, "");
  return /^\d{0,8}(\.\d{0,2})?$/.test(bare) && /\d/.test(bare) ? Math.round(Number(bare) * 100) : 0;
}

/** @param {number} cents */
const dollars = (cents) => (cents / 100).toLocaleString("en-US", { style: "currency", currency: "USD" });

/** @param {Element} form */
function reckon(form) {
  let total = 0;
  for (const line of form.querySelectorAll(".pay-line")) {
    const field = /** @type {HTMLInputElement} */ (line.querySelector(".pay-cents"));
    const ticked = /** @type {HTMLInputElement} */ (line.querySelector(".pay-tick")).checked;
    const cents = centsOf(field.value);
    if (ticked) total += cents;
    line.toggleAttribute("data-off", !ticked);
    const differs = /** @type {HTMLElement | null} */ (line.querySelector("[data-differs]"));
    if (differs) differs.hidden = !ticked || cents === Number(field.dataset.expected);
  }
  total += centsOf(/** @type {HTMLInputElement} */ (form.querySelector("[data-other]")).value);
  const shown = form.querySelector("[data-total]");
  if (shown && shown.textContent !== dollars(total)) shown.textContent = dollars(total);
  const split = /** @type {HTMLInputElement} */ (form.querySelector("[name=split]")).checked;
  const first = split ? centsOf(/** @type {HTMLInputElement} */ (form.querySelector("[data-first]")).value) : total;
  change(form, "1", first);
  change(form, "2", total - first);
  const rest = /** @type {HTMLElement} */ (form.querySelector("[data-rest]"));
  rest.hidden = !split || !first;
  /** @type {HTMLElement} */ (rest.querySelector("strong")).textContent = dollars(Math.max(total - first, 0));
}

/** @param {Element} form @param {string} which @param {number} due */
function change(form, which, due) {
  const handed = centsOf(/** @type {HTMLInputElement} */ (form.querySelector(`[data-handed="${which}"]`)).value);
  const place = /** @type {HTMLElement} */ (form.querySelector(`[data-change="${which}"]`));
  place.hidden = !handed;
  place.toggleAttribute("data-short", handed < due);
  /** @type {HTMLElement} */ (place.querySelector(".change-words")).textContent = handed < due ? "Still missing" : "Change";
  /** @type {HTMLElement} */ (place.querySelector(".change-n")).textContent = dollars(Math.abs(handed - due));
}

for (const type of ["input", "change"]) {
  document.addEventListener(type, (event) => {
    const field = /** @type {HTMLInputElement} */ (event.target);
    const form = field.closest?.("[data-pay]");
    if (!form) return;
    reckon(form);
    // Who pays in cash or by check has one more thing to say: the focus goes there, Enter takes it either way.
    if (type === "change" && field.name === "tender") focusOn(form, field);
    if (type === "change" && field.name === "split" && field.checked) /** @type {HTMLElement} */ (form.querySelector("[data-first]")).focus();
  });
}

// Enter in the list of the second way would open the list; it goes on to what is left to say, as the first way does.
document.addEventListener("keydown", (event) => {
  const second = /** @type {HTMLSelectElement} */ (event.target);
  const form = event.key === "Enter" && second.matches?.("[data-tender2]") && second.value ? second.closest("[data-pay]") : null;
  if (!form) return;
  event.preventDefault();
  const next = NEXT[/** @type {keyof typeof NEXT} */ (second.value)];
  /** @type {HTMLElement | null} */ (form.querySelector(next ? `[name=${next}2]` : "[type=submit]"))?.focus();
});

/** @param {Element} form @param {HTMLInputElement} tender */
function focusOn(form, tender) {
  const next = NEXT[/** @type {keyof typeof NEXT} */ (tender.value)];
  const field = next ? form.querySelector(`[name=${next}]`) : tender;
  /** @type {HTMLElement | null} */ (field)?.focus();
}

document.addEventListener("htmx:load", (event) => {
  for (const form of /** @type {Element} */ (event.target).querySelectorAll("[data-pay]")) reckon(form);
});

// A credit that is put against what is owed: what is left of it while one types.
/** @param {HTMLElement} form */
function allot(form) {
  let left = Number(form.dataset.allot);
  for (const field of form.querySelectorAll(".pay-cents")) left -= centsOf(/** @type {HTMLInputElement} */ (field).value);
  const shown = form.querySelector("[data-left]");
  if (!shown) return;
  shown.textContent = dollars(left);
  shown.toggleAttribute("data-short", left < 0);
}
document.addEventListener("input", (event) => {
  const form = /** @type {HTMLElement} */ (event.target).closest?.("[data-allot]");
  if (form instanceof HTMLElement) allot(form);
});
document.addEventListener("htmx:load", (event) => {
  for (const form of /** @type {Element} */ (event.target).querySelectorAll("[data-allot]")) allot(/** @type {HTMLElement} */ (form));
});
