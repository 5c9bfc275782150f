import { html } from './html.js';
import { icon, wheel } from './icons.js';
import { nextTheme, theme } from './theme-switch.js';

/** The bar over everything: whose cluster, is it well, is what I see live. */
export function topBar(model, act) {
  const { cluster } = model.snapshot;
  return html`
    <header class="top">
      <h1 class="brand">${wheel()}<span>Rota</span></h1>
      <div class="where">
        <span class="cluster">${cluster.clusterName}</span>
        <span class="seen">seen by ${cluster.observedBy}</span>
      </div>
      <div class="top-end">
        ${health(cluster.notices)}
        ${link(model)}
        <button class="tool" @click=${() => { nextTheme(); act.redraw(); }} aria-label="Colours: ${theme()}" title="Colours: ${theme()}">
          ${icon({ system: 'auto', light: 'sun', dark: 'moon' }[theme()])}
        </button>
      </div>
    </header>`;
}

function health(notices) {
  const worst = notices[0]?.severity ?? 'none';
  const [tone, glyph, text] = {
    error: ['bad', 'alert', 'Needs you'],
    warn: ['warn', 'alert', 'Degraded'],
  }[worst] ?? ['ok', 'check', 'Healthy'];
  const why = notices.map((notice) => notice.text).join('\n') || 'Nothing to report.';
  return html`<span class="pill ${tone}" title=${why}>${icon(glyph)}${text}</span>`;
}

function link(model) {
  return model.link === 'live'
    ? html`<span class="link live" title="Last heard ${model.ageText()} ago"><i></i>live</span>`
    : html`<span class="link gone"><i></i>reconnecting, <span class="num">${model.ageText()}</span></span>`;
}
