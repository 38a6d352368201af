/**
 * Pointers on the page: what is dragged follows within one frame, by its own attributes and without drawing the view
 * anew. Pixels become millimetres by the page's own matrix, so that zoom and scroll do not matter.
 */

/** @param {SVGSVGElement} svg @param {{clientX: number, clientY: number}} event @returns {import("./shapes.js").Point} */
export function pointOf(svg, event) {
  const matrix = svg.getScreenCTM();
  if (!matrix) return [0, 0];
  const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix.inverse());
  return [point.x, point.y];
}

/**
 * Follows a pointer from its press on. `onMove(from, to, event)` is called once a frame at most; `onDone(from, to, moved)` once;
 * Escape, or a pointer that is taken away, calls `onCancel`.
 * @param {PointerEvent} event @param {SVGSVGElement} svg
 * @param {{onMove: (from: any, to: any, event: PointerEvent) => void, onDone: (from: any, to: any, moved: boolean) => void, onCancel: () => void}} what
 */
export function follow(event, svg, { onMove, onDone, onCancel }) {
  const target = /** @type {Element} */ (event.currentTarget);
  const from = pointOf(svg, event);
  const begun = [event.clientX, event.clientY];
  /** @type {PointerEvent} */
  let last = event;
  let frame = 0;
  let moved = false;
  target.setPointerCapture(event.pointerId);

  /** @param {any} next */
  function move(next) {
    if (next.pointerId !== event.pointerId) return;
    last = next;
    moved ||= Math.hypot(next.clientX - begun[0], next.clientY - begun[1]) > 3;
    if (moved && !frame) frame = requestAnimationFrame(show);
  }
  function show() {
    frame = 0;
    onMove(from, pointOf(svg, last), last);
  }
  function end() {
    cancelAnimationFrame(frame);
    target.removeEventListener("pointermove", move);
    target.removeEventListener("pointerup", up);
    target.removeEventListener("pointercancel", cancel);
    removeEventListener("keydown", key, true);
  }
  /** @param {any} next */
  function up(next) {
    if (next.pointerId !== event.pointerId) return;
    last = next;
    end();
    onDone(from, pointOf(svg, last), moved);
  }
  function cancel() {
    end();
    onCancel();
  }
  /** @param {KeyboardEvent} pressed */
  function key(pressed) {
    if (pressed.key !== "Escape") return;
    pressed.stopPropagation();
    cancel();
  }
  target.addEventListener("pointermove", move);
  target.addEventListener("pointerup", up);
  target.addEventListener("pointercancel", cancel);
  addEventListener("keydown", key, true);
}
