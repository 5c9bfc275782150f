package io.rota.torture.check;

import io.rota.torture.history.FaultWindow;
import io.rota.torture.history.History;
import io.rota.torture.nemesis.FaultKind;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** A node logs an ERROR only for what a person must know: each line is explained by a fault that was injected. */
final class LogCheck implements Check {
    private static final Set<FaultKind> BLINDING =
            Arrays.stream(FaultKind.values()).filter(FaultKind::blinds).collect(Collectors.toSet());

    private static final Map<String, Set<FaultKind>> EXPECTED = Map.of(
            "guard died pid=",
            EnumSet.of(FaultKind.KILL_GUARD, FaultKind.STOP_GUARD, FaultKind.STOP_BOTH),
            "guard is frozen, no stamp",
            EnumSet.of(FaultKind.STOP_GUARD, FaultKind.STOP_BOTH),
            "lines are lost until there is room",
            EnumSet.of(FaultKind.DISK_FULL, FaultKind.DISK_READ_ONLY, FaultKind.FILES_EXHAUSTED),
            "the book cannot be written",
            EnumSet.of(FaultKind.DISK_FULL, FaultKind.DISK_READ_ONLY, FaultKind.FILES_EXHAUSTED),
            "guard cannot be started, trying again",
            EnumSet.of(FaultKind.FILES_EXHAUSTED),
            "DOUBLE_RUN: two copies after a partition",
            BLINDING,
            "a task runs twice about=",
            BLINDING,
            "a node does not say where its tasks stand about=",
            EnumSet.allOf(FaultKind.class),
            // A takeover without a word takes longer than the detector waits.
            "a task that should run runs nowhere about=",
            EnumSet.allOf(FaultKind.class));

    @Override
    public Verdict examine(History history) {
        var injected = EnumSet.noneOf(FaultKind.class);
        history.faults().stream()
                .filter(FaultWindow::carriedOut)
                .forEach(window -> injected.add(window.fault().kind()));
        int expected = 0;
        var unexpected = new LinkedHashMap<String, Violation>();
        for (var error : history.nodes().errors()) {
            if (EXPECTED.entrySet().stream()
                    .anyMatch(known -> error.text().contains(known.getKey())
                            && known.getValue().stream().anyMatch(injected::contains))) {
                expected++;
            } else {
                unexpected.putIfAbsent(
                        error.node() + error.text().replaceAll("[0-9]+", "0"),
                        new Violation(0, error.node(), error.node() + ": " + error.text()));
            }
        }
        return Verdict.of(
                "no ERROR in a log without a cause",
                expected + " expected, " + unexpected.size() + " kinds of others",
                List.copyOf(unexpected.values()));
    }
}
