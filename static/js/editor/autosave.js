// @ts-check
/**
 * Keeps what is typed: in this browser at once, on the server every few seconds and on
 * leaving. What the server does not have is offered back when the form is opened again.
 * Without this file nothing is kept before the form is saved.
 */

import { ask, contentOf, Refusal, renewToken } from "./asking.js";
import { element, required } from "./dom.js";
import { fieldsOf, fillIn, KeptCopies, NAMES, saysTheSame } from "./kept-copies.js";

const FILE = "editor/autosave.js";
const SERVER_MS = 3000;
const AGAIN_MS = 10_000;
/** More than this a browser does not send after a page is gone. */
const LONGEST_LAST_WORD = 60_000;

export class Autosave {
  /** @param {HTMLElement} panel @param {HTMLTextAreaElement} field */
  constructor(panel, field) {
    this.panel = panel;
    this.field = field;
    this.form = /** @type {HTMLFormElement} */ (field.form);
    this.address = required(panel, "url", FILE);
    this.page = required(panel, "window", FILE);
    this.article = required(panel, "article", FILE);
    this.over = required(panel, "over", FILE);
    this.copies = new KeptCopies(required(panel, "editor", FILE), this.article);
    this.key = this.copies.guide + this.page;
    this.opened = fieldsOf(this.form);
    /** What the server has: a form that comes back unstored was kept nowhere yet. */
    this.confirmed = panel.dataset.unstored === undefined ? this.opened : {};
    this.turn = 0;
    this.status = element("p", { class: "autosave__status", role: "status" });
    field.closest(".markdownx")?.before(this.status);
    const draft = Autosave.draft();
    const offered = draft ? [draft] : [];
    for (const [key, copy] of this.copies.differingFrom(this.opened)) {
      if (offered.some((fields) => saysTheSame(copy.fields, fields))) this.copies.forget(key);
      else if (key !== this.key) {
        this.offer(key, copy);
        offered.push(copy.fields);
      }
    }
    this.listen();
    this.typed();
  }

  /**
   * What the server offers of the fields, if it does.
   * @returns {import("./kept-copies.js").Fields | undefined}
   */
  static draft() {
    const found = document.getElementById("draft-fields");
    return found ? JSON.parse(found.textContent ?? "{}") : undefined;
  }

