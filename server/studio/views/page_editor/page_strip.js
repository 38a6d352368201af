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

/** @param {{work: string, scene: import("./scene.js").Scene}} props */
export function PageStrip({ work, scene }) {
  const list = useRef(/** @type {HTMLElement | null} */ (null));
  const over = useSignal("");
  useEffect(() => list.current?.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest" }), [scene.number]);
  const drawn = new Set((store.work.value?.pages ?? []).map((/** @type {any} */ page) => page.number));
  return html`<nav class="page-strip" ref=${list} aria-label=${t("editing.strip")} onDragEnd=${() => (over.value = "")}><ol>
    ${scene.pages.map((page, index) => html`<li key=${page.key} class=${classes(over.value === page.key && "under")}
      onDragOver=${(/** @type {DragEvent} */ event) => event.dataTransfer?.types.includes(KEY) && (event.preventDefault(), over.value = page.key)}
      onDrop=${(/** @type {DragEvent} */ event) => (over.value = "", dropped(event, scene, index))}>
      <a href=${at(work, `pages/${page.number}`)} aria-current=${page.number === scene.number ? "page" : null}
        aria-label=${t("editing.edit_page", { n: page.number })} draggable=${desk.editable.value}
        onDragStart=${(/** @type {DragEvent} */ event) => event.dataTransfer?.setData(KEY, page.key)}>
        ${drawn.has(page.number) ? html`<img src=${thumbOf(page.number, scene.version)} alt="" loading="lazy" decoding="async" draggable=${false}
          style=${{ aspectRatio: `${scene.page.width} / ${scene.page.height}` }} />`
          : html`<span class="bare" style=${{ aspectRatio: `${scene.page.width} / ${scene.page.height}` }}></span>`}
        <span aria-hidden="true">${page.number}</span></a></li>`)}
  </ol></nav>`;
}

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
