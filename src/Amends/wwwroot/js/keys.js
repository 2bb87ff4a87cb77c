// Single keys outside fields, Ctrl/⌘ combinations inside, G followed by a letter. Never Alt, never during composition.
import { commands, does, run } from "./commands.js";
import { $, post } from "./page.js";

const field = "input:not([type=radio], [type=checkbox], [type=button], [type=submit]), textarea, select, [contenteditable=true], dialog";
const mac = /Mac|iPhone|iPad/.test(navigator.platform);
const wait = 1200;
let first = null;

/** The letter that was meant: what the key types, or the key's place where the layout has no Latin letters. */
const letter = (event) => {
  if (event.key.length > 1) return event.key;
  const latin = /^[\x21-\x7e]$/.test(event.key);
  const typed = latin || !event.code.startsWith("Key") ? event.key : event.code.slice(3);
  return typed.toUpperCase();
};

const spelled = (event) => {
  const mod = mac ? event.metaKey : event.ctrlKey;
  const key = letter(event);
  const shift = event.shiftKey && (mod || /^[A-Z]$/.test(key) || key.length > 1);
  const digit = mod && event.shiftKey && event.code.startsWith("Digit") ? event.code.slice(5) : key;
  return `${mod ? "Mod+" : ""}${shift ? "Shift+" : ""}${digit}`;
};

export const singleKeys = () => !document.documentElement.classList.contains("no-keys") && localStorage.getItem("single-keys") !== "off";

const allowed = (event, keys) => {
  if (keys.startsWith("Mod+")) return true;
  return singleKeys() && !event.ctrlKey && !event.metaKey && !event.target.closest?.(field);
};

const fits = (command) =>
  (command.where !== "list" || !!$(".row")) && (command.where !== "case" || !!$(".case-head")) && (command.where !== "writing" || !!document.activeElement?.closest("form"));

const press = (event) => {
  if (event.isComposing || event.keyCode === 229 || event.altKey || event.repeat && !"JK".includes(letter(event))) return;
  const keys = spelled(event);
  if (event.defaultPrevented && !keys.endsWith("Enter")) return; // the editor claims every Enter, also those that it leaves to us
  const sequence = first && Date.now() - first.at < wait ? `${first.key} ${keys}` : null;
  first = null;
  if (!allowed(event, keys)) return;
  const command = (sequence && commands.find((one) => one.keys === sequence)) || (!sequence && commands.find((one) => one.keys === keys && fits(one)));
  if (command) {
    // Enter and the browser's own keys stay with the link or the text that has the focus
    if (command.id === "open" || (command.where === "writing" && !event.target.closest?.("form"))) return;
    if (["bold", "italic", "list"].includes(command.id)) return;
    if (command.id === "palette" && textIsSelected(event.target)) return;
    if (run(command.id, event)) event.preventDefault();
  } else if (!sequence && commands.some((one) => one.keys.startsWith(`${keys} `))) {
    first = { key: keys, at: Date.now() };
  }
};

/** Ctrl K makes a link of selected text; only without a selection does it open the palette. */
const textIsSelected = (target) =>
  target.closest?.("[contenteditable=true]") ? !getSelection().isCollapsed : target.matches?.("textarea") && target.selectionStart !== target.selectionEnd;

export const startKeys = () => {
  document.addEventListener("keydown", press);
  does("help", () => $("#shortcuts")?.showModal());
  does("back", () => {
    const back = $(".back[href]");
    if (!back) return false;
    location.assign(back.href);
  });
  does("link", async () => {
    await navigator.clipboard?.writeText(location.href.split(/[?#]/)[0]);
    document.dispatchEvent(new CustomEvent("toast", { detail: { words: "Address copied" } }));
  });
  does("kind", () => {
    const actions = $('[data-command="assign"]');
    if (!actions) return false;
    document.addEventListener("htmx:after:settle", () => $("#kind-choice")?.focus(), { once: true });
    actions.click();
  });
  does("unread", async () => {
    const at = $(".conv[data-case]")?.dataset.case;
    if (!at) return false;
    const response = await post(`/cases/${at}/unread`, new URLSearchParams()).catch(() => null);
    if (response?.ok) location.assign(response.url); // the list; the case's page would mark it as seen again
  });
  does("panel", () => {
    if (!$(".side")) return false;
    document.body.dataset.panel = document.body.dataset.panel === "open" ? "" : "open";
  });
};
