// Moving through the rows. The row that is wanted is marked at once; the server's answer follows.
import { does } from "./commands.js";
import { $, $$, say } from "./page.js";

const rows = () => $$(".row").filter((row) => row.getClientRects().length > 0);
let wanted = null;

const mark = (row) => {
  wanted = row.id;
  for (const other of $$(".row[aria-current]")) other.removeAttribute("aria-current");
  row.setAttribute("aria-current", "true");
};

const move = (by) => {
  const all = rows();
  if (all.length === 0) return false;
  const here = all.indexOf(document.activeElement?.closest(".row") ?? all.find((row) => row.id === wanted) ?? $(".row[aria-current]"));
  const row = all[Math.min(all.length - 1, Math.max(0, here < 0 ? 0 : here + by))];
  row.focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
  // beside an open case the case follows the row; on a small screen and in plain lists only the focus moves
  if (row.hasAttribute("hx-get") && $(".case-head") && $(".list")?.getClientRects().length) row.click();
};

/** A case opens at its newest message, unless the address names another one. */
const opened = new WeakSet();
const newest = () => {
  const timeline = $(".timeline");
  if (!timeline || opened.has(timeline) || location.hash) return;
  opened.add(timeline);
  timeline.scrollTop = timeline.scrollHeight;
};

export const startList = () => {
  newest();
  does("next", () => move(1));
  does("previous", () => move(-1));
  does("newer", () => $(".newer")?.click() ?? false);
  document.addEventListener("click", (event) => {
    const row = event.target.closest?.(".row[hx-get]");
    if (row && !event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0) mark(row);
  });
  document.addEventListener("keydown", (event) => {
    const row = event.target.closest?.(".list .row");
    if (!row || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      move(event.key === "ArrowDown" ? 1 : -1);
    }
  });
  document.addEventListener("htmx:after:settle", () => {
    newest();
    const head = $(".case-head h1");
    if (head && document.body.dataset.case !== location.pathname) {
      document.body.dataset.case = location.pathname;
      document.body.dataset.panel = "";
      const title = head.closest("[data-title]")?.dataset.title ?? head.textContent.trim();
      document.title = `${title} · Amends`;
      say(title, true);
    }
    // what had the focus is gone: the next row, not the top of the page
    if (document.activeElement === document.body && wanted) (document.getElementById(wanted) ?? rows()[0])?.focus({ preventScroll: true });
  });
};
