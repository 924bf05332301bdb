// @ts-check
/**
 * Keeps a text field and the page made from it in step, whichever of them is scrolled.
 *
 * Blocks of the page say in `data-line` on which line of the text they begin; between two
 * of them, both sides move at their own pace.
 */

import { element } from "./dom.js";

/** @typedef {{text: number, page: number}} Pair how far down the same words stand, in CSS pixels */

export class ScrollSync {
  /** Where the other side was put, so that its own event is not answered. */
  echo = { text: -1, page: -1 };
  mirror = element("div", { class: "editor-mirror", "aria-hidden": "true" });
  measured = { value: "", width: -1, tops: /** @type {number[]} */ ([]) };

  /** @param {HTMLTextAreaElement} field @param {HTMLIFrameElement} frame */
  constructor(field, frame) {
    this.field = field;
    this.frame = frame;
    field.after(this.mirror);
    field.addEventListener("scroll", () => this.followText());
  }

  /** Listen to a page that was just loaded into the frame. */
  attach() {
    this.frame.contentDocument?.addEventListener("scroll", () => this.followPage());
  }

  followText() {
    const page = this.frame.contentDocument?.scrollingElement;
    if (!page || Math.abs(this.field.scrollTop - this.echo.text) < 1) return;
    this.echo.text = -1;
    const pairs = this.pairs(page);
    if (!pairs.length) return;
    page.scrollTop = between(pairs, "text", "page", this.field.scrollTop);
    this.echo.page = page.scrollTop;
  }

  followPage() {
    const page = this.frame.contentDocument?.scrollingElement;
    if (!page || Math.abs(page.scrollTop - this.echo.page) < 1) return;
    this.echo.page = -1;
    const pairs = this.pairs(page);
    if (!pairs.length) return;
    this.field.scrollTop = between(pairs, "page", "text", page.scrollTop);
    this.echo.text = this.field.scrollTop;
  }

  /**
   * Return what stands at the same height, both sides growing; none where one cannot scroll.
   * @param {Element} page
   */
  pairs(page) {
    const end = {
      text: this.field.scrollHeight - this.field.clientHeight,
      page: page.scrollHeight - page.clientHeight,
    };
    if (end.text <= 0 || end.page <= 0) return [];
    const tops = this.tops();
    const pairs = [{ text: 0, page: 0 }];
    for (const block of page.querySelectorAll("[data-line]")) {
      const text = tops[Number(block.getAttribute("data-line")) - 1];
      const pair = { text, page: block.getBoundingClientRect().top + page.scrollTop };
      const last = /** @type {Pair} */ (pairs.at(-1));
      const grows = pair.text > last.text && pair.page > last.page;
      if (grows && pair.text < end.text && pair.page < end.page) pairs.push(pair);
    }
    return [...pairs, end];
  }

  /** Return how far down each line begins: in a copy of the field that can be measured. */
  tops() {
    const { value, clientWidth: width } = this.field;
    if (value === this.measured.value && width === this.measured.width) return this.measured.tops;
    const style = getComputedStyle(this.field);
    for (const name of ["font", "letterSpacing", "padding", "tabSize"]) {
      Object.assign(this.mirror.style, { [name]: style[/** @type {"font"} */ (name)] });
    }
    this.mirror.style.inlineSize = `${width}px`;
    this.mirror.replaceChildren(...value.split("\n").map((line) => element("div", {}, line || " ")));
    const tops = [...this.mirror.children].map((line) => /** @type {HTMLElement} */ (line).offsetTop);
    this.mirror.replaceChildren();
    this.measured = { value, width, tops };
    return tops;
  }
}

/**
 * Return the place on one side that belongs to a place on the other.
 * @param {Pair[]} pairs
 * @param {"text" | "page"} from
 * @param {"text" | "page"} to
 * @param {number} place
 */
function between(pairs, from, to, place) {
  const after = pairs.findIndex((pair) => pair[from] > place);
  if (after === -1) return /** @type {Pair} */ (pairs.at(-1))[to];
  const [low, high] = [pairs[after - 1], pairs[after]];
  return low[to] + ((place - low[from]) / (high[from] - low[from])) * (high[to] - low[to]);
}
