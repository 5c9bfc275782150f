/** Tasks that go from node to node while nothing is wrong: what moved, how long it stood still, what had to move. */
@NullMarked
package io.rota.torture.handover;

import org.jspecify.annotations.NullMarked;
