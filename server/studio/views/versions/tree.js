/**
 * The history as rows of a graph. Plain values in and out: the versions as `GET …/versions` gives them (oldest first) and
 * the lines; rows newest first, each with what its lanes show.
 *
 * @typedef {{version_id: string, parent_version_id: string | null, phase: string, branch: string, kind: string,
 *   change_description: string, author: string, created_at: string, quality_score: number | null, name?: string,
 *   cost?: Cost | null}} Version
 * @typedef {{images: number, text_calls: number, spent_usd: number}} Cost of the whole work until a version
 * @typedef {{name: string, head: string}} Line
 * @typedef {"none" | "through" | "up" | "down"} Stroke `up`: from the middle of the row to its upper edge
 * @typedef {{version: Version, number: number, lane: number, strokes: Stroke[], joins: number[], lines: string[],
 *   cost: Cost | null}} Row
 *   `number` counts from the oldest (1); `joins` are lanes that begin here; `lines` stand here; `cost` is this version's
 *   own
 */

/** @param {Version[]} versions @param {Line[]} lines @returns {Row[]} */
export function rowsOf(versions, lines) {
  const lanes = laneNames(versions, lines);
  const newestFirst = [...versions].reverse();
  const rowOf = new Map(newestFirst.map((version, row) => [version.version_id, row]));
  const spans = lanes.map((name) => spanOf(newestFirst, name, rowOf));
  return newestFirst.map((version, row) => ({
    version,
    number: versions.length - row,
    lane: lanes.indexOf(version.branch),
    strokes: spans.map((span) => strokeAt(span, row)),
    joins: spans.flatMap((span, lane) => (span && span.base === row ? [lane] : [])),
    lines: lines.filter((line) => line.head === version.version_id).map((line) => line.name),
    cost: between(newestFirst[row + 1]?.cost, version.cost, row + 1 === versions.length),
  }));
}

/** Lines in the order in which they were opened, and any that only versions name. @param {Version[]} versions @param {Line[]} lines */
const laneNames = (versions, lines) => [...new Set([...lines.map((line) => line.name), ...versions.map((v) => v.branch)])];

/**
 * Where a line is drawn: from its newest version down to its oldest, or to the version that it was forked off (`base`).
 * @param {Version[]} newestFirst @param {string} name @param {Map<string, number>} rowOf
 */
function spanOf(newestFirst, name, rowOf) {
  const own = newestFirst.flatMap((version, row) => (version.branch === name ? [row] : []));
  if (!own.length) return null;
  const oldest = own[own.length - 1];
  const base = rowOf.get(newestFirst[oldest].parent_version_id ?? "") ?? null;
  return { top: own[0], bottom: base ?? oldest, base };
}

/** @param {{top: number, bottom: number} | null} span @param {number} row @returns {Stroke} */
function strokeAt(span, row) {
  if (!span || row < span.top || row > span.bottom || span.top === span.bottom) return "none";
  if (row === span.top) return "down";
  return row === span.bottom ? "up" : "through";
}

/**
 * What was used from one version to the next in time. Null where it was not noted.
 * @param {Cost | null | undefined} before @param {Cost | null | undefined} until @param {boolean} first
 * @returns {Cost | null}
 */
function between(before, until, first) {
  if (!until || !(before || first)) return null;
  const none = { images: 0, text_calls: 0, spent_usd: 0 };
  const [from, to] = [before ?? none, until];
  return {
    images: to.images - from.images, text_calls: to.text_calls - from.text_calls, spent_usd: to.spent_usd - from.spent_usd,
  };
}
