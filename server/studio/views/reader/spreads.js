/**
 * Which pages lie beside each other. Plain values in and out.
 *
 * A page has the side that it was made for: what stands before a page turn was planned by it. `shift` puts every page on
 * the other side, for whoever wants the pages paired the other way.
 */

/**
 * @typedef {"rtl" | "ltr"} Direction
 * @typedef {{number: number, side: "left" | "right", src: string, small?: string, wide?: boolean}} Page `number` 0 is the title page
 * @typedef {{left: number | null, right: number | null, whole: number | null, pages: number[]}} Spread places in the
 *   list of pages; `pages` in reading order; `whole` is a page that takes both sides
 */

/**
 * @param {Page[]} pages @param {Direction} direction
 * @param {{cover?: boolean, shift?: boolean}} [how] `cover`: the first page lies alone
 * @returns {Spread[]}
 */
export function spreadsOf(pages, direction, { cover = true, shift = false } = {}) {
  const first = direction === "rtl" ? "right" : "left";
  /** @param {number} at */
  const sideOf = (at) => (shift ? other(pages[at].side) : pages[at].side);
  /** @type {Spread[]} */
  const spreads = [];
  for (let at = 0; at < pages.length; at += 1) {
    const next = pages[at + 1];
    const opens = sideOf(at) === first && !pages[at].wide && !(cover && at === 0);
    if (pages[at].wide) spreads.push({ left: null, right: null, whole: at, pages: [at] });
    else if (opens && next && !next.wide && sideOf(at + 1) !== first) {
      const [left, right] = direction === "rtl" ? [at + 1, at] : [at, at + 1];
      spreads.push({ left, right, whole: null, pages: [at, at + 1] });
      at += 1;
    } else {
      const side = sideOf(at);
      spreads.push({ left: side === "left" ? at : null, right: side === "right" ? at : null, whole: null, pages: [at] });
    }
  }
  return spreads;
}

/** One page at a time. @param {Page[]} pages @returns {Spread[]} */
export const singly = (pages) => pages.map((_, at) => ({ left: null, right: null, whole: at, pages: [at] }));

/** Where a page lies in the list of spreads. @param {Spread[]} spreads @param {number} at a place in the list of pages */
export const spreadWith = (spreads, at) => Math.max(0, spreads.findIndex((spread) => spread.pages.includes(at)));

/** @param {"left" | "right"} side */
const other = (side) => (side === "left" ? "right" : "left");