  listen() {
    for (const name of ["input", "change"]) this.form.addEventListener(name, () => this.typed());
    this.form.addEventListener("submit", (event) => {
      if (!event.submitter?.hasAttribute("formaction")) this.leave(true);
    });
    document.getElementById("discard-draft")?.addEventListener("submit", (event) => this.discard(event));
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") this.leave(false);
    });
    addEventListener("pagehide", () => this.leave(false));
    addEventListener("beforeunload", (event) => {
      // a browser that keeps nothing for us loses what the server does not have yet
      if (!this.isSaving && this.hasNews() && !this.isKeptHere) event.preventDefault();
    });
    addEventListener("pageshow", () => {
      this.isSaving = false;
    });
    addEventListener("online", () => this.typed());
  }

  hasNews() {
    return !saysTheSame(fieldsOf(this.form), this.confirmed);
  }

  /** Keep it here now, and on the server soon. */
  typed() {
    if (!this.hasNews()) return;
    this.isSaving = false; // who goes on typing has a form that never came through
    this.keepHere();
    this.timer ??= setTimeout(() => this.send(), SERVER_MS);
  }

  keepHere() {
    this.isKeptHere = this.copies.keep(this.page, fieldsOf(this.form));
  }

  /** @param {boolean} isSaving whether the form itself is on its way */
  leave(isSaving) {
    if (this.isSaving || !this.hasNews()) return;
    this.keepHere();
    this.isSaving = isSaving;
    if (!isSaving) this.send({ keepalive: JSON.stringify(fieldsOf(this.form)).length < LONGEST_LAST_WORD });
  }

  /** @param {RequestInit} [options] */
  async send(options = {}) {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.isSaving) return;
    const fields = fieldsOf(this.form);
    try {
      this.turn = Math.max(Date.now(), this.turn + 1);
      const turn = this.turn;
      const answer = await ask(this.address, { method: "POST", body: this.content(), ...options });
      const kept = Number((await answer.json()).turn);
      this.turn = Math.max(this.turn, kept); // higher where a clock was set back since
      if (kept === turn) {
        this.confirmed = fields;
        this.say("Your text is kept on the server, not stored as a revision yet.");
      }
      if (!this.hasNews()) this.copies.forget(this.key);
      this.over = "";
    } catch (error) {
      const why = error instanceof Refusal ? error.message : String(error);
      this.say(this.isKeptHere ? `${why} It is kept in this browser too.` : why);
      this.timer = setTimeout(() => this.send(), AGAIN_MS);
    }
    if (this.hasNews()) this.timer ??= setTimeout(() => this.send(), SERVER_MS);
  }

  content() {
    const typed = contentOf(this.form);
    const data = new FormData();
    for (const name of [...NAMES, "csrfmiddlewaretoken", "window"]) {
      for (const value of typed.getAll(name)) data.append(name, value);
    }
    data.set("article", this.article);
    data.set("turn", String(this.turn));
    data.set("over", this.over);
    return data;
  }

  /** @param {string} words */
  say(words) {
    if (this.status.textContent !== words) this.status.textContent = words;
  }

  /**
   * Offer a copy of this browser.
   * @param {string} key
   * @param {import("./kept-copies.js").Copy} copy
   */
  offer(key, copy) {
    const moment = new Date(copy.at).toLocaleString("en-US", { dateStyle: "long", timeStyle: "short" });
    const ways = element("ul", { class: "autosave__ways" });
    const box = element(
      "div",
      { class: "autosave__offer" },
      element("p", {}, `There is a newer text of yours from ${moment}, kept in this browser and not stored yet.`),
      ways,
    );
    const add = (/** @type {string} */ words, /** @type {() => void} */ act) => {
      const button = element("button", { type: "button", class: "button" }, words);
      button.addEventListener("click", act);
      ways.append(element("li", {}, button));
    };
    add("Use it", () => {
      const typed = fieldsOf(this.form);
      this.copies.forget(key); // it goes on as this window's own
      fillIn(this.form, copy.fields);
      box.remove();
      this.field.focus();
      this.typed();
      if (!saysTheSame(typed, this.opened)) this.offerAgain(typed);
    });
    if (this.panel.dataset.compareUrl) add("Compare it with the newest", () => this.compare(copy));
    add("Discard it", () => {
      this.copies.forget(key);
      this.putAway(box);
    });
    this.panel.append(box);
  }

  /** Take an offer away; the focus that was in it goes to the first field. @param {Element | null} box */
  putAway(box) {
    box?.remove();
    /** @type {HTMLElement | null} */ (this.form.querySelector("input:not([type=hidden])"))?.focus();
  }

  /** Let what was typed here stay at hand when a copy takes its place. @param {import("./kept-copies.js").Fields} fields */
  offerAgain(fields) {
    const page = `${this.page}-${Date.now()}`;
    this.copies.keep(page, fields);
    this.offer(this.copies.guide + page, { at: new Date().toISOString(), fields });
  }

  /** Show a copy beside the stored text. @param {import("./kept-copies.js").Copy} copy */
  compare(copy) {
    renewToken(this.form);
    const form = element("form", { method: "post", target: "_blank", action: this.panel.dataset.compareUrl ?? "" });
    const token = new FormData(this.form).get("csrfmiddlewaretoken");
    const fields = { ...copy.fields, csrfmiddlewaretoken: [String(token)] };
    for (const [name, values] of Object.entries(fields)) {
      for (const value of values) {
        const input = element("textarea", { name });
        input.value = value;
        form.append(input);
      }
    }
    form.hidden = true;
    document.body.append(form);
    form.submit();
    form.remove();
  }

  /**
   * Discard the server's draft without leaving what is typed here.
   * @param {SubmitEvent} event
   */
  async discard(event) {
    event.preventDefault();
    const form = /** @type {HTMLFormElement} */ (event.currentTarget);
    const button = event.submitter;
    try {
      const answer = await fetch(form.action, { method: "POST", body: contentOf(form) });
      if (!answer.ok || new URL(answer.url).pathname.endsWith("/login/")) throw new Error(answer.statusText);
      this.putAway(button?.closest(".autosave__offer") ?? null);
      this.say("The older text was discarded.");
    } catch {
      this.say("Not discarded. Try again in a moment, or log in again in another tab first.");
    }
  }
}
