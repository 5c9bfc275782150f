package io.rota.scheduler.engine;

import io.rota.scheduler.Schedule;
import io.rota.scheduler.TaskDefinition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * All duties of a node, and which of them need a look: a step looks at those that something happened to and those whose
 * time has come, and at no other, however many there are. Whoever changes a duty touches it first. Confined to the
 * engine's thread.
 */
final class Roster {
    /** A change of the wall clock against the monotonic one by which timers are wrong enough to be set anew. */
    static final long CLOCK_STEP_MILLIS = 50;

    private final Map<String, TaskDuty> duties = new TreeMap<>();
    private final Timers timers = new Timers();
    private final Set<String> touched = new TreeSet<>();
    private final Set<String> changed = new TreeSet<>();
    private final Set<String> asking = new TreeSet<>();
    private final Set<String> busy = new TreeSet<>();
    private final Set<String> leaseBound = new TreeSet<>();
    private final Map<String, Set<String>> claims = new TreeMap<>();
    private final Map<String, Optional<TaskDefinition>> successors = new TreeMap<>();
    private final Set<String> removed = new TreeSet<>();
    private final Function<TaskDefinition, TaskDuty> maker;

    private long clockOffsetMillis = Long.MIN_VALUE;
    private long lookedAt;

    Roster(Collection<TaskDefinition> tasks, Function<TaskDefinition, TaskDuty> maker) {
        this.maker = maker;
        tasks.forEach(task -> duties.put(task.name(), maker.apply(task)));
    }

    /**
     * Other definitions are in force from now on. What differs in them takes the place of the old one as soon as nothing
     * of that runs here: a service is stopped only if a process of the new definition would be another one.
     */
    void redefine(Moment now, Collection<TaskDefinition> tasks) {
        var gone = new TreeSet<>(duties.keySet());
        successors.clear();
        for (var task : tasks) {
            gone.remove(task.name());
            var duty = duties.get(task.name());
            if (duty == null) {
                successors.put(task.name(), Optional.of(task));
            } else if (!duty.task().equals(task) || duty.isRetired()) {
                successors.put(task.name(), Optional.of(task));
                retire(now, duty, StopCause.CHANGED, !duty.task().runsLike(task));
            }
        }
        for (var task : gone) {
            successors.put(task, Optional.empty());
            retire(now, get(task), StopCause.REMOVED, true);
        }
    }

    private void retire(Moment now, TaskDuty duty, StopCause cause, boolean otherProcess) {
        if (otherProcess || !duty.task().isService()) {
            touch(duty.task().name()).retire(now, cause);
        }
    }

    /**
     * Puts new definitions in the place of old ones that are free; returns the names of the new duties. One whose schedule
     * is the old one goes on where that has stopped, so that no occurrence is lost in between.
     */
    Set<String> succeed(Moment now) {
        var begun = new TreeSet<String>();
        new TreeMap<>(successors).forEach((task, next) -> {
            var duty = duties.get(task);
            if (duty != null && !duty.isFree()) {
                return;
            }
            if (duty != null) {
                remove(task);
            }
            next.ifPresent(definition -> {
                var successor = maker.apply(definition);
                if (duty != null && duty.task().schedule().equals(definition.schedule())) {
                    successor.runs().hearHandled(now, duty.runs().handledMillis());
                }
                duties.put(task, successor);
                removed.remove(task);
                begun.add(task);
            });
            successors.remove(task);
        });
        return begun;
    }

    private void remove(String task) {
        duties.remove(task);
        timers.set(task, Long.MAX_VALUE);
        List.of(asking, busy, leaseBound, touched, changed).forEach(set -> set.remove(task));
        claims.remove(task);
        removed.add(task);
    }

    /** Names of the tasks that are no longer here, since this was last asked. */
    Set<String> takeRemoved() {
        var taken = Set.copyOf(removed);
        removed.clear();
        return taken;
    }

    boolean knows(String task) {
        return duties.containsKey(task);
    }

    TaskDuty get(String task) {
        var duty = duties.get(task);
        if (duty == null) {
            throw new IllegalStateException("no such task: " + task);
        }
        return duty;
    }

    Collection<TaskDuty> all() {
        return duties.values();
    }

    /** The duty, which is about to be changed. */
    TaskDuty touch(String task) {
        var duty = get(task);
        touched.add(task);
        return duty;
    }

    /** Those duties that are known, which are about to be changed. */
    List<TaskDuty> touch(Set<String> tasks) {
        return new TreeSet<>(tasks)
                .stream().filter(this::knows).map(this::touch).toList();
    }

    /** All duties, which are about to be changed. */
    Collection<TaskDuty> touchAll() {
        touched.addAll(duties.keySet());
        return duties.values();
    }

    /** Those that something happened to in this step. */
    List<TaskDuty> touched() {
        return touched.stream().map(this::get).toList();
    }

    /** Has the touched ones, and those whose time has come, do what is due. */
    void tick(Moment now) {
        noticeClockStep(now);
        touched.addAll(timers.takeDue(now.nanos()));
        for (var task : touched) {
            lookedAt++;
            get(task).tick(now);
        }
    }

    private void noticeClockStep(Moment now) {
        long offset = now.wallMillis() - now.nanos() / 1_000_000L;
        if (Math.abs(offset - clockOffsetMillis) > CLOCK_STEP_MILLIS) {
            clockOffsetMillis = offset;
            duties.values().stream()
                    .filter(duty -> duty.task().schedule() instanceof Schedule.Timed)
                    .forEach(duty -> touched.add(duty.task().name()));
        }
    }

    /** Notes where the touched ones stand now. */
    void settle(Moment now) {
        for (var task : touched) {
            var duty = get(task);
            timers.set(task, duty.wakeNanos(now));
            mark(asking, task, duty.isAsking());
            mark(busy, task, duty.phase().isBusy());
            mark(leaseBound, task, duty.runs().livesByLease());
            var ids = duty.runs().claimIds();
            if (ids.isEmpty()) {
                claims.remove(task);
            } else {
                claims.put(task, ids);
            }
        }
        changed.addAll(touched);
        touched.clear();
    }

    private static void mark(Set<String> set, String task, boolean in) {
        if (in) {
            set.add(task);
        } else {
            set.remove(task);
        }
    }

    /** When {@link #tick} should be called next, on the monotonic clock. */
    long wakeNanos() {
        return timers.firstNanos();
    }

    /** Those that have to ask other members, now or later, the touched ones included. */
    List<TaskDuty> asking() {
        var names = new TreeSet<>(asking);
        names.addAll(touched);
        return names.stream().map(this::get).filter(TaskDuty::isAsking).toList();
    }

    boolean isBusy() {
        return !busy.isEmpty();
    }

    boolean isLeaseBound() {
        return !leaseBound.isEmpty();
    }

    Set<String> claimIds() {
        var ids = new TreeSet<String>();
        claims.values().forEach(ids::addAll);
        return ids;
    }

    /** Those touched since this was last asked. */
    List<TaskDuty> takeChanged() {
        var found = new ArrayList<TaskDuty>();
        changed.forEach(name -> found.add(get(name)));
        changed.clear();
        return found;
    }

    long lookedAt() {
        return lookedAt;
    }
}
