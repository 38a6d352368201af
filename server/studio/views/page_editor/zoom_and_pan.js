/** Nearer and farther with Ctrl and the wheel, about the place under the pointer; the middle button drags the sheet. */
import { useEffect, useRef } from "preact/hooks";

const ZOOMS = [1, 1.5, 2, 3];
export const MOST_ZOOM = 3;
/** How much nearer for a pixel of the wheel; a notch is about a hundred. */
const A_PIXEL = 0.0025;

/** The next step of the buttons from wherever the wheel has left it. @param {number} zoom @param {1 | -1} by */
export const stepFrom = (zoom, by) =>
  (by > 0 ? ZOOMS.find((each) => each > zoom + 0.01) : ZOOMS.findLast((each) => each < zoom - 0.01)) ?? zoom;

/** For the element that scrolls. @param {import("@preact/signals").Signal<number>} zoom */
export function useZoomAndPan(zoom) {
  const room = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => {
    const box = /** @type {HTMLElement} */ (room.current);
    const turn = (/** @type {WheelEvent} */ event) => wheel(event, box, zoom);
    const press = (/** @type {PointerEvent} */ event) => event.button === 1 && drag(event, box);
    box.addEventListener("wheel", turn, { passive: false }); // the browser would zoom the whole window
    box.addEventListener("pointerdown", press, { capture: true });
    return () => (box.removeEventListener("wheel", turn), box.removeEventListener("pointerdown", press, { capture: true }));
  }, []);
  return room;
}

/** @param {WheelEvent} event @param {HTMLElement} box @param {import("@preact/signals").Signal<number>} zoom */
function wheel(event, box, zoom) {
  if (!event.ctrlKey && !event.metaKey) return;
  event.preventDefault();
  const next = Math.min(MOST_ZOOM, Math.max(1, zoom.value * Math.exp(-event.deltaY * A_PIXEL)));
  const [by, { left, top }] = [next / zoom.value, box.getBoundingClientRect()];
  const [x, y] = [event.clientX - left, event.clientY - top];
  const [to_x, to_y] = [(box.scrollLeft + x) * by - x, (box.scrollTop + y) * by - y];
  zoom.value = next;
  requestAnimationFrame(() => box.scrollTo(to_x, to_y));
}

/** @param {PointerEvent} event @param {HTMLElement} box */
function drag(event, box) {
  event.preventDefault();
  event.stopPropagation();
  const [x, y] = [box.scrollLeft + event.clientX, box.scrollTop + event.clientY];
  const follow = (/** @type {PointerEvent} */ to) => box.scrollTo(x - to.clientX, y - to.clientY);
  const end = () => {
    box.removeEventListener("pointermove", follow);
    box.removeEventListener("pointerup", end);
    box.removeEventListener("pointercancel", end);
  };
  box.setPointerCapture(event.pointerId);
  box.addEventListener("pointermove", follow);
  box.addEventListener("pointerup", end);
  box.addEventListener("pointercancel", end);
}
