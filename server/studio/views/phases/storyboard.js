/** The storyboard as spreads in reading direction, with the red pen's marks on panels and what would mend them. */
import { useSignal } from "@preact/signals";
import { Button, classes, html, Icon } from "../../ui.js";
import { t } from "../../i18n.js";
import { mayEdit } from "../../session.js";
import { editable } from "../../work.js";
import { aim, aimedAt } from "../talk/aim.js";
import { Phase, usePhase } from "./phase.js";
import { change } from "./editing.js";
import { PageFrame, boxOf, placeOf } from "./page_frame.js";
import { spreadsOf } from "./spreads.js";
import { Panel } from "./panel.js";

export const words = ["phases", "words", "talk", "red_pen"];
export const sheets = ["views/phases/phases.css"];

/** @param {{query: URLSearchParams}} props */
export function View({ query }) {
  const found = usePhase("storyboard", query);
  const chosen = useSignal("");
  const shown = found.shown;
  const pages = new Map((found.content?.pages ?? []).map((/** @type {any} */ page) => [page.key, page]));
  const direction = shown?.pages[0]?.layout.flow ?? "rtl";
  const addresses = new Map((shown?.elements ?? []).map((/** @type {any} */ element) => [element.id, element]));
  const marks = shown?.red_pen ?? [];
  const panel = chosen.value ? panelOf(pages, chosen.value) : null;
  const pick = (/** @type {string} */ key) => {
    chosen.value = chosen.value === key ? "" : key;
    const address = addresses.get(key)?.address;
    if (address && !aimedAt(address) && chosen.value) aim({ address, label: t("phases.at_panel", placeOf(address)), kind: "panel" });
  };
  return html`<${Phase} phase="storyboard" found=${found} tools=${shown && html`<p class="quiet-text">${t("phases.board_counts", { pages: shown.summary.pages, panels: shown.summary.panels })}</p>`}>
    ${marks.length > 0 && html`<${RedPen} marks=${marks} onShow=${(/** @type {any} */ mark) => show(mark, chosen)} />`}
    <div class="board-columns">
      <div class=${classes("spreads", direction)}>
        ${spreadsOf(shown?.pages ?? []).map((spread) => html`<div class="spread" key=${spread[0].key}>
          ${spread.map((/** @type {any} */ page) => html`<div key=${page.key} id=${`page-${page.number}`} class=${classes("spread-page", page.side)}>
            <${PageFrame} page=${page} paper=${shown.page} image=${shown.images.find((/** @type {any} */ image) => image.page === page.number)}
              label=${t("phases.page", { n: page.number })} chosen=${(/** @type {string} */ key) => key === chosen.value} onPanel=${pick}
              nameOf=${(/** @type {string} */ key) => nameOf(addresses, key)}
              over=${marks.filter((/** @type {any} */ mark) => mark.page === page.number).map((/** @type {any} */ mark) => marker(mark, marks.indexOf(mark), page))} />
            <${PageTools} page=${page} pages=${shown.pages} rtl=${direction === "rtl"} />
          </div>`)}
        </div>`)}
      </div>
      ${panel && html`<${Panel} panel=${panel} element=${addresses.get(panel.key)} fields=${shown.fields.panel} onClose=${() => (chosen.value = "")} />`}
    </div>
  </${Phase}>`;
}

/** @param {Map<string, any>} addresses @param {string} key */
const nameOf = (addresses, key) => {
  const element = addresses.get(key);
  return element?.address ? `${t("phases.at_panel", placeOf(element.address))}: ${element.label}` : key;
};

/** @param {Map<string, any>} pages @param {string} key */
function panelOf(pages, key) {
  for (const page of pages.values()) {
    const panel = page.panels.find((/** @type {any} */ one) => one.key === key);
    if (panel) return panel;
  }
  return null;
}

/** A number in red on the panel that it is about. @param {any} mark @param {number} index @param {any} page */
function marker(mark, index, page) {
  const frame = page.layout.frames.find((/** @type {any} */ one) => one.key === mark.panel);
  const box = frame ? boxOf(frame.polygon) : { x: 6, y: 6, width: 10, height: 10 };
  const [x, y] = [Math.max(7, box.x + 7), Math.max(14, box.y + 14)]; // under the panel's number
  return html`<g key=${index} class="red-mark" aria-hidden="true"><circle cx=${x} cy=${y} r="5.5" /><text x=${x} y=${y + 2.1}>${index + 1}</text></g>`;
}

/** @param {any} mark @param {{value: string}} chosen */
function show(mark, chosen) {
  if (mark.panel) chosen.value = mark.panel;
  document.getElementById(`page-${mark.page}`)?.scrollIntoView({ block: "center", behavior: "smooth" });
}

/** @param {{marks: any[], onShow: (mark: any) => void}} props */
function RedPen({ marks, onShow }) {
  const fixed = (/** @type {any} */ fix) => {
    const { label, ...edit } = fix;
    return change([edit], t("phases.fixed", { what: label }));
  };
  return html`<details class="red-pen"><summary>${t("phases.red_pen", { n: marks.length })}</summary>
    <ol>${marks.map((mark, index) => html`<li key=${index}>
      <b>${t(`red_pen.${mark.rule}`)}</b> <button type="button" class="button quiet" onClick=${() => onShow(mark)}>${t("phases.page", { n: mark.page })}</button>
      <span class="quiet-text">${mark.reason}</span>
      ${mark.fix && mayEdit.value && html`<${Button} disabled=${!editable.value} onClick=${() => fixed(mark.fix)}>${t("phases.fix", { what: mark.fix.label })}</${Button}>`}
    </li>`)}</ol></details>`;
}

/** A page goes one place earlier or later in reading order. @param {{page: any, pages: any[], rtl: boolean}} props */
function PageTools({ page, pages, rtl }) {
  if (!mayEdit.value || !editable.value) return null;
  const index = pages.findIndex((one) => one.key === page.key);
  const move = (/** @type {number} */ before) => change([{ change_type: "drag_drop", element_id: page.key, change_data: { position: { before: pages[before]?.key ?? "" } } }], t("phases.moved"));
  const target = { address: `p${String(page.number).padStart(2, "0")}`, label: t("phases.at_page", { page: page.number }), kind: "page" };
  return html`<div class=${classes("page-tools", rtl && "reversed")}>
    <button type="button" class="icon-button" disabled=${index === 0} aria-label=${t("phases.page_earlier", { n: page.number })} title=${t("phases.page_earlier", { n: page.number })} onClick=${() => move(index - 1)}><${Icon} name=${rtl ? "right" : "left"} /></button>
    <button type="button" class="icon-button word" aria-pressed=${aimedAt(target.address) ? "true" : "false"} onClick=${() => aim(target)}>${t("phases.talk_about")}</button>
    <button type="button" class="icon-button" disabled=${index === pages.length - 1} aria-label=${t("phases.page_later", { n: page.number })} title=${t("phases.page_later", { n: page.number })} onClick=${() => move(index + 2)}><${Icon} name=${rtl ? "left" : "right"} /></button>
  </div>`;
}
