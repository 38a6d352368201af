/** Editing on the page: the page with its handles, beside it all that can be done by buttons and fields. */
import { useEffect } from "preact/hooks";
import { batch, signal, useComputed, useSignal } from "@preact/signals";
import { problemOf } from "../../api.js";
import { t } from "../../i18n.js";
import { at, go, setQuery } from "../../router.js";
import { mayEdit } from "../../session.js";
import { Button, classes, Empty, html, Icon, IconButton, LinkButton, Trouble, Waiting } from "../../ui.js";
import * as store from "../../work.js";
import { Canvas } from "./canvas.js";
import * as desk from "./desk.js";
import * as edits from "./edits.js";
import { LettersForm } from "./letters_form.js";
import { beside, bothPages, facing, showBoth } from "./open_book.js";
import { PageForm } from "./page_form.js";
import { PageStrip } from "./page_strip.js";
import { PanelForm } from "./panel_form.js";
import { addressOf, bookOf, nameOf, redrawnScene, sceneOf } from "./scene.js";
import { MOST_ZOOM, stepFrom } from "./zoom_and_pan.js";
import { aim, aimedAt, useOnScreen } from "../talk/aim.js";

export const words = ["editing"];
export const sheets = ["views/page_editor/page_editor.css"];

/** On a telephone, whether the sheet of what is chosen takes most of the window. */
const tall = signal(false);

/** @param {{params: Record<string, string>, query: URLSearchParams}} props */
export function View({ params, query }) {
  const number = Number(params.page);
  const version = query.get("version") ?? "";
  const problem = useSignal(/** @type {import("../../api.js").Problem | null} */ (null));
  const lacking = useSignal(false);
  const zoom = useSignal(1);
  const settled = useComputed(() => edits.resting.value || ["failed", "parked", "cancelled", "awaiting_feedback"].includes(store.status.value));
  const wanted = version || (settled.value || !desk.scene.value ? store.head.value : "");
  const turn = useSignal(0);

  useEffect(() => {
    edits.sitDown(params.work);
    if (!liesOpen(desk.scene.peek(), number) || version) desk.scene.value = null;
    desk.choose("");
    [desk.tool.value, lacking.value, problem.value] = ["choose", false, null];
  }, [params.work, number, version]);
  useEffect(() => void (desk.newest.value = !version || version === store.head.value), [version, store.head.value]);
  useEffect(() => {
    if (!wanted) return;
    let here = true;
    shownPage(version, number).then(
      (found) => here && took(found),
      (error) => here && (problem.value = problemOf(error)),
    );
    /** @param {import("./scene.js").Scene | null} found */
    function took(found) {
      [lacking.value, problem.value] = [!found, null];
      const whole = found && found.pages.find((page) => page.number === number)?.half === "second" ? facing(found) : null;
      if (whole) return go(at(params.work, `pages/${whole.number}`), { replace: true }); // of one picture the first page has all
      const begins = !desk.scene.value && found && query.get("at");
      desk.scene.value = found;
      if (begins && isThere(found, begins)) desk.choose(begins);
      if (found && desk.chosen.value && !isThere(found, desk.chosen.value)) desk.choose("");
      void edits.drawn();
    }
    return () => void (here = false);
  }, [params.work, number, version, wanted, store.status.value, turn.value]);

  useEffect(() => {
    const [told, before] = [store.page_seen.value, desk.scene.peek()];
    if (!told || told.page !== number || version || !before || before.number !== number) return;
    let here = true;
    void redrawnScene(before, told).then((found) => {
      if (!here || desk.scene.peek() !== before || !edits.waiting.peek().length) return;
      const keys = new Set([before.key, ...before.panels.flatMap((panel) => [panel.key, ...panel.letters.map((each) => each.key)])]);
      batch(() => {
        desk.scene.value = found;
        edits.seen(keys);
      });
    }, () => undefined);
    return () => void (here = false);
  }, [store.page_seen.value]);

  const scene = desk.scene.value;
  const shown = scene?.number === number ? desk.chosenLetters.value?.key ?? desk.chosenPanel.value?.key ?? scene.key : "";
  useOnScreen(scene && shown ? { address: addressOf(scene, shown), label: [...nameOf(scene, shown)].slice(0, 40).join(""), kind: "shown" } : null);
  if (problem.value && !scene) return html`<${Trouble} problem=${problem.value} onRetry=${() => (turn.value += 1)} />`;
  if (lacking.value) {
    return html`<${Empty} title=${t("editing.no_page", { n: number })} text=${t("editing.no_page_help")}>
      <${LinkButton} href=${at(params.work, "lettering")}>${t("editing.all_pages")}</${LinkButton}></${Empty}>`;
  }
  if (!scene || (scene.number !== number && !liesOpen(scene, number))) return html`<${Waiting} label=${wanted ? undefined : t("editing.at_work")} />`;
  return html`<section class="page-editor" onKeyDown=${shortcuts}>
    <h1 class="visually-hidden">${t("editing.edit_page", { n: number })}</h1>
    <${Bar} work=${params.work} scene=${scene} zoom=${zoom} />
    <${States} version=${version} />
    <${PageStrip} work=${params.work} scene=${scene} />
    <${Canvas} zoom=${zoom} work=${params.work} />
    ${zoom.value > 1 && html`<output class="zoom">${Math.round(zoom.value * 100)} %</output>`}
    <aside class=${classes("inspector", desk.chosen.value && "open", tall.value && "tall")} aria-label=${t("editing.inspector")}><${Inspector} /></aside>
    <p id="letters-help" class="visually-hidden">${t("editing.keys")}</p>
    <p id="tip-help" class="visually-hidden">${t("editing.keys_tip")}</p>
    <p id="border-help" class="visually-hidden">${t("editing.keys_border")}</p>
  </section>`;
}

