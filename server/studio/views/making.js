/** A book in the making: seven phases with their times, what has arrived, panels that fill in one by one. */
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { Chip, LinkButton, Meter, Picture, Trouble, classes, html } from "../ui.js";
import { clock, language, t } from "../i18n.js";
import { at } from "../router.js";
import { standing } from "../frame.js";
import { PHASES, closed, fileOf, made, pending, preview, redrawn, stamp, useFetched, work } from "../work.js";
import { api, Problem } from "../api.js";
import { Filling } from "./making/filling.js";

export const words = ["making"];
export const sheets = ["views/making.css"];

export function View() {
  const whole = work.value;
  const drawing = whole.progress?.phase === "artwork" && !whole.finished && !closed.value && !pending.value;
  return html`<div class="making">
    <h1 class="making-title">${headline(whole)}</h1>
    ${whole.error && html`<${Trouble} problem=${new Problem({ ...whole.error, detail: whole.error.message })} />`}
    ${whole.finished && html`<${Done} whole=${whole} />`}
    ${whole.warnings?.length > 0 && html`<ul class="quiet-text">${whole.warnings.map((/** @type {string} */ line) => html`<li key=${line}>${line}</li>`)}</ul>`}
    <div class="making-columns">
      <${Timeline} whole=${whole} />
      <section class="arrived" aria-label=${t("making.arrived")}>
        ${drawing ? html`<${Filling} />` : html`<${Latest} />`}
      </section>
    </div>
  </div>`;
}

/** @param {any} whole */
function headline(whole) {
  if (pending.value?.to_end) return t("making.is_completed");
  if (redrawn.value) return t("making.is_redrawn");
  if (pending.value) return t("making.asks", { phase: t(`frame.phase_${pending.value.phase}`) });
  if (closed.value || ["parked"].includes(whole.status)) return t(`making.is_${whole.status}`);
  const { progress } = whole;
  if (!progress) return t("making.is_queued");
  return progress.total > 1 ? t("making.so_far", { phase: t(`frame.phase_${progress.phase}`), done: progress.completed, all: progress.total })
    : t("making.at_work", { phase: t(`frame.phase_${progress.phase}`) });
}

/** Finished: the cover, and where to go now. @param {{whole: any}} props */
function Done({ whole }) {
  return html`<section class="finished">
    <a class="done-cover" href=${at(whole.id, "read")}><${Picture} src=${fileOf("pages/000.png")} lazy=${false} width="182" height="257" alt=${t("making.cover", { title: whole.title ?? "" })} /></a>
    <div>
      ${whole.degraded && html`<p class="fault">${t("making.degraded", { n: whole.placeholders.length })} <a href=${at(whole.id, "artwork")}>${t("making.see_them")}</a></p>`}
      <p>${t("making.counted", { pages: whole.pages.length, time: clock(whole.processing_time) })}</p>
      <div class="buttons">
        <${LinkButton} kind="main" href=${at(whole.id, "read")}>${t("making.read")}</${LinkButton}>
        <${LinkButton} href=${at(whole.id, "exports")}>${t("making.take_home")}</${LinkButton}>
        <${LinkButton} href=${at(whole.id, "lettering")}>${t("making.edit_pages")}</${LinkButton}>
      </div>
    </div>
  </section>`;
}

/** How long each phase took in the book finished last, for what to expect. */
async function lastTimes() {
  const found = await api("/v1/works?status=completed&limit=1");
  if (!found.items[0]) return null;
  const last = await api(`/v1/works/${found.items[0].id}`);
  return { times: last.processing_times, pages: Math.max(1, last.pages.length) };
}

/** Seconds to expect: by what is done of it, else as in the last book. @param {any} whole @param {number} index @param {any} last @param {number} elapsed */
function expected(whole, index, last, elapsed) {
  const { progress } = whole;
  if (progress?.phase === PHASES[index] && progress.completed > 2 && progress.total > 2) return (elapsed * progress.total) / progress.completed;
  return last?.times?.[index] ?? null;
}

/** @param {{whole: any}} props */
function Timeline({ whole }) {
  const now = useSignal(Date.now());
  const { data: last } = useFetched(lastTimes, [whole.id]);
  const moving = !closed.value && !pending.value && whole.status === "processing";
  useEffect(() => {
    if (!moving) return undefined;
    const timer = setInterval(() => (now.value = Date.now()), 500);
    return () => clearInterval(timer);
  }, [moving]);
  return html`<ol class="timeline">${PHASES.map((phase, index) => {
    const how = standing(phase);
    const took = whole.processing_times?.[index] ?? 0;
    const elapsed = how === "now" && whole.phase_begun_at ? Math.max(0, (now.value - Date.parse(whole.phase_begun_at)) / 1000) : took;
    const most = how === "now" ? expected(whole, index, last, elapsed) : null;
    return html`<li key=${phase} class=${classes("leg", how)}>
      <span class="leg-mark" aria-hidden="true"></span>
      <div class="leg-words">
        <h2><a href=${at(whole.id, phase)}>${t(`frame.phase_${phase}`)}</a>
          ${how === "asking" && html`<${Chip} kind="red">${t("frame.standing_asking")}</${Chip}>`}</h2>
        <p class="quiet-text">${t(`making.what_${phase}`)}</p>
        ${how === "now" && whole.progress?.total > 1 && html`<${Meter} value=${whole.progress.completed} most=${whole.progress.total}
          label=${t(`frame.phase_${phase}`)} />`}
      </div>
      <span class="leg-time">${elapsed > 0 && (how === "now" ? clock(elapsed) : t("making.took", { s: elapsed.toFixed(elapsed < 10 ? 1 : 0) }))}
        ${most && html`<span class="quiet-text"> / ${t("making.expected", { time: clock(Math.max(most, elapsed)) })}</span>`}</span>
    </li>`;
  })}</ol>`;
}

/** The newest phase that there is, as it looks. */
function Latest() {
  const there = PHASES.filter((phase) => made.value[phase]);
  const phase = there[there.length - 1];
  const { data, problem, again } = useFetched(async () => (phase ? preview(phase, undefined, 2) : null), [phase, stamp.value, language.value]);
  if (!phase) return html`<p class="waiting">${t("making.nothing_yet")}</p>`;
  if (problem && !data) return html`<${Trouble} problem=${problem} onRetry=${again} />`;
  const images = data?.phase === phase ? data.images : [];
  return html`<h2>${t("making.newest", { phase: t(`frame.phase_${phase}`) })}</h2>
    <a class=${classes("newest", images.length > 1 && "pages", work.value.manga_result?.direction === "ltr" ? "ltr" : "rtl")} href=${at(work.value.id, phase)}
      aria-label=${t("making.open", { phase: t(`frame.phase_${phase}`) })}>
      ${images.slice(0, 12).map((/** @type {any} */ image) => html`<${Picture} key=${image.blob} src=${image.url} width=${image.width} height=${image.height} />`)}
    </a>`;
}
