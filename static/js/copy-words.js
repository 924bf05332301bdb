// @ts-check
/**
 * A button under each block of words to say that copies them, for a message to the
 * doctor's office. Without this file, or without a clipboard, the words just stand there.
 */

const COPIED_FOR_MS = 4000;

class CopyWords extends HTMLElement {
  connectedCallback() {
    if (this.firstElementChild) return;
    const block = this.closest(".block--script");
    if (!block) throw new Error("copy-words.js: <copy-words> expects to be inside .block--script");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button button--quiet button--small";
    button.textContent = "Copy these words";
    const title = block.querySelector(".block__title")?.textContent?.trim();
    if (title) button.append(hidden(` ${title}`)); // which words, in a list of buttons
    const status = document.createElement("span");
    status.setAttribute("role", "status");
    button.addEventListener("click", async () => {
      status.textContent = await copy(wordsOf(block, this));
      setTimeout(() => (status.textContent = ""), COPIED_FOR_MS);
    });
    this.append(button, status);
  }
}

/**
 * Words that are heard and not seen.
 * @param {string} text
 */
function hidden(text) {
  const words = document.createElement("span");
  words.className = "visually-hidden";
  words.textContent = text;
  return words;
}

/**
 * The block's text without its title and the button.
 * @param {Element} block
 * @param {Element} button
 */
function wordsOf(block, button) {
  const parts = [...block.children].filter(
    (part) => part !== button && !part.classList.contains("block__title"),
  );
  return parts.map((part) => (part.textContent ?? "").trim()).join("\n\n");
}

/**
 * Copy a text and say how it went.
 * @param {string} text
 */
async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return "Copied";
  } catch {
    return "Your browser did not allow it";
  }
}

if (navigator.clipboard) {
  customElements.define("copy-words", CopyWords);
  for (const block of document.querySelectorAll(".block--script")) {
    block.append(document.createElement("copy-words"));
  }
}
