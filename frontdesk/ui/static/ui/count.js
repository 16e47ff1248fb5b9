// Under a count stands what it comes to: the sum of what was typed, so many of so many cents.

/** @param {Element} count */
function sum(count) {
  let cents = 0;
  for (const one of count.querySelectorAll("input[data-cents]")) {
    const field = /** @type {HTMLInputElement} */ (one);
    if (/^\d+$/.test(field.value.trim())) cents += Number(field.value) * Number(field.dataset.cents);
  }
  const shown = count.querySelector("[data-count-sum]");
  if (shown) shown.textContent = (cents / 100).toLocaleString("en-US", { style: "currency", currency: "USD" });
}

document.addEventListener("input", (event) => {
  const count = /** @type {Element | null} */ (event.target)?.closest?.("[data-count]");
  if (count) sum(count);
});
for (const name of ["DOMContentLoaded", "htmx:load"]) document.addEventListener(name, () => document.querySelectorAll("[data-count]").forEach(sum));
document.querySelectorAll("[data-count]").forEach(sum);