/** Whether the page that is asked for is seen beside this one: then the book stays open until it is there. */
/** @param {import("./scene.js").Scene | null} scene @param {number} number */
const liesOpen = (scene, number) => Boolean(scene && beside(scene)?.number === number);

/** The page as it is now, or (for an older version) as it was. @param {string} version @param {number} number */
async function shownPage(version, number) {
  return sceneOf(await bookOf(store.work.peek(), store.head.peek(), version), number);
}

/** @param {import("./scene.js").Scene} scene @param {string} key */
const isThere = (scene, key) =>
  scene.panels.some((panel) => panel.key === key || panel.letters.some((letters) => letters.key === key));

function Inspector() {
  const [letters, panel] = [desk.chosenLetters.value, desk.chosenPanel.value];
  const scene = /** @type {import("./scene.js").Scene} */ (desk.scene.value);
  const key = letters?.key ?? panel?.key ?? scene.key;
  const address = addressOf(scene, key);
  const kind = letters ? "balloon" : panel ? "panel" : "page";
  const grip = tall.value ? "less" : "more";
  const back = html`<p class="up">${(letters || panel) && html`<${Button} kind="quiet" onClick=${() => desk.choose(letters?.panel ?? "")}>
    <${Icon} name="up" /> ${letters ? t("editing.to_panel") : t("editing.to_whole_page")}</${Button}>`}
    ${mayEdit.value && html`<${Button} kind="quiet" aria-pressed=${aimedAt(address) ? "true" : "false"}
      onClick=${() => aim({ address, label: [...nameOf(scene, key)].slice(0, 40).join(""), kind })}>${t("editing.talk_about")}</${Button}>`}
    ${(letters || panel) && html`<span class="grip"><${IconButton} icon=${grip} label=${t(`editing.sheet_${grip}`)} onClick=${() => (tall.value = !tall.value)} />
      <${IconButton} icon="close" label=${t("editing.let_go")} onClick=${() => desk.choose("")} /></span>`}</p>`;
  if (letters) return html`${back}<${LettersForm} letters=${letters} />`;
  if (panel) return html`${back}<${PanelForm} panel=${panel} />`;
  return html`${back}<${PageForm} />`;
}

/** Escape lets go. @param {KeyboardEvent} event */
function shortcuts(event) {
  const inField = event.target instanceof HTMLElement && event.target.matches("input, textarea, select, [contenteditable]");
  if (event.key !== "Escape" || inField) return;
  desk.tool.value = "choose";
  desk.cut.value = null;
  desk.choose("");
}

