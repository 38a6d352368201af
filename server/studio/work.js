/**
 * The one work that is looked at: a snapshot, then the stream of its events. The snapshot holds everything; events only
 * say that there is something new, so that a reload, a second device or a lost connection misses nothing.
 */
import { batch, computed, effect, signal, useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { api, Problem, problemOf, reachable } from "./api.js";
import { askBeforeLeaving } from "./drafts.js";
import { language } from "./i18n.js";
import { mayEdit } from "./session.js";

export const PHASES = ["concept", "characters", "plot", "storyboard", "artwork", "lettering", "finishing"];
const CLOSED = ["completed", "failed", "cancelled"];
const HIDDEN_MS = 20_000;
const LOOK_MS = 15_000;

/** The work as `GET /v1/works/{id}` gives it; null while it comes. */
export const work = signal(/** @type {any} */ (null));
/** Why it cannot be had. */
export const trouble = signal(/** @type {import("./api.js").Problem | null} */ (null));
/** `none`: nothing to follow; `open`: live; `lost`: cut off, coming back by itself. */
export const stream = signal(/** @type {"none" | "open" | "lost"} */ ("none"));
/** The newest version's id, and every line's newest. */
export const head = signal("");
export const branches = signal(/** @type {{name: string, head: string}[]} */ ([]));
/** Rises whenever the work is another than before: views that fetched something fetch it again. */
export const stamp = signal(0);
/** The newest events, for whoever wants to see them; nothing depends on them. */
export const events = signal(/** @type {any[]} */ ([]));

/** A page of a redrawn book that can be seen before its version is there. */
export const page_seen = signal(/** @type {{page: number, image_url: string, graph_url: string} | null} */ (null));

export const status = computed(() => work.value?.status ?? "");
export const pending = computed(() => work.value?.pending_review ?? null);
/** A finished book into which a change is being drawn: what is shown is the book of before, until the new one is there. */
export const redrawn = computed(() => Boolean(work.value?.finished) && ["queued", "processing"].includes(status.value));
/** A finished book of which a wish was asked back: everything else may go on meanwhile. */
const wishAskedBack = computed(() => Boolean(work.value?.finished) && Boolean(pending.value?.to_end));
export const closed = computed(() => CLOSED.includes(status.value));
/** What each phase has made: `{phase: {phase, version_id, preview_url}}`. */
export const made = computed(() =>
  Object.fromEntries((work.value?.phase_results ?? []).map((/** @type {any} */ r) => [PHASES[r.phase - 1], r])),
);

let id = "";
/** @type {EventSource | null} */
let source = null;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let soon;
let fetching = false;
let again = false;
const others = "BroadcastChannel" in globalThis ? new BroadcastChannel("mangaka") : null;

/** Looks at a work from now on. @param {string} work_id */
export function open(work_id) {
  if (id === work_id) return;
  close();
  id = work_id;
  void refresh();
}

export function close() {
  stopFollowing();
  clearTimeout(soon);
  id = "";
  batch(() => {
    [work.value, trouble.value, head.value] = [null, null, ""];
    [branches.value, events.value, page_seen.value] = [[], [], null];
  });
}

/** The snapshot, anew. Asked again while it comes, it is fetched once more afterwards. */
export async function refresh() {
  if (fetching) {
    again = true;
    return;
  }
  fetching = true;
  const wanted = id;
  try {
    const [whole, history] = await Promise.all([api(`/v1/works/${wanted}`), api(`/v1/works/${wanted}/versions?limit=1`)]);
    if (wanted === id) take(whole, history);
  } catch (error) {
    if (wanted === id) trouble.value = problemOf(error);
  } finally {
    fetching = false;
    if (again || wanted !== id) {
      again = false;
      if (id) void refresh();
    }
  }
}

/** @param {any} whole @param {any} history */
function take(whole, history) {
  const before = work.value;
  batch(() => {
    [work.value, trouble.value] = [whole, null];
    [head.value, branches.value] = [history.head ?? "", history.branches];
    if (!before || before.updated_at !== whole.updated_at || before.status !== whole.status) stamp.value += 1;
  });
  if (closed.value) {
    page_seen.value = null;
    stopFollowing();
  } else follow();
}

/** Something is new: look soon, once for many events. */
function refreshSoon(ms = 80) {
  clearTimeout(soon);
  soon = setTimeout(() => void refresh(), ms);
}

function follow() {
  if (source || document.hidden) return;
  source = new EventSource(`/v1/works/${id}/events?after=${work.value.last_event_id}`);
  source.onopen = () => (stream.value = "open");
  source.onerror = () => {
    stream.value = "lost";
    if (source?.readyState !== EventSource.CLOSED) return; // it comes back by itself
    stopFollowing();
    refreshSoon(2000);
  };
  KINDS.forEach((kind) => source?.addEventListener(kind, (event) => heard(JSON.parse(event.data))));
}

const KINDS = [
  "accepted", "phase_started", "phase_complete", "image_progress", "answer_progress", "preview_change", "page_ready",
  "review_requested", "feedback_received", "plan_ready", "version_created", "parked", "resumed", "degraded",
  "completed", "failed", "cancelled", "export_ready", "snapshot",
];

/** @param {any} event */
function heard(event) {
  if (event.work_id !== id) return;
  events.value = [...events.value.slice(-199), event];
  if (event.type === "page_ready") {
    page_seen.value = event.data;
    return;
  }
  if (event.type === "image_progress" && work.value) {
    const { completed, total, percentage } = event.data;
    work.value = { ...work.value, progress: { phase: PHASES[event.data.phase - 1], completed, total, percentage } };
    refreshSoon(400);
    return;
  }
  if (event.type === "answer_progress") return; // nothing else is new
  refreshSoon();
}

function stopFollowing() {
  source?.close();
  source = null;
  stream.value = "none";
}

/** Answers a review or changes a finished book; the newest look counts. Raises `Problem`.
 * @param {{action?: string, text?: string, edits?: any[], undo?: string[], base_version?: string, about?: string[]}} said
 * @param {{wait?: number}} [how] seconds to wait for the plan */
export async function answer(said, { wait = 0 } = {}) {
  await rested();
  const interrupt_id = pending.value?.interrupt_id;
  const body = { ...said, answer_id: crypto.randomUUID?.(), ...(interrupt_id ? { interrupt_id } : {}) };
  const found = await api(`/v1/works/${id}/feedback${wait ? `?wait=${wait}` : ""}`, { json: body });
  changed(found);
  return found;
}

/** Says yes, no or something else to a plan. Raises `Problem`. @param {any} said @param {{wait?: number}} [how] */
export async function confirmPlan(said, { wait = 0 } = {}) {
  const plan = encodeURIComponent(pending.value?.interrupt_id ?? "");
  const found = await api(`/v1/works/${id}/plans/${plan}/confirm${wait ? `?wait=${wait}` : ""}`, { json: said });
  changed(found);
  return found;
}

/** `cancel`, `pause`, `resume`, `hold`, or another verb of a work. Raises `Problem`. @param {string} verb @param {unknown} [json] */
export async function order(verb, json = {}) {
  const found = await api(`/v1/works/${id}/${verb}`, { json });
  changed(found);
  return found;
}

/** What a request answered of this work is true already; other tabs look again. @param {any} [summary] */
export function changed(summary) {
  if (summary?.id === id && work.value) work.value = { ...work.value, ...summary };
  others?.postMessage(id);
  refreshSoon(30);
}

/** @type {Map<string, Promise<any>>} */
const previews = new Map();

/** A phase's preview at a version, fetched once. @param {string} phase @param {string} [version] @param {number} [quality] */
export function preview(phase, version = head.value, quality = 3) {
  const path = `/v1/works/${id}/previews/${phase}?version=${encodeURIComponent(version || "head")}&quality=${quality}&language=${language.value}`;
  let coming = previews.get(path);
  if (!coming) {
    coming = api(path);
    previews.set(path, coming);
    coming.catch(() => previews.delete(path));
    if (previews.size > 24) previews.delete(previews.keys().next().value ?? "");
  }
  return coming;
}

/** A phase's whole result, of a version or as it is now. @param {string} phase @param {string | null} [version] */
export async function result(phase, version) {
  if (version) return (await api(`/v1/works/${id}/versions/${encodeURIComponent(version)}`)).content[phase];
  const whole = await api(`/v1/works/${id}?include=${phase}`);
  return whole.phase_results.find((/** @type {any} */ one) => PHASES[one.phase - 1] === phase)?.content;
}

/** Can the work be answered or changed by hand now? */
export const resting = computed(
  () => status.value === "completed" || (status.value === "awaiting_feedback" && (!pending.value?.confirming || wishAskedBack.value)),
);

/** May something be changed by hand? Reviews and finished books take edits; while a book is redrawn they wait their turn. */
export const editable = computed(() =>
  mayEdit.value && (wishAskedBack.value || redrawn.value || (pending.value ? pending.value.allowed.includes("edit") : status.value === "completed")));

/** Answers that wait for a redrawn book: whoever closes the window would lose them. */
let in_line = 0;
askBeforeLeaving(() => in_line > 0);

/** Waits until a redrawn book is there, so that what is said meanwhile comes after it. Raises `Problem` when somebody looks
 * at another work by then: nothing is said to that one. */
async function rested() {
  const meant = id;
  in_line += 1;
  await new Promise((done) => {
    const stop = effect(() => {
      if (!redrawn.value) queueMicrotask(() => (stop(), done(undefined)));
    });
  });
  in_line -= 1;
  if (id !== meant) throw new Problem({ code: "not_sent" });
}

/** Changes by hand, on the version that is looked at. Raises `Problem`. @param {any[]} edits */
export async function edit(edits) {
  await rested();
  return answer({ action: "edit", edits, base_version: pending.value?.version_id ?? head.value });
}

/**
 * For views: something fetched from this service, again when `keys` change; the old value stays until the new one is there.
 * `again()` fetches once more.
 * @template T @param {() => Promise<T>} get @param {unknown[]} keys
 * @returns {{data: T | null, problem: import("./api.js").Problem | null, again: () => void}}
 */
export function useFetched(get, keys) {
  const kept = useSignal(/** @type {{data: any, problem: any}} */ ({ data: null, problem: null }));
  const turn = useSignal(0);
  useEffect(() => {
    let wanted = true;
    get().then(
      (data) => wanted && (kept.value = { data, problem: null }),
      (error) => wanted && (kept.value = { data: kept.value.data, problem: problemOf(error) }),
    );
    return () => void (wanted = false);
  }, [...keys, turn.value]);
  return { ...kept.value, again: () => void (turn.value += 1) };
}

/** Where files of the work lie. @param {string} name @param {string} [version] */
export const fileOf = (name, version) =>
  `/v1/works/${id}/files/${name}${version ? `?version=${encodeURIComponent(version)}` : ""}`;

/** Begun once, by `main.js`: hidden tabs hold no stream, and what other tabs or devices change is seen. */
export function keepLooking() {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let leaving;
  document.addEventListener("visibilitychange", () => {
    clearTimeout(leaving);
    if (document.hidden) leaving = setTimeout(stopFollowing, HIDDEN_MS);
    else if (id) void refresh();
  });
  if (others) others.onmessage = (event) => event.data === id && refreshSoon();
  setInterval(() => id && !document.hidden && (closed.value || stream.value !== "open") && void refresh(), LOOK_MS);
  addEventListener("online", () => id && void refresh());
  effect(() => void (reachable.value && id && !work.peek() && refreshSoon()));
}
