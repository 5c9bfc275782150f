package io.rota.scheduler.run;

import io.rota.scheduler.arbitration.Arbiter;
import io.rota.scheduler.arbitration.Book;
import io.rota.scheduler.arbitration.TaskLocks;
import io.rota.scheduler.book.SqliteBook;
import io.rota.scheduler.loop.Ticker;
import io.rota.scheduler.peer.PeerAnswer;
import io.rota.scheduler.peer.PeerCalls;
import io.rota.scheduler.peer.PeerRequest;
import io.rota.scheduler.peer.QuorumBooks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a listed arbiter has beyond any other node: its book, the task locks, and the right to decide. A blank book
 * begins to vote only after a wait that outlasts every lease granted before its start, and only if all listed books are
 * blank or a majority of the others could be copied. Thread-safe.
 */
public final class ArbiterSeat implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ArbiterSeat.class);
    /** One lease and 10 %. */
    static final long WAIT_NANOS = 6_600_000_000L;

    private static final long RETRY_MILLIS = 300;
    private static final Duration COPY_LIMIT = Duration.ofMillis(700);

    private final String self;
    private final List<String> arbiters;
    private final PeerCalls peers;
    private final TaskLocks locks;
    private final SqliteBook book;
    private final Arbiter arbiter;
    private final long startNanos = System.nanoTime();
    private final Map<String, Book.Copy> copies = new ConcurrentHashMap<>();
    private final Ticker timer = new Ticker("book", 1);

    /**
     * A seat with this book; both the book and the locks are closed with it.
     *
     * @param arbiters all listed arbiters, {@code self} among them
     */
    public ArbiterSeat(String self, List<String> arbiters, PeerCalls peers, TaskLocks locks, SqliteBook book) {
        this.book = book;
        this.self = self;
        this.arbiters = List.copyOf(arbiters);
        this.peers = peers;
        this.locks = locks;
        this.arbiter = new Arbiter(locks, new QuorumBooks(arbiters, peers), System::nanoTime);
    }

    /** A book that has voted before votes again at once; a blank one is first compared with the others'. */
    public void start() {
        if (book.hasVotedBefore()) {
            book.vote(System.nanoTime());
            LOG.info(
                    "book votes: it was read back from disk tasks={}",
                    book.copy().entries().size());
            return;
        }
        timer.every(RETRY_MILLIS, this::prepareToVote);
    }

    public Book book() {
        return book;
    }

    public Arbiter arbiter() {
        return arbiter;
    }

    public TaskLocks.Status locks() {
        return locks.status();
    }

    private void prepareToVote() {
        if (book.state() == Book.State.VOTING) {
            timer.close();
            return;
        }
        var others = arbiters.stream().filter(name -> !name.equals(self)).toList();
        if (System.nanoTime() - startNanos >= WAIT_NANOS) {
            decideToVote(others);
        }
        for (var other : others) {
            peers.ask(
                    other,
                    new PeerRequest.CopyBook(),
                    COPY_LIMIT,
                    answer -> answer.ifPresentOrElse(found -> remember(other, found), () -> copies.remove(other)));
        }
    }

    private void remember(String other, PeerAnswer answer) {
        if (answer instanceof PeerAnswer.BookCopied copied) {
            copies.put(other, copied.copy());
        }
    }

    private void decideToVote(List<String> others) {
        var heard = new ArrayList<>(copies.values());
        boolean allBlank = heard.size() == others.size() && heard.stream().allMatch(Book.Copy::blank);
        var voting = heard.stream().filter(Book.Copy::voting).toList();
        if (allBlank) {
            book.vote(System.nanoTime());
            LOG.info("book votes as new: the books of all {} arbiters are blank", arbiters.size());
        } else if (voting.size() > arbiters.size() / 2) {
            book.refill(voting);
            book.vote(System.nanoTime());
            LOG.info(
                    "book votes: refilled from {} others tasks={}",
                    voting.size(),
                    book.copy().entries().size());
        }
    }

    @Override
    public void close() {
        timer.close();
        locks.close();
        book.close();
    }
}
