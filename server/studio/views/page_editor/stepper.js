/** A value between two buttons. */
import { html } from "../../ui.js";

/** @param {{label: string, shown: string, less: string, more: string, onLess: () => void, onMore: () => void, canLess?: boolean,
 *   canMore?: boolean}} props */
export function Stepper({ label, shown, less, more, onLess, onMore, canLess = true, canMore = true }) {
  return html`<div class="stepper" role="group" aria-label=${label}>
    <span class="stepper-name">${label}</span>
    <button type="button" class="icon-button boxed" aria-label=${less} title=${less} disabled=${!canLess} onClick=${onLess}><span aria-hidden="true">−</span></button>
    <output>${shown}</output>
    <button type="button" class="icon-button boxed" aria-label=${more} title=${more} disabled=${!canMore} onClick=${onMore}><span aria-hidden="true">＋</span></button>
  </div>`;
}
