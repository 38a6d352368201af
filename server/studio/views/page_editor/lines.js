/** The table of all lines: words, speakers and kinds of the whole book, with search and replace; saved all together. */
import { useEffect, useRef } from "preact/hooks";
import { useComputed, useSignal } from "@preact/signals";
import { draftOf, keepDraft } from "../../drafts.js";
import { t } from "../../i18n.js";
import { say } from "../../notices.js";
import { at } from "../../router.js";
import { mayEdit } from "../../session.js";
import { Button, Check, Empty, Field, html, Trouble, Waiting } from "../../ui.js";
import * as store from "../../work.js";
import * as edits from "./edits.js";
import { Row } from "./lines_row.js";
import { matcher, replaced, rowsOf } from "./lines_text.js";
import { bookOf } from "./scene.js";

export const words = ["editing"];
export const sheets = ["views/page_editor/page_editor.css"];

const CHUNK = 60;

/** @param {{params: Record<string, string>, query: URLSearchParams}} props */
export function View({ params, query }) {
  const version = query.get("version") ?? "";
  const last = useRef(/** @type {any} */ (null));
  const settled = edits.resting.value || store.closed.value || store.status.value === "parked";
  const wanted = version || (settled || !last.current ? store.head.value : "");
  const { data: found, problem, again } = store.useFetched(
    () => (wanted ? bookOf(store.work.peek(), store.head.peek(), version) : Promise.resolve(null)), [params.work, wanted, store.status.value === "completed"]);
  if (found) last.current = { of: params.work, found };
  const data = last.current?.of === params.work ? last.current.found : null;
  useEffect(() => edits.sitDown(params.work), [params.work]);
  useEffect(() => void (found && edits.drawn()), [found]);
  if (problem && !data) return html`<${Trouble} problem=${problem} onRetry=${again} />`;
  if (!data) return html`<${Waiting} label=${wanted ? undefined : t("editing.at_work")} />`;
  const rows = rowsOf(data.content);
  if (!rows.length) return html`<${Empty} title=${t("editing.no_lines")} text=${t("editing.no_lines_help")} />`;
  const cast = data.content.characters?.characters ?? [];
  const may = mayEdit.value && (!version || version === store.head.value);
  return html`<${Table} key=${params.work} work=${params.work} rows=${rows} cast=${cast} may=${may} />`;
}

/** Changes that were left here unsaved, of lines that are still there. @param {string} work @param {import("./lines_text.js").LineRow[]} rows */
function left(work, rows) {
  const keys = new Set(rows.map((row) => row.key));
  const kept = draftOf("lines", work);
  return new Map(Array.isArray(kept) ? kept.filter(([key]) => keys.has(key)) : []);
}

