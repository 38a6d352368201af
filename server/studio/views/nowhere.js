/** An address that names nothing. */
import { Empty, html, LinkButton } from "../ui.js";
import { t } from "../i18n.js";
import { ROOT } from "../router.js";

export function View() {
  return html`<${Empty} title=${t("frame.nowhere")} text=${t("frame.nowhere_help")}>
    <${LinkButton} kind="main" href=${ROOT}>${t("frame.to_desk")}</${LinkButton}>
  </${Empty}>`;
}
