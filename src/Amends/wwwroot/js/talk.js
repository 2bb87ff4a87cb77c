// Who speaks is tapped while one listens: the seconds run into the field of whoever it is, until somebody else is tapped or the same again.
const part = document.querySelector("[data-talk]");
const buttons = [...(part?.querySelectorAll("[data-speaks]") ?? [])];
let who = null;
let since = 0;

const count = () => {
  if (!who) return;
  const field = part.querySelector(`[name="${who}"]`);
  const seconds = Math.floor((Date.now() - since) / 1000);
  if (seconds < 1) return;
  since += seconds * 1000;
  field.value = (Number.parseInt(field.value, 10) || 0) + seconds;
  field.dispatchEvent(new Event("input", { bubbles: true }));
};

for (const button of buttons) {
  button.addEventListener("click", () => {
    count();
    who = who === button.dataset.speaks ? null : button.dataset.speaks;
    since = Date.now();
    for (const each of buttons) each.setAttribute("aria-pressed", String(each.dataset.speaks === who));
  });
}

if (part) setInterval(count, 5000);
