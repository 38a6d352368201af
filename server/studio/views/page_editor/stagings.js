/** Three other ways of showing the chosen panel, each as a small drawing: one is taken by a click, and is one edit. */
import { signal } from "@preact/signals";
import { api } from "../../api.js";
import { t } from "../../i18n.js";
import { html, Trouble, Waiting } from "../../ui.js";
import { useFetched, work } from "../../work.js";
import { edit, looks } from "./edits.js";
import * as desk from "./desk.js";
import { pathOf } from "./shapes.js";

/** Whoever has opened them for one panel sees them of the next one too. */
const open = signal(false);

/** @param {{panel: import("./scene.js").Panel}} props */
export function Stagings({ panel }) {
  return html`<details class="stagings" open=${open.value} onToggle=${(/** @type {any} */ event) => (open.value = event.currentTarget.open)}>
    <summary>${t("editing.stagings")}</summary>
    ${open.value && html`<${Choices} panel=${panel} key=${panel.key} />`}
  </details>`;
}

/** @param {{panel: import("./scene.js").Panel}} props */
function Choices({ panel }) {
  const version = /** @type {import("./scene.js").Scene} */ (desk.scene.value).version;
  const { data, problem, again } = useFetched(
    () => api(`/v1/works/${work.value.id}/panels/${encodeURIComponent(panel.key)}/stagings?version=${encodeURIComponent(version)}`),
    [panel.key, version]);
  if (!data) return problem ? html`<${Trouble} problem=${problem} onRetry=${again} />` : html`<${Waiting} />`;
  const { page, polygon, items } = data;
  const busy = looks.value.get(panel.key)?.busy ?? false;
  return html`<p class="hint">${t(items.length ? "editing.stagings_hint" : "editing.no_stagings")}</p>
    <ul class="staging-list">${items.map((/** @type {any} */ item) => html`<li key=${item.image.blob}>
      <button type="button" class="staging" disabled=${busy} onClick=${() => edit("selection", panel.key, item.change)}>
        <svg viewBox=${`0 0 ${page.width} ${page.height}`} aria-hidden="true">
          <clipPath id=${`staging-${item.name}`}><path d=${pathOf(polygon)} /></clipPath>
          <image href=${item.image.url} width=${page.width} height=${page.height} preserveAspectRatio="none" clip-path=${`url(#staging-${item.name})`} />
          <path class="border" d=${pathOf(polygon)} /></svg>
        <span>${t(`editing.staging_${item.name}`)}</span></button></li>`)}</ul>`;
}
