/** How to read, and what the keys do. */
import { Check, Choice, Dialog, html } from "../../ui.js";
import { t } from "../../i18n.js";
import { KEYS } from "./keys.js";
import { DIRECTIONS, FITS, WAYS, wish, wishes } from "./wishes.js";

/** @param {string} part @param {string[]} names @returns {[string, string][]} */
const worded = (part, names) => names.map((name) => [name, t(`reader.${part}_${name}`)]);

/** @param {{open: boolean, onClose: () => void}} props */
export function WishDialog({ open, onClose }) {
  const now = wishes.value;
  /** @param {string} name */
  const set = (name) => (/** @type {any} */ value) => wish({ [name]: value });
  return html`<${Dialog} title=${t("reader.wishes")} open=${open} onClose=${onClose}><div class="reader-wishes">
    <${Choice} label=${t("reader.way")} value=${now.way} options=${worded("way", WAYS)} onChange=${set("way")} />
    <${Choice} label=${t("reader.direction")} value=${now.direction} options=${worded("direction", DIRECTIONS)}
      onChange=${set("direction")} />
    <${Choice} label=${t("reader.fit")} value=${now.fit} options=${worded("fit", FITS)} onChange=${set("fit")} />
    <${Check} label=${t("reader.cover")} checked=${now.cover} onChange=${set("cover")} />
    <${Check} label=${t("reader.shift")} hint=${t("reader.shift_hint")} checked=${now.shift} onChange=${set("shift")} />
    <${Check} label=${t("reader.invert")} hint=${t("reader.invert_hint")} checked=${now.invert} onChange=${set("invert")} />
  </div></${Dialog}>`;
}

/** @param {{open: boolean, onClose: () => void}} props */
export function HelpDialog({ open, onClose }) {
  return html`<${Dialog} title=${t("reader.help")} open=${open} onClose=${onClose}>
    <p class="hint">${t("reader.help_taps")}</p>
    <table class="reader-keys"><thead><tr><th scope="col">${t("reader.key")}</th><th scope="col">${t("reader.does")}</th></tr></thead>
      <tbody>${KEYS.map(([keys, does]) => html`<tr key=${does}>
        <td>${keys.map((key) => html`<kbd key=${key}>${key}</kbd> `)}</td><td>${t(`reader.${does}`)}</td></tr>`)}</tbody>
    </table>
  </${Dialog}>`;
}
