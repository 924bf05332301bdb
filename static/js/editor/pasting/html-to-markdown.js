// @ts-check
/**
 * What a word processor or a browser puts on the clipboard, as Markdown of ours.
 *
 * Headings, lists, tables, links, bold and italic stay; of everything else its text.
 */

import { clean } from "./clean-html.js";
import { formatOf, linesOf, PLAIN, write } from "./inline-markdown.js";

/**
 * @typedef {import("./inline-markdown.js").Format} Format
 * @typedef {{text: string, isList?: boolean}} Block
 */

const BLOCKS =
  "address,article,aside,blockquote,dd,details,div,dl,dt,fieldset,figcaption,figure,footer,form," +
  "h1,h2,h3,h4,h5,h6,header,hr,li,main,nav,ol,p,pre,section,summary,table,ul,[role=heading]";
const HEADINGS = "h1,h2,h3,h4,h5,h6,[role=heading]";
const RICH = `${HEADINGS},li,table,a[href],b,strong,i,em,[style*="font-weight"],[style*="font-style"]`;
const HIGHEST = 2; // a guide's title is its own field
const LOWEST = 4;

/**
 * Return the Markdown of copied HTML, or "" where the plain text says as much.
 * @param {string} html parsed without being run or loaded
 * @param {(address: string) => string} targetOf what a link is written as; "" is none
 */
export function toMarkdown(html, targetOf) {
  const { body } = new DOMParser().parseFromString(html, "text/html");
  clean(body);
  if (!body.querySelector(RICH) && body.querySelectorAll("p").length < 2) return "";
  return new Converter(body, targetOf).text;
}

/**
 * Return how many pictures stand in copied HTML; none of them becomes Markdown.
 * @param {string} html
 */
export function picturesIn(html) {
  return new DOMParser().parseFromString(html, "text/html").images.length;
}

class Converter {
  /** @param {HTMLElement} body @param {(address: string) => string} targetOf */
  constructor(body, targetOf) {
    this.targetOf = targetOf;
    const levels = [...body.querySelectorAll(HEADINGS)].filter((each) => each.textContent?.trim()).map(levelOf);
    this.shift = HIGHEST - Math.min(...levels);
    this.text = this.blocks(body, PLAIN)
      .map(({ text }) => text)
      .join("\n\n");
  }

  /**
   * @param {Element} parent
   * @param {Format} format
   * @returns {Block[]}
   */
  blocks(parent, format) {
    /** @type {Block[]} */
    const found = [];
    /** @type {Node[]} */
    let running = [];
    const flush = () => {
      found.push(...this.paragraphs(running, format));
      running = [];
    };
    for (const child of parent.childNodes) {
      if (!isBlock(child)) {
        running.push(child);
        continue;
      }
      flush();
      found.push(...this.block(child, formatOf(child, format, this.targetOf)));
    }
    flush();
    return found.filter(({ text }) => text);
  }

  /**
   * @param {Element} element
   * @param {Format} format
   * @returns {Block[]}
   */
  block(element, format) {
    if (element.matches("ul,ol")) return [{ text: this.list(element, format), isList: true }];
    if (element.matches("table")) return this.table(/** @type {HTMLTableElement} */ (element), format);
    if (element.matches(HEADINGS) && !element.closest("li")) return [{ text: this.heading(element, format) }];
    return this.blocks(element, format);
  }

  /**
   * Return running text; two line breaks on end part paragraphs, as they do on screen.
   * @param {Node[]} nodes
   * @param {Format} format
   * @returns {Block[]}
   */
  paragraphs(nodes, format) {
    const lines = linesOf(nodes, format, this.targetOf).map((line) => write(line));
    const parts = lines.map((line) => beginSafely(line)).join("\n").split(/\n{2,}/);
    return parts.map((part) => ({ text: part.trim().replaceAll("\n", "\\\n") }));
  }

  /** @param {Element} element @param {Format} format */
  heading(element, format) {
    const text = this.oneLine(element, { ...format, isStrong: false }, " ", true);
    const level = Math.min(levelOf(element) + this.shift, LOWEST);
    return text && `${"#".repeat(level)} ${text}`;
  }

  /**
   * Return all text of an element in one line, whatever blocks stand in it.
   * @param {Element} element
   * @param {Format} format
   * @param {string} between what parts the blocks
   * @param {boolean} isHead whether it is bold already by what it is
   */
  oneLine(element, format, between, isHead) {
    const lines = linesOf([element], format, this.targetOf, (node) => isBlock(node) && node !== element);
    const plain = lines.map((line) => (isHead ? line.map((run) => ({ ...run, isStrong: false })) : line));
    return plain.map((line) => write(line)).filter(Boolean).join(between);
  }

