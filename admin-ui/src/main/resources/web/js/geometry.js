/** Where things stand on the ring. Pure; angles are turns, 0 at the top, clockwise. The hash is never computed here. */

export const FULL = 65536;
export const R = { band: 182, bandWidth: 15, donutOut: 164, donutIn: 92, dot: 202, label: 226 };

/** A point at a radius and an angle in turns. */
export function point(radius, turn) {
  const angle = turn * 2 * Math.PI;
  return [round(radius * Math.sin(angle)), round(-radius * Math.cos(angle))];
}

const round = (n) => Math.round(n * 100) / 100;

/** Outline of a donut sector. */
export function sector(inner, outer, from, to) {
  if (to - from > 0.9999) {
    return `${circlePath(outer, 1)}${circlePath(inner, 0)}`;
  }
  const large = to - from > 0.5 ? 1 : 0;
  return `M${point(outer, from)}A${outer} ${outer} 0 ${large} 1 ${point(outer, to)}`
    + `L${point(inner, to)}A${inner} ${inner} 0 ${large} 0 ${point(inner, from)}Z`;
}

const circlePath = (r, sweep) => `M0 ${-r}A${r} ${r} 0 1 ${sweep} 0 ${r}A${r} ${r} 0 1 ${sweep} 0 ${-r}Z`;

const FINEST_ARCS = 1500;
const SAMPLES = 720;

/**
 * The bands of all nodes, each as the dash pattern of a circle with pathLength 65536: a dash of length nought, then gap,
 * dash, gap ... One circle per node draws its true arcs. Arcs finer than a pixel would blur into a false colour, so a
 * ring with very many shows the owner at evenly spaced points instead.
 */
export function bands(arcs, nodeCount) {
  const fine = inOrder(arcs);
  const runs = fine.length > FINEST_ARCS ? sampled(fine) : fine;
  return Array.from({ length: nodeCount }, (_, node) => dashes(runs, node));
}

/** [start, node] clockwise from 0; an arc that begins before 0 and reaches over it is cut there. */
function inOrder(arcs) {
  const runs = [];
  for (let i = 0; i < arcs.length; i += 2) runs.push([arcs[i], arcs[i + 1]]);
  runs.sort((a, b) => a[0] - b[0]);
  return runs.length > 0 && runs[0][0] > 0 ? [[0, runs[runs.length - 1][1]], ...runs] : runs;
}

function sampled(runs) {
  let at = 0;
  return Array.from({ length: SAMPLES }, (_, i) => {
    const middle = ((i + 0.5) * FULL) / SAMPLES;
    while (at + 1 < runs.length && runs[at + 1][0] <= middle) at++;
    return [(i * FULL) / SAMPLES, runs[at][1]];
  });
}

function dashes(runs, node) {
  const pattern = [0];
  let end = 0;
  runs.forEach(([start, owner], i) => {
    if (owner !== node) return;
    const stop = i + 1 < runs.length ? runs[i + 1][0] : FULL;
    if (start === end && pattern.length > 1) pattern[pattern.length - 1] += stop - start;
    else pattern.push(start - end, stop - start);
    end = stop;
  });
  pattern.push(FULL - end);
  return pattern.map(round).join(' ');
}

/** Share of each node as {name, from, to} in turns, in the order of the ring's nodes. */
export function slices(nodes) {
  const whole = nodes.reduce((sum, node) => sum + node.sharePermille, 0) || 1;
  let at = 0;
  return nodes.map((node) => {
    const from = at;
    at += node.sharePermille / whole;
    return { name: node.name, from, to: at };
  });
}

/** Slices on the way from one picture to another: what is gone shrinks, what is new grows. */
export function blend(from, to, t) {
  const width = (list, name) => {
    const found = list.find((slice) => slice.name === name);
    return found ? found.to - found.from : 0;
  };
  const names = [...new Set([...from, ...to].map((slice) => slice.name))].sort();
  const parts = names.map((name) => [name, width(from, name) * (1 - t) + width(to, name) * t]);
  const whole = parts.reduce((sum, [, part]) => sum + part, 0) || 1;
  let at = 0;
  return parts.map(([name, part]) => ({ name, from: at, to: (at += part / whole) }));
}

/** Dots at their positions; where they would overlap they step outwards. */
export function dots(tasks, size) {
  const apart = (size * 2.3) / (2 * Math.PI * R.dot);
  const lastTurn = [];
  return [...tasks].sort((a, b) => a.position - b.position).map((task) => {
    const turn = task.position / FULL;
    let level = lastTurn.findIndex((last) => turn - last >= apart);
    if (level < 0) level = lastTurn.length < 4 ? lastTurn.length : 0;
    lastTurn[level] = turn;
    const [x, y] = point(R.dot + level * size * 2.1, turn);
    return { ...task, turn, x, y, level };
  });
}

const GAP = 19;
const REACH = 236;

/** Labels beside their dots, on both sides, pushed apart where they would overlap. */
export function labels(placed) {
  const side = (right) => {
    const list = placed
      .filter((dot) => (dot.x >= 0) === right)
      .sort((a, b) => (right ? a.turn - b.turn : b.turn - a.turn))
      .map((dot) => ({ name: dot.name, dot, right, y: point(R.label, dot.turn)[1] }));
    list.forEach((label, i) => {
      if (i > 0) label.y = Math.max(label.y, list[i - 1].y + GAP);
    });
    for (let i = list.length - 1, limit = REACH; i >= 0; i--, limit = list[i + 1].y - GAP) {
      list[i].y = Math.min(list[i].y, limit);
    }
    const outer = list.map((label) => label.dot).filter((dot) => dot.level > 0);
    return list.map((label) => {
      const edge = R.label + 12 * Math.max(0, ...outer.filter((dot) => Math.abs(dot.y - label.y) < 26).map((dot) => dot.level));
      const clear = Math.sqrt(Math.max(0, edge ** 2 - label.y ** 2));
      const x = Math.max(clear, Math.abs(label.dot.x) * 0.92 + 13, 22) * (right ? 1 : -1);
      return { ...label, x: round(x), y: round(label.y) };
    });
  };
  return [...side(true), ...side(false)];
}
