/** A story goes in: pasted, dropped or an example; with wishes and what it will take, before anything begins. */
import { effect, signal, useSignal } from "@preact/signals";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { Button, Field, classes, html } from "../../ui.js";
import { duration, language, money, number, t } from "../../i18n.js";
import { api, problemOf } from "../../api.js";
import { draftOf, keepDraft } from "../../drafts.js";
import { at, go } from "../../router.js";
import { say } from "../../notices.js";
import { session } from "../../session.js";
import { Settings, briefOf } from "./settings.js";

const MOST = 100_000;
const MOST_BYTES = 1_000_000;
const EXAMPLES = /** @type {Record<string, string>} */ ({ ja: "hoshi_no_kagi", en: "the_lighthouse_cat" });
/** The story and the wishes for it, kept in this browser until the book is begun. */
const text = signal(String(draftOf("story") ?? ""));
const wish = signal(/** @type {Record<string, any>} */ (draftOf("story_wishes") ?? {}));
/** Was the story left here, and not written just now? */
const found_again = signal(text.value !== "");
/** @type {ReturnType<typeof setTimeout> | undefined} */
let later;
effect(() => {
  const [story, wishes] = [text.value, wish.value];
  clearTimeout(later);
  later = setTimeout(keepNow, story === "" ? 0 : 400, story, wishes);
});
addEventListener("pagehide", () => keepNow(text.peek(), wish.peek()));

/** @param {string} story @param {Record<string, any>} wishes */
function keepNow(story, wishes) {
  keepDraft("story", "", story.length <= MOST * 2 ? story : null);
  keepDraft("story_wishes", "", story ? wishes : null);
}

/** Characters as the service counts them: code points. @param {string} story */
const lengthOf = (story) => [...story].length;

/** @param {File} file */
async function read(file) {
  if (!/\.(txt|md|markdown)$/i.test(file.name)) return say(t("desk.not_text", { name: file.name }), { kind: "fault" });
  if (file.size > MOST_BYTES) return say(t("desk.too_large"), { kind: "fault" });
  const bytes = await file.arrayBuffer();
  try {
    text.value = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    text.value = new TextDecoder("shift_jis").decode(bytes); // what old Japanese texts are in
  }
}

async function example() {
  const answer = await fetch(new URL(`../../examples/${EXAMPLES[language.value]}.txt`, import.meta.url));
  return answer.ok ? answer.text() : "";
}

/** A book of the example, made without a question: something to read and to try every tool on. Raises `Problem`. */
export async function beginSample() {
  const [story, wishes] = [await example(), { review: false }];
  const work = await api("/v1/works", { json: { ...briefOf(wishes), text: story, request_id: requestId(story, wishes) } });
  go(at(work.id));
}

export function NewBook() {
  const over = useSignal(false);
  const busy = useSignal(false);
  const fault = useSignal(/** @type {import("../../api.js").Problem | null} */ (null));
  const picker = useRef(/** @type {HTMLInputElement | null} */ (null));
  const length = lengthOf(text.value);
  const ready = text.value.trim() !== "" && length <= MOST;

  useLayoutEffect(() => {
    const pasted = (/** @type {ClipboardEvent} */ event) => {
      const words = event.clipboardData?.getData("text/plain");
      if (!words || text.peek() || /** @type {Element} */ (event.target).closest("input, textarea, select")) return;
      event.preventDefault();
      text.value = words;
    };
    document.addEventListener("paste", pasted);
    return () => document.removeEventListener("paste", pasted);
  }, []);
  async function start() {
    busy.value = true;
    try {
      const work = await api("/v1/works", { json: { ...briefOf(wish.value), text: text.value, request_id: requestId(text.value, wish.value) } });
      [text.value, found_again.value] = ["", false];
      keepNow("", {});
      go(at(work.id));
    } catch (error) {
      fault.value = problemOf(error);
    }
    busy.value = false;
  }

  return html`<section class="new-book" aria-labelledby="new-book">
    <h2 id="new-book" class="desk-title">${t("desk.new_book")}</h2>
    <div class=${classes("story-box", over.value && "over")}
      onDragOver=${(/** @type {any} */ event) => { event.preventDefault(); over.value = true; }}
      onDragLeave=${() => (over.value = false)}
      onDrop=${(/** @type {any} */ event) => {
        event.preventDefault();
        over.value = false;
        if (event.dataTransfer.files[0]) void read(event.dataTransfer.files[0]);
      }}>
      <${Field} label=${t("desk.story")} fault=${length > MOST ? t("desk.too_long", { most: number(MOST) }) : ""}>
        ${(/** @type {any} */ ids) => html`<textarea ...${ids} rows="11" spellcheck=${false} placeholder=${t("desk.story_hint")}
          value=${text.value} onInput=${(/** @type {any} */ event) => { text.value = event.target.value; fault.value = null; }}></textarea>`}
      </${Field}>
      <div class="story-foot">
        <div class="buttons">
          <${Button} kind="quiet" onClick=${() => picker.current?.click()}>${t("desk.open_file")}</${Button}>
          <${Button} kind="quiet" onClick=${async () => (text.value = (await example()) || text.value)}>${t("desk.example")}</${Button}>
          ${text.value && html`<${Button} kind="quiet" onClick=${clear}>${t("desk.clear")}</${Button}>`}
          <input type="file" accept=".txt,.md,.markdown,text/plain" hidden ref=${picker} aria-label=${t("desk.open_file")}
            onChange=${(/** @type {any} */ event) => { if (event.target.files[0]) void read(event.target.files[0]); event.target.value = ""; }} />
        </div>
        ${found_again.value && text.value && html`<span class="quiet-text" role="status">${t("desk.draft_found")}</span>`}
        <span class="quiet-text">${t("desk.characters", { n: number(length), most: number(MOST) })}</span>
      </div>
    </div>
    <${Settings} wish=${wish} />
    ${fault.value && html`<p class="fault" role="alert">${fault.value.words} ${fault.value.help}</p>`}
    <div class="start">
      <${Foretold} text=${text.value} wish=${wish.value} ready=${ready} />
      <${Button} kind="main" disabled=${!ready} busy=${busy.value} onClick=${start}>${t("desk.start")}</${Button}>
    </div>
  </section>`;
}

