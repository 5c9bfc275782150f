import { html, nothing, repeat } from './html.js';
import { icon, stateMark } from './icons.js';
import { hue } from './hues.js';
import { planView } from './plans.js';
import { drainView } from './drain.js';
import { memberWord } from './words.js';

/** The members: state, work and the way to their own pages. */
export function membersView(model, act) {
  const { members, ring, cluster } = model.snapshot;
  const shares = new Map(ring.nodes.map((node) => [node.name, node]));
  return html`
    <section class="card" aria-labelledby="members-title">
      <header class="card-head">
        <h2 id="members-title">Members</h2>
        <p class="hint">${cluster.membersAlive} alive of ${cluster.membersKnown} known</p>
      </header>
      <div class="members-scroll">
      <table class="members">
        <thead><tr>
          <th scope="col">Node</th><th scope="col">State</th><th scope="col" class="right">Owns</th>
          <th scope="col" class="right">Runs</th><th scope="col" class="right">Share</th><th scope="col">Page</th>
          <th><span class="unseen">Details</span></th>
        </tr></thead>
        ${repeat(members, (member) => member.name, (member) => row(member, shares.get(member.name), model, act))}
      </table>
      </div>
    </section>`;
}

function row(member, share, model, act) {
  const open = model.openMembers.has(member.name);
  const chosen = model.filter.node === member.name;
  return html`
    <tbody class="${member.state} ${chosen ? 'chosen' : ''}">
      <tr>
        <td class="cell-name">
          <button class="name ${hue(member.name)}" aria-pressed=${chosen} @click=${() => act.filterNode(member.name)}>
            <i class="swatch"></i>${member.name}
          </button>
          ${member.self ? html`<span class="badge self" title="The node whose page this is">this node</span>` : nothing}
          ${member.arbiter ? html`<span class="badge" title="Keeps a book and decides claims">arbiter</span>` : nothing}
        </td>
        <td class="cell-state">${stateMark(memberWord(member.state))}
          ${member.participation === 'active' ? nothing : html`<span class="badge warn">${member.participation}</span>`}</td>
        <td class="num right" data-label="owns">${member.tasksOwned}</td>
        <td class="num right" data-label="runs">${member.tasksRunning}</td>
        <td class="num right" data-label="share">${share ? `${(share.sharePermille / 10).toFixed(1)} %` : '–'}</td>
        <td class="cell-link">${adminLink(member)}</td>
        <td class="cell-more"><button class="tool" aria-expanded=${open} aria-label="Details of ${member.name}"
          @click=${() => act.toggleMember(member.name)}>${icon('chevron')}</button></td>
      </tr>
      ${open ? details(member, share, model, act) : nothing}
    </tbody>`;
}

function adminLink(member) {
  if (member.self) return html`<span class="faint">you are here</span>`;
  if (!member.adminAddress) return html`<span class="faint">unknown</span>`;
  if (member.state === 'dead' || member.state === 'left') return html`<span class="faint">${member.adminAddress}</span>`;
  return html`<a href="http://${member.adminAddress}/">${member.adminAddress}</a>`;
}

function details(member, share, model, act) {
  const tags = Object.entries(member.tags).map(([key, value]) => `${key}=${value}`).join(' ') || 'none';
  const facts = [
    ['gossip', member.gossipAddress],
    ['peer API', member.peerAddress],
    ['boot id', member.bootId],
    ['incarnation', member.incarnation],
    ['weight', (member.weightMilli / 1000).toFixed(2)],
    ['most tasks', share?.cap ?? '–'],
    ['tags', tags],
    ['version', member.softwareVersion],
  ];
  return html`<tr class="more"><td colspan="7"><dl class="facts">
    ${facts.map(([term, fact]) => html`<div><dt>${term}</dt><dd>${fact}</dd></div>`)}</dl>
    ${model.drains.get(member.name)?.view ? nothing : planView(member.name, share !== undefined, model.plans.get(member.name))}
    ${drainView(member, model, act)}</td></tr>`;
}
