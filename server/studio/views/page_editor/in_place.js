/** Words on the page itself: written where they stand, as they will stand, and shown there until the page is drawn again. */
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { classes, html } from "../../ui.js";
import { t } from "../../i18n.js";
import { looks } from "./edits.js";
import * as desk from "./desk.js";
import { bringFace } from "./faces.js";
import { caretIn, nodesOf, piecesOf, putCaret, readFrom } from "./written.js";

const LEAST_PX = 12;
/** Where nothing is set yet, how far columns stand apart, in letters. */
const PITCH = 1.28;

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

/** The face, the size and the distance of columns that the words are set in. @param {import("./scene.js").Letters} letters @param {string} text */
function setAs(letters, text) {
  const run = letters.shape?.text;
  const size = (run?.size_q ?? 14) / 4;
  const before = [...(run?.source ?? text)].length || 1;
  const fits = Math.min(1, Math.sqrt(before / ([...text].length || 1)));
  const look = looks.value.get(letters.key);
  const face = look?.fields?.face ?? run?.glyphs?.find((/** @type {any} */ glyph) => glyph.face !== "gothic")?.face ?? "gothic";
  const px = size * Math.max(0.5, fits) * desk.pixels.value;
  const name = face === "auto" ? "antique" : face;
  bringFace(name, text);
  return { class: `set-in-${name}`, name, style: { fontSize: `${Math.max(LEAST_PX, px)}px`, lineHeight: String(pitchOf(run) ?? PITCH) } };
}

/** How far apart its columns (or its rows) stand, in letters. @param {any} run */
function pitchOf(run) {
  const glyphs = run?.glyphs ?? [];
  const places = [...new Set(glyphs.map((/** @type {any} */ glyph) => glyph.at[run.vertical ? 0 : 1]))].sort((a, b) => a - b);
  const steps = places.slice(1).map((at, index) => (at - places[index]) / glyphs[0].size_mm).filter((step) => step > 0.9);
  return steps.length ? Math.round(Math.min(...steps) * 100) / 100 : null;
}

/** Other words that wait: on the page at once. @param {{letters: import("./scene.js").Letters}} props */
export function Reworded({ letters }) {
  const room = useRef(/** @type {HTMLElement | null} */ (null));
  const look = looks.value.get(letters.key);
  const page = desk.scene.value?.page;
  const text = !look?.text || look.gone || letters.sort === "sound" || !page || desk.writing.value?.key === letters.key ? "" : look.text;
  useEffect(() => room.current?.replaceChildren(...nodesOf(piecesOf(text, look?.ruby ?? [], isVertical(letters)))), [text, look?.ruby]);
  if (!text || !page) return null;
  const set = setAs(letters, text);
  return html`<div class=${classes("reworded", letters.shape.kind !== "caption" && "round", isVertical(letters) && "vertical", set.class)} aria-hidden="true"
    lang=${desk.scene.value?.language} style=${{ ...placed(desk.boxNow(letters), page), ...set.style }}><span ref=${room}></span></div>`;
}

/** The field over a balloon. Enter or leaving it says it, Escape takes it back. */
export function InPlace() {
  const writing = desk.writing.value;
  const letters = writing?.on_page ? desk.chosenLetters.value : null;
  if (!writing || !letters?.box) return null;
  return html`<${Sheet} key=${letters.key} letters=${letters} text=${writing.text} />`;
}

/** Its nodes are the browser's while somebody writes: nothing here draws them anew before an IME has done. @param {{letters: import("./scene.js").Letters, text: string}} props */
function Sheet({ letters, text }) {
  const field = useRef(/** @type {any} */ (null));
  const vertical = isVertical(letters);
  const page = /** @type {import("./scene.js").Scene} */ (desk.scene.value).page;
  const look = looks.value.get(letters.key);
  // Before the next key: an effect would wait for a frame, and keys pressed meanwhile would be nobody's.
  useLayoutEffect(() => {
    field.current.replaceChildren(...nodesOf(piecesOf(text, look?.text === text && look.ruby ? look.ruby : letters.ruby, vertical)));
    field.current.focus();
    getSelection()?.selectAllChildren(field.current);
  }, []);
  /** Runs that became upright, or are it no more. */
  function setAnew() {
    const { text: words, ruby } = readFrom(field.current);
    bringFace(set.name, words);
    const nodes = nodesOf(piecesOf(words, ruby, vertical));
    const shape = (/** @type {ArrayLike<Node>} */ list) => Array.from(list).map((node) => node.nodeName + (node.nodeType === Node.TEXT_NODE ? "" : node.textContent)).join(" ");
    if (shape(nodes) === shape(field.current.childNodes)) return;
    const caret = caretIn(field.current);
    field.current.replaceChildren(...nodes);
    if (caret !== null) putCaret(field.current, caret);
  }
  const say = () => {
    const { text: words, ruby } = readFrom(field.current);
    desk.reword(letters, words, ruby);
  };
  /** Focus goes back to the letters. */
  const leave = () => {
    const room = document.querySelector(`g.letters[data-key="${letters.key}"]`);
    if (room instanceof SVGElement) room.focus();
  };
  const set = setAs(letters, text);
  const box = letters.shape?.text?.box ?? letters.box;
  const { dx = 0, dy = 0 } = look ?? {};
  const at = placed({ ...box, x: box.x + dx + box.width / 2, y: box.y + dy + box.height / 2 }, page);
  return html`<div ref=${field} class=${classes("in-place", vertical && "vertical", set.class)} role="textbox" contenteditable="plaintext-only"
    aria-label=${t("editing.words")} spellcheck=${false} lang=${desk.scene.value?.language}
    style=${{ ...set.style, left: at.left, top: at.top, minWidth: at.width, minHeight: at.height, [vertical ? "maxHeight" : "maxWidth"]: `max(${vertical ? at.height : at.width}, 4em)` }}
    onInput=${(/** @type {any} */ event) => !event.isComposing && setAnew()} onCompositionEnd=${setAnew}
    onBlur=${() => desk.writing.peek()?.on_page && say()}
    onKeyDown=${(/** @type {any} */ event) => {
      event.stopPropagation();
      if (event.isComposing || event.keyCode === 229) return;
      if (event.key === "Escape") desk.writing.value = null;
      else if (event.key === "Enter") say();
      else return;
      event.preventDefault();
      leave();
    }}></div>`;
}
