/** A page that takes a token, where the service asks for one. */
import { useSignal } from "@preact/signals";
import { Button, Empty, Field, html } from "../ui.js";
import { t } from "../i18n.js";
import { problemOf } from "../api.js";
import { session, signIn } from "../session.js";

export function View() {
  const token = useSignal("");
  const fault = useSignal("");
  const busy = useSignal(false);
  if (!session.value?.asks_for_token) {
    return html`<${Empty} title=${session.value?.reason ?? ""} text=${session.value?.remedy ?? ""} />`;
  }
  /** @param {Event} event */
  async function enter(event) {
    event.preventDefault();
    busy.value = true;
    try {
      await signIn(token.value);
    } catch (error) {
      fault.value = problemOf(error).words;
    }
    busy.value = false;
  }
  return html`<form class="sign-in" onSubmit=${enter}>
    <h1>${t("frame.sign_in")}</h1>
    <p>${t("frame.sign_in_why")}</p>
    <${Field} label=${t("frame.token")} hint=${t("frame.token_hint")} fault=${fault.value}>
      ${(/** @type {any} */ ids) => html`<input ...${ids} type="password" autocomplete="off" spellcheck=${false} required
        value=${token} onInput=${(/** @type {any} */ event) => (token.value = event.target.value)} />`}
    </${Field}>
    <${Button} kind="main" type="submit" busy=${busy.value}>${t("frame.sign_in")}</${Button}>
  </form>`;
}
