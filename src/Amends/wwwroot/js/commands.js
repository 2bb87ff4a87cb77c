// The registry from the page (C# Palette.All) and how a command is done.
import { $, $$, visible } from "./page.js";

const read = () => {
  try { return JSON.parse($("#commands")?.textContent ?? "[]"); } catch { return []; }
};

export const commands = read();
const own = new Map();

/** Registers what a command does when the page has no element of its own for it. */
export const does = (id, action) => own.set(id, action);

// Links in a folded panel work, too.
const element = (id) => {
  const all = $$(`[data-command="${id}"]`, document.querySelector("dialog[open]") ?? document);
  return all.find(visible) ?? all.find((one) => one.matches(".side a"));
};

/** True when it can be done here and now. */
export const can = (command) => !!(command.url || own.has(command.id) || element(command.id));

/** Does it: presses the page's element, else what was registered, else goes to its address. */
export const run = (id, event) => {
  const found = element(id);
  if (found && id !== "palette") {
    if (found.matches("input:not([type=radio], [type=checkbox]), textarea, select")) found.focus();
    else found.click();
    return own.get(`after:${id}`)?.(found, event), true;
  }
  if (own.has(id)) return own.get(id)(event) !== false;
  const command = commands.find((one) => one.id === id);
  if (command?.url) return location.assign(command.url), true;
  return false;
};
