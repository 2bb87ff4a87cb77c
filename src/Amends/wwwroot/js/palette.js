// Ctrl/⌘ K: every command that can be done here, and the cases that the server finds.
import { can, commands, does, run } from "./commands.js";
import { $, $$, icon } from "./page.js";

const suggestUrl = "/search/suggest?q=";
let asked = 0;
let found = [];
let chosen = 0;
let timer;

const marked = (title, query) => {
  const at = query ? title.toLowerCase().indexOf(query.toLowerCase()) : -1;
  if (at < 0) return [title];
  const mark = document.createElement("mark");
  mark.textContent = title.slice(at, at + query.length);
  return [title.slice(0, at), mark, title.slice(at + query.length)];
};

const printed = (keys) => {
  const parts = keys.startsWith("Mod+") ? [keys.replace("Mod+", "Ctrl ").replace("Shift+", "Shift ").replace("Enter", "↵")] : keys.split(/[ +]/).filter(Boolean);
  return parts.map((key) => Object.assign(document.createElement("kbd"), { textContent: key === "Enter" ? "↵" : key }));
};

const option = (item, index, query) => {
  const line = document.createElement("div");
  line.setAttribute("role", "option");
  line.id = `palette-${index}`;
  line.dataset.index = index;
  line.setAttribute("aria-selected", index === chosen);
  const words = document.createElement("span");
  words.append(...marked(item.title, query));
  if (item.detail) words.append(" ", Object.assign(document.createElement("small"), { textContent: item.detail }));
  const end = document.createElement("span");
  end.className = "end";
  end.append(...printed(item.keys ?? ""));
  line.append(icon(item.icon ?? "inbox"), words, end);
  return line;
};

const show = (query) => {
  const list = $("#palette-list");
  const groups = Map.groupBy ? Map.groupBy(found, (item) => item.group) : found.reduce((all, item) => all.set(item.group, [...(all.get(item.group) ?? []), item]), new Map());
  let index = 0;
  list.replaceChildren(...[...groups].map(([name, items]) => {
    const group = document.createElement("div");
    group.setAttribute("role", "group");
    group.setAttribute("aria-label", name);
    group.append(Object.assign(document.createElement("h3"), { textContent: name, role: "presentation" }), ...items.map((item) => option(item, index++, query)));
    return group;
  }));
  if (found.length === 0) list.append(Object.assign(document.createElement("p"), { className: "nothing", textContent: query ? "Nothing by that name." : "Type what you want to do." }));
  choose(chosen);
};

const choose = (index) => {
  chosen = Math.max(0, Math.min(found.length - 1, index));
  for (const line of $$("#palette-list [role=option]")) line.setAttribute("aria-selected", Number(line.dataset.index) === chosen);
  const line = $(`#palette-${chosen}`);
  line?.scrollIntoView({ block: "nearest" });
  const input = $("#palette input");
  if (line) input.setAttribute("aria-activedescendant", line.id);
  else input.removeAttribute("aria-activedescendant");
};

const matching = (query) => {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return commands
    .filter((one) => one.id !== "palette" && one.where !== "writing" && !["next", "previous", "open", "newer"].includes(one.id) && can(one))
    .filter((one) => words.every((word) => one.title.toLowerCase().includes(word)))
    .map((one) => ({ ...one, detail: "" }));
};

const look = async () => {
  const query = $("#palette input").value.trim();
  const mine = ++asked;
  chosen = 0;
  found = matching(query);
  show(query);
  if (query.length < 2) return;
  try {
    const response = await fetch(suggestUrl + encodeURIComponent(query), { headers: { Accept: "application/json" } });
    if (!response.ok || mine !== asked) return;
    const cases = await response.json();
    if (mine !== asked) return;
    found = [...found, ...cases.map((one) => ({ group: "Cases", icon: "inbox", ...one }))];
    show(query);
  } catch { /* offline: the commands are still there */ }
};

const perform = (item) => {
  if (!item) return;
  $("#palette").close();
  if (item.id) run(item.id);
  else location.assign(item.url);
};

export const startPalette = () => {
  const dialog = $("#palette");
  if (!dialog) return;
  const input = $("input", dialog);
  const open = () => {
    input.value = "";
    dialog.showModal();
    look();
    input.focus();
  };
  does("palette", open);
  document.addEventListener("click", (event) => {
    const opener = event.target.closest?.('[data-command="palette"]');
    if (!opener || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    open();
  });
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(look, 90);
  });
  dialog.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      choose(chosen + (event.key === "ArrowDown" ? 1 : -1));
    } else if (event.key === "Enter") {
      event.preventDefault();
      perform(found[chosen]);
    }
  });
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
    const line = event.target.closest("[role=option]");
    if (line) perform(found[Number(line.dataset.index)]);
  });
};
