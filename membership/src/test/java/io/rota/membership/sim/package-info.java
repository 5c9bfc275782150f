/**
 * The simulator: the production core and codec under a virtual clock, with every fault a network and a machine can have. One seed, one run, bit for
 * bit. Lives in the test jar; imported by tests and by scripts/simulate.
 */
@NullMarked
package io.rota.membership.sim;

import org.jspecify.annotations.NullMarked;
