/** Who looks: asked once, and again after signing in or out. Roles: a viewer looks, an editor changes, an admin deletes. */
import { computed, signal } from "@preact/signals";
import { api, problemOf } from "./api.js";
import { dropDrafts } from "./drafts.js";

/**
 * @typedef {{signed_in: boolean, asks_for_token: boolean, role?: "viewer" | "editor" | "admin", tenant?: string,
 *   paid?: boolean, reason?: string, remedy?: string}} Session
 */

export const session = signal(/** @type {Session | null} */ (null));
export const sessionProblem = signal(/** @type {import("./api.js").Problem | null} */ (null));
export const mayEdit = computed(() => ["editor", "admin"].includes(session.value?.role ?? ""));
export const mayDelete = computed(() => session.value?.role === "admin");

export async function askWho() {
  try {
    session.value = await api("/studio/session");
    sessionProblem.value = null;
  } catch (error) {
    sessionProblem.value = problemOf(error);
  }
}

/** Raises `Problem`. @param {string} token */
export async function signIn(token) {
  session.value = await api("/studio/session", { json: { token } });
}

export async function signOut() {
  await api("/studio/session", { method: "DELETE" });
  dropDrafts();
  location.reload(); // what was seen and written in this window is not the next person's
}
