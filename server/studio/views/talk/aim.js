/** What the next sentence is about: elements that were pointed at, else what is on the screen, else the whole work. */
import { computed, signal } from "@preact/signals";
import { useEffect } from "preact/hooks";

/** @typedef {{address: string, label: string, kind: string}} Target */

export const aims = signal(/** @type {Target[]} */ ([]));
/** What the view shows: meant where nothing was pointed at and the sentence names no place. */
const on_screen = signal(/** @type {Target | null} */ (null));
/** The address that the person said it is not about. */
const unmeant = signal("");
export const meant = computed(() => (aims.value.length || on_screen.value?.address === unmeant.value ? null : on_screen.value));

/** Points at something, or no longer. @param {Target} target */
export function aim(target) {
  const without = aims.value.filter((one) => one.address !== target.address);
  aims.value = without.length < aims.value.length ? without : [...without, target].slice(-6);
}

/** @param {string} address */
export const aimedAt = (address) => aims.value.some((one) => one.address === address);

/** It is about the whole work, as long as this is shown. */
export const notMeant = () => (unmeant.value = on_screen.value?.address ?? "");

/** A view says what it shows, for as long as it does. @param {Target | null} target */
export function useOnScreen(target) {
  useEffect(() => {
    on_screen.value = target;
    if (target?.address !== unmeant.peek()) unmeant.value = "";
    return () => void (on_screen.value = null);
  }, [target?.address, target?.label]);
}

/** The sentence as the agents read it: addresses first. @param {string} text */
export function aimed(text) {
  const about = aims.value.map((one) => one.address).join(", ");
  return about ? `${about}: ${text}` : text;
}
