package io.rota.scheduler.peer;

import io.rota.scheduler.arbitration.MemoryBook;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Arbiters in memory, each with a real book and manners of its own. Time is the test's: a revocation sees the clock that
 * the test set. Confined to the test thread.
 */
final class FakeArbiters implements PeerCalls {
    /** How an arbiter treats a request. */
    enum Manner {
        /** Carries it out and answers at once. */
        PROMPT,
        /** Does not carry it out, and the transport says at once that no answer will come. */
        DEAD,
        /** Carries it out, and its answer is kept until {@link #deliverLate}. */
        LATE,
        /** Says that it cannot serve the request here. */
        REFUSING
    }

    private final Map<String, MemoryBook> books = new LinkedHashMap<>();
    private final Map<String, Manner> manners = new LinkedHashMap<>();
    private final List<Runnable> late = new ArrayList<>();
    private long nowNanos;

    FakeArbiters(String... names) {
        for (var name : names) {
            var book = new MemoryBook();
            book.vote(nowNanos);
            books.put(name, book);
            manners.put(name, Manner.PROMPT);
        }
    }

    MemoryBook book(String name) {
        var book = books.get(name);
        if (book == null) {
            throw new IllegalArgumentException(name + " is no arbiter");
        }
        return book;
    }

    /** Its book starts over and takes no part yet. */
    void restart(String name) {
        books.put(name, new MemoryBook());
    }

    void behave(String name, Manner manner) {
        manners.put(name, manner);
    }

    void setNow(long nanos) {
        nowNanos = nanos;
    }

    /** Hands out the answers of all that were late. */
    void deliverLate() {
        late.forEach(Runnable::run);
        late.clear();
    }

    @Override
    public void ask(String member, PeerRequest request, Duration limit, Consumer<Optional<PeerAnswer>> onAnswer) {
        switch (manners.getOrDefault(member, Manner.DEAD)) {
            case PROMPT -> onAnswer.accept(Optional.of(serve(book(member), request)));
            case LATE -> {
                var answer = serve(book(member), request);
                late.add(() -> onAnswer.accept(Optional.of(answer)));
            }
            case DEAD -> onAnswer.accept(Optional.empty());
            case REFUSING -> onAnswer.accept(Optional.of(new PeerAnswer.Refused(member + " is not a listed arbiter")));
        }
    }

    private PeerAnswer serve(MemoryBook book, PeerRequest request) {
        if (request instanceof PeerRequest.Numbered numbered) {
            return serve(book, numbered.request());
        }
        if (request instanceof PeerRequest.ReadBook read) {
            return new PeerAnswer.BookRead(book.read(read.task()));
        }
        if (request instanceof PeerRequest.WriteBook write) {
            return new PeerAnswer.Done(book.write(write.expected(), write.next()));
        }
        if (request instanceof PeerRequest.ReleaseClaim release) {
            return new PeerAnswer.Done(book.release(release.task(), release.claimId()));
        }
        if (request instanceof PeerRequest.RevokeLease revoke) {
            return new PeerAnswer.Done(book.revoke(revoke.lease(), nowNanos));
        }
        throw new IllegalStateException("not asked for by quorum books: " + request);
    }
}
