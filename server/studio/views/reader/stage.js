/** The pages themselves: one spread, or all of them as a strip. */
import { useEffect, useRef } from "preact/hooks";
import { useSignal } from "@preact/signals";
import { classes, html } from "../../ui.js";
import { t } from "../../i18n.js";
import { measured } from "./book.js";

const SWIPE_PX = 45;
/** The shape that a page is taken to have until its picture says. */
const SHAPE = [1600, 2260];

/** What a page is called. @param {number} number */
export const called = (number) => (number ? t("reader.page", { page: number }) : t("reader.title_page"));

/** @param {{page: import("./spreads.js").Page, side: string, lazy?: boolean}} props */
function Leaf({ page, side, lazy }) {
  const failed = useSignal("");
  if (failed.value === page.src) {
    return html`<button type="button" class=${classes("leaf lost", side)} onClick=${(/** @type {Event} */ event) => {
      event.stopPropagation();
      failed.value = "";
    }}>${called(page.number)}<br />${t("reader.page_lost")}</button>`;
  }
  return html`<img class=${classes("leaf", side)} src=${page.src} alt=${called(page.number)} data-page=${page.number}
    width=${SHAPE[0]} height=${SHAPE[1]} loading=${lazy ? "lazy" : "eager"} decoding="async" draggable=${false}
    onError=${() => (failed.value = page.src)}
    onLoad=${(/** @type {any} */ event) => measured(page.src, event.currentTarget)} />`;
}

/**
 * @param {{pages: import("./spreads.js").Page[], spread: import("./spreads.js").Spread, double: boolean, fit: string,
 *   direction: string, invert: boolean, onVerb: (verb: string) => void, box: any}} props
 */
export function Paged({ pages, spread, double, fit, direction, invert, onVerb, box }) {
  const from = useRef(/** @type {{x: number, y: number} | null} */ (null));
  useEffect(() => box.current?.scrollTo(direction === "rtl" ? box.current.scrollWidth : 0, 0), [spread, fit]);
  /** Left, middle and right of the stage. @param {MouseEvent} event */
  function tapped(event) {
    const where = box.current.getBoundingClientRect();
    const share = (event.clientX - where.left) / where.width;
    const left = (direction === "rtl") !== invert ? "next" : "back";
    const right = left === "next" ? "back" : "next";
    onVerb(share < 0.34 ? left : share > 0.66 ? right : "bars");
  }
  /** A page follows the finger. @param {TouchEvent} event */
  function swiped(event) {
    const [start, end] = [from.current, event.changedTouches[0]];
    from.current = null;
    if (!start || box.current.scrollWidth > box.current.clientWidth + 4) return;
    const [x, y] = [end.clientX - start.x, end.clientY - start.y];
    if (Math.abs(x) < SWIPE_PX || Math.abs(x) < 2 * Math.abs(y)) return;
    event.preventDefault(); // no tap besides
    onVerb((x > 0) === (direction === "rtl") ? "next" : "back");
  }
  /** @param {number | null} at @param {string} side */
  const leaf = (at, side) => (at === null ? html`<span class=${classes("leaf blank", side)}></span>`
    : html`<${Leaf} key=${pages[at].src} page=${pages[at]} side=${side} />`);
  return html`<div class=${classes("stage", `fit-${fit}`, double && spread.whole === null && "double")} ref=${box} onClick=${tapped}
    onTouchStart=${(/** @type {TouchEvent} */ event) => (from.current = event.touches.length === 1
      ? { x: event.touches[0].clientX, y: event.touches[0].clientY } : null)} onTouchEnd=${swiped}>
    <div class="spread">
      ${spread.whole !== null ? leaf(spread.whole, "whole") : [leaf(spread.left, "left"), leaf(spread.right, "right")]}
    </div>
  </div>`;
}

/**
 * All pages, one below the other. `at` is where to stand; scrolling tells `onAt`.
 * @param {{pages: import("./spreads.js").Page[], at: number, fit: string, onAt: (at: number) => void,
 *   onVerb: (verb: string) => void, box: any}} props
 */
export function Strip({ pages, at, fit, onAt, onVerb, box }) {
  const seen = useRef(-1);
  useEffect(() => {
    if (seen.current === at) return; // scrolling came here by itself
    seen.current = at;
    box.current?.querySelectorAll(".leaf")[at]?.scrollIntoView({ block: "start" });
  }, [at, fit]);
  useEffect(() => {
    const stage = box.current;
    let asked = 0;
    const look = () => {
      asked = 0;
      const middle = stage.getBoundingClientRect().top + stage.clientHeight / 3;
      const leaves = [...stage.querySelectorAll(".leaf")];
      const now = stage.scrollTop + stage.clientHeight >= stage.scrollHeight - 2 ? leaves.length - 1
        : Math.max(0, leaves.findLastIndex((leaf) => leaf.getBoundingClientRect().top <= middle));
      if (now === seen.current) return;
      seen.current = now;
      onAt(now);
    };
    const scrolled = () => (asked ||= requestAnimationFrame(look));
    stage.addEventListener("scroll", scrolled, { passive: true });
    return () => {
      stage.removeEventListener("scroll", scrolled);
      cancelAnimationFrame(asked);
    };
  }, [pages.length]);
  return html`<div class=${classes("stage strip", `fit-${fit}`)} ref=${box} tabindex="0" role="region"
    aria-label=${t("reader.way_strip")} onClick=${() => onVerb("bars")}>
    ${pages.map((page, index) => html`<${Leaf} key=${page.number} page=${page} side="whole" lazy=${Math.abs(index - at) > 2} />`)}
  </div>`;
}
