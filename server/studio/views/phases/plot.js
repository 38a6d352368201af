/** The plot as scenes on cards, act by act; the beats and lines of a scene open under it. */
import { useSignal } from "@preact/signals";
import { Button, Chip, Dialog, Icon, classes, html } from "../../ui.js";
import { t } from "../../i18n.js";
import { mayEdit } from "../../session.js";
import { at } from "../../router.js";
import { editable, work } from "../../work.js";
import { Phase, usePhase } from "./phase.js";
import { Fields, change, wordOf } from "./editing.js";

export const words = ["phases", "words"];
export const sheets = ["views/phases/phases.css"];
const SCENE = "application/x-mangaka-scene";
const NAMES = ["heading", "place", "what_happens", "time_of_day", "weather", "ground", "emotion", "importance", "setting", "flashback"];

/** @param {{query: URLSearchParams}} props */
export function View({ query }) {
  const found = usePhase("plot", query);
  const editing = useSignal(/** @type {any} */ (null));
  const plot = found.content ?? {};
  const scenes = new Map((plot.scenes ?? []).map((/** @type {any} */ scene, /** @type {number} */ index) => [scene.key, { ...scene, number: index + 1 }]));
  const acts = plot.acts?.length ? plot.acts : [{ name: "", scenes: [...scenes.keys()] }];
  const names = new Map((found.shown?.bible ?? []).map((/** @type {any} */ entry) => [entry.who, entry.name]));
  const edit = (/** @type {any} */ scene) => (editing.value = scene);
  const order = [...scenes.keys()];
  const movable = mayEdit.value && editable.value && !found.version && order.length > 1;
  /** @param {string} key @param {string} before another scene; empty for the end */
  const move = (key, before) => {
    const at = order.indexOf(key);
    if (key === before || (order[at + 1] ?? "") === before) return undefined;
    return change([{ change_type: "drag_drop", element_id: key, change_data: { position: { before } } }], t("phases.moved"));
  };
  return html`<${Phase} phase="plot" found=${found} tools=${html`<a class="button" href=${at(work.value.id, "lines")}>${t("phases.all_lines")}</a>`}>
    <p class="quiet-text">${t("phases.plot_counts", { scenes: found.shown?.summary.scenes, beats: found.shown?.summary.beats, pages: found.shown?.summary.pages })}</p>
    ${movable && html`<p class="hint">${t("phases.scene_drag")}</p>`}
    ${acts.map((/** @type {any} */ act) => html`<section key=${act.name} class="act">
      ${act.name && html`<h2>${wordOf(act.name)}</h2>`}
      <ol class="scenes">${act.scenes.map((/** @type {string} */ key) => scenes.get(key)).filter(Boolean).map((/** @type {any} */ scene) => html`<${Scene} key=${scene.key} scene=${scene} names=${names} onEdit=${edit} order=${movable ? order : null} onMove=${move} />`)}</ol>
    </section>`)}
    <${Things} things=${found.shown?.things ?? []} fields=${found.shown?.fields?.thing} old=${Boolean(found.version)} />
    <${Dialog} wide title=${editing.value ? t("phases.edit_scene", { n: editing.value.number }) : ""} open=${Boolean(editing.value)} onClose=${() => (editing.value = null)}>
      ${editing.value && html`<${Fields} element=${editing.value.key} of=${editing.value} fields=${found.shown?.fields?.scene} names=${NAMES} onDone=${() => (editing.value = null)} />`}
    </${Dialog}>
  </${Phase}>`;
}

/** What no stock has and a model drew for this work; its class is drawn once its shape is thrown away.
 * @param {{things: any[], fields: any, old: boolean}} props */
function Things({ things, fields, old }) {
  const editing = useSignal(/** @type {any} */ (null));
  if (things.length === 0) return null;
  const drop = (/** @type {any} */ thing) => change([{ change_type: "drag_drop", element_id: thing.key, phase: "plot", change_data: { delete: true } }], t("phases.thing_gone", { name: thing.word }));
  return html`<section class="act"><h2>${t("phases.things")}</h2>
    <p class="hint">${t("phases.things_hint")}</p>
    <ul class="things">${things.map((thing) => html`<li key=${thing.key} class="card" id=${thing.key}>
      <svg class="thing-shape" viewBox="-4 -4 108 108" role="img" aria-label=${thing.word}>${thing.outlines.map((/** @type {any} */ mark, /** @type {number} */ index) => html`<path key=${index} class=${`surface-${mark.surface}`} d=${mark.path} />`)}</svg>
      <h3>${thing.word}</h3><p class="quiet-text"><code>${thing.key}</code> ${thing.cm} cm</p>
      ${!old && mayEdit.value && html`<div class="buttons"><${Button} kind="quiet" onClick=${() => (editing.value = thing)}>${t("phases.edit")}</${Button}>
        <${Button} kind="quiet" disabled=${!editable.value} onClick=${() => drop(thing)}>${t("phases.thing_drop")}</${Button}></div>`}
    </li>`)}</ul>
    <${Dialog} title=${editing.value ? t("phases.thing_edit", { name: editing.value.word }) : ""} open=${Boolean(editing.value)} onClose=${() => (editing.value = null)}>
      ${editing.value && html`<${Fields} element=${editing.value.key} of=${editing.value} fields=${fields} names=${["cm", "grip", "view"]} onDone=${() => (editing.value = null)} />`}
    </${Dialog}></section>`;
}

