import { point, R } from './geometry.js';

/**
 * Short-lived pictures of tasks that move: an arc from the old owner's sector to the new one's, with the task's mark
 * travelling along it. Drawn beside the template, in a layer of its own, and gone after two seconds.
 */

const SVG = 'http://www.w3.org/2000/svg';
const FLIGHT_MILLIS = 1100;
const STAGGER_MILLIS = 110;
const LINGER_MILLIS = 900;
const AT_ONCE = 12;
const LANE_TURNS = 0.018;

export const still = () => matchMedia('(prefers-reduced-motion: reduce)').matches;

const ease = (t) => (t < 0.5 ? 4 * t ** 3 : 1 - (-2 * t + 2) ** 3 / 2);

/** Calls frame(t) with t from 0 to 1, eased; at once with 1 if motion is not wanted. Returns a way to stop it. */
export function tween(millis, frame) {
  if (still() || document.hidden) {
    frame(1);
    return () => {};
  }
  const begin = performance.now();
  let id = requestAnimationFrame(function step(now) {
    const t = Math.min(1, Math.max(0, (now - begin) / millis));
    frame(ease(t));
    if (t < 1) id = requestAnimationFrame(step);
  });
  return () => cancelAnimationFrame(id);
}

/**
 * @param {SVGGElement} layer where to draw
 * @param {{fromTurn: number, toTurn: number, hue: string, diamond: boolean}[]} flights
 */
export function fly(layer, flights) {
  if (still() || document.hidden) return;
  const shown = flights.slice(0, AT_ONCE);
  shown.forEach((flight, i) => {
    const lane = i - (shown.length - 1) / 2;
    setTimeout(() => launch(layer, { ...flight, lane }), i * STAGGER_MILLIS);
  });
}

/** Flights of one change leave side by side, each in a lane of its own. */
function launch(layer, { fromTurn, toTurn, hue, diamond, lane }) {
  const [x1, y1] = point(R.donutIn - 3, fromTurn + lane * LANE_TURNS);
  const [x2, y2] = point(R.donutIn - 3, toTurn - lane * LANE_TURNS);
  const [bendX, bendY] = [(x1 + x2) * 0.12 + lane * 9 * Math.sign(y1 - y2 || 1), (y1 + y2) * 0.12 + lane * 5];
  const group = element('g', { class: `flight ${hue}` });
  const path = element('path', { class: 'trail', d: `M${x1} ${y1}Q${bendX} ${bendY} ${x2} ${y2}` });
  const mark = diamond
    ? element('rect', { class: 'traveller', x: -5, y: -5, width: 10, height: 10 })
    : element('circle', { class: 'traveller', r: 5.5 });
  group.append(path, mark);
  layer.append(group);
  const length = path.getTotalLength();
  path.setAttribute('stroke-dasharray', `${length} ${length}`);
  tween(FLIGHT_MILLIS, (t) => {
    const at = path.getPointAtLength(length * t);
    path.setAttribute('stroke-dashoffset', length * (1 - t));
    mark.setAttribute('transform', `translate(${at.x} ${at.y})${diamond ? ' rotate(45)' : ''}`);
  });
  setTimeout(() => group.classList.add('fading'), FLIGHT_MILLIS + LINGER_MILLIS / 3);
  setTimeout(() => group.remove(), FLIGHT_MILLIS + LINGER_MILLIS);
}

function element(name, attributes) {
  const made = document.createElementNS(SVG, name);
  Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
  return made;
}
