// A click on [data-dialog="id"] opens that <dialog>; without scripts the link's own page does the same.
import { $, onMarkup } from "./page.js";

const open = (dialog) => {
  if (dialog.open) return;
  dialog.showModal();
  $("[autofocus], .body :is(input:not([type=hidden]), textarea, select)", dialog)?.focus();
};

export const startDialogs = () => {
  document.addEventListener("click", (event) => {
    const opener = event.target.closest?.("[data-dialog]");
    if (opener && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      const dialog = document.getElementById(opener.dataset.dialog);
      if (dialog) {
        event.preventDefault();
        open(dialog);
      }
    }
    if (event.target.closest?.("[data-close]")) {
      event.preventDefault();
      event.target.closest("dialog")?.close();
    }
    if (event.target.matches?.("dialog.dialog") && event.target.open) event.target.close(); // the backdrop
  });
  // the shared sheet is filled by htmx; put the cursor into the form that has just come
  document.addEventListener("htmx:after:settle", () => {
    const sheet = $("#sheet[open]");
    if (sheet && !sheet.contains(document.activeElement)) $("[autofocus], .body :is(input:not([type=hidden]), textarea, select)", sheet)?.focus();
  });
  // an error summary that has just arrived is where the reader wants to be
  onMarkup((root) => $("#errors", root)?.focus());
};
