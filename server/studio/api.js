/**
 * Requests to the service, and problems as something that can be told: what is wrong and what helps.
 * The cookie of the session goes with every request by itself.
 */
import { signal } from "@preact/signals";
import { known, t } from "./i18n.js";

/** Does the service answer? False from the first request that found no way until one finds it again. */
export const reachable = signal(true);
/** Raised when the service no longer knows who this is. */
export const signedOut = signal(0);

/** A refusal, or (status 0) no answer. */
export class Problem extends Error {
  /** @param {{status?: number, code?: string, detail?: string, remedy?: string | null, element?: string | null,
   *   phase?: string | null, errors?: {field: string, message: string}[] | null}} told */
  constructor(told) {
    super(told.detail ?? told.code ?? "");
    this.status = told.status ?? 0;
    this.code = told.code ?? "offline";
    this.detail = told.detail ?? "";
    this.remedy = told.remedy ?? "";
    this.element = told.element ?? null;
    this.errors = told.errors ?? [];
  }

  /** One sentence in the person's language. */
  get words() {
    const key = `problem.${this.code}`;
    return known(key) ? t(key) : this.detail || t("problem.unknown");
  }

  /** What helps, in the person's language where it is known there. */
  get help() {
    const key = `problem.${this.code}.help`;
    return known(key) ? t(key) : this.remedy;
  }
}

const offline = () => new Problem({ code: "offline" });

/**
 * @param {string} path under the service, as `/v1/works`
 * @param {{method?: string, json?: unknown, body?: BodyInit, kind?: string, signal?: AbortSignal}} [wish]
 * @returns {Promise<any>} JSON, or null for an empty answer. Raises `Problem`
 */
export async function api(path, wish = {}) {
  const answer = await asked(path, wish);
  if (answer.status === 204) return null;
  const kind = answer.headers.get("content-type") ?? "";
  const told = kind.includes("json") ? await answer.json().catch(() => ({})) : {};
  if (answer.ok) return told;
  if (answer.status === 401) signedOut.value += 1;
  throw new Problem({ status: answer.status, code: "unknown", ...told });
}

/** @param {string} path @param {any} wish */
async function asked(path, wish) {
  /** @type {Record<string, string>} */
  const headers = {};
  let body = wish.body;
  if (wish.json !== undefined) {
    headers["Content-Type"] = "application/json";
    body = JSON.stringify(wish.json);
  } else if (wish.kind) headers["Content-Type"] = wish.kind;
  const method = wish.method ?? (body === undefined ? "GET" : "POST");
  try {
    const answer = await fetch(path, { method, headers, body, signal: wish.signal });
    reachable.value = true;
    return answer;
  } catch (error) {
    if (wish.signal?.aborted) throw error;
    reachable.value = false;
    throw offline();
  }
}

/** Whatever went wrong, as a `Problem`. @param {unknown} error @returns {Problem} */
export function problemOf(error) {
  if (error instanceof Problem) return error;
  return new Problem({ status: 0, code: "unknown", detail: error instanceof Error ? error.message : String(error) });
}
