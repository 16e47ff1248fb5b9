"use strict";
// Opens the pack with the passphrase, shows one part of it at a time, finds a name, prints, and locks itself again.
const $ = (id) => document.getElementById(id);
const sealed = JSON.parse($("sealed").textContent);
const IDLE = 15 * 60 * 1000;
const raw = (text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
let timer = 0;

async function open(passphrase) {
  const words = new TextEncoder();
  const base = await crypto.subtle.importKey("raw", words.encode(passphrase), "PBKDF2", false, ["deriveKey"]);
  const stretch = { name: "PBKDF2", hash: "SHA-256", salt: raw(sealed.salt), iterations: sealed.iterations };
  const key = await crypto.subtle.deriveKey(stretch, base, { name: "AES-GCM", length: 256 }, false, ["decrypt"]);
  const lock = { name: "AES-GCM", iv: raw(sealed.nonce), additionalData: words.encode(sealed.about) };
  return new TextDecoder().decode(await crypto.subtle.decrypt(lock, key, raw(sealed.data)));
}

function lock() {
  clearTimeout(timer);
  $("pack").replaceChildren();
  $("pack").hidden = true;
  $("door").hidden = false;
  $("says").textContent = "";
  $("passphrase").focus();
}

function awake() {
  clearTimeout(timer);
  if (!$("pack").hidden) timer = setTimeout(lock, IDLE);
}

function show(name) {
  for (const part of document.querySelectorAll("[data-part]")) part.hidden = part.dataset.part !== name;
  for (const tab of document.querySelectorAll("[data-show]")) tab.setAttribute("aria-pressed", String(tab.dataset.show === name));
  find();
  scrollTo(0, 0);
}

function find() {
  const typed = $("find").value.toLowerCase().split(/\s+/).filter(Boolean);
  let shown = 0;
  for (const line of document.querySelectorAll("[data-part]:not([hidden]) [data-line]")) {
    const words = line.dataset.line.toLowerCase();
    line.hidden = !typed.every((part) => words.includes(part));
    if (!line.hidden) shown += 1;
  }
  $("found").textContent = typed.length ? `${shown} found` : "";
}

$("unlock").addEventListener("submit", async (event) => {
  event.preventDefault();
  const says = $("says");
  if (!globalThis.crypto?.subtle) {
    says.textContent = "This browser opens the pack only from this computer’s own disk. Copy the file to the desktop and open it there, or use the PDF.";
    return;
  }
  says.textContent = "Opening …";
  try {
    $("pack").innerHTML = await open($("passphrase").value.trim());
  } catch {
    says.textContent = "That passphrase does not open it. Look at the card in the downtime binder, and mind capital letters.";
    $("passphrase").select();
    return;
  }
  $("passphrase").value = "";
  $("door").hidden = true;
  $("pack").hidden = false;
  $("find").addEventListener("input", find);
  show(document.querySelector("[data-show]").dataset.show);
  $("find").focus();
  awake();
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (button?.dataset.show) show(button.dataset.show);
  if (button?.id === "print") print();
  if (button?.id === "lock") lock();
});
for (const kind of ["click", "keydown", "pointermove", "scroll"]) document.addEventListener(kind, awake, { passive: true });
