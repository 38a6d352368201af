/** Both sides of the talk: what a person said, what was understood of it, what changed (before and after), what did not and why. */
import { signal } from "@preact/signals";
import { Chip, classes, html, Icon, IconButton, Picture } from "../../ui.js";
import { date, t } from "../../i18n.js";
import { api } from "../../api.js";
import { at } from "../../router.js";
import { stamp, status, useFetched, work } from "../../work.js";
import { didOf } from "../versions/said.js";

/** What was said last in this window, until its answer is put away. */
export const asked = signal("");
/** The one person of a service without tokens. */
const ALONE = "local";
const REST = ["completed", "awaiting_feedback", "failed", "parked"];

/** @param {string} id @param {number} limit @returns {Promise<any[]>} oldest first */
export const talkOf = async (id, limit) => (await api(`/v1/works/${id}/talk?limit=${limit}`)).items;

/** At the foot of a view: the answer to what was said last, as soon as the work rests. */
export function LastAnswer() {
  const { id } = work.value;
  const wanted = asked.value && REST.includes(status.value) ? asked.value : "";
  const { data } = useFetched(async () => (wanted ? (await talkOf(id, 3)).findLast((one) => one.text === wanted) : null), [id, wanted, stamp.value]);
  if (!wanted || !data || data.state === "waiting" || data.state === "asked_back") return null;
  return html`<section class="last-answer" aria-label=${t("talk.answer")}>
    <${Answer} entry=${data} most=${4} />
    <${IconButton} icon="close" label=${t("frame.close")} onClick=${() => (asked.value = "")} />
  </section>`;
}

/** What was said, and what was answered. @param {{entry: any}} props */
export function Exchange({ entry }) {
  const said = entry.text || (entry.edits ? t("talk.by_hand", { n: entry.edits }) : t(`talk.said_${entry.action}`));
  return html`<div class="said mine"><p>${said}</p><time datetime=${entry.at}>${entry.by && entry.by !== ALONE ? t("talk.by_whom", { who: entry.by, at: date(entry.at) }) : date(entry.at)}</time></div>
    <div class="said"><${Answer} entry=${entry} most=${8} /></div>`;
}

/** @param {{entry: any, most: number}} props */
function Answer({ entry, most }) {
  const { outcomes, understood } = entry;
  const told = outcomes.length > 0 || entry.action === "edit"; // what a hand did needs no word
  return html`<div class="answer-words" role="status">
    ${understood.length > 0 && !told && html`<p>${t("talk.understood")} ${understood.map((/** @type {any} */ one) => bare(one.instruction) || Object.keys(one.edit?.change_data ?? {}).map(didOf).join(t("editing.and"))).join(t("talk.next_one"))}</p>`}
    ${outcomes.length > 0 && html`<ul>${outcomes.map((/** @type {any} */ one, /** @type {number} */ index) => html`<${Outcome} key=${index} one=${one} />`)}</ul>`}
    ${entry.state === "asked_back" && html`<p class="asked-back">${entry.question}</p>`}
    ${entry.state === "waiting" && html`<p class="quiet-text">${t("talk.being_done")}</p>`}
    ${entry.state === "dropped" && html`<p class="quiet-text">${t("talk.broken_off")}</p>`}
    ${entry.state === "done" && !entry.noted && entry.text && html`<p class="quiet-text">${t("talk.not_noted")}</p>`}
    ${entry.state === "done" && entry.before && entry.version_id && html`<${BeforeAndAfter} before=${entry.before} after=${entry.version_id} most=${most} />`}
  </div>`;
}

/** `p01.k2` as people call it; what is no address stays. @param {string} address */
function called(address) {
  const [, page, panel] = /^p(\d+)(?:\.k(\d+))?$/.exec(address) ?? [];
  if (!page) return address;
  return panel ? t("talk.at_panel", { page: Number(page), panel }) : t("talk.at_page", { page: Number(page) });
}

/** A wish without the addresses that the studio put before it. @param {string} said */
const bare = (said) => (said ?? "").replace(/^(?:p\d{2,}[\w.]*(?:, )?)+: /, "");

/** What became of one wish. @param {{one: any}} props */
export function Outcome({ one }) {
  const how = one.count ? (one.reason ? "part" : "done") : "not";
  return html`<li class=${classes("outcome", how)}><${Chip} kind=${how === "done" ? "green" : "red"}>${t(`talk.became_${how}`)}</${Chip}>
    ${t("talk.wish", { what: bare(one.instruction) })}
    ${one.count > 0 && html` <span class="quiet-text">${t("talk.changed_at", { where: one.changed.map(called).join(t("talk.next_one")) + (one.count > one.changed.length ? " …" : "") })}</span>`}
    ${(one.reason || !one.count) && html` <span class="why">${t("talk.why", { why: one.reason || t("talk.nothing_to_change") })}</span>`}</li>`;
}

/** Panels that differ, old beside new. @param {{before: string, after: string, most: number}} props */
function BeforeAndAfter({ before, after, most }) {
  const { id } = work.value;
  const { data } = useFetched(() => (before === after ? Promise.resolve(null) : api(`/v1/works/${id}/versions/${before}/diff/${after}?panels=true`)), [id, before, after]);
  if (!data) return null;
  if (!data.panels_changed) return html`<p class="quiet-text">${t("talk.no_panel_changed")}</p>`;
  const shown = data.panels.slice(0, most);
  return html`<ul class="before-after" aria-label=${t("talk.panels_changed", { n: data.panels_changed })}>${shown.map((/** @type {any} */ panel) => html`<li key=${panel.panel}>
      <a href=${at(id, `pages/${(panel.after ?? panel.before).page}`, panel.after ? { at: panel.panel } : {})}>${called((panel.after ?? panel.before).address)}</a>
      <span class="pair"><${Half} side=${panel.before} name="before" /><${Icon} name="right" /><${Half} side=${panel.after} name="after" /></span></li>`)}
      ${data.panels_changed > shown.length && html`<li class="more"><a href=${at(id, `compare/${before}/${after}`)}>${t("talk.more_panels", { n: data.panels_changed - shown.length })}</a></li>`}
    </ul>`;
}

/** @param {{side: any, name: "before" | "after"}} props */
function Half({ side, name }) {
  const words = t(`talk.${name}`, { where: called(side?.address ?? "") });
  if (!side?.image) return html`<span class="quiet-text">${side ? words : t(`talk.none_${name}`)}</span>`;
  return html`<${Picture} src=${side.image.url} alt=${words} width=${side.image.width} height=${side.image.height} lazy=${false} />`;
}
