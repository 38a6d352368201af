/** All pictures, panel by panel: drawn again, an earlier one back, locked, or a picture of one's own. */
import { useSignal } from "@preact/signals";
import { html } from "../../ui.js";
import { t } from "../../i18n.js";
import { preview, head, stamp, useFetched } from "../../work.js";
import { Phase, usePhase } from "./phase.js";
import { Piece } from "./piece.js";
import { boxOf } from "./page_frame.js";

export const words = ["phases", "words", "talk"];
export const sheets = ["views/phases/phases.css"];
const FILTERS = ["all", "placeholder", "locked", "own"];

/** @param {{query: URLSearchParams}} props */
export function View({ query }) {
  const found = usePhase("artwork", query);
  const filter = useSignal("all");
  const version = query.get("version");
  const { data: board } = useFetched(() => preview("storyboard", version ?? head.value), [version, head.value, stamp.value]);
  const art = found.content ?? {};
  const locks = new Set(found.shown?.locks ?? []);
  const frames = new Map((board?.pages ?? []).flatMap((/** @type {any} */ page) => page.layout.frames.map((/** @type {any} */ frame) => [frame.key, { ...frame, number: page.number, pageKey: page.key }])));
  const images = new Map((found.shown?.images ?? []).map((/** @type {any} */ image) => [image.page, image]));
  const pieces = (found.shown?.elements ?? []).map((/** @type {any} */ element) => {
    const frame = frames.get(element.id);
    return { ...element, art: art[element.id] ?? {}, frame, image: frame && images.get(frame.number), locked: locks.has(element.id) || locks.has(frame?.pageKey), box: frame && inside(boxOf(frame.polygon), board.page) };
  }).sort((/** @type {any} */ a, /** @type {any} */ b) => a.address.localeCompare(b.address, "en", { numeric: true }));
  const is = (/** @type {any} */ piece, /** @type {string} */ name) => name === "all" || (name === "locked" ? piece.locked : name === "own" ? piece.art.made?.model === "author" : piece.art.status === name);
  const filters = FILTERS.filter((name) => name === "all" || pieces.some((/** @type {any} */ piece) => is(piece, name)));
  return html`<${Phase} phase="artwork" found=${found} tools=${filters.length > 1 && html`<div class="buttons" role="group" aria-label=${t("phases.show")}>
      ${filters.map((name) => html`<button key=${name} type="button" class="icon-button word"
        aria-pressed=${filter.value === name ? "true" : "false"} onClick=${() => (filter.value = name)}>${t(`phases.filter_${name}`)}</button>`)}</div>`}>
    <ul class="pieces">${pieces.filter((/** @type {any} */ piece) => is(piece, filter.value)).map((/** @type {any} */ piece) => html`<${Piece} key=${piece.id} piece=${piece} version=${version} />`)}</ul>
  </${Phase}>`;
}

/** What of a box lies on the paper. @param {any} box @param {any} paper */
function inside(box, paper) {
  const x = Math.max(box.x, 0);
  const y = Math.max(box.y, 0);
  return { x, y, width: Math.min(box.x + box.width, paper.width) - x, height: Math.min(box.y + box.height, paper.height) - y, paper };
}
