/** What the editor has in hand: the page, what is chosen on it, the tool, and what the parts of the editor do with it. */
import { computed, signal } from "@preact/signals";
import { mayEdit } from "../../session.js";
import { edit, looks } from "./edits.js";
import { lettersOf } from "./scene.js";
import { kept } from "./shapes.js";

export const scene = signal(/** @type {import("./scene.js").Scene | null} */ (null));
/** The key of what is chosen; empty for the page itself. */
export const chosen = signal("");
/** `choose`, or `cut`: the next stroke divides a panel. */
export const tool = signal(/** @type {"choose" | "cut"} */ ("choose"));
/** A cut that is not made yet. */
export const cut = signal(/** @type {{panel: string, a: any, b: any} | null} */ (null));
/** The words that are being written, and where. */
export const writing = signal(/** @type {{key: string, text: string, on_page: boolean} | null} */ (null));
/** Whether the area is shown in which nothing that is read may be cut off. */
export const safeArea = signal(false);
/** Pixels of the screen for a millimetre of the page. */
export const pixels = signal(3);
/** An older version is only looked at. */
export const newest = signal(true);
export const editable = computed(() => mayEdit.value && newest.value);

export const chosenLetters = computed(() => {
  const found = scene.value && lettersOf(scene.value).find((each) => each.key === chosen.value);
  return found ?? null;
});
export const chosenPanel = computed(() => scene.value?.panels.find((panel) => panel.key === chosen.value) ?? null);

/** @param {string} key */
export function choose(key) {
  if (chosen.value === key) return;
  chosen.value = key;
  if (writing.value && writing.value.key !== key) writing.value = null;
  cut.value = null;
}

export const SIZES = { balloon: [0.6, 1.6], sound: [0.3, 3] };
export const STEP_MM = 1;
export const LARGE_STEP_MM = 5;
export const SIZE_STEP = 0.1;

/** Where letters are now: their box with what waits. @param {import("./scene.js").Letters} letters */
export function boxNow(letters) {
  const box = /** @type {import("./shapes.js").Box} */ (letters.box);
  const look = looks.value.get(letters.key);
  return { ...box, x: box.x + (look?.dx ?? 0), y: box.y + (look?.dy ?? 0) };
}

/** Millimetres to the right and down; never off the page. @param {import("./scene.js").Letters} letters @param {number} dx @param {number} dy */
export function move(letters, dx, dy) {
  if (!letters.box || !scene.value) return;
  const by = kept(boxNow(letters), dx, dy, scene.value.page);
  const [dx_mm, dy_mm] = [Math.round(by.dx * 100) / 100, Math.round(by.dy * 100) / 100];
  if (dx_mm || dy_mm) void edit("drag_drop", letters.key, { move: { dx_mm, dy_mm } }, { dx: dx_mm, dy: dy_mm });
}

/** The size that letters were given by hand, as a factor. @param {import("./scene.js").Letters} letters @param {any[]} accepted */
export function sizeOf(letters, accepted) {
  return (numberOf(letters, "scale", accepted) ?? 1) * (looks.value.get(letters.key)?.ratio ?? 1);
}

/** @param {import("./scene.js").Letters} letters @param {any[]} accepted */
export const turnOf = (letters, accepted) =>
  (numberOf(letters, "turn_deg", accepted) ?? 0) + (looks.value.get(letters.key)?.turn ?? 0);

export const FACES = ["auto", "antique", "gothic", "gothic_heavy", "round", "sharp", "heavy", "hand", "pop"];
/** The typeface that was chosen last. @param {import("./scene.js").Letters} letters @param {any[]} accepted @returns {string} */
export const faceOf = (letters, accepted) =>
  accepted.findLast((each) => each.element === letters.key && each.status !== "orphaned" && each.face)?.face ?? "auto";

/** @param {import("./scene.js").Letters} letters @param {string} name @param {any[]} accepted @returns {number | undefined} */
const numberOf = (letters, name, accepted) =>
  accepted.findLast((each) => each.element === letters.key && each.status !== "orphaned" && name in (each.numbers ?? {}))?.numbers[name];

