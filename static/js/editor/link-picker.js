// @ts-check
/**
 * A dialog that finds pages of the site while one types, and writes the link.
 * https://www.w3.org/WAI/ARIA/apg/patterns/combobox/
 */

import { ask, wasTakenBack } from "./asking.js";
import { makeButton, makeDialog, show } from "./dialog.js";
import { element, required } from "./dom.js";
import { replace, selected } from "./insertion.js";
import { link } from "./markdown-parts.js";

const FILE = "editor/link-picker.js";
const WAIT_MS = 200;
const LONGEST_QUERY = 100;
const HINT = "A list for one place: “cardiologists in Texas”. A page elsewhere: its address.";

/**
 * @typedef {object} Found what a link could lead to
 * @property {string} target `kind:key`, or an address elsewhere
 * @property {string} text
 * @property {string} detail what tells it from others
 */

export class LinkPicker {
  list = element("ul", { id: "link-picker-list", role: "listbox", class: "link-picker__list", "aria-label": "Found" });
  input = element("input", {
    id: "link-picker-query",
    type: "text",
    role: "combobox",
    class: "editor-dialog__input",
    "aria-autocomplete": "list",
    "aria-controls": this.list.id,
    "aria-describedby": "link-picker-hint",
    "aria-expanded": "false",
    autocomplete: "off",
    spellcheck: "false",
    maxlength: String(LONGEST_QUERY),
  });
  status = element("p", { class: "editor-dialog__status", role: "status" });
  dialog = makeDialog(
    "Link to",
    element("label", { for: this.input.id, class: "editor-dialog__label" }, "A guide, specialization, hospital, doctor or page"),
    this.input,
    element("p", { id: "link-picker-hint", class: "editor-dialog__hint" }, HINT),
    this.status,
    this.list,
    element("div", { class: "editor-dialog__buttons" }, makeButton("Cancel", () => this.dialog.close())),
  );
  /** What is shown answers another question than the one in the box. */
  isLoading = false;
  /** Which of the found ones Enter takes; -1 is none. */
  active = -1;
  /** @type {Found[]} */
  found = [];
  /** @type {Found | undefined} */
  chosen;

  /**
   * @param {HTMLTextAreaElement} field
   * @param {import("./own-addresses.js").OwnAddresses} addresses
   */
  constructor(field, addresses) {
    this.field = field;
    this.addresses = addresses;
    this.endpoint = required(field, "linksUrl", FILE);
    this.dialog.classList.add("link-picker");
    this.listen();
  }

  listen() {
    this.input.addEventListener("input", () => this.soon());
    this.input.addEventListener("keydown", (event) => this.press(event));
    this.list.addEventListener("mousedown", (event) => event.preventDefault()); // keeps the focus
    this.list.addEventListener("click", (event) => {
      const option = /** @type {Element} */ (event.target).closest("[role=option]");
      if (option) this.choose([...this.list.children].indexOf(option));
    });
    this.dialog.addEventListener("close", () => this.stop());
  }

  /** Ask for a target; what is selected in the text is the first question. */
  async open() {
    this.input.value = selected(this.field).replace(/\s+/g, " ").trim().slice(0, LONGEST_QUERY);
    this.chosen = undefined;
    this.show([], "");
    const closed = show(this.dialog, this.field);
    this.input.select();
    this.search();
    await closed;
    if (this.chosen) this.insert(this.chosen);
  }

  stop() {
    clearTimeout(this.timer);
    this.asked?.abort();
  }

  soon() {
    this.stop();
    this.isLoading = true;
    this.timer = setTimeout(() => this.search(), WAIT_MS);
  }

  async search() {
    this.stop();
    const query = this.input.value.trim();
    const address = this.addresses.targetOf(query);
    if (address) {
      const detail = this.addresses.lossOf([query]) || "This address";
      const found = { target: address, text: this.addresses.wordsOf(query), detail };
      return this.show([found], "Press Enter to link to this address.");
    }
    if (!query) return this.show([], "");
    this.isLoading = true;
    this.status.textContent = "Searching…";
    this.asked = new AbortController();
    try {
      const answer = await ask(`${this.endpoint}?${new URLSearchParams({ q: query })}`, { signal: this.asked.signal });
      const { results } = await answer.json();
      this.show(results.map(readResult), results.length ? count(results.length) : nothing(query));
    } catch (error) {
      if (!wasTakenBack(error)) this.show([], /** @type {Error} */ (error).message);
    }
  }

  /** @param {Found[]} found @param {string} words */
  show(found, words) {
    this.isLoading = false;
    this.found = found;
    this.status.textContent = words;
    this.list.replaceChildren(...found.map(makeOption));
    this.list.hidden = found.length === 0;
    this.input.setAttribute("aria-expanded", String(found.length > 0));
    this.activate(-1);
  }

  /** @param {number} index */
  activate(index) {
    this.active = index;
    for (const [place, option] of [...this.list.children].entries()) {
      option.setAttribute("aria-selected", String(place === index));
      if (place !== index) continue;
      option.scrollIntoView({ block: "nearest" });
      this.input.setAttribute("aria-activedescendant", option.id);
    }
    if (index === -1) this.input.removeAttribute("aria-activedescendant");
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    if (event.isComposing) return;
    const last = this.found.length - 1;
    const ways = {
      ArrowDown: () => this.activate(this.active >= last ? 0 : this.active + 1),
      ArrowUp: () => this.activate(this.active <= 0 ? last : this.active - 1),
      Enter: () => this.choose(Math.max(0, this.active)),
    };
    const act = ways[/** @type {keyof typeof ways} */ (event.key)];
    if (!act) return;
    event.preventDefault();
    if (last >= 0 && !this.isLoading) act();
  }

  /** @param {number} index */
  choose(index) {
    this.chosen = this.found[index];
    this.dialog.close();
  }

  /** @param {Found} found what is selected becomes its link, else its own words do */
  insert({ target, text }) {
    const { selectionStart: start, selectionEnd: end } = this.field;
    const words = selected(this.field);
    const inner = words.trim();
    const before = words.slice(0, words.length - words.trimStart().length);
    const after = inner ? words.slice(words.trimEnd().length) : "";
    replace(this.field, { start, end, text: before + link(inner || text, target) + after });
  }
}

/**
 * @param {{kind: string, key: string, text: string, detail: string}} result
 * @returns {Found}
 */
function readResult({ kind, key, text, detail }) {
  return { target: `${kind}:${key}`, text, detail };
}

/** @param {Found} found @param {number} index */
function makeOption({ target, text, detail }, index) {
  return element(
    "li",
    { id: `link-picker-option-${index}`, role: "option", class: "link-picker__option", "aria-selected": "false" },
    element("span", { class: "link-picker__text" }, text),
    " ",
    element("span", { class: "link-picker__detail" }, detail),
    " ",
    element("code", { class: "link-picker__target" }, target),
  );
}

/** @param {number} number */
function count(number) {
  return `${number} found. Choose with the arrow keys, insert with Enter.`;
}

/** @param {string} query */
function nothing(query) {
  return `Nothing found for “${query}”. Try fewer words, or another name for it.`;
}
