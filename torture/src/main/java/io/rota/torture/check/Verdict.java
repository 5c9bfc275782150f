package io.rota.torture.check;

import java.util.List;

/** What a check found. Immutable. */
public record Verdict(String check, Outcome outcome, String summary, List<Violation> violations) {
    /** How it went. */
    public enum Outcome {
        /** The promise held. */
        PASSED,
        /** It did not. */
        FAILED,
        /** It could not be judged. */
        SKIPPED
    }

    public Verdict {
        violations = List.copyOf(violations);
    }

    /** Failed if there are violations, else passed. */
    public static Verdict of(String check, String summary, List<Violation> violations) {
        return new Verdict(check, violations.isEmpty() ? Outcome.PASSED : Outcome.FAILED, summary, violations);
    }

    static Verdict skipped(String check, String why) {
        return new Verdict(check, Outcome.SKIPPED, why, List.of());
    }
}
