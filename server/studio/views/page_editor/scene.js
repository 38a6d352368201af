/**
 * A page as it is edited: the storyboard says who says what in which panel, the lettered page's scene graph where it
 * stands. Before a work is lettered there are panels and lines without a place.
 */
import { api } from "../../api.js";
import { t } from "../../i18n.js";
import { fileOf, PHASES, preview } from "../../work.js";
import { boundsOf } from "./shapes.js";

/**
 * @typedef {{key: string, sort: "balloon" | "sound", n: number, kind: string, speaker: string | null, who: string, text: string, ruby: import("./written.js").Ruby[],
 *   off_panel: boolean, place: string, panel: string, runs: string, ink: string, shape: any | null, box: import("./shapes.js").Box | null}} Letters
 * @typedef {{key: string, n: number, polygon: import("./shapes.js").Point[], box: import("./shapes.js").Box,
 *   importance: number, seen: string, direction: any, strip: string | null, letters: Letters[]}} Panel
 * @typedef {{key: string, number: number, panels: {key: string}[], side: "left" | "right", half: string, layout: {flow: string}, image: string}} PageOf
 * @typedef {{key: string, number: number, count: number, rtl: boolean, language: string, page: import("./shapes.js").Box, live: import("./shapes.js").Box | null, bleed: import("./shapes.js").Box | null,
 *   image: string, panels: Panel[], cast: {key: string, name: string}[], pages: PageOf[],
 *   version: string, lettered: boolean}} Scene
 */

export const LETTER_KINDS = [
  "speech", "shout", "whisper", "thought", "monologue", "narration", "song", "letter", "telephone", "sign",
];
export const PLACES = ["auto", "top_right", "top_left", "bottom_right", "bottom_left"];

/**
 * What the editor needs of a whole version; `ready`: its book is finished, `lettered`: its letters are not of an older one.
 * @param {any} whole the work @param {string} head @param {string} version of the address; empty for the newest
 */
export async function bookOf(whole, head, version) {
  const wanted = version || head;
  if (whole.finished && ["completed", "queued", "processing"].includes(whole.status) && wanted === head) {
    const found = await api(`/v1/works/${whole.id}?include=concept,characters,storyboard`);
    return { version: wanted, ready: true, lettered: true, content: contentsOf(found) };
  }
  const found = await api(`/v1/works/${whole.id}/versions/${encodeURIComponent(wanted)}`);
  const reached = PHASES.indexOf(found.phase) + 1;
  return { version: wanted, ready: reached > 6, lettered: reached > 5, content: found.content };
}

/** @param {any} whole */
const contentsOf = (whole) =>
  Object.fromEntries(whole.phase_results.map((/** @type {any} */ r) => [PHASES[r.phase - 1], r.content]));

/** A page of it; null where there is none. @param {any} book what `bookOf` found @param {number} number @returns {Promise<Scene | null>} */
export async function sceneOf(book, number) {
  const { content, version, ready, lettered } = book;
  const pages = content.storyboard?.pages ?? [];
  const page = pages.find((/** @type {any} */ p) => p.number === number);
  if (!page) return null;
  const [graph, shown] = await Promise.all([
    ready ? api(fileOf(`pages/${threeDigits(number)}.json`, version)) : null,
    ready ? null : preview(lettered ? "lettering" : "storyboard", version, 4),
  ]);
  const letters = graph ?? content.lettering?.pages.find((/** @type {any} */ p) => p.page === page.key || p.page === number);
  const pictures = new Map((shown?.images ?? []).map((/** @type {any} */ each) => [each.page, each.url]));
  const imageOf = (/** @type {number} */ of) => (ready ? fileOf(`pages/${threeDigits(of)}.png`, version) : pictures.get(of) ?? "");
  const image = imageOf(number);
  await arrived(image);
  const cast = (content.characters?.characters ?? []).map((/** @type {any} */ c) => ({ key: c.key, name: c.name }));
  const shapes = new Map(lettered && letters ? [...letters.balloons, ...letters.sfx].map((shape) => [shape.key, shape]) : []);
  const rtl = (graph?.direction ?? content.concept?.direction) !== "ltr";
  return {
    key: page.key, number, count: pages.length, version, image, cast, lettered,
    rtl,
    language: graph?.language ?? content.concept?.language ?? "ja",
    page: graph?.trim ?? shown.page,
    live: graph?.live ?? null, bleed: graph?.bleed ?? null,
    panels: panelsOf(page, shapes, new Map(cast.map((/** @type {any} */ c) => [c.key, c.name]))),
    pages: pages.map((/** @type {any} */ p) => ({
      key: p.key, number: p.number, side: p.side, half: p.spread ?? "", layout: { flow: rtl ? "rtl" : "ltr" }, image: imageOf(p.number),
      panels: p.panels.map((/** @type {any} */ k) => ({ key: k.key })),
    })),
  };
}

