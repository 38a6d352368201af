/** Everything about the chosen panel: its size, cuts and joins, its place among the others, new words in it. */
import { signal, useSignal } from "@preact/signals";
import { Button, Choice, Field, html } from "../../ui.js";
import { useKept } from "../../drafts.js";
import { t } from "../../i18n.js";
import { Late } from "../../late.js";
import { work } from "../../work.js";
import { edit, looks } from "./edits.js";
import * as desk from "./desk.js";
import { LETTER_KINDS, nameOf } from "./scene.js";
import { nameOfSide } from "./borders.js";
import { sidesOf, straightCut } from "./shapes.js";
import { Stagings } from "./stagings.js";
import { Stepper } from "./stepper.js";

/** @param {{panel: import("./scene.js").Panel}} props */
export function PanelForm({ panel }) {
  const scene = /** @type {import("./scene.js").Scene} */ (desk.scene.value);
  const importance = looks.value.get(panel.key)?.fields?.importance ?? panel.importance;
  const sized = (/** @type {number} */ value) => () =>
    void edit("style_adjust", panel.key, { importance: value }, { fields: { importance: value } });
  return html`<h2>${nameOf(scene, panel.key)}</h2>
    <p class="quiet-text clamped">${panel.seen}</p>
    ${desk.editable.value && html`
      <${Stepper} label=${t("editing.importance")} shown=${`${importance} / 5`} less=${t("editing.less_room")} more=${t("editing.more_room")}
        canLess=${importance > 1} canMore=${importance < 5} onLess=${sized(importance - 1)} onMore=${sized(importance + 1)} />
      <p class="hint">${t("editing.importance_hint")}</p>
      <${Stagings} panel=${panel} />
      <${Picture} panel=${panel} />
      ${panel.strip !== null && html`<${StripTitle} panel=${panel} key=${`title ${panel.key} ${panel.strip}`} />`}
      <${BorderTools} panel=${panel} key=${`border ${panel.key}`} />
      <${SplitTools} panel=${panel} key=${panel.key} />
      <${OrderTools} panel=${panel} />
      <${NewWords} panel=${panel} key=${`words ${panel.key}`} />`}
    <h3>${t("editing.in_it")}</h3>
    <ul class="elements">${panel.letters.map((each) => html`<li key=${each.key}>
      <button type="button" class="element" onClick=${() => desk.choose(each.key)}>${nameOf(scene, each.key)}</button></li>`)}
      ${!panel.letters.length && html`<li class="quiet-text">${t("editing.silent")}</li>`}</ul>`;
}

/** Whoever has opened it for one panel sees it of the next one too. */
const pictureOpen = signal(false);

/** @param {{panel: import("./scene.js").Panel}} props */
function Picture({ panel }) {
  return html`<details class="panel-picture" open=${pictureOpen.value} onToggle=${(/** @type {any} */ event) => (pictureOpen.value = event.currentTarget.open)}>
    <summary>${t("editing.picture")}</summary>
    ${pictureOpen.value && html`<${Late} module="views/page_editor/panel_picture.js" panel=${panel} key=${panel.key} />`}
  </details>`;
}

/** What stands over the strip that the panel is in. @param {{panel: import("./scene.js").Panel}} props */
function StripTitle({ panel }) {
  const title = useSignal(panel.strip ?? "");
  const words = desk.oneLine(title.value);
  function name(/** @type {Event} */ event) {
    event.preventDefault();
    if (words !== panel.strip) void edit("text_edit", panel.key, { strip_title: words }, {});
  }
  return html`<form class="tools" onSubmit=${name}>
    <${Field} label=${t("editing.strip_title")}>${(/** @type {any} */ ids) => html`<input ...${ids} type="text" maxlength="60" value=${title.value}
      onInput=${(/** @type {any} */ event) => (title.value = event.target.value)} />`}</${Field}>
    <div class="buttons"><${Button} type="submit" disabled=${words === panel.strip}>${t("editing.name_strip")}</${Button}></div>
  </form>`;
}

