package io.rota.scheduler.run;

import io.rota.scheduler.arbitration.Arbiter;
import io.rota.scheduler.arbitration.ArbiterList;
import io.rota.scheduler.arbitration.Book;
import io.rota.scheduler.arbitration.SeatRule;
import io.rota.scheduler.arbitration.TaskLocks;
import io.rota.scheduler.book.SqliteBook;
import io.rota.scheduler.loop.Ticker;
import io.rota.scheduler.peer.KnownArbiters;
import io.rota.scheduler.peer.PeerAnswer;
import io.rota.scheduler.peer.PeerCalls;
import io.rota.scheduler.peer.PeerRequest;
import io.rota.scheduler.peer.QuorumBooks;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a listed arbiter has beyond any other node: its book, the task locks, and the right to decide. A blank book begins
 * to vote as {@link SeatRule} allows it; the book moves on with the list of arbiters. Thread-safe.
 */
public final class ArbiterSeat implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ArbiterSeat.class);
    /** One lease and 10 %. */
    static final long WAIT_NANOS = 6_600_000_000L;

    private static final long CARE_MILLIS = 300;
    /** Each second or so the others are told how far this book is. */
    private static final int COMPARE_EVERY = 3;

    private static final Duration COPY_LIMIT = Duration.ofMillis(700);

    private final String self;
    private final long life;
    private final KnownArbiters arbiters;
    private final PeerCalls peers;
    private final TaskLocks locks;
    private final SqliteBook book;
    private final long startNanos = System.nanoTime();
    private final Map<String, Book.Copy> copies = new ConcurrentHashMap<>();
    /** How far the others had seen this book before this life. */
    private final Map<String, Long> seen = new ConcurrentHashMap<>();

    private int cares;
    private final Ticker timer = new Ticker("book", 1);

    /**
     * A seat with this book; both the book and the locks are closed with it.
     *
     * @param life unlike that of every other process of this node
     */
    public ArbiterSeat(
            String self, long life, KnownArbiters arbiters, PeerCalls peers, TaskLocks locks, SqliteBook book) {
        this.book = book;
        this.self = self;
        this.life = life;
        this.arbiters = arbiters;
        this.peers = peers;
        this.locks = locks;
    }

    /**
     * A book that has voted before votes again as soon as so many others as it takes to decide have not seen it further on;
     * a blank one is first compared with the others'.
     */
    public void start() {
        arbiters.learn(book.lists().list());
        book.moveOn(arbiters.list());
        goOn(book.lists().list());
        arbiters.onNew(list -> timer.after(0, this::care));
        timer.every(CARE_MILLIS, this::care);
    }

    public Book book() {
        return book;
    }

    /** True if its book serves the list of this number, and is of it. */
    public boolean isOf(long epoch) {
        return book.serve(epoch, served -> true).orElse(false);
    }

    /** Decides claims under the list that the book serves at this moment. */
    public Arbiter arbiter() {
        return new Arbiter(locks, new QuorumBooks(book.lists().list(), arbiters), System::nanoTime);
    }

    public TaskLocks.Status locks() {
        return locks.status();
    }

    private synchronized void care() {
        var before = book.lists().list();
        book.moveOn(arbiters.list());
        var present = book.lists().list();
        if (present.epoch() != before.epoch()) {
            LOG.info(
                    "book moved on to another list of arbiters list={} arbiters={} by=\"{}\" reason=\"{}\"",
                    present.epoch(),
                    present.names(),
                    present.change().by(),
                    present.change().reason());
            copies.clear();
        }
        if (book.state() != Book.State.VOTING) {
            compareBooks(present);
            goOn(present);
        } else if (++cares % COMPARE_EVERY == 0) {
            compareBooks(present);
        }
        if (book.state() != Book.State.VOTING && !book.isWhole() && present.contains(self)) {
            prepareToVote(present);
        }
    }

    /** A book that was read back from disk votes once it is clear that it is not an old copy. */
    private void goOn(ArbiterList present) {
        if (!book.isWhole() || book.state() == Book.State.VOTING) {
            return;
        }
        var trust = SeatRule.trust(present, book.tally(), seen);
        if (trust == SeatRule.Trust.WHOLE) {
            book.vote(System.nanoTime());
            LOG.info("book votes: it was read back from disk list={} arbiters={}", present.epoch(), present.names());
        } else if (trust == SeatRule.Trust.OLDER) {
            LOG.error(
                    "the book is older than the others have seen it: it was put back from an old copy, or the disk has lost"
                            + " what it had confirmed; it counts as emptied and refills from the others tally={} seen={}"
                            + " remedy=\"none is needed; if nobody has restored a copy, look at this disk\"",
                    book.tally(),
                    seen);
            book.distrust();
        }
    }

    private void compareBooks(ArbiterList present) {
        for (var other : present.names()) {
            if (!other.equals(self)) {
                peers.ask(other, new PeerRequest.CompareBooks(self, book.tally()), COPY_LIMIT, answer -> {
                    if (answer.isPresent() && answer.get() instanceof PeerAnswer.BookSeen told) {
                        seen.merge(other, told.tally(), Math::max);
                    }
                });
            }
        }
    }

    private long seenByOthers() {
        return seen.values().stream().mapToLong(Long::longValue).max().orElse(0);
    }

    private void prepareToVote(ArbiterList present) {
        var step = step(present);
        if (step instanceof SeatRule.Step.VoteAsNew fresh) {
            book.moveOn(fresh.first());
            book.refill(List.of(), seenByOthers());
            book.vote(System.nanoTime());
            arbiters.learn(fresh.first());
            LOG.info("book votes as new: the books of all arbiters are blank arbiters={}", present.names());
        } else if (step instanceof SeatRule.Step.Refill refill) {
            book.refill(refill.copies(), seenByOthers());
            book.vote(System.nanoTime());
            LOG.info(
                    "book votes: refilled from {} others list={} arbiters={}",
                    refill.copies().size(),
                    present.epoch(),
                    present.names());
        } else {
            askForCopies(present);
        }
    }

    private SeatRule.Step step(ArbiterList present) {
        return SeatRule.next(self, present, copies, System.nanoTime() - startNanos >= WAIT_NANOS);
    }

    private void askForCopies(ArbiterList present) {
        Set<String> others = new LinkedHashSet<>(present.names());
        others.addAll(present.before());
        others.remove(self);
        for (var other : others) {
            peers.ask(other, new PeerRequest.CopyBook(self, life), COPY_LIMIT, answer -> {
                if (answer.isPresent() && answer.get() instanceof PeerAnswer.BookCopied copied) {
                    hear(other, copied.copy());
                } else {
                    copies.remove(other);
                }
            });
        }
    }

    private void hear(String other, Book.Copy copy) {
        copies.put(other, copy);
        long theirs = copy.lists().list().epoch();
        long known = arbiters.list().epoch();
        if (theirs > known) {
            arbiters.learn(copy.lists().list());
        } else if (theirs < known) {
            arbiters.exchange(other);
        } else if (!(step(arbiters.list()) instanceof SeatRule.Step.Wait)) {
            // While a new arbiter does not vote the others may lack a majority: the answer counts at once.
            timer.after(0, this::care);
        }
    }

    @Override
    public void close() {
        timer.close();
        locks.close();
        book.close();
    }
}
