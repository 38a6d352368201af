/** What the chosen letters are made larger by, turned by, and pointed with: each has a key and a button that do the same. */
import { useRef } from "preact/hooks";
import { html } from "../../ui.js";
import { t } from "../../i18n.js";
import { accepted, looks } from "./edits.js";
import * as desk from "./desk.js";
import { follow } from "./dragging.js";
import { ARROWS } from "./letters.js";
import { boundsOf, centreOf } from "./shapes.js";

/** The handles of the chosen letters. @param {{svg: any}} props */
export function Handles({ svg }) {
  const letters = desk.chosenLetters.value;
  if (!letters?.box || !desk.editable.value || desk.writing.value?.on_page) return null;
  return html`<${Size} key=${`size ${letters.key}`} letters=${letters} svg=${svg} />
    ${letters.sort === "sound" && html`<${Turn} key=${`turn ${letters.key}`} letters=${letters} svg=${svg} />`}
    ${desk.mayHaveTail(letters) && html`<${Tail} key=${`tail ${letters.key}`} letters=${letters} svg=${svg} />`}`;
}

/** The corner at which letters are made larger or smaller. @param {{letters: any, svg: any}} props */
function Size({ letters, svg }) {
  const knob = useRef(/** @type {any} */ (null));
  const { box, key, shape } = letters;
  const look = looks.value.get(key);
  const [x, y] = centreOf(desk.boxNow(letters));
  const ratio = look?.ratio ?? 1;
  const radius = 12 / desk.pixels.value;
  const whole = shape.polygon ? boundsOf(shape.polygon) : box;
  const corner = [x + (whole.width / 2) * ratio, y + (whole.height / 2) * ratio];

  /** @param {any} event */
  function press(event) {
    event.stopPropagation();
    if (event.button) return;
    const room = svg.current.querySelector(`g.letters[data-key="${key}"]`);
    const before = room.getAttribute("transform") ?? "";
    const size = desk.sizeOf(letters, accepted.value);
    const [least, most] = desk.SIZES[/** @type {"balloon" | "sound"} */ (letters.sort)];
    const far = Math.hypot(corner[0] - x, corner[1] - y) || 1;
    const wanted = (/** @type {any} */ to) => Math.min(most / size, Math.max(least / size, Math.hypot(to[0] - x, to[1] - y) / far));
    const reset = () => {
      room.setAttribute("transform", before);
      room.classList.remove("sized");
      knob.current?.removeAttribute("transform");
    };
    follow(event, svg.current, {
      onMove: (_, to) => {
        const by = wanted(to);
        room.classList.add("sized");
        room.setAttribute("transform", `translate(${x} ${y}) scale(${by}) translate(${-x} ${-y}) ${before}`);
        knob.current?.setAttribute("transform", `translate(${(corner[0] - x) * (by - 1)} ${(corner[1] - y) * (by - 1)})`);
      },
      onDone: (_, to, moved) => {
        reset();
        if (moved) desk.resize(letters, size * wanted(to), accepted.value);
      },
      onCancel: reset,
    });
  }
  return html`<g class="handle" ref=${knob} onPointerDown=${press} aria-hidden="true">
    <title>${t("editing.drag_size")}</title>
    <circle class="target" cx=${corner[0]} cy=${corner[1]} r=${radius} />
    <rect x=${corner[0] - radius / 2.4} y=${corner[1] - radius / 2.4} width=${radius / 1.2} height=${radius / 1.2} />
  </g>`;
}

