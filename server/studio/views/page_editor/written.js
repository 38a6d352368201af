/**
 * Words as they are written on the page: readings beside their letters, and short runs that stand upright in a column.
 * Offsets count characters, as the service counts them.
 */

/** @typedef {{start: number, end: number, reading: string}} Ruby */
/** @typedef {{text: string, reading?: string, upright?: boolean}} Piece */

/** What a column sets side by side (tate-chu-yoko), where it is no part of something longer. */
const UPRIGHT = /[!?！？]{2,3}|[0-9０-９]+|[A-Za-z]+/gu;
const NARROW = 3;

/** @param {string} text @param {Ruby[]} ruby @param {boolean} vertical @returns {Piece[]} */
export function piecesOf(text, ruby, vertical) {
  const letters = [...text];
  /** @type {Piece[]} */
  const found = [];
  let at = 0;
  for (const { start, end, reading } of [...ruby].sort((a, b) => a.start - b.start)) {
    if (start < at || end > letters.length || end <= start) continue;
    found.push(...plain(letters.slice(at, start).join(""), vertical), { text: letters.slice(start, end).join(""), reading });
    at = end;
  }
  return [...found, ...plain(letters.slice(at).join(""), vertical)];
}

/** @param {string} text @param {boolean} vertical @returns {Piece[]} */
function plain(text, vertical) {
  if (!vertical) return text ? [{ text }] : [];
  /** @type {Piece[]} */
  const found = [];
  let at = 0;
  for (const { 0: run, index } of text.matchAll(UPRIGHT)) {
    if (run.length > (/[A-Za-z]/.test(run) ? NARROW - 1 : NARROW)) continue;
    if (index > at) found.push({ text: text.slice(at, index) });
    found.push({ text: run, upright: true });
    at = index + run.length;
  }
  return at < text.length ? [...found, { text: text.slice(at) }] : found;
}

/** @param {Piece[]} pieces @returns {Node[]} */
export const nodesOf = (pieces) => pieces.map(({ text, reading, upright }) => {
  if (!reading && !upright) return document.createTextNode(text);
  const node = document.createElement(reading ? "ruby" : "span");
  node.append(text);
  if (upright) node.className = "upright";
  if (!reading) return node;
  const beside = document.createElement("rt");
  beside.contentEditable = "false";
  beside.append(reading);
  node.dataset.base = text;
  node.append(beside);
  return node;
});

/** The words that stand there, and the readings whose letters are still what they were. @param {Node} root @returns {{text: string, ruby: Ruby[]}} */
export function readFrom(root) {
  let text = "";
  /** @type {Ruby[]} */
  const ruby = [];
  /** @param {Node} node */
  const read = (node) => {
    if (node instanceof Text) text += node.data;
    else if (node instanceof HTMLElement && node.tagName === "BR") text += "\n";
    else if (!(node instanceof HTMLElement && node.tagName === "RT")) {
      const start = [...text].length;
      node.childNodes.forEach(read);
      const end = [...text].length;
      const reading = node instanceof HTMLElement && node.tagName === "RUBY" ? node.querySelector("rt")?.textContent ?? "" : "";
      if (reading && [...text].slice(start, end).join("") === /** @type {HTMLElement} */ (node).dataset.base) ruby.push({ start, end, reading });
    }
  };
  read(root);
  return { text, ruby };
}

/** How many characters lie before the caret. @param {HTMLElement} root */
export function caretIn(root) {
  const found = getSelection();
  if (!found?.focusNode || !root.contains(found.focusNode)) return null;
  const before = document.createRange();
  before.selectNodeContents(root);
  before.setEnd(found.focusNode, found.focusOffset);
  return [...readFrom(before.cloneContents()).text].length;
}

/** @param {HTMLElement} root @param {number} caret */
export function putCaret(root, caret) {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  let left = caret;
  while (walker.nextNode()) {
    const node = /** @type {Text} */ (walker.currentNode);
    if (node.parentElement?.tagName === "RT") continue;
    const letters = [...node.data];
    if (left <= letters.length) return getSelection()?.collapse(node, letters.slice(0, left).join("").length);
    left -= letters.length;
  }
  return getSelection()?.collapse(root, root.childNodes.length);
}