/** Each side outwards or inwards. @param {{panel: import("./scene.js").Panel}} props */
function BorderTools({ panel }) {
  const far = useSignal(desk.STEP_MM);
  const sides = sidesOf(panel.polygon);
  return html`<fieldset class="tools"><legend>${t("editing.borders")}</legend>
    ${sides.map((side) => html`<${Stepper} key=${side.edge} label=${nameOfSide(side)} shown=${moved(panel, side.edge)}
      less=${t("editing.inwards", { side: nameOfSide(side) })} more=${t("editing.outwards", { side: nameOfSide(side) })}
      onLess=${() => desk.shift(panel, side.edge, -far.value)} onMore=${() => desk.shift(panel, side.edge, far.value)} />`)}
    <${Choice} label=${t("editing.step")} value=${String(far.value)} options=${[["1", "1 mm"], ["5", "5 mm"], ["20", "20 mm"]]}
      onChange=${(/** @type {string} */ v) => (far.value = Number(v))} />
    <p class="hint">${t("editing.borders_hint")}</p>
  </fieldset>`;
}

/** What waits. @param {import("./scene.js").Panel} panel @param {number} edge */
function moved(panel, edge) {
  const by = Math.round((looks.value.get(panel.key)?.sides?.[edge] ?? 0) * 10) / 10;
  return by ? `${by > 0 ? "+" : "−"}${Math.abs(by)} mm` : "";
}

/** A cut by a stroke, or by saying where. @param {{panel: import("./scene.js").Panel}} props */
function SplitTools({ panel }) {
  const level = useSignal(true);
  const share = useSignal(50);
  const lines = useSignal("");
  const drawing = desk.tool.value === "cut";
  const cut = desk.cut.value?.panel === panel.key ? desk.cut.value : null;
  const show = () => (desk.cut.value = { panel: panel.key, ...straightCut(panel.polygon, level.value, share.value / 100) });
  function split() {
    const { a, b } = /** @type {any} */ (cut ?? show());
    const kept = lines.value === "" ? {} : { lines: Number(lines.value) };
    void edit("drag_drop", panel.key, { split: { a, b, ...kept } }, { cut: { a, b } });
    desk.cut.value = null;
    desk.tool.value = "choose";
  }
  const counts = /** @type {[string, string][]} */ ([
    ["", t("editing.half_of_lines")], ...Array.from({ length: panel.letters.length + 1 }, (_, n) => [String(n), t("editing.n_lines", { n })]),
  ]);
  return html`<fieldset class="tools split"><legend>${t("editing.split")}</legend>
    <div class="buttons">
      <button type="button" class="button" aria-pressed=${drawing ? "true" : "false"}
        onClick=${() => (desk.tool.value = drawing ? "choose" : "cut")}>${t("editing.draw_cut")}</button>
      <span class="hint">${t("editing.draw_cut_hint")}</span>
    </div>
    <${Choice} label=${t("editing.direction")} value=${level.value ? "level" : "upright"} options=${[["level", t("editing.level")], ["upright", t("editing.upright")]]}
      onChange=${(/** @type {string} */ v) => { level.value = v === "level"; show(); }} />
    <${Field} label=${`${t("editing.cut_at")} ${share.value} %`}>
      ${(/** @type {any} */ ids) => html`<input ...${ids} type="range" min="15" max="85" step="1" value=${share.value} onFocus=${() => !cut && show()}
        onInput=${(/** @type {any} */ event) => { share.value = Number(event.target.value); show(); }} />`}
    </${Field}>
    ${panel.letters.length > 0 && html`<${Choice} label=${t("editing.lines_before")} value=${lines.value} options=${counts}
      onChange=${(/** @type {string} */ v) => (lines.value = v)} />`}
    <div class="buttons">
      <${Button} kind=${cut ? "main" : "plain"} onClick=${split}>${t("editing.do_split")}</${Button}>
      ${cut && html`<${Button} kind="quiet" onClick=${() => (desk.cut.value = null)}>${t("editing.take_back")}</${Button}>`}
    </div>
  </fieldset>`;
}

