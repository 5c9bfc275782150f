/** Times as people read them. Local time on the page, UTC in the tooltip. */

const CLOCK = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });

export const clock = (instant) => CLOCK.format(new Date(instant));

export const utc = (instant) => `${new Date(instant).toISOString().replace('T', ' ').slice(0, 19)} UTC`;

/** A length of time, coarse: "4 s", "12 min", "3 h", "2 d". */
export function span(millis) {
  const seconds = Math.max(0, Math.round(millis / 1000));
  if (seconds < 100) return `${seconds} s`;
  if (seconds < 100 * 60) return `${Math.round(seconds / 60)} min`;
  if (seconds < 48 * 3600) return `${Math.round(seconds / 3600)} h`;
  return `${Math.round(seconds / 86400)} d`;
}

export const ago = (instant, now) => `${span(now - Date.parse(instant))} ago`;

/** "in 4 s", "now", "late by 9 s". */
export function until(instant, now) {
  const left = Date.parse(instant) - now;
  if (left > 500) return `in ${span(left)}`;
  return left > -3000 ? 'now' : `late by ${span(-left)}`;
}
