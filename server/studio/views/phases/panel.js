/** One panel of the storyboard: what is seen, who says what, and everything of it that can be changed by hand. */
import { Chip, IconButton, html } from "../../ui.js";
import { t } from "../../i18n.js";
import { mayEdit } from "../../session.js";
import { at } from "../../router.js";
import { work } from "../../work.js";
import { Fields, wordOf } from "./editing.js";
import { placeOf } from "./page_frame.js";

const NAMES = ["role", "shot", "angle", "seen", "emotion", "importance", "background", "effects", "time_of_day", "weather", "ground", "setting", "place", "lighting", "props"];

/** @param {{panel: any, element: any, fields: any, onClose: () => void}} props */
export function Panel({ panel, element, fields, onClose }) {
  const place = placeOf(element?.address ?? "");
  return html`<aside class="panel-side card" aria-label=${t("phases.at_panel", place)}>
    <header><h2>${t("phases.at_panel", place)}</h2><${IconButton} icon="close" label=${t("frame.close")} onClick=${onClose} /></header>
    <p class="chips"><${Chip} kind="blue">${wordOf(panel.role)}</${Chip}><${Chip}>${wordOf(panel.direction.shot)}</${Chip}><${Chip}>${wordOf(panel.direction.angle)}</${Chip}></p>
    <p>${panel.direction.seen}</p>
    ${panel.dialogue.parts.length > 0 && html`<ul class="lines">${panel.dialogue.parts.map((/** @type {any} */ part) => html`<li key=${part.key}><b>${wordOf(part.kind)}</b> ${part.text}</li>`)}</ul>`}
    <p><a href=${at(work.value.id, `pages/${place.page}`)}>${t("phases.edit_page")}</a></p>
    ${mayEdit.value && html`<details><summary>${t("phases.edit")}</summary>
      <${Fields} key=${panel.key} element=${panel.key} of=${{ ...panel.direction, role: panel.role, importance: panel.importance }} fields=${fields} names=${NAMES} /></details>`}
  </aside>`;
}
