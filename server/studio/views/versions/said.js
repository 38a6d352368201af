/**
 * What led to a version, in the person's language. A sentence that somebody said stays as it was said; what the service
 * notes by itself (edits as `key: field, field; …`, restored, kept, locked) is told in words.
 */
import { known, t } from "../../i18n.js";

export const SAID_WORDS = ["said", "editing"];
const KINDS = /** @type {[string, RegExp][]} */ ([
  ["concept", /^concept$/], ["book", /^storyboard$/], ["character", /^c\d{2,3}$/], ["scene", /^s\d{2,3}$/], ["page", /^g\d{3,4}$/],
  ["panel", /^b\d{4,5}(\+\d+)?$/], ["text", /^l\d{4,5}(\.\d+)?$/], ["thing", /^t\d{2,3}$/],
]);
const EDIT = /^([a-z0-9.+]+): ([a-z0-9_.]+(?:, [a-z0-9_.]+)*)$/;
const NOTE = /^(restored|kept|locked|unlocked) (.+?)(?: of)?(?: ([0-9a-f]{8}))?$/;
/** So many characters the service keeps of a description. */
const CUT = 400;

/** @param {string} description */
export function saidOf(description) {
  const edits = editsOf(description);
  if (edits) return edits;
  const note = NOTE.exec(description);
  if (!note) return description;
  const [, what, names, version = ""] = note;
  const plain = known(`frame.phase_${names}`) ? t(`frame.phase_${names}`) : names;
  if ((what === "restored" || what === "kept") && !version) return description;
  return t(`said.${what}`, { names: plain, version });
}

/** Whether edits led to it, and no sentence. @param {{kind: string, change_description: string}} version */
export const wasEdited = (version) => version.kind === "feedback" && Boolean(editsOf(version.change_description));

/** What an edit's field changed. @param {string} field */
export function didOf(field) {
  const name = `editing.did_${field.startsWith("figures.") ? "figures" : /^(other\.)?look\./.test(field) ? "look" : field.startsWith("speech.") ? "speech" : field.replace(/^other\./, "")}`;
  return known(name) ? t(name) : field.replaceAll(/[._]/g, " ");
}

/** @param {string} description @returns {string} empty where it tells of no edits */
function editsOf(description) {
  const parts = description.split("; ");
  if (description.length >= CUT) parts.pop();
  /** @type {Map<string, number>} */
  const found = new Map();
  for (const part of parts) {
    const [, key, fields] = EDIT.exec(part) ?? [];
    const kind = KINDS.find(([, form]) => form.test(key ?? ""))?.[0];
    if (!kind) return "";
    for (const field of fields.split(", ")) {
      const words = t("said.edit", { kind: t(`said.kind_${kind}`), what: didOf(field) });
      found.set(words, (found.get(words) ?? 0) + 1);
    }
  }
  const told = [...found].map(([words, n]) => (n > 1 ? t("said.times", { words, n }) : words));
  return told.join(t("said.and")) + (description.length >= CUT ? " …" : "");
}
