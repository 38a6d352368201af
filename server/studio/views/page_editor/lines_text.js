/** All lines of a storyboard as rows, and finding words in them. */

/** @typedef {{key: string, page: number, panel: number, text: string, speaker: string | null, kind: string}} LineRow */

/** In reading order. @param {any} content @returns {LineRow[]} */
export const rowsOf = (content) =>
  (content.storyboard?.pages ?? []).flatMap((/** @type {any} */ page) => page.panels.flatMap((/** @type {any} */ panel, /** @type {number} */ index) =>
    panel.dialogue.parts.map((/** @type {any} */ part) => ({
      key: part.key, page: page.number, panel: index + 1, text: part.text, speaker: part.speaker, kind: part.kind,
    }))));

/** Words as they are written: no sign of them means anything else. @param {string} words @param {boolean} exact with capitals as they are */
export function matcher(words, exact) {
  const form = new RegExp(words.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&"), exact ? "gu" : "giu");
  return { form, test: (/** @type {string} */ text) => text.search(form) >= 0 };
}

/** @param {string} text @param {RegExp} form @param {string} other */
export const replaced = (text, form, other) => text.replace(form, () => other);

/** A text in pieces, every second of which was found. @param {string} text @param {RegExp} form */
export function pieces(text, form) {
  /** @type {string[]} */
  const found = [];
  let from = 0;
  for (const match of text.matchAll(form)) {
    if (!match[0]) break;
    found.push(text.slice(from, match.index), match[0]);
    from = match.index + match[0].length;
  }
  return [...found, text.slice(from)];
}
