/**
 * The person's edits, that are shown at once, sent as soon as the work rests, and taken off the page again, with the
 * reason, when the service refuses them. What was accepted stands in the work's own list of edits, so that undoing goes
 * back as far as the work does, also after a reload; what was undone is done again by sending it once more, or, where this
 * browser does not know it, by bringing back the version before; a reload forgets neither.
 */
import { batch, computed, effect, signal } from "@preact/signals";
import { api, problemOf } from "../../api.js";
import { askBeforeLeaving } from "../../drafts.js";
import { t } from "../../i18n.js";
import { say, sayProblem } from "../../notices.js";
import * as store from "../../work.js";
import { reasonOf } from "./reasons.js";
import { noted, remembered } from "./redoing.js";

/**
 * How an element looks until the service has drawn it: shifts and factors add up, the rest is the newest.
 * @typedef {{dx?: number, dy?: number, ratio?: number, turn?: number, text?: string, ruby?: import("./written.js").Ruby[], gone?: boolean, cut?: any, busy?: boolean,
 *   tip?: import("./shapes.js").Point, sides?: Record<number, number>, fields?: Record<string, any>}} Look
 * @typedef {{id: string, state: "new" | "sent", key: string, show: Look, seen?: boolean, edit?: any, undo?: string, restore?: string}} Deed
 */

export const waiting = signal(/** @type {Deed[]} */ ([]));
/** What can be done again, the newest last: the edit itself, or the version that had it. */
export const redoable = signal(/** @type {{edit?: any, restore?: string, show?: Look}[]} */ ([]));
/** The work's own list of edits, oldest first, as previews tell it. */
export const accepted = signal(/** @type {any[]} */ ([]));
export const sending = signal(false);
/** Which edits were refused last. */
export const refusedLast = signal(/** @type {Set<string>} */ (new Set()));

const taking = computed(() => new Set(waiting.value.map((deed) => deed.undo).filter(Boolean)));
/** What undo would take back: an edit that waits, else the newest of the list that still counts. */
export const undoable = computed(() => {
  const mine = waiting.value.findLast((deed) => deed.edit && !taking.value.has(deed.id));
  if (mine) return mine.id;
  return accepted.value.findLast((edit) => edit.status === "active" && !taking.value.has(edit.id))?.id ?? null;
});
export const resting = store.resting;
/** Edits that this browser has made, for doing them again. @type {Map<string, {edit: any, show: Look}>} */
const mine = new Map();
let of = "";

askBeforeLeaving(() => waiting.value.some((deed) => deed.state === "new"));
effect(() => {
  const list = redoable.value;
  if (of) noted(of, list);
});

/** Begins with a work, and forgets another one's. @param {string} work */
export function sitDown(work) {
  if (of === work) return;
  of = work;
  mine.clear();
  batch(() => {
    [waiting.value, redoable.value, accepted.value] = [[], remembered(work), []];
  });
}

/** How the elements look that wait. @returns {Map<string, Look>} */
export const looks = computed(() => {
  /** @type {Map<string, Look>} */
  const found = new Map();
  for (const { key, show, seen } of waiting.value) {
    if (seen) continue; // the page that is shown has it
    const before = found.get(key) ?? {};
    found.set(key, {
      ...before, ...show, busy: true, fields: { ...before.fields, ...show.fields },
      dx: (before.dx ?? 0) + (show.dx ?? 0), dy: (before.dy ?? 0) + (show.dy ?? 0),
      ratio: (before.ratio ?? 1) * (show.ratio ?? 1), turn: (before.turn ?? 0) + (show.turn ?? 0),
      sides: added(before.sides, show.sides),
    });
  }
  return found;
});

/** @param {Record<number, number>} [one] @param {Record<number, number>} [two] */
function added(one = {}, two = {}) {
  const both = { ...one };
  for (const [side, by] of Object.entries(two)) both[Number(side)] = (both[Number(side)] ?? 0) + by;
  return both;
}

