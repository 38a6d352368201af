/** The open book: the page that is edited and the one that faces it, on the sides that they have. */
import { signal } from "@preact/signals";
import { t } from "../../i18n.js";
import { KEPT, keep, recall } from "../../kept.js";
import { at } from "../../router.js";
import { classes, html } from "../../ui.js";
import { spreadsOf } from "../phases/spreads.js";
import * as desk from "./desk.js";

/** Whether somebody wants to see both pages. */
export const bothPages = signal(recall(KEPT.both_pages) === "yes");

/** @param {boolean} yes */
export function showBoth(yes) {
  bothPages.value = yes;
  keep(KEPT.both_pages, yes ? "yes" : "no");
}

/** The page beside this one; null for one that lies alone. @param {import("./scene.js").Scene} scene */
export function facing(scene) {
  const spread = spreadsOf(scene.pages).find((pages) => pages.some((page) => page.number === scene.number));
  return /** @type {import("./scene.js").PageOf | undefined} */ (spread?.find((page) => page.number !== scene.number)) ?? null;
}

/** A picture over two pages is one picture: both are shown, whatever is wanted. @param {import("./scene.js").Scene} scene */
export const isHalf = (scene) => Boolean(scene.pages.find((page) => page.number === scene.number)?.half);

/** What lies beside the sheet now. @param {import("./scene.js").Scene} scene */
export const beside = (scene) => (bothPages.value || isHalf(scene) ? facing(scene) : null);

/** @param {{work: string, scene: import("./scene.js").Scene, page: import("./scene.js").PageOf}} props */
export function FacingSheet({ work, scene, page }) {
  const inside = page.image ? html`<img src=${page.image} alt="" draggable=${false} />` : html`<div class="bare-sheet"></div>`;
  const name = t("editing.edit_page", { n: page.number });
  const look = classes("sheet", "facing", page.side);
  if (page.half !== "second") return html`<a class=${look} href=${at(work, `pages/${page.number}`)} aria-label=${name} title=${name}>${inside}</a>`;
  return html`<div class=${look} onPointerDown=${() => desk.choose(scene.panels[0]?.key ?? "")}>${inside}</div>`;
}
