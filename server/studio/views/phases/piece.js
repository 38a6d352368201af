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
  const { address, art, box, image, locked } = piece;
  const over = useSignal(false);
  const busy = useSignal(false);
  const [, page, panel] = /^p(\d+)\.k(\d+)/.exec(address) ?? [];
  const name = t("phases.at_panel", { page: Number(page), panel: Number(panel) });
  return html`<li class=${classes("piece card", over.value && "over", aimedAt(address) && "chosen", art.status === "placeholder" && "lost")}
    onDragOver=${(/** @type {any} */ event) => { event.preventDefault(); over.value = editable.value; }} onDragLeave=${() => (over.value = false)}
    onDrop=${(/** @type {any} */ event) => { event.preventDefault(); over.value = false; void bring(event.dataTransfer.files[0], piece, busy); }}>
    ${box && image ? html`<svg class="piece-picture" role="img" aria-label=${`${name}: ${piece.label}`} viewBox=${`${box.x} ${box.y} ${box.width} ${box.height}`}>
        <clipPath id=${`piece-${piece.id}`}><polygon points=${piece.frame.polygon.map((/** @type {number[]} */ point) => point.join(",")).join(" ")} /></clipPath>
        <image href=${image.url} clip-path=${`url(#piece-${piece.id})`} x="0" y="0" width=${box.paper.width} height=${box.paper.height} preserveAspectRatio="none" /></svg>`
      : html`<span class="picture lost"></span>`}
    <p class="piece-name">${name}
      ${locked && html`<${Chip} kind="green">${t("phases.locked")}</${Chip}>`}
      ${art.status === "placeholder" && html`<${Chip} kind="red">${t("phases.placeholder")}</${Chip}>`}
      ${isOwn(piece) && html`<${Chip} kind="blue">${t("phases.own")}</${Chip}>`}
      ${art.take > 0 && html`<${Chip}>${t("phases.take", { n: art.take + 1 })}</${Chip}>`}</p>
    ${art.made?.reason && html`<p class="quiet-text">${art.made.reason}</p>`}
    <${PieceTools} piece=${piece} name=${name} version=${version} busy=${busy}>
      <${Button} kind="quiet" aria-pressed=${aimedAt(address) ? "true" : "false"} onClick=${() => aim({ address, label: name, kind: "panel" })}>${t("phases.talk_about")}</${Button}>
    </${PieceTools}>
  </li>`;
}

/** What can be done to a panel's picture. @param {{piece: any, name: string, version?: string | null, busy?: import("@preact/signals").Signal<boolean>, children?: any}} props */
export function PieceTools({ piece, name, version = null, busy, children }) {
  const choosing = useSignal(false);
  const sending = useSignal(false);
  const picker = useRef(/** @type {HTMLInputElement | null} */ (null));
  const { art, locked } = piece;
  const again = (/** @type {number} */ take) => chosen(piece, { take }, t("phases.drawn_again"));
  return html`${choosing.value && html`<${Alternatives} piece=${piece} name=${name} version=${version} onClose=${() => (choosing.value = false)} />`}
    <div class="piece-tools">
      <${Button} kind="quiet" onClick=${() => (choosing.value = true)}>${t("phases.alternatives")}</${Button}>
      ${mayEdit.value && html`<${Button} kind="quiet" disabled=${!editable.value || locked} onClick=${() => again((art.take ?? 0) + 1)}>${t("phases.draw_again")}</${Button}>
      ${art.take > 0 && html`<${Button} kind="quiet" disabled=${!editable.value} onClick=${() => again(art.take - 1)}>${t("phases.earlier_take")}</${Button}>`}
      <${Button} kind="quiet" disabled=${!editable.value} onClick=${() => order("locks", { elements: [piece.id], off: locked }).catch(sayProblem)}>${t(locked ? "phases.unlock" : "phases.lock")}</${Button}>
      <${Button} kind="quiet" busy=${(busy ?? sending).value} disabled=${!editable.value || locked} onClick=${() => picker.current?.click()}>${t("phases.own_picture")}</${Button}>
      ${isOwn(piece) && html`<${Button} kind="quiet" disabled=${!editable.value} onClick=${() => chosen(piece, { picture: null }, t("phases.given_back"))}>${t("phases.give_back")}</${Button}>`}
      ${children}
      <input type="file" hidden accept=${KINDS.join(",")} ref=${picker} aria-label=${t("phases.own_picture")}
        onChange=${(/** @type {any} */ event) => { void bring(event.target.files[0], piece, busy ?? sending); event.target.value = ""; }} />`}
    </div>`;
}

/** @param {any} piece */
const isOwn = (piece) => piece.art.made?.model === AUTHOR;

/** @param {any} piece @param {any} data @param {string} done */
const chosen = (piece, data, done) => change([{ change_type: "selection", element_id: piece.id, change_data: data }], done);

/** The author's own picture hangs there. @param {File | undefined} file @param {any} piece @param {{value: boolean}} busy */
async function bring(file, piece, busy) {
  if (!file || !editable.value) return;
  if (!KINDS.includes(file.type) || file.size > MOST_BYTES) return void say(t("phases.no_picture"), { kind: "fault" });
  busy.value = true;
  try {
    const aspect = piece.box ? `?aspect=${(piece.box.width / piece.box.height).toFixed(4)}` : "";
    const { picture } = await api(`/v1/works/${work.value.id}/pictures${aspect}`, { body: file, kind: file.type });
    await chosen(piece, { picture }, t("phases.own_hangs"));
  } catch (error) {
    sayProblem(error);
  }
  busy.value = false;
}