function clear() {
  const old = text.value;
  text.value = "";
  say(t("desk.cleared"), { undo: () => (text.value = old) });
}

/** The same story with the same wishes, sent twice by a hasty hand, is one book. @type {{of: string, id: string}} */
let last = { of: "", id: "" };

/** @param {string} story @param {object} wishes */
function requestId(story, wishes) {
  const of = JSON.stringify([story, wishes]);
  if (last.of !== of) {
    const random = crypto.getRandomValues(new Uint32Array(3));
    last = { of, id: `studio-${[...random].map((part) => part.toString(36)).join("")}` };
  }
  return last.id;
}

/** What it will be, before it is. @param {{text: string, wish: Record<string, any>, ready: boolean}} props */
function Foretold({ text: story, wish: wishes, ready }) {
  const found = useSignal(/** @type {any} */ (null));
  const problem = useSignal(/** @type {import("../../api.js").Problem | null} */ (null));
  useEffect(() => {
    if (!ready) {
      [found.value, problem.value] = [null, null];
      return undefined;
    }
    const stop = new AbortController();
    const timer = setTimeout(async () => {
      try {
        found.value = await api("/v1/works/estimate", { json: { ...briefOf(wishes), text: story }, signal: stop.signal });
        problem.value = null;
      } catch (error) {
        if (!stop.signal.aborted) [found.value, problem.value] = [null, problemOf(error)];
      }
    }, 500);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [story, wishes, ready]);
  if (problem.value) return html`<p class="fault" role="status">${problem.value.words}</p>`;
  const e = found.value;
  if (!e) return html`<p class="quiet-text" role="status">${t(ready ? "desk.counting" : "desk.estimate_hint")}</p>`;
  return html`<dl class="estimate" aria-live="polite">
    <div><dt>${t("desk.pages")}</dt><dd>${t("desk.about", { n: number(e.pages) })}</dd></div>
    <div><dt>${t("desk.panels")}</dt><dd>${t("desk.about", { n: number(e.panels) })}</dd></div>
    <div><dt>${t("desk.paid_images")}</dt><dd>${e.images ? t("desk.about", { n: number(e.images) }) : t("desk.none")}</dd></div>
    <div><dt>${t("desk.time")}</dt><dd>${duration(e.seconds + 0.4 * e.pages)}</dd></div>
    <div><dt>${t("desk.cost")}</dt><dd>${e.estimated_usd || session.value?.paid ? money(e.estimated_usd) : t("desk.free")}
      ${e.unpriced?.length > 0 && html`<span class="quiet-text"> ${t("desk.unpriced", { models: e.unpriced.join(", ") })}</span>`}</dd></div>
  </dl>${(e.warnings ?? []).map((/** @type {string} */ words) => html`<p class="quiet-text" role="status">${words}</p>`)}`;
}
