/** Panels of the older version whose pictures are put into the newest one and stay there. */
import { useSignal } from "@preact/signals";
import { Button, Check, html } from "../../ui.js";
import { t } from "../../i18n.js";
import { say, sayProblem } from "../../notices.js";
import { work } from "../../work.js";
import { send } from "../versions/orders.js";

const SHOWN = 60;

/** @param {{id: string, old: string, oldTitle: string, changes: import("./changes.js").Change[],
 *   page: number | null}} props `changes` are of pictures, `page` is the one that is looked at */
export function KeepPanels({ id, old, oldTitle, changes, page }) {
  const wanted = useSignal(/** @type {ReadonlySet<string>} */ (new Set()));
  const busy = useSignal(false);
  const working = ["queued", "processing"].includes(work.value?.status);
  async function keepThem() {
    busy.value = true;
    try {
      await send(id, old, "keep", { panels: [...wanted.value] });
      say(t("compare.kept", { n: wanted.value.size }));
      wanted.value = new Set();
    } catch (error) {
      sayProblem(error);
    }
    busy.value = false;
  }
  /** @param {string} key @param {boolean} yes */
  function choose(key, yes) {
    const next = new Set(wanted.value);
    if (yes) next.add(key);
    else next.delete(key);
    wanted.value = next;
  }
  return html`<section class="keep"><h2>${t("compare.keep_heading")}</h2>
    <p class="hint">${t("compare.keep_why", { version: oldTitle })}</p>
    <ul class="keep-list">${changes.slice(0, SHOWN).map((change) => html`<li key=${change.element} class=${change.where.startsWith(`p${String(page).padStart(2, "0")}.`) ? "here" : null}>
      <${Check} label=${change.where} checked=${wanted.value.has(change.element)}
        onChange=${(/** @type {boolean} */ yes) => choose(change.element, yes)} /></li>`)}</ul>
    ${changes.length > SHOWN && html`<p class="hint">${t("compare.more", { n: changes.length - SHOWN })}</p>`}
    <${Button} kind="main" busy=${busy.value} disabled=${!wanted.value.size || working} onClick=${keepThem}>
      ${t("compare.keep", { n: wanted.value.size })}</${Button}>
  </section>`;
}
