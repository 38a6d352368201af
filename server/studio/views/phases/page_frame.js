/**
 * A page as its panels lie on it, drawn in millimetres: over a picture of the page, or empty. What is clicked, marked
 * or filled in is the caller's.
 */
import { html, classes } from "../../ui.js";

/** @param {number[][]} polygon */
export function boxOf(polygon) {
  const [xs, ys] = [polygon.map((point) => point[0]), polygon.map((point) => point[1])];
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y };
}

/** `p03.k2` as numbers. @param {string} address */
export const placeOf = (address) => {
  const [, page, panel] = /^p(\d+)\.k(\d+)/.exec(address) ?? [];
  return { page: Number(page), panel: Number(panel) };
};

/**
 * @param {{page: any, paper: {x: number, y: number, width: number, height: number}, image?: any, label: string,
 *   fill?: (frame: any, box: any) => any, over?: any, chosen?: (key: string) => boolean, onPanel?: (key: string) => void,
 *   nameOf?: (key: string) => string}} props
 */
export function PageFrame({ page, paper, image, label, fill, over, chosen, onPanel, nameOf }) {
  const { frames } = page.layout;
  return html`<figure class="page-frame">
    <svg viewBox=${`${paper.x} ${paper.y} ${paper.width} ${paper.height}`} role=${onPanel ? "group" : "img"} aria-label=${label}>
      <rect class="paper" ...${paper} />
      ${image && html`<image href=${image.url} ...${paper} preserveAspectRatio="none" />`}
      ${frames.map((/** @type {any} */ frame) => {
        const box = boxOf(frame.polygon);
        const id = `clip-${page.key}-${frame.key}`;
        const points = frame.polygon.map((/** @type {number[]} */ point) => point.join(",")).join(" ");
        const filled = fill?.(frame, box);
        return html`<g key=${frame.key}>
          ${filled && html`<clipPath id=${id}><polygon points=${points} /></clipPath><g clip-path=${`url(#${id})`}>${filled}</g>`}
          <polygon class=${classes("panel", image && "over", chosen?.(frame.key) && "chosen", onPanel && "live")} points=${points}
            ...${onPanel ? pressed(() => onPanel(frame.key), nameOf?.(frame.key) ?? frame.key, chosen?.(frame.key) ?? false) : {}} />
        </g>`;
      })}
      ${over}
    </svg>
    <figcaption>${label}</figcaption>
  </figure>`;
}

/** A shape as a button. @param {() => void} press @param {string} name @param {boolean} on */
export const pressed = (press, name, on) => ({
  role: "button",
  tabindex: 0,
  "aria-label": name,
  "aria-pressed": on ? "true" : "false",
  onClick: press,
  onKeyDown: (/** @type {KeyboardEvent} */ event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    press();
  },
});
