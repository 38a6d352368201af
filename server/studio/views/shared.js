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
/** The book is asked for again when so much of the time is over for which its pictures' addresses are good. */
const SHARE_OVER = 0.7;
const LEAST_MS = 1000;
const NO_WAY_MS = 10_000;

/** And for how many milliseconds its pictures can be had. @param {string} token @returns {Promise<{book: import("./reader/book.js").Book, ms: number}>} Raises `Problem` */
async function linkedBook(token) {
  const told = await api("/v1/links/book", { json: { token } });
  const pages = told.pages.map((/** @type {any} */ page) => ({ number: page.number, side: page.side, src: page.url, small: page.small_url }));
  const { title, direction, language, version_id: version } = told;
  return { book: { title, direction, language, version, newest: true, pages }, ms: Date.parse(told.pictures_until) - Date.now() };
}

/** @param {{query: URLSearchParams}} props */
export function View({ query }) {
  const token = location.hash.slice(1);
  const book = useSignal(/** @type {import("./reader/book.js").Book | null} */ (null));
  const problem = useSignal(/** @type {import("../api.js").Problem | null} */ (null));
  useEffect(() => {
    if (!token) return undefined;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let timer;
    const look = () => void linkedBook(token).then((found) => {
      [book.value, problem.value] = [found.book, null];
      timer = setTimeout(look, Math.max(LEAST_MS, found.ms * SHARE_OVER));
    }, (error) => {
      problem.value = problemOf(error);
      if (!problem.value.status) timer = setTimeout(look, NO_WAY_MS); // no answer: the network may come back
    });
    look();
    return () => clearTimeout(timer);
  }, [token]);
  if (!token) return html`<${Empty} title=${t("reader.no_link")} text=${t("reader.no_link_help")} />`;
  if (problem.value && !book.value) return html`<${Trouble} problem=${problem.value} />`;
  if (!book.value) return html`<${Waiting} />`;
  return html`<${Reader} home="" book=${book.value} number=${query.get("page") ?? undefined}
    pageAt=${(/** @type {number} */ page) => `${ROOT}shared?page=${page}#${token}`} />`;
}
