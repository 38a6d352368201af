/** A value between two buttons. */
import { html, IconButton } from "../../ui.js";

/** @param {{label: string, shown: string, less: string, more: string, onLess: () => void, onMore: () => void, canLess?: boolean,
 *   canMore?: boolean}} props */
export function Stepper({ label, shown, less, more, onLess, onMore, canLess = true, canMore = true }) {
  return html`<div class="stepper" role="group" aria-label=${label}>
    <span class="stepper-name">${label}</span>
    <${IconButton} boxed icon="minus" label=${less} disabled=${!canLess} onClick=${onLess} />
    <output>${shown}</output>
    <${IconButton} boxed icon="plus" label=${more} disabled=${!canMore} onClick=${onMore} />
  </div>`;
}
