import { html } from './html.js';
import { icon } from './icons.js';
import { count } from './words.js';

/** Who may run exclusive tasks: the arbiters, their books, the lock group, this node's lease. */
export function arbitrationView(model) {
  const { arbitration } = model.snapshot.cluster;
  return html`
    <section class="card arbitration" aria-labelledby="arbitration-title">
      <header class="card-head">
        <h2 id="arbitration-title">Arbitration</h2>
        <p class="hint">${mode(arbitration)}</p>
      </header>
      <div class="strip">
        <ul class="arbiters">${arbitration.arbiters.map(arbiter)}</ul>
        <dl class="arbitration-facts">
          <div><dt>Quorum</dt><dd>${quorum(arbitration)}</dd></div>
          <div><dt>List</dt><dd>${list(arbitration.list)}</dd></div>
          <div><dt>Lock group</dt><dd>${lockGroup(arbitration)}</dd></div>
          <div><dt>Lease of this node</dt><dd>${lease(arbitration.leaseRemainingMillis)}</dd></div>
        </dl>
      </div>
    </section>`;
}

function mode({ mode, arbiters }) {
  if (mode === 'standalone') return 'on its own: this node is its own judge';
  if (mode === 'single_judge') return `a single judge, ${arbiters[0]?.name ?? 'unknown'}: nothing exclusive starts while it is away`;
  return `a majority of ${arbiters.length} arbiters decides`;
}

function arbiter({ name, reachable, book }) {
  const tone = !reachable ? 'bad' : book === 'voting' ? 'ok' : 'warn';
  const glyph = { bad: 'cross', ok: 'check', warn: 'half' }[tone];
  return html`<li class="mark ${tone}">${icon(glyph)}<span><strong>${name}</strong> ${reachable ? `book ${book}` : 'silent'}</span></li>`;
}

const quorum = ({ quorum }) => (quorum
  ? html`<span class="mark ok">${icon('check')}<span>reached</span></span>`
  : html`<span class="mark bad">${icon('cross')}<span>not reached</span></span>`);

function lockGroup({ mode, cpReady, cpMembers }) {
  if (mode === 'standalone') return html`<span class="faint">in-process locks</span>`;
  if (mode === 'single_judge' && cpMembers === 0) return html`<span class="faint">none with a single judge</span>`;
  if (cpReady) return html`<span class="mark ok">${icon('check')}<span>CP ready, ${count(cpMembers, 'member')}</span></span>`;
  return html`<span class="mark warn">${icon('half')}<span>CP not ready, the books decide</span></span>`;
}

/** The number of the list of arbiters, and who last changed it. */
function list({ epoch, changedBy, reason }) {
  if (epoch === 0) return html`<span class="faint">by the config file, no arbiter has answered</span>`;
  return changedBy ? html`<span title=${reason}>${epoch}, by ${changedBy}</span>` : html`<span>${epoch}</span>`;
}

let longestLease = 1;

/** A lease as last reported; it is renewed about once a second, so it is not counted down here. */
function lease(millis) {
  if (millis <= 0) return html`<span class="mark idle">${icon('minus')}<span>none</span></span>`;
  longestLease = Math.max(longestLease, millis);
  return html`<span class="lease">
    <progress max=${longestLease} value=${millis} aria-label="Lease remaining"></progress>
    <span class="num">${(millis / 1000).toFixed(1)} s</span></span>`;
}
