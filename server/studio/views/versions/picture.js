/** A small picture of a version, drawn when its row is seen; two are asked for at a time. */
import { useEffect, useRef } from "preact/hooks";
import { useSignal } from "@preact/signals";
import { html, Picture } from "../../ui.js";
import { preview } from "../../work.js";

const AT_ONCE = 2;
let going = 0;
/** @type {(() => void)[]} */
const line = [];

/** @template T @param {() => Promise<T>} ask @returns {Promise<T>} */
async function inTurn(ask) {
  if (going >= AT_ONCE) await new Promise((go) => line.push(() => go(undefined)));
  going += 1;
  try {
    return await ask();
  } finally {
    going -= 1;
    line.shift()?.();
  }
}

/** Of several pages the first after the title page: title pages look alike. @param {any[]} images */
const best = (images) => images.find((image) => (image.page ?? 0) > 0) ?? images[0];

/** @param {{phase: string, version: string}} props */
export function VersionPicture({ phase, version }) {
  const box = useRef(/** @type {HTMLElement | null} */ (null));
  const shown = useSignal(/** @type {any} */ (null));
  useEffect(() => {
    let wanted = true;
    const seen = new IntersectionObserver(([entry]) => {
      if (!entry.isIntersecting) return;
      seen.disconnect();
      inTurn(async () => (wanted ? preview(phase, version, 1) : null)).then(
        (found) => wanted && found && (shown.value = best(found.images) ?? null),
        () => undefined, // a row without a picture still says everything
      );
    }, { rootMargin: "200px" });
    if (box.current) seen.observe(box.current);
    return () => {
      wanted = false;
      seen.disconnect();
    };
  }, [phase, version]);
  const image = shown.value;
  return html`<div class="version-picture" ref=${box}>
    ${image && html`<${Picture} src=${image.url} width=${image.width} height=${image.height} />`}</div>`;
}
