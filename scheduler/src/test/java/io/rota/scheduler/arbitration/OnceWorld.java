package io.rota.scheduler.arbitration;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Three books and some nodes that work off the occurrences 1, 2, 3 and so on of one task of level once, while requests and
 * answers are lost, decisions interleave, nodes die before, in and after a run with and without a guard's word, leases run
 * out, and books are emptied and refilled. Probes know the truth or cannot tell; persons know it. The world keeps what
 * really happened, start by start and effect by effect, and compares. Everything follows from the seed.
 */
final class OnceWorld {
    private static final String TASK = "payout";
    private static final long SECOND = 1_000_000_000L;
    private static final int BOOKS = 3;
    private static final int MAX_NESTING = 2;

    /** What can be planted. */
    enum Fault {
        NONE,
        /** The task is claimed at level exclusive: a claim that is over leaves no doubt. */
        LEAVE_NO_DOUBT,
        /** Books accept any higher token instead of comparing with what was read. */
        ANY_HIGHER_TOKEN,
        /** A claim counts as over before that is proven, so that a probe looks at a run that is under way. */
        NO_PROOF
    }

    private final Random random;
    private final int lossPercent;
    private final Fault fault;
    private final List<MemoryBook> books = new ArrayList<>();
    private final Map<Integer, Long> blankSince = new TreeMap<>();
    private final List<Worker> workers = new ArrayList<>();
    private final Arbiter arbiter;
    private final OnceTruth truth = new OnceTruth();

    private long nowNanos = 100 * SECOND;
    private long boots;
    private long tries;
    private int nesting;
    private int doubts;
    private boolean calm;

    /** A node: at most one claim at a time, living by a lease that it renews; what it must tell it tells until it is heard. */
    private static final class Worker {
        private final String name;
        private long bootId;
        private LeaseKeeper keeper;
        private String asking = "";
        private Optional<Claim> held = Optional.empty();
        private long running;
        private final Map<String, Claim> toTell = new LinkedHashMap<>();

        Worker(String name, long bootId, LeaseKeeper keeper) {
            this.name = name;
            this.bootId = bootId;
            this.keeper = keeper;
        }
    }

    OnceWorld(long seed, int nodeCount, int lossPercent, Fault fault) {
        this.random = new Random(seed);
        this.lossPercent = lossPercent;
        this.fault = fault;
        for (int i = 0; i < BOOKS; i++) {
            var book = new MemoryBook();
            book.vote(nowNanos);
            books.add(book);
        }
        for (int i = 0; i < nodeCount; i++) {
            var name = "n" + (i + 1);
            workers.add(new Worker(name, ++boots, new LeaseKeeper(name, boots, BOOKS, nowNanos)));
        }
        this.arbiter = new Arbiter(new NoLocks(), new LossyBooks(), () -> nowNanos);
    }

    OnceTruth truth() {
        return truth;
    }

    int doubts() {
        return doubts;
    }

    void step() {
        nowNanos += random.nextInt(500) * (SECOND / 1000);
        settle();
        var worker = workers.get(random.nextInt(workers.size()));
        switch (random.nextInt(calm ? 12 : 16)) {
            case 12 -> crash(worker, true);
            case 13 -> crash(worker, false);
            case 14 -> emptyABook();
            case 15 -> nowNanos += random.nextInt(8) * SECOND;
            default -> act(worker);
        }
        workers.stream().filter(other -> random.nextInt(4) != 0).forEach(this::renew);
        settle();
    }

    /** From now on nothing fails any more; after some steps nothing may be left in doubt. */
    void calmDown() {
        calm = true;
        for (int i = 0; i < 600; i++) {
            step();
        }
        var record = new LossyBooks().read(TASK).map(Books.Reading::merged).orElse(BookEntry.EMPTY);
        truth.check(record.endedMillis());
    }

    // ---- what a node does next

    private void act(Worker worker) {
        if (!worker.toTell.isEmpty()) {
            tell(worker);
        } else if (worker.running != 0) {
            workOn(worker);
        } else if (worker.held.isEmpty() && worker.asking.isEmpty() && hasLease(worker)) {
            look(worker);
        }
    }

    private boolean hasLease(Worker worker) {
        return worker.keeper.lease().remainingNanos(nowNanos) > 0;
    }