/** Above drawn letters: they turn about their middle. @param {{letters: any, svg: any}} props */
function Turn({ letters, svg }) {
  const knob = useRef(/** @type {any} */ (null));
  const look = looks.value.get(letters.key);
  const box = desk.boxNow(letters);
  const [x, y] = centreOf(box);
  const radius = 12 / desk.pixels.value;
  const page = /** @type {import("./scene.js").Scene} */ (desk.scene.value).page;
  const far = (box.height / 2) * (look?.ratio ?? 1) + 2 * radius;
  const above = y - far > page.y + radius ? -1 : 1;

  /** @param {any} event */
  function press(event) {
    event.stopPropagation();
    if (event.button) return;
    const room = svg.current.querySelector(`g.letters[data-key="${letters.key}"]`);
    const before = room.getAttribute("transform") ?? "";
    const now = desk.turnOf(letters, accepted.value);
    const angle = (/** @type {any} */ p) => (Math.atan2(p[1] - y, p[0] - x) * 180) / Math.PI;
    /** To whole fives, unless Alt is held. @param {any} from @param {any} to @param {any} pointer */
    const by = (from, to, pointer) => {
      const wanted = now + angle(to) - angle(from);
      return (pointer?.altKey ? Math.round(wanted) : Math.round(wanted / desk.TURN_STEP) * desk.TURN_STEP) - now;
    };
    let last = 0;
    const reset = () => {
      room.setAttribute("transform", before);
      room.classList.remove("sized");
      knob.current?.removeAttribute("transform");
    };
    follow(event, svg.current, {
      onMove: (from, to, pointer) => {
        last = by(from, to, pointer);
        room.classList.add("sized");
        room.setAttribute("transform", `rotate(${last} ${x} ${y}) ${before}`);
        knob.current?.setAttribute("transform", `rotate(${last} ${x} ${y})`);
      },
      onDone: (_, __, moved) => {
        reset();
        if (moved) desk.turn(letters, now + last, accepted.value);
      },
      onCancel: reset,
    });
  }
  return html`<g class="handle turning" ref=${knob} onPointerDown=${press} aria-hidden="true">
    <title>${t("editing.drag_turn")}</title>
    <line x1=${x} y1=${y + (above * box.height) / 2} x2=${x} y2=${y + above * far} />
    <circle class="target" cx=${x} cy=${y + above * far} r=${radius} />
    <circle class="knob" cx=${x} cy=${y + above * far} r=${radius / 2} />
  </g>`;
}

/** Where the tail ends: dragged, or moved by arrow keys. @param {{letters: any, svg: any}} props */
function Tail({ letters, svg }) {
  const group = useRef(/** @type {any} */ (null));
  const [x, y] = desk.tipOf(letters);
  const [from_x, from_y] = centreOf(desk.boxNow(letters));
  const radius = 12 / desk.pixels.value;
  const waits = Boolean(looks.value.get(letters.key)?.tip);

  /** @param {number} to_x @param {number} to_y */
  function show(to_x, to_y) {
    const [line, ...rest] = group.current.children;
    line.setAttribute("x2", to_x);
    line.setAttribute("y2", to_y);
    for (const each of rest) each.setAttribute("transform", `translate(${to_x - x} ${to_y - y})`);
  }
  /** @param {any} event */
  function press(event) {
    event.stopPropagation();
    if (event.button) return;
    const reset = () => {
      group.current.classList.remove("dragged");
      show(x, y);
    };
    follow(event, svg.current, {
      onMove: (from, to) => {
        group.current.classList.add("dragged");
        show(x + to[0] - from[0], y + to[1] - from[1]);
      },
      onDone: (from, to, moved) => {
        reset();
        if (moved) desk.point(letters, x + to[0] - from[0], y + to[1] - from[1]);
      },
      onCancel: reset,
    });
  }
  /** @param {KeyboardEvent} event */
  function key(event) {
    const arrow = ARROWS[event.key];
    if (!arrow || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    const far = event.shiftKey ? desk.LARGE_STEP_MM : desk.STEP_MM;
    desk.point(letters, x + arrow[0] * far, y + arrow[1] * far);
  }
  return html`<g class=${`handle tail${waits ? " dragged" : ""}`} ref=${group} onPointerDown=${press} onKeyDown=${key} tabindex="0" role="button"
    aria-label=${t("editing.tail_tip")} aria-describedby="tip-help">
    <line x1=${from_x} y1=${from_y} x2=${x} y2=${y} />
    <circle class="target" cx=${x} cy=${y} r=${radius} />
    <circle class="knob" cx=${x} cy=${y} r=${radius / 2.2} />
  </g>`;
}
