import { html, svg, nothing, repeat } from './html.js';
import { R, FULL, bands, dots, labels, point, sector } from './geometry.js';
import { centre } from './ring-centre.js';
import { hue } from './hues.js';
import { taskWord, count } from './words.js';

/** The ring as a picture: outside the true token arcs and the tasks at their positions, inside the shares. */

const LABELLED_TASKS = 26;
const BIG_DOT_TASKS = 60;
const DOTS_SHOWN = 600;
const narrow = matchMedia('(max-width: 719px)');

let memo = { key: null };

/** What depends on the ring and the width alone is computed once for each of them. */
function layout(ring) {
  const key = ring;
  if (memo.key === key && memo.narrow === narrow.matches) return memo;
  const size = ring.tasks.length > BIG_DOT_TASKS ? 3.4 : 6;
  const placed = dots(ring.tasks.slice(0, DOTS_SHOWN), size);
  const labelled = !narrow.matches && placed.length <= LABELLED_TASKS;
  memo = {
    key,
    narrow: narrow.matches,
    size,
    placed,
    labels: labelled ? labels(placed) : [],
    bands: bands(ring.arcs, ring.nodes.length).map((dash, index) => ({ name: ring.nodes[index].name, dash })),
    box: labelled ? '-348 -256 696 512' : '-226 -226 452 452',
  };
  return memo;
}

export function ringView(model, act) {
  const { ring, tasks } = model.snapshot;
  const plan = layout(ring);
  const byName = new Map(tasks.map((task) => [task.name, task]));
  return html`
    <section class="card ring-card" aria-labelledby="ring-title">
      <header class="card-head">
        <h2 id="ring-title">Ring</h2>
        <p class="hint">${hint(ring)}</p>
      </header>
      <svg class="picture" viewBox=${plan.box} role="group" aria-label="Ring of nodes and tasks">
        ${band(plan, model, ring)}
        <g class="donut">${model.slices.map((slice) => share(slice, model, act))}</g>
        <g class="leaders">${plan.labels.map((label) => leader(label, model))}</g>
        <g class="dots">${repeat(plan.placed, (dot) => dot.name, (dot) => taskDot(dot, byName.get(dot.name), plan, model, act))}</g>
        <g class="labels">${repeat(plan.labels, (label) => label.name, (label) => labelText(label, byName.get(label.name), model, act))}</g>
        ${centre(model)}
        <g id="flights"></g>
      </svg>
      ${legend(model, act)}
    </section>`;
}

const hint = ({ nodes, tasks }) => (nodes.length === 0
  ? 'no node may run tasks'
  : `${count(nodes.length, 'node')}, ${count(tasks.length, 'task')}`);

function band(plan, model, ring) {
  return svg`<g class="band" transform="rotate(-90)">
    <circle class="groove" r=${R.band} stroke-width=${R.bandWidth}/>
    ${repeat(plan.bands, (one) => ring.viewHash + one.name, (one) => svg`
      <circle class="arcs ${hue(one.name)} ${dimmed(model, one.name)}" r=${R.band} stroke-width=${R.bandWidth}
        pathLength=${FULL} stroke-dasharray=${one.dash}/>`)}
  </g>`;
}

const dimmed = (model, node) => (model.filter.node && model.filter.node !== node ? 'dim' : '');

function share(slice, model, act) {
  const width = slice.to - slice.from;
  if (width < 0.0005) return nothing;
  const node = model.snapshot.ring.nodes.find((one) => one.name === slice.name);
  const [x, y] = point((R.donutIn + R.donutOut) / 2, (slice.from + slice.to) / 2);
  const percent = node ? `${Math.round(node.sharePermille / 10)} %` : '';
  const pressed = model.filter.node === slice.name;
  const roomy = width > 0.1;
  const gap = Math.min(0.0016, width / 4);
  return svg`
    <g class="share ${hue(slice.name)} ${dimmed(model, slice.name)}" tabindex="0" role="button" aria-pressed=${pressed}
       aria-label="Node ${slice.name}, ${percent} of the ring, ${node ? count(node.tasks, 'task') : 'leaving'}"
       @click=${() => act.filterNode(slice.name)} @keydown=${press(() => act.filterNode(slice.name))}
       @pointerenter=${() => act.point({ node: slice.name })} @pointerleave=${() => act.point(null)}
       @focus=${() => act.point({ node: slice.name })} @blur=${() => act.point(null)}>
      <path d=${sector(R.donutIn, R.donutOut, slice.from + gap, slice.to - gap)}/>
      ${width > 0.045 ? svg`<text class="share-name" x=${x} y=${roomy ? y - 10 : y + 4}>${slice.name}</text>` : nothing}
      ${roomy && node ? svg`<text class="share-more" x=${x} y=${y + 7}>${percent}</text>
        <text class="share-more" x=${x} y=${y + 22}>${count(node.tasks, 'task')}</text>` : nothing}
    </g>`;
}

