/** Who is alive: the public face of SWIM gossip. Imported by the scheduler and the node; knows neither the ring nor tasks. */
@NullMarked
package io.rota.membership;

import org.jspecify.annotations.NullMarked;
