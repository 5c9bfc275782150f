/** Which colour a node has. Eight hues (Okabe and Ito), then the same eight lighter; a node keeps its colour. */

const given = new Map();

/** Gives colours to names not seen before, in name order, so that all pages of a cluster agree. */
export function rememberNodes(names) {
  [...names].sort().forEach((name) => {
    if (!given.has(name)) given.set(name, given.size);
  });
}

/** CSS classes of a node's colour. */
export function hue(name) {
  const index = given.get(name);
  if (index === undefined) return 'n-none';
  return `n${index % 8}${index % 16 >= 8 ? ' light' : ''}`;
}
