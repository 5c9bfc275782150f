package io.rota.scheduler.arbitration;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Some nodes that want one task while the list of arbiters grows and arbiters are replaced, several changes begun at once
 * and some left half done, nodes and books that hear of a change late, arbiters that are cut off or lose their disk, lost
 * requests and lost answers. Watches that never two claims are live at once, that tokens grow, and that no number is given
 * to two lists. Everything follows from the seed.
 */
final class ListWorld {
    /** What can be planted. */
    enum Fault {
        NONE,
        /** Books serve requests of any number, as with lists in config files. */
        NO_NUMBERS,
        /** A new arbiter copies books that have not moved on. */
        COPIED_TOO_EARLY,
        /** Whoever changes the list does not look for a change that was begun before. */
        BEGUN_IS_FORGOTTEN
    }

    private static final String TASK = "payout";
    private static final long SECOND = 1_000_000_000L;
    private static final int MAX_NESTING = 2;

    private final Random random;
    private final Fault fault;
    private final ListArbiters arbiters;
    private final List<Holder> nodes = new ArrayList<>();
    private final Map<Long, ArbiterList> decided = new TreeMap<>();
    private final List<String> violations = new ArrayList<>();

    private long nowNanos = 100 * SECOND;
    private long lastToken;
    private long tries;
    private int nesting;
    private int granted;

    /** A node: at most one claim, living by a lease that it renews at the arbiters it knows. */
    private static final class Holder {
        private final String name;
        private final LeaseKeeper keeper;
        private ArbiterList list;
        private String claimId = "";
        private boolean running;

        Holder(String name, ArbiterList list, LeaseKeeper keeper) {
            this.name = name;
            this.list = list;
            this.keeper = keeper;
        }
    }

    ListWorld(long seed, int startArbiters, int lossPercent, Fault fault) {
        this.random = new Random(seed);
        this.fault = fault;
        var first = ArbiterList.first(ListArbiters.NAMES.subList(0, startArbiters));
        decided.put(first.epoch(), first);
        this.arbiters = new ListArbiters(random, lossPercent, fault == Fault.COPIED_TOO_EARLY, first);
        for (int i = 1; i <= 4; i++) {
            var name = "n" + i;
            nodes.add(new Holder(name, first, new LeaseKeeper(name, i, startArbiters, nowNanos)));
        }
    }

    List<String> violations() {
        return violations;
    }

    int granted() {
        return granted;
    }

    /** Number of the latest list. */
    long lists() {
        return decided.size();
    }

    void step() {
        nowNanos += random.nextInt(700) * (SECOND / 1000);
        settle();
        switch (random.nextInt(24)) {
            case 0 -> nowNanos += random.nextInt(8) * SECOND;
            case 1 -> change();
            case 2 -> arbiters.loseADisk(decided.getOrDefault((long) decided.size(), node().list), nowNanos);
            case 3 -> arbiters.cutOff(nowNanos + random.nextInt(14) * SECOND);
            case 4, 5, 6 -> release(node());
            case 7, 8, 9 -> handOn();
            default -> claim(node());
        }
        nodes.stream().filter(node -> random.nextInt(4) != 0).forEach(this::renew);
        settle();
    }

    private Holder node() {
        return nodes.get(random.nextInt(nodes.size()));
    }

    // ---- the list

    /** Somebody tells somebody else which list it knows. */
    private void handOn() {
        var from = random.nextBoolean() ? node().list : arbiters.any().lists().list();
        if (random.nextBoolean()) {
            learn(node(), from);
        } else {
            arbiters.any().moveOn(from);
        }
    }

    private void learn(Holder node, ArbiterList list) {
        if (list.epoch() > node.list.epoch()) {
            node.list = list;
            node.keeper.onArbiters(list.seats().size(), nowNanos);
        }
    }

    private void change() {
        var present = node().list;
        var free = new ArrayList<>(ListArbiters.NAMES);
        free.removeAll(present.names());
        var why = new ArbiterList.Change("somebody", "try " + ++tries, 0);
        ArbiterList wanted;
        if (present.seats().size() < ArbiterList.MOST && random.nextInt(4) == 0) {
            wanted = present.add(free.subList(0, 2), why);
        } else {
            var leaving = present.names().get(random.nextInt(present.seats().size()));
            wanted = present.replace(leaving, free.get(random.nextInt(free.size())), why);
        }
        new ListChange("c" + tries, new LossyVotes()).decide(present, wanted).ifPresent(this::onDecided);
    }

    private void onDecided(ArbiterList list) {
        var known = decided.putIfAbsent(list.epoch(), list);
        if (known != null && !known.equals(list)) {
            violations.add("list " + list.epoch() + " is " + known.names() + " and " + list.names());
        }
        learn(node(), list);
        for (var name : ListArbiters.NAMES) {
            if (random.nextInt(3) != 0) {
                arbiters.book(name).moveOn(list);
            }
        }
    }

    // ---- time

    private void settle() {
        for (var node : nodes) {
            if (node.keeper.isLapsed(nowNanos)) {
                node.running = false;
                node.claimId = "";
                node.keeper.nextEpoch(nowNanos);
            }
        }
        arbiters.takeSeats(nowNanos);
    }

    // ---- claims

    private void renew(Holder node) {
        long round = node.keeper.beginRound(nowNanos);
        var list = node.list;
        for (var arbiter : list.names()) {
            var lease = node.keeper.lease().id();
            ask(node, list, arbiter, book -> book.renew(lease, nowNanos))
                    .filter(Book.Renewal::renewed)
                    .ifPresent(renewal -> {
                        node.keeper.onGranted(round, arbiter, nowNanos);
                        renewal.open().stream()
                                .filter(claim -> !claim.claimId().equals(node.claimId))
                                .forEach(claim -> releaseAll(node, claim.claimId()));
                    });
        }
    }

