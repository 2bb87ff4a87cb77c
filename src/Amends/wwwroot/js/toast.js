// One message at the bottom, eight seconds, kept while it is pointed at. Z or the button takes the action back.
import { does } from "./commands.js";
import { $, post } from "./page.js";

const stay = 8000;
let timer;

const hide = () => { const toast = $("#toast"); if (toast) toast.hidden = true; };
const count = () => { clearTimeout(timer); timer = setTimeout(hide, stay); };

/** Shows words; `undo` is the address that a POST to takes it back. */
export const show = ({ words, undo, bad }) => {
  const toast = $("#toast");
  if (!toast) return;
  toast.hidden = false;
  toast.classList.toggle("bad", !!bad);
  $(".words", toast).textContent = words;
  $("form, button", toast)?.remove();
  if (undo) {
    const button = document.createElement("button");
    button.type = "button";
    button.dataset.command = "undo";
    button.append("Undo ", Object.assign(document.createElement("kbd"), { textContent: "Z" }));
    button.addEventListener("click", async () => {
      const response = await post(undo).catch(() => null);
      if (response?.ok) location.reload();
      else show({ words: "That could not be taken back any more", bad: true });
    });
    toast.append(button);
  }
  count();
};

export const startToast = () => {
  const toast = $("#toast");
  if (!toast) return;
  if (!toast.hidden) count();
  for (const event of ["pointerenter", "focusin"]) toast.addEventListener(event, () => clearTimeout(timer));
  for (const event of ["pointerleave", "focusout"]) toast.addEventListener(event, count);
  document.addEventListener("toast", (event) => show(event.detail)); // the server says it with HX-Trigger: {"toast":{…}}
  document.addEventListener("htmx:error", () => show({ words: "No connection. What you wrote is kept here.", bad: true }));
  does("undo", () => false);
};
