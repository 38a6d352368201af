/** The typefaces that pages are set in, for words that are written on the page: in slices, as their characters come. */

/** How many characters a slice has (`server/studio_files.py`), as a power of two. */
const SLICE_BITS = 6;
const FACES = ["antique", "sharp", "heavy", "hand", "pop", "comic"];
/** Kanji beside antique kana are gothic, as on the page. */
const KANA = /[\u3001-\u30ff]/u;
/** @type {Set<string>} */
const named = new Set();

/** What the text is set in is there soon; the browser fetches what it shows. @param {string} face @param {string} text */
export function bringFace(face, text) {
  if (!FACES.includes(face)) return;
  for (const letter of text) {
    const part = /** @type {number} */ (letter.codePointAt(0)) >> SLICE_BITS;
    const slice = `${face}/${part.toString(16)}`;
    if (named.has(slice) || (face === "antique" && !KANA.test(letter))) continue;
    named.add(slice);
    const [first, next] = [part << SLICE_BITS, (part + 1) << SLICE_BITS];
    const unicodeRange = `U+${first.toString(16)}-${(next - 1).toString(16)}`;
    document.fonts.add(new FontFace(`Set ${face}`, `url(/studio/faces/${slice})`, { unicodeRange, display: "swap" }));
  }
}
