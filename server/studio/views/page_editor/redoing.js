/** What can be done again, kept for as long as the tab is open: a reload loses nothing, another tab sees nothing of it. */

const MOST = 50;
/** @param {string} work */
const nameOf = (work) => `mangaka.redo.${work}`;

/** @typedef {{edit?: any, restore?: string, show?: any}} Again */

/** @param {string} work @returns {Again[]} */
export function remembered(work) {
  try {
    const found = JSON.parse(sessionStorage.getItem(nameOf(work)) ?? "[]");
    return Array.isArray(found) ? found.filter((each) => each && (each.edit?.change_data || each.restore)) : [];
  } catch {
    return [];
  }
}

/** Written down anew; nothing where there is nothing. A browser that keeps no notes forgets at a reload. @param {string} work @param {Again[]} list */
export function noted(work, list) {
  try {
    if (list.length) sessionStorage.setItem(nameOf(work), JSON.stringify(list.slice(-MOST)));
    else sessionStorage.removeItem(nameOf(work));
  } catch {
    /* private windows may refuse */
  }
}
