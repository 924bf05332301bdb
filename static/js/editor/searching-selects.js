// @ts-check
/**
 * Give the admin's searching selects the names that their labels have on screen.
 *
 * Whenever the admin's own script makes one: this module does not know when it runs.
 */
export function nameSearchingSelects() {
  for (const select of document.querySelectorAll("select.admin-autocomplete")) {
    const place = select.parentElement;
    if (!place) throw new Error(`editor/searching-selects.js: #${select.id} expects an element around it`);
    const label = document.querySelector(`label[for="${select.id}"]`);
    const name = label?.textContent?.replace(/:\s*$/, "").trim() ?? "";
    new MutationObserver(() => nameParts(place, name)).observe(place, { childList: true, subtree: true });
    nameParts(place, name);
  }
}

/**
 * @param {Element} place
 * @param {string} name
 */
function nameParts(place, name) {
  const parts = ".select2-selection, .select2-selection__rendered, .select2-search__field";
  for (const part of place.querySelectorAll(parts)) {
    part.removeAttribute("aria-labelledby");
    part.setAttribute("aria-label", name);
  }
}
