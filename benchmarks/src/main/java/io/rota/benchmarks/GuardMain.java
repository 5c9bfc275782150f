package io.rota.benchmarks;

import io.rota.scheduler.arbitration.LeaseKeeper;
import io.rota.scheduler.guard.GuardServer;

/** A guard's JVM, without the word that it would give at the end. */
final class GuardMain {
    private GuardMain() {}

    public static void main(String[] args) {
        var unused = new GuardServer(System.in, System.out, LeaseKeeper.LEASE_NANOS).serve();
    }
}
