package io.rota.torture.nemesis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Draws a timeline from a seed: kinds come from a shuffled deck, so that none is left out for long, and a round holds up
 * to three of them at once. Equal seeds give equal timelines. Confined to its caller.
 */
public final class TimelineGenerator {
    private static final int MAX_OFFSET_MILLIS = 3_000;

    private final Random random;
    private final int nodes;
    private final Limits limits;
    private final List<FaultKind> deck = new ArrayList<>();

    private TimelineGenerator(long seed, int nodes, Limits limits) {
        this.random = new Random(seed);
        this.nodes = nodes;
        this.limits = limits;
    }

    /**
     * Draws one.
     *
     * @param rounds how many rounds; whole restarts, one node after the other, may add some
     */
    public static Timeline draw(String profile, long seed, int nodes, int rounds, Limits limits) {
        var generator = new TimelineGenerator(seed, nodes, limits);
        var drawn = new ArrayList<Round>();
        while (drawn.size() < rounds) {
            generator.addRound(drawn);
        }
        return new Timeline(profile, seed, nodes, drawn);
    }

    private void addRound(List<Round> rounds) {
        var faults = new ArrayList<Fault>();
        int size = 1 + random.nextInt(3);
        while (faults.size() < size) {
            var fault = fault(nextKind());
            if (limits.allow(faults, fault) && faults.stream().noneMatch(other -> collide(other, fault))) {
                faults.add(fault);
            }
        }
        if (faults.get(0).kind() == FaultKind.RESTART && size == 1) {
            // A rolling restart: each node, the next when the last has come to rest.
            IntStream.range(0, nodes)
                    .forEach(node -> rounds.add(new Round(
                            rounds.size() + 1,
                            List.of(new Fault(FaultKind.RESTART, List.of(node), 0, FaultKind.RESTART.minMillis())))));
        } else {
            rounds.add(new Round(rounds.size() + 1, faults));
        }
    }

    /** Two faults of one family on one node would undo each other. */
    private static boolean collide(Fault one, Fault other) {
        boolean processes =
                one.kind().family() != FaultKind.Family.NETWORK && other.kind().family() != FaultKind.Family.NETWORK;
        return one.kind() == other.kind()
                || (processes && one.victims().stream().anyMatch(other.victims()::contains));
    }

    private FaultKind nextKind() {
        if (deck.isEmpty()) {
            shuffle();
        }
        return deck.remove(deck.size() - 1);
    }

    /** Families take turns, so that a short run meets each of them. */
    private void shuffle() {
        var families = new ArrayList<List<FaultKind>>();
        for (var family : FaultKind.Family.values()) {
            var kinds = new ArrayList<>(Arrays.stream(FaultKind.values())
                    .filter(kind -> kind.family() == family)
                    .filter(kind -> kind != FaultKind.KILL_ALL || !limits.memoryBooks())
                    .toList());
            Collections.shuffle(kinds, random);
            families.add(kinds);
        }
        Collections.shuffle(families, random);
        while (!families.isEmpty()) {
            families.forEach(kinds -> deck.add(0, kinds.remove(0)));
            families.removeIf(List::isEmpty);
        }
    }

    private Fault fault(FaultKind kind) {
        int span = limits.maxMillis(kind) - kind.minMillis();
        return new Fault(
                kind, victims(kind), random.nextInt(MAX_OFFSET_MILLIS), kind.minMillis() + random.nextInt(span + 1));
    }

    private List<Integer> victims(FaultKind kind) {
        var all = new ArrayList<>(IntStream.range(0, nodes).boxed().toList());
        Collections.shuffle(all, random);
        int count = switch (kind.scope()) {
            case ONE -> 1;
            case TWO -> 2;
            case MINORITY -> (nodes - 1) / 2;
            case ALL -> nodes;
        };
        return all.subList(0, count).stream().sorted().toList();
    }
}
