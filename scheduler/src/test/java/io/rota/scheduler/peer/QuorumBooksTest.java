package io.rota.scheduler.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.rota.scheduler.arbitration.ArbiterList;
import io.rota.scheduler.arbitration.BookEntry;
import io.rota.scheduler.arbitration.Books;
import io.rota.scheduler.arbitration.Claim;
import io.rota.scheduler.arbitration.DeathWord;
import io.rota.scheduler.arbitration.LeaseId;
import io.rota.scheduler.arbitration.MemoryBook;
import io.rota.scheduler.arbitration.TestClaims;
import io.rota.scheduler.peer.FakeArbiters.Manner;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Three books are one truth, as long as two of them answer. */
final class QuorumBooksTest {
    private static final LeaseId LEASE = new LeaseId("n9", 1, 1);
    private static final long ROUND_NANOS = Round.LIMIT.toNanos();

    private final FakeArbiters arbiters = new FakeArbiters("a", "b", "c");
    private final QuorumBooks books = books("a", "b", "c");

    @Test
    void allBlankBooksReadAsToken0() {
        var reading = read();

        assertThat(reading.token()).isZero();
        assertThat(reading.open()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = Manner.class,
            names = {"DEAD", "LATE", "REFUSING"})
    void oneArbiterThatDoesNotAnswerIsNotWaitedFor(Manner manner) {
        arbiters.behave("b", manner);
        long start = System.nanoTime();

        var reading = read();

        assertThat(reading.entries()).containsOnlyKeys("a", "c");
        assertThat(books.write(reading, TestClaims.entry(claim(1)))).isTrue();
        assertThat(books.release("t", "claim-1")).isTrue();
        assertThat(System.nanoTime() - start).isLessThan(ROUND_NANOS);
    }

    @ParameterizedTest
    @EnumSource(
            value = Manner.class,
            names = {"DEAD", "LATE", "REFUSING"})
    void twoArbitersThatDoNotAnswerLeaveNoTruth(Manner manner) {
        var before = read();
        arbiters.behave("a", manner);
        arbiters.behave("b", manner);

        assertThat(books.read("t")).isEmpty();
        assertThat(books.write(before, TestClaims.entry(claim(1)))).isFalse();
        assertThat(books.release("t", "claim-1")).isFalse();
        assertThat(books.revoke(LEASE)).isFalse();
    }

    @Test
    void silenceCostsOneRoundAndNoMore() {
        arbiters.behave("a", Manner.LATE);
        arbiters.behave("b", Manner.LATE);
        long start = System.nanoTime();

        assertThat(books.read("t")).isEmpty();

        assertThat(System.nanoTime() - start)
                .isGreaterThanOrEqualTo(ROUND_NANOS)
                .isLessThan(ROUND_NANOS + TimeUnit.SECONDS.toNanos(2));
    }

    @Test
    void twoRefusalsAreKnownWithoutWaiting() {
        arbiters.behave("a", Manner.REFUSING);
        arbiters.behave("b", Manner.REFUSING);
        long start = System.nanoTime();

        assertThat(books.read("t")).isEmpty();

        assertThat(System.nanoTime() - start).isLessThan(ROUND_NANOS);
    }

    @Test
    void answerOfAnEarlierRoundCountsForNoLaterOne() {
        arbiters.behave("a", Manner.LATE);
        arbiters.behave("b", Manner.LATE);
        assertThat(books.read("t")).isEmpty();
        arbiters.behave("a", Manner.DEAD);
        arbiters.behave("b", Manner.DEAD);

        arbiters.deliverLate();

        assertThat(books.read("t")).isEmpty();
    }

    @Test
    void bookThatDoesNotVoteIsNotRead() {
        arbiters.restart("c");

        assertThat(read().entries()).containsOnlyKeys("a", "b");
    }

    @Test
    void twoBooksThatDoNotVoteLeaveNoTruth() {
        var before = read();
        arbiters.restart("b");
        arbiters.restart("c");

        assertThat(books.read("t")).isEmpty();
        assertThat(books.write(before, TestClaims.entry(claim(1)))).isFalse();
        assertThat(books.revoke(LEASE)).isFalse();
    }

    @Test
    void bookThatWasNotReadIsNotWritten() {
        arbiters.behave("b", Manner.DEAD);
        var reading = read();
        arbiters.behave("b", Manner.PROMPT);

        assertThat(books.write(reading, TestClaims.entry(claim(1)))).isTrue();

        assertThat(arbiters.book("a").read("t").entry().token()).isEqualTo(1);
        assertThat(arbiters.book("b").read("t").entry()).isEqualTo(BookEntry.EMPTY);
        assertThat(arbiters.book("c").read("t").entry().token()).isEqualTo(1);
    }

    @Test
    void claimThatOnlyOneBookAcceptsIsNone() {
        var reading = read();
        // Somebody else was faster at every other book that was read.
        reading.entries().keySet().stream()
                .skip(1)
                .forEach(name -> assertThat(arbiters.book(name).write(BookEntry.EMPTY, TestClaims.entry(claim(5))))
                        .isTrue());

        assertThat(books.write(reading, TestClaims.entry(claim(1)))).isFalse();
    }

    @Test
    void ofTwoThatReadTheSameOnlyOneWrites() {
        var first = read();
        var second = read();

        assertThat(books.write(first, TestClaims.entry(claim(1)))).isTrue();
        assertThat(books.write(second, TestClaims.entry(claim(2)))).isFalse();
    }

    @Test
    void claimOnOneBookOfTheMajorityCountsAsReal() {
        arbiters.book("a").write(BookEntry.EMPTY, TestClaims.entry(claim(4)));
        arbiters.behave("c", Manner.DEAD);

        var reading = read();

        assertThat(reading.token()).isEqualTo(4);
        assertThat(reading.open()).containsExactly(claim(4));
    }

    @Test
    void deathKnownToOneBookEndsTheClaim() {
        assertThat(books.write(read(), TestClaims.entry(claim(1)))).isTrue();
        arbiters.book("a").certify(new DeathWord("n9", 1));
        arbiters.book("b").certify(new DeathWord("n9", 1));

        assertThat(read().open()).isEmpty();
    }

    @Test
    void leaseIsRevokedOnceAMajorityHasSeenNoRenewal() {
        for (var name : List.of("a", "b", "c")) {
            arbiters.book(name).renew(LEASE, 0);
        }

        arbiters.setNow(MemoryBook.REVOKE_AFTER_NANOS);
        assertThat(books.revoke(LEASE)).isFalse();

        arbiters.book("a").renew(LEASE, MemoryBook.REVOKE_AFTER_NANOS);
        arbiters.setNow(MemoryBook.REVOKE_AFTER_NANOS + 1);
        assertThat(books.revoke(LEASE)).isTrue();
    }

    @Test
    void oneBookThatSeesNoRenewalRevokesNothing() {
        for (var name : List.of("a", "b", "c")) {
            arbiters.book(name).renew(LEASE, 0);
        }
        arbiters.setNow(MemoryBook.REVOKE_AFTER_NANOS + 1);
        arbiters.book("a").renew(LEASE, 1);
        arbiters.book("b").renew(LEASE, 1);

        assertThat(books.revoke(LEASE)).isFalse();
    }

    @Test
    void singleJudgeIsItsOwnMajority() {
        var single = books("a");

        var reading = single.read("t").orElseThrow();

        assertThat(reading.entries()).containsOnlyKeys("a");
        assertThat(single.write(reading, TestClaims.entry(claim(1)))).isTrue();
    }

    private QuorumBooks books(String... names) {
        var list = ArbiterList.first(List.of(names));
        return new QuorumBooks(list, new KnownArbiters("a", list, arbiters));
    }

    private Books.Reading read() {
        return books.read("t").orElseThrow();
    }

    private static Claim claim(long token) {
        return TestClaims.exclusive("t", "claim-" + token, token, LEASE);
    }
}
