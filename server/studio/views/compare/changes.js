/** The differences in words, phase by phase, and which panels they are of. */
import { html } from "../../ui.js";
import { named, t } from "../../i18n.js";
import { PHASES } from "../../work.js";

/** @typedef {{phase: string, kind: string, element: string, where: string, field: string, before: any, after: any, text: string}} Change */

/** The page that a change is on, by its address (`p03.k2`); null for what is on no page. @param {Change} change */
export function pageOf(change) {
  const found = /^p(\d+)/.exec(change.where);
  return found ? Number(found[1]) : null;
}

/**
 * Keys of panels that differ on a page. Texts and balloons have the panel's key before a dot; addresses tell the rest.
 * @param {Change[]} changes @param {{key: string, kind: string, address: string}[]} elements @param {number} page
 */
export function framesOn(changes, elements, page) {
  const panels = elements.filter((element) => element.kind === "panel");
  const found = new Set();
  for (const change of changes) {
    if (pageOf(change) !== page) continue;
    const address = /^p\d+\.k\d+/.exec(change.where)?.[0];
    for (const panel of panels) if (panel.key === change.element || panel.address === address) found.add(panel.key);
  }
  return /** @type {Set<string>} */ (found);
}

/** Panels that both versions have with other pictures: these can be kept. @param {Change[]} changes */
export const otherPictures = (changes) => changes.filter((change) => change.phase === "artwork" && change.field === "picture");

/** @param {any} value */
function shown(value) {
  if (value === null || value === undefined || value === "" || (Array.isArray(value) && !value.length)) return t("compare.nothing");
  if (typeof value === "boolean") return t(value ? "compare.yes" : "compare.no");
  if (Array.isArray(value)) return value.map((each) => (typeof each === "object" ? JSON.stringify(each) : each)).join(", ");
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

/** A field's name as people say it. @param {string} field */
const fieldWord = (field) => {
  const last = field.split(".").pop() ?? "";
  const word = named("compare", `field_${last}`);
  return word.startsWith("field_") ? last.replaceAll("_", " ") : word;
};

/** @param {{change: Change}} props */
function Told({ change }) {
  if (change.field === "picture") return html`<td colspan="3">${t("compare.other_picture")}</td>`;
  if (change.kind === "moved" && change.before === null) return html`<td>${t("compare.kind_moved")}</td><td colspan="2">${shown(change.after)}</td>`;
  const what = change.field ? fieldWord(change.field) : t(`compare.kind_${change.kind}`);
  return html`<td>${what}</td><td><del>${shown(change.before)}</del></td><td><ins>${shown(change.after)}</ins></td>`;
}

/** @param {{changes: Change[], onPage: (page: number) => void}} props */
export function Changes({ changes, onPage }) {
  const phases = PHASES.filter((phase) => changes.some((change) => change.phase === phase));
  return html`<section class="changes"><h2>${t("compare.changes", { n: changes.length })}</h2>
    ${phases.map((phase) => {
      const own = changes.filter((change) => change.phase === phase);
      return html`<details key=${phase} open=${own.length <= 30}><summary>${t(`frame.phase_${phase}`)} <span class="quiet-text">${own.length}</span></summary>
        <div class="changes-table" tabindex="0" role="region" aria-label=${t(`frame.phase_${phase}`)}><table>
          <thead><tr><th scope="col">${t("compare.where")}</th><th scope="col">${t("compare.what")}</th>
            <th scope="col">${t("compare.before")}</th><th scope="col">${t("compare.after")}</th></tr></thead>
          <tbody>${own.map((change, index) => html`<tr key=${`${change.element}.${change.field}.${index}`}>
            <th scope="row">${pageOf(change) === null ? change.where || change.element : html`<button type="button" class="button quiet"
              onClick=${() => onPage(pageOf(change) ?? 0)}>${change.where}</button>`}</th><${Told} change=${change} /></tr>`)}</tbody>
        </table></div></details>`;
    })}
  </section>`;
}
