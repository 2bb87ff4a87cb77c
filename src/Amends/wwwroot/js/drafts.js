// A form with data-draft="URL" keeps what is written: on this device at once, on the server after 800 ms of quiet.
// With data-draft-local="name" there is nothing on the server to keep it with yet, and it stays on this device.
import { $, $$, onMarkup, post } from "./page.js";

const idle = 800;
const timers = new WeakMap();
const drafted = "form:is([data-draft], [data-draft-local])";
const key = (form) => `draft ${form.dataset.draft ?? form.dataset.draftLocal}`;

const fields = (form) => {
  const data = new FormData(form);
  for (const [name, value] of [...data]) if (value instanceof File) data.delete(name);
  return data;
};

const kept = (form) => Object.fromEntries([...fields(form)].filter(([name]) => name !== "__RequestVerificationToken"));

const tell = (form, words) => {
  const place = $(".saved", form);
  if (place) place.textContent = words;
};

const keepHere = (form) => {
  try { localStorage.setItem(key(form), JSON.stringify(kept(form))); } catch { /* full or forbidden: the server has it */ }
};

const save = async (form) => {
  clearTimeout(timers.get(form));
  timers.delete(form);
  if (!form.dataset.draft) return;
  const sent = JSON.stringify(kept(form));
  try {
    const response = await post(form.dataset.draft, fields(form));
    if (!response.ok) throw new Error();
    if (localStorage.getItem(key(form)) === sent) localStorage.removeItem(key(form));
    tell(form, "Draft saved");
  } catch { tell(form, "Saved on this device"); }
};

const changed = (event) => {
  const form = event.target.closest?.(drafted);
  if (!form) return;
  keepHere(form);
  tell(form, "…");
  clearTimeout(timers.get(form));
  timers.set(form, setTimeout(() => save(form), idle));
};

const leave = () => {
  for (const form of $$("form[data-draft]")) {
    if (!timers.has(form)) continue;
    clearTimeout(timers.get(form));
    timers.delete(form);
    navigator.sendBeacon(form.dataset.draft, fields(form)); // the copy here stays until the server says so
  }
};

/** Puts back what this device still holds, and offers it to the server again. */
const restore = (form) => {
  if (form.dataset.restored) return;
  form.dataset.restored = "yes";
  let copy;
  try { copy = JSON.parse(localStorage.getItem(key(form))); } catch { return; }
  if (!copy) return;
  let differs = false;
  for (const [name, value] of Object.entries(copy)) {
    const field = form.elements[name];
    if (!field || field.type === "checkbox" || field.type === "hidden" && name !== "html" || typeof value !== "string" || field.value === value) continue;
    field.value = value;
    differs = true;
  }
  for (const box of $$("[type=checkbox]", form)) {
    if (box.checked === box.name in copy) continue;
    box.checked = box.name in copy;
    differs = true;
  }
  if (differs) save(form);
  else if (form.dataset.draft) localStorage.removeItem(key(form));
};

const sent = (form) => {
  clearTimeout(timers.get(form));
  timers.delete(form);
  localStorage.removeItem(key(form));
};

export const startDrafts = () => {
  onMarkup((root) => $$(drafted, root).forEach(restore));
  document.addEventListener("input", changed);
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && leave());
  addEventListener("pagehide", leave);
  // a plain submit: the answer is another page; forget only what really leaves
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches(drafted)) return;
    clearTimeout(timers.get(form));
    timers.delete(form);
    if (!form.matches("[hx-post]") && navigator.onLine) sent(form);
  });
  document.addEventListener("htmx:after:request", (event) => {
    const form = event.target.closest?.("form[data-draft][hx-post]");
    if (form && event.detail?.ctx?.response?.raw?.ok) sent(form);
  });
};
