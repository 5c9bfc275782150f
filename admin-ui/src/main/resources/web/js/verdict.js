import { html, nothing } from './html.js';
import { icon } from './icons.js';
import { count, list, taskWord } from './words.js';

/** One sentence that says how things stand, and under it what the node wants a person to know. */
export function verdict(model) {
  const { cluster, tasks, ring } = model.snapshot;
  const { tone, head, more } = sentence(tasks, ring.nodes.length);
  return html`
    <section class="verdict ${tone}" aria-live="polite" aria-label="Verdict">
      <p class="verdict-head">${head}</p>
      ${more ? html`<p class="verdict-more">${more}</p>` : nothing}
    </section>
    ${cluster.notices.length > 0 ? html`<ul class="notices" aria-label="Notices">${cluster.notices.map(notice)}</ul>` : nothing}`;
}

const NOTICE = {
  error: ['bad', 'alert', 'Act'],
  warn: ['warn', 'alert', 'Degraded'],
  info: ['idle', 'info', 'Note'],
};

function notice({ severity, text }) {
  const [tone, glyph, word] = NOTICE[severity] ?? NOTICE.info;
  return html`<li class="notice ${tone}">${icon(glyph)}<strong>${word}</strong><span>${text}</span></li>`;
}

function sentence(tasks, nodes) {
  if (tasks.length === 0) return { tone: 'idle', head: 'No tasks are defined.', more: 'Tasks come from the YAML files of the nodes.' };
  const all = `All ${count(tasks.length, 'task')}`.replace('All 1 task', 'The only task');
  const of = (...states) => tasks.filter((task) => states.includes(task.state));
  const double = of('double_run');
  if (double.length > 0) {
    return { tone: 'bad', head: `${count(double.length, 'task')} ${double.length === 1 ? 'runs' : 'run'} twice.`, more: reasons(double) };
  }
  const inDoubt = of('in_doubt');
  if (inDoubt.length > 0) {
    return { tone: 'bad', head: `${count(inDoubt.length, 'task')} ${inDoubt.length === 1 ? 'is' : 'are'} in doubt.`, more: reasons(inDoubt) };
  }
  const blocked = of('blocked');
  if (blocked.length > 0) {
    return { tone: 'bad', head: `${count(blocked.length, 'task')} cannot run.`, more: reasons(blocked) };
  }
  const soon = of('starting', 'stopping', 'unknown', 'backoff');
  if (soon.length > 0) {
    const well = tasks.length - soon.length;
    return { tone: 'busy', head: `${well} of ${count(tasks.length, 'task')} on duty.`, more: onTheWay(soon) };
  }
  const waiting = of('waiting').length;
  if (of('running').length === tasks.length) {
    return { tone: 'ok', head: `${all} ${tasks.length === 1 ? 'runs' : 'run'} on ${count(nodes, 'node')}.`, more: '' };
  }
  const verb = tasks.length === 1 ? 'is' : 'are';
  return {
    tone: 'ok',
    head: `${all} ${verb} on duty on ${count(nodes, 'node')}.`,
    more: waiting > 0 ? `${of('running').length} run now, ${waiting} ${waiting === 1 ? 'waits' : 'wait'} for the next due time.` : '',
  };
}

/** The first reason, and how many tasks share it. */
function reasons(tasks) {
  const reason = tasks[0].reason;
  const same = tasks.filter((task) => task.reason === reason).map((task) => task.name);
  const names = same.length > 4 ? `${same.slice(0, 3).join(', ')} and ${same.length - 3} more` : list(same);
  return reason ? `${names}: ${reason}` : names;
}

function onTheWay(tasks) {
  const some = tasks.slice(0, 3).map((task) => `${task.name} (${taskWord(task.state).text.toLowerCase()}${task.owner ? `, ${task.owner}` : ''})`);
  return tasks.length > 3 ? `${some.join(', ')} and ${tasks.length - 3} more.` : `${list(some)}.`;
}
