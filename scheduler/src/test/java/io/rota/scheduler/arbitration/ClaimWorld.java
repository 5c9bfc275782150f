package io.rota.scheduler.arbitration;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Three books, some nodes that want one task, and everything that can go wrong between them: lost requests, lost answers,
 * decisions that interleave, nodes that are cut off, nodes that die with and without a guard's word, books that are emptied. Without the CP lock,
 * so that the books alone must hold. Watches that never two claims are live at once and that tokens grow. Everything
 * follows from the seed.
 */
final class ClaimWorld {
    static final String TASK = "payout";

    private static final long SECOND = 1_000_000_000L;
    private static final int BOOKS = 3;
    private static final int MAX_NESTING = 2;

    private final Random random;
    private final int lossPercent;
    private final List<MemoryBook> books = new ArrayList<>();
    private final Map<Integer, Long> blankSince = new TreeMap<>();
    private final List<Holder> nodes = new ArrayList<>();
    private final Arbiter arbiter;
    private final List<String> violations = new ArrayList<>();

    private long nowNanos = 100 * SECOND;
    private long lastToken;
    private long boots;
    private long tries;
    private int nesting;
    private int granted;
    private int takeovers;
    private boolean trusting;

    /** A node: at most one claim, living by a lease that it renews. */
    private static final class Holder {
        private final String name;
        private long bootId;
        private LeaseKeeper keeper;
        private String claimId = "";
        private boolean running;
        private long cutOffUntilNanos;

        Holder(String name, long bootId, LeaseKeeper keeper) {
            this.name = name;
            this.bootId = bootId;
            this.keeper = keeper;
        }
    }

    ClaimWorld(long seed, int nodeCount, int lossPercent) {
        this.random = new Random(seed);
        this.lossPercent = lossPercent;
        for (int i = 0; i < BOOKS; i++) {
            var book = new MemoryBook();
            book.vote(nowNanos);
            books.add(book);
        }
        for (int i = 0; i < nodeCount; i++) {
            var name = "n" + (i + 1);
            nodes.add(new Holder(name, ++boots, keeper(name, boots)));
        }
        this.arbiter = new Arbiter(new NoLocks(), new LossyBooks(), () -> nowNanos);
    }

    private LeaseKeeper keeper(String name, long bootId) {
        return new LeaseKeeper(name, bootId, BOOKS, nowNanos);
    }

    /** Plants a fault: claims of others count as over without proof. */
    void trustEverybody() {
        trusting = true;
    }

    void step() {
        nowNanos += random.nextInt(700) * (SECOND / 1000);
        settle();
        var node = nodes.get(random.nextInt(nodes.size()));
        switch (random.nextInt(20)) {
            case 0 -> crash(node, true);
            case 1 -> crash(node, false);
            case 2 -> emptyABook();
            case 3 -> nowNanos += random.nextInt(8) * SECOND;
            case 4, 5, 6 -> release(node);
            case 7 -> node.cutOffUntilNanos = nowNanos + random.nextInt(16) * SECOND;
            default -> claim(node);
        }
        nodes.stream()
                .filter(other -> !isCutOff(other) && random.nextInt(4) != 0)
                .forEach(this::renew);
        settle();
    }

    List<String> violations() {
        return violations;
    }

    int granted() {
        return granted;
    }

    int takeovers() {
        return takeovers;
    }

    /** What time alone does: leases that ran out end their runs, emptied books wait, copy and vote. */
    private void settle() {
        for (var node : nodes) {
            if (node.keeper.isLapsed(nowNanos)) {
                node.running = false;
                node.claimId = "";
                node.keeper.nextEpoch(nowNanos);
            }
        }
        for (var blank : List.copyOf(blankSince.keySet())) {
            var others = new ArrayList<Book.Copy>();
            for (int i = 0; i < BOOKS; i++) {
                if (i != blank && books.get(i).state() == Book.State.VOTING) {
                    others.add(books.get(i).copy("", 0));
                }
            }
            if (nowNanos - blankSince.getOrDefault(blank, nowNanos) > 7 * SECOND && others.size() == BOOKS - 1) {
                books.get(blank).refill(others, 0);
                books.get(blank).vote(nowNanos);
                blankSince.remove(blank);
            }
        }
    }

    /** Nothing it sends arrives; what it runs, it runs on. */
    private boolean isCutOff(Holder node) {
        return nowNanos < node.cutOffUntilNanos;
    }

    private void renew(Holder node) {
        long round = node.keeper.beginRound(nowNanos);
        for (int i = 0; i < BOOKS; i++) {
            var answer = call(i, book -> book.renew(node.keeper.lease().id(), nowNanos));
            var name = "b" + i;
            answer.filter(Book.Renewal::renewed).ifPresent(renewal -> {
                node.keeper.onGranted(round, name, nowNanos);
                renewal.open().stream()
                        .filter(claim -> !claim.claimId().equals(node.claimId))
                        .forEach(claim -> releaseAll(claim.claimId()));
            });
        }
    }