/** Two edits of one element as one: the steps of a hand that has not come to rest; null where they are two. @param {any} one @param {any} two */
function together(one, two) {
  if (one.move && two.move) {
    return { ...one, ...two, move: { dx_mm: one.move.dx_mm + two.move.dx_mm, dy_mm: one.move.dy_mm + two.move.dy_mm } };
  }
  if (one.border && two.border && one.border.edge === two.border.edge) {
    return { border: { edge: one.border.edge, by_mm: one.border.by_mm + two.border.by_mm } };
  }
  return one.tail && two.tail ? { ...one, ...two } : null;
}

const newId = () => `studio-${crypto.randomUUID().slice(0, 18)}`;

/**
 * One edit of docs/edits.md. Steps of one element that nobody has sent yet become one.
 * @param {string} change_type @param {string} key @param {any} change_data @param {Look} [show] @returns {string} its id
 */
export function edit(change_type, key, change_data, show = {}) {
  const last = waiting.value.at(-1);
  redoable.value = [];
  const both = last?.state === "new" && last.key === key && last.edit ? together(last.edit.change_data, change_data) : null;
  if (last && both) {
    const one = { ...last.edit, change_data: both };
    const shown = {
      ...last.show, ...show, dx: (last.show.dx ?? 0) + (show.dx ?? 0), dy: (last.show.dy ?? 0) + (show.dy ?? 0),
      ratio: (last.show.ratio ?? 1) * (show.ratio ?? 1), sides: added(last.show.sides, show.sides),
    };
    mine.set(last.id, { edit: one, show: shown });
    waiting.value = [...waiting.value.slice(0, -1), { ...last, edit: one, show: shown }];
    void flush();
    return last.id;
  }
  const sent = { id: newId(), change_type, element_id: key, change_data };
  mine.set(sent.id, { edit: sent, show });
  waiting.value = [...waiting.value, { id: sent.id, state: "new", key, show, edit: sent }];
  void flush();
  return sent.id;
}

/** Takes an edit off the list. @param {string | null} [id] */
export function undo(id = undoable.value) {
  if (!id) return undefined;
  const own = mine.get(id);
  const unsent = waiting.value.find((deed) => deed.id === id && deed.state === "new");
  redoable.value = [...redoable.value, own ? { edit: own.edit, show: own.show } : { restore: store.head.value }];
  if (unsent) {
    waiting.value = waiting.value.filter((deed) => deed !== unsent);
    return undefined;
  }
  const key = own?.edit.element_id ?? accepted.value.find((edit) => edit.id === id)?.element ?? "";
  waiting.value = [...waiting.value, { id: newId(), state: "new", key, show: own ? opposite(own.show) : {}, undo: id }];
  return flush();
}

export function redo() {
  const next = redoable.value.at(-1);
  if (!next) return undefined;
  redoable.value = redoable.value.slice(0, -1);
  const id = newId();
  const again = next.edit && { ...next.edit, id };
  if (again) mine.set(id, { edit: again, show: next.show ?? {} });
  const deed = { id, state: /** @type {const} */ ("new"), key: again?.element_id ?? "", show: next.show ?? {}, edit: again, restore: next.restore };
  waiting.value = [...waiting.value, deed];
  return flush();
}

/** @param {Look} show @returns {Look} */
const opposite = (show) => ({
  dx: -(show.dx ?? 0), dy: -(show.dy ?? 0), ratio: 1 / (show.ratio ?? 1), turn: -(show.turn ?? 0),
  sides: Object.fromEntries(Object.entries(show.sides ?? {}).map(([side, by]) => [side, -by])),
});

/** Sends what waits, when the work rests: all edits of one kind of answer together. */
export async function flush() {
  if (sending.value || !resting.value || !store.head.value) return;
  const deeds = nextAnswer(waiting.value.filter((deed) => deed.state === "new"));
  if (!deeds.length || waiting.value.some((deed) => deed.state === "sent")) return;
  await send(deeds);
}

