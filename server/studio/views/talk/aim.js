/** What the next sentence is about: the whole work, or elements that were pointed at. Kept for every view of a work. */
import { signal } from "@preact/signals";

/** @typedef {{address: string, label: string, kind: string}} Target */

export const aims = signal(/** @type {Target[]} */ ([]));

/** Points at something, or no longer. @param {Target} target */
export function aim(target) {
  const without = aims.value.filter((one) => one.address !== target.address);
  aims.value = without.length < aims.value.length ? without : [...without, target].slice(-6);
}

/** @param {string} address */
export const aimedAt = (address) => aims.value.some((one) => one.address === address);

/** The sentence as the agents read it: addresses first. @param {string} text */
export function aimed(text) {
  const about = aims.value.map((one) => one.address).join(", ");
  return about ? `${about}: ${text}` : text;
}
