// @ts-check
/**
 * Changes to a text field that the browser's own undo takes back, one step each.
 *
 * `document.execCommand` is the only way into a field's undo history; where a browser
 * refuses it, the text is set and undo starts anew.
 */

/** Chromium and WebKit lay the field out anew for each line of an `insertText`: 43 KB took 16 seconds. */
const LONG = 2000;

/**
 * Put `text` in place of the characters from `start` to `end`, then select a part of it.
 * @param {HTMLTextAreaElement} field
 * @param {{start: number, end: number, text: string, from?: number, to?: number}} change
 *   `from` and `to` count from the beginning of `text`; without them the caret is behind it
 */
export function replace(field, { start, end, text, from = text.length, to = from }) {
  const { value } = field;
  const [before, after] = [value.slice(0, start), value.slice(end)];
  const wanted = before + text + after;
  field.focus();
  field.setSelectionRange(start, end);
  if (text.length > LONG) insertAtOnce(text);
  if (text.endsWith("\n") && field.value === before + text.slice(0, -1) + after) insertText("\n");
  else if (field.value === value && value !== wanted) insertText(text);
  if (field.value !== wanted) {
    field.value = wanted;
    field.dispatchEvent(new InputEvent("input", { bubbles: true }));
  }
  field.setSelectionRange(start + from, start + to);
}

/** @param {string} text in place of the selection */
function insertText(text) {
  document.execCommand(text === "" ? "delete" : "insertText", false, text);
}

/**
 * Insert a text where the caret is, all lines in one step. Firefox refuses and does
 * nothing; WebKit leaves out a line break at the very end.
 * A text field takes no elements, so that only the characters of HTML itself need care.
 * @param {string} text
 */
function insertAtOnce(text) {
  document.execCommand("insertHTML", false, text.replaceAll("&", "&amp;").replaceAll("<", "&lt;"));
}

/**
 * Put `text` in place of the selection; the caret is behind it.
 * @param {HTMLTextAreaElement} field
 * @param {string} text
 */
export function insert(field, text) {
  replace(field, { start: field.selectionStart, end: field.selectionEnd, text });
}

/** @param {HTMLTextAreaElement} field */
export function selected(field) {
  return field.value.slice(field.selectionStart, field.selectionEnd);
}

/**
 * Put marks around the selection, or take them away where they stand.
 * @param {HTMLTextAreaElement} field
 * @param {string} mark
 * @param {string} example what stands between the marks when nothing is selected
 */
export function surround(field, mark, example) {
  const { value, selectionStart: start, selectionEnd: end } = field;
  const size = mark.length;
  const words = value.slice(start, end);
  const stars = [value.slice(0, start).match(/\**$/), value.slice(end).match(/^\**/)];
  const around = Math.min(...stars.map((found) => found?.[0].length ?? 0));
  // one is italic, two are bold, three are both
  if (size === 1 ? around % 2 === 1 : around >= size) {
    replace(field, { start: start - size, end: end + size, text: words, from: 0, to: words.length });
    return;
  }
  const inner = words.trim() || example;
  const before = words.slice(0, words.length - words.trimStart().length);
  const after = words.trim() ? words.slice(words.trimEnd().length) : "";
  const from = before.length + size;
  const text = `${before}${mark}${inner}${mark}${after}`;
  replace(field, { start, end, text, from, to: from + inner.length });
}

/**
 * Return where the lines of the selection begin and end.
 * @param {HTMLTextAreaElement} field
 */
export function lines({ value, selectionStart, selectionEnd }) {
  const start = value.lastIndexOf("\n", selectionStart - 1) + 1;
  // a selection that ends at the very beginning of a line does not mean that line
  const last = selectionEnd > selectionStart && value[selectionEnd - 1] === "\n" ? selectionEnd - 1 : selectionEnd;
  const next = value.indexOf("\n", last);
  const end = next === -1 ? value.length : next;
  return { start, end, text: value.slice(start, end) };
}

/**
 * Begin each line of the selection with a mark, or take it away where all have it.
 * @param {HTMLTextAreaElement} field
 * @param {string} mark
 * @param {RegExp} instead other beginnings of its kind, which it replaces
 */
export function beginLines(field, mark, instead) {
  const { start, end, text } = lines(field);
  const rows = text.split("\n");
  // blank lines between paragraphs stay blank; an empty line of its own is to begin one
  const isMeant = (/** @type {string} */ row) => rows.length === 1 || row.trim() !== "";
  const have = rows.filter(isMeant).every((row) => row.startsWith(mark));
  const begin = (/** @type {string} */ row) => (have ? row.slice(mark.length) : mark + row.replace(instead, ""));
  const changed = rows.map((row) => (isMeant(row) ? begin(row) : row));
  const joined = changed.join("\n");
  const from = rows.length === 1 ? joined.length : 0;
  replace(field, { start, end, text: joined, from, to: joined.length });
}

/**
 * Put blocks in place of the selection, with blank lines around them; the caret is behind.
 * @param {HTMLTextAreaElement} field
 * @param {string} text
 */
export function insertBlocks(field, text) {
  const { value, selectionStart: start, selectionEnd: end } = field;
  const { head, tail } = gaps(value, start, end);
  replace(field, { start, end, text: head + text + tail, from: head.length + text.length });
}

/**
 * Put a block in place of the selected lines, with blank lines around it.
 * @param {HTMLTextAreaElement} field
 * @param {(inner: string) => {text: string, from: number, to: number}} make
 *   gets the selected lines, or nothing; says what to select afterwards
 */
export function insertBlock(field, make) {
  const hasSelection = field.selectionStart !== field.selectionEnd;
  const { start, end, text } = lines(field);
  // without a selection, the block follows the line of the caret
  const at = hasSelection ? start : end;
  const block = make(hasSelection ? text : "");
  const { head, tail } = gaps(field.value, at, end);
  const change = { start: at, end, text: head + block.text + tail };
  replace(field, { ...change, from: head.length + block.from, to: head.length + block.to });
}

/**
 * Return the line breaks that are missing to one blank line on either side.
 * @param {string} value
 * @param {number} start
 * @param {number} end
 */
function gaps(value, start, end) {
  const before = value.slice(0, start).match(/\n*$/)?.[0].length ?? 0;
  const after = value.slice(end).match(/^\n*/)?.[0].length ?? 0;
  return {
    head: start === 0 ? "" : "\n".repeat(Math.max(0, 2 - before)),
    tail: end === value.length ? "" : "\n".repeat(Math.max(0, 2 - after)),
  };
}
