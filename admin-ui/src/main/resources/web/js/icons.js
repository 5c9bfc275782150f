import { html, svg } from './html.js';

/** Glyphs on a 16 x 16 grid; each state has a shape of its own, so that colour is never the only sign. */
const SHAPES = {
  dot: svg`<circle cx="8" cy="8" r="5" class="solid"/>`,
  play: svg`<circle cx="8" cy="8" r="6.2"/><path class="solid" d="M6.3 5.2v5.6l4.6-2.8z"/>`,
  clock: svg`<circle cx="8" cy="8" r="6.2"/><path d="M8 4.6V8l2.4 1.6"/>`,
  half: svg`<circle cx="8" cy="8" r="6"/><path class="solid" d="M8 2a6 6 0 0 1 0 12z"/>`,
  square: svg`<rect x="3.5" y="3.5" width="9" height="9" rx="1.5"/>`,
  again: svg`<path d="M3.2 8a4.9 4.9 0 1 0 1.6-3.6"/><path d="M5.2 1.8v3h3"/>`,
  check: svg`<path d="M3 8.6l3.3 3.3L13 4.8"/>`,
  bar: svg`<circle cx="8" cy="8" r="6.2"/><path d="M4.8 8h6.4"/>`,
  double: svg`<circle cx="6" cy="8" r="4.2"/><circle cx="10" cy="8" r="4.2"/>`,
  question: svg`<circle cx="8" cy="8" r="6.2"/><path d="M6.3 6.4a1.8 1.8 0 1 1 2.5 1.7c-.5.2-.8.6-.8 1.2"/><path d="M8 11.3v.1"/>`,
  cross: svg`<path d="M4 4l8 8M12 4l-8 8"/>`,
  out: svg`<path d="M3 8h9M8.5 4.5L12 8l-3.5 3.5"/>`,
  minus: svg`<path d="M4 8h8"/>`,
  alert: svg`<path d="M8 2.2L14.4 13.4H1.6z"/><path d="M8 6.6v3M8 11.4v.1"/>`,
  chevron: svg`<path d="M5.5 3.5L10 8l-4.5 4.5"/>`,
  sun: svg`<circle cx="8" cy="8" r="3"/><path d="M8 1v2M8 13v2M1 8h2M13 8h2M3.1 3.1l1.4 1.4M11.5 11.5l1.4 1.4M3.1 12.9l1.4-1.4M11.5 4.5l1.4-1.4"/>`,
  moon: svg`<path d="M13 9.6A5.6 5.6 0 0 1 6.4 3 5.6 5.6 0 1 0 13 9.6z"/>`,
  auto: svg`<circle cx="8" cy="8" r="6"/><path class="solid" d="M8 2a6 6 0 0 1 0 12z"/>`,
  info: svg`<circle cx="8" cy="8" r="6.2"/><path d="M8 7.2v3.6M8 5v.1"/>`,
};

export const icon = (name) => html`<svg class="icon" viewBox="0 0 16 16" aria-hidden="true">${SHAPES[name]}</svg>`;

/** Glyph and word of a state. */
export const stateMark = ({ text, tone, glyph }) => html`<span class="mark ${tone}">${icon(glyph)}<span>${text}</span></span>`;

/** The wheel of the logo. */
export const wheel = () => html`
  <svg class="wheel" viewBox="-16 -16 32 32" aria-hidden="true">
    <path class="n0" d="M.8 -11.5A11.5 11.5 0 0 1 10.3 5.1"/>
    <path class="n1" d="M9.6 6.4A11.5 11.5 0 0 1 -9.6 6.4"/>
    <path class="n2" d="M-10.3 5.1A11.5 11.5 0 0 1 -.8 -11.5"/>
    <circle r="3.4"/>
  </svg>`;
