// @ts-check
/**
 * Addresses of this site, told as the `kind:key` that texts name its pages by.
 *
 * The patterns are the renderer's own (articles/markdown/links.py); the form hands them over.
 */

/** How a link to elsewhere may begin. */
const OUTWARD = /^(?:https?:\/\/[^\s/]|mailto:\S|tel:\S)/i;

export class OwnAddresses {
  /** @param {[string, string][]} patterns of a whole path -> `kind:key` with {0} for what stands in brackets */
  constructor(patterns) {
    this.patterns = patterns.map(([path, key]) => ({ path: new RegExp(`^(?:${path})$`), key }));
  }

  /**
   * Return the `kind:key` of an address of this site, or "".
   * @param {string} address whole, or beginning with /
   */
  keyOf(address) {
    const url = parseAddress(address.trim(), location.origin);
    const isOurs = url?.host === location.host && /^(?:https?:\/\/|\/)[^\s]*$/.test(address.trim());
    if (!url || !isOurs || address.trim() === "/") return "";
    for (const { path, key } of this.patterns) {
      const found = url.pathname.match(path);
      if (found) return key.replace("{0}", found[1]);
    }
    return "";
  }

  /**
   * Return what a link to an address is written as, or "" where none may lead there.
   * @param {string} address
   */
  targetOf(address) {
    const own = this.keyOf(address);
    if (own || !OUTWARD.test(address)) return own;
    const url = parseAddress(address);
    if (url?.protocol === "tel:") return url.href.replace(/%20|[\s().]/g, ""); // they part digits for the eye
    return url ? url.href.replaceAll("(", "%28").replaceAll(")", "%29") : "";
  }

  /**
   * Say what links to these addresses cannot keep, or "".
   * @param {string[] | Set<string>} all
   */
  lossOf(all) {
    const pages = [...all].filter((address) => this.keyOf(address)).map((address) => new URL(address.trim(), location.origin));
    const parts = [...new Set(pages.map(({ search, hash }) => search + hash))].filter(Boolean);
    if (!parts.length) return "";
    const [links, are] = parts.length > 1 ? ["Links lead", "are"] : ["The link leads", "is"];
    return `${links} to the page itself: ${parts.join(", ")} ${are} not kept.`;
  }

  /**
   * Return the words for a link that has none yet, made from the names in its address.
   * @param {string} address
   */
  wordsOf(address) {
    const { pathname, host } = new URL(address.trim(), location.origin);
    const [kind, ...names] = pathname.replace(/\.md$/, "").split("/").filter(Boolean);
    const isList = kind === "doctors" && names.length > 0;
    const words = isList ? [...new Set([names[0], names.at(-1)])].join(" in ") : (names.at(-1) ?? kind ?? host);
    return words.replaceAll("-", " ");
  }
}

/**
 * Return an address in its parts, or null where it is none.
 * @param {string} address
 * @param {string} [base]
 */
export function parseAddress(address, base) {
  return URL.canParse(address, base) ? new URL(address, base) : null;
}
