/** Pages whose panels fill in one by one while they are drawn, in reading order. */
import { html } from "../../ui.js";
import { t } from "../../i18n.js";
import { api } from "../../api.js";
import { fileOf, preview, useFetched, work } from "../../work.js";
import { PageFrame } from "../phases/page_frame.js";

export function Filling() {
  const { completed, total } = work.value.progress;
  const { data: board } = useFetched(() => preview("storyboard", undefined, 2), [work.value.id]);
  const { data: so_far } = useFetched(() => api(`/v1/works/${work.value.id}/panels`), [work.value.id, completed]);
  if (!board) return html`<p class="waiting">${t("making.so_far", { phase: t("frame.phase_artwork"), done: completed, all: total })}</p>`;
  const panels = so_far?.panels ?? {};
  return html`<h2>${t("making.filling", { done: completed, all: total })}</h2>
    <div class="filling rtl">${board.pages.map((/** @type {any} */ page) => html`<${PageFrame} key=${page.key} page=${page} paper=${board.page}
      label=${t("making.page", { n: page.number })} fill=${(/** @type {any} */ frame, /** @type {any} */ box) => {
        const art = panels[frame.key];
        if (!art) return null;
        if (art.media_type?.startsWith("image/")) return html`<image href=${fileOf(art.blob)} ...${box} preserveAspectRatio="xMidYMid slice" />`;
        return html`<rect ...${box} class=${art.status === "placeholder" ? "ink lost" : "ink"} />`;
      }} />`)}</div>`;
}
