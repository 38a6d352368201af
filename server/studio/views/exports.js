/** Taking the book home: every format that the service knows, what it is good for, and its state. */
import { Empty, html, LinkButton, Trouble, Waiting } from "../ui.js";
import { t } from "../i18n.js";
import { api, Problem } from "../api.js";
import { at } from "../router.js";
import { head, stamp, useFetched, work } from "../work.js";
import { mayEdit } from "../session.js";
import { FormatCard } from "./exports/format.js";
import { Share } from "./exports/share.js";

export const words = ["exports"];
export const sheets = ["views/exports/exports.css"];
/** What most people come for stands first; what is not named here comes after, in the service's order. */
const FIRST = ["pdf", "epub", "cbz", "webtoon", "pdf-print", "pdf-mono", "png", "webp", "svg", "psd", "script"];
/** @param {string} name */
const rank = (name) => (FIRST.includes(name) ? FIRST.indexOf(name) : FIRST.length);

/** The formats there are, and what is there already; null where the version is no finished book. @param {string} id @param {string | null} version */
async function formatsOf(id, version) {
  const asked = version ? `?version=${encodeURIComponent(version)}` : "";
  const [told, ready] = await Promise.all([
    api("/v1/capabilities"),
    api(`/v1/works/${id}/exports${asked}`).catch((error) => {
      if (error instanceof Problem && error.status === 404) return null;
      throw error;
    }),
  ]);
  const formats = [...told.export_formats].sort((a, b) => rank(a.name) - rank(b.name));
  return { formats, ready: ready?.items ?? null };
}

/** @param {{params: Record<string, string>, query: URLSearchParams}} props */
export function View({ params, query }) {
  const version = query.get("version");
  const found = useFetched(() => formatsOf(params.work, version), [params.work, version, head.value, stamp.value]);
  if (!found.data) return found.problem ? html`<${Trouble} problem=${found.problem} onRetry=${found.again} />` : html`<${Waiting} />`;
  if (!found.data.ready) {
    return html`<${Empty} title=${t("exports.none")} text=${t("exports.none_help")}>
      <${LinkButton} kind="main" href=${at(params.work)}>${t("exports.to_making")}</${LinkButton}></${Empty}>`;
  }
  const { formats, ready } = found.data;
  const shows = version ?? head.value;
  return html`<div class="exports-view"><h1>${t("exports.heading")}</h1>
    <p class="quiet-text">${t("exports.about")}${version && html` <span class="chip blue">${t("exports.version", { version: version.slice(0, 8) })}</span>`}</p>
    ${work.value?.degraded && html`<p class="card degraded">${t("exports.degraded")}</p>`}
    <ul class="formats">${formats.map((/** @type {any} */ format) => html`<${FormatCard} key=${`${format.name} ${shows}`} id=${params.work}
      version=${version} format=${format} ready=${ready.find((/** @type {any} */ made) => made.format === format.name)}
      onMade=${found.again} />`)}</ul>
    ${mayEdit.value && html`<${Share} key=${shows} id=${params.work} version=${version} />`}
  </div>`;
}
