import { html, repeat } from './html.js';
import { icon } from './icons.js';
import { clock, utc } from './time.js';

/** What this page has seen change, newest first. */
export function changesView(model) {
  return html`
    <section class="card changes" aria-labelledby="changes-title">
      <header class="card-head">
        <h2 id="changes-title">Recent changes</h2>
        <p class="hint">since ${clock(model.watchingSince)}, local time</p>
      </header>
      ${model.changes.length === 0
        ? html`<p class="quiet">Nothing has changed since this page was opened.</p>`
        : html`<ol class="change-list" tabindex="0" aria-labelledby="changes-title">${repeat(model.changes, (change) => change.id, entry)}</ol>`}
    </section>`;
}

const entry = ({ at, glyph, tone, text }) => html`
  <li><time class="num" title=${utc(at)}>${clock(at)}</time><span class="mark ${tone}">${icon(glyph)}</span><span>${text}</span></li>`;
