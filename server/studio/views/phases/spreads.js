/** Pages as they lie open: those that stand on facing sides are one spread, in the order in which they are read. */

/** @typedef {{key: string, side: string, number: number, layout?: {flow?: string}}} Page */

/** @param {Page[]} pages @returns {Page[][]} */
export function spreadsOf(pages) {
  /** @type {Page[][]} */
  const found = [];
  for (const page of pages) {
    const last = found[found.length - 1];
    if (last?.length === 1 && last[0].side !== page.side && opens(last[0])) last.push(page);
    else found.push([page]);
  }
  return found;
}

/**
 * Does a spread begin with this page, whose neighbour follows? Where reading begins on the right, its right page is first.
 * @param {Page} page
 */
function opens(page) {
  return page.side === (page.layout?.flow === "ltr" ? "left" : "right");
}
