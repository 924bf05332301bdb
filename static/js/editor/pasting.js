// @ts-check
/**
 * What is pasted or dropped into the text: pictures, addresses, and words with their form.
 *
 * Whatever is not ours to change is left to the browser; so is all that is pasted with
 * Ctrl+Shift+V.
 */

import { element } from "./dom.js";
import { insert, insertBlocks, replace, selected } from "./insertion.js";
import { link } from "./markdown-parts.js";
import { picturesIn, toMarkdown } from "./pasting/html-to-markdown.js";

const ADDRESS = /^(?:https?:\/)?\/\S*$/i;

/**
 * @param {HTMLTextAreaElement} field
 * @param {import("./own-addresses.js").OwnAddresses} addresses
 * @param {import("./image-dialog.js").ImageDialog} images
 */
export function takePastes(field, addresses, images) {
  const note = element("p", { class: "editor-note", role: "status" });
  field.after(note);
  field.addEventListener("input", () => note.replaceChildren());
  let isPlain = false; // Firefox shows the form with Shift too
  field.addEventListener("keydown", ({ key, shiftKey, ctrlKey, metaKey }) => {
    isPlain = shiftKey && (ctrlKey || metaKey) && key.toLowerCase() === "v"; // not a capital letter
  });
  field.addEventListener("paste", (event) => {
    const isLeft = isPlain;
    isPlain = false;
    if (isLeft) return;
    const leftOut = event.clipboardData && paste(field, event.clipboardData, addresses, images);
    if (leftOut === null) return;
    event.preventDefault();
    note.textContent = leftOut;
  });
  field.addEventListener("dragover", (event) => {
    if (event.dataTransfer?.types.includes("Files")) event.preventDefault();
  });
  field.addEventListener("drop", (event) => {
    const files = [...(event.dataTransfer?.files ?? [])];
    if (!files.length) return;
    event.preventDefault();
    setCaret(field, event);
    images.open(files);
  });
}

/**
 * Paste in our way and say what was left out, or ""; return null where there is no such way.
 * @param {HTMLTextAreaElement} field
 * @param {DataTransfer} data
 * @param {import("./own-addresses.js").OwnAddresses} addresses
 * @param {import("./image-dialog.js").ImageDialog} images
 */
function paste(field, data, addresses, images) {
  const text = data.getData("text/plain").trim();
  const html = data.getData("text/html");
  const pictures = [...data.files].filter(({ type }) => type.startsWith("image/"));
  // a word processor sends a picture of its words along, a file manager a file's name
  if (pictures.length && !(text && html)) {
    images.open(pictures);
    return "";
  }
  if (ADDRESS.test(text)) return pasteAddress(field, text, addresses) ? addresses.lossOf([text]) : null;
  /** @type {Set<string>} */
  const linked = new Set();
  const markdown = toMarkdown(html, (address) => {
    linked.add(address);
    return addresses.targetOf(address);
  });
  if (!markdown) return null;
  if (isInline(markdown)) insert(field, markdown);
  else insertBlocks(field, markdown);
  return [addresses.lossOf(linked), withinLoss(linked), pictureLoss(picturesIn(html))].filter(Boolean).join(" ");
}

/** @param {Set<string>} linked */
function withinLoss(linked) {
  const isWithin = [...linked].some((address) => address.startsWith("#"));
  return isWithin ? "Of links to places in the copied text, such as its notes, only the words are kept." : "";
}

/** @param {number} count */
function pictureLoss(count) {
  if (!count) return "";
  const [pictures, each] = count > 1 ? [`${count} pictures`, "each"] : ["A picture", "it"];
  return `${pictures} did not come along: insert ${each} with the picture button.`;
}

/**
 * Paste an address as a link: over words, or one of this site with words to type over.
 * @param {HTMLTextAreaElement} field
 * @param {string} address
 * @param {import("./own-addresses.js").OwnAddresses} addresses
 */
function pasteAddress(field, address, addresses) {
  const own = addresses.keyOf(address);
  const words = selected(field);
  const isTarget = field.value.slice(0, field.selectionStart).endsWith("](");
  const linksWords = /\S/.test(words) && !words.includes("\n") && !ADDRESS.test(words.trim());
  const target = own || (linksWords && addresses.targetOf(address));
  if (!target) return false;
  if (isTarget) insert(field, target);
  else if (linksWords) insert(field, link(words, target));
  else {
    const name = addresses.wordsOf(address);
    const { selectionStart: start, selectionEnd: end } = field;
    replace(field, { start, end, text: link(name, target), from: 1, to: 1 + name.length });
  }
  return true;
}

/** @param {string} markdown */
function isInline(markdown) {
  return !/\n|^(?:#|- |\d+\. |\|)/.test(markdown);
}

/**
 * Put the caret where something was dropped, where the browser can tell.
 * @param {HTMLTextAreaElement} field
 * @param {DragEvent} event
 */
function setCaret(field, { clientX, clientY }) {
  const place = document.caretPositionFromPoint?.(clientX, clientY);
  if (place?.offsetNode === field) field.setSelectionRange(place.offset, place.offset);
}
