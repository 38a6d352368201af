/** The tree of versions: what there was, what came of it, and the ways back. */
import { useSignal } from "@preact/signals";
import { Button, classes, Empty, html, LinkButton, Trouble, Waiting } from "../ui.js";
import { date, money, named, number, t } from "../i18n.js";
import { api } from "../api.js";
import { at } from "../router.js";
import { mayEdit, session } from "../session.js";
import { head, stamp, useFetched, work } from "../work.js";
import { ForkDialog, NameDialog, restore } from "./versions/orders.js";
import { VersionPicture } from "./versions/picture.js";
import { SAID_WORDS, wasEdited, saidOf } from "./versions/said.js";
import { rowsOf } from "./versions/tree.js";

export const words = ["versions", ...SAID_WORDS];
export const sheets = ["views/versions/versions.css"];
const A_TIME = 500;

/** All versions of a work, oldest first. @param {string} id */
async function historyOf(id) {
  const items = [];
  let [cursor, found] = ["", /** @type {any} */ (null)];
  do {
    found = await api(`/v1/works/${id}/versions?limit=${A_TIME}${cursor && `&cursor=${cursor}`}`);
    items.push(...found.items);
    cursor = found.next;
  } while (cursor);
  return { items, branches: found.branches, head: found.head };
}

/** @param {{params: Record<string, string>}} props */
export function View({ params }) {
  const found = useFetched(() => historyOf(params.work), [params.work, head.value, stamp.value]);
  const forking = useSignal(/** @type {import("./versions/tree.js").Row | null} */ (null));
  const naming = useSignal(/** @type {import("./versions/tree.js").Row | null} */ (null));
  if (!found.data) return found.problem ? html`<${Trouble} problem=${found.problem} onRetry=${found.again} />` : html`<${Waiting} />`;
  if (!found.data.items.length) return html`<${Empty} title=${t("versions.none")} text=${t("versions.none_help")} />`;
  const { items, branches } = found.data;
  const rows = rowsOf(items, branches);
  const several = branches.length > 1;
  const lanes = rows[0].strokes.length;
  return html`<div class="versions-view">
    <h1>${t("versions.heading")}</h1>
    <p class="quiet-text">${t("versions.about")}</p>
    <${Cost} count=${items.length} />
    <ol class="version-tree" style=${{ "--lanes": lanes }} reversed>
      ${rows.map((row) => html`<${Entry} key=${row.version.version_id} id=${params.work} row=${row} several=${several}
        newest=${row.version.version_id === found.data?.head} head=${found.data?.head ?? ""}
        onFork=${() => (forking.value = row)} onName=${() => (naming.value = row)} />`)}
    </ol>
    <${ForkDialog} work=${params.work} row=${forking.value} onClose=${() => (forking.value = null)} />
    <${NameDialog} work=${params.work} row=${naming.value} onClose=${() => (naming.value = null)} />
  </div>`;
}

/** @param {{count: number}} props */
function Cost({ count }) {
  const cost = work.value?.cost;
  if (!cost) return null;
  return html`<dl class="version-cost">
    <div><dt>${t("versions.count")}</dt><dd>${number(count)}</dd></div>
    <div><dt>${t("versions.images")}</dt><dd>${number(cost.images)}</dd></div>
    <div><dt>${t("versions.calls")}</dt><dd>${number(cost.text_calls)}</dd></div>
    ${(cost.spent_usd > 0 || session.value?.paid) && html`<div><dt>${t("versions.spent")}</dt><dd>${money(cost.spent_usd)}</dd></div>`}
  </dl>`;
}

/** What a version came of. @param {import("./versions/tree.js").Version} version */
const cameOf = (version) => named("versions", `kind_${wasEdited(version) ? "edit" : version.kind}`).replace(/^kind_/, "");

