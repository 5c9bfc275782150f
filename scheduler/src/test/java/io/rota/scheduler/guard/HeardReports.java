package io.rota.scheduler.guard;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Everything a guard has reported, and the patience to wait for more. Thread-safe. */
final class HeardReports implements Guard.Listener {
    static final Duration WAIT = Duration.ofSeconds(20);

    private static final Pattern GRANDCHILD = Pattern.compile("grandchild (\\d+)\\.");

    private final List<GuardReport> reports = new CopyOnWriteArrayList<>();
    private final List<String> lost = new CopyOnWriteArrayList<>();

    @Override
    public void onReport(GuardReport report) {
        reports.add(report);
    }

    @Override
    public void onGuardLost(String runId) {
        lost.add(runId);
    }

    /** Waits until the run is up; its process id. */
    long pidOf(String runId) {
        return waitFor(GuardReport.Started.class, report -> report.runId().equals(runId))
                .pid();
    }

    /** Waits until the run could not be started; why. */
    String reasonOf(String runId) {
        return waitFor(GuardReport.NotStarted.class, report -> report.runId().equals(runId))
                .reason();
    }

    /** Waits until the run has ended; its exit code. */
    int exitCodeOf(String runId) {
        return waitFor(GuardReport.Ended.class, report -> report.runId().equals(runId))
                .exitCode();
    }

    void waitForOutput(String runId, String text) {
        await().atMost(WAIT).until(() -> outputOf(runId).contains(text));
    }

    /** Waits for what {@link Orders#HAS_ESCAPED_GRANDCHILD} tells. */
    long grandchildOf(String runId) {
        return await().atMost(WAIT)
                .until(() -> GRANDCHILD.matcher(outputOf(runId)).results().findFirst(), Optional::isPresent)
                .map(found -> Long.parseLong(found.group(1)))
                .orElseThrow();
    }

    String outputOf(String runId) {
        return reports.stream()
                .filter(GuardReport.Output.class::isInstance)
                .map(GuardReport.Output.class::cast)
                .filter(output -> output.runId().equals(runId))
                .map(GuardReport.Output::text)
                .collect(Collectors.joining());
    }

    boolean hasEnded(String runId) {
        return reports.stream()
                .anyMatch(report -> report instanceof GuardReport.Ended ended
                        && ended.runId().equals(runId));
    }

    long endings() {
        return reports.stream().filter(GuardReport.Ended.class::isInstance).count();
    }

    void forget() {
        reports.clear();
    }

    List<String> lost() {
        return lost;
    }

    private <T extends GuardReport> T waitFor(Class<T> kind, Predicate<T> wanted) {
        return await().atMost(WAIT)
                .pollInterval(Duration.ofMillis(5))
                .until(
                        () -> reports.stream()
                                .filter(kind::isInstance)
                                .map(kind::cast)
                                .filter(wanted)
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }
}
