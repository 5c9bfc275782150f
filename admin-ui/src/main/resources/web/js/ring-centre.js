import { svg, nothing } from './html.js';
import { taskWord, memberWord, count } from './words.js';

/** The hole of the ring: what is pointed at, else how many tasks run. */
export function centre(model) {
  const { pointed, filter, snapshot } = model;
  const task = snapshot.tasks.find((one) => one.name === (pointed?.task ?? (pointed ? null : filter.task)));
  if (task) return taskCard(task);
  const node = snapshot.members.find((one) => one.name === (pointed?.node ?? (pointed ? null : filter.node)));
  if (node) return nodeCard(node);
  return summary(snapshot);
}

function summary({ tasks }) {
  const running = tasks.filter((task) => task.runningOn.length > 0).length;
  return svg`<g class="centre">
    <text class="big" y="2">${running}</text>
    <text class="small" y="24">${running === 1 ? 'task runs now' : 'tasks run now'}</text>
    <text class="small faint" y="42">of ${tasks.length}</text>
  </g>`;
}

function taskCard(task) {
  const state = taskWord(task.state);
  return svg`<g class="centre">
    <text class="head" y="-30">${shorten(task.name, 22)}</text>
    <text class="small ${state.tone}" y="-11">${state.text}</text>
    <text class="small" y="10">owner ${task.owner || 'none'}</text>
    <text class="small faint" y="28">${task.standbys.length ? `then ${shorten(task.standbys.join(', '), 20)}` : 'no standby'}</text>
    <text class="small faint" y="46">${task.guarantee}</text>
  </g>`;
}

function nodeCard(member) {
  const state = memberWord(member.state);
  return svg`<g class="centre">
    <text class="head" y="-26">${shorten(member.name, 20)}</text>
    <text class="small ${state.tone}" y="-6">${state.text}</text>
    <text class="small" y="16">owns ${count(member.tasksOwned, 'task')}</text>
    <text class="small" y="34">runs ${member.tasksRunning}</text>
    ${member.self ? svg`<text class="small faint" y="52">this node</text>` : nothing}
  </g>`;
}

const shorten = (text, most) => (text.length > most ? `${text.slice(0, most - 1)}…` : text);
