/** What can be done with a version. Each order makes something new; nothing that is there is changed. */
import { useSignal } from "@preact/signals";
import { Button, Dialog, Field, html } from "../../ui.js";
import { t } from "../../i18n.js";
import { api, problemOf } from "../../api.js";
import { say, sayProblem } from "../../notices.js";
import { changed, head } from "../../work.js";

/** @param {string} work @param {string} version @param {string} verb @param {unknown} json */
export async function send(work, version, verb, json) {
  const found = await api(`/v1/works/${work}/versions/${encodeURIComponent(version)}/${verb}`, { json });
  changed(found);
  return found;
}

/** Makes a version the newest again; the notice takes it back. @param {string} work @param {string} version @param {number} number */
export async function restore(work, version, number) {
  const before = head.peek();
  try {
    await send(work, version, "restore", {});
    say(t("versions.restored", { number }), {
      undo: () => void send(work, before, "restore", {}).catch(sayProblem), seconds: 12,
    });
  } catch (error) {
    sayProblem(error);
  }
}

/** @param {{work: string, row: import("./tree.js").Row | null, onClose: () => void}} props */
export function ForkDialog({ work, row, onClose }) {
  const name = useSignal("");
  const text = useSignal("");
  const fault = useSignal(/** @type {{field: string, words: string} | null} */ (null));
  const busy = useSignal(false);
  /** @param {Event} event */
  async function fork(event) {
    event.preventDefault();
    busy.value = true;
    const [branch, wish] = [name.value.trim(), text.value.trim()];
    try {
      await send(work, row?.version.version_id ?? "", "fork", { ...(branch && { branch }), ...(wish && { text: wish }) });
      say(t("versions.forked", { number: row?.number ?? "" }));
      [name.value, text.value, fault.value] = ["", "", null];
      onClose();
    } catch (error) {
      const problem = problemOf(error);
      fault.value = { field: problem.element === "branch" ? "branch" : "text", words: [problem.words, problem.help].join(" ") };
    }
    busy.value = false;
  }
  const faultOf = (/** @type {string} */ field) => (fault.value?.field === field ? fault.value.words : undefined);
  return html`<${Dialog} title=${t("versions.fork_title", { number: row?.number ?? "" })} open=${Boolean(row)} onClose=${onClose}>
    <form class="version-form" onSubmit=${fork}>
      <p>${t("versions.fork_why")}</p>
      <${Field} label=${t("versions.fork_name")} hint=${t("versions.fork_name_hint")} fault=${faultOf("branch")}>
        ${(/** @type {any} */ ids) => html`<input ...${ids} type="text" maxlength="40" autocomplete="off" value=${name.value}
          onInput=${(/** @type {any} */ event) => (name.value = event.target.value)} />`}</${Field}>
      <${Field} label=${t("versions.fork_text")} hint=${t("versions.fork_text_hint")} fault=${faultOf("text")}>
        ${(/** @type {any} */ ids) => html`<textarea ...${ids} rows="3" maxlength="2000" value=${text.value}
          onInput=${(/** @type {any} */ event) => (text.value = event.target.value)}></textarea>`}</${Field}>
      <div class="buttons"><${Button} kind="main" type="submit" busy=${busy.value}>${t("versions.fork")}</${Button}>
        <${Button} onClick=${onClose}>${t("versions.stay")}</${Button}></div>
    </form>
  </${Dialog}>`;
}

/** @param {{work: string, row: import("./tree.js").Row | null, onClose: () => void}} props */
export function NameDialog({ work, row, onClose }) {
  const fault = useSignal("");
  const busy = useSignal(false);
  /** @param {any} event */
  async function rename(event) {
    event.preventDefault();
    busy.value = true;
    try {
      const name = event.target.elements.called.value;
      await api(`/v1/works/${work}/versions/${row?.version.version_id}`, { method: "PATCH", json: { name } });
      changed();
      fault.value = "";
      onClose();
    } catch (error) {
      const problem = problemOf(error);
      fault.value = [problem.words, problem.help].join(" ");
    }
    busy.value = false;
  }
  return html`<${Dialog} title=${t("versions.name_title", { number: row?.number ?? "" })} open=${Boolean(row)} onClose=${onClose}>
    <form class="version-form" onSubmit=${rename}>
      <${Field} label=${t("versions.name")} hint=${t("versions.name_hint")} fault=${fault.value}>
        ${(/** @type {any} */ ids) => html`<input ...${ids} name="called" type="text" maxlength="80" autocomplete="off"
          defaultValue=${row?.version.name ?? ""} />`}</${Field}>
      <div class="buttons"><${Button} kind="main" type="submit" busy=${busy.value}>${t("versions.rename")}</${Button}>
        <${Button} onClick=${onClose}>${t("versions.stay")}</${Button}></div>
    </form>
  </${Dialog}>`;
}
