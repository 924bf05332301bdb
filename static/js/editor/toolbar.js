// @ts-check
/**
 * The row of buttons above the text: one stop of the Tab key, arrows inside it.
 * https://www.w3.org/WAI/ARIA/apg/patterns/toolbar/
 */

import { element } from "./dom.js";

/**
 * @typedef {object} Tool
 * @property {string} name what it is called
 * @property {() => void} act
 * @property {Keys} [keys] its shortcut
 * @property {boolean} [opensDialog]
 *
 * @typedef {object} Keys
 * @property {string} code the key's place, as in KeyboardEvent.code
 * @property {boolean} [command] Ctrl, or Cmd on a Mac
 * @property {boolean} [alt]
 * @property {boolean} [shift]
 */

const IS_MAC = /Mac|iPhone|iPad/.test(navigator.platform);

/**
 * Put the tools above a field and bind their shortcuts to it.
 * @param {HTMLTextAreaElement} field
 * @param {Record<string, Tool[]>} groups what a group is for -> its tools
 */
export function addToolbar(field, groups) {
  const bar = element("div", {
    class: "editor-toolbar",
    role: "toolbar",
    "aria-label": "Write",
    "aria-controls": field.id,
  });
  for (const [name, tools] of Object.entries(groups)) {
    const group = element("div", { class: "editor-toolbar__group", role: "group", "aria-label": name });
    group.append(...tools.map(makeButton));
    bar.append(group);
  }
  rove(bar);
  bindShortcuts(field, Object.values(groups).flat());
  field.before(bar);
}

/** @param {Tool} tool */
function makeButton(tool) {
  const button = element("button", { type: "button", class: "editor-toolbar__button" }, tool.name);
  if (tool.opensDialog) button.setAttribute("aria-haspopup", "dialog");
  if (tool.keys) {
    button.setAttribute("aria-keyshortcuts", describe(tool.keys, IS_MAC ? "Meta" : "Control"));
    button.title = `${tool.name} (${describe(tool.keys, IS_MAC ? "Cmd" : "Ctrl")})`;
  }
  button.addEventListener("click", tool.act);
  return button;
}

/**
 * Return a shortcut in words: Ctrl+Shift+8.
 * @param {Keys} keys
 * @param {string} command
 */
function describe({ code, command: hasCommand, alt, shift }, command) {
  const parts = [hasCommand && command, alt && "Alt", shift && "Shift", code.replace(/Key|Digit/, "")];
  return parts.filter(Boolean).join("+");
}

/** @param {HTMLElement} bar */
function rove(bar) {
  const buttons = [...bar.querySelectorAll("button")];
  /** @param {number} chosen */
  const choose = (chosen) => buttons.forEach((button, index) => (button.tabIndex = index === chosen ? 0 : -1));
  choose(0);
  bar.addEventListener("focusin", (event) => choose(buttons.indexOf(/** @type {HTMLButtonElement} */ (event.target))));
  bar.addEventListener("keydown", (event) => {
    const now = buttons.indexOf(/** @type {HTMLButtonElement} */ (event.target));
    const ways = { ArrowRight: now + 1, ArrowLeft: now - 1, Home: 0, End: buttons.length - 1 };
    const next = ways[/** @type {keyof typeof ways} */ (event.key)];
    if (next === undefined) return;
    event.preventDefault();
    buttons.at(next % buttons.length)?.focus();
  });
}

/**
 * @param {HTMLTextAreaElement} field
 * @param {Tool[]} tools
 */
function bindShortcuts(field, tools) {
  field.addEventListener("keydown", (event) => {
    // AltGr is Ctrl+Alt to Windows, and types characters that a language needs
    if (event.isComposing || event.getModifierState("AltGraph")) return;
    const tool = tools.find(({ keys }) => keys && fits(keys, event));
    if (!tool) return;
    event.preventDefault();
    tool.act();
  });
}

/**
 * @param {Keys} keys
 * @param {KeyboardEvent} event
 */
function fits({ code, command = false, alt = false, shift = false }, event) {
  const [hasCommand, hasOther] = IS_MAC ? [event.metaKey, event.ctrlKey] : [event.ctrlKey, event.metaKey];
  // a letter is where the layout has it, a digit where the keyboard has it
  const isKey = code.startsWith("Key") ? event.key.toLowerCase() === code.at(-1)?.toLowerCase() : event.code === code;
  return isKey && !hasOther && hasCommand === command && event.altKey === alt && event.shiftKey === shift;
}