/** A handler for Enter and space, as a button has it. */
function press(then) {
  return (event) => {
    if (event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    then();
  };
}

const faded = (model, placed) =>
  (model.filter.node && placed.owner !== model.filter.node) || (model.filter.task && placed.name !== model.filter.task);

function taskDot(dot, task, plan, model, act) {
  const tone = task ? taskWord(task.state).tone : 'warn';
  const exclusive = (task?.guarantee ?? 'ring') !== 'ring';
  const s = plan.size;
  const pointed = model.pointed?.task === dot.name || model.filter.task === dot.name;
  const signs = [hue(dot.owner), tone, task?.state === 'running' && 'runs', faded(model, dot) && 'dim', pointed && 'pointed'];
  return svg`
    <g class="task-dot ${signs.filter(Boolean).join(' ')}" transform="translate(${dot.x} ${dot.y})"
       tabindex=${plan.placed.length > LABELLED_TASKS ? -1 : 0} role="button" aria-pressed=${model.filter.task === dot.name}
       aria-label="Task ${dot.name}, ${task ? taskWord(task.state).text : ''}, owner ${dot.owner || 'none'}"
       @click=${() => act.filterTask(dot.name)} @keydown=${press(() => act.filterTask(dot.name))}
       @pointerenter=${() => act.point({ task: dot.name })} @pointerleave=${() => act.point(null)}
       @focus=${() => act.point({ task: dot.name })} @blur=${() => act.point(null)}>
      <circle class="reach" r=${s + 5}/>
      ${task?.state === 'running' ? svg`<circle class="pulse" r=${s}/>` : nothing}
      ${exclusive ? diamond(s * 0.92) : svg`<circle class="shape" r=${s}/>`}
      ${tone === 'bad' ? svg`<path class="flaw" d="M-2.6 -2.6l5.2 5.2M2.6 -2.6l-5.2 5.2"/>` : nothing}
    </g>`;
}

const diamond = (half) => svg`<rect class="shape" x=${-half} y=${-half} width=${2 * half} height=${2 * half} transform="rotate(45)"/>`;

function leader(label, model) {
  const inward = label.right ? -5 : 5;
  const dim = faded(model, label.dot) ? 'dim' : '';
  return svg`<path class="leader ${dim}" d="M${label.dot.x} ${label.dot.y}L${label.x + inward} ${label.y}"/>`;
}

function labelText(label, task, model, act) {
  const tone = task ? taskWord(task.state).tone : 'warn';
  const name = label.name.length > 20 ? `${label.name.slice(0, 19)}…` : label.name;
  return svg`<text class="label ${tone} ${faded(model, label.dot) ? 'dim' : ''} ${model.pointed?.task === label.name ? 'pointed' : ''}"
      x=${label.x} y=${label.y + 4} text-anchor=${label.right ? 'start' : 'end'}
      @click=${() => act.filterTask(label.name)}
      @pointerenter=${() => act.point({ task: label.name })} @pointerleave=${() => act.point(null)}>${name}${tone === 'bad' ? ' !' : ''}</text>`;
}

function legend(model, act) {
  const { nodes, tasks } = model.snapshot.ring;
  return html`
    <footer class="legend">
      <ul class="legend-nodes">${nodes.map((node) => html`
        <li><button class="legend-node ${hue(node.name)}" aria-pressed=${model.filter.node === node.name}
          @click=${() => act.filterNode(node.name)}>
          <i class="swatch"></i>${node.name}<span class="num">${node.tasks}</span></button></li>`)}</ul>
      <ul class="legend-signs">
        <li><svg viewBox="-8 -8 16 16" aria-hidden="true"><circle class="shape" r="5"/></svg>ring task</li>
        <li><svg viewBox="-8 -8 16 16" aria-hidden="true">${diamond(4.6)}</svg>exclusive task</li>
        <li><svg viewBox="-8 -8 16 16" aria-hidden="true"><circle class="shape" r="3.4"/><circle class="halo" r="6.4"/></svg>running</li>
        <li><svg viewBox="-8 -8 16 16" aria-hidden="true"><circle class="hollow" r="4.4"/></svg>on its way</li>
        ${tasks.length > DOTS_SHOWN ? html`<li>first ${DOTS_SHOWN} tasks drawn</li>` : nothing}
      </ul>
    </footer>`;
}
