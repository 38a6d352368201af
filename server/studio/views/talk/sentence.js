/** A sentence to the agents, with what it is about. */
import { signal } from "@preact/signals";
import { Button, Chip, classes, html } from "../../ui.js";
import { named, t } from "../../i18n.js";
import { sayProblem } from "../../notices.js";
import { keepDraft, useKept } from "../../drafts.js";
import { answer, confirmPlan, pending, work } from "../../work.js";
import { didOf } from "../versions/said.js";
import { aimed, aims, meant, notMeant } from "./aim.js";
import { asked } from "./answer.js";

const MOST = 2000;
/** Is something said that has not arrived yet? Nothing else is answered meanwhile: it would come before what was said. */
export const sending = signal(false);

/** @param {{placeholder?: string, children?: any}} props */
export function Sentence({ placeholder, children }) {
  const of = work.value?.id ?? "";
  const text = useKept("wish", of, "");

  /** @param {Event} event */
  async function send(event) {
    event.preventDefault();
    const said = aimed(text.value.trim()).slice(0, MOST);
    if (!text.value.trim() || sending.value) return;
    sending.value = true;
    try {
      const to = pending.value?.confirming ? confirmPlan : answer;
      const about = meant.value ? { about: [meant.value.address] } : {};
      const arriving = to({ action: "feedback", text: said, ...about }, { wait: 10 });
      [asked.value, text.value, aims.value] = [said, "", []];
      await arriving;
    } catch (error) {
      [text.value, asked.value] = [text.value || said, ""];
      keepDraft("wish", of, text.value);
      sayProblem(error);
    }
    sending.value = false;
  }
  return html`<form class="sentence" onSubmit=${send}>
    <div class="aims">
      <span class="quiet-text">${t("talk.about")}</span>
      ${aims.value.length === 0 && (meant.value
        ? html`<${Chip} removeLabel=${t("talk.not_about", { what: meant.value.label })} onRemove=${notMeant}>${meant.value.label}</${Chip}>`
        : html`<${Chip}>${t("talk.whole")}</${Chip}>`)}
      ${aims.value.map((one) => html`<${Chip} key=${one.address} kind="blue" removeLabel=${t("talk.not_about", { what: one.label })}
        onRemove=${() => (aims.value = aims.value.filter((other) => other !== one))}>${one.label}</${Chip}>`)}
    </div>
    <div class="sentence-line">
      <textarea rows="1" maxlength=${MOST} aria-label=${t("talk.sentence")} placeholder=${placeholder ?? t("talk.hint")} value=${text}
        onInput=${(/** @type {any} */ event) => (text.value = event.target.value)}
        onKeyDown=${(/** @type {any} */ event) => event.key === "Enter" && !event.shiftKey && !event.isComposing && void send(event)}></textarea>
      <${Button} type="submit" disabled=${!text.value.trim()} busy=${sending.value}>${t("talk.send")}</${Button}>
      ${children}
    </div>
  </form>`;
}

/** What was understood, and what it will redo. @param {{plan: any}} props */
export function Plan({ plan }) {
  const { pages, images, usd, phases } = plan.redo ?? {};
  return html`<div class="plan">
    ${plan.question && html`<p class="asked-back">${plan.question}</p>`}
    ${plan.items?.length > 0 && html`<ul>${plan.items.map((/** @type {any} */ item, /** @type {number} */ index) => html`<li key=${index}>
      <${Chip} kind="blue">${t(`frame.phase_${item.phase}`)}</${Chip}>
      ${item.instruction || edited(item.edit)}
      ${item.scope?.length > 0 && html`<span class="quiet-text"> ${t("talk.elements", { n: item.scope.length })}</span>`}
    </li>`)}</ul>`}
    ${plan.redo && plan.items?.length > 0 && html`<p class=${classes("redo", usd > 0 && "paid")}>${usd > 0
      ? t("talk.redo_paid", { images, pages, usd: usd.toFixed(2) }) : t("talk.redo", { images, pages })}
      ${phases?.length > 0 && html` (${phases.map((/** @type {string} */ phase) => named("frame", `phase_${phase}`)).join("・")})`}</p>`}
  </div>`;
}

/** @param {any} edit */
const edited = (edit) => Object.keys(edit?.change_data ?? {}).map(didOf).join(t("editing.and"));
