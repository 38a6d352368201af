/** Two pages of two versions: beside each other, or one over the other with a slider. What differs is framed. */
import { useEffect, useRef } from "preact/hooks";
import { useSignal } from "@preact/signals";
import { api } from "../../api.js";
import { classes, html, Icon } from "../../ui.js";
import { t } from "../../i18n.js";
import { fileOf, useFetched } from "../../work.js";

/**
 * @typedef {{number: number, version: string, title: string, there: boolean, frames: ReadonlySet<string>}} Side
 *   `frames` are keys of the panels to be framed
 */

/** @param {number} number */
const nameOf = (number) => `pages/${String(number).padStart(3, "0")}`;
/** @param {number} number */
export const pageWord = (number) => (number ? t("compare.page", { page: number }) : t("compare.title_page"));

/** The page's panels as shapes on its paper. @param {Side} side */
function Frames({ number, version, frames }) {
  const found = useFetched(() => api(fileOf(`${nameOf(number)}.json`, version)), [number, version]);
  const graph = found.data;
  if (!graph || graph.number !== number) return null;
  const { x, y, width, height } = graph.trim;
  return html`<svg class="frames" viewBox=${`${x} ${y} ${width} ${height}`} aria-hidden="true">
    ${graph.panels.filter((/** @type {any} */ panel) => frames.has(panel.key)).map((/** @type {any} */ panel) => html`<polygon
      key=${panel.key} points=${panel.polygon.map((/** @type {number[]} */ p) => p.join(",")).join(" ")} />`)}
  </svg>`;
}

/** @param {Side} side */
function Sheet(side) {
  if (!side.there) return html`<div class="sheet absent"><p>${t("compare.not_there")}</p></div>`;
  return html`<div class="sheet">
    <img src=${fileOf(`${nameOf(side.number)}.png`, side.version)} alt=${`${pageWord(side.number)} – ${side.title}`}
      width="1600" height="2260" decoding="async" draggable=${false} />
    <${Frames} ...${side} />
  </div>`;
}

/** @param {{old: Side, new: Side}} props */
export function Beside({ old, new: other }) {
  return html`<div class="beside">${[old, other].map((side, index) => html`<figure key=${index}>
    <figcaption>${side.title}</figcaption><${Sheet} ...${side} /></figure>`)}</div>`;
}

/** The newer one is seen right of the handle. @param {{old: Side, new: Side}} props */
export function Over({ old, new: other }) {
  const share = useSignal(50);
  const box = useRef(/** @type {HTMLElement | null} */ (null));
  const held = useRef(false);
  useEffect(() => box.current?.style.setProperty("--share", `${share.value}%`), [share.value]);
  /** @param {PointerEvent} event */
  function follow(event) {
    if (!held.current || !box.current) return;
    const where = box.current.getBoundingClientRect();
    share.value = Math.round(Math.min(100, Math.max(0, ((event.clientX - where.left) / where.width) * 100)));
  }
  /** @param {PointerEvent} event */
  function take(event) {
    held.current = true;
    box.current?.setPointerCapture(event.pointerId);
    follow(event);
  }
  return html`<div class="over">
    <div class="over-titles"><span>${old.title}</span><span>${other.title}</span></div>
    <div class="over-box" ref=${box} onPointerDown=${take} onPointerMove=${follow} onPointerUp=${() => (held.current = false)}
      onPointerCancel=${() => (held.current = false)}>
      <div class=${classes("over-sheet", "older")}><${Sheet} ...${old} /></div>
      <div class=${classes("over-sheet", "newer")}><${Sheet} ...${other} /></div>
      <span class="handle" aria-hidden="true"><span><${Icon} name="back" /><${Icon} name="forward" /></span></span>
    </div>
    <label class="over-slider"><span class="visually-hidden">${t("compare.slider")}</span>
      <input type="range" min="0" max="100" value=${share.value} aria-valuetext=${t("compare.slider_at", { share: share.value })}
        onInput=${(/** @type {any} */ event) => (share.value = Number(event.target.value))} /></label>
  </div>`;
}
