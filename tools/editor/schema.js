// Six kinds of node and three marks: what a reply needs, and nothing that mail programs show differently.
import { Schema } from "prosemirror-model";

const safe = (href) => (/^(https?:|mailto:|tel:)/i.test(href ?? "") ? href : null);

export const schema = new Schema({
  nodes: {
    doc: { content: "block+" },
    paragraph: { group: "block", content: "inline*", parseDOM: [{ tag: "p" }, { tag: "div" }], toDOM: () => ["p", 0] },
    blockquote: { group: "block", content: "block+", defining: true, parseDOM: [{ tag: "blockquote" }], toDOM: () => ["blockquote", 0] },
    bullet_list: { group: "block", content: "list_item+", parseDOM: [{ tag: "ul" }, { tag: "ol" }], toDOM: () => ["ul", 0] },
    list_item: { content: "paragraph block*", defining: true, parseDOM: [{ tag: "li" }], toDOM: () => ["li", 0] },
    image: {
      group: "inline", inline: true, draggable: true, attrs: { src: {}, alt: { default: "" } },
      parseDOM: [{ tag: "img[src]", getAttrs: (dom) => (/^(\/|https?:|cid:)/i.test(dom.getAttribute("src")) ? { src: dom.getAttribute("src"), alt: dom.getAttribute("alt") ?? "" } : false) }],
      toDOM: (node) => ["img", node.attrs],
    },
    hard_break: { group: "inline", inline: true, selectable: false, parseDOM: [{ tag: "br" }], toDOM: () => ["br"] },
    text: { group: "inline" },
  },
  marks: {
    link: {
      attrs: { href: {} }, inclusive: false,
      parseDOM: [{ tag: "a[href]", getAttrs: (dom) => (safe(dom.getAttribute("href")) ? { href: dom.getAttribute("href") } : false) }],
      toDOM: (mark) => ["a", { href: mark.attrs.href, rel: "noopener noreferrer" }, 0],
    },
    em: { parseDOM: [{ tag: "i" }, { tag: "em" }], toDOM: () => ["em", 0] },
    strong: { parseDOM: [{ tag: "strong" }, { tag: "b", getAttrs: (dom) => dom.style.fontWeight !== "normal" && null }], toDOM: () => ["strong", 0] },
  },
});

/** An address that may stand in a link; "example.com/x" gets https. */
export const address = (text) => safe(text) ?? (/^[\w-]+(\.[\w-]+)+(\/|$)/.test(text) ? `https://${text}` : null);
