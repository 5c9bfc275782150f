package io.rota.scheduler.arbitration;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class ArbiterTest {
    private static final LeaseId N1 = new LeaseId("n1", 11, 1);
    private static final LeaseId N2 = new LeaseId("n2", 22, 1);

    private final OneBook books = new OneBook();
    private final Arbiter arbiter = new Arbiter(new LocalTaskLocks(), books, () -> books.nowNanos);

    /** One voting book seen as a majority of one. */
    private static final class OneBook implements Books {
        private final MemoryBook book = new MemoryBook();
        private final Set<LeaseId> revocable = new HashSet<>();
        private boolean reachable = true;
        private long nowNanos;
        private long readTakesNanos;
        private long writeTakesNanos;

        OneBook() {
            book.vote(0);
        }

        @Override
        public Optional<Reading> read(String task) {
            nowNanos += readTakesNanos;
            var reading = book.read(task);
            return reachable
                    ? Optional.of(new Reading(Map.of("b", reading.entry()), Set.copyOf(reading.endedBoots())))
                    : Optional.empty();
        }

        @Override
        public boolean write(Reading read, BookEntry next) {
            nowNanos += writeTakesNanos;
            return book.write(read.entries().getOrDefault("b", BookEntry.EMPTY), next);
        }

        @Override
        public boolean release(String task, String claimId) {
            return book.release(task, claimId);
        }

        @Override
        public boolean revoke(LeaseId lease) {
            return revocable.contains(lease);
        }
    }

    private ClaimDecision ask(String claimId, LeaseId lease) {
        return arbiter.decide(new ClaimRequest(claimId, lease, TestClaims.service("a")));
    }

    @Test
    void theFirstClaimGetsTokenOne() {
        assertThat(ask("x", N1)).isEqualTo(new ClaimDecision.Granted(1, true));
    }

    @Test
    void aClaimThatIsNotOverHoldsTheTaskAndTheReasonNamesItsHolder() {
        ask("x", N1);

        assertThat(ask("y", N2))
                .isInstanceOfSatisfying(
                        ClaimDecision.Held.class,
                        held -> assertThat(held.reason()).contains("n1").contains("claim 1"));
    }

    @Test
    void aReleasedClaimIsFollowedByTheNextToken() {
        ask("x", N1);
        books.release("a", "x");

        assertThat(ask("y", N2)).isEqualTo(new ClaimDecision.Granted(2, true));
    }

    @Test
    void aDeathWordEndsTheClaimOfThatBootOnly() {
        ask("x", N1);
        books.book.certify(new DeathWord("n1", 99));
        assertThat(ask("y", N2)).as("the word of another boot").isInstanceOf(ClaimDecision.Held.class);

        books.book.certify(new DeathWord("n1", 11));

        assertThat(ask("z", N2)).isEqualTo(new ClaimDecision.Granted(2, true));
    }

    @Test
    void aRevokedLeaseEndsItsClaim() {
        ask("x", N1);
        books.revocable.add(N1);

        assertThat(ask("y", N2)).isEqualTo(new ClaimDecision.Granted(2, true));
    }

    @Test
    void withoutAMajorityNothingIsGranted() {
        books.reachable = false;

        assertThat(ask("x", N1)).isInstanceOf(ClaimDecision.Unavailable.class);
    }

    @Test
    void answersOlderThanTheLimitDoNotCount() {
        books.readTakesNanos = Arbiter.DECISION_LIMIT_NANOS + 1;

        assertThat(ask("x", N1)).isInstanceOf(ClaimDecision.Unavailable.class);
        assertThat(books.book.read("a").entry()).isEqualTo(BookEntry.EMPTY);
    }

    @Test
    void acceptancesThatAreCountedAfterTheLimitGrantNothingAndTheClaimIsReleased() {
        books.writeTakesNanos = Arbiter.DECISION_LIMIT_NANOS + 1;

        assertThat(ask("x", N1)).isInstanceOf(ClaimDecision.Unavailable.class);
        assertThat(books.book.read("a").entry().claims())
                .extracting(Claim::over)
                .containsExactly(true);
    }

    @Test
    void whileTheLockServiceIsDownTheBooksDecideAlone() {
        var degraded = new Arbiter(new Locks(new TaskLocks.Outcome.Unavailable<>("down")), books, () -> 0);

        assertThat(degraded.decide(new ClaimRequest("x", N1, TestClaims.service("a"))))
                .isEqualTo(new ClaimDecision.Granted(1, false));
    }

    @Test
    void whileAnotherArbiterHoldsTheLockNothingIsDecided() {
        var busy = new Arbiter(new Locks(new TaskLocks.Outcome.Busy<>()), books, () -> 0);

        assertThat(busy.decide(new ClaimRequest("x", N1, TestClaims.service("a"))))
                .isInstanceOf(ClaimDecision.Held.class);
        assertThat(books.book.read("a").entry()).isEqualTo(BookEntry.EMPTY);
    }

    /** A lock service that always answers the same. */
    private record Locks(Outcome<?> always) implements TaskLocks {
        @Override
        @SuppressWarnings("unchecked") // neither Busy nor Unavailable holds a value of the type
        public <T> Outcome<T> underLock(String task, Duration limit, Supplier<T> decision) {
            return (Outcome<T>) always;
        }

        @Override
        public Status status() {
            return new Status(false, 0);
        }

        @Override
        public void close() {
            // Nothing was opened.
        }
    }
}