  /** @param {Element} list @param {Format} format */
  list(list, format) {
    const items = this.items(list, format);
    const isTight = items.every((blocks) => blocks.filter(({ isList }) => !isList).length < 2);
    let number = Number(list.getAttribute("start") ?? 1);
    const written = items.map((blocks) => {
      const marker = list.matches("ol") ? `${number++}. ` : "- ";
      const text = blocks.map((block) => block.text).join(isTight ? "\n" : "\n\n");
      return marker + text.replace(/\n(?!\n|$)/g, `\n${" ".repeat(marker.length)}`);
    });
    return written.join(isTight ? "\n" : "\n\n");
  }

  /**
   * Return the blocks of each entry; a list between entries belongs to the one before.
   * @param {Element} list
   * @param {Format} format
   * @returns {Block[][]}
   */
  items(list, format) {
    /** @type {Block[][]} */
    const items = [];
    for (const child of list.children) {
      const within = formatOf(child, format, this.targetOf);
      const blocks = child.matches("ul,ol") ? this.block(child, within) : this.blocks(child, within);
      const hasWords = blocks.some(({ isList }) => !isList);
      const before = items.at(-1);
      if (hasWords) items.push(blocks);
      else if (before) before.push(...blocks);
      else for (const inner of child.matches("ul,ol") ? [child] : child.querySelectorAll(":scope > ul, :scope > ol")) {
        items.push(...this.items(inner, within));
      }
    }
    return items;
  }

  /**
   * Return a table; one that only arranges a page, its text.
   * @param {HTMLTableElement} table
   * @param {Format} format
   * @returns {Block[]}
   */
  table(table, format) {
    const rows = [...table.rows].map((row) => [...row.cells]);
    if (Math.max(0, ...rows.map((row) => row.length)) < 2 || table.querySelector("table")) {
      return rows.flat().flatMap((cell) => this.blocks(cell, format));
    }
    const grid = gridOf(rows).map((row, index) => row.map((cell) => cell && this.cell(cell, format, index === 0)));
    const width = Math.max(...grid.map((row) => row.length));
    const lines = grid.map((row) => `| ${Array.from({ length: width }, (_, place) => row[place] ?? "").join(" | ")} |`);
    lines.splice(1, 0, `|${" --- |".repeat(width)}`);
    const caption = table.caption ? this.oneLine(table.caption, format, " ", true) : "";
    return [...(caption ? [{ text: `Table: ${caption}` }] : []), { text: lines.join("\n") }];
  }

  /** @param {HTMLTableCellElement} cell @param {Format} format @param {boolean} isHead */
  cell(cell, format, isHead) {
    const between = cell.querySelector("li") ? "; " : " ";
    const isHeading = isHead || cell.matches("th");
    const text = this.oneLine(cell, formatOf(cell, format, this.targetOf), between, isHeading);
    return text.replaceAll("|", "\\|");
  }
}

/** @param {Node} node @returns {node is Element} */
function isBlock(node) {
  return node instanceof Element && (node.matches(BLOCKS) || node.querySelector(BLOCKS) !== null);
}

/** @param {Element} heading */
function levelOf(heading) {
  return Number(heading.getAttribute("aria-level") ?? heading.tagName.match(/^H([1-6])$/)?.[1] ?? HIGHEST);
}

/**
 * Give each cell its column; what a wide or tall cell covers stays empty.
 * @param {HTMLTableCellElement[][]} rows
 */
function gridOf(rows) {
  /** @type {(HTMLTableCellElement | "")[][]} */
  const grid = rows.map(() => []);
  rows.forEach((row, top) => {
    for (const cell of row) {
      let left = 0;
      while (grid[top][left] !== undefined) left += 1;
      const bottom = Math.min(top + cell.rowSpan, rows.length);
      for (let y = top; y < bottom; y += 1) {
        for (let x = left; x < left + Math.min(cell.colSpan, 50); x += 1) grid[y][x] = "";
      }
      grid[top][left] = cell;
    }
  });
  return grid;
}

/**
 * Keep the beginning of a line from meaning something. What was typed by hand as a list
 * is one, but a year is no number of an entry.
 * @param {string} line
 */
function beginSafely(line) {
  return line
    .replace(/^(?:[•·▪◦‣] *|\* )/u, "- ")
    .replace(/^(\d{3,9})(?=[.)](?: |$))/, "$1\\")
    .replace(/^(?:#{1,6}(?= |$)|\+(?= )|>|:::|:(?= )|~~~|=+$|-{2,}$)/, "\\$&");
}
