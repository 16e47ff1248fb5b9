// Passkeys: a form with data-passkey asks the server for a question, has the browser answer it, and sends the answer.
// data-passkey="new" makes a passkey. Where a browser knows no passkeys the form stays hidden.

/** @param {string} text base64url @returns {ArrayBuffer} */
const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0)).buffer;

/** @param {ArrayBuffer | null | undefined} buffer @returns {string | undefined} base64url */
const text = (buffer) => buffer ? btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "") : undefined;

/** @param {HTMLFormElement} form @param {Record<string, string>} more */
async function send(form, more = {}) {
  const fields = new URLSearchParams(/** @type {any} */ (new FormData(form)));
  for (const [name, value] of Object.entries(more)) fields.set(name, value);
  const answer = await fetch(form.action, { method: "POST", body: fields, credentials: "same-origin", headers: { "HX-Request": "true" } });
  const told = (answer.headers.get("Content-Type") ?? "").includes("json") ? await answer.json() : {};
  if (answer.status === 401 || answer.headers.get("HX-Redirect")) location.reload();
  if (!answer.ok) throw new Error(told.problem ?? "That did not work. Try another way.");
  return told;
}

/** @param {any} question */
function asked(question) {
  const listed = (/** @type {any[]} */ list) => list?.map((one) => ({ ...one, id: bytes(one.id) }));
  return {
    ...question,
    challenge: bytes(question.challenge),
    ...(question.user ? { user: { ...question.user, id: bytes(question.user.id) } } : {}),
    ...(question.excludeCredentials ? { excludeCredentials: listed(question.excludeCredentials) } : {}),
    ...(question.allowCredentials ? { allowCredentials: listed(question.allowCredentials) } : {}),
  };
}

/** @param {any} made */
function answered(made) {
  const response = Object.fromEntries(["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"].map((name) => [name, text(made.response[name])]));
  return JSON.stringify({ id: made.id, rawId: text(made.rawId), type: made.type, response, clientExtensionResults: made.getClientExtensionResults() });
}

document.addEventListener("submit", async (event) => {
  const form = /** @type {HTMLFormElement} */ (event.target);
  if (!form.matches("[data-passkey]")) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const problem = /** @type {HTMLElement | null} */ (form.querySelector("[data-passkey-problem]"));
  if (problem) problem.hidden = true;
  try {
    const publicKey = asked(await send(form));
    const made = form.dataset.passkey === "new" ? await navigator.credentials.create({ publicKey }) : await navigator.credentials.get({ publicKey });
    location.assign((await send(form, { answer: answered(made) })).to ?? "/");
  } catch (trouble) {
    if (!problem) return;
    const given = /** @type {Error} */ (trouble);
    problem.textContent = given.name === "NotAllowedError" ? "No passkey was given." : given.name === "InvalidStateError" ? "That one is added already." : given.message;
    problem.hidden = false;
  }
}, true);

// A passkey belongs to a name: under a bare number, 127.0.0.1, no browser makes one.
const able = Boolean(window.PublicKeyCredential) && !/^(\d+(\.\d+){3}|\[.*\])$/.test(location.hostname);

/** @param {Document | Element} place */
function show(place) {
  if (able) for (const form of place.querySelectorAll("[data-passkey]")) /** @type {HTMLElement} */ (form).hidden = false;
}

show(document);
document.addEventListener("htmx:load", (event) => show(/** @type {CustomEvent} */ (event).detail.elt));
