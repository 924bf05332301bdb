// @ts-check
/**
 * The editor's aids around the text of a guide, each in a module of its own in `editor/`.
 *
 * Works on `.markdownx` (the widget of django-markdownx), whose textarea names the
 * addresses it needs in data attributes. Without this file the form still saves.
 */

import { renewToken } from "./editor/asking.js";
import { Autosave } from "./editor/autosave.js";
import { addSearch } from "./editor/choice-list.js";
import { required } from "./editor/dom.js";
import { Findings } from "./editor/findings.js";
import { ImageDialog } from "./editor/image-dialog.js";
import { LinkPicker } from "./editor/link-picker.js";
import { OwnAddresses } from "./editor/own-addresses.js";
import { takePastes } from "./editor/pasting.js";
import { Preview } from "./editor/preview.js";
import { addToolbar } from "./editor/toolbar.js";
import { blockTools, insertTools, lineTools, wordTools } from "./editor/writing-tools.js";

for (const widget of document.querySelectorAll(".markdownx")) {
  const field = widget.querySelector("textarea[data-preview-url]");
  const pane = widget.querySelector(".markdownx-preview");
  if (!(field instanceof HTMLTextAreaElement) || !(pane instanceof HTMLElement)) {
    throw new Error("editor.js: .markdownx expects a textarea with data-preview-url and .markdownx-preview");
  }
  const addresses = new OwnAddresses(JSON.parse(required(field, "ownAddresses", "editor.js")));
  const picker = new LinkPicker(field, addresses);
  const images = new ImageDialog(field);
  addToolbar(field, {
    Words: wordTools(field, picker),
    Lines: lineTools(field),
    Insert: insertTools(field, images),
    Blocks: blockTools(field),
  });
  takePastes(field, addresses, images);
  new Preview(field, pane, showFindings(field, pane));
  const drafts = document.getElementById("autosave");
  if (!drafts) throw new Error("editor.js: the form expects #autosave");
  new Autosave(drafts, field);
  field.form?.addEventListener("submit", ({ currentTarget }) => {
    renewToken(/** @type {HTMLFormElement} */ (currentTarget));
  });
}

for (const list of document.querySelectorAll("div.choice-list")) addSearch(/** @type {HTMLElement} */ (list));

/**
 * Put the checks beside the text.
 * @param {HTMLTextAreaElement} field
 * @param {HTMLElement} pane
 */
function showFindings(field, pane) {
  const panel = document.getElementById("findings");
  if (!panel) throw new Error("editor.js: the form expects #findings");
  pane.after(panel);
  return new Findings(field, panel);
}
