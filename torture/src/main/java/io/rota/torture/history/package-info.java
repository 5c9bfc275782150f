/** What happened, as read from the witness, the faults and the nodes: the only input of the checks. */
@NullMarked
package io.rota.torture.history;

import org.jspecify.annotations.NullMarked;
