// @ts-check
/**
 * Word writes a list as paragraphs that carry a level and, hidden from others, a marker;
 * Word on the web gives each entry a list of its own. Both become nested lists.
 */

import { declared } from "./inline-markdown.js";

const LEVEL = /\blevel(\d)/;
const MARKER = '[style*="mso-list:Ignore" i],[style*="mso-list: Ignore" i]';
const NUMBERED = /^\(?(?:\d+|[a-z]|[ivxlcdm]+)[.)]/i;

/**
 * @typedef {object} Entry
 * @property {Element} element what stands for it in the copied HTML
 * @property {Element} content what its words are in
 * @property {number} level
 * @property {boolean} isOrdered
 * @property {string} start the first number, or ""
 */

/** @param {HTMLElement} body */
export function nestWordLists(body) {
  /** @type {{level: number, list: Element}[]} */
  let open = [];
  for (const element of body.querySelectorAll('[style*="mso-list" i],.ListContainerWrapper')) {
    const entry = readParagraph(element) ?? readWrapper(element);
    for (const marker of element.querySelectorAll(MARKER)) marker.remove();
    if (!entry || element.matches("h1,h2,h3,h4,h5,h6")) continue;
    // what went before is moved already: a list that goes on stands right before
    if (element.previousElementSibling !== open[0]?.list) open = [];
    open = place(entry, open);
  }
}

/**
 * Move an entry into its list, and return the lists that are open then.
 * @param {Entry} entry
 * @param {{level: number, list: Element}[]} lists
 */
function place({ element, content, level, isOrdered, start }, lists) {
  const open = lists.filter((each, index) => index === 0 || each.level <= level);
  const last = open.at(-1);
  const tag = isOrdered ? "ol" : "ul";
  let list = last?.list;
  if (!last || last.level < level || !last.list.matches(tag)) {
    list = element.ownerDocument.createElement(tag);
    if (/^\d+$/.test(start) && start !== "1") list.setAttribute("start", start);
    if (!last) element.before(list);
    else if (last.level < level) last.list.lastElementChild?.append(list);
    else open.pop()?.list.after(list);
    open.push({ level, list });
  }
  const item = element.ownerDocument.createElement("li");
  item.append(...content.childNodes);
  list?.append(item);
  element.remove();
  return open;
}

/** @param {Element} element @returns {Entry | null} */
function readParagraph(element) {
  const level = declared(element, "mso-list").match(LEVEL)?.[1];
  if (!level) return null;
  const marker = element.querySelector(MARKER)?.textContent?.trim() ?? "";
  const start = marker.match(/\d+/)?.[0] ?? "";
  return { element, content: element, level: Number(level), isOrdered: NUMBERED.test(marker), start };
}

/** @param {Element} element @returns {Entry | null} */
function readWrapper(element) {
  const item = element.querySelector("li");
  if (!item) return null;
  const level = Number(item.getAttribute("data-aria-level") ?? 1);
  const list = item.parentElement;
  const start = list?.getAttribute("start") ?? "";
  return { element, content: item, level, isOrdered: list?.matches("ol") ?? false, start };
}
