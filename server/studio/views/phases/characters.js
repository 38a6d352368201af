/** Character sheets: who is in it, how they look and how they speak. */
import { useSignal } from "@preact/signals";
import { Button, Chip, Choice, Dialog, Picture, classes, html } from "../../ui.js";
import { t } from "../../i18n.js";
import { mayEdit } from "../../session.js";
import { editable, fileOf, order } from "../../work.js";
import { sayProblem } from "../../notices.js";
import { aim, aimedAt } from "../talk/aim.js";
import { Phase, usePhase } from "./phase.js";
import { Fields, calledIn, change, wordOf } from "./editing.js";

export const words = ["phases", "words", "talk"];
export const sheets = ["views/phases/phases.css"];
const SHOWN = ["kind", "age", "gender", "build", "hair_style", "hair_color", "eyes", "outfit", "outfit_tone", "hat"];

/** @param {{query: URLSearchParams}} props */
export function View({ query }) {
  const found = usePhase("characters", query);
  const editing = useSignal(/** @type {any} */ (null));
  const cast = found.content?.characters ?? [];
  const fields = found.shown?.fields?.character ?? {};
  const locks = new Set(found.shown?.locks ?? []);
  return html`<${Phase} phase="characters" found=${found}>
    ${found.shown?.images.map((/** @type {any} */ image) => html`<${Picture} key=${image.blob} class="picture board" src=${image.url} lazy=${false}
      width=${image.width} height=${image.height} alt=${t("phases.cast_picture")} />`)}
    <ul class="cast">${cast.map((/** @type {any} */ person) => html`<${Sheet} key=${person.key} person=${person} cast=${cast} fields=${fields} locked=${locks.has(person.key)}
      onEdit=${() => (editing.value = person)} />`)}</ul>
    <${Dialog} wide title=${editing.value ? t("phases.edit_person", { name: editing.value.name }) : ""} open=${Boolean(editing.value)} onClose=${() => (editing.value = null)}>
      ${editing.value && html`<${Fields} element=${editing.value.key} of=${editing.value} fields=${fields} names=${Object.keys(fields).filter((name) => name !== "same_as" && (editing.value.other || !name.startsWith("other.")))} onDone=${() => (editing.value = null)} />`}
    </${Dialog}>
  </${Phase}>`;
}

/** Somebody whom the story has under two names. @param {{person: any, cast: any[]}} props */
function SamePerson({ person, cast }) {
  const other = useSignal("");
  const others = /** @type {[string, string][]} */ (cast.filter((one) => one.key !== person.key).map((one) => [one.key, one.name]));
  if (!others.length || !editable.value) return null;
  const name = others.find(([key]) => key === other.value)?.[1] ?? "";
  return html`<details><summary>${t("phases.same_person")}</summary>
    <${Choice} label=${t("phases.same_as", { name: person.name })} hint=${t("phases.same_hint")} value=${other.value}
      options=${[["", t("phases.nobody")], ...others]} onChange=${(/** @type {string} */ key) => (other.value = key)} />
    <${Button} disabled=${!name} onClick=${() => change([{ change_type: "selection", element_id: person.key, change_data: { same_as: other.value } }],
      t("phases.merged", { name: person.name, other: name }))}>${t("phases.merge_people")}</${Button}></details>`;
}

/** @param {{person: any, cast: any[], fields: Record<string, any>, locked: boolean, onEdit: () => void}} props */
function Sheet({ person, cast, fields, locked, onEdit }) {
  const { look = {}, speech = {} } = person;
  const lock = () => order("locks", { elements: [person.key], off: locked }).catch(sayProblem);
  const target = { address: person.name, label: person.name, kind: "character" };
  return html`<li class=${classes("sheet card", aimedAt(person.name) && "chosen")}>
    ${person.reference_images?.length > 0 && html`<div class="turnaround">${person.reference_images.map((/** @type {any} */ blob) => html`<${Picture} key=${blob}
      src=${fileOf(blob.blob ?? blob)} alt=${t("phases.sheet_of", { name: person.name })} />`)}</div>`}
    <h2>${person.name} <${Chip}>${wordOf(person.role)}</${Chip}> ${locked && html`<${Chip} kind="green">${t("phases.locked")}</${Chip}>`}</h2>
    <p>${person.description}</p>
    ${person.other && html`<h3>${t("phases.other_shape")}</h3>
      ${person.other.reference_images?.length > 0 && html`<div class="turnaround">${person.other.reference_images.map((/** @type {any} */ blob) => html`<${Picture} key=${blob}
        src=${fileOf(blob.blob ?? blob)} alt=${t("phases.sheet_of", { name: person.name })} />`)}</div>`}
      <p>${person.other.description}</p>`}
    ${person.personality && html`<p class="quiet-text">${person.personality}</p>`}
    <details><summary>${t("phases.look")}</summary><dl class="facts small">${SHOWN.filter((name) => look[name] && look[name] !== "none").map((name) => html`<div key=${name}>
      <dt>${t(`phases.field_look.${name}`)}</dt><dd>${calledIn(fields[`look.${name}`]?.schema, look[name])}</dd></div>`)}</dl></details>
    <details><summary>${t("phases.speech_card")}</summary><dl class="facts small">
      ${speech.first_person && html`<div><dt>${t("phases.field_speech.first_person")}</dt><dd>${speech.first_person}</dd></div>`}
      ${speech.endings?.length > 0 && html`<div><dt>${t("phases.field_speech.endings")}</dt><dd>${speech.endings.join("・")}</dd></div>`}
      ${speech.politeness && html`<div><dt>${t("phases.field_speech.politeness")}</dt><dd>${wordOf(speech.politeness)}</dd></div>`}
      ${speech.voice && speech.voice !== "usual" && html`<div><dt>${t("phases.field_speech.voice")}</dt><dd>${wordOf(speech.voice)}</dd></div>`}
      ${person.aliases?.length > 0 && html`<div><dt>${t("phases.field_aliases")}</dt><dd>${person.aliases.join("・")}</dd></div>`}
    </dl></details>
    ${mayEdit.value && html`<${SamePerson} person=${person} cast=${cast} />
    <div class="buttons">
      <${Button} kind="quiet" onClick=${onEdit}>${t("phases.edit")}</${Button}>
      <${Button} kind="quiet" aria-pressed=${aimedAt(person.name) ? "true" : "false"} onClick=${() => aim(target)}>${t("phases.talk_about")}</${Button}>
      <${Button} kind="quiet" disabled=${!editable.value} onClick=${lock}>${t(locked ? "phases.unlock" : "phases.lock")}</${Button}>
    </div>`}
  </li>`;
}
