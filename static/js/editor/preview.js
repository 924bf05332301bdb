// @ts-check
/**
 * Live preview beside the editor's text: the public page in a frame without scripts,
 * as wide as a phone or as a desk, scrolled to where the text is.
 */

import { element, required } from "./dom.js";

const FILE = "editor/preview.js";
const WAIT_MS = 400;
/** What readers' windows measure, in CSS pixels. */
const WIDTHS = { Phone: 390, Desktop: 1280 };

export class Preview {
  /** @param {HTMLTextAreaElement} field @param {HTMLElement} pane */
  constructor(field, pane) {
    this.field = field;
    this.form = /** @type {HTMLFormElement} */ (field.form);
    this.address = required(field, "previewUrl", FILE);
    this.status = element("p", { class: "editor-preview__status", role: "status" });
    this.frame = element("iframe", {
      class: "editor-preview__frame",
      title: "Preview: what readers will see",
      sandbox: "allow-same-origin",
    });
    this.stage = element("div", { class: "editor-preview__stage" }, this.frame);
    this.width = WIDTHS.Phone;
    pane.append(this.makeSwitch(), this.status, this.stage);
    this.listen();
    this.refresh();
  }

  listen() {
    this.frame.addEventListener("load", () => this.loaded());
    this.form.addEventListener("input", () => this.soon());
    this.form.addEventListener("change", () => this.soon());
    this.field.addEventListener("scroll", () => this.follow());
    new ResizeObserver(() => this.fit()).observe(this.stage);
  }

  /** The two widths, as radio buttons. */
  makeSwitch() {
    const group = element("fieldset", { class: "editor-preview__widths" }, element("legend", {}, "Preview as on a"));
    for (const [name, width] of Object.entries(WIDTHS)) {
      const radio = element("input", { type: "radio", name: "preview-width" });
      radio.checked = width === this.width;
      radio.addEventListener("change", (event) => {
        event.stopPropagation(); // the text is the same
        this.width = width;
        this.fit();
      });
      group.append(element("label", {}, radio, ` ${name}`));
    }
    return group;
  }

  /** Give the frame the reader's width; one wider than its place is shown smaller. */
  fit() {
    const scale = Math.min(1, this.stage.clientWidth / this.width);
    this.frame.style.inlineSize = `${this.width}px`;
    this.frame.style.blockSize = `${this.stage.clientHeight / scale}px`;
    this.frame.style.transform = `scale(${scale})`;
    this.follow();
  }

  soon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.refresh(), WAIT_MS);
  }

  async refresh() {
    this.asked?.abort();
    this.asked = new AbortController();
    const data = new FormData(this.form);
    data.delete("preview-width");
    data.set("article", this.field.dataset.article ?? "");
    try {
      const { signal } = this.asked;
      const answer = await fetch(this.address, { method: "POST", body: data, redirect: "error", signal });
      const text = await answer.text();
      if (answer.ok) this.show(text);
      else this.say(answer.status === 413 ? text : `No preview (${answer.status}). Your text is still here; save it.`);
    } catch (error) {
      if (/** @type {Error} */ (error).name === "AbortError") return;
      this.say("No preview: no connection, or you were logged out. Your text is still here.");
    }
  }

  /**
   * Show the page without its scripts: the frame would refuse them, with a complaint each.
   * @param {string} text
   */
  show(text) {
    this.say("");
    const page = new DOMParser().parseFromString(text, "text/html");
    for (const script of page.querySelectorAll("script")) script.remove();
    this.frame.srcdoc = `<!doctype html>${page.documentElement.outerHTML}`;
  }

  /** @param {string} words */
  say(words) {
    if (this.status.textContent !== words) this.status.textContent = words;
  }

  loaded() {
    // A link in the preview would leave the frame on a page that refuses framing.
    this.frame.contentDocument?.addEventListener("click", (event) => {
      const link = /** @type {Element} */ (event.target).closest("a");
      if (link && !link.getAttribute("href")?.startsWith("#")) event.preventDefault();
    });
    this.follow();
  }

  /** Keep the frame's words at the same share of their height as the text's. */
  follow() {
    const page = this.frame.contentDocument?.scrollingElement;
    const words = this.frame.contentDocument?.querySelector(".prose");
    const room = this.field.scrollHeight - this.field.clientHeight;
    if (!page || !words) return;
    const share = room > 0 ? this.field.scrollTop / room : 0;
    const { top, height } = words.getBoundingClientRect();
    const first = share === 0 ? 0 : top + page.scrollTop; // at the very top, the title too
    page.scrollTop = first + share * Math.max(0, height - page.clientHeight);
  }
}
