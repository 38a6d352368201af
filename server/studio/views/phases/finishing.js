/** The finished book: what was measured, the pages, and where it can be had. */
import { Chip, Icon, LinkButton, Picture, classes, html } from "../../ui.js";
import { known, number, t } from "../../i18n.js";
import { at } from "../../router.js";
import { work } from "../../work.js";
import { Phase, usePhase } from "./phase.js";

export const words = ["phases", "gates"];
export const sheets = ["views/phases/phases.css"];

/** @param {{query: URLSearchParams}} props */
export function View({ query }) {
  const found = usePhase("finishing", query, { quality: 2 });
  const id = work.value.id;
  const gates = found.shown?.gates ?? [];
  const failed = gates.filter((/** @type {any} */ gate) => !gate.ok);
  const rtl = found.content?.direction !== "ltr";
  return html`<${Phase} phase="finishing" found=${found} tools=${html`<div class="buttons">
      <${LinkButton} kind="main" href=${at(id, "read")}>${t("phases.read")}</${LinkButton}>
      <${LinkButton} href=${at(id, "exports")}>${t("phases.exports")}</${LinkButton}></div>`}>
    ${found.shown?.summary.degraded && html`<p class="banner fault">${t("phases.degraded")} <a href=${at(id, "artwork")}>${t("frame.phase_artwork")}</a></p>`}
    <section aria-labelledby="report"><h2 id="report">${t("phases.report")}
        <${Chip} kind=${failed.length ? "red" : "green"}>${failed.length ? t("phases.gates_failed", { n: failed.length }) : t("phases.gates_ok", { n: gates.length })}</${Chip}></h2>
      ${failed.length > 0 && html`<${Gates} id=${id} gates=${failed} />`}
      <details><summary>${t("phases.gates_kept", { n: gates.length - failed.length })}</summary>
        <${Gates} id=${id} gates=${gates.filter((/** @type {any} */ gate) => gate.ok)} /></details>
    </section>
    <h2>${t("phases.pages")}</h2>
    <div class=${classes("page-grid", rtl ? "rtl" : "ltr")}>${found.shown?.images.map((/** @type {any} */ image) => html`<a key=${image.page} href=${at(id, `read/${image.page}`)}>
      <${Picture} src=${image.url} width=${image.width} height=${image.height} />
      <span>${image.page ? t("phases.page", { n: image.page }) : t("phases.title_page")}</span></a>`)}</div>
  </${Phase}>`;
}

/** @param {{id: string, gates: any[]}} props */
function Gates({ id, gates }) {
  return html`<div class="scrolls" tabindex="0" role="group" aria-label=${t("phases.report")}><table class="gates"><thead><tr><th>${t("phases.gate")}</th><th>${t("phases.measured")}</th><th>${t("phases.wanted")}</th><th>${t("phases.where")}</th></tr></thead>
    <tbody>${gates.map((gate) => html`<tr key=${gate.name} class=${classes(!gate.ok && "bad")}>
      <td><span class="tick"><${Icon} name=${gate.ok ? "check" : "close"} /></span> ${known(`gates.${gate.name}`) ? t(`gates.${gate.name}`) : gate.name}
        <span class="visually-hidden">${t(gate.ok ? "phases.ok" : "phases.not_ok")}</span></td>
      <td>${number(gate.value)}</td><td>${wanted(gate.gate)}</td>
      <td>${gate.pages.map((/** @type {number} */ page) => html`<a key=${page} href=${at(id, `pages/${page}`)}>${page}</a> `)}</td></tr>`)}</tbody></table></div>`;
}

/** A bound as people write it. @param {string} bound */
const wanted = (bound) => bound.replace(">=", "≥").replace("<=", "≤").replace(/^= /, "").replace(/^(\S+) to (\S+)/, "$1–$2")
  .replace(" on every body page", t("phases.on_every_page"));
