/**
 * Fields of one element as they may be edited: the preview says which and within which bounds (`fields`). What was
 * changed goes as edits, together; one field's fault is told beside it.
 */
import { useSignal } from "@preact/signals";
import { Button, Check, Choice, Field, html } from "../../ui.js";
import { known, language, t } from "../../i18n.js";
import { problemOf } from "../../api.js";
import { say, sayProblem } from "../../notices.js";
import { useKept } from "../../drafts.js";
import { edit, editable, work } from "../../work.js";

/** A value of a dotted name. @param {any} of @param {string} name */
export const valueOf = (of, name) => name.split(".").reduce((found, part) => found?.[part], of);

/** @param {string} name @returns {string} */
export const nameOf = (name) => {
  if (name.startsWith("other.")) return `${t("phases.other_shape")}: ${nameOf(name.slice("other.".length))}`;
  return known(`phases.field_${name}`) ? t(`phases.field_${name}`) : name.replaceAll(/[._]/g, " ");
};

/** @param {string} word */
export const wordOf = (word) => (known(`words.${word}`) ? t(`words.${word}`) : String(word).replaceAll("_", " "));

/** A word of a field as people call it: the field's own name for it, where its vocabulary has one.
 * @param {any} schema @param {string} word */
export const calledIn = (schema, word) => schema?.words?.[word]?.[language.value] ?? wordOf(word);

/** Sends edits and says what came of it. @param {any[]} edits @param {string} [done] */
export async function change(edits, done) {
  try {
    await edit(edits);
    if (done) say(done);
    return true;
  } catch (error) {
    sayProblem(error);
    return false;
  }
}

/** @param {any} schema */
function kindOf(schema) {
  const plain = schema.anyOf?.find((/** @type {any} */ one) => one.type !== "null") ?? schema;
  if (plain.enum) return "choice";
  if (plain.type === "boolean") return "yes";
  if (plain.type === "integer" || plain.type === "number") return "amount";
  if (plain.type === "array" && (plain.items?.type === "string" || plain.items?.enum)) return "list";
  return plain.type === "string" ? "words" : "none";
}

const NOTHING = Object.freeze(/** @type {Record<string, any>} */ ({}));

/** @param {{element: string, of: any, fields: Record<string, any>, names: string[], onDone?: () => void, called?: (name: string) => string}} props */
export function Fields({ element, of, fields, names, onDone, called = nameOf }) {
  const changed = useKept(`fields.${element}`, work.value.id, NOTHING, { tells: true });
  const faults = useSignal(/** @type {Record<string, string>} */ ({}));
  const busy = useSignal(false);
  const shown = names.filter((name) => fields?.[name] && kindOf(fields[name].schema) !== "none");
  const set = (/** @type {string} */ name, /** @type {any} */ value) => (changed.value = { ...changed.value, [name]: value });

  async function save() {
    busy.value = true;
    const edits = Object.entries(changed.value).map(([name, value]) => (
      { change_type: fields[name].changes[0], element_id: element, change_data: { [name]: value } }));
    try {
      await edit(edits);
      [changed.value, faults.value] = [NOTHING, {}];
      say(t("phases.changed"));
      onDone?.();
    } catch (error) {
      const problem = problemOf(error);
      const name = Object.keys(changed.value).find((one) => problem.element?.endsWith(one));
      if (name) faults.value = { [name]: problem.words };
      else sayProblem(error);
    }
    busy.value = false;
  }
  return html`<div class="fields-edited">
    ${shown.map((name) => html`<${Edited} key=${name} name=${name} label=${called(name)} schema=${fields[name].schema} fault=${faults.value[name]}
      value=${name in changed.value ? changed.value[name] : valueOf(of, name)} onChange=${(/** @type {any} */ value) => set(name, value)} />`)}
    <div class="buttons">
      <${Button} kind="main" disabled=${!editable.value || Object.keys(changed.value).length === 0} busy=${busy.value} onClick=${save}>${t("phases.save")}</${Button}>
      ${Object.keys(changed.value).length > 0 && html`<${Button} kind="quiet" onClick=${() => (changed.value = NOTHING)}>${t("phases.discard")}</${Button}
        ><span class="quiet-text">${t("phases.not_saved")}</span>`}
      ${!editable.value && html`<span class="quiet-text">${t("phases.not_now")}</span>`}
    </div>
  </div>`;
}

/** @param {any} props */
function Edited({ name, label, schema, value, fault, onChange }) {
  const plain = schema.anyOf?.find((/** @type {any} */ one) => one.type !== "null") ?? schema;
  const how = kindOf(schema);
  if (how === "choice") {
    return html`<${Choice} label=${label} value=${value ?? ""} options=${plain.enum.map((/** @type {string} */ word) => [word, calledIn(plain, word)])} onChange=${onChange} />`;
  }
  if (how === "yes") return html`<${Check} label=${label} checked=${Boolean(value)} onChange=${onChange} />`;
  const long = how === "words" && (plain.maxLength ?? 0) > 120;
  const text = how === "list" ? (value ?? []).join("、") : value ?? "";
  const read = (/** @type {any} */ event) => {
    const typed = event.target.value;
    if (how === "amount") return onChange(typed === "" ? undefined : Number(typed));
    if (how === "list") return onChange(typed.split(/[、,]/).map((/** @type {string} */ part) => part.trim()).filter(Boolean));
    return onChange(typed);
  };
  const choices = plain.words && `words-${name}`;
  return html`<${Field} label=${label} fault=${fault} wide=${long} hint=${how === "list" ? t("phases.list_hint") : ""}>
    ${(/** @type {any} */ ids) => long
      ? html`<textarea ...${ids} rows="3" maxlength=${plain.maxLength} value=${text} onInput=${read}></textarea>`
      : html`<input ...${ids} type=${how === "amount" ? "number" : "text"} min=${plain.minimum} max=${plain.maximum} maxlength=${plain.maxLength ?? 400}
          value=${text} list=${choices} onInput=${read} />
        ${choices && html`<datalist id=${choices}>${Object.entries(plain.words).map(([key, called]) => html`<option key=${key} value=${key}>${called[language.value]}</option>`)}</datalist>`}`}
  </${Field}>`;
}
