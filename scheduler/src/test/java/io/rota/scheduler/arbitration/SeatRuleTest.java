package io.rota.scheduler.arbitration;

import static org.assertj.core.api.Assertions.assertThat;

import io.rota.scheduler.arbitration.SeatRule.Step;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When a book may begin to vote. */
final class SeatRuleTest {
    private static final ArbiterList FIRST = ArbiterList.first(List.of("n1", "n2", "n3"));
    private static final ArbiterList SECOND = FIRST.replace("n1", "n4", change());
    private static final LeaseId LEASE = new LeaseId("n9", 1, 1);
    private static final long LIFE = 7;

    private final Map<String, MemoryBook> books = new HashMap<>();

    private static ArbiterList.Change change() {
        return new ArbiterList.Change("ada", "n1 lost its disk", 5);
    }

    private static MemoryBook blank(String name) {
        var file = ArbiterList.configured(FIRST.names());
        return new MemoryBook(name, file, BookContent.BLANK, BookChange.Listener.NOBODY);
    }

    @BeforeEach
    void threeVote() {
        for (var name : FIRST.names()) {
            var book = blank(name);
            book.moveOn(FIRST);
            book.vote(0);
            books.put(name, book);
        }
    }

    private MemoryBook book(String name) {
        return books.computeIfAbsent(name, SeatRuleTest::blank);
    }

    private Step next(String self, ArbiterList list, boolean waited, long life, String... answering) {
        var copies = new HashMap<String, Book.Copy>();
        for (var other : answering) {
            copies.put(other, book(other).copy(self, life));
        }
        return SeatRule.next(self, list, copies, waited);
    }

    private static Claim claim(long token) {
        return TestClaims.exclusive("t", "c" + token, token, LEASE);
    }

    private void write(long token, String... names) {
        for (var name : names) {
            var book = book(name);
            assertThat(book.write(book.read("t").entry(), TestClaims.entry(claim(token))))
                    .isTrue();
        }
    }

    // ---- the first start

    @Test
    void booksThatAreAllBlankVoteAsNewOnceTheyHaveWaited() {
        books.clear();
        var file = ArbiterList.configured(FIRST.names());

        assertThat(next("n1", file, false, LIFE, "n2", "n3")).isInstanceOf(Step.Wait.class);
        assertThat(next("n1", file, true, LIFE, "n2", "n3")).isEqualTo(new Step.VoteAsNew(FIRST));
    }

    @Test
    void oneListedBookThatIsSilentKeepsTheOthersFromVotingAsNew() {
        books.clear();

        assertThat(next("n1", ArbiterList.configured(FIRST.names()), true, LIFE, "n2"))
                .isInstanceOf(Step.Wait.class);
    }

    @Test
    void filesThatNameDifferentArbitersKeepAllFromVotingAsNew() {
        books.clear();
        var other = ArbiterList.configured(List.of("n1", "n2", "n4"));
        books.put("n2", new MemoryBook("n2", other, BookContent.BLANK, BookChange.Listener.NOBODY));

        assertThat(next("n1", ArbiterList.configured(FIRST.names()), true, LIFE, "n2", "n3"))
                .isInstanceOf(Step.Wait.class);
    }

    // ---- an emptied book

    @Test
    void anEmptiedBookCopiesAMajorityOfAllItselfNotCounted() {
        write(1, "n1", "n2");
        books.put("n1", blank("n1"));
        book("n1").moveOn(FIRST);

        assertThat(next("n1", FIRST, false, LIFE, "n2", "n3")).isInstanceOf(Step.Wait.class);
        assertThat(next("n1", FIRST, true, LIFE, "n2")).isInstanceOf(Step.Wait.class);
        assertThat(next("n1", FIRST, true, LIFE, "n2", "n3")).isInstanceOf(Step.Refill.class);
    }

    @Test
    void booksThatServeAnotherListAreNoSourceForAnEmptiedOne() {
        write(1, "n1", "n2");
        books.put("n2", blank("n2"));
        book("n2").moveOn(SECOND);
        book("n3").moveOn(SECOND);

        assertThat(next("n2", SECOND, true, LIFE, "n1", "n3")).isInstanceOf(Step.Wait.class);
    }

    // ---- a book that was read back from disk

    @Test
    void aBookIsTrustedOnceSoManyOthersAsItTakesToDecideHaveNotSeenItFurtherOn() {
        assertThat(SeatRule.trust(FIRST, 5, Map.of())).isEqualTo(SeatRule.Trust.UNKNOWN);
        assertThat(SeatRule.trust(FIRST, 5, Map.of("n9", 0L))).as("no arbiter").isEqualTo(SeatRule.Trust.UNKNOWN);
        assertThat(SeatRule.trust(FIRST, 5, Map.of("n2", 5L))).isEqualTo(SeatRule.Trust.WHOLE);
        assertThat(SeatRule.trust(FIRST, 5, Map.of("n2", 5L, "n3", 6L))).isEqualTo(SeatRule.Trust.OLDER);
        assertThat(SeatRule.trust(ArbiterList.first(List.of("n1")), 5, Map.of()))
                .as("a single judge")
                .isEqualTo(SeatRule.Trust.WHOLE);
    }

