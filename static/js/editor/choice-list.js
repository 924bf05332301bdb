// @ts-check
/**
 * A search above a long list of checkboxes: it shows what is chosen and what fits the words.
 * Without this file the whole list stands in the form.
 */

import { element } from "./dom.js";

const FILE = "editor/choice-list.js";
/** As many one sees at a glance. */
const MANY = 12;

/** @typedef {{row: HTMLElement, box: HTMLInputElement, words: string}} Choice */

/** @param {HTMLElement} list the element around the rows, one checkbox in each */
export function addSearch(list) {
  const choices = [...list.children].map((row) => choiceOf(/** @type {HTMLElement} */ (row)));
  if (choices.length <= MANY) return;
  const name = list.closest("fieldset")?.querySelector("legend")?.textContent?.replace(/:\s*$/, "").trim();
  if (!name) throw new Error(`${FILE}: #${list.id} expects a fieldset with a legend around it`);
  const search = element("input", { type: "search", id: `${list.id}_search`, class: "choice-list__search" });
  const label = element("label", { for: search.id }, `Search ${name.toLowerCase()}`);
  const status = element("p", { class: "choice-list__status", role: "status" });
  const show = () => showFitting(choices, search.value, status);
  search.addEventListener("input", (event) => {
    event.stopPropagation(); // the text is the same
    show();
  });
  search.addEventListener("change", (event) => event.stopPropagation());
  search.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault(); // it would store the guide
  });
  list.addEventListener("change", () => {
    // one that was just unticked stays under the finger; a kept copy may tick hidden ones
    for (const { row, box } of choices) if (box.checked) row.hidden = false;
    say(choices, status);
  });
  list.before(label, search, status);
  show();
}

/** @param {HTMLElement} row @returns {Choice} */
function choiceOf(row) {
  const box = row.querySelector("input");
  if (!box) throw new Error(`${FILE}: #${row.parentElement?.id} expects a checkbox in each row`);
  return { row, box, words: (row.textContent ?? "").toLowerCase() };
}

/**
 * Show what fits all words, and whatever is chosen; without words only that.
 * @param {Choice[]} choices
 * @param {string} query
 * @param {HTMLElement} status
 */
function showFitting(choices, query, status) {
  const asked = query.toLowerCase().split(/\s+/).filter(Boolean);
  for (const { row, box, words } of choices) {
    const fits = asked.length > 0 && asked.every((word) => words.includes(word));
    row.hidden = !fits && !box.checked;
  }
  say(choices, status);
}

/** @param {Choice[]} choices @param {HTMLElement} status */
function say(choices, status) {
  const chosen = choices.filter(({ box }) => box.checked).length;
  const others = choices.filter(({ row, box }) => !row.hidden && !box.checked).length;
  const found = others ? `${others} more shown` : "Search to see more";
  status.textContent = `${chosen} of ${choices.length} chosen. ${found}.`;
}
