// @ts-check
/** Questions to the server, whose every failure comes back as words for the editor. */

/** The server did not do what was asked; the message says why and what to do. */
export class Refusal extends Error {}

const LOGGED_OUT =
  "You were logged out. Log in again in another tab, then go on here: your text is still in the form.";
const SILENT = "The server does not answer. Your text is still in the form; try again in a moment.";

/** What a status without words of its own means. */
const MEANINGS = /** @type {Record<number, string>} */ ({
  403: "This was refused: your account may not do it, or you were logged out. Your text is still in the form.",
  413: "This is more than the server takes at once.",
});

/**
 * Ask, and return the answer if it is a good one.
 *
 * Throws a Refusal; or the browser's own AbortError when the question was taken back.
 * @param {string} address
 * @param {RequestInit} [options]
 */
export async function ask(address, options = {}) {
  /** @type {Response} */
  let answer;
  try {
    answer = await fetch(address, { ...options, redirect: "manual" });
  } catch (error) {
    if (wasTakenBack(error)) throw error;
    throw new Refusal(SILENT, { cause: error });
  }
  if (answer.type === "opaqueredirect") throw new Refusal(LOGGED_OUT); // to the login form
  if (!answer.ok) throw new Refusal(await explain(answer));
  return answer;
}

/** @param {unknown} error */
export function wasTakenBack(error) {
  return error instanceof DOMException && error.name === "AbortError";
}

/**
 * Return a form's content for sending, with a token that is good even after a login elsewhere.
 * @param {HTMLFormElement} form
 */
export function contentOf(form) {
  renewToken(form);
  return new FormData(form);
}

/**
 * Give the form the token of the present session: a login in another tab makes a new one.
 * @param {HTMLFormElement} form
 */
export function renewToken(form) {
  const token = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1];
  const input = form.elements.namedItem("csrfmiddlewaretoken");
  if (token && input instanceof HTMLInputElement) input.value = token;
}

/** @param {Response} answer */
async function explain(answer) {
  const type = answer.headers.get("content-type") ?? "";
  if (type.startsWith("application/json")) return String((await answer.json()).error);
  if (type.startsWith("text/plain")) return answer.text();
  return MEANINGS[answer.status] ?? `The server could not do this (error ${answer.status}). Your text is still in the form.`;
}
