// @ts-check
/**
 * Doctors to compare, kept in this browser and sent nowhere: "Add to comparison" then
 * adds without leaving the page, and a line at its foot leads to the comparison. Without
 * this file the same links lead there at once, with the choice in the address.
 */

const KEY = "second-voice-comparison";
const MOST = 4;

/** @typedef {{npi: string, name: string}} Doctor */

/** @returns {Doctor[]} */
function chosen() {
  try {
    const found = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(found) ? found.filter((one) => /^\d{10}$/.test(one?.npi)).slice(0, MOST) : [];
  } catch {
    return [];
  }
}

/** @param {Doctor[]} doctors */
function keep(doctors) {
  if (doctors.length) localStorage.setItem(KEY, JSON.stringify(doctors));
  else localStorage.removeItem(KEY);
}

class DoctorShortlist extends HTMLElement {
  said = document.createElement("p");

  connectedCallback() {
    if (this.firstElementChild) return;
    if (!this.dataset.address) throw new Error("shortlist.js: <doctor-shortlist> expects data-address");
    this.setAttribute("role", "region");
    this.setAttribute("aria-label", "Your comparison");
    const words = document.createElement("p");
    // beside this element, which is hidden while it is empty: only words that change in a
    // place that is there already are sure to be read out
    this.said.setAttribute("role", "status");
    this.said.className = "visually-hidden";
    this.before(this.said);
    const way = document.createElement("a");
    way.className = "button button--small";
    way.textContent = "Compare";
    const empty = document.createElement("button");
    empty.type = "button";
    empty.className = "button button--quiet button--small";
    empty.textContent = "Empty it";
    empty.addEventListener("click", () => {
      keep([]);
      this.show();
      this.said.textContent = "Your comparison is empty.";
      // the button is gone, and the focus with it
      document.getElementById("content")?.focus({ preventScroll: true });
    });
    this.append(words, way, empty);
    for (const link of links()) {
      link.addEventListener("click", (event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey || isFromElsewhere()) return;
        event.preventDefault();
        if (event.detail > 1) return; // a double click would take back what it added
        this.toggle(link);
      });
    }
    // what has the focus is never behind it (css/components.css)
    new ResizeObserver(() => {
      document.documentElement.style.setProperty("--shortlist-height", `${this.offsetHeight}px`);
    }).observe(this);
    addEventListener("storage", () => this.show());
    addEventListener("pageshow", () => this.show());
    this.show();
  }

  /** @param {HTMLAnchorElement} link */
  toggle(link) {
    const { name = "" } = link.dataset;
    const isIn = has(chosen(), link);
    const doctors = changed(link);
    if (doctors.length > MOST) {
      const full = `${MOST} doctors can be compared. Remove one first.`;
      this.show(full);
      this.said.textContent = full;
      return;
    }
    keep(doctors);
    this.show();
    const number = chosen().length;
    const standing = number ? `at the end of this page has ${number} doctor${number > 1 ? "s" : ""}` : "is empty";
    this.said.textContent = `${isIn ? "Removed" : "Added"}: ${name}. Your comparison ${standing}.`;
  }

  /**
   * @param {Doctor[]} doctors
   * @returns {string}
   */
  comparison(doctors) {
    const query = doctors.map(({ npi }) => `doctor=${npi}`);
    if (this.dataset.along) query.push(this.dataset.along);
    return `${this.dataset.address}?${query.join("&")}`;
  }

  /** @param {string} [warning] */
  show(warning) {
    const doctors = chosen();
    const [words, way] = this.children;
    words.textContent = [warning, `To compare: ${doctors.map(({ name }) => name).join(", ")}. Kept in this browser only.`].filter(Boolean).join(" ");
    way.setAttribute("href", this.comparison(doctors));
    this.hidden = doctors.length === 0;
    if (isFromElsewhere()) return;
    // The address of the list, and what it says of a comparison, lack who was added here.
    document.querySelector("[data-compared]")?.remove();
    for (const link of links()) {
      const isIn = has(doctors, link);
      link.href = this.comparison(changed(link)); // for another tab
      const name = link.querySelector(".visually-hidden");
      link.textContent = isIn ? "Remove from comparison" : "Add to comparison";
      if (name) {
        name.textContent = ` ${link.dataset.name}`;
        link.append(name);
      }
      link.parentElement?.classList.toggle("compare-link--in", isIn);
    }
  }
}

/** @returns {NodeListOf<HTMLAnchorElement>} */
function links() {
  return document.querySelectorAll("a[data-compare]");
}

/**
 * @param {Doctor[]} doctors
 * @param {HTMLAnchorElement} link
 * @returns {boolean}
 */
function has(doctors, link) {
  return doctors.some(({ npi }) => npi === link.dataset.compare);
}

/**
 * The choice with the doctor of a link added, or taken out.
 * @param {HTMLAnchorElement} link
 * @returns {Doctor[]}
 */
function changed(link) {
  const { compare: npi = "", name = "" } = link.dataset;
  const doctors = chosen();
  if (has(doctors, link)) return doctors.filter((one) => one.npi !== npi);
  return [...(doctors.length ? doctors : firstOf(link)), { npi, name }];
}

/**
 * Whom a list stays apart from: a comparison that nobody has begun begins with them.
 * @param {HTMLAnchorElement} link
 * @returns {Doctor[]}
 */
function firstOf(link) {
  /** @type {HTMLAnchorElement | null} */
  const first = document.querySelector("section:has(> #apart) a[data-compare]");
  const { compare: npi = "", name = "" } = first?.dataset ?? {};
  return npi && npi !== link.dataset.compare ? [{ npi, name }] : [];
}

/**
 * Whether the page carries a comparison and this browser keeps none: then its links lead
 * on as they are, and the comparison that they open becomes the choice.
 */
function isFromElsewhere() {
  return chosen().length === 0 && document.querySelector("[data-compared]") !== null;
}

/** A comparison that is open is the choice. */
function takeOver() {
  /** @type {NodeListOf<HTMLAnchorElement>} */
  const removals = document.querySelectorAll("a[data-remove]");
  const doctors = [...removals].map(({ dataset }) => ({ npi: dataset.remove ?? "", name: dataset.name ?? "" }));
  if (doctors.length) {
    keep(doctors);
    addEventListener("pageshow", () => keep(doctors)); // and is so again on coming back
  }
  for (const link of removals) {
    link.addEventListener("click", () => keep(doctors.filter(({ npi }) => npi !== link.dataset.remove)));
  }
  return doctors.length > 0;
}

function isStorageOpen() {
  try {
    localStorage.getItem(KEY);
    return true;
  } catch {
    return false;
  }
}

if (isStorageOpen() && !takeOver()) {
  customElements.define("doctor-shortlist", DoctorShortlist);
}
