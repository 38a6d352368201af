/** The page itself: what stands on it, its place in the book, and all that was changed by hand. */
import { Button, html } from "../../ui.js";
import { t } from "../../i18n.js";
import { didOf } from "../versions/said.js";
import { accepted, edit, looks, undo, waiting } from "./edits.js";
import * as desk from "./desk.js";
import { nameOf } from "./scene.js";

export function PageForm() {
  const scene = /** @type {import("./scene.js").Scene} */ (desk.scene.value);
  return html`<h2>${t("editing.page_n", { n: scene.number })}</h2>
    <p class="hint">${t(desk.editable.value ? "editing.choose_hint" : "editing.look_hint")}</p>
    <ul class="elements">${scene.panels.map((panel) => html`<li key=${panel.key}>
      <button type="button" class="element" onClick=${() => desk.choose(panel.key)}>${nameOf(scene, panel.key)}</button>
      ${panel.letters.length > 0 && html`<ul>${panel.letters.map((each) => html`<li key=${each.key}>
        <button type="button" class=${`element${looks.value.get(each.key)?.gone ? " gone" : ""}`} onClick=${() => desk.choose(each.key)}>${nameOf(scene, each.key)}</button></li>`)}</ul>`}
    </li>`)}</ul>
    ${desk.editable.value && html`<${PageTools} />`}
    <${Handwork} />
    <details class="handwork"><summary>${t("editing.keys_title")}</summary>
      <ul>${["keys_page", "keys", "keys_tip", "keys_border"].map((which) => html`<li key=${which}>${t(`editing.${which}`)}</li>`)}</ul></details>`;
}

function PageTools() {
  const { key, number, pages } = /** @type {import("./scene.js").Scene} */ (desk.scene.value);
  const at = pages.findIndex((page) => page.key === key);
  const [before, after] = [pages[at - 1], pages[at + 1]];
  const position = (/** @type {string} */ to) => () => void edit("drag_drop", key, { position: { before: to } }, {});
  const insert = (/** @type {string} */ to) => () => void edit("drag_drop", "storyboard", { insert_page: { before: to } }, {});
  return html`<fieldset class="tools"><legend>${t("editing.page_tools")}</legend>
    <div class="buttons">
      <${Button} onClick=${() => void edit("drag_drop", key, { insert_panel: { before: "" } }, {})}>${t("editing.panel_at_end")}</${Button}>
      <${Button} onClick=${insert(key)}>${t("editing.page_before")}</${Button}>
      <${Button} onClick=${insert(after?.key ?? "")}>${t("editing.page_after")}</${Button}>
      <${Button} disabled=${!before} onClick=${before && position(before.key)}>${t("editing.page_earlier")}</${Button}>
      <${Button} disabled=${!after} onClick=${position(pages[at + 2]?.key ?? "")}>${t("editing.page_later")}</${Button}>
      <${Button} kind="danger" disabled=${pages.length < 2} onClick=${() => desk.remove(key)}>${t("editing.delete_page", { n: number })}</${Button}>
    </div>
    <p class="hint">${t("editing.delete_page_hint")}</p>
  </fieldset>`;
}

/** Every edit of the work, the newest first; any of them can be taken back. */
function Handwork() {
  const scene = /** @type {import("./scene.js").Scene} */ (desk.scene.value);
  const taken = new Set(waiting.value.map((deed) => deed.undo));
  const list = accepted.value.toReversed().slice(0, 60);
  if (!list.length) return null;
  return html`<details class="handwork"><summary>${t("editing.handwork", { n: accepted.value.length })}</summary>
    <ul>${list.map((each) => html`<li key=${each.id}>
      <span>${each.fields.map(didOf).join(t("editing.and"))}
        <span class="quiet-text"> ${nameOf(scene, each.element)}${each.status === "active" ? "" : ` · ${t(`editing.edit_${each.status}`)}`}</span></span>
      ${desk.editable.value && html`<${Button} kind="quiet" disabled=${taken.has(each.id)} onClick=${() => undo(each.id)}
        aria-label=${`${t("editing.take_back")}: ${nameOf(scene, each.element)}`}>${t("editing.take_back")}</${Button}>`}
    </li>`)}</ul></details>`;
}
