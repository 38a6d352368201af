/** The inside of a work: timings, calls and costs, prompts by hash, state by version, raw events. */
import { useSignal } from "@preact/signals";
import { Button, Trouble, html } from "../ui.js";
import { date, named, number, t } from "../i18n.js";
import { api } from "../api.js";
import { PHASES, events, head, useFetched, work } from "../work.js";

export const words = ["debug"];
export const sheets = ["views/debug.css"];
const MOST_CHARACTERS = 200_000;

export function View() {
  const whole = work.value;
  const { data: inside } = useFetched(() => api(`/v1/works/${whole.id}/recipes`), [whole.id, head.value]);
  return html`<h1>${t("debug.debug")}</h1><p class="quiet-text">${t("debug.help")}</p>
    <div class="debug">
      <section><h2>${t("debug.timings")}</h2>
        <div class="scrolls" tabindex="0" role="group" aria-label=${t("debug.timings")}><table><thead><tr><th>${t("debug.phase")}</th><th>${t("debug.seconds")}</th><th>${t("debug.model")}</th><th>${t("debug.prompt")}</th><th>${t("debug.digest")}</th></tr></thead>
        <tbody>${PHASES.map((phase, index) => html`<tr key=${phase}><td>${t(`frame.phase_${phase}`)}</td><td>${whole.processing_times?.[index]?.toFixed(2) ?? ""}</td>
          <td>${inside?.recipes?.[phase]?.model ?? inside?.recipes?.[phase]?.mind ?? ""}</td><td><code>${short(inside?.recipes?.[phase]?.prompt)}</code></td><td><code>${short(inside?.digests?.[phase])}</code></td></tr>`)}</tbody></table></div>
      </section>
      <section><h2>${t("debug.calls")}</h2>
        <dl class="counters">${Object.entries({ ...whole.counters, ...whole.cost }).sort(([a], [b]) => a.localeCompare(b)).map(([name, value]) => html`<div key=${name}><dt><code>${name}</code></dt><dd>${number(Number(value))}</dd></div>`)}</dl>
      </section>
      <${States} id=${whole.id} />
      <section><h2>${t("debug.events")}</h2>
        ${events.value.length === 0 && html`<p class="quiet-text">${t("debug.no_events")}</p>`}
        <ol class="raw">${events.value.slice().reverse().map((event) => html`<li key=${event.id}><details><summary><code>${event.id}</code> ${event.type} <span class="quiet-text">${date(event.at)}</span></summary>
          <pre tabindex="0">${JSON.stringify(event, null, 1)}</pre></details></li>`)}</ol>
      </section>
      <section><h2>${t("debug.snapshot")}</h2><details><summary>${t("debug.json")}</summary><pre tabindex="0">${cut(JSON.stringify(whole, null, 1))}</pre></details></section>
    </div>`;
}

const short = (/** @type {string | undefined} */ hash) => (hash ? hash.slice(0, 12) : "");
const cut = (/** @type {string} */ text) => (text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)} …` : text);

/** @param {{id: string}} props */
function States({ id }) {
  const { data, problem } = useFetched(() => api(`/v1/works/${id}/versions?limit=500`), [id, head.value]);
  const shown = useSignal(/** @type {{id: string, text: string} | null} */ (null));
  const look = async (/** @type {any} */ version) => {
    const found = await api(`/v1/works/${id}/versions/${version.version_id}`);
    shown.value = { id: version.version_id, text: cut(JSON.stringify(found.content[version.phase], null, 1)) };
  };
  return html`<section><h2>${t("debug.versions")}</h2>
    ${problem && html`<${Trouble} problem=${problem} />`}
    <div class="scrolls" tabindex="0" role="group" aria-label=${t("debug.versions")}><table><thead><tr><th>${t("debug.version")}</th><th>${t("debug.phase")}</th><th>${t("debug.kind")}</th><th>${t("debug.state")}</th></tr></thead>
      <tbody>${(data?.items ?? []).map((/** @type {any} */ version) => html`<tr key=${version.version_id}><td><code>${version.version_id.slice(0, 8)}</code></td><td>${named("frame", `phase_${version.phase}`)}</td><td>${version.kind}</td>
        <td><${Button} kind="quiet" aria-label=${`${t("debug.show")} ${version.version_id.slice(0, 8)}`} onClick=${() => void look(version)}>${t("debug.show")}</${Button}></td></tr>`)}</tbody></table></div>
    ${shown.value && html`<pre tabindex="0">${shown.value.text}</pre>`}
  </section>`;
}
