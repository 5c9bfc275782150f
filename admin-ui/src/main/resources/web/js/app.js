import { html, nothing, render } from './html.js';
import { connect } from './stream.js';
import { createModel } from './model.js';
import { topBar } from './top-bar.js';
import { verdict } from './verdict.js';
import { doubtsView } from './doubts.js';
import { ringView } from './ring.js';
import { membersView } from './members.js';
import { arbitrationView } from './arbitration.js';
import { changesView } from './changes-view.js';
import { tasksView } from './tasks.js';
import { showMoves } from './moves.js';

/** Wires the page: the stream feeds the model, the model is drawn, what a person does goes back into the model. */

const root = document.getElementById('app');
const model = createModel(() => schedule());
let drawing = 0;

function schedule() {
  if (drawing === 0) drawing = requestAnimationFrame(draw);
}

function draw() {
  drawing = 0;
  if (model.snapshot === null) {
    if (model.link === 'lost') root.querySelector('p').textContent = 'The node does not answer. Trying again …';
    return;
  }
  if (root.querySelector('.opening')) root.replaceChildren();
  render(page(), root);
}

function page() {
  const act = model.act;
  const worst = model.snapshot.cluster.notices[0]?.severity;
  document.title = `${worst === 'error' ? '(!) ' : ''}${model.snapshot.cluster.clusterName} · Rota`;
  return html`
    ${topBar(model, act)}
    ${model.link === 'lost' ? lostBanner() : nothing}
    <main class=${model.link === 'lost' ? 'stale' : ''}>
      ${verdict(model)}
      ${doubtsView(model, act)}
      <div class="grid">
        ${ringView(model, act)}
        <div class="side">
          ${membersView(model, act)}
          ${arbitrationView(model)}
          ${changesView(model, act)}
        </div>
        ${tasksView(model, act)}
      </div>
    </main>
    <footer class="foot">
      <span>Rota ${model.snapshot.cluster.softwareVersion}</span>
      <span>view ${model.snapshot.cluster.viewVersion}, <code>${model.snapshot.cluster.viewHash}</code></span>
      <a href="api/v1/cluster">API</a>
    </footer>`;
}

const lostBanner = () => html`
  <div class="lost" role="alert">
    <strong>Connection lost.</strong> What you see is <span class="num">${model.ageText()}</span> old. Trying again …
  </div>`;

connect({
  snapshot(next) {
    const before = model.snapshot;
    model.take(next);
    if (before !== null) showMoves(model, before);
    schedule();
  },
  heartbeat(beat) {
    model.hear(beat);
    schedule();
  },
  lost() {
    model.lose();
    schedule();
  },
});

setInterval(schedule, 1000);
addEventListener('resize', schedule);
addEventListener('keydown', (event) => {
  const typing = event.target instanceof HTMLInputElement;
  if (event.key === 'Escape') model.act.clearFilters();
  if (event.key === '/' && !typing) {
    event.preventDefault();
    document.getElementById('search')?.focus();
  }
});
