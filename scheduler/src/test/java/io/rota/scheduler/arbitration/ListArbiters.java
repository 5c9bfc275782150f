package io.rota.scheduler.arbitration;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;

/** The arbiters of a {@link ListWorld}, listed or not: their books, the disks that they lose, the calls that are lost. */
final class ListArbiters {
    static final List<String> NAMES = List.of("a1", "a2", "a3", "a4", "a5", "a6", "a7");

    private static final long WAIT_NANOS = 7_000_000_000L;

    private final Random random;
    private final int lossPercent;
    private final boolean copiesTooEarly;
    private final Map<String, Post> posts = new TreeMap<>();
    private long lives;

    private static final class Post {
        private final MemoryBook book;
        private final long life;
        private final long bornNanos;
        private long cutOffUntilNanos;

        Post(MemoryBook book, long life, long bornNanos) {
            this.book = book;
            this.life = life;
            this.bornNanos = bornNanos;
            this.cutOffUntilNanos = bornNanos;
        }
    }

    /** @param copiesTooEarly plants a fault: a new arbiter copies books that have not moved on */
    ListArbiters(Random random, int lossPercent, boolean copiesTooEarly, ArbiterList first) {
        this.random = random;
        this.lossPercent = lossPercent;
        this.copiesTooEarly = copiesTooEarly;
        for (var name : NAMES) {
            bear(name, 0);
            if (first.contains(name)) {
                book(name).moveOn(first);
                book(name).vote(0);
            }
        }
    }

    private void bear(String name, long nowNanos) {
        var file = ArbiterList.configured(List.of("nobody"));
        var book = new MemoryBook(name, file, BookContent.BLANK, BookChange.Listener.NOBODY);
        posts.put(name, new Post(book, ++lives, nowNanos));
    }

    private Post post(String name) {
        return Optional.ofNullable(posts.get(name)).orElseThrow();
    }

    MemoryBook book(String name) {
        return post(name).book;
    }

    private String anyName() {
        return NAMES.get(random.nextInt(NAMES.size()));
    }

    MemoryBook any() {
        return book(anyName());
    }

    /** No call reaches one of them until then. */
    void cutOff(long untilNanos) {
        post(anyName()).cutOffUntilNanos = untilNanos;
    }

    /** One at a time, and only while all others of the latest list are there: a minority. */
    void loseADisk(ArbiterList latest, long nowNanos) {
        var name = latest.names().get(random.nextInt(latest.seats().size()));
        boolean othersVote = latest.names().stream()
                .filter(other -> !other.equals(name))
                .map(this::book)
                .allMatch(book ->
                        book.state() == Book.State.VOTING && book.lists().list().epoch() == latest.epoch());
        if (latest.seats().size() > 1 && othersVote) {
            bear(name, nowNanos);
        }
    }

    /** A call that may never arrive, or whose answer may never come back. */
    <T> Optional<T> call(String arbiter, long nowNanos, Function<Book, T> call) {
        var post = post(arbiter);
        if (nowNanos < post.cutOffUntilNanos || random.nextInt(100) < lossPercent) {
            return Optional.empty();
        }
        var answer = Optional.of(call.apply(post.book));
        return random.nextInt(100) < lossPercent ? Optional.empty() : answer;
    }

    /** Those that do not vote ask for copies, and begin to when the rule allows it. */
    void takeSeats(long nowNanos) {
        for (var name : NAMES) {
            if (book(name).state() != Book.State.VOTING) {
                takeSeat(name, post(name), nowNanos);
            }
        }
    }

    private void takeSeat(String name, Post post, long nowNanos) {
        var list = post.book.lists().list();
        var copies = new HashMap<String, Book.Copy>();
        for (var other : NAMES) {
            if (!other.equals(name)) {
                call(other, nowNanos, book -> book.copy(name, post.life))
                        .ifPresent(copy -> copies.put(other, copiesTooEarly ? asMovedOn(copy, list) : copy));
            }
        }
        boolean waited = nowNanos - post.bornNanos > WAIT_NANOS;
        if (SeatRule.next(name, list, copies, waited) instanceof SeatRule.Step.Refill refill) {
            post.book.refill(refill.copies(), 0);
            post.book.vote(nowNanos);
        }
    }

    private static Book.Copy asMovedOn(Book.Copy copy, ArbiterList list) {
        return copy.lists().list().epoch() + 1 != list.epoch()
                ? copy
                : new Book.Copy(
                        copy.voting(),
                        copy.blank(),
                        copy.entries(),
                        copy.deaths(),
                        copy.verdicts(),
                        new ListRegister(list),
                        true);
    }
}
