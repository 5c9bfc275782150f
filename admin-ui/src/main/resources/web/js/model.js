import { changesBetween } from './changes.js';
import { slices } from './geometry.js';
import { rememberNodes } from './hues.js';
import { drainActions } from './drain.js';
import { span } from './time.js';

/** What the page knows: the latest snapshot as it came, and what the person chose. No rule of the cluster lives here. */

const CHANGES_KEPT = 50;

export function createModel(redraw) {
  const model = {
    snapshot: null,
    link: 'opening',
    heardAt: 0,
    clockOffset: 0,
    slices: [],
    changes: [],
    watchingSince: 0,
    filter: readHash(),
    pointed: null,
    open: new Set(),
    openMembers: new Set(),
    runs: new Map(),
    whys: new Map(),
    plans: new Map(),
    decisions: new Map(),
    drains: new Map(),

    take(next) {
      const before = model.snapshot;
      rememberNodes(next.members.map((member) => member.name));
      rememberNodes(next.ring.nodes.map((node) => node.name));
      model.snapshot = next;
      model.heard(next.cluster.asOf);
      if (before === null) {
        model.watchingSince = Date.now();
        model.slices = slices(next.ring.nodes);
        return;
      }
      const fresh = changesBetween(before, next).map((change) => ({ ...change, at: Date.now(), id: ++changeIds }));
      model.changes = [...fresh, ...model.changes].slice(0, CHANGES_KEPT);
      refreshOpenRuns(before, next);
      if (before.ring.viewHash !== next.ring.viewHash) {
        model.open.forEach(loadWhy);
        model.openMembers.forEach(loadPlan);
      }
    },

    hear(beat) {
      if (model.snapshot === null) return;
      model.snapshot.cluster.arbitration.leaseRemainingMillis = beat.leaseRemainingMillis;
      model.heard(beat.asOf);
    },

    heard(asOf) {
      model.link = 'live';
      model.heardAt = performance.now();
      model.clockOffset = Date.parse(asOf) - Date.now();
    },

    lose() {
      model.link = 'lost';
    },

    /** The node's clock, as well as it is known; it stands still while nothing is heard. */
    now: () => (model.link === 'lost' ? Date.now() - (performance.now() - model.heardAt) : Date.now()) + model.clockOffset,

    ageText: () => span(performance.now() - model.heardAt),
  };

  let changeIds = 0;

  async function loadRuns(name) {
    const old = model.runs.get(name);
    model.runs.set(name, { items: old?.items ?? null, problem: null });
    try {
      const answer = await fetch(`api/v1/tasks/${encodeURIComponent(name)}/runs?limit=10`);
      const body = await answer.json();
      if (!answer.ok) throw new Error(body.detail ?? answer.statusText);
      model.runs.set(name, { items: body.items, problem: null });
    } catch (failure) {
      model.runs.set(name, { items: old?.items ?? null, problem: String(failure.message ?? failure) });
    }
    redraw();
  }

  /** Reads one answer into a map under a name; what stood there stays until the new one is there. */
  async function load(map, name, url) {
    const old = map.get(name)?.answer ?? null;
    map.set(name, { answer: old, problem: null });
    try {
      const answer = await fetch(url);
      const body = await answer.json();
      map.set(name, answer.ok ? { answer: body, problem: null } : { answer: null, problem: body.detail ?? answer.statusText });
    } catch (failure) {
      map.set(name, { answer: old, problem: String(failure.message ?? failure) });
    }
    redraw();
  }

  const loadWhy = (task) => load(model.whys, task, `api/v1/tasks/${encodeURIComponent(task)}/why`);

  function loadPlan(member) {
    const onRing = model.snapshot.ring.nodes.some((node) => node.name === member);
    return load(model.plans, member, `api/v1/ring/plan?${onRing ? 'without' : 'with'}=${encodeURIComponent(member)}`);
  }

  /** An open row follows its task: a run that began or ended is fetched anew. */
  function refreshOpenRuns(before, next) {
    const stamp = (task) => (task?.current ? task.current.runId + task.current.state : '');
    const old = new Map(before.tasks.map((task) => [task.name, task]));
    next.tasks
      .filter((task) => model.open.has(task.name) && stamp(task) !== stamp(old.get(task.name)))
      .forEach((task) => loadRuns(task.name));
  }

  const setFilter = (part) => {
    model.filter = { ...model.filter, ...part };
    writeHash(model.filter);
    redraw();
  };

  model.act = {
    filterNode: (node) => setFilter({ node: model.filter.node === node ? '' : node, task: '' }),
    filterTask: (task) => setFilter({ task: model.filter.task === task ? '' : task, node: '' }),
    filterState: (state) => setFilter({ state: model.filter.state === state ? '' : state }),
    search: (text) => setFilter({ text }),
    clearFilters: () => setFilter({ node: '', task: '', state: '', text: '' }),
    point(what) {
      model.pointed = what;
      redraw();
    },
    toggleTask(name) {
      if (!model.open.delete(name)) {
        model.open.add(name);
        loadRuns(name);
        loadWhy(name);
      }
      redraw();
    },
    toggleMember(name) {
      if (!model.openMembers.delete(name)) {
        model.openMembers.add(name);
        loadPlan(name);
      }
      redraw();
    },
    /** Says what became of a run in doubt; the answer stands beside it until it is settled. */
    async decide({ task, runId }, decision, reason, by) {
      const say = (text) => {
        model.decisions.set(runId, text);
        redraw();
      };
      say('Asking a majority of the books to record it …');
      try {
        const answer = await fetch(`api/v1/tasks/${encodeURIComponent(task)}/runs/${encodeURIComponent(runId)}/decision`, {
          method: 'POST',
          headers: { 'Content-Type': 'application/json', 'X-Rota-Command': '1' },
          body: JSON.stringify({ decision, reason, by }),
        });
        const body = await answer.json();
        say(answer.ok ? 'Recorded.' : `Refused: ${body.detail ?? answer.statusText}`);
      } catch (failure) {
        say(`No answer: ${failure.message ?? failure}`);
      }
    },
    ...drainActions(model, redraw),
    redraw,
  };
  return model;
}

function readHash() {
  const hash = new URLSearchParams(location.hash.slice(1));
  return { node: hash.get('node') ?? '', task: hash.get('task') ?? '', state: hash.get('state') ?? '', text: hash.get('q') ?? '' };
}

function writeHash({ node, task, state, text }) {
  const hash = new URLSearchParams(Object.entries({ node, task, state, q: text }).filter(([, value]) => value !== ''));
  const tail = hash.toString();
  history.replaceState(null, '', tail === '' ? location.pathname : `#${tail}`);
}
