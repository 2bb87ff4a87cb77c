// Keeps "in 1 h 12 min" true on a page that stays open: elements with data-due="ISO time".
import { $$, say } from "./page.js";

const minute = 60000;
const told = new Set();

/** The same words as When.Span on the server. */
const span = (ms) => {
  const minutes = Math.floor(Math.abs(ms) / minute);
  const hours = Math.floor(minutes / 60);
  if (minutes < 1) return `${Math.floor(Math.abs(ms) / 1000)} s`;
  if (hours < 1) return `${minutes} min`;
  if (hours < 10 && minutes % 60 > 0) return `${hours} h ${minutes % 60} min`;
  return hours < 48 ? `${hours} h` : `${Math.floor(hours / 24)} days`;
};

const tick = () => {
  for (const element of $$("[data-due]")) {
    const left = Date.parse(element.dataset.due) - Date.now();
    if (Number.isNaN(left) || left > 4 * 60 * minute) continue;
    const words = left < 0 ? `${span(left)} late` : element.dataset.plain === undefined ? `in ${span(left)}` : span(left);
    if (element.textContent !== words) element.textContent = words;
    const box = element.closest(".chip, .promise, .strip");
    if (box && left < 0) {
      box.classList.remove("amber");
      box.classList.add(box.matches(".chip") ? "red" : "late");
    }
    if (!element.matches("[role=timer]")) continue;
    const step = left < 0 ? "overdue" : left < 5 * minute ? "5" : left < 15 * minute ? "15" : null;
    if (!step || told.has(element.dataset.due + step)) continue;
    told.add(element.dataset.due + step);
    say(step === "overdue" ? "The promised update is overdue" : `The promised update is due in ${step} minutes`, true);
  }
};

export const startClock = () => {
  tick();
  setInterval(tick, 20000);
};
