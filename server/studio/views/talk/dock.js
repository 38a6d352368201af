/** At the foot of every view of a work: what it waits for, what it does, and the box for a sentence. */
import { signal, useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { Button, Dialog, html, IconButton } from "../../ui.js";
import { clock, date, named, t } from "../../i18n.js";
import { problemOf } from "../../api.js";
import { at, place } from "../../router.js";
import { mayEdit } from "../../session.js";
import { sayProblem } from "../../notices.js";
import { answer, closed, confirmPlan, order, pending, redrawn, refresh, status, work } from "../../work.js";
import { useUndoKeys } from "../page_editor/undo_keys.js";
import { asked as said, LastAnswer, Outcome } from "./answer.js";
import { Plan, Sentence, sending } from "./sentence.js";

export const words = ["talk", "editing"];
export const sheets = ["views/talk/talk.css", "views/talk/answer.css"];

/** In the editor somebody may want the room of the box. */
const folded = signal(false);

export function View() {
  const box = useRef(/** @type {HTMLElement | null} */ (null));
  useUndoKeys();
  useEffect(() => {
    const dock = box.current;
    if (!dock) return undefined;
    const root = document.documentElement.style; // what is focused comes to stand above it
    const watch = new ResizeObserver(() => root.setProperty("--dock", `${dock.offsetHeight}px`));
    watch.observe(dock);
    return () => (watch.disconnect(), root.removeProperty("--dock"));
  }, [Boolean(work.value)]);
  if (!work.value) return null;
  const folds = place.value.module === "views/page_editor/page.js" && !pending.value;
  const shut = folds && folded.value;
  return html`<section class="dock" ref=${box} aria-label=${t("talk.dock")}>
    ${folds && html`<${IconButton} class="icon-button fold" icon=${shut ? "more" : "less"} label=${t(shut ? "talk.unfold" : "talk.fold")} aria-expanded=${shut ? "false" : "true"} onClick=${() => (folded.value = !shut)} />`}
    ${!shut && html`<${LastAnswer} />${inside()}`}</section>`;
}

function inside() {
  const asked = pending.value;
  if (asked) return asked.confirming ? html`<${Confirming} asked=${asked} />` : html`<${Review} asked=${asked} />`;
  if (status.value === "completed") return mayEdit.value ? html`<${Sentence} placeholder=${t("talk.hint_done")} />` : null;
  if (["parked", "failed"].includes(status.value)) return html`<${Resting} />`;
  if (status.value === "cancelled") return html`<p class="dock-line">${t("talk.cancelled")}</p>`;
  return redrawn.value ? html`<${Redrawing} />` : html`<${Running} />`;
}

/** A change is drawn into a finished book: the next wish can be said meanwhile. */
function Redrawing() {
  const { progress } = work.value;
  return html`<div class="dock-head">
    <p class="dock-title" role="status">${t("talk.redrawing", { phase: progress ? named("frame", `phase_${progress.phase}`) : t("talk.in_line") })}</p>
    ${mayEdit.value && html`<div class="buttons"><${Act} kind="quiet" does=${() => order("cancel")}>${t("talk.redraw_cancel")}</${Act}></div>`}
  </div>
  ${mayEdit.value && html`<${Sentence} placeholder=${t("talk.hint_meanwhile")} />`}`;
}

/** Something to press, with what goes wrong told. @param {any} props */
function Act({ does, kind, disabled, children }) {
  const busy = useSignal(false);
  async function press() {
    busy.value = true;
    try {
      await does();
    } catch (error) {
      sayProblem(error);
      if (problemOf(error).code === "conflict") void refresh();
    }
    busy.value = false;
  }
  return html`<${Button} kind=${kind} busy=${busy.value} disabled=${disabled} onClick=${press}>${children}</${Button}>`;
}

/** The time that is left, and a way to stop it. @param {{asked: any}} props */
function Clock({ asked }) {
  const now = useSignal(Date.now());
  const left = (Date.parse(asked.deadline) - now.value) / 1000;
  const runs = asked.on_timeout === "approve" && !asked.confirming; // plans wait for a yes, however long
  useEffect(() => {
    if (!runs) return undefined;
    const timer = setInterval(() => (now.value = Date.now()), 1000);
    return () => clearInterval(timer);
  }, [runs, asked.interrupt_id]);
  useEffect(() => void (runs && left < -1 && refresh()), [runs && left < -1]);
  if (!runs) return html`<span class="quiet-text">${t("talk.no_hurry")}</span>`;
  return html`<span class="countdown"><span role="timer">${t("talk.goes_on_in", { time: clock(left) })}</span>
    ${mayEdit.value && html`<${Act} kind="quiet" does=${() => order("hold", { interrupt_id: asked.interrupt_id })}>${t("talk.stop_clock")}</${Act}>`}</span>`;
}

/** Refused wishes of which nothing else is told. @param {any} asked @returns {any[]} */
function unanswered(asked) {
  return asked.refused.filter((/** @type {any} */ one) => !(asked.outcomes ?? []).some((/** @type {any} */ told) => told.instruction === one.instruction && told.phase === one.phase));
}

/** @param {{asked: any}} props */
function Review({ asked }) {
  const here = place.value.path.endsWith(`/${asked.phase}`);
  const { bill } = asked;
  return html`<div class="dock-head">
      <p class="dock-title">${t("talk.your_turn", { phase: t(`frame.phase_${asked.phase}`) })}
        ${!here && html`<a href=${at(work.value.id, asked.phase)}>${t("talk.look_at_it")}</a>`}</p>
      <${Clock} asked=${asked} />
    </div>
    ${unanswered(asked).length > 0 && html`<ul class="refused">${unanswered(asked).map((/** @type {any} */ one, /** @type {number} */ index) =>
      html`<li key=${index}>${t("talk.refused", { what: one.instruction ?? "", why: one.reason ?? "" })}</li>`)}</ul>`}
    ${(asked.outcomes ?? []).length > 0 && !said.value && html`<ul class="answered">${asked.outcomes.map((/** @type {any} */ one, /** @type {number} */ index) =>
      html`<${Outcome} key=${index} one=${one} />`)}</ul>`}
    ${asked.missing_sheets.map((/** @type {any} */ one) => html`<p class="refused" key=${one.character}>${t("talk.no_sheet", { name: one.name, why: one.reason })}</p>`)}
    ${bill && html`<p class="quiet-text">${t("talk.bill", { images: bill.images ?? 0, usd: Number(bill.usd ?? 0).toFixed(2) })}</p>`}
    ${mayEdit.value && html`<${Sentence} placeholder=${t("talk.hint_review")}>
      <${Act} kind="main" disabled=${sending.value} does=${() => answer({ action: "approve" })}>${t(asked.phase === "finishing" ? "talk.finish" : "talk.approve")}</${Act}>
    </${Sentence}>`}`;
}

/** @param {{asked: any}} props */
function Confirming({ asked }) {
  return html`<div class="dock-head"><p class="dock-title">${t(asked.question ? "talk.asked_back" : "talk.is_this_right")}</p><${Clock} asked=${asked} /></div>
    ${asked.plan ? html`<${Plan} plan=${{ ...asked.plan, question: asked.question || asked.plan.question }} />` : html`<p class="asked-back">${asked.question}</p>`}
    ${mayEdit.value && html`<${Sentence} placeholder=${t("talk.hint_other")}>
      ${asked.allowed.includes("confirm") && html`<${Act} kind="main" disabled=${sending.value} does=${() => confirmPlan({ action: "confirm" })}>${t("talk.carry_out")}</${Act}>`}
      ${asked.allowed.includes("cancel") && html`<${Act} disabled=${sending.value} does=${() => confirmPlan({ action: "cancel" })}>${t("talk.leave_it")}</${Act}>`}
    </${Sentence}>`}`;
}

function Running() {
  const { progress } = work.value;
  const cancelling = useSignal(false);
  return html`<div class="dock-head">
    <p class="dock-title" role="status">${progress ? t("talk.at_work", { phase: named("frame", `phase_${progress.phase}`) }) : t("talk.in_line")}</p>
    ${mayEdit.value && !closed.value && html`<div class="buttons">
      <${Act} does=${() => order("pause")}>${t("talk.pause")}</${Act}>
      <${Button} kind="quiet" onClick=${() => (cancelling.value = true)}>${t("talk.cancel")}</${Button}>
    </div>`}
    <${Dialog} title=${t("talk.cancel_sure")} open=${cancelling.value} onClose=${() => (cancelling.value = false)}>
      <p>${t("talk.cancel_means")}</p>
      <div class="buttons"><${Act} kind="danger" does=${async () => { await order("cancel"); cancelling.value = false; }}>${t("talk.cancel_yes")}</${Act}>
        <${Button} onClick=${() => (cancelling.value = false)}>${t("talk.cancel_no")}</${Button}></div>
    </${Dialog}>
  </div>`;
}

function Resting() {
  const { error, resume_at } = work.value;
  return html`<div class="dock-head">
    <p class="dock-title">${error ? t("talk.stopped") : t("talk.rests")}
      <span class="quiet-text"> ${error ? `${error.message} ${error.remedy ?? ""}` : resume_at ? t("talk.resumes_at", { when: date(resume_at) }) : ""}</span></p>
    ${mayEdit.value && html`<div class="buttons"><${Act} kind="main" does=${() => order("resume")}>${t("talk.continue")}</${Act}></div>`}
  </div>`;
}
