// @ts-check
/**
 * A list of the desk: each cell says which column it stands in, so that on a phone
 * css/admin.css can show a row as a block. Without this file the table scrolls sideways.
 */

const list = /** @type {HTMLTableElement | null} */ (document.querySelector("#result_list"));

if (list?.tHead) {
  const names = [...list.tHead.rows[0].cells].map((head) => head.querySelector(".text")?.textContent?.trim() ?? "");
  for (const row of list.tBodies[0].rows) {
    [...row.cells].forEach((cell, place) => {
      if (names[place]) cell.dataset.column = names[place];
    });
  }
}
