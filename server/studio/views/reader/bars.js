/** The lines above and below the pages: where one is, where one can go. Slider and thumbnails run as the book does. */
import { useEffect, useRef } from "preact/hooks";
import { classes, html, Icon, IconButton, Picture } from "../../ui.js";
import { t } from "../../i18n.js";
import { fileOf } from "../../work.js";
import { pageName } from "./book.js";
import { called } from "./stage.js";

/** @param {{home: string, book: import("./book.js").Book, short: string, full: boolean, onVerb: (verb: string) => void}} props */
export function TopBar({ home, book, short, full, onVerb }) {
  return html`<header class="reader-bar reader-top">
    ${home && html`<a class="icon-button" href=${home} aria-label=${t("reader.leave")} title=${t("reader.leave")}>
      <${Icon} name="close" /></a>`}
    <div class="reader-title"><h1 lang=${book.language}>${book.title || t("frame.untitled")}</h1>
      ${!book.newest && html`<span class="chip blue">${t("reader.older", { version: book.version.slice(0, 8) })}</span>`}</div>
    <p class="reader-place" aria-hidden="true">${short}</p>
    <div class="reader-tools">
      <${IconButton} icon="full" label=${t(full ? "reader.full_off" : "reader.full_on")} onClick=${() => onVerb("full")} />
      <${IconButton} icon="wishes" label=${t("reader.wishes")} onClick=${() => onVerb("wishes")} />
      <${IconButton} icon="question" label=${t("reader.help")} onClick=${() => onVerb("help")} />
    </div>
  </header>`;
}

/**
 * @param {{count: number, place: number, told: string, direction: string, thumbs: boolean,
 *   onPlace: (place: number) => void, onVerb: (verb: string) => void}} props places are of spreads
 */
export function FootBar({ count, place, told, direction, thumbs, onPlace, onVerb }) {
  const [left, right] = direction === "rtl" ? ["next", "back"] : ["back", "next"];
  return html`<footer class="reader-bar reader-foot">
    <${IconButton} icon="left" label=${t(`reader.${left}`)} onClick=${() => onVerb(left)} />
    <input type="range" dir=${direction} min="0" max=${Math.max(0, count - 1)} step="1" value=${place}
      aria-label=${t("reader.slider")} aria-valuetext=${told} disabled=${count < 2}
      onInput=${(/** @type {any} */ event) => onPlace(Number(event.target.value))} />
    <${IconButton} icon="right" label=${t(`reader.${right}`)} onClick=${() => onVerb(right)} />
    <${IconButton} icon="thumbs" label=${t("reader.thumbs")} aria-pressed=${thumbs ? "true" : "false"} onClick=${() => onVerb("thumbs")} />
  </footer>`;
}

/**
 * @param {{book: import("./book.js").Book, direction: string, shown: number[], onPage: (at: number) => void}} props
 *   `shown` are the places of the pages that are looked at
 */
export function Thumbs({ book, direction, shown, onPage }) {
  const list = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => {
    list.current?.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
  }, [shown[0]]);
  const small = (/** @type {import("./spreads.js").Page} */ page) => page.small ?? `${fileOf(`${pageName(page.number)}.png`, book.version)}&small=true`;
  return html`<nav class="reader-thumbs" aria-label=${t("reader.thumbs")} dir=${direction} ref=${list}><ol>
    ${book.pages.map((page, at) => html`<li key=${page.number}>
      <button type="button" class=${classes("thumb", shown.includes(at) && "shown")} aria-label=${called(page.number)}
        aria-current=${shown.includes(at) ? "page" : null} onClick=${() => onPage(at)}>
        <${Picture} src=${small(page)} width="72" height="102" />
        <span aria-hidden="true">${page.number || t("reader.title_short")}</span>
      </button></li>`)}
  </ol></nav>`;
}
