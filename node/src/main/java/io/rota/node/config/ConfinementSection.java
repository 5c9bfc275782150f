package io.rota.node.config;

import io.rota.scheduler.Confinement;
import io.rota.scheduler.Limits;
import java.util.List;
import java.util.regex.Pattern;

/** Reads as whom the processes of a task run, and how much they may take. */
final class ConfinementSection {
    static final List<String> KEYS = List.of("user", "limits");

    private static final Pattern SIZE = Pattern.compile("([0-9]{1,9})([KMGT])");
    private static final String UNITS = "KMGT";
    private static final int BITS_PER_UNIT = 10;
    private static final int MILLI = 1000;

    private final Section section;

    ConfinementSection(Section section) {
        this.section = section;
    }

    Confinement read() {
        var user = section.text("user").orElse("");
        if (!user.isEmpty() && !Confinement.isValidUser(user)) {
            section.problemAt(
                    "user", "user \"" + user + "\" cannot be the name of an account", "write the name, not the number");
            user = "";
        }
        var limits = section.has("limits")
                ? section.section("limits").map(ConfinementSection::limits).orElse(Limits.NONE)
                : Limits.NONE;
        return new Confinement(user, limits);
    }

    private static Limits limits(Section limits) {
        var read = new Limits(
                memoryBytes(limits),
                (int) Math.round(limits.decimal(
                                "cpus",
                                (double) Limits.MIN_CPUS_MILLI / MILLI,
                                (double) Limits.MAX_CPUS_MILLI / MILLI,
                                0)
                        * MILLI),
                limits.number("open_files", Limits.MIN_OPEN_FILES, Limits.MAX_OPEN_FILES, 0),
                limits.number("processes", 1, Limits.MAX_PROCESSES, 0));
        limits.end();
        return read;
    }

    private static long memoryBytes(Section limits) {
        return limits.text("memory")
                .map(text -> {
                    var size = SIZE.matcher(text);
                    if (size.matches()) {
                        long number = Long.parseLong(size.group(1));
                        int shift = BITS_PER_UNIT * (1 + UNITS.indexOf(size.group(2)));
                        if (number <= Limits.MAX_MEMORY_BYTES >> shift && number << shift >= Limits.MIN_MEMORY_BYTES) {
                            return number << shift;
                        }
                    }
                    limits.problemAt(
                            "memory", "memory must be from 4M to 4T, found \"" + text + "\"", "write 512M or 2G");
                    return 0L;
                })
                .orElse(0L);
    }
}
