/** All pages beside the sheet, small: a way to each, and dragged to another place in the book. */
import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { t } from "../../i18n.js";
import { at } from "../../router.js";
import { classes, html } from "../../ui.js";
import * as store from "../../work.js";
import { edit } from "./edits.js";
import * as desk from "./desk.js";
import { thumbOf } from "./scene.js";

const KEY = "text/x-mangaka-page";
/** Pages that are there at once: of a longer book those about what is seen. */
const MOST = 48;

/** @param {{work: string, scene: import("./scene.js").Scene}} props */
export function PageStrip({ work, scene }) {
  const list = useRef(/** @type {HTMLElement | null} */ (null));
  const over = useSignal("");
  const here = scene.pages.findIndex((page) => page.number === scene.number);
  const first = useSignal(startNear(here, scene.pages.length));
  const row = useSignal(0);
  useEffect(() => {
    const [one, next] = list.current?.querySelectorAll("li") ?? [];
    row.value = next ? next.offsetTop - one.offsetTop : 0;
  }, []);
  useEffect(() => {
    const { scrollTop, clientHeight } = list.current ?? { scrollTop: 0, clientHeight: 0 };
    const top = here * row.value;
    if (list.current && (top < scrollTop || top + row.value > scrollTop + clientHeight)) list.current.scrollTop = top - (clientHeight - row.value) / 2;
  }, [scene.number, row.value]);
  const moved = () => {
    const { scrollTop, clientHeight } = list.current ?? { scrollTop: 0, clientHeight: 0 };
    const [top, bottom] = [scrollTop / row.value, (scrollTop + clientHeight) / row.value];
    const past = top < first.value || bottom > first.value + MOST;
    if (row.value && past) first.value = startNear(Math.round((top + bottom) / 2), scene.pages.length);
  };
  const shown = scene.pages.slice(first.value, first.value + MOST);
  const left = scene.pages.length - first.value - shown.length;
  const drawn = new Set((store.work.value?.pages ?? []).map((/** @type {any} */ page) => page.number));
  return html`<nav class="page-strip" ref=${list} aria-label=${t("editing.strip")} onScroll=${moved} onDragEnd=${() => (over.value = "")}><ol
      style=${{ paddingBlockStart: `${first.value * row.value}px`, paddingBlockEnd: `${left * row.value}px` }}>
    ${shown.map((page, index) => html`<li key=${page.key} class=${classes(over.value === page.key && "under")}
      onDragOver=${(/** @type {DragEvent} */ event) => event.dataTransfer?.types.includes(KEY) && (event.preventDefault(), over.value = page.key)}
      onDrop=${(/** @type {DragEvent} */ event) => (over.value = "", dropped(event, scene, first.value + index))}>
      <a href=${at(work, `pages/${page.number}`)} aria-current=${page.number === scene.number ? "page" : null}
        aria-label=${t("editing.edit_page", { n: page.number })} draggable=${desk.editable.value}
        onDragStart=${(/** @type {DragEvent} */ event) => event.dataTransfer?.setData(KEY, page.key)}>
        ${drawn.has(page.number) ? html`<img src=${thumbOf(page.number, scene.version)} alt="" loading="lazy" decoding="async" draggable=${false}
          style=${{ aspectRatio: `${scene.page.width} / ${scene.page.height}` }} />`
          : html`<span class="bare" style=${{ aspectRatio: `${scene.page.width} / ${scene.page.height}` }}></span>`}
        <span aria-hidden="true">${page.number}</span></a></li>`)}
  </ol></nav>`;
}

/** The first of the pages that are there, where this one is in their middle. @param {number} place @param {number} count */
const startNear = (place, count) => Math.max(0, Math.min(place - MOST / 2, count - MOST));

/** On the upper half of a page: before it, on the lower half: behind it. @param {DragEvent} event @param {import("./scene.js").Scene} scene @param {number} index */
function dropped(event, scene, index) {
  const key = event.dataTransfer?.getData(KEY);
  if (!key || !desk.editable.value) return;
  event.preventDefault();
  const { top, height } = /** @type {HTMLElement} */ (event.currentTarget).getBoundingClientRect();
  const before = scene.pages[index + (event.clientY > top + height / 2 ? 1 : 0)]?.key ?? "";
  const place = scene.pages.findIndex((page) => page.key === key);
  if (place < 0 || before === key || before === (scene.pages[place + 1]?.key ?? "")) return;
  void edit("drag_drop", key, { position: { before } }, {});
}
