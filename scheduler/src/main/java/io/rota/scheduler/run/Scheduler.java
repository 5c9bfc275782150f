package io.rota.scheduler.run;

import io.rota.scheduler.TaskFile;
import io.rota.scheduler.TaskOutline;
import io.rota.scheduler.arbitration.Book;
import io.rota.scheduler.arbitration.Lease;
import io.rota.scheduler.arbitration.LeaseKeeper;
import io.rota.scheduler.engine.ClaimAnswer;
import io.rota.scheduler.engine.CycleFact;
import io.rota.scheduler.engine.Effect;
import io.rota.scheduler.engine.Engine;
import io.rota.scheduler.engine.Moment;
import io.rota.scheduler.engine.OrderAnswer;
import io.rota.scheduler.engine.RunEvent;
import io.rota.scheduler.loop.BootClock;
import io.rota.scheduler.loop.Looper;
import io.rota.scheduler.peer.NodeReport;
import io.rota.scheduler.peer.PeerAnswer;
import io.rota.scheduler.peer.PeerRequest;
import io.rota.scheduler.view.CommandOutcome;
import io.rota.scheduler.view.DoubtDecision;
import io.rota.scheduler.view.RunOrder;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The shell around the {@link Engine}: one thread that feeds it and does what it wants done. Everything that blocks runs
 * elsewhere and comes back as a message. Thread-safe.
 */
public final class Scheduler implements AutoCloseable, Looper.Clockwork {
    private static final Logger LOG = LoggerFactory.getLogger(Scheduler.class);
    private static final Duration YIELD_LIMIT = Duration.ofSeconds(2);
    private static final long STALL_SECONDS = 2;
    private static final long RELEASE_NANOS = 1_000_000_000L;

    private final SchedulerSetup setup;
    private final Engine engine;
    private final Looper looper;
    private final Claims claims;
    private final LeaseRenewals renewals;
    private final LocalRuns runs;
    private final Decisions decisions;
    private final DoubtAlarm alarm = new DoubtAlarm();
    private final HandOverCount handOvers = new HandOverCount();
    private final Map<Long, CompletableFuture<PeerAnswer.Yielded>> tickets = new HashMap<>();
    private final Map<Long, CompletableFuture<OrderAnswer>> orders = new HashMap<>();
    private final Runnable onChange;

    private final Map<String, Engine.Standing> standings = new ConcurrentSkipListMap<>();
    private LeaseEnd leaseEnd;
    private volatile Lease lease;
    private volatile boolean busy;
    private volatile boolean releasing;
    private long ticketCount;
    private long nextReleaseNanos;

    /**
     * @param guards makes the guard, given who hears its reports
     * @param onChange called after anything a reader may see has changed; must return at once
     */
    public Scheduler(SchedulerSetup setup, GuardFactory guards, Runnable onChange) {
        this.setup = setup;
        this.onChange = onChange;
        this.engine = new Engine(setup.claimant(), setup.taskFile().tasks(), setup.slots());
        this.looper = new Looper("scheduler", this);
        this.runs = new LocalRuns(setup, guards, new RunEars());
        this.claims = new Claims(setup.node(), setup.arbiters(), this::post);
        var keeper = new LeaseKeeper(
                setup.node(), setup.bootId(), setup.arbiters().list().seats().size(), BootClock.nanos());
        this.renewals = new LeaseRenewals(
                keeper,
                setup.arbiters(),
                runs.guard(),
                new LeaseRenewals.Shell(this::post, BootClock::nanos),
                this::onOpenClaims);
        this.lease = keeper.lease();
        this.leaseEnd = new LeaseEnd(setup.taskFile().tasks());
        this.decisions = new Decisions(setup.claimant(), setup.taskFile().tasks(), claims, renewals::lease);
    }

    public void start() {
        looper.start();
    }

    // ---- what comes in

    /** Another task file is this node's from now on. */
    public void onTasks(TaskFile file) {
        looper.post(() -> {
            leaseEnd = new LeaseEnd(file.tasks());
            decisions.redefine(file.tasks());
            perform(engine.onTasks(now(), file.tasks()));
        });
    }

    /**
     * The ring was computed anew.
     *
     * @param own what this node's task file defines
     */
    public void onRing(ClusterRing ring, List<TaskOutline> own) {
        var targets = ring.targetsOf(setup.node(), own);
        looper.post(() -> perform(engine.onTargets(now(), targets)));
    }

    /** Another member asks for these tasks; completed with those that it may start, within two seconds. */
    public CompletableFuture<PeerAnswer.Yielded> yieldTasks(String asker, Set<String> tasks) {
        var answer = new CompletableFuture<PeerAnswer.Yielded>();
        looper.post(() -> {
            long ticket = ++ticketCount;
            tickets.put(ticket, answer);
            handOvers.asked(ticket, asker);
            perform(engine.onYieldAsked(now(), ticket, asker, tasks));
        });
        return answer;
    }

