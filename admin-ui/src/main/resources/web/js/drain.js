import { html, nothing } from './html.js';
import { hue } from './hues.js';
import { count, list } from './words.js';

/** Drains a node: first what would move is shown, then a person says so. */

const MOVES_SHOWN = 40;
const NAMES_SHOWN = 6;

/** What a person can ask of a node's participation; `model.drains` holds what was answered, by node. */
export function drainActions(model, redraw) {
  const put = (node, state) => {
    if (state === null) model.drains.delete(node);
    else model.drains.set(node, state);
    redraw();
  };

  async function ask(node, path, body) {
    const command = { method: 'POST', headers: { 'Content-Type': 'application/json', 'X-Rota-Command': '1' }, body: JSON.stringify(body) };
    try {
      const answer = await fetch(`api/v1/nodes/${encodeURIComponent(node)}/${path}`, body === null ? {} : command);
      const read = await answer.json();
      return answer.ok ? { view: read, problem: null } : { view: null, problem: read.detail ?? answer.statusText };
    } catch (failure) {
      return { view: null, problem: `No answer: ${failure.message ?? failure}` };
    }
  }

  return {
    async askDrain(node) {
      put(node, { view: null, problem: null, busy: 'Asking what would move …' });
      put(node, await ask(node, 'drain', null));
    },
    cancelDrain: (node) => put(node, null),
    /** What is allowed is what the person has seen in the list. */
    async drain(node, view) {
      put(node, { view, problem: null, busy: 'Telling it to drain …' });
      const answer = await ask(node, 'drain', { allowBlocked: view.blocked.length > 0 });
      put(node, answer.problem === null ? null : answer);
    },
    async undrain(node) {
      put(node, { view: null, problem: null, busy: 'Telling it to take part again …' });
      const answer = await ask(node, 'undrain', {});
      put(node, answer.problem === null ? null : answer);
    },
  };
}

/** The part of a node's details that drains it, or says how far that has come. */
export function drainView(member, model, act) {
  if (member.state === 'dead' || member.state === 'left') return nothing;
  const state = model.drains.get(member.name);
  if (state?.busy) return html`<p class="drain" role="status">${state.busy}</p>`;
  const problem = state?.problem ? html`<p class="drain-problem" role="alert">${state.problem}</p>` : nothing;
  if (member.participation === 'draining') return html`${draining(member, model, act)}${problem}`;
  if (state?.view) return question(member, state.view, act);
  return html`<p class="drain"><button class="choice" @click=${() => act.askDrain(member.name)}>Drain …</button>
    <span class="faint">Shows first what would move.</span></p>${problem}`;
}

function draining(member, model, act) {
  const there = model.snapshot.tasks.filter((task) => task.runningOn.includes(member.name)).map((task) => task.name);
  return html`<p class="drain"><strong>Draining:</strong>
    <span>${there.length === 0 ? 'nothing runs there any more.' : `still runs ${few(there)}.`}</span>
    <button class="choice" @click=${() => act.undrain(member.name)}>Undrain</button></p>`;
}

function question(member, view, act) {
  const shown = view.moves.slice(0, MOVES_SHOWN);
  const stuck = view.blocked.length;
  return html`
    <section class="drain-question" aria-label="Drain ${member.name}">
      <p>If ${member.name} drains, <strong class="num">${count(view.moves.length, 'task')}</strong> move${view.moves.length === 1 ? 's' : ''}${view.moves.length === 0 ? '.' : ':'}</p>
      ${shown.length === 0 ? nothing : html`<ul class="drain-moves">${shown.map(({ task, from, to }) => html`
        <li class=${hue(to)}><i class="swatch"></i>${task} <span class="faint">${from || 'nowhere'} to</span> ${to}</li>`)}</ul>`}
      ${view.moves.length > shown.length ? html`<p class="faint">and ${view.moves.length - shown.length} more</p>` : nothing}
      ${stuck === 0 ? nothing : html`<p class="drain-problem"><strong>${count(stuck, 'task')} cannot run anywhere else</strong>
        and will be stopped: ${few(view.blocked.map(({ task }) => task))} (${view.blocked[0].reason}).</p>`}
      <p class="drain">
        <button class="choice" @click=${() => act.drain(member.name, view)}>
          ${stuck === 0 ? `Drain ${member.name}` : `Drain ${member.name} and block ${count(stuck, 'task')}`}</button>
        <button class="choice" @click=${() => act.cancelDrain(member.name)}>Cancel</button>
      </p>
    </section>`;
}

const few = (names) => (names.length > NAMES_SHOWN ? `${names.slice(0, NAMES_SHOWN).join(', ')} and ${names.length - NAMES_SHOWN} more` : list(names));
