// @ts-check
/** Copied HTML without what is no text of the document, and with lists that are lists. */

import { declared } from "./inline-markdown.js";
import { nestWordLists } from "./word-lists.js";

/** `del` is what the document's authors took out; buttons belong to the page around it. */
const NO_TEXT =
  "audio,button,canvas,del,iframe,img,input,noscript,object,script,select,style,svg,template,textarea,title,video," +
  "[hidden],.MsoCommentReference";

/** @param {HTMLElement} body */
export function clean(body) {
  for (const element of body.querySelectorAll(NO_TEXT)) element.remove();
  for (const element of body.querySelectorAll("[style]")) {
    if (isUnseen(element)) element.remove();
  }
  nestWordLists(body);
}

/** @param {Element} element */
function isUnseen(element) {
  return (
    declared(element, "display") === "none" ||
    declared(element, "mso-hide") === "all" ||
    declared(element, "mso-element").startsWith("comment")
  );
}
