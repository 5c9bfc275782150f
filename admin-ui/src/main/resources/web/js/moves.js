import { moves } from './changes.js';
import { blend, slices } from './geometry.js';
import { fly, tween } from './flights.js';
import { hue } from './hues.js';

/** Moves the picture from the old ring to the new one: shares grow and shrink, moved tasks fly to their new owners. */

const SHARE_MILLIS = 900;
let stop = () => {};

export function showMoves(model, before) {
  const { ring } = model.snapshot;
  if (before.ring.viewHash === ring.viewHash && before.ring.nodes.length === ring.nodes.length) {
    model.slices = slices(ring.nodes);
    return;
  }
  const from = model.slices;
  const to = slices(ring.nodes);
  stop();
  stop = tween(SHARE_MILLIS, (t) => {
    model.slices = t < 1 ? blend(from, to, t) : to;
    model.act.redraw();
  });
  launch(model, before, from, to);
}

function launch(model, before, from, to) {
  const layer = document.getElementById('flights');
  if (layer === null) return;
  const middle = (list, name) => {
    const slice = list.find((one) => one.name === name);
    return slice ? (slice.from + slice.to) / 2 : null;
  };
  const kinds = new Map(model.snapshot.tasks.map((task) => [task.name, task.guarantee]));
  const flights = moves(before, model.snapshot)
    .map((move) => ({
      fromTurn: middle(from, move.from),
      toTurn: middle(to, move.to),
      hue: hue(move.to),
      diamond: kinds.get(move.task) === 'exclusive',
    }))
    .filter((flight) => flight.fromTurn !== null && flight.toTurn !== null);
  fly(layer, flights);
}