/** @param {import("./scene.js").Letters} letters @param {number} size a factor @param {any[]} accepted */
export function resize(letters, size, accepted) {
  const [least, most] = SIZES[letters.sort];
  const wanted = Math.round(Math.min(most, Math.max(least, size)) * 100) / 100;
  const now = sizeOf(letters, accepted);
  if (Math.abs(wanted - now) >= 0.005) void edit("style_adjust", letters.key, { scale: wanted }, { ratio: wanted / now });
}

/** @param {import("./scene.js").Letters} letters @param {number} degrees clockwise @param {any[]} accepted */
export function turn(letters, degrees, accepted) {
  const wanted = Math.round(((((degrees + 180) % 360) + 360) % 360) - 180);
  const now = turnOf(letters, accepted);
  if (wanted !== now) void edit("style_adjust", letters.key, { turn_deg: wanted }, { turn: wanted - now });
}

export const TURN_STEP = 5;
/** @param {import("./scene.js").Letters} letters @param {number} steps clockwise @param {any[]} accepted */
export const turnBy = (letters, steps, accepted) => turn(letters, turnOf(letters, accepted) + steps * TURN_STEP, accepted);

const TAILLESS = ["caption", "monologue"];
/** @param {import("./scene.js").Letters} letters */
export const mayHaveTail = (letters) => letters.sort === "balloon" && letters.box !== null && !TAILLESS.includes(letters.shape.kind);

/** Where a balloon's tail ends now; below it where there is none yet. @param {import("./scene.js").Letters} letters @returns {import("./shapes.js").Point} */
export function tipOf(letters) {
  const box = boxNow(letters);
  const look = looks.value.get(letters.key);
  if (look?.tip) return look.tip;
  return letters.shape.tail_tip ?? [box.x + box.width / 2, box.y + box.height + 6];
}

/** Points a balloon's tail at a place on the page. @param {import("./scene.js").Letters} letters @param {number} x @param {number} y */
export function point(letters, x, y) {
  if (!scene.value) return;
  const { page } = scene.value;
  const tip = /** @type {import("./shapes.js").Point} */ ([within(x, page.x, page.width), within(y, page.y, page.height)]);
  const [old_x, old_y] = tipOf(letters);
  if (Math.hypot(tip[0] - old_x, tip[1] - old_y) < 0.05 && letters.shape.tail_tip) return;
  void edit("drag_drop", letters.key, { tail: { x_mm: tip[0], y_mm: tip[1] } }, { tip });
}

/** @param {number} value @param {number} from @param {number} length */
const within = (value, from, length) => Math.round(Math.min(from + length, Math.max(from, value)) * 100) / 100;

/** Moves a side of a panel's border outwards (above 0) or inwards. @param {import("./scene.js").Panel} panel @param {number} side @param {number} by_mm */
export function shift(panel, side, by_mm) {
  const by = Math.round(by_mm * 100) / 100;
  if (by) void edit("drag_drop", panel.key, { border: { edge: side, by_mm: by } }, { sides: { [side]: by } });
}

/** Other words; an empty or equal text changes nothing. Readings stay whose letters stay. @param {import("./scene.js").Letters} letters @param {string} text @param {import("./written.js").Ruby[]} [ruby] */
export function reword(letters, text, ruby = []) {
  const plain = oneLine(text);
  writing.value = null;
  const now = looks.value.get(letters.key)?.text ?? letters.text;
  if (!plain || plain === now) return;
  const before = [...text].length - [...text.trimStart()].length;
  const kept = plain === text.trim() ? ruby.map((each) => ({ ...each, start: each.start - before, end: each.end - before })) : [];
  void edit("text_edit", letters.key, kept.length ? { text: plain, ruby: kept } : { text: plain }, { text: plain, ruby: kept });
}

export const LONGEST = 200;
/** A line is one line, of characters that can be seen. @param {string} text */
export const oneLine = (text) => [...text.replace(/\s*[\r\n\t]+\s*/g, " ").replace(/\p{Cc}/gu, "")].slice(0, LONGEST).join("").trim();

/** Takes letters or a panel away. @param {string} key */
export function remove(key) {
  void edit("drag_drop", key, { delete: true }, { gone: true });
  chosen.value = "";
}
