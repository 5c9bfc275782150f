package io.rota.scheduler.engine;

import io.rota.scheduler.TaskDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The runs of one task that are under way side by side, at most {@link #MOST}. Confined to the engine's thread. */
final class RunLanes {
    /** Most runs of one task at once, where they may overlap at all. */
    static final int MOST = 10;

    private final Supplier<RunLane> factory;
    private final List<RunLane> lanes = new ArrayList<>();
    private @Nullable RunLane latest;

    RunLanes(String claimant, TaskDefinition task, Effect.Sink effects, RunLane.Listener listener) {
        this.factory = () -> new RunLane(claimant, task, effects, listener);
    }

    boolean isIdle() {
        return lanes.stream().allMatch(lane -> lane.phase() == Phase.ABSENT);
    }

    /** True while this run is under way here. */
    boolean holds(String runId) {
        return lanes.stream()
                .anyMatch(lane -> lane.phase() != Phase.ABSENT
                        && lane.run() != null
                        && lane.run().id().equals(runId));
    }

    boolean isFull() {
        return lanes.stream().filter(lane -> lane.phase() != Phase.ABSENT).count() >= MOST;
    }

    void begin(Moment now, Run run, long claimUntilWallMillis) {
        var free = lanes.stream()
                .filter(lane -> lane.phase() == Phase.ABSENT)
                .findFirst()
                .orElseGet(this::another);
        latest = free;
        free.begin(now, run, claimUntilWallMillis);
    }

    private RunLane another() {
        var lane = factory.get();
        lanes.add(lane);
        return lane;
    }

    void stop(StopCause cause) {
        lanes.forEach(lane -> lane.stop(cause));
    }

    void abandon(Moment now, String why) {
        lanes.forEach(lane -> lane.abandon(now, why));
    }

    void tick(Moment now) {
        lanes.forEach(lane -> lane.tick(now));
    }

    long wakeNanos() {
        return lanes.stream().mapToLong(RunLane::wakeNanos).min().orElse(Long.MAX_VALUE);
    }

    void onClaimAnswered(Moment now, String claimId, ClaimAnswer answer) {
        lanes.stream()
                .filter(lane -> lane.claimId().equals(claimId))
                .findFirst()
                .ifPresent(lane -> lane.onClaimAnswered(now, answer));
    }

    void onRunEvent(Moment now, RunEvent event) {
        lanes.stream().filter(lane -> lane.isAbout(event)).findFirst().ifPresent(lane -> lane.onRunEvent(now, event));
    }

    boolean livesByLease() {
        return lanes.stream().anyMatch(RunLane::livesByLease);
    }

    Set<String> claimIds() {
        var ids = new TreeSet<String>();
        lanes.forEach(lane -> ids.add(lane.claimId()));
        ids.remove("");
        return ids;
    }

    /** The one to speak of: one that is busy if there is any, else one that is under way, the latest first. */
    private Optional<RunLane> spokenOf() {
        return first(lane -> lane.phase().isBusy())
                .or(() -> first(lane -> lane.phase() != Phase.ABSENT))
                .or(() -> Optional.ofNullable(latest));
    }

    private Optional<RunLane> first(Predicate<RunLane> test) {
        return Optional.ofNullable(latest)
                .filter(test)
                .or(() -> lanes.stream().filter(test).findFirst());
    }

    Phase phase() {
        return spokenOf().map(RunLane::phase).orElse(Phase.ABSENT);
    }

    String reason() {
        return spokenOf().map(RunLane::reason).orElse("");
    }

    @Nullable
    Run run() {
        return spokenOf().map(RunLane::run).orElse(null);
    }
}
