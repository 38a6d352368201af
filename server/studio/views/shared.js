/** A book that somebody shows by a link: to read, nothing else. The link's secret part is behind the `#`. */
import { useEffect } from "preact/hooks";
import { useSignal } from "@preact/signals";
import { api, problemOf } from "../api.js";
import { t } from "../i18n.js";
import { ROOT } from "../router.js";
import { Empty, html, Trouble, Waiting } from "../ui.js";
import { Reader } from "./reader/reading.js";

export const words = ["reader"];
export const sheets = ["views/reader/reader.css"];
/** The pictures' addresses are good for minutes. */
const ANEW_MS = 240_000;

/** @param {string} token @returns {Promise<import("./reader/book.js").Book>} Raises `Problem` */
async function linkedBook(token) {
  const told = await api("/v1/links/book", { json: { token } });
  const pages = told.pages.map((/** @type {any} */ page) => ({ number: page.number, side: page.side, src: page.url }));
  return { title: told.title, direction: told.direction, language: told.language, version: told.version_id, newest: true, shared: true, pages };
}

/** @param {{query: URLSearchParams}} props */
export function View({ query }) {
  const token = location.hash.slice(1);
  const book = useSignal(/** @type {import("./reader/book.js").Book | null} */ (null));
  const problem = useSignal(/** @type {import("../api.js").Problem | null} */ (null));
  useEffect(() => {
    if (!token) return undefined;
    const look = () => void linkedBook(token).then(
      (found) => ([book.value, problem.value] = [found, null]),
      (error) => (problem.value = problemOf(error)),
    );
    look();
    const timer = setInterval(look, ANEW_MS);
    return () => clearInterval(timer);
  }, [token]);
  if (!token) return html`<${Empty} title=${t("reader.no_link")} text=${t("reader.no_link_help")} />`;
  if (problem.value && !book.value) return html`<${Trouble} problem=${problem.value} />`;
  if (!book.value) return html`<${Waiting} />`;
  return html`<${Reader} home="" book=${book.value} number=${query.get("page") ?? undefined}
    pageAt=${(/** @type {number} */ page) => `${ROOT}shared?page=${page}#${token}`} />`;
}
