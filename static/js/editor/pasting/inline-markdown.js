// @ts-check
/** Running text of copied HTML: runs of one format each, and how they are written. */

import { linkWords } from "../markdown-parts.js";
import { parseAddress } from "../own-addresses.js";

/**
 * @typedef {{isStrong: boolean, isEmphasis: boolean, target: string}} Format
 * @typedef {Format & {text: string}} Run
 * @typedef {(address: string) => string} TargetOf
 */

/** @type {Format} */
export const PLAIN = { isStrong: false, isEmphasis: false, target: "" };

const RAISED = toMap("0123456789+-−()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁽⁾ⁿ");
const LOWERED = toMap("0123456789+-−()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₍₎");
/** Spaces of every width are one space; marks without width are none. */
const SPACES = /[\s\u00a0\u2000-\u200a\u202f]+/g;
const WIDTHLESS = /[\u00ad\u200b\u2060\ufeff]/g;

/**
 * Return the format of what stands in an element.
 * @param {Element} element
 * @param {Format} format of what stands around it
 * @param {TargetOf} targetOf
 * @returns {Format}
 */
export function formatOf(element, format, targetOf) {
  const weight = declared(element, "font-weight");
  const slant = declared(element, "font-style");
  const address = element.matches("a[href]") ? targetOf(unwrap(element.getAttribute("href") ?? "")) : "";
  return {
    isStrong: weight ? /^bold/.test(weight) || Number(weight) >= 600 : element.matches("b,strong") || format.isStrong,
    isEmphasis: slant ? /^(?:italic|oblique)/.test(slant) : element.matches("i,em") || format.isEmphasis,
    target: address || format.target,
  };
}

/**
 * Return the runs of nodes, line by line; `br` ends a line, and so does a block.
 * @param {Node[]} nodes
 * @param {Format} format
 * @param {TargetOf} targetOf
 * @param {(node: Node) => boolean} [isBlock]
 * @returns {Run[][]}
 */
export function linesOf(nodes, format, targetOf, isBlock = () => false) {
  /** @type {Run[][]} */
  const lines = [[]];
  /** @param {Node} node @param {Format} around */
  const collect = (node, around) => {
    if (node instanceof Text) lines.at(-1)?.push({ ...around, text: node.data });
    if (!(node instanceof Element)) return;
    if (node.matches("br")) return void lines.push([]);
    const script = scriptOf(node);
    if (script) return void lines.at(-1)?.push({ ...around, text: script });
    if (isBlock(node)) lines.push([]);
    const within = formatOf(node, around, targetOf);
    for (const child of node.childNodes) collect(child, within);
    if (isBlock(node)) lines.push([]);
  };
  for (const node of nodes) collect(node, format);
  return lines.map(tidy);
}

/**
 * Return runs as Markdown: links around bold around italic, and no space inside a mark.
 * @param {Run[]} runs
 * @param {number} depth
 * @returns {string}
 */
export function write(runs, depth = 0) {
  const name = /** @type {const} */ (["target", "isStrong", "isEmphasis"])[depth];
  if (!name) return runs.map(({ text }) => escape(text)).join("");
  const groups = groupBy(runs, (run) => run[name]);
  return groups
    .map((group, index) => {
      const inner = write(group, depth + 1);
      if (!group[0][name]) return inner;
      if (name === "target") return around(linkWords(inner), "[", `](${group[0].target})`);
      const mark = name === "isStrong" ? "**" : "*";
      return around(inner, mark, mark, textOf(groups[index - 1]).at(-1), textOf(groups[index + 1])[0]);
    })
    .join("");
}

/**
 * Put marks around words; spaces stay outside, and punctuation where letters would hide a mark.
 * @param {string} words
 * @param {string} open
 * @param {string} close
 * @param {string} [before] the character before
 * @param {string} [after] the character behind
 */
