/** What all views of phases share: what comes, what is missing, what is wrong; and the version that is looked at. */
import { Button, Chip, Empty, Trouble, Waiting, html } from "../../ui.js";
import { language, t } from "../../i18n.js";
import { at, setQuery } from "../../router.js";
import { mayEdit } from "../../session.js";
import { editable, head, preview, result, stamp, useFetched, work } from "../../work.js";
import { change } from "./editing.js";

/**
 * A phase's preview and its whole result. @param {string} phase @param {URLSearchParams} query
 * @param {{whole?: boolean, quality?: number}} [wish]
 */
export function usePhase(phase, query, { whole = true, quality = 3 } = {}) {
  const version = query.get("version");
  const found = useFetched(async () => {
    const [shown, content] = await Promise.all([preview(phase, version ?? head.value, quality), whole ? result(phase, version) : null]);
    return { shown, content };
  }, [phase, version, head.value, stamp.value, language.value]);
  return { ...found, version, shown: found.data?.shown ?? null, content: found.data?.content ?? null };
}

/** The view's title, and what stands in place of the rest. @param {{phase: string, found: any, children: any, tools?: any}} props */
export function Phase({ phase, found, children, tools }) {
  const ready = found.shown?.phase === phase;
  return html`<header class="phase-head">
      <h1>${t(`frame.phase_${phase}`)}</h1>
      ${tools}
    </header>
    ${found.version && html`<p class="banner">${t("phases.old_version")} <button type="button" class="button quiet" onClick=${() => setQuery({ version: null })}>${t("phases.to_newest")}</button></p>`}
    ${ready && found.problem && html`<p class="banner fault" role="status">${found.problem.words}</p>`}
    ${ready && found.shown.losses?.length > 0 && html`<${Losses} losses=${found.shown.losses} old=${Boolean(found.version)} />`}
    ${ready ? children : found.problem ? html`<${Missing} problem=${found.problem} onRetry=${found.again} phase=${phase} />` : html`<${Waiting} />`}`;
}

/** What was said and is not here as it was said; a cut of the plot can be taken back. @param {{losses: any[], old: boolean}} props */
function Losses({ losses, old }) {
  return html`<details class="standing"><summary>${t("phases.losses", { n: losses.length })}</summary>
    <ul>${losses.map((loss, index) => html`<li key=${index}>
      <${Chip}>${t(`phases.loss_${loss.kind}`)}</${Chip}> ${loss.address && html`<code>${loss.address}</code> `}${loss.told}
      ${!old && mayEdit.value && back(loss) && html`<${Button} disabled=${!editable.value} onClick=${() => change([back(loss)], t("phases.loss_back_done"))}>${t("phases.loss_back")}</${Button}>`}
    </li>`)}</ul></details>`;
}

/** The edit that takes a cut back; nothing where there is none. @param {any} loss */
function back(loss) {
  if (loss.phase !== "plot" || !loss.element || !["beat", "line"].includes(loss.what) || !["cut", "shortened"].includes(loss.kind)) return null;
  const data = loss.what === "beat" ? { shown: true } : { whole: true };
  return { change_type: "selection", element_id: loss.element, phase: "plot", change_data: data };
}

/** @param {any} props */
function Missing({ problem, onRetry, phase }) {
  if (problem.status !== 404) return html`<${Trouble} problem=${problem} onRetry=${onRetry} />`;
  return html`<${Empty} title=${t("phases.not_come", { phase: t(`frame.phase_${phase}`) })} text=${t("phases.not_come_help")}>
    <a class="button" href=${at(work.value.id)}>${t("phases.watch")}</a>
  </${Empty}>`;
}

/** Edits that stand on this result, each with a way back. @param {{edits: any[], onUndo: (id: string) => void}} props */
export function Standing({ edits, onUndo }) {
  if (!edits?.length) return null;
  return html`<details class="standing"><summary>${t("phases.edits", { n: edits.length })}</summary>
    <ul>${edits.map((one) => html`<li key=${one.id ?? one.edit?.id}>
      <${Chip} kind=${one.status === "active" ? "blue" : ""}>${t(`phases.edit_${one.status ?? "active"}`)}</${Chip}>
      <code>${one.element_key ?? one.edit?.element_key}</code> ${Object.keys(one.change_data ?? one.edit?.change_data ?? {}).join(", ")}
      <button type="button" class="button quiet" onClick=${() => onUndo(one.id ?? one.edit?.id)}>${t("frame.undo")}</button>
    </li>`)}</ul></details>`;
}
