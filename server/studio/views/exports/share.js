/** A link by which anybody reads this version of the book, until a day. */
import { useSignal } from "@preact/signals";
import { api, problemOf } from "../../api.js";
import { date, t } from "../../i18n.js";
import { sayProblem } from "../../notices.js";
import { Button, Choice, html } from "../../ui.js";

const DAYS = [7, 30, 90, 365];

/** @param {{id: string, version: string | null}} props */
export function Share({ id, version }) {
  const days = useSignal("30");
  const busy = useSignal(false);
  const made = useSignal(/** @type {{url: string, expires_at: string} | null} */ (null));
  async function make() {
    busy.value = true;
    try {
      made.value = await api(`/v1/works/${id}/book-link`, { json: { days: Number(days.value), ...(version ? { version } : {}) } });
      await navigator.clipboard?.writeText(addressOf(made.value)).catch(() => undefined); // it stands there to be copied, too
    } catch (error) {
      sayProblem(problemOf(error));
    }
    busy.value = false;
  }
  return html`<section class="card share"><h2>${t("exports.share")}</h2><p>${t("exports.share_about")}</p>
    <div class="share-line"><${Choice} label=${t("exports.share_days")} value=${days.value} options=${DAYS.map((n) => [String(n), t("exports.days", { n })])}
      onChange=${(/** @type {any} */ value) => (days.value = String(value))} />
      <${Button} busy=${busy.value} onClick=${make}>${t("exports.share_make")}</${Button}></div>
    ${made.value && html`<label>${t("exports.share_until", { when: date(made.value.expires_at) })}
      <input readonly value=${addressOf(made.value)} onFocus=${(/** @type {any} */ event) => event.target.select()} /></label>`}
  </section>`;
}

/** @param {{url: string} | null} made */
const addressOf = (made) => (made ? new URL(made.url, location.origin).href : "");
