package io.rota.adminui.json;

import io.rota.scheduler.view.DoubtDecision.Verdict;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Body of {@code POST /api/v1/tasks/{name}/runs/{run}/decision}.
 *
 * @param decision {@code done}, {@code not_done} or {@code abandon}
 * @param reason why, in the person's own words; required
 * @param by who says so; the address it came from where it is missing
 */
public record DecisionJson(
        @Nullable String decision,
        @Nullable String reason,
        @Nullable String by) {
    private static final Map<String, Verdict> VERDICTS =
            new TreeMap<>(Map.of("done", Verdict.DONE, "not_done", Verdict.NOT_DONE, "abandon", Verdict.ABANDON));

    /** What is said; anything else than the three words is refused. */
    public Verdict verdict() {
        var verdict = VERDICTS.get(String.valueOf(decision));
        if (verdict == null) {
            throw new IllegalArgumentException(
                    "decision must be done, not_done or abandon, found " + (decision == null ? "none" : decision));
        }
        return verdict;
    }
}
