/** The plot as scenes on cards, act by act; the beats and lines of a scene open under it. */
import { useSignal } from "@preact/signals";
import { Button, Chip, Dialog, html } from "../../ui.js";
import { t } from "../../i18n.js";
import { mayEdit } from "../../session.js";
import { at } from "../../router.js";
import { work } from "../../work.js";
import { Phase, usePhase } from "./phase.js";
import { Fields, wordOf } from "./editing.js";

export const words = ["phases", "words"];
export const sheets = ["views/phases/phases.css"];
const NAMES = ["heading", "place", "what_happens", "time_of_day", "weather", "emotion", "importance", "setting", "flashback"];

/** @param {{query: URLSearchParams}} props */
export function View({ query }) {
  const found = usePhase("plot", query);
  const editing = useSignal(/** @type {any} */ (null));
  const plot = found.content ?? {};
  const scenes = new Map((plot.scenes ?? []).map((/** @type {any} */ scene, /** @type {number} */ index) => [scene.key, { ...scene, number: index + 1 }]));
  const acts = plot.acts?.length ? plot.acts : [{ name: "", scenes: [...scenes.keys()] }];
  const names = new Map((found.shown?.bible ?? []).map((/** @type {any} */ entry) => [entry.who, entry.name]));
  const edit = (/** @type {any} */ scene) => (editing.value = scene);
  return html`<${Phase} phase="plot" found=${found} tools=${html`<a class="button" href=${at(work.value.id, "lines")}>${t("phases.all_lines")}</a>`}>
    <p class="quiet-text">${t("phases.plot_counts", { scenes: found.shown?.summary.scenes, beats: found.shown?.summary.beats, pages: found.shown?.summary.pages })}</p>
    ${acts.map((/** @type {any} */ act) => html`<section key=${act.name} class="act">
      ${act.name && html`<h2>${wordOf(act.name)}</h2>`}
      <ol class="scenes">${act.scenes.map((/** @type {string} */ key) => scenes.get(key)).filter(Boolean).map((/** @type {any} */ scene) => html`<${Scene} key=${scene.key} scene=${scene} names=${names} onEdit=${edit} />`)}</ol>
    </section>`)}
    <${Dialog} wide title=${editing.value ? t("phases.edit_scene", { n: editing.value.number }) : ""} open=${Boolean(editing.value)} onClose=${() => (editing.value = null)}>
      ${editing.value && html`<${Fields} element=${editing.value.key} of=${editing.value} fields=${found.shown?.fields?.scene} names=${NAMES} onDone=${() => (editing.value = null)} />`}
    </${Dialog}>
  </${Phase}>`;
}

/** @param {{scene: any, names: Map<string, string>, onEdit: (scene: any) => void}} props */
function Scene({ scene, names, onEdit }) {
  const beats = scene.beats ?? [];
  const lines = beats.flatMap((/** @type {any} */ beat) => beat.lines);
  return html`<li class="scene card" id=${scene.key}>
    <header><span class="scene-number">${scene.number}</span>
      <div><h3>${scene.heading || scene.place}</h3>
        <p class="quiet-text">${[scene.place, wordOf(scene.time_of_day), wordOf(scene.weather)].filter(Boolean).join("・")}</p></div>
      <span class="weight" role="img" aria-label=${t("phases.importance", { n: scene.importance })}>${"●".repeat(scene.importance)}<span>${"○".repeat(5 - scene.importance)}</span></span></header>
    <p>${scene.what_happens}</p>
    <p class="chips"><${Chip}>${wordOf(scene.emotion)}</${Chip}> ${scene.flashback && html`<${Chip}>${t("phases.flashback")}</${Chip}>`}
      ${scene.present.map((/** @type {string} */ who) => names.has(who) && html`<${Chip} key=${who}>${names.get(who)}</${Chip}>`)}</p>
    ${lines.length > 0 && html`<details><summary>${t("phases.lines", { n: lines.length })}</summary>
      <ol class="lines">${lines.map((/** @type {any} */ line) => html`<li key=${line.key}><b>${line.speaker ? names.get(line.speaker) ?? line.speaker : wordOf(line.kind)}</b> ${line.text}</li>`)}</ol></details>`}
    ${mayEdit.value && html`<${Button} kind="quiet" onClick=${() => onEdit(scene)}>${t("phases.edit")}</${Button}>`}
  </li>`;
}
