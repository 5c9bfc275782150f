/** Who may run an exclusive task: claims, leases, books and the arbiter that decides. Pure rules over the ports TaskLocks, Books and Arbiters. */
@NullMarked
package io.rota.scheduler.arbitration;

import org.jspecify.annotations.NullMarked;
