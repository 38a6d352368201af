/** The page with what can be taken hold of on it: an SVG in millimetres over the picture. */
import { useEffect, useRef } from "preact/hooks";
import { classes, html } from "../../ui.js";
import { t } from "../../i18n.js";
import { looks } from "./edits.js";
import { choose, chosen, cut, editable, pixels, safeArea, scene, tool } from "./desk.js";
import { follow } from "./dragging.js";
import { nameOf } from "./scene.js";
import { Borders } from "./borders.js";
import { Handles } from "./handles.js";
import { LettersShape } from "./letters.js";
import { InPlace, Reworded } from "./in_place.js";
import { beside, FacingSheet, isHalf } from "./open_book.js";
import { cutOf, pathOf } from "./shapes.js";
import { useZoomAndPan } from "./zoom_and_pan.js";

/** @param {{zoom: import("@preact/signals").Signal<number>, work: string}} props */
export function Canvas({ zoom, work }) {
  const room = useZoomAndPan(zoom);
  const svg = useRef(/** @type {SVGSVGElement | null} */ (null));
  const shown = /** @type {import("./scene.js").Scene} */ (scene.value);
  const { page } = shown;
  const other = beside(shown);
  const side = shown.pages.find((each) => each.number === shown.number)?.side ?? "";
  useEffect(() => {
    const box = /** @type {SVGSVGElement} */ (svg.current);
    const watch = new ResizeObserver(() => (pixels.value = box.getBoundingClientRect().width / page.width || 1));
    watch.observe(box);
    return () => watch.disconnect();
  }, [page.width]);
  useEffect(() => {
    if (chosen.value) svg.current?.querySelector(".chosen")?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [chosen.value]);
  const letters = shown.panels.flatMap((panel) => panel.letters).filter((each) => each.shape);
  const first = letters.filter((each) => each.key !== chosen.value);
  const last = letters.filter((each) => each.key === chosen.value);
  return html`<div class="sheet-room" ref=${room} tabindex="0" role="region" aria-label=${t("editing.page_n", { n: shown.number })}>
    <div class=${classes("open-book", other && "both", isHalf(shown) && "one-picture", safeArea.value && "lined")}
      style=${{ "--zoom": String(zoom.value), "--shape": `${page.width} / ${page.height}`, "--wide": String(page.width / page.height) }}>
    <div class=${classes("sheet", side)}>
      ${shown.image ? html`<img src=${shown.image} alt="" draggable=${false} />` : html`<div class="bare-sheet"></div>`}
      <svg ref=${svg} class=${tool.value === "cut" ? "cutting" : ""} viewBox=${`${page.x} ${page.y} ${page.width} ${page.height}`}
        role="group" aria-label=${t("editing.elements")}
        onPointerDown=${(/** @type {any} */ event) => press(event, svg.current)}>
        ${shown.panels.map((panel) => html`<${PanelShape} key=${panel.key} panel=${panel} />`)}
        ${[...first, ...last].map((each) => html`<${LettersShape} key=${each.key} letters=${each} svg=${svg} />`)}
        <${Cut} />
        ${safeArea.value && ["live", "bleed"].map((name) => {
          const box = shown[/** @type {"live" | "bleed"} */ (name)];
          return box && html`<rect key=${name} class=${name} aria-hidden="true" ...${box} />`;
        })}
        <g class="guides" aria-hidden="true"></g>
        <${Borders} svg=${svg} />
        <${Handles} svg=${svg} />
      </svg>
      ${letters.map((each) => html`<${Reworded} key=${each.key} letters=${each} />`)}
      <${InPlace} />
    </div>
    ${other && html`<${FacingSheet} key=${other.key} work=${work} scene=${shown} page=${other} />`}
    </div>
  </div>`;
}

/** A stroke of the knife, from wherever it begins; or a press beside everything. @param {any} event @param {any} svg */
function press(event, svg) {
  if (tool.value !== "cut" || !editable.value) return event.target === svg && choose("");
  if (event.button) return undefined;
  event.preventDefault();
  const { panels } = /** @type {import("./scene.js").Scene} */ (scene.value);
  /** The panel that the middle of the stroke lies in is cut. @param {any} from @param {any} to */
  const draw = (from, to) => {
    const [x, y] = [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2];
    const over = panels.find(({ box }) => x > box.x && x < box.x + box.width && y > box.y && y < box.y + box.height);
    if (over) choose(over.key);
    cut.value = over ? { panel: over.key, ...cutOf(from, to, over.polygon) } : null;
  };
  return follow(event, svg, { onMove: draw, onDone: (from, to, moved) => moved && draw(from, to), onCancel: () => (cut.value = null) });
}

/** @param {{panel: import("./scene.js").Panel}} props */
function PanelShape({ panel }) {
  const look = looks.value.get(panel.key);
  const isChosen = chosen.value === panel.key;
  const inside = chosen.value && panel.letters.some((each) => each.key === chosen.value);
  return html`<g class=${`panel${isChosen ? " chosen" : ""}${inside ? " around" : ""}${look?.gone ? " gone" : look?.busy ? " busy" : ""}`}
    data-key=${panel.key} tabindex="0" role="button" aria-pressed=${isChosen ? "true" : "false"}
    aria-label=${`${nameOf(/** @type {any} */ (scene.value), panel.key)}${panel.seen ? `: ${panel.seen}` : ""}`}
    onPointerDown=${() => tool.value !== "cut" && choose(panel.key)} onKeyDown=${(/** @type {any} */ event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      choose(panel.key);
    }}><path d=${pathOf(panel.polygon)} /></g>`;
}

/** The cut as it would be, and those that wait. */
function Cut() {
  const waiting = [...looks.value.values()].map((look) => look.cut).filter(Boolean);
  const lines = cut.value ? [...waiting, cut.value] : waiting;
  return html`<g class="cuts" aria-hidden="true">${lines.map(({ a, b }, index) => html`<g key=${index}>
    <line x1=${a[0]} y1=${a[1]} x2=${b[0]} y2=${b[1]} class="under" /><line x1=${a[0]} y1=${a[1]} x2=${b[0]} y2=${b[1]} />
  </g>`)}</g>`;
}
