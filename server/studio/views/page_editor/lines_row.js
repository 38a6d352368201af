/** One line of the table: drawn anew only when it is another. */
import { html } from "../../ui.js";
import { t } from "../../i18n.js";
import { at } from "../../router.js";
import { Component } from "preact";
import { LONGEST } from "./desk.js";
import { LETTER_KINDS } from "./scene.js";
import { pieces } from "./lines_text.js";

/** Props: `{work, line, part, cast, may, match, onChange}`. */
export class Row extends Component {
  /** @param {any} next */
  shouldComponentUpdate(next) {
    const own = /** @type {any} */ (this.props);
    return next.part !== own.part || next.may !== own.may || String(next.match) !== String(own.match)
      || ["text", "speaker", "kind", "page", "panel"].some((name) => next.line[name] !== own.line[name]);
  }

  render() {
    const { work, line, part, cast, may, match, onChange } = /** @type {any} */ (this.props);
    const now = { ...line, ...part };
    const where = t("editing.line_at", { page: line.page, panel: line.panel });
    const choice = (/** @type {string} */ name, /** @type {string} */ value, /** @type {[string, string][]} */ options) =>
      html`<select aria-label=${`${t(`editing.${name}`)}: ${where}`} value=${value}
        onChange=${(/** @type {any} */ event) => onChange(line.key, { [name]: event.target.value || null })}>
        ${options.map(([key, text]) => html`<option key=${key} value=${key} selected=${key === value}>${text}</option>`)}</select>`;
    const kind = now.kind === "sfx" || !may ? t(`editing.kind_${now.kind}`)
      : choice("kind", now.kind, /** @type {any} */ (LETTER_KINDS.map((each) => [each, t(`editing.kind_${each}`)])));
    const who = cast.find((/** @type {any} */ each) => each.key === now.speaker)?.name ?? t("editing.nobody");
    const found = match && now.text.search(match) >= 0;
    return html`<tr class=${part ? "changed" : ""} data-key=${line.key}>
      <th scope="row"><a href=${at(work, `pages/${line.page}`, { at: line.key })}>${where}</a></th>
      <td>${now.kind === "sfx" ? "" : may ? choice("speaker", now.speaker ?? "", [["", t("editing.nobody")], ...cast.map((/** @type {any} */ each) => [each.key, each.name])]) : who}</td>
      <td>${kind}</td>
      <td class="line-words">${may ? html`<input type="text" maxlength=${LONGEST} aria-label=${`${t("editing.words")}: ${where}`} aria-invalid=${now.text.trim() ? null : "true"}
          value=${now.text} onInput=${(/** @type {any} */ event) => onChange(line.key, { text: event.target.value })} />` : !found && html`<span>${now.text}</span>`}
        ${found && html`<p class="found">${pieces(now.text, match).map((piece, index) => (index % 2 ? html`<mark>${piece}</mark>` : piece))}</p>`}</td>
    </tr>`;
  }
}
