/** The small second JVM that owns every task process and outlives the node by just long enough to end them. */
@NullMarked
package io.rota.scheduler.guard;

import org.jspecify.annotations.NullMarked;
