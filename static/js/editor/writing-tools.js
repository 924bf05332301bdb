// @ts-check
/** What the toolbar offers, with the shortcuts. */

import { beginLines, insertBlock, surround } from "./insertion.js";
import { block, BLOCKS, table } from "./markdown-parts.js";

const HEADING = /^#{1,6} +/;
const LIST = /^(?:[-*+]|\d+[.)]) +/;

/** @typedef {import("./toolbar.js").Tool} Tool */

/**
 * Return the tools for words in a line.
 * @param {HTMLTextAreaElement} field
 * @param {import("./link-picker.js").LinkPicker} picker
 * @returns {Tool[]}
 */
export function wordTools(field, picker) {
  return [
    { name: "Bold", keys: { code: "KeyB", command: true }, act: () => surround(field, "**", "bold") },
    { name: "Italic", keys: { code: "KeyI", command: true }, act: () => surround(field, "*", "italic") },
    { name: "Link", keys: { code: "KeyK", command: true }, act: () => picker.open(), opensDialog: true },
  ];
}

/**
 * Return the tools for whole lines.
 * @param {HTMLTextAreaElement} field
 * @returns {Tool[]}
 */
export function lineTools(field) {
  return [
    lineTool(field, "Heading", "Digit2", "## ", HEADING, { alt: true }),
    lineTool(field, "Subheading", "Digit3", "### ", HEADING, { alt: true }),
    lineTool(field, "List", "Digit8", "- ", LIST, { shift: true }),
    lineTool(field, "Numbers", "Digit7", "1. ", LIST, { shift: true }),
  ];
}

/**
 * Return the tools for what stands between paragraphs.
 * @param {HTMLTextAreaElement} field
 * @param {import("./image-dialog.js").ImageDialog} images
 * @returns {Tool[]}
 */
export function insertTools(field, images) {
  return [
    { name: "Table", act: () => insertBlock(field, table) },
    { name: "Picture", act: () => images.open(), opensDialog: true },
  ];
}

/**
 * @param {HTMLTextAreaElement} field
 * @param {string} name
 * @param {string} code
 * @param {string} mark
 * @param {RegExp} instead
 * @param {{alt?: boolean, shift?: boolean}} modifiers
 * @returns {Tool}
 */
function lineTool(field, name, code, mark, instead, modifiers) {
  const keys = { code, command: true, ...modifiers };
  return { name, keys, act: () => beginLines(field, mark, instead) };
}

/**
 * Return a tool for each block, with Alt+Shift+1 to Alt+Shift+0.
 * @param {HTMLTextAreaElement} field
 * @returns {Tool[]}
 */
export function blockTools(field) {
  const names = /** @type {(keyof typeof BLOCKS)[]} */ (Object.keys(BLOCKS));
  return names.map((name, index) => ({
    name: BLOCKS[name][0],
    keys: { code: `Digit${(index + 1) % 10}`, alt: true, shift: true },
    act: () => insertBlock(field, (inner) => block(name, inner)),
  }));
}
