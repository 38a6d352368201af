/** Keys of the reader. They work wherever the focus is, except where somebody writes or another part takes them. */

/** What each key does: shown in the help too. @type {[string[], string][]} */
export const KEYS = [
  [["←", "→"], "key_sides"],
  [["Space", "PageDown"], "key_next"],
  [["⇧ Space", "PageUp"], "key_back"],
  [["↑", "↓"], "key_scroll"],
  [["Home", "End"], "key_ends"],
  [["d"], "key_double"],
  [["v"], "key_strip"],
  [["o"], "key_offset"],
  [["c"], "key_fit"],
  [["r", "l"], "key_direction"],
  [["f"], "key_full"],
  [["m"], "key_bars"],
  [["t"], "key_thumbs"],
  [["s"], "key_wishes"],
  [["?"], "key_help"],
  [["Esc"], "key_close"],
];

/** @type {Record<string, string>} */
const VERBS = {
  PageDown: "next", PageUp: "back", Home: "first", End: "last", ArrowUp: "up", ArrowDown: "down", Escape: "close",
  d: "double", v: "strip", o: "offset", c: "fit", r: "rtl", l: "ltr", f: "full", m: "bars", t: "thumbs", s: "wishes",
  h: "help", "?": "help",
};
const OWN_KEYS = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End", "PageUp", "PageDown"];

/**
 * What a key asks for, or null where it is not for the reader.
 * @param {KeyboardEvent} event @param {"rtl" | "ltr"} direction
 * @returns {string | null}
 */
export function verbOf(event, direction) {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return null;
  const target = /** @type {Element} */ (event.target);
  if (target.closest?.("dialog, textarea, select, input:not([type=range])")) return null;
  if (target.matches?.("input[type=range]") && OWN_KEYS.includes(event.key)) return null;
  if (event.key === " ") {
    if (target.closest?.("button, a, summary, input")) return null; // it presses that
    return event.shiftKey ? "up_or_back" : "down_or_next";
  }
  if (event.key === "ArrowLeft") return direction === "rtl" ? "next" : "back";
  if (event.key === "ArrowRight") return direction === "rtl" ? "back" : "next";
  return VERBS[event.key.length === 1 ? event.key.toLowerCase() : event.key] ?? null;
}
