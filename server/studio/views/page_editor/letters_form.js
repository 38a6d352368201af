/** Everything about the chosen balloon, caption or sound that a person may change: the way of buttons and fields. */
import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { Button, Check, Choice, Field, html, Icon } from "../../ui.js";
import { draftOf, keepDraft } from "../../drafts.js";
import { t } from "../../i18n.js";
import * as store from "../../work.js";
import { accepted, edit, looks } from "./edits.js";
import * as desk from "./desk.js";
import { LETTER_KINDS, nameOf, PLACES } from "./scene.js";
import { isVertical } from "./in_place.js";
import { Stepper } from "./stepper.js";

/** @param {{letters: import("./scene.js").Letters}} props */
export function LettersForm({ letters }) {
  const scene = /** @type {import("./scene.js").Scene} */ (desk.scene.value);
  const { key, sort } = letters;
  const look = looks.value.get(key);
  const now = (/** @type {string} */ name) => look?.fields?.[name] ?? /** @type {any} */ (letters)[name];
  const set = (/** @type {string} */ name, /** @type {any} */ value) =>
    void edit("selection", key, { [name]: value }, { fields: { [name]: value } });
  const off = !desk.editable.value;
  const people = /** @type {[string, string][]} */ ([["", t("editing.nobody")], ...scene.cast.map((each) => [each.key, each.name])]);
  const kinds = /** @type {[string, string][]} */ ([...LETTER_KINDS, "sfx"].map((kind) => [kind, t(`editing.kind_${kind}`)]));
  return html`<h2>${nameOf(scene, key)}</h2>
    <${WordsField} letters=${letters} key=${key} />
    <div class="pair">
      <${Choice} label=${t("editing.kind")} value=${now("kind")} options=${kinds} disabled=${off} onChange=${(/** @type {string} */ v) => set("kind", v)} />
      ${sort === "balloon" && html`<${Choice} label=${t("editing.speaker")} value=${now("speaker") ?? ""} options=${people} disabled=${off}
        onChange=${(/** @type {string} */ v) => set("speaker", v || null)} />`}
    </div>
    ${sort === "balloon" && html`<${Choice} label=${t("editing.place")} hint=${t("editing.place_hint")} value=${now("place") ?? "auto"} disabled=${off}
        options=${PLACES.map((place) => [place, t(`editing.place_${place}`)])} onChange=${(/** @type {string} */ v) => set("place", v)} />
      <${Check} label=${t("editing.off_panel")} hint=${t("editing.off_panel_hint")} checked=${Boolean(now("off_panel"))} disabled=${off}
        onChange=${(/** @type {boolean} */ v) => set("off_panel", v)} />`}
    ${letters.box && (sort === "balloon" ? html`<${Choice} label=${t("editing.runs")} value=${now("runs")} disabled=${off}
        options=${[["vertical", t("editing.runs_vertical")], ["level", t("editing.runs_level")]]} onChange=${(/** @type {string} */ v) => set("runs", v)} />
      <${Choice} label=${t("editing.face")} value=${look?.fields?.face ?? desk.faceOf(letters, accepted.value)} disabled=${off}
        options=${desk.FACES.map((face) => [face, t(`editing.face_${face}`)])} onChange=${(/** @type {string} */ v) => set("face", v)} />`
      : html`<${Choice} label=${t("editing.ink")} value=${now("ink")} disabled=${off}
        options=${[["black", t("editing.ink_black")], ["white", t("editing.ink_white")]]} onChange=${(/** @type {string} */ v) => set("ink", v)} />`)}
    ${letters.box && desk.editable.value && html`<${PlaceTools} letters=${letters} />`}
    ${desk.editable.value && desk.mayHaveTail(letters) && html`<${TailTools} letters=${letters} />`}
    ${desk.editable.value && html`<${PanelTools} letters=${letters} />`}`;
}

/** The words, and beside them how they will run. @param {{letters: import("./scene.js").Letters}} props */
function WordsField({ letters }) {
  const shown = looks.value.get(letters.key)?.text ?? letters.text;
  const field = `words.${letters.key}`;
  const draft = useSignal(String(draftOf(field, store.work.value.id) ?? shown));
  const before = useRef(shown);
  useEffect(() => {
    if (before.current !== shown) draft.value = shown;
    before.current = shown;
  }, [shown]);
  useEffect(() => keepDraft(field, store.work.value.id, desk.oneLine(draft.value) === shown ? null : draft.value), [draft.value, shown]);
  const changed = desk.oneLine(draft.value) !== shown;
  const empty = !desk.oneLine(draft.value);
  return html`<form class="words-form" onSubmit=${(/** @type {Event} */ event) => {
    event.preventDefault();
    desk.reword(letters, draft.value);
  }}>
    <${Field} label=${t("editing.words")} hint=${t("editing.words_hint", { n: [...draft.value].length, most: desk.LONGEST })}
      fault=${empty ? t("editing.words_empty") : ""}>
      ${(/** @type {any} */ ids) => html`<textarea ...${ids} rows="3" maxlength=${desk.LONGEST} value=${draft.value} disabled=${!desk.editable.value}
        onInput=${(/** @type {any} */ event) => (draft.value = event.target.value)}
        onKeyDown=${(/** @type {any} */ event) => {
          if (event.isComposing || event.key !== "Enter") return;
          event.preventDefault();
          desk.reword(letters, draft.value);
        }}></textarea>`}
    </${Field}>
    <figure class=${`words-preview${letters.kind === "narration" ? " boxed" : ""}`} aria-hidden="true">
      <span class=${isVertical(letters) && letters.sort === "balloon" ? "vertical" : ""}>${desk.oneLine(draft.value)}</span>
    </figure>
    ${desk.editable.value && html`<div class="buttons">
      <${Button} type="submit" disabled=${!changed || empty}>${t("editing.set_words")}</${Button}>
      ${changed && html`<${Button} kind="quiet" onClick=${() => (draft.value = shown)}>${t("editing.take_back")}</${Button}>`}
    </div>`}
  </form>`;
}

