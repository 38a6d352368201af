/** Why an edit was refused, in the person's language where the reason is a usual one. */
import { language, t } from "../../i18n.js";

/** Beginnings or parts of the service's own sentences, and the words for them. @type {[string, string][]} */
const USUAL = [
  ["would be too small", "too_small"],
  ["does not go from one side", "no_cut"],
  ["not on the panel's border", "no_cut"],
  ["live area", "off_area"],
  ["over another one", "over_other"],
  ["another order", "other_order"],
  ["too far from its panel", "off_page"],
  ["can be merged", "no_merge"],
  ["more words than it can hold", "page_full"],
  ["have no room", "no_room"],
  ["stand off the page", "off_page"],
  ["nothing of it can be seen", "nothing_seen"],
  ["cannot be lettered", "no_letters"],
  ["should have at most", "too_long"],
];

/** Without the path to the field, which says nothing to a person. @param {string} detail */
export function reasonOf(detail) {
  const known = USUAL.find(([part]) => detail.includes(part));
  if (known && language.value !== "en") return t(`editing.reason_${known[1]}`);
  return detail.replace(/^change_data\.\S+: */, "");
}
