// Menus of the bar: one open at a time, Esc closes and gives the focus back. Preferences are kept by the server.
import { say } from "./announce.js";
import { post } from "./dom.js";

document.addEventListener("click", (event) => {
  const target = /** @type {Element} */ (event.target);
  for (const menu of document.querySelectorAll("details[data-menu][open]")) if (!menu.contains(target)) menu.removeAttribute("open");
  const more = target.closest("[data-more]");
  const rail = document.getElementById("rail");
  if (more) more.setAttribute("aria-expanded", String(Boolean(rail?.toggleAttribute("data-open-more"))));
  else if (rail?.hasAttribute("data-open-more")) rail.removeAttribute("data-open-more");
  const choice = target.closest("[data-preference]");
  if (choice instanceof HTMLElement) prefer(choice);
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = /** @type {HTMLElement} */ (event.target)?.closest?.("details[data-menu][open]");
  if (!menu) return;
  event.preventDefault();
  menu.removeAttribute("open");
  menu.querySelector("summary")?.focus();
});

/** Show a preference at once and keep it. @param {HTMLElement} choice */
async function prefer(choice) {
  const { preference = "", value = "" } = choice.dataset;
  document.documentElement.dataset[preference] = value;
  for (const other of choice.parentElement?.querySelectorAll("[data-preference]") ?? []) other.setAttribute("aria-pressed", String(other === choice));
  const answer = await post("/preferences", { [preference]: value }).catch(() => null);
  if (!answer || answer.status >= 400) say("This will last until you leave the page; it could not be kept.", { tone: "info" });
}
