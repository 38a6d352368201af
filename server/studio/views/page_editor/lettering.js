/** All pages as they are lettered, each a way into its editor. */
import { t } from "../../i18n.js";
import { at } from "../../router.js";
import { Empty, html, LinkButton, Picture, Trouble, Waiting } from "../../ui.js";
import * as store from "../../work.js";
import { thumbOf } from "./scene.js";

export const words = ["editing"];
export const sheets = ["views/page_editor/page_editor.css"];

/** @param {{params: Record<string, string>, query: URLSearchParams}} props */
export function View({ params, query }) {
  const version = query.get("version") ?? store.head.value;
  const there = Boolean(store.made.value.lettering) || Boolean(query.get("version"));
  const finished = (store.status.value === "completed" || store.redrawn.value) && version === store.head.value;
  const { data, problem, again } = store.useFetched(
    () => (finished ? Promise.resolve(finishedPages(version)) : there ? draftPages(version) : Promise.resolve(null)),
    [params.work, version, there, finished]);
  if (!there || problem?.code === "not_found") {
    return html`<${Empty} title=${t("editing.no_lettering")} text=${t("editing.no_lettering_help")} />`;
  }
  if (problem && !data) return html`<${Trouble} problem=${problem} onRetry=${again} />`;
  if (!data) return html`<${Waiting} />`;
  const rtl = store.work.value?.pages?.[1]?.side !== "right";
  return html`<section class="all-pages">
    <header><h1>${t("editing.all_pages_title")}</h1><p class="quiet-text">${t("editing.all_pages_help", { n: data.length })}</p>
      <${LinkButton} href=${at(params.work, "lines")}>${t("editing.all_lines")}</${LinkButton}></header>
    <ol class="page-grid" dir=${rtl ? "rtl" : "ltr"}>${data.map((/** @type {any} */ image) => html`<li key=${image.page}>
      <a href=${at(params.work, `pages/${image.page}`)} aria-label=${t("editing.edit_page", { n: image.page })}>
        <${Picture} src=${image.url} width=${image.width} height=${image.height} /><span aria-hidden="true">${image.page}</span></a></li>`)}</ol>
  </section>`;
}

/** The pages of the book as it is: drawn already. @param {string} version */
const finishedPages = (version) => store.work.value.pages.filter((/** @type {any} */ page) => page.number > 0).map((/** @type {any} */ page) => (
  { page: page.number, url: thumbOf(page.number, version), width: 368, height: 520 }));

/** Before the book is finished, or of an older version. @param {string} version */
const draftPages = async (version) =>
  (await store.preview("lettering", version, 2)).images.filter((/** @type {any} */ image) => image.page !== null && image.page > 0);
