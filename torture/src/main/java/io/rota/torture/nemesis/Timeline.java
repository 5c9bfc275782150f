package io.rota.torture.nemesis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What the nemesis is going to do, all of it, fixed before it begins. Its text form is what is written and replayed.
 * Immutable.
 */
public record Timeline(String profile, long seed, int nodes, List<Round> rounds) {
    public Timeline {
        rounds = List.copyOf(rounds);
    }

    /** The text form. */
    public String toText() {
        var text = new StringBuilder("# What the nemesis does. A fault: offset and length in ms, kind, victims.\n")
                .append("profile ")
                .append(profile)
                .append('\n')
                .append("seed ")
                .append(seed)
                .append('\n')
                .append("nodes ")
                .append(nodes)
                .append('\n');
        for (var round : rounds) {
            text.append("round ").append(round.number()).append('\n');
            for (var fault : round.faults()) {
                text.append("fault ")
                        .append(fault.offsetMillis())
                        .append(' ')
                        .append(fault.lengthMillis())
                        .append(' ')
                        .append(fault)
                        .append('\n');
            }
        }
        return text.toString();
    }

    /** Reads the text form; throws IllegalArgumentException with the line that is none. */
    public static Timeline parse(String text) {
        var profile = "";
        long seed = 0;
        int nodes = 0;
        var rounds = new ArrayList<List<Fault>>();
        for (var line : text.lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList()) {
            var words = line.split(" ", -1);
            switch (words[0]) {
                case "profile" -> profile = words[1];
                case "seed" -> seed = Long.parseLong(words[1]);
                case "nodes" -> nodes = Integer.parseInt(words[1]);
                case "round" -> rounds.add(new ArrayList<>());
                case "fault" -> rounds.get(rounds.size() - 1).add(fault(words));
                default -> throw new IllegalArgumentException("not a line of a timeline: " + line);
            }
        }
        var numbered = new ArrayList<Round>();
        rounds.forEach(faults -> numbered.add(new Round(numbered.size() + 1, faults)));
        return new Timeline(profile, seed, nodes, numbered);
    }

    private static Fault fault(String[] words) {
        var victims = Arrays.stream(words[4].split(",", -1))
                .map(name -> Integer.parseInt(name.substring(1)) - 1)
                .toList();
        return new Fault(FaultKind.valueOf(words[3]), victims, Long.parseLong(words[1]), Long.parseLong(words[2]));
    }
}
