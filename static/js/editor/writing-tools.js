// @ts-check
/** What the toolbar offers, with the shortcuts. */

import { beginLines, insertBlock, surround } from "./insertion.js";
import { block, BLOCKS, table } from "./markdown-parts.js";

const HEADING = /^#{1,6} +/;
const LIST = /^(?:[-*+]|\d+[.)]) +/;

/**
 * Return the tools that only write text.
 * @param {HTMLTextAreaElement} field
 * @returns {Record<"Words" | "Lines", import("./toolbar.js").Tool[]>}
 */
export function wordTools(field) {
  return {
    Words: [
      { name: "Bold", keys: { code: "KeyB", command: true }, act: () => surround(field, "**", "bold") },
      { name: "Italic", keys: { code: "KeyI", command: true }, act: () => surround(field, "*", "italic") },
    ],
    Lines: [
      lineTool(field, "Heading", "Digit2", "## ", HEADING, { alt: true }),
      lineTool(field, "Subheading", "Digit3", "### ", HEADING, { alt: true }),
      lineTool(field, "List", "Digit8", "- ", LIST, { shift: true }),
      lineTool(field, "Numbers", "Digit7", "1. ", LIST, { shift: true }),
      { name: "Table", act: () => insertBlock(field, table) },
    ],
  };
}

/**
 * @param {HTMLTextAreaElement} field
 * @param {string} name
 * @param {string} code
 * @param {string} mark
 * @param {RegExp} instead
 * @param {{alt?: boolean, shift?: boolean}} modifiers
 * @returns {import("./toolbar.js").Tool}
 */
function lineTool(field, name, code, mark, instead, modifiers) {
  const keys = { code, command: true, ...modifiers };
  return { name, keys, act: () => beginLines(field, mark, instead) };
}

/**
 * Return a tool for each block, with Alt+Shift+1 to Alt+Shift+0.
 * @param {HTMLTextAreaElement} field
 * @returns {import("./toolbar.js").Tool[]}
 */
export function blockTools(field) {
  const names = /** @type {(keyof typeof BLOCKS)[]} */ (Object.keys(BLOCKS));
  return names.map((name, index) => ({
    name: BLOCKS[name][0],
    keys: { code: `Digit${(index + 1) % 10}`, alt: true, shift: true },
    act: () => insertBlock(field, (inner) => block(name, inner)),
  }));
}
