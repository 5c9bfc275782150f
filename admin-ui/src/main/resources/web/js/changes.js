import { count } from './words.js';

/** What is different between two snapshots, in sentences. Pure. */

const MOVES_SHOWN = 8;
const change = (glyph, tone, text, node = '', task = '') => ({ glyph, tone, text, node, task });

/** Tasks whose owner on the ring is another one than before. */
export function moves(before, after) {
  const owners = new Map(before.ring.tasks.map((task) => [task.name, task.owner]));
  return after.ring.tasks
    .filter((task) => owners.has(task.name) && owners.get(task.name) !== task.owner)
    .map((task) => ({ task: task.name, from: owners.get(task.name), to: task.owner }));
}

/** All changes, the most important first. */
export function changesBetween(before, after) {
  return [
    ...memberChanges(before.members, after.members),
    ...noticeChanges(before.cluster.notices, after.cluster.notices),
    ...moveChanges(moves(before, after)),
    ...taskChanges(before.tasks, after.tasks),
  ];
}

function memberChanges(before, after) {
  const known = new Map(before.map((member) => [member.name, member]));
  return after.flatMap((member) => {
    const old = known.get(member.name);
    if (!old) return [change('dot', 'ok', `${member.name} joined the cluster`, member.name)];
    if (old.state !== member.state) return [memberTurned(old, member)];
    if (old.bootId !== member.bootId) return [change('again', 'warn', `${member.name} restarted`, member.name)];
    if (old.participation !== member.participation) {
      return [change('info', 'idle', `${member.name} is now ${member.participation}`, member.name)];
    }
    return [];
  });
}

function memberTurned(old, { name, state }) {
  switch (state) {
    case 'alive':
      return change('dot', 'ok', old.state === 'suspect' ? `${name} refuted the suspicion` : `${name} is back`, name);
    case 'suspect':
      return change('half', 'warn', `${name} is suspected: it did not answer`, name);
    case 'dead':
      return change('cross', 'bad', `${name} died`, name);
    default:
      return change('out', 'idle', `${name} left the cluster`, name);
  }
}

function noticeChanges(before, after) {
  const old = new Set(before.map((notice) => notice.text));
  const now = new Set(after.map((notice) => notice.text));
  const tone = { error: 'bad', warn: 'warn', info: 'idle' };
  return [
    ...after.filter((notice) => !old.has(notice.text) && notice.severity === 'error')
      .map((notice) => change('alert', tone[notice.severity] ?? 'idle', notice.text)),
    ...before.filter((notice) => !now.has(notice.text) && notice.severity === 'error')
      .map((notice) => change('check', 'ok', `Over: ${notice.text}`)),
  ];
}

function moveChanges(all) {
  const shown = all.slice(0, MOVES_SHOWN).map(({ task, from, to }) =>
    to === ''
      ? change('bar', 'bad', `${task} has no owner any more, it was ${from}`, '', task)
      : change('out', 'idle', from === '' ? `${task} was given to ${to}` : `${task} moved from ${from} to ${to}`, to, task));
  const more = all.length - shown.length;
  return more > 0 ? [...shown, change('out', 'idle', `and ${count(more, 'more task')} moved`)] : shown;
}

function taskChanges(before, after) {
  const known = new Map(before.map((task) => [task.name, task]));
  return after.flatMap((task) => {
    const old = known.get(task.name);
    if (!old) return [change('info', 'idle', `${task.name} was defined`, '', task.name)];
    return [...stateChange(old, task), ...runChange(old.current, task.current, task)];
  });
}

function stateChange(old, task) {
  if (old.state === task.state) return [];
  if (task.state === 'double_run') {
    return [change('double', 'bad', `${task.name} runs twice, on ${task.runningOn.join(' and ')}`, '', task.name)];
  }
  if (task.state === 'blocked') {
    return [change('bar', 'bad', `${task.name} is blocked: ${task.reason}`, '', task.name)];
  }
  return [];
}

function runChange(old, run, { name, kind }) {
  if (!run || (old && old.runId === run.runId && old.state === run.state)) return [];
  if (run.state === 'failed') {
    const how = run.exitCode === null ? run.reason : `exit code ${run.exitCode}`;
    return [change('cross', 'bad', `${name} failed on ${run.node}${how ? `: ${how}` : ''}`, run.node, name)];
  }
  if (run.state === 'lost') return [change('question', 'warn', `${name} was lost with ${run.node}`, run.node, name)];
  if (run.state === 'running' && kind === 'service') {
    return [change('play', 'ok', `${name} runs on ${run.node}`, run.node, name)];
  }
  return [];
}
