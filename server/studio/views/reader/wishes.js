/** How somebody likes to read. Kept by the browser; a book's own direction is the book's. */
import { signal } from "@preact/signals";
import { KEPT, keep, recallJson } from "../../kept.js";

/**
 * @typedef {{way: "auto" | "single" | "double" | "strip", fit: "page" | "width" | "height" | "original",
 *   direction: "book" | "rtl" | "ltr", cover: boolean, shift: boolean, invert: boolean}} Wishes
 */

export const WAYS = ["auto", "single", "double", "strip"];
export const FITS = ["page", "width", "height", "original"];
export const DIRECTIONS = ["book", "rtl", "ltr"];

const USUAL = /** @type {Wishes} */ ({
  way: "auto", fit: "page", direction: "book", cover: true, shift: false, invert: false,
});

/** @returns {Wishes} what is no choice (any more) is as usual */
function first() {
  const kept = /** @type {any} */ (recallJson(KEPT.reader, USUAL));
  const lists = /** @type {[string, string[]][]} */ ([["way", WAYS], ["fit", FITS], ["direction", DIRECTIONS]]);
  for (const [name, known] of lists) if (!known.includes(kept[name])) kept[name] = /** @type {any} */ (USUAL)[name];
  for (const name of ["cover", "shift", "invert"]) kept[name] = Boolean(kept[name]);
  return kept;
}

export const wishes = signal(first());

/** @param {Partial<Wishes>} some */
export function wish(some) {
  wishes.value = { ...wishes.value, ...some };
  keep(KEPT.reader, JSON.stringify(wishes.value));
}

/** The next of a list, after the last the first. @template T @param {T[]} all @param {T} now @returns {T} */
export const after = (all, now) => all[(all.indexOf(now) + 1) % all.length];
