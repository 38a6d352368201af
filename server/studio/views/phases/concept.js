/** The concept as one card: what the book is about, and how it is to feel. */
import { useSignal } from "@preact/signals";
import { Button, Chip, Dialog, html } from "../../ui.js";
import { t } from "../../i18n.js";
import { mayEdit } from "../../session.js";
import { Phase, usePhase } from "./phase.js";
import { Fields, wordOf } from "./editing.js";

export const words = ["phases", "words"];
export const sheets = ["views/phases/phases.css"];
const NAMES = ["title", "logline", "theme", "target_readers", "mood", "art_style", "genres", "world.place", "world.period", "world.culture", "direction", "start_side"];

/** @param {{query: URLSearchParams}} props */
export function View({ query }) {
  const found = usePhase("concept", query);
  const open = useSignal(false);
  const c = found.content ?? found.shown?.summary ?? {};
  return html`<${Phase} phase="concept" found=${found} tools=${mayEdit.value && html`<${Button} onClick=${() => (open.value = true)}>${t("phases.edit")}</${Button}>`}>
    <article class="concept card">
      <h2 class="concept-title">${c.title}</h2>
      <p class="logline">${c.logline}</p>
      <p class="chips">${(c.genres ?? []).map((/** @type {string} */ genre) => html`<${Chip} key=${genre}>${wordOf(genre)}</${Chip}>`)}</p>
      <dl class="facts">
        ${[["theme", c.theme], ["mood", c.mood], ["art_style", wordOf(c.art_style ?? "")], ["target_readers", c.target_readers],
          ["world.place", c.world?.place], ["world.period", wordOf(c.world?.period ?? "")],
          ["world.culture", wordOf(c.world?.culture ?? "")], ["direction", c.direction && t(`phases.direction_${c.direction}`)]]
          .filter(([, value]) => value).map(([name, value]) => html`<div key=${name}><dt>${t(`phases.field_${name}`)}</dt><dd>${value}</dd></div>`)}
      </dl>
    </article>
    <${Dialog} title=${t("phases.edit_concept")} open=${open.value} onClose=${() => (open.value = false)} wide>
      <${Fields} element="concept" of=${c} fields=${found.shown?.fields?.concept} names=${NAMES} onDone=${() => (open.value = false)} />
    </${Dialog}>
  </${Phase}>`;
}
