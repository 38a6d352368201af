/** One kind of file: what it is good for, its options, and where it stands. */
import { useSignal } from "@preact/signals";
import { Button, Field, html } from "../../ui.js";
import { known, number, t } from "../../i18n.js";
import { api, problemOf } from "../../api.js";
import { mayEdit } from "../../session.js";
import { work } from "../../work.js";

/**
 * @typedef {{name: string, media_type: string, file: string, good_for: string,
 *   options: {name: string, default: number, least: number, most: number, means: string}[]}} Format
 * @typedef {{format: string, url: string, bytes: number}} Made
 */

/** @param {string} key @param {string} otherwise the service's own words */
const said = (key, otherwise) => (known(key) ? t(key) : otherwise);

/** @param {number} bytes */
const size = (bytes) => (bytes < 1e6 ? t("exports.kilobytes", { n: number(Math.max(1, Math.round(bytes / 1000))) })
  : t("exports.megabytes", { n: number(Math.round(bytes / 1e5) / 10) }));

/** The book by its title; whatever no system has in the name of a file is left out. @param {string} file */
const calledAs = (file) => {
  const title = (work.value?.title ?? "").replace(/[\p{Cc}<>:"/\\|?*]+/gu, " ").trim().slice(0, 60).trim().replace(/^\.+|\.+$/g, "");
  return title ? file.replace(/^book/, title) : file;
};

/** Saves what lies at an address of this service, under the name that the service gives it. @param {string} url @param {string} name */
function save(url, name) {
  const link = document.createElement("a");
  [link.href, link.download] = [url, name];
  document.body.append(link);
  link.click();
  link.remove();
}

/** @param {{id: string, version: string | null, format: Format, ready: Made | undefined, onMade: () => void}} props */
export function FormatCard({ id, version, format, ready, onMade }) {
  const options = useSignal(/** @type {Record<string, string>} */ ({}));
  const state = useSignal(/** @type {{busy?: boolean, problem?: import("../../api.js").Problem, made?: Made} } */ ({}));
  const usual = format.options.every(({ name, default: first }) => Number(options.value[name] || first) === first);
  const made = state.value.made ?? (usual ? ready : undefined);
  const faults = Object.fromEntries(format.options.map((option) => {
    const value = Number(options.value[option.name] || option.default);
    const good = Number.isInteger(value) && value >= option.least && value <= option.most;
    return [option.name, good ? undefined : t("exports.bounds", option)];
  }));
  const refused = Object.values(faults).some(Boolean);

  async function make() {
    state.value = { busy: true };
    const chosen = Object.fromEntries(format.options.filter((o) => options.value[o.name]).map((o) => [o.name, Number(options.value[o.name])]));
    try {
      const found = await api(`/v1/works/${id}/exports`, { json: { format: format.name, options: chosen, ...(version && { version }) } });
      state.value = { made: found };
      save(found.url, calledAs(format.file));
      onMade();
    } catch (error) {
      state.value = { problem: problemOf(error) };
    }
  }

  return html`<li class="card format" data-format=${format.name}>
    <h2>${said(`exports.name_${format.name}`, format.name)} <span class="quiet-text">${format.file.replace(/^book/, "")}</span></h2>
    <p>${said(`exports.good_${format.name}`, format.good_for)}</p>
    ${format.options.length > 0 && html`<details><summary>${t("exports.options")}</summary><div class="format-options">
      ${format.options.map((option) => html`<${Field} key=${option.name} label=${said(`exports.option_${option.name}`, option.means)}
        hint=${t("exports.bounds", option)} fault=${faults[option.name]}>
        ${(/** @type {any} */ ids) => html`<input ...${ids} type="number" min=${option.least} max=${option.most} step="1" placeholder=${option.default}
          value=${options.value[option.name] ?? ""} onInput=${(/** @type {any} */ event) => {
            options.value = { ...options.value, [option.name]: event.target.value };
            state.value = {};
          }} />`}</${Field}>`)}
    </div></details>`}
    <div class="format-foot">
      ${made ? html`<a class="button main" href=${made.url} download=${calledAs(format.file)}>${t("exports.download")}</a>`
        : html`<${Button} kind="main" busy=${state.value.busy} disabled=${refused || !mayEdit.value} onClick=${make}>${t("exports.make")}</${Button}>`}
      <p class="format-state" role="status">${state.value.busy ? t("exports.making") : made ? t("exports.ready", { size: size(made.bytes) })
        : mayEdit.value ? "" : t("exports.only_editors")}</p>
    </div>
    ${state.value.problem && html`<p class="fault" role="alert">${state.value.problem.words} ${state.value.problem.help}</p>`}
  </li>`;
}
