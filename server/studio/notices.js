/** Short notices at the foot of the window, each with a way back where there is one. */
import { signal } from "@preact/signals";
import { problemOf } from "./api.js";

/** @typedef {{id: number, text: string, help?: string, kind: "note" | "fault", undo?: () => void, label?: string}} Notice */

export const notices = signal(/** @type {Notice[]} */ ([]));
let count = 0;
/** @type {Map<number, ReturnType<typeof setTimeout>>} */
const timers = new Map();

/** @param {number} id */
export function dismiss(id) {
  clearTimeout(timers.get(id));
  timers.delete(id);
  notices.value = notices.value.filter((notice) => notice.id !== id);
}

/**
 * @param {string} text
 * @param {{undo?: () => void, label?: string, seconds?: number, kind?: "note" | "fault", help?: string}} [how]
 * @returns {number} its id, for `dismiss`
 */
export function say(text, how = {}) {
  const id = (count += 1);
  /** @type {Notice} */
  const notice = { id, text, kind: "note", ...how };
  notices.value = [...notices.value, notice].slice(-4);
  const seconds = how.seconds ?? (how.kind === "fault" ? 12 : how.undo ? 8 : 5);
  timers.set(id, setTimeout(() => dismiss(id), seconds * 1000));
  return id;
}

/** What went wrong, and what helps. @param {unknown} error */
export function sayProblem(error) {
  const problem = problemOf(error);
  return say(problem.words, { kind: "fault", help: problem.help });
}