    // ---- a new arbiter

    @Test
    void aNewArbiterCopiesAMajorityOfTheOldListThatHasMovedOnAndDoesNotWait() {
        write(1, "n1", "n2");
        book("n2").moveOn(SECOND);

        assertThat(next("n4", SECOND, false, LIFE, "n1", "n2", "n3"))
                .as("n1 and n3 have not moved on")
                .isInstanceOf(Step.Wait.class);

        book("n3").moveOn(SECOND);

        assertThat(next("n4", SECOND, false, LIFE, "n1", "n2", "n3")).isInstanceOf(Step.Refill.class);
    }

    @Test
    void aNewArbiterThatHasLostItsDiskDoesNotBeginAgainWithWhatTheOldListHolds() {
        List.of("n1", "n2", "n3").forEach(name -> book(name).moveOn(SECOND));
        assertThat(next("n4", SECOND, false, LIFE, "n1", "n3")).isInstanceOf(Step.Refill.class);
        book("n4").moveOn(SECOND);
        book("n4").vote(0);
        write(1, "n4", "n2");

        // Of the books that hold the claim n4 is emptied and n2 does not answer now.
        assertThat(next("n4", SECOND, true, LIFE + 1, "n1", "n3")).isInstanceOf(Step.Wait.class);
        assertThat(next("n4", SECOND, true, LIFE + 1, "n1", "n2", "n3"))
                .isInstanceOfSatisfying(
                        Step.Refill.class,
                        refill -> assertThat(refill.copies())
                                .anySatisfy(copy -> assertThat(copy.entries()).isNotEmpty()));
    }

    @Test
    void growingFromOneLetsTheNewOnesBeginWithTheSingleJudgesBook() {
        books.clear();
        var single = ArbiterList.first(List.of("n1"));
        var three = single.add(List.of("n2", "n3"), change());
        book("n1").moveOn(single);
        book("n1").vote(0);
        write(1, "n1");

        assertThat(next("n2", three, false, LIFE, "n1", "n3")).isInstanceOf(Step.Wait.class);

        book("n1").moveOn(three);

        assertThat(next("n2", three, false, LIFE, "n1", "n3")).isInstanceOf(Step.Refill.class);
    }

    @Test
    void aNodeThatIsNotListedNeverVotes() {
        assertThat(next("n4", FIRST, true, LIFE, "n1", "n2", "n3")).isInstanceOf(Step.Wait.class);
    }

    // ---- books that move on

    @Test
    void aBookServesItsOwnNumberAloneAndOnlyWhileItIsListed() {
        var book = book("n1");
        assertThat(book.serve(1, served -> true)).contains(true);
        assertThat(book.serve(0, served -> true)).isEmpty();
        assertThat(book.serve(2, served -> true)).isEmpty();

        book.moveOn(SECOND);

        assertThat(book.serve(1, served -> true)).isEmpty();
        assertThat(book.serve(2, served -> true)).as("n1 was replaced").isEmpty();
    }

    @Test
    void oldAndNewListWithDisjointMajoritiesNeverDecideBoth() {
        // A majority of the new list serves it; the other half of the old list would still be its majority with n2.
        book("n2").moveOn(SECOND);
        book("n3").moveOn(SECOND);

        long oldMajority = FIRST.names().stream()
                .filter(name -> book(name).serve(1, served -> true).orElse(false))
                .count();

        assertThat(oldMajority).isLessThan(FIRST.majority());
    }

    @Test
    void aBookThatWasNotListedAllTheTimeMustCopyBeforeItVotesAgain() {
        var third = SECOND.replace("n2", "n1", change());
        var book = book("n1");

        book.moveOn(third);

        assertThat(book.isWhole()).isFalse();
        assertThat(book.state()).isEqualTo(Book.State.REFILLING);
        assertThat(book("n3")).satisfies(stayed -> {
            stayed.moveOn(third);
            assertThat(stayed.state()).isEqualTo(Book.State.VOTING);
        });
    }

    @Test
    void theTextOfAListIsReadBack() {
        var list = FIRST.add(List.of("n4", "n5"), new ArbiterList.Change("ada\tlove", "two\nmore", 5));

        assertThat(ArbiterList.parse(list.toText())).isEqualTo(list);
        assertThat(list.change().reason()).isEqualTo("two more");
    }
}
