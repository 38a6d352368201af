/** The desk: a new book on one side, the books there are on the other. */
import { html } from "../ui.js";
import { t } from "../i18n.js";
import { mayEdit } from "../session.js";
import { NewBook } from "./desk/new_book.js";
import { Shelf } from "./desk/shelf.js";

export const words = ["desk"];
export const sheets = ["views/desk.css"];

export function View() {
  return html`<div class="desk">
    <h1 class="visually-hidden">${t("desk.desk")}</h1>
    ${mayEdit.value ? html`<${NewBook} />` : html`<p class="quiet-text">${t("desk.only_looking")}</p>`}
    <${Shelf} />
  </div>`;
}
