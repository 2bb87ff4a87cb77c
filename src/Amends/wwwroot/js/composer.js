// The reply box: R and N, Ctrl Enter, and the rich editor, which is fetched when somebody starts to write.
import { does, run } from "./commands.js";
import { $, $$ } from "./page.js";

const editors = new WeakMap();
let onward = false;

/** The place to write in a form: the rich editor when it is there, else the textarea. */
const place = (form) => $(".ProseMirror", form) ?? $("textarea.edit", form);

const focus = (kind) => {
  const radio = $(`.composer input[name=kind][value=${kind}]`);
  const form = radio?.form ?? $(".composer form");
  if (!form) return false;
  if (radio) radio.checked = true;
  place(form)?.focus();
};

const enrich = async (area) => {
  if (editors.has(area)) return;
  editors.set(area, null);
  try {
    const { edit } = await import(document.body.dataset.assets);
    if (area.isConnected) editors.set(area, edit(area));
  } catch { editors.delete(area); } // the textarea works as it is
  const { watch } = await import("./wording.js");
  watch(area, (words) => editors.get(area)?.hints(words));
};

const send = () => {
  const form = document.activeElement?.closest("form") ?? $(".composer form");
  if (!form?.matches(".composer form, form[data-send]")) return form?.matches("dialog form") ? form.requestSubmit() : false;
  const button = $('[data-command="send"]', form);
  form.requestSubmit(button?.matches("button:not([disabled])") ? button : undefined);
};

export const startComposer = () => {
  does("reply", () => focus("reply"));
  does("note", () => focus("note"));
  does("send", send);
  does("send-next", () => {
    onward = !!$(".composer form");
    return send();
  });
  document.addEventListener("htmx:after:request", (event) => {
    if (event.target.closest?.(".composer form")) onward &&= !!event.detail?.ctx?.response?.raw?.ok;
  });
  document.addEventListener("focusin", (event) => {
    if (event.target.matches?.("textarea.edit[data-rich]")) enrich(event.target);
  });
  document.addEventListener("click", (event) => {
    const tool = event.target.closest?.("[data-edit]");
    const area = tool && $("textarea.edit", tool.closest("form"));
    const editor = area && editors.get(area);
    if (!editor) return;
    event.preventDefault();
    editor.do(tool.dataset.edit);
  });
  document.addEventListener("change", (event) => {
    const files = event.target.closest?.(".composer .pick input[type=file]");
    if (!files) return;
    const shown = $(".picked-files", files.form);
    if (shown) shown.textContent = [...files.files].map((file) => file.name).join(", ");
  });
  // a reply that has been sent leaves an empty box behind
  document.addEventListener("htmx:after:settle", () => {
    for (const area of $$("textarea.edit")) editors.get(area)?.refresh();
    if (!onward) return;
    onward = false;
    if (!run("next")) run("back");
  });
};
