// @ts-check
/** Modal dialogs; Esc closes one, and the focus goes back to where it was. */

import { element } from "./dom.js";

let made = 0;

/**
 * Add a dialog to the page, still closed. It lies outside the admin's form, to have its own.
 * @param {string} title
 * @param {...(Node | string)} content
 */
export function makeDialog(title, ...content) {
  made += 1;
  const id = `editor-dialog-${made}`;
  const heading = element("h2", { class: "editor-dialog__title", id }, title);
  const dialog = element("dialog", { class: "editor-dialog", "aria-labelledby": id }, heading, ...content);
  document.body.append(dialog);
  return dialog;
}

/**
 * Show a dialog until it is closed; then focus and selection are what they were.
 * @param {HTMLDialogElement} dialog
 * @param {HTMLTextAreaElement} field
 */
export async function show(dialog, field) {
  const { selectionStart, selectionEnd } = field;
  dialog.showModal();
  await new Promise((resolve) => dialog.addEventListener("close", resolve, { once: true }));
  // a browser that gives the focus back may move the caret
  field.setSelectionRange(selectionStart, selectionEnd);
}

/**
 * Make a button of a dialog.
 * @param {string} name
 * @param {() => void} [act] without it, the button sends the dialog's form
 */
export function makeButton(name, act) {
  const type = act ? "button" : "submit";
  const button = element("button", { type, class: `editor-dialog__button editor-dialog__button--${type}` }, name);
  if (act) button.addEventListener("click", act);
  return button;
}
