// One stream per browser: the tab that holds the lock listens, the others hear it over a channel.
import { $, $$, say } from "./page.js";

const url = "/live";
const silence = 40000; // the server beats every 15 s
const pollEvery = 20000;
const channel = new BroadcastChannel("amends-live");
const read = document.body.dataset.live; // how far the signals had come when this page was read: "node.count"
const mostKept = 200;
const kept = []; // the newest signals, the last one last
let position = read;
let heard = Date.now();
let ready = false;
let listens = false;
let missed = false; // while nobody saw this page

/** The count of a position of this node; NaN for one of another node, whose count says nothing here. */
const countOf = (at, node) => at.startsWith(`${node}.`) ? Number(at.slice(node.length + 1)) : NaN;

/** Whether a position is later than another; on another node nobody knows, so it is. */
const isLater = (at, than) => {
  const [node, count] = than.split(".");
  return !(countOf(at, node) <= Number(count));
};

/** "case" 4812 becomes the events live:case and live:case-4812 on the document. */
const apply = (signal) => {
  heard = Date.now();
  if (signal.at) {
    if (!isLater(signal.at, read)) return; // for another tab
    if (isLater(signal.at, position)) position = signal.at;
    if (kept.push({ came: heard, signal }) > mostKept) kept.shift();
  }
  const name = `live:${signal.type}`;
  document.dispatchEvent(new CustomEvent(name, { detail: signal }));
  if (signal.id) document.dispatchEvent(new CustomEvent(`${name}-${signal.id}`, { detail: signal }));
};

const tell = (signal) => {
  channel.postMessage(signal);
  apply(signal);
};

/** For a tab that opened meanwhile: what came since its page was read, or that it asks for its page again. */
const tellSince = (since) => {
  const [node, from] = since.split(".");
  const recent = kept.filter(({ came, signal }) => isLater(signal.at, since) && (signal.at.startsWith(`${node}.`) || heard - came < 10000));
  if (recent.length === mostKept || countOf(read, node) > Number(from)) channel.postMessage({ type: "resync", only: since });
  else for (const { signal } of recent) channel.postMessage({ ...signal, only: since });
};

const listen = () => new Promise(() => {
  listens = true;
  const source = new EventSource(`${url}?since=${position}`);
  const take = (event) => {
    try { tell({ ...JSON.parse(event.data), at: event.lastEventId }); } catch { heard = Date.now(); }
  };
  source.addEventListener("ready", () => {
    tell({ type: ready ? "resync" : "ready" });
    ready = true;
  });
  source.addEventListener("beat", () => tell({ type: "beat" }));
  source.addEventListener("signal", take);
  source.addEventListener("message", take);
  source.addEventListener("error", () => {
    tell({ type: "offline" });
    // the browser does not try a refused stream again
    if (source.readyState === EventSource.CLOSED) setTimeout(() => { source.close(); listen(); }, pollEvery);
  });
});

/** Asks for the page again and lets only the differences in: drafts, focus and caret stay. */
const resync = () => {
  if (document.visibilityState === "hidden") return void (missed = true);
  globalThis.htmx?.ajax("GET", location.href, { target: "body", swap: "innerMorph" });
};

/** An open case: only the differences. Who reads its end goes on reading its end. */
const freshenCase = async ({ id, version }) => {
  const open = $(`.conv[data-case="${id}"]`);
  if (!open || version > 0 && version <= Number(open.dataset.version)) return;
  const timeline = $(".timeline", open);
  const atEnd = timeline.scrollHeight - timeline.scrollTop - timeline.clientHeight < 60;
  open.setAttribute("hx-sync", "#case:drop"); // whoever goes to another case goes first
  await globalThis.htmx?.ajax("GET", open.dataset.refresh, { source: open, target: "#case", swap: "innerMorph" });
  if (atEnd && timeline.isConnected) timeline.scrollTop = timeline.scrollHeight;
};

let askedFor;
/** A case that changed while it was on its way here. */
const catchUp = () => {
  const open = $(".conv[data-case]");
  const newer = kept.findLast(({ signal }) => signal.type === "case" && `${signal.id}` === open?.dataset.case && signal.version > Number(open.dataset.version))?.signal;
  if (!newer || newer === askedFor) return;
  askedFor = newer;
  freshenCase(newer);
};

/** Takes out a row, and a group without rows; not the row of the open case. */
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

/** A row as it is now, where it stands: nothing moves under the reader. A new one is announced above. */
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
    // the row itself stays, and with it the focus and a click that is on its way to the server
    const fresh = document.createRange().createContextualFragment(html).firstElementChild;
    for (const { name, value } of fresh.attributes) row.setAttribute(name, value);
    row.replaceChildren(...fresh.childNodes);
  }
};

const changed = new Map(); // by case
const look = () => {
  for (const signal of changed.values()) {
    freshenCase(signal);
    freshenRow(signal);
  }
  changed.clear();
};

/** Many changes are one look; a hidden tab catches up when it is seen. */
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
  channel.onmessage = ({ data }) => {
    if (data.since) listens && tellSince(data.since);
    else if ((data.only ?? read) === read) apply(data);
  };
  channel.postMessage({ since: read });
  navigator.locks.request("amends-live", listen);
  document.addEventListener("live:resync", resync);
  document.addEventListener("live:case", onCase);
  document.addEventListener("htmx:finally:request", () => setTimeout(catchUp)); // the next request of the pane may begin
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
