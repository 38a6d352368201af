/** The sides of the chosen panel's border: each is dragged across itself, and drawn to where others stand. */
import { useRef } from "preact/hooks";
import { html } from "../../ui.js";
import { t } from "../../i18n.js";
import { looks } from "./edits.js";
import * as desk from "./desk.js";
import { follow } from "./dragging.js";
import { ARROWS, guide } from "./letters.js";
import { SNAP_MM, sidesOf } from "./shapes.js";

/** @param {{svg: any}} props */
export function Borders({ svg }) {
  const panel = desk.chosenPanel.value;
  if (!panel || !desk.editable.value || desk.tool.value === "cut") return null;
  return html`${sidesOf(panel.polygon).map((side) => html`<${Knob} key=${`${panel.key} ${side.edge}`} panel=${panel} side=${side} svg=${svg} />`)}`;
}

/** What a side is called: where it lies in its panel. @param {import("./shapes.js").Side} side */
export function nameOfSide({ normal: [x, y] }) {
  if (Math.abs(x) > Math.abs(y)) return t(x > 0 ? "editing.side_right" : "editing.side_left");
  return t(y > 0 ? "editing.side_bottom" : "editing.side_top");
}

/** @param {{panel: import("./scene.js").Panel, side: import("./shapes.js").Side, svg: any}} props */
function Knob({ panel, side, svg }) {
  const group = useRef(/** @type {any} */ (null));
  const shown = /** @type {import("./scene.js").Scene} */ (desk.scene.value);
  const waits = looks.value.get(panel.key)?.sides?.[side.edge] ?? 0;
  const [x, y] = onPage(side.middle, shown.page);
  const [nx, ny] = side.normal;
  const radius = 12 / desk.pixels.value;
  const place = (/** @type {number} */ by) => `translate(${nx * by} ${ny * by})`;

  /** @param {any} event */
  function press(event) {
    event.stopPropagation();
    if (event.button) return;
    const lines = linesOf(shown, panel, side);
    /** @param {any} from @param {any} to @param {any} [pointer] */
    const way = (from, to, pointer) => {
      const by = (to[0] - from[0]) * nx + (to[1] - from[1]) * ny;
      const near = pointer?.altKey ? null : lines.find((line) => Math.abs(line - waits - by) <= SNAP_MM) ?? null;
      return { by: near === null ? by : near - waits, near };
    };
    let last = 0;
    const rest = () => {
      group.current.classList.remove("dragged");
      group.current.setAttribute("transform", place(waits));
      guide(svg.current, [], shown.page);
    };
    follow(event, svg.current, {
      onMove: (from, to, pointer) => {
        const { by, near } = way(from, to, pointer);
        last = by;
        group.current.classList.add("dragged");
        group.current.setAttribute("transform", place(waits + by));
        const at = [side.middle[0] + nx * (waits + by), side.middle[1] + ny * (waits + by)];
        const straight = Math.abs(nx) > 0.99 ? { x: at[0] } : Math.abs(ny) > 0.99 ? { y: at[1] } : null;
        guide(svg.current, near !== null && straight ? [straight] : [], shown.page);
      },
      onDone: (_, __, moved) => {
        rest();
        if (moved) desk.shift(panel, side.edge, last);
      },
      onCancel: rest,
    });
  }
  /** @param {KeyboardEvent} event */
  function key(event) {
    const arrow = ARROWS[event.key];
    if (!arrow || event.ctrlKey || event.metaKey || event.altKey) return;
    const across = arrow[0] * nx + arrow[1] * ny;
    event.preventDefault();
    event.stopPropagation();
    if (Math.abs(across) > 0.5) desk.shift(panel, side.edge, Math.sign(across) * (event.shiftKey ? desk.LARGE_STEP_MM : desk.STEP_MM));
  }
  return html`<g class=${`handle border ${Math.abs(nx) > Math.abs(ny) ? "upright" : "level"}${waits ? " dragged" : ""}`} ref=${group}
    transform=${place(waits)} tabindex="0" role="button" aria-label=${t("editing.border_of", { side: nameOfSide(side), n: panel.n })}
    aria-describedby="border-help" onPointerDown=${press} onKeyDown=${key}>
    <line x1=${side.a[0]} y1=${side.a[1]} x2=${side.b[0]} y2=${side.b[1]} />
    <circle class="target" cx=${x} cy=${y} r=${radius} />
    <circle class="knob" cx=${x} cy=${y} r=${radius / 2.2} />
  </g>`;
}

/** A place that can be pointed at: a panel may run off the page. @param {import("./shapes.js").Point} point @param {import("./shapes.js").Box} page @returns {import("./shapes.js").Point} */
const onPage = ([x, y], page) => [
  Math.min(page.x + page.width - 2, Math.max(page.x + 2, x)), Math.min(page.y + page.height - 2, Math.max(page.y + 2, y)),
];

/** How far out a side comes to lie on a corner of another panel, or on the middle of the page; the nearest first. */
/** @param {import("./scene.js").Scene} shown @param {import("./scene.js").Panel} panel @param {import("./shapes.js").Side} side */
function linesOf(shown, panel, side) {
  const { page } = shown;
  const corners = shown.panels.filter((other) => other.key !== panel.key).flatMap((other) => other.polygon);
  const points = /** @type {import("./shapes.js").Point[]} */ ([...corners, [page.x + page.width / 2, page.y + page.height / 2]]);
  const found = points.map(([x, y]) => (x - side.middle[0]) * side.normal[0] + (y - side.middle[1]) * side.normal[1]);
  return [...new Set(found.map((by) => Math.round(by * 100) / 100))].filter((by) => Math.abs(by) > 0.05).sort((a, b) => Math.abs(a) - Math.abs(b));
}
