/** Ctrl+Z, Ctrl+Shift+Z and Ctrl+Y in every view of a work: the last edit is taken back, or made again. */
import { useEffect, useLayoutEffect } from "preact/hooks";
import { t } from "../../i18n.js";
import { say } from "../../notices.js";
import { place } from "../../router.js";
import { mayEdit } from "../../session.js";
import * as store from "../../work.js";
import * as edits from "./edits.js";

/** Views that show edits themselves, and take them off their list when they are drawn. */
const showsEdits = () => place.peek().module.startsWith("views/page_editor/");

export function useUndoKeys() {
  useLayoutEffect(() => {
    const pressed = (/** @type {KeyboardEvent} */ event) => {
      const verb = verbOf(event);
      if (!verb || event.defaultPrevented || !mayEdit.value || place.peek().query.get("version")) return;
      event.preventDefault();
      void carryOut(verb);
    };
    document.addEventListener("keydown", pressed);
    return () => document.removeEventListener("keydown", pressed);
  }, []);
  useEffect(() => {
    if (!showsEdits() && edits.waiting.peek().length && edits.resting.peek()) void edits.drawn();
  }, [store.head.value, store.status.value]);
}

/** @param {KeyboardEvent} event @returns {"undo" | "redo" | ""} */
function verbOf(event) {
  const inField = event.target instanceof HTMLElement && event.target.matches("input, textarea, select, [contenteditable]");
  if (inField || event.altKey || !(event.ctrlKey || event.metaKey)) return "";
  const key = event.key.toLowerCase();
  if (key === "z") return event.shiftKey ? "redo" : "undo";
  return key === "y" ? "redo" : "";
}

/** @param {"undo" | "redo"} verb */
async function carryOut(verb) {
  const tells = !showsEdits();
  edits.sitDown(store.work.value.id);
  if (tells && edits.resting.peek()) await edits.drawn();
  const there = verb === "undo" ? edits.undoable.value : edits.redoable.value.length;
  if (there) void (verb === "undo" ? edits.undo() : edits.redo());
  if (tells) say(t(`editing.${there ? (verb === "undo" ? "undone" : "redone") : `nothing_to_${verb}`}`));
}
