// One stream per browser: the tab that holds the lock listens, the others hear it over a channel.
import { $, $$, say } from "./page.js";

const url = "/live";
const silence = 40000; // the server beats every 15 s
const pollEvery = 20000;
const channel = new BroadcastChannel("amends-live");
let heard = Date.now();
let ready = false;

/** "case" 4812 becomes the events live:case and live:case-4812 on the document; elements listen with hx-trigger. */
const apply = (signal) => {
  heard = Date.now();
  const name = `live:${signal.type}`;
  document.dispatchEvent(new CustomEvent(name, { detail: signal }));
  if (signal.id) document.dispatchEvent(new CustomEvent(`${name}-${signal.id}`, { detail: signal }));
};

const tell = (signal) => {
  channel.postMessage(signal);
  apply(signal);
};

const listen = () => new Promise(() => {
  const source = new EventSource(url);
  const read = (event) => {
    try { tell(JSON.parse(event.data)); } catch { heard = Date.now(); }
  };
  source.addEventListener("ready", () => {
    tell({ type: ready ? "resync" : "ready" });
    ready = true;
  });
  source.addEventListener("beat", () => tell({ type: "beat" }));
  source.addEventListener("signal", read);
  source.addEventListener("message", read);
  source.addEventListener("error", () => {
    tell({ type: "offline" });
    // a refused stream is not tried again by the browser; we do, without haste
    if (source.readyState === EventSource.CLOSED) setTimeout(() => { source.close(); listen(); }, pollEvery);
  });
});

/** Asks for the page again and lets only the differences in: drafts, focus and caret stay. */
const resync = () => {
  if (!$("[data-live]") || document.visibilityState === "hidden") return;
  globalThis.htmx?.ajax("GET", location.href, { target: "body", swap: "innerMorph" });
};

/** An open case that somebody changed: only the differences, too. Whoever reads its end keeps reading its end. */
const freshenCase = async ({ id, version }) => {
  const open = $(`.conv[data-case="${id}"]`);
  if (!open || version > 0 && version <= Number(open.dataset.version)) return; // our own change, which is shown already
  const timeline = $(".timeline", open);
  const atEnd = timeline.scrollHeight - timeline.scrollTop - timeline.clientHeight < 60;
  await globalThis.htmx?.ajax("GET", open.dataset.refresh, { target: "#case", swap: "innerMorph" });
  if (atEnd && timeline.isConnected) timeline.scrollTop = timeline.scrollHeight;
};

/** Takes a row out of its group, and a group without rows out of the list. The open case's row stays as long as it is open. */
const drop = (row) => {
  if (row.hasAttribute("aria-current") || row === document.activeElement) return;
  const item = row.closest("li");
  const group = item.parentElement;
  const heading = group.previousElementSibling;
  item.remove();
  $("span", heading).textContent = group.children.length;
  if (group.children.length > 0) return;
  heading.remove();
  group.remove();
};

/** A case's row as it is now, at its place: nothing moves under the reader. A case that is new to the list is announced above it. */
const freshenRow = async ({ id }) => {
  const list = $(".list[data-in]");
  if (!list) return;
  const response = await fetch(`/inbox/row/${id}?in=${list.dataset.in}`).catch(() => null);
  if (!response?.ok) return;
  const html = await response.text();
  const row = document.getElementById(`row-${id}`);
  if (!row && html) {
    $(".newer", list).hidden = false;
    say("There are new cases");
  } else if (!html) row && drop(row);
  else {
    const fresh = document.createRange().createContextualFragment(html).firstElementChild;
    if (row.hasAttribute("aria-current")) fresh.setAttribute("aria-current", "true");
    const focused = row === document.activeElement;
    row.replaceWith(fresh);
    globalThis.htmx?.process(fresh);
    if (focused) fresh.focus({ preventScroll: true });
  }
};

const changed = new Map(); // what changed since the last look, by case
let missed = false;
const look = () => {
  for (const signal of changed.values()) {
    freshenCase(signal);
    freshenRow(signal);
  }
  changed.clear();
};

/** Several changes at once are looked at once; a tab that nobody sees catches up when it is seen. */
const onCase = ({ detail }) => {
  if (document.visibilityState === "hidden") return void (missed = true);
  if (changed.size === 0) setTimeout(look, 250);
  changed.set(detail.id, detail);
};

const counts = async () => {
  const shown = $$("[data-count]");
  if (shown.length === 0) return;
  try {
    const response = await fetch("/inbox/counts", { headers: { Accept: "application/json" } });
    if (!response.ok) return;
    const numbers = await response.json();
    for (const place of shown) if (place.dataset.count in numbers) place.textContent = numbers[place.dataset.count];
  } catch { /* the next signal brings them */ }
};

let soon;
export const startLive = () => {
  if (!$("[data-live]") || !("locks" in navigator)) return;
  channel.onmessage = (event) => apply(event.data);
  navigator.locks.request("amends-live", listen);
  document.addEventListener("live:resync", resync);
  document.addEventListener("live:case", onCase);
  document.addEventListener("visibilitychange", () => {
    if (!missed || document.visibilityState === "hidden") return;
    missed = false;
    resync();
  });
  for (const name of ["live:counts", "live:case"]) document.addEventListener(name, () => {
    clearTimeout(soon);
    soon = setTimeout(counts, 300);
  });
  setInterval(() => {
    if (Date.now() - heard >= silence) resync();
  }, pollEvery);
};
