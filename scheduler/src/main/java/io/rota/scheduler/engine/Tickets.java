package io.rota.scheduler.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Requests of other members to yield tasks, each open until one of its tasks is quiet here, or its time is over: then it
 * is answered with those that are, and who asked asks for the rest at once, so that no task waits for a slower one.
 * Bounded: one open request per member is enough, since a member asks for all its tasks at once. Confined to the
 * engine's thread.
 */
final class Tickets {
    /** Most requests open at the same time; one more is answered at once with nothing granted. */
    static final int MAX_OPEN = 1_000;
    /** A request is answered after this long, complete or not; who asked asks again. */
    static final long OPEN_MILLIS = 1_500;

    private final Map<Long, Ticket> open = new TreeMap<>();

    record Ticket(long number, Set<String> tasks, long deadlineNanos) {}

    /** An answer that is due now: the tasks granted and those still busy. */
    record Closed(Ticket ticket, Set<String> granted) {}

    boolean isFull() {
        return open.size() >= MAX_OPEN;
    }

    void open(Moment now, long number, Set<String> tasks) {
        open.put(number, new Ticket(number, Set.copyOf(tasks), now.nanosAfterMillis(OPEN_MILLIS)));
    }

    /** Takes out the requests that can be answered now. */
    List<Closed> close(Moment now, Predicate<String> isQuiet) {
        var closed = new ArrayList<Closed>();
        for (var ticket : List.copyOf(open.values())) {
            var quiet = new TreeSet<String>();
            ticket.tasks().stream().filter(isQuiet).forEach(quiet::add);
            if (!quiet.isEmpty() || ticket.tasks().isEmpty() || now.nanos() - ticket.deadlineNanos() >= 0) {
                open.remove(ticket.number());
                closed.add(new Closed(ticket, quiet));
            }
        }
        return closed;
    }

    /** All tasks that some member waits for, by name. */
    Set<String> tasks() {
        var tasks = new TreeSet<String>();
        open.values().forEach(ticket -> tasks.addAll(ticket.tasks()));
        return tasks;
    }

    long wakeNanos() {
        return open.values().stream().mapToLong(Ticket::deadlineNanos).min().orElse(Long.MAX_VALUE);
    }
}
