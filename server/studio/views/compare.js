/** Two versions compared: their pages, what differs in words, and panels to keep. The address names both, and the page. */
import { useSignal } from "@preact/signals";
import { Check, Choice, classes, html, LinkButton, Trouble, Waiting } from "../ui.js";
import { t } from "../i18n.js";
import { api } from "../api.js";
import { at, go, setQuery } from "../router.js";
import { mayEdit } from "../session.js";
import { head, stamp, useFetched } from "../work.js";
import { Changes, framesOn, otherPictures } from "./compare/changes.js";
import { KeepPanels } from "./compare/keep.js";
import { Beside, Over, pageWord } from "./compare/pages.js";
import { SAID_WORDS, saidOf } from "./versions/said.js";

export const words = ["compare", "versions", ...SAID_WORDS];
export const sheets = ["views/compare/compare.css"];

/** @param {string} id @param {string} old @param {string} other */
async function bothOf(id, old, other) {
  const [one, two] = [encodeURIComponent(old), encodeURIComponent(other)];
  const [told, history] = await Promise.all([
    api(`/v1/works/${id}/versions/${one}/diff/${two}`), api(`/v1/works/${id}/versions?limit=500`),
  ]);
  const [before, after] = [told.old.version_id, told.new.version_id];
  const elements = await Promise.all([before, after].map((version) => api(`/v1/works/${id}/elements?version=${version}`)));
  return { told, items: history.items, elements: elements.map((each) => each.items) };
}

/** @param {{params: Record<string, string>, query: URLSearchParams}} props */
export function View({ params, query }) {
  const { work: id, old, new: other } = params;
  const found = useFetched(() => bothOf(id, old, other), [id, old, other, head.value, stamp.value]);
  if (!found.data) return found.problem ? html`<${Trouble} problem=${found.problem} onRetry=${found.again} />` : html`<${Waiting} />`;
  return html`<${Both} id=${id} ...${found.data} query=${query} />`;
}

/** @param {any[]} items @param {any} version */
function titleOf(items, version) {
  const place = items.findIndex((each) => each.version_id === version.version_id) + 1;
  const phase = version.name || t(`frame.phase_${version.phase}`);
  return place ? t("versions.called", { number: place, phase }) : `${version.version_id.slice(0, 8)} · ${phase}`;
}

/** Versions to choose from, newest first. @param {{items: any[], label: string, value: string, onChange: (version: string) => void}} props */
function Which({ items, label, value, onChange }) {
  const options = [...items].reverse().map((each) => {
    const more = [each.branch !== "main" && each.branch, saidOf(each.change_description).slice(0, 40)].filter(Boolean).join(" · ");
    return /** @type {[string, string]} */ ([each.version_id, `${titleOf(items, each)}${more && ` (${more})`}`]);
  });
  return html`<${Choice} label=${label} value=${value} options=${options} onChange=${onChange} />`;
}

/** @param {{id: string, told: any, items: any[], elements: any[][], query: URLSearchParams}} props */
function Both({ id, told, items, elements, query }) {
  const way = useSignal("beside");
  const framed = useSignal(true);
  const [old, other] = [told.old, told.new];
  const titles = [titleOf(items, old), titleOf(items, other)];
  const pages = [...new Set([...told.pages, ...told.only_old, ...told.only_new])].sort((a, b) => a - b);
  const asked = Number(query.get("page"));
  const page = query.has("page") && pages.includes(asked) ? asked : pages[0] ?? null;
  const keepable = otherPictures(told.changes);
  /** @param {string} one @param {string} two */
  const choose = (one, two) => go(at(id, `compare/${one}/${two}`), { replace: true });
  /** @param {number} number */
  const turn = (number) => setQuery({ page: String(number) });
  /** @param {number} index @returns {import("./compare/pages.js").Side} */
  const side = (index) => ({
    number: page ?? 0, version: (index ? other : old).version_id, title: titles[index],
    there: !(index ? told.only_old : told.only_new).includes(page),
    frames: framed.value && page !== null ? framesOn(told.changes, elements[index], page) : new Set(),
  });
  const shown = { old: side(0), new: side(1) };
  const empty = !told.changes.length && !pages.length;
  return html`<div class="compare-view"><h1>${t("compare.heading")}</h1>
    <div class="compare-which">
      <${Which} items=${items} label=${t("compare.older")} value=${old.version_id} onChange=${(/** @type {string} */ v) => choose(v, other.version_id)} />
      <${Which} items=${items} label=${t("compare.newer")} value=${other.version_id} onChange=${(/** @type {string} */ v) => choose(old.version_id, v)} />
      <${LinkButton} href=${at(id, `compare/${other.version_id}/${old.version_id}`)}>${t("compare.swap")}</${LinkButton}>
    </div>
    ${empty && html`<p class="card">${t("compare.same")}</p>`}
    ${!empty && !pages.length && html`<p class="card">${t("compare.no_pages")}</p>`}
    ${page !== null && html`<section class="compare-pages" aria-label=${t("compare.pages")}>
      <div class="compare-tools">
        <div class="buttons" role="group" aria-label=${t("compare.way")}>${["beside", "over"].map((each) => html`<button type="button" key=${each}
          class="button" aria-pressed=${way.value === each ? "true" : "false"} onClick=${() => (way.value = each)}>${t(`compare.way_${each}`)}</button>`)}</div>
        <${Check} label=${t("compare.frames")} checked=${framed.value} onChange=${(/** @type {boolean} */ yes) => (framed.value = yes)} />
      </div>
      <nav class="compare-numbers" aria-label=${t("compare.pages")}>${pages.map((number) => html`<button type="button" key=${number}
        class=${classes("page-number", number === page && "shown")} aria-current=${number === page ? "page" : null}
        aria-label=${pageWord(number)} onClick=${() => turn(number)}>${number || t("compare.title_short")}</button>`)}</nav>
      ${way.value === "beside" ? html`<${Beside} ...${shown} />` : html`<${Over} ...${shown} />`}
    </section>`}
    ${keepable.length > 0 && mayEdit.value && html`<${KeepPanels} id=${id} old=${old.version_id} oldTitle=${titles[0]} changes=${keepable}
      page=${page} />`}
    ${told.changes.length > 0 && html`<${Changes} changes=${told.changes} onPage=${turn} />`}
  </div>`;
}