    private void look(Worker worker) {
        var answer = ask(worker, purpose(ClaimKind.LOOK, Purpose.NO_OCCURRENCE, ""));
        if (answer.isEmpty()) {
            return;
        }
        if (answer.get() instanceof ClaimDecision.Settled settled) {
            long next = Math.max(0, settled.endedMillis()) + 1;
            start(worker, purpose(ClaimKind.ONCE, next, ""));
        } else if (answer.get() instanceof ClaimDecision.InDoubt inDoubt) {
            doubts++;
            var intent = inDoubt.doubt().intent();
            long occurrence = intent.purpose().occurrenceMillis();
            switch (inDoubt.doubt().stage()) {
                case OPEN -> findOut(worker, intent, ClaimKind.PROBE);
                case HELD -> findOut(worker, intent, ClaimKind.DECISION);
                case NOT_DONE -> start(worker, purpose(ClaimKind.ONCE, occurrence, ""));
            }
        }
    }

    private Purpose purpose(ClaimKind kind, long occurrence, String about) {
        boolean forgetful = kind == ClaimKind.ONCE && fault == Fault.LEAVE_NO_DOUBT;
        return new Purpose(
                forgetful ? ClaimKind.EXCLUSIVE : kind, TASK, TASK + "@" + occurrence, 7, occurrence, about, 0);
    }

    /** The answer, if it arrives and this node has not died meanwhile. */
    private Optional<ClaimDecision> ask(Worker worker, Purpose purpose) {
        var lease = worker.keeper.lease().id();
        var claimId = worker.name + "/" + ++tries;
        worker.asking = claimId;
        var decision = arbiter.decide(new ClaimRequest(claimId, lease, purpose));
        boolean same = worker.asking.equals(claimId)
                && lease.equals(worker.keeper.lease().id());
        if (worker.asking.equals(claimId)) {
            worker.asking = "";
        }
        if (same && !isLost() && decision instanceof ClaimDecision.Granted granted && hasLease(worker)) {
            worker.held = Optional.of(new Claim(claimId, granted.token(), lease, purpose, Ending.OPEN));
            return Optional.of(decision);
        }
        if (purpose.kind() != ClaimKind.LOOK) {
            for (int i = 0; i < BOOKS; i++) {
                call(i, book -> book.release(TASK, claimId));
            }
        }
        return same && !(decision instanceof ClaimDecision.Granted) ? Optional.of(decision) : Optional.empty();
    }

    private void start(Worker worker, Purpose purpose) {
        var answer = ask(worker, purpose);
        if (answer.isEmpty() || !(answer.get() instanceof ClaimDecision.Granted)) {
            return;
        }
        if (random.nextInt(20) == 0) {
            // Granted, and given up before anything was started.
            worker.held.ifPresent(claim -> end(worker, claim, ClaimEnd.RELEASED));
            return;
        }
        long occurrence = purpose.occurrenceMillis();
        truth.started(
                worker.name,
                occurrence,
                workers.stream()
                        .filter(other -> other.running != 0)
                        .map(other -> other.name)
                        .toList());
        worker.running = occurrence;
    }

    private void workOn(Worker worker) {
        long occurrence = worker.running;
        boolean ends = random.nextInt(3) == 0;
        boolean fails = ends && !truth.hadEffect(occurrence) && random.nextInt(8) == 0;
        if (!fails && !truth.hadEffect(occurrence) && random.nextBoolean()) {
            truth.tookEffect(occurrence);
        } else if (ends && (fails || truth.hadEffect(occurrence))) {
            worker.running = 0;
            var end = fails ? ClaimEnd.FAILED : ClaimEnd.SUCCEEDED;
            truth.ended(occurrence, end);
            worker.held.ifPresent(claim -> end(worker, claim, end));
        }
    }

    private void findOut(Worker worker, Claim inDoubt, ClaimKind kind) {
        long occurrence = inDoubt.purpose().occurrenceMillis();
        var answer =
                ask(worker, new Purpose(kind, TASK, inDoubt.purpose().runId(), 7, occurrence, inDoubt.claimId(), 0));
        if (answer.isEmpty() || !(answer.get() instanceof ClaimDecision.Granted) || worker.held.isEmpty()) {
            return;
        }
        boolean done = truth.hadEffect(occurrence);
        boolean tells = kind == ClaimKind.DECISION || random.nextInt(3) != 0;
        var end = done ? ClaimEnd.DONE : ClaimEnd.NOT_DONE;
        if (tells && end == ClaimEnd.NOT_DONE) {
            truth.saidNotDone(occurrence);
        }
        end(worker, worker.held.get(), tells ? end : random.nextBoolean() ? ClaimEnd.HELD : ClaimEnd.RELEASED);
    }