    /** Somebody wants a run of a task now; completed by the scheduler thread's next step. */
    public CompletableFuture<OrderAnswer> order(RunOrder order) {
        var answer = new CompletableFuture<OrderAnswer>();
        looper.post(() -> {
            long ticket = ++ticketCount;
            orders.put(ticket, answer);
            perform(engine.onOrdered(now(), ticket, order.task(), order.key(), order.params()));
        });
        return answer;
    }

    /** Another node has said what became of cycles there. */
    void hearCycles(List<CycleFact> facts) {
        looper.post(() -> perform(engine.onCyclesHeard(now(), facts)));
    }

    /** What a person says about a run in doubt; completed once it is on a majority of the books, or refused. */
    public CompletableFuture<CommandOutcome> decide(DoubtDecision decision) {
        var outcome = new CompletableFuture<CommandOutcome>();
        looper.post(() -> decisions.decide(decision, outcome));
        return outcome;
    }

    /** Something happened that may let a waiting claim through. */
    public void nudge() {
        looper.post(() -> perform(engine.onTick(now())));
    }

    /** These tasks are seen running on their owners. */
    public void onSurplus(Set<String> tasks) {
        LOG.error("DOUBLE_RUN: two copies after a partition, the ones here stop tasks={}", tasks);
        looper.post(() -> perform(engine.onSurplus(now(), tasks)));
    }

    /** Another node has said where its tasks stand: should it die, the next owner goes on from there. */
    public void onReport(NodeReport report) {
        var nextDue = report.nextDueMillis();
        if (!nextDue.isEmpty()) {
            looper.post(() -> perform(engine.onNextDueHeard(now(), nextDue)));
        }
    }

    private void onOpenClaims(Set<Book.ClaimRef> open) {
        // What a book lists and this node does not know comes from a try that was given up: it is released by its name.
        var known = engine.claimIds();
        open.stream()
                .filter(claim -> !known.contains(claim.claimId()))
                .forEach(claim -> claims.repeat(claim.task(), claim.claimId()));
    }

    private final class RunEars implements LocalRuns.Listener {
        @Override
        public void onRunEvent(String task, RunEvent event) {
            looper.post(() -> perform(engine.onRunEvent(now(), task, event)));
        }

        @Override
        public void onOutput() {
            onChange.run();
        }
    }

    // ---- time

    @Override
    public long wakeNanos() {
        var now = now();
        return Math.min(Math.min(engine.wakeNanos(now), nextReleaseNanos), Math.min(renewals.wakeNanos(), leaseStop()));
    }

    private long leaseStop() {
        return leaseEnd.stopNanos(lease, engine.isBusyWithExclusive());
    }

    @Override
    public void tick() {
        var now = now();
        renewals.tick();
        if (now.nanos() - nextReleaseNanos >= 0) {
            nextReleaseNanos = now.nanos() + RELEASE_NANOS;
            claims.sendReleases();
            alarm.call(standings.values(), now.nanos());
        }
        if (now.nanos() >= leaseStop()) {
            leaseEnd.stoppedFor(lease);
            LOG.warn("lease runs out: stopping exclusive tasks lease={}", lease.id());
            perform(engine.onLeaseEnding(now));
        }
        if (renewals.isLapsed() && !engine.isBusyWithExclusive()) {
            renewals.nextEpoch();
        }
        perform(engine.onTick(now));
    }

    private void post(Runnable work) {
        looper.post(() -> {
            work.run();
            refresh();
        });
    }

    private void refresh() {
        lease = renewals.lease();
        busy = engine.isBusy();
        releasing = claims.hasReleases();
    }

    private static Moment now() {
        return new Moment(BootClock.nanos(), System.currentTimeMillis());
    }

    // ---- what goes out

    private void perform(List<Effect> effects) {
        for (var effect : effects) {
            handOvers.performed(effect);
            perform(effect);
        }
        refresh();
        standings.keySet().removeAll(engine.takeRemoved());
        if (!effects.isEmpty()) {
            engine.changedStandings()
                    .forEach(standing -> standings.put(standing.task().name(), standing));
            onChange.run();
        }
    }