/** @param {{scene: any, names: Map<string, string>, onEdit: (scene: any) => void, order: string[] | null, onMove: (key: string, before: string) => any}} props */
function Scene({ scene, names, onEdit, order, onMove }) {
  const over = useSignal("");
  const beats = scene.beats ?? [];
  const lines = beats.flatMap((/** @type {any} */ beat) => beat.lines);
  const at = order?.indexOf(scene.key) ?? 0;
  /** Before this card, or after it when it is dropped on its far half. @param {any} event */
  const half = (event) => {
    const box = event.currentTarget.getBoundingClientRect();
    return event.clientX > box.x + box.width / 2 ? "after" : "before";
  };
  const drags = order && {
    draggable: true,
    onDragStart: (/** @type {any} */ event) => event.dataTransfer.setData(SCENE, scene.key),
    onDragOver: (/** @type {any} */ event) => {
      if (!event.dataTransfer.types.includes(SCENE)) return;
      event.preventDefault();
      over.value = half(event);
    },
    onDragLeave: () => (over.value = ""),
    onDrop: (/** @type {any} */ event) => {
      const key = event.dataTransfer.getData(SCENE);
      event.preventDefault();
      over.value = "";
      if (key && key !== scene.key) onMove(key, half(event) === "before" ? scene.key : order[at + 1] === key ? order[at + 2] ?? "" : order[at + 1] ?? "");
    },
  };
  return html`<li class=${classes("scene card", over.value && `drop-${over.value}`)} id=${scene.key} ...${drags}>
    <header><span class="scene-number">${scene.number}</span>
      <div><h3>${scene.heading || scene.place}</h3>
        <p class="quiet-text">${[scene.place, wordOf(scene.time_of_day), wordOf(scene.weather), wordOf(scene.emotion)].filter(Boolean).join("・")}</p></div>
      <span class="weight" role="img" title=${t("phases.importance", { n: scene.importance })} aria-label=${t("phases.importance", { n: scene.importance })}>${[1, 2, 3, 4, 5].map((n) => html`<${Icon} key=${n} name=${n <= scene.importance ? "dot" : "ring"} />`)}</span></header>
    <p>${scene.what_happens}</p>
    <p class="chips">${scene.flashback && html`<${Chip}>${t("phases.flashback")}</${Chip}>`}
      ${scene.present.map((/** @type {string} */ who) => names.has(who) && html`<${Chip} key=${who}>${names.get(who)}</${Chip}>`)}</p>
    ${lines.length > 0 && html`<details><summary>${t("phases.lines", { n: lines.length })}</summary>
      <ol class="lines">${lines.map((/** @type {any} */ line) => html`<li key=${line.key}><b>${line.speaker ? names.get(line.speaker) ?? line.speaker : wordOf(line.kind)}</b> ${line.text}</li>`)}</ol></details>`}
    ${mayEdit.value && html`<div class="buttons"><${Button} kind="quiet" onClick=${() => onEdit(scene)}>${t("phases.edit")}</${Button}>
      ${order && html`<button type="button" class="icon-button boxed" disabled=${at === 0} aria-label=${t("phases.scene_earlier", { n: scene.number })}
          title=${t("phases.scene_earlier", { n: scene.number })} onClick=${() => onMove(scene.key, order[at - 1])}><${Icon} name="left" /></button>
        <button type="button" class="icon-button boxed" disabled=${at === order.length - 1} aria-label=${t("phases.scene_later", { n: scene.number })}
          title=${t("phases.scene_later", { n: scene.number })} onClick=${() => onMove(scene.key, order[at + 2] ?? "")}><${Icon} name="right" /></button>`}</div>`}
  </li>`;
}