    private void end(Worker worker, Claim claim, ClaimEnd end) {
        worker.held = Optional.empty();
        worker.toTell.put(claim.claimId(), claim.ended(new Ending(end, worker.name, "", tries)));
        tell(worker);
    }

    /** Told until a majority has heard it: before that it does nothing else. */
    private void tell(Worker worker) {
        for (var claim : List.copyOf(worker.toTell.values())) {
            int heard = 0;
            for (int i = 0; i < BOOKS; i++) {
                heard += call(i, book -> book.end(claim)).orElse(false) ? 1 : 0;
            }
            if (heard > BOOKS / 2) {
                worker.toTell.remove(claim.claimId());
            }
        }
    }

    // ---- what happens to nodes and books

    /** What time alone does: leases that ran out end their runs, emptied books wait, copy and vote. */
    private void settle() {
        for (var worker : workers) {
            if (worker.keeper.isLapsed(nowNanos)) {
                boolean cutOff = worker.running != 0;
                worker.running = 0;
                worker.asking = "";
                worker.held.ifPresent(claim -> worker.toTell.put(
                        claim.claimId(),
                        claim.ended(new Ending(
                                cutOff ? ClaimEnd.INTERRUPTED : ClaimEnd.RELEASED, worker.name, "", tries))));
                worker.held = Optional.empty();
                worker.keeper.nextEpoch(nowNanos);
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

    private void renew(Worker worker) {
        long round = worker.keeper.beginRound(nowNanos);
        for (int i = 0; i < BOOKS; i++) {
            var name = "b" + i;
            call(i, book -> book.renew(worker.keeper.lease().id(), nowNanos))
                    .filter(Book.Renewal::renewed)
                    .ifPresent(renewal -> worker.keeper.onGranted(round, name, nowNanos));
        }
    }

    /** The node, its run and all that it had still to tell are gone; with a word, the books hear of it. */
    private void crash(Worker worker, boolean withWord) {
        worker.running = 0;
        worker.asking = "";
        worker.held = Optional.empty();
        worker.toTell.clear();
        if (withWord) {
            var word = new DeathWord(worker.name, worker.bootId);
            for (int i = 0; i < BOOKS; i++) {
                call(i, book -> {
                    book.certify(word);
                    return true;
                });
            }
        }
        worker.bootId = ++boots;
        worker.keeper = new LeaseKeeper(worker.name, boots, BOOKS, nowNanos);
    }

    /** At most one book at a time: a minority. */
    private void emptyABook() {
        if (blankSince.isEmpty() && random.nextInt(4) == 0) {
            int index = random.nextInt(BOOKS);
            books.set(index, new MemoryBook());
            blankSince.put(index, nowNanos);
        }
    }

    private boolean isLost() {
        return !calm && random.nextInt(100) < lossPercent;
    }

    /** A call that may never arrive, or whose answer may never come back. */
    private <T> Optional<T> call(int index, Function<MemoryBook, T> call) {
        if (isLost()) {
            return Optional.empty();
        }
        var answer = Optional.of(call.apply(books.get(index)));
        return isLost() ? Optional.empty() : answer;
    }

    /** Somebody else acts in the middle of a decision. */
    private void interleave() {
        if (nesting < MAX_NESTING && random.nextInt(4) == 0) {
            nesting++;
            act(workers.get(random.nextInt(workers.size())));
            nesting--;
        }
    }

    /** The books of all arbiters over lossy calls, something else between any two of them. */
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
                accepted += call(
                                        index,
                                        book -> fault == Fault.ANY_HIGHER_TOKEN
                                                ? book.write(book.read(TASK).entry(), next)
                                                : book.write(entry.getValue(), next))
                                .orElse(false)
                        ? 1
                        : 0;
            }
            return accepted > BOOKS / 2;
        }

        @Override
        public boolean release(String task, String claimId) {
            for (int i = 0; i < BOOKS; i++) {
                call(i, book -> book.release(task, claimId));
            }
            return true;
        }

        @Override
        public boolean revoke(LeaseId lease) {
            int revoked = 0;
            for (int i = 0; i < BOOKS; i++) {
                interleave();
                revoked += call(i, book -> book.revoke(lease, nowNanos)).orElse(false) ? 1 : 0;
            }
            return revoked > BOOKS / 2 || fault == Fault.NO_PROOF;
        }
    }
}