/** Where, how large, how turned. @param {{letters: import("./scene.js").Letters}} props */
function PlaceTools({ letters }) {
  const far = useSignal(desk.STEP_MM);
  const size = desk.sizeOf(letters, accepted.value);
  const [least, most] = desk.SIZES[letters.sort];
  const go = (/** @type {number} */ x, /** @type {number} */ y) => () => desk.move(letters, x * far.value, y * far.value);
  return html`<fieldset class="tools"><legend>${t("editing.where")}</legend>
    <${Pad} name="editing.move" go=${go} />
    <div class="beside-pad">
      <${Choice} label=${t("editing.step")} value=${String(far.value)} options=${[["1", "1 mm"], ["5", "5 mm"], ["20", "20 mm"]]}
        onChange=${(/** @type {string} */ v) => (far.value = Number(v))} />
      <${Stepper} label=${t("editing.size")} shown=${`${Math.round(size * 100)} %`} less=${t("editing.smaller")} more=${t("editing.larger")}
        canLess=${size > least + 0.001} canMore=${size < most - 0.001}
        onLess=${() => desk.resize(letters, size - desk.SIZE_STEP, accepted.value)} onMore=${() => desk.resize(letters, size + desk.SIZE_STEP, accepted.value)} />
      ${letters.sort === "sound" && html`<${Stepper} label=${t("editing.turn")} shown=${`${desk.turnOf(letters, accepted.value)}°`} less=${t("editing.turn_left")} more=${t("editing.turn_right")}
        onLess=${() => desk.turnBy(letters, -1, accepted.value)} onMore=${() => desk.turnBy(letters, 1, accepted.value)} />`}
    </div>
  </fieldset>`;
}

/** Four ways. @param {{name: string, go: (x: number, y: number) => () => void}} props the words' name without the way */
function Pad({ name, go }) {
  const arrow = (/** @type {string} */ way, /** @type {() => void} */ onClick) =>
    html`<button type="button" class=${`icon-button boxed ${way}`} aria-label=${t(`${name}_${way}`)} title=${t(`${name}_${way}`)} onClick=${onClick}><${Icon} name=${way} /></button>`;
  return html`<div class="pad" role="group" aria-label=${t(name)}>
    ${arrow("up", go(0, -1))}${arrow("left", go(-1, 0))}${arrow("right", go(1, 0))}${arrow("down", go(0, 1))}
  </div>`;
}

/** Where the tail ends. @param {{letters: import("./scene.js").Letters}} props */
function TailTools({ letters }) {
  const far = useSignal(desk.LARGE_STEP_MM);
  const [x, y] = desk.tipOf(letters);
  const go = (/** @type {number} */ dx, /** @type {number} */ dy) => () => desk.point(letters, x + dx * far.value, y + dy * far.value);
  return html`<fieldset class="tools"><legend>${t("editing.tail")}</legend>
    <${Pad} name="editing.tail" go=${go} />
    <div class="beside-pad">
      <${Choice} label=${t("editing.step")} value=${String(far.value)} options=${[["1", "1 mm"], ["5", "5 mm"], ["20", "20 mm"]]}
        onChange=${(/** @type {string} */ v) => (far.value = Number(v))} />
      <p class="hint">${t("editing.tail_hint")}</p>
    </div>
  </fieldset>`;
}

/** Which panel they stand in, as the how-manieth, or not at all. @param {{letters: import("./scene.js").Letters}} props */
function PanelTools({ letters }) {
  const scene = /** @type {import("./scene.js").Scene} */ (desk.scene.value);
  const near = scene.pages.filter((page) => Math.abs(page.number - scene.number) <= 1);
  const options = /** @type {[string, string][]} */ (near.flatMap((page) => page.panels.map((panel, index) => [
    panel.key, t(page.number === scene.number ? "editing.panel_n" : "editing.panel_of_page", { n: index + 1, page: page.number }),
  ])));
  const all = scene.panels.find((panel) => panel.key === letters.panel)?.letters ?? [];
  const place = all.findIndex((each) => each.key === letters.key);
  const to = (/** @type {string} */ panel, /** @type {number | null} */ index) =>
    void edit("drag_drop", letters.key, { panel: index === null ? { panel } : { panel, index } }, { fields: { panel } });
  return html`<${Choice} label=${t("editing.in_panel")} value=${looks.value.get(letters.key)?.fields?.panel ?? letters.panel} options=${options}
      onChange=${(/** @type {string} */ v) => to(v, null)} />
    <div class="buttons">
      <${Button} disabled=${place <= 0} onClick=${() => to(letters.panel, place - 1)}>${t("editing.said_earlier")}</${Button}>
      <${Button} disabled=${place >= all.length - 1} onClick=${() => to(letters.panel, place + 1)}>${t("editing.said_later")}</${Button}>
      <${Button} kind="danger" onClick=${() => desk.remove(letters.key)}>${t("editing.delete_letters")}</${Button}>
    </div>`;
}
