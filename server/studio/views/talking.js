/** What was said and done, newest first; the box for the next sentence is at the foot of the window. */
import { Chip, Trouble, Waiting, html } from "../ui.js";
import { date, named, t } from "../i18n.js";
import { api } from "../api.js";
import { at } from "../router.js";
import { PHASES, head, stamp, useFetched, work } from "../work.js";
import { SAID_WORDS, wasEdited, saidOf } from "./versions/said.js";
import { Exchange, talkOf } from "./talk/answer.js";

export const words = ["talk", "kinds", ...SAID_WORDS];
export const sheets = ["views/talk/history.css", "views/talk/answer.css"];

/** The whole history, page by page. @param {string} id */
async function history(id) {
  /** @type {any[]} */
  const found = [];
  let cursor = "";
  do {
    const part = await api(`/v1/works/${id}/versions?limit=500${cursor ? `&cursor=${cursor}` : ""}`);
    found.push(...part.items);
    cursor = part.next;
  } while (cursor);
  return found.reverse();
}

export function View() {
  const { id } = work.value;
  const { data, problem, again } = useFetched(() => history(id), [id, head.value, stamp.value]);
  return html`<h1>${t("talk.talking")}</h1>
    <p class="quiet-text lead">${t("talk.talking_help")}</p>
    <${Conversation} id=${id} />
    <h2>${t("talk.history")}</h2>
    ${problem && !data && html`<${Trouble} problem=${problem} onRetry=${again} />`}
    ${!data && !problem && html`<${Waiting} />`}
    ${data && !data.some((one) => one.author === "person") && html`<p class="quiet-text">${t("talk.nothing_said")}</p>`}
    <${Entries} id=${id} of=${(data ?? []).filter((one) => !made(one))} />
    ${data?.some(made) && html`<details class="made"><summary>${t("talk.phases_made", { n: data.filter(made).length })}</summary>
      <${Entries} id=${id} of=${data.filter(made)} /></details>`}`;
}

/** Both sides, the newest first. @param {{id: string}} props */
function Conversation({ id }) {
  const { data } = useFetched(() => talkOf(id, 40), [id, head.value, stamp.value]);
  if (!data?.length) return null;
  return html`<section aria-labelledby="conversation"><h2 id="conversation">${t("talk.conversation")}</h2>
    <ol class="exchanges">${data.toReversed().map((entry) => html`<li key=${entry.answer_id}><${Exchange} entry=${entry} /></li>`)}</ol></section>`;
}

/** Came from no word of a person. @param {any} one */
const made = (one) => one.kind === "phase" && one.author !== "person";

/** @param {{id: string, of: any[]}} props */
function Entries({ id, of }) {
  if (!of.length) return null;
  return html`<ol class="history">${of.map((one) => html`<li key=${one.version_id} class=${one.author === "person" ? "mine" : ""}>
      <time datetime=${one.created_at}>${date(one.created_at)}</time>
      <div><p>${saidOf(one.change_description) || t("talk.made", { phase: t(`frame.phase_${one.phase}`) })}</p>
        <p class="chips"><${Chip} kind=${one.author === "person" ? "blue" : ""}>${named("kinds", wasEdited(one) ? "edit" : one.kind)}</${Chip}>
          ${PHASES.includes(one.phase) && html`<a href=${at(id, one.phase, { version: one.version_id })}>${t(`frame.phase_${one.phase}`)}</a>`}
          ${one.branch !== "main" && html`<${Chip}>${one.branch}</${Chip}>`}</p></div>
    </li>`)}</ol>`;
}
