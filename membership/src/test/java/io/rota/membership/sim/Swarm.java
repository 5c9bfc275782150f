package io.rota.membership.sim;

import io.rota.membership.ProtocolSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * One seed, one life of a small cluster: size, fault rates and faults are all drawn from the seed. First chaos, then calm, in which all who run must come
 * to one view. The checkers watch every step.
 */
public final class Swarm {

    private static final Duration CALM_LIMIT = Duration.ofMinutes(3);

    private static final List<Stall> STALLS = List.of(Stall.FROZEN, Stall.DEAF, Stall.BLOCKED);

    private final SplittableRandom random;
    private final SimCluster cluster;
    private final BeliefChecker beliefs = new BeliefChecker();
    private final ViewChecker views = new ViewChecker();
    private final StepChecker steps = new StepChecker();
    private final int size;
    private boolean converged;

    public Swarm(long seed) {
        this.random = new SplittableRandom(seed);
        this.cluster = SimCluster.create(seed, ProtocolSettings.lan());
        this.size = 2 + random.nextInt(11);
        cluster.listen(beliefs);
        cluster.listen(views);
        cluster.listenToSteps(steps);
    }

    /** Runs it; true when it came to one view in the calm and no checker found anything. */
    public boolean run() {
        cluster.faults(new NetworkFaults(
                random.nextDouble() * 0.5,
                random.nextDouble() * 0.15,
                1 + random.nextLong(80_000_000),
                random.nextLong(120_000_000)));
        cluster.start(size);
        int faults = 4 + random.nextInt(16);
        for (int i = 0; i < faults; i++) {
            fault();
            cluster.run(Duration.ofMillis(random.nextLong(8000)));
        }
        calm();
        return converged && violations().isEmpty();
    }

    public List<String> violations() {
        List<String> all = new ArrayList<>(beliefs.violations());
        all.addAll(views.violations());
        all.addAll(steps.violations());
        if (!converged) {
            all.add("no single view after " + CALM_LIMIT + " of calm");
        }
        return all;
    }

    public long checked() {
        return beliefs.checked() + views.checked() + steps.checked();
    }

    public SimCluster cluster() {
        return cluster;
    }

    private void fault() {
        int victim = random.nextInt(size);
        switch (random.nextInt(9)) {
            case 0 -> kill(victim, false);
            case 1 -> kill(victim, true);
            case 2 -> restart(victim);
            case 3 ->
                cluster.stall(
                        victim,
                        STALLS.get(random.nextInt(STALLS.size())),
                        Duration.ofMillis(50 + random.nextLong(20_000)));
            case 4 -> partition();
            case 5 -> cluster.cutOneWay(victim, random.nextInt(size));
            case 6 -> cluster.shiftClock(victim, Duration.ofMillis(random.nextLong(1_200_000) - 900_000));
            case 7 -> rollPartition();
            default -> cluster.mend();
        }
    }

    private void kill(int victim, boolean withHost) {
        if (cluster.isRunning(victim)) {
            if (withHost) {
                cluster.vanish(victim);
            } else {
                cluster.kill(victim);
            }
        }
    }

    private void restart(int victim) {
        if (cluster.isRunning(victim)) {
            cluster.kill(victim);
            cluster.run(Duration.ofMillis(random.nextLong(3000)));
        }
        startAnew(victim);
    }

    private void partition() {
        int[] sides = new int[size];
        int parts = 2 + random.nextInt(2);
        for (int i = 0; i < size; i++) {
            sides[i] = random.nextInt(parts);
        }
        cluster.partition(sides);
    }

    /** A cut that walks through the members: each stands alone for a while, then the next. */
    private void rollPartition() {
        for (int alone = 0; alone < size; alone++) {
            int[] sides = new int[size];
            sides[alone] = 1;
            cluster.partition(sides);
            cluster.run(Duration.ofMillis(500 + random.nextLong(4000)));
        }
        cluster.mend();
    }

    private void startAnew(int node) {
        beliefs.restarted(cluster.name(node));
        steps.restarted(cluster.name(node));
        cluster.restart(node);
    }

    private void calm() {
        cluster.mend();
        cluster.faults(NetworkFaults.none());
        for (int node = 0; node < size; node++) {
            if (!cluster.isRunning(node)) {
                startAnew(node);
            }
        }
        cluster.run(Duration.ofSeconds(25));
        cluster.runUntil(() -> cluster.agreeOnLive(size), CALM_LIMIT);
        converged = cluster.agreeOnLive(size);
    }
}
