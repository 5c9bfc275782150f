package io.rota.node.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the tasks themselves wrote, in the order in which the kernel appended it: the only witness the proof trusts. A
 * line is {@code uptime event task run token node}; uptime is the machine's clock since boot in seconds, with two
 * decimals.
 */
final class Witness {
    /** One line. */
    record Line(long uptimeMillis, String event, String task, String run, long token, String node) {}

    private final List<Line> lines;

    private Witness(List<Line> lines) {
        this.lines = lines;
    }

    static Witness read(Path file) throws IOException {
        return of(Files.exists(file) ? Files.readAllLines(file) : List.of());
    }

    static Witness of(List<String> texts) {
        var lines = new ArrayList<Line>();
        for (var text : texts) {
            var words = text.split(" ", -1);
            if (words.length == 6) {
                long token = words[4].equals("-") ? 0 : Long.parseLong(words[4]);
                lines.add(new Line(millis(words[0]), words[1], words[2], words[3], token, words[5]));
            }
        }
        return new Witness(lines);
    }

    private static long millis(String seconds) {
        return Math.round(Double.parseDouble(seconds) * 1000);
    }

    /** The machine's clock since boot, the one the tasks write. */
    static long uptimeMillis() throws IOException {
        return millis(Files.readString(Path.of("/proc/uptime")).split(" ", -1)[0]);
    }

    /** The latest line of each task. */
    Map<String, Line> latest() {
        var latest = new TreeMap<String, Line>();
        lines.forEach(line -> latest.put(line.task(), line));
        return latest;
    }

    /** The first start of the task after this instant. */
    Optional<Line> firstStartAfter(String task, long uptimeMillis) {
        return lines.stream()
                .filter(line -> line.task().equals(task) && line.event().equals("start"))
                .filter(line -> line.uptimeMillis() >= uptimeMillis)
                .findFirst();
    }

    /** Lines that prove that a run of the task went on after a later one had started: two at once. */
    List<Line> overlaps(String task) {
        var overlaps = new ArrayList<Line>();
        Map<String, Integer> startedAs = new HashMap<>();
        int starts = 0;
        for (var line : lines) {
            if (!line.task().equals(task)) {
                continue;
            }
            if (line.event().equals("start")) {
                startedAs.put(line.run(), ++starts);
            } else if (startedAs.getOrDefault(line.run(), 0) < starts) {
                overlaps.add(line);
            }
        }
        return overlaps;
    }

    /** Starts of the task whose token is not greater than that of the start before. */
    List<Line> tokenRegressions(String task) {
        var regressions = new ArrayList<Line>();
        long last = 0;
        for (var line : lines) {
            if (line.task().equals(task) && line.event().equals("start")) {
                if (line.token() <= last) {
                    regressions.add(line);
                }
                last = line.token();
            }
        }
        return regressions;
    }
}