    private void claim(Holder node) {
        if (isCutOff(node)
                || node.running
                || !node.claimId.isEmpty()
                || node.keeper.lease().remainingNanos(nowNanos) == 0) {
            return;
        }
        var lease = node.keeper.lease().id();
        node.claimId = node.name + "/" + ++tries;
        var claimId = node.claimId;
        var decision = arbiter.decide(new ClaimRequest(claimId, lease, TestClaims.service(TASK)));
        boolean answerArrives = random.nextInt(100) >= lossPercent;
        boolean stillAsking =
                node.claimId.equals(claimId) && lease.equals(node.keeper.lease().id());
        if (answerArrives
                && stillAsking
                && decision instanceof ClaimDecision.Granted grant
                && node.keeper.lease().remainingNanos(nowNanos) > 0) {
            start(node, grant.token());
        } else if (stillAsking) {
            releaseAll(claimId);
            node.claimId = "";
        }
    }

    private void start(Holder node, long token) {
        for (var other : nodes) {
            if (other.running) {
                violations.add(node.name + " starts with token " + token + " while " + other.name + " runs, at "
                        + nowNanos / SECOND + " s");
            }
        }
        if (token <= lastToken) {
            violations.add("token " + token + " after " + lastToken);
        }
        lastToken = token;
        granted++;
        node.running = true;
    }

    private void release(Holder node) {
        if (node.running && !isCutOff(node)) {
            node.running = false;
            releaseAll(node.claimId);
            node.claimId = "";
        }
    }

    private void releaseAll(String claimId) {
        for (int i = 0; i < BOOKS; i++) {
            call(i, book -> book.release(TASK, claimId));
        }
    }

    /** The process and its boot are gone; with a word, the books hear of it. */
    private void crash(Holder node, boolean withWord) {
        if (node.running) {
            takeovers++;
        }
        node.running = false;
        node.claimId = "";
        if (withWord) {
            var word = new DeathWord(node.name, node.bootId);
            for (int i = 0; i < BOOKS; i++) {
                call(i, book -> {
                    book.certify(word);
                    return true;
                });
            }
        }
        node.bootId = ++boots;
        node.keeper = keeper(node.name, node.bootId);
    }

    /** At most one book at a time: a minority. */
    private void emptyABook() {
        if (blankSince.isEmpty()) {
            int index = random.nextInt(BOOKS);
            books.set(index, new MemoryBook());
            blankSince.put(index, nowNanos);
        }
    }

    private interface Call<T> {
        T on(MemoryBook book);
    }

    /** A call that may never arrive, or whose answer may never come back. */
    private <T> Optional<T> call(int index, Call<T> call) {
        if (random.nextInt(100) < lossPercent) {
            return Optional.empty();
        }
        var answer = Optional.of(call.on(books.get(index)));
        return random.nextInt(100) < lossPercent ? Optional.empty() : answer;
    }

    /** Somebody else decides in the middle of a decision. */
    private void interleave() {
        if (nesting < MAX_NESTING && random.nextInt(4) == 0) {
            nesting++;
            var node = nodes.get(random.nextInt(nodes.size()));
            if (random.nextInt(3) == 0) {
                release(node);
            } else {
                claim(node);
            }
            nesting--;
        }
    }

    /** The books of all arbiters over lossy calls, a decision of another node between any two of them. */
    private final class LossyBooks implements Books {
        @Override
        public Optional<Reading> read(String task) {
            var entries = new HashMap<String, BookEntry>();
            var ended = new TreeSet<DeathWord>(java.util.Comparator.comparingLong(DeathWord::bootId));
            for (int i = 0; i < BOOKS; i++) {
                interleave();
                var name = Integer.toString(i);
                call(i, book -> book.read(task)).filter(Book.Reading::voting).ifPresent(reading -> {
                    entries.put(name, reading.entry());
                    ended.addAll(reading.endedBoots());
                });
            }
            return entries.size() > BOOKS / 2 ? Optional.of(new Reading(entries, ended)) : Optional.empty();
        }

        @Override
        public boolean write(Reading read, BookEntry next) {
            int accepted = 0;
            for (var entry : new TreeMap<>(read.entries()).entrySet()) {
                interleave();
                int index = Integer.parseInt(entry.getKey());
                accepted +=
                        call(index, book -> book.write(entry.getValue(), next)).orElse(false) ? 1 : 0;
            }
            return accepted > BOOKS / 2;
        }

        @Override
        public boolean release(String task, String claimId) {
            releaseAll(claimId);
            return true;
        }

        @Override
        public boolean revoke(LeaseId lease) {
            int revoked = 0;
            for (int i = 0; i < BOOKS; i++) {
                interleave();
                revoked += call(i, book -> book.revoke(lease, nowNanos)).orElse(false) ? 1 : 0;
            }
            return trusting || revoked > BOOKS / 2;
        }
    }
}
