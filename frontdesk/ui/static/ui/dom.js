// The few things all modules ask of the page.

/**
 * Say whether a key pressed here would be typing.
 * @param {EventTarget | null} target
 * @returns {boolean}
 */
export function isTyping(target) {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.closest("textarea, select, [role=combobox], [role=textbox]")) return true;
  return target instanceof HTMLInputElement && !["checkbox", "radio", "button", "submit", "reset"].includes(target.type);
}

/**
 * The topmost open dialog, or the document when none is open.
 * @returns {HTMLElement}
 */
export function topLayer() {
  const open = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("dialog[open]")]);
  return open.findLast((dialog) => dialog.matches(":modal")) ?? open.at(-1) ?? document.body;
}

/**
 * @param {Element} element
 * @returns {boolean} whether a person can see and press it
 */
export function isReachable(element) {
  return element.checkVisibility({ visibilityProperty: true }) && !(/** @type {HTMLButtonElement} */ (element).disabled);
}

/** @returns {string} the token that posts of this session carry */
export function token() {
  return document.body.dataset.token ?? "";
}

/**
 * Post a few fields and give back the answer; nothing of it stands in an address.
 * @param {string} to
 * @param {Record<string, string> | URLSearchParams} fields
 * @param {AbortSignal} [signal]
 */
export function post(to, fields, signal) {
  return fetch(to, {
    method: "POST",
    body: new URLSearchParams(fields),
    headers: { "X-CSRFToken": token(), "HX-Request": "true" },
    credentials: "same-origin",
    redirect: "manual",
    signal,
  });
}

/**
 * Load a page into this one without a page load, as a boosted link does.
 * @param {string} to
 */
export function visit(to) {
  const htmx = window.htmx;
  if (!htmx || !document.getElementById("page")) {
    location.assign(to);
    return Promise.resolve();
  }
  const link = document.createElement("a");
  link.href = to;
  link.hidden = true;
  for (const [name, value] of Object.entries({ "hx-boost": "true", "hx-target": "#page", "hx-select": "#page", "hx-swap": "outerHTML show:window:top" })) link.setAttribute(name, value);
  document.body.append(link);
  htmx.process(link);
  link.click();
  link.remove();
  return Promise.resolve();
}

/**
 * Ask for a form and show it in the side panel.
 * @param {string} to
 * @param {{method?: "GET" | "POST", values?: Record<string, string>}} [how]
 */
export function openInSheet(to, { method = "GET", values = {} } = {}) {
  return window.htmx.ajax(method, to, { target: "#sheet-body", swap: "innerHTML", values });
}
