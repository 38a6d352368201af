/** The wishes that a person may send along, each with what it means. What is not touched is left to the agents. */
import { Check, Choice, Field, html } from "../../ui.js";
import { t } from "../../i18n.js";
import { session } from "../../session.js";

/** Fields of the brief's settings and their words; the first is the default and is not sent. */
const CHOICES = /** @type {Record<string, string[]>} */ ({
  language: ["auto", "ja", "en"],
  direction: ["auto", "rtl", "ltr"],
  style: ["auto", "shonen", "shojo", "seinen", "children"],
  layout: ["free", "yonkoma", "strip"],
  fidelity: ["faithful", "adapted"],
  paper: ["B5", "A5", "B4", "tankobon"],
  color: ["mono", "color"],
  ruby: ["auto", "none", "rare", "all"],
  punctuation: ["magazine", "literal"],
  start_side: ["auto", "left", "right"],
});
const PLAIN = ["language", "direction", "style", "layout", "fidelity"];
const MORE = ["paper", "color", "ruby", "punctuation", "start_side"];
const WAITS = [60, 300, 1800, 7200, 86_400];

/**
 * Wishes as the service takes them. Reviews are on unless they were taken off: this is a desk, not a machine.
 * @param {Record<string, any>} wish
 */
export function briefOf(wish) {
  const { review = true, timeout = 1800, on_timeout = "hold", confirm_plans = false, ...settings } = wish;
  const sent = Object.entries(settings).filter(([, value]) => value !== "" && value !== undefined);
  const feedback_mode = review
    ? { enabled: true, timeout_seconds: timeout, on_timeout, confirm_plans } : { enabled: false };
  return { settings: Object.fromEntries(sent), feedback_mode };
}

/** @param {{wish: {value: Record<string, any>}}} props a signal */
export function Settings({ wish }) {
  const has = wish.value;
  /** @param {string} name @param {any} value */
  const set = (name, value) => {
    const { [name]: _, ...rest } = has;
    wish.value = value === undefined || value === "" || value === CHOICES[name]?.[0] ? rest : { ...rest, [name]: value };
  };
  const choice = (/** @type {string} */ name) => html`<${Choice} key=${name} label=${t(`desk.set_${name}`)}
    hint=${t(`desk.set_${name}_hint`)} value=${has[name] ?? CHOICES[name][0]}
    options=${CHOICES[name].map((word) => [word, t(`desk.${name}_${word}`)])}
    onChange=${(/** @type {string} */ word) => set(name, word)} />`;
  const amount = (/** @type {string} */ name, /** @type {any} */ limits) => html`<${Field} key=${name} label=${t(`desk.set_${name}`)}
    hint=${t(`desk.set_${name}_hint`)}>
    ${(/** @type {any} */ ids) => html`<input ...${ids} type="number" inputmode="decimal" ...${limits} value=${has[name] ?? ""}
      placeholder=${t("desk.left_open")}
      onInput=${(/** @type {any} */ event) => set(name, event.target.value === "" ? undefined : Number(event.target.value))} />`}
  </${Field}>`;
  const line = (/** @type {string} */ name) => html`<${Field} key=${name} label=${t(`desk.set_${name}`)} hint=${t(`desk.set_${name}_hint`)}>
    ${(/** @type {any} */ ids) => html`<input ...${ids} maxlength="120" value=${has[name] ?? ""}
      onInput=${(/** @type {any} */ event) => set(name, event.target.value.trim())} />`}
  </${Field}>`;
  const review = has.review ?? true;
  return html`<div class="settings">
    <${Check} label=${t("desk.review")} hint=${t("desk.review_hint")} checked=${review}
      onChange=${(/** @type {boolean} */ yes) => set("review", yes ? undefined : false)} />
    <details><summary>${t("desk.wishes")}</summary>
      <div class="fields">${line("title")} ${line("author")} ${amount("pages", { min: 1, max: 64, step: 1 })} ${PLAIN.map(choice)}</div>
    </details>
    <details><summary>${t("desk.more_wishes")}</summary>
      <div class="fields">${MORE.map(choice)} ${amount("seed", { min: 0, max: 2_147_483_647, step: 1 })}
        ${session.value?.paid && html`${amount("max_images", { min: 0, max: 1000, step: 1 })} ${amount("max_cost_usd", { min: 0, max: 10_000, step: 0.01 })}`}
      </div>
    </details>
    ${review && html`<details><summary>${t("desk.how_reviews")}</summary>
      <div class="fields">
        <${Choice} label=${t("desk.set_on_timeout")} hint=${t("desk.set_on_timeout_hint")} value=${has.on_timeout ?? "hold"}
          options=${["hold", "approve"].map((word) => [word, t(`desk.on_timeout_${word}`)])}
          onChange=${(/** @type {string} */ word) => set("on_timeout", word)} />
        ${has.on_timeout === "approve" && html`<${Choice} label=${t("desk.set_timeout")} value=${String(has.timeout ?? 1800)}
          options=${WAITS.map((seconds) => [String(seconds), t(`desk.timeout_${seconds}`)])}
          onChange=${(/** @type {string} */ seconds) => set("timeout", Number(seconds))} />`}
        <${Check} label=${t("desk.confirm_plans")} hint=${t("desk.confirm_plans_hint")} checked=${has.confirm_plans ?? false}
          onChange=${(/** @type {boolean} */ yes) => set("confirm_plans", yes || undefined)} />
      </div>
    </details>`}
  </div>`;
}