    private void perform(Effect effect) {
        if (effect instanceof Effect.AskYield ask) {
            askYield(ask);
        } else if (effect instanceof Effect.AnswerYield answer) {
            Optional.ofNullable(tickets.remove(answer.ticket()))
                    .ifPresent(open -> open.complete(
                            new PeerAnswer.Yielded(answer.granted(), answer.handledMillis(), answer.cycles())));
        } else if (effect instanceof Effect.TellCycles tell) {
            tellCycles(tell);
        } else if (effect instanceof Effect.AnswerOrder answer) {
            Optional.ofNullable(orders.remove(answer.ticket())).ifPresent(open -> open.complete(answer.answer()));
        } else if (effect instanceof Effect.AskClaim ask) {
            askClaim(ask);
        } else if (effect instanceof Effect.EndClaim end) {
            claims.end(
                    end.claimId(),
                    end.ending(),
                    () -> looper.post(() -> perform(engine.onClaimEnded(now(), end.claimId(), end.task()))));
        } else if (effect instanceof Effect.ReleaseClaim release) {
            claims.release(release.task(), release.claimId());
        } else if (effect instanceof Effect.StartRun start) {
            runs.start(start);
        } else if (effect instanceof Effect.StopRun stop) {
            runs.stop(stop);
        } else if (effect instanceof Effect.KeepRun keep) {
            runs.keep(keep.run());
        } else {
            throw new IllegalStateException("unknown effect " + effect);
        }
    }

    private void askYield(Effect.AskYield ask) {
        setup.peers()
                .ask(
                        ask.member(),
                        new PeerRequest.YieldTasks(setup.node(), ask.tasks()),
                        YIELD_LIMIT,
                        answer -> looper.post(() -> onYielded(ask, answer)));
    }

    private void onYielded(Effect.AskYield ask, Optional<PeerAnswer> answer) {
        var yielded = answer.isPresent() && answer.get() instanceof PeerAnswer.Yielded given
                ? given
                : PeerAnswer.Yielded.nothing();
        perform(engine.onYieldAnswered(
                now(), ask.ask(), ask.member(), yielded.tasks(), yielded.handledMillis(), yielded.cycles()));
    }

    private void tellCycles(Effect.TellCycles tell) {
        setup.peers()
                .ask(
                        tell.member(),
                        new PeerRequest.TellCycles(tell.cycles()),
                        YIELD_LIMIT,
                        answer -> looper.post(() -> perform(engine.onCyclesTold(
                                now(),
                                tell.call(),
                                tell.member(),
                                answer.isPresent() && answer.get() instanceof PeerAnswer.Done))));
    }

    private void askClaim(Effect.AskClaim ask) {
        var asked = renewals.lease();
        if (asked.held() && !runs.guard().knowsLease()) {
            onClaim(
                    ask,
                    asked,
                    new ClaimAnswer.NotAsked("the guard was started anew and has not heard of the lease yet"));
        } else {
            claims.ask(ask.claimId(), ask.purpose(), asked, BootClock.nanos(), answer -> onClaim(ask, asked, answer));
        }
    }

    private void onClaim(Effect.AskClaim ask, Lease asked, ClaimAnswer answer) {
        looper.post(() -> {
            var lease = renewals.lease();
            boolean good = lease.id().equals(asked.id()) && leaseEnd.allowsStart(lease, BootClock.nanos());
            var judged = answer instanceof ClaimAnswer.Granted && !good
                    ? new ClaimAnswer.Unavailable("the lease would end before the run could be stopped")
                    : answer;
            perform(engine.onClaimAnswered(now(), ask.claimId(), ask.purpose().task(), judged));
        });
    }

    // ---- what readers see

    /** Where every task stands on this node. */
    public List<Engine.Standing> standings() {
        return List.copyOf(standings.values());
    }

    public Lease lease() {
        return lease;
    }

    /** Latest runs on this node, newest first. */
    public RunHistory history() {
        return runs.history();
    }

    /** Whether an arbiter answered lately, and whether its book takes part. */
    public ArbiterSight sight(String arbiter) {
        return new ArbiterSight(renewals.isReachable(arbiter), renewals.isVoting(arbiter));
    }

    /** That its thread does not move, in words; empty while it does. */
    Optional<String> stall() {
        long seconds = looper.turnAgeNanos() / 1_000_000_000L;
        return seconds < STALL_SECONDS
                ? Optional.empty()
                : Optional.of("its scheduler has not moved for " + seconds + " s");
    }

    /** Who is to hear the guard's word if this node dies, name to peer address. */
    public void tellGuard(Map<String, String> peerAddresses) {
        runs.guard().peers(peerAddresses);
    }

    /** True while a process of any task may exist on this node. */
    public boolean isBusy() {
        return busy;
    }

    /** True while a run goes on that nothing but the end of this process can end. */
    public boolean hasDeafRuns() {
        return runs.hasDeafRuns();
    }

    /** True while a claim of this node is over and a majority of the arbiters has not heard of it. */
    public boolean isReleasing() {
        return releasing;
    }

    /** Ends every run and starts nothing more; {@link #isBusy} turns false when all are gone. */
    public void stopAll() {
        looper.post(() -> perform(engine.onClosing(now())));
    }

    /** Stops the thread, then the guard. The lease and its renewals end last. */
    @Override
    public void close() {
        looper.close();
        runs.close();
    }
}
