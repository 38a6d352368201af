/** What a browser keeps for the next visit: wishes about the studio, never a token. Drafts: `drafts.js`. */

export const KEPT = {
  language: "mangaka.language",
  theme: "mangaka.theme",
  reader: "mangaka.reader",
  settings: "mangaka.settings",
  both_pages: "mangaka.both_pages",
};

/** @param {string} name @returns {string | null} */
export function recall(name) {
  try {
    return localStorage.getItem(name);
  } catch {
    return null; // a browser that keeps nothing
  }
}

/** @param {string} name @param {string} value */
export function keep(name, value) {
  try {
    localStorage.setItem(name, value);
  } catch {
    /* a browser that keeps nothing */
  }
}

/** @template T @param {string} name @param {T} otherwise @returns {T} */
export function recallJson(name, otherwise) {
  try {
    return { ...otherwise, ...JSON.parse(recall(name) ?? "{}") };
  } catch {
    return otherwise;
  }
}
