/**
 * Who is alive: what the rest of the program sees of SWIM gossip. Values and the interface {@link io.rota.membership.Membership} only; the arrows are
 * {@code net -> wire -> protocol -> } this package. Imported by the scheduler and the node; knows neither the ring nor tasks.
 */
@NullMarked
package io.rota.membership;

import org.jspecify.annotations.NullMarked;
