package io.rota.scheduler.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rota.scheduler.arbitration.ArbiterList;
import io.rota.scheduler.arbitration.Book;
import io.rota.scheduler.arbitration.Claim;
import io.rota.scheduler.arbitration.ClaimDecision;
import io.rota.scheduler.arbitration.ClaimRequest;
import io.rota.scheduler.arbitration.LeaseId;
import io.rota.scheduler.arbitration.LocalTaskLocks;
import io.rota.scheduler.arbitration.TestClaims;
import io.rota.scheduler.book.SqliteBook;
import io.rota.scheduler.peer.KnownArbiters;
import io.rota.scheduler.peer.PeerAnswer;
import io.rota.scheduler.peer.PeerCalls;
import io.rota.scheduler.peer.PeerRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Seats with books on disk, in one process: what becomes of a book that is put back from an old copy. */
final class RestoredBookIT {
    private static final Duration WAIT = Duration.ofSeconds(30);
    private static final ArbiterList LIST = ArbiterList.first(List.of("n1", "n2", "n3"));
    private static final LeaseId LEASE = new LeaseId("n9", 1, 1);

    @TempDir
    private Path dir = Path.of("");

    private final Map<String, ArbiterSeat> seats = new ConcurrentHashMap<>();
    private long lives;

    @AfterEach
    void closeAll() {
        seats.values().forEach(ArbiterSeat::close);
    }

    private Path bookOf(String name) {
        return dir.resolve(name);
    }

    private ArbiterSeat start(String name) {
        PeerCalls peers = this::ask;
        var seat = new ArbiterSeat(
                name,
                ++lives,
                new KnownArbiters(name, LIST, peers),
                peers,
                new LocalTaskLocks(),
                SqliteBook.open(bookOf(name), name, LIST.names()));
        seats.put(name, seat);
        seat.start();
        return seat;
    }

    private void stop(String name) {
        Optional.ofNullable(seats.remove(name)).ifPresent(ArbiterSeat::close);
    }

    private void ask(String to, PeerRequest request, Duration limit, Consumer<Optional<PeerAnswer>> onAnswer) {
        var seat = seats.get(to);
        onAnswer.accept(seat == null ? Optional.empty() : Optional.of(SeatAnswers.of(seat, request)));
    }

    private Book book(String name) {
        return Optional.ofNullable(seats.get(name)).orElseThrow().book();
    }

    private boolean votes(String name) {
        return book(name).state() == Book.State.VOTING;
    }

    private void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (var files = Files.list(from)) {
            for (var file : files.filter(each -> each.getFileName().toString().startsWith("book.db"))
                    .toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }

    private void wipe(Path book) throws IOException {
        try (var files = Files.list(book)) {
            for (var file : files.toList()) {
                Files.delete(file);
            }
        }
    }

    private void threeThatHaveVoted() {
        for (var name : LIST.names()) {
            try (var book = SqliteBook.open(bookOf(name), name, LIST.names())) {
                book.moveOn(LIST);
                book.vote(0);
            }
        }
        LIST.names().forEach(this::start);
        await().atMost(WAIT).until(() -> LIST.names().stream().allMatch(this::votes));
    }

    private ClaimDecision claim(String id) {
        var request = new ClaimRequest(id, LEASE, TestClaims.service("t"));
        return Optional.ofNullable(seats.get("n1")).orElseThrow().arbiter().decide(request);
    }

    @Test
    void aBookThatIsPutBackFromAnOldCopyCountsAsEmptiedAndHoldsTheClaimBeforeItVotes() throws Exception {
        threeThatHaveVoted();
        stop("n2");
        copy(bookOf("n2"), dir.resolve("backup"));
        start("n2");
        await().atMost(WAIT).until(() -> votes("n2"));
        assertThat(claim("c1")).isInstanceOf(ClaimDecision.Granted.class);
        await().atMost(WAIT)
                .until(() -> book("n3").seen("n2") == book("n2").tally()
                        && book("n2").tally() > 2);

        stop("n2");
        wipe(bookOf("n2"));
        copy(dir.resolve("backup"), bookOf("n2"));
        start("n2");

        await().atMost(WAIT).until(() -> book("n2").state() == Book.State.REFILLING || votes("n2"));
        assertThat(votes("n2")).as("votes with what it has forgotten").isFalse();
        await().atMost(WAIT).until(() -> votes("n2"));
        assertThat(book("n2").read("t").entry().claims())
                .extracting(Claim::claimId)
                .contains("c1");

        stop("n2");
        start("n2");
        await().atMost(Duration.ofSeconds(3)).until(() -> votes("n2"));
    }

    @Test
    void aBookThatWasOnlyRestartedVotesAtOnce() {
        threeThatHaveVoted();
        assertThat(claim("c1")).isInstanceOf(ClaimDecision.Granted.class);

        stop("n2");
        start("n2");

        await().atMost(Duration.ofSeconds(3)).until(() -> votes("n2"));
    }
}
