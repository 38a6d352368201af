/** Balloons, captions and sounds on the page: chosen, dragged, moved by keys, made larger at a corner. */
import { useRef } from "preact/hooks";
import { html } from "../../ui.js";
import { t } from "../../i18n.js";
import { accepted, looks } from "./edits.js";
import * as desk from "./desk.js";
import { follow } from "./dragging.js";
import { nameOf } from "./scene.js";
import { centreOf, kept, snapped } from "./shapes.js";
import { useSignal } from "@preact/signals";

export const ARROWS = /** @type {Record<string, [number, number]>} */ ({
  ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1],
});

/** @param {import("./edits.js").Look | undefined} look @param {import("./shapes.js").Box} box */
function shifted(look, box) {
  const [dx, dy] = [look?.dx ?? 0, look?.dy ?? 0];
  const [ratio, turn] = [look?.ratio ?? 1, look?.turn ?? 0];
  if (!dx && !dy && ratio === 1 && !turn) return "";
  const [x, y] = centreOf(box);
  return `translate(${dx + x} ${dy + y}) rotate(${turn}) scale(${ratio}) translate(${-x} ${-y})`;
}

/** @param {{letters: import("./scene.js").Letters, svg: any}} props */
export function LettersShape({ letters, svg }) {
  const lifted = useSignal(false);
  const group = useRef(/** @type {any} */ (null));
  const shown = /** @type {import("./scene.js").Scene} */ (desk.scene.value);
  const box = /** @type {import("./shapes.js").Box} */ (letters.box);
  const look = looks.value.get(letters.key);
  const where = shifted(look, box);
  const isChosen = desk.chosen.value === letters.key;

  /** @param {any} event */
  function press(event) {
    if (desk.tool.value === "cut") return;
    event.stopPropagation();
    desk.choose(letters.key);
    if (!desk.editable.value || event.button) return;
    lifted.value = true;
    const now = desk.boxNow(letters);
    const others = neighbours(shown, letters);
    /** @param {any} from @param {any} to @param {any} [pointer] */
    const step = (from, to, pointer) => {
      const by = kept(now, to[0] - from[0], to[1] - from[1], shown.page);
      const near = pointer?.altKey ? { ...by, lines: [] } : snapped(now, by.dx, by.dy, others);
      return { ...kept(now, near.dx, near.dy, shown.page), lines: near.lines };
    };
    let by = { dx: 0, dy: 0 };
    follow(event, svg.current, {
      onMove: (from, to, pointer) => {
        const { dx, dy, lines } = step(from, to, pointer);
        by = { dx, dy };
        group.current.setAttribute("transform", `translate(${dx} ${dy}) ${where}`);
        guide(svg.current, lines, shown.page);
      },
      onDone: (from, to, moved) => {
        lifted.value = false;
        guide(svg.current, [], shown.page);
        if (moved) by = step(from, to);
        group.current.setAttribute("transform", where);
        if (moved) desk.move(letters, by.dx, by.dy);
      },
      onCancel: () => {
        lifted.value = false;
        guide(svg.current, [], shown.page);
        group.current.setAttribute("transform", where);
      },
    });
  }

  /** @param {KeyboardEvent} event */
  function key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const arrow = ARROWS[event.key];
    const far = event.shiftKey ? desk.LARGE_STEP_MM : desk.STEP_MM;
    if (event.key === " " || (event.key === "Enter" && !desk.editable.value)) desk.choose(letters.key);
    else if (!desk.editable.value) return;
    else if (arrow) desk.move(letters, arrow[0] * far, arrow[1] * far);
    else if (event.key === "+" || event.key === "=") desk.resize(letters, desk.sizeOf(letters, accepted.value) + desk.SIZE_STEP, accepted.value);
    else if (event.key === "-") desk.resize(letters, desk.sizeOf(letters, accepted.value) - desk.SIZE_STEP, accepted.value);
    else if (letters.sort === "sound" && (event.key === "[" || event.key === "]")) desk.turnBy(letters, event.key === "[" ? -1 : 1, accepted.value);
    else if (event.key === "Enter" || event.key === "F2") write();
    else if (event.key === "Delete") desk.remove(letters.key);
    else return;
    event.preventDefault();
    if (arrow) desk.choose(letters.key);
  }

  function write() {
    if (!desk.editable.value) return;
    desk.choose(letters.key);
    desk.writing.value = { key: letters.key, text: look?.text ?? letters.text, on_page: true };
  }

  const state = look?.gone ? " gone" : look?.busy ? " busy" : "";
  const ghost = lifted.value || where;
  return html`<g class="letters-room">
    ${ghost && html`<path class="left-behind" d=${letters.shape.outline} />`}
    <g ref=${group} class=${`letters ${letters.sort}${isChosen ? " chosen" : ""}${state}`} data-key=${letters.key}
      transform=${where} tabindex="0" role="button" aria-pressed=${isChosen ? "true" : "false"}
      aria-label=${nameOf(shown, letters.key)} aria-describedby=${desk.editable.value ? "letters-help" : null}
      onPointerDown=${press} onDblClick=${write} onKeyDown=${key}>
      ${ghost && html`<${Ghost} letters=${letters} />`}
      <path class="hit" d=${letters.shape.outline} />
      <${Target} box=${box} />
    </g>
  </g>`;
}

/** Small letters are still 24 px to point at. @param {{box: import("./shapes.js").Box}} props */
function Target({ box }) {
  const least = 24 / desk.pixels.value;
  if (box.width >= least && box.height >= least) return null;
  const [x, y] = centreOf(box);
  const [width, height] = [Math.max(least, box.width), Math.max(least, box.height)];
  return html`<rect class="target" x=${x - width / 2} y=${y - height / 2} width=${width} height=${height} />`;
}

/** What is lifted off the page, as it was drawn there. @param {{letters: import("./scene.js").Letters}} props */
function Ghost({ letters }) {
  const { shape } = letters;
  if (letters.sort === "sound") return html`<path class="ghost ink" d=${shape.outline} />`;
  const reworded = looks.value.get(letters.key)?.text;
  return html`<path class="ghost" d=${shape.outline} />
    ${!reworded && shape.text.glyphs.map((/** @type {any} */ glyph, /** @type {number} */ index) => html`<text key=${index} class="glyph"
      x=${glyph.at[0]} y=${glyph.at[1]} font-size=${glyph.size_mm} writing-mode=${glyph.vertical ? "vertical-rl" : null}>${glyph.text}</text>`)}`;
}

/** Boxes that a dragged one is drawn to: its panels and the other letters. @param {import("./scene.js").Scene} shown @param {import("./scene.js").Letters} own */
function neighbours(shown, own) {
  const near = shown.panels.find((panel) => panel.key === own.panel);
  const letters = shown.panels.flatMap((panel) => panel.letters).filter((each) => each.key !== own.key && each.box);
  return [...(near ? [near.box] : []), ...letters.map(desk.boxNow)];
}

/** Lines that show what a drag keeps to. @param {SVGSVGElement} svg @param {any[]} lines @param {import("./shapes.js").Box} page */
export function guide(svg, lines, page) {
  const room = svg.querySelector(".guides");
  room?.replaceChildren(...lines.map(({ x, y }) => {
    const line = document.createElementNS("http://www.w3.org/2000/svg", "line");
    const ends = x === undefined ? [page.x, y, page.x + page.width, y] : [x, page.y, x, page.y + page.height];
    ["x1", "y1", "x2", "y2"].forEach((name, index) => line.setAttribute(name, String(ends[index])));
    return line;
  }));
}
