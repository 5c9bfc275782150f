import { html, nothing } from './html.js';
import { stateMark } from './icons.js';
import { hue } from './hues.js';
import { runWord } from './words.js';
import { clock, span, utc } from './time.js';

/** The last runs of one task, and what the latest of them printed. */
export function runsView(task, loaded) {
  if (!loaded || (loaded.items === null && loaded.problem === null)) return html`<p class="quiet">Reading the runs …</p>`;
  if (loaded.problem !== null) return html`<p class="quiet">The runs could not be read: ${loaded.problem}</p>`;
  if (loaded.items.length === 0) return html`<p class="quiet">No run of ${task.name} is known to this node yet.</p>`;
  const spoken = loaded.items.find((run) => run.outputTail);
  return html`
    <div class="runs">
      <ol class="run-list">${loaded.items.map(entry)}</ol>
      <figure class="output">
        <figcaption>${spoken ? html`Last output, ${spoken.node}, due ${clock(spoken.due)}` : 'No output'}</figcaption>
        ${spoken ? html`<pre tabindex="0">${spoken.outputTail}</pre>` : nothing}
      </figure>
    </div>`;
}

function entry(run) {
  const took = run.startedAt && run.endedAt ? span(Date.parse(run.endedAt) - Date.parse(run.startedAt)) : '';
  return html`
    <li>
      <time class="num" title=${utc(run.due)}>${clock(run.due)}</time>
      ${stateMark(runWord(run.state))}
      <span class="node ${hue(run.node)}"><i class="swatch"></i>${run.node}</span>
      <span class="num faint">${took}</span>
      <span class="detail">${details(run)}</span>
    </li>`;
}

/** "exit 1, token 44, node n3 died". */
function details({ exitCode, token, reason }) {
  const parts = [exitCode === null ? '' : `exit ${exitCode}`, token === null ? '' : `token ${token}`, reason];
  return parts.filter((part) => part !== '').join(', ');
}
