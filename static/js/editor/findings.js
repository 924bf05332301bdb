// @ts-check
/**
 * What the content rules say about the text, beside it: renewed with every preview, and
 * each line number leads to its line. Without this file it is a list in the form.
 */

import { element } from "./dom.js";

const FILE = "editor/findings.js";

export class Findings {
  /** @param {HTMLTextAreaElement} field @param {HTMLElement} panel */
  constructor(field, panel) {
    const body = panel.querySelector(".findings__body");
    if (!(body instanceof HTMLElement)) throw new Error(`${FILE}: #${panel.id} expects .findings__body`);
    this.field = field;
    this.body = body;
    this.shown = body.innerHTML.trim(); // as the server wrote it
    this.status = element("p", { class: "findings__status", role: "status" });
    body.before(this.status);
    // A tick changes nothing in the text: no new preview for it.
    for (const name of ["input", "change"]) panel.addEventListener(name, (event) => event.stopPropagation());
    panel.addEventListener("click", (event) => {
      const button = /** @type {Element} */ (event.target).closest("button[data-line]");
      if (button instanceof HTMLElement) this.jump(Number(button.dataset.line));
    });
    this.enhance();
  }

  /**
   * Show new findings; groups stay open or closed, and ticks stay where the findings did.
   *
   * The same ones stay as they are, so that no click on them goes nowhere.
   * @param {HTMLTemplateElement} template
   */
  show(template) {
    const written = template.innerHTML.trim();
    if (written === this.shown) return;
    this.shown = written;
    const open = new Map(this.groups().map((group) => [group.dataset.rule, group.open]));
    const ticks = new Map(this.groups().map((group) => [group.dataset.key, Findings.answer(group)]));
    const focused = this.body.contains(document.activeElement) ? Findings.nameOf(document.activeElement) : "";
    this.body.replaceChildren(document.importNode(template.content, true));
    for (const group of this.groups()) {
      group.open = open.get(group.dataset.rule) ?? group.open;
      Findings.giveAnswer(group, ticks.get(group.dataset.key));
    }
    this.enhance();
    for (const each of this.body.querySelectorAll("input, button, summary")) {
      if (focused && Findings.nameOf(each) === focused) /** @type {HTMLElement} */ (each).focus();
    }
  }

  groups() {
    return /** @type {HTMLDetailsElement[]} */ ([...this.body.querySelectorAll(".findings__group")]);
  }

  /** What an editor ticked or wrote in a group. @param {HTMLElement} group */
  static answer(group) {
    const input = group.querySelector("input");
    return input?.type === "checkbox" ? input.checked : input?.value;
  }

  /** @param {HTMLElement} group @param {string | boolean | undefined} answer */
  static giveAnswer(group, answer) {
    const input = group.querySelector("input");
    if (!input || !answer) return;
    if (typeof answer === "boolean") input.checked = true;
    else input.value = answer;
  }

  /** @param {Element | null} part */
  static nameOf(part) {
    const group = part?.closest(".findings__group");
    return group instanceof HTMLElement ? `${group.dataset.rule} ${part?.tagName} ${part?.textContent}` : "";
  }

  /** Make buttons of line numbers, and say what changed to those who listen. */
  enhance() {
    const summary = this.body.querySelector(".findings__summary");
    const words = summary?.textContent ?? "";
    if (this.status.textContent !== words) this.status.textContent = words;
    summary?.remove();
    for (const mark of this.body.querySelectorAll("span[data-line]")) {
      const line = /** @type {HTMLElement} */ (mark).dataset.line ?? "";
      const attributes = { type: "button", class: "findings__line", "data-line": line };
      mark.replaceWith(element("button", attributes, mark.textContent ?? ""));
    }
  }

  /** Select a line of the text and bring it into view. @param {number} line from 1 */
  jump(line) {
    const lines = this.field.value.split("\n");
    const start = lines.slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
    this.field.focus();
    this.field.setSelectionRange(start, start + (lines[line - 1] ?? "").length);
    this.field.scrollTop = Math.max(0, this.heightOf(lines.slice(0, line - 1)) - this.field.clientHeight / 3);
    this.field.scrollIntoView({ block: "nearest" });
  }

  /**
   * How high lines stand in the field, wrapped as there.
   * @param {string[]} lines
   */
  heightOf(lines) {
    const probe = element("textarea", { class: this.field.className, "aria-hidden": "true", tabindex: "-1" });
    probe.value = lines.join("\n");
    Object.assign(probe.style, {
      position: "absolute",
      visibility: "hidden",
      inlineSize: `${this.field.clientWidth}px`,
      blockSize: "0",
      minBlockSize: "0",
    });
    this.field.after(probe);
    const height = probe.scrollHeight;
    probe.remove();
    return height;
  }
}
