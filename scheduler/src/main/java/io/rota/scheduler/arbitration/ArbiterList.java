package io.rota.scheduler.arbitration;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Who the arbiters are, as the books say it: a numbered list. A book serves requests made under its own number alone, so
 * that no claim is decided half by an old list and half by a new one. Each list follows from the one before it by one
 * decision of a majority of that one. Immutable.
 *
 * @param epoch number of the list, from 1 on; 0 for what a config file says, which no book obeys
 * @param seats the arbiters, in list order; 1 to 5 of them
 * @param before names of the list before this one; empty for the first
 * @param change who made it, when and why
 */
public record ArbiterList(long epoch, List<Seat> seats, List<String> before, Change change) {
    /** Most arbiters of a list. */
    public static final int MOST = 5;

    private static final String FIELD = "\t";
    private static final int FIELDS = 6;

    /**
     * One arbiter.
     *
     * @param name node name
     * @param since number of the list since which it has been listed without a gap
     */
    public record Seat(String name, long since) {}

    /**
     * A person's word.
     *
     * @param by who; empty for the first list
     * @param reason in that person's own words
     * @param atMillis when, epoch milliseconds of the clock of the node that was asked
     */
    public record Change(String by, String reason, long atMillis) {
        static final Change NONE = new Change("", "", 0);

        public Change {
            by = oneLine(by);
            reason = oneLine(reason);
        }

        /** Tabs and line ends part the fields of a list on disk and on the wire. */
        private static String oneLine(String text) {
            return text.replaceAll("\\p{Cntrl}", " ");
        }
    }

    public ArbiterList {
        seats = List.copyOf(seats);
        before = List.copyOf(before);
        if (epoch < 0 || seats.isEmpty() || seats.size() > MOST) {
            throw new IllegalArgumentException("no list of arbiters: number " + epoch + ", " + seats);
        }
        if (new HashSet<>(seats.stream().map(Seat::name).toList()).size() < seats.size()) {
            throw new IllegalArgumentException("an arbiter is listed twice: " + seats);
        }
    }

    /** What a config file says. */
    public static ArbiterList configured(List<String> names) {
        return new ArbiterList(0, names.stream().map(name -> new Seat(name, 0)).toList(), List.of(), Change.NONE);
    }

    /** The first list of a cluster, the same wherever it is made. */
    public static ArbiterList first(List<String> names) {
        return new ArbiterList(1, names.stream().map(name -> new Seat(name, 1)).toList(), List.of(), Change.NONE);
    }

    public List<String> names() {
        return seats.stream().map(Seat::name).toList();
    }

    public boolean contains(String name) {
        return seats.stream().anyMatch(seat -> seat.name().equals(name));
    }

    public int majority() {
        return seats.size() / 2 + 1;
    }

    /** The list after this one, in which one arbiter stands in the place of another. */
    public ArbiterList replace(String old, String fresh, Change why) {
        if (!contains(old) || contains(fresh)) {
            throw new IllegalArgumentException(fresh + " cannot replace " + old + " in " + names());
        }
        var next = seats.stream()
                .map(seat -> seat.name().equals(old) ? new Seat(fresh, epoch + 1) : seat)
                .toList();
        return new ArbiterList(epoch + 1, next, names(), why);
    }

    /** The list after this one, with these in addition. */
    public ArbiterList add(List<String> fresh, Change why) {
        var next = new ArrayList<>(seats);
        fresh.forEach(name -> next.add(new Seat(name, epoch + 1)));
        return new ArbiterList(epoch + 1, next, names(), why);
    }

    /**
     * True if a whole book of this arbiter that served list {@code served} may go on under this one as it is: it has been
     * listed all the time. Any other one must first copy what the others hold.
     */
    public boolean mayMoveOn(String name, long served) {
        return seats.stream().anyMatch(seat -> seat.name().equals(name) && seat.since() <= served);
    }

    /** True if the arbiter came with this very list. */
    public boolean isNew(String name) {
        return epoch > 1 && contains(name) && !before.contains(name);
    }

    /** On disk and on the wire. */
    public String toText() {
        return String.join(
                FIELD,
                Long.toString(epoch),
                seats.stream().map(seat -> seat.name() + ":" + seat.since()).collect(Collectors.joining(",")),
                String.join(",", before),
                Long.toString(change.atMillis()),
                change.by(),
                change.reason());
    }

    /**
     * The list in a text.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static ArbiterList parse(String text) {
        var fields = text.split(FIELD, FIELDS);
        if (fields.length < FIELDS) {
            throw new IllegalArgumentException("no list of arbiters: " + text);
        }
        var seats = new ArrayList<Seat>();
        for (var seat : fields[1].split(",", -1)) {
            int colon = seat.lastIndexOf(':');
            if (colon <= 0) {
                throw new IllegalArgumentException("no arbiter: " + seat);
            }
            seats.add(new Seat(seat.substring(0, colon), Long.parseLong(seat.substring(colon + 1))));
        }
        var before = fields[2].isEmpty() ? List.<String>of() : List.of(fields[2].split(",", -1));
        return new ArbiterList(
                Long.parseLong(fields[0]), seats, before, new Change(fields[4], fields[5], Long.parseLong(fields[3])));
    }
}
