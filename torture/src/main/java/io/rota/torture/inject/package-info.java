/** Carries faults out: from a planned fault to signals, rules of the switch and mounts. */
@NullMarked
package io.rota.torture.inject;

import org.jspecify.annotations.NullMarked;