/**
 * The same page as it is drawn anew, before its version is there: what the storyboard says besides comes with that.
 * @param {Scene} scene @param {{image_url: string, graph_url: string}} told @returns {Promise<Scene>}
 */
export async function redrawnScene(scene, told) {
  const graph = await api(told.graph_url);
  await arrived(told.image_url);
  const shapes = new Map([...graph.balloons, ...graph.sfx].map((/** @type {any} */ shape) => [shape.key, shape]));
  const frames = new Map(graph.panels.map((/** @type {any} */ panel) => [panel.key, panel.polygon]));
  const letters = (/** @type {Letters} */ each) => {
    const shape = shapes.get(each.key) ?? null;
    if (!shape) return each.shape ? [] : [each];
    const runs = shape.text?.vertical === false ? "level" : "vertical";
    return [{ ...each, shape, box: boundsOf(shape.polygon), text: shape.text?.source ?? each.text, runs, ink: shape.style ?? each.ink }];
  };
  const panels = scene.panels.filter((panel) => frames.has(panel.key)).map((panel) => {
    const polygon = frames.get(panel.key);
    return { ...panel, polygon, box: boundsOf(polygon), letters: panel.letters.flatMap(letters) };
  });
  return { ...scene, image: told.image_url, panels };
}

export const threeDigits = (/** @type {number} */ number) => String(number).padStart(3, "0");

/** A page of a book that is there, small. @param {number} number @param {string} version */
export const thumbOf = (number, version) => `${fileOf(`pages/${threeDigits(number)}.png`, version)}&small=true`;

/** Waits for a picture, so that the old page stays until the new one is there. @param {string} url */
function arrived(url) {
  if (!url) return Promise.resolve();
  const picture = new Image();
  picture.src = url;
  return picture.decode().catch(() => undefined);
}

/** @param {any} page @param {Map<string, any>} shapes @param {Map<string, string>} names @returns {Panel[]} */
function panelsOf(page, shapes, names) {
  const titles = (page.strips ?? []).flatMap((/** @type {any} */ strip) => Array(strip.panels).fill(strip.title));
  const frames = new Map(page.layout.frames.map((/** @type {any} */ frame) => [frame.key, frame.polygon]));
  return page.panels.map((/** @type {any} */ panel, /** @type {number} */ index) => {
    const count = { balloon: 0, sound: 0 };
    const letters = panel.dialogue.parts.map((/** @type {any} */ part) => {
      const sort = part.kind === "sfx" ? "sound" : "balloon";
      const shape = shapes.get(part.key) ?? null;
      return {
        key: part.key, sort, n: (count[/** @type {"balloon" | "sound"} */ (sort)] += 1), kind: part.kind, speaker: part.speaker,
        who: names.get(part.speaker) ?? "", text: part.text, ruby: part.ruby ?? [], off_panel: part.off_panel, place: part.place,
        panel: panel.key, shape, box: shape ? boundsOf(shape.polygon) : null, runs: shape?.text?.vertical === false ? "level" : "vertical",
        ink: shape?.style ?? "black",
      };
    });
    const polygon = frames.get(panel.key);
    return {
      key: panel.key, n: index + 1, polygon, box: boundsOf(polygon), importance: panel.importance,
      seen: panel.direction.seen, direction: panel.direction, strip: titles[index] ?? null, letters,
    };
  });
}

/** What an element is called aloud. @param {Scene} scene @param {string} key */
export function nameOf(scene, key) {
  const letters = lettersOf(scene).find((each) => each.key === key);
  if (letters) {
    const panel = scene.panels.find((each) => each.key === letters.panel)?.n ?? 0;
    const places = { n: letters.n, panel, who: letters.who, text: letters.text };
    if (letters.sort === "sound") return t("editing.name_sound", places);
    if (letters.kind === "narration") return t("editing.name_caption", places);
    return t(letters.who ? "editing.name_balloon" : "editing.name_balloon_nobody", places);
  }
  const panel = scene.panels.find((each) => each.key === key);
  if (panel) return t("editing.name_panel", { n: panel.n, count: panel.letters.length });
  const page = scene.pages.find((each) => each.key === key);
  return page ? t("editing.name_page", { n: page.number }) : key;
}

/** All letters of a page in reading order. @param {Scene} scene @returns {Letters[]} */
export const lettersOf = (scene) => scene.panels.flatMap((panel) => panel.letters);

/** Where something stands at this version: `p03`, `p03.k2`, `p03.k2.b1`. @param {Scene} scene @param {string} key */
export function addressOf(scene, key) {
  const page = `p${String(scene.number).padStart(2, "0")}`;
  const letters = lettersOf(scene).find((each) => each.key === key);
  const panel = scene.panels.find((each) => each.key === (letters?.panel ?? key));
  if (!panel) return page;
  return `${page}.k${panel.n}${letters ? `.${letters.sort === "sound" ? "s" : "b"}${letters.n}` : ""}`;
}
