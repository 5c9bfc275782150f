/**
 * The live connection: one event stream, reopened for ever. The browser reconnects by itself after a break; a stream
 * that is open but silent is replaced by us. Closed while the tab is hidden for a minute.
 */

const SILENCE_MILLIS = 13_000;
const RETRY_MILLIS = 2_000;
const HIDDEN_MILLIS = 60_000;

/** @param {{snapshot: Function, heartbeat: Function, lost: Function}} on */
export function connect(on) {
  let source = null;
  let heardAt = 0;
  let hiddenTimer = 0;

  const open = () => {
    source?.close();
    heardAt = performance.now();
    source = new EventSource('api/v1/events');
    source.addEventListener('snapshot', (event) => heard(() => on.snapshot(JSON.parse(event.data))));
    source.addEventListener('heartbeat', (event) => heard(() => on.heartbeat(JSON.parse(event.data))));
    source.addEventListener('error', () => on.lost());
  };
  const heard = (then) => {
    heardAt = performance.now();
    then();
  };
  const close = () => {
    source?.close();
    source = null;
  };

  setInterval(() => {
    if (source === null) return;
    const silent = performance.now() - heardAt;
    const refused = source.readyState === EventSource.CLOSED && silent > RETRY_MILLIS;
    if (refused || silent > SILENCE_MILLIS) {
      on.lost();
      open();
    }
  }, 1000);

  document.addEventListener('visibilitychange', () => {
    clearTimeout(hiddenTimer);
    if (document.hidden) hiddenTimer = setTimeout(close, HIDDEN_MILLIS);
    else if (source === null) open();
  });
  addEventListener('pagehide', close);
  addEventListener('pageshow', (event) => event.persisted && open());
  open();
}
