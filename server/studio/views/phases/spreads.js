/** Pages as they lie open: those that stand on facing sides are one spread, in the order in which they are read. */

/** @template {{side: string, number: number}} P @param {P[]} pages @returns {P[][]} */
export function spreadsOf(pages) {
  /** @type {P[][]} */
  const found = [];
  for (const page of pages) {
    const last = found[found.length - 1];
    if (last?.length === 1 && last[0].side !== page.side && opens(pages, last[0])) last.push(page);
    else found.push([page]);
  }
  return found;
}

/**
 * Does a spread begin with this page, whose neighbour follows? Where reading begins on the right, its right page is first.
 * @template {{side: string, number: number}} P @param {P[]} pages @param {P} page
 */
function opens(pages, page) {
  const flow = /** @type {any} */ (page).layout?.flow ?? "rtl";
  return page.side === (flow === "ltr" ? "left" : "right");
}
