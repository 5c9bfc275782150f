package io.rota.scheduler.arbitration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MemoryBookTest {
    private static final LeaseId N1 = new LeaseId("n1", 11, 1);
    private static final LeaseId N2 = new LeaseId("n2", 22, 1);
    private static final long START = 5_000_000_000L;

    private final MemoryBook book = new MemoryBook();

    @BeforeEach
    void vote() {
        book.vote(START);
    }

    private static Claim claim(String id, long token, LeaseId lease) {
        return TestClaims.exclusive("a", id, token, lease);
    }

    @Test
    void aBookThatDoesNotVoteAcceptsNothing() {
        var fresh = new MemoryBook();

        assertThat(fresh.write(BookEntry.EMPTY, TestClaims.entry(claim("x", 1, N1))))
                .isFalse();
        assertThat(fresh.renew(N1, START).renewed()).isFalse();
        assertThat(fresh.revoke(N1, Long.MAX_VALUE / 2)).isFalse();
        assertThat(fresh.read("a").voting()).isFalse();
    }

    @Test
    void aClaimIsAcceptedOnlyOnTopOfExactlyWhatWasRead() {
        assertThat(book.write(BookEntry.EMPTY, TestClaims.entry(claim("x", 1, N1))))
                .isTrue();

        assertThat(book.write(BookEntry.EMPTY, TestClaims.entry(claim("y", 2, N2))))
                .as("read before x was written")
                .isFalse();
        assertThat(book.write(book.read("a").entry(), TestClaims.entry(claim("z", 2, N2))))
                .isTrue();
    }

    @Test
    void aReleaseBetweenReadAndWriteMakesTheWriteFail() {
        book.write(BookEntry.EMPTY, TestClaims.entry(claim("x", 1, N1)));
        var read = book.read("a").entry();
        book.release("a", "x");

        assertThat(book.write(read, TestClaims.entry(claim("y", 2, N2)))).isFalse();
    }

    @Test
    void aTokenThatDoesNotGrowIsRefused() {
        book.write(BookEntry.EMPTY, TestClaims.entry(claim("x", 5, N1)));

        assertThat(book.write(book.read("a").entry(), TestClaims.entry(claim("y", 5, N2))))
                .isFalse();
    }

    @Test
    void aReleaseOfAnotherClaimChangesNothing() {
        book.write(BookEntry.EMPTY, TestClaims.entry(claim("x", 1, N1)));

        book.release("a", "of-another-try");

        assertThat(book.read("a").entry().claims()).extracting(Claim::over).containsExactly(false);
    }

    @Test
    void aLeaseIsRevokedOnlyAfterTheFullSilence() {
        book.renew(N1, START);

        assertThat(book.revoke(N1, START + MemoryBook.REVOKE_AFTER_NANOS)).isFalse();
        assertThat(book.revoke(N1, START + MemoryBook.REVOKE_AFTER_NANOS + 1)).isTrue();
    }

    @Test
    void aRenewalThatWasHeldUpDoesNotTakeALaterOneBack() {
        long later = START + 30_000_000_000L;
        book.renew(N1, later);

        // Its thread had read the clock before the arbiter froze, and goes on behind the others.
        book.renew(N1, START);

        assertThat(book.revoke(N1, later + 1)).isFalse();
    }

    @Test
    void aLeaseNeverSeenCountsAsRenewedWhenTheBookBeganToVote() {
        assertThat(book.revoke(N1, START + MemoryBook.REVOKE_AFTER_NANOS)).isFalse();
        assertThat(book.revoke(N1, START + MemoryBook.REVOKE_AFTER_NANOS + 1)).isTrue();
    }

    @Test
    void aRevokedLeaseIsNeitherRenewedNorGoodForAClaim() {
        book.revoke(N1, START + MemoryBook.REVOKE_AFTER_NANOS + 1);

        assertThat(book.renew(N1, START).renewed()).isFalse();
        assertThat(book.write(BookEntry.EMPTY, TestClaims.entry(claim("x", 1, N1))))
                .isFalse();
        assertThat(book.renew(new LeaseId("n1", 11, 2), START).renewed())
                .as("the next epoch")
                .isTrue();
    }

    @Test
    void aDeathWordEndsEveryLeaseOfThatBootAndNoOther() {
        book.write(BookEntry.EMPTY, TestClaims.entry(claim("x", 1, N1)));
        book.certify(new DeathWord("n1", 11));

        assertThat(book.read("a").endedBoots()).containsExactly(new DeathWord("n1", 11));
        assertThat(book.renew(N1, START).renewed()).isFalse();
        assertThat(book.renew(new LeaseId("n1", 12, 1), START).renewed())
                .as("its next boot")
                .isTrue();
    }

    @Test
    void aRenewalListsWhatTheBookHoldsForTheBoot() {
        book.write(BookEntry.EMPTY, TestClaims.entry(claim("x", 1, N1)));

        assertThat(book.renew(N1, START).open()).containsExactly(new Book.ClaimRef("a", "x"));
        assertThat(book.renew(N2, START).open()).isEmpty();
    }

    @Test
    void aRefilledBookKeepsEveryClaimThatIsNotOver() {
        var copies = List.of(copy(claim("low", 3, N1)), copy(claim("high", 4, N2)));
        var emptied = new MemoryBook();

        emptied.refill(copies, 0);
        emptied.vote(START);

        assertThat(emptied.read("a").entry().claims())
                .extracting(Claim::claimId)
                .containsExactly("high", "low");
    }

    @Test
    void aRefilledBookDropsWhatOneOfTheOthersKnowsAsOver() {
        var released = claim("low", 3, N1).ended(Ending.RELEASED);
        var copies = List.of(copy(claim("low", 3, N1)), copy(claim("high", 4, N2), released));
        var emptied = new MemoryBook();

        emptied.refill(copies, 0);

        assertThat(emptied.read("a").entry().claims())
                .extracting(Claim::claimId)
                .containsExactly("high");
    }

    private static Book.Copy copy(Claim... claims) {
        var lists = new ListRegister(ArbiterList.configured(List.of("")));
        return new Book.Copy(true, false, List.of(new BookEntry(List.of(claims))), List.of(), List.of(), lists, false);
    }
}
