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
  document.addEventListener("live:new", () => say("There are new cases"));
  for (const name of ["live:counts", "live:case"]) document.addEventListener(name, () => {
    clearTimeout(soon);
    soon = setTimeout(counts, 300);
  });
  setInterval(() => {
    if (Date.now() - heard < silence) return;
    document.dispatchEvent(new CustomEvent("live:poll"));
    resync();
  }, pollEvery);
};
