/** A panel's pictures side by side, each in its frame: one is chosen to hang. */
import { Button, Chip, Dialog, Trouble, Waiting, classes, html } from "../../ui.js";
import { t } from "../../i18n.js";
import { api } from "../../api.js";
import { editable, head, useFetched, work } from "../../work.js";
import { change } from "./editing.js";

/** @param {{piece: any, name: string, version: string | null, onClose: () => void}} props */
export function Alternatives({ piece, name, version, onClose }) {
  return html`<${Dialog} wide title=${t("phases.alternatives_of", { name })} open=${true} onClose=${onClose}>
    <${Choices} piece=${piece} version=${version} onClose=${onClose} /></${Dialog}>`;
}

/** @param {{piece: any, version: string | null, onClose: () => void}} props */
function Choices({ piece, version, onClose }) {
  const of = version ?? head.value;
  const found = useFetched(() => api(`/v1/works/${work.value.id}/panels/${encodeURIComponent(piece.id)}/alternatives?version=${encodeURIComponent(of)}`), [piece.id, of]);
  if (!found.data) return found.problem ? html`<${Trouble} problem=${found.problem} onRetry=${found.again} />` : html`<${Waiting} />`;
  const { items, polygon, page } = found.data;
  const box = onPage(found.data.box, page);
  /** @param {any} item */
  async function hang(item) {
    if (await change([{ change_type: "selection", element_id: piece.id, change_data: item.change }], t("phases.hung"))) onClose();
  }
  return html`<p class="hint">${t(items.length > 1 ? "phases.alternatives_hint" : "phases.only_one")}</p>
    <ul class="alternatives">${items.map((/** @type {any} */ item, /** @type {number} */ index) => {
      const called = item.own ? t("phases.own_n") : t("phases.take_n", { n: item.take + 1 });
      return html`<li key=${item.image.blob} class=${classes("card", !item.change && "chosen")}>
        <svg role="img" aria-label=${called} viewBox=${`${box.x} ${box.y} ${box.width} ${box.height}`}>
          <clipPath id=${`alternative-${index}`}><polygon points=${polygon.map((/** @type {number[]} */ point) => point.join(",")).join(" ")} /></clipPath>
          <image href=${item.image.url} clip-path=${`url(#alternative-${index})`} x=${page.x} y=${page.y} width=${page.width} height=${page.height} preserveAspectRatio="none" /></svg>
        <p class="piece-name">${called} ${!item.change && html`<${Chip} kind="green">${t("phases.hangs")}</${Chip}>`}
          ${item.status === "placeholder" && html`<${Chip} kind="red">${t("phases.placeholder")}</${Chip}>`}</p>
        ${item.change && editable.value && !version && !piece.locked && html`<${Button} onClick=${() => hang(item)}>${t("phases.hang")}</${Button}>`}
      </li>`;
    })}</ul>`;
}

/** What of a frame lies on the page. @param {any} box @param {any} page */
function onPage(box, page) {
  const [x, y] = [Math.max(box.x, page.x), Math.max(box.y, page.y)];
  return { x, y, width: Math.min(box.x + box.width, page.x + page.width) - x, height: Math.min(box.y + box.height, page.y + page.height) - y };
}
