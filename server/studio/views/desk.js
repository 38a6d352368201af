import { Empty, html } from "../ui.js";
import { t } from "../i18n.js";

/** @param {{params: Record<string, string>, query: URLSearchParams}} props */
export function View() {
  return html`<${Empty} title=${t("frame.not_yet")} />`;
}
