// edit(textarea) lays the rich editor over a textarea. The textarea keeps the plain text, a hidden field "html" the rest.
import { baseKeymap, chainCommands, exitCode, lift, setBlockType, toggleMark, wrapIn } from "prosemirror-commands";
import { history, redo, undo } from "prosemirror-history";
import { inputRules, wrappingInputRule } from "prosemirror-inputrules";
import { keymap } from "prosemirror-keymap";
import { liftListItem, sinkListItem, splitListItem, wrapInList } from "prosemirror-schema-list";
import { EditorState, Plugin } from "prosemirror-state";
import { Decoration, DecorationSet, EditorView } from "prosemirror-view";
import { address, schema } from "./schema.js";
import { fromHtml, fromText, toHtml, toText } from "./text.js";

const { strong, em, link } = schema.marks;
const { bullet_list, list_item, blockquote, hard_break, paragraph } = schema.nodes;

const newLine = chainCommands(exitCode, (state, dispatch) => {
  dispatch?.(state.tr.replaceSelectionWith(hard_break.create()).scrollIntoView());
  return true;
});

const toggleList = (state, dispatch, view) => liftListItem(list_item)(state, dispatch, view) || wrapInList(bullet_list)(state, dispatch, view);
const toggleQuote = (state, dispatch, view) => (inside(state, blockquote) ? lift(state, dispatch, view) : wrapIn(blockquote)(state, dispatch, view));

const inside = (state, type) => {
  for (let depth = state.selection.$from.depth; depth > 0; depth--) if (state.selection.$from.node(depth).type === type) return true;
  return false;
};

const toggleLink = (state, dispatch) => {
  const { from, to, empty } = state.selection;
  if (state.doc.rangeHasMark(from, to, link)) return dispatch?.(state.tr.removeMark(from, to, link)), true;
  if (empty) return false;
  const selected = state.doc.textBetween(from, to);
  const href = address(selected) ?? address(prompt("Address of the link", "https://")?.trim() ?? "");
  if (href) dispatch?.(state.tr.addMark(from, to, link.create({ href })));
  return true;
};

const doing = { bold: toggleMark(strong), italic: toggleMark(em), list: toggleList, quote: toggleQuote, link: toggleLink, undo, redo };

/** Parts of the text that somebody may take amiss, underlined: the ranges come from outside, as [from, to] in plain words. */
const hints = new Plugin({
  state: {
    init: () => DecorationSet.empty,
    apply(change, set) {
      const words = change.getMeta("hints");
      if (!words) return set.map(change.mapping, change.doc);
      const marks = [];
      change.doc.descendants((node, at) => {
        if (!node.isText) return;
        for (const word of words) {
          for (let found = node.text.indexOf(word); found >= 0; found = node.text.indexOf(word, found + 1)) {
            marks.push(Decoration.inline(at + found, at + found + word.length, { class: "tone" }));
          }
        }
      });
      return DecorationSet.create(change.doc, marks);
    },
  },
  props: { decorations(state) { return this.getState(state); } },
});

const plugins = [
  inputRules({ rules: [wrappingInputRule(/^\s*([-*])\s$/, bullet_list), wrappingInputRule(/^\s*>\s$/, blockquote)] }),
  keymap({ "Mod-z": undo, "Shift-Mod-z": redo, "Mod-y": redo, "Mod-b": doing.bold, "Mod-i": doing.italic, "Mod-k": doing.link, "Shift-Mod-8": toggleList, "Shift-Enter": newLine, Enter: splitListItem(list_item), Tab: sinkListItem(list_item), "Shift-Tab": liftListItem(list_item), "Mod-Enter": () => false, "Mod-Alt-0": setBlockType(paragraph) }),
  keymap({ ...baseKeymap, "Mod-Enter": () => false }),
  history(),
  hints,
];

/** Makes the textarea rich. Returns { do(name), hints(words), refresh(), view }. */
export const edit = (area) => {
  const html = area.form?.elements.html ?? Object.assign(document.createElement("input"), { type: "hidden", name: "html" });
  if (!html.isConnected) area.after(html);
  const read = () => (html.value ? fromHtml(html.value) : fromText(area.value));
  const fresh = () => EditorState.create({ doc: read(), plugins });
  const caret = area.selectionStart;
  const atEnd = caret >= area.value.length;
  let mine = false;

  const box = document.createElement("div");
  area.after(box);
  const view = new EditorView({ mount: box }, {
    state: fresh(),
    attributes: { class: `${area.className} rich`, role: "textbox", "aria-multiline": "true", "aria-label": area.getAttribute("aria-label") ?? area.labels?.[0]?.textContent ?? "Message" },
    dispatchTransaction(change) {
      view.updateState(view.state.apply(change));
      if (!change.docChanged) return;
      area.value = toText(view.state.doc);
      html.value = area.value ? toHtml(view.state.doc) : "";
      mine = true;
      area.dispatchEvent(new Event("input", { bubbles: true }));
      mine = false;
    },
  });
  const had = document.activeElement === area;
  area.hidden = true;
  if (had) {
    if (atEnd) view.dispatch(view.state.tr.setSelection(view.state.selection.constructor.near(view.state.doc.resolve(view.state.doc.content.size), -1)));
    view.focus();
  }
  // a template or a restored draft written into the textarea from outside
  area.addEventListener("input", () => { if (!mine) { html.value = ""; view.updateState(fresh()); } });
  area.form?.addEventListener("reset", () => setTimeout(() => { html.value = ""; view.updateState(fresh()); }));

  return {
    view,
    do(name) { doing[name]?.(view.state, view.dispatch, view); view.focus(); },
    hints(words) { view.dispatch(view.state.tr.setMeta("hints", words)); },
    refresh() { if (area.isConnected && area.value !== toText(view.state.doc)) { html.value = ""; view.updateState(fresh()); } },
  };
};
