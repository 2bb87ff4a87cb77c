// Hints on a reply while it is written: read on the server once the keys rest, shown below the place to write. Fetched when somebody begins to write.
import { $, $$, post, say } from "./page.js";

const idle = 600;
const watched = new WeakSet();

const make = (form) => {
  const panel = document.createElement("section");
  panel.className = "wording for-reply";
  panel.setAttribute("aria-label", "How it reads");
  const said = document.createElement("p");
  said.className = "sr";
  said.setAttribute("role", "status");
  panel.append(said, document.createElement("div"));
  $(".next", form).before(panel);
  return panel;
};

/** What the form holds, without the files but with their names. */
const fields = (form) => {
  const data = new FormData(form);
  for (const [name, value] of [...data]) {
    if (!(value instanceof File)) continue;
    data.delete(name);
    if (value.name) data.append("file", value.name);
  }
  return data;
};

/** Watches a place to write; `mark` underlines words where it can. */
export const watch = (area, mark) => {
  const form = area.form;
  if (watched.has(area) || !form?.matches(".composer form[action$='/messages']")) return;
  watched.add(area);
  const panel = $(".wording", form) ?? make(form);
  const place = panel.lastElementChild;
  let timer, asking, kept = "", held;

  const put = (html) => {
    const open = new Set($$("details[open]", place).map((each) => each.dataset.key));
    place.innerHTML = html;
    const sheet = $("link", place); // it stays when the hints change
    if (sheet) $(`head > [href="${sheet.getAttribute("href")}"]`) ? sheet.remove() : document.head.append(sheet);
    for (const each of $$("details", place)) each.open = open.has(each.dataset.key);
    const words = $(".reads", place)?.dataset.says ?? "";
    if (panel.firstElementChild.textContent !== words) panel.firstElementChild.textContent = words;
  };

  const show = (html) => {
    if (html === kept) return;
    kept = html;
    if (place.contains(document.activeElement)) held = html; // whoever reads a hint is not interrupted
    else put(html);
  };

  const look = async () => {
    asking?.abort();
    if (!area.value.trim() || form.elements.kind.value === "note") return mark([]), show("");
    asking = new AbortController();
    try {
      const answer = await post(form.action.replace(/messages$/, "wording"), fields(form), { signal: asking.signal });
      if (!answer.ok || !area.isConnected) return;
      show(await answer.text());
      mark([...new Set($$(":is(.s2, .s3) q", place).map((each) => each.textContent))]);
    } catch { /* newer words are on their way, or the network is gone: hints are only advice */ }
  };

  place.addEventListener("focusout", (event) => {
    if (held === undefined || place.contains(event.relatedTarget)) return;
    const html = held;
    held = undefined;
    put(html);
  });
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(look, idle);
  });
  look();
};

document.addEventListener("click", async (event) => {
  const button = event.target.closest?.("[data-copy]");
  if (!button) return;
  try { await navigator.clipboard.writeText(button.dataset.copy); } catch {
    getSelection().selectAllChildren(button.previousElementSibling);
    document.execCommand("copy");
  }
  say("Copied", true);
});
