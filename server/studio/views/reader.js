/** The book as it is read. The place is in the address: `read/12` is page 12, and a reload opens there. */
import { Empty, html, LinkButton, Trouble, Waiting } from "../ui.js";
import { t } from "../i18n.js";
import { at as placeAt } from "../router.js";
import { head as newest, stamp, useFetched } from "../work.js";
import { bookOf } from "./reader/book.js";
import { Reader } from "./reader/reading.js";

export const words = ["reader"];
export const sheets = ["views/reader/reader.css"];

/** @param {{params: Record<string, string>, query: URLSearchParams}} props */
export function View({ params, query }) {
  const version = query.get("version");
  const found = useFetched(() => bookOf(params.work, version), [params.work, version, version ? "" : newest.value, stamp.value]);
  if (!found.data) return found.problem ? html`<${Trouble} problem=${found.problem} onRetry=${found.again} />` : html`<${Waiting} />`;
  if (!found.data.pages.length) {
    return html`<${Empty} title=${t("reader.none")} text=${t("reader.none_help")}>
      <${LinkButton} kind="main" href=${placeAt(params.work)}>${t("reader.leave")}</${LinkButton}></${Empty}>`;
  }
  return html`<${Reader} home=${placeAt(params.work)} pageAt=${(/** @type {number} */ page) => placeAt(params.work, `read/${page}`)}
    book=${found.data} number=${params.page} />`;
}
