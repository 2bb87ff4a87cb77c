// Between plain text, as the textarea holds it, and the document.
import { DOMParser, DOMSerializer } from "prosemirror-model";
import { schema } from "./schema.js";

/** Blank lines part paragraphs, "- " starts a list item. */
export const fromText = (text) => {
  const nodes = [];
  for (const block of text.replaceAll("\r\n", "\n").split(/\n{2,}/)) {
    const lines = block.split("\n");
    if (block && lines.every((line) => /^[-*•] /.test(line))) {
      nodes.push(schema.node("bullet_list", null, lines.map((line) => schema.node("list_item", null, [paragraph([line.slice(2)])]))));
    } else nodes.push(paragraph(lines));
  }
  return schema.node("doc", null, nodes);
};

const paragraph = (lines) => schema.node("paragraph", null, lines.flatMap((line, index) => [
  ...(index ? [schema.node("hard_break")] : []),
  ...(line ? [schema.text(line)] : []),
]));

/** The reverse of fromText, with "> " before quotes and addresses in angle brackets behind links. */
export const toText = (doc) => {
  const blocks = [];
  doc.forEach((node) => blocks.push(blockText(node)));
  return blocks.join("\n\n").trimEnd();
};

const blockText = (node) => {
  if (node.type.name === "bullet_list") {
    const items = [];
    node.forEach((item) => items.push(`- ${toText(item).replaceAll("\n\n", "\n  ")}`));
    return items.join("\n");
  }
  if (node.type.name === "blockquote") return toText(node).split("\n").map((line) => `> ${line}`).join("\n");
  let text = "";
  node.forEach((child) => {
    if (child.type.name === "hard_break") text += "\n";
    else if (child.type.name === "image") text += child.attrs.alt ? `[${child.attrs.alt}]` : "[picture]";
    else {
      const link = child.marks.find((mark) => mark.type.name === "link");
      text += link && link.attrs.href !== child.text ? `${child.text} <${link.attrs.href}>` : child.text;
    }
  });
  return text;
};

/** Our schema's reading of HTML; everything else falls away. */
export const fromHtml = (html) => {
  const page = new window.DOMParser().parseFromString(html, "text/html");
  return DOMParser.fromSchema(schema).parse(page.body);
};

export const toHtml = (doc) => {
  const box = document.implementation.createHTMLDocument("").createElement("div");
  box.append(DOMSerializer.fromSchema(schema).serializeFragment(doc.content, { document: box.ownerDocument }));
  return box.innerHTML;
};
