// @ts-check
/**
 * The editor's aids around the text of a guide, each in a module of its own in `editor/`.
 *
 * Works on `.markdownx` (the widget of django-markdownx), whose textarea names the
 * addresses it needs in data attributes. Without this file the form still saves.
 */

import { Preview } from "./editor/preview.js";
import { nameSearchingSelects } from "./editor/searching-selects.js";
import { addToolbar } from "./editor/toolbar.js";
import { blockTools, wordTools } from "./editor/writing-tools.js";

for (const widget of document.querySelectorAll(".markdownx")) {
  const field = widget.querySelector("textarea[data-preview-url]");
  const pane = widget.querySelector(".markdownx-preview");
  if (!(field instanceof HTMLTextAreaElement) || !(pane instanceof HTMLElement)) {
    throw new Error("editor.js: .markdownx expects a textarea with data-preview-url and .markdownx-preview");
  }
  const { Words: words, Lines: lines } = wordTools(field);
  addToolbar(field, { Words: words, Lines: lines, Blocks: blockTools(field) });
  new Preview(field, pane);
}

nameSearchingSelects();
