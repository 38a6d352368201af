/** One panel's picture, cut out of its page, with what can be done to it. */
import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { Button, Chip, classes, html } from "../../ui.js";
import { t } from "../../i18n.js";
import { api } from "../../api.js";
import { mayEdit } from "../../session.js";
import { say, sayProblem } from "../../notices.js";
import { editable, order, work } from "../../work.js";
import { aim, aimedAt } from "../talk/aim.js";
import { Alternatives } from "./alternatives.js";
import { change } from "./editing.js";

const AUTHOR = "author";
const KINDS = ["image/png", "image/jpeg", "image/webp"];
const MOST_BYTES = 20 * 1024 * 1024;

/** @param {{piece: any, version?: string | null}} props */
export function Piece({ piece, version = null }) {
  const choosing = useSignal(false);
  const own = piece.art.made?.model === AUTHOR;
  const { address, art, box, image, locked } = piece;
  const over = useSignal(false);
  const busy = useSignal(false);
  const picker = useRef(/** @type {HTMLInputElement | null} */ (null));
  const [, page, panel] = /^p(\d+)\.k(\d+)/.exec(address) ?? [];
  const name = t("phases.at_panel", { page: Number(page), panel: Number(panel) });
  const edits = (/** @type {string} */ kind, /** @type {any} */ data, /** @type {string} */ done) =>
    change([{ change_type: kind, element_id: piece.id, change_data: data }], done);

  /** @param {File | undefined} file */
  async function bring(file) {
    if (!file || !editable.value) return;
    if (!KINDS.includes(file.type) || file.size > MOST_BYTES) return void say(t("phases.no_picture"), { kind: "fault" });
    busy.value = true;
    try {
      const aspect = box ? `?aspect=${(box.width / box.height).toFixed(4)}` : "";
      const { picture } = await api(`/v1/works/${work.value.id}/pictures${aspect}`, { body: file, kind: file.type });
      await edits("selection", { picture }, t("phases.own_hangs"));
    } catch (error) {
      sayProblem(error);
    }
    busy.value = false;
  }
  const again = (/** @type {number} */ take) => edits("selection", { take }, t("phases.drawn_again"));
  return html`<li class=${classes("piece card", over.value && "over", aimedAt(address) && "chosen", art.status === "placeholder" && "lost")}
    onDragOver=${(/** @type {any} */ event) => { event.preventDefault(); over.value = editable.value; }} onDragLeave=${() => (over.value = false)}
    onDrop=${(/** @type {any} */ event) => { event.preventDefault(); over.value = false; void bring(event.dataTransfer.files[0]); }}>
    ${box && image ? html`<svg class="piece-picture" role="img" aria-label=${`${name}: ${piece.label}`} viewBox=${`${box.x} ${box.y} ${box.width} ${box.height}`}>
        <clipPath id=${`piece-${piece.id}`}><polygon points=${piece.frame.polygon.map((/** @type {number[]} */ point) => point.join(",")).join(" ")} /></clipPath>
        <image href=${image.url} clip-path=${`url(#piece-${piece.id})`} x="0" y="0" width=${box.paper.width} height=${box.paper.height} preserveAspectRatio="none" /></svg>`
      : html`<span class="picture lost"></span>`}
    <p class="piece-name">${name}
      ${locked && html`<${Chip} kind="green">${t("phases.locked")}</${Chip}>`}
      ${art.status === "placeholder" && html`<${Chip} kind="red">${t("phases.placeholder")}</${Chip}>`}
      ${own && html`<${Chip} kind="blue">${t("phases.own")}</${Chip}>`}
      ${art.take > 0 && html`<${Chip}>${t("phases.take", { n: art.take + 1 })}</${Chip}>`}</p>
    ${art.made?.reason && html`<p class="quiet-text">${art.made.reason}</p>`}
    ${choosing.value && html`<${Alternatives} piece=${piece} name=${name} version=${version} onClose=${() => (choosing.value = false)} />`}
    ${!mayEdit.value && html`<div class="piece-tools"><${Button} kind="quiet" onClick=${() => (choosing.value = true)}>${t("phases.alternatives")}</${Button}></div>`}
    ${mayEdit.value && html`<div class="piece-tools">
      <${Button} kind="quiet" onClick=${() => (choosing.value = true)}>${t("phases.alternatives")}</${Button}>
      <${Button} kind="quiet" disabled=${!editable.value || locked} onClick=${() => again((art.take ?? 0) + 1)}>${t("phases.draw_again")}</${Button}>
      ${art.take > 0 && html`<${Button} kind="quiet" disabled=${!editable.value} onClick=${() => again(art.take - 1)}>${t("phases.earlier_take")}</${Button}>`}
      <${Button} kind="quiet" disabled=${!editable.value} onClick=${() => order("locks", { elements: [piece.id], off: locked }).catch(sayProblem)}>${t(locked ? "phases.unlock" : "phases.lock")}</${Button}>
      <${Button} kind="quiet" busy=${busy.value} disabled=${!editable.value || locked} onClick=${() => picker.current?.click()}>${t("phases.own_picture")}</${Button}>
      ${own && html`<${Button} kind="quiet" disabled=${!editable.value} onClick=${() => edits("selection", { picture: null }, t("phases.given_back"))}>${t("phases.give_back")}</${Button}>`}
      <${Button} kind="quiet" aria-pressed=${aimedAt(address) ? "true" : "false"} onClick=${() => aim({ address, label: name, kind: "panel" })}>${t("phases.talk_about")}</${Button}>
      <input type="file" hidden accept=${KINDS.join(",")} ref=${picker} aria-label=${t("phases.own_picture")}
        onChange=${(/** @type {any} */ event) => { void bring(event.target.files[0]); event.target.value = ""; }} />
    </div>`}
  </li>`;
}
