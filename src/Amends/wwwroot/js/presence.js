// Tells the others that this case is being looked at or answered: an element with data-presence="URL".
import { $, onMarkup, post } from "./page.js";

const viewingEvery = 30000;
const writingEvery = 8000;
let at = null;
let wrote = 0;

const tell = (state) => {
  const url = $("[data-presence]")?.dataset.presence;
  if (!url || document.visibilityState === "hidden") return;
  const data = new FormData();
  data.append("state", state);
  post(url, data).catch(() => {});
};

export const startPresence = () => {
  onMarkup(() => {
    const url = $("[data-presence]")?.dataset.presence ?? null;
    if (url === at) return;
    at = url;
    tell("viewing");
  });
  setInterval(() => tell("viewing"), viewingEvery);
  document.addEventListener("input", (event) => {
    if (!event.target.closest?.(".composer") || Date.now() - wrote < writingEvery) return;
    wrote = Date.now();
    tell("writing");
  });
};
