import { html, nothing } from './html.js';
import { hue } from './hues.js';

/** What the ring says about itself: why a task is where it is, and what would move. */

const MOVES_SHOWN = 12;

/** The preference list of a task in words, the owner marked. */
export function whyView(loaded) {
  if (!loaded || (loaded.answer === null && loaded.problem === null)) return nothing;
  if (loaded.problem !== null) return html`<p class="quiet">The reason could not be read: ${loaded.problem}</p>`;
  const { owner, saturated, candidates } = loaded.answer;
  return html`
    <section class="why" aria-label="Why this node">
      <h3>${owner ? `Why ${owner}` : 'Why nowhere'}</h3>
      <ol>${candidates.map(({ node, standing, sentence }) => html`
        <li class="${hue(node)} ${standing}"><i class="swatch"></i>${sentence}</li>`)}</ol>
      ${saturated ? html`<p class="quiet">All nodes that may own it are full: its owner took it above its cap.</p>` : nothing}
    </section>`;
}

/** "If n2 left, 4 of 8 tasks would move: counter to n1, ledger to n3." */
export function planView(member, onRing, loaded) {
  if (!loaded || (loaded.answer === null && loaded.problem === null)) return nothing;
  if (loaded.problem !== null) return html`<p class="quiet">${loaded.problem}</p>`;
  const { moves, moved, tasks } = loaded.answer;
  const shown = moves.slice(0, MOVES_SHOWN);
  return html`
    <p class="plan">If ${member} ${onRing ? 'left' : 'joined'}, <strong class="num">${moved} of ${tasks}</strong>
      tasks would move${moved === 0 ? '.' : ': '}
      ${shown.map(({ task, to }) => html`<span class="move ${hue(to)}"><i class="swatch"></i>${task} to ${to || 'nobody'}</span>`)}
      ${moved > shown.length ? html`<span class="faint">and ${moved - shown.length} more</span>` : nothing}
    </p>`;
}
