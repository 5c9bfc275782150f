package io.rota.scheduler.arbitration;

import java.util.List;

/** Claims for tests. */
public final class TestClaims {
    private TestClaims() {}

    /** An open claim for a service at level exclusive. */
    public static Claim exclusive(String task, String id, long token, LeaseId lease) {
        return new Claim(id, token, lease, service(task), Ending.OPEN);
    }

    /** An open claim for one occurrence at level once. */
    public static Claim once(String task, String id, long token, LeaseId lease, long occurrence) {
        return new Claim(id, token, lease, occurrence(ClaimKind.ONCE, task, occurrence), Ending.OPEN);
    }

    /** What a service asks for. */
    public static Purpose service(String task) {
        return new Purpose(ClaimKind.EXCLUSIVE, task, task + "@1", 7, Purpose.NO_OCCURRENCE, "", 0);
    }

    /** What a run of an occurrence asks for. */
    public static Purpose occurrence(ClaimKind kind, String task, long occurrence) {
        return new Purpose(kind, task, task + "@" + occurrence, 7, occurrence, "", 0);
    }

    /** A record that holds these claims and nothing from before them. */
    public static BookEntry entry(Claim... claims) {
        return new BookEntry(List.of(claims));
    }

    /** An end. */
    public static Ending ending(ClaimEnd end) {
        return new Ending(end, "somebody", "because", 5);
    }
}
