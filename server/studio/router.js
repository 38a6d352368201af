/**
 * The address names everything: the work, the version (`?version=`), the place. A reload or another device shows the
 * same. A view is one module, loaded when it is first looked at.
 */
import { computed, signal } from "@preact/signals";

export const ROOT = "/studio/";

/** The only view for which nobody signs in. */
export const SHARED = "views/shared.js";

/**
 * Addresses and views. `:name` is a part that views get as `params.name`; the module exports `View` (a component that
 * gets `{params, query}`), and may export `words` (parts of `words/`) and `sheets` (style sheets beside it).
 * @type {[string, string][]}
 */
export const ROUTES = [
  ["", "views/desk.js"],
  ["works/:work", "views/making.js"],
  ["works/:work/concept", "views/phases/concept.js"],
  ["works/:work/characters", "views/phases/characters.js"],
  ["works/:work/plot", "views/phases/plot.js"],
  ["works/:work/storyboard", "views/phases/storyboard.js"],
  ["works/:work/artwork", "views/phases/artwork.js"],
  ["works/:work/lettering", "views/page_editor/lettering.js"],
  ["works/:work/finishing", "views/phases/finishing.js"],
  ["works/:work/pages/:page", "views/page_editor/page.js"],
  ["works/:work/lines", "views/page_editor/lines.js"],
  ["works/:work/read", "views/reader.js"],
  ["works/:work/read/:page", "views/reader.js"],
  ["works/:work/versions", "views/versions.js"],
  ["works/:work/compare/:old/:new", "views/compare.js"],
  ["works/:work/exports", "views/exports.js"],
  ["works/:work/talking", "views/talking.js"],
  ["works/:work/debug", "views/debug.js"],
  ["shared", "views/shared.js"],
];
export const NOWHERE = "views/nowhere.js";

const PATTERNS = ROUTES.map(([path, module]) => {
  const names = [...path.matchAll(/:(\w+)/g)].map((match) => match[1]);
  return { names, module, form: new RegExp(`^${path.replace(/:\w+/g, "([^/]+)")}$`) };
});

const here = signal(location.pathname + location.search);

/** @typedef {{module: string, params: Record<string, string>, query: URLSearchParams, path: string}} Place */

/** @param {string} address @returns {Place} */
export function placeOf(address) {
  const url = new URL(address, location.origin);
  const path = url.pathname.replace(/^\/studio\/?/, "").replace(/\/$/, "");
  for (const { form, names, module } of PATTERNS) {
    const found = form.exec(path);
    if (!found) continue;
    const params = Object.fromEntries(names.map((name, index) => [name, decodeURIComponent(found[index + 1])]));
    return { module, params, query: url.searchParams, path };
  }
  return { module: NOWHERE, params: {}, query: url.searchParams, path };
}

export const place = computed(() => placeOf(here.value));

/**
 * The address of a place of a work, keeping the version that is looked at.
 * @param {string} work @param {string} [rest] @param {Record<string, string>} [query]
 */
export function at(work, rest = "", query = {}) {
  const version = place.peek().params.work === work ? place.peek().query.get("version") : null;
  const asked = new URLSearchParams({ ...(version ? { version } : {}), ...query });
  const tail = asked.size ? `?${asked}` : "";
  return `${ROOT}works/${encodeURIComponent(work)}${rest ? `/${rest}` : ""}${tail}`;
}

/** @param {string} address @param {{replace?: boolean}} [how] */
export function go(address, { replace = false } = {}) {
  const left = here.value.split("?")[0];
  history[replace ? "replaceState" : "pushState"](null, "", address);
  here.value = location.pathname + location.search;
  if (left !== location.pathname) scrollTo(0, 0);
}

/** Sets or (null) takes away parts of the query, without a step in the history. @param {Record<string, string | null>} parts */
export function setQuery(parts) {
  const url = new URL(location.href);
  for (const [name, value] of Object.entries(parts)) {
    if (value === null) url.searchParams.delete(name);
    else url.searchParams.set(name, value);
  }
  go(url.pathname + url.search, { replace: true });
}

/** Links within the studio, and the browser's back and forward. */
export function listen() {
  addEventListener("popstate", () => (here.value = location.pathname + location.search));
  document.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey) return;
    const link = /** @type {Element} */ (event.target).closest?.("a[href]");
    if (!(link instanceof HTMLAnchorElement) || link.target || link.hasAttribute("download")) return;
    if (link.origin !== location.origin || !link.pathname.startsWith(ROOT)) return;
    event.preventDefault();
    go(link.pathname + link.search);
  });
}
