// @ts-check
/** Elements made without markup, since the site's policy and its editors trust no HTML text. */

/**
 * Make an element with attributes and children.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, string>} [attributes]
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

/**
 * Return the value of a data attribute that the form must give.
 * @param {HTMLElement} from
 * @param {string} name
 * @param {string} file
 */
export function required(from, name, file) {
  const value = from.dataset[name];
  if (value === undefined) throw new Error(`${file}: #${from.id} expects data-${name}`);
  return value;
}
