/** A finished version as a list of pages. */
import { signal } from "@preact/signals";
import { api } from "../../api.js";
import { fileOf, head, work } from "../../work.js";

/** Pages that turned out to be wider than high, by address: they are spreads. */
export const wide = signal(/** @type {ReadonlySet<string>} */ (new Set()));

/** Told by each picture when it is there. @param {string} src @param {HTMLImageElement} image */
export function measured(src, image) {
  if (image.naturalWidth > image.naturalHeight && !wide.peek().has(src)) wide.value = new Set([...wide.peek(), src]);
}

/**
 * @typedef {{title: string, direction: "rtl" | "ltr", language: string, version: string, newest: boolean,
 *   pages: import("./spreads.js").Page[]}} Book
 */

/** The name of a page's files. @param {number} number */
export const pageName = (number) => `pages/${String(number).padStart(3, "0")}`;

/**
 * The newest version, or the one that is named. No pages: it is no finished book yet. Raises `Problem`.
 * @param {string} id @param {string | null} version
 * @returns {Promise<Book>}
 */
export async function bookOf(id, version) {
  const whole = work.peek();
  const newest = !version || version === "head" || version === head.peek();
  if (!newest) return atVersion(id, /** @type {string} */ (version));
  const title = whole?.title ?? "";
  if (!whole?.pages?.length) return { title, direction: "rtl", language: "ja", version: head.peek(), newest, pages: [] };
  const graph = await api(fileOf(`${pageName(whole.pages[0].number)}.json`));
  const pages = whole.pages.map((/** @type {any} */ page) => ({ number: page.number, side: page.side, src: page.image }));
  return { title, direction: graph.direction, language: graph.language, version: head.peek(), newest, pages };
}

/** @param {string} id @param {string} version @returns {Promise<Book>} */
async function atVersion(id, version) {
  const found = await api(`/v1/works/${id}/versions/${encodeURIComponent(version)}`);
  const made = found.content.finishing;
  const pages = (made?.pages ?? []).map((/** @type {any} */ page) => (
    { number: page.number, side: page.side, src: fileOf(page.image) }));
  return {
    title: made?.title ?? found.content.concept?.title ?? "", direction: made?.direction ?? "rtl",
    language: found.content.concept?.language ?? "ja", version: found.version_id,
    newest: found.version_id === head.peek(), pages,
  };
}
