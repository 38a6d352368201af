/** Geometry of the page, millimetres; x right, y down. */

/** @typedef {[number, number]} Point */
/** @typedef {{x: number, y: number, width: number, height: number}} Box */

/** How near something has to come to be drawn to a line. */
export const SNAP_MM = 1.6;
/** A cut must begin this near a panel's border; farther ends are put on it anyway. */
const STRAIGHT = Math.tan((5 * Math.PI) / 180);

/** @param {Point[]} polygon @returns {Box} */
export function boundsOf(polygon) {
  const [xs, ys] = [polygon.map((p) => p[0]), polygon.map((p) => p[1])];
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y };
}

/** @param {Box} box @returns {Point} */
export const centreOf = (box) => [box.x + box.width / 2, box.y + box.height / 2];

/** @param {Point[]} polygon */
export const pathOf = (polygon) => `M${polygon.map((p) => p.join(" ")).join("L")}Z`;

/** The part of a box that lies on the page. @param {Box} box @param {Box} page @returns {Box} */
export function within(box, page) {
  const x = Math.max(box.x, page.x);
  const y = Math.max(box.y, page.y);
  const right = Math.min(box.x + box.width, page.x + page.width);
  const bottom = Math.min(box.y + box.height, page.y + page.height);
  return { x, y, width: Math.max(0, right - x), height: Math.max(0, bottom - y) };
}

/** The nearest point of a polygon's border. @param {Point} point @param {Point[]} polygon @returns {Point} */
export function onBorder(point, polygon) {
  let best = /** @type {Point} */ (polygon[0]);
  let least = Infinity;
  polygon.forEach((a, index) => {
    const b = polygon[(index + 1) % polygon.length];
    const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
    const length = dx * dx + dy * dy || 1;
    const along = Math.min(1, Math.max(0, ((point[0] - a[0]) * dx + (point[1] - a[1]) * dy) / length));
    const found = /** @type {Point} */ ([a[0] + dx * along, a[1] + dy * along]);
    const far = (found[0] - point[0]) ** 2 + (found[1] - point[1]) ** 2;
    if (far < least) [best, least] = [found, far];
  });
  return best;
}

/**
 * A drawn line as a cut: almost level or upright it becomes so, and its ends lie on the border.
 * @param {Point} a @param {Point} b @param {Point[]} polygon @returns {{a: Point, b: Point}}
 */
export function cutOf(a, b, polygon) {
  const [dx, dy] = [Math.abs(b[0] - a[0]), Math.abs(b[1] - a[1])];
  if (dy < dx * STRAIGHT) [a, b] = [[a[0], (a[1] + b[1]) / 2], [b[0], (a[1] + b[1]) / 2]];
  else if (dx < dy * STRAIGHT) [a, b] = [[(a[0] + b[0]) / 2, a[1]], [(a[0] + b[0]) / 2, b[1]]];
  return { a: rounded(onBorder(a, polygon)), b: rounded(onBorder(b, polygon)) };
}

/** A level or upright cut at a share of a panel. @param {Point[]} polygon @param {boolean} level @param {number} share */
export function straightCut(polygon, level, share) {
  const box = boundsOf(polygon);
  const at = level ? box.y + box.height * share : box.x + box.width * share;
  const line = level ? crossings(polygon, 1, at) : crossings(polygon, 0, at);
  return { a: rounded(line[0]), b: rounded(line[1]) };
}

/** Where a level (`axis` 1) or upright (0) line meets a convex border. @param {Point[]} polygon @param {0 | 1} axis @param {number} at */
function crossings(polygon, axis, at) {
  /** @type {Point[]} */
  const found = [];
  polygon.forEach((a, index) => {
    const b = polygon[(index + 1) % polygon.length];
    if ((a[axis] - at) * (b[axis] - at) >= 0) return;
    const along = (at - a[axis]) / (b[axis] - a[axis]);
    found.push([a[0] + (b[0] - a[0]) * along, a[1] + (b[1] - a[1]) * along]);
  });
  const box = boundsOf(polygon);
  const spare = /** @type {Point[]} */ (axis
    ? [[box.x, at], [box.x + box.width, at]] : [[at, box.y], [at, box.y + box.height]]);
  return found.length > 1 ? found : spare;
}

/** @param {Point} point @returns {Point} */
const rounded = (point) => [Math.round(point[0] * 1000) / 1000, Math.round(point[1] * 1000) / 1000];

/**
 * A shift drawn to where edges and middles of a box come to lie on those of others.
 * @param {Box} box @param {number} dx @param {number} dy @param {Box[]} others
 * @returns {{dx: number, dy: number, lines: {x?: number, y?: number}[]}}
 */
export function snapped(box, dx, dy, others) {
  const across = nearest([box.x, box.x + box.width / 2, box.x + box.width].map((x) => x + dx),
    others.flatMap((o) => [o.x, o.x + o.width / 2, o.x + o.width]));
  const down = nearest([box.y, box.y + box.height / 2, box.y + box.height].map((y) => y + dy),
    others.flatMap((o) => [o.y, o.y + o.height / 2, o.y + o.height]));
  const lines = [across && { x: across.line }, down && { y: down.line }].filter((line) => !!line);
  return { dx: dx + (across?.by ?? 0), dy: dy + (down?.by ?? 0), lines };
}

/** @param {number[]} own @param {number[]} lines @returns {{by: number, line: number} | null} */
function nearest(own, lines) {
  let best = null;
  for (const line of lines) {
    for (const at of own) {
      const by = line - at;
      if (Math.abs(by) <= SNAP_MM && (!best || Math.abs(by) < Math.abs(best.by))) best = { by, line };
    }
  }
  return best;
}

/** A move that leaves the box on the page. @param {Box} box @param {number} dx @param {number} dy @param {Box} page */
export function kept(box, dx, dy, page) {
  const left = page.x - box.x;
  const top = page.y - box.y;
  return {
    dx: Math.min(Math.max(dx, left), page.x + page.width - box.x - box.width),
    dy: Math.min(Math.max(dy, top), page.y + page.height - box.y - box.height),
  };
}

/** @typedef {{edge: number, a: Point, b: Point, middle: Point, normal: Point}} Side `normal` looks out of the panel */

/** The sides of a border that are long enough to be taken hold of. @param {Point[]} polygon @returns {Side[]} */
export function sidesOf(polygon) {
  const turn = polygon.reduce((sum, [x, y], i) => {
    const [x2, y2] = polygon[(i + 1) % polygon.length];
    return sum + x * y2 - x2 * y;
  }, 0) > 0 ? 1 : -1;
  return polygon.map((a, edge) => {
    const b = polygon[(edge + 1) % polygon.length];
    const length = Math.hypot(b[0] - a[0], b[1] - a[1]) || 1;
    return {
      edge, a, b, middle: /** @type {Point} */ ([(a[0] + b[0]) / 2, (a[1] + b[1]) / 2]),
      normal: /** @type {Point} */ ([(turn * (b[1] - a[1])) / length, (-turn * (b[0] - a[0])) / length]), length,
    };
  }).filter((side) => side.length > 6);
}
