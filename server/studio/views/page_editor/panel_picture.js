/** The chosen panel's picture: drawn again, locked, the author's own; and all that it shows, field by field. */
import { api } from "../../api.js";
import { t } from "../../i18n.js";
import { html, Trouble, Waiting } from "../../ui.js";
import { preview, useFetched, work } from "../../work.js";
import { Fields, nameOf } from "../phases/editing.js";
import { PieceTools } from "../phases/piece.js";
import * as desk from "./desk.js";
import { addressOf, nameOf as calledAloud } from "./scene.js";

export const words = ["phases", "words"];
export const sheets = ["views/phases/phases.css"];
const CAMERA = ["shot", "angle", "seen"];
const PLACE = ["setting", "place", "time_of_day", "weather", "ground", "lighting", "background", "props", "effects", "emotion"];
const OF_SOMEBODY = ["present", "expression", "pose", "facing", "depth", "holds"];

/** @param {{panel: import("./scene.js").Panel}} props */
export function View({ panel }) {
  const scene = /** @type {import("./scene.js").Scene} */ (desk.scene.value);
  const { data, problem, again } = useFetched(async () => {
    const pictures = `/v1/works/${work.value.id}/panels/${encodeURIComponent(panel.key)}/alternatives?version=${encodeURIComponent(scene.version)}`;
    const [shown, { items }] = await Promise.all([preview("storyboard", scene.version, 1), api(pictures)]);
    return { shown, hangs: items.find((/** @type {any} */ item) => !item.change) };
  }, [panel.key, scene.version]);
  if (!data) return problem ? html`<${Trouble} problem=${problem} onRetry=${again} />` : html`<${Waiting} />`;
  const { shown, hangs } = data;
  const locked = [panel.key, scene.key].some((key) => shown.locks.includes(key));
  const art = { take: hangs?.take ?? 0, made: { model: hangs?.own ? "author" : "" } };
  const piece = { id: panel.key, address: addressOf(scene, panel.key), art, locked, box: panel.box };
  const figures = figuresOf(panel, scene.cast);
  const [fields, names] = fieldsOf(shown.fields.panel, figures);
  return html`<${PieceTools} piece=${piece} name=${calledAloud(scene, panel.key)} />
    <${Fields} element=${panel.key} of=${{ ...panel.direction, figures }} fields=${fields} names=${names}
      called=${(/** @type {string} */ name) => calledOf(name, scene.cast)} />`;
}

/** Fields of everybody by name; of who is not there only whether they are. @param {Record<string, any>} fields @param {Record<string, {present: boolean}>} figures @returns {[Record<string, any>, string[]]} */
function fieldsOf(fields, figures) {
  const ofThem = Object.entries(figures).flatMap(([key, { present }]) =>
    (present ? OF_SOMEBODY : ["present"]).map((part) => [`figures.${key}.${part}`, fields[`figures.*.${part}`]]));
  const people = Object.fromEntries(ofThem.filter(([, field]) => field));
  return [{ ...fields, ...people }, [...CAMERA, ...Object.keys(people), ...PLACE]];
}

/** Everybody of the cast, by key. @param {import("./scene.js").Panel} panel @param {{key: string}[]} cast */
function figuresOf(panel, cast) {
  const there = new Map(panel.direction.figures.map((/** @type {any} */ figure) => [figure.character, { ...figure, present: true }]));
  return Object.fromEntries(cast.map(({ key }) => [key, there.get(key) ?? { present: false }]));
}

/** @param {string} name @param {{key: string, name: string}[]} cast */
function calledOf(name, cast) {
  const [, who, part] = /^figures\.([^.]+)\.(\w+)$/.exec(name) ?? [];
  return who ? t(`phases.figure_${part}`, { who: cast.find((each) => each.key === who)?.name ?? who }) : nameOf(name);
}
