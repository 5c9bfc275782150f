package io.rota.torture.report;

import io.rota.torture.check.Verdict;
import io.rota.torture.history.FaultWindow;
import io.rota.torture.history.History;
import io.rota.torture.history.Settle;
import io.rota.torture.nemesis.FaultKind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The report as text; its last line is {@code N passed, N failed, N skipped}. Pure. */
public final class Summary {
    private static final int VIOLATIONS_SHOWN = 10;

    /** Faults that the product has no means for today. */
    private static final List<String> NOT_IN_THE_PRODUCT =
            List.of("weight commands, a command for key rotation, queues");

    private static final List<String> NOT_IN_THE_HARNESS = List.of(
            "drain, config reload and drift under faults, arbiter replacement, orders, level once",
            "steps of the wall clock (Hazelcast does not run under libfaketime), delay and reordering of packets,"
                    + " power cuts of the disk");

    private Summary() {}

    /** How a run went, in numbers. */
    public record Counts(long passed, long failed, long skipped) {
        /** Counts verdicts, and each kind of fault that could not be carried out as skipped. */
        public static Counts of(List<Verdict> verdicts, History history) {
            return new Counts(
                    count(verdicts, Verdict.Outcome.PASSED),
                    count(verdicts, Verdict.Outcome.FAILED),
                    count(verdicts, Verdict.Outcome.SKIPPED)
                            + skippedKinds(history).size());
        }

        private static long count(List<Verdict> verdicts, Verdict.Outcome outcome) {
            return verdicts.stream()
                    .filter(verdict -> verdict.outcome() == outcome)
                    .count();
        }
    }

    /** All of it. */
    public static String of(Setting setting, History history, List<Verdict> verdicts) {
        var text = new ArrayList<String>();
        text.add("== torture " + setting.profile() + ": seed " + setting.seed() + ", " + setting.nodes() + " nodes, "
                + setting.seconds() + " s, " + setting.network() + ", load " + setting.load());
        faults(history, text);
        takeovers(history, text);
        var rests = history.settles().stream()
                .filter(Settle::done)
                .filter(settle -> settle.round() > 0)
                .map(settle -> (settle.untilNanos() - settle.fromNanos()) / 1_000_000)
                .toList();
        text.add("from the last heal to rest: " + Spread.of(rests).text());
        setting.excluded().forEach(sentence -> text.add("left out: " + sentence));
        NOT_IN_THE_PRODUCT.forEach(sentence -> text.add("not in the product yet: " + sentence));
        NOT_IN_THE_HARNESS.forEach(sentence -> text.add("not in the harness yet: " + sentence));
        verdicts(verdicts, text);
        var counts = Counts.of(verdicts, history);
        text.add(counts.passed() + " passed, " + counts.failed() + " failed, " + counts.skipped() + " skipped");
        return String.join("\n", text) + "\n";
    }

    private static void faults(History history, List<String> text) {
        var counts = new EnumMap<FaultKind, Integer>(FaultKind.class);
        history.faults().stream()
                .filter(FaultWindow::carriedOut)
                .forEach(window -> counts.merge(window.fault().kind(), 1, Integer::sum));
        text.add("injected: "
                + counts.values().stream().mapToInt(Integer::intValue).sum() + " faults " + counts);
        skippedKinds(history).forEach((kind, why) -> text.add("SKIPPED " + kind + ": " + why));
    }

    private static Map<FaultKind, String> skippedKinds(History history) {
        var skipped = new TreeMap<FaultKind, String>();
        history.faults()
                .forEach(window -> window.skipped()
                        .ifPresent(why -> skipped.put(window.fault().kind(), why)));
        return skipped;
    }

    private static void takeovers(History history, List<String> text) {
        Takeovers.of(history)
                .forEach((kind, levels) -> levels.forEach((level, spread) ->
                        text.add(String.format(Locale.ROOT, "takeover %-16s %-9s %s", kind, level, spread.text()))));
    }

    /** One line for each, and what speaks against it. */
    static void verdicts(List<Verdict> verdicts, List<String> text) {
        verdicts.forEach(verdict -> verdict(verdict, text));
    }

    private static void verdict(Verdict verdict, List<String> text) {
        text.add(String.format(Locale.ROOT, "%-7s %s: %s", verdict.outcome(), verdict.check(), verdict.summary()));
        verdict.violations().stream()
                .limit(VIOLATIONS_SHOWN)
                .forEach(violation -> text.add("          " + violation.text()));
        if (verdict.violations().size() > VIOLATIONS_SHOWN) {
            text.add("          and " + (verdict.violations().size() - VIOLATIONS_SHOWN) + " more");
        }
    }
}