/** An answer changes or takes back, not both; what this browser cannot do again by itself is a version of its own. @param {Deed[]} all */
function nextAnswer(all) {
  /** @type {Deed[]} */
  const found = [];
  for (const deed of all) {
    const apart = deed.restore || (deed.undo && !mine.has(deed.undo));
    if (found.length && (apart || !deed.undo !== !found[0].undo)) break;
    found.push(deed);
    if (apart) break;
  }
  return found;
}

/** @param {Deed[]} deeds @returns {Promise<void>} */
async function send(deeds) {
  sending.value = true;
  const ids = new Set(deeds.map((deed) => deed.id));
  waiting.value = waiting.value.map((deed) => (ids.has(deed.id) ? { ...deed, state: "sent" } : deed));
  try {
    if (deeds[0].restore) {
      store.changed(await api(`/v1/works/${of}/versions/${encodeURIComponent(deeds[0].restore)}/restore`, { json: {} }));
    } else {
      const edits = deeds.filter((deed) => deed.edit).map((deed) => deed.edit);
      const undone = deeds.filter((deed) => deed.undo).map((deed) => deed.undo ?? "");
      await store.answer({ action: "edit", edits, undo: undone, base_version: store.head.value });
    }
  } catch (error) {
    sending.value = false;
    return refused(deeds, error);
  }
  sending.value = false;
}

/** Nothing of a refused answer was done. Of several, each is tried by itself. @param {Deed[]} deeds @param {unknown} error @returns {Promise<void>} */
async function refused(deeds, error) {
  const problem = problemOf(error);
  if (deeds.length > 1 && problem.code !== "conflict" && problem.status >= 400 && problem.status < 500) {
    await send(deeds.slice(0, 1));
    if (!waiting.value.some((deed) => deed.id === deeds[0].id)) return send(deeds.slice(1));
    const rest = new Set(deeds.slice(1).map((deed) => deed.id));
    waiting.value = waiting.value.map((deed) => (rest.has(deed.id) ? { ...deed, state: "new" } : deed));
    return;
  }
  const gone = new Set(deeds.map((deed) => deed.id));
  waiting.value = waiting.value.filter((deed) => !gone.has(deed.id));
  redoable.value = redoable.value.filter((each) => !each.edit || !gone.has(each.edit.id));
  refusedLast.value = gone;
  if (problem.code === "conflict") {
    say(t("editing.stale"), { kind: "fault", help: problem.detail });
    void store.refresh();
  } else if (problem.code === "edit_rejected" || problem.status === 422) {
    say(t("editing.refused"), { kind: "fault", help: reasonOf(problem.detail) || problem.words });
  } else sayProblem(problem);
}

/** The page is drawn with what was sent of these elements; its version comes later. @param {Set<string>} keys */
export function seen(keys) {
  waiting.value = waiting.value.map((deed) => (deed.state === "sent" && keys.has(deed.key) ? { ...deed, seen: true } : deed));
}

/**
 * The page of a new version is there: what was sent is drawn and stands in the work's list. Both change at once, or undo
 * would take back what is taken back already. Then the rest is sent.
 */
export async function drawn() {
  const failed = ["failed", "parked", "cancelled"].includes(store.status.value);
  if (failed && waiting.value.length) say(t("editing.not_done"), { kind: "fault", help: store.work.value?.error?.message ?? "" });
  const done = new Set(waiting.value.filter((deed) => deed.state === "sent" || failed));
  let list = accepted.value;
  try {
    list = (await store.preview("concept", store.head.value, 1)).edits;
  } catch {
    /* the list is only for undoing; the page is there */
  }
  batch(() => {
    [accepted.value, waiting.value] = [list, waiting.value.filter((deed) => !done.has(deed))];
  });
  await flush();
}