function around(words, open, close, before = "", after = "") {
  const isLetter = (/** @type {string} */ each) => /[\p{L}\p{N}]/u.test(each);
  const head = words.match(isLetter(before) ? /^[\s\p{P}\p{S}]*/u : /^\s*/)?.[0] ?? "";
  const rest = words.slice(head.length);
  const tail = rest.match(isLetter(after) ? /[\s\p{P}\p{S}]*$/u : /\s*$/u)?.[0] ?? "";
  const inner = rest.slice(0, rest.length - tail.length);
  return inner ? head + open + inner + close + tail : words;
}

/**
 * Make one space of many, none at the ends of the line, and one run of equal neighbours.
 * @param {Run[]} line
 */
function tidy(line) {
  let before = " ";
  const spaced = line.map((run) => {
    const text = run.text.replace(WIDTHLESS, "").replace(SPACES, " ");
    const own = before === " " ? text.trimStart() : text;
    before = own.at(-1) ?? before;
    return { ...run, text: own };
  });
  const filled = spaced.filter(({ text }) => text);
  const merged = groupBy(filled, ({ isStrong, isEmphasis, target }) => `${isStrong} ${isEmphasis} ${target}`);
  const runs = merged.map((group) => ({ ...group[0], text: textOf(group) }));
  const last = runs.at(-1);
  if (last) last.text = last.text.trimEnd();
  return runs;
}

/**
 * @template Item
 * @param {Item[]} items
 * @param {(item: Item) => unknown} keyOf
 */
function groupBy(items, keyOf) {
  /** @type {Item[][]} */
  const groups = [];
  for (const item of items) {
    const group = groups.at(-1);
    if (group && keyOf(group[0]) === keyOf(item)) group.push(item);
    else groups.push([item]);
  }
  return groups;
}

/** @param {{text: string}[]} [runs] */
function textOf(runs = []) {
  return runs.map(({ text }) => text).join("");
}

/**
 * Keep characters from meaning something, where they could.
 * @param {string} text
 */
function escape(text) {
  return text
    .replace(/[\\`]/g, "\\$&")
    .replace(/\*(?=\S)|(?<=\S)\*/g, "\\*")
    .replace(/(?<![\p{L}\p{N}])_(?=\S)|(?<=\S)_(?![\p{L}\p{N}])/gu, "\\_")
    .replace(/\[(?=\^|[^[\]]*\](?:[([:{]|$))/g, "\\[")
    .replace(/&(?=#?\w+;)/g, "\\&")
    .replace(/<(?=[a-z][a-z0-9+.-]*:|[^\s<>]+@)/gi, "\\<");
}

/**
 * Return raised or lowered digits as characters of their own: 10⁶ is not 106.
 * @param {Element} element
 */
function scriptOf(element) {
  const place = declared(element, "vertical-align");
  const isRaised = element.matches("sup") || place === "super";
  if (!isRaised && !element.matches("sub") && place !== "sub") return "";
  const characters = [...(element.textContent ?? "").trim()];
  const map = isRaised ? RAISED : LOWERED;
  return characters.every((each) => map.has(each)) ? characters.map((each) => map.get(each)).join("") : "";
}

/**
 * Return the value of a property in an element's own style attribute.
 * @param {Element} element
 * @param {string} property
 */
export function declared(element, property) {
  const style = element.getAttribute("style") ?? "";
  const found = style.match(new RegExp(`(?:^|;)\\s*${property}\\s*:\\s*([^;]+)`, "i"));
  const value = found?.[1].trim().toLowerCase() ?? "";
  return value === "inherit" ? "" : value;
}

/**
 * Return where a link of a search engine's own redirect leads.
 * @param {string} address
 */
function unwrap(address) {
  const url = parseAddress(address);
  const isRedirect = url && /^(?:www\.)?google\.[a-z.]+$/.test(url.host) && url.pathname === "/url";
  return (isRedirect && url.searchParams.get("q")) || address;
}

/** @param {string} from @param {string} to */
function toMap(from, to) {
  const made = [...to];
  return new Map([...from].map((each, index) => [each, made[index]]));
}
