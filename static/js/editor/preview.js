// @ts-check
/**
 * Live preview beside the editor's text: the public page in a frame without scripts,
 * as wide as a phone or as a desk, in step with the text.
 */

import { ask, contentOf, wasTakenBack } from "./asking.js";
import { element, required } from "./dom.js";
import { ScrollSync } from "./scroll-sync.js";

const FILE = "editor/preview.js";
const WAIT_MS = 400;
/** What readers' windows measure, in CSS pixels. */
const WIDTHS = { Phone: 390, Desktop: 1280 };
/** What is around every page: its links lead nowhere here. */
const AROUND = ".skip-link, .site-header, .breadcrumb, .site-footer";

export class Preview {
  /**
   * @param {HTMLTextAreaElement} field
   * @param {HTMLElement} pane
   * @param {import("./findings.js").Findings} findings shown anew with every preview
   */
  constructor(field, pane, findings) {
    this.field = field;
    this.findings = findings;
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
    this.isLoaded = false;
    this.scrolling = new ScrollSync(field, this.frame);
    pane.append(this.makeSwitch(), this.status, this.stage);
    this.listen();
    this.refresh();
  }

  listen() {
    this.frame.addEventListener("load", () => this.loaded());
    this.form.addEventListener("input", () => this.soon());
    this.form.addEventListener("change", () => this.soon());
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
    this.scrolling.followText();
  }

  soon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.refresh(), WAIT_MS);
  }

  async refresh() {
    this.asked?.abort();
    this.asked = new AbortController();
    const data = contentOf(this.form);
    data.delete("preview-width");
    data.set("article", this.field.dataset.article ?? "");
    try {
      const answer = await ask(this.address, { method: "POST", body: data, signal: this.asked.signal });
      this.show(await answer.text());
      this.say("");
    } catch (error) {
      if (!wasTakenBack(error)) this.say(`The preview stands still. ${/** @type {Error} */ (error).message}`);
    }
  }

  /**
   * Show the page without its scripts: the frame would refuse them, with a complaint each.
   *
   * A later text takes the place of the one before in the same document, which so stays
   * where it is scrolled to.
   * @param {string} text
   */
  show(text) {
    const page = new DOMParser().parseFromString(text, "text/html");
    for (const script of page.querySelectorAll("script")) script.remove();
    // The keyboard passes these by, instead of moving the preview away from the text.
    for (const part of page.querySelectorAll(AROUND)) part.setAttribute("inert", "");
    // A link would take the page away: the sandbox opens no other window for it.
    for (const link of page.querySelectorAll("a[href]")) link.setAttribute("target", "_blank");
    const found = page.querySelector("template#preview-findings");
    if (found instanceof HTMLTemplateElement) this.findings.show(found);
    found?.remove();
    const shown = this.isLoaded && this.frame.contentDocument;
    if (!shown) {
      this.frame.srcdoc = `<!doctype html>${page.documentElement.outerHTML}`;
      return;
    }
    shown.body.replaceChildren(...page.body.childNodes);
    this.scrolling.followText();
  }

  /** @param {string} words */
  say(words) {
    if (this.status.textContent !== words) this.status.textContent = words;
  }

  loaded() {
    const shown = this.frame.contentDocument;
    if (!shown?.body.childElementCount) return; // the empty page that a frame begins with
    this.isLoaded = true;
    // Safari hears no click in such a frame. A link within the page, too, would lead out of it.
    shown.addEventListener("click", (event) => {
      const link = /** @type {Element} */ (event.target).closest("a[href]");
      if (!link) return;
      event.preventDefault();
      const [elsewhere, id = ""] = (link.getAttribute("href") ?? "").split("#");
      const place = elsewhere ? null : shown.getElementById(id);
      const page = shown.scrollingElement;
      if (place && page) page.scrollTop += place.getBoundingClientRect().top;
    });
    this.scrolling.attach();
    this.scrolling.followText();
  }
}
