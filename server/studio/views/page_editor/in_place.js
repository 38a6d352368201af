/** Words on the page itself: written where they stand, and shown there until the page is drawn again. */
import { useEffect, useRef } from "preact/hooks";
import { html } from "../../ui.js";
import { t } from "../../i18n.js";
import { looks } from "./edits.js";
import * as desk from "./desk.js";

/** Where something lies on the sheet, in its own units. @param {import("./shapes.js").Box} box @param {import("./shapes.js").Box} page */
function placed(box, page) {
  const share = (/** @type {number} */ value, /** @type {number} */ of) => `${(value / of) * 100}%`;
  return {
    left: share(box.x - page.x, page.width), top: share(box.y - page.y, page.height),
    width: share(box.width, page.width), height: share(box.height, page.height),
  };
}

/** Letters stand upright in Japanese pages, as their own run says where there is one. @param {import("./scene.js").Letters} letters */
export const isVertical = (letters) => letters.shape?.text?.vertical ?? desk.scene.value?.language === "ja";

/** @param {import("./scene.js").Letters} letters @param {string} text */
function sizeFor(letters, text) {
  const run = letters.shape?.text;
  const size = (run?.size_q ?? 14) / 4;
  const before = [...(run?.source ?? text)].length || 1;
  const fits = Math.min(1, Math.sqrt(before / ([...text].length || 1)));
  return size * Math.max(0.5, fits) * desk.pixels.value;
}

/** Other words that wait: on the page at once. @param {{letters: import("./scene.js").Letters}} props */
export function Reworded({ letters }) {
  const look = looks.value.get(letters.key);
  const page = desk.scene.value?.page;
  if (!look?.text || look.gone || letters.sort === "sound" || !page || desk.writing.value?.key === letters.key) return null;
  const round = letters.shape.kind !== "caption";
  return html`<div class=${`reworded${round ? " round" : ""}${isVertical(letters) ? " vertical" : ""}`} aria-hidden="true"
    style=${{ ...placed(desk.boxNow(letters), page), fontSize: `${sizeFor(letters, look.text)}px` }}><span>${look.text}</span></div>`;
}

/** The field over a balloon. Enter or leaving it says it, Escape takes it back. */
export function InPlace() {
  const field = useRef(/** @type {HTMLTextAreaElement | null} */ (null));
  const writing = desk.writing.value;
  const letters = writing?.on_page ? desk.chosenLetters.value : null;
  const page = desk.scene.value?.page;
  useEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, [letters?.key]);
  if (!writing || !letters?.box || !page) return null;
  /** Focus goes back to the letters. */
  const leave = () => {
    const room = document.querySelector(`g.letters[data-key="${letters.key}"]`);
    if (room instanceof SVGElement) room.focus();
  };
  return html`<textarea ref=${field} class=${`in-place${isVertical(letters) ? " vertical" : ""}`} maxlength=${desk.LONGEST}
    aria-label=${t("editing.words")} spellcheck=${false} value=${writing.text}
    style=${{ ...placed(desk.boxNow(letters), page), fontSize: `${Math.max(12, sizeFor(letters, writing.text))}px` }}
    onInput=${(/** @type {any} */ event) => (desk.writing.value = { ...writing, text: event.target.value })}
    onBlur=${(/** @type {any} */ event) => desk.writing.peek()?.on_page && desk.reword(letters, event.target.value)}
    onKeyDown=${(/** @type {any} */ event) => {
      if (event.isComposing) return;
      if (event.key === "Escape") desk.writing.value = null;
      else if (event.key === "Enter") desk.reword(letters, event.target.value);
      else return;
      event.preventDefault();
      event.stopPropagation();
      leave();
    }}></textarea>`;
}
