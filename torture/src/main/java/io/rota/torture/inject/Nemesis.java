package io.rota.torture.inject;

import io.rota.torture.history.FaultWindow;
import io.rota.torture.nemesis.Fault;
import io.rota.torture.nemesis.Round;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** Carries out rounds, one after the other, and keeps what was done and when. Confined to the harness's thread. */
public final class Nemesis {
    private final Injector injector;
    private final Consumer<String> says;
    private final List<FaultWindow> done = new ArrayList<>();

    /** @param says told each step */
    public Nemesis(Injector injector, Consumer<String> says) {
        this.injector = injector;
        this.says = says;
    }

    private record Step(long atMillis, Fault fault, boolean heals) {}

    /** Injects the faults of a round at their offsets and heals each at its end. */
    public void carryOut(Round round) {
        var steps = new ArrayList<Step>();
        var skipped = new HashMap<Fault, String>();
        for (var fault : round.faults()) {
            injector.obstacle(fault.kind()).ifPresent(why -> skipped.put(fault, why));
            steps.add(new Step(fault.offsetMillis(), fault, false));
            steps.add(new Step(fault.offsetMillis() + fault.lengthMillis(), fault, true));
        }
        steps.removeIf(step -> skipped.containsKey(step.fault()));
        steps.sort(Comparator.comparingLong(Step::atMillis));
        var started = new HashMap<Fault, Long>();
        var healed = new HashMap<Fault, Long>();
        long begin = System.nanoTime();
        for (var step : steps) {
            park(begin + TimeUnit.MILLISECONDS.toNanos(step.atMillis()));
            if (!skipped.containsKey(step.fault())) {
                carryOut(step, started, healed).ifPresent(why -> skipped.put(step.fault(), why));
            }
        }
        for (var fault : round.faults()) {
            long from = started.getOrDefault(fault, begin);
            long until = healed.getOrDefault(fault, System.nanoTime());
            done.add(new FaultWindow(round.number(), fault, from, until, Optional.ofNullable(skipped.get(fault))));
        }
    }

    private Optional<String> carryOut(Step step, Map<Fault, Long> started, Map<Fault, Long> healed) {
        try {
            if (step.heals()) {
                injector.heal(step.fault());
                healed.put(step.fault(), System.nanoTime());
                says.accept("healed  " + step.fault());
            } else {
                started.put(step.fault(), System.nanoTime());
                injector.inject(step.fault());
                says.accept("injected " + step.fault() + " for " + step.fault().lengthMillis() + " ms");
            }
            return Optional.empty();
        } catch (IOException e) {
            says.accept("could not " + (step.heals() ? "heal " : "inject ") + step.fault() + ": " + e.getMessage());
            return Optional.of("could not be carried out: " + e.getMessage());
        }
    }

    private static void park(long untilNanos) {
        for (long left = untilNanos - System.nanoTime(); left > 0; left = untilNanos - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    /** All that was done so far. */
    public List<FaultWindow> done() {
        return List.copyOf(done);
    }
}
