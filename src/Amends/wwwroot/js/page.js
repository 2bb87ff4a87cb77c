// What the other modules share: the page's tokens, finding what is visible, telling screen readers.
export const $ = (selector, within = document) => within.querySelector(selector);
export const $$ = (selector, within = document) => [...within.querySelectorAll(selector)];

export const visible = (element) => !!element && element.getClientRects().length > 0 && !element.disabled;

export const token = () => $('meta[name="csrf"]')?.content ?? "";

// a form that came with a piece of a page has no token of its own: it takes the page's along when its fields are read
document.addEventListener("formdata", (event) => {
  if (event.target.method === "post" && !event.formData.has("__RequestVerificationToken")) event.formData.append("__RequestVerificationToken", token());
});

/** A POST of ours; `body` is FormData or nothing. Resolves to the response, rejects when the network failed. */
export const post = (url, body, options = {}) =>
  fetch(url, { method: "POST", body, headers: { RequestVerificationToken: token() }, credentials: "same-origin", ...options });

/** Runs now and after every swap: for what has to be looked at in new markup. */
export const onMarkup = (look) => {
  look(document);
  document.addEventListener("htmx:after:settle", () => look(document));
};

let said = 0;
/** A sentence for screen readers, at most one in ten seconds unless it is urgent. */
export const say = (words, urgent = false) => {
  const now = Date.now();
  if (!urgent && now - said < 10000) return;
  said = now;
  const place = $("#live-words");
  if (place) place.textContent = words;
};

export const icon = (name) => {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `${document.body.dataset.icons ?? "/icons.svg"}#${name}`);
  svg.append(use);
  return svg;
};
