// @ts-check
/** What the toolbar writes, and how Markdown's own characters are kept out of its way. */

/** name -> [what editors call it, an example of what stands inside] */
export const BLOCKS = /** @type {const} */ ({
  emergency: ["Emergency", "Call 911 if …"],
  urgent: ["Urgent", "Call your doctor today if …"],
  "see-doctor": ["See a doctor", "Make an appointment if …"],
  warning: ["Warning", "What can do harm"],
  tip: ["Tip", "What makes it easier"],
  script: ["Words to say", "“I would like a second opinion before I decide.”"],
  checklist: ["Checklist", "- Something to take along"],
  do: ["Do", "- Something that helps"],
  dont: ["Don’t", "- Something that does not help"],
  "key-points": ["Key points", "- What to remember"],
});

const LISTS = new Set(["checklist", "do", "dont", "key-points"]);

/**
 * Return a block; the fence is longer than any that stands inside.
 * @param {keyof typeof BLOCKS} name
 * @param {string} inner the selected lines, or nothing
 */
export function block(name, inner) {
  const within = Math.max(2, ...[...inner.matchAll(/^:{3,}/gm)].map((fence) => fence[0].length));
  const fence = ":".repeat(within + 1);
  const isList = LISTS.has(name);
  const words = inner ? (isList ? inner.replace(/^(?!\s*[-*+] |\s*$)/gm, "- ") : inner) : BLOCKS[name][1];
  const head = `${fence} ${name}\n`;
  const from = head.length + (isList && !inner ? 2 : 0);
  return { text: `${head}${words}\n${fence}`, from, to: head.length + words.length };
}

/** Return a table to fill in; its first cell is selected. */
export function table() {
  const text = "| What | When |\n| --- | --- |\n| … | … |";
  return { text, from: 2, to: 6 };
}

/**
 * Return a link.
 * @param {string} markdown what readers click on
 * @param {string} target
 */
export function link(markdown, target) {
  return `[${linkWords(markdown)}](${target})`;
}

/**
 * Keep brackets in the words of a link from ending it early.
 * @param {string} markdown
 */
export function linkWords(markdown) {
  return markdown.replace(/(?<!\\)[[\]]/g, "\\$&");
}

/**
 * Return an image; without a description it is decorative.
 * @param {string} description
 * @param {string} address
 * @param {string} [caption]
 */
export function image(description, address, caption = "") {
  const words = oneLine(description).replace(/[\\[\]*_`]/g, "\\$&");
  const title = oneLine(caption).replace(/[\\"]/g, "\\$&");
  return `![${words}](${address}${title && ` "${title}"`})`;
}

/** @param {string} text */
function oneLine(text) {
  return text.replace(/\s+/g, " ").trim();
}
