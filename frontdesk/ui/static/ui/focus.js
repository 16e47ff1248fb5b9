// A part that is drawn anew never takes the keyboard away: where the focus stood inside it, it stands again afterwards, on
// what has come in the same place. The side panel and whole pages say themselves where the work begins.

/** @typedef {{id: string, key: string, row: string, href: string, name: string}} Place */
/** @type {Place | null} */
let stood = null;

/** @param {Event} event */
function remember(event) {
  const target = /** @type {HTMLElement | undefined} */ (/** @type {CustomEvent} */ (event).detail.target);
  const at = /** @type {HTMLElement | null} */ (document.activeElement);
  if (!target || !at || at === document.body || !target.contains(at)) return;
  if (target.id === "page" || target.closest("dialog")) return;
  stood = placeOf(at);
}

function restore() {
  const place = stood;
  if (!place || document.activeElement !== document.body) return;
  stood = null;
  counterpart(place)?.focus({ preventScroll: true });
}

/** @param {HTMLElement} element @returns {Place} what tells an element of a page from its neighbours */
export function placeOf(element) {
  return {
    id: element.id,
    key: element.dataset.key ?? "",
    row: element.closest("[data-row]")?.id ?? "",
    href: element.getAttribute("href") ?? "",
    name: element.getAttribute("name") ?? "",
  };
}

/** @param {Place} place @returns {HTMLElement | null} what stands there now, and can be reached */
export function counterpart({ id, key, row, href, name }) {
  const within = (row && document.getElementById(row)) || document.getElementById("page") || document.body;
  const wanted = [
    id && `#${CSS.escape(id)}`,
    key && href && `[data-key="${CSS.escape(key)}"][href="${CSS.escape(href)}"]`,
    key && `[data-key="${CSS.escape(key)}"]`,
    name && `[name="${CSS.escape(name)}"]`,
    href && `[href="${CSS.escape(href)}"]`,
  ];
  for (const one of wanted) {
    const found = /** @type {HTMLElement[]} */ (one ? [...within.querySelectorAll(one)] : []).find((element) => element.checkVisibility({ visibilityProperty: true }));
    if (found) return found;
  }
  return row && within.id === row ? within : null;
}

for (const name of ["htmx:beforeSwap", "htmx:oobBeforeSwap"]) document.addEventListener(name, remember);
for (const name of ["htmx:afterSwap", "htmx:oobAfterSwap", "htmx:afterSettle"]) document.addEventListener(name, restore);
