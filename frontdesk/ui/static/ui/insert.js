// Buttons that put a word where the cursor stands: data-insert="{day}" data-insert-into="the field's id"; with
// data-insert-whole it takes the place of all that stands there.

document.addEventListener("click", (event) => {
  const button = /** @type {Element} */ (event.target).closest?.("[data-insert]");
  if (!(button instanceof HTMLElement)) return;
  const field = document.getElementById(button.dataset.insertInto ?? "");
  if (!(field instanceof HTMLTextAreaElement || field instanceof HTMLInputElement)) return;
  field.focus();
  if ("insertWhole" in button.dataset) field.select();
  field.setRangeText(button.dataset.insert ?? "", field.selectionStart ?? field.value.length, field.selectionEnd ?? field.value.length, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
});
