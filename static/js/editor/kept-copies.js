// @ts-check
/**
 * What an editor typed, kept in this browser until the server has it: one copy for each
 * editor, guide and window, so that no window takes the text of another.
 */

const PREFIX = "second-voice-text";

/** What a copy keeps: the values of each field. */
/** @typedef {Record<string, string[]>} Fields */
/** @typedef {{at: string, fields: Fields}} Copy */

const PANEL = document.getElementById("autosave")?.dataset;
/** The fields that are kept, and those that tell whether two texts are the same (articles/autosaving.py). */
export const NAMES = PANEL?.fields?.split(" ") ?? [];
const COMPARED = PANEL?.compared?.split(" ") ?? [];

/**
 * Return what stands in a form.
 * @param {HTMLFormElement} form
 * @returns {Fields}
 */
export function fieldsOf(form) {
  const typed = new FormData(form);
  return Object.fromEntries(NAMES.map((name) => [name, typed.getAll(name).map(String)]));
}

/**
 * Put a copy into a form, as if it had been typed there.
 * @param {HTMLFormElement} form
 * @param {Fields} fields
 */
export function fillIn(form, fields) {
  for (const [name, values] of Object.entries(fields)) {
    const controls = form.querySelectorAll(`[name="${name}"]`);
    for (const control of controls) {
      if (control instanceof HTMLInputElement && control.type === "checkbox") {
        control.checked = values.includes(control.value);
      } else if (
        control instanceof HTMLInputElement ||
        control instanceof HTMLTextAreaElement ||
        control instanceof HTMLSelectElement
      ) {
        control.value = values[0] ?? "";
      }
    }
    controls[0]?.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

/**
 * Whether two texts say the same, whatever the ends of lines.
 * @param {Fields} one
 * @param {Fields} other
 */
export function saysTheSame(one, other) {
  return COMPARED.every((name) => plain(one[name]) === plain(other[name]));
}

/** @param {string[] | undefined} values */
function plain(values) {
  const words = (values ?? []).map((value) => value.replaceAll("\r\n", "\n").trim());
  return JSON.stringify(words.filter(Boolean).sort());
}

/** The copies of one editor; storage that is full or forbidden keeps nothing and harms nothing. */
export class KeptCopies {
  /** @param {string} editor @param {string} article empty for a guide that is not created yet */
  constructor(editor, article) {
    this.editor = `${PREFIX}:${editor}:`;
    this.guide = `${this.editor}${article || "new"}:`;
  }

  /**
   * Keep a copy; says whether it could be kept.
   * @param {string} page the window that keeps it
   * @param {Fields} fields
   */
  keep(page, fields) {
    try {
      localStorage.setItem(this.guide + page, JSON.stringify({ at: new Date().toISOString(), fields }));
      return true;
    } catch {
      return false;
    }
  }

  /** @param {string} key */
  forget(key) {
    try {
      localStorage.removeItem(key);
    } catch {
      // then nothing was kept
    }
  }

  /**
   * Return the copies that differ from what a form holds, the newest first; forget the others,
   * also those of a guide that was new until now, whose empty slug the server filled.
   * @param {Fields} now
   */
  differingFrom(now) {
    const found = [...this.read()];
    const isStored = (/** @type {Copy} */ { fields }) =>
      saysTheSame(fields.slug?.join("") ? fields : { ...fields, slug: now.slug }, now);
    for (const [key, copy] of found) if (isStored(copy)) this.forget(key);
    return found
      .filter(([key, copy]) => key.startsWith(this.guide) && !isStored(copy))
      .sort(([, one], [, other]) => other.at.localeCompare(one.at));
  }

  /** @returns {Generator<[string, Copy]>} */
  *read() {
    let keys = /** @type {string[]} */ ([]);
    try {
      keys = Object.keys(localStorage);
    } catch {
      return;
    }
    for (const key of keys) {
      if (!key.startsWith(this.guide) && !key.startsWith(`${this.editor}new:`)) continue;
      try {
        const copy = JSON.parse(localStorage.getItem(key) ?? "");
        if (typeof copy.at === "string" && copy.fields) yield [key, copy];
      } catch {
        this.forget(key);
      }
    }
  }
}
