// Dialogs open and close by data-open="id" and data-close; the focus goes back to where it was. Esc is the browser's own.
import { counterpart, placeOf } from "./focus.js";

/** @type {WeakMap<HTMLDialogElement, HTMLElement>} */
const openers = new WeakMap();

/**
 * Open a dialog above everything and remember who asked.
 * @param {HTMLDialogElement} dialog
 * @param {Element | null} [opener]
 */
export function open(dialog, opener = document.activeElement) {
  if (dialog.open) return;
  if (opener instanceof HTMLElement) openers.set(dialog, opener);
  dialog.showModal();
}

/** @param {HTMLDialogElement} dialog */
export function openerOf(dialog) {
  return openers.get(dialog) ?? null;
}

document.addEventListener("click", (event) => {
  const target = /** @type {Element} */ (event.target);
  const opener = target.closest("[data-open]");
  if (opener) {
    const dialog = document.getElementById(opener.getAttribute("data-open") ?? "");
    if (dialog instanceof HTMLDialogElement) open(dialog, opener);
    return;
  }
  const closer = target.closest("[data-close]");
  if (closer) {
    event.preventDefault();
    leave(closer.closest("dialog"));
    return;
  }
  // A click on the veil beside a dialog closes it; a click inside never does.
  if (target instanceof HTMLDialogElement && target.open && isOutside(target, event)) leave(target);
});

/** @param {HTMLDialogElement} dialog @param {MouseEvent} event */
function isOutside(dialog, event) {
  const box = dialog.getBoundingClientRect();
  return event.detail > 0 && (event.clientX < box.left || event.clientX > box.right || event.clientY < box.top || event.clientY > box.bottom);
}

document.addEventListener("close", (event) => {
  const dialog = event.target;
  if (!(dialog instanceof HTMLDialogElement)) return;
  const opener = openers.get(dialog);
  openers.delete(dialog);
  const within = [...document.querySelectorAll("dialog[open]")].at(-1);
  const back = opener?.isConnected ? opener : opener && counterpart(placeOf(opener));
  if (back && (!within || within.contains(back))) back.focus();
}, true);

document.addEventListener("click", (event) => {
  if (/** @type {Element} */ (event.target).closest("[data-print]")) window.print();
});

/**
 * Close a dialog, by its button or beside it. Where something goes on in it, that is stopped first, as with Esc: a charge at
 * the reader must not go on behind a closed panel.
 * @param {HTMLDialogElement | null} dialog
 */
function leave(dialog) {
  const stops = dialog?.querySelector("[data-esc]");
  if (stops instanceof HTMLFormElement) stops.requestSubmit();
  else dialog?.close();
}
