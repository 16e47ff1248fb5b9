// The side panel: whatever htmx puts into #sheet-body opens it; the server closes it with HX-Trigger {"sheet-close": true}.
import { open } from "./dialogs.js";

const sheet = /** @type {HTMLDialogElement | null} */ (document.getElementById("sheet"));
const body = document.getElementById("sheet-body");
/** @type {Element | null} */
let asked = null;

document.addEventListener("htmx:beforeRequest", (event) => {
  const { target, elt } = /** @type {CustomEvent} */ (event).detail;
  if (target === body && !sheet?.open) asked = elt?.isConnected && elt !== document.body ? elt : document.activeElement;
});

document.addEventListener("htmx:afterSwap", (event) => {
  const { target } = /** @type {CustomEvent} */ (event).detail;
  if (!sheet || target !== body || !body?.hasChildNodes()) return;
  const fresh = !sheet.open;
  if (fresh) open(sheet, asked);
  sheet.scrollTop = 0;
  name(sheet);
  focusFirst(fresh);
});

/** @param {HTMLDialogElement} dialog */
function name(dialog) {
  const title = dialog.querySelector(".panel-title");
  dialog.setAttribute("aria-label", title?.textContent?.trim() || "Side panel");
}

/** Put the focus where the work begins: what asks for it, else the first field, else the title. @param {boolean} fresh */
function focusFirst(fresh) {
  const wants = body?.querySelector("[data-focus], [autofocus]");
  if (wants instanceof HTMLElement) {
    wants.focus();
    return;
  }
  // The body itself has it only because what was pressed is gone: that is no place to begin.
  if (!fresh && document.activeElement !== body && body?.contains(document.activeElement)) return;
  const field = body?.querySelector(".panel-body :is(input:not([type=hidden]), select, textarea, .pick, .offer)");
  const title = body?.querySelector(".panel-title");
  const checked = field instanceof HTMLInputElement && field.type === "radio" ? field.closest("fieldset, form")?.querySelector(`input[name="${CSS.escape(field.name)}"]:checked`) : null;
  if (checked instanceof HTMLElement) checked.focus();
  else if (field instanceof HTMLElement) field.focus();
  else if (title instanceof HTMLElement) title.focus();
}

for (const name of ["sheet-close", "sheetClose"]) document.addEventListener(name, () => sheet?.close());

sheet?.addEventListener("close", () => {
  body?.replaceChildren();
  sheet.querySelector("[data-refusal]")?.replaceChildren();
});

// Esc goes one level back: out of an open menu first, then out of the panel. Typed work is not thrown away by one key.
sheet?.addEventListener("cancel", (event) => {
  // Where something goes on meanwhile, Esc stops that: a charge at the reader must not go on behind a closed panel.
  const stops = body?.querySelector("[data-esc]");
  if (stops instanceof HTMLFormElement) {
    event.preventDefault();
    stops.requestSubmit();
    return;
  }
  const form = body?.querySelector("form[data-changed]");
  if (form && !form.hasAttribute("data-draft") && !sheet.hasAttribute("data-leaving")) {
    event.preventDefault();
    sheet.setAttribute("data-leaving", "");
    document.dispatchEvent(new CustomEvent("said", { detail: { words: "Something is typed here. Press Esc again to leave it.", tone: "info" } }));
    setTimeout(() => sheet.removeAttribute("data-leaving"), 4000);
  }
});
body?.addEventListener("input", (event) => {
  /** @type {Element} */ (event.target).closest("form")?.setAttribute("data-changed", "");
});

// A new page under an open panel means the panel's work is done.
document.addEventListener("htmx:beforeSwap", (event) => {
  const { target, shouldSwap } = /** @type {CustomEvent} */ (event).detail;
  if (shouldSwap && target?.id === "page" && sheet?.open) sheet.close();
});
