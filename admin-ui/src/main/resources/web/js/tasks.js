import { html, nothing, repeat } from './html.js';
import { icon, stateMark } from './icons.js';
import { hue } from './hues.js';
import { whyView } from './plans.js';
import { runsView } from './runs.js';
import { TASK_STATES, runWord, taskWord, count } from './words.js';
import { ago, clock, until, utc } from './time.js';

/** The tasks: who should run each, who does, and why it does not. */

const ROWS = 300;

export function tasksView(model, act) {
  const { tasks } = model.snapshot;
  const shown = tasks.filter((task) => matches(task, model.filter));
  return html`
    <section class="card tasks-card" id="tasks" aria-labelledby="tasks-title">
      <header class="card-head tasks-head">
        <h2 id="tasks-title">Tasks</h2>
        ${stateFilters(tasks, model, act)}
        ${chips(model, act)}
        <label class="search"><span class="unseen">Filter tasks by name</span>
          <input id="search" type="search" placeholder="Filter  /" .value=${model.filter.text}
            @input=${(event) => act.search(event.target.value)}></label>
      </header>
      ${body(tasks, shown, model, act)}
    </section>`;
}

function body(tasks, shown, model, act) {
  if (tasks.length === 0) return noTasks();
  if (shown.length > 0) return table(shown, model, act);
  return html`<p class="quiet">No task fits the filter. <button class="plain" @click=${act.clearFilters}>Show all</button></p>`;
}

function matches(task, { node, task: name, state, text }) {
  return (!node || task.owner === node || task.runningOn.includes(node))
    && (!name || task.name === name)
    && (!state || task.state === state)
    && (!text || task.name.toLowerCase().includes(text.toLowerCase()));
}

function stateFilters(tasks, model, act) {
  const present = TASK_STATES.filter((state) => tasks.some((task) => task.state === state));
  return html`<div class="state-filters" role="group" aria-label="Filter by state">${present.map((state) => html`
    <button class="chip ${taskWord(state).tone}" aria-pressed=${model.filter.state === state} @click=${() => act.filterState(state)}>
      ${icon(taskWord(state).glyph)}${taskWord(state).text}
      <span class="num">${tasks.filter((task) => task.state === state).length}</span></button>`)}</div>`;
}

function chips({ filter }, act) {
  const chip = (label, clear) => html`
    <button class="chip chosen" @click=${clear} aria-label="Remove filter ${label}">${label}${icon('cross')}</button>`;
  return html`
    ${filter.node ? chip(`on ${filter.node}`, () => act.filterNode(filter.node)) : nothing}
    ${filter.task ? chip(filter.task, () => act.filterTask(filter.task)) : nothing}`;
}

const noTasks = () => html`
  <div class="quiet empty"><p>No tasks are defined yet.</p><p>Add one to a node's task file; it appears here by itself.</p></div>`;

function table(shown, model, act) {
  return html`
    <div class="scroll-x">
    <table class="tasks">
      <thead><tr>
        <th><span class="unseen">Details</span></th><th scope="col">State</th><th scope="col">Task</th>
        <th scope="col">Owner, then standbys</th><th scope="col">Runs on</th>
        <th scope="col" class="right">Token</th><th scope="col" class="right">PID</th><th scope="col">Latest run</th><th scope="col">Next due</th>
      </tr></thead>
      ${repeat(shown.slice(0, ROWS), (task) => task.name, (task) => row(task, model, act))}
    </table>
    </div>
    ${shown.length > ROWS ? html`<p class="quiet">${count(shown.length - ROWS, 'more task')}; filter to see them.</p>` : nothing}`;
}

function row(task, model, act) {
  const open = model.open.has(task.name);
  const run = task.current;
  const active = run !== null && !run.terminal;
  return html`
    <tbody class="${taskWord(task.state).tone} ${open ? 'open' : ''}">
      <tr @pointerenter=${() => act.point({ task: task.name })} @pointerleave=${() => act.point(null)}>
        <td class="cell-more"><button class="tool" aria-expanded=${open} aria-label="Runs of ${task.name}"
          @click=${() => act.toggleTask(task.name)}>${icon('chevron')}</button></td>
        <td class="cell-state">${stateMark(taskWord(task.state))}</td>
        <td class="cell-name"><button class="name" @click=${() => act.toggleTask(task.name)} tabindex="-1">${task.name}</button>
          <span class="badge ${task.guarantee}" title=${GUARANTEE[task.guarantee] ?? ''}>${task.guarantee}</span>
          <span class="schedule">${task.kind === 'service' ? 'service, ' : ''}${task.schedule}</span>
          ${task.reason ? html`<span class="reason">${task.reason}</span>` : nothing}</td>
        <td class="cell-owner" data-label="owner">${owner(task)}</td>
        <td class="cell-runs ${task.runningOn.length === 0 ? 'nil' : ''}" data-label="runs on">${runningOn(task)}</td>
        ${number('token', active ? run.token : null)}
        ${number('pid', active ? run.pid : null)}
        <td class="cell-run ${run === null ? 'nil' : ''}" data-label="latest run">${run === null ? nil() : latest(run, model.now())}</td>
        <td class="num cell-due ${task.nextDue === null ? 'nil' : ''}" data-label="next due">${due(task.nextDue, model.now())}</td>
      </tr>
      ${open ? html`<tr class="more"><td colspan="9">${whyView(model.whys.get(task.name))}${runsView(task, model.runs.get(task.name))}</td></tr>` : nothing}
    </tbody>`;
}

const GUARANTEE = {
  ring: 'The owner by the local view runs it; during a network partition both sides may run a copy.',
  once: 'As exclusive, and every occurrence starts at most once, unless a probe or a person says that it had not taken effect.',
  exclusive: 'Never two at once, cluster-wide: claimed through the arbiters, with a fencing token.',
};

const number = (label, value) => html`<td class="num right ${value === null ? 'nil' : ''}" data-label=${label}>${value ?? nil()}</td>`;

const nil = () => html`<span class="faint">–</span>`;

const node = (name) => html`<span class="node ${hue(name)}"><i class="swatch"></i>${name}</span>`;

function owner({ owner: name, standbys }) {
  if (!name) return html`<span class="faint">none</span>`;
  return html`${node(name)}${standbys.length > 0 ? html`<span class="standbys">${standbys.join(', ')}</span>` : nothing}`;
}

const runningOn = ({ runningOn: names }) => (names.length === 0 ? nil() : names.map(node));

const due = (at, now) => (at === null ? nil() : html`<span title=${utc(at)}>${until(at, now)}</span>`);

function latest(run, now) {
  const state = runWord(run.state);
  const at = run.endedAt ?? run.startedAt ?? run.due;
  const exit = run.exitCode === null || run.exitCode === 0 ? '' : `, exit ${run.exitCode}`;
  return html`<span class="mark ${state.tone}">${icon(state.glyph)}<span>${state.text.toLowerCase()}${exit}</span></span>
    <span class="when" title="${clock(at)} local, ${utc(at)}">${run.terminal ? '' : 'since '}${run.terminal ? ago(at, now) : clock(at)}</span>`;
}