    private void claim(Holder node) {
        if (!node.claimId.isEmpty() || node.keeper.lease().remainingNanos(nowNanos) == 0) {
            return;
        }
        var lease = node.keeper.lease().id();
        node.claimId = node.name + "/" + ++tries;
        var claimId = node.claimId;
        var arbiter = new Arbiter(new NoLocks(), new LossyBooks(node, node.list), () -> nowNanos);
        var decision = arbiter.decide(new ClaimRequest(claimId, lease, TestClaims.service(TASK)));
        boolean stillAsking =
                node.claimId.equals(claimId) && lease.equals(node.keeper.lease().id());
        if (stillAsking
                && decision instanceof ClaimDecision.Granted grant
                && node.keeper.lease().remainingNanos(nowNanos) > 0) {
            start(node, grant.token());
        } else if (stillAsking) {
            releaseAll(node, claimId);
            node.claimId = "";
        }
    }

    private void start(Holder node, long token) {
        nodes.stream()
                .filter(other -> other.running)
                .forEach(other -> violations.add(node.name + " starts while " + other.name + " runs"));
        if (token <= lastToken) {
            violations.add("token " + token + " after " + lastToken);
        }
        lastToken = token;
        granted++;
        node.running = true;
    }

    private void release(Holder node) {
        if (node.running) {
            node.running = false;
            releaseAll(node, node.claimId);
            node.claimId = "";
        }
    }

    private void releaseAll(Holder node, String claimId) {
        node.list.names().forEach(arbiter -> ask(node, node.list, arbiter, book -> book.release(TASK, claimId)));
    }

    // ---- calls

    private <T> Optional<T> call(String arbiter, Function<Book, T> call) {
        return arbiters.call(arbiter, nowNanos, call);
    }

    /** A request under a list; whoever serves a later one says so. */
    private <T> Optional<T> ask(Holder node, ArbiterList list, String arbiter, Function<Book, T> request) {
        var answer = call(arbiter, book -> {
            if (fault == Fault.NO_NUMBERS) {
                return Optional.of(request.apply(book));
            }
            var served = book.serve(list.epoch(), request);
            if (served.isEmpty() && random.nextBoolean()) {
                learn(node, book.lists().list());
            }
            return served;
        });
        return answer.flatMap(served -> served);
    }

    /** Somebody else does something in the middle of a decision. */
    private void interleave() {
        if (nesting < MAX_NESTING && random.nextInt(4) == 0) {
            nesting++;
            switch (random.nextInt(6)) {
                case 0 -> release(node());
                case 1 -> change();
                case 2 -> handOn();
                case 3 -> settle();
                default -> claim(node());
            }
            nesting--;
        }
    }

    private final class LossyVotes implements ListVotes {
        @Override
        public List<Promise> prepare(ArbiterList under, Ballot ballot) {
            var promises = new ArrayList<Promise>();
            for (var arbiter : under.names()) {
                interleave();
                call(arbiter, book -> book.serve(under.epoch(), served -> served.prepare(ballot)))
                        .flatMap(served -> served)
                        .flatMap(promise -> promise)
                        .map(promise -> fault == Fault.BEGUN_IS_FORGOTTEN
                                ? new Promise(promise.promised(), Optional.empty())
                                : promise)
                        .ifPresent(promises::add);
            }
            return promises;
        }

        @Override
        public int accept(ArbiterList under, ListProposal proposal) {
            int accepted = 0;
            for (var arbiter : under.names()) {
                interleave();
                accepted += call(arbiter, book -> book.serve(under.epoch(), served -> served.accept(proposal)))
                                .flatMap(served -> served)
                                .orElse(false)
                        ? 1
                        : 0;
            }
            return accepted;
        }
    }

    /** The books of one list over lossy calls, something else between any two of them. */
    private final class LossyBooks implements Books {
        private final Holder node;
        private final ArbiterList list;

        LossyBooks(Holder node, ArbiterList list) {
            this.node = node;
            this.list = list;
        }

        @Override
        public Optional<Reading> read(String task) {
            var entries = new HashMap<String, BookEntry>();
            var ended = new HashSet<DeathWord>();
            for (var arbiter : list.names()) {
                interleave();
                ask(node, list, arbiter, book -> book.read(task))
                        .filter(Book.Reading::voting)
                        .ifPresent(reading -> {
                            entries.put(arbiter, reading.entry());
                            ended.addAll(reading.endedBoots());
                        });
            }
            return entries.size() >= list.majority() ? Optional.of(new Reading(entries, ended)) : Optional.empty();
        }

        @Override
        public boolean write(Reading read, BookEntry next) {
            int accepted = 0;
            for (var entry : new TreeMap<>(read.entries()).entrySet()) {
                interleave();
                accepted += ask(node, list, entry.getKey(), book -> book.write(entry.getValue(), next))
                                .orElse(false)
                        ? 1
                        : 0;
            }
            return accepted >= list.majority();
        }

        @Override
        public boolean release(String task, String claimId) {
            releaseAll(node, claimId);
            return true;
        }

        @Override
        public boolean revoke(LeaseId lease) {
            int revoked = 0;
            for (var arbiter : list.names()) {
                interleave();
                revoked += ask(node, list, arbiter, book -> book.revoke(lease, nowNanos))
                                .orElse(false)
                        ? 1
                        : 0;
            }
            return revoked >= list.majority();
        }
    }
}