/** @param {{work: string, rows: import("./lines_text.js").LineRow[], cast: any[], may: boolean}} props */
function Table({ work, rows, cast, may }) {
  const wanted = useSignal("");
  const other = useSignal("");
  const exact = useSignal(false);
  const speaker = useSignal("");
  const most = useSignal(CHUNK);
  /** What is changed and not saved yet, by key. */
  const changes = useSignal(/** @type {Map<string, {text?: string, speaker?: string | null, kind?: string}>} */ (left(work, rows)));
  useEffect(() => {
    const later = setTimeout(() => keepDraft("lines", work, [...changes.value]), 300);
    return () => clearTimeout(later);
  }, [changes.value]);
  useEffect(() => {
    const now = () => keepDraft("lines", work, [...changes.peek()]);
    addEventListener("pagehide", now);
    return () => {
      removeEventListener("pagehide", now);
      now();
      if (changes.peek().size) say(t("frame.draft_kept"));
    };
  }, []);
  const busy = useComputed(() => edits.waiting.value.length > 0);
  const now = (/** @type {import("./lines_text.js").LineRow} */ row) => ({ ...row, ...changes.value.get(row.key) });
  const match = matcher(wanted.value, exact.value);
  const shown = rows.filter((row) => {
    const line = now(row);
    return (!wanted.value || changes.value.has(row.key) || match.test(line.text)) && (!speaker.value || (line.speaker ?? "-") === speaker.value);
  });
  const hits = wanted.value ? shown.filter((row) => replaced(now(row).text, match.form, other.value) !== now(row).text) : [];

  /** @param {string} key @param {any} part */
  function change(key, part) {
    const row = rows.find((each) => each.key === key);
    const next = new Map(changes.value);
    const all = { ...next.get(key), ...part };
    for (const name of Object.keys(all)) if (all[name] === /** @type {any} */ (row)[name]) delete all[name];
    if (Object.keys(all).length) next.set(key, all);
    else next.delete(key);
    changes.value = next;
  }
  function replaceAll() {
    hits.forEach((row) => change(row.key, { text: replaced(now(row).text, match.form, other.value) }));
  }
  /** What was sent last: refused, it stands in the table again, to be put right. */
  const sent = useRef(/** @type {{id: string, changes: Map<string, any>} | null} */ (null));
  function save() {
    const table = [...changes.value].map(([key, part]) => ({ key, ...part }));
    sent.current = { id: edits.edit("text_edit", "storyboard", { lines: table }, {}), changes: changes.value };
    changes.value = new Map();
  }
  useEffect(() => {
    if (!sent.current || !edits.refusedLast.value.has(sent.current.id)) return;
    changes.value = new Map([...sent.current.changes, ...changes.value]);
    sent.current = null;
  }, [edits.refusedLast.value]);
  const empty = [...changes.value.values()].some((part) => part.text !== undefined && !part.text.trim());
  const people = /** @type {[string, string][]} */ ([["", t("editing.everybody")], ["-", t("editing.nobody")], ...cast.map((each) => [each.key, each.name])]);
  return html`<section class="lines">
    <header><h1>${t("editing.lines_title")}</h1>
      <p class="quiet-text" role="status">${t("editing.lines_shown", { n: shown.length, all: rows.length })}${busy.value ? ` · ${t("editing.drawing", { n: edits.waiting.value.length })}` : ""}</p></header>
    <form class="lines-tools" role="search" onSubmit=${(/** @type {Event} */ event) => { event.preventDefault(); replaceAll(); }}>
      <${Field} label=${t("editing.search")}>${(/** @type {any} */ ids) => html`<input ...${ids} type="search" value=${wanted.value}
        onInput=${(/** @type {any} */ event) => { wanted.value = event.target.value; most.value = CHUNK; }} />`}</${Field}>
      ${may && html`<${Field} label=${t("editing.replace_by")}>${(/** @type {any} */ ids) => html`<input ...${ids} type="text" value=${other.value}
        onInput=${(/** @type {any} */ event) => (other.value = event.target.value)} />`}</${Field}>`}
      <${Field} label=${t("editing.speaker")}>${(/** @type {any} */ ids) => html`<select ...${ids} value=${speaker.value} onChange=${(/** @type {any} */ event) => (speaker.value = event.target.value)}>
        ${people.map(([key, name]) => html`<option key=${key} value=${key}>${name}</option>`)}</select>`}</${Field}>
      <${Check} label=${t("editing.match_case")} checked=${exact.value} onChange=${(/** @type {boolean} */ yes) => (exact.value = yes)} />
      ${may && html`<${Button} type="submit" disabled=${!hits.length}>${t("editing.replace_n", { n: hits.length })}</${Button}>`}
    </form>
    <table><caption class="visually-hidden">${t("editing.lines_title")}</caption>
      <thead><tr><th scope="col">${t("editing.where_short")}</th><th scope="col">${t("editing.speaker")}</th><th scope="col">${t("editing.kind")}</th><th scope="col">${t("editing.words")}</th></tr></thead>
      <tbody>${shown.slice(0, most.value).map((row) => html`<${Row} key=${row.key} work=${work} line=${row} part=${changes.value.get(row.key)} cast=${cast} may=${may} match=${wanted.value ? match.form : null} onChange=${change} />`)}</tbody>
    </table>
    ${shown.length > most.value && html`<${More} onSeen=${() => (most.value += CHUNK)} n=${shown.length - most.value} />`}
    ${!shown.length && html`<p class="quiet-text">${t("editing.no_match")}</p>`}
    ${may && (changes.value.size > 0 || edits.undoable.value || edits.redoable.value.length > 0) && html`<div class="save-bar">
      ${changes.value.size > 0 && html`<${Button} kind="main" disabled=${empty} onClick=${save}>${t("editing.save_n", { n: changes.value.size })}</${Button}>
        <${Button} onClick=${() => (changes.value = new Map())}>${t("editing.discard")}</${Button}><span class="quiet-text">${t("editing.not_saved")}</span>`}
      ${changes.value.size === 0 && html`<${Button} disabled=${!edits.undoable.value} onClick=${() => edits.undo()}>${t("editing.undo")}</${Button}>
        <${Button} disabled=${!edits.redoable.value.length} onClick=${() => edits.redo()}>${t("editing.redo")}</${Button}>`}
      ${empty && html`<span class="fault">${t("editing.words_empty")}</span>`}
    </div>`}
  </section>`;
}

/** More rows when the end comes into sight, or when asked. @param {{n: number, onSeen: () => void}} props */
function More({ n, onSeen }) {
  const foot = useRef(/** @type {any} */ (null));
  useEffect(() => {
    const watch = new IntersectionObserver((seen) => seen.some((each) => each.isIntersecting) && onSeen(), { rootMargin: "600px" });
    watch.observe(foot.current);
    return () => watch.disconnect();
  }, [n]);
  return html`<p ref=${foot}><${Button} onClick=${onSeen}>${t("editing.more_lines", { n })}</${Button}></p>`;
}
