package io.rota.scheduler.arbitration;

/**
 * A guard's word that the node's process and every task process of this boot are gone. A fact: it never becomes false,
 * so it may be repeated and copied.
 *
 * @param node node name
 * @param bootId the boot that is over
 */
public record DeathWord(String node, long bootId) {

    /** True if the lease belonged to the boot that is over. */
    public boolean ends(LeaseId lease) {
        return lease.node().equals(node) && lease.bootId() == bootId;
    }

    static DeathWord of(LeaseId lease) {
        return new DeathWord(lease.node(), lease.bootId());
    }
}
