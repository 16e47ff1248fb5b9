// Buttons that put a word where the cursor stands: data-insert="{day}" data-insert-into="the field's id".

document.addEventListener("click", (event) => {
  const button = /** @type {Element} */ (event.target).closest?.("[data-insert]");
  if (!(button instanceof HTMLElement)) return;
  const field = document.getElementById(button.dataset.insertInto ?? "");
  if (!(field instanceof HTMLTextAreaElement || field instanceof HTMLInputElement)) return;
  field.focus();
  field.setRangeText(button.dataset.insert ?? "", field.selectionStart ?? field.value.length, field.selectionEnd ?? field.value.length, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
});
