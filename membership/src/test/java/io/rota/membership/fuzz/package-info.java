/**
 * Any bytes at all, at each place where bytes come in. A normal build replays the seeds and what was ever found; {@code ./scripts/fuzz} searches for more.
 */
@NullMarked
package io.rota.membership.fuzz;

import org.jspecify.annotations.NullMarked;