/** What a version cost, as far as it cost anything. @param {import("./versions/tree.js").Cost} cost */
const costWords = (cost) => [
  cost.images > 0 && t("versions.cost_images", { n: cost.images }),
  cost.text_calls > 0 && t("versions.cost_calls", { n: cost.text_calls }),
  cost.spent_usd > 0 && money(cost.spent_usd),
].filter(Boolean);

/** Where a version is looked at. @param {string} id @param {import("./versions/tree.js").Version} version */
const lookAt = (id, version) => at(id, version.phase === "finishing" ? "read" : version.phase, { version: version.version_id });

/** @param {{id: string, row: import("./versions/tree.js").Row, newest: boolean, several: boolean, head: string, onFork: () => void,
 *   onName: () => void}} props */
function Entry({ id, row, newest, several, head: newestId, onFork, onName }) {
  const { version } = row;
  const busy = ["queued", "processing"].includes(work.value?.status);
  const phase = t(`frame.phase_${version.phase}`);
  const name = t("versions.called", { number: row.number, phase: version.name || phase });
  return html`<li class=${classes("version", newest && "newest")} id=${`v${row.number}`}>
    <${Lanes} row=${row} />
    <${VersionPicture} phase=${version.phase} version=${version.version_id} />
    <div class="version-words">
      <h2>${name}${version.name && html` <span class="quiet-text">${phase}</span>`}${newest && html` <span class="chip red">${t("versions.newest")}</span>`}
        ${several && row.lines.map((line) => html`<span class="chip blue" key=${line}>${line}</span>`)}</h2>
      <p class="version-came">${cameOf(version)}${version.change_description
        && html`<span class="version-said">${saidOf(version.change_description)}</span>`}</p>
      <p class="quiet-text" title=${version.version_id}><time datetime=${version.created_at}>${date(version.created_at)}</time>
        ${version.quality_score !== null && html` · ${t("versions.quality", { share: Math.round(version.quality_score * 100) })}`}
${row.cost && costWords(row.cost).map((words) => html` · ${words}`)}</p>
      <div class="buttons">
        <${LinkButton} kind="quiet" href=${lookAt(id, version)} aria-label=${`${t("versions.look")}: ${name}`}>${t("versions.look")}</${LinkButton}>
        ${!newest && html`<${LinkButton} kind="quiet" href=${at(id, `compare/${version.version_id}/${newestId}`)}
          aria-label=${`${t("versions.compare")}: ${name}`}>${t("versions.compare")}</${LinkButton}>`}
        ${mayEdit.value && html`<${Button} kind="quiet" aria-label=${`${t("versions.rename")}: ${name}`} onClick=${onName}>
          ${t("versions.rename")}</${Button}>`}
        ${mayEdit.value && html`<${Button} kind="quiet" disabled=${busy} aria-label=${`${t("versions.fork")}: ${name}`}
          onClick=${onFork}>${t("versions.fork")}</${Button}>`}
        ${mayEdit.value && !newest && html`<${Button} kind="quiet" disabled=${busy} aria-label=${`${t("versions.restore")}: ${name}`}
          onClick=${() => void restore(id, version.version_id, row.number)}>${t("versions.restore")}</${Button}>`}
      </div>
    </div>
  </li>`;
}

/** The graph's part of a row: a line a lane, a dot for the version, and where other lines begin. @param {{row: import("./versions/tree.js").Row}} props */
function Lanes({ row }) {
  /** @param {number} lane */
  const place = (lane) => ({ "--lane": lane });
  return html`<div class="lanes" aria-hidden="true">
    ${row.strokes.map((stroke, lane) => stroke !== "none" && html`<span key=${lane} class=${`stroke ${stroke} ink-${lane % 4}`} style=${place(lane)}></span>`)}
    ${row.joins.filter((lane) => lane !== row.lane).map((lane) => html`<span key=${`j${lane}`} class=${`join ink-${lane % 4}`}
      style=${{ "--from": Math.min(lane, row.lane), "--over": Math.abs(lane - row.lane) }}></span>`)}
    <span class=${`dot ink-${row.lane % 4}`} style=${place(row.lane)}></span>
  </div>`;
}
