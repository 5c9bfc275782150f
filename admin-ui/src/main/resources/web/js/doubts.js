import { html, nothing } from './html.js';
import { icon } from './icons.js';
import { ago, clock, utc } from './time.js';
import { runWord } from './words.js';

/** Runs of which nobody knows whether they took effect: first on the page, since nothing of their tasks runs meanwhile. */
export function doubtsView(model, act) {
  const { doubts } = model.snapshot;
  if (doubts.length === 0) return nothing;
  return html`
    <section class="doubts bad" aria-label="In doubt">
      <h2>${icon('question')}In doubt</h2>
      ${doubts.map((doubt) => doubtView(doubt, model, act))}
    </section>`;
}

function doubtView(doubt, model, act) {
  const answer = model.decisions.get(doubt.runId);
  return html`
    <article class="doubt" aria-label="Run ${doubt.runId}">
      <h3>${doubt.runId} <span class="badge">${runWord(doubt.state).text}</span></h3>
      <dl>
        <div><dt>was to run on</dt><dd>${doubt.node}</dd></div>
        <div><dt>token</dt><dd class="num">${doubt.token}</dd></div>
        <div><dt>intent</dt><dd title="${clock(doubt.intentAt)} local, ${utc(doubt.intentAt)}">${ago(doubt.intentAt, model.now())}</dd></div>
        <div><dt>looked into by</dt><dd>${doubt.settledBy}</dd></div>
      </dl>
      <p>${doubt.finding}</p>
      ${doubt.outputTail ? html`<figure class="output"><figcaption>Last output</figcaption><pre tabindex="0">${doubt.outputTail}</pre></figure>` : nothing}
      ${doubt.state === 'held' ? form(doubt, act) : nothing}
      ${answer ? html`<p class="doubt-answer" role="status">${answer}</p>` : nothing}
    </article>`;
}

const CHOICES = [
  ['done', 'It took effect', 'It counts as done; the next occurrence runs when it is due.'],
  ['not_done', 'It did not: start it again', 'It is started once more, now.'],
  ['abandon', 'Nobody will know', 'It is not started again.'],
];

function form(doubt, act) {
  const send = (event) => {
    event.preventDefault();
    const fields = new FormData(event.target);
    act.decide(doubt, event.submitter.value, fields.get('reason'), fields.get('by'));
  };
  return html`
    <form class="decide" @submit=${send}>
      <label>How do you know? <input name="reason" required maxlength="1000" autocomplete="off"></label>
      <label>Who are you? <input name="by" required maxlength="200" autocomplete="name"></label>
      <span class="choices">${CHOICES.map(([value, text, title]) => html`
        <button class="choice" value=${value} title=${title}>${text}</button>`)}</span>
    </form>`;
}
