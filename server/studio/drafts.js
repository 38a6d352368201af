/**
 * What is written and not sent yet, kept in this browser by work and field: a reload, a closed tab or a lost sign-in loses
 * nothing. The oldest go when there are more than `MOST`, or when one is older than `DAYS`.
 */
import { signal } from "@preact/signals";
import { useEffect, useState } from "preact/hooks";
import { t } from "./i18n.js";
import { say } from "./notices.js";

const NAME = "mangaka.drafts";
const MOST = 60;
const MOST_LETTERS = 400_000;
const DAYS = 30;
const LATER_MS = 250;

/** @typedef {{at: number, value: any}} Draft */

/** @returns {Record<string, Draft>} */
function all() {
  try {
    const found = JSON.parse(localStorage.getItem(NAME) ?? "{}");
    return found && typeof found === "object" ? found : {};
  } catch {
    return {}; // a browser that keeps nothing
  }
}

/** Could they be kept? @param {Record<string, Draft>} drafts */
function write(drafts) {
  const young = Object.entries(drafts).filter(([, one]) => Date.now() - one.at < DAYS * 86_400_000);
  const newest = young.sort(([, a], [, b]) => b.at - a.at).slice(0, MOST);
  while (newest.length) {
    const text = JSON.stringify(Object.fromEntries(newest));
    try {
      if (text.length <= MOST_LETTERS) {
        localStorage.setItem(NAME, text);
        return true;
      }
    } catch {
      /* full, or a private window: fewer may still go in */
    }
    newest.pop();
  }
  try {
    localStorage.removeItem(NAME);
  } catch {
    return false; // nothing is kept here
  }
  return true;
}

/** Fields whose words this browser could not keep: leaving loses them, and says so. @type {Set<string>} */
const lost = new Set();
/** Nothing is kept any more: this window is about to be left. */
let dropped = false;
/** Says whether something else would be lost, as edits that wait to be sent. @type {Set<() => boolean>} */
const others = new Set();
addEventListener("beforeunload", (event) => {
  if (!dropped && (lost.size || [...others].some((asks) => asks()))) event.preventDefault();
});
/** Fields that were shown here: whoever shows one next goes on with what stands in it. */
const fields = /** @type {Map<string, import("@preact/signals").Signal<any>>} */ (new Map());
addEventListener("storage", (event) => event.key === NAME && fields.clear());

/** @param {() => boolean} asks */
export const askBeforeLeaving = (asks) => void others.add(asks);

/** What was left in a field; null where nothing was. @param {string} field @param {string} [work] */
export const draftOf = (field, work = "") => all()[`${work}/${field}`]?.value ?? null;

/** Keeps what stands in a field; nothing takes it away. @param {string} field @param {string} work @param {any} value */
export function keepDraft(field, work, value) {
  if (dropped) return;
  const name = `${work}/${field}`;
  const drafts = all();
  const nothing = value === null || value === "" || (typeof value === "object" && Object.keys(value).length === 0);
  if (nothing) {
    lost.delete(name);
    if (!(name in drafts)) return;
    delete drafts[name];
  } else {
    drafts[name] = { at: Date.now(), value };
  }
  if (write(drafts) && (nothing || name in all())) lost.delete(name);
  else lost.add(name);
}

/** Nobody who comes after finds them; fields that are still shown write nothing back. */
export function dropDrafts() {
  dropped = true;
  write({});
}

/** @param {string} field @param {string} work @param {any} empty */
function fieldOf(field, work, empty) {
  const name = `${work}/${field}`;
  const found = fields.get(name) ?? signal(draftOf(field, work) ?? empty);
  fields.set(name, found);
  return found;
}

/**
 * A value that is kept while it is changed; what equals `empty` is nothing. `tells`: who leaves the view is told that it
 * is kept. One field at a time: its component wants a `key`.
 * @template T @param {string} field @param {string} work @param {T} empty @param {{tells?: boolean}} [how]
 * @returns {import("@preact/signals").Signal<T>}
 */
export function useKept(field, work, empty, { tells = false } = {}) {
  const [value] = useState(() => fieldOf(field, work, empty));
  useEffect(() => {
    const later = setTimeout(() => keepDraft(field, work, value.value === empty ? null : value.value), LATER_MS);
    return () => clearTimeout(later);
  }, [value.value]);
  useEffect(() => {
    const now = () => keepDraft(field, work, value.peek() === empty ? null : value.peek());
    addEventListener("pagehide", now);
    return () => {
      removeEventListener("pagehide", now);
      now();
      if (tells && draftOf(field, work) !== null) say(t("frame.draft_kept"));
    };
  }, []);
  return value;
}