/** One line of signs. @param {{work: string, scene: import("./scene.js").Scene, zoom: import("@preact/signals").Signal<number>}} props */
function Bar({ work, scene, zoom }) {
  const { number, rtl, count } = scene;
  const to = (/** @type {number} */ n) => () => go(at(work, `pages/${n}`));
  const step = (/** @type {number} */ by, /** @type {string} */ sign, /** @type {string} */ label) => html`<${IconButton} icon=${sign} label=${label}
    disabled=${number + by < 1 || number + by > count} onClick=${to(number + by)} />`;
  const pages = [step(-1, rtl ? "forward" : "back", t("editing.last_page")), html`<select aria-label=${t("editing.page")} value=${String(number)}
    onChange=${(/** @type {any} */ event) => to(Number(event.target.value))()}>
      ${scene.pages.map((page) => html`<option key=${page.key} value=${page.number} selected=${page.number === number}>${page.number} / ${count}</option>`)}
    </select>`, step(1, rtl ? "back" : "forward", t("editing.next_page"))];
  return html`<div class="editor-bar" role="toolbar" aria-label=${t("editing.tools")}>
    ${rtl ? pages.toReversed() : pages}
    ${desk.editable.value && html`<${IconButton} icon="undo" label=${t("editing.undo")} disabled=${!edits.undoable.value} onClick=${() => edits.undo()} />
      <${IconButton} icon="redo" label=${t("editing.redo")} disabled=${!edits.redoable.value.length} onClick=${() => edits.redo()} />`}
    <${IconButton} icon="minus" label=${t("editing.zoom_out")} disabled=${zoom.value <= 1} onClick=${() => (zoom.value = stepFrom(zoom.value, -1))} />
    <${IconButton} icon="plus" label=${t("editing.zoom_in")} disabled=${zoom.value >= MOST_ZOOM} onClick=${() => (zoom.value = stepFrom(zoom.value, 1))} />
    ${facing(scene) && html`<${IconButton} icon="spread" class="icon-button wide-only" label=${t("editing.both_pages")} aria-pressed=${bothPages.value ? "true" : "false"} onClick=${() => showBoth(!bothPages.value)} />`}
    ${scene.live && html`<${IconButton} icon="area" label=${t("editing.safe_area")} title=${t("editing.safe_area_hint")} aria-pressed=${desk.safeArea.value ? "true" : "false"}
      onClick=${() => (desk.safeArea.value = !desk.safeArea.value)} />`}
    <a class="icon-button narrow-only" href=${at(work, "lettering")} aria-label=${t("editing.all_pages")} title=${t("editing.all_pages")}><${Icon} name="thumbs" /></a>
  </div>`;
}

/** Why something is as it is: only looked at, being drawn, a plan that waits. @param {{version: string}} props */
function States({ version }) {
  const asked = store.pending.value?.confirming ? store.pending.value : null;
  const count = edits.waiting.value.length;
  const newest = () => setQuery({ version: null });
  return html`<div class="editor-state" role="status" aria-live="polite">
    ${!mayEdit.value ? html`<p class="banner">${t("editing.viewer")}</p>`
      : version && !desk.newest.value ? html`<p class="banner">${t("editing.older")} <${Button} kind="quiet" onClick=${newest}>${t("editing.to_newest")}</${Button}></p>`
      : html`${asked && html`<p class="banner">${asked.question || t("editing.asks_yes")}
        ${asked.plan?.items?.length > 0 && html`<${Button} kind="quiet" onClick=${() => store.confirmPlan({ action: "confirm" })}>${t("editing.yes")}</${Button}>`}
        <${Button} kind="quiet" onClick=${() => store.confirmPlan({ action: "cancel" })}>${t("editing.no")}</${Button}></p>`}
        ${edits.resting.value || count || !asked ? html`<p class="editor-note">${count && edits.waiting.value.every((deed) => deed.seen) ? t("editing.seen")
        : count ? t("editing.drawing", { n: count })
        : edits.resting.value ? (desk.scene.value?.lettered ? t("editing.all_drawn") : t("editing.not_lettered")) : t("editing.at_work")}</p>` : null}`}
  </div>`;
}