/** @param {{panel: import("./scene.js").Panel}} props */
function OrderTools({ panel }) {
  const scene = /** @type {import("./scene.js").Scene} */ (desk.scene.value);
  const { panels, pages, key: page, number } = scene;
  const at = panel.n - 1;
  const position = (/** @type {string} */ on, /** @type {string} */ before) => () =>
    void edit("drag_drop", panel.key, { position: { page: on, before } }, {});
  const merge = (/** @type {import("./scene.js").Panel} */ other) => () => void edit("drag_drop", panel.key, { merge: other.key }, {});
  const insert = (/** @type {string} */ before) => () => void edit("drag_drop", page, { insert_panel: { before } }, {});
  const [before, after] = [panels[at - 1], panels[at + 1]];
  const [last, next] = [pages.find((p) => p.number === number - 1), pages.find((p) => p.number === number + 1)];
  return html`<fieldset class="tools"><legend>${t("editing.place_among")}</legend>
    <div class="buttons">
      ${before && html`<${Button} onClick=${merge(before)}>${t("editing.merge_with", { n: before.n })}</${Button}>`}
      ${after && html`<${Button} onClick=${merge(after)}>${t("editing.merge_with", { n: after.n })}</${Button}>`}
      <${Button} disabled=${!before} onClick=${before && position(page, before.key)}>${t("editing.read_earlier")}</${Button}>
      <${Button} disabled=${!after} onClick=${position(page, panels[at + 2]?.key ?? "")}>${t("editing.read_later")}</${Button}>
      ${last && html`<${Button} onClick=${position(last.key, "")}>${t("editing.to_page", { n: last.number })}</${Button}>`}
      ${next && html`<${Button} onClick=${position(next.key, next.panels[0]?.key ?? "")}>${t("editing.to_page", { n: next.number })}</${Button}>`}
      <${Button} onClick=${insert(panel.key)}>${t("editing.panel_before")}</${Button}>
      <${Button} onClick=${insert(after?.key ?? "")}>${t("editing.panel_after")}</${Button}>
      <${Button} kind="danger" onClick=${() => desk.remove(panel.key)}>${t("editing.delete_panel")}</${Button}>
    </div>
    <p class="hint">${t("editing.delete_panel_hint")}</p>
  </fieldset>`;
}

/** A line or a sound that the story does not have. @param {{panel: import("./scene.js").Panel}} props */
function NewWords({ panel }) {
  const scene = /** @type {import("./scene.js").Scene} */ (desk.scene.value);
  const text = useKept(`new_words.${panel.key}`, work.value.id, "");
  const kind = useSignal("speech");
  const speaker = useSignal("");
  const isSound = kind.value === "sfx";
  const most = isSound ? 20 : desk.LONGEST;
  function add(/** @type {Event} */ event) {
    event.preventDefault();
    const words = desk.oneLine(text.value);
    if (!words) return;
    const value = isSound ? { insert_sound: { text: words } }
      : { insert_line: { text: words, kind: kind.value, speaker: speaker.value || null } };
    void edit("text_edit", panel.key, value, {});
    text.value = "";
  }
  return html`<form class="tools" onSubmit=${add}><fieldset class="tools"><legend>${t("editing.add_words")}</legend>
    <${Field} label=${t("editing.words")}>${(/** @type {any} */ ids) => html`<input ...${ids} type="text" maxlength=${most} value=${text.value}
      onInput=${(/** @type {any} */ event) => (text.value = event.target.value)} />`}</${Field}>
    <div class="pair">
      <${Choice} label=${t("editing.kind")} value=${kind.value} options=${[...LETTER_KINDS, "sfx"].map((each) => [each, t(`editing.kind_${each}`)])}
        onChange=${(/** @type {string} */ v) => (kind.value = v)} />
      ${!isSound && html`<${Choice} label=${t("editing.speaker")} value=${speaker.value} onChange=${(/** @type {string} */ v) => (speaker.value = v)}
        options=${[["", t("editing.nobody")], ...scene.cast.map((each) => [each.key, each.name])]} />`}
    </div>
    <div class="buttons"><${Button} type="submit" disabled=${!desk.oneLine(text.value)}>${t("editing.add")}</${Button}></div>
  </fieldset></form>`;
}
