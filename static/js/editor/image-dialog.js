// @ts-check
/**
 * A dialog that uploads a picture and asks what those hear who do not see it.
 *
 * Nothing is inserted before that is answered: with words, or that it only decorates.
 */

import { ask, contentOf, wasTakenBack } from "./asking.js";
import { makeButton, makeDialog, show } from "./dialog.js";
import { element, required } from "./dom.js";
import { insertBlock } from "./insertion.js";
import { image } from "./markdown-parts.js";

const FILE = "editor/image-dialog.js";
const HINT = "One sentence with what matters here, for example: X-ray of a knee with an implant.";
const ACCEPTED = "image/jpeg,image/png,image/webp";

export class ImageDialog {
  file = element("input", { id: "image-file", type: "file", accept: ACCEPTED, "aria-describedby": "image-status" });
  status = element("p", { id: "image-status", class: "editor-dialog__status", role: "status" });
  picture = element("img", { class: "image-dialog__picture", alt: "" });
  shows = element("input", { type: "radio", name: "image-meaning" });
  decorates = element("input", { type: "radio", name: "image-meaning" });
  words = makeInput("image-words", { "aria-describedby": "image-words-hint", "aria-label": "What the picture shows" });
  caption = makeInput("image-caption");
  fault = element("p", { class: "editor-dialog__fault", role: "alert" });
  form = element(
    "form",
    { method: "dialog", novalidate: "" },
    makeLabel(this.file, "File: JPEG, PNG or WebP"),
    this.file,
    this.status,
    this.picture,
    element(
      "fieldset",
      { class: "editor-dialog__choice" },
      element("legend", {}, "For readers who do not see it"),
      element("label", {}, this.shows, " It shows this:"),
      this.words,
      element("p", { id: "image-words-hint", class: "editor-dialog__hint" }, HINT),
      element("label", {}, this.decorates, " It only decorates: nothing is said"),
    ),
    makeLabel(this.caption, "Caption below the picture (optional)"),
    this.caption,
    this.fault,
    element(
      "div",
      { class: "editor-dialog__buttons" },
      makeButton("Insert picture"),
      makeButton("Cancel", () => this.dialog.close()),
    ),
  );
  dialog = makeDialog("Picture", this.form);
  /** Where the picture is stored, once it is. */
  address = "";
  /** What is to be inserted when the dialog closes. */
  written = "";

  /** @param {HTMLTextAreaElement} field */
  constructor(field) {
    this.field = field;
    this.endpoint = required(field, "imagesUrl", FILE);
    this.listen();
  }

  listen() {
    this.file.addEventListener("change", () => this.upload(this.file.files?.[0]));
    this.words.addEventListener("input", () => (this.shows.checked = true));
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.submit();
    });
  }

  /**
   * Ask about pictures one after the other; without any, for a file first.
   * @param {File[]} [files]
   */
  async open([first, ...others] = []) {
    this.form.reset();
    this.written = "";
    this.status.textContent = this.fault.textContent = "";
    const closed = show(this.dialog, this.field);
    this.upload(first);
    if (first) this.words.focus();
    await closed;
    this.asked?.abort();
    if (this.written) insertBlock(this.field, (lines) => pictureAfter(lines, this.written));
    if (others.length) this.open(others);
  }

  /** @param {File | undefined} file */
  async upload(file) {
    this.asked?.abort();
    this.address = "";
    this.picture.hidden = true;
    this.fault.textContent = "";
    if (!file) return;
    this.status.textContent = `Uploading ${file.name}…`;
    this.asked = new AbortController();
    const content = new FormData();
    const form = /** @type {HTMLFormElement} */ (this.field.form);
    content.set("csrfmiddlewaretoken", /** @type {string} */ (contentOf(form).get("csrfmiddlewaretoken")));
    content.set("image", file);
    try {
      const answer = await ask(this.endpoint, { method: "POST", body: content, signal: this.asked.signal });
      this.address = (await answer.json()).address;
      this.picture.src = this.address;
      this.picture.hidden = false;
      this.status.textContent = `${file.name} is uploaded.`;
    } catch (error) {
      if (wasTakenBack(error)) return;
      this.status.textContent = "";
      this.fault.textContent = `${file.name} is not uploaded. ${/** @type {Error} */ (error).message}`;
    }
  }

  /** Insert the picture, or say what is missing and lead there. */
  submit() {
    const words = this.words.value.trim();
    if (!this.address) {
      const isUnderWay = this.status.textContent !== "";
      return this.refuse(isUnderWay ? "The picture is still being uploaded: wait a moment." : "Choose a file first.", this.file);
    }
    if (!this.shows.checked && !this.decorates.checked) {
      return this.refuse("Say what the picture shows, or that it only decorates.", this.shows);
    }
    if (this.shows.checked && !words) return this.refuse("Write what the picture shows.", this.words);
    this.written = image(this.decorates.checked ? "" : words, this.address, this.caption.value);
    this.dialog.close();
  }

  /** @param {string} words @param {HTMLElement} place */
  refuse(words, place) {
    this.fault.textContent = words;
    place.focus();
  }
}

/**
 * Return a picture behind the selected lines: it replaces no words.
 * @param {string} lines
 * @param {string} picture
 */
function pictureAfter(lines, picture) {
  const text = lines ? `${lines}\n\n${picture}` : picture;
  return { text, from: text.length, to: text.length };
}

/** @param {string} id @param {Record<string, string>} [attributes] */
function makeInput(id, attributes = {}) {
  return element("input", { id, type: "text", class: "editor-dialog__input", autocomplete: "off", ...attributes });
}

/** @param {HTMLInputElement} input @param {string} words */
function makeLabel(input, words) {
  return element("label", { for: input.id, class: "editor-dialog__label" }, words);
}
