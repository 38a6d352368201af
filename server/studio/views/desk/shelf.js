/** The works there are, newest first: cover, title, where each stands; search, and deleting that can be taken back. */
import { signal, useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { Button, Chip, Empty, Meter, Picture, Trouble, Waiting, classes, html } from "../../ui.js";
import { date, named, t } from "../../i18n.js";
import { api, problemOf } from "../../api.js";
import { at } from "../../router.js";
import { say, sayProblem } from "../../notices.js";
import { mayDelete, mayEdit, session } from "../../session.js";
import { beginSample } from "./new_book.js";

const LOOK_MS = 4000;
const UNDO_S = 8;
const MOVING = ["new", "queued", "processing"];
/** Works that are taken off the shelf and will be deleted when nobody takes that back. */
const leaving = signal(/** @type {Set<string>} */ (new Set()));

/** @param {any} work */
function remove(work) {
  leaving.value = new Set([...leaving.value, work.id]);
  const back = () => (leaving.value = new Set([...leaving.value].filter((id) => id !== work.id)));
  const timer = setTimeout(async () => {
    try {
      await api(`/v1/works/${work.id}`, { method: "DELETE" });
    } catch (error) {
      back();
      sayProblem(error);
    }
  }, UNDO_S * 1000);
  say(t("desk.deleted", { title: work.title ?? t("frame.untitled") }), {
    seconds: UNDO_S,
    undo: () => {
      clearTimeout(timer);
      back();
    },
  });
}

export function Shelf() {
  const works = useSignal(/** @type {any[] | null} */ (null));
  const next = useSignal(/** @type {string | null} */ (null));
  const problem = useSignal(/** @type {import("../../api.js").Problem | null} */ (null));
  const search = useSignal("");

  async function look() {
    try {
      const size = Math.min(200, Math.max(40, works.peek()?.length ?? 0));
      const found = await api(`/v1/works?limit=${size}`);
      [works.value, next.value, problem.value] = [found.items, found.next, null];
    } catch (error) {
      problem.value = problemOf(error);
    }
  }
  async function more() {
    const found = await api(`/v1/works?limit=100&cursor=${next.value}`).catch(sayProblem);
    if (found?.items) [works.value, next.value] = [[...(works.value ?? []), ...found.items], found.next];
  }
  useEffect(() => {
    void look();
    const timer = setInterval(() => !document.hidden && void look(), LOOK_MS);
    return () => clearInterval(timer);
  }, []);

  if (!works.value && problem.value) return html`<${Trouble} problem=${problem.value} onRetry=${look} />`;
  if (!works.value) return html`<${Waiting} />`;
  const wanted = search.value.trim().toLowerCase();
  const there = works.value.filter((work) => !leaving.value.has(work.id));
  const shown = there.filter((work) => !wanted || (work.title ?? "").toLowerCase().includes(wanted));
  return html`<section class="shelf" aria-labelledby="shelf">
    <div class="shelf-head">
      <h2 id="shelf" class="desk-title">${t("desk.shelf")}</h2>
      ${there.length > 3 && html`<input type="search" aria-label=${t("desk.search")} placeholder=${t("desk.search")}
        value=${search.value} onInput=${(/** @type {any} */ event) => (search.value = event.target.value)} />`}
    </div>
    ${there.length === 0 && html`<${Empty} title=${t("desk.no_works")} text=${t("desk.no_works_hint")}>
      ${mayEdit.value && !session.value?.paid && html`<${Button} onClick=${() => beginSample().catch(sayProblem)}>${t("desk.sample")}</${Button}>`}</${Empty}>`}
    ${there.length > 0 && shown.length === 0 && html`<p class="quiet-text">${t("desk.nothing_found")}</p>`}
    <ul class="works">${shown.map((work) => html`<${Book} key=${work.id} work=${work} />`)}</ul>
    ${next.value && html`<${Button} onClick=${more}>${t("desk.more")}</${Button}>`}
  </section>`;
}

/** @param {{work: any}} props */
function Book({ work }) {
  const title = work.title ?? t("frame.untitled");
  const { progress, status } = work;
  const redrawn = work.finished && MOVING.includes(status);
  const place = work.finished ? at(work.id, "read") : at(work.id);
  return html`<li class=${classes("book", status)}>
    <a class="cover" href=${at(work.id)} aria-hidden="true" tabindex="-1">
      ${work.finished ? html`<${Picture} src=${`/v1/works/${work.id}/files/pages/000.png?small=true`} width="182" height="257" />`
        : html`<span class="blank"><span>${title}</span></span>`}
    </a>
    <div class="book-words">
      <h3><a href=${at(work.id)}>${title}</a></h3>
      <p class="book-state">
        <${Chip} kind=${work.pending_review ? "red" : status === "failed" ? "red" : MOVING.includes(status) ? "blue" : ""}>
          ${work.pending_review?.to_end ? t("desk.asks_wish")
            : work.pending_review ? t("desk.asks", { phase: named("frame", `phase_${work.pending_review.phase}`) })
            : redrawn ? t("desk.redrawn") : named("desk", `status_${status}`)}
        </${Chip}>
        ${work.degraded && html`<${Chip} kind="red">${t("desk.degraded")}</${Chip}>`}
      </p>
      ${MOVING.includes(status) && !redrawn && progress && html`<p class="quiet-text">${named("frame", `phase_${progress.phase}`)} ${progress.completed}/${progress.total}</p>
        <${Meter} value=${progress.completed} most=${progress.total} label=${t("desk.progress")} />`}
      <p class="quiet-text">${date(work.created_at)}</p>
      <div class="buttons">
        ${work.finished && html`<a class="button quiet" href=${place}>${t("desk.read")}</a>`}
        ${mayDelete.value && html`<${Button} kind="quiet" aria-label=${t("desk.delete_this", { title })} onClick=${() => remove(work)}>${t("desk.delete")}</${Button}>`}
      </div>
    </div>
  </li>`;
}
