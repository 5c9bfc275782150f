/** What states are called on the page, and which tone and glyph go with each. Display only. */

const word = (text, tone, glyph) => ({ text, tone, glyph });
const UNKNOWN = word('Unknown', 'warn', 'question');

const TASK = {
  running: word('Running', 'ok', 'play'),
  waiting: word('Waiting', 'idle', 'clock'),
  starting: word('Starting', 'busy', 'half'),
  stopping: word('Stopping', 'busy', 'square'),
  backoff: word('Backing off', 'warn', 'again'),
  finished: word('Finished', 'idle', 'check'),
  in_doubt: word('In doubt', 'bad', 'question'),
  blocked: word('Blocked', 'bad', 'bar'),
  double_run: word('Double run', 'bad', 'double'),
  unknown: word('Unknown', 'warn', 'question'),
};

const MEMBER = {
  alive: word('Alive', 'ok', 'dot'),
  suspect: word('Suspect', 'warn', 'half'),
  dead: word('Dead', 'bad', 'cross'),
  left: word('Left', 'idle', 'out'),
};

const RUN = {
  due: word('Due', 'idle', 'clock'),
  skipped: word('Skipped', 'idle', 'minus'),
  queued: word('Queued', 'idle', 'clock'),
  claimed: word('Claimed', 'busy', 'half'),
  intent: word('Intent', 'busy', 'half'),
  starting: word('Starting', 'busy', 'half'),
  running: word('Running', 'ok', 'play'),
  stopping: word('Stopping', 'busy', 'square'),
  retry_wait: word('Waits to retry', 'warn', 'again'),
  succeeded: word('Succeeded', 'ok', 'check'),
  failed: word('Failed', 'bad', 'cross'),
  timed_out: word('Timed out', 'bad', 'clock'),
  handed_over: word('Handed over', 'idle', 'out'),
  cancelled: word('Cancelled', 'idle', 'square'),
  lost: word('Lost', 'warn', 'question'),
  in_doubt: word('In doubt', 'bad', 'question'),
  probing: word('Probing', 'busy', 'question'),
  held: word('Waits for a person', 'bad', 'question'),
  resolved_done: word('Was done', 'ok', 'check'),
  resolved_not_done: word('Was not done', 'warn', 'again'),
  abandoned: word('Abandoned', 'warn', 'cross'),
};

export const taskWord = (state) => TASK[state] ?? UNKNOWN;
export const memberWord = (state) => MEMBER[state] ?? UNKNOWN;
export const runWord = (state) => RUN[state] ?? UNKNOWN;

/** Task states in the order in which a person wants to hear of them. */
export const TASK_STATES = Object.keys(TASK).sort((a, b) => urgency(b) - urgency(a));

function urgency(state) {
  return ['idle', 'ok', 'busy', 'warn', 'bad'].indexOf(TASK[state].tone);
}

/** "1 task", "3 tasks". */
export const count = (n, noun) => `${n} ${noun}${n === 1 ? '' : 's'}`;

/** "a", "a and b", "a, b and c". */
export function list(names) {
  if (names.length < 2) return names.join('');
  return `${names.slice(0, -1).join(', ')} and ${names[names.length - 1]}`;
}
