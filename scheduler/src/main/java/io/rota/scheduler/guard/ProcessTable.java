package io.rota.scheduler.guard;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** One look at all processes of the machine, as /proc shows them; empty where there is no /proc. Immutable. */
final class ProcessTable {
    private static final Path PROC = Path.of("/proc");

    /** Field 22 of the file; the first behind the name is field 3. */
    private static final int START_FIELD = 22 - 3;

    private final Map<Long, Entry> entries;

    /** One process; a zombie has ended and waits only for its parent to look. */
    private record Entry(boolean isZombie, long parent, long group, long startTicks) {}

    private ProcessTable(Map<Long, Entry> entries) {
        this.entries = entries;
    }

    /** True if {@link #look} sees every process and its environment. */
    static boolean isComplete() {
        return Files.isReadable(PROC.resolve("self/environ")) && seesOthers();
    }

    /** Not so where /proc is mounted with hidepid: then processes of other users are there and cannot be looked at. */
    private static boolean seesOthers() {
        try {
            Files.readString(PROC.resolve("1/stat"));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    static ProcessTable look() {
        var entries = new HashMap<Long, Entry>();
        for (long pid : pids()) {
            entry(pid).ifPresent(entry -> entries.put(pid, entry));
        }
        return new ProcessTable(entries);
    }

    /** When the process with this number started, in clock ticks since the machine's boot; -1 if there is none. */
    static long startTicks(long pid) {
        return pid > 0 ? entry(pid).map(Entry::startTicks).orElse(-1L) : -1;
    }

    /** True if this very process is there and no zombie. */
    static boolean isUp(ProcessId process) {
        return entry(process.pid())
                .filter(entry -> !entry.isZombie() && entry.startTicks() == process.startTicks())
                .isPresent();
    }

    /** True if the number was given to another process meanwhile; its group is a stranger's then. */
    boolean isRecycled(ProcessId process) {
        var entry = entries.get(process.pid());
        return entry != null && process.startTicks() >= 0 && entry.startTicks() != process.startTicks();
    }

    /** True if this very process is in the table, be it as a zombie: its number is still its own, and so is its group. */
    boolean holds(ProcessId process) {
        var entry = entries.get(process.pid());
        return entry != null && entry.startTicks() == process.startTicks();
    }

    /** True if somebody is alive in the group of a leader that is gone: whose, nobody can tell. */
    boolean isLeaderless(long group) {
        return !entries.containsKey(group)
                && entries.values().stream().anyMatch(entry -> entry.group() == group && !entry.isZombie());
    }

    /** Ended, but not yet looked at by its parent; false for a process that is not in the table. */
    boolean isZombie(long pid) {
        var entry = entries.get(pid);
        return entry != null && entry.isZombie();
    }

    /**
     * The processes that belong to these runs, zombies included: members of the process groups, carriers of the marks,
     * and all descendants of either.
     *
     * @param groups process ids of group leaders
     * @param marks {@code NAME=value} as they stand in the environment; one that ends with a slash stands for all that
     *     begin with it
     * @param notBeforeTicks none of them started before: whoever did is older than all of the runs, and the environment
     *     of such need not be read, which is most of the work on a machine with hundreds of processes
     */
    Set<Long> belongingTo(Set<Long> groups, Set<String> marks, long notBeforeTicks) {
        var found = new HashSet<Long>();
        entries.forEach((pid, entry) -> {
            boolean young = entry.startTicks() >= notBeforeTicks;
            if (groups.contains(pid) || groups.contains(entry.group()) || (young && carriesAny(pid, marks))) {
                found.add(pid);
            }
        });
        boolean grown = !found.isEmpty();
        while (grown) {
            grown = false;
            for (var entry : entries.entrySet()) {
                if (found.contains(entry.getValue().parent())) {
                    grown |= found.add(entry.getKey());
                }
            }
        }
        return found;
    }

    private static List<Long> pids() {
        try (Stream<Path> files = Files.list(PROC)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> Character.isDigit(name.charAt(0)))
                    .map(Long::parseLong)
                    .toList();
        } catch (IOException e) {
            // Not "nobody is there" but "nothing can be said", out of descriptors for example.
            throw new UncheckedIOException("the processes of this machine cannot be listed", e);
        }
    }

    /** From /proc/PID/stat, whose fields after the name in parentheses are state, parent, process group, 16 more, start. */
    private static Optional<Entry> entry(long pid) {
        try {
            var stat = Files.readString(file(pid, "stat"), StandardCharsets.ISO_8859_1);
            var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", START_FIELD + 2);
            boolean zombie = fields[0].equals("Z") || fields[0].equals("X");
            return Optional.of(new Entry(
                    zombie, Long.parseLong(fields[1]), Long.parseLong(fields[2]), Long.parseLong(fields[START_FIELD])));
        } catch (IOException e) {
            requireGone(pid, e);
            return Optional.empty();
        }
    }

    private static boolean carriesAny(long pid, Set<String> marks) {
        try {
            var environment = new String(Files.readAllBytes(file(pid, "environ")), StandardCharsets.ISO_8859_1);
            return Arrays.stream(environment.split("\0", -1)).anyMatch(value -> isAny(value, marks));
        } catch (AccessDeniedException e) {
            // Of another user: it is none of ours as far as can be seen, which the documentation says.
            return false;
        } catch (IOException e) {
            requireGone(pid, e);
            return false;
        }
    }

    private static boolean isAny(String value, Set<String> marks) {
        return marks.contains(value) || marks.stream().anyMatch(mark -> mark.endsWith("/") && value.startsWith(mark));
    }

    /** A file that cannot be read says that its process has ended only if the process is no longer there. */
    private static void requireGone(long pid, IOException e) {
        boolean ended = e instanceof NoSuchFileException
                || String.valueOf(e.getMessage()).contains("No such process")
                || !Files.exists(PROC.resolve(Long.toString(pid)));
        if (!ended) {
            throw new UncheckedIOException("process " + pid + " cannot be looked at", e);
        }
    }

    private static Path file(long pid, String name) {
        return PROC.resolve(Long.toString(pid)).resolve(name);
    }
}
