// Covers a screen that nobody uses, or whose person asks for it (Ctrl Shift L). The server decides: it draws a cover in place
// of every page; here the page is only taken away at the right moment, so that nothing of it stays to be read.
import { post } from "./dom.js";
import { keepAll } from "./draft.js";

const LOOK = 5000;
const TELL = 60_000;
const SHORTEST = 6000;
let touched = Date.now();
let told = Date.now();
let asking = false;

const after = () => Number(document.body.dataset.lock ?? 0) * 1000;

for (const kind of ["keydown", "pointerdown", "wheel", "touchstart"]) {
  document.addEventListener(kind, (event) => {
    if (!event.isTrusted || !after()) return;
    touched = Date.now();
    // Reading and scrolling send nothing by themselves: say now and then that somebody is here.
    if (touched - told < Math.max(SHORTEST, Math.min(TELL, after() / 10))) return;
    told = touched;
    post("/awake", {}).then((answer) => answer.status === 401 && cover(), () => {});
  }, { capture: true, passive: true });
}

document.addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey) || !event.shiftKey || event.altKey || event.key.toLowerCase() !== "l") return;
  event.preventDefault();
  lockNow();
}, true);
document.addEventListener("click", (event) => {
  if (!(/** @type {Element} */ (event.target)).closest?.("[data-lock-now]")) return;
  event.preventDefault();
  lockNow();
});

async function lockNow() {
  if (!after()) return;
  await keepAll().catch(() => {});
  const answer = await post("/lock", {}).catch(() => null);
  if (answer?.ok || answer?.status === 401) cover();
}

/** Ask whether the screen is covered by now: another page of the same person may be in use. */
async function ask() {
  if (!after() || asking) return;
  asking = true;
  try {
    await keepAll().catch(() => {});
    const answer = await fetch("/awake", { headers: { "X-Follows": "true", "HX-Request": "true" }, credentials: "same-origin", cache: "no-store" });
    if (answer.status === 401) cover();
    else if (answer.ok) touched = Date.now() - after() + Number(answer.headers.get("X-Left") ?? 0) * 1000;
  } catch {
    cover(); // nobody answers: what stands here must not be read for that
  } finally {
    asking = false;
  }
}

/** Take the page away, then load it anew: the server draws the cover. */
function cover() {
  const words = document.createElement("p");
  words.className = "away";
  words.textContent = "Locked.";
  document.title = "Locked · frontdesk";
  document.body.removeAttribute("data-lock");
  document.body.replaceChildren(words);
  location.reload();
}

setInterval(() => {
  if (after() && Date.now() - touched > after()) ask();
}, LOOK);
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible" && Date.now() - touched > after()) ask();
});
window.addEventListener("pageshow", (event) => {
  if (event.persisted) ask();
});
