/** What stands around every view: the top line, and for a work its title, its seven phases and its rooms. */
import { useEffect, useRef } from "preact/hooks";
import { html, IconButton, LinkButton, Notices, Trouble, Waiting, classes } from "./ui.js";
import { language, LANGUAGES, speak, t } from "./i18n.js";
import { KEPT, keep, recall } from "./kept.js";
import { Late } from "./late.js";
import { reachable } from "./api.js";
import { at, place, ROOT, SHARED } from "./router.js";
import { session, signOut } from "./session.js";
import * as store from "./work.js";
import { signal } from "@preact/signals";

const theme = signal(recall(KEPT.theme) ?? "auto");
const THEMES = ["auto", "light", "dark"];

/** @param {string} which */
function wear(which) {
  theme.value = which;
  keep(KEPT.theme, which);
  if (which === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = which;
}
if (theme.value !== "auto") document.documentElement.dataset.theme = theme.value;

function Top() {
  const next = THEMES[(THEMES.indexOf(theme.value) + 1) % THEMES.length];
  const other = LANGUAGES.find((each) => each !== language.value) ?? "en";
  return html`<header class="top">
    <a class="brand" href=${ROOT}><span class="seal" aria-hidden="true">漫</span>Mangaka</a>
    <div class="top-tools">
      <button type="button" class="icon-button word" lang=${other} onClick=${() => speak(other)}>
        ${other === "ja" ? "日本語" : "English"}</button>
      <${IconButton} icon=${theme.value} label=${t(`frame.theme_${theme.value}`)} onClick=${() => wear(next)} />
      ${session.value?.signed_in && session.value.asks_for_token && html`<button type="button" class="icon-button word"
        onClick=${() => void signOut()}>${t("frame.sign_out")}</button>`}
    </div>
  </header>`;
}

/** What the book is called, as soon as that is known. @param {any} whole */
export const titleOf = (whole) => whole.title || whole.manga_result?.title || t("frame.untitled");

/** Where each phase stands: `done`, `now`, `asking` (a person is asked), `stopped`, `ahead`. @param {string} phase */
export function standing(phase) {
  const [whole, asked] = [store.work.value, store.pending.value];
  if (!whole) return "ahead";
  if (asked?.phase === phase && !asked.to_end) return "asking";
  if (whole.error?.phase === phase) return "stopped";
  const now = whole.progress?.phase;
  if (!store.closed.value && now === phase && !asked) return "now";
  return store.made.value[phase] ? "done" : "ahead";
}

/** A line that is longer than the window shows where one is. @param {string} where */
function useShown(where) {
  const line = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => {
    const here = /** @type {HTMLElement | null} */ (line.current?.querySelector("[aria-current]"));
    if (!line.current || !here) return;
    const [room, box] = [line.current.getBoundingClientRect(), here.getBoundingClientRect()];
    line.current.scrollLeft += box.left + box.width / 2 - room.left - room.width / 2;
  }, [where]);
  return line;
}

/** The seven phases as a line of links; each is a step that is done, going on or ahead. @param {{work: string}} props */
export function Rail({ work }) {
  const shown = place.value.path.split("/")[2] ?? "";
  return html`<nav class="rail" ref=${useShown(shown)} aria-label=${t("frame.phases")}><ol>
    ${store.PHASES.map((phase, index) => {
      const how = standing(phase);
      const progress = how === "now" ? store.work.value?.progress : null;
      return html`<li key=${phase} class=${classes("step", how)}>
        <a href=${at(work, phase)} aria-current=${shown === phase ? "page" : null}>
          <span class="mark" aria-hidden="true">${index + 1}</span>
          <span class="step-name">${t(`frame.phase_${phase}`)}</span>
          <span class="step-state">${progress && progress.total > 1
            ? `${progress.completed}/${progress.total}` : t(`frame.standing_${how}`)}</span>
        </a></li>`;
    })}
  </ol></nav>`;
}

const ROOMS = ["", "lines", "read", "versions", "exports", "talking", "debug"];

/** @param {{work: string}} props */
function Rooms({ work }) {
  const shown = place.value.path.split("/")[2] ?? "";
  return html`<nav class="work-head" aria-label=${t("frame.rooms")}>
    <p class="work-title"><a href=${at(work)}>${titleOf(store.work.value)}</a></p>
    <div class="rooms" ref=${useShown(shown)}>${ROOMS.map((room) => html`<a key=${room} href=${at(work, room)} aria-current=${shown === room ? "page" : null}>
      ${t(`frame.room_${room || "making"}`)}</a>`)}</div>
  </nav>`;
}

/** The work's own frame, with the store opened for it. @param {{work: string, children: any}} props */
function WorkFrame({ work, children }) {
  useEffect(() => void store.open(work), [work]);
  const [whole, problem] = [store.work.value, store.trouble.value];
  if (!whole && problem) {
    return html`<main id="main"><${Trouble} problem=${problem} onRetry=${problem.status === 404 ? null : store.refresh} />
      <p><${LinkButton} href=${ROOT}>${t("frame.to_desk")}</${LinkButton}></p></main>`;
  }
  if (!whole || whole.id !== work) return html`<main id="main"><${Waiting} /></main>`;
  document.title = `${titleOf(whole)} – Mangaka`;
  return html`<${Rooms} work=${work} />
    ${!place.value.params.page && html`<${Rail} work=${work} />`}
    ${store.stream.value === "lost" && html`<p class="banner" role="status">${t("frame.stream_lost")}</p>`}
    <main id="main" tabindex="-1">${children}</main>
    <${Late} module="views/talk/dock.js" />`;
}

/** @param {{children: any}} props */
export function Frame({ children }) {
  const { params, module } = place.value;
  const inside = session.value?.signed_in !== false;
  const bare = module === SHARED || (inside && module === "views/reader.js");
  const editing = inside && module === "views/page_editor/page.js";
  return html`<div class=${classes("studio", bare && "bare", editing && "editing")}>
    ${module !== SHARED && html`<a class="skip" href="#main">${t("frame.skip")}</a>`}
    ${!bare && html`<${Top} />`}
    ${!reachable.value && html`<p class="banner fault" role="status">${t("frame.unreachable")}</p>`}
    ${inside && params.work && bare ? html`<${BareFrame} work=${params.work}>${children}</${BareFrame}>`
      : inside && params.work ? html`<${WorkFrame} work=${params.work}>${children}</${WorkFrame}>`
      : html`<main id="main" tabindex="-1">${children}</main>`}
    <${Notices} />
  </div>`;
}

/** For the reader: nothing around it, only the store. @param {{work: string, children: any}} props */
function BareFrame({ work, children }) {
  useEffect(() => void store.open(work), [work]);
  if (!store.work.value && store.trouble.value) return html`<main id="main"><${Trouble} problem=${store.trouble.value} onRetry=${store.refresh} /></main>`;
  if (store.work.value?.id !== work) return html`<main id="main"><${Waiting} /></main>`;
  return html`<main id="main" tabindex="-1">${children}</main>`;
}
